-- A revision that was sealed on several laptops has a row for each seal, and none of them counts, until somebody says
-- which seal is kept: the others are set aside for it. What was sealed so stands in the journal of the visit that the
-- laptops shared. Nothing that is set aside is ever listed as a store's newest visit, or keeps another from counting.

-- set_aside: the seal that is kept in the place of this one; null: this one was not set aside.
-- shared: the identity of the visit in whose journal this one's events stand; null: it has a journal of its own.
ALTER TABLE assessment ADD COLUMN set_aside TEXT CHECK (length(set_aside) = 64);
ALTER TABLE assessment ADD COLUMN shared TEXT;
CREATE INDEX assessment_shared ON assessment (shared) WHERE shared IS NOT NULL;
CREATE INDEX assessment_seal ON assessment (seal) WHERE seal IS NOT NULL;

DROP VIEW store_overview;
DROP VIEW visit;

CREATE VIEW store_overview AS
SELECT
    store.code AS store,
    store.name,
    store.city,
    store.region,
    store.closed,
    assessment.cycle,
    assessment.scheme_name,
    assessment.revision,
    assessment.status,
    assessment.changed_at,
    scorecard.total_number AS total,
    scorecard.level,
    scorecard.stars,
    scorecard.answered,
    scorecard.asked,
    assessment.id AS assessment
FROM store
LEFT JOIN assessment ON assessment.id = (
    SELECT latest.id FROM assessment AS latest
    WHERE latest.store = store.code AND latest.kind = 'visit' AND latest.set_aside IS NULL
    ORDER BY latest.cycle_key DESC, latest.revision DESC, latest.id DESC
    LIMIT 1
)
LEFT JOIN scorecard ON scorecard.assessment = assessment.id;

CREATE VIEW visit AS
SELECT
    assessment.id AS assessment,
    assessment.ulid,
    assessment.kind,
    assessment.store,
    assessment.store_name,
    assessment.region,
    assessment.cycle,
    assessment.cycle_key,
    assessment.scheme_name,
    assessment.scheme,
    assessment.revision,
    assessment.status,
    assessment.kind = 'visit' AND assessment.status IN ('submitted', 'decided') AND assessment.set_aside IS NULL
    AND NOT EXISTS (
        SELECT 1 FROM assessment AS other
        WHERE other.store = assessment.store AND other.cycle = assessment.cycle
        AND other.scheme_name = assessment.scheme_name AND other.kind = assessment.kind
        AND other.revision >= assessment.revision AND other.id <> assessment.id AND other.status <> 'draft'
        AND other.set_aside IS NULL
        AND (
            other.scheme = assessment.scheme
            OR (SELECT rules FROM scheme WHERE sha256 = other.scheme)
            = (SELECT rules FROM scheme WHERE sha256 = assessment.scheme)
        )
    ) AS counts,
    assessment.set_aside IS NULL AND NOT EXISTS (
        SELECT 1 FROM assessment AS later
        WHERE later.store = assessment.store AND later.cycle = assessment.cycle
        AND later.scheme_name = assessment.scheme_name AND later.kind = assessment.kind
        AND (later.revision, later.id) > (assessment.revision, assessment.id) AND later.set_aside IS NULL
    ) AS newest,
    assessment.set_aside IS NULL AND NOT EXISTS (
        SELECT 1 FROM assessment AS later
        WHERE later.store = assessment.store AND later.cycle = assessment.cycle
        AND later.scheme_name = assessment.scheme_name AND later.kind = assessment.kind
        AND (later.revision, later.id) > (assessment.revision, assessment.id) AND later.set_aside IS NULL
        AND (
            later.scheme = assessment.scheme
            OR (SELECT rules FROM scheme WHERE sha256 = later.scheme)
            = (SELECT rules FROM scheme WHERE sha256 = assessment.scheme)
        )
    ) AS newest_of_rules,
    scorecard.event IS NULL OR assessment.status = 'draft' AND scorecard.event < (
        SELECT max(event.id) FROM event WHERE event.store = assessment.store
    ) AS stale
FROM assessment
LEFT JOIN scorecard ON scorecard.assessment = assessment.id;

-- What a league is ordered by, as columns with an index; and figures that were only kept as a reader sees them, exactly.
-- Called here, never by what stays: key_number (a key of `keys`, by its place, as a number) and first_reason.

DROP VIEW ranking;
DROP VIEW latest_score;
DROP VIEW closed_in_cycle;

-- cycle: the visit's, so that one index holds a league in its order; the triggers below see to it.
-- key_1 ... key_6: the first six keys of the ranking as numbers, in the order in which they count; null: unknown, or there
-- are fewer. `keys` has all of them exactly: whatever is equal here is compared there.
-- reasons: how many there are why it is no candidate for a lighthouse store. first_reason: the first of them, a sentence
-- by language ({"en": "...", "zh": "..."}); 0 and null for a candidate, and where the scheme has no rule for them.
ALTER TABLE scorecard ADD COLUMN cycle TEXT NOT NULL DEFAULT '';
ALTER TABLE scorecard ADD COLUMN key_1 REAL;
ALTER TABLE scorecard ADD COLUMN key_2 REAL;
ALTER TABLE scorecard ADD COLUMN key_3 REAL;
ALTER TABLE scorecard ADD COLUMN key_4 REAL;
ALTER TABLE scorecard ADD COLUMN key_5 REAL;
ALTER TABLE scorecard ADD COLUMN key_6 REAL;
ALTER TABLE scorecard ADD COLUMN reasons INTEGER NOT NULL DEFAULT 0;
ALTER TABLE scorecard ADD COLUMN first_reason TEXT CHECK (first_reason IS NULL OR json_valid(first_reason));
ALTER TABLE scorecard DROP COLUMN key_numbers;

UPDATE scorecard SET
    cycle = (SELECT cycle FROM assessment WHERE assessment.id = scorecard.assessment),
    key_1 = key_number(keys, 0),
    key_2 = key_number(keys, 1),
    key_3 = key_number(keys, 2),
    key_4 = key_number(keys, 3),
    key_5 = key_number(keys, 4),
    key_6 = key_number(keys, 5),
    first_reason = first_reason(why_not);
UPDATE scorecard SET reasons = json_array_length(why_not) WHERE first_reason IS NOT NULL;

CREATE INDEX scorecard_league ON scorecard (cycle, key_1, key_2, key_3, key_4, key_5, key_6);

CREATE TRIGGER scorecard_has_the_cycle_of_its_visit AFTER INSERT ON scorecard
BEGIN
    UPDATE scorecard SET cycle = (SELECT cycle FROM assessment WHERE id = NEW.assessment)
    WHERE assessment = NEW.assessment;
END;

CREATE TRIGGER scorecard_follows_its_visit AFTER UPDATE OF cycle ON assessment
BEGIN
    UPDATE scorecard SET cycle = NEW.cycle WHERE assessment = NEW.id;
END;

-- points_exact, available_exact: the category's points, and those that could be had, exactly (305/4). Null in drafts from
-- before, until they are scored again; of what is sealed they stand in its document.
ALTER TABLE score ADD COLUMN points_exact TEXT;
ALTER TABLE score ADD COLUMN available_exact TEXT;

UPDATE score SET points_exact = sealed.points, available_exact = sealed.available
FROM (
    SELECT
        assessment.id AS assessment,
        held.key AS category,
        json_extract(held.value, '$.points') AS points,
        json_extract(held.value, '$.available') AS available
    FROM assessment
    JOIN json_each(assessment.sealed, '$.scorecard.groups') AS held
    WHERE assessment.sealed IS NOT NULL
) AS sealed
WHERE score.assessment = sealed.assessment AND score."group" = sealed.category;

-- Every revision of every visit, and what it is to its store in its cycle, as before; and what the store was called then.
DROP VIEW visit;
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
    assessment.kind = 'visit' AND assessment.status IN ('submitted', 'decided') AND NOT EXISTS (
        SELECT 1 FROM assessment AS other
        WHERE other.store = assessment.store AND other.cycle = assessment.cycle
        AND other.scheme_name = assessment.scheme_name AND other.kind = assessment.kind
        AND other.revision >= assessment.revision AND other.id <> assessment.id AND other.status <> 'draft'
        AND (
            other.scheme = assessment.scheme
            OR (SELECT rules FROM scheme WHERE sha256 = other.scheme)
            = (SELECT rules FROM scheme WHERE sha256 = assessment.scheme)
        )
    ) AS counts,
    NOT EXISTS (
        SELECT 1 FROM assessment AS later
        WHERE later.store = assessment.store AND later.cycle = assessment.cycle
        AND later.scheme_name = assessment.scheme_name AND later.kind = assessment.kind
        AND (later.revision, later.id) > (assessment.revision, assessment.id)
    ) AS newest,
    NOT EXISTS (
        SELECT 1 FROM assessment AS later
        WHERE later.store = assessment.store AND later.cycle = assessment.cycle
        AND later.scheme_name = assessment.scheme_name AND later.kind = assessment.kind
        AND (later.revision, later.id) > (assessment.revision, assessment.id)
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

-- The closed stores of each cycle that are named beside its ranking, and not in it. A cycle is over with the first visit
-- of a later one: what was ranked before a store closed stays as it was. CROSS JOIN: the few closed stores come first.
CREATE INDEX store_closed ON store (closed) WHERE closed IS NOT NULL;

CREATE VIEW closed_in_cycle AS
SELECT DISTINCT assessment.store, assessment.cycle, store.closed
FROM store
CROSS JOIN assessment ON assessment.store = store.code
WHERE store.closed IS NOT NULL AND store.closed < coalesce((
    SELECT min(later.visited) FROM assessment AS later
    WHERE later.cycle_key > assessment.cycle_key AND later.visited > ''
), '9999-12-31');

-- What counts for each store in each cycle and rules of a scheme, with its scorecard.
CREATE VIEW latest_score AS
SELECT
    assessment.id AS assessment,
    assessment.ulid,
    assessment.store,
    assessment.store_name AS name,
    assessment.city,
    assessment.region,
    assessment.cycle,
    assessment.cycle_key,
    assessment.scheme_name,
    scheme.version,
    scheme.rules,
    assessment.scheme,
    assessment.revision,
    assessment.status,
    assessment.assessor,
    assessment.visited,
    assessment.submitted_at,
    assessment.certificate,
    assessment.last_day,
    scorecard.total,
    scorecard.total_number,
    scorecard.available,
    scorecard.share,
    scorecard.level,
    scorecard.stars,
    scorecard.candidate,
    scorecard.why_not,
    scorecard.keys,
    scorecard.key_1,
    scorecard.key_2,
    scorecard.key_3,
    scorecard.key_4,
    scorecard.key_5,
    scorecard.key_6,
    scorecard.answered,
    scorecard.asked,
    scorecard.complete,
    scorecard.not_applicable_points,
    scorecard.excused_points
FROM visit
JOIN assessment ON assessment.id = visit.assessment
JOIN scheme ON scheme.sha256 = visit.scheme
JOIN scorecard ON scorecard.assessment = visit.assessment
WHERE visit.counts;

-- The league: within one cycle and under the same rules, whatever their wording, by the scheme's first six keys; an
-- unknown key comes last.
CREATE VIEW ranking AS
SELECT
    rank() OVER (
        PARTITION BY cycle, scheme_name, rules
        ORDER BY key_1 DESC, key_2 DESC, key_3 DESC, key_4 DESC, key_5 DESC, key_6 DESC
    ) AS rank,
    cycle,
    cycle_key,
    scheme_name,
    version,
    rules,
    store,
    name,
    region,
    total_number AS total,
    level,
    stars,
    candidate,
    excused_points,
    assessment
FROM latest_score
WHERE (store, cycle) NOT IN (SELECT store, cycle FROM closed_in_cycle);

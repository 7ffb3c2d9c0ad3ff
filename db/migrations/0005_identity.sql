-- What identifies things, and what belongs to a visit: ids that hold beyond one database, an order of cycles, the store
-- as each visit has it, rules by their meaning.
-- Called here, never by what stays: cycle_key, folded, rules_sha256, and ulid_of (a time, and what the rest is made of:
-- copies of one database that are brought over each for itself agree on their ids).

DROP VIEW ranking;
DROP VIEW latest_score;
DROP VIEW open_finding;
DROP VIEW store_overview;
DROP VIEW visit;

-- One visit to a store in a cycle under a scheme, and each time that it was reopened: a revision. Nothing here forbids
-- two of one store, cycle and revision: databases may be brought together.
-- ulid: its identity to the world. kind: a check visit, by a second assessor, never counts in a league.
-- store_name, city, region: the store as the visit has it, whatever it is called later.
-- cycle_key: orders cycles, and is the same for two spellings of one.
-- sealed: the canonical JSON of all that was submitted; seal: its SHA-256.
-- cursor, cursor_question: what was worked on last. entered_at: since when a window shows this visit; still there at
-- the next start, the window ended without being left.
CREATE TABLE assessment_with_identity (
    id INTEGER NOT NULL PRIMARY KEY,
    ulid TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('visit', 'check_visit')),
    store TEXT NOT NULL REFERENCES store (code),
    store_name TEXT NOT NULL,
    city TEXT NOT NULL,
    region TEXT NOT NULL,
    cycle TEXT NOT NULL,
    cycle_key TEXT NOT NULL,
    scheme_name TEXT NOT NULL,
    scheme TEXT NOT NULL,
    revision INTEGER NOT NULL CHECK (revision >= 1),
    status TEXT NOT NULL CHECK (status IN ('draft', 'submitted', 'decided', 'withdrawn')),
    assessor TEXT NOT NULL,
    visited TEXT,
    cursor TEXT,
    cursor_question TEXT,
    entered_at TEXT,
    started_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    submitted_at TEXT,
    decided_at TEXT,
    certificate TEXT UNIQUE,
    last_day TEXT,
    withdrawn_at TEXT,
    seal TEXT CHECK (length(seal) = 64),
    sealed TEXT CHECK (sealed IS NULL OR json_valid(sealed)),
    FOREIGN KEY (scheme, scheme_name) REFERENCES scheme (sha256, name),
    CHECK ((status = 'draft') = (seal IS NULL)),
    CHECK ((seal IS NULL) = (sealed IS NULL))
) STRICT;

INSERT INTO assessment_with_identity
SELECT
    old.id,
    ulid_of(
        old.started_at,
        coalesce((SELECT hash FROM event WHERE event.assessment = old.id ORDER BY id LIMIT 1), '') || '/' || old.id
    ),
    'visit',
    old.store,
    coalesce(json_extract(old.sealed, '$.store.name'), store.name, old.store),
    coalesce(json_extract(old.sealed, '$.store.city'), store.city, ''),
    coalesce(json_extract(old.sealed, '$.store.region'), store.region, ''),
    old.cycle,
    cycle_key(old.cycle),
    old.scheme_name,
    old.scheme,
    old.revision,
    old.status,
    old.assessor,
    old.visited,
    old.cursor,
    old.cursor_question,
    old.entered_at,
    old.started_at,
    old.changed_at,
    old.submitted_at,
    old.decided_at,
    old.certificate,
    old.last_day,
    old.withdrawn_at,
    old.seal,
    old.sealed
FROM assessment AS old
LEFT JOIN store ON store.code = old.store;

DROP TABLE assessment;
ALTER TABLE assessment_with_identity RENAME TO assessment;

CREATE INDEX assessment_revisions ON assessment (store, cycle, scheme_name, kind, revision);
CREATE INDEX assessment_cycle ON assessment (cycle, scheme);
CREATE INDEX assessment_cycle_order ON assessment (cycle_key);
CREATE INDEX assessment_changed ON assessment (status, changed_at);

CREATE TRIGGER assessment_seal_is_never_changed BEFORE UPDATE OF seal, sealed ON assessment WHEN OLD.seal IS NOT NULL
BEGIN
    SELECT RAISE(ABORT, 'a seal is never changed');
END;

CREATE TRIGGER assessment_is_never_removed BEFORE DELETE ON assessment
BEGIN
    SELECT RAISE(ABORT, 'an assessment is withdrawn, never removed');
END;

CREATE TRIGGER assessment_ulid_is_never_changed BEFORE UPDATE OF ulid ON assessment
BEGIN
    SELECT RAISE(ABORT, 'an identity is never changed');
END;

-- What the store is, as the visit has it: copied from the store's page when it starts, from the revision before when it
-- is reopened. Drafts of older programs used the page; what they sealed holds a copy.
CREATE TABLE visit_fact (
    assessment INTEGER NOT NULL REFERENCES assessment (id),
    name TEXT NOT NULL,
    value TEXT NOT NULL CHECK (json_valid(value)),
    at TEXT NOT NULL,
    by TEXT NOT NULL,
    PRIMARY KEY (assessment, name)
) STRICT, WITHOUT ROWID;

INSERT INTO visit_fact
SELECT assessment.id, fact.name, fact.value, fact.at, fact.by
FROM assessment
JOIN fact ON fact.store = assessment.store
WHERE assessment.status = 'draft';

INSERT INTO visit_fact
SELECT
    sealed.assessment, sealed.name, sealed.value,
    coalesce(fact.at, sealed.started_at), coalesce(fact.by, sealed.assessor)
FROM (
    SELECT
        assessment.id AS assessment,
        assessment.store,
        assessment.started_at,
        assessment.assessor,
        held.key AS name,
        CASE held.type
            WHEN 'text' THEN json_quote(held.value)
            WHEN 'true' THEN 'true'
            WHEN 'false' THEN 'false'
            ELSE CAST(held.value AS TEXT)
        END AS value
    FROM assessment
    JOIN json_each(assessment.sealed, '$.facts') AS held
    WHERE assessment.sealed IS NOT NULL AND held.type <> 'null'
) AS sealed
LEFT JOIN fact ON fact.store = sealed.store AND fact.name = sealed.name AND fact.value = sealed.value;

-- A fact that is half typed belongs to whatever form it was typed in, which nobody noted: to the page, and to each draft.
INSERT INTO draft (store, assessment, field, text, at)
SELECT draft.store, assessment.id, draft.field, draft.text, draft.at
FROM draft
JOIN assessment ON assessment.store = draft.store AND assessment.status = 'draft'
WHERE draft.assessment IS NULL;

-- rules: the hash of what the rules mean, whatever their wording; visits under the same are ranked together.
-- edition: by which program's measure it is read and scored. 1: stored by 0.2 or earlier.
DROP TRIGGER scheme_is_never_changed;
ALTER TABLE scheme ADD COLUMN rules TEXT NOT NULL DEFAULT '';
ALTER TABLE scheme ADD COLUMN edition INTEGER NOT NULL DEFAULT 1;
UPDATE scheme SET rules = rules_sha256(canonical);
CREATE TRIGGER scheme_is_never_changed BEFORE UPDATE ON scheme
BEGIN
    SELECT RAISE(ABORT, 'a scheme is never changed');
END;

-- folded: its code as it is compared. closed: the day on which it closed.
DROP INDEX store_code_in_any_case;
ALTER TABLE store ADD COLUMN folded TEXT NOT NULL DEFAULT '';
ALTER TABLE store ADD COLUMN closed TEXT;
UPDATE store SET folded = folded(code);
CREATE INDEX store_folded ON store (folded);

-- uid: the same in every revision of a visit. follows: the uid of the finding of an earlier visit that this one goes on
-- from. owner: who sees to it that it is closed.
ALTER TABLE finding ADD COLUMN uid TEXT NOT NULL DEFAULT '';
ALTER TABLE finding ADD COLUMN follows TEXT NOT NULL DEFAULT '';
ALTER TABLE finding ADD COLUMN owner TEXT NOT NULL DEFAULT '';

-- Equal findings of one visit are told apart by their place among each other.
UPDATE finding SET uid = told.uid
FROM (
    SELECT
        finding.id,
        ulid_of(
            finding.found_at,
            json_array(
                assessment.store, assessment.cycle, assessment.scheme_name,
                finding.criterion, finding.severity, finding.text,
                row_number() OVER (
                    PARTITION BY
                        finding.assessment, finding.criterion, finding.severity, finding.text, finding.found_at
                    ORDER BY finding.id
                )
            )
        ) AS uid
    FROM finding
    JOIN assessment ON assessment.id = finding.assessment
) AS told
WHERE told.id = finding.id;

-- A finding that was taken over kept when and by whom it was found, to the millisecond.
UPDATE finding SET follows = coalesce((
    SELECT earlier.uid
    FROM assessment AS this
    JOIN assessment AS before ON before.store = this.store AND before.scheme_name = this.scheme_name
    JOIN finding AS earlier ON earlier.assessment = before.id
    WHERE this.id = finding.assessment
    AND before.cycle_key < this.cycle_key
    AND before.status <> 'draft'
    AND earlier.criterion = finding.criterion
    AND earlier.text = finding.text
    AND earlier.found_at = finding.found_at
    AND earlier.by = finding.by
    ORDER BY before.cycle_key DESC, before.revision DESC, earlier.id
    LIMIT 1
), '');

CREATE INDEX finding_uid ON finding (uid);

-- excused_points: those of not_applicable_points that the assessor took out. Null in rows from before.
ALTER TABLE scorecard ADD COLUMN excused_points TEXT;

-- Every revision of every visit, and what it is to its store in its cycle and scheme.
-- counts: of its rules it is the highest revision that was sealed, it was not withdrawn, and no other claims to be that
-- revision. A store counts at most once in a league; never by a draft or a check visit.
-- newest: there is no later one of its kind, under whichever version of its scheme.
-- newest_of_rules: there is none under the same rules; a draft that is newer than what counts in a league stands in for it
-- where drafts are asked for.
-- stale: its stored scorecard does not take the last change into account. What is sealed changes no more.
CREATE VIEW visit AS
SELECT
    assessment.id AS assessment,
    assessment.ulid,
    assessment.kind,
    assessment.store,
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

-- What counts for each store in each cycle and scheme, with its scorecard; the store as the visit has it.
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
    scorecard.key_numbers,
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
        ORDER BY
            json_extract(key_numbers, '$[0]') DESC NULLS LAST,
            json_extract(key_numbers, '$[1]') DESC NULLS LAST,
            json_extract(key_numbers, '$[2]') DESC NULLS LAST,
            json_extract(key_numbers, '$[3]') DESC NULLS LAST,
            json_extract(key_numbers, '$[4]') DESC NULLS LAST,
            json_extract(key_numbers, '$[5]') DESC NULLS LAST
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
FROM latest_score;

-- Every store with its latest visit: of the latest cycle, in its latest revision.
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
    WHERE latest.store = store.code AND latest.kind = 'visit'
    ORDER BY latest.cycle_key DESC, latest.revision DESC, latest.id DESC
    LIMIT 1
)
LEFT JOIN scorecard ON scorecard.assessment = assessment.id;

-- What is still to be closed, as the newest revision has it, be it a draft: closing goes on while a visit is under way.
CREATE VIEW open_finding AS
SELECT
    finding.id,
    finding.uid,
    finding.follows,
    visit.store,
    store.name,
    store.region,
    visit.cycle,
    visit.status,
    finding.criterion,
    finding.severity,
    finding.text,
    finding.action,
    finding.owner,
    finding.due,
    finding.found_at,
    finding.by AS assessor
FROM finding
JOIN visit ON visit.assessment = finding.assessment
JOIN store ON store.code = visit.store
WHERE finding.closed IS NULL AND visit.newest AND visit.status <> 'withdrawn';

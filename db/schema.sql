-- Generated from db/migrations by `python -m greenstar.storage.sqlite.schema`: never edited by hand.

CREATE TABLE scheme (
    sha256 TEXT NOT NULL PRIMARY KEY CHECK (length(sha256) = 64),
    name TEXT NOT NULL,
    version TEXT NOT NULL,
    summary TEXT NOT NULL CHECK (json_valid(summary)),
    canonical TEXT NOT NULL,
    added_at TEXT NOT NULL, rules TEXT NOT NULL DEFAULT '', edition INTEGER NOT NULL DEFAULT 1,
    UNIQUE (sha256, name)
) STRICT;

CREATE TABLE store (
    code TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    city TEXT NOT NULL DEFAULT '',
    region TEXT NOT NULL DEFAULT '',
    added_at TEXT NOT NULL
, folded TEXT NOT NULL DEFAULT '', closed TEXT) STRICT;

CREATE TABLE fact (
    store TEXT NOT NULL REFERENCES store (code),
    name TEXT NOT NULL,
    value TEXT NOT NULL CHECK (json_valid(value)),
    at TEXT NOT NULL,
    by TEXT NOT NULL,
    PRIMARY KEY (store, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE answer (
    assessment INTEGER NOT NULL REFERENCES assessment (id),
    question TEXT NOT NULL,
    value TEXT NOT NULL CHECK (json_valid(value)),
    at TEXT NOT NULL,
    by TEXT NOT NULL, formula TEXT CHECK (formula <> ''),
    PRIMARY KEY (assessment, question)
) STRICT, WITHOUT ROWID;

CREATE TABLE exemption (
    assessment INTEGER NOT NULL REFERENCES assessment (id),
    criterion TEXT NOT NULL,
    reason TEXT NOT NULL CHECK (reason <> ''),
    at TEXT NOT NULL,
    by TEXT NOT NULL,
    PRIMARY KEY (assessment, criterion)
) STRICT, WITHOUT ROWID;

CREATE TABLE note (
    assessment INTEGER NOT NULL REFERENCES assessment (id),
    criterion TEXT NOT NULL,
    text TEXT NOT NULL CHECK (text <> ''),
    at TEXT NOT NULL,
    by TEXT NOT NULL,
    PRIMARY KEY (assessment, criterion)
) STRICT, WITHOUT ROWID;

CREATE TABLE evidence (
    id INTEGER NOT NULL PRIMARY KEY,
    assessment INTEGER NOT NULL REFERENCES assessment (id),
    criterion TEXT NOT NULL,
    file TEXT NOT NULL,
    caption TEXT NOT NULL DEFAULT '',
    verified INTEGER NOT NULL DEFAULT 0 CHECK (verified IN (0, 1)),
    sha256 TEXT NOT NULL DEFAULT '',
    bytes INTEGER NOT NULL DEFAULT 0,
    at TEXT NOT NULL,
    by TEXT NOT NULL
, taken_at TEXT NOT NULL DEFAULT '') STRICT;

CREATE TABLE finding (
    id INTEGER NOT NULL PRIMARY KEY,
    assessment INTEGER NOT NULL REFERENCES assessment (id),
    criterion TEXT NOT NULL,
    severity TEXT NOT NULL CHECK (severity IN ('major', 'minor', 'observation')),
    text TEXT NOT NULL,
    action TEXT NOT NULL DEFAULT '',
    due TEXT,
    closed TEXT,
    found_at TEXT NOT NULL,
    by TEXT NOT NULL
, uid TEXT NOT NULL DEFAULT '', follows TEXT NOT NULL DEFAULT '', owner TEXT NOT NULL DEFAULT '') STRICT;

CREATE TABLE event (
    id INTEGER NOT NULL PRIMARY KEY,
    store TEXT,
    assessment INTEGER REFERENCES assessment (id),
    at TEXT NOT NULL,
    by TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT,
    was TEXT CHECK (was IS NULL OR json_valid(was)),
    became TEXT CHECK (became IS NULL OR json_valid(became)),
    because TEXT,
    previous TEXT NOT NULL,
    hash TEXT NOT NULL
, undoes INTEGER REFERENCES event (id), ulid TEXT NOT NULL DEFAULT '', chain TEXT NOT NULL DEFAULT '', place INTEGER NOT NULL DEFAULT 0, "database" TEXT NOT NULL DEFAULT '', version INTEGER NOT NULL DEFAULT 2, whose TEXT, carried TEXT CHECK (carried IS NULL OR json_valid(carried))) STRICT;

CREATE TABLE scorecard (
    assessment INTEGER NOT NULL PRIMARY KEY REFERENCES assessment (id),
    event INTEGER NOT NULL REFERENCES event (id),
    total TEXT,
    total_number REAL,
    available TEXT NOT NULL,
    share TEXT,
    level TEXT,
    stars INTEGER NOT NULL,
    candidate INTEGER NOT NULL CHECK (candidate IN (0, 1)),
    why_not TEXT NOT NULL CHECK (json_valid(why_not)),
    keys TEXT NOT NULL CHECK (json_valid(keys)),
    answered INTEGER NOT NULL,
    asked INTEGER NOT NULL,
    complete INTEGER NOT NULL CHECK (complete IN (0, 1)),
    not_applicable_points TEXT NOT NULL,
    at TEXT NOT NULL
, worst TEXT, worst_level TEXT, best TEXT, best_level TEXT, totals_by_policy TEXT CHECK (totals_by_policy IS NULL OR json_valid(totals_by_policy)), excused_points TEXT, cycle TEXT NOT NULL DEFAULT '', key_1 REAL, key_2 REAL, key_3 REAL, key_4 REAL, key_5 REAL, key_6 REAL, reasons INTEGER NOT NULL DEFAULT 0, first_reason TEXT CHECK (first_reason IS NULL OR json_valid(first_reason))) STRICT;

CREATE TABLE score (
    assessment INTEGER NOT NULL REFERENCES assessment (id),
    "group" TEXT NOT NULL,
    points REAL NOT NULL,
    available REAL NOT NULL,
    percent REAL,
    bonus INTEGER NOT NULL CHECK (bonus IN (0, 1)),
    share TEXT, points_exact TEXT, available_exact TEXT,
    PRIMARY KEY (assessment, "group")
) STRICT, WITHOUT ROWID;

CREATE TABLE draft (
    store TEXT NOT NULL REFERENCES store (code),
    assessment INTEGER REFERENCES assessment (id),
    field TEXT NOT NULL,
    text TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;

CREATE TABLE flag (
    assessment INTEGER NOT NULL REFERENCES assessment (id),
    criterion TEXT NOT NULL,
    text TEXT NOT NULL,
    at TEXT NOT NULL,
    by TEXT NOT NULL,
    PRIMARY KEY (assessment, criterion)
) STRICT, WITHOUT ROWID;

CREATE TABLE "assessment" (
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
    sealed TEXT CHECK (sealed IS NULL OR json_valid(sealed)), representative TEXT NOT NULL DEFAULT '', remarks TEXT NOT NULL DEFAULT '', replaces TEXT CHECK (length(replaces) = 64), set_aside TEXT CHECK (length(set_aside) = 64), shared TEXT,
    FOREIGN KEY (scheme, scheme_name) REFERENCES scheme (sha256, name),
    CHECK ((status = 'draft') = (seal IS NULL)),
    CHECK ((seal IS NULL) = (sealed IS NULL))
) STRICT;

CREATE TABLE visit_fact (
    assessment INTEGER NOT NULL REFERENCES assessment (id),
    name TEXT NOT NULL,
    value TEXT NOT NULL CHECK (json_valid(value)),
    at TEXT NOT NULL,
    by TEXT NOT NULL,
    PRIMARY KEY (assessment, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE closing (
    id INTEGER NOT NULL PRIMARY KEY,
    cycle TEXT NOT NULL,
    cycle_key TEXT NOT NULL,
    revision INTEGER NOT NULL CHECK (revision >= 1),
    at TEXT NOT NULL,
    by TEXT NOT NULL,
    seal TEXT NOT NULL CHECK (length(seal) = 64),
    sealed TEXT NOT NULL CHECK (json_valid(sealed)),
    reopened_at TEXT,
    reopened_by TEXT,
    because TEXT CHECK (because <> ''),
    UNIQUE (cycle, revision),
    CHECK ((reopened_at IS NULL) = (because IS NULL)),
    CHECK ((reopened_at IS NULL) = (reopened_by IS NULL))
) STRICT;

CREATE TABLE identity (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    ulid TEXT NOT NULL CHECK (length(ulid) = 26)
) STRICT;

CREATE TABLE head (
    chain TEXT NOT NULL,
    hash TEXT NOT NULL,
    place INTEGER NOT NULL,
    PRIMARY KEY (chain, hash)
) STRICT, WITHOUT ROWID;

CREATE TABLE statement (
    sha256 TEXT NOT NULL PRIMARY KEY CHECK (length(sha256) = 64),
    seal TEXT NOT NULL CHECK (length(seal) = 64),
    kind TEXT NOT NULL CHECK (kind <> ''),
    at TEXT NOT NULL,
    document TEXT NOT NULL CHECK (json_valid(document))
) STRICT, WITHOUT ROWID;

CREATE TABLE signature (
    document TEXT NOT NULL CHECK (length(document) = 64),
    key TEXT NOT NULL CHECK (length(key) = 64),
    armour TEXT NOT NULL CHECK (armour <> ''),
    PRIMARY KEY (document, key)
) STRICT, WITHOUT ROWID;

CREATE INDEX evidence_assessment ON evidence (assessment, criterion);

CREATE INDEX finding_assessment ON finding (assessment, criterion);

CREATE INDEX event_assessment ON event (assessment, id);

CREATE INDEX event_store ON event (store, id);

CREATE INDEX draft_store ON draft (store, assessment, field);

CREATE INDEX assessment_revisions ON assessment (store, cycle, scheme_name, kind, revision);

CREATE INDEX assessment_cycle ON assessment (cycle, scheme);

CREATE INDEX assessment_cycle_order ON assessment (cycle_key);

CREATE INDEX store_folded ON store (folded);

CREATE INDEX finding_uid ON finding (uid);

CREATE INDEX finding_follows ON finding (follows);

CREATE INDEX scorecard_league ON scorecard (cycle, key_1, key_2, key_3, key_4, key_5, key_6);

CREATE INDEX store_closed ON store (closed) WHERE closed IS NOT NULL;

CREATE UNIQUE INDEX event_ulid ON event (ulid);

CREATE UNIQUE INDEX event_hash ON event (hash);

CREATE INDEX event_chain ON event (chain, place);

CREATE INDEX statement_of_seal ON statement (seal);

CREATE INDEX assessment_shared ON assessment (shared) WHERE shared IS NOT NULL;

CREATE INDEX assessment_seal ON assessment (seal) WHERE seal IS NOT NULL;

CREATE INDEX assessment_status ON assessment (status);

CREATE INDEX assessment_entered ON assessment (entered_at) WHERE entered_at IS NOT NULL;

CREATE TRIGGER scheme_is_never_removed BEFORE DELETE ON scheme
BEGIN
    SELECT RAISE(ABORT, 'a scheme is never removed');
END;

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

CREATE TRIGGER scheme_is_never_changed BEFORE UPDATE ON scheme
BEGIN
    SELECT RAISE(ABORT, 'a scheme is never changed');
END;

CREATE TRIGGER scorecard_has_the_cycle_of_its_visit AFTER INSERT ON scorecard
BEGIN
    UPDATE scorecard SET cycle = (SELECT cycle FROM assessment WHERE id = NEW.assessment)
    WHERE assessment = NEW.assessment;
END;

CREATE TRIGGER scorecard_follows_its_visit AFTER UPDATE OF cycle ON assessment
BEGIN
    UPDATE scorecard SET cycle = NEW.cycle WHERE assessment = NEW.id;
END;

CREATE TRIGGER closing_is_never_changed BEFORE UPDATE OF cycle, revision, at, by, seal, sealed ON closing
BEGIN
    SELECT RAISE(ABORT, 'the document of a closed cycle is never changed');
END;

CREATE TRIGGER closing_is_never_removed BEFORE DELETE ON closing
BEGIN
    SELECT RAISE(ABORT, 'the document of a closed cycle is never removed');
END;

CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event
BEGIN
    SELECT RAISE(ABORT, 'an event is never changed');
END;

CREATE TRIGGER event_is_never_removed BEFORE DELETE ON event
BEGIN
    SELECT RAISE(ABORT, 'an event is never removed');
END;

CREATE TRIGGER statement_is_never_changed BEFORE UPDATE ON statement
BEGIN
    SELECT RAISE(ABORT, 'a statement is never changed');
END;

CREATE TRIGGER statement_is_never_removed BEFORE DELETE ON statement
BEGIN
    SELECT RAISE(ABORT, 'a statement is never removed');
END;

CREATE TRIGGER signature_is_never_changed BEFORE UPDATE ON signature
BEGIN
    SELECT RAISE(ABORT, 'a signature is never changed');
END;

CREATE TRIGGER signature_is_never_removed BEFORE DELETE ON signature
BEGIN
    SELECT RAISE(ABORT, 'a signature is never removed');
END;

CREATE TRIGGER event_follows_its_chain BEFORE INSERT ON event
WHEN NOT EXISTS (
    SELECT 1 FROM event
    WHERE event.hash = substr(NEW.previous, 3, 64) AND NEW.previous = '["' || event.hash || '"]'
    AND +event.chain = NEW.chain AND +event.place = NEW.place - 1
)
BEGIN
    SELECT RAISE(ABORT, 'an event follows events of its chain that are here')
    WHERE (
        SELECT count(*) FROM json_each(NEW.previous) AS parent
        CROSS JOIN event ON event.hash = parent.value AND +event.chain = NEW.chain
    ) <> json_array_length(NEW.previous);
    SELECT RAISE(ABORT, 'an event stands one place behind what it follows')
    WHERE NEW.place <> 1 + coalesce((
        SELECT max(event.place) FROM json_each(NEW.previous) AS parent CROSS JOIN event ON event.hash = parent.value
    ), 0);
END;

CREATE TRIGGER event_written_here_follows_all_heads BEFORE INSERT ON event
WHEN NEW."database" = (SELECT ulid FROM identity)
BEGIN
    SELECT RAISE(ABORT, 'an event follows the last events of its chain')
    WHERE EXISTS (
        SELECT 1 FROM head
        WHERE head.chain = NEW.chain AND NEW.previous <> '["' || head.hash || '"]'
        AND head.hash NOT IN (SELECT value FROM json_each(NEW.previous))
    );
END;

CREATE TRIGGER event_becomes_a_head AFTER INSERT ON event
BEGIN
    DELETE FROM head
    WHERE chain = NEW.chain
    AND (NEW.previous = '["' || hash || '"]' OR hash IN (SELECT value FROM json_each(NEW.previous)));
    INSERT INTO head (chain, hash, place) VALUES (NEW.chain, NEW.hash, NEW.place);
END;

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
WHERE finding.closed IS NULL AND visit.newest AND visit.status <> 'withdrawn' AND store.closed IS NULL
AND NOT EXISTS (
    SELECT 1 FROM finding AS later
    JOIN visit AS later_visit ON later_visit.assessment = later.assessment
    WHERE later.follows = finding.uid AND finding.uid <> '' AND later_visit.newest
    AND later_visit.status <> 'withdrawn'
);

CREATE VIEW closed_in_cycle AS
SELECT DISTINCT assessment.store, assessment.cycle, store.closed
FROM store
CROSS JOIN assessment ON assessment.store = store.code
WHERE store.closed IS NOT NULL AND store.closed < coalesce((
    SELECT min(later.visited) FROM assessment AS later
    WHERE later.cycle_key > assessment.cycle_key AND later.visited > ''
), '9999-12-31');

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
    ORDER BY latest.cycle_key DESC, latest.revision DESC, latest.status = 'draft', latest.id
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
        AND (later.revision, later.status <> 'draft', -later.id)
        > (assessment.revision, assessment.status <> 'draft', -assessment.id)
        AND later.set_aside IS NULL
    ) AS newest,
    assessment.set_aside IS NULL AND NOT EXISTS (
        SELECT 1 FROM assessment AS later
        WHERE later.store = assessment.store AND later.cycle = assessment.cycle
        AND later.scheme_name = assessment.scheme_name AND later.kind = assessment.kind
        AND (later.revision, later.status <> 'draft', -later.id)
        > (assessment.revision, assessment.status <> 'draft', -assessment.id)
        AND later.set_aside IS NULL
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

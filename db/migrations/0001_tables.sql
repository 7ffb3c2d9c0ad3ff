-- Green Star's tables. A migration is never edited once released: the next change is the next file.
-- Times are UTC, written 2026-05-12T09:30:00.000Z. Exact figures are texts (305/4); numbers beside them are for reading.
PRAGMA application_id = 1196651634;

-- Rules by the hash of their canonical JSON, so that an old certificate can be worked out again with the rules of its day.
-- summary: what a ranking shows of them (title, categories, levels, keys, thresholds), so that it need not read them.
CREATE TABLE scheme (
    sha256 TEXT NOT NULL PRIMARY KEY CHECK (length(sha256) = 64),
    name TEXT NOT NULL,
    version TEXT NOT NULL,
    summary TEXT NOT NULL CHECK (json_valid(summary)),
    canonical TEXT NOT NULL,
    added_at TEXT NOT NULL,
    UNIQUE (sha256, name)
) STRICT;

CREATE TABLE store (
    code TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    city TEXT NOT NULL DEFAULT '',
    region TEXT NOT NULL DEFAULT '',
    added_at TEXT NOT NULL
) STRICT;
-- wx-001 beside WX-001 would be one file name on some systems, and one store to most people.
CREATE UNIQUE INDEX store_code_in_any_case ON store (lower(code));

-- What a store is: asked once, used by every draft. A submitted assessment holds its own copy.
CREATE TABLE fact (
    store TEXT NOT NULL REFERENCES store (code),
    name TEXT NOT NULL,
    value TEXT NOT NULL CHECK (json_valid(value)),
    at TEXT NOT NULL,
    by TEXT NOT NULL,
    PRIMARY KEY (store, name)
) STRICT, WITHOUT ROWID;

-- One visit to a store in a cycle under a scheme, and each time that it was reopened: a revision.
-- sealed: the canonical JSON of all that was submitted; seal: its SHA-256. cursor: the criterion worked on last.
CREATE TABLE assessment (
    id INTEGER NOT NULL PRIMARY KEY,
    store TEXT NOT NULL REFERENCES store (code),
    cycle TEXT NOT NULL,
    scheme_name TEXT NOT NULL,
    scheme TEXT NOT NULL,
    revision INTEGER NOT NULL CHECK (revision >= 1),
    status TEXT NOT NULL CHECK (status IN ('draft', 'submitted', 'decided', 'withdrawn')),
    assessor TEXT NOT NULL,
    visited TEXT,
    cursor TEXT,
    started_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    submitted_at TEXT,
    decided_at TEXT,
    certificate TEXT UNIQUE,
    last_day TEXT,
    withdrawn_at TEXT,
    seal TEXT CHECK (length(seal) = 64),
    sealed TEXT CHECK (sealed IS NULL OR json_valid(sealed)),
    UNIQUE (store, cycle, scheme_name, revision),
    FOREIGN KEY (scheme, scheme_name) REFERENCES scheme (sha256, name),
    CHECK ((status = 'draft') = (seal IS NULL)),
    CHECK ((seal IS NULL) = (sealed IS NULL))
) STRICT;
CREATE UNIQUE INDEX assessment_one_draft ON assessment (store, cycle, scheme_name) WHERE status = 'draft';
CREATE INDEX assessment_cycle ON assessment (cycle, scheme);
CREATE INDEX assessment_changed ON assessment (status, changed_at);

CREATE TABLE answer (
    assessment INTEGER NOT NULL REFERENCES assessment (id),
    question TEXT NOT NULL,
    value TEXT NOT NULL CHECK (json_valid(value)),
    at TEXT NOT NULL,
    by TEXT NOT NULL,
    PRIMARY KEY (assessment, question)
) STRICT, WITHOUT ROWID;

-- What is typed in a field and is no answer yet.
CREATE TABLE draft (
    assessment INTEGER NOT NULL REFERENCES assessment (id),
    question TEXT NOT NULL,
    text TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (assessment, question)
) STRICT, WITHOUT ROWID;

-- A criterion that the assessor marked as not applicable.
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
) STRICT;
CREATE INDEX evidence_assessment ON evidence (assessment, criterion);

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
) STRICT;
CREATE INDEX finding_assessment ON finding (assessment, criterion);

-- Every change, in order, each with the hash of the one before: history, undo and proof.
-- hash: SHA-256 of the canonical JSON of all other columns that are not null.
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
) STRICT;
CREATE INDEX event_assessment ON event (assessment, id);
CREATE INDEX event_store ON event (store, id);

-- What scoring gave. event: the last change that it takes into account; a newer one makes it stale.
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
    key_numbers TEXT NOT NULL CHECK (json_valid(key_numbers)),
    answered INTEGER NOT NULL,
    asked INTEGER NOT NULL,
    complete INTEGER NOT NULL CHECK (complete IN (0, 1)),
    not_applicable_points TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;

-- The categories of a scorecard, as a reader sees them: rounded as everywhere else.
CREATE TABLE score (
    assessment INTEGER NOT NULL REFERENCES assessment (id),
    "group" TEXT NOT NULL,
    points REAL NOT NULL,
    available REAL NOT NULL,
    percent REAL,
    bonus INTEGER NOT NULL CHECK (bonus IN (0, 1)),
    share TEXT,
    PRIMARY KEY (assessment, "group")
) STRICT, WITHOUT ROWID;

CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event
BEGIN
    SELECT RAISE(ABORT, 'an event is never changed');
END;

CREATE TRIGGER event_is_never_removed BEFORE DELETE ON event
BEGIN
    SELECT RAISE(ABORT, 'an event is never removed');
END;

CREATE TRIGGER scheme_is_never_changed BEFORE UPDATE ON scheme
BEGIN
    SELECT RAISE(ABORT, 'a scheme is never changed');
END;

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

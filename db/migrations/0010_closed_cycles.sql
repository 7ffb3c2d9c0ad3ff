-- The leagues of a closed cycle, the settings that they were worked out with, and the seals that they stand on: one
-- document (RFC 8785's JSON) with its SHA-256. Opened again it keeps what it was; closed again, there is a further revision.
-- A signature is a statement about a seal, and will stand elsewhere.
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

CREATE TRIGGER closing_is_never_changed BEFORE UPDATE OF cycle, revision, at, by, seal, sealed ON closing
BEGIN
    SELECT RAISE(ABORT, 'the document of a closed cycle is never changed');
END;

CREATE TRIGGER closing_is_never_removed BEFORE DELETE ON closing
BEGIN
    SELECT RAISE(ABORT, 'the document of a closed cycle is never removed');
END;

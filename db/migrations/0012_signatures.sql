-- What is stated of seals, and signatures of seals and statements. A statement is a document (RFC 8785's JSON) that is kept
-- by its SHA-256; one about a seal that is not here waits for it. A signature is OpenSSH's armour over the exact bytes
-- of a document, by the document's SHA-256 and the SHA-256 of the public key: both may come before the document.
CREATE TABLE statement (
    sha256 TEXT NOT NULL PRIMARY KEY CHECK (length(sha256) = 64),
    seal TEXT NOT NULL CHECK (length(seal) = 64),
    kind TEXT NOT NULL CHECK (kind <> ''),
    at TEXT NOT NULL,
    document TEXT NOT NULL CHECK (json_valid(document))
) STRICT, WITHOUT ROWID;

CREATE INDEX statement_of_seal ON statement (seal);

CREATE TRIGGER statement_is_never_changed BEFORE UPDATE ON statement
BEGIN
    SELECT RAISE(ABORT, 'a statement is never changed');
END;

CREATE TRIGGER statement_is_never_removed BEFORE DELETE ON statement
BEGIN
    SELECT RAISE(ABORT, 'a statement is never removed');
END;

CREATE TABLE signature (
    document TEXT NOT NULL CHECK (length(document) = 64),
    key TEXT NOT NULL CHECK (length(key) = 64),
    armour TEXT NOT NULL CHECK (armour <> ''),
    PRIMARY KEY (document, key)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER signature_is_never_changed BEFORE UPDATE ON signature
BEGIN
    SELECT RAISE(ABORT, 'a signature is never changed');
END;

CREATE TRIGGER signature_is_never_removed BEFORE DELETE ON signature
BEGIN
    SELECT RAISE(ABORT, 'a signature is never removed');
END;

-- Events are known by an identity that no row number decides, and stand in chains: one a revision of a visit, one a
-- store's page, one a database. Row numbers stay as the order in which events came to this database.
-- Called here, never by what stays: new_identity, and carry_journal_over, which gives events of before their place in
-- these chains, verifies what they were chained by until now, and notes what of the tables no event told of.

-- What identifies this database. A restored or copied one gets another.
CREATE TABLE identity (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    ulid TEXT NOT NULL CHECK (length(ulid) = 26)
) STRICT;

INSERT INTO identity VALUES (1, new_identity());

-- Whoever took them away may have changed an event: that is noted, and they are there again.
DROP TRIGGER IF EXISTS event_is_never_changed;
DROP TRIGGER IF EXISTS event_is_never_removed;

-- ulid: its identity. chain: visit:<ulid>, store:<code> or database:<ulid>. database: the ULID of the one in which it was
-- written. previous: the hashes of the events that were the last of its chain then, as a JSON list. place: one more
-- than the highest place of those. whose: whose entry it is, where another than `by` recorded it. hash: SHA-256 of
-- RFC 8785's JSON of all this, with the ULID of the event that it undoes. carried: what else the journal of programs
-- up to 0.2 was chained by, and its hash there (JSON); null in all that was written since.
ALTER TABLE event ADD COLUMN ulid TEXT NOT NULL DEFAULT '';
ALTER TABLE event ADD COLUMN chain TEXT NOT NULL DEFAULT '';
ALTER TABLE event ADD COLUMN place INTEGER NOT NULL DEFAULT 0;
ALTER TABLE event ADD COLUMN "database" TEXT NOT NULL DEFAULT '';
ALTER TABLE event ADD COLUMN version INTEGER NOT NULL DEFAULT 2;
ALTER TABLE event ADD COLUMN whose TEXT;
ALTER TABLE event ADD COLUMN carried TEXT CHECK (carried IS NULL OR json_valid(carried));

-- The seal of the revision that this one goes on from; null for a first one.
ALTER TABLE assessment ADD COLUMN replaces TEXT CHECK (length(replaces) = 64);

UPDATE assessment SET replaces = (
    SELECT max(earlier.seal) FROM assessment AS earlier
    WHERE earlier.store = assessment.store AND earlier.cycle = assessment.cycle
    AND earlier.scheme_name = assessment.scheme_name AND earlier.kind = assessment.kind
    AND earlier.revision = assessment.revision - 1
    HAVING count(*) = 1
);

-- The last events of each chain: those that no other follows.
CREATE TABLE head (
    chain TEXT NOT NULL,
    hash TEXT NOT NULL,
    place INTEGER NOT NULL,
    PRIMARY KEY (chain, hash)
) STRICT, WITHOUT ROWID;

SELECT carry_journal_over();

CREATE UNIQUE INDEX event_ulid ON event (ulid);
CREATE UNIQUE INDEX event_hash ON event (hash);
CREATE INDEX event_chain ON event (chain, place);

CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event
BEGIN
    SELECT RAISE(ABORT, 'an event is never changed');
END;

CREATE TRIGGER event_is_never_removed BEFORE DELETE ON event
BEGIN
    SELECT RAISE(ABORT, 'an event is never removed');
END;

-- A plus sign keeps SQLite from looking through the whole chain.
CREATE TRIGGER event_follows_its_chain BEFORE INSERT ON event
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
        WHERE head.chain = NEW.chain AND head.hash NOT IN (SELECT value FROM json_each(NEW.previous))
    );
END;

CREATE TRIGGER event_becomes_a_head AFTER INSERT ON event
BEGIN
    DELETE FROM head WHERE chain = NEW.chain AND hash IN (SELECT value FROM json_each(NEW.previous));
    INSERT INTO head (chain, hash, place) VALUES (NEW.chain, NEW.hash, NEW.place);
END;

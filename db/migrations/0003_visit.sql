-- What a whole visit needs: the very question one stands at, half-typed text, flags, and events that undo events.

-- cursor_question: the question of `cursor` that was worked on last.
-- entered_at: since when a window shows this visit; still there at the next start, the window ended without being left.
ALTER TABLE assessment ADD COLUMN cursor_question TEXT;
ALTER TABLE assessment ADD COLUMN entered_at TEXT;

-- undoes: the event that this one takes back.
ALTER TABLE event ADD COLUMN undoes INTEGER REFERENCES event (id);

-- taken_at: when the file itself was last changed; what a photograph shows was so at that time, not when it was attached.
ALTER TABLE evidence ADD COLUMN taken_at TEXT NOT NULL DEFAULT '';

-- What is typed in a field and is nothing yet. Of an assessment, or (facts) of the store only.
-- field: a question, a fact, or note:WAT-06, finding:WAT-06 and the like.
DROP TABLE draft;
CREATE TABLE draft (
    store TEXT NOT NULL REFERENCES store (code),
    assessment INTEGER REFERENCES assessment (id),
    field TEXT NOT NULL,
    text TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;
CREATE INDEX draft_store ON draft (store, assessment, field);

-- A criterion to come back to.
CREATE TABLE flag (
    assessment INTEGER NOT NULL REFERENCES assessment (id),
    criterion TEXT NOT NULL,
    text TEXT NOT NULL,
    at TEXT NOT NULL,
    by TEXT NOT NULL,
    PRIMARY KEY (assessment, criterion)
) STRICT, WITHOUT ROWID;

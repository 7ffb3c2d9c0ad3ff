-- Nearly every event follows one other, whose hash its list alone holds: that is told without taking the list apart.

DROP TRIGGER event_follows_its_chain;
DROP TRIGGER event_written_here_follows_all_heads;
DROP TRIGGER event_becomes_a_head;

-- A plus sign keeps SQLite from looking through the whole chain.
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

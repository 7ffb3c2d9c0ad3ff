-- Every answer moves the time at which its visit was changed: no index follows that any more. What a window shows, of
-- which there are few, is found by an index of its own.

DROP INDEX assessment_changed;

CREATE INDEX assessment_status ON assessment (status);
CREATE INDEX assessment_entered ON assessment (entered_at) WHERE entered_at IS NOT NULL;

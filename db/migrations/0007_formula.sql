-- How an answer was calculated, as it was typed (1284.62-1284.58); null: it was not. In events such an answer is an object
-- with `formula` and `value`.
ALTER TABLE answer ADD COLUMN formula TEXT CHECK (formula <> '');

-- The closing meeting: who spoke for the store, and what they remarked, in their own words; empty where nobody did yet.
ALTER TABLE assessment ADD COLUMN representative TEXT NOT NULL DEFAULT '';
ALTER TABLE assessment ADD COLUMN remarks TEXT NOT NULL DEFAULT '';

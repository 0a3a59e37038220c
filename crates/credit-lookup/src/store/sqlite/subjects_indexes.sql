-- Apart from the schema, because the first import into an empty store makes them
-- at its end: sorted at once instead of row by row.
CREATE UNIQUE INDEX IF NOT EXISTS subjects_code ON subjects (code);
CREATE UNIQUE INDEX IF NOT EXISTS subjects_changed ON subjects (changed);

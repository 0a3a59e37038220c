-- See schema_5.sql of the SQLite store.
ALTER TABLE records ADD COLUMN arrived text;

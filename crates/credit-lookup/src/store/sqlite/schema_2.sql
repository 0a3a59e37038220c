-- Numbers and places in the sequence of changes are counted here, in the
-- transaction that uses them, so that both kinds of store count alike.
CREATE TABLE counters (
    name  TEXT NOT NULL PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO counters
    SELECT 'subject', coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'subjects'), 0)
    UNION ALL SELECT 'change', coalesce((SELECT max(changed) FROM subjects), 0)
    UNION ALL SELECT 'record', 0;

-- Which store this is: derived indexes of another one are not used.
CREATE TABLE identity (id TEXT NOT NULL) STRICT;

INSERT INTO identity VALUES (lower(hex(randomblob(16))));

-- One row a subject, by 统一社会信用代码. A number is never used again, because
-- it is the subject's bit in the status lists that old cards point into.
CREATE TABLE subjects_2 (
    number       INTEGER PRIMARY KEY,
    -- Place in the sequence of changes that derived indexes follow.
    changed      INTEGER NOT NULL,
    code         TEXT NOT NULL CHECK (length(code) = 18),
    name         TEXT NOT NULL,
    -- 曾用名, one a line.
    former_names TEXT NOT NULL,
    status       TEXT NOT NULL,
    established  TEXT,
    entity_type  TEXT,
    capital      TEXT,
    region       TEXT,
    address      TEXT,
    source_unit  TEXT NOT NULL,
    source_date  TEXT NOT NULL,
    -- Day of the snapshot of its source that had it no more.
    ended        TEXT,
    scope        TEXT
) STRICT;

INSERT INTO subjects_2
    SELECT number, changed, code, name, '', status, established, entity_type, capital,
           region, address, source_unit, source_date, NULL, scope
    FROM subjects;
DROP TABLE subjects;
ALTER TABLE subjects_2 RENAME TO subjects;

-- Everything else: one row a record, by dataset and natural key.
CREATE TABLE records (
    number      INTEGER PRIMARY KEY,
    dataset     TEXT NOT NULL,
    key         TEXT NOT NULL,
    -- 统一社会信用代码, or keyed digest of a natural person's number, or neither.
    holder      TEXT,
    person      TEXT,
    source_unit TEXT NOT NULL,
    source_date TEXT NOT NULL,
    ended       TEXT,
    -- The values, as JSON.
    body        TEXT NOT NULL,
    UNIQUE (dataset, key),
    CHECK (holder IS NULL OR person IS NULL)
) STRICT;

CREATE INDEX records_holder ON records (holder, dataset) WHERE holder IS NOT NULL;
CREATE INDEX records_person ON records (person, dataset) WHERE person IS NOT NULL;
-- The indexes of `subjects` stand in subjects_indexes.sql.

-- One row a subject, by 统一社会信用代码.
CREATE TABLE subjects (
    -- AUTOINCREMENT: a number is never used again, because it is the subject's
    -- bit in the status lists that old cards point into.
    number      INTEGER PRIMARY KEY AUTOINCREMENT,
    code        TEXT NOT NULL UNIQUE CHECK (length(code) = 18),
    name        TEXT NOT NULL,
    status      TEXT NOT NULL,
    established TEXT,
    entity_type TEXT,
    capital     TEXT,
    scope       TEXT,
    region      TEXT,
    address     TEXT,
    source_unit TEXT NOT NULL,
    source_date TEXT NOT NULL,
    -- Place in the sequence of changes that derived indexes follow.
    changed     INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX subjects_changed ON subjects (changed);

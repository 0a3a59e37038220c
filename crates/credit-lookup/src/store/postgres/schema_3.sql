-- See schema_4.sql of the SQLite store.
CREATE TABLE revocations (
    number bigint PRIMARY KEY,
    next   bigint NOT NULL,
    code   text COLLATE "C" NOT NULL,
    at     text NOT NULL,
    reason text NOT NULL
);

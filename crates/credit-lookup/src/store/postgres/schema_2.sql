-- See schema_3.sql of the SQLite store.
INSERT INTO counters VALUES ('edition', 0);

ALTER TABLE records ADD COLUMN topic text COLLATE "C";
UPDATE records SET topic = body::json ->> 'list' WHERE dataset = 'lists';
UPDATE records SET topic = body::json ->> 'scheme' WHERE dataset IN ('grades', 'inspections');
UPDATE records SET topic = body::json ->> 'honour-kind' WHERE dataset = 'honours';
UPDATE records SET topic = body::json ->> 'area' WHERE dataset IN ('areas', 'members');
UPDATE records SET topic = body::json ->> 'trace-code' WHERE dataset = 'traces';
UPDATE records SET topic = body::json ->> 'scene' WHERE dataset = 'benefits';
UPDATE records SET topic = body::json ->> 'agency-kind' WHERE dataset = 'agencies';
CREATE INDEX records_topic ON records (dataset, topic, number) WHERE ended IS NULL;
CREATE INDEX records_dataset ON records (dataset, number) WHERE ended IS NULL;

CREATE TABLE sites (
    name    text COLLATE "C" NOT NULL PRIMARY KEY,
    origins text NOT NULL,
    added   text NOT NULL
);

CREATE TABLE site_uses (
    site text COLLATE "C" NOT NULL,
    day  text COLLATE "C" NOT NULL,
    uses bigint NOT NULL,
    PRIMARY KEY (site, day)
);

CREATE TABLE audit (
    number bigint PRIMARY KEY,
    at     text NOT NULL,
    actor  text NOT NULL,
    action text NOT NULL,
    object text NOT NULL,
    detail text NOT NULL,
    digest text NOT NULL
);

-- See the schema of the SQLite store for what each column means. Text is
-- compared byte by byte ("C"), as SQLite does, so that both order alike.
CREATE TABLE counters (
    name  text NOT NULL PRIMARY KEY,
    value bigint NOT NULL
);

INSERT INTO counters VALUES ('subject', 0), ('change', 0), ('record', 0);

CREATE TABLE identity (id text NOT NULL);

INSERT INTO identity VALUES (replace(gen_random_uuid()::text, '-', ''));

CREATE TABLE subjects (
    number       bigint PRIMARY KEY,
    changed      bigint NOT NULL UNIQUE,
    code         text COLLATE "C" NOT NULL UNIQUE CHECK (length(code) = 18),
    name         text NOT NULL,
    former_names text NOT NULL,
    status       text NOT NULL,
    established  text,
    entity_type  text,
    capital      text,
    region       text,
    address      text,
    source_unit  text NOT NULL,
    source_date  text NOT NULL,
    ended        text,
    scope        text
);

CREATE TABLE records (
    number      bigint PRIMARY KEY,
    dataset     text COLLATE "C" NOT NULL,
    key         text COLLATE "C" NOT NULL,
    holder      text COLLATE "C",
    person      text COLLATE "C",
    source_unit text NOT NULL,
    source_date text NOT NULL,
    ended       text,
    body        text NOT NULL,
    UNIQUE (dataset, key),
    CHECK (holder IS NULL OR person IS NULL)
);

CREATE INDEX records_holder ON records (holder, dataset) WHERE holder IS NOT NULL;
CREATE INDEX records_person ON records (person, dataset) WHERE person IS NOT NULL;

-- Grows whenever records may read differently than before: answers made of an
-- earlier edition are stale.
INSERT INTO counters VALUES ('edition', 0);

-- What a record is listed under: the area of a member, the code of a product,
-- the kind of a list. Which field that is stands in the table of datasets.
ALTER TABLE records ADD COLUMN topic TEXT;
UPDATE records SET topic = json_extract(body, '$."list"') WHERE dataset = 'lists';
UPDATE records SET topic = json_extract(body, '$."scheme"') WHERE dataset IN ('grades', 'inspections');
UPDATE records SET topic = json_extract(body, '$."honour-kind"') WHERE dataset = 'honours';
UPDATE records SET topic = json_extract(body, '$."area"') WHERE dataset IN ('areas', 'members');
UPDATE records SET topic = json_extract(body, '$."trace-code"') WHERE dataset = 'traces';
UPDATE records SET topic = json_extract(body, '$."scene"') WHERE dataset = 'benefits';
UPDATE records SET topic = json_extract(body, '$."agency-kind"') WHERE dataset = 'agencies';
CREATE INDEX records_topic ON records (dataset, topic, number) WHERE ended IS NULL;
CREATE INDEX records_dataset ON records (dataset, number) WHERE ended IS NULL;

-- 嵌入站点: who embeds, from which origins, and how often on which day. No
-- visitor stands here.
CREATE TABLE sites (
    name    TEXT NOT NULL PRIMARY KEY,
    -- One a line.
    origins TEXT NOT NULL,
    added   TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE site_uses (
    site TEXT NOT NULL,
    day  TEXT NOT NULL,
    uses INTEGER NOT NULL,
    PRIMARY KEY (site, day)
) STRICT, WITHOUT ROWID;

-- 审计日志: each entry has a digest over itself and the digest before it, so
-- that none can be changed or taken out unnoticed.
CREATE TABLE audit (
    number INTEGER PRIMARY KEY,
    at     TEXT NOT NULL,
    actor  TEXT NOT NULL,
    action TEXT NOT NULL,
    object TEXT NOT NULL,
    detail TEXT NOT NULL,
    digest TEXT NOT NULL
) STRICT;

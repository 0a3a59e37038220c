-- 撤销: what was signed of a subject and is not to be believed any more. The
-- subject stands under another number in the status lists from then on, so that
-- what is signed afterwards is good.
CREATE TABLE revocations (
    -- The number that is revoked, and the one that follows it.
    number INTEGER PRIMARY KEY,
    next   INTEGER NOT NULL,
    code   TEXT NOT NULL,
    at     TEXT NOT NULL,
    reason TEXT NOT NULL
) STRICT;

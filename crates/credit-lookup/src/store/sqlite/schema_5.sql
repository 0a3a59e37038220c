-- First day on which a source spoke of the record: 及时率 counts from the decision to
-- it, and `source_date` moves on whenever the record is sent again. Rows of before
-- this column have none; of them `source_date` is all that is known.
ALTER TABLE records ADD COLUMN arrived TEXT;

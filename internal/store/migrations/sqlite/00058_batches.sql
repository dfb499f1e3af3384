-- +goose Up
-- What a list of batches shows stands before the body, which may have megabytes: the list reads none of it.
CREATE TABLE batches (
  id INTEGER PRIMARY KEY AUTOINCREMENT, filename TEXT NOT NULL, sha256 TEXT NOT NULL, mapping_name TEXT NOT NULL, made_by TEXT NOT NULL, made_at TEXT NOT NULL,
  undone_by TEXT NOT NULL, undone_at TEXT NOT NULL, added INTEGER NOT NULL, updated INTEGER NOT NULL, rejected INTEGER NOT NULL, mapping TEXT NOT NULL, body TEXT NOT NULL
);
INSERT INTO batches SELECT id, filename, sha256, mapping_name, made_by, made_at, undone_by, undone_at,
  (SELECT COUNT(*) FROM json_each(b.body, '$.rows') r WHERE COALESCE(json_extract(r.value, '$.Updated'), 0) = 0),
  (SELECT COUNT(*) FROM json_each(b.body, '$.rows') r WHERE json_extract(r.value, '$.Updated') = 1),
  COALESCE(json_extract(b.body, '$.Rejected'), 0), mapping, body FROM ledger_batches b;
DROP TABLE ledger_batches;
ALTER TABLE batches RENAME TO ledger_batches;
CREATE INDEX ledger_batches_by ON ledger_batches(made_by, id);
CREATE INDEX ledger_batches_mapping ON ledger_batches(mapping_name, id);

-- Each deletion of a document or a penalty asks whether something refers to it: without these it read all penalties or payments of the register.
CREATE INDEX penalties_document ON penalties(document_id) WHERE document_id IS NOT NULL;
CREATE INDEX payments_penalty ON payments(penalty_id) WHERE penalty_id IS NOT NULL;

-- +goose Down
SELECT 1;

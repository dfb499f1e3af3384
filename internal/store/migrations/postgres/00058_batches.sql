-- +goose Up
-- What a list of batches shows need not be looked for in the body, which may have megabytes.
ALTER TABLE ledger_batches ADD COLUMN added BIGINT NOT NULL DEFAULT 0, ADD COLUMN updated BIGINT NOT NULL DEFAULT 0, ADD COLUMN rejected BIGINT NOT NULL DEFAULT 0;
UPDATE ledger_batches b SET
  added = (SELECT COUNT(*) FROM json_array_elements(CASE json_typeof(b.body::json -> 'rows') WHEN 'array' THEN b.body::json -> 'rows' ELSE '[]' END) r WHERE COALESCE(r ->> 'Updated', '') <> 'true'),
  updated = (SELECT COUNT(*) FROM json_array_elements(CASE json_typeof(b.body::json -> 'rows') WHEN 'array' THEN b.body::json -> 'rows' ELSE '[]' END) r WHERE r ->> 'Updated' = 'true'),
  rejected = COALESCE((b.body::json ->> 'Rejected')::bigint, 0);
ALTER TABLE ledger_batches ALTER COLUMN added DROP DEFAULT, ALTER COLUMN updated DROP DEFAULT, ALTER COLUMN rejected DROP DEFAULT;

-- Each deletion of a document or a penalty asks whether something refers to it: without these it read all penalties or payments of the register.
CREATE INDEX penalties_document ON penalties(document_id) WHERE document_id IS NOT NULL;
CREATE INDEX payments_penalty ON payments(penalty_id) WHERE penalty_id IS NOT NULL;

-- +goose Down
SELECT 1;

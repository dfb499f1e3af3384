-- +goose Up
-- The case and the inspection that a revision belongs to, as its body says: a record that was deleted is still found in the history of
-- the one it was on.
ALTER TABLE revisions ADD COLUMN case_id INTEGER GENERATED ALWAYS AS
  (CASE WHEN entity = 'case' THEN entity_id WHEN NOT json_valid(body) THEN NULL
    WHEN entity = 'attachment' THEN CASE json_extract(body, '$.entity') WHEN 'case' THEN json_extract(body, '$.entity_id') END
    ELSE json_extract(body, '$.case_id') END) VIRTUAL;
ALTER TABLE revisions ADD COLUMN inspection_id INTEGER GENERATED ALWAYS AS
  (CASE WHEN entity = 'inspection' THEN entity_id WHEN NOT json_valid(body) THEN NULL
    WHEN entity = 'attachment' THEN CASE json_extract(body, '$.entity') WHEN 'inspection' THEN json_extract(body, '$.entity_id') END
    ELSE json_extract(body, '$.inspection_id') END) VIRTUAL;
CREATE INDEX revisions_case ON revisions(case_id, audit_seq) WHERE case_id IS NOT NULL;
CREATE INDEX revisions_inspection ON revisions(inspection_id, audit_seq) WHERE inspection_id IS NOT NULL;

-- Why a bulletin was given back to its author; empty once it is handed in again.
ALTER TABLE bulletins ADD COLUMN return_reason TEXT NOT NULL DEFAULT '';

-- +goose Down
SELECT 1;

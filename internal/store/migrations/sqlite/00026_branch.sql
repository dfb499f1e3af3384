-- +goose Up
-- Whose a case is: the district of the unit that handles it, else its own district. It follows from the case and the unit, is written in
-- the transaction that writes either, and verify recomputes it. Lists narrowed to a branch read its index.
ALTER TABLE cases ADD COLUMN branch TEXT NOT NULL DEFAULT '';
UPDATE cases SET branch = COALESCE((SELECT NULLIF(o.district_code, '') FROM organs o WHERE o.id = cases.handling_organ_id), district_code);
CREATE INDEX cases_branch ON cases(branch, found_on DESC, id DESC);
CREATE INDEX cases_due_branch ON cases(branch, due_on, id) WHERE due_on <> '';

-- Whether officers of a branch read its records only. Off as before.
ALTER TABLE bureau ADD COLUMN own_branch_only INTEGER NOT NULL DEFAULT 0;

-- +goose Down
SELECT 1;

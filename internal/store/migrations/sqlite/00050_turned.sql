-- +goose Up
-- Which cases of which approved bulletins were voided, or had their decision taken back, changed or contested since: derived from the case's file when it is
-- settled.
ALTER TABLE bulletin_cases ADD COLUMN turned INTEGER NOT NULL DEFAULT 0;
CREATE INDEX bulletin_cases_turned ON bulletin_cases(bulletin_id, case_id) WHERE turned = 1;

-- +goose Down
SELECT 1;

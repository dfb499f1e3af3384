-- +goose Up
-- Who had which part in a document, and the time that a step keeps out of the time for deciding.
ALTER TABLE documents ADD COLUMN participants TEXT NOT NULL DEFAULT '[]';
ALTER TABLE documents ADD COLUMN excluded_from TEXT NOT NULL DEFAULT '';
ALTER TABLE documents ADD COLUMN excluded_from_latest TEXT NOT NULL DEFAULT '';
ALTER TABLE documents ADD COLUMN excluded_to TEXT NOT NULL DEFAULT '';
ALTER TABLE documents ADD COLUMN excluded_to_latest TEXT NOT NULL DEFAULT '';
ALTER TABLE documents ADD COLUMN party_name TEXT NOT NULL DEFAULT '';

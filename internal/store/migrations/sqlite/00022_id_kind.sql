-- +goose Up
-- The document that a person's number is of. Numbers from before are those of resident cards; an empty kind says so too.
ALTER TABLE parties ADD COLUMN id_kind TEXT NOT NULL DEFAULT '';

-- +goose Down
SELECT 1;

-- +goose Up
-- What the beginning of a file says it is, to be compared with its extension. Files from before are not looked at.
ALTER TABLE attachments ADD COLUMN content TEXT NOT NULL DEFAULT '';

-- +goose Down
SELECT 1;

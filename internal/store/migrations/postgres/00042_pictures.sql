-- +goose Up
-- The pictures of a bulletin: which files, what is done to them, and the copies that are published. The files are attachments of the bulletin.
ALTER TABLE bulletins ADD COLUMN pictures TEXT COLLATE "C" NOT NULL DEFAULT 'null';

-- +goose Down
SELECT 1;

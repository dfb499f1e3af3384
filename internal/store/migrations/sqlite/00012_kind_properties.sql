-- +goose Up
-- What documents of an added kind have beside their number and day, as registry.KindProperties writes it. A kind from before has nothing more.
ALTER TABLE document_kinds ADD COLUMN properties TEXT NOT NULL DEFAULT '{}';

-- +goose Down
SELECT 1;

-- +goose Up
-- The steps that a bulletin goes through after its drafting, as the administrator keeps them.
ALTER TABLE bureau ADD COLUMN approval TEXT COLLATE "C" NOT NULL DEFAULT 'null';

-- +goose Down
SELECT 1;

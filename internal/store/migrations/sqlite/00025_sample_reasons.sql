-- +goose Up
-- A limit may stand in another unit than the result: then they are not compared. Another limit than the catalogue's, and another
-- verdict than the numbers give, have a reason.
ALTER TABLE sample_results ADD COLUMN limit_unit TEXT NOT NULL DEFAULT '';
ALTER TABLE sample_results ADD COLUMN limit_reason TEXT NOT NULL DEFAULT '';
ALTER TABLE sample_results ADD COLUMN verdict_reason TEXT NOT NULL DEFAULT '';

-- +goose Down
SELECT 1;

-- +goose Up
-- How many animals the first herd of a farm has: how many farms a bulletin's words fit is counted in an index, however many farms there are.
ALTER TABLE farms ADD COLUMN main_heads BIGINT;
UPDATE farms SET main_heads = (herds::jsonb -> 0 ->> 'count')::bigint WHERE jsonb_typeof(herds::jsonb) = 'array';
CREATE INDEX farms_alike ON farms((district_code || main_species), main_heads, voided, merged_into);

-- +goose Down
SELECT 1;

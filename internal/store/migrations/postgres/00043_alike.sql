-- +goose Up
-- What the guard counts and looks for. How many animals the first herd of a farm has: how many farms a bulletin's words fit is counted in an index, however many farms there are.
ALTER TABLE farms ADD COLUMN main_heads BIGINT;
UPDATE farms SET main_heads = (herds::jsonb -> 0 ->> 'count')::bigint WHERE jsonb_typeof(herds::jsonb) = 'array';
CREATE INDEX farms_alike ON farms((district_code || main_species), main_heads, voided, merged_into);
-- The names that the guard looks for are sought whole: beginnings are what a server remembers.
DROP INDEX guard_names_head;
ALTER TABLE guard_names DROP COLUMN head;
CREATE INDEX guard_names_name ON guard_names(name, kind);

-- +goose Down
SELECT 1;

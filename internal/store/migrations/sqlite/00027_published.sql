-- +goose Up
-- What published cases tell and a case on the spot does too: how far the EIA's demands were met, whether the farm is in use and its waste
-- entrusted, what ended an act and what it damaged. Of records from before none of it is known.
ALTER TABLE farms ADD COLUMN operation TEXT NOT NULL DEFAULT '';
ALTER TABLE farms ADD COLUMN eia_carried TEXT NOT NULL DEFAULT '';
ALTER TABLE farms ADD COLUMN entrusted TEXT NOT NULL DEFAULT '';
ALTER TABLE violations ADD COLUMN end_basis TEXT NOT NULL DEFAULT '';
ALTER TABLE violations ADD COLUMN damage TEXT NOT NULL DEFAULT 'null';

-- Where a text was published, and what it calls and cites of each case, as printed.
ALTER TABLE publications ADD COLUMN medium TEXT NOT NULL DEFAULT '';
ALTER TABLE publications ADD COLUMN page TEXT NOT NULL DEFAULT '';
ALTER TABLE publication_cases ADD COLUMN title TEXT NOT NULL DEFAULT '';
ALTER TABLE publication_cases ADD COLUMN cited TEXT NOT NULL DEFAULT 'null';

-- The discharge path as a bulletin publishes it. Bulletins from before have none.
ALTER TABLE bulletin_cases ADD COLUMN show_path INTEGER NOT NULL DEFAULT 0;
ALTER TABLE bulletin_cases ADD COLUMN path TEXT NOT NULL DEFAULT '{"nodes":null}';

-- +goose Down
SELECT 1;

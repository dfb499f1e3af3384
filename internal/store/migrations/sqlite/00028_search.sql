-- +goose Up
-- Search also knows of a record: the codes of its district and violation types, whose words may change without it, and numbers that only some
-- may look for, apart from the text that all may. Parties keep their names in the one form in which duplicates are compared. All of it is
-- filled when the register is opened: see internal/store/reindex.go.
ALTER TABLE search_texts ADD COLUMN codes TEXT NOT NULL DEFAULT '';
ALTER TABLE search_texts ADD COLUMN guarded TEXT NOT NULL DEFAULT '';
ALTER TABLE parties ADD COLUMN name_key TEXT NOT NULL DEFAULT '';
ALTER TABLE parties ADD COLUMN public_key TEXT NOT NULL DEFAULT '';
DROP INDEX parties_public_name;
CREATE INDEX parties_name_key ON parties(name_key);
CREATE INDEX parties_public_key ON parties(public_key) WHERE public_key <> '';

-- +goose Down
SELECT 1;

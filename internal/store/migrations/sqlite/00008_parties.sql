-- +goose Up
-- A party entered twice points at the entry that stays; the merge says what moved, so that it can be undone.
ALTER TABLE parties ADD COLUMN merged_into INTEGER REFERENCES parties(id);
CREATE INDEX parties_merged ON parties(merged_into) WHERE merged_into IS NOT NULL;
CREATE TABLE party_merges (
  id INTEGER PRIMARY KEY, version INTEGER NOT NULL, client_uid TEXT UNIQUE, created_at TEXT NOT NULL, updated_at TEXT NOT NULL,
  party_id INTEGER NOT NULL REFERENCES parties(id), into_id INTEGER NOT NULL REFERENCES parties(id), reason TEXT NOT NULL, merged_by TEXT NOT NULL,
  moved TEXT NOT NULL, undone_at TEXT, undone_by TEXT NOT NULL, undo_reason TEXT NOT NULL
);
CREATE INDEX party_merges_party ON party_merges(party_id);
CREATE INDEX party_merges_into ON party_merges(into_id);
CREATE INDEX inspections_party ON inspections(party_id) WHERE party_id IS NOT NULL;
CREATE INDEX penalties_party ON penalties(party_id) WHERE party_id IS NOT NULL;

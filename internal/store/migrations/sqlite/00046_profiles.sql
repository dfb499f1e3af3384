-- +goose Up
-- Forms of export that people make: columns, filters and order of one sheet, their own or shared.
CREATE TABLE export_profiles (
  id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL, client_uid TEXT UNIQUE, created_at TEXT NOT NULL, updated_at TEXT NOT NULL,
  owner_id INTEGER NOT NULL REFERENCES users(id), name TEXT NOT NULL, shared INTEGER NOT NULL, row_kind TEXT NOT NULL,
  column_keys TEXT NOT NULL, filters TEXT NOT NULL, sort_keys TEXT NOT NULL, note TEXT NOT NULL
);
CREATE UNIQUE INDEX export_profiles_owner ON export_profiles(owner_id, name);
CREATE UNIQUE INDEX export_profiles_shared ON export_profiles(name) WHERE shared = 1;

-- +goose Down
SELECT 1;

-- +goose Up
-- Lists as people like to see them, the columns that each of them chose, and what waits for an officer.
CREATE TABLE list_views (
  id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL, client_uid TEXT UNIQUE, created_at TEXT NOT NULL, updated_at TEXT NOT NULL,
  owner_id INTEGER NOT NULL REFERENCES users(id), list TEXT NOT NULL, name TEXT NOT NULL, shared INTEGER NOT NULL, query TEXT NOT NULL, column_keys TEXT NOT NULL
);
CREATE UNIQUE INDEX list_views_owner ON list_views(owner_id, list, name);
CREATE UNIQUE INDEX list_views_shared ON list_views(list, name) WHERE shared = 1;
CREATE TABLE list_columns (
  user_id INTEGER NOT NULL REFERENCES users(id), list TEXT NOT NULL, column_keys TEXT NOT NULL,
  PRIMARY KEY (user_id, list)
);
CREATE TABLE officer_inspections (
  officer_id INTEGER NOT NULL REFERENCES officers(id), wait TEXT NOT NULL, started_on TEXT NOT NULL, inspection_id INTEGER NOT NULL REFERENCES inspections(id),
  PRIMARY KEY (officer_id, wait, started_on, inspection_id)
) WITHOUT ROWID;
CREATE UNIQUE INDEX officer_inspections_of ON officer_inspections(inspection_id, officer_id);

-- Every public search is answered by the terms: nothing reads the latest texts in order any more.
DROP INDEX public_texts_order;

-- +goose Down
SELECT 1;

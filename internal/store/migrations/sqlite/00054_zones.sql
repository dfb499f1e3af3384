-- +goose Up
-- Plans of zones (禁养区, 饮用水源保护区, 水体) as they were imported, the cap on visits, and why an inspection does not count against it.
CREATE TABLE zones (
  id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL, client_uid TEXT UNIQUE, created_at TEXT NOT NULL, updated_at TEXT NOT NULL,
  origin TEXT NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL, district_code TEXT NOT NULL, plan_number TEXT NOT NULL,
  valid_from TEXT NOT NULL, valid_from_latest TEXT NOT NULL, valid_to TEXT NOT NULL, valid_to_latest TEXT NOT NULL, source TEXT NOT NULL, note TEXT NOT NULL,
  datum TEXT NOT NULL, vertices INTEGER NOT NULL, sha256 TEXT NOT NULL, shape TEXT NOT NULL
);
ALTER TABLE bureau ADD COLUMN visits TEXT NOT NULL DEFAULT '{}';
ALTER TABLE inspections ADD COLUMN uncounted TEXT NOT NULL DEFAULT '';
CREATE INDEX inspections_counted ON inspections(started_on, farm_id) WHERE voided = '' AND kind <> '复查' AND uncounted = '';

-- +goose Down
SELECT 1;

-- +goose Up
-- File review (案卷评查): score sheets as the bureau enters them, random draws of decided cases, and what the review of each drawn case found.
CREATE TABLE score_sheets (
  id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL, client_uid TEXT UNIQUE, created_at TEXT NOT NULL, updated_at TEXT NOT NULL,
  name TEXT NOT NULL, source TEXT NOT NULL, items TEXT NOT NULL, active INTEGER NOT NULL
);
CREATE TABLE draws (
  id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL, client_uid TEXT UNIQUE, created_at TEXT NOT NULL, updated_at TEXT NOT NULL,
  title TEXT NOT NULL, decided_from TEXT NOT NULL, decided_from_latest TEXT NOT NULL, decided_to TEXT NOT NULL, decided_to_latest TEXT NOT NULL,
  district_code TEXT NOT NULL, organ_id INTEGER REFERENCES organs(id), type_code TEXT NOT NULL,
  size INTEGER NOT NULL, percent INTEGER NOT NULL, by_unit INTEGER NOT NULL, seed TEXT NOT NULL,
  population INTEGER NOT NULL, population_digest TEXT NOT NULL, uncertain INTEGER NOT NULL, cases TEXT NOT NULL,
  sheet_id INTEGER REFERENCES score_sheets(id), sheet_name TEXT NOT NULL, sheet_source TEXT NOT NULL, items TEXT NOT NULL, drawn_by TEXT NOT NULL, note TEXT NOT NULL
);
CREATE TABLE draw_results (
  id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL, client_uid TEXT UNIQUE, created_at TEXT NOT NULL, updated_at TEXT NOT NULL,
  draw_id INTEGER NOT NULL REFERENCES draws(id), case_id INTEGER NOT NULL REFERENCES cases(id), marks TEXT NOT NULL, score INTEGER,
  grade TEXT NOT NULL, reviewer TEXT NOT NULL, reviewed_on TEXT NOT NULL, reviewed_on_latest TEXT NOT NULL, note TEXT NOT NULL
);
CREATE UNIQUE INDEX draw_results_of ON draw_results(draw_id, case_id);
CREATE INDEX draw_results_case ON draw_results(case_id);

-- +goose Down
SELECT 1;

-- +goose Up
-- Long work that nobody waits for with an open page. What is kept of an export for good is its row in exports.
CREATE TABLE jobs (
  id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, title TEXT NOT NULL, words TEXT NOT NULL, request TEXT NOT NULL, owner TEXT NOT NULL, remote_ip TEXT NOT NULL,
  state TEXT NOT NULL, run INTEGER NOT NULL, node TEXT NOT NULL, doing TEXT NOT NULL, done INTEGER NOT NULL, total INTEGER NOT NULL, trouble TEXT NOT NULL,
  as_of TEXT NOT NULL, export_id INTEGER REFERENCES exports(id), sha256 TEXT NOT NULL, size INTEGER NOT NULL, filename TEXT NOT NULL, report TEXT NOT NULL,
  created_at TEXT NOT NULL, begun_at TEXT NOT NULL, beat_at TEXT NOT NULL, ended_at TEXT NOT NULL, expires_at TEXT NOT NULL
);
CREATE INDEX jobs_owner ON jobs(owner, kind, id);
CREATE INDEX jobs_kind ON jobs(kind, id);
CREATE INDEX jobs_state ON jobs(state, id);
CREATE INDEX jobs_expires ON jobs(expires_at, id);

-- +goose Down
SELECT 1;

-- +goose Up
-- Exports: each file that was given out, by its hash, with what was asked and of which state of the register.
CREATE TABLE exports (
  id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL, year INTEGER NOT NULL, serial INTEGER NOT NULL,
  kind TEXT NOT NULL, format TEXT NOT NULL, request TEXT NOT NULL, filters TEXT NOT NULL, branch TEXT NOT NULL, as_of TEXT NOT NULL,
  row_counts TEXT NOT NULL, sums TEXT NOT NULL, sha256 TEXT NOT NULL, size INTEGER NOT NULL, state TEXT NOT NULL, trouble TEXT NOT NULL,
  begun_at TEXT NOT NULL, ended_at TEXT NOT NULL, actor TEXT NOT NULL,
  UNIQUE (year, serial)
);
CREATE INDEX exports_begun ON exports(begun_at, id);
CREATE INDEX exports_actor ON exports(actor, begun_at, id);
CREATE INDEX exports_sha256 ON exports(sha256, id) WHERE sha256 <> '';

-- Heads of the audit chain that were signed. What counts is the copy outside.
CREATE TABLE audit_heads (
  id INTEGER PRIMARY KEY AUTOINCREMENT, seq INTEGER NOT NULL, key_id TEXT NOT NULL, head TEXT NOT NULL, actor TEXT NOT NULL, created_at TEXT NOT NULL
);
CREATE INDEX audit_heads_seq ON audit_heads(seq, id);
CREATE INDEX audit_heads_key ON audit_heads(key_id, id);
CREATE INDEX audit_heads_created ON audit_heads(created_at, id);

-- +goose Down
SELECT 1;

-- +goose Up
-- Ledgers that were brought in: which records a batch made, so that it can be taken back, and how its columns were understood.
CREATE TABLE ledger_batches (
  id INTEGER PRIMARY KEY AUTOINCREMENT, filename TEXT NOT NULL, sha256 TEXT NOT NULL, mapping_name TEXT NOT NULL, mapping TEXT NOT NULL, body TEXT NOT NULL,
  made_by TEXT NOT NULL, made_at TEXT NOT NULL, undone_by TEXT NOT NULL, undone_at TEXT NOT NULL
);
CREATE INDEX ledger_batches_by ON ledger_batches(made_by, id);
CREATE INDEX ledger_batches_mapping ON ledger_batches(mapping_name, id);

-- +goose Down
SELECT 1;

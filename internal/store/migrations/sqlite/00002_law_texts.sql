-- +goose Up

-- Law texts that an administrator imported: the whole file with its front matter, one row a revision. The texts compiled into the
-- program are no rows here. Citations point at a text by its hash, so nothing is ever changed or deleted.
CREATE TABLE law_texts (
  id INTEGER PRIMARY KEY, law_id TEXT NOT NULL, version_id TEXT NOT NULL, revision INTEGER NOT NULL, body TEXT NOT NULL, sha256 TEXT NOT NULL,
  source TEXT NOT NULL, note TEXT NOT NULL, imported_at TEXT NOT NULL, imported_by TEXT NOT NULL,
  UNIQUE (law_id, version_id, revision)
);

-- 核对: that one text, named by the hash of its articles, was compared with an official one, or that this was taken back. The last
-- mark of a text counts.
CREATE TABLE law_checks (
  id INTEGER PRIMARY KEY, law_id TEXT NOT NULL, version_id TEXT NOT NULL, text_hash TEXT NOT NULL, source TEXT NOT NULL,
  checked_on TEXT NOT NULL, reason TEXT NOT NULL, withdrawn INTEGER NOT NULL, marked_at TEXT NOT NULL, marked_by TEXT NOT NULL
);

-- +goose StatementBegin
CREATE TRIGGER law_texts_no_update BEFORE UPDATE ON law_texts BEGIN SELECT RAISE(ABORT, 'law texts are append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER law_texts_no_delete BEFORE DELETE ON law_texts BEGIN SELECT RAISE(ABORT, 'law texts are append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER law_checks_no_update BEFORE UPDATE ON law_checks BEGIN SELECT RAISE(ABORT, 'law checks are append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER law_checks_no_delete BEFORE DELETE ON law_checks BEGIN SELECT RAISE(ABORT, 'law checks are append-only'); END;
-- +goose StatementEnd

-- +goose Down
SELECT 1;

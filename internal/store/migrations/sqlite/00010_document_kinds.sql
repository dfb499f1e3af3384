-- +goose Up
-- Kinds of document that an administrator added to those of the program. A kind is made inactive, never removed and never renamed: the
-- stage of a case follows from the kinds of its documents.
CREATE TABLE document_kinds (
  id INTEGER PRIMARY KEY, version INTEGER NOT NULL, client_uid TEXT UNIQUE, created_at TEXT NOT NULL, updated_at TEXT NOT NULL,
  name TEXT NOT NULL UNIQUE, code TEXT NOT NULL, stage TEXT NOT NULL, own INTEGER NOT NULL, numbers INTEGER NOT NULL, active INTEGER NOT NULL, note TEXT NOT NULL
);
-- +goose StatementBegin
CREATE TRIGGER document_kinds_no_rename BEFORE UPDATE OF name, stage ON document_kinds WHEN OLD.name <> NEW.name OR OLD.stage <> NEW.stage
BEGIN SELECT RAISE(ABORT, 'a document kind keeps its name and stage'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER document_kinds_no_delete BEFORE DELETE ON document_kinds BEGIN SELECT RAISE(ABORT, 'document kinds are never removed'); END;
-- +goose StatementEnd

-- +goose Down
SELECT 1;

-- +goose Up
-- The yearly notices on holidays and 调休, as an administrator pasted them: one row an import, the latest revision of a year counts. days
-- holds what was read and confirmed from the text, a JSON list. Deadlines were counted on what stood here, so nothing is ever changed or
-- deleted.
CREATE TABLE calendar_notices (
  id INTEGER PRIMARY KEY, year INTEGER NOT NULL, revision INTEGER NOT NULL, text TEXT NOT NULL, sha256 TEXT NOT NULL, days TEXT NOT NULL,
  source TEXT NOT NULL, imported_at TEXT NOT NULL, imported_by TEXT NOT NULL,
  UNIQUE (year, revision)
);
-- +goose StatementBegin
CREATE TRIGGER calendar_notices_no_update BEFORE UPDATE ON calendar_notices BEGIN SELECT RAISE(ABORT, 'calendar notices are append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER calendar_notices_no_delete BEFORE DELETE ON calendar_notices BEGIN SELECT RAISE(ABORT, 'calendar notices are append-only'); END;
-- +goose StatementEnd

-- +goose Down
SELECT 1;

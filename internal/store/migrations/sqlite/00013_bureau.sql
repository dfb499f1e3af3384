-- +goose Up
-- The bureau that keeps the register, one row with id 1; without it the program's own default stands.
CREATE TABLE bureau (
  id INTEGER PRIMARY KEY CHECK (id = 1), version INTEGER NOT NULL, client_uid TEXT UNIQUE, created_at TEXT NOT NULL, updated_at TEXT NOT NULL,
  name TEXT NOT NULL, short_name TEXT NOT NULL, city TEXT NOT NULL, districts TEXT NOT NULL, series TEXT NOT NULL, basin TEXT NOT NULL, area TEXT NOT NULL
);
-- +goose StatementBegin
CREATE TRIGGER bureau_no_delete BEFORE DELETE ON bureau BEGIN SELECT RAISE(ABORT, 'the bureau is changed, never removed'); END;
-- +goose StatementEnd

-- +goose Down
SELECT 1;

-- +goose Up
-- Composing a bulletin: the sections it was made with, what each copy was drafted from, the bureau's template, and what somebody typed and has not saved yet.
ALTER TABLE bulletins ADD COLUMN sections TEXT NOT NULL DEFAULT 'null';
ALTER TABLE bulletin_cases ADD COLUMN meaning TEXT NOT NULL DEFAULT '';
ALTER TABLE bulletin_cases ADD COLUMN drafted TEXT NOT NULL DEFAULT '{}';
ALTER TABLE bureau ADD COLUMN bulletins TEXT NOT NULL DEFAULT '{}';
-- No record: it has no history and is nobody else's. bulletin_id 0 is a bulletin that is not registered yet.
CREATE TABLE bulletin_unsaved (
  user_id INTEGER NOT NULL REFERENCES users(id), bulletin_id INTEGER NOT NULL, version INTEGER NOT NULL, saved_at TEXT NOT NULL, body TEXT NOT NULL,
  PRIMARY KEY (user_id, bulletin_id)
);
CREATE INDEX documents_decided ON documents(made_on, id) WHERE kind = '行政处罚决定';

-- +goose Down
SELECT 1;

-- +goose Up
-- What the record of an on-site inspection still has (现场检查笔录), the five facts of a photo, and what is typed into a form and not saved yet.
ALTER TABLE inspections ADD COLUMN present_gender TEXT NOT NULL DEFAULT '';
ALTER TABLE inspections ADD COLUMN present_id_number TEXT NOT NULL DEFAULT '';
ALTER TABLE inspections ADD COLUMN present_unit TEXT NOT NULL DEFAULT '';
ALTER TABLE inspections ADD COLUMN present_address TEXT NOT NULL DEFAULT '';
ALTER TABLE inspections ADD COLUMN recusal TEXT NOT NULL DEFAULT '';
ALTER TABLE inspections ADD COLUMN production TEXT NOT NULL DEFAULT '';
ALTER TABLE inspections ADD COLUMN procedures TEXT NOT NULL DEFAULT '';
ALTER TABLE inspections ADD COLUMN facilities TEXT NOT NULL DEFAULT '';
ALTER TABLE inspections ADD COLUMN signature TEXT NOT NULL DEFAULT '';
ALTER TABLE inspections ADD COLUMN refusal_reason TEXT NOT NULL DEFAULT '';
ALTER TABLE inspections ADD COLUMN witness TEXT NOT NULL DEFAULT '';
ALTER TABLE evidence ADD COLUMN made_time TEXT NOT NULL DEFAULT '';
ALTER TABLE evidence ADD COLUMN place TEXT NOT NULL DEFAULT '';
ALTER TABLE evidence ADD COLUMN subject TEXT NOT NULL DEFAULT '';
CREATE TABLE form_drafts (
  user_id INTEGER NOT NULL REFERENCES users(id), form TEXT NOT NULL, version INTEGER NOT NULL, saved_at TEXT NOT NULL, body TEXT NOT NULL,
  PRIMARY KEY (user_id, form)
);

-- +goose Down
SELECT 1;

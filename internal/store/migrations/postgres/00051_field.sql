-- +goose Up
-- What the record of an on-site inspection still has (现场检查笔录), the five facts of a photo, and what is typed into a form and not saved yet.
ALTER TABLE inspections ADD COLUMN present_gender TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE inspections ADD COLUMN present_id_number TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE inspections ADD COLUMN present_unit TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE inspections ADD COLUMN present_address TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE inspections ADD COLUMN recusal TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE inspections ADD COLUMN production TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE inspections ADD COLUMN procedures TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE inspections ADD COLUMN facilities TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE inspections ADD COLUMN signature TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE inspections ADD COLUMN refusal_reason TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE inspections ADD COLUMN witness TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE evidence ADD COLUMN made_time TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE evidence ADD COLUMN place TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE evidence ADD COLUMN subject TEXT COLLATE "C" NOT NULL DEFAULT '';
CREATE TABLE form_drafts (
  user_id BIGINT NOT NULL REFERENCES users(id), form TEXT COLLATE "C" NOT NULL, version BIGINT NOT NULL, saved_at TEXT COLLATE "C" NOT NULL, body TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (user_id, form)
);

-- +goose Down
SELECT 1;

-- +goose Up
-- What a case has due next: the last day of the live duty that ends first, and which deadline that is; empty where none is live. Like the
-- stage it follows from the record (procedure.Due), is written in the same transaction, and verify recomputes it. Whether it is overdue
-- is a question of the day on which somebody looks, and is not stored.
ALTER TABLE cases ADD COLUMN due_on TEXT NOT NULL DEFAULT '';
ALTER TABLE cases ADD COLUMN due_code TEXT NOT NULL DEFAULT '';
CREATE INDEX cases_due ON cases(due_on, id) WHERE due_on <> '';
CREATE INDEX cases_due_organ ON cases(handling_organ_id, due_on, id) WHERE due_on <> '';

-- The officers of the cases that have something due: whose desk a case lies on. It follows from the record as well.
CREATE TABLE case_officers (
  officer_id INTEGER NOT NULL REFERENCES officers(id), case_id INTEGER NOT NULL REFERENCES cases(id),
  PRIMARY KEY (officer_id, case_id)
);
CREATE INDEX case_officers_case ON case_officers(case_id, officer_id);

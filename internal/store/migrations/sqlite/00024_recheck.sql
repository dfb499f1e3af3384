-- +goose Up
-- A re-check is told once: the inspection says whether what was ordered had been done, and the document of the case says which inspection it
-- was. Of what was entered before, neither is known.
ALTER TABLE inspections ADD COLUMN rectified TEXT NOT NULL DEFAULT '';
ALTER TABLE documents ADD COLUMN inspection_id INTEGER REFERENCES inspections(id);
-- Why the number of a closed case was set or changed.
ALTER TABLE cases ADD COLUMN number_reason TEXT NOT NULL DEFAULT '';
CREATE INDEX documents_inspection ON documents(inspection_id) WHERE inspection_id IS NOT NULL;

-- +goose Down
SELECT 1;

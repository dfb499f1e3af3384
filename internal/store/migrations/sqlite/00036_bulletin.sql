-- +goose Up
-- A bulletin from draft to the public: who wrote and who said what, the files that its approval froze, where it was published, what it puts right.
ALTER TABLE bulletins ADD COLUMN design TEXT NOT NULL DEFAULT '';
ALTER TABLE bulletins ADD COLUMN corrects_id INTEGER REFERENCES bulletins(id);
ALTER TABLE bulletins ADD COLUMN correction_note TEXT NOT NULL DEFAULT '';
ALTER TABLE bulletins ADD COLUMN writers TEXT NOT NULL DEFAULT 'null';
ALTER TABLE bulletins ADD COLUMN opinions TEXT NOT NULL DEFAULT 'null';
ALTER TABLE bulletins ADD COLUMN papers TEXT NOT NULL DEFAULT 'null';
ALTER TABLE bulletins ADD COLUMN releases TEXT NOT NULL DEFAULT 'null';
ALTER TABLE bulletins ADD COLUMN published_at TEXT;
ALTER TABLE bulletins ADD COLUMN withdrawn_at TEXT;
ALTER TABLE bulletins ADD COLUMN withdrawer_id INTEGER REFERENCES users(id);
CREATE INDEX bulletins_state ON bulletins(state, id);
CREATE INDEX bulletins_published ON bulletins(state, published_at, id) WHERE published_at IS NOT NULL;
CREATE INDEX bulletins_corrects ON bulletins(corrects_id) WHERE corrects_id IS NOT NULL;

-- +goose Down
SELECT 1;

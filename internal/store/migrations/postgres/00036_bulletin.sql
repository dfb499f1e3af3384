-- +goose Up
-- A bulletin from draft to the public: who wrote and who said what, the files that its approval froze, where it was published, what it puts right.
ALTER TABLE bulletins
  ADD COLUMN design TEXT COLLATE "C" NOT NULL DEFAULT '',
  ADD COLUMN corrects_id BIGINT REFERENCES bulletins(id),
  ADD COLUMN correction_note TEXT COLLATE "C" NOT NULL DEFAULT '',
  ADD COLUMN writers TEXT COLLATE "C" NOT NULL DEFAULT 'null',
  ADD COLUMN opinions TEXT COLLATE "C" NOT NULL DEFAULT 'null',
  ADD COLUMN papers TEXT COLLATE "C" NOT NULL DEFAULT 'null',
  ADD COLUMN releases TEXT COLLATE "C" NOT NULL DEFAULT 'null',
  ADD COLUMN published_at TEXT COLLATE "C",
  ADD COLUMN withdrawn_at TEXT COLLATE "C",
  ADD COLUMN withdrawer_id BIGINT REFERENCES users(id);
CREATE INDEX bulletins_state ON bulletins(state, id);
CREATE INDEX bulletins_published ON bulletins(state, published_at, id) WHERE published_at IS NOT NULL;
CREATE INDEX bulletins_corrects ON bulletins(corrects_id) WHERE corrects_id IS NOT NULL;

-- +goose Down
SELECT 1;

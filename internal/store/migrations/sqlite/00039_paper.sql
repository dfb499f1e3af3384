-- +goose Up
-- What the head and the foot of an official paper (公文) say beside the text: 发文字号, 主送机关, 抄送机关.
ALTER TABLE bulletins ADD COLUMN number TEXT NOT NULL DEFAULT '';
ALTER TABLE bulletins ADD COLUMN addressed_to TEXT NOT NULL DEFAULT '';
ALTER TABLE bulletins ADD COLUMN copied_to TEXT NOT NULL DEFAULT '';

-- +goose Down
SELECT 1;

-- +goose Up

-- 裁量 as computed for a violation: evidence of the reasoning, so a row is never changed. A later sheet replaces it by being later.
-- sheet holds the whole arithmetic, answers the calculator's questions as in its address.
CREATE TABLE discretion_sheets (
  id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL, client_uid TEXT UNIQUE, created_at TEXT NOT NULL, updated_at TEXT NOT NULL,
  case_id INTEGER NOT NULL REFERENCES cases(id), violation_id INTEGER NOT NULL REFERENCES violations(id), table_id TEXT NOT NULL, answers TEXT NOT NULL,
  result_fen INTEGER CHECK (result_fen >= 0), sheet TEXT NOT NULL, instrument TEXT NOT NULL,
  valid_from TEXT NOT NULL, valid_from_latest TEXT NOT NULL, valid_to TEXT NOT NULL, valid_to_latest TEXT NOT NULL, made_by TEXT NOT NULL, note TEXT NOT NULL
);
CREATE INDEX discretion_sheets_case ON discretion_sheets(case_id);
CREATE INDEX discretion_sheets_violation ON discretion_sheets(violation_id);
-- +goose StatementBegin
CREATE TRIGGER discretion_sheets_no_update BEFORE UPDATE ON discretion_sheets BEGIN SELECT RAISE(ABORT, 'discretion sheets are immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER discretion_sheets_no_delete BEFORE DELETE ON discretion_sheets BEGIN SELECT RAISE(ABORT, 'discretion sheets are immutable'); END;
-- +goose StatementEnd

-- What a fine's range was computed from, where the law computes it: a base in 分 (总投资额, 直接损失) and how many times or days.
ALTER TABLE penalties ADD COLUMN range_base_of TEXT NOT NULL DEFAULT '';
ALTER TABLE penalties ADD COLUMN range_base_fen INTEGER CHECK (range_base_fen >= 0);
ALTER TABLE penalties ADD COLUMN range_times INTEGER CHECK (range_times > 0);

-- +goose Down
SELECT 1;

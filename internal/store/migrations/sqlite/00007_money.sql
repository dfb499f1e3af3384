-- +goose Up
-- What money came in, or went back, for; the days and the original fine of a daily penalty.
ALTER TABLE payments ADD COLUMN kind TEXT NOT NULL DEFAULT '缴纳罚款';
ALTER TABLE penalties ADD COLUMN daily_days INTEGER;
ALTER TABLE penalties ADD COLUMN daily_base_fen INTEGER CHECK (daily_base_fen >= 0);
-- The case list looks up which of its cases have a decision taken back or changed.
CREATE INDEX documents_turned ON documents(case_id) WHERE kind IN ('撤销处罚', '变更处罚');

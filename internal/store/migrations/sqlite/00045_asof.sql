-- +goose Up
-- The register as of any day, the dates by which cases are counted, and months that were closed.

-- The first entry of each day of the audit chain (Beijing time): the entry before it is the last of the days before.
CREATE TABLE audit_days (day TEXT PRIMARY KEY, seq INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO audit_days (day, seq) SELECT strftime('%Y-%m-%d', (at + 28800000) / 1000, 'unixepoch'), MIN(seq) FROM audit_log GROUP BY 1;

-- By which days a case counts as filed, decided, paid or closed, and what counts on each: a decision is counted on its own day with the penalties in
-- force that rest on it, a payment on its own. A month or a year that is all that is known stands from its first to its last day; '' is not known.
CREATE TABLE case_days (
  basis TEXT NOT NULL, day TEXT NOT NULL, latest TEXT NOT NULL, case_id INTEGER NOT NULL REFERENCES cases(id),
  n INTEGER NOT NULL, amount_fen INTEGER NOT NULL, known INTEGER NOT NULL, unknown INTEGER NOT NULL, PRIMARY KEY (basis, day, latest, case_id)
) WITHOUT ROWID;
CREATE UNIQUE INDEX case_days_case ON case_days(case_id, basis, day, latest);
INSERT INTO settings (name, value) SELECT 'case_days_after', '0' WHERE EXISTS (SELECT 1 FROM cases); -- they are filled when the register is opened

-- The sums of months; a period is a month, a year where no more is known, or ''.
CREATE TABLE day_tallies (
  basis TEXT NOT NULL, period TEXT NOT NULL, n INTEGER NOT NULL, amount_fen INTEGER NOT NULL, known INTEGER NOT NULL, unknown INTEGER NOT NULL, lines INTEGER NOT NULL,
  PRIMARY KEY (basis, period)
) WITHOUT ROWID;
-- +goose StatementBegin
CREATE TRIGGER case_days_added AFTER INSERT ON case_days BEGIN
  INSERT INTO day_tallies (basis, period, n, amount_fen, known, unknown, lines)
    VALUES (NEW.basis, CASE WHEN substr(NEW.day, 1, 7) = substr(NEW.latest, 1, 7) THEN substr(NEW.day, 1, 7) ELSE substr(NEW.day, 1, 4) END, NEW.n, NEW.amount_fen, NEW.known, NEW.unknown, 1)
    ON CONFLICT (basis, period) DO UPDATE SET n = day_tallies.n + excluded.n, amount_fen = day_tallies.amount_fen + excluded.amount_fen,
      known = day_tallies.known + excluded.known, unknown = day_tallies.unknown + excluded.unknown, lines = day_tallies.lines + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER case_days_deleted AFTER DELETE ON case_days BEGIN
  UPDATE day_tallies SET n = n - OLD.n, amount_fen = amount_fen - OLD.amount_fen, known = known - OLD.known, unknown = unknown - OLD.unknown, lines = lines - 1
    WHERE basis = OLD.basis AND period = CASE WHEN substr(OLD.day, 1, 7) = substr(OLD.latest, 1, 7) THEN substr(OLD.day, 1, 7) ELSE substr(OLD.day, 1, 4) END;
  DELETE FROM day_tallies WHERE basis = OLD.basis AND lines = 0
    AND period = CASE WHEN substr(OLD.day, 1, 7) = substr(OLD.latest, 1, 7) THEN substr(OLD.day, 1, 7) ELSE substr(OLD.day, 1, 4) END;
END;
-- +goose StatementEnd

-- Months that an administrator closed: the entry of the chain as of which the month's ledger is, and what was counted then. One that was opened again stays.
CREATE TABLE month_closings (
  id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL, client_uid TEXT UNIQUE, created_at TEXT NOT NULL, updated_at TEXT NOT NULL,
  month TEXT NOT NULL, month_latest TEXT NOT NULL, position INTEGER NOT NULL, position_at TEXT NOT NULL, position_hash TEXT NOT NULL, counted TEXT NOT NULL,
  closed_by TEXT NOT NULL, note TEXT NOT NULL, reopened_by TEXT NOT NULL, reopened_at TEXT, reopen_reason TEXT NOT NULL
);
CREATE UNIQUE INDEX month_closings_month ON month_closings(month) WHERE reopened_by = '';

-- +goose Down
SELECT 1;

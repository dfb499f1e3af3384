-- +goose Up
-- What statistics count: a fact of each case, written with it; facts added up by the date that counts, the area and the month. counted is what the cells
-- still hold of a case whose fact has changed since. Both are derived: verify counts them anew.
CREATE TABLE case_facts (
  case_id INTEGER PRIMARY KEY REFERENCES cases(id), fact BLOB NOT NULL, counted BLOB,
  alike TEXT NOT NULL, decided_on TEXT NOT NULL, last_on TEXT NOT NULL, fine INTEGER NOT NULL
);
CREATE INDEX case_facts_waiting ON case_facts(case_id) WHERE counted IS NOT NULL;
CREATE INDEX case_facts_alike ON case_facts(alike, decided_on, case_id) WHERE alike <> '';
CREATE INDEX case_facts_fine ON case_facts(alike, fine, case_id) WHERE alike <> '';
CREATE INDEX case_facts_last ON case_facts(last_on, case_id) WHERE last_on <> '';
CREATE TABLE fact_cells (
  date INTEGER NOT NULL, area TEXT NOT NULL, month TEXT NOT NULL, head BLOB NOT NULL, body BLOB NOT NULL, PRIMARY KEY (date, area, month)
);
-- How many inspections a month has, by district, result, and whether a case rests on them.
CREATE TABLE check_tallies (
  month TEXT NOT NULL, district_code TEXT NOT NULL, result TEXT NOT NULL, cased INTEGER NOT NULL, n INTEGER NOT NULL,
  PRIMARY KEY (month, district_code, result, cased)
) WITHOUT ROWID;
INSERT INTO check_tallies (month, district_code, result, cased, n)
  SELECT CASE WHEN started_on = '' OR started_on_latest <> '' AND substr(started_on_latest, 1, 7) <> substr(started_on, 1, 7) THEN '' ELSE substr(started_on, 1, 7) END, district_code, result, cased, COUNT(*) FROM inspections WHERE voided = '' GROUP BY 1, 2, 3, 4;
-- +goose StatementBegin
CREATE TRIGGER inspections_month_added AFTER INSERT ON inspections BEGIN
  INSERT INTO check_tallies (month, district_code, result, cased, n)
    SELECT CASE WHEN NEW.started_on = '' OR NEW.started_on_latest <> '' AND substr(NEW.started_on_latest, 1, 7) <> substr(NEW.started_on, 1, 7) THEN '' ELSE substr(NEW.started_on, 1, 7) END, NEW.district_code, NEW.result, NEW.cased, 1 WHERE NEW.voided = ''
    ON CONFLICT (month, district_code, result, cased) DO UPDATE SET n = n + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER inspections_month_changed AFTER UPDATE OF district_code, started_on, started_on_latest, result, cased, voided ON inspections WHEN OLD.district_code IS NOT NEW.district_code
  OR OLD.started_on IS NOT NEW.started_on
  OR OLD.started_on_latest IS NOT NEW.started_on_latest
  OR OLD.result IS NOT NEW.result
  OR OLD.cased IS NOT NEW.cased
  OR OLD.voided IS NOT NEW.voided BEGIN
  UPDATE check_tallies SET n = n - 1 WHERE OLD.voided = '' AND month = CASE WHEN OLD.started_on = '' OR OLD.started_on_latest <> '' AND substr(OLD.started_on_latest, 1, 7) <> substr(OLD.started_on, 1, 7) THEN '' ELSE substr(OLD.started_on, 1, 7) END AND district_code = OLD.district_code
    AND result = OLD.result AND cased = OLD.cased;
  INSERT INTO check_tallies (month, district_code, result, cased, n)
    SELECT CASE WHEN NEW.started_on = '' OR NEW.started_on_latest <> '' AND substr(NEW.started_on_latest, 1, 7) <> substr(NEW.started_on, 1, 7) THEN '' ELSE substr(NEW.started_on, 1, 7) END, NEW.district_code, NEW.result, NEW.cased, 1 WHERE NEW.voided = ''
    ON CONFLICT (month, district_code, result, cased) DO UPDATE SET n = n + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER inspections_month_deleted AFTER DELETE ON inspections BEGIN
  UPDATE check_tallies SET n = n - 1 WHERE OLD.voided = '' AND month = CASE WHEN OLD.started_on = '' OR OLD.started_on_latest <> '' AND substr(OLD.started_on_latest, 1, 7) <> substr(OLD.started_on, 1, 7) THEN '' ELSE substr(OLD.started_on, 1, 7) END AND district_code = OLD.district_code
    AND result = OLD.result AND cased = OLD.cased;
END;
-- +goose StatementEnd

-- +goose Down
SELECT 1;

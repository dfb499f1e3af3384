-- +goose Up
-- What statistics count: a fact of each case, written with it; facts added up by the date that counts, the area and the month. counted is what the cells
-- still hold of a case whose fact has changed since. Both are derived: verify counts them anew.
CREATE TABLE case_facts (
  case_id BIGINT PRIMARY KEY REFERENCES cases(id), fact BYTEA NOT NULL, counted BYTEA,
  alike TEXT COLLATE "C" NOT NULL, decided_on TEXT COLLATE "C" NOT NULL, last_on TEXT COLLATE "C" NOT NULL, fine BIGINT NOT NULL
);
CREATE INDEX case_facts_waiting ON case_facts(case_id) WHERE counted IS NOT NULL;
CREATE INDEX case_facts_alike ON case_facts(alike, decided_on, case_id) WHERE alike <> '';
CREATE INDEX case_facts_fine ON case_facts(alike, fine, case_id) WHERE alike <> '';
CREATE INDEX case_facts_last ON case_facts(last_on, case_id) WHERE last_on <> '';
CREATE TABLE fact_cells (
  date BIGINT NOT NULL, area TEXT COLLATE "C" NOT NULL, month TEXT COLLATE "C" NOT NULL, head BYTEA NOT NULL, body BYTEA NOT NULL, PRIMARY KEY (date, area, month)
);
-- How many inspections a month has, by district, result, and whether a case rests on them.
CREATE TABLE check_tallies (
  month TEXT COLLATE "C" NOT NULL, district_code TEXT COLLATE "C" NOT NULL, result TEXT COLLATE "C" NOT NULL, cased BIGINT NOT NULL, n BIGINT NOT NULL,
  PRIMARY KEY (month, district_code, result, cased)
);
INSERT INTO check_tallies (month, district_code, result, cased, n)
  SELECT CASE WHEN started_on = '' OR started_on_latest <> '' AND substr(started_on_latest, 1, 7) <> substr(started_on, 1, 7) THEN '' ELSE substr(started_on, 1, 7) END, district_code, result, cased, COUNT(*) FROM inspections WHERE voided = '' GROUP BY 1, 2, 3, 4;
-- +goose StatementBegin
CREATE FUNCTION tally_months() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF TG_OP <> 'INSERT' AND OLD.voided = '' THEN
    UPDATE check_tallies SET n = n - 1 WHERE month = CASE WHEN OLD.started_on = '' OR OLD.started_on_latest <> '' AND substr(OLD.started_on_latest, 1, 7) <> substr(OLD.started_on, 1, 7) THEN '' ELSE substr(OLD.started_on, 1, 7) END
      AND district_code = OLD.district_code AND result = OLD.result AND cased = OLD.cased;
  END IF;
  IF TG_OP <> 'DELETE' AND NEW.voided = '' THEN
    INSERT INTO check_tallies AS t (month, district_code, result, cased, n)
      VALUES (CASE WHEN NEW.started_on = '' OR NEW.started_on_latest <> '' AND substr(NEW.started_on_latest, 1, 7) <> substr(NEW.started_on, 1, 7) THEN '' ELSE substr(NEW.started_on, 1, 7) END, NEW.district_code, NEW.result, NEW.cased, 1)
      ON CONFLICT (month, district_code, result, cased) DO UPDATE SET n = t.n + 1;
  END IF;
  RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER inspections_month AFTER INSERT OR DELETE ON inspections FOR EACH ROW EXECUTE FUNCTION tally_months();
CREATE TRIGGER inspections_month_changed AFTER UPDATE OF district_code, started_on, started_on_latest, result, cased, voided ON inspections FOR EACH ROW
  WHEN ((OLD.district_code, OLD.started_on, OLD.started_on_latest, OLD.result, OLD.cased, OLD.voided) IS DISTINCT FROM
    (NEW.district_code, NEW.started_on, NEW.started_on_latest, NEW.result, NEW.cased, NEW.voided)) EXECUTE FUNCTION tally_months();

-- +goose Down
SELECT 1;

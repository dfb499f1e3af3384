-- +goose Up
CREATE TABLE party_repeats (
  party_id BIGINT NOT NULL, area TEXT COLLATE "C" NOT NULL, month BIGINT NOT NULL, case_id BIGINT NOT NULL, prev BIGINT NOT NULL, prev2 BIGINT NOT NULL,
  PRIMARY KEY (party_id, area, month, case_id)
);
CREATE INDEX party_repeats_month ON party_repeats(area, month, prev, party_id);
CREATE TABLE repeat_tallies (
  area TEXT COLLATE "C" NOT NULL, month BIGINT NOT NULL, prev BIGINT NOT NULL, pairs BIGINT NOT NULL, triples BIGINT NOT NULL, PRIMARY KEY (area, month, prev)
);
-- +goose StatementBegin
CREATE FUNCTION tally_repeats() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF TG_OP = 'DELETE' THEN
    UPDATE repeat_tallies SET pairs = pairs - 1 WHERE area = OLD.area AND month = OLD.month AND prev = OLD.prev;
    UPDATE repeat_tallies SET triples = triples - 1 WHERE area = OLD.area AND month = OLD.month AND prev = OLD.prev2;
    RETURN NULL;
  END IF;
  INSERT INTO repeat_tallies AS t (area, month, prev, pairs, triples) VALUES (NEW.area, NEW.month, NEW.prev, 1, 0)
    ON CONFLICT (area, month, prev) DO UPDATE SET pairs = t.pairs + 1;
  IF NEW.prev2 <> 0 THEN
    INSERT INTO repeat_tallies AS t (area, month, prev, pairs, triples) VALUES (NEW.area, NEW.month, NEW.prev2, 0, 1)
      ON CONFLICT (area, month, prev) DO UPDATE SET triples = t.triples + 1;
  END IF;
  RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER party_repeats_tallied AFTER INSERT OR DELETE ON party_repeats FOR EACH ROW EXECUTE FUNCTION tally_repeats();
INSERT INTO party_repeats (party_id, area, month, case_id, prev, prev2)
  SELECT party_id, area, month, case_id, prev, COALESCE(prev2, 0) FROM (
    SELECT party_id, area, month, case_id, LAG(month) OVER w AS prev, LAG(month, 2) OVER w AS prev2 FROM (
      SELECT DISTINCT cp.party_id, cp.case_id, a.area, 12 * CAST(substr(f.month_found, 1, 4) AS BIGINT) + CAST(substr(f.month_found, 6) AS BIGINT) AS month
      FROM case_parties cp JOIN case_facts f ON f.case_id = cp.case_id AND f.month_found <> ''
        JOIN (SELECT id, '' AS area FROM cases UNION ALL SELECT id, 'd' || district_code FROM cases UNION ALL SELECT id, 'b' || branch FROM cases) AS a ON a.id = cp.case_id
    ) AS named WINDOW w AS (PARTITION BY party_id, area ORDER BY month, case_id)
  ) AS chained WHERE prev IS NOT NULL ORDER BY party_id, area, month, case_id;

CREATE TABLE farm_years (farm_id BIGINT NOT NULL, year TEXT COLLATE "C" NOT NULL, n BIGINT NOT NULL, PRIMARY KEY (farm_id, year));
-- +goose StatementBegin
CREATE FUNCTION tally_farm_years() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM tally('farm_year', f.district_code, NEW.year, 1) FROM farms f WHERE f.id = NEW.farm_id AND f.voided = '' AND f.merged_into IS NULL;
  ELSE
    PERFORM tally('farm_year', f.district_code, OLD.year, -1) FROM farms f WHERE f.id = OLD.farm_id AND f.voided = '' AND f.merged_into IS NULL;
  END IF;
  RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER farm_years_tallied AFTER INSERT OR DELETE ON farm_years FOR EACH ROW EXECUTE FUNCTION tally_farm_years();
-- +goose StatementBegin
CREATE FUNCTION move_farm_years() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF OLD.voided = '' AND OLD.merged_into IS NULL THEN
    PERFORM tally('farm_year', OLD.district_code, y.year, -1) FROM farm_years y WHERE y.farm_id = OLD.id;
  END IF;
  IF NEW.voided = '' AND NEW.merged_into IS NULL THEN
    PERFORM tally('farm_year', NEW.district_code, y.year, 1) FROM farm_years y WHERE y.farm_id = NEW.id;
  END IF;
  RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER farms_years_changed AFTER UPDATE OF district_code, voided, merged_into ON farms FOR EACH ROW
  WHEN ((OLD.district_code, OLD.voided, OLD.merged_into) IS DISTINCT FROM (NEW.district_code, NEW.voided, NEW.merged_into)) EXECUTE FUNCTION move_farm_years();
INSERT INTO farm_years (farm_id, year, n)
  SELECT farm_id, substr(started_on, 1, 4), COUNT(*) FROM inspections WHERE voided = '' AND started_on <> '' AND farm_id IS NOT NULL GROUP BY 1, 2;
-- +goose StatementBegin
CREATE FUNCTION keep_farm_years() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF TG_OP <> 'INSERT' AND OLD.voided = '' THEN
    UPDATE farm_years SET n = n - 1 WHERE farm_id = OLD.farm_id AND year = substr(OLD.started_on, 1, 4);
  END IF;
  IF TG_OP <> 'DELETE' AND NEW.voided = '' AND NEW.started_on <> '' AND NEW.farm_id IS NOT NULL THEN
    INSERT INTO farm_years AS t (farm_id, year, n) VALUES (NEW.farm_id, substr(NEW.started_on, 1, 4), 1) ON CONFLICT (farm_id, year) DO UPDATE SET n = t.n + 1;
  END IF;
  IF TG_OP <> 'INSERT' THEN
    DELETE FROM farm_years WHERE farm_id = OLD.farm_id AND n = 0;
  END IF;
  RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER inspections_year AFTER INSERT OR DELETE ON inspections FOR EACH ROW EXECUTE FUNCTION keep_farm_years();
CREATE TRIGGER inspections_year_changed AFTER UPDATE OF farm_id, started_on, voided ON inspections FOR EACH ROW
  WHEN ((OLD.farm_id, OLD.started_on, OLD.voided) IS DISTINCT FROM (NEW.farm_id, NEW.started_on, NEW.voided)) EXECUTE FUNCTION keep_farm_years();

-- +goose Down
SELECT 1;

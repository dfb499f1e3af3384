-- +goose Up
-- Parties with several cases (store/repeat.go): each case of a party that is not its first in an area, with the months (since the year 0) in which it and the two
-- before it were found, and how many there are of the same months.
CREATE TABLE party_repeats (
  party_id INTEGER NOT NULL, area TEXT NOT NULL, month INTEGER NOT NULL, case_id INTEGER NOT NULL, prev INTEGER NOT NULL, prev2 INTEGER NOT NULL,
  PRIMARY KEY (party_id, area, month, case_id)
) WITHOUT ROWID;
CREATE INDEX party_repeats_month ON party_repeats(area, month, prev, party_id);
CREATE TABLE repeat_tallies (
  area TEXT NOT NULL, month INTEGER NOT NULL, prev INTEGER NOT NULL, pairs INTEGER NOT NULL, triples INTEGER NOT NULL, PRIMARY KEY (area, month, prev)
) WITHOUT ROWID;
-- +goose StatementBegin
CREATE TRIGGER party_repeats_added AFTER INSERT ON party_repeats BEGIN
  INSERT INTO repeat_tallies (area, month, prev, pairs, triples) VALUES (NEW.area, NEW.month, NEW.prev, 1, 0)
    ON CONFLICT (area, month, prev) DO UPDATE SET pairs = pairs + 1;
  INSERT INTO repeat_tallies (area, month, prev, pairs, triples) SELECT NEW.area, NEW.month, NEW.prev2, 0, 1 WHERE NEW.prev2 <> 0
    ON CONFLICT (area, month, prev) DO UPDATE SET triples = triples + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER party_repeats_deleted AFTER DELETE ON party_repeats BEGIN
  UPDATE repeat_tallies SET pairs = pairs - 1 WHERE area = OLD.area AND month = OLD.month AND prev = OLD.prev;
  UPDATE repeat_tallies SET triples = triples - 1 WHERE area = OLD.area AND month = OLD.month AND prev = OLD.prev2;
END;
-- +goose StatementEnd
INSERT INTO party_repeats (party_id, area, month, case_id, prev, prev2)
  SELECT party_id, area, month, case_id, prev, COALESCE(prev2, 0) FROM (
    SELECT party_id, area, month, case_id, LAG(month) OVER w AS prev, LAG(month, 2) OVER w AS prev2 FROM (
      SELECT DISTINCT cp.party_id, cp.case_id, a.area, 12 * CAST(substr(f.month_found, 1, 4) AS INTEGER) + CAST(substr(f.month_found, 6) AS INTEGER) AS month
      FROM case_parties cp JOIN case_facts f ON f.case_id = cp.case_id AND f.month_found <> ''
        JOIN (SELECT id, '' AS area FROM cases UNION ALL SELECT id, 'd' || district_code FROM cases UNION ALL SELECT id, 'b' || branch FROM cases) AS a ON a.id = cp.case_id
    ) AS named WINDOW w AS (PARTITION BY party_id, area ORDER BY month, case_id)
  ) AS chained WHERE prev IS NOT NULL ORDER BY party_id, area, month, case_id;

-- In which years a farm was inspected, and how many farms of a district were in a year (noun farm_year of tallies): those that were not are the rest.
CREATE TABLE farm_years (farm_id INTEGER NOT NULL, year TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (farm_id, year)) WITHOUT ROWID;
-- +goose StatementBegin
CREATE TRIGGER farm_years_added AFTER INSERT ON farm_years BEGIN
  INSERT INTO tallies (noun, code, stage, n) SELECT 'farm_year', f.district_code, NEW.year, 1 FROM farms f WHERE f.id = NEW.farm_id AND f.voided = '' AND f.merged_into IS NULL
    ON CONFLICT (noun, code, stage) DO UPDATE SET n = n + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER farm_years_deleted AFTER DELETE ON farm_years BEGIN
  UPDATE tallies SET n = n - 1 WHERE noun = 'farm_year' AND stage = OLD.year
    AND code = (SELECT f.district_code FROM farms f WHERE f.id = OLD.farm_id AND f.voided = '' AND f.merged_into IS NULL);
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER farms_years_changed AFTER UPDATE OF district_code, voided, merged_into ON farms WHEN OLD.district_code IS NOT NEW.district_code OR OLD.voided IS NOT NEW.voided OR OLD.merged_into IS NOT NEW.merged_into BEGIN
  UPDATE tallies SET n = n - 1 WHERE noun = 'farm_year' AND code = OLD.district_code AND OLD.voided = '' AND OLD.merged_into IS NULL
    AND stage IN (SELECT y.year FROM farm_years y WHERE y.farm_id = OLD.id);
  INSERT INTO tallies (noun, code, stage, n) SELECT 'farm_year', NEW.district_code, y.year, 1 FROM farm_years y WHERE y.farm_id = NEW.id AND NEW.voided = '' AND NEW.merged_into IS NULL
    ON CONFLICT (noun, code, stage) DO UPDATE SET n = n + 1;
END;
-- +goose StatementEnd
INSERT INTO farm_years (farm_id, year, n)
  SELECT farm_id, substr(started_on, 1, 4), COUNT(*) FROM inspections WHERE voided = '' AND started_on <> '' AND farm_id IS NOT NULL GROUP BY 1, 2;
-- +goose StatementBegin
CREATE TRIGGER inspections_year_added AFTER INSERT ON inspections WHEN NEW.voided = '' AND NEW.started_on <> '' AND NEW.farm_id IS NOT NULL BEGIN
  INSERT INTO farm_years (farm_id, year, n) VALUES (NEW.farm_id, substr(NEW.started_on, 1, 4), 1) ON CONFLICT (farm_id, year) DO UPDATE SET n = n + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER inspections_year_changed AFTER UPDATE OF farm_id, started_on, voided ON inspections
  WHEN OLD.farm_id IS NOT NEW.farm_id OR OLD.started_on IS NOT NEW.started_on OR OLD.voided IS NOT NEW.voided BEGIN
  UPDATE farm_years SET n = n - 1 WHERE farm_id = OLD.farm_id AND year = substr(OLD.started_on, 1, 4) AND OLD.voided = '';
  INSERT INTO farm_years (farm_id, year, n) SELECT NEW.farm_id, substr(NEW.started_on, 1, 4), 1 WHERE NEW.voided = '' AND NEW.started_on <> '' AND NEW.farm_id IS NOT NULL
    ON CONFLICT (farm_id, year) DO UPDATE SET n = n + 1;
  DELETE FROM farm_years WHERE farm_id = OLD.farm_id AND n = 0;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER inspections_year_deleted AFTER DELETE ON inspections WHEN OLD.voided = '' BEGIN
  UPDATE farm_years SET n = n - 1 WHERE farm_id = OLD.farm_id AND year = substr(OLD.started_on, 1, 4);
  DELETE FROM farm_years WHERE farm_id = OLD.farm_id AND n = 0;
END;
-- +goose StatementEnd

-- +goose Down
SELECT 1;

-- +goose Up
-- The last year in which a farm was inspected, '' for none: kept with farm_years. Who was not inspected in a year is found among those of each other year (store/farm_idle.go),
-- without going through all that were.
ALTER TABLE farms ADD COLUMN last_year TEXT COLLATE "C" NOT NULL DEFAULT '';
UPDATE farms SET last_year = y.year FROM (SELECT farm_id, MAX(year) AS year FROM farm_years GROUP BY farm_id) y WHERE y.farm_id = farms.id;
CREATE INDEX farms_last_year ON farms(last_year, id);
CREATE INDEX farms_last_year_district ON farms(last_year, district_code, id);
-- +goose StatementBegin
CREATE FUNCTION keep_last_year() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF TG_OP = 'INSERT' THEN
    UPDATE farms SET last_year = NEW.year WHERE id = NEW.farm_id AND last_year < NEW.year;
  ELSE
    UPDATE farms SET last_year = COALESCE((SELECT MAX(y.year) FROM farm_years y WHERE y.farm_id = OLD.farm_id), '') WHERE id = OLD.farm_id AND last_year = OLD.year;
  END IF;
  RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER farm_years_last AFTER INSERT OR DELETE ON farm_years FOR EACH ROW EXECUTE FUNCTION keep_last_year();

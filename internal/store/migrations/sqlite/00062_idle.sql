-- +goose Up
-- The last year in which a farm was inspected, '' for none: kept with farm_years. Who was not inspected in a year is found among those of each other year (store/farm_idle.go),
-- without going through all that were.
ALTER TABLE farms ADD COLUMN last_year TEXT NOT NULL DEFAULT '';
UPDATE farms SET last_year = (SELECT MAX(y.year) FROM farm_years y WHERE y.farm_id = farms.id) WHERE id IN (SELECT farm_id FROM farm_years);
CREATE INDEX farms_last_year ON farms(last_year, id, voided, merged_into);
CREATE INDEX farms_last_year_district ON farms(last_year, district_code, id, voided, merged_into);
-- +goose StatementBegin
CREATE TRIGGER farm_years_last_added AFTER INSERT ON farm_years BEGIN
  UPDATE farms SET last_year = NEW.year WHERE id = NEW.farm_id AND last_year < NEW.year;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER farm_years_last_deleted AFTER DELETE ON farm_years BEGIN
  UPDATE farms SET last_year = COALESCE((SELECT MAX(y.year) FROM farm_years y WHERE y.farm_id = OLD.farm_id), '') WHERE id = OLD.farm_id AND last_year = OLD.year;
END;
-- +goose StatementEnd

-- +goose Up
-- Lists lead newest first, and so did these indexes: whatever came last stood at their left end, where pages are split in halves that nothing fills any more. In the order of time
-- it is added at the right end, to full pages, and a list reads them backwards.
DROP INDEX cases_found;
CREATE INDEX cases_found ON cases(found_on, id, found_on_latest);
DROP INDEX cases_district;
CREATE INDEX cases_district ON cases(district_code, found_on, id);
DROP INDEX cases_branch;
CREATE INDEX cases_branch ON cases(branch, found_on, id);
DROP INDEX cases_stage;
CREATE INDEX cases_stage ON cases(stage, found_on, id, district_code, branch);
DROP INDEX cases_origin;
CREATE INDEX cases_origin ON cases(origin, found_on, id, district_code, branch);
DROP INDEX cases_campaign;
CREATE INDEX cases_campaign ON cases(campaign_id, found_on, id) WHERE campaign_id IS NOT NULL;
DROP INDEX cases_on_the_way;
CREATE INDEX cases_on_the_way ON cases(found_on, id) WHERE on_the_way = 1;
DROP INDEX inspections_started;
CREATE INDEX inspections_started ON inspections(started_on, id, started_on_latest);
DROP INDEX inspections_district;
CREATE INDEX inspections_district ON inspections(district_code, started_on, id);
DROP INDEX inspections_kind;
CREATE INDEX inspections_kind ON inspections(kind, started_on, id, district_code);
DROP INDEX inspections_result;
CREATE INDEX inspections_result ON inspections(result, started_on, id, district_code);
DROP INDEX inspections_origin;
CREATE INDEX inspections_origin ON inspections(origin, started_on, id, district_code);
DROP INDEX inspections_drafts;
CREATE INDEX inspections_drafts ON inspections(started_on, id) WHERE state = '草稿';
DROP INDEX inspections_uncased;
CREATE INDEX inspections_uncased ON inspections(started_on, id) WHERE result || '' = '发现违法' AND cased = 0;

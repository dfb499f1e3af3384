-- +goose Up
-- Lists by each filter in their own order, counts of what is due, and farms that may be one, at the same cost however large the register is;
-- and no index that no statement reads, since each costs every write.

-- What a filter selects is read in the list's order; what else is asked of a row stands behind, so that rows left out are not fetched.
DROP INDEX cases_found;
CREATE INDEX cases_found ON cases(found_on DESC, id DESC, found_on_latest, voided);
DROP INDEX cases_stage;
CREATE INDEX cases_stage ON cases(stage, found_on DESC, id DESC, district_code, branch, voided);
DROP INDEX cases_origin;
CREATE INDEX cases_origin ON cases(origin, found_on DESC, id DESC, district_code, branch, voided);
DROP INDEX cases_district_stage;
DROP INDEX cases_open;
DROP INDEX cases_farm;
CREATE INDEX cases_farm ON cases(farm_id, voided);
DROP INDEX inspections_started;
CREATE INDEX inspections_started ON inspections(started_on DESC, id DESC, started_on_latest, voided);
DROP INDEX inspections_farm;
CREATE INDEX inspections_farm ON inspections(farm_id, started_on, started_on_latest, voided);
CREATE INDEX inspections_kind ON inspections(kind, started_on DESC, id DESC, district_code, voided);
CREATE INDEX inspections_result ON inspections(result, started_on DESC, id DESC, district_code, voided);
CREATE INDEX inspections_origin ON inspections(origin, started_on DESC, id DESC, district_code, voided);
DROP INDEX inspections_uncased; -- as an expression, so that the planner cannot take the index by result for it
CREATE INDEX inspections_uncased ON inspections(started_on DESC, id DESC) WHERE result || '' = '发现违法' AND cased = 0;
DROP INDEX farms_species;
CREATE INDEX farms_species ON farms(main_species, id, district_code, voided, merged_into);
CREATE INDEX farms_zone ON farms(zone_relation, id, district_code, voided, merged_into);
CREATE INDEX farms_origin ON farms(origin, id, district_code, voided, merged_into);
DROP INDEX violations_case;
CREATE INDEX violations_case ON violations(case_id, seq, type_code);
DROP INDEX violations_type;
DROP INDEX parties_name;
DROP INDEX documents_kind;
CREATE INDEX documents_added ON documents(kind) WHERE kind NOT IN ('责令改正', '复查', '延长立案审查', '立案', '不予立案', '先行登记保存', '解除先行登记保存', '查封扣押', '延长查封扣押', '解除查封扣押', '责令限制生产', '延长限制生产', '责令停产整治', '解除限产停产', '监测报告', '告知监测结果', '鉴定意见', '调查报告', '延长办案期限', '事先（听证）告知', '陈述申辩', '听证申请', '听证', '法制审核', '集体讨论', '行政处罚决定', '不予行政处罚', '按日连续处罚', '移送行政拘留', '移送涉嫌犯罪', '报政府责令拆除或关闭', '损害赔偿线索', '损害赔偿磋商', '损害赔偿协议', '修复方案', '修复实施', '修复验收', '分期（延期）缴纳', '催告', '申请强制执行', '行政复议', '行政诉讼', '变更处罚', '撤销处罚', '结案', '恢复办理', '公示', '双公示上报', '其他');

-- The log by noun and by act, for those that are rare in it, newest first by its number; the others are found by going through it.
CREATE INDEX audit_log_rare ON audit_log(entity)
  WHERE entity NOT IN ('case', 'inspection', 'document', 'violation', 'penalty', 'payment', 'sample', 'evidence', 'farm', 'party');
CREATE INDEX audit_log_act ON audit_log(action) WHERE action > 2; -- 1 and 2 are 新建 and 修改

-- An officer's cases in the order of their due days.
CREATE TABLE case_officers_due (
  officer_id INTEGER NOT NULL REFERENCES officers(id), due_on TEXT NOT NULL, case_id INTEGER NOT NULL REFERENCES cases(id),
  PRIMARY KEY (officer_id, due_on, case_id)
) WITHOUT ROWID;
INSERT INTO case_officers_due (officer_id, due_on, case_id) SELECT o.officer_id, c.due_on, c.id FROM case_officers o JOIN cases c ON c.id = o.case_id;
DROP TABLE case_officers;
ALTER TABLE case_officers_due RENAME TO case_officers;
CREATE UNIQUE INDEX case_officers_case ON case_officers(case_id, officer_id);

-- How many cases have their due day in a month, and on a day, by handling unit (0: none) and branch.
CREATE TABLE due_tallies (
  span TEXT NOT NULL, period TEXT NOT NULL, organ_id INTEGER NOT NULL, branch TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (span, period, organ_id, branch)
) WITHOUT ROWID;
INSERT INTO due_tallies (span, period, organ_id, branch, n)
  SELECT 'month', substr(due_on, 1, 7), COALESCE(handling_organ_id, 0), branch, COUNT(*) FROM cases WHERE due_on <> '' GROUP BY 1, 2, 3, 4
  UNION ALL SELECT 'day', due_on, COALESCE(handling_organ_id, 0), branch, COUNT(*) FROM cases WHERE due_on <> '' GROUP BY 1, 2, 3, 4;
-- +goose StatementBegin
CREATE TRIGGER cases_due_tally_added AFTER INSERT ON cases WHEN NEW.due_on <> '' BEGIN
  INSERT INTO due_tallies (span, period, organ_id, branch, n) SELECT 'month', substr(NEW.due_on, 1, 7), COALESCE(NEW.handling_organ_id, 0), NEW.branch, 1 WHERE NEW.due_on <> ''
    ON CONFLICT (span, period, organ_id, branch) DO UPDATE SET n = due_tallies.n + 1;
  INSERT INTO due_tallies (span, period, organ_id, branch, n) SELECT 'day', NEW.due_on, COALESCE(NEW.handling_organ_id, 0), NEW.branch, 1 WHERE NEW.due_on <> ''
    ON CONFLICT (span, period, organ_id, branch) DO UPDATE SET n = due_tallies.n + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER cases_due_tally_changed AFTER UPDATE OF due_on, handling_organ_id, branch ON cases WHEN OLD.due_on <> NEW.due_on OR NEW.due_on <> '' AND (OLD.branch <> NEW.branch OR COALESCE(OLD.handling_organ_id, 0) <> COALESCE(NEW.handling_organ_id, 0)) BEGIN
  UPDATE due_tallies SET n = n - 1 WHERE span = 'month' AND period = substr(OLD.due_on, 1, 7) AND organ_id = COALESCE(OLD.handling_organ_id, 0) AND branch = OLD.branch AND OLD.due_on <> '';
  DELETE FROM due_tallies WHERE span = 'month' AND period = substr(OLD.due_on, 1, 7) AND organ_id = COALESCE(OLD.handling_organ_id, 0) AND branch = OLD.branch AND n = 0;
  UPDATE due_tallies SET n = n - 1 WHERE span = 'day' AND period = OLD.due_on AND organ_id = COALESCE(OLD.handling_organ_id, 0) AND branch = OLD.branch AND OLD.due_on <> '';
  DELETE FROM due_tallies WHERE span = 'day' AND period = OLD.due_on AND organ_id = COALESCE(OLD.handling_organ_id, 0) AND branch = OLD.branch AND n = 0;
  INSERT INTO due_tallies (span, period, organ_id, branch, n) SELECT 'month', substr(NEW.due_on, 1, 7), COALESCE(NEW.handling_organ_id, 0), NEW.branch, 1 WHERE NEW.due_on <> ''
    ON CONFLICT (span, period, organ_id, branch) DO UPDATE SET n = due_tallies.n + 1;
  INSERT INTO due_tallies (span, period, organ_id, branch, n) SELECT 'day', NEW.due_on, COALESCE(NEW.handling_organ_id, 0), NEW.branch, 1 WHERE NEW.due_on <> ''
    ON CONFLICT (span, period, organ_id, branch) DO UPDATE SET n = due_tallies.n + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER cases_due_tally_deleted AFTER DELETE ON cases WHEN OLD.due_on <> '' BEGIN
  UPDATE due_tallies SET n = n - 1 WHERE span = 'month' AND period = substr(OLD.due_on, 1, 7) AND organ_id = COALESCE(OLD.handling_organ_id, 0) AND branch = OLD.branch AND OLD.due_on <> '';
  DELETE FROM due_tallies WHERE span = 'month' AND period = substr(OLD.due_on, 1, 7) AND organ_id = COALESCE(OLD.handling_organ_id, 0) AND branch = OLD.branch AND n = 0;
  UPDATE due_tallies SET n = n - 1 WHERE span = 'day' AND period = OLD.due_on AND organ_id = COALESCE(OLD.handling_organ_id, 0) AND branch = OLD.branch AND OLD.due_on <> '';
  DELETE FROM due_tallies WHERE span = 'day' AND period = OLD.due_on AND organ_id = COALESCE(OLD.handling_organ_id, 0) AND branch = OLD.branch AND n = 0;
END;
-- +goose StatementEnd

-- How many farms have a folded name in a district, or a permit's number: those with more than one may have been entered twice.
CREATE TABLE farm_keys (
  way TEXT NOT NULL, key TEXT NOT NULL, district_code TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (key, district_code, way) -- not as its index below, which must not be passed over
) WITHOUT ROWID;
CREATE INDEX farm_keys_twins ON farm_keys(way, key, district_code, n) WHERE n > 1;
INSERT INTO farm_keys (way, key, district_code, n)
  SELECT 'name', name_key, district_code, COUNT(*) FROM farms WHERE name_key <> '' AND voided = '' AND merged_into IS NULL GROUP BY name_key, district_code
  UNION ALL SELECT 'permit', permit_number, '', COUNT(*) FROM farms WHERE permit_number <> '' AND voided = '' AND merged_into IS NULL GROUP BY permit_number;
-- +goose StatementBegin
CREATE TRIGGER farm_keys_added AFTER INSERT ON farms BEGIN
  INSERT INTO farm_keys (way, key, district_code, n) SELECT 'name', NEW.name_key, NEW.district_code, 1 WHERE NEW.name_key <> '' AND NEW.voided = '' AND NEW.merged_into IS NULL
    ON CONFLICT (way, key, district_code) DO UPDATE SET n = farm_keys.n + 1;
  INSERT INTO farm_keys (way, key, district_code, n) SELECT 'permit', NEW.permit_number, '', 1 WHERE NEW.permit_number <> '' AND NEW.voided = '' AND NEW.merged_into IS NULL
    ON CONFLICT (way, key, district_code) DO UPDATE SET n = farm_keys.n + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER farm_keys_changed AFTER UPDATE OF name_key, district_code, permit_number, voided, merged_into ON farms WHEN OLD.name_key IS NOT NEW.name_key OR OLD.district_code IS NOT NEW.district_code OR OLD.permit_number IS NOT NEW.permit_number OR OLD.voided IS NOT NEW.voided OR OLD.merged_into IS NOT NEW.merged_into BEGIN
  UPDATE farm_keys SET n = n - 1 WHERE way = 'name' AND key = OLD.name_key AND district_code = OLD.district_code AND OLD.voided = '' AND OLD.merged_into IS NULL;
  DELETE FROM farm_keys WHERE way = 'name' AND key = OLD.name_key AND district_code = OLD.district_code AND n = 0;
  UPDATE farm_keys SET n = n - 1 WHERE way = 'permit' AND key = OLD.permit_number AND district_code = '' AND OLD.voided = '' AND OLD.merged_into IS NULL;
  DELETE FROM farm_keys WHERE way = 'permit' AND key = OLD.permit_number AND district_code = '' AND n = 0;
  INSERT INTO farm_keys (way, key, district_code, n) SELECT 'name', NEW.name_key, NEW.district_code, 1 WHERE NEW.name_key <> '' AND NEW.voided = '' AND NEW.merged_into IS NULL
    ON CONFLICT (way, key, district_code) DO UPDATE SET n = farm_keys.n + 1;
  INSERT INTO farm_keys (way, key, district_code, n) SELECT 'permit', NEW.permit_number, '', 1 WHERE NEW.permit_number <> '' AND NEW.voided = '' AND NEW.merged_into IS NULL
    ON CONFLICT (way, key, district_code) DO UPDATE SET n = farm_keys.n + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER farm_keys_deleted AFTER DELETE ON farms BEGIN
  UPDATE farm_keys SET n = n - 1 WHERE way = 'name' AND key = OLD.name_key AND district_code = OLD.district_code AND OLD.voided = '' AND OLD.merged_into IS NULL;
  DELETE FROM farm_keys WHERE way = 'name' AND key = OLD.name_key AND district_code = OLD.district_code AND n = 0;
  UPDATE farm_keys SET n = n - 1 WHERE way = 'permit' AND key = OLD.permit_number AND district_code = '' AND OLD.voided = '' AND OLD.merged_into IS NULL;
  DELETE FROM farm_keys WHERE way = 'permit' AND key = OLD.permit_number AND district_code = '' AND n = 0;
END;
-- +goose StatementEnd

-- Farms from south to north, for those that lie side by side.
DROP INDEX farms_place;
CREATE INDEX farms_place ON farms(latitude, longitude, id, datum, district_code) WHERE latitude IS NOT NULL AND voided = '' AND merged_into IS NULL;

-- +goose Down
SELECT 1;

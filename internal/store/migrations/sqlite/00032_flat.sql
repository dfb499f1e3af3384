-- +goose Up
-- What a list or a count would otherwise read a whole table for is kept beside the rows, by triggers: no statement that writes a farm, an
-- inspection, a case or a violation can leave it out, and it commits with what it tells of. verify counts anew and compares.

-- Which cases a revocation or a change of a decision stands in. Written as an expression, in the index as in the query, so that the planner
-- cannot take the index by kind for it, which reads every such document of the register.
DROP INDEX documents_turned;
CREATE INDEX documents_turned ON documents(case_id) WHERE kind || '' IN ('撤销处罚', '变更处罚');

-- The cases whose due days are computed anew when a rule changes.
CREATE INDEX cases_open ON cases(id) WHERE stage <> '已结案' OR due_on <> '';

-- Lists in their own order.
CREATE INDEX cases_campaign ON cases(campaign_id, found_on DESC, id DESC) WHERE campaign_id IS NOT NULL;
DROP INDEX inspections_drafts;
CREATE INDEX inspections_drafts ON inspections(started_on DESC, id DESC) WHERE state = '草稿';

-- The cases of a type of violation, in the orders of lists: by the day of finding and by id.
CREATE TABLE case_types (
  type_code TEXT NOT NULL, found_on TEXT NOT NULL, case_id INTEGER NOT NULL REFERENCES cases(id), PRIMARY KEY (type_code, found_on, case_id)
) WITHOUT ROWID;
CREATE UNIQUE INDEX case_types_case ON case_types(case_id, type_code);
CREATE UNIQUE INDEX case_types_type ON case_types(type_code, case_id);
INSERT INTO case_types (type_code, found_on, case_id) SELECT DISTINCT v.type_code, c.found_on, c.id FROM violations v JOIN cases c ON c.id = v.case_id;
-- +goose StatementBegin
CREATE TRIGGER violations_type_added AFTER INSERT ON violations BEGIN
  INSERT INTO case_types (type_code, found_on, case_id) SELECT NEW.type_code, c.found_on, c.id FROM cases c WHERE c.id = NEW.case_id
    ON CONFLICT (case_id, type_code) DO NOTHING;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER violations_type_changed AFTER UPDATE OF type_code, case_id ON violations WHEN OLD.type_code <> NEW.type_code OR OLD.case_id <> NEW.case_id BEGIN
  DELETE FROM case_types WHERE case_id = OLD.case_id AND type_code = OLD.type_code
    AND NOT EXISTS (SELECT 1 FROM violations v WHERE v.type_code = OLD.type_code AND v.case_id = OLD.case_id);
  INSERT INTO case_types (type_code, found_on, case_id) SELECT NEW.type_code, c.found_on, c.id FROM cases c WHERE c.id = NEW.case_id
    ON CONFLICT (case_id, type_code) DO NOTHING;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER violations_type_deleted AFTER DELETE ON violations BEGIN
  DELETE FROM case_types WHERE case_id = OLD.case_id AND type_code = OLD.type_code
    AND NOT EXISTS (SELECT 1 FROM violations v WHERE v.type_code = OLD.type_code AND v.case_id = OLD.case_id);
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER cases_found_changed AFTER UPDATE OF found_on ON cases WHEN OLD.found_on <> NEW.found_on BEGIN
  UPDATE case_types SET found_on = NEW.found_on WHERE case_id = NEW.id;
END;
-- +goose StatementEnd

-- How many farms, inspections and cases a district has, and how many cases a branch handles, by stage.
CREATE TABLE tallies (
  noun TEXT NOT NULL, code TEXT NOT NULL, stage TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (noun, code, stage)
) WITHOUT ROWID;
INSERT INTO tallies (noun, code, stage, n)
  SELECT 'farm', district_code, '', COUNT(*) FROM farms WHERE voided = '' AND merged_into IS NULL GROUP BY district_code
  UNION ALL SELECT 'inspection', district_code, '', COUNT(*) FROM inspections WHERE voided = '' GROUP BY district_code
  UNION ALL SELECT 'case', district_code, stage, COUNT(*) FROM cases WHERE voided = '' GROUP BY district_code, stage
  UNION ALL SELECT 'branch', branch, stage, COUNT(*) FROM cases WHERE voided = '' GROUP BY branch, stage;
-- +goose StatementBegin
CREATE TRIGGER farms_tally_added AFTER INSERT ON farms BEGIN
  INSERT INTO tallies (noun, code, stage, n) SELECT 'farm', NEW.district_code, '', 1 WHERE NEW.voided = '' AND NEW.merged_into IS NULL
    ON CONFLICT (noun, code, stage) DO UPDATE SET n = n + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER farms_tally_changed AFTER UPDATE OF district_code, voided, merged_into ON farms WHEN OLD.district_code IS NOT NEW.district_code OR OLD.voided IS NOT NEW.voided OR OLD.merged_into IS NOT NEW.merged_into BEGIN
  UPDATE tallies SET n = n - 1 WHERE noun = 'farm' AND code = OLD.district_code AND stage = '' AND OLD.voided = '' AND OLD.merged_into IS NULL;
  INSERT INTO tallies (noun, code, stage, n) SELECT 'farm', NEW.district_code, '', 1 WHERE NEW.voided = '' AND NEW.merged_into IS NULL
    ON CONFLICT (noun, code, stage) DO UPDATE SET n = n + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER farms_tally_deleted AFTER DELETE ON farms BEGIN
  UPDATE tallies SET n = n - 1 WHERE noun = 'farm' AND code = OLD.district_code AND stage = '' AND OLD.voided = '' AND OLD.merged_into IS NULL;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER inspections_tally_added AFTER INSERT ON inspections BEGIN
  INSERT INTO tallies (noun, code, stage, n) SELECT 'inspection', NEW.district_code, '', 1 WHERE NEW.voided = ''
    ON CONFLICT (noun, code, stage) DO UPDATE SET n = n + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER inspections_tally_changed AFTER UPDATE OF district_code, voided ON inspections WHEN OLD.district_code IS NOT NEW.district_code OR OLD.voided IS NOT NEW.voided BEGIN
  UPDATE tallies SET n = n - 1 WHERE noun = 'inspection' AND code = OLD.district_code AND stage = '' AND OLD.voided = '';
  INSERT INTO tallies (noun, code, stage, n) SELECT 'inspection', NEW.district_code, '', 1 WHERE NEW.voided = ''
    ON CONFLICT (noun, code, stage) DO UPDATE SET n = n + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER inspections_tally_deleted AFTER DELETE ON inspections BEGIN
  UPDATE tallies SET n = n - 1 WHERE noun = 'inspection' AND code = OLD.district_code AND stage = '' AND OLD.voided = '';
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER cases_tally_added AFTER INSERT ON cases BEGIN
  INSERT INTO tallies (noun, code, stage, n) SELECT 'case', NEW.district_code, NEW.stage, 1 WHERE NEW.voided = ''
    ON CONFLICT (noun, code, stage) DO UPDATE SET n = n + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER cases_tally_changed AFTER UPDATE OF district_code, stage, voided ON cases WHEN OLD.district_code IS NOT NEW.district_code OR OLD.stage IS NOT NEW.stage OR OLD.voided IS NOT NEW.voided BEGIN
  UPDATE tallies SET n = n - 1 WHERE noun = 'case' AND code = OLD.district_code AND stage = OLD.stage AND OLD.voided = '';
  INSERT INTO tallies (noun, code, stage, n) SELECT 'case', NEW.district_code, NEW.stage, 1 WHERE NEW.voided = ''
    ON CONFLICT (noun, code, stage) DO UPDATE SET n = n + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER cases_tally_deleted AFTER DELETE ON cases BEGIN
  UPDATE tallies SET n = n - 1 WHERE noun = 'case' AND code = OLD.district_code AND stage = OLD.stage AND OLD.voided = '';
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER cases_branch_tally_added AFTER INSERT ON cases BEGIN
  INSERT INTO tallies (noun, code, stage, n) SELECT 'branch', NEW.branch, NEW.stage, 1 WHERE NEW.voided = ''
    ON CONFLICT (noun, code, stage) DO UPDATE SET n = n + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER cases_branch_tally_changed AFTER UPDATE OF branch, stage, voided ON cases WHEN OLD.branch IS NOT NEW.branch OR OLD.stage IS NOT NEW.stage OR OLD.voided IS NOT NEW.voided BEGIN
  UPDATE tallies SET n = n - 1 WHERE noun = 'branch' AND code = OLD.branch AND stage = OLD.stage AND OLD.voided = '';
  INSERT INTO tallies (noun, code, stage, n) SELECT 'branch', NEW.branch, NEW.stage, 1 WHERE NEW.voided = ''
    ON CONFLICT (noun, code, stage) DO UPDATE SET n = n + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER cases_branch_tally_deleted AFTER DELETE ON cases BEGIN
  UPDATE tallies SET n = n - 1 WHERE noun = 'branch' AND code = OLD.branch AND stage = OLD.stage AND OLD.voided = '';
END;
-- +goose StatementEnd

-- How many parties have a code, a document's number or a folded name: those with more than one may have been entered twice.
CREATE TABLE party_keys (
  key TEXT NOT NULL, way TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (key, way)
) WITHOUT ROWID;
CREATE INDEX party_keys_twins ON party_keys(way, key) WHERE n > 1;
INSERT INTO party_keys (way, key, n)
  SELECT 'code', credit_code, COUNT(*) FROM parties WHERE credit_code <> '' AND voided = '' AND merged_into IS NULL GROUP BY credit_code
  UNION ALL SELECT 'document', id_number, COUNT(*) FROM parties WHERE id_number <> '' AND voided = '' AND merged_into IS NULL GROUP BY id_number
  UNION ALL SELECT 'name', name_key, COUNT(*) FROM parties WHERE name_key <> '' AND voided = '' AND merged_into IS NULL GROUP BY name_key;
-- Names as published, in which 某 stands for what is not told; with two characters before it at least, or too little is known.
CREATE INDEX parties_masked ON parties(id) WHERE instr(name_key, '某') > 2;
-- +goose StatementBegin
CREATE TRIGGER party_keys_added AFTER INSERT ON parties BEGIN
  INSERT INTO party_keys (way, key, n) SELECT 'code', NEW.credit_code, 1 WHERE NEW.credit_code <> '' AND NEW.voided = '' AND NEW.merged_into IS NULL
    ON CONFLICT (key, way) DO UPDATE SET n = n + 1;
  INSERT INTO party_keys (way, key, n) SELECT 'document', NEW.id_number, 1 WHERE NEW.id_number <> '' AND NEW.voided = '' AND NEW.merged_into IS NULL
    ON CONFLICT (key, way) DO UPDATE SET n = n + 1;
  INSERT INTO party_keys (way, key, n) SELECT 'name', NEW.name_key, 1 WHERE NEW.name_key <> '' AND NEW.voided = '' AND NEW.merged_into IS NULL
    ON CONFLICT (key, way) DO UPDATE SET n = n + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER party_keys_changed AFTER UPDATE OF credit_code, id_number, name_key, voided, merged_into ON parties WHEN OLD.credit_code IS NOT NEW.credit_code OR OLD.id_number IS NOT NEW.id_number OR OLD.name_key IS NOT NEW.name_key OR OLD.voided IS NOT NEW.voided OR OLD.merged_into IS NOT NEW.merged_into BEGIN
  UPDATE party_keys SET n = n - 1 WHERE way = 'code' AND key = OLD.credit_code AND OLD.voided = '' AND OLD.merged_into IS NULL;
  DELETE FROM party_keys WHERE way = 'code' AND key = OLD.credit_code AND n = 0;
  UPDATE party_keys SET n = n - 1 WHERE way = 'document' AND key = OLD.id_number AND OLD.voided = '' AND OLD.merged_into IS NULL;
  DELETE FROM party_keys WHERE way = 'document' AND key = OLD.id_number AND n = 0;
  UPDATE party_keys SET n = n - 1 WHERE way = 'name' AND key = OLD.name_key AND OLD.voided = '' AND OLD.merged_into IS NULL;
  DELETE FROM party_keys WHERE way = 'name' AND key = OLD.name_key AND n = 0;
  INSERT INTO party_keys (way, key, n) SELECT 'code', NEW.credit_code, 1 WHERE NEW.credit_code <> '' AND NEW.voided = '' AND NEW.merged_into IS NULL
    ON CONFLICT (key, way) DO UPDATE SET n = n + 1;
  INSERT INTO party_keys (way, key, n) SELECT 'document', NEW.id_number, 1 WHERE NEW.id_number <> '' AND NEW.voided = '' AND NEW.merged_into IS NULL
    ON CONFLICT (key, way) DO UPDATE SET n = n + 1;
  INSERT INTO party_keys (way, key, n) SELECT 'name', NEW.name_key, 1 WHERE NEW.name_key <> '' AND NEW.voided = '' AND NEW.merged_into IS NULL
    ON CONFLICT (key, way) DO UPDATE SET n = n + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER party_keys_deleted AFTER DELETE ON parties BEGIN
  UPDATE party_keys SET n = n - 1 WHERE way = 'code' AND key = OLD.credit_code AND OLD.voided = '' AND OLD.merged_into IS NULL;
  DELETE FROM party_keys WHERE way = 'code' AND key = OLD.credit_code AND n = 0;
  UPDATE party_keys SET n = n - 1 WHERE way = 'document' AND key = OLD.id_number AND OLD.voided = '' AND OLD.merged_into IS NULL;
  DELETE FROM party_keys WHERE way = 'document' AND key = OLD.id_number AND n = 0;
  UPDATE party_keys SET n = n - 1 WHERE way = 'name' AND key = OLD.name_key AND OLD.voided = '' AND OLD.merged_into IS NULL;
  DELETE FROM party_keys WHERE way = 'name' AND key = OLD.name_key AND n = 0;
END;
-- +goose StatementEnd

-- +goose Down
SELECT 1;

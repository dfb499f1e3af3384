-- +goose Up
-- Rows say nothing twice: a provision that is cited stands once and is cited by its number; the last day of a date is written only where the day
-- is not known, the instant of the last change only where there was one, a number in one spelling only where it was typed in another; narratives are packed.
CREATE TABLE provisions (
  id INTEGER PRIMARY KEY, text_hash TEXT NOT NULL, law TEXT NOT NULL, law_id TEXT NOT NULL, version_id TEXT NOT NULL, article INTEGER NOT NULL, sub INTEGER NOT NULL,
  paragraph INTEGER NOT NULL, item INTEGER NOT NULL, subitem INTEGER NOT NULL, holding TEXT NOT NULL,
  UNIQUE (text_hash, law, law_id, version_id, article, sub, paragraph, item, subitem, holding)
);
INSERT INTO provisions (text_hash, law, law_id, version_id, article, sub, paragraph, item, subitem, holding)
  SELECT DISTINCT text_hash, law, law_id, version_id, article, sub, paragraph, item, subitem, holding FROM citations;

-- Citations lie by their case, as they are read.
CREATE TABLE citations_by_case (
  case_id INTEGER NOT NULL REFERENCES cases(id), owner TEXT NOT NULL CHECK (owner IN ('violation', 'document')), owner_id INTEGER NOT NULL, seq INTEGER NOT NULL,
  provision_id INTEGER NOT NULL REFERENCES provisions(id), role TEXT NOT NULL, standing TEXT NOT NULL, text TEXT NOT NULL, reason TEXT NOT NULL, note TEXT NOT NULL,
  PRIMARY KEY (case_id, owner, owner_id, seq)
) WITHOUT ROWID;
INSERT INTO citations_by_case (case_id, owner, owner_id, seq, provision_id, role, standing, text, reason, note)
  SELECT case_id, owner, owner_id, seq, (SELECT p.id FROM provisions p WHERE p.text_hash = c.text_hash AND p.law = c.law AND p.law_id = c.law_id AND p.version_id = c.version_id
      AND p.article = c.article AND p.sub = c.sub AND p.paragraph = c.paragraph AND p.item = c.item AND p.subitem = c.subitem AND p.holding = c.holding),
    role, standing, text, reason, note
  FROM citations c ORDER BY case_id, owner, owner_id, seq;
DROP TABLE citations;
ALTER TABLE citations_by_case RENAME TO citations;

-- So do the results of a sample, and the parties and inspections of a case: no row number, and no index that repeats the key.
CREATE TABLE results_by_sample (
  sample_id INTEGER NOT NULL REFERENCES samples(id), seq INTEGER NOT NULL, pollutant TEXT NOT NULL, kind TEXT NOT NULL, value TEXT NOT NULL,
  unit TEXT NOT NULL, limit_value TEXT NOT NULL, limit_from TEXT NOT NULL, limit_ref TEXT NOT NULL, verdict TEXT NOT NULL, multiple TEXT NOT NULL, note TEXT NOT NULL,
  limit_unit TEXT NOT NULL DEFAULT '', limit_reason TEXT NOT NULL DEFAULT '', verdict_reason TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (sample_id, seq)
) WITHOUT ROWID;
INSERT INTO results_by_sample SELECT sample_id, seq, pollutant, kind, value, unit, limit_value, limit_from, limit_ref, verdict, multiple, note, limit_unit, limit_reason, verdict_reason
  FROM sample_results ORDER BY sample_id, seq;
DROP TABLE sample_results;
ALTER TABLE results_by_sample RENAME TO sample_results;
CREATE TABLE parties_by_case (
  case_id INTEGER NOT NULL REFERENCES cases(id), seq INTEGER NOT NULL, party_id INTEGER NOT NULL REFERENCES parties(id), role TEXT NOT NULL, name_at_act TEXT NOT NULL,
  PRIMARY KEY (case_id, seq), UNIQUE (case_id, party_id)
) WITHOUT ROWID;
INSERT INTO parties_by_case SELECT case_id, seq, party_id, role, name_at_act FROM case_parties ORDER BY case_id, seq;
DROP TABLE case_parties;
ALTER TABLE parties_by_case RENAME TO case_parties;
CREATE INDEX case_parties_party ON case_parties(party_id);

-- Rows as they are written from now on. What an upgrade leaves free in the file is used by new rows; a backup leaves it out.
-- Narratives and lists that nothing asks for in SQL are packed (packed is a function of ours: packed.go).
UPDATE organs SET updated_at = CASE updated_at WHEN created_at THEN '' ELSE updated_at END;
UPDATE officers SET updated_at = CASE updated_at WHEN created_at THEN '' ELSE updated_at END,
  valid_from_latest = CASE valid_from_latest WHEN valid_from THEN '' ELSE valid_from_latest END,
  valid_to_latest = CASE valid_to_latest WHEN valid_to THEN '' ELSE valid_to_latest END;
UPDATE users SET updated_at = CASE updated_at WHEN created_at THEN '' ELSE updated_at END;
UPDATE campaigns SET updated_at = CASE updated_at WHEN created_at THEN '' ELSE updated_at END;
UPDATE parties SET updated_at = CASE updated_at WHEN created_at THEN '' ELSE updated_at END;
ALTER TABLE farms ADD COLUMN facilities_packed BLOB;
UPDATE farms SET updated_at = CASE updated_at WHEN created_at THEN '' ELSE updated_at END, facilities_packed = packed('farm', NULLIF(facilities, 'null')),
  production_since_latest = CASE production_since_latest WHEN production_since THEN '' ELSE production_since_latest END,
  eia_on_latest = CASE eia_on_latest WHEN eia_on THEN '' ELSE eia_on_latest END,
  eia_valid_to_latest = CASE eia_valid_to_latest WHEN eia_valid_to THEN '' ELSE eia_valid_to_latest END,
  acceptance_on_latest = CASE acceptance_on_latest WHEN acceptance_on THEN '' ELSE acceptance_on_latest END,
  acceptance_valid_to_latest = CASE acceptance_valid_to_latest WHEN acceptance_valid_to THEN '' ELSE acceptance_valid_to_latest END,
  permit_on_latest = CASE permit_on_latest WHEN permit_on THEN '' ELSE permit_on_latest END,
  permit_valid_to_latest = CASE permit_valid_to_latest WHEN permit_valid_to THEN '' ELSE permit_valid_to_latest END,
  zone_plan_on_latest = CASE zone_plan_on_latest WHEN zone_plan_on THEN '' ELSE zone_plan_on_latest END,
  zone_checked_on_latest = CASE zone_checked_on_latest WHEN zone_checked_on THEN '' ELSE zone_checked_on_latest END;
ALTER TABLE farms DROP COLUMN facilities;
ALTER TABLE farms RENAME COLUMN facilities_packed TO facilities;
ALTER TABLE inspections ADD COLUMN officers_packed BLOB;
ALTER TABLE inspections ADD COLUMN findings_packed BLOB;
ALTER TABLE inspections ADD COLUMN path_packed BLOB;
UPDATE inspections SET updated_at = CASE updated_at WHEN created_at THEN '' ELSE updated_at END, officers_packed = packed('inspection', NULLIF(officers, 'null')),
  findings_packed = packed('inspection', findings), path_packed = packed('inspection', NULLIF(path, 'null')),
  started_on_latest = CASE started_on_latest WHEN started_on THEN '' ELSE started_on_latest END,
  ended_on_latest = CASE ended_on_latest WHEN ended_on THEN '' ELSE ended_on_latest END;
ALTER TABLE inspections DROP COLUMN officers;
ALTER TABLE inspections RENAME COLUMN officers_packed TO officers;
ALTER TABLE inspections DROP COLUMN findings;
ALTER TABLE inspections RENAME COLUMN findings_packed TO findings;
ALTER TABLE inspections DROP COLUMN path;
ALTER TABLE inspections RENAME COLUMN path_packed TO path;
UPDATE samples SET updated_at = CASE updated_at WHEN created_at THEN '' ELSE updated_at END,
  sampled_on_latest = CASE sampled_on_latest WHEN sampled_on THEN '' ELSE sampled_on_latest END,
  report_on_latest = CASE report_on_latest WHEN report_on THEN '' ELSE report_on_latest END,
  told_on_latest = CASE told_on_latest WHEN told_on THEN '' ELSE told_on_latest END;
ALTER TABLE cases ADD COLUMN summary_packed BLOB;
UPDATE cases SET updated_at = CASE updated_at WHEN created_at THEN '' ELSE updated_at END, summary_packed = packed('case', summary),
  found_on_latest = CASE found_on_latest WHEN found_on THEN '' ELSE found_on_latest END;
ALTER TABLE cases DROP COLUMN summary;
ALTER TABLE cases RENAME COLUMN summary_packed TO summary;
UPDATE review_notes SET updated_at = CASE updated_at WHEN created_at THEN '' ELSE updated_at END;
UPDATE evidence SET updated_at = CASE updated_at WHEN created_at THEN '' ELSE updated_at END,
  made_on_latest = CASE made_on_latest WHEN made_on THEN '' ELSE made_on_latest END;
ALTER TABLE violations ADD COLUMN facts_packed BLOB;
ALTER TABLE violations ADD COLUMN checklist_packed BLOB;
UPDATE violations SET updated_at = CASE updated_at WHEN created_at THEN '' ELSE updated_at END, facts_packed = packed('violation', facts),
  checklist_packed = packed('violation', NULLIF(checklist, 'null')), act_from_latest = CASE act_from_latest WHEN act_from THEN '' ELSE act_from_latest END,
  act_to_latest = CASE act_to_latest WHEN act_to THEN '' ELSE act_to_latest END;
ALTER TABLE violations DROP COLUMN facts;
ALTER TABLE violations RENAME COLUMN facts_packed TO facts;
ALTER TABLE violations DROP COLUMN checklist;
ALTER TABLE violations RENAME COLUMN checklist_packed TO checklist;
UPDATE documents SET updated_at = CASE updated_at WHEN created_at THEN '' ELSE updated_at END,
  number_normalized = CASE number_normalized WHEN number THEN '' ELSE number_normalized END,
  made_on_latest = CASE made_on_latest WHEN made_on THEN '' ELSE made_on_latest END,
  served_on_latest = CASE served_on_latest WHEN served_on THEN '' ELSE served_on_latest END,
  due_on_latest = CASE due_on_latest WHEN due_on THEN '' ELSE due_on_latest END,
  result_on_latest = CASE result_on_latest WHEN result_on THEN '' ELSE result_on_latest END,
  excluded_from_latest = CASE excluded_from_latest WHEN excluded_from THEN '' ELSE excluded_from_latest END,
  excluded_to_latest = CASE excluded_to_latest WHEN excluded_to THEN '' ELSE excluded_to_latest END;
UPDATE penalties SET updated_at = CASE updated_at WHEN created_at THEN '' ELSE updated_at END,
  pay_by_latest = CASE pay_by_latest WHEN pay_by THEN '' ELSE pay_by_latest END;
UPDATE payments SET updated_at = CASE updated_at WHEN created_at THEN '' ELSE updated_at END,
  paid_on_latest = CASE paid_on_latest WHEN paid_on THEN '' ELSE paid_on_latest END;
UPDATE bulletins SET updated_at = CASE updated_at WHEN created_at THEN '' ELSE updated_at END,
  dated_latest = CASE dated_latest WHEN dated THEN '' ELSE dated_latest END;
UPDATE publications SET updated_at = CASE updated_at WHEN created_at THEN '' ELSE updated_at END,
  published_on_latest = CASE published_on_latest WHEN published_on THEN '' ELSE published_on_latest END;
UPDATE document_kinds SET updated_at = CASE updated_at WHEN created_at THEN '' ELSE updated_at END;
UPDATE bureau SET updated_at = CASE updated_at WHEN created_at THEN '' ELSE updated_at END;
UPDATE party_merges SET updated_at = CASE updated_at WHEN created_at THEN '' ELSE updated_at END;
UPDATE farm_merges SET updated_at = CASE updated_at WHEN created_at THEN '' ELSE updated_at END;

-- +goose Down
SELECT 1;

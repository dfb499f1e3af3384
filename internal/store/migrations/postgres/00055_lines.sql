-- +goose Up
-- The lists behind the numbers of statistics: the month in which a case is counted, by each date that may count, and the lines of statistics that it stands on
-- (registry.CaseLine, by the beginning of its hash). Both follow from the case's fact.
ALTER TABLE case_facts ADD COLUMN month_found TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE case_facts ADD COLUMN month_filed TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE case_facts ADD COLUMN month_decided TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE case_facts ADD COLUMN month_paid TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE case_facts ADD COLUMN month_closed TEXT COLLATE "C" NOT NULL DEFAULT '';
CREATE INDEX case_facts_found ON case_facts(month_found, case_id);
CREATE INDEX case_facts_filed ON case_facts(month_filed, case_id);
CREATE INDEX case_facts_decided ON case_facts(month_decided, case_id);
CREATE INDEX case_facts_paid ON case_facts(month_paid, case_id);
CREATE INDEX case_facts_closed ON case_facts(month_closed, case_id);
CREATE TABLE case_lines (line BIGINT NOT NULL, case_id BIGINT NOT NULL, PRIMARY KEY (line, case_id));
INSERT INTO settings (name, value) SELECT 'case_lines_missing', '1' WHERE EXISTS (SELECT 1 FROM cases); -- until all facts are computed anew
CREATE INDEX inspections_cased ON inspections(started_on, id) WHERE cased = 1;

-- +goose Down
SELECT 1;

-- +goose Up
-- What statistics count of a year, added up from its months (fact_cells with the year for a month): the next start adds up what is there.
INSERT INTO settings (name, value) SELECT 'fact_years_missing', '1' WHERE EXISTS (SELECT 1 FROM fact_cells);

-- The cases on a line of statistics by their months: that of the finding, and each in which another date counts them. dates has a bit for each of these dates.
CREATE TABLE lines_by_month (line BIGINT NOT NULL, month TEXT COLLATE "C" NOT NULL, case_id BIGINT NOT NULL, dates BIGINT NOT NULL, PRIMARY KEY (line, month, case_id));
INSERT INTO lines_by_month (line, month, case_id, dates)
  SELECT l.line, m.month, l.case_id, m.dates FROM case_lines l JOIN (
    SELECT case_id, month, SUM(date_bit) AS dates FROM (
      SELECT case_id, month_found AS month, 1 AS date_bit FROM case_facts
      UNION ALL SELECT case_id, month_filed, 2 FROM case_facts WHERE month_filed <> ''
      UNION ALL SELECT case_id, month_decided, 4 FROM case_facts WHERE month_decided <> ''
      UNION ALL SELECT case_id, month_paid, 8 FROM case_facts WHERE month_paid <> ''
      UNION ALL SELECT case_id, month_closed, 16 FROM case_facts WHERE month_closed <> ''
    ) AS dated GROUP BY case_id, month
  ) AS m ON m.case_id = l.case_id ORDER BY 1, 2, 3;
DROP TABLE case_lines;
ALTER TABLE lines_by_month RENAME TO case_lines;

-- +goose Down
SELECT 1;

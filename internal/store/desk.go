package store

import (
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"strings"

	"casebook/internal/registry"
)

// DistrictCount is a line of the desk's table. Cases on the way have no decision and are not closed.
type DistrictCount struct {
	Code                   string
	Farms, Checks          int
	Cases, OnTheWay, Ended int
}

// CountByDistrict counts farms, inspections and cases of these districts, in their order, from the tallies that are kept with the rows.
func (tx *Tx) CountByDistrict(districts []registry.District) ([]DistrictCount, error) {
	if tx.reads != nil { // the others have nothing to tell
		districts = slices.DeleteFunc(slices.Clone(districts), func(d registry.District) bool { return !tx.reads.Holds(d.Code) })
	}
	list := make([]DistrictCount, len(districts))
	at := map[string]*DistrictCount{}
	for i, d := range districts {
		list[i].Code = d.Code
		at[d.Code] = &list[i]
	}
	cases := "case" // of the district in which they lie; narrowed to a branch, those that it handles
	if tx.reads != nil {
		cases = "branch"
	}
	q := newQuery("SELECT noun, code, stage, n FROM tallies WHERE noun IN ('farm', 'inspection', ?)", cases)
	q.own(tx, "code")
	err := tx.each(func(rows *sql.Rows) error {
		var noun, code string
		var stage registry.Stage
		var n int
		if err := rows.Scan(&noun, &code, &stage, &n); err != nil {
			return err
		}
		c := at[code]
		switch {
		case c == nil:
		case noun == "farm":
			c.Farms += n
		case noun == "inspection":
			c.Checks += n
		case stage.OnTheWay():
			c.Cases, c.OnTheWay = c.Cases+n, c.OnTheWay+n
		default:
			c.Cases, c.Ended = c.Cases+n, c.Ended+n
		}
		return nil
	}, q.sql(), q.args...)
	if err != nil {
		return nil, fmt.Errorf("count by district: %w", err)
	}
	return list, nil
}

// talliesAnew counts what tallies keeps.
const talliesAnew = `SELECT 'farm' AS noun, district_code AS code, '' AS stage, COUNT(*) AS n FROM farms WHERE voided = '' AND merged_into IS NULL GROUP BY district_code
	UNION ALL SELECT 'inspection', district_code, '', COUNT(*) FROM inspections WHERE voided = '' GROUP BY district_code
	UNION ALL SELECT 'case', district_code, stage, COUNT(*) FROM cases WHERE voided = '' GROUP BY district_code, stage
	UNION ALL SELECT 'branch', branch, stage, COUNT(*) FROM cases WHERE voided = '' GROUP BY branch, stage
	UNION ALL SELECT 'farm_year', f.district_code, y.year, COUNT(*) FROM farms f JOIN (` + yearsAnew + `) AS y ON y.farm_id = f.id
		WHERE f.voided = '' AND f.merged_into IS NULL GROUP BY 2, 3`

// yearsAnew are the years in which farms were inspected.
const yearsAnew = "SELECT farm_id, substr(started_on, 1, 4) AS year, COUNT(*) AS n FROM inspections WHERE voided = '' AND started_on <> '' AND farm_id IS NOT NULL GROUP BY 1, 2"

// verifyTallies compares what is kept for counts and for the lists of a violation type with the rows that it tells of.
func (tx *Tx) verifyTallies(bad func(string, ...any)) error {
	nouns := map[string]string{"farm": "辖区养殖场", "inspection": "辖区检查", "case": "辖区案件", "branch": "承办案件", "farm_year": "检查过的养殖场"}
	kept := map[string]int{}
	read := func(put func(key string, n int), query string) error {
		return tx.each(func(rows *sql.Rows) error {
			var noun, code, stage string
			var n int
			err := rows.Scan(&noun, &code, &stage, &n)
			put(strings.TrimSpace(code+" "+nouns[noun]+" "+stage), n)
			return err
		}, query)
	}
	if err := read(func(key string, n int) { kept[key] = n }, "SELECT noun, code, stage, n FROM tallies"); err != nil {
		return err
	}
	if err := read(func(key string, n int) {
		if kept[key] != n {
			bad("统计数“%s”记为 %d，按记录应为 %d", key, kept[key], n)
		}
		delete(kept, key)
	}, talliesAnew); err != nil {
		return err
	}
	for _, key := range slices.Sorted(maps.Keys(kept)) {
		if kept[key] != 0 {
			bad("统计数“%s”记为 %d，按记录应为 0", key, kept[key])
		}
	}
	if err := tx.each(func(rows *sql.Rows) error {
		var id int64
		var code string
		err := rows.Scan(&id, &code)
		bad("案件 %d 的违法行为类型 %s 与按类型查案件所用的记录不符", id, code)
		return err
	}, `SELECT case_id, type_code FROM (SELECT DISTINCT v.case_id, v.type_code, c.found_on FROM violations v JOIN cases c ON c.id = v.case_id) AS l
			WHERE NOT EXISTS (SELECT 1 FROM case_types t WHERE t.case_id = l.case_id AND t.type_code = l.type_code AND t.found_on = l.found_on)
		UNION ALL SELECT case_id, type_code FROM case_types t WHERE NOT EXISTS (SELECT 1 FROM violations v WHERE v.type_code = t.type_code AND v.case_id = t.case_id)
		LIMIT 20`); err != nil {
		return err
	}
	if err := tx.verifyChecks(bad); err != nil {
		return err
	}
	if err := tx.verifyDueTallies(bad); err != nil {
		return err
	}
	return tx.verifyFarmKeys(bad)
}

// UndecidedCases lists cases on the way to a decision, newest first.
func (tx *Tx) UndecidedCases(limit int) ([]CaseRow, error) {
	rows, _, err := tx.Cases(CaseFilter{OnTheWay: true}, Page{Limit: limit})
	return rows, err
}

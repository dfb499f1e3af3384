package store

import (
	"database/sql"
	"fmt"
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

// CountByDistrict counts farms, inspections and cases of these districts, in their order, from covering indexes.
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
	count := func(table, counts, column, key string, put func(c *DistrictCount, key string, n int)) error {
		by := strings.TrimSuffix(column+", "+key, ", ''")
		q := newQuery("SELECT " + column + ", " + key + ", COUNT(*) FROM " + table + " WHERE " + counts)
		q.own(tx, column)
		q.add(" GROUP BY " + by)
		return tx.each(func(rows *sql.Rows) error {
			var code, key string
			var n int
			if err := rows.Scan(&code, &key, &n); err != nil {
				return err
			}
			if c := at[code]; c != nil {
				put(c, key, n)
			}
			return nil
		}, q.sql(), q.args...)
	}
	if err := count("farms", "voided = '' AND merged_into IS NULL", "district_code", "''", func(c *DistrictCount, _ string, n int) { c.Farms = n }); err != nil {
		return nil, fmt.Errorf("count farms: %w", err)
	}
	if err := count("inspections", "voided = ''", "district_code", "''", func(c *DistrictCount, _ string, n int) { c.Checks = n }); err != nil {
		return nil, fmt.Errorf("count inspections: %w", err)
	}
	of := "district_code" // in which they lie; narrowed to a branch, those that it handles
	if tx.reads != nil {
		of = "branch"
	}
	err := count("cases", "voided = ''", of, "stage", func(c *DistrictCount, stage string, n int) {
		c.Cases += n
		if registry.Stage(stage).OnTheWay() {
			c.OnTheWay += n
		} else {
			c.Ended += n
		}
	})
	return list, err
}

// InspectionsWithoutCase lists submitted inspections that found a violation and have no case yet, newest first.
func (tx *Tx) InspectionsWithoutCase(limit int) ([]InspectionRow, error) {
	rows, _, err := tx.Inspections(InspectionFilter{Result: registry.ViolationFound, NoCase: true}, Page{Limit: limit})
	return rows, err
}

// UndecidedCases lists cases on the way to a decision, newest first.
func (tx *Tx) UndecidedCases(limit int) ([]CaseRow, error) {
	rows, _, err := tx.Cases(CaseFilter{OnTheWay: true}, Page{Limit: limit})
	return rows, err
}

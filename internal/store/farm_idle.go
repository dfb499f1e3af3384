package store

import (
	"database/sql"
	"fmt"
	"reflect"

	"casebook/internal/registry"
)

// Farms that were not inspected in a year may be few, and those registered last are seldom among them: newest first, a list would go through all that were inspected.
// farms.last_year, the last year in which a farm was inspected, parts farms into as many runs as there are years. A page takes the newest of each run but the year's own:
// of those before it everybody, of those behind it who has no inspection in it.

// lastYears are the years of farms.last_year, read off its index one after the other; ” where some were never inspected.
const lastYears = `WITH RECURSIVE l (year) AS (SELECT MIN(last_year) FROM farms UNION ALL
	SELECT (SELECT MIN(f.last_year) FROM farms f WHERE f.last_year > l.year) FROM l WHERE l.year IS NOT NULL) SELECT year FROM l WHERE year IS NOT NULL AND year <> $1`

// bare reports a filter of nothing but a district and a year without inspection.
func (f FarmFilter) bare() bool {
	f.DistrictCode, f.Idle, f.Asking = "", "", Asking{}
	return reflect.ValueOf(f).IsZero()
}

// notIn is the condition that a farm x was not inspected in a year.
func notIn(q *query, led bool, year string) {
	q.restIf(year != "", led, "NOT EXISTS (SELECT 1 FROM farm_years y WHERE y.farm_id = x.id AND y.year = ?)", year)
}

// idleFarms are the farms of a page of a bare filter with a year, and one more where there is one.
func (tx *Tx) idleFarms(f FarmFilter, p Page) (ids []registry.FarmID, err error) {
	var runs []string
	if err := tx.each(func(rows *sql.Rows) error {
		var year string
		err := rows.Scan(&year)
		runs = append(runs, year)
		return err
	}, lastYears, f.Idle); err != nil {
		return nil, fmt.Errorf("list the years in which farms were inspected: %w", err)
	}
	if len(runs) == 0 {
		return nil, nil
	}
	q := newQuery("SELECT id FROM (")
	for i, year := range runs {
		if i > 0 {
			q.add(" UNION ALL ")
		}
		q.add("SELECT id FROM (SELECT x.id FROM farms x WHERE x.last_year = ? AND x.merged_into IS NULL AND x.voided = ''", year)
		q.own(tx, "x.district_code")
		q.andIf(f.DistrictCode != "", "x.district_code = ?", f.DistrictCode)
		if year > f.Idle {
			notIn(q, false, f.Idle)
		}
		if err := keyset(q, p, true, "x.id", ""); err != nil {
			return nil, err
		}
		q.add(") AS run")
	}
	q.add(") AS idle")
	p.Cursor = "" // each run begins behind it
	if err := keyset(q, p, true, "id", ""); err != nil {
		return nil, err
	}
	err = tx.each(func(rows *sql.Rows) error {
		var id registry.FarmID
		err := rows.Scan(&id)
		ids = append(ids, id)
		return err
	}, q.sql(), q.args...)
	return ids, err
}

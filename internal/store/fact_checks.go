package store

import (
	"database/sql"
	"fmt"
)

// CheckTally is how many inspections of a month have a result, and whether a case rests on them.
type CheckTally struct {
	Month    string // YYYY-MM; empty where the day is not known to the month
	District string
	Result   string
	Cased    bool
	N        int
}

// CheckTallies are the inspections of a filter's months and district, voided ones left out. The date that counts is their own.
func (tx *Tx) CheckTallies(f FactFilter) (list []CheckTally, err error) {
	q := newQuery("SELECT month, district_code, result, cased, n FROM check_tallies WHERE month >= ? AND month <= ? AND n > 0", f.From, f.To)
	q.own(tx, "district_code")
	q.andIf(f.DistrictCode != "", "district_code = ?", f.DistrictCode)
	err = tx.each(func(rows *sql.Rows) error {
		var c CheckTally
		err := rows.Scan(&c.Month, &c.District, &c.Result, &c.Cased, &c.N)
		list = append(list, c)
		return err
	}, q.sql()+" ORDER BY month, district_code, result, cased", q.args...)
	if err != nil {
		return nil, fmt.Errorf("read the tallies of inspections: %w", err)
	}
	return list, nil
}

// verifyChecks counts the inspections of each month, and of each farm and year, anew.
func (tx *Tx) verifyChecks(bad func(string, ...any)) error {
	anew := `SELECT CASE WHEN started_on = '' OR started_on_latest <> '' AND substr(started_on_latest, 1, 7) <> substr(started_on, 1, 7) THEN '' ELSE substr(started_on, 1, 7) END AS month,
		district_code, result, cased, COUNT(*) AS n FROM inspections WHERE voided = '' GROUP BY 1, 2, 3, 4`
	kept := "SELECT month, district_code, result, cased, n FROM check_tallies WHERE n <> 0"
	years := "SELECT farm_id, year, n FROM farm_years"
	if err := tx.each(func(rows *sql.Rows) error {
		var farm int64
		var year string
		err := rows.Scan(&farm, &year)
		bad("养殖场 %d 在 %s 年的检查次数与检查不符", farm, year)
		return err
	}, differing("farm_id, year", "farm_id, year, n", yearsAnew, years)); err != nil {
		return err
	}
	if err := tx.each(func(rows *sql.Rows) error {
		var farm int64
		err := rows.Scan(&farm)
		bad("养殖场 %d 最近一次检查的年份与检查不符", farm)
		return err
	}, "SELECT f.id FROM farms f LEFT JOIN (SELECT farm_id, MAX(year) AS year FROM ("+yearsAnew+") AS years GROUP BY farm_id) AS l ON l.farm_id = f.id WHERE f.last_year <> COALESCE(l.year, '') ORDER BY f.id"); err != nil {
		return err
	}
	return tx.each(func(rows *sql.Rows) error {
		var month, district, result string
		err := rows.Scan(&month, &district, &result)
		bad("%s 月 %s 辖区的检查家次（%s）与检查不符", month, district, result)
		return err
	}, differing("month, district_code, result", "month, district_code, result, cased, n", anew, kept))
}

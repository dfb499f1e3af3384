package store

import (
	"database/sql"
	"fmt"
	"slices"

	"casebook/internal/registry"
)

// Fined is one case in a comparison of fines.
type Fined struct {
	ID        registry.CaseID
	Title     string
	Number    string
	District  string
	DecidedOn string
	Fine      registry.Money
}

// alikeLook is how many cases of one kind are looked at: the newest decisions, or the nearest fines to each side.
const alikeLook = 500

func (tx *Tx) fined(q *query, district string) (list []Fined, err error) {
	q.add(") AS k JOIN cases x ON x.id = k.case_id WHERE 1 = 1")
	q.own(tx, "x.branch")
	q.andIf(district != "", "x.district_code = ?", district)
	err = tx.each(func(rows *sql.Rows) error {
		var c Fined
		err := rows.Scan(&c.ID, &c.Title, &c.Number, &c.District, &c.DecidedOn, &c.Fine)
		list = append(list, c)
		return err
	}, q.sql()+" ORDER BY k.fine, k.case_id", q.args...)
	if err != nil {
		return nil, fmt.Errorf("read fines alike: %w", err)
	}
	return list, nil
}

const finedColumns = "SELECT x.id, x.title, x.number, x.district_code, k.decided_on, k.fine FROM ("

// AlikeFines are the fines of one kind of case (registry.CaseFact.Alike) decided between two days, lowest first: of the newest alikeLook decisions those of
// a district, where one is given. capped tells that there are more decisions.
func (tx *Tx) AlikeFines(alike, from, to, district string) (list []Fined, capped bool, err error) {
	var n int
	if err := tx.one([]any{&n}, "SELECT COUNT(*) FROM (SELECT 1 FROM case_facts WHERE alike = $1 AND alike <> '' AND decided_on >= $2 AND decided_on <= $3 LIMIT $4) AS k", alike, from, to, alikeLook+1); err != nil {
		return nil, false, err
	}
	q := newQuery(finedColumns+"SELECT case_id, decided_on, fine FROM case_facts WHERE alike = ? AND alike <> '' AND decided_on >= ? AND decided_on <= ? ORDER BY decided_on DESC, case_id DESC LIMIT ?", alike, from, to, alikeLook)
	list, err = tx.fined(q, district)
	return list, n > alikeLook, err
}

// FactOf is what a case's fine may be compared by; empty where it cannot be.
func (tx *Tx) FactOf(id registry.CaseID) (alike string, fine registry.Money, err error) {
	err = tx.one([]any{&alike, &fine}, "SELECT alike, fine FROM case_facts WHERE case_id = $1", id)
	if noRows(err) {
		err = nil
	}
	return alike, fine, err
}

// nearest is how many cases with a like fine are shown to each side.
const nearest = 10

// NearestFines are the cases of one kind whose fines are nearest to an amount, some to each side, lowest first, without the case itself.
func (tx *Tx) NearestFines(id registry.CaseID, alike string, fine registry.Money) (list []Fined, err error) {
	below := newQuery(finedColumns+"SELECT case_id, decided_on, fine FROM case_facts WHERE alike = ? AND alike <> '' AND (fine, case_id) < (?, ?) ORDER BY fine DESC, case_id DESC LIMIT ?", alike, fine, id, alikeLook)
	lower, err := tx.fined(below, "")
	if err != nil {
		return nil, err
	}
	above := newQuery(finedColumns+"SELECT case_id, decided_on, fine FROM case_facts WHERE alike = ? AND alike <> '' AND (fine, case_id) > (?, ?) ORDER BY fine, case_id LIMIT ?", alike, fine, id, alikeLook)
	higher, err := tx.fined(above, "")
	return append(lower[max(0, len(lower)-nearest):], higher[:min(nearest, len(higher))]...), err
}

// CasesSince are the cases whose last day that counts is not before a day, in the order of their ids: those of a week that has just gone by are few.
func (tx *Tx) CasesSince(day string) (ids []registry.CaseID, err error) {
	err = tx.each(func(rows *sql.Rows) error {
		var id registry.CaseID
		err := rows.Scan(&id)
		ids = append(ids, id)
		return err
	}, "SELECT case_id FROM case_facts WHERE last_on >= $1 AND last_on <> '' ORDER BY last_on, case_id", day)
	slices.Sort(ids)
	return ids, err
}

// ChecksBetween counts the inspections of some days, those known to the day.
func (tx *Tx) ChecksBetween(from, to registry.Date) (n int, err error) {
	q := newQuery("SELECT COUNT(*) FROM inspections x WHERE x.started_on >= ? AND x.started_on <= ? AND x.started_on_latest = '' AND x.voided = ''", from.Earliest(), to.Latest())
	q.own(tx, "x.district_code")
	err = tx.one([]any{&n}, q.sql(), q.args...)
	return n, err
}

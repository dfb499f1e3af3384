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

// Repeater is a party with several cases.
type Repeater struct {
	ID    registry.PartyID
	Name  string
	Cases int
}

// lookedAt is how many cases are looked at where each has to be.
const lookedAt = countLook

// Repeaters are the parties with two cases or more among the cases of a filter, most first; of the newest lookedAt cases where there are more (capped).
func (tx *Tx) Repeaters(f CaseFilter, limit int) (list []Repeater, n int, capped bool, err error) {
	looked := func(q *query, most int) {
		q.add("(SELECT x.id FROM cases x")
		f.where(tx, q)
		q.add(" ORDER BY x.found_on DESC, x.id DESC LIMIT ?) AS k", most)
	}
	q := newQuery("SELECT COUNT(*) FROM ")
	looked(q, lookedAt+1)
	if err := tx.one([]any{&n}, q.sql(), q.args...); err != nil {
		return nil, 0, false, fmt.Errorf("newest cases: %w", err)
	}
	capped, n = n > lookedAt, 0
	q = newQuery("SELECT cp.party_id, COUNT(DISTINCT cp.case_id) FROM ")
	looked(q, lookedAt)
	q.add(" JOIN case_parties cp ON cp.case_id = k.id GROUP BY cp.party_id HAVING COUNT(DISTINCT cp.case_id) > 1 ORDER BY 2 DESC, 1")
	if err := tx.each(func(rows *sql.Rows) error {
		var p Repeater
		err := rows.Scan(&p.ID, &p.Cases)
		if n++; n <= limit {
			list = append(list, p)
		}
		return err
	}, q.sql(), q.args...); err != nil {
		return nil, 0, false, fmt.Errorf("parties with several cases: %w", err)
	}
	ids := make([]registry.PartyID, len(list))
	for i := range list {
		ids[i] = list[i].ID
	}
	parties, err := byIDs(tx, Parties, ids)
	for i := range list {
		list[i].Name = parties[list[i].ID].Name
	}
	return list, n, capped, err
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

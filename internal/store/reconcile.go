package store

import (
	"database/sql"
	"fmt"

	"casebook/internal/registry"
)

// Decision is a penalty decision as it is compared with another system's: its number, its case, its day, and what it decided.
type Decision struct {
	ID      int64
	CaseID  registry.CaseID
	Number  string
	Key     string
	On      registry.Date
	Fine    *registry.Money // of the fines of this decision; nil where there is none, or an amount is not known
	Unknown bool            // a fine's amount is not known
	Kinds   []string
	Names   []string // of the parties, at the act and today
	Codes   []string
}

// Decisions reads penalty decisions with a number of cases that count, after the id of one: n at most, in the order of ids.
func (tx *Tx) Decisions(after int64, n int) ([]Decision, error) {
	q := newQuery(`SELECT d.id, d.case_id, CASE d.number_normalized WHEN '' THEN d.number ELSE d.number_normalized END, d.number_key, d.made_on, d.made_on_latest
		FROM documents d JOIN cases x ON x.id = d.case_id WHERE d.id > ? AND d.kind || '' = '行政处罚决定' AND d.number_key || '' <> '' AND x.voided || '' = ''`, after)
	q.own(tx, "x.branch")
	q.add(" ORDER BY d.id LIMIT ?", n)
	var list []Decision
	at := map[int64]int{}
	var ids []int64
	var cases []registry.CaseID
	err := tx.each(func(rows *sql.Rows) error {
		var d Decision
		on := &dateBounds{d: &d.On}
		err := rows.Scan(&d.ID, &d.CaseID, &d.Number, &d.Key, (*dateEarliest)(on), (*dateLatest)(on))
		at[d.ID] = len(list)
		list, ids, cases = append(list, d), append(ids, d.ID), append(cases, d.CaseID)
		return err
	}, q.sql(), q.args...)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	q = newQuery("WHERE case_id IN ")
	q.add(in(q, cases) + " AND document_id IN ")
	q.add(in(q, ids) + " ORDER BY id")
	penalties, err := Penalties.list(tx, q.sql(), q.args...)
	if err != nil {
		return nil, fmt.Errorf("read the penalties of decisions: %w", err)
	}
	for _, p := range penalties {
		d := &list[at[int64(p.DocumentID)]]
		d.Kinds = append(d.Kinds, p.Kind)
		switch {
		case !p.Fine():
		case p.Amount == nil:
			d.Unknown = true
		case d.Fine == nil:
			sum := *p.Amount
			d.Fine = &sum
		default:
			*d.Fine += *p.Amount
		}
	}
	return list, tx.partiesOfDecisions(list, cases)
}

func (tx *Tx) partiesOfDecisions(list []Decision, cases []registry.CaseID) error {
	q := newQuery("SELECT cp.case_id, cp.name_at_act, p.name, p.credit_code FROM case_parties cp JOIN parties p ON p.id = cp.party_id WHERE cp.case_id IN ")
	q.add(in(q, cases) + " ORDER BY cp.case_id, cp.seq")
	of := map[registry.CaseID][][3]string{}
	err := tx.each(func(rows *sql.Rows) error {
		var id registry.CaseID
		var x [3]string
		err := rows.Scan(&id, &x[0], &x[1], &x[2])
		of[id] = append(of[id], x)
		return err
	}, q.sql(), q.args...)
	if err != nil {
		return fmt.Errorf("read the parties of decisions: %w", err)
	}
	for i := range list {
		for _, x := range of[list[i].CaseID] {
			if x[0] != "" && x[0] != x[1] {
				list[i].Names = append(list[i].Names, x[0])
			}
			list[i].Names = append(list[i].Names, x[1])
			if x[2] != "" {
				list[i].Codes = append(list[i].Codes, x[2])
			}
		}
	}
	return nil
}

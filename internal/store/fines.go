package store

import (
	"database/sql"

	"casebook/internal/registry"
)

// sumFines adds the fines in force to a page of cases. They are the penalties' amounts but where a decision was taken back or
// changed: those few cases are read whole, so that the list and the case page say the same.
func (tx *Tx) sumFines(at map[registry.CaseID]*CaseRow, ids []registry.CaseID) error {
	turned, err := tx.turned(ids)
	if err != nil {
		return err
	}
	files, err := tx.CaseFiles(turned)
	if err != nil {
		return err
	}
	whole := map[registry.CaseID]bool{}
	for _, f := range files {
		whole[f.Case.ID], at[f.Case.ID].Fines = true, f.Fines()
	}
	q := newQuery("SELECT case_id, kind, amount_fen FROM penalties WHERE case_id IN ")
	q.add(in(q, ids))
	return tx.each(func(r *sql.Rows) error {
		var id registry.CaseID
		var p registry.Penalty
		if err := r.Scan(&id, &p.Kind, &p.Amount); err != nil {
			return err
		}
		if p.Fine() && !whole[id] {
			at[id].Fines.Add(p.Amount)
		}
		return nil
	}, q.sql(), q.args...)
}

// turned are the cases among ids with a decision that was taken back or changed.
func (tx *Tx) turned(ids []registry.CaseID) (list []registry.CaseID, err error) {
	q := newQuery("SELECT DISTINCT case_id FROM documents WHERE kind IN ('" + string(registry.DocAnnulled) + "', '" + string(registry.DocChanged) + "') AND case_id IN ")
	q.add(in(q, ids))
	err = tx.each(func(r *sql.Rows) error {
		var id registry.CaseID
		err := r.Scan(&id)
		list = append(list, id)
		return err
	}, q.sql(), q.args...)
	return list, err
}

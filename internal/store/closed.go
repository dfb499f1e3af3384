package store

import "casebook/internal/registry"

// ClosedCaseOn is the title of a closed case that rests on an inspection; empty where there is none.
func (tx *Tx) ClosedCaseOn(id registry.InspectionID) (title string, err error) {
	err = tx.one([]any{&title}, `SELECT c.title FROM case_inspections ci JOIN cases c ON c.id = ci.case_id
		WHERE ci.inspection_id = $1 AND c.stage = $2 ORDER BY c.id LIMIT 1`, id, registry.StageClosed)
	if noRows(err) {
		return "", nil
	}
	return title, err
}

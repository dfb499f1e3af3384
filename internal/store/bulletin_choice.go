package store

import (
	"database/sql"
	"fmt"

	"casebook/internal/registry"
)

// DecidedFilter selects cases by their last penalty decision; zero fields select all.
type DecidedFilter struct {
	DistrictCode string
	TypeCode     string
	Month        registry.Date // of the decision; zero: any, also one that is not known
}

// lastDecision holds for a decision that no later one of the case follows.
const lastDecision = `NOT EXISTS (SELECT 1 FROM documents e WHERE e.case_id = d.case_id AND e.kind = '行政处罚决定' AND (e.made_on, e.id) > (d.made_on, d.id))`

// DecidedCases lists the cases with a penalty decision, the latest decision first, those of an unknown day last; next is empty where nothing
// follows. They are read in the order of the list from an index of the decisions.
func (tx *Tx) DecidedCases(f DecidedFilter, p Page) (ids []registry.CaseID, next string, err error) {
	q := newQuery("SELECT d.case_id, d.made_on, d.id FROM documents d JOIN cases x ON x.id = d.case_id WHERE d.kind = '行政处罚决定' AND x.voided || '' = ''")
	if !f.Month.IsZero() {
		q.add(" AND d.made_on >= ? AND d.made_on <= ? AND (d.made_on_latest = '' OR d.made_on_latest <= ?)", f.Month.Earliest(), f.Month.Latest(), f.Month.Latest())
	}
	q.andIf(f.DistrictCode != "", "x.district_code || '' = ?", f.DistrictCode)
	q.andIf(f.TypeCode != "", "EXISTS (SELECT 1 FROM case_types ct WHERE ct.type_code = ? AND ct.case_id = x.id)", f.TypeCode)
	q.add(" AND " + lastDecision)
	if err := keyset(q, p, false, "d.id", "d.made_on"); err != nil {
		return nil, "", err
	}
	var last [2]string
	err = tx.each(func(r *sql.Rows) error {
		var id registry.CaseID
		var day string
		var document int64
		if err := r.Scan(&id, &day, &document); err != nil {
			return err
		}
		if len(ids) == p.Limit {
			next = cursor(false, last)
			return nil
		}
		ids, last = append(ids, id), [2]string{day, fmt.Sprint(document)}
		return nil
	}, q.sql(), q.args...)
	if err != nil {
		return nil, "", fmt.Errorf("list decided cases: %w", err)
	}
	return ids, next, nil
}

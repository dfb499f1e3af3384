package store

import (
	"cmp"
	"slices"

	"casebook/internal/registry"
)

// made is what a transaction knows of the rows that it inserted: a case that was just opened is settled without being read again. What
// changes such a row forgets it, and then it is read as any other.
type made struct {
	rows   map[rowKey]any // a pointer to the row as it was written
	told   map[rowKey]bool
	files  map[registry.CaseID]*registry.CaseFile // with what stands on the case itself
	visits map[registry.InspectionID]*visit
}

type rowKey struct {
	entity string
	id     int64
}

// visit is what belongs to an inspection.
type visit struct {
	samples  []registry.Sample
	evidence []registry.Evidence
}

// row notes an inserted row, of which x is a pointer to a copy.
func (m *made) row(entity string, id int64, x any) {
	if m.rows == nil {
		*m = made{rows: map[rowKey]any{}, told: map[rowKey]bool{}, files: map[registry.CaseID]*registry.CaseFile{}, visits: map[registry.InspectionID]*visit{}}
	}
	m.rows[rowKey{entity, id}] = x
	switch x := x.(type) {
	case *registry.Case:
		m.files[x.ID] = &registry.CaseFile{Case: *x}
	case *registry.Inspection:
		m.visits[x.ID] = &visit{}
	case *registry.Sample:
		if v := m.visits[x.InspectionID]; v != nil {
			v.samples = append(v.samples, *x)
		}
	case *registry.Evidence:
		if v := m.visits[x.InspectionID]; v != nil {
			v.evidence = append(v.evidence, *x)
		}
	case *registry.Publication:
		for _, c := range x.Cases {
			delete(m.files, c.CaseID)
		}
	}
	if f := m.files[caseOf(x)]; f != nil {
		add(f, x)
	}
}

// caseOf is the case that a row stands on.
func caseOf(x any) registry.CaseID {
	switch x := x.(type) {
	case *registry.Evidence:
		return x.CaseID
	case *registry.Violation:
		return x.CaseID
	case *registry.Document:
		return x.CaseID
	case *registry.Penalty:
		return x.CaseID
	case *registry.Payment:
		return x.CaseID
	case *registry.ReviewNote:
		return x.CaseID
	}
	return 0
}

func add(f *registry.CaseFile, x any) {
	switch x := x.(type) {
	case *registry.Evidence:
		f.Evidence = append(f.Evidence, *x)
	case *registry.Violation:
		f.Violations = append(f.Violations, *x)
	case *registry.Document:
		f.Documents = append(f.Documents, *x)
	case *registry.Penalty:
		f.Penalties = append(f.Penalties, *x)
	case *registry.Payment:
		f.Payments = append(f.Payments, *x)
	case *registry.ReviewNote:
		f.ReviewNotes = append(f.ReviewNotes, *x)
	}
}

// forget drops a row that is changed or deleted, with the file that it is part of.
func (m *made) forget(entity string, id int64) {
	key := rowKey{entity, id}
	switch x := m.rows[key].(type) {
	case nil: // of an earlier transaction, as is what it stands on
		return
	case *registry.Case:
		delete(m.files, x.ID)
	case *registry.Inspection:
		delete(m.visits, x.ID)
	case *registry.Sample:
		delete(m.visits, x.InspectionID)
	case *registry.Evidence:
		delete(m.visits, x.InspectionID)
		delete(m.files, x.CaseID)
	default:
		delete(m.files, caseOf(x))
	}
	delete(m.rows, key)
}

// forget drops what the transaction knows of a row that it changes or deletes.
func (tx *Tx) forget(entity string, id int64) {
	tx.made.forget(entity, id)
	delete(tx.foreseen, rowKey{entity, id})
	tx.named.forget(entity)
}

// held is a pointer to a row that the transaction inserted or foresaw, and did not change since; nil for any other.
func (tx *Tx) held(entity string, id int64) any {
	key := rowKey{entity, id}
	if x := tx.made.rows[key]; x != nil {
		return x
	}
	return tx.foreseen[key]
}

// lasting are the rows that what is written later names: the farms and parties.
func (m *made) lasting() (of made) {
	for key, x := range m.rows {
		if key.entity == Farms.Entity || key.entity == Parties.Entity {
			of.row(key.entity, key.id, x)
			of.told[key] = true
		}
	}
	return of
}

// has reports a row that the transaction inserted and did not change since.
func (m *made) has(entity string, id int64) bool { return m.rows[rowKey{entity, id}] != nil }

// fresh is true once for a row that was inserted: search cannot know it yet.
func (m *made) fresh(entity string, id int64) bool {
	key := rowKey{entity, id}
	if m.rows[key] == nil || m.told[key] {
		return false
	}
	m.told[key] = true
	return true
}

// madeFiles are the files of those of some cases that the transaction made with all that is on them; rest are the others.
func (tx *Tx) madeFiles(ids []registry.CaseID) (list []*registry.CaseFile, rest []registry.CaseID, err error) {
	files := map[registry.CaseID]*registry.CaseFile{}
	var cases []*registry.Case
	for _, id := range ids {
		own := tx.made.files[id]
		if own == nil || slices.ContainsFunc(own.Case.Inspections, func(i registry.InspectionID) bool { return tx.made.visits[i] == nil }) {
			rest = append(rest, id)
			continue
		}
		f := *own
		for _, i := range f.Case.Inspections {
			for _, e := range tx.made.visits[i].evidence {
				if e.CaseID != id {
					f.Evidence = append(slices.Clip(f.Evidence), e)
				}
			}
		}
		asRead(&f)
		files[id] = &f
		cases, list = append(cases, &f.Case), append(list, &f)
	}
	if len(list) == 0 {
		return nil, rest, nil
	}
	if err := tx.attachNouns(cases, files, whole); err != nil {
		return nil, nil, err
	}
	if err := tx.loadFiles(files); err != nil {
		return nil, nil, err
	}
	kinds, err := tx.Kinds()
	if len(kinds) > 0 {
		for _, f := range list {
			f.Kinds = kinds
		}
	}
	return list, rest, err
}

// asRead sorts what stands on a case as CaseFiles reads it.
func asRead(f *registry.CaseFile) {
	slices.SortStableFunc(f.Evidence, func(a, b registry.Evidence) int { return cmp.Or(cmp.Compare(a.Seq, b.Seq), cmp.Compare(a.ID, b.ID)) })
	slices.SortStableFunc(f.Violations, func(a, b registry.Violation) int { return cmp.Or(cmp.Compare(a.Seq, b.Seq), cmp.Compare(a.ID, b.ID)) })
	slices.SortStableFunc(f.Payments, func(a, b registry.Payment) int {
		return cmp.Or(cmp.Compare(a.PaidOn.Earliest(), b.PaidOn.Earliest()), cmp.Compare(a.ID, b.ID))
	})
	registry.SortDocuments(f.Documents)
}

package casework

import (
	"context"
	"strings"

	"casebook/internal/registry"
	"casebook/internal/store"
)

// Found is what the search box finds in the register, a few of each kind; More tells that the list behind it has others.
type Found struct {
	Numbered    []NumberedRecord // whose number it is, letter for letter or spelt in another way
	Cases       FoundOf[store.CaseRow]
	Farms       FoundOf[store.FarmRow]
	Parties     FoundOf[store.PartyRow]
	Inspections FoundOf[store.InspectionRow]
	Bulletins   []store.BulletinTitle
}

// FoundOf is a few of one kind.
type FoundOf[T any] struct {
	Rows []T
	More bool
}

// NumberedRecord is a case, a document or an inspection with a number. Of a document, Title is that of its case.
type NumberedRecord struct {
	Entity string
	ID     int64
	Case   registry.CaseID // that a document is of
	Title  string
}

// Find looks for words in every list that has an index of words, and for a number, as the search box of a page asks.
func (s *Service) Find(ctx context.Context, a registry.Actor, q string, few int) (f Found, err error) {
	asking, page := s.asking(a), store.Page{Limit: few, Uncounted: true}
	err = s.read(ctx, a, registry.PermRecordRead, func(tx *store.Tx) error {
		var next string
		if f.Numbered, err = numberedRecords(tx, q); err != nil {
			return err
		}
		if f.Cases.Rows, next, err = tx.Cases(store.CaseFilter{Q: q, Asking: asking}, page); err != nil {
			return err
		}
		f.Cases.More = next != ""
		if f.Farms.Rows, next, err = tx.Farms(store.FarmFilter{Q: q, Asking: asking}, page); err != nil {
			return err
		}
		f.Farms.More = next != ""
		if f.Parties.Rows, next, err = tx.Parties(store.PartyFilter{Q: q, Asking: asking}, page); err != nil {
			return err
		}
		f.Parties.More = next != ""
		if f.Inspections.Rows, next, err = tx.Inspections(store.InspectionFilter{Q: q, Asking: asking}, page); err != nil {
			return err
		}
		f.Inspections.More = next != ""
		if a.May(registry.PermBulletinRead) == nil {
			f.Bulletins, err = tx.FindBulletins(q, few)
		}
		return err
	})
	return f, err
}

// numberedRecords are the records that a number is of, as far as the transaction may read them.
func numberedRecords(tx *store.Tx, q string) ([]NumberedRecord, error) {
	if !strings.ContainsFunc(q, func(r rune) bool { return r >= '0' && r <= '9' }) {
		return nil, nil
	}
	entity, id, err := tx.RecordNumbered(q)
	if registry.KindOf(err) == registry.KindNotFound {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	x := NumberedRecord{Entity: entity, ID: id}
	if err := tx.MayRead(entity, nounName(entity), id); err != nil {
		if registry.KindOf(err) == registry.KindNotFound {
			err = nil
		}
		return nil, err
	}
	switch entity {
	case store.Cases.Entity:
		c, err := store.Cases.Get(tx, id)
		if err != nil {
			return nil, err
		}
		x.Title = c.Title
	case store.Documents.Entity:
		d, err := store.Documents.Get(tx, id)
		if err != nil {
			return nil, err
		}
		c, err := store.Cases.Get(tx, int64(d.CaseID))
		if err != nil {
			return nil, err
		}
		x.Case, x.Title = c.ID, string(d.Kind)+"，"+c.Title
	case store.Inspections.Entity:
		i, err := store.Inspections.Get(tx, id)
		if err != nil {
			return nil, err
		}
		farm, err := store.Farms.Get(tx, int64(i.FarmID))
		if err != nil {
			return nil, err
		}
		x.Title = farm.Name
	}
	return []NumberedRecord{x}, nil
}

package casework

import (
	"context"

	"casebook/internal/procedure"
	"casebook/internal/registry"
	"casebook/internal/store"
)

// Facts are what the clocks and checks of a case are read from, as of today.
func (s *Service) Facts(ctx context.Context, a registry.Actor, f *registry.CaseFile) (*procedure.Facts, error) {
	x := s.clockFacts(f)
	for _, r := range s.FineRanges(f) {
		x.Ranges = append(x.Ranges, r.PenaltyRange)
	}
	err := s.read(ctx, a, registry.PermRecordRead, func(tx *store.Tx) (err error) {
		x.Officers, err = tx.OfficersByID(officersOf(f))
		return err
	})
	return x, err
}

// clockFacts are the facts that clocks need: all but the people and the ranges of fines.
func (s *Service) clockFacts(f *registry.CaseFile) *procedure.Facts {
	x := &procedure.Facts{File: f, Law: s.Law(), Calendar: s.Calendar(), Today: s.Today(), ActEnds: make([]registry.Date, len(f.Violations))}
	for i := range f.Violations {
		x.ActEnds[i] = actEnd(f, &f.Violations[i])
	}
	return x
}

// officersOf are the officers of the roster whom a case names.
func officersOf(f *registry.CaseFile) []registry.OfficerID {
	var ids []registry.OfficerID
	for _, i := range f.Inspections {
		for _, o := range i.Officers {
			ids = append(ids, o.OfficerID)
		}
	}
	for _, d := range f.Documents {
		for _, p := range d.Participants {
			ids = append(ids, p.OfficerID)
		}
	}
	return ids
}

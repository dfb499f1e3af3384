package casework

import (
	"context"
	"math"
	"strings"

	"casebook/internal/procedure"
	"casebook/internal/registry"
	"casebook/internal/store"
)

// facts are what the clocks and checks of a case are read from, as of today.
func (s *Service) facts(tx *store.Tx, f *registry.CaseFile, ranges []CandidateRange) (x *procedure.Facts, err error) {
	x = s.clockFacts(f)
	for _, r := range ranges {
		x.Ranges = append(x.Ranges, procedure.Range{PenaltyRange: r.PenaltyRange, No: r.No})
	}
	x.Officers, err = tx.OfficersByID(officersOf(f))
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

// reviewRemark is what the audit log says of a decision or a closing that the file review would find fault with: the defects as they stood
// when it was recorded. It refuses nothing.
func (s *Service) reviewRemark(ctx context.Context, a registry.Actor, x *registry.Document) (remark string) {
	err := s.read(ctx, a, registry.PermRecordRead, func(tx *store.Tx) (err error) {
		remark, err = s.reviewRemarkIn(tx, x)
		return err
	})
	if err != nil {
		return "" // a case that is not there is refused by the write itself
	}
	return remark
}

func (s *Service) reviewRemarkIn(tx *store.Tx, x *registry.Document) (string, error) {
	if x.Kind != registry.DocDecision && x.Kind != registry.DocClosing {
		return "", nil
	}
	f, err := tx.CaseFile(x.CaseID)
	if err != nil {
		return "", err
	}
	with := *x
	with.ID = -1 // it has none yet, and zero stands for the case itself
	if with.Seq == 0 {
		with.Seq = math.MaxInt64
	}
	f.Documents = append(f.Documents, with)
	registry.SortDocuments(f.Documents)
	facts, err := s.facts(tx, f, s.FineRanges(f))
	if err != nil {
		return "", err
	}
	var defects []string
	for _, c := range procedure.Checks(facts) {
		if c.Verdict == procedure.Defect {
			defects = append(defects, c.Title)
		}
	}
	if len(defects) == 0 {
		return "", nil
	}
	return "案卷检查存在问题：" + strings.Join(defects, "；"), nil
}

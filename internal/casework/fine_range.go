package casework

import (
	"cmp"
	"context"

	"casebook/internal/procedure"
	"casebook/internal/registry"
	"casebook/internal/statute"
)

// CandidateRange is one range of fines that may apply to a case: of which violation, under which candidate basis.
type CandidateRange struct {
	statute.PenaltyRange
	No        int    // of the violation in the case, from 1
	Label     string // of its type
	Candidate string // 法典, 并行：…
}

// Placed is a fine on one of them.
type Placed struct {
	CandidateRange
	statute.Placement
}

// FineRanges are the ranges of fines that the catalogue offers for the violations of a case, of every candidate: which applies
// is a person's decision. 按日连续处罚 is among them, computed from the first fine and the days.
func (s *Service) FineRanges(f *registry.CaseFile) []CandidateRange { return rangesOf(f, s.Offers(f)) }

func rangesOf(f *registry.CaseFile, offers []ViolationOffer) []CandidateRange {
	var list []CandidateRange
	for i, o := range offers {
		label := f.Violations[i].TypeCode
		if o.Offer.Type != nil {
			label = o.Offer.Type.Label
		}
		for _, c := range o.Offer.Candidates {
			for _, p := range c.Penalties {
				if p.Fine() {
					list = append(list, CandidateRange{p, i + 1, label, c.Label})
				}
			}
			for _, m := range c.Measures {
				if m.Kind == string(registry.DocDailyPenalty) {
					list = append(list, CandidateRange{statute.DailyFine(m), i + 1, label, c.Label})
				}
			}
		}
	}
	return list
}

// OwnRanges are the ranges that a penalty of a case is judged by, and how they were told: see procedure.RangesOf.
func (s *Service) OwnRanges(f *registry.CaseFile, x *registry.Penalty, ranges []CandidateRange) (own []CandidateRange, how string) {
	return procedure.RangesOf(s.clockFacts(f), x, ranges, func(r CandidateRange) procedure.Range {
		return procedure.Range{PenaltyRange: r.PenaltyRange, No: r.No}
	})
}

// Place puts a penalty's amount on each of the ranges of its kind. It is empty where nothing can be placed: no amount, or a kind that
// has no range (没收).
func Place(x *registry.Penalty, ranges []CandidateRange) []Placed {
	var list []Placed
	for _, r := range ranges {
		if p, ok := procedure.Place(x, r.PenaltyRange); ok {
			list = append(list, Placed{r, p})
		}
	}
	return list
}

// Outside reports whether an amount lies outside every range it was placed on, so that the record carries a flag and a reason.
// It never says that a fine is wrong: several acts may be fined in one sum, and 减轻 goes below a range. It is false where
// nothing can be told: no range, or one that nobody has verified or whose base is not known.
func Outside(list []Placed) bool {
	for _, p := range list {
		if p.Position == statute.Inside || p.Position == statute.Unplaced {
			return false
		}
	}
	return len(list) > 0
}

// RangeQuantities are what the ranges of a kind are computed from, each once: the names of bases, and of what is counted.
func RangeQuantities(ranges []CandidateRange) (bases, counted []string) {
	seen := map[string]bool{}
	for _, r := range ranges {
		c := cmp.Or(r.Compute, &statute.Computation{})
		if c.Of != "" && !seen[c.Of] {
			seen[c.Of] = true
			bases = append(bases, c.Of)
		}
		if c.Per != "" && !seen["/"+c.Per] {
			seen["/"+c.Per] = true
			counted = append(counted, c.Per)
		}
	}
	return bases, counted
}

// rangeRemark is what the audit log says of a fine outside the ranges on offer. It refuses nothing: a defective decision is
// recorded as it was made.
func (s *Service) rangeRemark(ctx context.Context, a registry.Actor, x *registry.Penalty) string {
	f, err := s.CaseFile(ctx, a, x.CaseID)
	if err != nil {
		return "" // a case that is not there is refused by the write itself
	}
	return s.rangeRemarkOn(f, x)
}

func (s *Service) rangeRemarkOn(f *registry.CaseFile, x *registry.Penalty) string {
	if own, _ := s.OwnRanges(f, x, s.FineRanges(f)); !Outside(Place(x, own)) {
		return ""
	}
	return "金额在可选条款的罚款幅度之外"
}

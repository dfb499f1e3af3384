package casework

import (
	"context"
	"strings"

	"casebook/internal/registry"
	"casebook/internal/statute"
)

// OutsideRanges reports whether a fine lies outside every range that may apply to it, so that the record carries a flag and a
// reason. It never says that a fine is wrong: several acts may be fined in one sum, and 减轻 goes below a range.
//
// It is false where nothing can be told: no amount, a kind that has no range (没收, 按日连续罚款), no range of the kind, or one
// that the law computes (直接损失×20%) or that nobody has verified.
func OutsideRanges(kind string, amount *registry.Money, ranges []statute.PenaltyRange) bool {
	if amount == nil || kind != "罚款" {
		return false
	}
	outside := false
	for _, r := range ranges {
		if !strings.HasPrefix(r.Kind, "罚款") {
			continue
		}
		if r.Min == nil && r.Max == nil {
			return false
		}
		if (r.Min == nil || *amount >= *r.Min) && (r.Max == nil || *amount <= *r.Max) {
			return false
		}
		outside = true
	}
	return outside
}

// FineRanges are the ranges of fines that the catalogue offers for the violations of a case, of every candidate.
func (s *Service) FineRanges(f *registry.CaseFile) []statute.PenaltyRange {
	var list []statute.PenaltyRange
	for _, o := range s.Offers(f) {
		for _, c := range o.Offer.Candidates {
			for _, p := range c.Penalties {
				if strings.HasPrefix(p.Kind, "罚款") {
					list = append(list, p)
				}
			}
		}
	}
	return list
}

// rangeRemark is what the audit log says of a fine outside the ranges on offer. It refuses nothing: a defective decision is
// recorded as it was made.
func (s *Service) rangeRemark(ctx context.Context, a registry.Actor, x *registry.Penalty) string {
	f, err := s.CaseFile(ctx, a, x.CaseID)
	if err != nil || !OutsideRanges(x.Kind, x.Amount, s.FineRanges(f)) {
		return "" // a case that is not there is refused by the write itself
	}
	return "金额在可选条款的罚款幅度之外"
}

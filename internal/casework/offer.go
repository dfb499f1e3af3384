package casework

import (
	"context"

	"casebook/internal/registry"
	"casebook/internal/statute"
	"casebook/internal/store"
)

// ViolationOffer is what the catalogue offers for one violation of a case, and which date chose the version of the law.
type ViolationOffer struct {
	Offer    statute.Offer
	End      registry.Date
	Standing string // where the act's end is blank, what stands in for it: 检查日期, 发现日期; empty where neither is known
}

// Offers lists the offers for the violations of a case, in their order. A violation without a type, or with one that the
// catalogue has no longer, gets an empty offer.
func (s *Service) Offers(f *registry.CaseFile) []ViolationOffer {
	list := make([]ViolationOffer, len(f.Violations))
	for i := range f.Violations {
		list[i] = s.OfferIn(f, &f.Violations[i])
	}
	return list
}

// OfferIn is what the catalogue offers for one violation of a case; of the case it reads the grounds.
func (s *Service) OfferIn(f *registry.CaseFile, x *registry.Violation) ViolationOffer {
	o := ViolationOffer{End: actEnd(f, x)}
	switch {
	case !x.ActTo.IsZero() || o.End.IsZero():
	case o.End == f.Case.FoundOn && !inspectedOn(f, o.End):
		o.Standing = "发现日期"
	default:
		o.Standing = "检查日期"
	}
	if offer, err := s.Law().Offer(x.TypeCode, x.ActFrom, o.End, circumstances(f)); err == nil {
		o.Offer = offer
	}
	return o
}

func inspectedOn(f *registry.CaseFile, d registry.Date) bool {
	for _, i := range f.Inspections {
		if i.StartedOn == d {
			return true
		}
	}
	return false
}

// ConfirmCitations turns the citations that the catalogue offered for a violation into ones the officer has confirmed. Version is
// the one the officer looked at.
func (s *Service) ConfirmCitations(ctx context.Context, a registry.Actor, id registry.ViolationID, version int64) (x registry.Violation, err error) {
	if err := a.May(registry.PermRecordWrite); err != nil {
		return x, err
	}
	err = s.write(ctx, a, func(tx *store.Tx) error {
		if x, err = store.Violations.Get(tx, int64(id)); err != nil {
			return err
		}
		x.Version = version
		offered := 0
		for i := range x.Citations {
			if x.Citations[i].Standing == registry.StandingOffered {
				x.Citations[i].Standing = registry.StandingConfirmed
				offered++
			}
		}
		if offered == 0 {
			return registry.Conflict("没有等待确认的条款。")
		}
		f, err := tx.CaseGrounds(x.CaseID)
		if err != nil {
			return err
		}
		if o := s.OfferIn(f, &x).Offer; o.NeedsChoice && x.VersionChoice == "" && len(confirmedOf(o, &x)) > 0 {
			return registry.Conflict("可能适用的不止一种依据或版本：请先编辑这项违法行为，选择从旧、从轻或其他并写明理由，再确认条款。")
		}
		return changeIn(tx, s, act{actor: a, action: "确认条款"}, store.Violations, &x, s.violationChecks(&x)...)
	})
	return x, err
}

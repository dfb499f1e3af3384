package casework

import (
	"slices"
	"strings"

	"casebook/internal/registry"
	"casebook/internal/statute"
)

// keepChoice keeps 行政处罚法第三十七条 on the record: where the law leaves a choice between bases, a citation of one of them is
// confirmed only by a person who chose and wrote why. Without that it waits as offered; nothing is refused for it, because a
// client may send the facts first. Two bases at once, or one article in two versions, are no choice and are refused.
// was is the violation as it is stored; empty for a new one.
func (s *Service) keepChoice(f *registry.CaseFile, x, was *registry.Violation) error {
	o := s.OfferIn(f, x).Offer
	if !o.NeedsChoice {
		return nil
	}
	fresh := freshlyConfirmed(x, was)
	chosen := confirmedOf(o, x)
	if err := oneBasis(o, chosen); err != nil {
		return err
	}
	if x.VersionChoice != "" && strings.TrimSpace(x.ChoiceReason) != "" {
		return nil
	}
	for _, c := range chosen {
		if fresh(*c.citation) {
			c.citation.Standing = registry.StandingOffered
		}
	}
	return nil
}

// chosenCitation is a confirmed citation that the offer has, and in which of its candidates.
type chosenCitation struct {
	citation *registry.Citation
	in       []int
}

func confirmedOf(o statute.Offer, x *registry.Violation) []chosenCitation {
	var list []chosenCitation
	for i := range x.Citations {
		c := &x.Citations[i]
		if c.Standing != registry.StandingConfirmed {
			continue
		}
		var in []int
		for n, cand := range o.Candidates {
			if slices.ContainsFunc(slices.Concat(cand.Breached, cand.Liability), func(have statute.OfferedCitation) bool { return sameCitation(have.Citation, *c) }) {
				in = append(in, n)
			}
		}
		if len(in) > 0 {
			list = append(list, chosenCitation{c, in})
		}
	}
	return list
}

func sameCitation(a, b registry.Citation) bool {
	return a.Role == b.Role && a.LawID == b.LawID && a.VersionID == b.VersionID && a.Provision == b.Provision
}

// oneBasis refuses confirmed citations that no single candidate holds, and one article confirmed in two versions.
func oneBasis(o statute.Offer, chosen []chosenCitation) error {
	for n, c := range chosen {
		for _, other := range chosen[:n] {
			a, b := *c.citation, *other.citation
			if a.VersionID != b.VersionID && a.Role == b.Role && a.LawID == b.LawID && a.Provision == b.Provision {
				return registry.Invalid("citations", "%s确认了两个版本，请只选一个", a)
			}
		}
	}
	for n := range o.Candidates {
		if !slices.ContainsFunc(chosen, func(c chosenCitation) bool { return !slices.Contains(c.in, n) }) {
			return nil
		}
	}
	var labels []string
	for _, c := range chosen {
		if l := o.Candidates[c.in[0]].Label; !slices.Contains(labels, l) {
			labels = append(labels, l)
		}
	}
	return registry.Invalid("citations", "确认的条款分属几种依据（%s），请只选一种", strings.Join(labels, "、"))
}

// freshlyConfirmed tells the citations that this edit confirms from those that were confirmed before for the same act: an old
// decision does not lose its standing because a note was edited.
func freshlyConfirmed(x, was *registry.Violation) func(registry.Citation) bool {
	same := x.ID != 0 && was.TypeCode == x.TypeCode && was.ActFrom == x.ActFrom && was.ActTo == x.ActTo
	return func(c registry.Citation) bool {
		return !same || !slices.ContainsFunc(was.Citations, func(old registry.Citation) bool {
			return old.Standing == registry.StandingConfirmed && sameCitation(old, c)
		})
	}
}

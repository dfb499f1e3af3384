package view

import (
	"cmp"
	"slices"
	"strings"

	"casebook/internal/registry"
	"casebook/internal/statute"
)

// FineOrder is one fine of one candidate in the list that puts all of them side by side.
type FineOrder struct {
	Candidate, Basis string
	Max, Min         string
	Computed         string // in words, where the law names no amounts: they cannot be put in order
	Must, Condition  string

	max, min registry.Money
	person   bool
}

// FinesInOrder lists the fines of several candidates, those of the unit first, the lower upper bound first, then the lower lower
// bound: the arithmetic of 从旧 or 从轻 and no judgement. It is empty where fewer than two candidates have a fine.
func FinesInOrder(o statute.Offer) []FineOrder {
	var list []FineOrder
	var with []string
	for _, cand := range o.Candidates {
		for _, p := range cand.Penalties {
			if !strings.HasPrefix(p.Kind, "罚款") {
				continue
			}
			if !slices.Contains(with, cand.Label) {
				with = append(with, cand.Label)
			}
			list = append(list, fineInOrder(cand.Label, p))
		}
	}
	if len(with) < 2 {
		return nil
	}
	slices.SortStableFunc(list, func(a, b FineOrder) int {
		return cmp.Or(Order(a.person, b.person), Order(a.Computed != "", b.Computed != ""), cmp.Compare(a.max, b.max), cmp.Compare(a.min, b.min))
	})
	return list
}

func fineInOrder(label string, p statute.PenaltyRange) FineOrder {
	x := FineOrder{Candidate: label, Must: Must(p.Mandatory), Condition: p.Condition, Min: "无下限", person: p.Kind != "罚款"}
	var basis []string
	for _, ref := range p.Basis {
		basis = append(basis, ref.String())
	}
	x.Basis = strings.Join(basis, "、")
	if x.person {
		x.Basis = p.Kind + "　" + x.Basis
	}
	if p.Max == nil || p.Formula != "" {
		x.Computed = RangeWords(p)
		return x
	}
	x.max, x.Max = *p.Max, p.Max.String()
	if p.Min != nil && *p.Min > 0 {
		x.min, x.Min = *p.Min, p.Min.String()
	}
	return x
}

// Order puts what is not before what is.
func Order(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

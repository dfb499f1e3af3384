package statute

import (
	"math/big"

	"casebook/internal/lazyregexp"
	"casebook/internal/registry"
)

// TierUnit is the unit of the number that the tiers are graded by (倍, 次); empty where they are not graded by one number.
func (t *DiscretionTable) TierUnit() string {
	labels := make([]string, len(t.Tiers))
	for i, tier := range t.Tiers {
		labels[i] = tier.When
	}
	return gradedBy(labels)
}

// TierForNumber finds the tier of a value in TierUnit.
func (t *DiscretionTable) TierForNumber(number string) (int, bool) {
	labels := make([]string, len(t.Tiers))
	for i, tier := range t.Tiers {
		labels[i] = tier.When
	}
	return bracketFor(labels, t.TierUnit(), number)
}

// Unit is the unit of the number that the factor is graded by: 天, 吨, 次; empty where it is not graded by one number.
func (f *DiscretionFactor) Unit() string { return gradedBy(f.labels()) }

// ForNumber finds the option of a value in Unit: 以上 includes the number, 以下 does not.
func (f *DiscretionFactor) ForNumber(number string) (int, bool) {
	return bracketFor(f.labels(), f.Unit(), number)
}

func (f *DiscretionFactor) labels() []string {
	labels := make([]string, len(f.Options))
	for i, o := range f.Options {
		labels[i] = o.Label
	}
	return labels
}

// Brackets are read from the labels themselves, so that what is computed and what is printed cannot differ.
var bracketUnits = []string{"个月", "天", "吨", "次", "倍", "个"}

type bracketText struct{ from, below, exact *lazyregexp.Regexp }

var bracketTexts = func() map[string]bracketText {
	m := map[string]bracketText{}
	for _, u := range bracketUnits {
		m[u] = bracketText{lazyregexp.New(`(\d+)` + u + `以上`), lazyregexp.New(`(\d+)` + u + `以下`), lazyregexp.New(`^(\d+)` + u + `$`)}
	}
	return m
}()

// gradedBy is the unit in which at least two labels have bounds that meet without a gap or an overlap; empty if none is.
func gradedBy(labels []string) string {
	for _, u := range bracketUnits {
		n := 0
		var end *big.Rat
		meets := true
		for _, l := range labels {
			from, below, ok := bracket(l, u)
			if !ok {
				continue
			}
			meets = meets && (n == 0 || end != nil && from != nil && end.Cmp(from) == 0)
			end = below
			n++
		}
		if n > 1 && meets {
			return u
		}
	}
	return ""
}

// bracket reads the bounds of a label in a unit: [from, below), nil where open.
func bracket(label, unit string) (from, below *big.Rat, ok bool) {
	number := func(m []string) *big.Rat {
		if m == nil {
			return nil
		}
		r, _ := new(big.Rat).SetString(m[1])
		return r
	}
	texts := bracketTexts[unit]
	if n := number(texts.exact.FindStringSubmatch(label)); n != nil {
		return n, new(big.Rat).Add(n, big.NewRat(1, 1)), true
	}
	from, below = number(texts.from.FindStringSubmatch(label)), number(texts.below.FindStringSubmatch(label))
	return from, below, from != nil || below != nil
}

func bracketFor(labels []string, unit, number string) (int, bool) {
	n, ok := registry.ParseDecimal(number)
	if !ok || unit == "" {
		return Unanswered, false
	}
	for i, l := range labels {
		from, below, ok := bracket(l, unit)
		if ok && (from == nil || n.Cmp(from) >= 0) && (below == nil || n.Cmp(below) < 0) {
			return i, true
		}
	}
	return Unanswered, false
}

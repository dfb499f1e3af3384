package procedure

import (
	"cmp"
	"strings"

	"casebook/internal/registry"
	"casebook/internal/statute"
)

// Place puts a penalty's amount on a range, with what the penalty says the range is computed from. ok is false where there is nothing to
// place: no amount, or a range of another kind.
func Place(x *registry.Penalty, r statute.PenaltyRange) (p statute.Placement, ok bool) {
	if x.Amount == nil || !sameKind(x.Kind, r.Kind) {
		return p, false
	}
	q := statute.Quantities{Of: x.RangeBaseOf, Base: x.RangeBase, Times: x.RangeTimes}
	if x.Kind == registry.PenaltyDaily && q.Base == nil && x.DailyBase != nil { // asked for once
		q = statute.Quantities{Of: originalFine, Base: x.DailyBase, Times: cmp.Or(x.RangeTimes, x.DailyDays)}
	}
	return r.Place(*x.Amount, q), true
}

// originalFine is the base of a daily penalty as the catalogue names it.
const originalFine = "原处罚决定的罚款数额"

// sameKind matches 罚款 with 罚款 and 罚款（个人）, 按日连续罚款 with itself.
func sameKind(penalty, provided string) bool {
	return penalty == provided || penalty == "罚款" && strings.HasPrefix(provided, "罚款")
}

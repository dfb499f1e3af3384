package procedure

import (
	"cmp"
	"slices"
	"strings"

	"casebook/internal/registry"
	"casebook/internal/statute"
)

// Range is a range of fines that may apply to a case: that of its No-th violation, from 1.
type Range struct {
	statute.PenaltyRange
	No int
}

// RangesOf are the ranges that a penalty is judged by, where a case has several violations, and how they were told: those of the violations whose
// articles the penalty itself names, else its decision; else those that hold its amount. A penalty names no violation of its own: where nothing
// tells, and in a case of one, it is judged by every range.
func RangesOf[R any](x *Facts, p *registry.Penalty, ranges []R, as func(R) Range) (own []R, how string) {
	only := func(nos []int) []R {
		return slices.DeleteFunc(slices.Clone(ranges), func(r R) bool { return !slices.Contains(nos, as(r).No) })
	}
	if !slices.ContainsFunc(ranges, func(r R) bool { return as(r).No != as(ranges[0]).No }) {
		return ranges, "" // of one violation, or of none
	}
	if nos := x.citedViolations(x.namedBy(p)); len(nos) > 0 {
		return only(nos), "处罚内容写明的条款"
	}
	if nos := x.citedViolations(decisionOf(x.File, p).Citations); len(nos) > 0 {
		ranges, how = only(nos), "决定书引用的条款"
		if len(nos) == 1 {
			return ranges, how
		}
	}
	var nos []int
	for _, r := range ranges {
		if holds(p, as(r)) {
			nos = append(nos, as(r).No)
		}
	}
	if own = only(nos); len(own) > 0 && len(own) < len(ranges) {
		return own, "没有写明是哪一项，金额在其幅度之内"
	}
	return ranges, how
}

func holds(p *registry.Penalty, r Range) bool {
	placed, ok := Place(p, r.PenaltyRange)
	return ok && placed.Position == statute.Inside
}

// namedBy are the articles that a penalty's own words name.
func (x *Facts) namedBy(p *registry.Penalty) []registry.Citation {
	var list []registry.Citation
	for _, m := range x.Law.Citations(p.Content+"\n"+p.Note, registry.Date{}) {
		list = append(list, registry.Citation{Law: m.Law, LawID: m.LawID, Provision: m.Provision})
	}
	return list
}

// decisionOf is the decision that a penalty rests on: the one it names, or the only one of the case.
func decisionOf(f *registry.CaseFile, p *registry.Penalty) *registry.Document {
	if p.DocumentID != 0 {
		return document(f, p.DocumentID)
	}
	if list := made(registry.DocDecision)(f); len(list) == 1 {
		return document(f, list[0].Document)
	}
	return &registry.Document{}
}

// citedViolations are the violations, from 1, of a case of several that rest on an article among these: not all of them, which would tell nothing.
// An article that is offered and not confirmed yet counts: what the decision rests on does not wait for our entry.
func (x *Facts) citedViolations(list []registry.Citation) []int {
	var nos []int
	for i, v := range x.File.Violations {
		if slices.ContainsFunc(v.Citations, func(c registry.Citation) bool {
			return c.Standing != registry.StandingReview && slices.ContainsFunc(list, func(k registry.Citation) bool {
				return k.LawID != "" && k.LawID == c.LawID && sameArticle(k.Provision, c.Provision)
			})
		}) {
			nos = append(nos, i+1)
		}
	}
	if len(nos) == len(x.File.Violations) {
		return nil
	}
	return nos
}

// sameArticle reports whether two provisions may be one: an article named as a whole is that of each of its paragraphs and items.
func sameArticle(a, b registry.Provision) bool {
	part := func(m, n int) bool { return m == n || m == 0 || n == 0 }
	return a.Article == b.Article && a.Sub == b.Sub && part(a.Paragraph, b.Paragraph) && part(a.Item, b.Item)
}

// Together reports whether a fine above the ranges of every violation is no more than the greatest fines of several taken together, as where several
// acts are fined in one sum.
func Together(p *registry.Penalty, ranges []Range) bool {
	most := map[int]registry.Money{}
	for _, r := range ranges {
		if placed, ok := Place(p, r.PenaltyRange); ok && placed.Max != nil && !r.Personal() {
			most[r.No] = max(most[r.No], *placed.Max)
		}
	}
	var sum, greatest registry.Money
	for _, m := range most {
		sum, greatest = sum+m, max(greatest, m)
	}
	return len(most) > 1 && *p.Amount > greatest && *p.Amount <= sum
}

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

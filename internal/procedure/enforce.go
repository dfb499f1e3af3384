package procedure

import (
	"casebook/internal/registry"
	"casebook/internal/statute"
)

// enforceable are the days from which three months run for asking the court to enforce a fine: the end of the time for a suit, or of the last
// instalment's term where paying later or in parts was approved (行政强制法第五十三条, 行政处罚法第七十二条第二款). A fine that was paid needs no court.
func (x *Facts) enforceable() []Point {
	var list []Point
	for _, start := range fined(x.File) {
		_, paidUp := paid(x.File, start)
		if _, asked := next(registry.DocEnforcement)(x.File, start); paidUp && !asked {
			continue
		}
		p := x.suitEnd(start)
		for _, c := range chargesOf(x.File, x.File.Charges(registry.Date{}), start.Document) {
			if d := x.deferral(&c); d != nil {
				p.What, p.On = "“"+string(registry.DocInstalments)+"”的最后期限届满", d.DueOn
			}
		}
		p.Document = start.Document
		list = append(list, p)
	}
	return list
}

// suitEnd is the day on which the time for a suit against a decision ends: after its service, or after a reconsideration's result.
func (x *Facts) suitEnd(served Point) Point {
	code, from, what := "SUIT_DIRECT", served.On, "起诉期限届满"
	if d, ok := x.contest(registry.DocReconsideration, served.Document); ok {
		code, from, what = "SUIT_AFTER_RECON", d.ResultOn, "复议后起诉期限届满"
	}
	rule, ok := x.Law.Deadline(code)
	if !ok {
		return Point{What: what}
	}
	t := rule.Run(x.Calendar, from, 0, nil)
	if t.On != t.Latest {
		return Point{What: what + "（起算日不够精确）"}
	}
	if t.Why != "" && t.Known() {
		what += "（当年放假安排未录入，未计顺延）"
	}
	return Point{What: what, On: t.On}
}

// contest is the last reconsideration or suit against what a decision imposed.
func (x *Facts) contest(kind registry.DocKind, decision registry.DocumentID) (d *registry.Document, ok bool) {
	charges := chargesOf(x.File, x.File.Charges(registry.Date{}), decision)
	for i := range x.File.Documents {
		k := &x.File.Documents[i]
		for c := range charges {
			if k.Kind == kind && x.File.Concerns(k, &charges[c]) {
				d = k
			}
		}
	}
	return d, d != nil
}

// enforceDoubt says why the three months cannot be told while the decision is contested.
func enforceDoubt(x *Facts, start Point) (statute.Term, bool) {
	if _, sued := x.contest(registry.DocSuit, start.Document); sued {
		return statute.Term{Why: "提起行政诉讼的，申请强制执行的期限从何日起算本库未收录"}, true
	}
	if d, ok := x.contest(registry.DocReconsideration, start.Document); ok && d.ResultOn.IsZero() {
		return statute.Term{Why: "行政复议尚未结束，或者结果日期未登记"}, true
	}
	return statute.Term{}, false
}

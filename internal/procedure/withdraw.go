package procedure

import (
	"casebook/internal/registry"
)

// withdrawRule is the code of the deadline for taking back what was published of a decision (行政处罚法第四十八条第二款).
const withdrawRule = "PUBLISH_WITHDRAW"

// Turned are the facts that take back or change the decision of a case: documents of ours, and results of 行政复议 and 行政诉讼. What made
// the decision in force is not among them, unless it changed an earlier one.
func Turned(f *registry.CaseFile) []Point {
	list := made(registry.DocAnnulled, registry.DocChanged)(f)
	for i := range f.Documents {
		d := &f.Documents[i]
		if (d.Kind == registry.DocReconsideration || d.Kind == registry.DocSuit) && (d.Result == "撤销" || d.Result == "变更") {
			list = append(list, Point{What: string(d.Kind) + d.Result + "处罚决定", On: d.ResultOn, Document: d.ID})
		}
	}
	return list
}

// WithdrawBy is the clock of taking back what was published of a case whose decision was turned at a point, as long as it was not taken
// back: the register's own publication, of whatever stage and origin the case is. ok is false where the catalogue does not know the deadline.
func WithdrawBy(x *Facts, turned Point) (c Clock, ok bool) {
	d, ok := x.Law.Deadline(withdrawRule)
	if !ok {
		return Clock{}, false
	}
	c = Clock{Rule: &d, Start: turned, Duty: true, Term: d.Run(x.Calendar, turned.On, 0, nil), Note: withdrawNote}
	if !c.Term.Known() {
		c.State, c.Note = Unknown, joinWords("；", c.Term.Why, withdrawNote)
		return c, true
	}
	x.settleOpen(&c, duty)
	return c, true
}

const withdrawNote = "撤回已公开的处罚决定，并公开说明理由"

package procedure

import (
	"fmt"
	"slices"
	"time"

	"casebook/internal/registry"
)

// withdrawRule is the code of the deadline for taking back what was published of a decision (行政处罚法第四十八条第二款).
const withdrawRule = "PUBLISH_WITHDRAW"

// turnings are the results of 行政复议 and 行政诉讼 by which a decision no longer is what it was.
var turnings = []string{"撤销", "变更", "确认违法", "确认无效"}

func isContest(d *registry.Document) bool {
	return d.Kind == registry.DocReconsideration || d.Kind == registry.DocSuit
}

// TurnedBy reports whether a document is a contest that ended with the decision taken back, changed or found unlawful.
func TurnedBy(d *registry.Document) bool { return isContest(d) && slices.Contains(turnings, d.Result) }

// Turned are the facts that take back or change the decision of a case: documents of ours, and results of 行政复议 and 行政诉讼. What made
// the decision in force is not among them, unless it changed an earlier one.
func Turned(f *registry.CaseFile) []Point {
	list := made(registry.DocAnnulled, registry.DocChanged)(f)
	for i := range f.Documents {
		if d := &f.Documents[i]; TurnedBy(d) {
			list = append(list, Point{What: string(d.Kind) + d.Result + "处罚决定", On: d.ResultOn, Document: d.ID})
		}
	}
	return list
}

// TakenBack: the last decision was taken back, and none followed. Where a case has several penalties, one that stands is enough.
func TakenBack(f *registry.CaseFile) bool {
	for i := len(f.Documents) - 1; i >= 0; i-- {
		switch d := &f.Documents[i]; {
		case f.Kind(d.Kind).Imposes || d.Kind == registry.DocNoPenalty:
			return false
		case d.Kind == registry.DocAnnulled && !slices.ContainsFunc(f.Charges(registry.Date{}), func(c registry.Charge) bool { return c.InForce() }):
			return true
		}
	}
	return false
}

// TurnedSince are the points by which a case no longer is what an approved bulletin tells of it. What a correction that was approved later and published
// puts right is none any more, unless the decision was taken back altogether: then the old text goes.
func TurnedSince(f *registry.CaseFile, b *registry.CaseBulletin) []Point {
	return slices.DeleteFunc(Turned(f), func(p Point) bool {
		d := document(f, p.Document)
		return !since(f, d, p.On, b.ApprovedAt) || !TakenBack(f) && b.PutRight(d.CreatedAt) != nil
	})
}

// since reports whether what turned a case, of a day, came after an instant: it happened later, or was recorded later. A result that was added to an
// older 复议 or 诉讼 counts by when the document was last edited, as long as no decision of ours follows it.
func since(f *registry.CaseFile, d *registry.Document, on registry.Date, at time.Time) bool {
	return registry.DateOf(at).Before(on) || d.CreatedAt.After(at) || isContest(d) && d.UpdatedAt.After(at) && !decidedBehind(f, d)
}

// ContestedSince are the 行政复议 and 行政诉讼 that were begun, or recorded, after a bulletin was approved and in which the decision was not upheld: without a
// result yet, or with one that a person has to judge. What turned the decision is in TurnedSince.
func ContestedSince(f *registry.CaseFile, b *registry.CaseBulletin) (list []Point) {
	for i := range f.Documents {
		d := &f.Documents[i]
		if !isContest(d) || TurnedBy(d) || d.Result == "维持" || decidedBehind(f, d) || !registry.DateOf(b.ApprovedAt).Before(d.MadeOn) && !d.CreatedAt.After(b.ApprovedAt) {
			continue
		}
		what := string(d.Kind) + "在批准之后提起，还没有结果"
		if d.Result != "" && d.Result != "已受理" {
			what = fmt.Sprintf("%s在批准之后提起，结果是“%s”，请核实决定是否有效", d.Kind, d.Result)
		}
		list = append(list, Point{What: what, On: d.MadeOn, Document: d.ID})
	}
	return list
}

func decidedBehind(f *registry.CaseFile, d *registry.Document) bool {
	behind := false
	for i := range f.Documents {
		x := &f.Documents[i]
		if behind && f.Kind(x.Kind).Decides() {
			return true
		}
		behind = behind || x.ID == d.ID
	}
	return false
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

// withdrawals are the clocks of the bulletins of ours that tell the case and that somebody has read: each is taken back, or put right, by itself.
func (x *Facts) withdrawals() (list []Clock) {
	f := x.File
	for i := range f.Bulletins {
		b := &f.Bulletins[i]
		if b.ReleasedOn.IsZero() {
			continue
		}
		for _, p := range Turned(f) {
			d := document(f, p.Document)
			if !since(f, d, p.On, b.ApprovedAt) || b.WithdrawnAt != nil && since(f, d, p.On, *b.WithdrawnAt) && registry.DateOf(*b.WithdrawnAt).Before(p.On) {
				continue
			}
			c, ok := WithdrawBy(x, p)
			if !ok {
				return nil
			}
			if c.Done = ended(f, b, d); c.Done != nil && c.Term.Known() {
				c.Days = 0
				x.settleDone(&c, duty)
			} else if c.Done != nil {
				c.State = Unknown
			}
			c.Note = joinWords("；", "通报《"+b.Title+"》", c.Note)
			list = append(list, c)
		}
	}
	return list
}

// ended is what took a bulletin back, or put it right, that told of a decision before a document turned it; nil while nothing did.
func ended(f *registry.CaseFile, b *registry.CaseBulletin, d *registry.Document) *Point {
	if b.WithdrawnAt != nil {
		return &Point{What: "撤回通报", On: registry.DateOf(*b.WithdrawnAt)}
	}
	if c := b.PutRight(d.CreatedAt); c != nil && !TakenBack(f) {
		return &Point{What: "公布更正后的通报", On: c.ReleasedOn}
	}
	return nil
}

// turnedInPublic are the points that turned a decision which had been published before: by a 公示 of the file, or by a publication on record. Of a case that
// was taken from a publication that one is its source, and others' to take back.
func (x *Facts) turnedInPublic() []Point {
	f := x.File
	told := func(p Point) bool {
		for i := range f.Documents {
			d := &f.Documents[i]
			if d.ID == p.Document {
				break
			}
			if d.Kind == registry.DocPublication {
				return true
			}
		}
		if slices.ContainsFunc(f.Documents, func(d registry.Document) bool {
			return d.Kind == registry.DocPublication && isContest(document(f, p.Document)) && d.MadeOn.Before(p.On)
		}) {
			return true
		}
		return f.Case.Origin != registry.OriginPublished && slices.ContainsFunc(f.Publications, func(t registry.Publication) bool { return t.PublishedOn.Before(p.On) })
	}
	return slices.DeleteFunc(Turned(f), func(p Point) bool { return !told(p) })
}

// saidAfter is the 公示 that followed what turned a decision: behind its document, and of a contest not before its result.
func saidAfter(f *registry.CaseFile, start Point) (Point, bool) {
	behind := false
	for i := range f.Documents {
		d := &f.Documents[i]
		if behind && d.Kind == registry.DocPublication && !d.MadeOn.Before(start.On) {
			return Point{What: string(d.Kind), On: d.MadeOn, Document: d.ID}, true
		}
		behind = behind || d.ID == start.Document
	}
	return Point{}, false
}

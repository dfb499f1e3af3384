package procedure

import (
	"fmt"
	"slices"

	"casebook/internal/registry"
	"casebook/internal/statute"
)

// Point is a dated fact of the case.
type Point struct {
	What     string // in Chinese: 行政处罚决定送达
	On       registry.Date
	Document registry.DocumentID // zero: a fact of the case itself
}

// What starts a clock.

func documents(f *registry.CaseFile, kinds []registry.DocKind, point func(d *registry.Document) Point) []Point {
	var list []Point
	for i := range f.Documents {
		if d := &f.Documents[i]; slices.Contains(kinds, d.Kind) {
			p := point(d)
			p.Document = d.ID
			list = append(list, p)
		}
	}
	return list
}

func made(kinds ...registry.DocKind) func(f *registry.CaseFile) []Point {
	return func(f *registry.CaseFile) []Point {
		return documents(f, kinds, func(d *registry.Document) Point { return Point{What: string(d.Kind), On: d.MadeOn} })
	}
}

func served(kinds ...registry.DocKind) func(f *registry.CaseFile) []Point {
	return func(f *registry.CaseFile) []Point {
		return documents(f, kinds, func(d *registry.Document) Point { return Point{What: string(d.Kind) + "送达", On: d.ServedOn} })
	}
}

func results(kinds ...registry.DocKind) func(f *registry.CaseFile) []Point {
	return func(f *registry.CaseFile) []Point {
		list := documents(f, kinds, func(d *registry.Document) Point { return Point{What: string(d.Kind) + "结果", On: d.ResultOn} })
		return slices.DeleteFunc(list, func(p Point) bool { return p.On.IsZero() })
	}
}

func dueDays(kinds ...registry.DocKind) func(f *registry.CaseFile) []Point {
	return func(f *registry.CaseFile) []Point {
		list := documents(f, kinds, func(d *registry.Document) Point { return Point{What: string(d.Kind) + "期限届满", On: d.DueOn} })
		return slices.DeleteFunc(list, func(p Point) bool { return p.On.IsZero() })
	}
}

func found(f *registry.CaseFile) []Point {
	if p := (Point{What: "发现违法线索", On: f.Case.FoundOn}); !p.On.IsZero() {
		return []Point{p}
	}
	for _, i := range f.Inspections {
		if !i.StartedOn.IsZero() {
			return []Point{{What: "现场检查", On: i.StartedOn}}
		}
	}
	return nil
}

// hearings are the days on which hearings are held, of those whose day is recorded.
func hearings(f *registry.CaseFile) []Point {
	list := documents(f, []registry.DocKind{registry.DocHearing}, func(d *registry.Document) Point { return Point{What: "举行听证", On: d.DueOn} })
	return slices.DeleteFunc(list, func(p Point) bool { return p.On.IsZero() })
}

// reportReceived are the days on which the reports came in: those of the documents, or else of the samples.
func reportReceived(f *registry.CaseFile) []Point {
	if len(made(registry.DocMonitoring)(f)) == 0 {
		return reported(f)
	}
	return documents(f, []registry.DocKind{registry.DocMonitoring}, func(d *registry.Document) Point {
		if !d.ServedOn.IsZero() {
			return Point{What: "收到监测报告", On: d.ServedOn}
		}
		return Point{What: string(d.Kind), On: d.MadeOn}
	})
}

// fined are the decisions with money to be paid, from the day they were served.
func fined(f *registry.CaseFile) []Point {
	charges := f.Charges(registry.Date{})
	list := served(registry.DocDecision, registry.DocDailyPenalty)(f)
	return slices.DeleteFunc(list, func(p Point) bool { return len(chargesOf(f, charges, p.Document)) == 0 })
}

// chargesOf are the penalties of a decision that are to be paid. One that names no decision goes with each 行政处罚决定.
func chargesOf(f *registry.CaseFile, charges []registry.Charge, id registry.DocumentID) []registry.Charge {
	unnamed := document(f, id).Kind == registry.DocDecision
	return slices.DeleteFunc(slices.Clone(charges), func(c registry.Charge) bool {
		own := c.Decision != nil && c.Decision.ID == id || c.Decision == nil && unnamed
		return !own || c.Due == nil || *c.Due == 0
	})
}

// What ends a clock.

// by is the first document of these kinds, whenever it was made.
func by(kinds ...registry.DocKind) func(*registry.CaseFile, Point) (Point, bool) {
	return func(f *registry.CaseFile, _ Point) (Point, bool) {
		list := made(kinds...)(f)
		if len(list) == 0 {
			return Point{}, false
		}
		return list[0], true
	}
}

// next is the first document of these kinds behind the one that started the clock, in the order of the file; behind a fact that is no document,
// the first that is not certainly older. A re-check may also be recorded as an inspection alone.
func next(kinds ...registry.DocKind) func(*registry.CaseFile, Point) (Point, bool) {
	return func(f *registry.CaseFile, start Point) (Point, bool) {
		behind := start.Document == 0
		for i := range f.Documents {
			d := &f.Documents[i]
			older := start.Document == 0 && d.MadeOn.Before(start.On)
			if behind && slices.Contains(kinds, d.Kind) && !older {
				return Point{What: string(d.Kind), On: d.MadeOn, Document: d.ID}, true
			}
			behind = behind || d.ID == start.Document
		}
		if slices.Contains(kinds, registry.DocRecheck) {
			return visited(f, start)
		}
		return Point{}, false
	}
}

func servedAfter(kinds ...registry.DocKind) func(*registry.CaseFile, Point) (Point, bool) {
	return func(f *registry.CaseFile, start Point) (Point, bool) {
		p, ok := next(kinds...)(f, start)
		if !ok {
			return p, false
		}
		d := document(f, p.Document)
		return Point{What: string(d.Kind) + "送达", On: d.ServedOn, Document: d.ID}, !d.ServedOn.IsZero()
	}
}

func document(f *registry.CaseFile, id registry.DocumentID) *registry.Document {
	for i := range f.Documents {
		if f.Documents[i].ID == id {
			return &f.Documents[i]
		}
	}
	return &registry.Document{}
}

// ownService is the service of the document itself.
func ownService(f *registry.CaseFile, start Point) (Point, bool) {
	d := document(f, start.Document)
	return Point{What: string(d.Kind) + "送达", On: d.ServedOn, Document: d.ID}, !d.ServedOn.IsZero()
}

// ownResult is what came of the document itself.
func ownResult(f *registry.CaseFile, start Point) (Point, bool) {
	d := document(f, start.Document)
	return Point{What: d.Result, On: d.ResultOn, Document: d.ID}, d.Result != ""
}

// paid is the payment that completed what the decision imposed: surcharges do not count, and what was given back is owed again.
func paid(f *registry.CaseFile, start Point) (Point, bool) {
	p := Point{What: "缴清"}
	for i, c := range chargesOf(f, f.Charges(registry.Date{}), start.Document) {
		on, dated := paidUp(&c)
		switch {
		case c.Balance() > 0:
			return Point{}, false
		case !dated:
			return Point{What: p.What}, true
		case i == 0 || p.On.Before(on):
			p.On = on
		}
	}
	return p, true
}

// payDay is the earliest day for paying that a deferral or the decision set for what is to be paid.
func payDay(x *Facts, start Point) (t statute.Term, ok bool) {
	var on registry.Date
	for _, c := range chargesOf(x.File, x.File.Charges(registry.Date{}), start.Document) {
		p, set := x.setDay(&c)
		switch {
		case set && p.Why != "":
			return statute.Term{Why: p.Why}, true
		case set && (on.IsZero() || p.On.Before(on)):
			on = p.On
		}
	}
	if on.IsZero() {
		return statute.Term{}, false
	}
	t.On, _ = registry.ParseDate(on.Earliest())
	t.Latest, _ = registry.ParseDate(on.Latest())
	if t.On != t.Latest {
		t.Why = "缴款期限不够精确"
	}
	return t, true
}

// grant is the kind of document that extends a clock: each so many days or other units of its rule, at most so many in all.
type grant struct {
	kind       registry.DocKind
	each, most int
}

func granted(kind registry.DocKind, each, most int) *grant { return &grant{kind, each, most} }

// extend lengthens a clock by what was granted behind its start, up to the next document of the start's own kind: another seizure has extensions of
// its own. What was granted when the time was over extends nothing, since there was nothing left to extend; it is said.
func (x *Facts) extend(c *Clock, g *grant) (late string) {
	behind := c.Start.Document == 0
	for i := range x.File.Documents {
		d := &x.File.Documents[i]
		switch {
		case d.ID == c.Start.Document:
			behind = true
		case behind && c.Start.Document != 0 && d.Kind == document(x.File, c.Start.Document).Kind:
			return late
		case behind && d.Kind == g.kind:
			t := c.Rule.Run(x.Calendar, c.Start.On, c.Extended, c.Stopped)
			if t.Known() && certainlyAfter(d.MadeOn, t.Latest) && (t.Next.IsZero() || certainlyAfter(d.MadeOn, t.Next)) {
				late = fmt.Sprintf("“%s”（%s）在期限届满之后作出，未计入", d.Kind, d.MadeOn)
				continue
			}
			c.Extended = min(c.Extended+g.each, g.most)
		}
	}
	return late
}

// excluded is the time that documents keep out of the time for deciding.
func excluded(f *registry.CaseFile) []statute.Span {
	var list []statute.Span
	for i := range f.Documents {
		if d := &f.Documents[i]; !d.ExcludedFrom.IsZero() {
			list = append(list, statute.Span{From: d.ExcludedFrom, To: d.ExcludedTo})
		}
	}
	return list
}

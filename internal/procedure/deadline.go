package procedure

import (
	"strings"

	"casebook/internal/registry"
	"casebook/internal/statute"
)

// kindDeadline begins the code of a deadline that a kind of document sets: KIND:约谈.
const kindDeadline = "KIND:"

// DeadlineKind is the kind that sets a deadline of this code; ok is false where the deadline is the catalogue's.
func DeadlineKind(code string) (kind registry.DocKind, ok bool) {
	name, ok := strings.CutPrefix(code, kindDeadline)
	return registry.DocKind(name), ok
}

// kindDeadlines are the plain deadlines that an administrator's kinds set (registry.KindDeadline): duties that count like those of law.
func (x *Facts) kindDeadlines() []Clock {
	var list []Clock
	for i := range x.File.Documents {
		d := &x.File.Documents[i]
		k := x.File.Kind(d.Kind)
		if k.Deadline == (registry.KindDeadline{}) {
			continue
		}
		t := k.Deadline
		start := Point{What: dateWords(d.Kind, t.From), On: t.From.Of(d), Document: d.ID}
		if start.On.IsZero() && (t.From == registry.DateDue || t.From == registry.DateResult) {
			continue // there need not be one
		}
		c := Clock{Rule: x.ruleOf(&k), Start: start, Duty: true, Source: t.Source}
		c.Unchecked = !x.holds(t.Source)
		c.Term = c.Rule.Run(x.Calendar, start.On, 0, nil)
		if p, ok := endOf(x.File, &t, start); ok {
			c.Done = &p
		}
		x.settle(&c, duty)
		list = append(list, c)
	}
	return list
}

// ruleOf writes a kind's deadline as one of the catalogue's.
func (x *Facts) ruleOf(k *registry.DocumentKind) *statute.Deadline {
	t, unit := k.Deadline, statute.UnitCalendarDay
	if t.Working {
		unit = statute.UnitWorkingDay
	}
	d := &statute.Deadline{Code: kindDeadline + string(k.Name), Name: t.Label, Actor: t.Actor, StartsAt: dateWords(k.Name, t.From), Length: &t.Days, Unit: unit,
		RollDoubt: "没有写明是否顺延，早一日为稳妥"}
	if d.Actor == "" {
		d.Actor = "行政机关"
	}
	return d
}

func dateWords(kind registry.DocKind, date registry.KindDate) string {
	if date == registry.DateMade {
		return string(kind)
	}
	return string(kind) + string(date)
}

// endOf is what ended a kind's deadline: a date of the document itself, or a later document.
func endOf(f *registry.CaseFile, t *registry.KindDeadline, start Point) (Point, bool) {
	switch t.Done {
	case registry.DateServed:
		if p, ok := ownService(f, start); ok {
			return p, true
		}
	case registry.DateResult:
		if p, ok := ownResult(f, start); ok {
			return p, true
		}
	}
	if t.EndedBy == "" {
		return Point{}, false
	}
	return next(t.EndedBy)(f, start)
}

// holds reports whether a source names a provision whose text the catalogue holds, of a law that has not been repealed.
func (x *Facts) holds(source string) bool {
	for _, m := range x.Law.Citations(source, x.Today) {
		if m.Holding == registry.Held && !m.Repealed {
			return true
		}
	}
	return false
}

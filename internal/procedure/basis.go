package procedure

import (
	"slices"
	"strings"

	"casebook/internal/registry"
	"casebook/internal/statute"
)

// basis is the law that a check rests on from a day; the first of a check has none, and stands until the next begins.
type basis struct {
	from   registry.Date
	source string
}

// standing is a basis that did not change within the time that the catalogue holds.
func standing(source string) []basis { return []basis{{source: source}} }

// sourceOn names the basis of the days on which the facts were; where they lie under several, or a day does not tell, all with their days.
func sourceOn(list []basis, days []registry.Date) string {
	var ruling []int
	for i := range list {
		if mayRule(list, i, days) {
			ruling = append(ruling, i)
		}
	}
	if len(ruling) == 1 {
		return list[ruling[0]].source
	}
	words := make([]string, len(ruling))
	for k, i := range ruling {
		from := list[i].from
		if words[k] = from.String() + " 起：" + list[i].source; from.IsZero() {
			words[k] = list[i+1].from.AddDays(-1).String() + " 及以前：" + list[i].source
		}
	}
	return strings.Join(words, "；")
}

// mayRule reports whether one of the days may lie under the i-th basis; without a day any may.
func mayRule(list []basis, i int, days []registry.Date) bool {
	for _, d := range days {
		late := i+1 < len(list) && !d.IsZero() && d.Earliest() >= list[i+1].from.Earliest()
		early := !d.IsZero() && !list[i].from.IsZero() && d.Latest() < list[i].from.Earliest()
		if !late && !early {
			return true
		}
	}
	return len(days) == 0
}

// beforeHeld reports whether a fact lies before every version that the catalogue holds of the law that a source names: what the law was then
// is not on record. law is the first such law.
func (x *Facts) beforeHeld(source string, days []registry.Date) (law string, from registry.Date, before bool) {
	for _, m := range x.Law.Citations(source, registry.Date{}) {
		first, ok := firstHeld(x.Law, m.LawID)
		if !ok || len(days) == 0 {
			continue
		}
		all := true
		for _, d := range days {
			all = all && !d.IsZero() && d.Latest() < first.Earliest()
		}
		if all {
			return m.Law, first, true
		}
	}
	return "", registry.Date{}, false
}

// firstHeld is the day from which the catalogue holds a law; ok is false where it holds none or a version's day is not known.
func firstHeld(c *statute.Catalogue, lawID string) (from registry.Date, ok bool) {
	law, known := c.Law(lawID)
	if !known {
		return from, false
	}
	for _, v := range law.Versions {
		if v.From.IsZero() {
			return registry.Date{}, false
		}
		if from.IsZero() || v.From.Before(from) {
			from = v.From
		}
	}
	return from, !from.IsZero()
}

// dated puts the newest day that the case knows in the place of days that are not recorded, to name the law of its time. A verdict does not rest
// on it.
func (x *Facts) dated(days []registry.Date) []registry.Date {
	known := append(slices.Clone(x.ActEnds), x.File.Case.FoundOn)
	known = append(known, inspectionDays(x)...)
	for i := range x.File.Documents {
		known = append(known, x.File.Documents[i].MadeOn, x.File.Documents[i].ServedOn)
	}
	known = slices.DeleteFunc(known, registry.Date.IsZero)
	list := slices.Clone(days)
	if len(known) == 0 {
		return list
	}
	newest := slices.MaxFunc(known, registry.Date.Compare)
	for i := range list {
		if list[i].IsZero() {
			list[i] = newest
		}
	}
	return list
}

// The days of the facts that checks judge.

func inspectionDays(x *Facts) []registry.Date {
	var days []registry.Date
	for i := range x.File.Inspections {
		days = append(days, x.File.Inspections[i].StartedOn)
	}
	return days
}

func actDays(x *Facts) []registry.Date { return x.ActEnds }

// daysOf are the days on which documents of these kinds were made.
func daysOf(kinds ...registry.DocKind) func(*Facts) []registry.Date {
	return func(x *Facts) []registry.Date {
		var days []registry.Date
		for _, p := range made(kinds...)(x.File) {
			days = append(days, p.On)
		}
		return days
	}
}

// noDay is of checks that rest on no law of a day, or that look up the law of each fact's day themselves.
func noDay(*Facts) []registry.Date { return nil }

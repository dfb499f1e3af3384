package procedure

import (
	"slices"
	"strings"

	"casebook/internal/registry"
)

// What one noun tells answers what is asked of another; registry says which.

func (x *Facts) monitoringTold(f *Finding) {
	decision, decided := x.File.Document(registry.DocDecision)
	list := x.File.Tellings()
	var late, untold []string
	for _, t := range list {
		switch {
		case !t.Told:
			untold = append(untold, t.Of)
		case decided && certainlyAfter(t.On, decision.MadeOn):
			late = append(late, t.Of)
		}
	}
	of := func(names []string) string {
		if len(names) == len(list) {
			return ""
		}
		return "（" + strings.Join(slices.Compact(names), "、") + "）"
	}
	switch {
	case len(list) == 0:
	case len(late) > 0:
		f.say(Defect, "监测结果%s在处罚决定之后才告知", of(late))
	case len(untold) == 0:
		f.say(Sound, "已告知监测结果")
	case decided && x.File.Case.Origin == registry.OriginField:
		f.say(Defect, "有监测结果，已作出处罚决定，没有告知当事人的记录%s", of(untold))
	default:
		f.say(CannotTell, "有监测结果，没有告知当事人的记录%s", of(untold))
	}
}

// untold reports whether a case on the way to a decision has a monitoring result that the party was not told of.
func untold(f *registry.CaseFile) bool {
	return undecided(f) && slices.ContainsFunc(f.Tellings(), func(t registry.Telling) bool { return !t.Told })
}

// paidOff reports whether all the money that the case imposes is known and was paid: nobody need be urged.
func paidOff(f *registry.CaseFile) bool {
	some := false
	for _, c := range f.Charges(registry.Date{}) {
		if !c.Penalty.Monetary() || !c.InForce() {
			continue
		}
		if some = true; c.Due == nil || c.Balance() > 0 {
			return false
		}
	}
	return some
}

func unless(not, when func(*registry.CaseFile) bool) func(*registry.CaseFile) bool {
	return func(f *registry.CaseFile) bool { return when(f) && !not(f) }
}

// visited is the first re-check that only an inspection records and that is not certainly older than the fact which asks for one.
func visited(f *registry.CaseFile, start Point) (Point, bool) {
	for _, i := range f.LoneRechecks() {
		if start.On.IsZero() || !i.StartedOn.Before(start.On) {
			return Point{What: registry.Recheck, On: i.StartedOn}, true
		}
	}
	return Point{}, false
}

// reported are the days of the reports that only samples record, each once.
func reported(f *registry.CaseFile) []Point {
	var list []Point
	for i := range f.Samples {
		p := Point{What: "样品的" + string(registry.DocMonitoring), On: f.Samples[i].ReportOn}
		if !p.On.IsZero() && !slices.Contains(list, p) {
			list = append(list, p)
		}
	}
	return list
}

// Answered reports whether the term that a document sets needs no result of its own: the re-check behind it is the result of whatever orders
// something, the payments that of a deferral, and the day of a hearing is no term.
func Answered(f *registry.CaseFile, d *registry.Document) bool {
	switch {
	case f.Kind(d.Kind).Orders:
		_, ok := next(registry.DocRecheck)(f, Point{On: d.MadeOn, Document: d.ID})
		return ok
	case d.Kind == registry.DocInstalments:
		return paidOff(f)
	case d.Kind == registry.DocHearing:
		return true
	}
	return false
}

// amountsAgree compares the amount of each document that imposes penalties with the penalties registered under it. An amount may be that of the
// fines alone, or of all the money.
func (x *Facts) amountsAgree(f *Finding) {
	imposing := 0
	for i := range x.File.Documents {
		if x.File.Kind(x.File.Documents[i].Kind).Imposes {
			imposing++
		}
	}
	for i := range x.File.Documents {
		d := &x.File.Documents[i]
		if d.Amount == nil || !x.File.Kind(d.Kind).Imposes {
			continue
		}
		var fines, all registry.Sum
		for j := range x.File.Penalties {
			p := &x.File.Penalties[j]
			if !p.Monetary() || p.DocumentID != d.ID && (p.DocumentID != 0 || imposing > 1) {
				continue
			}
			all.Add(p.Amount)
			if p.Fine() {
				fines.Add(p.Amount)
			}
		}
		switch {
		case all.Known+all.Unknown == 0: // the next step asks for them
		case all.Unknown > 0:
			f.worse(CannotTell, "“%s”写的是 %s 元，登记的处罚有 %d 项没有金额", d.Kind, d.Amount, all.Unknown)
		case *d.Amount == fines.Total || *d.Amount == all.Total:
			f.worse(Sound, "决定书与登记的处罚金额一致")
		default:
			f.worse(Defect, "“%s”写的是 %s 元，据此登记的处罚合计 %s 元", d.Kind, d.Amount, all.Total)
		}
	}
}

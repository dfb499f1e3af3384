package report

import (
	"slices"
	"strconv"

	"casebook/internal/procedure"
	"casebook/internal/registry"
)

// FactOf is a case as statistics count it. The rules are those of counter: a case counts once; a fine counts with its case; unknown amounts are counted
// and never added; an annulled decision's penalties leave all totals. clocks are those of the case; only what was done counts, in time or late, so that
// a fact does not change with the day.
func FactOf(f *registry.CaseFile, clocks []procedure.Clock) registry.CaseFact {
	x := registry.CaseFact{District: f.Case.DistrictCode, Branch: f.Case.DistrictCode, Tallies: registry.Tallies{}}
	if f.HandlingOrgan != nil && f.HandlingOrgan.DistrictCode != "" {
		x.Branch = f.HandlingOrgan.DistrictCode
	}
	if f.Case.IsVoid() {
		return registry.CaseFact{District: x.District, Branch: x.Branch}
	}
	for i, b := range Bases {
		d := basisDate(f, b)
		x.Months[i] = knownMonth(d)
		x.LastOn = max(x.LastOn, d.Latest())
	}
	k := factCounter{f: f, t: x.Tallies}
	k.money()
	x.Apart = k.apart(&x.Months)
	k.lines()
	k.five()
	for i := range clocks {
		k.clock(&clocks[i])
	}
	k.people()
	k.comparable(&x)
	return x
}

// knownMonth is the month of a date; empty where it is not known.
func knownMonth(d registry.Date) string {
	if d.Precision() < registry.PrecisionMonth {
		return ""
	}
	return d.ToMonth().String()
}

// dated is what of a case counts on a day of its own.
type dated struct {
	date int // registry.FoundDate …
	on   registry.Date
	t    registry.Tallies
}

// dated are the decisions, each with its penalties, and the payments: those count by their own days (registry.Basis.Rule), all else of the case by the
// case's.
func (k *factCounter) dated() (list []dated) {
	for _, c := range k.f.Counted(registry.BasisDecided) {
		if c.N > 0 {
			list = append(list, dated{registry.DecidedDate, c.On, registry.Tallies{{Table: registry.TallyStep, Line: "decisions"}: {Items: int64(c.N)}}})
		}
	}
	for i := range k.charges {
		c := &k.charges[i]
		if !c.InForce() || !c.Penalty.Monetary() {
			continue
		}
		var due registry.Sum
		due.Add(c.Due)
		t := registry.Tallies{{Table: registry.TallyMoney, Line: "due"}: tallyOf(due)}
		if class(c.Penalty.Kind) == classTaken {
			t[registry.TallyKey{Table: registry.TallyMoney, Line: "taken"}] = tallyOf(due)
		} else {
			for _, line := range k.fined() {
				t[line] = tallyOf(due)
			}
		}
		list = append(list, dated{registry.DecidedDate, k.f.DecidedDay(c), t})
	}
	for _, c := range k.f.Counted(registry.BasisPaid) {
		if c.Money.Total != 0 {
			list = append(list, dated{registry.PaidDate, c.On, registry.Tallies{{Table: registry.TallyMoney, Line: "paid"}: {Total: c.Money.Total}}})
		}
	}
	return list
}

// apart are those that count in another month than the case.
func (k *factCounter) apart(months *[registry.CaseDates]string) (list []registry.Apart) {
	for _, d := range k.dated() {
		month := knownMonth(d.on)
		if month == months[d.date] {
			continue
		}
		i := slices.IndexFunc(list, func(a registry.Apart) bool { return a.Date == d.date && a.Month == month })
		if i < 0 {
			i, list = len(list), append(list, registry.Apart{Date: d.date, Month: month, Tallies: registry.Tallies{}})
		}
		list[i].Tallies.Add(d.t, 1)
	}
	return slices.DeleteFunc(list, func(a registry.Apart) bool { return len(a.Tallies) == 0 })
}

// CountDays counts the cases of files whose days lie between two: by each date of Bases. What is known by month or year alone is in no week.
func CountDays(files []*registry.CaseFile, fact func(*registry.CaseFile) registry.CaseFact, from, to registry.Date) (sums [registry.CaseDates]registry.Tallies) {
	for i := range sums {
		sums[i] = registry.Tallies{}
	}
	in := func(d registry.Date) bool {
		return d.Precision() == registry.PrecisionDay && !d.Before(from) && !to.Before(d)
	}
	for _, f := range files {
		x := fact(f)
		if len(x.Tallies) == 0 {
			continue
		}
		var cased [registry.CaseDates]bool
		for i, b := range Bases {
			if cased[i] = in(basisDate(f, b)); cased[i] {
				sums[i].Add(x.Tallies, 1)
			}
		}
		k := factCounter{f: f, charges: f.Charges(registry.Date{})}
		for _, d := range k.dated() {
			switch is := in(d.on); {
			case is && !cased[d.date]:
				sums[d.date].Add(d.t, 1)
			case !is && cased[d.date]:
				sums[d.date].Add(d.t, -1)
			}
		}
	}
	return sums
}

// Bases are the dates that may count, in the order of registry.CaseFact.Months.
var Bases = [registry.CaseDates]Basis(registry.Bases)

type factCounter struct {
	f       *registry.CaseFile
	t       registry.Tallies
	charges []registry.Charge
	fines   registry.Tally // of the case, with Cases 1
}

func (k *factCounter) add(table, line string, x registry.Tally) {
	key := registry.TallyKey{Table: table, Line: line}
	k.t[key] = k.t[key].Plus(x, 1)
}

// once counts the case on a line, however often it stands there, and each time as an item.
func (k *factCounter) once(table, line string) {
	key := registry.TallyKey{Table: table, Line: line}
	x := k.t[key]
	x.Cases, x.Items = 1, x.Items+1
	k.t[key] = x
}

func tallyOf(s registry.Sum) registry.Tally {
	return registry.Tally{Total: s.Total, Known: int64(s.Known), Unknown: int64(s.Unknown)}
}

func (k *factCounter) money() {
	k.charges = k.f.Charges(registry.Date{})
	var fines, taken, due registry.Sum
	var paid, owed registry.Money
	standing := len(k.charges) == 0
	for i := range k.charges {
		c := &k.charges[i]
		paid += c.Net()
		if !c.InForce() {
			continue
		}
		standing = true
		switch class(c.Penalty.Kind) {
		case classFine:
			fines.Add(c.Due)
		case classTaken:
			taken.Add(c.Due)
		default:
			continue
		}
		due.Add(c.Due)
		owed += c.Balance()
	}
	k.fines = tallyOf(fines)
	k.fines.Cases = 1
	for _, line := range k.fined() {
		k.t[line] = k.fines
	}
	if fines.Known > 0 {
		k.add(registry.TallyFine, strconv.FormatInt(int64(fines.Total), 10), registry.Tally{Cases: 1, Total: fines.Total})
	}
	k.add(registry.TallyMoney, "taken", tallyOf(taken))
	k.add(registry.TallyMoney, "due", tallyOf(due))
	k.add(registry.TallyMoney, "paid", registry.Tally{Total: paid})
	k.add(registry.TallyMoney, "owed", registry.Tally{Total: owed})
	if owed > 0 {
		k.add(registry.TallyStep, "owing", registry.Tally{Cases: 1})
	}
	_, filed := k.f.Document(registry.DocFiling)
	_, decided := k.f.Document(registry.DocDecision)
	for _, s := range []struct {
		line string
		is   bool
	}{{"filed", filed}, {"decided", decided && standing}, {"open", k.f.Case.Stage != registry.StageClosed}, {"demo", k.f.Case.Origin == registry.OriginSample}} {
		if s.is {
			k.add(registry.TallyStep, s.line, registry.Tally{Cases: 1})
		}
	}
	for _, c := range k.f.Counted(registry.BasisDecided) {
		k.add(registry.TallyStep, "decisions", registry.Tally{Items: int64(c.N)})
	}
	for key, x := range k.t { // 没收 of a case that has none is nothing
		if x == (registry.Tally{}) {
			delete(k.t, key)
		}
	}
}

// lines are the tables by what a case is about.
func (k *factCounter) lines() {
	for i := range k.f.Violations {
		v := &k.f.Violations[i]
		k.once(registry.TallyType, v.TypeCode)
		for _, c := range v.Breached() {
			k.once(registry.TallyArticle, articleLine(c))
		}
	}
}

// fined are the lines that the case's fines stand on: one of each table whose lines add up to all cases.
func (k *factCounter) fined() []registry.TallyKey {
	unit := ""
	if k.f.Case.HandlingOrganID != 0 {
		unit = strconv.FormatInt(int64(k.f.Case.HandlingOrganID), 10)
	}
	return []registry.TallyKey{{Table: registry.TallyAll}, {Table: registry.TallyDistrict, Line: k.f.Case.DistrictCode}, {Table: registry.TallySpecies, Line: (&caseView{f: k.f}).species()},
		{Table: registry.TallyScale, Line: scaleOf(k.f)}, {Table: registry.TallyStage, Line: string(k.f.Case.Stage)}, {Table: registry.TallyUnit, Line: unit}}
}

func articleLine(c registry.Citation) string {
	return c.Law + "|" + strconv.Itoa(c.Article) + "|" + strconv.Itoa(c.Sub)
}

// Scales are the sizes by which farms are told apart here, by the first head count that is known. They are steps of a statistic and no sizes of the law.
var Scales = []string{"不足 500", "500–1999", "2000–4999", "5000–9999", "10000 以上"}

func scaleOf(f *registry.CaseFile) string {
	var herds []registry.Herd
	for i := range f.Inspections {
		herds = append(herds, f.Inspections[i].Herds...)
	}
	if f.Farm != nil {
		herds = append(herds, f.Farm.Herds...)
	}
	for _, h := range herds {
		if h.Count == nil {
			continue
		}
		for i, below := range []int64{500, 2000, 5000, 10000} {
			if *h.Count < below {
				return Scales[i]
			}
		}
		return Scales[len(Scales)-1]
	}
	return ""
}

func (k *factCounter) five() {
	for i := range k.f.Documents {
		d := &k.f.Documents[i]
		five, ok := fiveOf[d.Kind]
		if !ok {
			continue
		}
		k.once(registry.TallyFive, five)
		switch {
		case d.Persons != nil:
			k.add(registry.TallyFive, five, registry.Tally{Persons: *d.Persons})
		case d.Kind == registry.DocDetention || d.Kind == registry.DocCrime:
			k.add(registry.TallyFive, five, registry.Tally{Unsaid: 1})
		}
	}
	for i := range k.charges {
		if c := &k.charges[i]; c.InForce() && c.Penalty.Kind == registry.PenaltyDaily {
			var s registry.Sum
			s.Add(c.Due)
			k.add(registry.TallyFive, Fives[0], tallyOf(s))
		}
	}
}

func (k *factCounter) clock(c *procedure.Clock) {
	if !c.Duty || c.Done == nil {
		return
	}
	x := registry.Tally{Unsaid: 1}
	switch c.State {
	case procedure.InTime:
		x = registry.Tally{Known: 1}
	case procedure.Late:
		x = registry.Tally{Unknown: 1}
	}
	k.add(registry.TallyClock, c.Rule.Code, x)
}

// people are the officers who inspected or handle a case, each once.
func (k *factCounter) people() {
	var officers []registry.OfficerID
	for i := range k.f.Inspections {
		for _, o := range k.f.Inspections[i].Officers {
			officers = append(officers, o.OfficerID)
		}
	}
	for i := range k.f.Documents {
		for _, p := range k.f.Documents[i].Participants {
			if p.Part == "承办" {
				officers = append(officers, p.OfficerID)
			}
		}
	}
	slices.Sort(officers)
	for _, o := range slices.Compact(officers) {
		if o != 0 {
			k.add(registry.TallyOfficer, strconv.FormatInt(int64(o), 10), registry.Tally{Cases: 1})
		}
	}
}

// comparable tells what a case's fine may be compared by: it has one act, its basis and its amount are known, and it is no daily fine.
func (k *factCounter) comparable(x *registry.CaseFact) {
	if len(k.f.Violations) != 1 || k.f.Violations[0].TypeCode == "" || k.fines.Known == 0 || k.fines.Unknown > 0 {
		return
	}
	for i := range k.charges {
		if k.charges[i].Penalty.Kind == "按日连续罚款" {
			return
		}
	}
	v := &k.f.Violations[0]
	basis := ""
	if list := v.Basis(); len(list) > 0 {
		basis = list[0].String()
	}
	x.Alike, x.Fine = v.TypeCode+"|"+basis+"|"+scaleOf(k.f), k.fines.Total
	if d := k.f.DecidedOn(); d.Precision() == registry.PrecisionDay {
		x.DecidedOn = d.String()
	}
	k.add(registry.TallyAlike, x.Alike, registry.Tally{Cases: 1, Total: x.Fine})
}

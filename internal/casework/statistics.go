package casework

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"casebook/internal/registry"
	"casebook/internal/report"
	"casebook/internal/store"
)

// StatisticsAsk is what statistics are asked of: whole months, by a date, of a district.
type StatisticsAsk struct {
	From, To     registry.Date // months; zero: from January of this year, to this month
	Basis        report.Basis
	DistrictCode string
	AsOf         registry.Date // the register at the end of this day; unknown: as it is
	Group        string        // of fines alike, whose spread is shown; empty: the largest
}

// mostStatMonths is how long a period may be.
const mostStatMonths = 60

// Complete puts in what was not said, and refuses what has no answer.
func (s *Service) completeAsk(q StatisticsAsk) (StatisticsAsk, error) {
	var p registry.Problems
	today := s.Today()
	if !q.AsOf.IsZero() && q.AsOf.Before(today) {
		today = q.AsOf
	}
	y, _, _ := today.YMD()
	if q.To.IsZero() {
		q.To = today.ToMonth()
		if !q.From.IsZero() && today.Before(q.From) {
			q.To = q.From
		} else if fy, _, _ := q.From.YMD(); !q.From.IsZero() && fy < y {
			q.To = registry.Month(fy, 12)
		}
	}
	if q.From.IsZero() {
		ty, _, _ := q.To.YMD()
		q.From = registry.Month(ty, 1)
	}
	for _, d := range []struct {
		name string
		day  *registry.Date
		year int
	}{{"from", &q.From, 1}, {"to", &q.To, 12}} {
		switch d.day.Precision() {
		case registry.PrecisionDay:
			p.Add(d.name, "统计按整月计算，请只写到月，如 %s", d.day.ToMonth())
		case registry.PrecisionYear:
			y, _, _ := d.day.YMD()
			*d.day = registry.Month(y, d.year)
		}
	}
	switch {
	case p.Err() != nil:
	case q.To.Before(q.From):
		p.Add("to", "截止月份 %s 早于起始月份 %s，请对调或改正", q.To, q.From)
	case today.Before(q.From):
		p.Add("from", "起始月份 %s 还没有到", q.From)
	case registry.Month(y, 12).Before(q.To):
		p.Add("to", "截止月份 %s 晚于今年年底", q.To)
	case months(q.To)-months(q.From) >= mostStatMonths:
		p.Add("from", "一次最多统计 %d 个月，请缩短期间", mostStatMonths)
	}
	if q.Basis != "" && !slices.Contains(report.Bases[:], q.Basis) {
		p.Add("date", "没有“%s”这种日期；可以是 found（发现）、filed（立案）、decided（决定）、paid（缴款）、closed（结案）", string(q.Basis))
	}
	if _, ok := s.Bureau().District(q.DistrictCode); q.DistrictCode != "" && !ok {
		p.Add("district_code", "没有代码为“%s”的辖区", q.DistrictCode)
	}
	q.Basis = cmp.Or(q.Basis, report.BasisFound)
	return q, p.Err()
}

// months are the months since the year 0.
func months(d registry.Date) int {
	y, m, _ := d.YMD()
	return 12*y + m
}

func monthAt(n int) registry.Date { return registry.Month((n-1)/12, (n-1)%12+1) }

func (q StatisticsAsk) facts() store.FactFilter {
	return store.FactFilter{Date: q.Basis.Index(), DistrictCode: q.DistrictCode, From: q.From.String(), To: q.To.String()}
}

// shifted is the period some months earlier.
func (q StatisticsAsk) shifted(by int) StatisticsAsk {
	q.From, q.To = monthAt(months(q.From)-by), monthAt(months(q.To)-by)
	return q
}

// Statistics are the figures of a period from what is kept beside the cases. Who is narrowed to a branch gets those of the cases that it handles.
// Those of a past moment are counted from the histories (pastStatistics).
func (s *Service) Statistics(ctx context.Context, a registry.Actor, q StatisticsAsk) (*report.Statistics, StatisticsAsk, error) {
	if !q.AsOf.IsZero() {
		return s.pastStatistics(ctx, a, q)
	}
	return s.statistics(ctx, a, q, func(tx *store.Tx, q StatisticsAsk, heads bool) (map[string]registry.Tallies, error) {
		return tx.Facts(q.facts(), heads)
	})
}

// CountedStatistics are the same figures counted from the files of the cases of an export: slow, and right whatever is kept. Of today's cases they are
// those of Statistics; inspections, what is overdue and the lists of names are always today's.
func (s *Service) CountedStatistics(ctx context.Context, a registry.Actor, q StatisticsAsk, x Export) (*report.Statistics, StatisticsAsk, error) {
	done, err := s.whole(ctx)
	if err != nil {
		return nil, q, err
	}
	defer done()
	var counted *[registry.CaseDates]map[string]registry.Tallies
	return s.statistics(ctx, a, q, func(tx *store.Tx, q StatisticsAsk, _ bool) (map[string]registry.Tallies, error) {
		if counted == nil {
			all, err := report.CountFacts(s.exported(tx, x), s.fact, q.DistrictCode)
			if err != nil {
				return nil, err
			}
			counted = &all
		}
		return (&pastCount{cases: *counted}).months(q), nil
	})
}

// pastStatistics are the figures as they were at the end of a day. What asks for lists of today, or for what is due today, is not among them.
func (s *Service) pastStatistics(ctx context.Context, a registry.Actor, q StatisticsAsk) (*report.Statistics, StatisticsAsk, error) {
	if err := s.checkAsOf(Export{AsOf: q.AsOf}); err != nil {
		return nil, q, err
	}
	done, err := s.whole(ctx)
	if err != nil {
		return nil, q, err
	}
	defer done()
	var past *pastCount
	return s.statistics(ctx, a, q, func(tx *store.Tx, q StatisticsAsk, _ bool) (map[string]registry.Tallies, error) {
		if past == nil {
			if past, err = s.countPast(tx, q); err != nil {
				return nil, err
			}
		}
		return past.months(q), nil
	}, func() *pastCount { return past })
}

// pastCount is what is counted of a past moment: of cases by each date and month, and of inspections.
type pastCount struct {
	cases  [registry.CaseDates]map[string]registry.Tallies
	checks []report.Checked
	labels report.Labels
	words  string
}

func (s *Service) countPast(tx *store.Tx, q StatisticsAsk) (*pastCount, error) {
	r, err := s.reading(tx, Export{AsOf: q.AsOf})
	if err != nil {
		return nil, err
	}
	c := &pastCount{words: strings.Join(r.words(), "；")}
	if c.labels, err = s.labelsOf(r.past); err != nil {
		return nil, err
	}
	cased := map[registry.InspectionID]bool{}
	c.cases, err = report.CountFacts(r.files(), func(f *registry.CaseFile) registry.CaseFact {
		for _, id := range f.Case.Inspections {
			cased[id] = true
		}
		return s.fact(f)
	}, q.DistrictCode)
	if err != nil {
		return nil, err
	}
	type line struct {
		month, district, result string
		cased                   bool
	}
	sums := map[line]int{}
	err = r.past.EachInspection(func(x *registry.Inspection) {
		if d := x.StartedOn; !x.IsVoid() && d.Precision() >= registry.PrecisionMonth && (q.DistrictCode == "" || x.DistrictCode == q.DistrictCode) {
			sums[line{d.ToMonth().String(), x.DistrictCode, x.Result, cased[x.ID]}]++
		}
	})
	for l, n := range sums {
		c.checks = append(c.checks, report.Checked{Month: l.month, District: l.district, Result: l.result, Cased: l.cased, N: n})
	}
	return c, err
}

// pastFigures makes the statistics of a past moment.
func (s *Service) pastFigures(tx *store.Tx, a registry.Actor, q StatisticsAsk, in *report.StatisticsInput, c *pastCount, st **report.Statistics) error {
	in.AsOf, in.Past, in.Labels = q.AsOf, c.words, c.labels
	for _, x := range c.checks {
		if x.Month >= in.From && x.Month <= in.To && (in.Scope == "" || x.District == a.Branch.DistrictCode) {
			in.Checks = append(in.Checks, x)
		}
	}
	if err := s.namesOf(tx, in); err != nil {
		return err
	}
	*st = in.Count()
	return nil
}

// months are the tallies of a question's months.
func (c *pastCount) months(q StatisticsAsk) map[string]registry.Tallies {
	months := maps.Clone(c.cases[q.Basis.Index()])
	maps.DeleteFunc(months, func(m string, _ registry.Tallies) bool { return m != "" && (m < q.From.String() || m > q.To.String()) })
	return months
}

func (s *Service) statistics(ctx context.Context, a registry.Actor, q StatisticsAsk, tallies func(tx *store.Tx, q StatisticsAsk, heads bool) (map[string]registry.Tallies, error), past ...func() *pastCount) (
	st *report.Statistics, _ StatisticsAsk, err error,
) {
	if err := a.May(registry.PermRecordRead); err != nil {
		return nil, q, err
	}
	if q, err = s.completeAsk(q); err != nil {
		return nil, q, err
	}
	in := report.StatisticsInput{From: q.From.String(), To: q.To.String(), Basis: q.Basis, DistrictCode: q.DistrictCode, AsOf: s.Today(), Deadline: s.DeadlineName}
	if a.Branch != nil && s.Bureau().OwnBranchOnly {
		in.Scope = a.Branch.Name
		if q.DistrictCode != "" && !a.Branch.Holds(q.DistrictCode) {
			return nil, q, registry.Invalid("district_code", "只能看%s的统计", a.Branch.Name)
		}
		q.DistrictCode, in.DistrictCode = "", "" // the branch's cases are its own wherever they lie
	}
	err = s.read(ctx, a, registry.PermRecordRead, func(tx *store.Tx) error {
		if in.Labels, err = s.labels(tx); err != nil {
			return err
		}
		length := months(q.To) - months(q.From) + 1
		for _, part := range []struct {
			into  *map[string]registry.Tallies
			q     StatisticsAsk
			heads bool
		}{{&in.Months, q, false}, {&in.Before, q.shifted(length), true}, {&in.YearAgo, q.shifted(12), true},
			{&in.Open, StatisticsAsk{From: registry.Month(1900, 1), To: registry.Month(2200, 12), Basis: report.BasisFound, DistrictCode: q.DistrictCode}, true}} {
			if *part.into, err = tallies(tx, part.q, part.heads); err != nil {
				return err
			}
		}
		if len(past) > 0 {
			return s.pastFigures(tx, a, q, &in, past[0](), &st)
		}
		checks, err := tx.CheckTallies(q.facts())
		if err != nil {
			return err
		}
		for _, c := range checks {
			in.Checks = append(in.Checks, report.Checked{Month: c.Month, District: c.District, Result: c.Result, Cased: c.Cased, N: c.N})
		}
		due, err := tx.CountDue(store.DueFilter{}, s.Today(), s.Today())
		if err != nil {
			return err
		}
		in.Overdue = due.Overdue
		if err := s.namesOf(tx, &in); err != nil {
			return err
		}
		st = in.Count()
		return s.statisticsLists(tx, q, &in, st)
	})
	if err != nil {
		return nil, q, err
	}
	return st, q, nil
}

// LineWords are the words of a line of statistics; empty where it is none.
func (s *Service) LineWords(ctx context.Context, a registry.Actor, l registry.CaseLine) (words string, err error) {
	in := report.StatisticsInput{Deadline: s.DeadlineName}
	err = s.read(ctx, a, registry.PermRecordRead, func(tx *store.Tx) error {
		if in.Labels, err = s.labels(tx); err != nil {
			return err
		}
		if k, ok := l.Key(); ok {
			in.Months = map[string]registry.Tallies{"0": {k: {}}}
		}
		return s.namesOf(tx, &in)
	})
	return in.LineWords(l), err
}

// namesOf gives the lines of units and officers their names.
func (s *Service) namesOf(tx *store.Tx, in *report.StatisticsInput) error {
	var ids []registry.OfficerID
	for m, t := range in.Months {
		for k := range t {
			if n, err := strconv.ParseInt(k.Line, 10, 64); m != "" && k.Table == registry.TallyOfficer && err == nil {
				ids = append(ids, registry.OfficerID(n))
			}
		}
	}
	officers, err := tx.OfficersByID(ids)
	if err != nil {
		return err
	}
	in.Officer = func(id string) string {
		n, _ := strconv.ParseInt(id, 10, 64)
		return officers[registry.OfficerID(n)].Name
	}
	in.Unit = func(id string) string {
		n, _ := strconv.ParseInt(id, 10, 64)
		return in.Labels.Organ(registry.OrganID(n))
	}
	return nil
}

// listed is how many parties, farms and groups are named.
const listed = 20

// statisticsLists adds what is looked up and not kept: parties with several cases, farms that nobody inspected, the spread of fines alike.
func (s *Service) statisticsLists(tx *store.Tx, q StatisticsAsk, in *report.StatisticsInput, st *report.Statistics) error {
	span := store.Repeats{DistrictCode: q.DistrictCode, From: q.From.String(), To: q.To.String()}
	n, err := tx.CountRepeats(span)
	if err != nil {
		return err
	}
	parties, some, err := tx.Repeaters(span, listed)
	if err != nil {
		return err
	}
	x := report.NamedList{Key: "repeaters", Title: "多次涉案的当事人", Rule: "发现月份在本期内、有两件以上案件的当事人（单位和责任人），不论是否处罚；不论上面选的是哪种日期；发现日期只知年份的案件不计。", What: "当事人", Unit: "案件（件）", N: n,
		All: report.Ask{List: report.AskRepeaters, District: q.DistrictCode, From: span.From, To: span.To}}
	if some {
		x.Rule += "人数是全部的；下面的名单只从最近的 400 次再次涉案里取案件最多的。"
	}
	for _, p := range parties {
		x.Lines = append(x.Lines, report.Line{Text: p.Name, N: report.Integer(p.Cases), Ask: report.Ask{List: report.AskParty, ID: int64(p.ID)},
			List: report.Ask{List: report.AskPartyCases, ID: int64(p.ID), District: q.DistrictCode, From: q.From.String(), To: q.To.String()}})
	}
	st.Sections = append(st.Sections, x.Section())

	year := q.To.String()[:4]
	idle := store.FarmFilter{DistrictCode: q.DistrictCode, Idle: year}
	n, _, err = tx.CountFarms(idle)
	if err != nil {
		return err
	}
	farms, _, err := tx.Farms(idle, Page{Limit: listed})
	if err != nil {
		return err
	}
	x = report.NamedList{Key: "idle", Title: year + " 年没有检查过的养殖场", Rule: "在册的养殖场里，" + year + " 年没有一次现场检查的；检查日期只知年份的，按该年检查过。最近登记的在前。", What: "养殖场", Unit: "辖区", N: n,
		All: report.Ask{List: report.AskFarms, District: q.DistrictCode, From: year}}
	for i := range farms {
		f := &farms[i]
		x.Lines = append(x.Lines, report.Line{Text: f.Name, N: report.Text(s.Bureau().DistrictName(f.DistrictCode)), Ask: report.Ask{List: report.AskFarm, ID: int64(f.ID)}})
	}
	st.Sections = append(st.Sections, x.Section())

	groups := in.AlikeGroups(listed)
	if len(groups) == 0 {
		return nil
	}
	group := groups[0].Key
	for _, g := range groups {
		if g.Key == q.Group {
			group = g.Key
		}
	}
	fines, capped, err := tx.AlikeFines(group, q.From.Earliest(), q.To.Latest(), q.DistrictCode)
	if err != nil {
		return err
	}
	st.Alike = report.SpreadOf(group, in.AlikeLabel(group), comparedFines(fines), capped)
	st.Alike.Groups = groups
	return nil
}

func comparedFines(list []store.Fined) []report.ComparedFine {
	out := make([]report.ComparedFine, len(list))
	for i, c := range list {
		out[i] = report.ComparedFine{Case: c.ID, Title: c.Title, Number: c.Number, District: c.District, DecidedOn: c.DecidedOn, Fine: c.Fine}
	}
	return out
}

// SimilarCases are the cases that one is compared with: same type of violation, basis and size of farm, the nearest fines. Label is empty where the case
// cannot be compared.
type SimilarCases struct {
	Case  registry.Case
	Label string
	Fine  registry.Money
	List  []report.ComparedFine
}

// SimilarCases finds them.
func (s *Service) SimilarCases(ctx context.Context, a registry.Actor, id registry.CaseID) (x SimilarCases, err error) {
	err = s.read(ctx, a, registry.PermRecordRead, func(tx *store.Tx) error {
		if x.Case, err = store.Cases.Get(tx, int64(id)); err != nil {
			return err
		}
		alike, fine, err := tx.FactOf(id)
		if err != nil || alike == "" {
			return err
		}
		labels, err := s.labels(tx)
		if err != nil {
			return err
		}
		x.Label, x.Fine = (&report.StatisticsInput{Labels: labels}).AlikeLabel(alike), fine
		list, err := tx.NearestFines(id, alike, fine)
		x.List = comparedFines(list)
		return err
	})
	return x, err
}

// StatisticsWords says a question in words.
func (s *Service) StatisticsWords(q StatisticsAsk) string {
	words := []string{fmt.Sprintf("%s 至 %s", q.From, q.To), "按" + q.Basis.Label()}
	if q.DistrictCode != "" {
		words = append(words, s.Bureau().DistrictName(q.DistrictCode))
	}
	if !q.AsOf.IsZero() {
		words = append(words, "截至 "+q.AsOf.String()+" 日终")
	}
	return strings.Join(words, "，")
}

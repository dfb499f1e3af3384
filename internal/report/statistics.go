package report

import (
	"cmp"
	"fmt"
	"iter"
	"maps"
	"slices"

	"casebook/internal/registry"
)

// Statistics are the figures of a period: page, brief and JSON print this one value. They are made from tallies, whoever added those up: the cells that
// are kept (casework.Statistics), or CountFacts from the files of the cases.
type Statistics struct {
	From, To string // months YYYY-MM, both included
	Basis    Basis
	District string // name; empty: all
	Scope    string // the branch that reading is narrowed to; empty: the whole city
	AsOf     registry.Date
	Past     string // of which past moment the cases are, in words; empty: as they are
	Cases    int64
	Unknown  int64 // cases of the whole register whose date is not known to the month: in no period
	Demo     int64 // invented cases among Cases
	Figures  []StatFigure
	Sections []StatSection
	Alike    *Spread // of fines; nil: no two can be compared
}

// StatFigure is one number, the rule it is counted by, and what it is compared with.
type StatFigure struct {
	Key, Label, Unit string
	Value            Cell
	Rule             string
	Ask              Ask
	Before, YearAgo  string // 环比, 同比: +12.5%; — where there was nothing; empty: not compared
}

// StatSection is a table with the rule it is counted by, and its plot.
type StatSection struct {
	Key, Title, Rule string
	Plot             *Plot
	Columns          []Column
	Rows             []StatRow
	Total            StatRow
	Folded           string // which rows with nothing in them are left out
}

// StatRow is a row; Asks are the lists behind its cells.
type StatRow struct {
	Cells []Cell
	Asks  []Ask
}

// add adds a cell and the list behind it.
func (r *StatRow) add(c Cell, a Ask) { r.Cells, r.Asks = append(r.Cells, c), append(r.Asks, a) }

// Ask says which list stands behind a number. The zero Ask: none.
type Ask struct {
	List                          AskedList
	ID                            int64 // of the party or the farm
	Basis                         Basis // of AskCounted and AskDated
	District, Type, Stage, Result string
	Line                          registry.CaseLine
	Cased                         bool   // inspections on which a case rests
	Undated                       bool   // the cases whose month is not known
	From, To                      string // months
}

// AskedList is a kind of list.
type AskedList string

// The lists that stand behind numbers.
const (
	AskCounted     AskedList = "counted"     // the cases that are counted in the months
	AskDated       AskedList = "dated"       // the cases of which a decision, or a payment, has its date in the months
	AskInspections AskedList = "inspections" // those of the months
	AskDue         AskedList = "due"         // the cases whose next duty has passed its day
	AskPartyCases  AskedList = "party cases" // those of a party that were found in the months
	AskParty       AskedList = "party"
	AskRepeaters   AskedList = "repeaters" // the parties with several cases that were found in the months
	AskFarm        AskedList = "farm"
	AskFarms       AskedList = "farms" // those that were not inspected in the year
)

// On is the list narrowed to the cases that stand on a line.
func (a Ask) On(table, line string, part ...string) Ask {
	a.Line = registry.LineOf(table, line, part...)
	return a
}

// Plot is a figure of a table: bars over labels, one a series, or lying where Flat.
type Plot struct {
	Title, Desc string
	Unit        string
	Flat        bool
	Money       bool // values are 分
	Labels      []string
	Series      []Series
}

// Series is one row of bars.
type Series struct {
	Name   string
	Values []int64
}

// Section finds a section by its key; the zero one where there is none.
func (s *Statistics) Section(key string) StatSection {
	for _, x := range s.Sections {
		if x.Key == key {
			return x
		}
	}
	return StatSection{}
}

// Figure finds a figure by its key; the zero one where there is none.
func (s *Statistics) Figure(key string) StatFigure {
	for _, x := range s.Figures {
		if x.Key == key {
			return x
		}
	}
	return StatFigure{}
}

// Checked are inspections of one month, district and result.
type Checked struct {
	Month, District, Result string
	Cased                   bool // a case rests on them
	N                       int
}

// StatisticsInput is what statistics are made from.
type StatisticsInput struct {
	From, To        string
	Basis           Basis
	DistrictCode    string
	Scope           string
	AsOf            registry.Date
	Past            string                      // of which past moment the cases are, in words; empty: as they are
	Months          map[string]registry.Tallies // by the basis; those of no known month under the empty one
	Before, YearAgo map[string]registry.Tallies // heads of the period before and of the same period a year earlier
	Open            map[string]registry.Tallies // heads of all months by the finding
	Checks          []Checked
	Overdue         int // cases whose next duty has passed its day
	Labels          Labels
	Unit            func(id string) string
	Officer         func(id string) string
	Deadline        func(code string) string
}

// CountFacts counts cases from their files, whatever is kept of them, those of a district where one is given: by each date of Bases and month; those of no
// known month stand under the empty one.
func CountFacts(cases iter.Seq2[*registry.CaseFile, error], fact func(*registry.CaseFile) registry.CaseFact, district string) (months [registry.CaseDates]map[string]registry.Tallies, err error) {
	for i := range months {
		months[i] = map[string]registry.Tallies{}
	}
	for f, err := range cases {
		if err != nil {
			return months, err
		}
		x := fact(f)
		if len(x.Tallies) == 0 || district != "" && x.District != district {
			continue
		}
		add := func(date int, month string, t registry.Tallies, n int64) {
			if months[date][month] == nil {
				months[date][month] = registry.Tallies{}
			}
			months[date][month].Add(t, n)
		}
		for i, m := range x.Months {
			add(i, m, x.Tallies, 1)
		}
		for _, a := range x.Apart {
			add(a.Date, a.Month, a.Tallies, 1)
			add(a.Date, x.Months[a.Date], a.Tallies, -1)
		}
	}
	for i := range months {
		maps.DeleteFunc(months[i], func(_ string, t registry.Tallies) bool { return len(t) == 0 })
	}
	return months, nil
}

// allMonths adds up all months of a period, without what has none.
func allMonths(months map[string]registry.Tallies) registry.Tallies {
	sum := registry.Tallies{}
	for m, t := range months {
		if m != "" {
			sum.Add(t, 1)
		}
	}
	return sum
}

type statMaker struct {
	in             StatisticsInput
	s              *Statistics
	sum            registry.Tallies
	before, year   registry.Tallies
	months         []string
	codes          []string // districts with something, in the bureau's order
	rest           int      // and how many have nothing
	checks, breach int
	cased          int
}

func at(t registry.Tallies, table, line string) registry.Tally {
	return t[registry.TallyKey{Table: table, Line: line}]
}

// Count makes the statistics.
func (in StatisticsInput) Count() *Statistics {
	m := &statMaker{in: in, sum: allMonths(in.Months), before: allMonths(in.Before), year: allMonths(in.YearAgo)}
	m.s = &Statistics{From: in.From, To: in.To, Basis: cmp.Or(in.Basis, BasisFound), Scope: in.Scope, AsOf: in.AsOf, Past: in.Past}
	if in.DistrictCode != "" {
		m.s.District = in.Labels.district(in.DistrictCode)
	}
	m.s.Cases = at(m.sum, registry.TallyAll, "").Cases
	m.s.Demo = at(m.sum, registry.TallyStep, "demo").Cases
	m.s.Unknown = at(in.Months[""], registry.TallyAll, "").Cases
	m.months = MonthsOf(in.From, in.To)
	m.districts()
	m.figures()
	m.s.Sections = []StatSection{
		m.matrix(), m.fines(), m.grouped("types", "按违法行为类型", "一案可有多项违法行为，同一类型一案只计一次；各类型相加会大于案件总数，不列合计。", registry.TallyType, m.typeLabel, false),
		m.grouped("articles", "按违反的法律条文", "到条为止，款、项、目并入本条；只计所违反的条文，一案引用同一条按一件计；不含复核意见。", registry.TallyArticle, articleLabel, false),
		m.grouped("species", "按畜种", "按养殖场的主要畜种，没有的按检查时的存栏；罚款随案件。", registry.TallySpecies, unknownWord, true),
		m.grouped("scale", "按养殖规模（头、只、羽）", "按检查时登记的第一个已知头数，没有的按养殖场登记的；分档只为统计，不是法定规模标准；罚款随案件。", registry.TallyScale, unknownWord, true),
		m.grouped("stages", "按办理阶段", "阶段由文书自动得出，是现在的阶段；罚款随案件。", registry.TallyStage, unknownWord, true),
		m.checkTable(), m.fives(), m.clocks(), m.ageing(),
		m.grouped("units", "按承办单位", "案件登记的承办单位；罚款随案件。", registry.TallyUnit, m.name(in.Unit, "承办单位未填"), true),
		m.grouped("officers", "按执法人员（工作量）", "检查人员和文书承办人，一案一人只计一次；一案有几个人，相加会大于案件总数，不列合计。", registry.TallyOfficer, m.name(in.Officer, ""), false),
	}
	return m.s
}

// MonthsOf are the months from one to another.
func MonthsOf(from, to string) []string {
	first, err := registry.ParseDate(from)
	last, err2 := registry.ParseDate(to)
	if err != nil || err2 != nil {
		return nil
	}
	return monthsBetween(first, last)
}

func (m *statMaker) districts() {
	has := map[string]bool{}
	for k := range m.sum {
		if k.Table == registry.TallyDistrict {
			has[k.Line] = true
		}
	}
	for _, c := range m.in.Checks {
		has[c.District] = true
	}
	if b := m.in.Labels.Bureau; b != nil {
		for _, d := range b.Districts {
			switch {
			case has[d.Code]:
				m.codes = append(m.codes, d.Code)
			case m.in.DistrictCode == "" && m.in.Scope == "":
				m.rest++
			}
			delete(has, d.Code)
		}
	}
	m.codes = append(m.codes, slices.Sorted(maps.Keys(has))...)
}

func (m *statMaker) district(code string) string {
	return cmp.Or(m.in.Labels.district(code), districtUnknown)
}

// asked is the list of the cases that are counted in the period.
func (m *statMaker) asked() Ask {
	return Ask{List: AskCounted, Basis: m.s.Basis, District: m.in.DistrictCode, From: m.in.From, To: m.in.To}
}

// fined is what stands behind an amount of fines, or how many of them are not known: by the date of the decision each decision counts in its own month, and
// so the list is that of the decisions.
func (m *statMaker) fined(a Ask, part string) Ask {
	if m.s.Basis == BasisDecided {
		a.List = AskDated
		return a
	}
	if a.Line == "" {
		a = a.On(registry.TallyMoney, part)
	}
	return a
}

func (m *statMaker) foldedDistricts() string {
	if m.rest == 0 {
		return ""
	}
	return fmt.Sprintf("另有 %d 个辖区没有案件，也没有检查，未列出。", m.rest)
}

// keep adds a row that says something.
func (m *statMaker) keep(s *StatSection, row StatRow, says bool) {
	if says {
		s.Rows = append(s.Rows, row)
	}
}

func (m *statMaker) foldedMonths(shown int) string {
	text := m.foldedDistricts()
	if n := len(m.months) - shown; n > 0 && shown > 0 {
		text = fmt.Sprintf("另有 %d 个月没有案件，未列出。", n) + text
	}
	return text
}

// Change is how a number changed: +12.5%; — where there was nothing before.
func Change(now, before int64) string {
	if before == 0 {
		return "—"
	}
	s := share(now-before, before)
	if now > before {
		s = "+" + s
	}
	return s
}

// share is n of all to a tenth of a per cent, rounded half away from zero; — of nothing.
func share(n, all int64) string {
	if all == 0 {
		return "—"
	}
	sign := ""
	if n < 0 {
		n, sign = -n, "-"
	}
	p := (2000*n + all) / (2 * all)
	if p == 0 {
		sign = ""
	}
	return fmt.Sprintf("%s%d.%d%%", sign, p/10, p%10)
}

package report

import (
	"cmp"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strconv"
	"strings"

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
	Total            []Cell
	Folded           string // which rows with nothing in them are left out
}

// StatRow is a row; Asks are the lists behind its cells.
type StatRow struct {
	Cells []Cell
	Asks  []Ask
}

// Ask says which list stands behind a number. The zero Ask: none.
type Ask struct {
	List                          string // cases, inspections, due; party or farm, of which ID is one
	ID                            int64
	District, Type, Stage, Result string
	From, To                      string // months
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
		for i, m := range x.Months {
			if months[i][m] == nil {
				months[i][m] = registry.Tallies{}
			}
			months[i][m].Add(x.Tallies, 1)
		}
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
	m.s = &Statistics{From: in.From, To: in.To, Basis: cmp.Or(in.Basis, BasisFound), Scope: in.Scope, AsOf: in.AsOf}
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

// asked is the list of cases of the period, narrowed.
func (m *statMaker) asked() Ask {
	return Ask{List: "cases", District: m.in.DistrictCode, From: m.in.From, To: m.in.To}
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

func (m *statMaker) figures() {
	all := at(m.sum, registry.TallyAll, "")
	step := func(t registry.Tallies, line string) registry.Tally { return at(t, registry.TallyStep, line) }
	money := func(line string) registry.Tally { return at(m.sum, registry.TallyMoney, line) }
	for _, c := range m.in.Checks {
		m.checks += c.N
		if c.Result == registry.ViolationFound {
			m.breach += c.N
		}
		if c.Cased {
			m.cased += c.N
		}
	}
	add := func(f StatFigure) { m.s.Figures = append(m.s.Figures, f) }
	compared := func(f StatFigure, of func(registry.Tallies) int64) {
		f.Before, f.YearAgo = Change(of(m.sum), of(m.before)), Change(of(m.sum), of(m.year))
		add(f)
	}
	count := func(n int64) Cell { return Integer(int(n)) }
	ask := m.asked()
	compared(StatFigure{Key: "cases", Label: "案件", Unit: "件", Value: count(all.Cases), Ask: ask, Rule: "按" + m.s.Basis.Label() + "在本期内的案件；误登后作废的不计"},
		func(t registry.Tallies) int64 { return at(t, registry.TallyAll, "").Cases })
	compared(StatFigure{Key: "filed", Label: "已立案", Unit: "件", Value: count(step(m.sum, "filed").Cases), Rule: "其中有立案文书的案件"},
		func(t registry.Tallies) int64 { return step(t, "filed").Cases })
	compared(StatFigure{Key: "decided", Label: "作出处罚", Unit: "件", Value: count(step(m.sum, "decided").Cases), Rule: "其中有处罚决定、且没有全部撤销的案件"},
		func(t registry.Tallies) int64 { return step(t, "decided").Cases })
	compared(StatFigure{Key: "decisions", Label: "处罚决定书", Unit: "份", Value: count(step(m.sum, "decisions").Items), Rule: "这些案件的处罚决定书，含后来被撤销的"},
		func(t registry.Tallies) int64 { return step(t, "decisions").Items })
	compared(StatFigure{Key: "fines", Label: "罚款合计", Unit: "元", Value: Money(all.Total), Rule: fmt.Sprintf("已知金额之和，含按日连续罚款，不含已撤销的；金额未知的 %d 项另计，不作 0", all.Unknown)},
		func(t registry.Tallies) int64 { return int64(at(t, registry.TallyAll, "").Total) })
	mean, median, most, fined := m.middle()
	known := fmt.Sprintf("有已知罚款金额的案件 %d 件，每件的罚款合计", fined)
	add(StatFigure{Key: "mean", Label: "案均罚款", Unit: "元", Value: mean, Rule: "罚款合计 ÷ " + known})
	add(StatFigure{Key: "median", Label: "罚款中位数", Unit: "元", Value: median, Rule: known + "的中位数；件数为偶数时取中间两个的平均"})
	add(StatFigure{Key: "max", Label: "最高罚款", Unit: "元", Value: most, Rule: known + "中最高的"})
	add(StatFigure{Key: "taken", Label: "没收合计", Unit: "元", Value: Money(money("taken").Total), Rule: fmt.Sprintf("没收违法所得、非法财物的已知金额之和；未知 %d 项", money("taken").Unknown)})
	due, paid := money("due"), money("paid")
	add(StatFigure{Key: "due", Label: "应缴", Unit: "元", Value: Money(due.Total), Rule: fmt.Sprintf("有效的罚款和没收，已知金额之和；未知 %d 项", due.Unknown)})
	add(StatFigure{Key: "paid", Label: "实缴", Unit: "元", Value: Money(paid.Total), Rule: "这些案件已缴的罚款和没收，扣除退还，不含加处罚款；不限于本期缴纳的"})
	add(StatFigure{Key: "paid_rate", Label: "到位率", Value: Text(share(int64(paid.Total), int64(due.Total))), Rule: "实缴 ÷ 应缴"})
	add(StatFigure{Key: "owed", Label: "未缴", Unit: "元", Value: Money(money("owed").Total), Rule: fmt.Sprintf("逐项应缴减已缴，多缴的不冲抵别项；涉及 %d 件", step(m.sum, "owing").Cases)})
	checks := Ask{List: "inspections", District: m.in.DistrictCode, From: m.in.From, To: m.in.To}
	add(StatFigure{Key: "checks", Label: "检查家次", Unit: "家次", Value: Integer(m.checks), Ask: checks, Rule: "本期的现场检查，按检查日期，一次检查一家次；作废的不计"})
	add(StatFigure{Key: "filing_rate", Label: "立案率", Value: Text(share(int64(m.cased), int64(m.checks))), Rule: fmt.Sprintf("已据以登记案件的检查 %d 家次 ÷ 检查家次", m.cased)})
	add(StatFigure{Key: "overdue", Label: "现已逾期", Unit: "件", Value: Integer(m.in.Overdue), Ask: Ask{List: "due"}, Rule: "下一项期限已过、还没有办的案件；按今天，不限本期和辖区"})
	add(StatFigure{Key: "penalty_rate", Label: "处罚率", Value: Text(share(step(m.sum, "decided").Cases, all.Cases)), Rule: "作出处罚的案件 ÷ 案件"})
}

// middle is the mean, the median and the highest of the fines of cases.
func (m *statMaker) middle() (mean, median, most Cell, n int64) {
	type fine struct{ amount, cases int64 }
	var list []fine
	var total registry.Money
	for k, t := range m.sum {
		if k.Table == registry.TallyFine {
			amount, _ := strconv.ParseInt(k.Line, 10, 64)
			list = append(list, fine{amount, t.Cases})
			n += t.Cases
			total += t.Total
		}
	}
	if n == 0 {
		return Text("—"), Text("—"), Text("—"), 0
	}
	slices.SortFunc(list, func(a, b fine) int { return cmp.Compare(a.amount, b.amount) })
	nth := func(i int64) int64 { // from 0
		for _, f := range list {
			if i < f.cases {
				return f.amount
			}
			i -= f.cases
		}
		return 0
	}
	return Money(total / registry.Money(n)), Money(registry.Money((nth((n-1)/2) + nth(n/2)) / 2)), Money(registry.Money(list[len(list)-1].amount)), n
}

func (m *statMaker) matrix() StatSection {
	s := StatSection{Key: "months", Title: "案件数（件）：月份 × 辖区", Rule: "按" + m.s.Basis.Label() + "所在的月份；没有这个日期或只知年份的不在任何月份里，另计。辖区是违法行为所在的辖区。",
		Columns: []Column{textColumn("month", "月份", 10)}, Total: []Cell{Text(totalWord)}}
	s.Plot = &Plot{Title: "每月案件数", Unit: "件", Labels: m.months, Series: []Series{{Name: "案件"}}}
	for _, d := range m.codes {
		s.Columns = append(s.Columns, integerColumn(d, m.district(d)))
		s.Total = append(s.Total, Integer(int(at(m.sum, registry.TallyDistrict, d).Cases)))
	}
	s.Columns = append(s.Columns, integerColumn("total", totalWord))
	s.Total = append(s.Total, Integer(int(m.s.Cases)))
	for _, month := range m.months {
		t := m.in.Months[month]
		row := StatRow{Cells: []Cell{Text(month)}, Asks: []Ask{{}}}
		ask := Ask{List: "cases", District: m.in.DistrictCode, From: month, To: month}
		for _, d := range m.codes {
			row.Cells = append(row.Cells, Integer(int(at(t, registry.TallyDistrict, d).Cases)))
			own := ask
			own.District = d
			row.Asks = append(row.Asks, own)
		}
		n := at(t, registry.TallyAll, "").Cases
		row.Cells, row.Asks = append(row.Cells, Integer(int(n))), append(row.Asks, ask)
		s.Plot.Series[0].Values = append(s.Plot.Series[0].Values, n)
		m.keep(&s, row, n > 0)
	}
	s.Folded = m.foldedMonths(len(s.Rows))
	s.Plot.Desc = fmt.Sprintf("%s 至 %s 每月的案件数，共 %d 件；数字见下表。", m.in.From, m.in.To, m.s.Cases)
	return s
}

func (m *statMaker) fines() StatSection {
	s := StatSection{Key: "fines", Title: "罚款（元）：月份 × 辖区", Rule: "已知金额之和，随案件计入其月份和辖区；金额未知的另列项数，不作 0 计入。",
		Columns: []Column{textColumn("month", "月份", 10)}, Total: []Cell{Text(totalWord)}}
	s.Plot = &Plot{Title: "每月罚款", Unit: "万元", Money: true, Labels: m.months, Series: []Series{{Name: "罚款"}}}
	for _, d := range m.codes {
		s.Columns = append(s.Columns, moneyColumn(d, m.district(d)))
		s.Total = append(s.Total, Money(at(m.sum, registry.TallyDistrict, d).Total))
	}
	all := at(m.sum, registry.TallyAll, "")
	s.Columns = append(s.Columns, moneyColumn("total", totalWord), integerColumn("unknown", "金额未知（项）"))
	s.Total = append(s.Total, Money(all.Total), Integer(int(all.Unknown)))
	for _, month := range m.months {
		t := m.in.Months[month]
		row := StatRow{Cells: []Cell{Text(month)}, Asks: []Ask{{}}}
		ask := Ask{List: "cases", District: m.in.DistrictCode, From: month, To: month}
		for _, d := range m.codes {
			row.Cells = append(row.Cells, Money(at(t, registry.TallyDistrict, d).Total))
			own := ask
			own.District = d
			row.Asks = append(row.Asks, own)
		}
		x := at(t, registry.TallyAll, "")
		row.Cells, row.Asks = append(row.Cells, Money(x.Total), Integer(int(x.Unknown))), append(row.Asks, ask, ask)
		s.Plot.Series[0].Values = append(s.Plot.Series[0].Values, int64(x.Total))
		m.keep(&s, row, x.Cases > 0)
	}
	s.Folded = m.foldedMonths(len(s.Rows))
	s.Plot.Desc = fmt.Sprintf("%s 至 %s 每月的罚款，共 %s 元；数字见下表。", m.in.From, m.in.To, all.Total)
	return s
}

func (m *statMaker) typeLabel(code string) string {
	if code == "" {
		return typeUnknown
	}
	if m.in.Labels.Violation != nil {
		return cmp.Or(m.in.Labels.Violation(code), code)
	}
	return code
}

func articleLabel(line string) string {
	part := strings.Split(line, "|")
	if len(part) != 3 {
		return line
	}
	article, _ := strconv.Atoi(part[1])
	sub, _ := strconv.Atoi(part[2])
	return registry.Citation{Law: part[0], Provision: registry.Provision{Article: article, Sub: sub}}.String()
}

func unknownWord(s string) string { return cmp.Or(s, "未知") }

func (m *statMaker) name(of func(string) string, unknown string) func(string) string {
	return func(id string) string {
		if id == "" {
			return unknown
		}
		if of != nil {
			return cmp.Or(of(id), id)
		}
		return id
	}
}

// barsShown is how many lines of a long table its plot shows.
const barsShown = 10

// grouped is a table of the lines of one kind of tally, most cases first.
func (m *statMaker) grouped(key, title, rule, table string, label func(string) string, money bool) StatSection {
	s := StatSection{Key: key, Title: title, Rule: rule, Columns: []Column{textColumn("name", strings.TrimPrefix(strings.Split(title, "（")[0], "按"), 30), integerColumn("cases", "案件（件）")}}
	if money {
		s.Columns = append(s.Columns, moneyColumn("fines", "罚款（元）"), integerColumn("unknown", "金额未知（项）"))
	}
	var lines []string
	for k := range m.sum {
		if k.Table == table {
			lines = append(lines, k.Line)
		}
	}
	slices.SortFunc(lines, func(a, b string) int {
		if table == registry.TallyScale {
			return cmp.Or(cmp.Compare(slices.Index(Scales, a), slices.Index(Scales, b)), strings.Compare(a, b))
		}
		return cmp.Or(cmp.Compare(at(m.sum, table, b).Cases, at(m.sum, table, a).Cases), strings.Compare(a, b))
	})
	p := &Plot{Title: title, Unit: "件", Flat: true, Series: []Series{{Name: "案件"}}}
	for _, line := range lines {
		x := at(m.sum, table, line)
		row := StatRow{Cells: []Cell{Text(label(line)), Integer(int(x.Cases))}, Asks: []Ask{{}, {}}}
		ask := m.asked()
		switch table {
		case registry.TallyType:
			ask.Type = line
		case registry.TallyStage:
			ask.Stage = line
		default:
			ask = Ask{}
		}
		if line != "" {
			row.Asks[1] = ask
		}
		if money {
			row.Cells, row.Asks = append(row.Cells, Money(x.Total), Integer(int(x.Unknown))), append(row.Asks, Ask{}, Ask{})
		}
		if len(p.Labels) < barsShown {
			p.Labels = append(p.Labels, strings.ReplaceAll(label(line), "中华人民共和国", ""))
			p.Series[0].Values = append(p.Series[0].Values, x.Cases)
		}
		s.Rows = append(s.Rows, row)
	}
	if len(lines) > 1 && table != registry.TallyOfficer {
		p.Desc = "数字见下表。"
		if len(lines) > barsShown {
			p.Desc = fmt.Sprintf("图中是案件最多的 %d 项，其余见下表。", barsShown)
		}
		s.Plot = p
	}
	return s
}

func (m *statMaker) checkTable() StatSection {
	s := StatSection{Key: "checks", Title: "检查家次", Rule: "按检查日期，一次检查一家次；“已登记案件”是有案件据以立案或登记的检查。立案率 = 已登记案件 ÷ 检查家次。", Folded: m.foldedDistricts(),
		Columns: []Column{textColumn("district", "辖区", 16), integerColumn("checks", "检查（家次）"), integerColumn("found", "发现违法（家次）"), integerColumn("cased", "已登记案件（家次）"), textColumn("rate", "立案率", 10)}}
	type line struct{ n, found, cased int }
	by := map[string]*line{}
	for _, c := range m.in.Checks {
		if by[c.District] == nil {
			by[c.District] = &line{}
		}
		x := by[c.District]
		x.n += c.N
		if c.Result == registry.ViolationFound {
			x.found += c.N
		}
		if c.Cased {
			x.cased += c.N
		}
	}
	for _, d := range m.codes {
		x := by[d]
		if x == nil {
			continue
		}
		ask := Ask{List: "inspections", District: d, From: m.in.From, To: m.in.To}
		found := ask
		found.Result = registry.ViolationFound
		s.Rows = append(s.Rows, StatRow{Cells: []Cell{Text(m.district(d)), Integer(x.n), Integer(x.found), Integer(x.cased), Text(share(int64(x.cased), int64(x.n)))}, Asks: []Ask{{}, ask, found, {}, {}}})
	}
	if len(s.Rows) > 0 {
		s.Total = []Cell{Text(totalWord), Integer(m.checks), Integer(m.breach), Integer(m.cased), Text(share(int64(m.cased), int64(m.checks)))}
	}
	return s
}

func (m *statMaker) fives() StatSection {
	s := StatSection{Key: "fives", Title: "五类案件", Rule: "按文书计件，随案件计入其月份；移送的人数是已知人数之和，人数未知的件数另列；同比与上年同期比，上年同期为 0 的记“—”。",
		Columns: []Column{textColumn("kind", "种类", 16), integerColumn("items", "件"), integerColumn("persons", "人"), integerColumn("unsaid", "人数未知（件）"), moneyColumn("money", "金额（元）"), textColumn("before", "环比", 10), textColumn("year", "同比", 10)}}
	for _, five := range Fives {
		x := at(m.sum, registry.TallyFive, five)
		row := StatRow{Cells: []Cell{Text(five), Integer(int(x.Items)), {}, {}, {}, Text(Change(x.Items, at(m.before, registry.TallyFive, five).Items)), Text(Change(x.Items, at(m.year, registry.TallyFive, five).Items))}, Asks: make([]Ask, 7)}
		switch five {
		case Fives[0]:
			row.Cells[4] = Money(x.Total)
		case Fives[3], Fives[4]:
			row.Cells[2], row.Cells[3] = Integer(int(x.Persons)), Integer(int(x.Unsaid))
		}
		s.Rows = append(s.Rows, row)
	}
	return s
}

func (m *statMaker) clocks() StatSection {
	s := StatSection{Key: "clocks", Title: "期限完成情况", Rule: "这些案件里已经办完的期限：按期 ÷（按期 + 逾期）。还没有办完的在“期限”里，不计入；日期不全、无法判断的另列。",
		Columns: []Column{textColumn("name", "期限", 30), integerColumn("kept", "按期"), integerColumn("late", "逾期"), integerColumn("unsaid", "无法判断"), textColumn("rate", "按期率", 10)}}
	var lines []string
	var all registry.Tally
	for k, x := range m.sum {
		if k.Table == registry.TallyClock {
			lines = append(lines, k.Line)
			all = all.Plus(x, 1)
		}
	}
	slices.SortFunc(lines, func(a, b string) int {
		x, y := at(m.sum, registry.TallyClock, a), at(m.sum, registry.TallyClock, b)
		return cmp.Or(cmp.Compare(y.Known+y.Unknown, x.Known+x.Unknown), strings.Compare(a, b))
	})
	label := m.name(m.in.Deadline, "")
	for _, line := range lines {
		x := at(m.sum, registry.TallyClock, line)
		s.Rows = append(s.Rows, StatRow{Cells: []Cell{Text(label(line)), Integer(int(x.Known)), Integer(int(x.Unknown)), Integer(int(x.Unsaid)), Text(share(x.Known, x.Known+x.Unknown))}, Asks: make([]Ask, 5)})
	}
	if len(lines) > 0 {
		s.Total = []Cell{Text(totalWord), Integer(int(all.Known)), Integer(int(all.Unknown)), Integer(int(all.Unsaid)), Text(share(all.Known, all.Known+all.Unknown))}
	}
	return s
}

// ages are the steps of the ages of open cases, in months before the present one.
var ages = []struct {
	label string
	below int
}{{"不足 3 个月", 3}, {"3 至 6 个月", 6}, {"6 个月至 1 年", 12}, {"1 年以上", 1 << 30}}

func (m *statMaker) ageing() StatSection {
	s := StatSection{Key: "open", Title: "未结案件的办理时间", Rule: "现在没有结案的全部案件，不限本期；从发现的月份算到本月。", Columns: []Column{textColumn("age", "已办理", 16), integerColumn("cases", "案件（件）")}}
	y, mo, _ := m.in.AsOf.YMD()
	now := y*12 + mo
	n := make([]int64, len(ages)+1)
	for month, t := range m.in.Open {
		open := at(t, registry.TallyStep, "open").Cases
		d, err := registry.ParseDate(month)
		if month == "" || err != nil {
			n[len(ages)] += open
			continue
		}
		y, mo, _ := d.YMD()
		for i, a := range ages {
			if now-(y*12+mo) < a.below {
				n[i] += open
				break
			}
		}
	}
	p := &Plot{Title: s.Title, Unit: "件", Flat: true, Desc: "数字见下表。", Series: []Series{{Name: "案件"}}}
	var all int64
	for i := range n {
		label := "发现月份未知"
		if i < len(ages) {
			label = ages[i].label
		} else if n[i] == 0 {
			continue
		}
		all += n[i]
		s.Rows = append(s.Rows, StatRow{Cells: []Cell{Text(label), Integer(int(n[i]))}, Asks: make([]Ask, 2)})
		p.Labels, p.Series[0].Values = append(p.Labels, label), append(p.Series[0].Values, n[i])
	}
	s.Total = []Cell{Text(totalWord), Integer(int(all))}
	if all > 0 {
		s.Plot = p
	}
	return s
}

package report

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"casebook/internal/registry"
)

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
	dated := ask // what counts by its own date
	dated.List = AskDated
	own := map[Basis]string{BasisDecided: "本期下达的处罚决定书，每份按自己的日期计，含按日连续处罚和后来被撤销的"}[m.s.Basis]
	decisions := ask.On(registry.TallyStep, "decisions")
	if own != "" {
		decisions = dated
	}
	compared(StatFigure{Key: "cases", Label: "案件", Unit: "件", Value: count(all.Cases), Ask: ask, Rule: "按" + m.s.Basis.Label() + "在本期内的案件；误登后作废的不计"},
		func(t registry.Tallies) int64 { return at(t, registry.TallyAll, "").Cases })
	compared(StatFigure{Key: "filed", Label: "已立案", Unit: "件", Value: count(step(m.sum, "filed").Cases), Ask: ask.On(registry.TallyStep, "filed"), Rule: "其中有立案文书的案件"},
		func(t registry.Tallies) int64 { return step(t, "filed").Cases })
	compared(StatFigure{Key: "decided", Label: "作出处罚", Unit: "件", Value: count(step(m.sum, "decided").Cases), Ask: ask.On(registry.TallyStep, "decided"), Rule: "其中有处罚决定、且没有全部撤销的案件"},
		func(t registry.Tallies) int64 { return step(t, "decided").Cases })
	compared(StatFigure{Key: "decisions", Label: "处罚决定书", Unit: "份", Value: count(step(m.sum, "decisions").Items), Ask: decisions, Rule: cmp.Or(own, "这些案件的处罚决定书，含按日连续处罚和后来被撤销的")},
		func(t registry.Tallies) int64 { return step(t, "decisions").Items })
	compared(StatFigure{Key: "fines", Label: "罚款合计", Unit: "元", Value: Money(all.Total), Ask: m.fined(ask, registry.LineFined), Rule: fmt.Sprintf("%s已知金额之和，含按日连续罚款，不含已撤销的；金额未知的 %d 项另计，不作 0", m.ofDecisions(), all.Unknown)},
		func(t registry.Tallies) int64 { return int64(at(t, registry.TallyAll, "").Total) })
	mean, median, most, fined := m.middle()
	fines := ask.On(registry.TallyMoney, registry.LineFined)
	known := fmt.Sprintf("有已知罚款金额的案件 %d 件，每件的罚款合计", fined)
	add(StatFigure{Key: "mean", Label: "案均罚款", Unit: "元", Value: mean, Ask: fines, Rule: "罚款合计 ÷ " + known})
	add(StatFigure{Key: "median", Label: "罚款中位数", Unit: "元", Value: median, Ask: fines, Rule: known + "的中位数；件数为偶数时取中间两个的平均"})
	add(StatFigure{Key: "max", Label: "最高罚款", Unit: "元", Value: most, Ask: fines, Rule: known + "中最高的"})
	add(StatFigure{Key: "taken", Label: "没收合计", Unit: "元", Value: Money(money("taken").Total), Ask: m.fined(ask.On(registry.TallyMoney, "taken"), ""), Rule: fmt.Sprintf(m.ofDecisions()+"没收违法所得、非法财物的已知金额之和；未知 %d 项", money("taken").Unknown)})
	due, paid := money("due"), money("paid")
	add(StatFigure{Key: "due", Label: "罚没合计（应缴）", Unit: "元", Value: Money(due.Total), Ask: m.fined(ask.On(registry.TallyMoney, "due"), ""), Rule: fmt.Sprintf(m.ofDecisions()+"有效的罚款和没收，已知金额之和；未知 %d 项", due.Unknown)})
	paidAsk, paidRule, rateRule := ask.On(registry.TallyMoney, "paid"), "这些案件已缴的罚款和没收，扣除退还，不含加处罚款；不限于本期缴纳的", "实缴 ÷ 应缴"
	switch m.s.Basis {
	case BasisPaid:
		paidAsk, paidRule = dated, "本期缴纳的罚款和没收，每次按自己的日期计，扣除退还，不含加处罚款"
		rateRule = "实缴 ÷ 应缴；按缴款日期统计时，实缴只含本期缴纳的，应缴是这些案件的全部"
	case BasisDecided:
		rateRule = "实缴 ÷ 应缴；按决定日期统计时，应缴只含本期下达的决定，实缴是这些案件的全部"
	}
	add(StatFigure{Key: "paid", Label: "实缴", Unit: "元", Value: Money(paid.Total), Ask: paidAsk, Rule: paidRule})
	add(StatFigure{Key: "paid_rate", Label: "到位率", Value: Text(share(int64(paid.Total), int64(due.Total))), Rule: rateRule})
	add(StatFigure{Key: "owed", Label: "未缴", Unit: "元", Value: Money(money("owed").Total), Ask: ask.On(registry.TallyStep, "owing"), Rule: fmt.Sprintf("逐项应缴减已缴，多缴的不冲抵别项；涉及 %d 件", step(m.sum, "owing").Cases)})
	checks := Ask{List: AskInspections, District: m.in.DistrictCode, From: m.in.From, To: m.in.To}
	withCase := checks
	withCase.Cased = true
	add(StatFigure{Key: "checks", Label: "检查家次", Unit: "家次", Value: Integer(m.checks), Ask: checks, Rule: "本期的现场检查，按检查日期，一次检查一家次；作废的不计"})
	add(StatFigure{Key: "filing_rate", Label: "立案率", Value: Text(share(int64(m.cased), int64(m.checks))), Ask: withCase, Rule: fmt.Sprintf("已据以登记案件的检查 %d 家次 ÷ 检查家次", m.cased)})
	if m.in.Past == "" {
		add(StatFigure{Key: "overdue", Label: "现已逾期", Unit: "件", Value: Integer(m.in.Overdue), Ask: Ask{List: AskDue}, Rule: "下一项期限已过、还没有办的案件；按今天，不限本期和辖区"})
	}
	add(StatFigure{Key: "penalty_rate", Label: "处罚率", Value: Text(share(step(m.sum, "decided").Cases, all.Cases)), Ask: ask.On(registry.TallyStep, "decided"), Rule: "作出处罚的案件 ÷ 案件"})
}

// ofDecisions begins the rule of an amount of penalties.
func (m *statMaker) ofDecisions() string {
	if m.s.Basis == BasisDecided {
		return "本期下达的决定，每份按自己的日期计；"
	}
	return ""
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
	s := StatSection{Key: "months", Title: "案件数（件）：月份 × 辖区", Rule: m.s.Basis.Summed() + "；没有这个日期或只知年份的另计。辖区是违法行为所在的辖区。"}
	s.Plot = &Plot{Title: "每月案件数", Unit: "件", Labels: m.months, Series: []Series{{Name: "案件"}}}
	m.monthly(&s, integerColumn, func(t registry.Tally) Cell { return Integer(int(t.Cases)) }, func(a Ask) Ask { return a })
	for _, month := range m.months {
		s.Plot.Series[0].Values = append(s.Plot.Series[0].Values, at(m.in.Months[month], registry.TallyAll, "").Cases)
	}
	s.Plot.Desc = fmt.Sprintf("%s 至 %s 每月的案件数，共 %d 件；数字见下表。", m.in.From, m.in.To, m.s.Cases)
	return s
}

// monthly makes the table of months and districts, of what is counted in a month and its districts. A month with nothing in it is left out.
func (m *statMaker) monthly(s *StatSection, column func(key, title string) Column, value func(registry.Tally) Cell, list func(Ask) Ask) {
	s.Columns = []Column{textColumn("month", "月份", 10)}
	for _, d := range m.codes {
		s.Columns = append(s.Columns, column(d, m.district(d)))
	}
	s.Columns = append(s.Columns, column("total", totalWord))
	row := func(label string, t registry.Tallies, ask Ask) (r StatRow) {
		r.add(Text(label), Ask{})
		for _, d := range m.codes {
			own := list(ask)
			if own.District = d; d == "" {
				own = Ask{}
			}
			r.add(value(at(t, registry.TallyDistrict, d)), own)
		}
		r.add(value(at(t, registry.TallyAll, "")), list(ask))
		return r
	}
	for _, month := range m.months {
		ask := m.asked()
		ask.From, ask.To = month, month
		t := m.in.Months[month]
		m.keep(s, row(month, t, ask), at(t, registry.TallyAll, "") != registry.Tally{})
	}
	s.Total = row(totalWord, m.sum, m.asked())
	s.Folded = m.foldedMonths(len(s.Rows))
}

func (m *statMaker) fines() StatSection {
	rule := "已知金额之和，随案件计入其月份和辖区；金额未知的另列项数，不作 0 计入。"
	if m.s.Basis == BasisDecided {
		rule = "已知金额之和，每份决定按自己的日期计入月份；金额未知的另列项数，不作 0 计入。"
	}
	s := StatSection{Key: "fines", Title: "罚款（元）：月份 × 辖区", Rule: rule}
	s.Plot = &Plot{Title: "每月罚款", Unit: "万元", Money: true, Labels: m.months, Series: []Series{{Name: "罚款"}}}
	m.monthly(&s, moneyColumn, func(t registry.Tally) Cell { return Money(t.Total) }, func(a Ask) Ask { return m.fined(a, registry.LineFined) })
	s.Columns = append(s.Columns, integerColumn("unknown", "金额未知（项）"))
	all := at(m.sum, registry.TallyAll, "")
	unknown := func(r *StatRow, t registry.Tallies) {
		ask := m.asked()
		if month := r.Cells[0].Text; month != totalWord {
			ask.From, ask.To = month, month
		}
		r.add(Integer(int(at(t, registry.TallyAll, "").Unknown)), m.fined(ask, registry.LineUnsaid))
	}
	for i := range s.Rows {
		unknown(&s.Rows[i], m.in.Months[s.Rows[i].Cells[0].Text])
	}
	unknown(&s.Total, m.sum)
	for _, month := range m.months {
		s.Plot.Series[0].Values = append(s.Plot.Series[0].Values, int64(at(m.in.Months[month], registry.TallyAll, "").Total))
	}
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
		row := StatRow{}
		row.add(Text(label(line)), Ask{})
		ask := m.asked()
		switch {
		case table == registry.TallyType && line != "":
			ask.Type = line
		case table == registry.TallyStage:
			ask.Stage = line
		default:
			ask = ask.On(table, line)
		}
		row.add(Integer(int(x.Cases)), ask)
		if money {
			row.add(Money(x.Total), m.fined(ask, registry.LineFined))
			row.add(Integer(int(x.Unknown)), m.fined(ask, registry.LineUnsaid))
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
	row := func(label string, x line, ask Ask) (r StatRow) {
		found, cased := ask, ask
		found.Result, cased.Cased = registry.ViolationFound, true
		r.add(Text(label), Ask{})
		r.add(Integer(x.n), ask)
		r.add(Integer(x.found), found)
		r.add(Integer(x.cased), cased)
		r.add(Text(share(int64(x.cased), int64(x.n))), Ask{})
		return r
	}
	ask := Ask{List: AskInspections, District: m.in.DistrictCode, From: m.in.From, To: m.in.To}
	for _, d := range m.codes {
		if x := by[d]; x != nil {
			own := ask
			own.District = d
			s.Rows = append(s.Rows, row(m.district(d), *x, own))
		}
	}
	if len(s.Rows) > 0 {
		s.Total = row(totalWord, line{m.checks, m.breach, m.cased}, ask)
	}
	return s
}

func (m *statMaker) fives() StatSection {
	s := StatSection{Key: "fives", Title: "五类案件", Rule: "随案件计入其月份；一案可有几份文书；环比、同比按文书；移送的人数是已知人数之和，人数未知的件数另列；同比与上年同期比，上年同期为 0 的记“—”。",
		Columns: []Column{textColumn("kind", "种类", 16), integerColumn("cases", "案件（件）"), integerColumn("items", "文书（份）"), integerColumn("persons", "人"), integerColumn("unsaid", "人数未知（件）"), moneyColumn("money", "金额（元）"), textColumn("before", "环比", 10), textColumn("year", "同比", 10)}}
	for _, five := range Fives {
		x := at(m.sum, registry.TallyFive, five)
		ask := m.asked().On(registry.TallyFive, five)
		row := StatRow{}
		row.add(Text(five), Ask{})
		row.add(Integer(int(x.Cases)), ask)
		row.add(Integer(int(x.Items)), ask)
		for range 3 {
			row.add(Cell{}, ask)
		}
		row.add(Text(Change(x.Items, at(m.before, registry.TallyFive, five).Items)), Ask{})
		row.add(Text(Change(x.Items, at(m.year, registry.TallyFive, five).Items)), Ask{})
		switch five {
		case Fives[0]:
			row.Cells[5] = Money(x.Total)
		case Fives[3], Fives[4]:
			row.Cells[3], row.Cells[4] = Integer(int(x.Persons)), Integer(int(x.Unsaid))
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
	row := func(label string, x registry.Tally, list func(part string) Ask) (r StatRow) {
		r.add(Text(label), Ask{})
		r.add(Integer(int(x.Known)), list(registry.LineKept))
		r.add(Integer(int(x.Unknown)), list(registry.LineLate))
		r.add(Integer(int(x.Unsaid)), list(registry.LineUnsaid))
		r.add(Text(share(x.Known, x.Known+x.Unknown)), Ask{})
		return r
	}
	label := m.name(m.in.Deadline, "")
	for _, line := range lines {
		x := at(m.sum, registry.TallyClock, line)
		s.Rows = append(s.Rows, row(label(line), x, func(part string) Ask { return m.asked().On(registry.TallyClock, line, part) }))
	}
	if len(lines) > 0 {
		s.Total = row(totalWord, all, func(string) Ask { return Ask{} })
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
		ask := Ask{List: AskCounted, Basis: BasisFound, District: m.in.DistrictCode}.On(registry.TallyStep, "open")
		if i == len(ages) {
			ask.Undated = true
		} else {
			if i > 0 { // a finding that is dated ahead is no older
				ask.To = monthsAgo(m.in.AsOf, ages[i-1].below)
			}
			if i < len(ages)-1 {
				ask.From = monthsAgo(m.in.AsOf, ages[i].below-1)
			}
		}
		s.Rows = append(s.Rows, StatRow{Cells: []Cell{Text(label), Integer(int(n[i]))}, Asks: []Ask{{}, ask}})
		p.Labels, p.Series[0].Values = append(p.Labels, label), append(p.Series[0].Values, n[i])
	}
	s.Total.add(Text(totalWord), Ask{})
	s.Total.add(Integer(int(all)), Ask{List: AskCounted, Basis: BasisFound, District: m.in.DistrictCode}.On(registry.TallyStep, "open"))
	if all > 0 {
		s.Plot = p
	}
	return s
}

// monthsAgo is the month so many before that of a day.
func monthsAgo(d registry.Date, n int) string {
	y, m, _ := d.YMD()
	at := 12*y + m - 1 - n
	return registry.Month(at/12, at%12+1).String()
}

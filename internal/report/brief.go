package report

import (
	"fmt"
	"time"

	"casebook/internal/registry"
)

// Brief is a week's or a month's figures on one page.
type Brief struct {
	Title    string // 环境执法周报
	Lines    []string
	Organ    string
	Marks    []string
	Created  time.Time
	Headline SheetTable
	Plots    [2]Plot
	Fives    SheetTable
	Due      SheetTable
	DueWords string
	Notes    []string
}

// BriefSpan is what is counted of one span: by each date of Bases, and the inspections.
type BriefSpan struct {
	By     [registry.CaseDates]registry.Tallies
	Checks int
}

// BriefInput is what a brief is made from.
type BriefInput struct {
	Week             bool
	From, To         registry.Date // days
	Scope, Organ     string
	Demo             bool
	AsOf             registry.Date
	Now, Before      BriefSpan
	Year, LastYear   BriefSpan // from January to the month of To
	Months           []string  // the last twelve
	Cases            []int64   // found in each
	Fines            []int64   // decided in each
	Overdue, DueSoon int
	Due              [][]string // case, deadline, last day
	Owed             registry.Money
	Owing            int64
	Created          time.Time
}

// briefLines are the lines of the headline: by which date, and what.
var briefLines = []struct {
	label string
	basis Basis
	money bool
	of    func(t registry.Tallies) int64
}{
	{"发现的案件（件）", BasisFound, false, func(t registry.Tallies) int64 { return at(t, registry.TallyAll, "").Cases }},
	{"立案（件）", BasisFiled, false, func(t registry.Tallies) int64 { return at(t, registry.TallyAll, "").Cases }},
	{"作出处罚（件）", BasisDecided, false, func(t registry.Tallies) int64 { return at(t, registry.TallyStep, "decided").Cases }},
	{"罚款（元）", BasisDecided, true, func(t registry.Tallies) int64 { return int64(at(t, registry.TallyAll, "").Total) }},
	{"没收（元）", BasisDecided, true, func(t registry.Tallies) int64 { return int64(at(t, registry.TallyMoney, "taken").Total) }},
	{"罚款金额未知（项）", BasisDecided, false, func(t registry.Tallies) int64 { return at(t, registry.TallyAll, "").Unknown }},
	{"结案（件）", BasisClosed, false, func(t registry.Tallies) int64 { return at(t, registry.TallyAll, "").Cases }},
}

// Brief makes the brief.
func (in BriefInput) Brief() Brief {
	b := Brief{Title: "环境执法月报", Organ: in.Organ, Created: in.Created}
	span := in.From.ToMonth().Chinese()
	if in.Week {
		b.Title, span = "环境执法周报", in.From.Chinese()+"至"+in.To.Chinese()
	}
	b.Lines = []string{span + "　" + in.Organ}
	if in.Scope != "" {
		b.Lines = append(b.Lines, "只含"+in.Scope+"承办的案件")
	}
	if in.Demo {
		b.Marks = []string{"示例（含虚构数据）"}
	}
	now, before := "本月", "上月"
	if in.Week {
		now, before = "本周", "上周"
	}
	b.Headline = SheetTable{Columns: []SheetColumn{{"指标", 110, false}, {now, 70, true}, {before, 70, true}, {"环比", 52, true}, {"今年累计", 80, true}, {"上年同期", 80, true}, {"同比", 52, true}}}
	write := func(n int64, money bool) string {
		if money {
			return registry.Money(n).String()
		}
		return fmt.Sprint(n)
	}
	line := func(label string, money bool, now, before, year, last int64) {
		b.Headline.Rows = append(b.Headline.Rows, []string{label, write(now, money), write(before, money), Change(now, before), write(year, money), write(last, money), Change(year, last)})
	}
	line("现场检查（家次）", false, int64(in.Now.Checks), int64(in.Before.Checks), int64(in.Year.Checks), int64(in.LastYear.Checks))
	for _, l := range briefLines {
		of := func(s *BriefSpan) int64 { return l.of(s.By[l.basis.Index()]) }
		line(l.label, l.money, of(&in.Now), of(&in.Before), of(&in.Year), of(&in.LastYear))
	}
	b.Plots = [2]Plot{
		{Title: "近 12 个月发现的案件（件）", Unit: "件", Labels: in.Months, Series: []Series{{Name: "案件", Values: in.Cases}}},
		{Title: "近 12 个月决定的罚款（万元）", Unit: "万元", Money: true, Labels: in.Months, Series: []Series{{Name: "罚款", Values: in.Fines}}},
	}
	b.Fives = SheetTable{Columns: []SheetColumn{{"五类案件", 150, false}, {now + "（件）", 70, true}, {now + "（人）", 70, true}, {"今年累计（件）", 90, true}, {"上年同期（件）", 90, true}, {"同比", 52, true}}}
	decided := BasisDecided.Index()
	for i, five := range Fives {
		n, year, last := at(in.Now.By[decided], registry.TallyFive, five), at(in.Year.By[decided], registry.TallyFive, five), at(in.LastYear.By[decided], registry.TallyFive, five)
		persons := ""
		if i >= 3 {
			persons = fmt.Sprint(n.Persons)
			if n.Unsaid > 0 {
				persons += fmt.Sprintf("（%d 件未知）", n.Unsaid)
			}
		}
		b.Fives.Rows = append(b.Fives.Rows, []string{five, fmt.Sprint(n.Items), persons, fmt.Sprint(year.Items), fmt.Sprint(last.Items), Change(year.Items, last.Items)})
	}
	b.Due = SheetTable{Columns: []SheetColumn{{"将到期的案件", 250, false}, {"期限", 150, false}, {"最后一天", 80, false}}, Rows: in.Due}
	b.DueWords = fmt.Sprintf("到 %s：已逾期 %d 件，7 天内到期 %d 件。", in.AsOf, in.Overdue, in.DueSoon)
	b.Notes = []string{
		fmt.Sprintf("未缴：今年决定的案件还有 %s 元未缴，涉及 %d 件（逐项应缴减已缴；金额未知的不在内）。", in.Owed, in.Owing),
		"口径：检查按检查日期，案件、立案、处罚、结案各按自己的日期（一案几份决定的按最后一份）；罚款、没收和五类随处罚决定的日期，已撤销的不计；作废的案件不计。对比为 0 的记“—”。今年累计和上年同期按整月。",
	}
	return b
}

// Wan writes 分 in 万元 with what decimals it takes, two at most.
func Wan(fen int64) string {
	whole, rest := fen/1_000_000, fen%1_000_000/10_000
	switch {
	case rest == 0:
		return fmt.Sprint(whole)
	case rest%10 == 0:
		return fmt.Sprintf("%d.%d", whole, rest/10)
	}
	return fmt.Sprintf("%d.%02d", whole, rest)
}

package report

import (
	"cmp"
	"fmt"
	"maps"
	"math/big"
	"slices"
	"strings"

	"casebook/internal/registry"
)

// Summary is the 汇总: figures, tables and what the detail sheets say against each of them.
type Summary struct {
	Basis   Basis
	Cases   int
	Demo    int          // invented cases (示例) among them
	Fines   registry.Sum // what counts: without annulled decisions
	Rows    [SheetCount]int
	Sheets  []int // rows of each sheet of the profile that was walked
	Figures []Figure
	Tables  []Table
	answers *detail
}

// Figure is one number of the summary with its unit, its words, and the detail sheet's answer to the same question.
type Figure struct {
	Key    string
	Label  string
	Unit   string
	Value  Cell
	Note   string
	Check  Query     // the zero Query: a figure that no single sheet can answer
	Detail int64     // the answer: 分 where the value is money
	Of     [2]string // of a rate: the figures that it divides
}

// Consistent reports whether the detail sheet says the same; true where there is nothing to ask.
func (f Figure) Consistent() bool { return f.Check.Agg == AskNothing || f.Detail == f.Value.N }

// Answer is what the rows of the detail sheets say to a query of this summary.
func (s *Summary) Answer(q Query) int64 { return s.answers.answer(q) }

// Consistent reports whether every figure, row and total of the summary equals its detail sheet.
func (s *Summary) Consistent() bool {
	for _, f := range s.Figures {
		if !f.Consistent() {
			return false
		}
	}
	for _, t := range s.Tables {
		for i, q := range t.Detail {
			if q.Agg != AskNothing && s.Answer(q) != t.Total[i].N {
				return false
			}
		}
		for _, r := range t.Rows {
			if r.Check.Agg != AskNothing && s.Answer(r.Check) != r.Cells[t.checkColumn()].N {
				return false
			}
		}
	}
	return true
}

// checkColumn is the column that a row's Check is about: the row's own total.
func (t *Table) checkColumn() int {
	for i, c := range t.Columns {
		if c.Key == "total" {
			return i
		}
	}
	return len(t.Columns) - 1
}

// Figure finds a figure by its key; the zero Figure where there is none.
func (s *Summary) Figure(key string) Figure {
	for _, f := range s.Figures {
		if f.Key == key {
			return f
		}
	}
	return Figure{}
}

// Table finds a table by its key; the zero Table where there is none.
func (s *Summary) Table(key string) Table {
	for _, t := range s.Tables {
		if t.Key == key {
			return t
		}
	}
	return Table{}
}

func (k *counter) summary(d *detail) *Summary {
	s := &Summary{Basis: cmp.Or(k.o.Basis, BasisFound), Cases: k.cases, Demo: k.demo, Fines: k.total.fines, Rows: d.rows, answers: d}
	s.Figures = k.figures()
	for i := range s.Figures {
		s.Figures[i].Detail = d.answer(s.Figures[i].Check)
	}
	months, districts := k.axes()
	s.Tables = []Table{
		k.caseMatrix(months, districts, s.Basis), k.fineMatrix(months, districts, s.Basis), k.byType(), k.byArticle(), k.byPenalty(), k.byMeasure(),
		k.byGroup("stage", "按办理阶段", "办理阶段", k.stages, stageNames()),
		k.byGroup("species", "按畜种", "畜种", k.species, registry.Species),
		k.byGroup("origin", "按数据来源", "数据来源", k.origins, registry.Origins),
		k.byPollutant(),
	}
	return s
}

// TableTitles are the titles of the tables that every summary has, in their order.
func TableTitles() []string {
	var list []string
	for _, t := range newCounter(LedgerOptions{}).summary(newDetail()).Tables {
		list = append(list, t.Title)
	}
	return list
}

func stageNames() []string {
	var list []string
	for _, s := range registry.Stages {
		list = append(list, string(s))
	}
	return list
}

func (k *counter) figures() []Figure {
	demo := ""
	if k.demo > 0 {
		demo = fmt.Sprintf("其中示例（虚构）%d 件", k.demo)
	}
	average, averageNote := Cell{}, "没有已知金额的罚款"
	if k.fined > 0 {
		average = Money(k.total.fines.Total / registry.Money(k.fined))
		averageNote = fmt.Sprintf("罚款合计 ÷ 有已知罚款金额的案件 %d 件", k.fined)
	}
	persons := func(kind registry.DocKind) (cases, persons, unsaid int) {
		if g := k.measures[string(kind)]; g != nil {
			return g.items, int(g.persons), g.unsaid
		}
		return 0, 0, 0
	}
	det, detained, detUnsaid := persons(registry.DocDetention)
	cri, suspects, criUnsaid := persons(registry.DocCrime)
	decisions := 0
	if g := k.measures[string(registry.DocDecision)]; g != nil {
		decisions = g.items
	}
	f, due := k.total.fines, k.total.fines.Total+k.taken.Total
	rateNote := "已缴 ÷ 应缴；金额未知的不计"
	if due == 0 {
		rateNote = "没有已知金额的罚没款"
	}
	return append([]Figure{
		{Key: "cases", Label: "案件", Unit: "件", Value: Integer(k.cases), Note: demo, Check: askCases},
		{Key: "violations", Label: "违法行为", Unit: "项", Value: Integer(items(k.types)), Check: askViolations},
		{Key: "documents", Label: "文书与步骤", Unit: "份", Value: Integer(k.documents), Check: askDocuments},
		{Key: "decisions", Label: "其中：处罚决定书", Unit: "份", Value: Integer(decisions), Note: "含后来被撤销的", Check: askDecisions},
		{Key: "penalties", Label: "处罚", Unit: "项", Value: Integer(k.penalties), Note: "不含已撤销的", Check: askPenalties},
		{Key: "annulled", Label: "已撤销或变更的处罚", Unit: "项", Value: Integer(k.annulled.Known + k.annulled.Unknown), Note: "金额 " + k.annulled.Total.String() + " 元，不计入任何合计", Check: askAnnulled},
		{Key: "fines", Label: "罚款合计", Unit: "元", Value: Money(f.Total), Note: "已知金额之和，含按日连续罚款", Check: askFines},
		{Key: "fines_by_case", Label: "罚款合计（按案件台账）", Unit: "元", Value: Money(f.Total), Check: askFinesByCase},
		{Key: "fines_unknown", Label: "罚款金额未知", Unit: "项", Value: Integer(f.Unknown), Note: "未计入罚款合计；含种类未公布的处罚", Check: askFinesUnknown},
		{Key: "fines_unknown_by_case", Label: "罚款金额未知（按案件台账）", Unit: "项", Value: Integer(f.Unknown), Check: askUnknownByCase},
		{Key: "average", Label: "案均罚款", Unit: "元", Value: average, Note: averageNote},
		{Key: "taken", Label: "没收合计", Unit: "元", Value: Money(k.taken.Total), Note: "没收违法所得、非法财物的已知金额之和", Check: askTaken},
		{Key: "taken_unknown", Label: "没收金额未知", Unit: "项", Value: Integer(k.taken.Unknown), Check: askTakenUnknown},
		{Key: "paid", Label: "实缴合计", Unit: "元", Value: Money(k.paid), Check: askPaid},
		{Key: "due", Label: "应缴合计", Unit: "元", Value: Money(due), Note: "罚款与没收的已知金额之和", Check: askDue},
		{Key: "settled", Label: "其中：已缴", Unit: "元", Value: Money(due - k.owed), Note: "应缴合计减去未缴合计：多缴的、金额未知而缴了的不计"},
		{Key: "owed", Label: "未缴合计", Unit: "元", Value: Money(k.owed), Note: "各项处罚尚欠之和，不含加处罚款", Check: askOwed},
		{Key: "rate", Label: "罚没款到位率", Unit: "%", Value: percent(due-k.owed, due), Note: rateNote, Of: [2]string{"settled", "due"}},
		{Key: "detentions", Label: string(registry.DocDetention), Unit: "件", Value: Integer(det), Check: askDetentions},
		{Key: "detained", Label: string(registry.DocDetention), Unit: "人", Value: Integer(detained), Note: unsaidNote(detUnsaid), Check: askDetained},
		{Key: "crimes", Label: string(registry.DocCrime), Unit: "件", Value: Integer(cri), Check: askCrimes},
		{Key: "suspects", Label: string(registry.DocCrime), Unit: "人", Value: Integer(suspects), Note: unsaidNote(criUnsaid), Check: askSuspects},
		{Key: "results", Label: "监测数据", Unit: "行", Value: Integer(k.results), Check: askResults},
		{Key: "exceeding", Label: "其中：超标", Unit: "项", Value: Integer(k.exceeding), Note: "以报告结论为准", Check: askExceeding},
		{Key: "evidence", Label: "证据", Unit: "份", Value: Integer(k.evidence), Check: askEvidence},
		{Key: "citations", Label: "法条引用", Unit: "处", Value: Integer(k.citations), Note: "不含复核意见", Check: askCitations},
		{Key: "reviews", Label: "法条复核意见", Unit: "处", Value: Integer(k.reviews), Check: askReviews},
		{Key: "voided", Label: "另有作废的案件", Unit: "件", Value: Integer(k.o.Voided), Note: k.o.voidedNote()},
	}, k.inSpan()...)
}

// inSpan are the figures of a span: what counts in it by the basis, and the cases of which that cannot be told. The other figures are of the cases as a
// whole, also of what they have outside the span.
func (k *counter) inSpan() (list []Figure) {
	add := func(key, label, unit string, v Cell, note string) {
		list = append(list, Figure{Key: key, Label: label, Unit: unit, Value: v, Note: note})
	}
	x, rule := k.span, k.o.Basis.Rule()
	if k.o.From.IsZero() && k.o.To.IsZero() {
		return nil
	}
	switch k.o.Basis {
	case BasisDecided:
		add("span_n", "期间内的处罚决定书", "份", Integer(x.N), "按各份决定书自己的日期，含后来被撤销的")
		add("span_money", "期间内决定的罚没合计", "元", Money(x.Money.Total), fmt.Sprintf("现行有效的罚款和没收，随所属决定书的日期；另有 %d 项金额未知", x.Money.Unknown))
	case BasisPaid:
		add("span_n", "期间内的缴款（含退还）", "笔", Integer(x.N), "按各笔自己的日期，不含加处罚款")
		add("span_money", "期间内的实缴合计", "元", Money(x.Money.Total), "退还的已从退还之日扣除")
	case BasisFiled:
		add("span_n", "期间内的立案", "件", Integer(x.N), rule)
	case BasisClosed:
		add("span_n", "期间内的结案", "件", Integer(x.N), rule)
	}
	if k.o.Undated != nil {
		add("undated", k.o.Basis.Label()+"不能确定、没有列入的案件", "件", Integer(*k.o.Undated), "日期未知，或只知年月、不能确定是否在期间内")
	}
	return list
}

// percent is part ÷ whole with two decimals, rounded half up; nothing of nothing is no rate.
func percent(part, whole registry.Money) Cell {
	if whole <= 0 {
		return Cell{}
	}
	n := new(big.Int).Mul(big.NewInt(part.Fen()), big.NewInt(20000))
	n.Add(n, big.NewInt(whole.Fen())).Quo(n, big.NewInt(2*whole.Fen()))
	return Number(fmt.Sprintf("%d.%02d", n.Int64()/100, n.Int64()%100))
}

// voidedNote names the numbers of the voided cases, as far as they are few.
func (o *LedgerOptions) voidedNote() string {
	if o.Voided == 0 {
		return "误登后作废的，不计入任何数字"
	}
	note := "误登后作废的，不在各表内，不计入任何数字"
	if len(o.VoidedNumbers) > 0 {
		note += "；编号 " + strings.Join(o.VoidedNumbers, "、")
		if o.Voided > len(o.VoidedNumbers) {
			note += " 等"
		}
	}
	return note
}

func unsaidNote(n int) string {
	if n == 0 {
		return "已知人数之和"
	}
	return fmt.Sprintf("已知人数之和；另有 %d 件人数未知", n)
}

func items(g groups) (n int) {
	for _, x := range g {
		n += x.items
	}
	return n
}

// axes are the months in order with no gap, MonthUnknown last where it is needed, and the districts: all of the bureau, so that one
// without a case shows its zero, and whatever else was recorded.
func (k *counter) axes() (months, districts []string) {
	for m := range k.months {
		if m != MonthUnknown {
			months = append(months, m)
		}
	}
	slices.Sort(months)
	if n := len(months); n > 0 {
		first, _ := registry.ParseDate(months[0])
		last, _ := registry.ParseDate(months[n-1])
		if all := monthsBetween(first, last); len(all) <= maxMonths {
			months = all
		}
	}
	if k.months[MonthUnknown] != nil {
		months = append(months, MonthUnknown)
	}
	other := map[string]bool{}
	for _, row := range k.months {
		for d := range row {
			other[d] = true
		}
	}
	if b := k.o.Labels.Bureau; b != nil {
		for _, d := range b.Districts {
			districts = append(districts, d.Name)
			delete(other, d.Name)
		}
	}
	return months, append(districts, slices.Sorted(maps.Keys(other))...)
}

// maxMonths bounds the months shown without a case between the first and the last: ten years. One mistyped 1924 must not
// make a table of a thousand empty lines.
const maxMonths = 120

func monthsBetween(first, last registry.Date) []string {
	y, m, _ := first.YMD()
	var list []string
	for d := first; !last.Before(d) && len(list) <= maxMonths; {
		list = append(list, d.String())
		if m++; m > 12 {
			y, m = y+1, 1
		}
		d = registry.Month(y, m)
	}
	return list
}

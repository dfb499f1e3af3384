package report

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"casebook/internal/procedure"
	"casebook/internal/registry"
)

func (b *sheetBuilder) documents() SheetSection {
	t := SheetTable{Columns: []SheetColumn{{"", 5, true}, {"文书", 17, false}, {"文号", 26, false}, {"作出", 12, false}, {"送达", 12, false}, {"内容与结果", 38, false}}}
	for i := range b.f.Documents {
		d := &b.f.Documents[i]
		said := []string{d.Content, labelled("金额 ", moneyOf(d.Amount)), joined("，", d.OrderMode, labelled("期限 ", d.DueOn.String())),
			labelled("不计入期限 ", joined(" 至 ", d.ExcludedFrom.String(), d.ExcludedTo.String())),
			labelled("结果：", joined(" ", d.Result, d.ResultNote, d.ResultOn.String())), people(d)}
		t.Rows = append(t.Rows, []string{strconv.Itoa(i + 1), string(d.Kind), d.Number, b.day(d.MadeOn), d.ServedOn.String(), joined("；", trimmed(said)...)})
	}
	if len(t.Rows) == 0 {
		return SheetSection{}
	}
	return SheetSection{Key: "documents", Title: "文书与措施", Parts: []SheetPart{{Table: &t}}}
}

// trimmed takes the full stops away, so that parts can be joined.
func trimmed(parts []string) []string {
	for i := range parts {
		parts[i] = strings.TrimRight(strings.TrimSpace(parts[i]), "。；")
	}
	return parts
}

func people(d *registry.Document) string {
	if len(d.Participants) == 0 {
		return d.People
	}
	var parts []string
	names := map[string][]string{}
	for _, p := range d.Participants {
		parts = appendNew(parts, p.Part)
		names[p.Part] = append(names[p.Part], p.Name)
	}
	for i, part := range parts {
		parts[i] = part + " " + strings.Join(names[part], "、")
	}
	return strings.Join(parts, "，")
}

func moneyOf(m *registry.Money) string {
	if m == nil {
		return ""
	}
	return m.String() + " 元"
}

func (b *sheetBuilder) branches() SheetSection {
	t := SheetTable{Columns: []SheetColumn{{"事项", 22, false}, {"起", 13, false}, {"状态", 45, false}, {"人数／金额", 20, true}}}
	for _, x := range procedure.Branches(b.f) {
		size := moneyOf(x.Amount)
		switch {
		case x.People && x.Persons != nil:
			size = fmt.Sprintf("%d 人", *x.Persons)
		case x.People:
			size = "人数" + b.unknown
		}
		t.Rows = append(t.Rows, []string{x.Kind, b.day(x.From), joined("；", append([]string{x.State}, x.Notes...)...), size})
	}
	if len(t.Rows) == 0 {
		return SheetSection{}
	}
	return SheetSection{Key: "branches", Title: "措施与后续", Parts: []SheetPart{{Table: &t}}}
}

// money shows the account: each penalty with what later documents made of it, and the sums in force. What was annulled stays in sight.
func (b *sheetBuilder) money() SheetSection {
	account := procedure.AccountOf(b.in.Facts)
	if len(account.Lines) == 0 && len(b.f.Penalties) == 0 {
		return SheetSection{}
	}
	t := SheetTable{Columns: []SheetColumn{{"当事人", 25, false}, {"处罚", 25, false}, {"金额（元）", 14, true}, {"缴款期限", 12, false}, {"已缴（元）", 13, true}, {"尚欠（元）", 12, true}}}
	var remarks []string
	for i := range account.Lines {
		l := &account.Lines[i]
		t.Rows = append(t.Rows, b.moneyRow(l))
		remarks = append(remarks, trimmed(l.Notes)...)
		if x := l.Surcharge; x != nil && x.Why == "" {
			remarks = append(remarks, fmt.Sprintf("“%s”逾期 %d 日，加处罚款 %s 元（上限 %s 元）", joined(" ", l.Penalty.Kind, l.Penalty.Content), x.Days, x.Whole, x.Cap))
		} else if x != nil {
			remarks = append(remarks, "加处罚款无法计算："+x.Why)
		}
	}
	for i := range b.f.Penalties {
		if p := &b.f.Penalties[i]; !p.Monetary() {
			t.Rows = append(t.Rows, []string{b.penalised(p), joined(" ", p.Kind, p.Content), "", "", "", ""})
		}
	}
	sum := account.Totals
	paid := sum.Paid - sum.Refunded
	t.Total = []string{"合计", "", tail(sum.Due.Known > 0, sum.Due.Total.String()), "", tail(len(b.f.Payments) > 0, paid.String()), tail(sum.Due.Known > 0, sum.Balance.String())}
	s := SheetSection{Key: "penalties", Title: "处罚与缴款", Parts: []SheetPart{{Table: &t}}}
	if sum.Due.Known > 0 {
		remarks = append([]string{"合计（大写）" + sum.Due.Total.Capital()}, remarks...)
	}
	if sum.Due.Unknown > 0 {
		remarks = append(remarks, fmt.Sprintf("有 %d 项金额%s，不计入合计", sum.Due.Unknown, b.unknown))
	}
	if sum.SurchargePaid > 0 {
		remarks = append(remarks, "已缴加处罚款 "+(sum.SurchargePaid-sum.SurchargeRefunded).String()+" 元，另计")
	}
	for _, x := range [][]string{remarks, b.receipts(), trimmed(account.Notes), b.discretion()} {
		if len(x) > 0 {
			s.Parts = append(s.Parts, SheetPart{Remark: strings.Join(x, "；") + "。"})
		}
	}
	return s
}

func (b *sheetBuilder) moneyRow(l *procedure.Line) []string {
	amount := b.unknown
	if l.Penalty.Amount != nil {
		amount = l.Penalty.Amount.String()
	}
	kind := joined(" ", l.Penalty.Kind, l.Penalty.Content)
	owed := l.Balance().String()
	switch {
	case l.Annulled != nil:
		kind += "（已撤销）"
	case l.Replaced:
		kind += "（已由变更处罚取代）"
	case l.Changed != nil:
		kind += "（变更前 " + amount + " 元）"
		amount = l.Due.String()
	case l.Due == nil:
		owed = b.unknown
	}
	by := l.PayBy.On.String()
	return []string{b.penalised(l.Penalty), kind, amount, by, tail(len(l.Receipts) > 0, l.Net().String()), owed}
}

func (b *sheetBuilder) penalised(p *registry.Penalty) string {
	return (&actionView{caseView: b.view}).penalised(p).String()
}

func (b *sheetBuilder) receipts() []string {
	var list []string
	for _, m := range b.f.Payments {
		list = append(list, joined(" ", b.day(m.PaidOn), m.Kind, m.Amount.String()+" 元", labelled("票据 ", m.Receipt)))
	}
	if len(list) > 0 {
		list[0] = "收付：" + list[0]
	}
	return list
}

func (b *sheetBuilder) discretion() []string {
	var list []string
	for _, x := range b.in.Sheets {
		result := "只有区间"
		if x.Result != nil {
			result = x.Result.String() + " 元"
		}
		list = append(list, fmt.Sprintf("裁量计算 %s %s，结果 %s，%s存入", x.Instrument, x.TableID, result, x.MadeBy))
	}
	return list
}

const lawUnchecked = "期限和检查所依据的条文未经官方文本核对；工作日按登记的放假安排计算。"

func (b *sheetBuilder) clocks() SheetSection {
	t := SheetTable{Columns: []SheetColumn{{"期限", 27, false}, {"起算", 20, false}, {"届满", 13, false}, {"完成", 19, false}, {"状态", 21, false}}}
	for _, c := range b.running {
		name := c.Rule.Name
		switch n := len(c.Rule.Basis); {
		case n > 0: // the catalogue's page of deadlines has the others
			name += " " + strings.Replace(c.Rule.Basis[0].String(), "《中华人民共和国", "《", 1) + tail(n > 1, "等")
		case c.Source != "":
			name += "（" + c.SourceWords() + "）"
		case c.Rule.Code != "ORDER_DUE":
			name += "（条文未核到）"
		}
		done := ""
		if c.Done != nil {
			done = joined(" ", b.day(c.Done.On), c.Done.What)
		}
		end := c.Term.On.String()
		if c.Term.Known() && c.Term.Latest != c.Term.On {
			end += " 至 " + c.Term.Latest.String()
		}
		t.Rows = append(t.Rows, []string{name, joined(" ", b.day(c.Start.On), c.Start.What), end, done, joined("：", c.Words(), c.Note)})
	}
	if len(t.Rows) == 0 {
		return SheetSection{}
	}
	return SheetSection{Key: "clocks", Title: "期限", Note: "截至 " + b.in.Facts.Today.String() + "。" + lawUnchecked, Parts: []SheetPart{{Table: &t}}}
}

// checks lists what is defective first, then what cannot be told; what is sound is named in one line.
func (b *sheetBuilder) checks() SheetSection {
	t := SheetTable{Columns: []SheetColumn{{"结论", 13, false}, {"检查", 24, false}, {"说明与补正", 43, false}, {"依据", 28, false}}}
	var sound []string
	for _, verdict := range []procedure.Verdict{procedure.Defect, procedure.CannotTell} {
		for _, x := range b.findings {
			if x.Verdict == verdict {
				t.Rows = append(t.Rows, []string{string(x.Verdict), x.Title, joined("。补正：", strings.TrimRight(x.What, "。"), x.Mend), x.Source})
			}
		}
	}
	for _, x := range b.findings {
		if x.Verdict == procedure.Sound {
			sound = append(sound, x.Title)
		}
	}
	s := SheetSection{Key: "checks", Title: "案卷自查", Note: "系统按登记的内容逐项比对，供复核参考；不作认定。"}
	if len(t.Rows) > 0 {
		s.Parts = append(s.Parts, SheetPart{Table: &t})
	}
	if len(sound) > 0 {
		s.Parts = append(s.Parts, SheetPart{Remark: fmt.Sprintf("未见问题 %d 项：%s。", len(sound), strings.Join(sound, "；"))})
	}
	return s
}

// sheetEvent is a line of the timeline.
type sheetEvent struct {
	on         registry.Date
	what, text string
}

func (b *sheetBuilder) events() []sheetEvent {
	var list []sheetEvent
	for _, x := range b.f.Inspections {
		list = append(list, sheetEvent{x.StartedOn, cmp.Or(x.Kind, "现场检查"), joined(" ", x.Number, x.Result)})
	}
	for _, x := range b.f.Samples {
		over := tail(x.Exceeds(), "（超标）")
		list = append(list, sheetEvent{x.SampledOn, "采样", x.Point + over})
	}
	for i := range b.f.Documents {
		d := &b.f.Documents[i]
		list = append(list, sheetEvent{d.MadeOn, string(d.Kind), joined(" ", d.Number, d.Result)})
		if !d.ServedOn.IsZero() && d.ServedOn != d.MadeOn {
			list = append(list, sheetEvent{d.ServedOn, "送达", joined(" ", string(d.Kind), d.ServiceMode)})
		}
		if !d.ResultOn.IsZero() && d.ResultOn != d.MadeOn {
			list = append(list, sheetEvent{d.ResultOn, "结果", joined(" ", string(d.Kind), d.Result, d.ResultNote)})
		}
	}
	for _, x := range b.f.Payments {
		list = append(list, sheetEvent{x.PaidOn, "缴款", joined(" ", x.Amount.String()+" 元", labelled("票据 ", x.Receipt))})
	}
	// Dated ones in the order of their days; one without a date stays where the chain has it.
	for i := 1; i < len(list); i++ {
		for j := i; j > 0 && list[j].on.Before(list[j-1].on); j-- {
			list[j], list[j-1] = list[j-1], list[j]
		}
	}
	return list
}

func (b *sheetBuilder) timeline() SheetSection {
	list := b.events()
	if len(list) == 0 {
		return SheetSection{}
	}
	t := SheetTable{Columns: []SheetColumn{{"日期", 12, false}, {"事项", 38, false}}, Folded: true}
	for _, e := range list {
		t.Rows = append(t.Rows, []string{b.day(e.on), joined("　", e.what, e.text)})
	}
	return SheetSection{Key: "timeline", Title: "时间线", Parts: []SheetPart{{Table: &t}}}
}

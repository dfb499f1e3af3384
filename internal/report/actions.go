package report

import (
	"strings"

	"casebook/internal/registry"
)

// leading are the columns that every detail sheet begins with: enough to know the case without going back.
func leading[T any](of func(T) *caseView) []column[T] {
	return []column[T]{
		{Column{"case", "案件序号", KindOrdinal, 9, false, "对应案件台账的序号"}, func(v T) Cell { return Integer(of(v).n) }},
		{Column{"origin", "数据来源", KindText, 13, false, "同案件台账"}, func(v T) Cell { return Text(string(of(v).f.Case.Origin)) }},
		{Column{"district", "辖区", KindText, 9, false, "同案件台账"}, func(v T) Cell { return Text(of(v).district) }},
		{Column{"number", "案件编号", KindCode, 22, false, "同案件台账"}, func(v T) Cell { return TextOr(of(v).f.Case.Number, of(v).unknown) }},
		{Column{"title", "案件名称", KindText, 30, true, "同案件台账"}, func(v T) Cell { return Text(of(v).f.Case.Title) }},
	}
}

type violationView struct {
	*caseView
	v *registry.Violation
	i int
}

var violationColumns = append(leading(func(v violationView) *caseView { return v.caseView }), []column[violationView]{
	{Column{"i", "案内序号", KindOrdinal, 6, false, ""}, func(v violationView) Cell { return Integer(v.i) }},
	{Column{"type", "违法行为类型", KindText, 32, true, typeUnknown + "：没有合适的类型，见违法事实"}, func(v violationView) Cell { return Text(v.violationLabel(v.v.TypeCode)) }},
	{Column{"type_code", "类型代码", KindCode, 20, false, ""}, func(v violationView) Cell { return Text(v.v.TypeCode) }},
	{Column{"facts", "违法事实", KindText, 60, true, ""}, func(v violationView) Cell { return TextOr(v.v.Facts, v.unknown) }},
	{Column{"act_from", "行为开始", KindDate, 12, false, ""}, func(v violationView) Cell { return DateCell(v.v.ActFrom) }},
	{Column{"act_to", "行为终了", KindDate, 12, false, "适用哪个版本的法律以它为准；空白：以检查之日代之"}, func(v violationView) Cell { return DateCell(v.v.ActTo) }},
	{Column{"end_basis", "终了的认定", KindText, 16, false, "终了日未知的，行为到什么时候为止"}, func(v violationView) Cell { return Text(v.v.EndBasis) }},
	{Column{"continuing", "是否持续", KindText, 8, false, ""}, func(v violationView) Cell { return TextOr(string(v.v.Continuing), v.unknown) }},
	{Column{"damage", "损害的环境要素", KindText, 16, true, "空白：没有查明或没有写明"}, func(v violationView) Cell { return Text(strings.Join(v.v.Damage, "、")) }},
	{Column{"place", "地点", KindText, 24, true, ""}, func(v violationView) Cell { return Text(v.v.Place) }},
	{Column{"breached", "违反条款", KindText, 40, true, "不含复核意见；逐条见法条引用"}, func(v violationView) Cell {
		return TextOr(citationList(v.v.Breached()), v.unknown)
	}},
	{Column{"basis", "处罚依据", KindText, 40, true, "不含复核意见"}, func(v violationView) Cell {
		return TextOr(citationList(v.v.Basis()), v.unknown)
	}},
	{Column{"choice", "法律适用选择", KindText, 12, false, "从旧、从轻：行为跨越新旧法时由人选择"}, func(v violationView) Cell { return Text(v.v.VersionChoice) }},
	{Column{"choice_reason", "选择理由", KindText, 30, true, ""}, func(v violationView) Cell { return Text(v.v.ChoiceReason) }},
	{Column{"checklist", "要件核对", KindText, 16, false, "具备／不具备／待查的项数"}, func(v violationView) Cell { return Text(checklist(v.v.Checklist)) }},
	{Column{"note", "备注", KindText, 30, true, ""}, func(v violationView) Cell { return Text(v.v.Note) }},
	idColumn(func(v violationView) *caseView { return v.caseView }),
}...)

func citationList(list []registry.Citation) string {
	var out []string
	for _, c := range list {
		out = appendNew(out, c.String())
	}
	return joined("；", out...)
}

func checklist(list []registry.ElementAnswer) string {
	if len(list) == 0 {
		return ""
	}
	n := map[string]int{}
	for _, e := range list {
		n[e.Answer]++
	}
	var out string
	for _, a := range registry.ElementAnswers {
		out = joined("，", out, a+" "+Integer(n[a]).String())
	}
	return out
}

// actionView is one row of 处罚与措施: a document, or a penalty that follows the decision it belongs to.
type actionView struct {
	*caseView
	step int
	doc  *registry.Document
	pen  *registry.Penalty
}

// Categories of 处罚与措施; formulas in the workbook ask for these words.
const (
	categoryDocument = "文书"
	categoryPenalty  = "处罚"
)

// actions lists the documents in their order, each decision followed by its penalties; a penalty that names no document
// stands behind the last decision, or at the end where there is none.
func (c *caseView) actions() []actionView {
	f := c.f
	out := make([]actionView, 0, len(f.Documents)+len(f.Penalties))
	lastDecision := -1
	known := make(map[registry.DocumentID]bool, len(f.Documents))
	for i := range f.Documents {
		if f.Documents[i].Kind == registry.DocDecision {
			lastDecision = i
		}
		known[f.Documents[i].ID] = f.Documents[i].ID != 0
	}
	add := func(d *registry.Document, p *registry.Penalty) {
		out = append(out, actionView{c, len(out) + 1, d, p})
	}
	for i := range f.Documents {
		d := &f.Documents[i]
		add(d, nil)
		for j := range f.Penalties {
			p := &f.Penalties[j]
			if known[p.DocumentID] && p.DocumentID == d.ID || !known[p.DocumentID] && i == lastDecision {
				add(nil, p)
			}
		}
	}
	if lastDecision < 0 {
		for j := range f.Penalties {
			if !known[f.Penalties[j].DocumentID] {
				add(nil, &f.Penalties[j])
			}
		}
	}
	return out
}

// ofDoc and ofPen build a column that only one of the two kinds of row fills.
func ofDoc(get func(actionView, *registry.Document) Cell) func(actionView) Cell {
	return func(v actionView) Cell {
		if v.doc == nil {
			return Cell{}
		}
		return get(v, v.doc)
	}
}

func ofPen(get func(actionView, *registry.Penalty) Cell) func(actionView) Cell {
	return func(v actionView) Cell {
		if v.pen == nil {
			return Cell{}
		}
		return get(v, v.pen)
	}
}

var actionColumns = append(leading(func(v actionView) *caseView { return v.caseView }), []column[actionView]{
	{Column{"step", "步骤", KindOrdinal, 6, false, "案内先后；没有日期的文书按登记的先后"}, func(v actionView) Cell { return Integer(v.step) }},
	{Column{"category", "类别", KindText, 8, false, categoryDocument + "，或文书所附的" + categoryPenalty}, func(v actionView) Cell {
		if v.doc != nil {
			return Text(categoryDocument)
		}
		return Text(categoryPenalty)
	}},
	{Column{"kind", "文书或处罚种类", KindText, 18, true, "责令改正、移送不是处罚种类"}, func(v actionView) Cell {
		if v.doc != nil {
			return Text(string(v.doc.Kind))
		}
		return Text(v.pen.Kind)
	}},
	{Column{"class", "汇总归类", KindText, 10, false, "金额计入哪一项合计；" + classAnnulled + "的不计入任何合计"}, ofPen(func(v actionView, p *registry.Penalty) Cell {
		if v.annulled[p] {
			return Text(classAnnulled)
		}
		return Text(class(p.Kind))
	})},
	{Column{"doc_number", "文号", KindCode, 26, false, "括号统一为〔〕"}, ofDoc(func(v actionView, d *registry.Document) Cell {
		if v.f.Kind(d.Kind).Numbers {
			return TextOr(d.Number, v.unknown)
		}
		return Text(d.Number)
	})},
	{Column{"made_on", "作出日期", KindDate, 12, false, ""}, ofDoc(func(v actionView, d *registry.Document) Cell { return DateOr(d.MadeOn, v.unknown) })},
	{Column{"served_on", "送达日期", KindDate, 12, false, ""}, ofDoc(func(_ actionView, d *registry.Document) Cell { return DateCell(d.ServedOn) })},
	{Column{"served_how", "送达方式", KindText, 10, false, ""}, ofDoc(func(_ actionView, d *registry.Document) Cell { return Text(d.ServiceMode) })},
	{Column{"organ", "机关", KindText, 22, true, "作出或受移送的机关"}, ofDoc(func(v actionView, d *registry.Document) Cell { return Text(v.organ(d)) })},
	{Column{"people", "参加人员", KindText, 20, true, "承办、审核、主持、表决等"}, ofDoc(func(_ actionView, d *registry.Document) Cell { return Text(people(d)) })},
	{Column{"party_name", "文书所写当事人", KindText, 22, true, "空白：与案件登记一致或没有登记"}, ofDoc(func(_ actionView, d *registry.Document) Cell { return Text(d.PartyName) })},
	{Column{"party", "被处罚当事人", KindText, 24, true, "双罚时分别列出"}, ofPen(func(v actionView, p *registry.Penalty) Cell { return v.penalised(p) })},
	{Column{"content", "内容", KindText, 50, true, ""}, func(v actionView) Cell {
		if v.doc != nil {
			return Text(v.doc.Content)
		}
		return Text(v.pen.Content)
	}},
	{Column{"amount", "金额（元）", KindMoney, 14, false, "处罚金额，或文书所载金额；计入哪项合计见“汇总归类”"}, func(v actionView) Cell {
		if v.doc != nil {
			if v.doc.Amount == nil {
				return Cell{}
			}
			return Money(*v.doc.Amount)
		}
		if class(v.pen.Kind) == classOther && v.pen.Amount == nil {
			return Cell{}
		}
		return MoneyOr(v.amount(), v.unknown)
	}},
	{Column{"persons", "人数", KindInteger, 8, false, "移送的人数"}, ofDoc(func(v actionView, d *registry.Document) Cell {
		if d.Persons == nil && !v.f.Kind(d.Kind).Persons {
			return Cell{}
		}
		return IntegerOr(d.Persons, v.unknown)
	})},
	{Column{"order_mode", "责令方式", KindText, 10, false, ""}, ofDoc(func(_ actionView, d *registry.Document) Cell { return Text(d.OrderMode) })},
	{Column{"due_on", "期限", KindDate, 12, false, "文书的期限，或缴款期限"}, func(v actionView) Cell {
		if v.doc != nil {
			return DateCell(v.doc.DueOn)
		}
		return DateCell(v.pen.PayBy)
	}},
	{Column{"result", "结果", KindText, 12, false, ""}, ofDoc(func(_ actionView, d *registry.Document) Cell { return Text(d.Result) })},
	{Column{"result_on", "结果日期", KindDate, 12, false, ""}, ofDoc(func(_ actionView, d *registry.Document) Cell { return DateCell(d.ResultOn) })},
	{Column{"result_note", "结果说明", KindText, 24, true, ""}, ofDoc(func(_ actionView, d *registry.Document) Cell { return Text(d.ResultNote) })},
	{Column{"excluded_from", "不计入期限自", KindDate, 12, false, "听证、监测、鉴定、送达等不计入办案期限的时间"}, ofDoc(func(_ actionView, d *registry.Document) Cell { return DateCell(d.ExcludedFrom) })},
	{Column{"excluded_to", "不计入期限至", KindDate, 12, false, "空白而有起日的，尚未结束"}, ofDoc(func(_ actionView, d *registry.Document) Cell { return DateCell(d.ExcludedTo) })},
	{Column{"daily_days", "计罚日数", KindInteger, 9, false, "按日连续罚款"}, ofPen(func(v actionView, p *registry.Penalty) Cell {
		if p.Kind != registry.PenaltyDaily {
			return Cell{}
		}
		return IntegerOr(p.DailyDays, v.unknown)
	})},
	{Column{"range_reason", "金额偏离幅度的理由", KindText, 24, true, ""}, ofPen(func(_ actionView, p *registry.Penalty) Cell { return Text(p.RangeReason) })},
	{Column{"note", "备注", KindText, 30, true, ""}, func(v actionView) Cell {
		if v.doc != nil {
			return Text(v.doc.Note)
		}
		return Text(joined("；", v.pen.Note, v.turned()))
	}},
	idColumn(func(v actionView) *caseView { return v.caseView }),
}...)

// amount is what counts: of a penalty in force the amount as changed, of another what was decided.
func (v actionView) amount() *registry.Money {
	if c := v.charges[v.pen]; c.InForce() && c.Changed != nil {
		return c.Due
	}
	return v.pen.Amount
}

// turned says what became of a penalty after its decision.
func (v actionView) turned() string {
	switch c := v.charges[v.pen]; {
	case c.Annulled != nil:
		return "已撤销"
	case c.Replaced:
		return "已由变更处罚取代"
	case c.Changed != nil:
		return "变更处罚后的金额，原决定 " + MoneyOr(v.pen.Amount, v.unknown).String() + " 元"
	}
	return ""
}

// penalised is the party of a penalty under its name at the act; the main party where the penalty names none.
func (c *caseView) penalised(p *registry.Penalty) Cell {
	for i, cp := range c.f.Case.Parties {
		if p.PartyID != 0 && cp.PartyID == p.PartyID && i < len(c.f.Parties) {
			if cp.NameAtAct != "" {
				return Text(cp.NameAtAct)
			}
			return Text(c.f.Parties[i].Name)
		}
	}
	_, name, _ := c.f.MainParty()
	return TextOr(name, c.unknown)
}

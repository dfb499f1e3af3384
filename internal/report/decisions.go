package report

import (
	"cmp"
	"slices"
	"strings"

	"casebook/internal/registry"
)

// decisionView is a row of 处罚决定: a decision as it concerns one party. A penalty that belongs to no decision on record has a row without one,
// so that the money of all rows is the money of all penalties.
type decisionView struct {
	*caseView
	doc     *registry.Document // nil: none on record
	party   int                // in f.Parties; -1: none on record
	charges []*registry.Charge
}

// What became of a decision for a party.
const (
	stateInForce  = "有效"
	stateAnnulled = "已撤销"
	stateReplaced = "已变更"
)

// decisions lists the decisions in their order, each by party as its penalties name them.
func (c *caseView) decisions() []decisionView {
	var out []decisionView
	for _, a := range c.actions() {
		if d := a.doc; d != nil {
			if d.Kind == registry.DocDecision || d.Kind == registry.DocDailyPenalty || d.Kind == registry.DocChanged && c.imposes(d) {
				out = append(out, decisionView{caseView: c, doc: d, party: c.partyNamed(d.PartyName)})
			}
			continue
		}
		var d *registry.Document
		if n := len(out); n > 0 {
			d = out[n-1].doc
		}
		if x := c.charges[a.pen]; x.Decision != nil {
			d = x.Decision
		}
		out = c.charge(out, d, a.pen)
	}
	return out
}

// charge adds a penalty to the row of its decision and party.
func (c *caseView) charge(out []decisionView, d *registry.Document, p *registry.Penalty) []decisionView {
	party := c.partyOf(p)
	for i := len(out) - 1; i >= 0; i-- {
		if v := &out[i]; v.doc == d && (v.party == party || len(v.charges) == 0) {
			v.party, v.charges = party, append(v.charges, c.charges[p])
			return out
		}
	}
	return append(out, decisionView{c, d, party, []*registry.Charge{c.charges[p]}})
}

func (c *caseView) imposes(d *registry.Document) bool {
	return slices.ContainsFunc(c.f.Penalties, func(p registry.Penalty) bool { return d.ID != 0 && p.DocumentID == d.ID })
}

func (c *caseView) partyOf(p *registry.Penalty) int {
	for i, cp := range c.f.Case.Parties {
		if p.PartyID != 0 && cp.PartyID == p.PartyID && i < len(c.f.Parties) {
			return i
		}
	}
	return c.mainParty()
}

func (c *caseView) mainParty() int {
	if len(c.f.Parties) == 0 {
		return -1
	}
	return 0
}

// partyNamed is the party as a document names it, else the main one.
func (c *caseView) partyNamed(name string) int {
	for i := range c.f.Parties {
		if name != "" && (c.f.Parties[i].Name == name || c.nameAtAct(i) == name) {
			return i
		}
	}
	return c.mainParty()
}

func (c *caseView) nameAtAct(i int) string {
	if i < len(c.f.Case.Parties) && c.f.Case.Parties[i].NameAtAct != "" {
		return c.f.Case.Parties[i].NameAtAct
	}
	return c.f.Parties[i].Name
}

func (v *decisionView) name() string {
	if v.party < 0 {
		return ""
	}
	return v.nameAtAct(v.party)
}

// state is what became of the decision: its penalties tell, or, where it has none, whether it was annulled later.
func (v *decisionView) state() string {
	annulled := 0
	for _, x := range v.charges {
		if x.InForce() {
			return stateInForce
		}
		if x.Annulled != nil {
			annulled++
		}
	}
	switch {
	case annulled > 0:
		return stateAnnulled
	case len(v.charges) > 0:
		return stateReplaced
	}
	gone := false
	for i := range v.f.Documents {
		switch d := &v.f.Documents[i]; {
		case d == v.doc:
			gone = false
		case d.Kind == registry.DocAnnulled:
			gone = true
		}
	}
	if gone {
		return stateAnnulled
	}
	return stateInForce
}

// sumOf adds up the penalties in force of a class.
func (v *decisionView) sumOf(cl string) (s registry.Sum) {
	for _, x := range v.charges {
		if x.InForce() && class(x.Penalty.Kind) == cl {
			s.Add(x.Due)
		}
	}
	return s
}

// due is what is owed for the penalties in force, and owed what of it is still to be paid.
func (v *decisionView) due() (due, owed registry.Sum) {
	for _, x := range v.charges {
		if !x.InForce() || !x.Penalty.Monetary() {
			continue
		}
		due.Add(x.Due)
		if x.Due == nil {
			owed.Add(nil)
			continue
		}
		m := x.Balance()
		owed.Add(&m)
	}
	return due, owed
}

func (v *decisionView) paid() Cell {
	var m registry.Money
	n, day := 0, registry.Date{}
	for _, x := range v.charges {
		m += x.Net()
		n += len(x.Receipts)
		for _, r := range x.Receipts {
			if day.IsZero() || day.Before(r.PaidOn) {
				day = r.PaidOn
			}
		}
	}
	if n == 0 {
		return Cell{}
	}
	return Money(m)
}

func (v *decisionView) paidOn() Cell {
	var last registry.Date
	n := 0
	for _, x := range v.charges {
		for _, r := range x.Receipts {
			if n++; last.IsZero() || last.Before(r.PaidOn) {
				last = r.PaidOn
			}
		}
	}
	if n == 0 {
		return Cell{}
	}
	return DateOr(last, v.unknown)
}

func (v *decisionView) payBy() (last registry.Date) {
	for _, x := range v.charges {
		if x.InForce() && !x.Penalty.PayBy.IsZero() {
			last = x.Penalty.PayBy
		}
	}
	return last
}

func (v *decisionView) kinds() []string {
	var list []string
	for _, x := range v.charges {
		list = appendNew(list, x.Penalty.Kind)
	}
	return list
}

// words tells the penalties in force, each with what it amounts to.
func (v *decisionView) words() string {
	var list []string
	for _, x := range v.charges {
		if !x.InForce() {
			continue
		}
		s := x.Penalty.Kind
		if x.Due != nil {
			s += " " + x.Due.String() + " 元"
		}
		list = append(list, joined("：", s, x.Penalty.Content))
	}
	return strings.Join(list, "；")
}

// publicName is what the party may be called in public: never its own name where it is a person.
func (v *decisionView) publicName() string {
	b := v.o.Labels.Bureau
	switch {
	case b == nil || v.party < 0:
		return ""
	case v.party == 0:
		return b.PublicName(v.f)
	}
	p := &v.f.Parties[v.party]
	if p.PublicName != "" && b.PublicNameDoubt(p.PublicName, p.Name) == "" {
		return p.PublicName
	}
	if p.Kind == "自然人" {
		return "责任人某某"
	}
	return ""
}

func (v *decisionView) decidingOrgan() string {
	if v.doc != nil {
		if s := v.organ(v.doc); s != "" {
			return s
		}
	}
	if v.f.DecidingOrgan != nil {
		return v.f.DecidingOrgan.Name
	}
	return ""
}

// ofDecision builds a column that a row without a decision on record leaves unknown.
func ofDecision(get func(decisionView) Cell) func(decisionView) Cell {
	return func(v decisionView) Cell {
		if v.doc == nil {
			return Unknown(v.unknown)
		}
		return get(v)
	}
}

var decisionColumns = append(leading(func(v decisionView) *caseView { return v.caseView }), []column[decisionView]{
	{Column{"doc_number", "决定书文号", KindCode, 26, false, "括号统一为〔〕"}, ofDecision(func(v decisionView) Cell { return TextOr(v.doc.Number, v.unknown) })},
	{Column{"kind", "文书", KindText, 16, false, ""}, ofDecision(func(v decisionView) Cell { return Text(string(v.doc.Kind)) })},
	{Column{"made_on", "决定日期", KindDate, 12, false, ""}, ofDecision(func(v decisionView) Cell { return DateOr(v.doc.MadeOn, v.unknown) })},
	{Column{"served_on", "送达日期", KindDate, 12, false, ""}, ofDecision(func(v decisionView) Cell { return DateCell(v.doc.ServedOn) })},
	{Column{"organ", "决定机关", KindText, 22, true, ""}, func(v decisionView) Cell { return TextOr(v.decidingOrgan(), v.unknown) }},
	{Column{"party", "被处罚当事人", KindText, 26, true, "违法行为时的名称；双罚时各占一行"}, func(v decisionView) Cell { return TextOr(v.name(), v.unknown) }},
	{Column{"party_kind", "当事人类别", KindText, 12, false, ""}, func(v decisionView) Cell {
		if v.party < 0 {
			return Unknown(v.unknown)
		}
		return TextOr(v.f.Parties[v.party].Kind, v.unknown)
	}},
	{Column{"public_party", "当事人（公开用名）", KindText, 24, true, "县名、某、行业、形式，不是真实名称"}, func(v decisionView) Cell { return TextOr(v.publicName(), "未定") }},
	{Column{"public_kind", "当事人类型", KindText, 12, false, "单位或个人"}, func(v decisionView) Cell {
		if v.party < 0 || v.f.Parties[v.party].Kind == "未知" {
			return Unknown(v.unknown)
		}
		if k := v.f.Parties[v.party].Kind; k == "自然人" || k == "个体工商户" {
			return Text("个人")
		}
		return Text("单位")
	}},
	{Column{"public_title", "案件名称（公开）", KindText, 30, true, "由公开用名和违法行为类型写成，不取登记的案件名称"}, func(v decisionView) Cell {
		return Text(cmp.Or(v.publicName(), "某当事人") + strings.Join(v.violationTypes(), "、") + "案")
	}},
	{Column{"types", "违法行为类型", KindText, 32, true, "一案可有多项"}, func(v decisionView) Cell { return TextOr(strings.Join(v.violationTypes(), "；"), v.unknown) }},
	{Column{"breached", "违反条款", KindText, 40, true, "不含复核意见"}, func(v decisionView) Cell { return TextOr(v.cited(registry.RoleBreached), v.unknown) }},
	{Column{"basis", "处罚依据", KindText, 40, true, "不含复核意见"}, func(v decisionView) Cell { return TextOr(v.cited(registry.RoleBasis), v.unknown) }},
	{Column{"kinds", "处罚种类", KindText, 18, true, ""}, func(v decisionView) Cell { return TextOr(strings.Join(v.kinds(), "；"), v.unknown) }},
	{Column{"fines", "罚款（元）", KindMoney, 14, false, "有效的、已知金额之和，含按日连续罚款。空白：没有罚款"}, func(v decisionView) Cell { return v.sum(v.sumOf(classFine)) }},
	{Column{"fines_unknown", "罚款金额未知（项）", KindInteger, 10, false, ""}, func(v decisionView) Cell { return ordinal(v.sumOf(classFine).Unknown) }},
	{Column{"taken", "没收（元）", KindMoney, 14, false, "没收违法所得、非法财物"}, func(v decisionView) Cell { return v.sum(v.sumOf(classTaken)) }},
	{Column{"due", "应缴（元）", KindMoney, 14, false, "罚款与没收的已知金额"}, func(v decisionView) Cell { due, _ := v.due(); return v.sum(due) }},
	{Column{"paid", "实缴（元）", KindMoney, 14, false, "扣除退还的；不含加处罚款"}, func(v decisionView) Cell { return v.paid() }},
	{Column{"owed", "尚欠（元）", KindMoney, 14, false, "金额未知的项不计"}, func(v decisionView) Cell { _, owed := v.due(); return v.sum(owed) }},
	{Column{"pay_by", "缴款期限", KindDate, 12, false, ""}, func(v decisionView) Cell { return DateCell(v.payBy()) }},
	{Column{"paid_on", "最后缴款日期", KindDate, 12, false, ""}, func(v decisionView) Cell { return v.paidOn() }},
	{Column{"state", "状态", KindText, 10, false, stateAnnulled + "、" + stateReplaced + "的不计金额"}, func(v decisionView) Cell { return Text(v.state()) }},
	idColumn(func(v decisionView) *caseView { return v.caseView }),
}...)

// measureView is a row of 五类案件: the document of one of the five measures that the state counts.
type measureView struct {
	*caseView
	doc *registry.Document
}

func (c *caseView) measures() []measureView {
	var out []measureView
	for i := range c.f.Documents {
		if d := &c.f.Documents[i]; fiveOf[d.Kind] != "" {
			out = append(out, measureView{c, d})
		}
	}
	return out
}

// fined is the money of a 按日连续处罚; nothing where the measure is not one of money.
func (v *measureView) fined() Cell {
	if v.doc.Kind != registry.DocDailyPenalty {
		return Cell{}
	}
	var s registry.Sum
	for i := range v.f.Penalties {
		p := &v.f.Penalties[i]
		if x := v.charges[p]; x.InForce() && p.Kind == registry.PenaltyDaily && (x.Decision == v.doc || x.Decision == nil && v.documents[v.doc.Kind] == v.doc) {
			s.Add(x.Due)
		}
	}
	if s == (registry.Sum{}) {
		return MoneyOr(v.doc.Amount, v.unknown)
	}
	return v.sum(s)
}

var measureColumns = append(leading(func(v measureView) *caseView { return v.caseView }), []column[measureView]{
	{Column{"five", "五类案件", KindText, 10, false, "按日计罚、查封扣押、限产停产、移送拘留、涉嫌犯罪"}, func(v measureView) Cell { return Text(fiveOf[v.doc.Kind]) }},
	{Column{"kind", "文书", KindText, 16, false, ""}, func(v measureView) Cell { return Text(string(v.doc.Kind)) }},
	{Column{"doc_number", "文号", KindCode, 26, false, "括号统一为〔〕"}, func(v measureView) Cell { return TextOr(v.doc.Number, v.unknown) }},
	{Column{"made_on", "作出日期", KindDate, 12, false, "计入哪一期以它为准"}, func(v measureView) Cell { return DateOr(v.doc.MadeOn, v.unknown) }},
	{Column{"party", "当事人名称", KindText, 26, true, "违法行为时的名称"}, func(v measureView) Cell {
		_, name, _ := v.f.MainParty()
		return TextOr(name, v.unknown)
	}},
	{Column{"organ", "机关", KindText, 22, true, "作出或受移送的机关"}, func(v measureView) Cell { return TextOr(v.organ(v.doc), v.unknown) }},
	{Column{"persons", "人数", KindInteger, 8, false, "移送的人数；与件数分开计"}, func(v measureView) Cell {
		if v.doc.Persons == nil && !v.f.Kind(v.doc.Kind).Persons {
			return Cell{}
		}
		return IntegerOr(v.doc.Persons, v.unknown)
	}},
	{Column{"amount", "罚款（元）", KindMoney, 14, false, "按日连续罚款；已撤销的不计"}, func(v measureView) Cell { return v.fined() }},
	{Column{"due_on", "期限", KindDate, 12, false, ""}, func(v measureView) Cell { return DateCell(v.doc.DueOn) }},
	{Column{"result", "结果", KindText, 20, true, "空白：没有结果或没有登记结果"}, func(v measureView) Cell { return Text(joined("；", v.doc.Result, v.doc.ResultNote)) }},
	{Column{"result_on", "结果日期", KindDate, 12, false, ""}, func(v measureView) Cell { return DateCell(v.doc.ResultOn) }},
	{Column{"content", "内容", KindText, 40, true, ""}, func(v measureView) Cell { return Text(v.doc.Content) }},
	idColumn(func(v measureView) *caseView { return v.caseView }),
}...)

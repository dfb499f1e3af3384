package demo

import (
	"slices"

	"casebook/internal/registry"
)

// chain writes a case's documents day by day and stops where the case has stopped.
type chain struct {
	g    *generator
	f    *registry.CaseFile
	d    registry.District
	at   registry.Date
	stop bool
}

// add appends a document some days later; a day after asOf has not come, and nothing follows it.
func (c *chain) add(x registry.Document, low, high int) bool {
	if c.stop {
		return false
	}
	day := c.at.AddDays(c.g.between(low, high))
	if asOf.Before(day) {
		c.stop = true
		return false
	}
	c.at, x.MadeOn = day, day
	if k, ok := registry.DocumentKindByName(x.Kind); ok && k.Own {
		x.OrganID = c.g.units.city
		if k.Numbers && k.Code != "" {
			x.NumberTyped = c.g.number(c.d, k.Code, day)
		}
	}
	c.f.Documents = append(c.f.Documents, x)
	return true
}

func (c *chain) served(low, high int) {
	if c.stop || len(c.f.Documents) == 0 {
		return
	}
	x := &c.f.Documents[len(c.f.Documents)-1]
	x.ServedOn, x.ServiceMode = x.MadeOn.AddDays(c.g.between(low, high)), pick(c.g, []string{"直接送达", "直接送达", "直接送达", "邮寄送达", "留置送达", "电子送达"})
	c.at = x.ServedOn
}

// rest stops one case in n here: it is still open, whatever day it is.
func (c *chain) rest(n int) { c.stop = c.stop || c.g.oneIn(n) }

// documents writes one of the ways a case goes: from an order that was obeyed without filing to a closed or annulled decision.
func (g *generator) documents(f *registry.CaseFile, main *chosen) {
	d, _ := registry.DefaultBureau().District(f.Case.DistrictCode)
	c := &chain{g: g, f: f, d: d, at: f.Case.FoundOn}
	way := g.IntN(100)
	order := registry.Document{Kind: registry.DocOrder, OrderMode: pick(g, []string{"立即改正", "限期改正"}), Content: "责令改正违法行为，停止排放并消除污染。"}
	c.rest(25)
	if main.orders || way < 45 {
		c.add(order, 1, 5)
		c.served(0, 2)
	}
	if main.orders || way >= 8 && way < 16 {
		c.add(registry.Document{Kind: registry.DocRecheck, Result: "拒不改正", Content: "复查时违法行为仍在继续。"}, 3, 8)
	} else if way < 8 {
		c.add(registry.Document{Kind: registry.DocRecheck, Result: "已改正", Content: "已经改正，危害后果轻微。"}, 3, 10)
		c.add(registry.Document{Kind: registry.DocNotFiled, Content: "违法行为轻微并及时改正，不予立案。"}, 1, 3)
		return
	}
	filed := registry.Document{Kind: registry.DocFiling, Content: "符合立案条件，同意立案。"}
	if c.add(filed, 1, 6) {
		f.Case.Number = c.f.Documents[len(c.f.Documents)-1].NumberTyped
	}
	if !hasKind(f, registry.DocOrder) {
		c.add(order, 0, 3)
		c.served(0, 2)
	}
	g.investigate(c)
	c.rest(12)
	if way >= 94 || main.fine == nil {
		c.add(registry.Document{Kind: registry.DocNoPenalty, Content: "依法不予行政处罚，已对当事人进行教育。"}, 20, 60)
		c.served(0, 3)
		c.rest(3)
		c.add(registry.Document{Kind: registry.DocClosing, Content: "不予处罚，结案。"}, 3, 20)
		return
	}
	g.punish(c, main, way)
}

func hasKind(f *registry.CaseFile, kind registry.DocKind) bool {
	return slices.ContainsFunc(f.Documents, func(d registry.Document) bool { return d.Kind == kind })
}

func (g *generator) punish(c *chain, main *chosen, way int) {
	f := c.f
	fine := g.fine(main)
	c.add(registry.Document{Kind: registry.DocNotice, Amount: &fine, Content: "告知拟处罚的事实、理由、依据和权利。"}, 10, 30)
	c.served(0, 3)
	c.rest(12)
	if fine >= registry.Yuan(50_000) && g.oneIn(6) {
		g.hear(c)
	}
	if way%5 == 0 {
		c.add(registry.Document{Kind: registry.DocStatement, Content: "当事人提出申辩：" + pick(g, reasons) + "，请求从轻。"}, 1, 5)
	}
	if fine >= registry.Yuan(100_000) {
		c.add(registry.Document{Kind: registry.DocLegalReview, Content: "同意。"}, 2, 5)
		c.add(registry.Document{Kind: registry.DocDiscussion, Content: "同意拟处罚意见。"}, 1, 5)
	}
	if !c.add(registry.Document{Kind: registry.DocDecision, Amount: &fine, Content: "罚款" + fine.String() + "元。", Citations: append([]registry.Citation(nil), main.citations...)}, 9, 18) {
		return
	}
	decision := len(f.Documents)
	c.served(0, 4)
	payBy := c.at.AddDays(15)
	f.Penalties = []registry.Penalty{{DocumentID: registry.DocumentID(decision), Kind: "罚款", Amount: &fine, PayBy: payBy}}
	if way >= 90 && way < 94 {
		c.add(registry.Document{Kind: registry.DocReconsideration, OrganName: "示例复议机关", Content: "当事人申请行政复议。", Result: "撤销"}, 10, 50)
		c.add(registry.Document{Kind: registry.DocAnnulled, Content: "依复议决定撤销原处罚决定。"}, 5, 60)
		return
	}
	if f.Violations[0].TypeCode == "WATER_EVASION" {
		g.refer(c)
	}
	if !g.oneIn(8) {
		c.add(registry.Document{Kind: registry.DocPublication, Content: "示例网站。"}, 0, 6)
		c.add(registry.Document{Kind: registry.DocCreditReport, Content: "示例：不向真实平台上报。"}, 0, 2)
	}
	if !c.stop && !g.oneIn(6) {
		g.pay(f, fine, payBy)
	}
	c.rest(5)
	if len(f.Payments) == 0 {
		g.enforce(c)
		return
	}
	if g.oneIn(14) {
		c.add(registry.Document{Kind: registry.DocReconsideration, OrganName: "示例复议机关", Content: "当事人申请行政复议。", Result: pick(g, []string{"维持", "维持", "变更", ""})}, 5, 40)
	}
	if g.oneIn(12) {
		g.damages(c)
	}
	c.rest(4)
	c.add(registry.Document{Kind: registry.DocClosing, Content: "罚款已缴清，违法行为已改正，结案。"}, 16, 40)
}

// investigate writes what some cases need between filing and notice: seals, telling the result of the samples, more time.
func (g *generator) investigate(c *chain) {
	if len(c.f.Samples) > 0 {
		c.add(registry.Document{Kind: registry.DocMonitoring, OrganName: "示例环境监测站", Content: c.f.Samples[0].Conclusion}, 1, 6)
		if !g.oneIn(6) {
			c.add(registry.Document{Kind: registry.DocMonitoringTold, Content: "告知当事人监测结果。"}, 0, 3)
			c.served(0, 0)
		}
	}
	if g.oneIn(12) {
		c.add(registry.Document{Kind: registry.DocSeizure, Content: "查封造成污染物排放的设施、设备。"}, 0, 3)
		c.served(0, 0)
		if g.oneIn(3) {
			c.add(registry.Document{Kind: registry.DocSeizureExtended, Content: "情况复杂，经批准延长三十日。"}, 20, 30)
		}
		if !g.oneIn(4) {
			c.add(registry.Document{Kind: registry.DocSeizureEnd, Content: "已消除污染，解除查封。"}, 10, 28)
		}
	}
	if g.oneIn(10) {
		c.add(registry.Document{Kind: registry.DocDecisionExtended, Content: "案情复杂，经批准延长办案期限三十日。"}, 40, 70)
	}
}

// hear writes a hearing, whose time is not counted.
func (g *generator) hear(c *chain) {
	if !c.add(registry.Document{Kind: registry.DocHearingRequest, Content: "当事人要求听证。"}, 1, 5) {
		return
	}
	from := c.at.AddDays(1)
	if c.add(registry.Document{Kind: registry.DocHearing, Content: "举行听证会。"}, 12, 25) {
		x := &c.f.Documents[len(c.f.Documents)-1]
		x.ExcludedFrom, x.ExcludedTo = from, x.MadeOn
	}
}

// refer hands a case to the police, whose answer is known of most.
func (g *generator) refer(c *chain) {
	x := registry.Document{Kind: registry.DocDetention, OrganName: "示例公安机关", Persons: count(int64(g.between(1, 2))), Content: "移送直接负责的主管人员。"}
	if g.oneIn(8) {
		x.Persons = nil
	}
	x.Result = pick(g, []string{"已决定拘留", "已决定拘留", "已受理", "不予拘留", "退回", ""})
	if c.add(x, 1, 3) && x.Result != "" {
		d := &c.f.Documents[len(c.f.Documents)-1]
		d.ServedOn, d.ResultOn = d.MadeOn, d.MadeOn.AddDays(g.between(1, 9))
	}
}

// enforce writes what follows a fine that is not paid.
func (g *generator) enforce(c *chain) {
	if g.oneIn(4) {
		c.add(registry.Document{Kind: registry.DocInstalments, Content: "经申请批准分期缴纳。"}, 1, 20)
		return
	}
	c.add(registry.Document{Kind: registry.DocUrge, Content: "催告履行缴款义务。"}, 60, 120)
	c.served(0, 3)
	if g.oneIn(2) {
		c.add(registry.Document{Kind: registry.DocEnforcement, OrganName: "示例人民法院", Content: "申请强制执行罚款。"}, 11, 60)
	}
}

// damages writes the track of 生态环境损害赔偿 as far as it has come.
func (g *generator) damages(c *chain) {
	sum := registry.Yuan(int64(g.between(8, 90)) * 1000)
	for _, x := range []registry.Document{
		{Kind: registry.DocDamageLead, Content: "登记生态环境损害赔偿线索。"}, {Kind: registry.DocAppraisal, OrganName: "示例鉴定评估机构", Content: "损害简易评估。"},
		{Kind: registry.DocDamageTalks, Result: "已开展", Content: "第一次磋商。"}, {Kind: registry.DocDamageAgreement, Amount: &sum, Content: "达成赔偿协议。"},
		{Kind: registry.DocRepair, Result: "已开展", Content: "自行修复。"}, {Kind: registry.DocRepairCheck, Result: "已完成", Content: "验收合格。"},
	} {
		if g.oneIn(5) || !c.add(x, 5, 40) {
			return
		}
	}
}

// fine lies in the range of the article, nearer its lower end, in whole thousands of 元.
func (g *generator) fine(c *chosen) registry.Money {
	const step = 100_000 // 1000 元 in 分
	low := registry.Money(0)
	if c.fine.Min != nil {
		low = *c.fine.Min
	}
	high := *c.fine.Max
	m := low + registry.Money(float64(high-low)*g.Float64()*g.Float64())
	m -= m % step
	return min(max(m, low, step), high)
}

func (g *generator) pay(f *registry.CaseFile, fine registry.Money, by registry.Date) {
	day := by.AddDays(-g.IntN(14))
	if asOf.Before(day) {
		return
	}
	if fine >= registry.Yuan(50_000) && g.oneIn(4) {
		part := fine / 2
		f.Payments = []registry.Payment{{PenaltyID: 1, PaidOn: day, Amount: part}, {PenaltyID: 1, PaidOn: by, Amount: fine - part}}
		if asOf.Before(by) {
			f.Payments = f.Payments[:1]
		}
		return
	}
	f.Payments = []registry.Payment{{PenaltyID: 1, PaidOn: day, Amount: fine}}
}

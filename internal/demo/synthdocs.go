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
	d, _ := registry.DistrictByCode(f.Case.DistrictCode)
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
		c.add(registry.Document{Kind: "不予立案", Content: "违法行为轻微并及时改正，不予立案。"}, 1, 3)
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
	c.rest(12)
	if way >= 94 || main.fine == nil {
		c.add(registry.Document{Kind: "不予行政处罚", Content: "依法不予行政处罚，已对当事人进行教育。"}, 20, 60)
		c.served(0, 3)
		c.rest(3)
		c.add(registry.Document{Kind: registry.DocClosing, Content: "不予处罚，结案。"}, 3, 20)
		return
	}
	g.punish(c, main, way)
}

func hasKind(f *registry.CaseFile, kind string) bool {
	return slices.ContainsFunc(f.Documents, func(d registry.Document) bool { return d.Kind == kind })
}

func (g *generator) punish(c *chain, main *chosen, way int) {
	f := c.f
	fine := g.fine(main)
	c.add(registry.Document{Kind: "事先（听证）告知", Amount: &fine, Content: "告知拟处罚的事实、理由、依据和权利。"}, 10, 30)
	c.served(0, 3)
	c.rest(12)
	if way%5 == 0 {
		c.add(registry.Document{Kind: "陈述申辩", Content: "当事人提出申辩：" + pick(g, reasons) + "，请求从轻。"}, 1, 5)
	}
	if fine >= registry.Yuan(100_000) {
		c.add(registry.Document{Kind: "法制审核", Content: "同意。"}, 2, 5)
		c.add(registry.Document{Kind: "集体讨论", Content: "同意拟处罚意见。"}, 1, 5)
	}
	if !c.add(registry.Document{Kind: registry.DocDecision, Amount: &fine, Content: "罚款" + fine.String() + "元。", Citations: append([]registry.Citation(nil), main.citations...)}, 9, 18) {
		return
	}
	decision := len(f.Documents)
	c.served(0, 4)
	payBy := c.at.AddDays(15)
	f.Penalties = []registry.Penalty{{DocumentID: registry.DocumentID(decision), Kind: "罚款", Amount: &fine, PayBy: payBy}}
	if way >= 90 && way < 94 {
		c.add(registry.Document{Kind: "行政复议", OrganName: "示例复议机关", Content: "当事人申请行政复议。", Result: "撤销"}, 10, 50)
		c.add(registry.Document{Kind: "撤销处罚", Content: "依复议决定撤销原处罚决定。"}, 5, 60)
		return
	}
	if f.Violations[0].TypeCode == "WATER_EVASION" {
		c.add(registry.Document{Kind: registry.DocDetention, OrganName: "示例公安机关", Persons: count(1), Content: "移送直接负责的主管人员。"}, 1, 3)
	}
	if !c.stop && !g.oneIn(6) {
		g.pay(f, fine, payBy)
	}
	c.rest(5)
	if len(f.Payments) == 0 {
		c.add(registry.Document{Kind: "催告", Content: "催告履行缴款义务。"}, 60, 120)
		return
	}
	c.add(registry.Document{Kind: registry.DocClosing, Content: "罚款已缴清，违法行为已改正，结案。"}, 16, 40)
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

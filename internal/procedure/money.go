package procedure

import (
	"cmp"
	"fmt"
	"slices"

	"casebook/internal/registry"
	"casebook/internal/statute"
)

// Account is the money of a case as it stands today: what was imposed and is in force, what came in and went back, what is owed.
type Account struct {
	Lines   []Line // one for each penalty of money, in their order
	Parties []PartyAccount
	Totals  registry.Totals
	Notes   []string // in Chinese: what the documents leave open
}

// PartyAccount is the part of one party: 单位 and 责任人 have their own penalties.
type PartyAccount struct {
	PartyID registry.PartyID // zero: the penalties do not say whose they are
	Name    string           // at the act
	Role    string
	Lines   []Line // of every penalty, 警告 too
	Totals  registry.Totals
}

// Line is one penalty with its day of payment and what may be surcharged.
type Line struct {
	registry.Charge
	PayBy     PayBy
	Surcharge *Surcharge // nil where there is none: no fine, nothing late, no longer in force
	Notes     []string   // in Chinese
}

// PayBy is the last day for paying.
type PayBy struct {
	On   registry.Date // zero where it cannot be told
	From string        // in Chinese: what it follows from
	Why  string        // in Chinese: why it cannot be told
}

// Surcharge is what 加处罚款 comes to: 3 % a day from the day after the last day for paying until the fine is paid up, or until today,
// without the time of 行政复议 and 行政诉讼, never more than the fine (行政处罚法第七十二条第一款第一项、第七十三条第三款). Whether it is imposed is for the
// organ to decide.
type Surcharge struct {
	From, To registry.Date // the first day and the last
	PaidUp   bool          // To is the day on which the fine was paid up; otherwise it is today
	Days     int           // that count
	Stopped  int           // that do not, for 行政复议 or 行政诉讼
	// The article says 罚款数额: whether that is the whole fine or what is still unpaid is left open, and both are given.
	Whole, Unpaid registry.Money
	Cap           registry.Money // the fine itself
	Why           string         // in Chinese: why it cannot be told; the figures are zero then
}

// Capped reports whether the whole fine's surcharge has reached the fine.
func (s *Surcharge) Capped() bool { return s.Why == "" && s.Whole == s.Cap }

// surchargeDaily is the rate: so many hundredths of the fine a day.
const surchargeDaily = 3

// SurchargeSource names the articles that the surcharge rests on.
const SurchargeSource = "行政处罚法第七十二条第一款第（一）项、第七十三条第三款，行政强制法第四十五条第二款"

// AccountOf adds up the money of a case.
func AccountOf(x *Facts) Account {
	f := x.File
	var a Account
	var all []Line
	for _, c := range f.Charges(x.Today) {
		l := Line{Charge: c}
		if c.Penalty.Monetary() {
			l.PayBy = x.payBy(&c)
			l.Surcharge = x.surcharge(&l)
		}
		l.Notes = lineNotes(&c)
		if all = append(all, l); c.Penalty.Monetary() {
			a.Lines = append(a.Lines, l)
		}
		a.Totals.Add(&c)
		a.party(f, l)
	}
	a.Notes = x.moneyNotes(all)
	return a
}

// party books a line with its party; a case of one party needs no name on the penalty.
func (a *Account) party(f *registry.CaseFile, l Line) {
	id := l.Penalty.PartyID
	if id == 0 && len(f.Case.Parties) == 1 {
		id = f.Case.Parties[0].PartyID
	}
	i := slices.IndexFunc(a.Parties, func(p PartyAccount) bool { return p.PartyID == id })
	if i < 0 {
		p := PartyAccount{PartyID: id}
		for j, cp := range f.Case.Parties {
			if id != 0 && cp.PartyID == id && j < len(f.Parties) {
				p.Name, p.Role = cmp.Or(cp.NameAtAct, f.Parties[j].Name), cp.Role
			}
		}
		a.Parties = append(a.Parties, p)
		i = len(a.Parties) - 1
	}
	a.Parties[i].Lines = append(a.Parties[i].Lines, l)
	a.Parties[i].Totals.Add(&l.Charge)
}

func lineNotes(c *registry.Charge) []string {
	var list []string
	if m, ok := c.Penalty.Daily(); ok && c.Penalty.Amount != nil && m != *c.Penalty.Amount {
		list = append(list, fmt.Sprintf("%d 日 × 原处罚 %s 元 = %s 元，与登记的金额不同，请核对（按日连续处罚办法第十九条）", *c.Penalty.DailyDays, c.Penalty.DailyBase, m))
	}
	if c.Net() < 0 {
		list = append(list, "退还的多于收到的，请核对缴款记录")
	}
	return list
}

// payBy is the day that a deferral or the decision set, or the fifteenth day after service.
func (x *Facts) payBy(c *registry.Charge) PayBy {
	if p, ok := x.setDay(c); ok {
		return p
	}
	rule, ok := x.Law.Deadline("FINE_PAY")
	switch {
	case c.Decision == nil:
		return PayBy{Why: "这项处罚没有登记决定书"}
	case c.Decision.ServedOn.IsZero():
		return PayBy{Why: "决定书送达日期未登记"}
	case !ok:
		return PayBy{Why: "时限表没有缴款期限"}
	}
	t := rule.Run(x.Calendar, c.Decision.ServedOn, 0, nil)
	switch {
	case !t.Known():
		return PayBy{Why: t.Why}
	case t.On != t.Latest:
		return PayBy{Why: "决定书送达日期不够精确"}
	case t.Why != "":
		return PayBy{Why: t.Why}
	}
	return PayBy{On: t.On, From: "收到决定书之日起十五日"}
}

// setDay is the last day for paying that a document set for a penalty: a deferral before the decision's own.
func (x *Facts) setDay(c *registry.Charge) (PayBy, bool) {
	if d := x.deferral(c); d != nil {
		p := PayBy{On: d.DueOn, From: string(registry.DocInstalments)}
		if d.DueOn.IsZero() {
			p.Why = "“" + string(registry.DocInstalments) + "”没有登记期限"
		}
		return p, true
	}
	on := c.Penalty.PayBy
	return PayBy{On: on, From: "登记的缴款期限"}, !on.IsZero()
}

// deferral is the last approval of paying later or in parts that concerns a penalty.
func (x *Facts) deferral(c *registry.Charge) *registry.Document {
	for i := len(x.File.Documents) - 1; i >= 0; i-- {
		if d := &x.File.Documents[i]; d.Kind == registry.DocInstalments && x.File.Concerns(d, c) && known(d.MadeOn, x.Today) {
			return d
		}
	}
	return nil
}

// known reports whether a document of a day may have been made by today.
func known(on, today registry.Date) bool { return on.IsZero() || !today.Before(on) }

// surcharge works out what may be surcharged on a line; nil where nothing may.
func (x *Facts) surcharge(l *Line) *Surcharge {
	c := &l.Charge
	if !c.Penalty.Fine() || !c.InForce() || c.Due == nil || *c.Due == 0 || x.File.Case.Origin == registry.OriginPublished {
		return nil // nobody is late because a newspaper did not print the payment
	}
	s := &Surcharge{Cap: *c.Due, To: x.Today, PaidUp: c.Balance() == 0}
	paid, dated := paidUp(c)
	if s.Why = unclear(l.PayBy, dated); s.Why != "" {
		onTime := s.PaidUp && dated && !paid.IsZero() && !l.PayBy.On.IsZero() && paid.Latest() <= l.PayBy.On.Earliest()
		ahead := !l.PayBy.On.IsZero() && x.Today.Latest() <= l.PayBy.On.Latest()
		if onTime || ahead {
			return nil
		}
		return s
	}
	if s.PaidUp {
		s.To = paid
	}
	if days := daysBetween(l.PayBy.On, s.To); days <= 0 {
		return nil
	}
	if rule, ok := x.Law.Deadline("FINE_SURCHARGE"); ok && !rule.From.IsZero() && l.PayBy.On.Before(rule.From) {
		s.Why = fmt.Sprintf("这项规定自 %s 起施行，此前的规定未核到", rule.From)
		return s
	}
	s.From = l.PayBy.On.AddDays(1)
	stops, why := x.contests(c)
	if why != "" {
		s.Why = why
		return s
	}
	s.count(c, stops)
	return s
}

func unclear(p PayBy, dated bool) string {
	switch {
	case p.Why != "":
		return p.Why
	case p.On.Precision() != registry.PrecisionDay:
		return "缴款期限不够精确"
	case !dated:
		return "缴款日期未登记或不够精确"
	}
	return ""
}

// paidUp is the day on which the last of what was owed came in, and whether all the money has a day. It is the zero Date while
// something is owed.
func paidUp(c *registry.Charge) (on registry.Date, dated bool) {
	dated = true
	for i := range c.Receipts {
		r := &c.Receipts[i]
		if r.Kind == registry.PaidSurcharge {
			continue
		}
		if r.PaidOn.Precision() != registry.PrecisionDay {
			dated = false
		}
		switch {
		case r.Owed > 0:
			on = registry.Date{}
		case on.IsZero():
			on = r.PaidOn
		}
	}
	return on, dated
}

// contests are the times of 行政复议 and 行政诉讼 against a penalty, from the day recorded as the document's to that of its result.
func (x *Facts) contests(c *registry.Charge) (stops []statute.Span, why string) {
	for i := range x.File.Documents {
		d := &x.File.Documents[i]
		if d.Kind != registry.DocReconsideration && d.Kind != registry.DocSuit || !x.File.Concerns(d, c) || !known(d.MadeOn, x.Today) {
			continue
		}
		end := d.ResultOn
		if d.Result == "" && end.IsZero() {
			end = x.Today
		}
		if d.MadeOn.Precision() != registry.PrecisionDay || end.Precision() != registry.PrecisionDay {
			return nil, "“" + string(d.Kind) + "”的起止日未登记或不够精确，其间不予计算"
		}
		stops = append(stops, statute.Span{From: d.MadeOn, To: end})
	}
	return stops, ""
}

// count goes through the days between From and To in stretches on which nothing changes: neither what is owed, nor whether the day
// counts. A day on which money comes in still counts in full.
func (s *Surcharge) count(c *registry.Charge, stops []statute.Span) {
	turns := []registry.Date{s.From, s.To.AddDays(1)}
	for _, x := range stops {
		turns = append(turns, x.From, x.To.AddDays(1))
	}
	for i := range c.Receipts {
		if c.Receipts[i].Kind != registry.PaidSurcharge { // may be without a day
			turns = append(turns, c.Receipts[i].PaidOn.AddDays(1))
		}
	}
	slices.SortFunc(turns, registry.Date.Compare)
	for i := 1; i < len(turns); i++ {
		day, next := turns[i-1], turns[i]
		if day.Before(s.From) || s.To.Before(day) || day == next {
			continue
		}
		days := daysBetween(day, next)
		if slices.ContainsFunc(stops, func(x statute.Span) bool { return !day.Before(x.From) && !x.To.Before(day) }) {
			s.Stopped += days
			continue
		}
		s.Days += days
		s.Whole = surcharged(s.Whole, s.Cap, s.Cap, days)
		s.Unpaid = surcharged(s.Unpaid, owedOn(c, day), s.Cap, days)
	}
	s.Whole, s.Unpaid = (s.Whole+50)/100, (s.Unpaid+50)/100
}

// surcharged adds some days' surcharge of base to sum, both in hundredths of 分, and stops at the limit.
func surcharged(sum, base, limit registry.Money, days int) registry.Money {
	limit *= 100
	if base <= 0 || sum >= limit {
		return sum
	}
	if int64(days) > int64(limit-sum)/int64(base*surchargeDaily) {
		return limit
	}
	return sum + base*surchargeDaily*registry.Money(days)
}

// owedOn is what was owed at the beginning of a day.
func owedOn(c *registry.Charge, day registry.Date) registry.Money {
	owed := *c.Due
	for i := range c.Receipts {
		if r := &c.Receipts[i]; r.PaidOn.Before(day) {
			owed = r.Owed
		}
	}
	return owed
}

// moneyNotes say what the documents leave open.
func (x *Facts) moneyNotes(lines []Line) []string {
	var list []string
	for i := range x.File.Documents {
		d := &x.File.Documents[i]
		switch {
		case d.Kind == registry.DocChanged && !slices.ContainsFunc(lines, func(l Line) bool { return l.Changed == d || l.Decision == d }):
			list = append(list, changedWhat(d))
		case (d.Kind == registry.DocReconsideration || d.Kind == registry.DocSuit) && (d.Result == "撤销" || d.Result == "变更") && !x.followed(i):
			list = append(list, fmt.Sprintf("%s的结果是“%s”，其后没有登记“%s”或“%s”：合计仍按原处罚", d.Kind, d.Result, registry.DocAnnulled, registry.DocChanged))
		}
	}
	return list
}

func changedWhat(d *registry.Document) string {
	if d.Amount == nil {
		return "“变更处罚”没有登记变更后的金额：合计仍按原处罚"
	}
	return fmt.Sprintf("“变更处罚”的金额 %s 元对应哪一项处罚无法判断：请在该文书下登记变更后的处罚，合计暂按原处罚", d.Amount)
}

// followed reports whether a decision was taken back or changed behind document i.
func (x *Facts) followed(i int) bool {
	return slices.ContainsFunc(x.File.Documents[i+1:], func(d registry.Document) bool {
		return d.Kind == registry.DocAnnulled || d.Kind == registry.DocChanged
	})
}

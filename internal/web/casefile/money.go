package casefile

import (
	"cmp"
	"fmt"
	"slices"

	"casebook/internal/procedure"
	"casebook/internal/registry"
	"casebook/internal/web/kit"
	"casebook/internal/web/view"
)

// moneyPanel is the money of a case on its page: what was imposed on whom, what came in, what is owed. It takes its numbers from one
// procedure.Account, as every sum on the page does.
type moneyPanel struct {
	CaseID          registry.CaseID
	Origin          registry.Origin
	Editable        bool
	Token           string
	Parties         []moneyParty
	Totals          registry.Totals
	Notes           []string
	Payments        []paymentView
	Payable         []kit.Option
	Payment         *kit.Form
	Asked           string // the payment that was asked about for exceeding what is owed: it is asked once
	SurchargeSource []sourcePart
}

// Gone tells whether penalties were annulled or replaced.
func (p moneyPanel) Gone() bool {
	a, b := p.Totals.Annulled, p.Totals.Replaced
	return a.Known+a.Unknown+b.Known+b.Unknown > 0
}

// moneyParty is the part of one party.
type moneyParty struct {
	Name, Role string
	PartyID    registry.PartyID
	Lines      []moneyLine
	Totals     registry.Totals
}

// moneyLine is one penalty.
type moneyLine struct {
	procedure.Line
	Fine      fineView
	Gone      string // in words: no longer in force, and by which document
	GoneHref  string
	Before    string // in words: the amount before it was changed
	Owed      string // in words: 尚欠, 多缴, 已缴清
	OwedTone  string
	PayByNote string
	Late      string // in words: what may be surcharged
	LateParts []string
}

// paymentView is one payment with the penalty it is for.
type paymentView struct {
	registry.Payment
	For  string
	Back bool
}

func (s area) moneyOf(x *procedure.Facts, fines []fineView, editable bool) moneyPanel {
	f, a := x.File, procedure.AccountOf(x)
	p := moneyPanel{CaseID: f.Case.ID, Origin: f.Case.Origin, Editable: editable, Totals: a.Totals, Notes: a.Notes, SurchargeSource: s.sourceParts(procedure.SurchargeSource)}
	for _, party := range a.Parties {
		v := moneyParty{Name: party.Name, Role: party.Role, PartyID: party.PartyID, Totals: party.Totals}
		for _, l := range party.Lines {
			i := slices.IndexFunc(fines, func(v fineView) bool { return v.ID == l.Penalty.ID })
			v.Lines = append(v.Lines, moneyLineOf(fines[i], l))
			for _, m := range l.Receipts {
				p.Payments = append(p.Payments, paymentView{m.Payment, l.Penalty.Kind, m.Kind == registry.Refund})
			}
		}
		p.Parties = append(p.Parties, v)
	}
	for _, l := range a.Lines {
		p.Payable = append(p.Payable, kit.Option{Value: kit.Itoa(int64(l.Penalty.ID)), Label: payableWords(a.Parties, &l)})
	}
	slices.SortStableFunc(p.Payments, func(a, b paymentView) int { return cmp.Or(a.PaidOn.Compare(b.PaidOn), cmp.Compare(a.ID, b.ID)) })
	return p
}

func payableWords(parties []procedure.PartyAccount, l *procedure.Line) string {
	name := "当事人未填"
	for _, p := range parties {
		if slices.ContainsFunc(p.Lines, func(x procedure.Line) bool { return x.Penalty == l.Penalty }) && p.Name != "" {
			name = p.Name
		}
	}
	words := name + " " + l.Penalty.Kind + " " + view.MoneyWords(l.Penalty.Amount)
	switch {
	case l.Annulled != nil:
		return words + "（已撤销）"
	case l.Replaced:
		return words + "（已变更）"
	case l.Due != nil && l.Net() != 0:
		return words + "（" + owedWords(&l.Charge) + "）"
	}
	return words
}

func owedWords(c *registry.Charge) string {
	switch {
	case c.Due == nil:
		return ""
	case c.Overpaid() > 0 && !c.InForce():
		return "应退 " + c.Overpaid().String() + " 元"
	case c.Overpaid() > 0:
		return "多缴 " + c.Overpaid().String() + " 元"
	case c.Balance() > 0:
		return "尚欠 " + c.Balance().String() + " 元"
	case !c.InForce():
		return ""
	}
	return "已缴清"
}

func moneyLineOf(v fineView, l procedure.Line) moneyLine {
	m := moneyLine{Fine: v, Line: l}
	if l.Penalty.Monetary() {
		m.Owed = owedWords(&l.Charge)
	}
	switch {
	case l.Overpaid() > 0, l.Surcharge != nil && l.Surcharge.Why == "" && !l.Surcharge.PaidUp:
		m.OwedTone = "warn"
	case l.Balance() == 0:
		m.OwedTone = "closed"
	}
	switch {
	case l.Annulled != nil:
		m.Gone, m.GoneHref = "已撤销："+documentTitle(*l.Annulled), fmt.Sprintf("#document-%d", l.Annulled.ID)
	case l.Replaced:
		m.Gone, m.GoneHref = "已变更："+documentTitle(*l.Changed), fmt.Sprintf("#document-%d", l.Changed.ID)
	case l.Changed != nil:
		m.Before = "原决定 " + view.MoneyWords(l.Penalty.Amount) + "，" + documentTitle(*l.Changed)
	}
	if l.InForce() && l.Penalty.Monetary() && l.PayBy.From != "登记的缴款期限" {
		m.PayByNote = cmp.Or(l.PayBy.Why, l.PayBy.From)
	}
	m.Late, m.LateParts = lateWords(&l)
	return m
}

// lateWords say what a surcharge comes to, and what the law leaves open. Nothing is imposed by it.
func lateWords(l *procedure.Line) (head string, parts []string) {
	s := l.Surcharge
	switch {
	case s == nil:
		return "", nil
	case s.Why != "":
		return "加处罚款无法计算：" + s.Why, nil
	case s.PaidUp:
		head = fmt.Sprintf("%s 缴清，逾期 %d 天计加处罚款", s.To, s.Days)
	default:
		head = fmt.Sprintf("逾期未缴清，截至今天计 %d 天", s.Days)
	}
	head += fmt.Sprintf("，按每日百分之三为 %s 元（上限 %s 元）", s.Whole, s.Cap)
	if s.Capped() {
		head = head[:len(head)-len("）")] + "，已达上限）"
	}
	parts = append(parts, "自 "+s.From.String()+" 起算")
	if s.Unpaid != s.Whole {
		parts = append(parts, fmt.Sprintf("以上按罚款全额计算，按各日未缴部分计算为 %s 元：以哪个为准，法条没有写明", s.Unpaid))
	}
	if s.Stopped > 0 {
		parts = append(parts, fmt.Sprintf("行政复议、行政诉讼期间 %d 天不予计算；起止日按登记的受理日和结果日，如何取由人判断", s.Stopped))
	}
	return head, append(parts, "是否加处由作出决定的机关决定")
}

// excessAsked identifies a payment as typed, so that the same one is asked about once.
func excessAsked(f *kit.Form) string {
	return f.Value("penalty_id") + "|" + f.Value("payment_kind") + "|" + f.Value("amount_fen")
}

// askExcess asks before more is booked than is owed, or more given back than came in. It asks once: what happened is recorded.
func (s area) askExcess(f *kit.Form, file *registry.CaseFile, x *registry.Payment) {
	if !f.OK() || f.Value("excess_asked") == excessAsked(f) {
		return
	}
	for _, c := range file.Charges(s.Service.Today()) {
		if c.Penalty.ID != x.PenaltyID {
			continue
		}
		received := c.Net() + c.SurchargePaid - c.SurchargeRefunded
		switch {
		case x.Kind == registry.Refund && x.Amount > received:
			f.Add("amount_fen", "收到的只有 %s 元，退还 %s 元超出。请核对；确实如此的，再次提交即按原样登记", received, x.Amount)
		case x.Kind != registry.Refund && x.Kind != registry.PaidSurcharge && c.Due != nil && x.Amount > c.Balance():
			f.Add("amount_fen", "尚欠 %s 元，这一笔 %s 元超出。加处罚款请选“%s”；确实多缴的，再次提交即按原样登记", c.Balance(), x.Amount, registry.PaidSurcharge)
		}
	}
}

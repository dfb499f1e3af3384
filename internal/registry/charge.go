package registry

import (
	"cmp"
	"slices"
)

// Charge is one penalty with what later documents made of it and the money received for it.
type Charge struct {
	Penalty  *Penalty
	Decision *Document // the one it belongs to; nil where the penalty names none of the case
	// Due is what the penalty amounts to in force: 0 where it is no longer, nil where the amount is not known or it is not one of money.
	Due      *Money
	Annulled *Document // the 撤销处罚 that took it back
	Changed  *Document // the 变更处罚 that set Due, or whose own penalties took this one's place
	Replaced bool      // they did
	// Received for the penalty itself and for its surcharge, and given back of each.
	Paid, Refunded                   Money
	SurchargePaid, SurchargeRefunded Money
	Receipts                         []Receipt // by day; those without one last
}

// Receipt is one payment, and what was still owed after it. It says nothing where the amount due is not known.
type Receipt struct {
	Payment
	Owed Money
}

// InForce reports whether the penalty still stands.
func (c *Charge) InForce() bool { return c.Annulled == nil && !c.Replaced }

// Net is what was paid for the penalty itself and not given back; negative where more was given back than came in.
func (c *Charge) Net() Money { return c.Paid - c.Refunded }

// Balance is what is still owed; 0 where the amount is not known.
func (c *Charge) Balance() Money {
	if c.Due == nil {
		return 0
	}
	return max(0, *c.Due-c.Net())
}

// Overpaid is what was paid beyond what is owed; 0 where the amount is not known.
func (c *Charge) Overpaid() Money {
	if c.Due == nil {
		return 0
	}
	return max(0, c.Net()-*c.Due)
}

// Charges says where each penalty of the case stands, in the order of f.Penalties, by the documents up to a day; the zero Date takes
// them all.
//
//   - a 撤销处罚 takes back the penalties of the decisions before it; one that names no decision goes with it unless a new decision
//     followed;
//   - a 变更处罚 with penalties of its own puts them in the place of the earlier ones of the same party and sort; one with only an
//     amount sets that amount where it can mean just one fine, and nothing otherwise;
//   - a document that names one party of several is about that party's penalties alone.
func (f *CaseFile) Charges(on Date) []Charge {
	list := make([]Charge, len(f.Penalties))
	place := make([]int, len(f.Penalties)) // of the decision among the documents
	for i := range f.Penalties {
		p := &f.Penalties[i]
		list[i], place[i] = Charge{Penalty: p}, -1
		if p.Monetary() {
			list[i].Due = p.Amount
		}
		for j := range f.Documents {
			if p.DocumentID != 0 && f.Documents[j].ID == p.DocumentID {
				list[i].Decision, place[i] = &f.Documents[j], j
			}
		}
	}
	for j := range f.Documents {
		d := &f.Documents[j]
		if !d.happenedBy(on) {
			continue
		}
		before := func(i int) bool { return list[i].InForce() && place[i] < j && f.concerns(d, list[i].Penalty) }
		switch d.Kind {
		case DocAnnulled:
			f.annul(list, place, j, before)
		case DocChanged:
			f.change(list, d, before)
		}
	}
	f.receive(list)
	return list
}

// happenedBy reports whether a document may have been made by a day.
func (x *Document) happenedBy(day Date) bool {
	return day.IsZero() || x.MadeOn.IsZero() || x.MadeOn.Earliest() <= day.Latest()
}

// concerns reports whether a document is about a penalty: it is, unless it names another party of the case.
func (f *CaseFile) concerns(d *Document, p *Penalty) bool {
	if d.PartyName == "" || p.PartyID == 0 {
		return true
	}
	for i, cp := range f.Case.Parties {
		if d.PartyName == cp.NameAtAct || i < len(f.Parties) && d.PartyName == f.Parties[i].Name {
			return cp.PartyID == p.PartyID
		}
	}
	return true
}

// Concerns reports whether a document behind the decision of a charge is about it.
func (f *CaseFile) Concerns(d *Document, c *Charge) bool {
	at := func(x *Document) int {
		return slices.IndexFunc(f.Documents, func(o Document) bool { return o.ID == x.ID && o.Seq == x.Seq })
	}
	return (c.Decision == nil || at(d) > at(c.Decision)) && f.concerns(d, c.Penalty)
}

func (f *CaseFile) annul(list []Charge, place []int, at int, before func(int) bool) {
	redecided := slices.ContainsFunc(f.Documents[at+1:], func(d Document) bool { return d.Kind == DocDecision || d.Kind == DocDailyPenalty })
	for i := range list {
		if before(i) && (place[i] >= 0 || !redecided) {
			list[i].Annulled = &f.Documents[at]
			list[i].drop()
		}
	}
}

func (c *Charge) drop() {
	if c.Penalty.Monetary() {
		c.Due = new(Money)
	}
}

func (f *CaseFile) change(list []Charge, d *Document, before func(int) bool) {
	var fines []int
	own := false
	for i := range list {
		own = own || list[i].Decision == d
		if before(i) && list[i].Penalty.Fine() {
			fines = append(fines, i)
		}
	}
	switch {
	case own:
		for i := range list {
			c := &list[i]
			if c.Decision != d && before(i) && slices.ContainsFunc(list, func(o Charge) bool { return o.Decision == d && sameSort(o.Penalty, c.Penalty) }) {
				c.Changed, c.Replaced = d, true
				c.drop()
			}
		}
	case d.Amount != nil && len(fines) == 1:
		list[fines[0]].Changed, list[fines[0]].Due = d, d.Amount
	}
}

// sameSort reports whether a penalty may stand in another's place: of the same party, a fine for a fine.
func sameSort(a, b *Penalty) bool {
	if a.PartyID != 0 && b.PartyID != 0 && a.PartyID != b.PartyID {
		return false
	}
	return a.Kind == b.Kind || isFine(a.Kind) && isFine(b.Kind) || isConfiscation(a.Kind) && isConfiscation(b.Kind)
}

// receive books the payments in the order of their days.
func (f *CaseFile) receive(list []Charge) {
	payments := slices.Clone(f.Payments)
	slices.SortStableFunc(payments, func(a, b Payment) int { return cmp.Or(a.PaidOn.Compare(b.PaidOn), cmp.Compare(a.ID, b.ID)) })
	for _, p := range payments {
		if i := slices.IndexFunc(list, func(c Charge) bool { return c.Penalty.ID == p.PenaltyID }); i >= 0 {
			list[i].book(p)
		}
	}
}

// book adds one payment. Money given back is first what was overpaid, then what was paid as surcharge, then the penalty's own.
func (c *Charge) book(p Payment) {
	switch p.Kind {
	case PaidSurcharge:
		c.SurchargePaid += p.Amount
	case Refund:
		over := min(p.Amount, c.Overpaid())
		surcharge := min(p.Amount-over, c.SurchargePaid-c.SurchargeRefunded)
		c.SurchargeRefunded += surcharge
		c.Refunded += p.Amount - surcharge
	default:
		c.Paid += p.Amount
	}
	c.Receipts = append(c.Receipts, Receipt{p, c.Balance()})
}

// Totals add charges up. What is in force and what was received always meet:
//
//	Due.Total + Open = Paid − Refunded + Balance − Overpaid
type Totals struct {
	Fines, Daily, Confiscated        Sum // in force
	Due                              Sum // the three together
	Paid, Refunded                   Money
	Balance, Overpaid                Money
	Open                             Money // received for penalties whose amount is not known
	SurchargePaid, SurchargeRefunded Money
	Annulled                         Sum // as decided, of penalties that were taken back
	Replaced                         Sum // and of those that others took the place of
}

// Add counts one charge; penalties that are not of money add nothing.
func (t *Totals) Add(c *Charge) {
	t.Paid += c.Paid
	t.Refunded += c.Refunded
	t.SurchargePaid += c.SurchargePaid
	t.SurchargeRefunded += c.SurchargeRefunded
	t.Balance += c.Balance()
	t.Overpaid += c.Overpaid()
	if c.Due == nil {
		t.Open += c.Net()
	}
	switch {
	case !c.Penalty.Monetary():
		return
	case c.Annulled != nil:
		t.Annulled.Add(c.Penalty.Amount)
		return
	case c.Replaced:
		t.Replaced.Add(c.Penalty.Amount)
		return
	case c.Penalty.Kind == PenaltyDaily:
		t.Daily.Add(c.Due)
	case c.Penalty.Fine():
		t.Fines.Add(c.Due)
	default:
		t.Confiscated.Add(c.Due)
	}
	t.Due.Add(c.Due)
}

// Reconciles reports whether the sums meet.
func (t *Totals) Reconciles() bool {
	return t.Due.Total+t.Open == t.Paid-t.Refunded+t.Balance-t.Overpaid
}

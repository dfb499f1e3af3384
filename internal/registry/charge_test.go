package registry

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

func money(yuan int64) *Money { m := Yuan(yuan); return &m }

// words says where each penalty stands: due, ! not in force, paid-refunded, then owed or overpaid.
func words(f *CaseFile, on Date) string {
	var list []string
	for _, c := range f.Charges(on) {
		due := "?"
		if c.Due != nil {
			due = c.Due.String()
		}
		if !c.InForce() {
			due = "!" + due
		}
		list = append(list, fmt.Sprintf("%s %s-%s owed %s over %s", due, c.Paid, c.Refunded, c.Balance(), c.Overpaid()))
	}
	return strings.Join(list, " | ")
}

func TestCharges(t *testing.T) {
	docs := func(kinds ...DocKind) (list []Document) {
		for i, k := range kinds {
			kind, on, _ := strings.Cut(string(k), "@")
			d := Document{ID: DocumentID(i + 1), Seq: int64(i + 1), Kind: DocKind(kind)}
			if on != "" {
				d.MadeOn, _ = ParseDate(on)
			}
			list = append(list, d)
		}
		return list
	}
	fine := func(id, doc, party int64, yuan int64) Penalty {
		p := Penalty{ID: PenaltyID(id), DocumentID: DocumentID(doc), PartyID: PartyID(party), Kind: "罚款"}
		if yuan >= 0 {
			p.Amount = money(yuan)
		}
		return p
	}
	pay := func(penalty int64, kind, on string, yuan int64) Payment {
		d, _ := ParseDate(on)
		return Payment{PenaltyID: PenaltyID(penalty), Kind: kind, PaidOn: d, Amount: Yuan(yuan)}
	}
	change := func(list []Document, i int, yuan int64, party string) []Document {
		list[i].Amount, list[i].PartyName = money(yuan), party
		return list
	}
	two := Case{Parties: []CaseParty{{PartyID: 1, NameAtAct: "甲公司"}, {PartyID: 2, NameAtAct: "张三"}}}
	for _, tc := range []struct {
		name string
		file CaseFile
		on   string
		want string
	}{
		{"paid in parts", CaseFile{Documents: docs(DocDecision), Penalties: []Penalty{fine(1, 1, 0, 300)}, Payments: []Payment{pay(1, PaidFine, "2024-06-01", 100), pay(1, PaidFine, "2024-06-02", 50)}}, "", "300 150-0 owed 150 over 0"},
		{"a surcharge pays nothing of the fine", CaseFile{Documents: docs(DocDecision), Penalties: []Penalty{fine(1, 1, 0, 300)}, Payments: []Payment{pay(1, PaidSurcharge, "2024-06-01", 100)}}, "", "300 0-0 owed 300 over 0"},
		{"amount unknown", CaseFile{Documents: docs(DocDecision), Penalties: []Penalty{fine(1, 1, 0, -1)}, Payments: []Payment{pay(1, PaidFine, "2024-06-01", 100)}}, "", "? 100-0 owed 0 over 0"},
		{"annulled after payment", CaseFile{Documents: docs(DocDecision, DocAnnulled), Penalties: []Penalty{fine(1, 1, 0, 300)}, Payments: []Payment{pay(1, PaidFine, "2024-06-01", 300)}}, "", "!0 300-0 owed 0 over 300"},
		{"and given back", CaseFile{Documents: docs(DocDecision, DocAnnulled), Penalties: []Penalty{fine(1, 1, 0, 300)}, Payments: []Payment{pay(1, PaidFine, "2024-06-01", 300), pay(1, Refund, "2024-07-01", 300)}}, "", "!0 300-300 owed 0 over 0"},
		{"given back with its surcharge", CaseFile{Documents: docs(DocDecision, DocAnnulled), Penalties: []Penalty{fine(1, 1, 0, 300)},
			Payments: []Payment{pay(1, PaidFine, "2024-06-01", 300), pay(1, PaidSurcharge, "2024-06-01", 9), pay(1, Refund, "2024-07-01", 309)}}, "", "!0 300-300 owed 0 over 0"},
		{"not yet annulled that day", CaseFile{Documents: docs(DocDecision+"@2024-05-01", DocAnnulled+"@2024-08-01"), Penalties: []Penalty{fine(1, 1, 0, 300)}}, "2024-07-31", "300 0-0 owed 300 over 0"},
		{"annulled from that day on", CaseFile{Documents: docs(DocDecision+"@2024-05-01", DocAnnulled+"@2024-08-01"), Penalties: []Penalty{fine(1, 1, 0, 300)}}, "2024-08-01", "!0 0-0 owed 0 over 0"},
		{"decided again", CaseFile{Documents: docs(DocDecision, DocAnnulled, DocDecision), Penalties: []Penalty{fine(1, 1, 0, 300), fine(2, 3, 0, 200)}}, "", "!0 0-0 owed 0 over 0 | 200 0-0 owed 200 over 0"},
		{"annulled for one party", CaseFile{Case: two, Documents: change(docs(DocDecision, DocAnnulled), 1, 0, "张三"), Penalties: []Penalty{fine(1, 1, 1, 300), fine(2, 1, 2, 100)}}, "", "300 0-0 owed 300 over 0 | !0 0-0 owed 0 over 0"},
		{"changed", CaseFile{Documents: change(docs(DocDecision, DocChanged), 1, 200, ""), Penalties: []Penalty{fine(1, 1, 0, 300)}, Payments: []Payment{pay(1, PaidFine, "2024-06-01", 300)}}, "", "200 300-0 owed 0 over 100"},
		{"changed, unclear which", CaseFile{Documents: change(docs(DocDecision, DocChanged), 1, 200, ""), Penalties: []Penalty{fine(1, 1, 0, 300), fine(2, 1, 0, 100)}}, "", "300 0-0 owed 300 over 0 | 100 0-0 owed 100 over 0"},
		{"changed for one party", CaseFile{Case: two, Documents: change(docs(DocDecision, DocChanged), 1, 50, "张三"), Penalties: []Penalty{fine(1, 1, 1, 300), fine(2, 1, 2, 100)}}, "", "300 0-0 owed 300 over 0 | 50 0-0 owed 50 over 0"},
		{"changed by penalties of its own", CaseFile{Case: two, Documents: docs(DocDecision, DocChanged), Penalties: []Penalty{fine(1, 1, 1, 300), fine(2, 1, 2, 100), fine(3, 2, 1, 250)}}, "",
			"!0 0-0 owed 0 over 0 | 100 0-0 owed 100 over 0 | 250 0-0 owed 250 over 0"},
		{"changed, then annulled", CaseFile{Documents: change(docs(DocDecision, DocChanged, DocAnnulled), 1, 200, ""), Penalties: []Penalty{fine(1, 1, 0, 300)}}, "", "!0 0-0 owed 0 over 0"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			on, _ := ParseDate(tc.on)
			if got := words(&tc.file, on); got != tc.want {
				t.Errorf("%s, want %s", got, tc.want)
			}
		})
	}
}

// TestChargesReconcile asks of any case whatever that its sums meet, and that no money is lost or booked twice.
func TestChargesReconcile(t *testing.T) {
	for seed := range uint64(3000) {
		g := rand.New(rand.NewPCG(seed, 7))
		f := randomFile(g)
		var total Totals
		for _, c := range f.Charges(Date{}) {
			var one Totals
			one.Add(&c)
			total.Add(&c)
			if !one.Reconciles() {
				t.Fatalf("seed %d: a penalty of %v does not reconcile: %+v", seed, c.Penalty.Amount, one)
			}
		}
		var in, back Money
		for _, p := range f.Payments {
			if p.Kind == Refund {
				back += p.Amount
			} else {
				in += p.Amount
			}
		}
		if !total.Reconciles() || total.Paid+total.SurchargePaid != in || total.Refunded+total.SurchargeRefunded != back || f.Paid() != total.Paid-total.Refunded {
			t.Fatalf("seed %d: in %s, back %s: %+v", seed, in, back, total)
		}
		if fines, taken := f.Fines(), f.Confiscated(); fines.Total+taken.Total != total.Due.Total || fines.Unknown+taken.Unknown != total.Due.Unknown {
			t.Fatalf("seed %d: fines %+v and confiscated %+v are not what is due: %+v", seed, fines, taken, total.Due)
		}
	}
}

func randomFile(g *rand.Rand) *CaseFile {
	f := &CaseFile{Case: Case{Parties: []CaseParty{{PartyID: 1, NameAtAct: "甲"}, {PartyID: 2, NameAtAct: "乙"}}}}
	kinds := []DocKind{DocDecision, DocDecision, DocDailyPenalty, DocAnnulled, DocChanged, DocInstalments}
	one := func(list []string) string { return list[g.IntN(len(list))] }
	for i := range 1 + g.IntN(6) {
		d := Document{ID: DocumentID(i + 1), Seq: int64(i + 1), Kind: kinds[g.IntN(len(kinds))], PartyName: one([]string{"", "", "甲", "乙", "丙"})}
		if g.IntN(2) == 0 {
			d.Amount = money(int64(g.IntN(5)) * 100)
		}
		f.Documents = append(f.Documents, d)
	}
	for i := range g.IntN(6) {
		p := Penalty{ID: PenaltyID(i + 1), DocumentID: DocumentID(g.IntN(len(f.Documents) + 1)), PartyID: PartyID(g.IntN(3)), Kind: one([]string{"罚款", "罚款", PenaltyDaily, "没收违法所得", PenaltyUnknown, "警告"})}
		if p.Monetary() && g.IntN(4) > 0 {
			p.Amount = money(int64(g.IntN(400)))
		}
		f.Penalties = append(f.Penalties, p)
		for range g.IntN(5) {
			m := Payment{PenaltyID: p.ID, Kind: one(PaymentKinds), Amount: Money(1 + g.IntN(30000))}
			if g.IntN(3) > 0 {
				m.PaidOn = Day(2024, 1+g.IntN(12), 1+g.IntN(28))
			}
			f.Payments = append(f.Payments, m)
		}
	}
	return f
}

// firstField is the first field that an error names.
func firstField(err error) string {
	var e *Error
	if !errors.As(err, &e) || len(e.Fields) == 0 {
		return "no field"
	}
	return e.Fields[0].Field
}

func TestDailyPenalty(t *testing.T) {
	days := func(n int64) *int64 { return &n }
	for _, tc := range []struct {
		name string
		x    Penalty
		want string
	}{
		{"computed", Penalty{Kind: PenaltyDaily, DailyDays: days(12), DailyBase: money(20000)}, "240,000"},
		{"typed, and kept", Penalty{Kind: PenaltyDaily, DailyDays: days(12), DailyBase: money(20000), Amount: money(200000)}, "200,000"},
		{"days unknown", Penalty{Kind: PenaltyDaily, DailyBase: money(20000)}, "nil"},
		{"too many days", Penalty{Kind: PenaltyDaily, DailyDays: days(1 << 60), DailyBase: money(20000)}, "daily_days"},
		{"more than may be typed", Penalty{Kind: PenaltyDaily, DailyDays: days(9999), DailyBase: func() *Money { m := MaxMoney; return &m }()}, "amount_fen"},
		{"days of an ordinary fine", Penalty{Kind: "罚款", DailyDays: days(2)}, "daily_days"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			tc.x.Clean()
			got := "nil"
			if err := tc.x.Validate(); err != nil {
				got = firstField(err)
			} else if tc.x.Amount != nil {
				got = tc.x.Amount.String()
			}
			if got != tc.want {
				t.Errorf("%s, want %s", got, tc.want)
			}
		})
	}
}

func TestPaymentKinds(t *testing.T) {
	x := Payment{PenaltyID: 1, Amount: Yuan(1)}
	if x.Clean(); x.Kind != PaidFine || x.Validate() != nil {
		t.Errorf("a payment without a kind is %q (%v), want %q", x.Kind, x.Validate(), PaidFine)
	}
	x.Kind = "罚没"
	if x.Validate() == nil {
		t.Error("an unknown kind of payment was accepted")
	}
	x.Kind, x.Amount = Refund, -Yuan(1)
	if x.Validate() == nil {
		t.Error("a negative refund was accepted: the kind says which way money went")
	}
}

package casefile

import (
	"casebook/internal/registry"
	"casebook/internal/web/kit"
	"casebook/internal/web/view"
)

var paymentLabels = kit.LabelsOf(registry.PaymentFields, kit.Labels{"payment_kind": "款项", "payment_note": "备注"})

// paymentFields names kind and note apart: the form stands on the case page beside that of a review note, which has both.
func paymentFields(f *kit.Form, x *registry.Payment) {
	f.Meta(&x.Meta)
	kit.Ref(f, "penalty_id", &x.PenaltyID)
	f.Text("payment_kind", &x.Kind)
	f.Date("paid_on", &x.PaidOn)
	f.MoneyValue("amount_fen", &x.Amount)
	f.Text("receipt", &x.Receipt)
	f.Text("payment_note", &x.Note)
}

// newPayment fills in what a case with one penalty leaves no doubt about.
func newPayment(p *moneyPanel) registry.Payment {
	x := registry.Payment{Kind: registry.PaidFine}
	if len(p.Payable) != 1 {
		return x
	}
	for _, party := range p.Parties {
		for _, l := range party.Lines {
			if !l.Penalty.Monetary() {
				continue
			}
			x.PenaltyID = l.Penalty.ID
			switch {
			case l.Overpaid() > 0:
				x.Kind = registry.Refund
			case !l.Penalty.Fine():
				x.Kind = registry.PaidConfiscation
			}
		}
	}
	return x
}

// paymentEditing is money received or given back. A new one is typed on the case page, and a refused one is shown there again; what is
// booked is not changed, only deleted.
func (s area) paymentEditing(r *kit.Request, file *registry.CaseFile, stored registry.Payment) kit.Editing[registry.Payment] {
	return kit.Editing[registry.Payment]{
		Record: stored, Labels: paymentLabels, Fields: paymentFields,
		Check: func(f *kit.Form, x *registry.Payment) error { s.askExcess(f, file, x); return nil },
		Page: func(f *kit.Form, x registry.Payment) error {
			return s.casePage(r, x.CaseID, "money", caseForms{payment: f})
		},
		Add:    s.Service.AddPayment,
		Remove: func(version int64) error { return s.Service.RemovePayment(r.Ctx(), r.Actor, stored.ID, version) },
		Saved: func(x registry.Payment) error {
			what := "缴款已登记。"
			if x.Kind == registry.Refund {
				what = "退款已登记。"
			}
			return s.savedOn(r, what, x.CaseID, "penalties")
		},
		Title: func(x registry.Payment) string { return x.Amount.String() + " 元" },
		Home:  func(x registry.Payment) string { return view.CasePlace(x.CaseID, "penalties") },
		Words: func(f *kit.Form, _ registry.Payment) {
			for _, p := range file.Penalties {
				f.Name("penalty_id", kit.Itoa(int64(p.ID)), p.Kind+" "+view.MoneyWords(p.Amount))
			}
		},
	}
}

func (s area) newPayment(r *kit.Request) (e kit.Editing[registry.Payment], err error) {
	id, err := kit.PathID[registry.CaseID](r, "id")
	if err != nil {
		return e, err
	}
	file, err := s.openFile(r, id)
	return s.paymentEditing(r, file, registry.Payment{CaseID: id}), err
}

func (s area) storedPayment(r *kit.Request) (e kit.Editing[registry.Payment], err error) {
	id, err := kit.PathID[registry.PaymentID](r, "id")
	if err != nil {
		return e, err
	}
	x, err := s.Service.Payment(r.Ctx(), r.Actor, id)
	return s.paymentEditing(r, nil, x), err
}

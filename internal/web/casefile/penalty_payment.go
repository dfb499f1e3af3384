package casefile

import (
	"casebook/internal/registry"
	"casebook/internal/web/kit"
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

// paymentCreate records money received or given back. The form stands on the case page, and a refused one is shown there again.
func (s area) paymentCreate(r *kit.Request) error {
	id, err := kit.PathID[registry.CaseID](r, "id")
	if err != nil {
		return err
	}
	file, err := s.openFile(r, id)
	if err != nil {
		return err
	}
	f, err := r.ReadForm(paymentLabels)
	if err != nil {
		return err
	}
	x := registry.Payment{CaseID: id}
	paymentFields(f, &x)
	s.askExcess(f, file, &x)
	if f.OK() {
		_, err := s.Service.AddPayment(r.Ctx(), r.Actor, &x)
		if err == nil {
			what := "缴款已登记。"
			if x.Kind == registry.Refund {
				what = "退款已登记。"
			}
			return s.acted(r, nil, what, id, "penalties")
		}
		if err := f.Refuse(err); err != nil {
			return err
		}
	}
	return s.casePage(r, id, caseForms{payment: f})
}

func (s area) paymentDelete(r *kit.Request) error {
	id, err := kit.PathID[registry.PaymentID](r, "id")
	if err != nil {
		return err
	}
	x, err := s.Service.Payment(r.Ctx(), r.Actor, id)
	if err != nil {
		return err
	}
	f, err := r.ReadForm(paymentLabels)
	if err != nil {
		return err
	}
	return s.removed(r, s.Service.RemovePayment(r.Ctx(), r.Actor, id, f.Version), "缴款记录", x.CaseID, "penalties")
}

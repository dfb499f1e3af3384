package web

import "casebook/internal/registry"

var paymentLabels = labelsOf(registry.PaymentFields, Labels{"payment_kind": "款项", "payment_note": "备注"})

// paymentFields names kind and note apart: the form stands on the case page beside that of a review note, which has both.
func paymentFields(f *Form, x *registry.Payment) {
	f.meta(&x.Meta)
	ref(f, "penalty_id", &x.PenaltyID)
	f.text("payment_kind", &x.Kind)
	f.date("paid_on", &x.PaidOn)
	f.moneyValue("amount_fen", &x.Amount)
	f.text("receipt", &x.Receipt)
	f.text("payment_note", &x.Note)
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
func (s *Server) paymentCreate(r *request) error {
	id, err := pathID[registry.CaseID](r, "id")
	if err != nil {
		return err
	}
	file, err := s.openFile(r, id)
	if err != nil {
		return err
	}
	f, err := r.readForm(paymentLabels)
	if err != nil {
		return err
	}
	x := registry.Payment{CaseID: id}
	paymentFields(f, &x)
	s.askExcess(f, file, &x)
	if f.ok() {
		_, err := s.service.AddPayment(r.ctx(), r.actor, &x)
		if err == nil {
			what := "缴款已登记。"
			if x.Kind == registry.Refund {
				what = "退款已登记。"
			}
			return s.acted(r, nil, what, id, "penalties")
		}
		if err := f.refuse(err); err != nil {
			return err
		}
	}
	return s.casePage(r, id, caseForms{payment: f})
}

func (s *Server) paymentDelete(r *request) error {
	id, err := pathID[registry.PaymentID](r, "id")
	if err != nil {
		return err
	}
	x, err := s.service.Payment(r.ctx(), r.actor, id)
	if err != nil {
		return err
	}
	f, err := r.readForm(paymentLabels)
	if err != nil {
		return err
	}
	return s.removed(r, s.service.RemovePayment(r.ctx(), r.actor, id, f.Version), "缴款记录", x.CaseID, "penalties")
}

package web

import "casebook/internal/registry"

var paymentLabels = Labels{"penalty_id": "哪一项处罚", "paid_on": "缴款日期", "amount_fen": "缴款金额", "receipt": "票据号"}

func paymentFields(f *Form, x *registry.Payment) {
	f.meta(&x.Meta)
	ref(f, "penalty_id", &x.PenaltyID)
	f.date("paid_on", &x.PaidOn)
	f.moneyValue("amount_fen", &x.Amount)
	f.text("receipt", &x.Receipt)
}

// paymentCreate records money received. The form stands on the case page, and a refused one is shown there again.
func (s *Server) paymentCreate(r *request) error {
	id, err := pathID[registry.CaseID](r, "id")
	if err != nil {
		return err
	}
	if _, err := s.openCase(r); err != nil {
		return err
	}
	f, err := r.readForm(paymentLabels)
	if err != nil {
		return err
	}
	x := registry.Payment{CaseID: id}
	paymentFields(f, &x)
	if f.ok() {
		_, err := s.service.AddPayment(r.ctx(), r.actor, &x)
		if err == nil {
			return s.acted(r, nil, "缴款已登记。", id, "penalties")
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

package casefile

import (
	"casebook/internal/registry"
	"casebook/internal/web/kit"
)

var numberLabels = kit.Labels{"number": "案件编号", "reason": "理由"}

// numberPanel is what the page of a case offers for its number.
type numberPanel struct {
	CaseID registry.CaseID
	Filing string    // the number of the 立案, where the case has none or another: one press takes it
	Form   *kit.Form // of a closed case: the number with its reason
	Open   bool      // it was refused
}

// numberOf fills the panel; refused is the form as it was typed, nil where none was.
func numberOf(r *kit.Request, f *registry.CaseFile, may bool, refused *kit.Form) numberPanel {
	p := numberPanel{CaseID: f.Case.ID, Form: refused, Open: refused != nil}
	if !may {
		return numberPanel{}
	}
	filing := f.FilingNumber()
	if filing != "" && registry.DocNumberKey(filing) != registry.DocNumberKey(f.Case.Number) {
		p.Filing = registry.NormalizeDocNumber(filing)
	}
	if p.Form == nil {
		number, reason := f.Case.Number, ""
		if p.Filing != "" {
			number = p.Filing
		}
		p.Form = r.NewForm(numberLabels)
		p.Form.Version = f.Case.Version
		numberFields(p.Form, &number, &reason)
	}
	return p
}

func numberFields(f *kit.Form, number, reason *string) {
	f.Text("number", number)
	f.Text("reason", reason)
}

// caseNumber gives a case its number.
func (s area) caseNumber(r *kit.Request) error {
	id, err := kit.PathID[registry.CaseID](r, "id")
	if err != nil {
		return err
	}
	f, err := r.ReadForm(numberLabels)
	if err != nil {
		return err
	}
	var number, reason string
	numberFields(f, &number, &reason)
	c, err := s.Service.SetCaseNumber(r.Ctx(), r.Actor, id, f.Version, number, reason)
	if registry.KindOf(err) == registry.KindInvalid {
		if err := f.Refuse(err); err != nil {
			return err
		}
		return s.casePage(r, id, "", caseForms{number: f})
	}
	return s.acted(r, err, "案件编号已登记为 "+c.Number+"。", id, "facts")
}

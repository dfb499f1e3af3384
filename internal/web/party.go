package web

import (
	"fmt"

	"casebook/internal/casework"
	"casebook/internal/registry"
)

var partyLabels = labelsOf(registry.PartyFields, nil)

var partyEditing = editing[registry.Party, *registry.Party]{partyLabels, partyFields}

func partyFields(f *Form, x *registry.Party) {
	f.meta(&x.Meta)
	f.text("name", &x.Name)
	f.text("kind", &x.Kind)
	f.text("public_name", &x.PublicName)
	word(f, "origin", &x.Origin)
	f.text("credit_code", &x.CreditCode)
	f.text("credit_code_override", &x.CodeOverride)
	f.text("id_number", &x.IDNumber)
	f.text("legal_person", &x.LegalPerson)
	f.text("legal_person_title", &x.LegalPersonTitle)
	f.text("phone", &x.Phone)
	f.text("address", &x.Address)
	f.text("note", &x.Note)
}

type partyListPage struct {
	Layout
	List List
	Rows []registry.Party
}

func (partyListPage) Template() string { return "parties/list" }

func (s *Server) partyList(r *request) error {
	l := r.list()
	rows, next, err := s.service.Parties(r.ctx(), r.actor, l.Q, casework.Page{Cursor: l.Cursor(), Limit: pageSize})
	if err != nil {
		return err
	}
	l.paged(len(rows), next, -1, false)
	return r.page(partyListPage{r.layout("当事人"), l, rows})
}

type partyPage struct {
	Layout
	Party   registry.Party
	Page    casework.PartyPage
	Cases   []TimelineItem
	Merges  []mergeView
	History []HistoryEntry
}

func (partyPage) Template() string { return "parties/show" }

func (s *Server) partyShow(r *request) error {
	id, err := pathID[registry.PartyID](r, "id")
	if err != nil {
		return err
	}
	x, err := s.service.PartyPage(r.ctx(), r.actor, id)
	if err != nil {
		return err
	}
	p := partyPage{Layout: r.layout(x.Party.Name), Party: x.Party, Page: x, History: r.history(x.Revisions, registry.PartyFields, nil)}
	if !p.Can(registry.PermPersonalRead) {
		maskParty(&p.Party)
	}
	p.Merges = mergeViews(id, x.Merges)
	for _, c := range x.Cases {
		p.Cases = append(p.Cases, caseItem(c))
	}
	return r.page(p)
}

type partyFormPage struct {
	Layout
	Form  *Form
	Party registry.Party
}

func (partyFormPage) Template() string { return "parties/form" }

func (s *Server) partyForm(r *request, f *Form, x registry.Party) error {
	title := "登记当事人"
	if x.ID != 0 {
		title = "修改 " + x.Name
	}
	return r.form(f, partyFormPage{r.layout(title), f, x})
}

func (s *Server) partyNew(r *request) error {
	x := registry.Party{Origin: registry.OriginField, Name: r.QueryParam("name")}
	return s.partyForm(r, partyEditing.fill(r, &x), registry.Party{})
}

func (s *Server) partyCreate(r *request) error {
	var x registry.Party
	f, err := partyEditing.read(r, &x)
	if err != nil {
		return err
	}
	if f.ok() {
		typed := x
		repeated, err := s.service.AddParty(r.ctx(), r.actor, &x)
		repeated, err = partyEditing.before(&x, repeated, err)
		switch {
		case err == nil && repeated:
			return partyEditing.again(r, &typed, &x, about{What: "当事人 " + x.Name, Href: fmt.Sprintf("/parties/%d", x.ID)}, "已登记当事人。")
		case err == nil:
			return r.done("已登记当事人。", "/parties/%d", x.ID)
		}
		if err := f.refuse(err); err != nil {
			return err
		}
	}
	return s.partyForm(r, f, registry.Party{})
}

func (s *Server) partyEdit(r *request) error {
	id, err := pathID[registry.PartyID](r, "id")
	if err != nil {
		return err
	}
	x, err := s.service.Party(r.ctx(), r.actor, id)
	if err != nil {
		return err
	}
	return s.partyForm(r, partyEditing.fill(r, &x), x)
}

func (s *Server) partyUpdate(r *request) error {
	id, err := pathID[registry.PartyID](r, "id")
	if err != nil {
		return err
	}
	p, err := s.service.PartyPage(r.ctx(), r.actor, id)
	if err != nil {
		return err
	}
	x := p.Party
	f, err := partyEditing.read(r, &x)
	if err != nil {
		return err
	}
	if f.ok() {
		err := s.service.ChangeParty(r.ctx(), r.actor, &x)
		if err == nil {
			return r.done("已保存。", "/parties/%d", id)
		}
		if registry.KindOf(err) == registry.KindStale {
			a := about{What: "当事人 " + p.Party.Name, Href: fmt.Sprintf("/parties/%d", id), Revisions: p.Revisions}
			return partyEditing.stale(r, err, f.Version, &x, &p.Party, a)
		}
		if err := f.refuse(err); err != nil {
			return err
		}
	}
	return s.partyForm(r, f, p.Party)
}

package records

import (
	"fmt"

	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/web/kit"
	"casebook/internal/web/view"
)

var partyLabels = kit.LabelsOf(registry.PartyFields, nil)

var partyEditing = kit.Editing[registry.Party, *registry.Party]{Labels: partyLabels, Fields: partyFields}

func partyFields(f *kit.Form, x *registry.Party) {
	f.Meta(&x.Meta)
	f.Text("name", &x.Name)
	f.Text("kind", &x.Kind)
	f.Text("public_name", &x.PublicName)
	kit.Word(f, "origin", &x.Origin)
	f.Text("credit_code", &x.CreditCode)
	f.Text("credit_code_override", &x.CodeOverride)
	f.Text("id_kind", &x.IDKind)
	f.Text("id_number", &x.IDNumber)
	f.Text("legal_person", &x.LegalPerson)
	f.Text("legal_person_title", &x.LegalPersonTitle)
	f.Text("phone", &x.Phone)
	f.Text("address", &x.Address)
	f.Text("note", &x.Note)
}

type partyListPage struct {
	kit.Layout
	List kit.List
	Rows []casework.PartyRow
}

func (partyListPage) Template() string { return "records/parties-list" }

func (s area) partyList(r *kit.Request) error {
	l := r.List()
	rows, next, err := s.Service.Parties(r.Ctx(), r.Actor, l.Q, casework.Page{Cursor: l.Cursor(), Limit: kit.PageSize})
	if err != nil {
		return err
	}
	l.Paged(len(rows), next, -1, false)
	return r.Page(partyListPage{r.Layout("当事人"), l, rows})
}

type partyPage struct {
	kit.Layout
	Party   registry.Party
	Page    casework.PartyPage
	Cases   []kit.TimelineItem
	Merges  []mergeView
	History []view.HistoryEntry
}

func (partyPage) Template() string { return "records/parties-show" }

func (s area) partyShow(r *kit.Request) error {
	id, err := kit.PathID[registry.PartyID](r, "id")
	if err != nil {
		return err
	}
	x, err := s.Service.PartyPage(r.Ctx(), r.Actor, id)
	if err != nil {
		return err
	}
	p := partyPage{Layout: r.Layout(x.Party.Name), Party: x.Party, Page: x, History: view.History(r, x.Revisions, registry.PartyFields, nil)}
	if !p.Can(registry.PermPersonalRead) {
		view.MaskParty(&p.Party)
	}
	p.Merges = mergeViews(id, x.Merges)
	for _, c := range x.Cases {
		p.Cases = append(p.Cases, caseItem(c))
	}
	return r.Page(p)
}

type partyFormPage struct {
	kit.Layout
	Form  *kit.Form
	Party registry.Party
}

func (partyFormPage) Template() string { return "records/parties-form" }

func (s area) partyForm(r *kit.Request, f *kit.Form, x registry.Party) error {
	title := "登记当事人"
	if x.ID != 0 {
		title = "修改 " + x.Name
	}
	return r.Form(f, partyFormPage{r.Layout(title), f, x})
}

func (s area) partyNew(r *kit.Request) error {
	x := registry.Party{Origin: registry.OriginField, Name: r.QueryParam("name")}
	return s.partyForm(r, partyEditing.Fill(r, &x), registry.Party{})
}

func (s area) partyCreate(r *kit.Request) error {
	var x registry.Party
	f, err := partyEditing.Read(r, &x)
	if err != nil {
		return err
	}
	if f.OK() {
		typed := x
		repeated, err := s.Service.AddParty(r.Ctx(), r.Actor, &x)
		repeated, err = partyEditing.Before(&x, repeated, err)
		switch {
		case err == nil && repeated:
			return partyEditing.Again(r, &typed, &x, kit.About{What: "当事人 " + x.Name, Href: fmt.Sprintf("/parties/%d", x.ID)}, "已登记当事人。")
		case err == nil:
			return r.Done("已登记当事人。", "/parties/%d", x.ID)
		}
		if err := f.Refuse(err); err != nil {
			return err
		}
	}
	return s.partyForm(r, f, registry.Party{})
}

func (s area) partyEdit(r *kit.Request) error {
	id, err := kit.PathID[registry.PartyID](r, "id")
	if err != nil {
		return err
	}
	x, err := s.Service.Party(r.Ctx(), r.Actor, id)
	if err != nil {
		return err
	}
	return s.partyForm(r, partyEditing.Fill(r, &x), x)
}

func (s area) partyUpdate(r *kit.Request) error {
	id, err := kit.PathID[registry.PartyID](r, "id")
	if err != nil {
		return err
	}
	p, err := s.Service.PartyPage(r.Ctx(), r.Actor, id)
	if err != nil {
		return err
	}
	x := p.Party
	f, err := partyEditing.Read(r, &x)
	if err != nil {
		return err
	}
	if f.OK() {
		err := s.Service.ChangeParty(r.Ctx(), r.Actor, &x)
		if err == nil {
			return r.Done("已保存。", "/parties/%d", id)
		}
		if registry.KindOf(err) == registry.KindStale {
			a := kit.About{What: "当事人 " + p.Party.Name, Href: fmt.Sprintf("/parties/%d", id), Revisions: p.Revisions}
			return partyEditing.Stale(r, err, f.Version, &x, &p.Party, a)
		}
		if err := f.Refuse(err); err != nil {
			return err
		}
	}
	return s.partyForm(r, f, p.Party)
}

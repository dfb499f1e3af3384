package admin

import (
	"fmt"

	"casebook/internal/registry"
	"casebook/internal/web/kit"
)

var organLabels = kit.LabelsOf(registry.OrganFields, nil)

func organFields(f *kit.Form, x *registry.Organ) {
	f.Meta(&x.Meta)
	f.Text("name", &x.Name)
	f.Text("short_name", &x.ShortName)
	f.Text("kind", &x.Kind)
	f.Text("district_code", &x.DistrictCode)
	f.Text("credit_code", &x.CreditCode)
	f.Text("abbr", &x.Abbr)
	f.Bool("active", &x.Active)
}

type organListPage struct {
	kit.Layout
	Organs []registry.Organ
}

func (organListPage) Template() string { return "admin/organs" }

func (s area) organList(r *kit.Request) error {
	list, err := s.Service.Organs(r.Ctx(), r.Actor)
	if err != nil {
		return err
	}
	return r.Page(organListPage{r.Layout("机构"), list})
}

type organPage struct {
	kit.Layout
	Form  *kit.Form
	Organ registry.Organ
}

func (organPage) Template() string { return "admin/organ" }

// organEditing is an organ on its form.
func (s area) organEditing(r *kit.Request, stored registry.Organ) kit.Editing[registry.Organ] {
	title, saved := "新建机构", "机构已建立。"
	if stored.ID != 0 {
		title, saved = stored.Name, "机构已保存。"
	}
	at := func(x registry.Organ) string { return fmt.Sprintf("/admin/organs/%d", x.ID) }
	return kit.Editing[registry.Organ]{
		Record: stored, Labels: organLabels, Fields: organFields,
		Page: func(f *kit.Form, _ registry.Organ) error { return r.Form(f, organPage{r.Layout(title), f, stored}) },
		Add:  s.Service.AddOrgan, Change: s.Service.ChangeOrgan,
		Saved: func(registry.Organ) error { return r.DoneAt(saved, "/admin/organs") },
		Title: func(x registry.Organ) string { return x.Name }, Address: at, Home: at,
	}
}

func (s area) organNew(r *kit.Request) error {
	return s.organEditing(r, registry.Organ{}).Show(r, registry.Organ{Kind: "分局", Active: true})
}

func (s area) newOrgan(r *kit.Request) (kit.Editing[registry.Organ], error) {
	return s.organEditing(r, registry.Organ{}), nil
}

func (s area) storedOrgan(r *kit.Request) (e kit.Editing[registry.Organ], err error) {
	id, err := kit.PathID[registry.OrganID](r, "id")
	if err != nil {
		return e, err
	}
	x, err := s.Service.Organ(r.Ctx(), r.Actor, id)
	return s.organEditing(r, x), err
}

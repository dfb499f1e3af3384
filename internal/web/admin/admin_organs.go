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

func (s area) organForm(r *kit.Request, f *kit.Form, x registry.Organ) error {
	title := "新建机构"
	if x.ID != 0 {
		title = x.Name
	}
	return r.Form(f, organPage{r.Layout(title), f, x})
}

func (s area) organNew(r *kit.Request) error {
	x := registry.Organ{Kind: "分局", Active: true}
	f := r.NewForm(organLabels)
	organFields(f, &x)
	return s.organForm(r, f, x)
}

func (s area) organCreate(r *kit.Request) error {
	f, err := r.ReadForm(organLabels)
	if err != nil {
		return err
	}
	var x registry.Organ
	organFields(f, &x)
	if f.OK() {
		_, err := s.Service.AddOrgan(r.Ctx(), r.Actor, &x)
		if err == nil {
			return r.Done("机构已建立。", "/admin/organs")
		}
		if err := f.Refuse(err); err != nil {
			return err
		}
	}
	return s.organForm(r, f, registry.Organ{})
}

func (s area) organEdit(r *kit.Request) error {
	x, err := s.organByID(r)
	if err != nil {
		return err
	}
	f := r.NewForm(organLabels)
	organFields(f, &x)
	return s.organForm(r, f, x)
}

func (s area) organUpdate(r *kit.Request) error {
	current, err := s.organByID(r)
	if err != nil {
		return err
	}
	f, err := r.ReadForm(organLabels)
	if err != nil {
		return err
	}
	x := current
	organFields(f, &x)
	if f.OK() {
		err := s.Service.ChangeOrgan(r.Ctx(), r.Actor, &x)
		if err == nil {
			return r.Done("机构已保存。", "/admin/organs")
		}
		if registry.KindOf(err) == registry.KindStale {
			now := r.NewForm(organLabels)
			organFields(now, &current)
			return r.Stale(err, f, now, nil, "机构 "+current.Name, fmt.Sprintf("/admin/organs/%d", current.ID))
		}
		if err := f.Refuse(err); err != nil {
			return err
		}
	}
	return s.organForm(r, f, current)
}

func (s area) organByID(r *kit.Request) (registry.Organ, error) {
	id, err := kit.PathID[registry.OrganID](r, "id")
	if err != nil {
		return registry.Organ{}, err
	}
	return s.Service.Organ(r.Ctx(), r.Actor, id)
}

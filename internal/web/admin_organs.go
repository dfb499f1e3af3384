package web

import (
	"fmt"

	"casebook/internal/registry"
)

var organLabels = labelsOf(registry.OrganFields, nil)

func organFields(f *Form, x *registry.Organ) {
	f.meta(&x.Meta)
	f.text("name", &x.Name)
	f.text("short_name", &x.ShortName)
	f.text("kind", &x.Kind)
	f.text("district_code", &x.DistrictCode)
	f.text("credit_code", &x.CreditCode)
	f.text("abbr", &x.Abbr)
	f.bool("active", &x.Active)
}

type organListPage struct {
	Layout
	Organs []registry.Organ
}

func (organListPage) Template() string { return "admin/organs" }

func (s *Server) organList(r *request) error {
	list, err := s.service.Organs(r.ctx(), r.actor)
	if err != nil {
		return err
	}
	return r.page(organListPage{r.layout("机构"), list})
}

type organPage struct {
	Layout
	Form  *Form
	Organ registry.Organ
}

func (organPage) Template() string { return "admin/organ" }

func (s *Server) organForm(r *request, f *Form, x registry.Organ) error {
	title := "新建机构"
	if x.ID != 0 {
		title = x.Name
	}
	return r.form(f, organPage{r.layout(title), f, x})
}

func (s *Server) organNew(r *request) error {
	x := registry.Organ{Kind: "分局", Active: true}
	f := r.newForm(organLabels)
	organFields(f, &x)
	return s.organForm(r, f, x)
}

func (s *Server) organCreate(r *request) error {
	f, err := r.readForm(organLabels)
	if err != nil {
		return err
	}
	var x registry.Organ
	organFields(f, &x)
	if f.ok() {
		_, err := s.service.AddOrgan(r.ctx(), r.actor, &x)
		if err == nil {
			return r.done("机构已建立。", "/admin/organs")
		}
		if err := f.refuse(err); err != nil {
			return err
		}
	}
	return s.organForm(r, f, registry.Organ{})
}

func (s *Server) organEdit(r *request) error {
	x, err := s.organByID(r)
	if err != nil {
		return err
	}
	f := r.newForm(organLabels)
	organFields(f, &x)
	return s.organForm(r, f, x)
}

func (s *Server) organUpdate(r *request) error {
	current, err := s.organByID(r)
	if err != nil {
		return err
	}
	f, err := r.readForm(organLabels)
	if err != nil {
		return err
	}
	x := current
	organFields(f, &x)
	if f.ok() {
		err := s.service.ChangeOrgan(r.ctx(), r.actor, &x)
		if err == nil {
			return r.done("机构已保存。", "/admin/organs")
		}
		if registry.KindOf(err) == registry.KindStale {
			now := r.newForm(organLabels)
			organFields(now, &current)
			return r.stale(err, f, now, nil, "机构 "+current.Name, fmt.Sprintf("/admin/organs/%d", current.ID))
		}
		if err := f.refuse(err); err != nil {
			return err
		}
	}
	return s.organForm(r, f, current)
}

func (s *Server) organByID(r *request) (registry.Organ, error) {
	id, err := pathID[registry.OrganID](r, "id")
	if err != nil {
		return registry.Organ{}, err
	}
	return s.service.Organ(r.ctx(), r.actor, id)
}

// organOptions lists the units in use for a select, and the names of all by id.
func (s *Server) organOptions(r *request) ([]Option, map[registry.OrganID]string, error) {
	list, err := s.service.Organs(r.ctx(), r.actor)
	if err != nil {
		return nil, nil, err
	}
	var options []Option
	names := map[registry.OrganID]string{}
	for _, o := range list {
		names[o.ID] = o.Name
		if o.Active {
			options = append(options, Option{fmt.Sprint(o.ID), o.Name})
		}
	}
	return options, names, nil
}

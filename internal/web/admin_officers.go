package web

import (
	"fmt"

	"casebook/internal/registry"
)

var officerLabels = labelsOf(registry.OfficerFields, nil)

func officerFields(f *Form, x *registry.Officer) {
	f.meta(&x.Meta)
	f.text("name", &x.Name)
	ref(f, "organ_id", &x.OrganID)
	f.text("cert_no", &x.CertNo)
	f.date("valid_from", &x.ValidFrom)
	f.date("valid_to", &x.ValidTo)
	f.bool("active", &x.Active)
}

type officerListPage struct {
	Layout
	Officers []officerRow
}

type officerRow struct {
	registry.Officer
	Organ   string
	Expired bool // the certificate is certainly out of date today
}

func (officerListPage) Template() string { return "admin/officers" }

func (s *Server) officerList(r *request) error {
	list, err := s.service.Officers(r.ctx(), r.actor)
	if err != nil {
		return err
	}
	_, organs, err := s.organOptions(r)
	if err != nil {
		return err
	}
	p := officerListPage{Layout: r.layout("执法人员")}
	for _, o := range list {
		valid, known := o.ValidOn(r.today())
		p.Officers = append(p.Officers, officerRow{o, organs[o.OrganID], known && !valid})
	}
	return r.page(p)
}

type officerPage struct {
	Layout
	Form         *Form
	Officer      registry.Officer
	OrganOptions []Option
}

func (officerPage) Template() string { return "admin/officer" }

func (s *Server) officerForm(r *request, f *Form, x registry.Officer) error {
	organs, _, err := s.organOptions(r)
	if err != nil {
		return err
	}
	title := "登记执法人员"
	if x.ID != 0 {
		title = x.Name
	}
	return r.form(f, officerPage{r.layout(title), f, x, organs})
}

func (s *Server) officerNew(r *request) error {
	x := registry.Officer{Active: true}
	f := r.newForm(officerLabels)
	officerFields(f, &x)
	return s.officerForm(r, f, x)
}

func (s *Server) officerCreate(r *request) error {
	f, err := r.readForm(officerLabels)
	if err != nil {
		return err
	}
	var x registry.Officer
	officerFields(f, &x)
	if f.ok() {
		_, err := s.service.AddOfficer(r.ctx(), r.actor, &x)
		if err == nil {
			return r.done("执法人员已登记。", "/admin/officers")
		}
		if err := f.refuse(err); err != nil {
			return err
		}
	}
	return s.officerForm(r, f, registry.Officer{})
}

func (s *Server) officerEdit(r *request) error {
	x, err := s.officerByID(r)
	if err != nil {
		return err
	}
	f := r.newForm(officerLabels)
	officerFields(f, &x)
	return s.officerForm(r, f, x)
}

func (s *Server) officerUpdate(r *request) error {
	current, err := s.officerByID(r)
	if err != nil {
		return err
	}
	f, err := r.readForm(officerLabels)
	if err != nil {
		return err
	}
	x := current
	officerFields(f, &x)
	if f.ok() {
		err := s.service.ChangeOfficer(r.ctx(), r.actor, &x)
		if err == nil {
			return r.done("执法人员已保存。", "/admin/officers")
		}
		if registry.KindOf(err) == registry.KindStale {
			now := r.newForm(officerLabels)
			officerFields(now, &current)
			_, organs, err2 := s.organOptions(r)
			if err2 != nil {
				return err2
			}
			for id, name := range organs {
				now.name("organ_id", fmt.Sprint(id), name)
			}
			return r.stale(err, f, now, nil, "执法人员 "+current.Name, fmt.Sprintf("/admin/officers/%d", current.ID))
		}
		if err := f.refuse(err); err != nil {
			return err
		}
	}
	return s.officerForm(r, f, current)
}

func (s *Server) officerByID(r *request) (registry.Officer, error) {
	id, err := pathID[registry.OfficerID](r, "id")
	if err != nil {
		return registry.Officer{}, err
	}
	return s.service.Officer(r.ctx(), r.actor, id)
}

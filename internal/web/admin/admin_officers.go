package admin

import (
	"fmt"

	"casebook/internal/registry"
	"casebook/internal/web/kit"
	"casebook/internal/web/view"
)

var officerLabels = kit.LabelsOf(registry.OfficerFields, nil)

func officerFields(f *kit.Form, x *registry.Officer) {
	f.Meta(&x.Meta)
	f.Text("name", &x.Name)
	kit.Ref(f, "organ_id", &x.OrganID)
	f.Text("cert_no", &x.CertNo)
	f.Date("valid_from", &x.ValidFrom)
	f.Date("valid_to", &x.ValidTo)
	f.Bool("active", &x.Active)
}

type officerListPage struct {
	kit.Layout
	Officers []officerRow
}

type officerRow struct {
	registry.Officer
	Organ   string
	Expired bool // the certificate is certainly out of date today
}

func (officerListPage) Template() string { return "admin/officers" }

func (s area) officerList(r *kit.Request) error {
	list, err := s.Service.Officers(r.Ctx(), r.Actor)
	if err != nil {
		return err
	}
	_, organs, err := view.OrganOptions(s.Server, r)
	if err != nil {
		return err
	}
	p := officerListPage{Layout: r.Layout("执法人员")}
	for _, o := range list {
		valid, known := o.ValidOn(r.Today())
		p.Officers = append(p.Officers, officerRow{o, organs[o.OrganID], known && !valid})
	}
	return r.Page(p)
}

type officerPage struct {
	kit.Layout
	Form         *kit.Form
	Officer      registry.Officer
	OrganOptions []kit.Option
}

func (officerPage) Template() string { return "admin/officer" }

func (s area) officerForm(r *kit.Request, f *kit.Form, x registry.Officer) error {
	organs, _, err := view.OrganOptions(s.Server, r)
	if err != nil {
		return err
	}
	title := "登记执法人员"
	if x.ID != 0 {
		title = x.Name
	}
	return r.Form(f, officerPage{r.Layout(title), f, x, organs})
}

func (s area) officerNew(r *kit.Request) error {
	x := registry.Officer{Active: true}
	f := r.NewForm(officerLabels)
	officerFields(f, &x)
	return s.officerForm(r, f, x)
}

func (s area) officerCreate(r *kit.Request) error {
	f, err := r.ReadForm(officerLabels)
	if err != nil {
		return err
	}
	var x registry.Officer
	officerFields(f, &x)
	if f.OK() {
		_, err := s.Service.AddOfficer(r.Ctx(), r.Actor, &x)
		if err == nil {
			return r.Done("执法人员已登记。", "/admin/officers")
		}
		if err := f.Refuse(err); err != nil {
			return err
		}
	}
	return s.officerForm(r, f, registry.Officer{})
}

func (s area) officerEdit(r *kit.Request) error {
	x, err := s.officerByID(r)
	if err != nil {
		return err
	}
	f := r.NewForm(officerLabels)
	officerFields(f, &x)
	return s.officerForm(r, f, x)
}

func (s area) officerUpdate(r *kit.Request) error {
	current, err := s.officerByID(r)
	if err != nil {
		return err
	}
	f, err := r.ReadForm(officerLabels)
	if err != nil {
		return err
	}
	x := current
	officerFields(f, &x)
	if f.OK() {
		err := s.Service.ChangeOfficer(r.Ctx(), r.Actor, &x)
		if err == nil {
			return r.Done("执法人员已保存。", "/admin/officers")
		}
		if registry.KindOf(err) == registry.KindStale {
			now := r.NewForm(officerLabels)
			officerFields(now, &current)
			_, organs, err2 := view.OrganOptions(s.Server, r)
			if err2 != nil {
				return err2
			}
			for id, name := range organs {
				now.Name("organ_id", fmt.Sprint(id), name)
			}
			return r.Stale(err, f, now, nil, "执法人员 "+current.Name, fmt.Sprintf("/admin/officers/%d", current.ID))
		}
		if err := f.Refuse(err); err != nil {
			return err
		}
	}
	return s.officerForm(r, f, current)
}

func (s area) officerByID(r *kit.Request) (registry.Officer, error) {
	id, err := kit.PathID[registry.OfficerID](r, "id")
	if err != nil {
		return registry.Officer{}, err
	}
	return s.Service.Officer(r.Ctx(), r.Actor, id)
}

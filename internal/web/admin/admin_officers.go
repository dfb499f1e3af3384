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

// officerEditing is an officer of the roster on the form.
func (s area) officerEditing(r *kit.Request, stored registry.Officer) kit.Editing[registry.Officer] {
	title, saved := "登记执法人员", "执法人员已登记。"
	if stored.ID != 0 {
		title, saved = stored.Name, "执法人员已保存。"
	}
	at := func(x registry.Officer) string { return fmt.Sprintf("/admin/officers/%d", x.ID) }
	return kit.Editing[registry.Officer]{
		Record: stored, Labels: officerLabels, Fields: officerFields,
		Page: func(f *kit.Form, _ registry.Officer) error {
			organs, _, err := view.OrganOptions(s.Server, r)
			if err != nil {
				return err
			}
			return r.Form(f, officerPage{r.Layout(title), f, stored, organs})
		},
		Add: s.Service.AddOfficer, Change: s.Service.ChangeOfficer,
		Saved: func(registry.Officer) error { return r.DoneAt(saved, "/admin/officers") },
		Title: func(x registry.Officer) string { return x.Name }, Address: at, Home: at,
		Words: func(f *kit.Form, x registry.Officer) { s.nameOrgan(r, f, x.OrganID) },
	}
}

// nameOrgan gives its words to the organ that a form refers to, for the merge page.
func (s area) nameOrgan(r *kit.Request, f *kit.Form, id registry.OrganID) {
	if _, organs, err := view.OrganOptions(s.Server, r); err == nil {
		f.Name("organ_id", kit.Itoa(int64(id)), organs[id])
	}
}

func (s area) officerNew(r *kit.Request) error {
	return s.officerEditing(r, registry.Officer{}).Show(r, registry.Officer{Active: true})
}

func (s area) newOfficer(r *kit.Request) (kit.Editing[registry.Officer], error) {
	return s.officerEditing(r, registry.Officer{}), nil
}

func (s area) storedOfficer(r *kit.Request) (e kit.Editing[registry.Officer], err error) {
	id, err := kit.PathID[registry.OfficerID](r, "id")
	if err != nil {
		return e, err
	}
	x, err := s.Service.Officer(r.Ctx(), r.Actor, id)
	return s.officerEditing(r, x), err
}

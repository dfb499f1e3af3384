package admin

import (
	"casebook/internal/registry"
	"casebook/internal/web/kit"
	"casebook/internal/web/view"
)

var bureauLabels = kit.LabelsOf(registry.BureauFields, nil)

var bureauEditing = kit.Editing[registry.Bureau, *registry.Bureau]{Labels: bureauLabels, Fields: bureauFields}

func bureauFields(f *kit.Form, x *registry.Bureau) {
	f.Meta(&x.Meta)
	f.Text("name", &x.Name)
	f.Text("short_name", &x.ShortName)
	f.Text("city.code", &x.City.Code)
	f.Text("city.name", &x.City.Name)
	f.Text("city.short", &x.City.Short)
	f.Text("city.abbr", &x.City.Abbr)
	kit.Rows(f, "districts", &x.Districts, func(f *kit.Form, x *registry.District) {
		f.Text("code", &x.Code)
		f.Text("name", &x.Name)
		f.Text("short", &x.Short)
		f.Text("abbr", &x.Abbr)
		f.Text("branch", &x.Branch)
	})
	f.Text("series", &x.Series)
	f.Text("basin", &x.Basin)
	degrees(f, "area.west", &x.Area.West)
	degrees(f, "area.east", &x.Area.East)
	degrees(f, "area.south", &x.Area.South)
	degrees(f, "area.north", &x.Area.North)
}

// degrees binds a bound of the area, which is not known where it is blank.
func degrees(f *kit.Form, name string, v *float64) {
	var typed *float64
	if *v != 0 {
		typed = v
	}
	f.Float(name, &typed)
	if typed == nil {
		typed = new(float64)
	}
	*v = *typed
}

type bureauPage struct {
	kit.Layout
	Form    *kit.Form
	Bureau  registry.Bureau
	History []view.HistoryEntry
}

func (bureauPage) Template() string { return "admin/bureau" }

// bureauEdit is the page of the bureau: what it is called, where it is, how it numbers, and how all that came to be.
func (s area) bureauEdit(r *kit.Request) error {
	p, err := s.Service.BureauPage(r.Ctx(), r.Actor)
	if err != nil {
		return err
	}
	return s.bureauForm(r, bureauEditing.Fill(r, &p.Bureau), p.Bureau, p.Revisions)
}

func (s area) bureauForm(r *kit.Request, f *kit.Form, x registry.Bureau, revisions []registry.Revision) error {
	return r.Form(f, bureauPage{r.Layout("本局"), f, x, view.History(r, revisions, registry.BureauFields, nil)})
}

func (s area) bureauUpdate(r *kit.Request) error {
	p, err := s.Service.BureauPage(r.Ctx(), r.Actor)
	if err != nil {
		return err
	}
	x := p.Bureau
	f, err := bureauEditing.Read(r, &x)
	if err != nil {
		return err
	}
	if f.OK() {
		began := x.Version
		err := s.Service.ChangeBureau(r.Ctx(), r.Actor, &x)
		if err == nil {
			return r.Done("本局设置已保存。", "/admin/bureau")
		}
		if registry.KindOf(err) == registry.KindStale {
			return bureauEditing.Stale(r, err, began, &x, &p.Bureau, kit.About{What: "本局设置", Href: "/admin/bureau", Revisions: p.Revisions})
		}
		if err := f.Refuse(err); err != nil {
			return err
		}
	}
	return s.bureauForm(r, f, p.Bureau, p.Revisions)
}

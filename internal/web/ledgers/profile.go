package ledgers

import (
	"fmt"
	"slices"
	"strings"

	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/report"
	"casebook/internal/web/kit"
)

var profileLabels = kit.LabelsOf(registry.ExportProfileFields, nil)

// profileFields binds a form of export. Columns are typed as their titles, one a line: their order is the order of the lines, without a script.
func profileFields(f *kit.Form, x *registry.ExportProfile) {
	f.Meta(&x.Meta)
	f.Text("name", &x.Name)
	f.Text("rows", &x.Rows)
	f.Bool("shared", &x.Shared)
	f.Text("note", &x.Note)
	base, _ := report.BaseSheet(x.Rows)
	titles := columnWords(base, x.Columns, func(c report.Column) (string, string) { return c.Key, c.Title })
	f.Lines("columns", &titles)
	if !f.Filling {
		x.Columns = columnWords(base, titles, func(c report.Column) (string, string) { return c.Title, c.Key })
	}
	kit.Rows(f, "filters", &x.Filters, func(f *kit.Form, r *registry.ProfileFilter) {
		f.Text("column", &r.Column)
		f.Text("op", &r.Op)
		f.Text("value", &r.Value)
	})
	kit.Rows(f, "sort", &x.Sort, func(f *kit.Form, r *registry.ProfileSort) {
		f.Text("column", &r.Column)
		f.Bool("down", &r.Down)
	})
	if !f.Filling { // a row of which only the comparison was chosen asks for nothing
		x.Filters = slices.DeleteFunc(x.Filters, func(r registry.ProfileFilter) bool { return r.Column == "" && r.Value == "" })
		x.Sort = slices.DeleteFunc(x.Sort, func(r registry.ProfileSort) bool { return r.Column == "" })
	}
}

// columnWords turns keys of columns into titles, or back; what no column is called stays, to be told.
func columnWords(base report.SheetID, list []string, pair func(report.Column) (from, to string)) []string {
	var out []string
	for _, s := range list {
		for _, c := range report.Sheets[base].Columns {
			if from, to := pair(c); from == s {
				s = to
				break
			}
		}
		out = append(out, s)
	}
	return out
}

type profileListPage struct {
	kit.Layout
	Own, Shared []profileRow
	BuiltIn     []report.Profile
	Kinds       []kit.Option
}

// profileRow is a form of export in the list.
type profileRow struct {
	registry.ExportProfile
	Kind    string // one row is one …
	Columns int
}

func (profileListPage) Template() string { return "ledgers/profiles-list" }

func (s area) profileList(r *kit.Request) error {
	list, err := s.Service.ExportProfiles(r.Ctx(), r.Actor)
	if err != nil {
		return err
	}
	p := profileListPage{Layout: r.Layout("导出方案"), BuiltIn: casework.OfferedProfiles(r.Actor), Kinds: rowKinds()}
	for _, x := range list {
		base, _ := report.BaseSheet(x.Rows)
		row := profileRow{x, report.Sheets[base].Name, len(x.Columns)}
		if x.OwnerID == r.Actor.UserID {
			p.Own = append(p.Own, row)
		} else {
			p.Shared = append(p.Shared, row)
		}
	}
	return r.Page(p)
}

func rowKinds() []kit.Option {
	var list []kit.Option
	for _, b := range report.ProfileRows {
		s := &report.Sheets[b.Sheet]
		list = append(list, kit.Option{Value: b.Key, Label: s.Name + "（" + s.About + "）"})
	}
	return list
}

type profilePage struct {
	kit.Layout
	Form    *kit.Form
	Profile registry.ExportProfile
	Kind    report.Sheet
	Columns []kit.Option // to filter and sort by
	Ops     []kit.Option
	Own     bool
}

func (profilePage) Template() string { return "ledgers/profiles-form" }

func (s area) profileEditing(r *kit.Request, stored registry.ExportProfile) kit.Editing[registry.ExportProfile] {
	at := func(x registry.ExportProfile) string { return fmt.Sprintf("/exports/profiles/%d", x.ID) }
	return kit.Editing[registry.ExportProfile]{
		Record: stored, Labels: profileLabels, Fields: profileFields,
		Page: func(f *kit.Form, x registry.ExportProfile) error {
			base, _ := report.BaseSheet(x.Rows)
			p := profilePage{Layout: r.Layout("新建导出方案"), Form: f, Profile: stored, Kind: report.Sheets[base], Own: stored.ID == 0 || stored.OwnerID == r.Actor.UserID}
			if stored.ID != 0 {
				p.Layout = r.Layout(stored.Name)
			}
			for _, c := range p.Kind.Columns {
				p.Columns = append(p.Columns, kit.Option{Value: c.Key, Label: c.Title})
			}
			for _, op := range report.Compares {
				p.Ops = append(p.Ops, kit.Option{Value: string(op), Label: string(op)})
			}
			return r.Form(f, p)
		},
		Add: s.Service.AddExportProfile, Change: s.Service.ChangeExportProfile,
		Remove: func(version int64) error { return s.Service.RemoveExportProfile(r.Ctx(), r.Actor, stored.ID, version) },
		Saved: func(x registry.ExportProfile) error {
			return r.DoneAt("已保存导出方案“"+x.Name+"”。", "/exports/profiles")
		},
		Title: func(x registry.ExportProfile) string { return x.Name }, Address: at,
		Home: func(registry.ExportProfile) string { return "/exports/profiles" },
	}
}

// profileNew begins with all columns of the kind of row, to take away from.
func (s area) profileNew(r *kit.Request) error {
	x := registry.ExportProfile{Rows: strings.TrimSpace(r.QueryParam("rows"))}
	if x.Rows == "" {
		x.Rows = report.ProfileRows[0].Key
	}
	base, ok := report.BaseSheet(x.Rows)
	if !ok {
		return registry.Invalid("rows", "没有“%s”这种明细", kit.Clip(x.Rows))
	}
	for _, c := range report.Sheets[base].Columns {
		x.Columns = append(x.Columns, c.Key)
	}
	return s.profileEditing(r, registry.ExportProfile{}).Show(r, x)
}

func (s area) newProfile(r *kit.Request) (kit.Editing[registry.ExportProfile], error) {
	return s.profileEditing(r, registry.ExportProfile{}), nil
}

func (s area) storedProfile(r *kit.Request) (e kit.Editing[registry.ExportProfile], err error) {
	id, err := kit.PathID[registry.ProfileID](r, "id")
	if err != nil {
		return e, err
	}
	x, err := s.Service.ExportProfile(r.Ctx(), r.Actor, id)
	return s.profileEditing(r, x), err
}

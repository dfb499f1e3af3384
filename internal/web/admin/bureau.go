package admin

import (
	"strings"
	"unicode"

	"casebook/internal/pdf"
	"casebook/internal/registry"
	"casebook/internal/web/kit"
	"casebook/internal/web/view"
)

var bureauLabels = kit.LabelsOf(registry.BureauFields, nil)

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
	f.IntValue("visits.yearly", &x.Visits.Yearly)
	f.Text("visits.source", &x.Visits.Source)
	kit.Rows(f, "bulletins.sections", &x.Bulletins.Sections, func(f *kit.Form, s *registry.BulletinSection) {
		kit.Word(f, "part", &s.Part)
		f.Text("heading", &s.Heading)
	})
	f.Text("bulletins.title", &x.Bulletins.Title)
	f.Text("bulletins.lead", &x.Bulletins.Lead)
	f.Text("bulletins.quotes", &x.Bulletins.Quotes)
	kit.Rows(f, "approval", &x.Approval, func(f *kit.Form, x *registry.ApprovalStep) {
		f.Text("name", &x.Name)
		f.Text("role", (*string)(&x.Role))
		f.Bind("users", strings.Join(x.Users, " "), func(typed string) error {
			x.Users = strings.FieldsFunc(typed, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("、，,；;", r) })
			return nil
		})
		f.IntValue("days", &x.Days)
	})
	f.Bool("own_branch_only", &x.OwnBranchOnly)
	f.Bool("public_site", &x.PublicSite)
	f.Text("public_contact", &x.PublicContact)
	f.Bool("round_heads", &x.RoundHeads)
}

func approvalRoles() (list []kit.Option) {
	for _, r := range registry.ApprovalRoles {
		list = append(list, kit.Option{Value: string(r), Label: r.Chinese()})
	}
	return list
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
	Roles   []kit.Option  // that can take a step of the approval
	Fonts   []pdf.FontUse // of papers
	History []view.HistoryEntry
}

func (bureauPage) Template() string { return "admin/bureau" }

// storedBureau is the page of the bureau: what it is called, where it is, how it numbers, and how all that came to be.
func (s area) storedBureau(r *kit.Request) (kit.Editing[registry.Bureau], error) {
	p, err := s.Service.BureauPage(r.Ctx(), r.Actor)
	at := func(registry.Bureau) string { return "/admin/bureau" }
	return kit.Editing[registry.Bureau]{
		Record: p.Bureau, Labels: bureauLabels, Fields: bureauFields,
		Page: func(f *kit.Form, _ registry.Bureau) error {
			return r.Form(f, bureauPage{r.Layout("本局"), f, p.Bureau, approvalRoles(), pdf.Fonts(), view.History(r, p.Revisions, registry.BureauFields, nil)})
		},
		Change: s.Service.ChangeBureau,
		Saved:  func(registry.Bureau) error { return r.DoneAt("本局设置已保存。", "/admin/bureau") },
		Title:  func(registry.Bureau) string { return "本局设置" }, Address: at, Home: at, Revisions: p.Revisions,
	}, err
}

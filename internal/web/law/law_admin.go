package law

import (
	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/statute"
	"casebook/internal/web/kit"
	"casebook/internal/web/view"
)

type lawAdminPage struct {
	kit.Layout
	Rows   []lawAdminRow
	Broken []brokenLaw
	Marks  []lawMarkRow
}

func (lawAdminPage) Template() string { return "law/admin-laws" }

// lawAdminRow is one version with where its text came from and whether it was checked.
type lawAdminRow struct {
	versionRow
	First   bool   // the law's first row
	Origin  string // 随程序提供的文本, 第 2 次录入
	By      string
	Checked string // what it was compared with, and when
}

// brokenLaw is an imported text that cannot be used.
type brokenLaw struct {
	statute.BrokenText
	At string
}

// lawMarkRow is one 核对 mark or withdrawal.
type lawMarkRow struct {
	Law, Version, Href string
	Check              casework.LawCheck
}

// lawAdmin lists every version with its state for the administrator.
func (s area) lawAdmin(r *kit.Request) error {
	shelf, err := s.Service.LawTexts(r.Ctx(), r.Actor)
	if err != nil {
		return err
	}
	c := s.Service.Law()
	p := lawAdminPage{Layout: r.Layout("法规文本").FullWidth()}
	for _, b := range shelf.Broken {
		at, _ := kit.Instant(b.At) // a time.Time can be written
		p.Broken = append(p.Broken, brokenLaw{b, at})
	}
	for _, law := range c.Laws() {
		for i, row := range versionRows(law, r.Today()) {
			x := lawAdminRow{versionRow: row, First: i == 0, Origin: revisionName(row.Version), Checked: view.CheckedBy(row.Version)}
			if m := row.Version.Import; m != nil {
				at, _ := kit.Instant(m.At)
				x.By = m.By + "，" + at
			}
			p.Rows = append(p.Rows, x)
		}
	}
	for i := len(shelf.Checks) - 1; i >= 0 && len(p.Marks) < 50; i-- {
		x := lawMarkRow{Law: shelf.Checks[i].LawID, Version: shelf.Checks[i].VersionID, Check: shelf.Checks[i]}
		if v, ok := c.Version(x.Law, x.Version); ok {
			x.Law, x.Version, x.Href = v.ShortName, v.Name, view.VersionHref(v)
		}
		p.Marks = append(p.Marks, x)
	}
	return r.Page(p)
}

var lawCheckLabels = kit.Labels{"source": "核对所用的官方文本", "on": "核对日期", "reason": "撤回理由", "hash": "文本"}

type lawCheckPage struct {
	kit.Layout
	Form    *kit.Form
	Version *statute.Version
	Href    string
	Checked string
	Sources int // articles taken from another source than the version's own
}

func (lawCheckPage) Template() string { return "law/admin-law-check" }

// lawCheckForm marks a version's present text as 已核对, or takes the mark back.
func (s area) lawCheckForm(r *kit.Request) error {
	v, err := s.versionAt(r)
	if err != nil {
		return err
	}
	f := r.NewForm(lawCheckLabels)
	on := r.Today()
	f.Date("on", &on)
	return s.lawCheckPage(r, f, v)
}

func (s area) lawCheckPage(r *kit.Request, f *kit.Form, v *statute.Version) error {
	p := lawCheckPage{Layout: r.Layout("核对《" + v.ShortName + "》（" + v.Name + "）"), Form: f, Version: v, Href: view.VersionHref(v), Checked: view.CheckedBy(v)}
	for i := range v.Articles {
		if v.Articles[i].Source != v.Source {
			p.Sources++
		}
	}
	return r.Form(f, p)
}

func (s area) lawCheck(r *kit.Request) error {
	v, err := s.versionAt(r)
	if err != nil {
		return err
	}
	f, err := r.ReadForm(lawCheckLabels)
	if err != nil {
		return err
	}
	m := casework.LawMark{LawID: v.LawID, VersionID: v.ID, Hash: f.Value("hash")}
	f.Text("source", &m.Source)
	f.Date("on", &m.On)
	if f.OK() {
		err := s.Service.MarkChecked(r.Ctx(), r.Actor, m)
		if err == nil {
			return r.Done("已标记为核对过官方文本。", "/statutes/%s/%s", v.LawID, v.ID)
		}
		if err := f.Refuse(err); err != nil {
			return err
		}
	}
	return s.lawCheckPage(r, f, v)
}

func (s area) lawUncheck(r *kit.Request) error {
	v, err := s.versionAt(r)
	if err != nil {
		return err
	}
	f, err := r.ReadForm(lawCheckLabels)
	if err != nil {
		return err
	}
	err = s.Service.WithdrawCheck(r.Ctx(), r.Actor, v.LawID, v.ID, f.Value("hash"), f.Value("reason"))
	if err == nil {
		return r.Done("核对标记已撤回，页面和导出重新标注未经官方文本核对。", "/statutes/%s/%s", v.LawID, v.ID)
	}
	if err := f.Refuse(err); err != nil {
		return err
	}
	return s.lawCheckPage(r, f, v)
}

// headChangesOf lists what differs in the front matter of two texts of a version.
func headChangesOf(before, after *statute.Version) (list []headChangeView) {
	for _, c := range casework.HeadChanges(before, after) {
		list = append(list, headChangeView(c))
	}
	return list
}

// levelOptions are the levels of law the catalogue knows.
func levelOptions() []kit.Option {
	var list []kit.Option
	for _, l := range statute.Levels() {
		list = append(list, kit.Option{Value: l, Label: l})
	}
	return list
}

// confidenceOptions leave out what an imported text cannot be: nobody imports what he only remembers.
func confidenceOptions() []kit.Option {
	var list []kit.Option
	for _, c := range []string{"full_text", "full_text_x2", "secondary"} {
		list = append(list, kit.Option{Value: c, Label: statute.ConfidenceLabel(c)})
	}
	return list
}

var holdingOptions = registry.Terms{"全文", "节选"}

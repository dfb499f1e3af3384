package web

import (
	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/statute"
)

type lawAdminPage struct {
	Layout
	Rows   []lawAdminRow
	Broken []brokenLaw
	Marks  []lawMarkRow
}

func (lawAdminPage) Template() string { return "admin/laws" }

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
func (s *Server) lawAdmin(r *request) error {
	shelf, err := s.service.LawTexts(r.ctx(), r.actor)
	if err != nil {
		return err
	}
	c := s.service.Law()
	p := lawAdminPage{Layout: r.layout("法规文本").wide()}
	for _, b := range shelf.Broken {
		at, _ := instant(b.At) // a time.Time can be written
		p.Broken = append(p.Broken, brokenLaw{b, at})
	}
	for _, law := range c.Laws() {
		for i, row := range versionRows(law, r.today()) {
			x := lawAdminRow{versionRow: row, First: i == 0, Origin: revisionName(row.Version), Checked: checkedBy(row.Version)}
			if m := row.Version.Import; m != nil {
				at, _ := instant(m.At)
				x.By = m.By + "，" + at
			}
			p.Rows = append(p.Rows, x)
		}
	}
	for i := len(shelf.Checks) - 1; i >= 0 && len(p.Marks) < 50; i-- {
		x := lawMarkRow{Law: shelf.Checks[i].LawID, Version: shelf.Checks[i].VersionID, Check: shelf.Checks[i]}
		if v, ok := c.Version(x.Law, x.Version); ok {
			x.Law, x.Version, x.Href = v.ShortName, v.Name, versionHref(v)
		}
		p.Marks = append(p.Marks, x)
	}
	return r.page(p)
}

var lawCheckLabels = Labels{"source": "核对所用的官方文本", "on": "核对日期", "reason": "撤回理由", "hash": "文本"}

type lawCheckPage struct {
	Layout
	Form    *Form
	Version *statute.Version
	Href    string
	Checked string
	Sources int // articles taken from another source than the version's own
}

func (lawCheckPage) Template() string { return "admin/law-check" }

// lawCheckForm marks a version's present text as 已核对, or takes the mark back.
func (s *Server) lawCheckForm(r *request) error {
	v, err := s.versionAt(r)
	if err != nil {
		return err
	}
	f := r.newForm(lawCheckLabels)
	on := r.today()
	f.date("on", &on)
	return s.lawCheckPage(r, f, v)
}

func (s *Server) lawCheckPage(r *request, f *Form, v *statute.Version) error {
	p := lawCheckPage{Layout: r.layout("核对《" + v.ShortName + "》（" + v.Name + "）"), Form: f, Version: v, Href: versionHref(v), Checked: checkedBy(v)}
	for i := range v.Articles {
		if v.Articles[i].Source != v.Source {
			p.Sources++
		}
	}
	return r.form(f, p)
}

func (s *Server) lawCheck(r *request) error {
	v, err := s.versionAt(r)
	if err != nil {
		return err
	}
	f, err := r.readForm(lawCheckLabels)
	if err != nil {
		return err
	}
	m := casework.LawMark{LawID: v.LawID, VersionID: v.ID, Hash: f.Value("hash")}
	f.text("source", &m.Source)
	f.date("on", &m.On)
	if f.ok() {
		err := s.service.MarkChecked(r.ctx(), r.actor, m)
		if err == nil {
			return r.done("已标记为核对过官方文本。", "/statutes/%s/%s", v.LawID, v.ID)
		}
		if err := f.refuse(err); err != nil {
			return err
		}
	}
	return s.lawCheckPage(r, f, v)
}

func (s *Server) lawUncheck(r *request) error {
	v, err := s.versionAt(r)
	if err != nil {
		return err
	}
	f, err := r.readForm(lawCheckLabels)
	if err != nil {
		return err
	}
	err = s.service.WithdrawCheck(r.ctx(), r.actor, v.LawID, v.ID, f.Value("hash"), f.Value("reason"))
	if err == nil {
		return r.done("核对标记已撤回，页面和导出重新标注未经官方文本核对。", "/statutes/%s/%s", v.LawID, v.ID)
	}
	if err := f.refuse(err); err != nil {
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
func levelOptions() []Option {
	var list []Option
	for _, l := range statute.Levels() {
		list = append(list, Option{l, l})
	}
	return list
}

// confidenceOptions leave out what an imported text cannot be: nobody imports what he only remembers.
func confidenceOptions() []Option {
	var list []Option
	for _, c := range []string{"full_text", "full_text_x2", "secondary"} {
		list = append(list, Option{c, statute.ConfidenceLabel(c)})
	}
	return list
}

var holdingOptions = registry.Terms{"全文", "节选"}

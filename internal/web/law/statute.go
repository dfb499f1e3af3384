package law

import (
	"fmt"
	"slices"

	"casebook/internal/registry"
	"casebook/internal/statute"
	"casebook/internal/web/kit"
	"casebook/internal/web/view"
)

type statuteListPage struct {
	kit.Layout
	List     kit.List
	Levels   []lawLevel
	Laws     int
	Versions int
	Search   *statuteSearch // nil without a search
}

func (statuteListPage) Template() string { return "law/statutes-list" }

// lawLevel is the laws of one level, from the national statute down.
type lawLevel struct {
	Name string
	Rows []versionRow
}

// versionRow is one version of a law in a list.
type versionRow struct {
	Law          *statute.Law
	Version      *statute.Version
	Href         string
	From, To     string
	Status, Tone string
	Holding      string // 全文 or 节选 n 条
	FullName     string // in the law's first row, where the short name alone would not tell it
	Confidence   string
}

// statuteList is the law catalogue by level, or what a search finds in it.
func (s area) statuteList(r *kit.Request) error {
	c := s.Service.Law()
	var levels []kit.Option
	for _, law := range c.Laws() {
		if o := (kit.Option{Value: law.Level, Label: law.Level}); !slices.Contains(levels, o) {
			levels = append(levels, o)
		}
	}
	l := r.List(kit.Filter{Name: "level", Label: "层级", Options: levels})
	p := statuteListPage{Layout: r.Layout("法规库"), List: l}
	if l.Q != "" {
		p.Search = searchStatutes(c, l.Q, l.Get("level"), r.Today())
		return r.Page(p)
	}
	for _, law := range c.Laws() {
		if want := l.Get("level"); want != "" && want != law.Level {
			continue
		}
		if n := len(p.Levels); n == 0 || p.Levels[n-1].Name != law.Level {
			p.Levels = append(p.Levels, lawLevel{Name: law.Level})
		}
		level := &p.Levels[len(p.Levels)-1]
		level.Rows = append(level.Rows, versionRows(law, r.Today())...)
		p.Laws++
		p.Versions += len(law.Versions)
	}
	return r.Page(p)
}

// versionRows lists a law's versions, the newest first, as a reader looks for the one in force.
func versionRows(law *statute.Law, today registry.Date) []versionRow {
	var rows []versionRow
	for _, v := range slices.Backward(law.Versions) {
		row := versionRow{Law: law, Version: v, Href: view.VersionHref(v), From: v.From.String(), To: view.EndOf(law, v), Holding: holdingOf(v),
			Confidence: view.ConfidenceOf(v)}
		if len(rows) == 0 && law.Name != law.ShortName && law.Name != "中华人民共和国"+law.ShortName {
			row.FullName = law.Name
		}
		if v.From.IsZero() {
			row.From = "未核到"
		}
		row.Status, row.Tone = view.StatusOf(law, v, today)
		rows = append(rows, row)
	}
	return rows
}

// holdingOf says how much of a version is held.
func holdingOf(v *statute.Version) string {
	if v.Complete {
		return fmt.Sprintf("全文 %d 条", len(v.Articles))
	}
	return fmt.Sprintf("节选 %d 条", len(v.Articles))
}

type lawPage struct {
	kit.Layout
	Law      *statute.Law
	Rows     []versionRow
	On       string // as typed
	Problem  string
	InForce  []versionRow
	Asked    bool
	Gap      string // why no version is held for the day, or for all of the days
	Gaps     []string
	Compared []comparedArticle
}

func (lawPage) Template() string { return "law/statutes-law" }

// lawShow leads to a law's only version, or to the one in force on ?on=. Where that is not one version, it lists them side by side.
func (s area) lawShow(r *kit.Request) error {
	c := s.Service.Law()
	law, ok := c.Law(r.Param("law"))
	if !ok {
		return registry.NotFound("法规", r.Param("law"))
	}
	p := lawPage{Layout: r.Layout(law.ShortName), Law: law, Rows: versionRows(law, r.Today()), On: r.QueryParam("on"), Gaps: versionGaps(law)}
	on, err := registry.ParseDate(p.On)
	switch {
	case err != nil:
		p.Problem = err.Error()
	case !on.IsZero():
		p.Asked = true
		versions := c.InForce(law.ID, on)
		p.Gap, _ = c.Gap(law.ID, on)
		if len(versions) == 1 && p.Gap == "" {
			return r.Go("/statutes/%s/%s", law.ID, versions[0].ID)
		}
		for _, row := range p.Rows {
			if slices.Contains(versions, row.Version) {
				p.InForce = append(p.InForce, row)
			}
		}
	case len(law.Versions) == 1:
		return r.Go("/statutes/%s/%s", law.ID, law.Versions[0].ID)
	}
	p.Compared = compareVersions(law)
	return r.Page(p)
}

type lawVersionPage struct {
	kit.Layout
	Law     *statute.Law
	Version *statute.Version
	Row     versionRow
	Total   string // 92 条 or 未知
	Note    string
	Gaps    []string
	Others  []versionRow
	Parts   []lawPart

	Confidence string
	Revisions  []revisionRow // where the text was corrected, or came from an administrator
	Old        bool          // an earlier revision is shown
}

func (lawVersionPage) Template() string { return "law/statutes-version" }

// lawVersion is one version's page: every held article with an anchor for each 款, 项 and 目, and what is not held in between.
func (s area) lawVersion(r *kit.Request) error {
	c := s.Service.Law()
	law, ok := c.Law(r.Param("law"))
	if !ok {
		return registry.NotFound("法规", r.Param("law"))
	}
	v, ok := c.Version(law.ID, r.Param("version"))
	if !ok {
		return registry.NotFound("《"+law.ShortName+"》的这个版本", r.Param("version"))
	}
	p := lawVersionPage{Layout: r.Layout(law.ShortName + "（" + v.Name + "）"), Law: law, Revisions: revisionRows(v), Total: "未知", Gaps: versionGaps(law)}
	if typed := r.QueryParam("revision"); typed != "" {
		old, err := revisionOf(v, typed)
		if err != nil {
			return err
		}
		p.Old, v = old != v, old
	}
	p.Version, p.Note, p.Confidence = v, view.PlainWords(v.Note), view.ConfidenceOf(v)
	if v.ArticlesTotal > 0 {
		p.Total = fmt.Sprintf("%d 条", v.ArticlesTotal)
	}
	for _, row := range versionRows(law, r.Today()) {
		if row.Version.ID == v.ID {
			p.Row = row
			p.Row.Holding = holdingOf(v)
		} else {
			p.Others = append(p.Others, row)
		}
	}
	p.Parts = lawParts(c, law, v)
	return r.Page(p)
}

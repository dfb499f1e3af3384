package law

import (
	"cmp"
	"slices"
	"strings"

	"casebook/internal/registry"
	"casebook/internal/statute"
	"casebook/internal/web/kit"
	"casebook/internal/web/view"
)

type standardListPage struct {
	kit.Layout
	Standards  []standardView
	Thresholds []thresholdView
	Pollutants []kit.Option
	Farms      []kit.Option
	Media      []kit.Option
	Bases      []kit.Option
	Limit      limitAsk
	Herd       herdAsk
}

func (standardListPage) Template() string { return "law/statutes-standards" }

// standardView is one standard with its limits as tables.
type standardView struct {
	*statute.Standard
	ID           string
	Confidence   string
	Periods      []periodView
	Limits       []limitTable
	Drains       []drainTable
	ScaleTables  []scaleTable
	Regional     bool // limits differ by region
	ScopeName    string
	PublishedDay string
	Note         string
}

// periodView is when a standard applies to some farms.
type periodView struct{ AppliesTo, When, Status, Tone string }

// limitTable is the limits of one table and medium: pollutants down, regions across.
type limitTable struct {
	Title, Medium, Basis string
	Confidence           string // of most of its cells
	Regions              []string
	Rows                 []limitRow
}

type limitRow struct {
	Pollutant, Unit string
	Cells           []limitCell
}

// limitCell is one limit. Known is false where the standard has a limit that nobody has verified; Absent where it has none.
type limitCell struct {
	Value, Bound  string
	Known, Absent bool
	Confidence    string // in words, where it differs from the table's
}

type drainTable struct {
	Title string
	Rows  []statute.Drainage
}

type scaleTable struct {
	Title string
	Rows  []statute.ScaleClass
}

type thresholdView struct {
	statute.Threshold
	Validity   string
	Confidence string
	Rules      []thresholdRule
}

type thresholdRule struct{ Who, What, Confidence string }

// standardList is the emission standards with their limits, and the sizes from which duties begin.
func (s area) standardList(r *kit.Request) error {
	c := s.Service.Law()
	p := standardListPage{Layout: r.Layout("排放标准"), Limit: s.askLimit(r), Herd: s.askHerd(r), Farms: []kit.Option{{Value: statute.NewFarm, Label: statute.NewFarm}, {Value: statute.ExistingFarm, Label: statute.ExistingFarm}},
		Bases: []kit.Option{{Value: "存栏", Label: "存栏"}, {Value: "年出栏", Label: "年出栏"}}}
	seen := map[string]bool{}
	for _, x := range c.Standards() {
		for _, l := range x.Limits {
			if !seen[l.Pollutant] {
				p.Pollutants = append(p.Pollutants, kit.Option{Value: l.Pollutant, Label: l.Pollutant})
			}
			if m := "介质 " + l.Medium; l.Medium != "" && !seen[m] {
				seen[m] = true
				p.Media = append(p.Media, kit.Option{Value: l.Medium, Label: l.Medium})
			}
			seen[l.Pollutant] = true
		}
	}
	for _, x := range c.Standards() {
		p.Standards = append(p.Standards, viewStandard(c, x, r.Today()))
	}
	for _, t := range c.Thresholds() {
		p.Thresholds = append(p.Thresholds, viewThreshold(t))
	}
	return r.Page(p)
}

// standardID is a standard's anchor on the page.
func standardID(code string) string { return strings.NewReplacer("/", "-", " ", "-").Replace(code) }

func viewStandard(c *statute.Catalogue, x *statute.Standard, today registry.Date) standardView {
	v := standardView{Standard: x, ID: standardID(x.Code), Confidence: statute.ConfidenceLabel(x.Confidence),
		Limits: limitTables(x), PublishedDay: x.Published.String(), Note: view.PlainWords(x.Note), ScopeName: c.TerritoryName(x.Scope)}
	for _, p := range x.Periods {
		y := periodView{AppliesTo: cmp.Or(p.AppliesTo, "全部"), When: cmp.Or(view.Interval(p.From, p.To), "未核到"), Status: "施行中", Tone: "accent"}
		switch {
		case !p.To.IsZero() && p.To.Before(today):
			y.Status, y.Tone = "已不适用", "closed"
		case !p.From.IsZero() && today.Before(p.From):
			y.Status, y.Tone = "尚未施行", "plain"
		}
		v.Periods = append(v.Periods, y)
	}
	for _, d := range x.Drainage {
		title := tableName(x, d.Table)
		if n := len(v.Drains); n == 0 || v.Drains[n-1].Title != title {
			v.Drains = append(v.Drains, drainTable{Title: title})
		}
		t := &v.Drains[len(v.Drains)-1]
		t.Rows = append(t.Rows, d)
	}
	for _, sc := range x.Scale {
		if n := len(v.ScaleTables); n == 0 || v.ScaleTables[n-1].Title != sc.Site {
			v.ScaleTables = append(v.ScaleTables, scaleTable{Title: sc.Site})
		}
		t := &v.ScaleTables[len(v.ScaleTables)-1]
		t.Rows = append(t.Rows, sc)
	}
	return v
}

// tableName is a table's number and title as the standard prints them.
func tableName(x *statute.Standard, number string) string {
	for _, t := range x.Tables {
		if t.Number == number {
			return "表" + number + "　" + t.Title
		}
	}
	if number == "" {
		return "限值"
	}
	return "表" + number
}

func limitTables(x *statute.Standard) []limitTable {
	var tables []limitTable
	for _, l := range x.Limits {
		title := tableName(x, l.Table)
		i := slices.IndexFunc(tables, func(t limitTable) bool { return t.Title == title && t.Medium == l.Medium })
		if i < 0 {
			tables = append(tables, limitTable{Title: title, Medium: l.Medium, Basis: l.Basis, Confidence: commonConfidence(x, l.Table, l.Medium)})
			i = len(tables) - 1
		}
		tables[i].add(l)
	}
	for i := range tables {
		tables[i].fill()
	}
	return tables
}

// commonConfidence is said once above a table; cells that differ say their own.
func commonConfidence(x *statute.Standard, table, medium string) string {
	count := map[string]int{}
	best := ""
	for _, l := range x.Limits {
		if l.Table == table && l.Medium == medium && l.Value != "" {
			count[l.Confidence]++
			if count[l.Confidence] > count[best] {
				best = l.Confidence
			}
		}
	}
	return statute.ConfidenceLabel(best)
}

func (t *limitTable) add(l statute.StandardLimit) {
	region := cmp.Or(l.Region, "限值")
	at := slices.Index(t.Regions, region)
	if at < 0 {
		at = len(t.Regions)
		t.Regions = append(t.Regions, region)
	}
	i := slices.IndexFunc(t.Rows, func(r limitRow) bool { return r.Pollutant == l.Pollutant })
	if i < 0 {
		t.Rows = append(t.Rows, limitRow{Pollutant: l.Pollutant, Unit: l.Unit})
		i = len(t.Rows) - 1
	}
	row := &t.Rows[i]
	for len(row.Cells) <= at {
		row.Cells = append(row.Cells, limitCell{Absent: true})
	}
	cell := limitCell{Value: l.Value, Known: l.Value != "", Bound: view.BoundMark(l)}
	if word := statute.ConfidenceLabel(l.Confidence); cell.Known && word != t.Confidence {
		cell.Confidence = word
	}
	row.Cells[at] = cell
	row.Unit = cmp.Or(row.Unit, l.Unit)
}

// fill gives every row a cell for each region.
func (t *limitTable) fill() {
	for i := range t.Rows {
		for len(t.Rows[i].Cells) < len(t.Regions) {
			t.Rows[i].Cells = append(t.Rows[i].Cells, limitCell{Absent: true})
		}
	}
}

func viewThreshold(t statute.Threshold) thresholdView {
	v := thresholdView{Threshold: t, Validity: view.Interval(t.From, t.To), Confidence: statute.ConfidenceLabel(t.Confidence)}
	for _, rule := range t.Rules {
		x := thresholdRule{Who: cmp.Or(rule.Category, rule.Species), What: rule.When}
		if rule.Category != "" && rule.Species != "" {
			x.Who = rule.Category + "　" + rule.Species
		}
		switch {
		case rule.Min != nil:
			x.What = strings.TrimSpace(rule.Metric + " " + kit.Thousands(int64(*rule.Min)) + " 以上　" + rule.When)
		case rule.When == "":
			x.What = rule.Metric + "　数值未核到"
		}
		if rule.Confidence != "" {
			x.Confidence = statute.ConfidenceLabel(rule.Confidence)
		}
		v.Rules = append(v.Rules, x)
	}
	return v
}

package law

import (
	"fmt"

	"casebook/internal/registry"
	"casebook/internal/statute"
	"casebook/internal/web/kit"
	"casebook/internal/web/view"
)

type violationListPage struct {
	kit.Layout
	List   kit.List
	Groups []violationGroup
	Shown  int
}

func (violationListPage) Template() string { return "law/statutes-violations" }

// violationGroup is the types of one group in the order of the picker.
type violationGroup struct {
	ID   string
	Name string
	Rows []violationRow
}

// violationRow is one type with one line for each set of legal bases.
type violationRow struct {
	Type    *statute.ViolationType
	Href    string
	Regimes []regimeRow
}

type regimeRow struct {
	Label, Short        string
	Breached, Liability []view.RefLink
	Fines               []penaltyView
	Others              []string // kinds of penalty that are no fine
	NoPenalty           string
}

// Values of the filter 适用法律.
const (
	lawsBefore = "before"
	lawsAfter  = "after"
)

// violationList is violation → articles → fine in one table.
func (s area) violationList(r *kit.Request) error {
	c := s.Service.Law()
	var groups []kit.Option
	for _, t := range c.ViolationTypes() {
		if n := len(groups); n == 0 || groups[n-1].Value != t.Group {
			groups = append(groups, kit.Option{Value: t.Group, Label: t.Group})
		}
	}
	day := statute.CodeDay.String()
	l := r.List(
		kit.Filter{Name: "group", Label: "类别", Options: groups},
		kit.Filter{Name: "law", Label: "行为终了于", Options: []kit.Option{{Value: lawsBefore, Label: day + " 以前"}, {Value: lawsAfter, Label: day + " 及以后"}}},
	)
	p := violationListPage{Layout: r.Layout("违法行为").FullWidth(), List: l}
	q := clipRunes(registry.CleanText(l.Q), maxQuery)
	for _, t := range c.ViolationTypes() {
		if g := l.Get("group"); g != "" && g != t.Group || !t.Found(q, typeArticles(t)...) {
			continue
		}
		row := violationRow{Type: t, Href: view.ViolationHref(t), Regimes: regimeRows(c, t, l.Get("law"), r.Today())}
		if n := len(p.Groups); n == 0 || p.Groups[n-1].Name != t.Group {
			p.Groups = append(p.Groups, violationGroup{ID: fmt.Sprintf("group-%d", n+1), Name: t.Group})
		}
		g := &p.Groups[len(p.Groups)-1]
		g.Rows = append(g.Rows, row)
		p.Shown++
	}
	return r.Page(p)
}

// typeArticles are the articles that a type names, by which it is found too.
func typeArticles(t *statute.ViolationType) (list []string) {
	for i := range t.Regimes {
		for _, ref := range append(t.Regimes[i].Breached, t.Regimes[i].Liability...) {
			list = append(list, ref.String())
		}
	}
	return list
}

func regimeRows(c *statute.Catalogue, t *statute.ViolationType, law string, today registry.Date) []regimeRow {
	var rows []regimeRow
	for i := range t.Regimes {
		r := &t.Regimes[i]
		if law == lawsBefore && !r.From.Before(statute.CodeDay) || law == lawsAfter && !r.To.IsZero() && r.To.Before(statute.CodeDay) {
			continue
		}
		day := regimeDay(r, today)
		row := regimeRow{Label: r.Label, Short: regimeShort(r), Breached: view.RefLinks(c, r.Breached, day), Liability: view.RefLinks(c, r.Liability, day),
			NoPenalty: noPenalty(r)}
		for _, p := range r.Penalties {
			if v := viewPenalty(c, p, day); v.Fine {
				row.Fines = append(row.Fines, v)
			} else {
				row.Others = append(row.Others, p.Kind)
			}
		}
		rows = append(rows, row)
	}
	return rows
}

// regimeShort labels a regime in a narrow table.
func regimeShort(r *statute.Regime) string {
	switch {
	case r.Kind == statute.RegimeCode:
		return "法典"
	case r.Kind == statute.RegimeBeside:
		return "并行"
	case r.To.IsZero() && r.From.IsZero():
		return "现行"
	}
	return view.Interval(r.From, r.To)
}

// noPenalty says plainly that a set of bases names a duty and no penalty.
func noPenalty(r *statute.Regime) string {
	switch {
	case len(r.Liability) > 0 || len(r.Penalties) > 0:
		return ""
	case r.Kind == statute.RegimeBeside:
		return "这里只有义务，没有自己的罚则，仅可责令改正：可以引作违反条款，处罚依据要到法典中找。"
	}
	return "只规定了义务，没有自己的罚则，仅可责令改正：罚款须另有依据。"
}

// regimeDay is the day whose versions stand for a regime: its last, or today where it is still open.
func regimeDay(r *statute.Regime, today registry.Date) registry.Date {
	switch {
	case !r.To.IsZero():
		return r.To
	case r.From.IsZero() || r.From.Before(today):
		return today
	}
	return r.From
}

type violationTypePage struct {
	kit.Layout
	Type       *statute.ViolationType
	Confidence string
	Mapping    string
	Notes      string
	Regimes    []regimeView
	Unsorted   string // the Code's articles were not looked up
	Table      *statute.DiscretionTable
	Ask        offerForm
	Answer     *offerView
}

func (violationTypePage) Template() string { return "law/statutes-violation" }

// violationType is the mapping of one violation: what it breaches, what it costs, what must be shown.
func (s area) violationType(r *kit.Request) error {
	c := s.Service.Law()
	t, ok := c.ViolationType(r.Param("code"))
	if !ok {
		return registry.NotFound("违法行为类型", r.Param("code"))
	}
	p := violationTypePage{Layout: r.Layout(t.Label), Type: t, Confidence: statute.ConfidenceLabel(t.Confidence),
		Mapping: statute.ConfidenceLabel(t.MappingConfidence), Notes: view.PlainWords(t.Notes), Unsorted: codeUnsorted(t), Ask: readOffer(r)}
	if table, ok := c.DiscretionTable(t.Discretion); ok {
		p.Table = table
	}
	for i := range t.Regimes {
		p.Regimes = append(p.Regimes, viewRegime(c, i+1, &t.Regimes[i], r.Today()))
	}
	if p.Ask.Asked && p.Ask.Problem == "" {
		o, err := c.Offer(t.Code, p.Ask.From, p.Ask.To, p.Ask.circumstances())
		if err != nil {
			return err
		}
		p.Answer = viewOffer(c, o, p.Ask.To, r.Today())
	}
	return r.Page(p)
}

// codeUnsorted says that nobody has looked up the Code's articles for a type whose statutes it repealed.
func codeUnsorted(t *statute.ViolationType) string {
	for _, r := range t.Regimes {
		if r.Kind == statute.RegimeCode || r.Kind == statute.RegimeStatutes && r.To.IsZero() {
			return ""
		}
	}
	return statute.CodeDay.String() + " 以后：法典中与本行为对应的条文未整理，请查阅法典全文"
}

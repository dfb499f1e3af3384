package public

import (
	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/web/kit"
)

type listPage struct {
	frame
	Q           string
	Search      string // where the form leads; empty where no server searches
	Script      string // that searches a folder, with its index and the way up to its root; empty where a server does
	Index, Root string
	Hidden      []hidden // what the form carries on
	Groups      []facetGroup
	Chips       []chip
	Rows        []row
	Newer, More string // beside this page
	Clear       string // the list with no condition
}

func (listPage) Template() string { return "public/list" }

type hidden struct{ Name, Value string }

// chip is a condition in force, and the list without it.
type chip struct{ Label, Remove string }

// facetGroup is one way to narrow the list.
type facetGroup struct {
	Label string
	Words []facetLink
}

type facetLink struct {
	Label, Href string
	Bulletins   int
	Current     bool
}

// row is a bulletin in a list.
type row struct {
	Title, Href, Issuer, Dated, Published string
	Cases                                 []string // titles, the first few
	More                                  int      // cases beyond those
	Tags                                  []string
	Corrects, Corrected                   bool
	Marks                                 []string
}

// fewCases is how many titles of cases a list shows of a bulletin.
const fewCases = 5

func rowOf(l links, x *casework.PublicBulletin) row {
	r := row{Title: x.Print.Title, Href: l.bulletin(x.Slug), Issuer: x.Print.Issuer, Dated: x.Print.Dated, Published: dayOf(x), Corrects: x.Corrects != nil, Corrected: len(x.Corrections) > 0, Marks: x.Print.Marks}
	for i, c := range x.Print.Cases {
		if i == fewCases {
			r.More = len(x.Print.Cases) - fewCases
			break
		}
		r.Cases = append(r.Cases, c.Title)
	}
	for _, w := range x.Words {
		if w.Kind != casework.FacetLaw {
			r.Tags = append(r.Tags, w.Label)
		}
	}
	return r
}

func dayOf(x *casework.PublicBulletin) string { return registry.DateOf(x.PublishedAt).Chinese() }

// facetKinds are the ways to narrow the list, with what each sets.
var facetKinds = []struct {
	kind  casework.FacetKind
	name  string // of the parameter
	label string
	of    func(*casework.PublicFilter) *string
}{
	{casework.FacetDistrict, "district", "按地区", func(f *casework.PublicFilter) *string { return &f.District }},
	{casework.FacetSpecies, "species", "按畜种", func(f *casework.PublicFilter) *string { return &f.Species }},
	{casework.FacetViolation, "violation", "按违法行为", func(f *casework.PublicFilter) *string { return &f.Violation }},
}

// listPage is a page of the list under a filter.
func (a area) listPage(l links, f casework.PublicFilter, x casework.PublicListing) listPage {
	p := listPage{frame: a.frame(l, "典型案例通报"), Q: f.Q, Search: l.search(), Clear: l.list(casework.PublicFilter{})}
	if p.Script, p.Root = l.index(); p.Script != "" {
		p.Index = searchIndex
	}
	for _, k := range facetKinds {
		g := facetGroup{Label: k.label}
		now := *k.of(&f)
		for _, w := range x.Words {
			if w.Kind != k.kind {
				continue
			}
			to := f
			if p.Search == "" {
				to = casework.PublicFilter{} // a folder has no list of two conditions
			}
			*k.of(&to) = w.Key
			g.Words = append(g.Words, facetLink{w.Label, l.list(to), w.Bulletins, w.Key == now})
		}
		if len(g.Words) > 0 {
			p.Groups = append(p.Groups, g)
		}
		if now != "" {
			without := f
			*k.of(&without) = ""
			label := kit.Clip(a.Service.PublicWordOf(k.kind, now).Label)
			p.Chips, p.Title = append(p.Chips, chip{label, l.list(without)}), label+" · "+p.Title
			p.Hidden = append(p.Hidden, hidden{k.name, now})
		}
	}
	if f.Q != "" {
		without := f
		without.Q = ""
		p.Chips = append(p.Chips, chip{"“" + f.Q + "”", l.list(without)})
	}
	for i := range x.Rows {
		p.Rows = append(p.Rows, rowOf(l, &x.Rows[i]))
	}
	return p
}

// filterOf reads what a request asks of the list.
func filterOf(r *kit.Request) casework.PublicFilter {
	return casework.PublicFilter{District: r.QueryParam("district"), Species: r.QueryParam("species"), Violation: r.QueryParam("violation"), Q: registry.CleanText(r.QueryParam("q"))}
}

func (a area) list(r *kit.Request) error {
	f := filterOf(r)
	x, err := a.Service.PublicList(r.Ctx(), f, casework.Page{Cursor: r.QueryParam("cursor"), Limit: pageSize})
	if err != nil {
		return err
	}
	p := a.listPage(a.served(), f, x)
	if r.QueryParam("cursor") != "" {
		p.Newer = a.served().list(f)
	}
	if x.Next != "" {
		q := queryOf(f)
		q.Set("cursor", x.Next)
		p.More = "/public?" + q.Encode()
	}
	return a.page(r, p)
}

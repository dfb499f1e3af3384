package statute

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

// Territory is where local law of the catalogue holds.
type Territory struct {
	Laws  string `json:"laws"`  // the laws' key, or the beginning of their keys
	Code  string `json:"code"`  // GB/T 2260 prefix
	Name  string `json:"name"`  // 广东省
	Basin string `json:"basin"` // only in this basin, which no code tells; empty: all of the territory
	// Words are those by which the catalogue's remarks speak of the place: sentences with them are for it alone.
	Words []string `json:"words"`
}

func (c *Catalogue) loadTerritories(fsys fs.FS) error {
	if err := readJSON(fsys, "territories.json", &c.territories); err != nil {
		return err
	}
	for _, t := range c.territories {
		if t.Laws == "" || t.Code == "" || t.Name == "" {
			return fmt.Errorf("territories.json: %+v is incomplete", t)
		}
	}
	return nil
}

// territoriesOf lists where a law holds; nothing for national law.
func (r *rules) territoriesOf(lawID string) (list []Territory) {
	for _, t := range r.territories {
		if strings.HasPrefix(lawID, t.Laws) {
			list = append(list, t)
		}
	}
	return list
}

// BasinOf is the basin that a law is for; empty where it is for none.
func (r *rules) BasinOf(lawID string) string {
	for _, t := range r.territoriesOf(lawID) {
		if t.Basin != "" {
			return t.Basin
		}
	}
	return ""
}

// TerritoryName names the territory of a GB/T 2260 prefix: 全国 for the empty one, the code where the catalogue has no name for it.
func (c *Catalogue) TerritoryName(code string) string {
	if code == "" {
		return "全国"
	}
	for _, t := range c.territories {
		if t.Code == code {
			return t.Name
		}
	}
	return code
}

// For is the catalogue as a city (GB/T 2260) uses it: local law of elsewhere is neither listed nor offered, nor are standards, 裁量 tables,
// deadlines and thresholds that rest on it. A text that cites such a law is still read. It is c itself where nothing is to be left out.
func (c *Catalogue) For(city string) *Catalogue {
	l := locality{c, city}
	n := &Catalogue{laws: only(c.laws, func(law *Law) bool { return l.applies(law.ID) }), byID: c.byID, byName: c.byName, rules: c.rules}
	if len(n.laws) == len(c.laws) {
		return c
	}
	n.standards = only(c.standards, func(s *Standard) bool { return samePlace(city, s.Scope) })
	n.thresholds = only(c.thresholds, func(t Threshold) bool { return samePlace(city, t.Scope) })
	n.hearings = only(c.hearings, func(h HearingThreshold) bool { return samePlace(city, h.Code) })
	n.deadlines = only(c.deadlines, func(d Deadline) bool { return len(d.Basis) == 0 || len(l.references(d.Basis)) > 0 })
	n.workingDays = only(c.workingDays, func(w WorkingDayRule) bool { return l.applies(w.Basis.LawID) })
	tables := samePlace(city, c.discretion.Scope)
	switch {
	case !tables:
		n.discretion = Discretion{}
	case !samePlace(city, c.discretion.Local.Scope):
		n.discretion.Local = LocalDiscretion{}
	}
	n.types, n.typeByCode = nil, make(map[string]*ViolationType, len(c.types))
	for _, t := range c.types {
		local := l.violation(t)
		if len(local.Regimes) == 0 && len(t.Regimes) > 0 {
			continue // an act that only local law of elsewhere knows
		}
		if !tables {
			local.Discretion = ""
		}
		n.types, n.typeByCode[t.Code] = append(n.types, local), local
	}
	return n
}

// locality is a catalogue seen from one city.
type locality struct {
	c    *Catalogue
	city string
}

func (l locality) applies(lawID string) bool {
	return !slices.ContainsFunc(l.c.territoriesOf(lawID), func(t Territory) bool { return !samePlace(l.city, t.Code) })
}

func (l locality) references(list []Reference) []Reference {
	return only(list, func(r Reference) bool { return l.applies(r.LawID) })
}

func (l locality) violation(t *ViolationType) *ViolationType {
	n := *t
	n.Regimes, n.Notes = nil, l.remarks(t.Notes)
	for _, r := range t.Regimes {
		had := len(r.Liability)
		r.Breached, r.Liability = l.references(r.Breached), l.references(r.Liability)
		r.Penalties = only(r.Penalties, func(p PenaltyRange) bool { return l.applies(p.Basis[0].LawID) })
		r.Measures = only(r.Measures, func(m Measure) bool { return l.applies(m.Basis[0].LawID) })
		if len(r.Breached)+len(r.Liability) == 0 || r.Kind == RegimeBeside && had > 0 && len(r.Liability) == 0 {
			continue // all of it was local
		}
		if r.Kind == RegimeBeside && had == 0 {
			r.Label = dutiesLabel(r.Breached)
		}
		r.Note = l.remarks(r.Note)
		for i := range r.Penalties { // only has copied them
			r.Penalties[i].Basis = l.references(r.Penalties[i].Basis)
		}
		for i := range r.Measures {
			r.Measures[i].Basis, r.Measures[i].Note = l.references(r.Measures[i].Basis), l.remarks(r.Measures[i].Note)
		}
		n.Regimes = append(n.Regimes, r)
	}
	return &n
}

// remarks are the sentences of a remark that do not speak of a place elsewhere.
func (l locality) remarks(s string) string {
	elsewhere := func(sentence string) bool {
		return slices.ContainsFunc(l.c.territories, func(t Territory) bool {
			return !samePlace(l.city, t.Code) && slices.ContainsFunc(t.Words, func(w string) bool { return strings.Contains(sentence, w) })
		})
	}
	return strings.Join(only(strings.SplitAfter(s, "。"), func(sentence string) bool { return !elsewhere(sentence) }), "")
}

// only lists the elements that keep says; list is not changed.
func only[T any](list []T, keep func(T) bool) []T {
	var out []T
	for _, x := range list {
		if keep(x) {
			out = append(out, x)
		}
	}
	return out
}

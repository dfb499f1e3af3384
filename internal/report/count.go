package report

import (
	"casebook/internal/registry"
)

// counter adds up the summary from the cases themselves. The rules:
//
//   - a case counts once, in the month its basis date gives and in the district of the act;
//   - a fine counts with its case, by the date of the decision with its decision, in that one's month; unknown amounts are counted, never added as 0;
//   - an annulled decision's penalties, and those that a change put others in the place of, leave all totals and are counted apart;
//   - transfers are counted in documents (件) and in persons (人), and documents without a number of persons apart;
//   - of a type or article, cases are counted once each however often they name it.
type counter struct {
	o      LedgerOptions
	cases  int
	demo   int
	months map[string]map[string]*tally // month → district
	total  tally

	fined     int // cases with at least one known fine
	taken     registry.Sum
	paid      registry.Money
	owed      registry.Money // of amounts that are known
	documents int
	penalties int
	annulled  registry.Sum
	results   int
	exceeding int
	evidence  int
	citations int
	reviews   int
	span      registry.Counted // what counts by the basis in the span
	added     registry.Kinds   // that an administrator added: the files of one read all carry the same

	types      groups
	articles   map[articleKey]*article
	kinds      groups // penalties
	measures   groups // documents
	stages     groups
	species    groups
	origins    groups
	pollutants groups
}

// tally is the cases of one month and district, and their fines.
type tally struct {
	cases int
	fines registry.Sum
}

func (t *tally) add(s registry.Sum) {
	t.cases++
	t.fines.Total += s.Total
	t.fines.Known += s.Known
	t.fines.Unknown += s.Unknown
}

// group is one line of a table.
type group struct {
	last    int // number of the last case counted: cases come one after another
	cases   int
	items   int
	money   registry.Sum
	persons int64
	unsaid  int // documents whose number of persons is not known; results whose value is not
	over    int
}

type groups map[string]*group

func (g groups) at(key string, n int) *group {
	x := g[key]
	if x == nil {
		x = &group{}
		g[key] = x
	}
	if x.last != n {
		x.last = n
		x.cases++
	}
	x.items++
	return x
}

type articleKey struct {
	law          string
	article, sub int
}

type article struct {
	breached, basis, all group
	reviews              int
}

func (g *group) in(n int) {
	if g.last != n {
		g.last = n
		g.cases++
	}
	g.items++
}

func newCounter(o LedgerOptions) *counter {
	return &counter{o: o, months: map[string]map[string]*tally{}, articles: map[articleKey]*article{}, types: groups{}, kinds: groups{},
		measures: groups{}, stages: groups{}, species: groups{}, origins: groups{}, pollutants: groups{}}
}

func (k *counter) add(c *caseView) {
	f := c.f
	k.cases++
	k.added = f.Kinds
	if f.Case.Origin == registry.OriginSample {
		k.demo++
	}
	k.month(c)
	k.total.add(c.fines)
	if c.fines.Known > 0 {
		k.fined++
	}
	k.paid += f.Paid()
	if !k.o.From.IsZero() || !k.o.To.IsZero() {
		for _, x := range f.InSpan(k.o.Basis, k.o.From, k.o.To) {
			k.span.N += x.N
			k.span.Money.Total += x.Money.Total
			k.span.Money.Known += x.Money.Known
			k.span.Money.Unknown += x.Money.Unknown
		}
	}
	for _, g := range []*group{k.stages.at(string(f.Case.Stage), c.n), k.species.at(c.species(), c.n), k.origins.at(string(f.Case.Origin), c.n)} {
		g.money.Total += c.fines.Total
		g.money.Known += c.fines.Known
		g.money.Unknown += c.fines.Unknown
	}
	for i := range f.Violations {
		v := &f.Violations[i]
		k.types.at(c.violationLabel(v.TypeCode), c.n)
		k.cite(c.n, v.Citations)
	}
	k.addActions(c)
	k.addResults(c)
}

// month adds a case to its month and district, and its fines: by the date of the decision each to the month of its own.
func (k *counter) month(c *caseView) {
	in := func(month string) *tally {
		if k.months[month] == nil {
			k.months[month] = map[string]*tally{}
		}
		if k.months[month][c.district] == nil {
			k.months[month][c.district] = &tally{}
		}
		return k.months[month][c.district]
	}
	if k.o.Basis != BasisDecided {
		in(c.month).add(c.fines)
		return
	}
	in(c.month).cases++
	for _, p := range c.current {
		if x := c.charges[p]; class(p.Kind) == classFine {
			in(monthOf(c.f.DecidedDay(x))).fines.Add(x.Due)
		}
	}
}

func (k *counter) addActions(c *caseView) {
	for i := range c.f.Documents {
		d := &c.f.Documents[i]
		k.documents++
		k.cite(c.n, d.Citations)
		g := k.measures.at(string(d.Kind), c.n)
		switch {
		case d.Persons != nil:
			g.persons += *d.Persons
		case c.f.Kind(d.Kind).Persons:
			g.unsaid++
		}
	}
	for i := range c.f.Penalties {
		p := &c.f.Penalties[i]
		x := c.charges[p]
		if c.annulled[p] {
			k.annulled.Add(p.Amount)
			continue
		}
		k.penalties++
		g := k.kinds.at(p.Kind, c.n)
		switch class(p.Kind) {
		case classFine:
			g.money.Add(x.Due)
		case classTaken:
			g.money.Add(x.Due)
			k.taken.Add(x.Due)
		}
		k.owed += x.Balance()
	}
}

func (k *counter) addResults(c *caseView) {
	for i := range c.f.Samples {
		s := &c.f.Samples[i]
		if len(s.Results) == 0 {
			k.results++ // the sample's own row
			k.pollutants.at("", c.n)
		}
		for j := range s.Results {
			r := &s.Results[j]
			k.results++
			g := k.pollutants.at(r.Pollutant, c.n)
			if r.Kind == registry.ResultVerdict {
				g.unsaid++
			}
			if r.Verdict == "超标" {
				k.exceeding++
				g.over++
			}
		}
	}
}

func (k *counter) cite(n int, list []registry.Citation) {
	for i := range list {
		c := &list[i]
		key := articleKey{c.Law, c.Article, c.Sub}
		a := k.articles[key]
		if a == nil {
			a = &article{}
			k.articles[key] = a
		}
		if c.Standing == registry.StandingReview {
			k.reviews++
			a.reviews++
			continue
		}
		k.citations++
		a.all.in(n)
		switch c.Role {
		case registry.RoleBreached:
			a.breached.in(n)
		case registry.RoleBasis:
			a.basis.in(n)
		}
	}
}

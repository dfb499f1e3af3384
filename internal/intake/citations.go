package intake

import (
	"slices"
	"strings"

	"casebook/internal/registry"
	"casebook/internal/statute"
	"casebook/internal/statute/cite"
)

// readCitations sorts the case's citations by their role; quoted law is compared.
func (c *caseText) readCitations(d *Draft, law *statute.Catalogue) {
	for i := range c.mentions {
		m := &c.mentions[i]
		field, list := "violated", &d.Violated
		role := c.roleOf(law, m)
		if role == registry.RoleBasis {
			field, list = "basis", &d.Basis
		}
		if (role == registry.RoleBreached || role == registry.RoleBasis) && c.ownCitation(m) {
			*list = appendNew(*list, Provision{Law: m.Law, LawID: m.LawID, Provision: m.Provision}) // the contract's provision has no 目
			d.Marks = append(d.Marks, Mark{Field: field, Start: m.Start, End: m.End})
		}
		if m.Quote != nil {
			d.addQuote(m)
		}
		if m.Role != registry.RoleBreached && m.Role != registry.RoleBasis && m.Quote == nil {
			continue
		}
		surface := strings.Join(strings.Fields(m.Surface), "") // as printed, on one line
		for _, s := range m.Problems {
			d.warn(surface + "：" + s)
		}
		switch {
		case m.Law == "":
			d.warn("“" + surface + "”没有指明是哪部法")
		case m.Holding == registry.UnknownLaw:
			d.warn("本库没有《" + m.Law + "》，请核对名称")
		}
	}
}

func (d *Draft) addQuote(m *cite.Mention) {
	if slices.ContainsFunc(d.Quotes, func(q Quote) bool { return q.Start == m.Quote.Start }) {
		return
	}
	d.Quotes = append(d.Quotes, Quote{m.Citation(), *m.Quote})
	d.Marks = append(d.Marks, Mark{Field: "quotes", Start: m.Quote.Start, End: m.Quote.End})
	if m.Quote.Matches != nil && !*m.Quote.Matches {
		d.warn(m.Citation() + "的引文与本库文本不一致：" + m.Quote.Difference)
	}
}

// roleOf is the grammar's role, refined by where the citation stands: the columns of a table, a decision's 依据, a bare list under 法律依据.
func (c *caseText) roleOf(law *statute.Catalogue, m *cite.Mention) registry.CitationRole {
	for k, role := range map[column]registry.CitationRole{colViolated: registry.RoleBreached, colBasis: registry.RoleBasis} {
		if f := c.row[k]; len(f.r) > 0 && m.Start >= f.at[0] && m.Start <= f.at[len(f.at)-1] {
			return role
		}
	}
	at := c.bodyIndex(m.Start)
	if at < 0 {
		return m.Role
	}
	sec := c.sectionAt(at)
	switch {
	case m.Role == registry.RoleQuote && c.decision && sec == secHandled && (at == 0 || endsSentence(c.body.r[at-1])) && !onlyDuty(law, m):
		return registry.RoleBasis
	case m.Role == registry.RoleOther && c.breachSaid(at), m.Role == registry.RoleBasis && sec == secRule && onlyDuty(law, m):
		return registry.RoleBreached
	}
	return m.Role
}

// breachSaid reports whether 违反 stands in the sentence before i, and nothing that rests on a law between: 违反《条例》的有关规定，即第二十三条.
func (c *caseText) breachSaid(i int) bool {
	from, _ := c.body.sentence(i)
	for k := i - 2; k >= from && !hasAnyAt(c.body.r, k, "依据", "根据", "依照", "按照", "责令"); k-- {
		if hasAt(c.body.r, k, "违反") {
			return true
		}
	}
	return false
}

// onlyDuty reports whether the catalogue knows a provision as one that is breached, and never as one that a penalty rests on.
func onlyDuty(law *statute.Catalogue, m *cite.Mention) (duty bool) {
	for _, t := range law.ViolationTypes() {
		for _, g := range t.Regimes {
			for _, r := range g.Breached {
				duty = duty || r.LawID == m.LawID && r.Article == m.Article
			}
			for _, r := range g.Liability {
				if r.LawID == m.LawID && r.Article == m.Article {
					return false
				}
			}
		}
	}
	return duty
}

// ownCitation reports whether a citation is the case's own: it stands where the case is told, or an explanation says of this case (该公司) what
// nothing else said.
func (c *caseText) ownCitation(m *cite.Mention) bool {
	i := c.bodyIndex(m.Start)
	if i < 0 || c.told(i) {
		return i >= 0
	}
	from, to := c.body.sentence(i)
	if sec := c.sectionAt(i); sec != secComment && sec != secLaw || c.quoted[i] || !anaphora.any(c.body.r[from:to]) {
		return false
	}
	return !slices.ContainsFunc(c.mentions, func(m cite.Mention) bool {
		k := c.bodyIndex(m.Start)
		return (m.Role == registry.RoleBreached || m.Role == registry.RoleBasis) && k >= 0 && c.told(k)
	})
}

// bodyIndex is where a place of the page stands in the body; -1 if it does not.
func (c *caseText) bodyIndex(at int) int {
	for _, p := range c.parts {
		if p.to > p.from && at >= c.body.at[p.from] && at <= c.body.at[p.to-1] {
			if i, _ := slices.BinarySearch(c.body.at[p.from:p.to], at); p.from+i < p.to {
				return p.from + i
			}
		}
	}
	return -1
}

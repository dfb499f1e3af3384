package cite

import (
	"slices"

	"casebook/internal/registry"
)

// answer passes on what a citation is about: one record for each provision.
func (s *citing) answer(g *group) {
	start, end := s.t.span(g.start, g.end)
	surface, name := s.t.source(g.start, g.end), g.law.name
	var problems []string
	if g.law.law == nil && name != "" {
		if other, ok := otherLaws[name]; ok {
			name = other.full
			problems = append(problems, "《"+other.full+"》是另一部法律，《水法》不是《"+other.mistaken+"》的简称；如指后者，请改正")
		} else if like := s.resembling(name); like != "" {
			problems = append(problems, "本库没有《"+name+"》；是否为《"+like+"》？")
		}
	}
	if name == "" {
		problems = append(problems, "“"+surface+"”所指的法律在文中没有出现")
	}
	if g.long {
		problems = append(problems, "条文范围过大，只列首尾两条")
	}
	for k, p := range g.provisions {
		m := Mention{Law: name, Provision: p, Start: start, End: end, Surface: surface, Role: g.role}
		m.Problems = slices.Clip(problems)
		s.find(&m, g)
		if k == 0 {
			m.Quote = g.quote
		}
		if !s.yield(m) {
			s.stopped = true
			return
		}
	}
}

// cited is the question to the catalogue about a provision of a group.
func (s *citing) cited(g *group, p registry.Provision) Cited {
	return Cited{LawID: g.law.law.ID, Provision: p, Version: g.version, On: s.on}
}

// maxAnswers bounds the answers of each kind that are kept for one text.
const maxAnswers = 2000

// find answers for a provision: the version, whether its text is held, and what a reviewer should see.
func (s *citing) find(m *Mention, g *group) {
	if g.law.law == nil {
		m.Holding, m.Version = registry.UnknownLaw, g.version.String()
		return
	}
	key := s.cited(g, m.Provision)
	found, ok := s.found[key]
	if !ok {
		found = s.catalogue.Find(key)
		if len(s.found) < maxAnswers {
			s.found[key] = found
		}
	}
	m.LawID, m.Version, m.VersionID, m.Holding = key.LawID, found.Version, found.VersionID, found.Holding
	m.Repealed = found.Repealed
	m.Problems = append(m.Problems, found.Problems...)
}

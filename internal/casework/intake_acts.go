package casework

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"casebook/internal/intake"
	"casebook/internal/registry"
	"casebook/internal/statute"
)

// TypeMatch is a violation type that has a cited article among its own.
type TypeMatch struct {
	Type  *statute.ViolationType
	Score int
}

// TypesCiting lists the violation types that the cited articles point at, best first: the breached articles count, most where the
// paragraph fits too; the basis of the penalty tells apart what the breached ones leave open. A person chooses.
func TypesCiting(law *statute.Catalogue, cited []registry.Citation, on registry.Date) []TypeMatch {
	var list []TypeMatch
	for _, t := range law.ViolationTypes() {
		acts, bases := 0, 0
		for _, c := range cited {
			if c.Role == registry.RoleBasis {
				bases += min(fit(t, c, on, liability), 1)
			} else {
				acts += fit(t, c, on, breached)
			}
		}
		if acts > 0 {
			list = append(list, TypeMatch{t, 10*acts + bases})
		}
	}
	slices.SortStableFunc(list, func(a, b TypeMatch) int { return cmp.Compare(b.Score, a.Score) })
	return list
}

// fit is how well a citation meets a type's references on a date: 2 the same place, 1 the same article named more or less closely.
func fit(t *statute.ViolationType, c registry.Citation, on registry.Date, of func(*statute.Regime) []statute.Reference) int {
	best := 0
	for i := range t.Regimes {
		r := &t.Regimes[i]
		for _, ref := range of(r) {
			if ref.LawID != c.LawID || c.LawID == "" || ref.Article != c.Article || ref.Sub != c.Sub || on.Before(r.From) || r.To.Before(on) {
				continue
			}
			switch {
			case ref.Provision == c.Provision:
				best = 2
			case agree(ref.Paragraph, c.Paragraph) && agree(ref.Item, c.Item):
				best = max(best, 1)
			}
		}
	}
	return best
}

// agree: a part that one of the two does not name is no difference.
func agree(a, b int) bool { return a == b || a == 0 || b == 0 }

// actsOf makes one act of the articles that stand for the same violation type. Of an article that several types share the text decides by its
// words; where it says nothing, the type that names the article first, if it is one. What is left is an act without a type, for a person to choose.
func actsOf(law *statute.Catalogue, d *intake.Draft) []AcceptedViolation {
	var acts []AcceptedViolation
	add := func(code string, c registry.Citation, doubt bool) {
		at := slices.IndexFunc(acts, func(v AcceptedViolation) bool { return v.TypeCode == code })
		if at < 0 {
			acts, at = append(acts, AcceptedViolation{TypeCode: code}), len(acts)
		}
		acts[at].Citations = append(acts[at].Citations, c)
		acts[at].TypeDoubt = acts[at].TypeDoubt || doubt
	}
	var open []registry.Citation
	for _, p := range d.Violated {
		c := registry.Citation{Role: registry.RoleBreached, Law: p.Law, LawID: p.LawID, Provision: p.Provision}
		list := TypesCiting(law, []registry.Citation{c}, d.FoundOn)
		switch code, sure := typeTold(list, c, d); {
		case len(list) == 1:
			add(list[0].Type.Code, c, false)
		case slices.ContainsFunc(acts, func(v AcceptedViolation) bool { return v.TypeCode != "" && typeAmong(list, v.TypeCode) }):
			i := slices.IndexFunc(acts, func(v AcceptedViolation) bool { return v.TypeCode != "" && typeAmong(list, v.TypeCode) })
			add(acts[i].TypeCode, c, false)
		case code != "":
			add(code, c, !sure)
		default:
			open = append(open, c)
		}
	}
	for _, c := range open {
		list := TypesCiting(law, []registry.Citation{c}, d.FoundOn)
		if i := slices.IndexFunc(acts, func(v AcceptedViolation) bool { return v.TypeCode != "" && typeAmong(list, v.TypeCode) }); i >= 0 {
			add(acts[i].TypeCode, c, false)
		} else {
			add("", c, false)
		}
	}
	for _, p := range d.Basis {
		c := registry.Citation{Role: registry.RoleBasis, Law: p.Law, LawID: p.LawID, Provision: p.Provision}
		at := slices.IndexFunc(acts, func(v AcceptedViolation) bool { return punishes(law, c, v, d.FoundOn) })
		switch {
		case at >= 0:
			add(acts[at].TypeCode, c, false)
		case len(acts) > 0:
			add(acts[0].TypeCode, c, false)
		default:
			add("", c, false)
		}
	}
	if len(acts) == 0 {
		acts = []AcceptedViolation{{}}
	}
	inOrderTold(law, acts, d)
	return acts
}

func typeAmong(list []TypeMatch, code string) bool {
	return slices.ContainsFunc(list, func(m TypeMatch) bool { return m.Type.Code == code })
}

// typeTold is the type of several that share an article: the one whose own words the text has; sure is false where the text has none, and
// the only type is taken that names the article before all others.
func typeTold(list []TypeMatch, c registry.Citation, d *intake.Draft) (code string, sure bool) {
	best, second := 0.0, 0.0
	for _, m := range list {
		switch n := wordsTold(m.Type, list, d.Narrative+d.Title); {
		case n > best:
			code, best, second = m.Type.Code, n, best
		case n > second:
			second = n
		}
	}
	if best >= 0.3 && best >= second+0.1 {
		return code, true
	}
	code = ""
	for _, m := range list {
		if slices.ContainsFunc(m.Type.Regimes, func(r statute.Regime) bool {
			return len(r.Breached) > 0 && r.Breached[0].LawID == c.LawID && r.Breached[0].Article == c.Article && r.Breached[0].Sub == c.Sub
		}) {
			if code != "" {
				return "", false
			}
			code = m.Type.Code
		}
	}
	return code, false
}

// wordsTold is how much a text has of what a type's name says and the others' do not: the most of one phrase of the name.
func wordsTold(t *statute.ViolationType, others []TypeMatch, text string) (most float64) {
	shared := map[[2]rune]bool{}
	for _, o := range others {
		if o.Type.Code != t.Code {
			maps.Copy(shared, charPairs(o.Type.Name))
		}
	}
	said := charPairs(text)
	for _, phrase := range phrasesOf(t) {
		own := charPairs(phrase)
		maps.DeleteFunc(own, func(p [2]rune, _ bool) bool { return shared[p] })
		most = max(most, shareOf(own, said))
	}
	return most
}

// phrasesOf are the parts of a type's name that stand for the whole in running text (逃避监管的方式排放水污染物), and its other names.
func phrasesOf(t *statute.ViolationType) []string {
	list := strings.FieldsFunc(strings.NewReplacer("或者", "，", "等", "，", "即", "，").Replace(t.Name), func(c rune) bool { return strings.ContainsRune("，、（）", c) })
	return append(list, t.Aliases...)
}

// shareOf is how much of a phrase's pairs a text has; a phrase of few pairs proves little.
func shareOf(phrase, said map[[2]rune]bool) float64 {
	n := 0
	for p := range phrase {
		if said[p] {
			n++
		}
	}
	return float64(n) / float64(max(len(phrase), 4))
}

// charPairs are the neighbouring characters of a text: what two texts have in common of their words.
func charPairs(s string) map[[2]rune]bool {
	set := map[[2]rune]bool{}
	last := rune(0)
	for _, c := range s {
		if !unicode.Is(unicode.Han, c) {
			c = 0
		}
		if last != 0 && c != 0 {
			set[[2]rune{last, c}] = true
		}
		last = c
	}
	return set
}

// inOrderTold puts the acts in the order in which the text tells them and gives each the sentence that does: of the clause
// with the most of its name, the first of equals.
func inOrderTold(law *statute.Catalogue, acts []AcceptedViolation, d *intake.Draft) {
	clauses := strings.FieldsFunc(d.Narrative, func(c rune) bool { return strings.ContainsRune("，。；\n", c) })
	at := map[string]int{}
	for i := range acts {
		v := &acts[i]
		t, ok := law.ViolationType(v.TypeCode)
		if !ok {
			v.Facts, at[v.TypeCode] = d.Narrative, len(clauses)
			continue
		}
		best := 0.0
		at[v.TypeCode] = len(clauses)
		for k, c := range clauses {
			if n := tells(t, c); n > best && n >= 0.4 {
				best, at[v.TypeCode] = n, k
			}
		}
		if k := at[v.TypeCode]; k < len(clauses) {
			v.Facts = sentenceWith(d.Narrative, clauses[k])
		}
	}
	slices.SortStableFunc(acts, func(a, b AcceptedViolation) int { return cmp.Compare(at[a.TypeCode], at[b.TypeCode]) })
}

// tells is how much a clause has of a type's name, and more where it has a word by which officers call it.
func tells(t *statute.ViolationType, clause string) (most float64) {
	said := charPairs(clause)
	for _, phrase := range phrasesOf(t) {
		most = max(most, shareOf(charPairs(phrase), said))
	}
	if slices.ContainsFunc(t.Words, func(w string) bool { return strings.Contains(clause, w) }) {
		most += 0.5
	}
	return most
}

// sentenceWith is the sentence of a text that has a clause.
func sentenceWith(text, clause string) string {
	i := strings.Index(text, clause)
	from := strings.LastIndexAny(text[:i], "。\n")
	if from >= 0 {
		_, n := utf8.DecodeRuneInString(text[from:])
		from += n
	}
	to := strings.IndexAny(text[i:], "。\n")
	if to < 0 {
		return text[max(from, 0):]
	}
	return text[max(from, 0):i+to] + "。"
}

// punishes reports whether a basis is among the liability articles of an act's type, or of the types that its articles may stand for.
func punishes(law *statute.Catalogue, basis registry.Citation, v AcceptedViolation, on registry.Date) bool {
	return slices.ContainsFunc(TypesCiting(law, v.Citations, on), func(m TypeMatch) bool {
		return (v.TypeCode == "" || v.TypeCode == m.Type.Code) && fit(m.Type, basis, on, liability) > 0
	})
}

func breached(r *statute.Regime) []statute.Reference  { return r.Breached }
func liability(r *statute.Regime) []statute.Reference { return r.Liability }

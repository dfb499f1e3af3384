package facts

import (
	"regexp"
	"sort"
	"strings"

	"casebook/internal/registry"
)

// telling is the text of a case: narrative and handling, folded character by character, with its sentences. All places in it are bytes.
type telling struct {
	Case
	Facts
	s         string
	handling  int   // where the handling begins
	runes     []int // where each rune begins
	clauses   [][2]int
	sentences [][2]int
	things    []thing
}

// folded is a character as the patterns have it. One stays one, so that places stay.
func folded(c rune) rune {
	switch c {
	case '\n':
		return '。'
	case '–', '－':
		return '—'
	}
	if p := registry.Plain(c); p != registry.Unseen {
		return p
	}
	return c
}

var (
	clause   = pattern(`[^，；。：！？]+`)
	sentence = pattern(`[^。！？]+`)
)

func newTelling(c Case) *telling {
	narrative := strings.Map(folded, c.Narrative)
	t := &telling{Case: c, s: narrative + strings.Map(folded, c.Handling), handling: len(narrative)}
	for i := range t.s {
		t.runes = append(t.runes, i)
	}
	t.clauses, t.sentences = t.parts(clause), t.parts(sentence)
	t.things = t.findThings()
	return t
}

// parts are the stretches that a pattern matches. The narrative ends one, whatever its last character.
func (t *telling) parts(p *regexp.Regexp) (list [][2]int) {
	for _, at := range p.FindAllStringIndex(t.s[:t.handling], -1) {
		list = append(list, [2]int{at[0], at[1]})
	}
	for _, at := range p.FindAllStringIndex(t.s[t.handling:], -1) {
		list = append(list, [2]int{t.handling + at[0], t.handling + at[1]})
	}
	return list
}

// rune is the number of the character that begins at a byte.
func (t *telling) rune(at int) int { return sort.SearchInts(t.runes, at) }

// clause is the clause around a byte.
func (t *telling) clause(at int) [2]int {
	i := sort.Search(len(t.clauses), func(i int) bool { return t.clauses[i][1] > at })
	if i == len(t.clauses) {
		return [2]int{at, len(t.s)}
	}
	return t.clauses[i]
}

// withNext is a clause with the one behind its comma.
func (t *telling) withNext(c [2]int) string {
	if next := t.clause(c[1]); t.s[c[1]:next[0]] == "，" {
		return t.s[c[0]:next[1]]
	}
	return t.in(c)
}

func (t *telling) in(c [2]int) string { return t.s[c[0]:c[1]] }

// find is the first place of a pattern, nil for none.
func (t *telling) find(p *regexp.Regexp) []int { return p.FindStringSubmatchIndex(t.s) }

// group is what the n-th group of a place holds.
func (t *telling) group(at []int, n int) string {
	if at == nil || at[2*n] < 0 {
		return ""
	}
	return t.s[at[2*n]:at[2*n+1]]
}

// inTitle reports whether a byte stands inside 《…》 of its sentence: a mark that was never closed hides no more than that.
func (t *telling) inTitle(at int) bool {
	before := t.s[max(0, strings.LastIndex(t.s[:at], "。")):at]
	return strings.LastIndex(before, "《") > strings.LastIndex(before, "》")
}

// around are the clauses that name a noun, each with the one behind its comma.
func (t *telling) around(noun string) string {
	var b strings.Builder
	for _, c := range t.clauses {
		if strings.Contains(t.in(c), noun) && !sampled.MatchString(t.in(c)) {
			b.WriteString(t.withNext(c) + "\n")
		}
	}
	return b.String()
}

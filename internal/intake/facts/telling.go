package facts

import (
	"sort"
	"strings"

	"casebook/internal/lazyregexp"
	"casebook/internal/registry"
)

// telling is the text of a case, narrative。handling, as the patterns have it: one character for one of the text, so that places stay. What it
// tells gathers in Facts. All places are bytes, a stretch is where it begins and ends.
type telling struct {
	Case
	Facts
	s        string
	handling int   // where the handling begins
	runes    []int // where each rune begins, and the end
	clauses  [][]int
	titles   [][]int      // 《…: one that was never closed hides no more than its sentence
	sampled  map[int]bool // the beginnings of clauses that tell of samples
	things   []thing
}

var (
	shapes  = strings.NewReplacer("\n", "。", "–", "—", "－", "—")
	clause  = pattern(`[^，；。：！？]+`)
	title   = pattern(`《[^》。]*`)
	sampled = pattern(`采样|取样|监测`)
)

// folded is a text with each character in its plain shape.
func folded(s string) string {
	return strings.Map(func(c rune) rune {
		if p := registry.Plain(c); p != registry.Unseen {
			return p
		}
		return c
	}, shapes.Replace(s))
}

func newTelling(c Case) *telling {
	t := &telling{Case: c, s: folded(c.Narrative) + "。"}
	t.handling = len(t.s)
	t.s += folded(c.Handling)
	for i := range t.s {
		t.runes = append(t.runes, i)
	}
	t.runes = append(t.runes, len(t.s))
	t.clauses, t.titles, t.sampled = clause.FindAllStringIndex(t.s, -1), title.FindAllStringIndex(t.s, -1), map[int]bool{}
	for _, c := range t.clauses {
		t.sampled[c[0]] = sampled.MatchString(t.in(c))
	}
	t.things = t.findThings()
	return t
}

// tell notes a fact and the words that told it.
func (t *telling) tell(key, label, value string, at []int) {
	t.Told = append(t.Told, Told{key, label, value, t.place(at[0]), t.place(at[1])})
}

// place is which character of narrative and handling begins at a byte: the 。 between them is not theirs.
func (t *telling) place(at int) int {
	n := sort.SearchInts(t.runes, at)
	if at >= t.handling {
		n--
	}
	return n
}

// clause is the clause around a byte.
func (t *telling) clause(at int) []int {
	i := sort.Search(len(t.clauses), func(i int) bool { return t.clauses[i][1] > at })
	if i == len(t.clauses) {
		return []int{at, len(t.s)}
	}
	return t.clauses[i]
}

// lead is what stands before a byte in its clause, thirty characters at most: no clause is gone over again and again.
func (t *telling) lead(at int) string {
	return t.s[max(t.clause(at)[0], t.runes[max(0, sort.SearchInts(t.runes, at)-30)]):at]
}

// behind is what stands at a byte and behind it, ten characters at most.
func (t *telling) behind(at int) string {
	return t.s[at:t.runes[min(len(t.runes)-1, sort.SearchInts(t.runes, at)+10)]]
}

// withNext is a clause with the one behind its comma or colon.
func (t *telling) withNext(c []int) string {
	if next := t.clause(c[1]); t.s[c[1]:next[0]] == "，" || t.s[c[1]:next[0]] == "：" {
		return t.s[c[0]:next[1]]
	}
	return t.in(c)
}

// around are the clauses that name a noun, each with the one behind its comma, a line each. 鱼塘A stands for all ponds.
func (t *telling) around(noun string) string {
	var b strings.Builder
	noun = strings.TrimRight(noun, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
	for _, c := range t.clauses {
		if strings.Contains(t.in(c), noun) && !t.sampled[c[0]] {
			b.WriteString(t.withNext(c) + "\n")
		}
	}
	return b.String()
}

func (t *telling) in(c []int) string { return t.s[c[0]:c[1]] }

// find is the first place of a pattern, nil for none.
func (t *telling) find(p *lazyregexp.Regexp) []int { return p.FindStringSubmatchIndex(t.s) }

// group is what the n-th group of a place holds.
func (t *telling) group(at []int, n int) string {
	if at == nil || at[2*n] < 0 {
		return ""
	}
	return t.s[at[2*n]:at[2*n+1]]
}

// inTitle reports whether a byte stands inside 《…》.
func (t *telling) inTitle(at int) bool {
	i := sort.Search(len(t.titles), func(i int) bool { return t.titles[i][1] > at })
	return i < len(t.titles) && t.titles[i][0] < at
}

package facts

import (
	"regexp"
	"slices"
	"sort"
	"strings"

	"casebook/internal/registry"
)

// telling is the text of a case: narrative and handling, folded character by character, with its sentences.
type telling struct {
	Case
	s        string
	handling int   // where the handling begins
	runes    []int // where each rune begins
	clauses  [][2]int
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

func newTelling(c Case) *telling {
	narrative := strings.Map(folded, c.Narrative)
	t := &telling{Case: c, s: narrative + strings.Map(folded, c.Handling), handling: len(narrative)}
	for i := range t.s {
		t.runes = append(t.runes, i)
	}
	t.clauses = t.parts("，；。：！？")
	return t
}

// parts are the stretches between marks, bytes of the text. The narrative ends one, whatever its last character.
func (t *telling) parts(marks string) (list [][2]int) {
	from := 0
	for i, r := range t.s {
		if i == t.handling && from < i {
			list = append(list, [2]int{from, i})
			from = i
		}
		if strings.ContainsRune(marks, r) {
			list = append(list, [2]int{from, i})
			from = i + len(string(r))
		}
	}
	if from < len(t.s) {
		list = append(list, [2]int{from, len(t.s)})
	}
	return list
}

// rune is the number of the character that begins at a byte.
func (t *telling) rune(at int) int { return sort.SearchInts(t.runes, at) }

// sentences are the stretches between full stops.
func (t *telling) sentences() [][2]int { return t.parts("。！？") }

// clause is the clause around a byte.
func (t *telling) clause(at int) [2]int {
	i := sort.Search(len(t.clauses), func(i int) bool { return t.clauses[i][1] > at })
	if i == len(t.clauses) {
		return [2]int{at, len(t.s)}
	}
	return t.clauses[i]
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

// bounds are characters that no name of a thing goes over, read backwards from its noun.
const bounds = "，。；：、（）《》“”—经过至到入由从在该述个条口座间套对将把用向沿和与及后再但且其了为是有并因被设流进排汇渗送漫"

// phrase widens the noun at [from,to) to the left over what describes it: 白色塑胶管道, 牛栏旁水沟. A 的 is gone over behind 旁 and 附近 alone.
func (t *telling) phrase(from, to int) (start int, words string) {
	head := []rune(t.s[:from])
	kept := []rune(t.s[from:to])
	start = from
	for n := 0; len(head) > 0 && n < 9; n++ {
		c := head[len(head)-1]
		if c == '的' {
			if !strings.HasSuffix(string(head[:len(head)-1]), "旁") && !strings.HasSuffix(string(head[:len(head)-1]), "附近") {
				break
			}
		} else if strings.ContainsRune(bounds, c) {
			break
		} else {
			kept = slices.Insert(kept, 0, c)
		}
		head = head[:len(head)-1]
		start -= len(string(c))
	}
	words = string(kept)
	for _, w := range []string{"公司", "养殖场", "场区"} { // 该公司堆粪棚
		if rest, ok := strings.CutPrefix(words, w); ok && rest != "" {
			start, words = start+len(w), rest
		}
	}
	if rest := strings.TrimLeft(words, "一二两三四五"); !strings.HasPrefix(rest, "级") {
		start, words = start+len(words)-len(rest), rest
	}
	return start, words
}

package registry

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Expressions are dear: each reads only where what it looks for can be. A zone is where several figures stand together, near is around a word. Both are
// told by one pass over a text, for all patterns at once.

// zone is the least number of figures, masked ones among them, of a stretch of figures, Latin letters and signs.
type zone int

const (
	codes   zone = 3 // and four characters before, one behind: 粤J1234挂
	numbers zone = 6
)

// How far a pattern reads before and behind one of its words, where it does not tell: more than any of them needs.
const (
	reachBefore = 16
	reachBehind = 32
)

// patternSet are patterns, and the words that tell where they read.
type patternSet struct {
	list  []leakPattern
	words [3]trie       // for each form, with patterns as needles
	heads [3]characters // what the words begin with
}

func newPatternSet(list []leakPattern) *patternSet {
	p := &patternSet{list: list}
	for k, pattern := range list {
		for _, w := range pattern.near {
			runes := []rune(w)
			p.heads[pattern.form].put(runes[0])
			if ends := p.words[pattern.form].end(runes); !slices.Contains(*ends, k) {
				*ends = append(*ends, k)
			}
		}
	}
	return p
}

// characters is a set of those of the first plane.
type characters [1 << 10]uint64

func charactersOf(s string) *characters {
	var c characters
	for _, r := range s {
		c.put(r)
	}
	return &c
}

func (c *characters) put(r rune) { c[r>>6] |= 1 << (r & 63) }

func (c *characters) has(r rune) bool { return r < 1<<16 && c[r>>6]&(1<<(r&63)) != 0 }

// patternText is a text that patterns read, with where each of them reads.
type patternText struct {
	s     string
	zones map[zone][]byteSpan
	near  [][]byteSpan // of each pattern that has words
}

// where reads a text of a form once.
func (p *patternSet) where(form textForm, s string) *patternText {
	t := &patternText{s: s, near: make([][]byteSpan, len(p.list))}
	runes := []rune(s)
	starts := make([]int, 0, len(runes)+1) // in bytes
	for i := range s {
		starts = append(starts, i)
	}
	starts = append(starts, len(s))
	t.zones = zonesOf(runes, starts)
	for i, r := range runes {
		if !p.heads[form].has(r) {
			continue
		}
		p.words[form].along(runes[i:], func(k, size int) {
			before, behind := p.list[k].reach()
			at := byteSpan{starts[max(0, i-before)], starts[min(len(runes), i+size+behind)]}
			if n := len(t.near[k]); n > 0 && at.from <= t.near[k][n-1].to {
				t.near[k][n-1].to = max(t.near[k][n-1].to, at.to)
				return
			}
			t.near[k] = append(t.near[k], at)
		})
	}
	return t
}

// zonesOf are the stretches of a text for expressions that look at figures. Chinese figures are figures, and so are the signs that mask them.
func zonesOf(runes []rune, starts []int) map[zone][]byteSpan {
	list := map[zone][]byteSpan{}
	from, figures := -1, 0
	end := func(at int) {
		if from >= 0 && figures >= int(codes) {
			wide := byteSpan{starts[max(0, from-4)], starts[min(at+1, len(runes))]}
			if n := len(list[codes]); n > 0 && wide.from <= list[codes][n-1].to {
				list[codes][n-1].to = wide.to
			} else {
				list[codes] = append(list[codes], wide)
			}
		}
		if from >= 0 && figures >= int(numbers) {
			list[numbers] = append(list[numbers], byteSpan{starts[from], starts[at]})
		}
		from, figures = -1, 0
	}
	facts := runeFacts()
	for i, r := range runes {
		f := facts.of(r)
		switch {
		case isFigure(rune(f.figure)) || f.is&factMask != 0 || f.alike != 0 && from >= 0:
			figures++
			fallthrough
		case r < utf8.RuneSelf || r == '略' || f.is&factLetter == 0 && f.gap < gapEnd:
			if from < 0 {
				from = i
			}
		default:
			end(i)
		}
	}
	end(len(runes))
	return list
}

// within finds in some stretches of a text.
func within(s string, stretches []byteSpan, find func(string) []byteSpan) (list []byteSpan) {
	for _, z := range stretches {
		for _, at := range find(s[z.from:z.to]) {
			list = append(list, byteSpan{z.from + at.from, z.from + at.to})
		}
	}
	return list
}

// each are words made of one of some and one of others, all parted by |.
func each(first, then string) (list []string) {
	for a := range strings.SplitSeq(first, "|") {
		for b := range strings.SplitSeq(then, "|") {
			list = append(list, a+b)
		}
	}
	return list
}

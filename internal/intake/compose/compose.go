// Package compose writes published texts that tell of cases, and knows what each tells: the labels come from the construction, so that
// a test of the reader judges it by something else than the reader itself. No program imports it.
//
// A layout (layouts.go) is a kind of text as bureaus and papers print it: a lead, items of one form, what stands between and behind
// them. A template is plain text in which {party} puts a fact of the case and labels it, (甲|乙) takes one of several, [丙] is there
// or not, and an upper-case fact ({PARTY}) is printed without being a label. What no template told stays unknown in the label.
//
// Tuned texts may be looked at while the reader is worked on. Unseen ones are made of other layouts, other words, other counties and
// other acts; they are for the figure alone.
package compose

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Text is a text with the cases that it tells.
type Text struct {
	Layout string
	Body   string
	Cases  []Case
}

// Case is what a text tells of one case; a zero value is not told. Start and End are code points.
type Case struct {
	Title, Authority, District, FoundOn, Party, Species string
	Heads, Fine                                         int64    // Fine in 元
	Violated                                            []string // 法|条|款
	Measures                                            []string // words that the measure holds
	Start, End                                          int
}

// Tuned writes about n texts of the layouts that the reader may be tuned on.
func Tuned(n int) []Text {
	return slices.Concat(texts(tuned, tunedWords, 11, n/2), texts(tunedMore, moreWords, 77, n/8), texts(tunedMore, thirdWords, 2026, n/8), texts(tunedLast, fourthWords, 2027, n/4))
}

// Unseen writes n texts of the layouts that are kept for the figure.
func Unseen(n int) []Text { return texts(unseen, unseenWords, 2028, n) }

// Layouts are the names of the tuned layouts.
func Layouts() (names []string) {
	for _, l := range slices.Concat(tuned, tunedMore, tunedLast) {
		names = append(names, l.name)
	}
	return names
}

func texts(layouts []layout, words *lexicon, seed uint64, n int) []Text {
	out := make([]Text, 0, n)
	for i := range n {
		r := rand.New(rand.NewPCG(seed, uint64(i)))
		out = append(out, compose(layouts[i%len(layouts)], words, r))
	}
	return out
}

// layout is a kind of text.
type layout struct {
	name     string
	lead     []string // one of them opens the text
	item     []string // one of them is the form of all its cases
	last     []string // one of them, where the last case is told in another form
	between  string
	close    []string
	min, max int  // cases
	one      bool // one bureau, one day for all
}

func compose(l layout, words *lexicon, r *rand.Rand) Text {
	w := &writer{rand: r, words: words}
	n := l.min
	if l.max > l.min {
		n += r.IntN(l.max - l.min + 1)
	}
	w.facts = words.cases(r, max(n, 1), l.one)
	w.told = make([]Case, len(w.facts))
	if n == 0 {
		w.told = nil
	}
	w.put(w.pick(l.lead), -1)
	item := w.pick(l.item)
	for i := range n {
		if i > 0 {
			w.text(l.between)
		}
		c := &w.told[i]
		form := item
		if i == n-1 && len(l.last) > 0 && n > 1 {
			form = w.pick(l.last)
		}
		c.Start = w.n
		w.put(form, i)
		c.End = w.n
	}
	w.put(w.pick(l.close), -1)
	t := Text{Layout: l.name, Body: w.b.String(), Cases: w.told}
	return t
}

type writer struct {
	rand  *rand.Rand
	words *lexicon
	facts []facts
	told  []Case
	b     strings.Builder
	n     int // code points written
}

func (w *writer) pick(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[w.rand.IntN(len(list))]
}

func (w *writer) text(s string) {
	w.b.WriteString(s)
	w.n += utf8.RuneCountInString(s)
}

// put writes a template for case i; -1: for all of them.
func (w *writer) put(t string, i int) {
	for t != "" {
		switch t[0] {
		case '(', '[':
			body, rest := group(t)
			if t[0] == '(' {
				w.put(w.pick(alternatives(body)), i)
			} else if w.rand.IntN(2) == 0 {
				w.put(body, i)
			}
			t = rest
		case '{':
			end := strings.IndexByte(t, '}')
			w.fact(t[1:end], i)
			t = t[end+1:]
		default:
			k := strings.IndexAny(t, "([{")
			if k < 0 {
				k = len(t)
			}
			w.text(t[:k])
			t = t[k:]
		}
	}
}

// group is the inside of the bracket that t begins with, and what follows it.
func group(t string) (body, rest string) {
	depth := 0
	for i := range len(t) {
		switch t[i] {
		case '(', '[':
			depth++
		case ')', ']':
			if depth--; depth == 0 {
				return t[1:i], t[i+1:]
			}
		}
	}
	panic("compose: unbalanced " + t)
}

func alternatives(body string) (list []string) {
	depth, from := 0, 0
	for i := range len(body) {
		switch body[i] {
		case '(', '[':
			depth++
		case ')', ']':
			depth--
		case '|':
			if depth == 0 {
				list = append(list, body[from:i])
				from = i + 1
			}
		}
	}
	return append(list, body[from:])
}

// fact writes a fact and labels the case with it.
func (w *writer) fact(name string, i int) {
	if kind, ok := strings.CutPrefix(name, "each:"); ok { // 3万元、2万元和5000元
		for k := range w.facts {
			switch {
			case k == len(w.facts)-1 && k > 0:
				w.text("和")
			case k > 0:
				w.text("、")
			}
			w.fact(kind, k)
		}
		return
	}
	if i < 0 { // of the whole text: the first case's, told of all
		for k := range w.told {
			w.told[k].label(name, &w.facts[0])
		}
		w.text(w.printed(strings.ToLower(name), 0))
		return
	}
	if len(w.told) > 0 {
		w.told[i].label(name, &w.facts[i])
	}
	w.text(w.printed(strings.ToLower(name), i))
}

var ordinals = []string{"一", "二", "三", "四", "五", "六", "七", "八", "九", "十"}

func (w *writer) printed(name string, i int) string {
	switch name {
	case "no":
		return ordinals[i]
	case "nr":
		return fmt.Sprint(i + 1)
	case "count":
		return ordinals[len(w.facts)-1]
	}
	if s, ok := w.facts[i].printed[name]; ok {
		return s
	}
	panic("compose: no fact " + name)
}

// label notes what a fact tells; upper-case names tell nothing.
func (c *Case) label(name string, f *facts) {
	switch name {
	case "title", "ptitle", "suit", "dispute", "broken", "spill":
		c.Title = strings.ReplaceAll(f.printed[name], "\n", "")
		if name == "spill" {
			return
		}
		c.label("party", f)
		if name == "suit" || name == "dispute" {
			c.label("org", f)
		}
	case "party", "farm", "person", "described":
		c.Party = f.printed[name]
		if name == "party" {
			c.District = f.county
		}
		switch {
		case name == "described":
			c.Species = f.species
		case c.Species == "" && name != "person":
			c.Species = f.named
		}
	case "org", "bureau", "team":
		c.Authority, c.District = f.printed[name], f.county
	case "branch":
		if !strings.HasSuffix(c.Authority, f.printed[name]) {
			c.label("org", &facts{county: f.county, printed: map[string]string{"org": f.printed[name]}})
		}
	case "here", "cityorg":
		if c.Authority == "" {
			c.Authority = f.printed[name]
		}
	case "place", "stem", "at":
		c.District = f.county
	case "date", "day", "month":
		c.FoundOn = f.iso[name]
	case "herd", "kept":
		c.Species, c.Heads = f.species, f.heads
	case "act", "animal":
		if c.Species == "" && strings.Contains(f.printed[name], f.printed["animal"]) {
			c.Species = f.species
		}
	case "law20":
		c.Violated = []string{"畜禽规模养殖污染防治条例|20|"}
	case "law":
		c.Violated = f.violated
	case "fine", "fined", "sum", "amount", "words":
		c.Fine = f.fine
	case "order", "police", "seal", "none", "paper", "detain", "demand":
		c.Measures = append(c.Measures, strings.TrimFunc(f.printed[name], unicode.IsPunct))
	}
}

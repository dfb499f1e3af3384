package registry

import (
	"cmp"
	"slices"
	"strings"

	"casebook/internal/lazyregexp"
)

// The publication guard reads a text as a person would: folded, so that blanks, line breaks, invisible characters, width, brackets, dots, signs
// inside a word, traditional characters and the shapes of digits make no difference (guard_text.go). It looks for what the register knows of the
// cases (Secrets, guard_secrets.go) and for what is near to their names (guard_near.go), for names of the rest of the register, for what looks personal
// whoever it belongs to (guard_pattern.go, guard_asked.go) and for what leads to a person without naming him (guard_hint.go), and points at what was
// typed. Where in a text a pattern reads is found for all of them at once (guard_zone.go).

// Secret is a word of cases that their published copies must not hold.
type Secret struct {
	Kind string // 当事人名称, 自然人姓名, 身份证号 …
	Text string // as it is recorded; of a day: 2026-05-06

	near nearness // of a word that is asked about, and how it is looked for
}

// AsItStands tells a word that is looked for as it is recorded, and not for what is near to it.
func (s Secret) AsItStands() bool { return s.near == nearNone }

// Secrets are the words of cases that their published copies must not hold.
type Secrets []Secret

// Leak is something in a published text that must not be there, or that somebody must answer for.
type Leak struct {
	Kind  string `json:"kind"`
	Text  string `json:"text"`  // as it stands in the published text
	Asked bool   `json:"asked"` // could be harmless: somebody else than its writers may say why it is; else it is refused

	Before string `json:"before,omitempty"` // the words around it
	After  string `json:"after,omitempty"`
}

// Key is what two findings of the same words have in common, wherever they stand.
func (l Leak) Key() string { return l.Kind + "|" + NameKey(l.Text) }

// Guard looks for leaks. It is made once for all texts of a bulletin.
type Guard struct {
	near     nearNames // what is close to the names of the cases
	needles  []needle
	index    [3]trie // of needles, of each form
	patterns *patternSet
	days     map[string]bool // 2026-05-06: of the cases
}

// The forms that needles are looked for in.
const (
	letterForm = iota
	numberForm
	figureForm
)

// needle is a secret as it is looked for.
type needle struct {
	kind  string
	asked bool
	runes []rune
	signs []bool // of each character: the secret itself has a sign before it
	form  int
}

// Guard looks for the secrets of cases, and for others: names of the register that belong to none of them, which are asked about.
func (b *Bureau) Guard(secrets, others Secrets) *Guard {
	g := newGuard(secrets, others)
	g.patterns = b.leakPatterns()
	return g
}

func newGuard(secrets, others Secrets) *Guard {
	g := &Guard{days: map[string]bool{}}
	for _, s := range secrets {
		if s.Kind == leakDay {
			g.days[s.Text] = true
			continue
		}
		if s.near > nearPart {
			g.near.add(s)
			continue
		}
		g.look(s, s.near == nearPart)
	}
	for _, s := range others {
		g.look(s, true)
	}
	return g
}

// look adds a secret to what is looked for.
func (g *Guard) look(s Secret, asked bool) {
	key := guardKey(Fold(s.Text))
	add := func(text string, form int) {
		n := needle{kind: s.Kind, asked: asked, form: form}
		if form == numberForm {
			n.runes, n.signs = numberNeedle(text)
		} else {
			n.runes, n.signs = letterNeedle(text)
		}
		if len(n.runes) < 2 {
			return
		}
		ends := g.index[form].end(n.runes)
		for _, k := range *ends {
			if o := &g.needles[k]; o.kind == n.kind && o.asked == asked && slices.Equal(o.signs, n.signs) {
				return // another case has it too
			}
		}
		*ends = append(*ends, len(g.needles))
		g.needles = append(g.needles, n)
	}
	switch number := guardKey(DocNumberKey(s.Text)); {
	case plainFigures(key):
		add(key, figureForm)
	case number != key && number != "" || docNumberKey.MatchString(key):
		add(number, numberForm)
		if m := numberParts.FindStringSubmatch(number); m != nil && RuneLen(m[1]) >= 4 { // 江恩环罚〔26〕8号, 〔2026〕江恩环罚8号, 江恩环罚8号
			add(m[1]+"("+m[2][2:]+")"+m[3], numberForm)
			add("("+m[2]+")"+m[1]+m[3], numberForm)
			add(m[1]+"."+m[3], numberForm)
		}
	default:
		add(key, letterForm)
	}
}

var numberParts = lazyregexp.New(`^(\p{Han}+)\(([0-9]{4})\)([0-9]+(?:-[0-9]+)?)$`)

// letterNeedle leaves letters and figures, and tells before which of them a sign stood.
func letterNeedle(text string) (runes []rune, signs []bool) {
	sign := false
	for _, r := range text {
		if !letter(r) {
			sign = true
			continue
		}
		runes, signs = append(runes, r), append(signs, sign)
		sign = false
	}
	return runes, signs
}

// numberNeedle is the number of a document as numberLetters leaves it.
func numberNeedle(text string) (runes []rune, signs []bool) {
	at := make([]int, RuneLen(text))
	for i := range at {
		at[i] = i
	}
	f := numberLetters(form{[]rune(text), at})
	for i := range f.at {
		signs = append(signs, f.at[i] > 0 && (i == 0 || f.at[i]-f.at[i-1] > 1))
	}
	return f.runes, signs
}

// plainFigures tells a number of figures, Latin letters and signs, long enough to be looked for however it is grouped.
func plainFigures(s string) bool {
	n := 0
	for _, r := range s {
		switch {
		case r >= 0x80:
			return false
		case letter(r):
			n++
		}
	}
	return n >= 6
}

// FindLeaks lists what a published text must not hold: the case's own secrets, and anything that looks like an ID number,
// code, phone, exact day or coordinate whoever it belongs to.
func (b *Bureau) FindLeaks(text string, secrets Secrets) []Leak {
	return b.Guard(secrets, nil).Find(text)
}

// Find lists the leaks of a text, each once, in the order of the kinds that are looked for.
func (g *Guard) Find(text string) []Leak {
	r := newRead(text)
	hits := append(g.hits(r), g.near.hits(r)...)
	for form, text := range []Folded{byWords: r.words, byLines: r.lines, closed: r.days} {
		if g.patterns == nil || text.Text == "" {
			continue
		}
		at := g.patterns.where(textForm(form), text.Text)
		for k := range g.patterns.list {
			p := &g.patterns.list[k]
			if p.form != textForm(form) {
				continue
			}
			from := places{text: text}
			for _, s := range p.in(at, k) {
				h := hit{kind: p.kind, asked: p.asked, span: from.span(s)}
				if p.kind == leakDay {
					ofCase := g.ofCase(text.Text[s.from:s.to])
					if h.asked = !ofCase || p.own; p.own && !ofCase {
						continue
					}
				}
				hits = append(hits, h)
			}
		}
	}
	var found []Leak
	told, hidden := map[Leak]bool{}, hiddenHits(hits)
	for i, h := range hits {
		if hidden[i] {
			continue
		}
		l := Leak{Kind: h.kind, Text: strings.TrimSpace(string(r.typed[h.from:h.to])), Asked: h.asked}
		if !told[l] {
			told[l] = true
			l.Before, l.After = string(r.typed[max(0, h.from-around):h.from]), string(r.typed[h.to:min(len(r.typed), h.to+around)])
			found = append(found, l)
		}
	}
	return found
}

// around is how many characters before and behind a find tell where it stands.
const around = 12

// hits finds the needles.
func (g *Guard) hits(r *read) (hits []hit) {
	for i, f := range [3]*form{&r.letters, &r.numbers, &r.figures} {
		if len(g.index[i].ends) == 0 {
			continue
		}
		for at := range f.runes {
			g.index[i].along(f.runes[at:], func(k, _ int) {
				if n := &g.needles[k]; n.whole(r, f, at) {
					hits = append(hits, n.hit(r, f, at))
				}
			})
		}
	}
	return hits
}

// trie holds needles by their characters, so that those of hundreds of cases, which all begin with the name of their county, cost a text no more than the
// one that it is like.
type trie struct {
	next map[branch]int32
	ends [][]int // needles that end at a node
}

type branch struct {
	from int32
	by   rune
}

// end is the list of those that end with the last character.
func (t *trie) end(runes []rune) *[]int {
	if t.next == nil {
		t.next, t.ends = map[branch]int32{}, make([][]int, 1)
	}
	at := int32(0)
	for _, r := range runes {
		to, known := t.next[branch{at, r}]
		if !known {
			to = int32(len(t.ends)) //nolint:gosec // needles have some thousand characters
			t.next[branch{at, r}], t.ends = to, append(t.ends, nil)
		}
		at = to
	}
	return &t.ends[at]
}

// step goes one character on.
func (t *trie) step(node int32, by rune) (next int32, on bool) {
	next, on = t.next[branch{node, by}]
	return next, on
}

// along tells of each needle that a text begins with, and of its size.
func (t *trie) along(runes []rune, tell func(needle, size int)) {
	at := int32(0)
	for i, r := range runes {
		to, on := t.step(at, r)
		if !on {
			return
		}
		at = to
		for _, k := range t.ends[at] {
			tell(k, i+1)
		}
	}
}

// whole tells whether what stands between the characters leaves them one word, and what stands beside them no other number.
func (n *needle) whole(r *read, f *form, at int) bool {
	size := len(n.runes)
	worst, least := gapNone, gapEnd
	for i := 1; i < size; i++ {
		g := gapOf(r.typed[min(f.at[at+i-1]+1, f.at[at+i]):f.at[at+i]])
		if n.signs[i] && g < gapEnd {
			continue // its own sign
		}
		worst, least = max(worst, g), min(least, g)
	}
	if n.form == figureForm {
		return worst < gapEnd && (size >= 9 || worst < gapQuote && !n.beside(r, f, at))
	}
	if n.form == numberForm && n.goesOn(r, f, at) {
		return false
	}
	if isFigure(n.runes[size-1]) && r.figureAt(f.at[at+size-1]+1) || isFigure(n.runes[0]) && r.figureAt(f.at[at]-1) {
		return false
	}
	switch {
	case worst <= gapSign || worst == gapQuote && size >= 3:
		return true
	case least > gapNone && size >= 3: // 王、大、力
		return true
	}
	return worst == gapComma && size >= 5
}

// goesOn tells whether the number of a document is the beginning of a longer one: 〔2026〕2号 in 〔2026〕21号, in any figures.
func (n *needle) goesOn(r *read, f *form, at int) bool {
	last := at + len(n.runes) - 1
	if last+1 >= len(f.runes) || !isFigure(f.runes[last]) || !isFigure(f.runes[last+1]) {
		return false
	}
	between := r.typed[f.at[last]+1 : max(f.at[last]+1, f.at[last+1])]
	return gapOf(between) == gapNone || len(between) == 1 && (between[0] == '十' || between[0] == '拾')
}

// beside tells whether a short number is part of a longer one.
func (n *needle) beside(r *read, f *form, at int) bool {
	from, to := f.at[at], f.at[at+len(n.runes)-1]+1
	point := to < len(r.typed) && (r.typed[to] == '.' || r.typed[to] == ',') && r.figureAt(to+1)
	return r.figureAt(from-1) || r.figureAt(to) || n.asked && point
}

// figureAt tells whether a figure was typed at a place.
func (r *read) figureAt(at int) bool {
	if at < 0 || at >= len(r.typed) {
		return false
	}
	c := r.typed[at]
	return isFigure(c) || c >= '０' && c <= '９'
}

// hit is where the needle stands. The number of a document takes its 号 along, and a name the bracket that it ends with.
func (n *needle) hit(r *read, f *form, at int) hit {
	h := hit{kind: n.kind, asked: n.asked, span: span{f.at[at], f.at[at+len(n.runes)-1] + 1}}
	if n.form == numberForm && h.to < len(r.typed) && (r.typed[h.to] == '号' || r.typed[h.to] == '號') {
		h.to++
	}
	return h
}

// span is a stretch of a text, in code points.
type span struct{ from, to int }

// hit is a find of a kind.
type hit struct {
	kind  string
	asked bool
	span
}

// hiddenHits tells of each find whether another one says it: a longer one that it lies in, or one that is refused where it is asked.
func hiddenHits(hits []hit) []bool {
	hidden := make([]bool, len(hits))
	order := make([]int, 0, len(hits))
	for _, asked := range []bool{false, true} {
		order = order[:0]
		for i := range hits {
			if hits[i].asked == asked {
				order = append(order, i)
			}
		}
		slices.SortFunc(order, func(i, j int) int {
			return cmp.Or(cmp.Compare(hits[i].from, hits[j].from), cmp.Compare(hits[j].to, hits[i].to))
		})
		var far span // of those from the left, the longer first, the one that reaches farthest
		for n, i := range order {
			h := hits[i].span
			hidden[i] = n > 0 && far.to >= h.to && far != h
			if n == 0 || h.to > far.to {
				far = h
			}
		}
	}
	refused := make([]span, 0, len(hits))
	for i, h := range hits {
		if !h.asked && !hidden[i] {
			refused = append(refused, h.span)
		}
	}
	slices.SortFunc(refused, func(a, b span) int { return cmp.Compare(a.from, b.from) })
	for i, h := range hits {
		if !h.asked || hidden[i] {
			continue
		}
		k, _ := slices.BinarySearchFunc(refused, h.to, func(s span, to int) int { return cmp.Compare(s.from, to) })
		hidden[i] = k > 0 && refused[k-1].to > h.from // what is refused does not lie in one another
	}
	return hidden
}

// Masker replaces secrets in composed texts: a last guard behind the allow-list, for words that came in by a dictionary's back door. It is made once for
// all texts of a case.
type Masker struct{ g *Guard }

// Masker is made of secrets; what is near to one may be an ordinary word, and stays.
func (s Secrets) Masker() Masker {
	return Masker{newGuard(slices.DeleteFunc(slices.Clone(s), func(s Secret) bool { return s.near != nearNone }), nil)}
}

// Mask replaces every secret in a text.
func (m Masker) Mask(text string) string {
	r := newRead(text)
	hits := m.g.hits(r)
	if len(hits) == 0 {
		return text
	}
	// Longest first where two begin alike, so that a name inside a longer one does not leave a stump.
	slices.SortFunc(hits, func(a, b hit) int { return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(b.to, a.to)) })
	end := 0
	var out strings.Builder
	for _, h := range hits {
		if h.from < end {
			end = max(end, h.to)
			continue
		}
		out.WriteString(string(r.typed[end:h.from]) + "某")
		end = h.to
	}
	out.WriteString(string(r.typed[end:]))
	return out.String()
}

// byteSpan is a stretch of a folded text, in bytes.
type byteSpan struct{ from, to int }

// places tells where stretches of a folded text came from. It counts on from the last one, since a text may hold thousands; only one that lies
// before it is counted from the beginning.
type places struct {
	text         Folded
	bytes, runes int // of the text, up to where the last stretch began
}

// span is where a stretch came from. What folded away behind its last character is not part of it.
func (p *places) span(s byteSpan) span {
	if s.from < p.bytes {
		p.bytes, p.runes = 0, 0
	}
	p.runes += RuneLen(p.text.Text[p.bytes:s.from])
	p.bytes = s.from
	last := p.runes + RuneLen(p.text.Text[s.from:s.to]) - 1
	return span{p.text.At[p.runes], p.text.At[last] + 1}
}

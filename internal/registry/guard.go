package registry

import (
	"cmp"
	"slices"
	"strings"
)

// The publication guard reads a text as a person would: folded, so that blanks, line breaks, invisible characters, width, brackets, dots and
// the shapes of digits make no difference. It looks for what the register knows of the cases (Secrets, guard_secrets.go) and for what
// looks personal whoever it belongs to (guard_pattern.go), and points at what was typed.

// Leak is something in a published text that must not be there.
type Leak struct {
	Kind string `json:"kind"` // 当事人名称, 自然人姓名, 身份证号 …
	Text string `json:"text"` // as it stands in the published text
}

// Secrets are the words of cases that their published copies must not hold, by kind.
type Secrets []Leak

// span is a stretch of a text, in code points.
type span struct{ from, to int }

// FindLeaks lists what a published text must not hold: the case's own secrets, and anything that looks like an ID number,
// code, phone, exact day or coordinate whoever it belongs to.
func (b *Bureau) FindLeaks(text string, secrets Secrets) []Leak {
	var hits []hit
	g := newGuarded(text)
	for _, s := range secrets {
		for _, at := range g.find(s) {
			hits = append(hits, hit{s.Kind, at})
		}
	}
	words := foldWordsMap(text)
	for _, p := range b.leakPatterns() {
		at := places{text: words}
		for _, s := range p.find(words.Text) {
			hits = append(hits, hit{p.kind, at.span(s)})
		}
	}
	runes := []rune(text)
	var found []Leak
	told, part := map[Leak]bool{}, partOfLonger(hits)
	for i, h := range hits {
		if part[i] { // who takes the longer one out takes this out
			continue
		}
		if l := (Leak{h.kind, strings.TrimSpace(string(runes[h.from:h.to]))}); !told[l] {
			told[l] = true
			found = append(found, l)
		}
	}
	return found
}

// hit is a find of a kind.
type hit struct {
	kind string
	span
}

// partOfLonger tells of each find whether it lies in a longer one. From the left, the longer first, the one that reaches farthest so far tells.
func partOfLonger(hits []hit) []bool {
	order := make([]int, len(hits))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int {
		return cmp.Or(cmp.Compare(hits[i].from, hits[j].from), cmp.Compare(hits[j].to, hits[i].to))
	})
	part := make([]bool, len(hits))
	var far span
	for n, i := range order {
		h := hits[i].span
		part[i] = n > 0 && far.to >= h.to && far != h
		if n == 0 || h.to > far.to {
			far = h
		}
	}
	return part
}

// Mask replaces every secret in a composed text: a last guard behind the allow-list, for words that came in by a dictionary's
// back door.
func (s Secrets) Mask(text string) string {
	g := newGuarded(text)
	var hits []span
	for _, l := range s {
		hits = append(hits, g.find(l)...)
	}
	if len(hits) == 0 {
		return text
	}
	// Longest first where two begin alike, so that a name inside a longer one does not leave a stump.
	slices.SortFunc(hits, func(a, b span) int { return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(b.to, a.to)) })
	runes, end := []rune(text), 0
	var out strings.Builder
	for _, h := range hits {
		if h.from < end {
			end = max(end, h.to)
			continue
		}
		out.WriteString(string(runes[end:h.from]) + "某")
		end = h.to
	}
	out.WriteString(string(runes[end:]))
	return out.String()
}

// guarded is a text in the two forms that secrets are looked for in.
type guarded struct{ plain, numbers Folded }

func newGuarded(text string) guarded {
	plain := FoldMap(text)
	return guarded{plain, plain.foldNumbers()}
}

// find lists the places of a secret. A document's number is found in any spelling that is the same number.
func (g guarded) find(l Leak) []span {
	key := Fold(l.Text)
	number := DocNumberKey(l.Text)
	if number == key || number == "" {
		return g.plain.all(key, docNumberKey.MatchString(key))
	}
	return append(g.plain.all(key, false), g.numbers.all(number, true)...)
}

// all lists where the folded needle stands, in code points of the input. A needle that ends in a figure is not found at the beginning of
// a longer number: (2026)2 is not (2026)21.
func (f Folded) all(needle string, whole bool) []span {
	var list []span
	if needle == "" {
		return nil
	}
	at := places{text: f}
	for from := 0; ; {
		i := strings.Index(f.Text[from:], needle)
		if i < 0 {
			return list
		}
		start := from + i
		end := start + len(needle)
		if !whole || end == len(f.Text) || f.Text[end] < '0' || f.Text[end] > '9' {
			if whole && strings.HasPrefix(f.Text[end:], "号") {
				end += len("号")
			}
			list = append(list, at.span(byteSpan{start, end}))
		}
		from = start + len(needle)
	}
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

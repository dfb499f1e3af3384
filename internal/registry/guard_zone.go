package registry

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Expressions are dear: each reads only where what it looks for can be. A zone is where several figures stand together, near is around a word.

// zone is the least number of figures, masked ones among them, of a stretch of figures, Latin letters and signs.
type zone int

const (
	codes   zone = 3 // and four characters before, one behind: 粤J1234挂
	numbers zone = 6
)

// zones are the stretches of a text for expressions that look at figures. Chinese figures are figures, and so are the signs that mask them.
func (z zone) zones(s string) (list []byteSpan) {
	from, figures := -1, 0
	end := func(at int) {
		if from >= 0 && figures >= int(z) {
			if z == codes {
				from = back(s, from, 4)
				_, size := utf8.DecodeRuneInString(s[at:])
				at += size // 挂
			}
			list = append(list, byteSpan{from, at})
		}
		from, figures = -1, 0
	}
	for i, r := range s {
		switch {
		case r >= '0' && r <= '9' || r >= 0x80 && isFigure(figureOf(r)) || strings.ContainsRune(surelyMask, r) || alike[r] != 0 && from >= 0:
			figures++
			fallthrough
		case r < 0x80 || r == '略' || !unicode.IsLetter(r) && gapOf([]rune{r}) < gapEnd:
			if from < 0 {
				from = i
			}
		default:
			end(i)
		}
	}
	end(len(s))
	return joined(list)
}

// back goes some characters back.
func back(s string, at, characters int) int {
	for ; characters > 0 && at > 0; characters-- {
		_, size := utf8.DecodeLastRuneInString(s[:at])
		at -= size
	}
	return at
}

// characters are those that a text has, so that a word that begins with none of them is not looked for.
type characters [1 << 10]uint64

func charactersOf(s string) *characters {
	var c characters
	for _, r := range s {
		c[r>>6&(1<<10-1)] |= 1 << (r & 63)
	}
	return &c
}

func (c *characters) begin(word string) bool {
	r, _ := utf8.DecodeRuneInString(word)
	return c[r>>6&(1<<10-1)]&(1<<(r&63)) != 0
}

// near are the stretches of a text around words: so many characters before and behind.
func near(s string, has *characters, words []string, before, behind int) (list []byteSpan) {
	for _, w := range words {
		if !has.begin(w) {
			continue
		}
		for from := 0; ; {
			i := strings.Index(s[from:], w)
			if i < 0 {
				break
			}
			at := from + i
			from = at + len(w)
			to := from
			for n := 0; n < behind && to < len(s); n++ {
				_, size := utf8.DecodeRuneInString(s[to:])
				to += size
			}
			list = append(list, byteSpan{back(s, at, before), to})
		}
	}
	slices.SortFunc(list, func(a, b byteSpan) int { return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to)) })
	return joined(list)
}

// joined joins stretches, sorted by their beginning, that touch.
func joined(list []byteSpan) []byteSpan {
	out := list[:0]
	for _, s := range list {
		if n := len(out); n > 0 && s.from <= out[n-1].to {
			out[n-1].to = max(out[n-1].to, s.to)
			continue
		}
		out = append(out, s)
	}
	return out
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

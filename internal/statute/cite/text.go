package cite

import (
	"slices"
	"unicode"
	"unicode/utf8"

	"casebook/internal/registry"
)

// running is a text as the citation grammar reads it: white space taken out (a newspaper breaks lines inside 第三十\n九条) and the
// shape of characters made one, as registry.Plain does. off and points lead back to the text as it was.
type running struct {
	text   string
	r      []rune
	off    []int32 // byte of each rune in the text
	points []int32 // code point of every pointStep-th rune in the text
	gap    []gap   // white space before each rune
	room   int     // how many provisions ranges may still expand to
}

const pointStep = 64

// gap is the white space that stood before a rune.
type gap uint8

const (
	gapNone gap = iota
	gapSpace
	gapLine   // a line break
	gapIndent // a line break, and the next line is set in: a paragraph begins
	gapBlank  // an empty line
)

func read(text string) *running {
	n := len(text)/3 + len(text)/16 + 16 // mostly Han characters of three bytes
	t := &running{text: text, r: make([]rune, 0, n), off: make([]int32, 0, n), gap: make([]gap, 0, n), points: make([]int32, 0, n/pointStep+1)}
	point, before := int32(0), gapBlank
	for i, c := range text {
		switch {
		case c >= '\u4e00' && c <= '\u9fff' && before == gapNone && len(t.r)%pointStep != 0:
			t.r, t.off, t.gap = append(t.r, mend(c)), append(t.off, int32(i)), append(t.gap, gapNone)
		case c == '\n' || c == '\u2028' || c == '\u2029':
			if before < gapLine {
				before = gapLine
			} else {
				before = gapBlank
			}
		case c <= ' ', c == '\u3000', c == '\u00a0', c >= '\u2000' && c < '\u3000' && unicode.IsSpace(c):
			switch {
			case before == gapNone:
				before = gapSpace
			case before == gapLine && c != '\r':
				before = gapIndent
			}
		default:
			if c = fold(c); c == registry.Unseen {
				break
			}
			if len(t.r)%pointStep == 0 {
				t.points = append(t.points, point)
			}
			t.r, t.off, t.gap = append(t.r, c), append(t.off, int32(i)), append(t.gap, before)
			before = gapNone
		}
		point++
	}
	t.room = 2000 + len(t.r)/10
	return t
}

// fold reads a character as registry.Plain does, and mends it.
func fold(c rune) rune { return mend(registry.Plain(c)) }

// mend gives 第 for 笫, as typists and OCR have it, and 条 for the 條 of the older print.
func mend(c rune) rune {
	switch c {
	case '笫':
		return '第'
	case '條':
		return '条'
	}
	return c
}

// span gives the code points of [from,to) of the runes.
func (t *running) span(from, to int) (start, end int) {
	return t.point(from), t.point(to-1) + 1
}

// point is the code point of a rune in the text.
func (t *running) point(i int) int {
	k := i / pointStep
	return int(t.points[k]) + utf8.RuneCountInString(t.text[t.off[k*pointStep]:t.off[i]])
}

// source is the text of [from,to) as it was.
func (t *running) source(from, to int) string {
	end := len(t.text)
	if to < len(t.r) {
		end = int(t.off[to])
	}
	s := t.text[t.off[from]:end]
	last := int(t.off[to-1] - t.off[from]) // the white space behind the last rune is not part of it
	for i := range s[last:] {
		if i > 0 {
			return s[:last+i]
		}
	}
	return s
}

// has reports whether the word stands at i.
func (t *running) has(i int, word string) bool {
	for k := 0; k < len(word); i++ {
		c, n := runeAt(word, k)
		if i >= len(t.r) || t.r[i] != c {
			return false
		}
		k += n
	}
	return true
}

// runeAt is utf8.DecodeRuneInString for the grammar's own words, nearly all of them Chinese: a third of a reading was spent on the general one.
func runeAt(word string, k int) (rune, int) {
	if c := word[k]; c >= 0xE0 && c < 0xF0 {
		return rune(c&0x0F)<<12 | rune(word[k+1]&0x3F)<<6 | rune(word[k+2]&0x3F), 3
	}
	return utf8.DecodeRuneInString(word[k:])
}

// endsWith reports whether the word ends before i.
func (t *running) endsWith(i int, word string) bool {
	for k := len(word); k > 0; {
		for k--; !utf8.RuneStart(word[k]); k-- {
		}
		i--
		if i < 0 {
			return false
		}
		if c, _ := runeAt(word, k); t.r[i] != c {
			return false
		}
	}
	return true
}

// endsWithAny reports whether one of the words ends before i.
func (t *running) endsWithAny(i int, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return t.endsWith(i, w) })
}

// skip moves past the word if it stands at i.
func (t *running) skip(i int, words ...string) int {
	for _, w := range words {
		if t.has(i, w) {
			return i + len([]rune(w))
		}
	}
	return i
}

// skipAll moves past as many of the words as stand at i.
func (t *running) skipAll(i int, words ...string) int {
	for {
		j := t.skip(i, words...)
		if j == i {
			return i
		}
		i = j
	}
}

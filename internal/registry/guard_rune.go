package registry

import (
	"strings"
	"sync"
	"unicode"
)

// The guard asks the same of each character of a text many times over. What it asks is kept for those of the first plane, which are nearly all; of others
// it is found out each time.

// runeFact is what the guard asks of a character.
type runeFact struct {
	key    rune // what it is read as: guardKey
	figure byte // a Latin letter or a figure of any script; stop for anything else
	alike  byte // the figure that a letter looks like
	gap    gap  // what it is between two characters of a find
	is     uint8
}

const (
	factLetter uint8 = 1 << iota // in the sense of Unicode
	factHan
	factMask  // stands for a figure that is masked
	factPlain // a letter or a figure, and not a sign: letter
)

type runeTable [1 << 16]runeFact

func (t *runeTable) of(r rune) runeFact {
	if r >= 0 && int(r) < len(t) {
		return t[r]
	}
	return factOf(r)
}

var runeFacts = sync.OnceValue(func() *runeTable {
	var t runeTable
	for r := range rune(len(t)) {
		t[r] = factOf(r)
	}
	return &t
})

func factOf(r rune) runeFact {
	f := runeFact{key: keyOf(r), alike: alike[r], gap: gapOfRune(r)}
	switch {
	case r < 0x80 && plainLetter(r):
		f.figure = byte(r) //nolint:gosec // ASCII
	case r >= 0x80:
		f.figure = hanFigures[r]
	}
	put := func(fact uint8, holds bool) {
		if holds {
			f.is |= fact
		}
	}
	put(factLetter, unicode.IsLetter(r))
	put(factHan, unicode.Is(unicode.Han, r))
	put(factMask, strings.ContainsRune(surelyMask, r))
	put(factPlain, plainLetter(r))
	return f
}

func isHan(r rune) bool { return runeFacts().of(r).is&factHan != 0 }

func letter(r rune) bool { return runeFacts().of(r).is&factPlain != 0 }

// figureOf is a Latin letter or a figure of any script; stop for anything else.
func figureOf(r rune) rune { return rune(runeFacts().of(r).figure) }

func plainLetter(r rune) bool {
	if r < 0x80 {
		return r >= '0' && r <= '9' || r >= 'a' && r <= 'z'
	}
	if r == '丶' || r == '丨' || r >= 0x2B0 && r <= 0x2FF { // strokes and modifier letters that stand for a dot
		return false
	}
	return r == '○' || unicode.IsLetter(r) || unicode.IsDigit(r)
}

// keyOf reads a traditional character as the simplified one, and a figure of any script as 0 to 9.
func keyOf(r rune) rune {
	if r < 0x80 {
		return r
	}
	if to, ok := otherFigures[r]; ok {
		return to
	}
	if to, ok := simplified[r]; ok {
		return to
	}
	if r < 0x2E80 || r > 0x9FFF {
		return plainDigit(r)
	}
	return r
}

func gapOfRune(r rune) gap {
	switch {
	case unicode.IsSpace(r) || Invisible(r) || unicode.Is(unicode.Mn, r) || unicode.IsControl(r):
		return gapNone
	case strings.ContainsRune("。！？；!?;｡", r):
		return gapEnd
	case strings.ContainsRune("，、,：:．…", r):
		return gapComma
	case strings.ContainsRune("（）()《》〈〉“”‘’\"'「」『』【】[]〔〕﹝﹞＂", r):
		return gapQuote
	}
	return gapSign
}

package pdf

import (
	"strings"
	"unicode"
)

// Sources: GB/T 15834-2011 5.1 (where punctuation may stand), 《中文排版需求》(CLREQ) 3.1. Beyond them, units and the
// closing half of a document number stay with what they belong to.
const (
	// noStart may not begin a line (避头).
	noStart = "，。、；：！？）》」』】〕〉﹞］｝〗〙”’…—～·．％‰℃℉°′″㎡㎥々‧・" + ",.;:!?)]}%"
	// noEnd may not end a line (避尾).
	noEnd = "（《「『【〔〈﹝［｛〖〘“‘￥＄№§" + "([{$¥"
	// closing and opening fill half of their square; the other half may be squeezed.
	closing = "，。、；：！？）》」』】〕〉］｝〗〙”’．"
	opening = "（《「『【〔〈［｛〖〘“‘"
	// joiners belong to the word or number on both their sides: 613—2009, 5～8, 3×10³.
	joiners = "—–～·．×÷±≤≥＝＋－／"
)

// class is what the line breaker knows of a character.
type class uint8

const (
	classHan   class = iota // may be parted from its neighbours
	classWord               // part of a Latin word, a number, a unit or a code: 5300, mg/L, DB44/613-2009
	classSpace              // vanishes at the end of a line
)

// classify gives each character its class; a joiner between word characters is part of the word.
func classify(text []rune) []class {
	out := make([]class, len(text))
	for i, r := range text {
		switch {
		case r == ' ' || r == 0x3000 || r >= 0x2000 && r <= 0x200A:
			out[i] = classSpace
		case isWord(r):
			out[i] = classWord
		}
	}
	for i := 1; i+1 < len(text); i++ {
		if out[i] == classHan && out[i-1] == classWord && isWord(text[i+1]) && strings.ContainsRune(joiners, text[i]) {
			out[i] = classWord
		}
	}
	return out
}

func isWord(r rune) bool {
	switch {
	case r > ' ' && r < 0x7F:
		return !strings.ContainsRune("()[]{}", r)
	case r >= 0xC0 && r < 0x250, r >= 0x370 && r < 0x530: // Latin with accents, Greek, Cyrillic
		return true
	case r == 0xB2, r == 0xB3, r == 0xB5, r == 0xB9, r == 0xB0, r == 0xB1, r >= 0x2070 && r < 0x2090: // ² ³ µ ¹ ° ± ₀
		return true
	case r >= 0xFF10 && r <= 0xFF19, r >= 0xFF21 && r <= 0xFF3A, r >= 0xFF41 && r <= 0xFF5A: // full-width digits, letters
		return true
	}
	return false
}

// mayBreak says whether a line may end before text[i]. It is false at both ends of the text.
func mayBreak(text []rune, cls []class, i int) bool {
	if i <= 0 || i >= len(text) {
		return false
	}
	a, b := text[i-1], text[i]
	switch {
	case cls[i] == classSpace, marksOf(b)&markNoStart != 0:
		return false
	case cls[i-1] == classSpace: // 15 kg stays together, other spaces are places to break
		return !(i >= 2 && unicode.IsDigit(text[i-2]) && cls[i] == classWord && unicode.IsLetter(b))
	case marksOf(a)&markNoEnd != 0, cls[i-1] == classWord && cls[i] == classWord:
		return false
	case a == '〕' && unicode.IsDigit(b), unicode.IsDigit(a) && b == '号': // 〔2024〕12号
		return false
	}
	return true
}

func isClosing(r rune) bool { return marksOf(r)&markClosing != 0 }
func isOpening(r rune) bool { return marksOf(r)&markOpening != 0 }

// What a character is by the lists above. They are asked several times for each character of a paper.
const (
	markNoStart = 1 << iota
	markNoEnd
	markClosing
	markOpening
)

var marks = func() *[1 << 16]uint8 {
	t := new([1 << 16]uint8)
	for bit, list := range map[uint8]string{markNoStart: noStart, markNoEnd: noEnd, markClosing: closing, markOpening: opening} {
		for _, r := range list {
			t[r] |= bit
		}
	}
	return t
}()

func marksOf(r rune) uint8 {
	if r < 0 || r > 0xFFFF {
		return 0
	}
	return marks[r]
}

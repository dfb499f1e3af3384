package registry

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Folding makes text comparable. Search, uniqueness, duplicate detection, the readers and the publication guard all compare what Fold
// gives; what is stored stays as it was typed, less what cannot be seen. In this order a character
//
//   - that cannot be seen, and a blank or line break of any width, is dropped;
//   - of a look-alike block (Kangxi radicals, the radicals supplement, compatibility ideographs) becomes the ordinary character;
//   - in full width, circled, raised, Roman or with a mark becomes its plain letters or figures, in lower case;
//   - that is a dot, dash, bracket or quotation mark becomes the one of its family: . - ( ) 《 》 ".
//
// Fold does not touch meaning: Chinese numerals, 第 and 号 stay. DocNumberKey knows those of document numbers. Plain (plain.go) is the part
// of it that running text is read through, on the same tables.

// Fold is the comparable form of s.
func Fold(s string) string { return fold(s, false, nil) }

// FoldWords is Fold for indexed text: blanks between letters or figures that are not Chinese stay, as one blank, so that words keep apart.
func FoldWords(s string) string { return fold(s, true, nil) }

// Folded is a folded text that knows where each of its characters stood.
type Folded struct {
	Text string
	At   []int // for each code point of Text, the code point of the input it comes from; one more for the end
}

// FoldMap folds s and keeps where each character came from, so that a find can be pointed at in what was typed.
func FoldMap(s string) Folded {
	f := Folded{At: make([]int, 0, len(s)/2)}
	f.Text = fold(s, false, &f.At)
	return f
}

// foldWordsMap is FoldMap with the blanks of FoldWords.
func foldWordsMap(s string) Folded {
	f := Folded{At: make([]int, 0, len(s)/2)}
	f.Text = fold(s, true, &f.At)
	return f
}

func fold(s string, words bool, at *[]int) string {
	var b strings.Builder
	b.Grow(len(s))
	n, blank, last := 0, false, rune(0)
	put := func(r rune) {
		if blank && words && separate(last, r) {
			b.WriteByte(' ')
			if at != nil {
				*at = append(*at, n)
			}
		}
		blank, last = false, r
		b.WriteRune(r)
		if at != nil {
			*at = append(*at, n)
		}
	}
	for _, r := range s {
		switch {
		case r < utf8.RuneSelf && r > ' ' && r != 0x7F:
			put(foldASCII(r))
		case r >= 0x4E00 && r <= 0x9FFF: // nearly all of a Chinese text: none of what the next cases ask
			put(foldRune(r))
		case unicode.IsSpace(r):
			blank = true
		case Invisible(r) || unicode.Is(unicode.Mn, r) || unicode.IsControl(r):
		default:
			if long, ok := longSigns[r]; ok {
				for _, c := range long {
					put(foldASCII(c))
				}
				break
			}
			put(foldRune(r))
		}
		n++
	}
	if at != nil {
		*at = append(*at, n)
	}
	return b.String()
}

// separate reports whether a blank between two characters parts words: in Chinese it does not (张　三).
func separate(a, b rune) bool { return a != 0 && a < 0x2E80 && b < 0x2E80 }

func foldASCII(r rune) rune {
	switch {
	case r >= 'A' && r <= 'Z':
		return r + 'a' - 'A'
	case r == '[' || r == '{':
		return '('
	case r == ']' || r == '}':
		return ')'
	case r == '\'':
		return '"'
	}
	return r
}

func foldRune(r rune) rune {
	switch {
	case r >= 0xFF01 && r <= 0xFF5E: // full-width ASCII
		if r == '＜' || r == '＞' { // stands for 《》 on some keyboards, as < does not
			break
		}
		return foldASCII(r - 0xFEE0)
	case r >= 0x4E00 && r <= 0x9FFF: // nearly all of a Chinese text
		if r == '戶' {
			return '户'
		}
		return r
	}
	if to, ok := foldTable[r]; ok {
		return to
	}
	return unicode.ToLower(r)
}

// families are the signs that stand for one another, by the sign they fold to.
var families = map[rune]string{
	'.': "·•・‧∙⋅･᛫●⸱﹒．。",
	'-': "－—–‐‑‒―−﹣﹘⁃ー─",
	'(': "（〔﹝﹙【〖［｛「『﹁﹃⦅⟦❨❲〘〚︵︷︹︻︗﹇",
	')': "）〕﹞﹚】〗］｝」』﹂﹄⦆⟧❩❳〙〛︶︸︺︼︘﹈",
	'《': "〈＜‹«﹤︽︿",
	'》': "〉＞›»﹥︾﹀",
	'"': "“”‘’＂＇„‟❝❞〝〞",
	'x': "×✕✖хХ", // also Cyrillic: the last place of an ID number
	':': "：﹕︰∶",
	',': "，﹐､、",
	'/': "／⁄∕",
	'~': "～〜∼",
	'○': "〇◯⭕", // 二〇二四 is typed in several ways
	'¥': "￥",
}

var foldTable = func() map[rune]rune {
	table := map[rune]rune{}
	for to, from := range families {
		for _, r := range from {
			table[r] = to
		}
	}
	for _, pairs := range []string{radicals, compatibility, latinBases, signs} {
		r := []rune(pairs)
		for i := 0; i+1 < len(r); i += 2 {
			to := r[i+1]
			if family, ok := table[to]; ok { // ⁻ is a minus, and that is a dash
				to = family
			}
			table[r[i]] = to
		}
	}
	for mark, others := range shapes {
		to, ok := table[mark]
		switch {
		case ok:
		case mark >= 0xFF01 && mark <= 0xFF5E:
			to = foldASCII(mark - 0xFEE0)
		default:
			to = foldASCII(mark)
		}
		for _, r := range others {
			if _, known := table[r]; !known && r >= utf8.RuneSelf {
				table[r] = to
			}
		}
	}
	return table
}()

// Unify writes look-alike characters (radicals, compatibility ideographs) as the ordinary ones: fonts have no shape for many of them.
// Everything else stays.
func Unify(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 0x2E80 && r <= 0x2FD5 || r >= 0xF900 && r <= 0xFAFF || r >= 0x2F800 && r <= 0x2FA1D {
			if to, ok := foldTable[r]; ok {
				return to
			}
		}
		return r
	}, s)
}

// Invisible reports a character without a shape or width of its own: zero-width and direction marks, variation selectors, tags, fillers,
// and the code points that are no characters. They come with text copied from chat programs, PDFs and web pages.
func Invisible(r rune) bool {
	switch {
	case r == 0xAD, r == 0x34F, r == 0x61C, r == 0x115F, r == 0x1160, r == 0x17B4, r == 0x17B5, r == 0x3164, r == 0xFEFF, r == 0xFFA0:
		return true
	case r >= 0x180B && r <= 0x180F, r >= 0x200B && r <= 0x200F, r >= 0x202A && r <= 0x202E, r >= 0x2060 && r <= 0x206F:
		return true
	case r >= 0xFE00 && r <= 0xFE0F, r >= 0xE0000 && r <= 0xE01EF, r >= 0xFFF9 && r <= 0xFFFB, r >= 0x1D173 && r <= 0x1D17A:
		return true
	case r&0xFFFE == 0xFFFE, r >= 0xFDD0 && r <= 0xFDEF: // noncharacters
		return true
	}
	return false
}

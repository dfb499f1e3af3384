package registry

import (
	"strings"
	"unicode"
)

// read is a text in the forms that the guard looks at. All of them know where in what was typed each character stands.
type read struct {
	typed   []rune
	words   Folded // folded, with the blanks between words: what patterns read
	plain   Folded // folded, without any blank: what days are read in
	letters form   // letters and figures alone: names, however they are broken up
	numbers form   // the same with the numbers of documents in one form: (二○二六年)第07号 is 2026 7
	figures form   // Latin letters and figures, Chinese figures among them; anything else is one stop
}

// form is a text as single characters and the places that they come from.
type form struct {
	runes []rune
	at    []int // in code points of what was typed
}

func (f *form) put(r rune, at int) { f.runes, f.at = append(f.runes, r), append(f.at, at) }

// stop stands in figures for what parts two numbers.
const stop = rune(0)

// brailleBlank looks like a blank and is none in any table.
const brailleBlank = "\u2800"

// newRead reads a text. What was typed must be clean: CleanText.
func newRead(text string) *read {
	r := &read{typed: []rune(text), words: guardFolded(foldWordsMap(strings.ReplaceAll(text, brailleBlank, " ")))}
	plain := Folded{At: make([]int, 0, len(r.words.At))}
	var b strings.Builder
	i := 0
	for _, c := range r.words.Text {
		if c != ' ' {
			b.WriteRune(c)
			plain.At = append(plain.At, r.words.At[i])
		}
		i++
	}
	plain.Text, plain.At = b.String(), append(plain.At, len(r.typed))
	r.plain = plain
	r.letters.grow(len(plain.At))
	r.figures.grow(len(plain.At) / 2)
	i = 0
	for _, c := range plain.Text {
		at := plain.At[i]
		i++
		if letter(c) {
			r.letters.put(c, at)
		}
		switch figure := figureOf(c); {
		case figure != stop:
			r.figures.put(figure, at)
		case letter(c) && len(r.figures.runes) > 0 && r.figures.runes[len(r.figures.runes)-1] != stop:
			r.figures.put(stop, at)
		}
	}
	r.numbers = r.letters
	if yearInBrackets(plain.Text) || strings.Contains(plain.Text, "号") {
		r.numbers = numberLetters(plain.foldNumbers())
	}
	return r
}

func (f *form) grow(n int) { f.runes, f.at = make([]rune, 0, n), make([]int, 0, n) }

func yearInBrackets(s string) bool { return strings.Contains(s, "(") }

func letter(r rune) bool {
	if r < 0x80 {
		return r >= '0' && r <= '9' || r >= 'a' && r <= 'z'
	}
	return r == '○' || unicode.IsLetter(r) || unicode.IsDigit(r)
}

// figureOf is a Latin letter or a figure of any script; stop for anything else.
func figureOf(r rune) rune {
	if r < 0x80 {
		if r >= '0' && r <= '9' || r >= 'a' && r <= 'z' {
			return r
		}
		return stop
	}
	if to, ok := hanFigures[r]; ok {
		return to
	}
	return stop
}

var hanFigures = map[rune]rune{'○': '0', '零': '0', '一': '1', '幺': '1', '二': '2', '三': '3', '四': '4', '五': '5', '六': '6', '七': '7', '八': '8', '九': '9', '壹': '1', '贰': '2', '叁': '3', '肆': '4',
	'伍': '5', '陆': '6', '柒': '7', '捌': '8', '玖': '9'}

// numberLetters leaves of a text, in which the numbers of documents are in one form, letters and figures. Behind a figure 第 and 年 before another
// one go too, and Chinese figures are figures: 2026第二十一号 is 2026 21.
func numberLetters(f Folded) (out form) {
	out.grow(len(f.At))
	runes := []rune(f.Text)
	behind := func(i int) rune { // the next letter or figure
		for i++; i < len(runes); i++ {
			if letter(runes[i]) {
				return runes[i]
			}
		}
		return stop
	}
	isFigure := func(r rune) bool { return isFigure(figureOf(r)) }
	last := stop
	for i, c := range runes {
		if !letter(c) {
			continue
		}
		at := f.At[i]
		if last >= '0' && last <= '9' {
			next := behind(i)
			switch {
			case (c == '第' || c == '年') && (isFigure(next) || next == '第' || next == '十'):
				continue
			case c == '十' && isFigure(next) && i > 0 && isFigure(runes[i-1]) && runes[i-1] > 0x80:
				continue // 二十一
			case c == '十' && isFigure(next):
				c = '1'
			case c == '十' && i > 0 && isFigure(runes[i-1]) && runes[i-1] > 0x80:
				c = '0'
			case isFigure(c):
				c = figureOf(c)
			}
		}
		out.put(c, at)
		last = c
	}
	return out
}

// guardFolded reads traditional characters as simplified ones, and figures of any script as 0 to 9.
func guardFolded(f Folded) Folded {
	f.Text = guardKey(f.Text)
	return f
}

func guardKey(folded string) string {
	return strings.Map(func(r rune) rune {
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
	}, folded)
}

var simplified = func() map[rune]rune {
	table := map[rune]rune{}
	r := []rune(traditional)
	for i := 0; i+1 < len(r); i += 2 {
		table[r[i]] = r[i+1]
	}
	return table
}()

// otherFigures are signs that a person reads as figures.
var otherFigures = func() map[rune]rune {
	table := map[rune]rune{'⓿': '0', '參': '叁'}
	for i := range rune(9) {
		table['❶'+i], table['➊'+i], table['〡'+i] = '1'+i, '1'+i, '1'+i
	}
	return table
}()

// plainDigit is the figure of a digit of any script: Unicode has them in tens from 0 to 9.
func plainDigit(r rune) rune {
	if !unicode.Is(unicode.Nd, r) {
		return r
	}
	for _, t := range unicode.Nd.R16 {
		if rune(t.Lo) <= r && r <= rune(t.Hi) {
			return '0' + (r-rune(t.Lo))%10
		}
	}
	for _, t := range unicode.Nd.R32 {
		if rune(t.Lo) <= r && r <= rune(t.Hi) {
			return '0' + (r-rune(t.Lo))%10
		}
	}
	return r
}

// gap is what stands between two characters of a find, from nothing to the end of a sentence.
type gap int

const (
	gapNone  gap = iota // nothing, blanks, what cannot be seen
	gapSign             // a sign that people put into a word: 王-大-力
	gapComma            // one that parts words: 、，（：
	gapEnd              // one that ends a sentence
)

func gapOf(between []rune) (g gap) {
	for _, r := range between {
		switch {
		case unicode.IsSpace(r) || Invisible(r) || unicode.Is(unicode.Mn, r) || unicode.IsControl(r):
		case strings.ContainsRune("。！？；!?;｡", r):
			return gapEnd
		case strings.ContainsRune("，、,：:（）()《》〈〉“”‘’\"'「」『』【】[]〔〕﹝﹞＂．…", r):
			g = max(g, gapComma)
		default:
			g = max(g, gapSign)
		}
	}
	return g
}

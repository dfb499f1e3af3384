package registry

import (
	"slices"
	"strings"
	"unicode"
)

// read is a text in the forms that the guard looks at. All of them know where in what was typed each character stands.
type read struct {
	typed   []rune
	words   Folded // folded, with the blanks between words: what patterns read
	lines   Folded // the same with a blank where a line or a column of a table ends; empty where there is one alone
	plain   form   // folded, without any blank
	days    Folded // folded, without any blank, all figures in Arabic: 二〇二六年六月十二 is 2026年6月12
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

// visible reads, before anything folds, what no table of folding has: a blank of Braille, marks that enclose a figure (1️⃣), degree signs, and figures
// of other scripts, which then keep the blanks beside them as figures do.
func visible(r rune) rune {
	switch {
	case r < 0x80 || r >= 0x2E80 && r <= 0x9FFF:
		return r
	case r == '\u2800':
		return ' '
	case unicode.Is(unicode.Me, r):
		return '\u200b'
	case r == 'º' || r == '˚' || r == '∘':
		return '°'
	case r == 'ο' || r == 'Ο' || r == 'о' || r == 'О':
		return 'o'
	case r == 'і' || r == 'І' || r == 'ı' || r == 'ι' || r == 'Ι':
		return 'i'
	case r == 'З' || r == 'з':
		return '3'
	case r == 'б':
		return '6'
	case r == '→' || r == '⇒' || r == '➜' || r == '➔':
		return '/'
	}
	if to, ok := otherFigures[r]; ok {
		return to
	}
	return plainDigit(r)
}

// newRead reads a text. What was typed must be clean: CleanText.
func newRead(text string) *read {
	r := &read{typed: []rune(text), words: guardFolded(foldWordsMap(strings.Map(visible, text)))}
	r.lines = r.parted()
	plain := Folded{At: make([]int, 0, len(r.words.At))}
	var b strings.Builder
	i := 0
	for _, c := range r.words.Text {
		if at := r.words.At[i]; c != ' ' && at > 0 && r.typed[at-1] == '\t' && (len(plain.At) == 0 || plain.At[len(plain.At)-1] != at) { // the next column of a table
			b.WriteByte(' ')
			plain.At = append(plain.At, at-1)
		}
		if c != ' ' {
			b.WriteRune(c)
			plain.At = append(plain.At, r.words.At[i])
		}
		i++
	}
	plain.Text, plain.At = b.String(), append(plain.At, len(r.typed))
	r.plain = form{[]rune(plain.Text), plain.At}
	r.days = arabic(plain)
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
	r.numbers = numberLetters(plain)
	return r
}

func (f *form) grow(n int) { f.runes, f.at = make([]rune, 0, n), make([]int, 0, n) }

func letter(r rune) bool {
	if r < 0x80 {
		return r >= '0' && r <= '9' || r >= 'a' && r <= 'z'
	}
	if r == '丶' || r == '丨' || r >= 0x2B0 && r <= 0x2FF { // strokes and modifier letters that stand for a dot
		return false
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
	'伍': '5', '陆': '6', '柒': '7', '捌': '8', '玖': '9', '洞': '0', '两': '2', '拐': '7', '勾': '9'}

// parted is the folded text with a blank where a line or a column ends.
func (r *read) parted() (out Folded) {
	if !slices.ContainsFunc(r.typed, func(c rune) bool { return c == '\n' || c == '\t' }) {
		return out
	}
	var b strings.Builder
	i := 0
	for _, c := range r.words.Text {
		at := r.words.At[i]
		if i > 0 && at > r.words.At[i-1] && slices.ContainsFunc(r.typed[r.words.At[i-1]+1:at], func(c rune) bool { return c == '\n' || c == '\t' }) {
			b.WriteByte(' ')
			out.At = append(out.At, at-1)
		}
		b.WriteRune(c)
		out.At = append(out.At, at)
		i++
	}
	out.Text, out.At = b.String(), append(out.At, len(r.typed))
	return out
}

// arabic writes Chinese figures and the numbers up to 99 that are made of them as 0 to 9.
func arabic(f Folded) (out Folded) {
	var b strings.Builder
	out.At = make([]int, 0, len(f.At)+8)
	runes := []rune(f.Text)
	figure := func(i int) bool { return i >= 0 && i < len(runes) && isFigure(figureOf(runes[i])) }
	put := func(s string, i int) {
		b.WriteString(s)
		for range s {
			out.At = append(out.At, f.At[i])
		}
	}
	for i, c := range runes {
		tens, ten := tenOf[c]
		switch {
		case ten && figure(i-1) && figure(i+1): // 二十一
		case ten && figure(i-1):
			put("0", i)
		case ten && figure(i+1):
			put(tens, i)
		case ten:
			put(tens+"0", i)
		case c == '.' && figure(i-1) && i+1 < len(runes) && strings.ContainsRune("年月日", runes[i+1]): // ⒒月
		case c == '百' && figure(i-1) && figure(i+1): // 一百三十五
		case c == '点' && figure(i-1) && figure(i+1): // 112点7123
			put(".", i)
		case alike[c] != 0 && (figure(i-1) || figure(i+1)) && dayPart(runes, i-1) && dayPart(runes, i+1): // 3月l2日
			put(string(rune(alike[c])), i)
		case figure(i):
			put(string(figureOf(c)), i)
		default:
			put(string(c), i)
		}
	}
	out.Text, out.At = b.String(), append(out.At, f.At[len(f.At)-1])
	return out
}

// dayPart tells a figure, or a word of a day.
func dayPart(runes []rune, i int) bool {
	return i >= 0 && i < len(runes) && (isFigure(figureOf(runes[i])) || strings.ContainsRune("年月日号", runes[i]))
}

var tenOf = map[rune]string{'十': "1", '拾': "1", '〸': "1", '廿': "2", '〹': "2", '卅': "3", '〺': "3"}

// numberWords stand between the parts of a document's number, or are left away: 罚字〔2026〕第8号, 2026年度 编号8, No.8.
const numberWords = "字第年度编号序案no"

// numberLetters leaves of a text letters and figures, and writes the numbers of documents in one form, whatever figures and brackets they are typed
// with: 罚字（二0二六）第○二十一号 is 罚2026 21号.
func numberLetters(f Folded) (out form) {
	out.grow(len(f.At))
	runes := []rune(f.Text)
	figure := func(i int) bool { return i >= 0 && i < len(runes) && isFigure(figureOf(runes[i])) }
	last, gap := stop, false // what was put last, and whether a sign or a word that was left away stands behind it
	put := func(r rune, i int) { out.put(r, f.At[i]); last, gap = r, false }
	for i, c := range runes {
		switch {
		case !letter(c):
			gap = true
		case figure(i):
			if figureOf(c) == '0' && gap && isFigure(last) && figure(i+1) {
				continue // 〔2026〕08
			}
			put(figureOf(c), i)
		case c == '十' || c == '拾':
			switch before, behind := figure(i-1), figure(i+1); {
			case before && behind: // 二十一
			case before:
				put('0', i)
			case behind:
				put('1', i)
			case gap && isFigure(last):
				put('1', i)
				put('0', i)
			default:
				put(c, i)
			}
		case alike[c] != 0 && figure(i-1) && figure(i+1): // 2O26
			put(rune(alike[c]), i)
		case strings.ContainsRune(numberWords, c) && figureBehind(runes[i:], isFigure(last)):
			gap = true
		default:
			put(c, i)
		}
	}
	return out
}

// figureBehind tells whether nothing but words of numbers parts the first character from a figure: behind a year any, before it 字 and 第 alone.
func figureBehind(runes []rune, year bool) bool {
	for _, c := range runes[:min(8, len(runes))] {
		switch {
		case isFigure(figureOf(c)) || c == '十':
			return true
		case letter(c) && !strings.ContainsRune(numberWords, c), !year && letter(c) && c != '字' && c != '第':
			return false
		}
	}
	return false
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
	table := map[rune]rune{'⓿': '0', '🄋': '0', '🄌': '0', '參': '叁', '弌': '一', '弍': '二', '弎': '三'}
	for i := range rune(9) {
		for _, one := range "❶➊➀⓵〡" {
			table[one+i] = '1' + i
		}
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
	gapQuote            // a bracket or a quotation mark
	gapComma            // one that parts words: 、，：
	gapEnd              // one that ends a sentence
)

func gapOf(between []rune) (g gap) {
	for _, r := range between {
		switch {
		case unicode.IsSpace(r) || Invisible(r) || unicode.Is(unicode.Mn, r) || unicode.IsControl(r):
		case strings.ContainsRune("。！？；!?;｡", r):
			return gapEnd
		case strings.ContainsRune("，、,：:．…", r):
			g = max(g, gapComma)
		case strings.ContainsRune("（）()《》〈〉“”‘’\"'「」『』【】[]〔〕﹝﹞＂", r):
			g = max(g, gapQuote)
		default:
			g = max(g, gapSign)
		}
	}
	return g
}

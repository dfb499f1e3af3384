package registry

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
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
	r.plain.grow(len(r.words.At))
	i := 0
	for _, c := range r.words.Text {
		at := r.words.At[i]
		i++
		if c == ' ' {
			continue
		}
		if n := len(r.plain.at); at > 0 && r.typed[at-1] == '\t' && (n == 0 || r.plain.at[n-1] != at) { // the next column of a table
			r.plain.put(' ', at-1)
		}
		r.plain.put(c, at)
	}
	r.days = arabic(r.plain, len(r.typed))
	r.letters.grow(len(r.plain.at))
	r.figures.grow(len(r.plain.at) / 2)
	facts := runeFacts()
	for i, c := range r.plain.runes {
		at, f := r.plain.at[i], facts.of(c)
		if f.is&factPlain != 0 {
			r.letters.put(c, at)
		}
		switch n := len(r.figures.runes); {
		case f.figure != 0:
			r.figures.put(rune(f.figure), at)
		case f.is&factPlain != 0 && n > 0 && r.figures.runes[n-1] != stop:
			r.figures.put(stop, at)
		}
	}
	r.numbers = numberLetters(r.plain)
	return r
}

func (f *form) grow(n int) { f.runes, f.at = make([]rune, 0, n), make([]int, 0, n) }

var hanFigures = map[rune]byte{'○': '0', '零': '0', '一': '1', '幺': '1', '二': '2', '三': '3', '四': '4', '五': '5', '六': '6', '七': '7', '八': '8', '九': '9', '壹': '1', '贰': '2', '叁': '3', '肆': '4',
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

// arabic writes Chinese figures and the numbers up to 99 that are made of them as 0 to 9. end is where the text ends.
func arabic(f form, end int) (out Folded) {
	runes, facts := f.runes, runeFacts()
	b := make([]byte, 0, 3*len(runes))
	out.At = make([]int, 0, len(f.at)+8)
	figure := func(i int) bool { return i >= 0 && i < len(runes) && isFigure(rune(facts.of(runes[i]).figure)) }
	put := func(i int, written ...rune) {
		for _, r := range written {
			b, out.At = utf8.AppendRune(b, r), append(out.At, f.at[i])
		}
	}
	for i, c := range runes {
		x := facts.of(c)
		switch tens := tenOf(c); {
		case tens != 0 && figure(i-1) && figure(i+1): // 二十一
		case tens != 0 && figure(i-1):
			put(i, '0')
		case tens != 0 && figure(i+1):
			put(i, tens)
		case tens != 0:
			put(i, tens, '0')
		case c == '.' && figure(i-1) && i+1 < len(runes) && strings.ContainsRune("年月日", runes[i+1]): // ⒒月
		case c == '百' && figure(i-1) && figure(i+1): // 一百三十五
		case c == '点' && figure(i-1) && figure(i+1): // 112点7123
			put(i, '.')
		case x.alike != 0 && (figure(i-1) || figure(i+1)) && dayPart(runes, i-1) && dayPart(runes, i+1): // 3月l2日
			put(i, rune(x.alike))
		case isFigure(rune(x.figure)):
			put(i, rune(x.figure))
		default:
			put(i, c)
		}
	}
	out.Text, out.At = string(b), append(out.At, end)
	return out
}

// dayPart tells a figure, or a word of a day.
func dayPart(runes []rune, i int) bool {
	return i >= 0 && i < len(runes) && (isFigure(figureOf(runes[i])) || strings.ContainsRune("年月日号", runes[i]))
}

// tenOf is the figure before the one that 十 and the like stand for; 0 for anything else.
func tenOf(r rune) rune {
	switch r {
	case '十', '拾', '〸':
		return '1'
	case '廿', '〹':
		return '2'
	case '卅', '〺':
		return '3'
	}
	return 0
}

// numberWords stand between the parts of a document's number, or are left away: 罚字〔2026〕第8号, 2026年度 编号8, No.8.
const numberWords = "字第年度编号序案no"

// numberLetters leaves of a text letters and figures, and writes the numbers of documents in one form, whatever figures and brackets they are typed
// with: 罚字（二0二六）第○二十一号 is 罚2026 21号.
func numberLetters(f form) (out form) {
	out.grow(len(f.at))
	runes, facts := f.runes, runeFacts()
	figure := func(i int) bool { return i >= 0 && i < len(runes) && isFigure(rune(facts.of(runes[i]).figure)) }
	last, gap := stop, false // what was put last, and whether a sign or a word that was left away stands behind it
	put := func(r rune, i int) { out.put(r, f.at[i]); last, gap = r, false }
	for i, c := range runes {
		x := facts.of(c)
		switch {
		case x.is&factPlain == 0:
			gap = true
		case isFigure(rune(x.figure)):
			if x.figure == '0' && gap && isFigure(last) && figure(i+1) {
				continue // 〔2026〕08
			}
			put(rune(x.figure), i)
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
		case x.alike != 0 && figure(i-1) && figure(i+1): // 2O26
			put(rune(x.alike), i)
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
	facts := runeFacts()
	return strings.Map(func(r rune) rune { return facts.of(r).key }, folded)
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
type gap uint8

const (
	gapNone  gap = iota // nothing, blanks, what cannot be seen
	gapSign             // a sign that people put into a word: 王-大-力
	gapQuote            // a bracket or a quotation mark
	gapComma            // one that parts words: 、，：
	gapEnd              // one that ends a sentence
)

func gapOf(between []rune) (g gap) {
	facts := runeFacts()
	for _, r := range between {
		if g = max(g, facts.of(r).gap); g == gapEnd {
			break
		}
	}
	return g
}

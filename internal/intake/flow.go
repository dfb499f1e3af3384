package intake

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"casebook/internal/lazyregexp"
	"casebook/internal/registry"
)

// flow is running text: characters of the page without the breaks and spaces that columns and typists put between them, folded to
// one width. at[i] is where r[i] stands in the page; both have the same length. A '\n' in r ends a paragraph.
type flow struct {
	r  []rune
	at []int
}

// span is a stretch of a page or text.
type span struct{ start, end int }

func (f flow) slice(from, to int) flow { return flow{f.r[from:to], f.at[from:to]} }

func (f *flow) add(c rune, at int) {
	f.r, f.at = append(f.r, c), append(f.at, at)
}

// join appends a paragraph, ended by '\n'.
func (f *flow) join(p flow) {
	if len(p.r) == 0 {
		return
	}
	f.r, f.at = append(f.r, p.r...), append(f.at, p.at...)
	f.add('\n', p.at[len(p.at)-1])
}

func (f flow) has(i int, word string) bool { return hasAt(f.r, i, word) }

func hasAt(r []rune, i int, word string) bool {
	for _, c := range word {
		if i < 0 || i >= len(r) || r[i] != c {
			return false
		}
		i++
	}
	return true
}

// before reports whether word ends right before i.
func (f flow) before(i int, word string) bool { return hasAt(f.r, i-runeLen(word), word) }

func runeLen(s string) int { return utf8.RuneCountInString(s) }

// index is where word first begins in r; -1 if nowhere.
func index(r []rune, word string) int {
	for i := range r {
		if hasAt(r, i, word) {
			return i
		}
	}
	return -1
}

func containsAny(r []rune, words ...string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return index(r, w) >= 0 })
}

// hasAnyAt reports whether one of the words stands at i.
func hasAnyAt(r []rune, i int, words ...string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return hasAt(r, i, w) })
}

// endsInAny reports whether r ends in one of the words.
func endsInAny(r []rune, words ...string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return hasAt(r, len(r)-runeLen(w), w) })
}

// shapes are the characters that a few others are read as; 0: it is dropped.
var shapes = map[rune]rune{'〈': '<', '＜': '<', '〉': '>', '＞': '>', '．': '.', '｜': '|', '丨': '|', '査': '查', '[': '〔', ']': '〕', registry.Unseen: 0}

// fold reads a character as registry.Plain does, but for the two marks that stand between digits too (12,000, 10:30): foldMark knows which.
// 0 means that the character is to be dropped.
func fold(c rune) rune {
	switch c {
	case ',', ':', '<', '>':
		return c
	case '〈', '＜', '〉', '＞', '．', '｜', '丨', '査':
		return shapes[c]
	}
	switch c = registry.Plain(c); c {
	case '[', ']', registry.Unseen:
		return shapes[c]
	}
	return c
}

func isSpace(c rune) bool {
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c > 0x7F && (c == 0x3000 || c == 0xA0 || unicode.IsSpace(c))
}

func isDigit(c rune) bool  { return c >= '0' && c <= '9' }
func isLetter(c rune) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }
func isHan(c rune) bool {
	return c >= 0x4E00 && c <= 0x9FFF || c >= 0x3400 && c <= 0x4DBF || c >= 0x20000 && c <= 0x323AF || c == '〇'
}

// ends of a sentence, and of a clause.
func endsSentence(c rune) bool {
	return c == '。' || c == '！' || c == '？' || c == '\n'
}

func endsClause(c rune) bool {
	return endsSentence(c) || c == '，' || c == '；' || c == '：'
}

// sentence is the sentence around i: [from,to) without its end mark, at most longestSentence either side.
func (f flow) sentence(i int) (from, to int) { return f.around(i, endsSentence) }

// clause is the clause around i.
func (f flow) clause(i int) (from, to int) { return f.around(i, endsClause) }

func (f flow) around(i int, ends func(rune) bool) (from, to int) {
	from, to = i, i
	for from > 0 && i-from < longestSentence && !ends(f.r[from-1]) {
		from--
	}
	for to < len(f.r) && to-i < longestSentence && !ends(f.r[to]) {
		to++
	}
	return from, to
}

// isOrgan reports whether f is the name of an authority and nothing else.
func (f flow) isOrgan() bool {
	if len(f.r) > longestName {
		return false
	}
	os := organsOf(f)
	return len(os) == 1 && os[0].start == 0 && os[0].end == len(f.r)
}

// match reads the head of f from i as a regular expression does, with a tab where the page has a space. nil where it does not match.
func (f flow) match(re *lazyregexp.Regexp, i int) []string {
	var b strings.Builder
	for k := i; k < min(len(f.r), i+longestHead); k++ {
		if k > i && spaceBefore(f, k) {
			b.WriteByte('\t')
		}
		b.WriteRune(f.r[k])
	}
	return re.FindStringSubmatch(b.String())
}

// longestHead is how much of a line is looked at for what begins it.
const longestHead = 48

// taken is how many characters of the flow a part of its match stands for.
func taken(match string) int { return utf8.RuneCountInString(match) - strings.Count(match, "\t") }

// longestSentence bounds every look around, so that a text without punctuation costs no more than its length.
const longestSentence = 400

// text is the page's own characters of a flow, in their width.
func (f flow) text(page []rune) string {
	var b strings.Builder
	for i, c := range f.r {
		if c != '\n' {
			b.WriteRune(page[f.at[i]])
		} else if b.Len() > 0 && i+1 < len(f.r) {
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// trimmed is the flow without these characters in front and behind.
func (f flow) trimmed(front, behind string) flow {
	text := string(f.r)
	from, to := len(f.r)-runeLen(strings.TrimLeft(text, front)), runeLen(strings.TrimRight(text, behind))
	return f.slice(min(from, to), to)
}

// flowOf makes running text of a stretch of the page. Spaces vanish but between two Latin words on one line.
func flowOf(page []rune, start, end int) flow {
	f := flow{make([]rune, 0, end-start), make([]int, 0, end-start)}
	f.extend(page, start, end)
	return f
}

func (f *flow) extend(page []rune, start, end int) {
	for i := start; i < end; i++ {
		c := fold(page[i])
		if c == 0 || isSpace(c) {
			continue
		}
		if n := len(f.r); n > 0 && i > start && isLetter(c) && isLetter(f.r[n-1]) && isSpace(page[i-1]) {
			f.add(' ', i-1)
		}
		f.add(f.foldMark(f.foldSlip(c, page, i, end), page, i, end), i)
	}
}

// foldSlip reads what a scanner takes for a digit, or for 日: 2O23年6月l2曰. Beside other letters they are letters (COD, PVC).
func (f *flow) foldSlip(c rune, page []rune, i, end int) rune {
	last, next := rune(0), rune(0)
	if n := len(f.r); n > 0 {
		last = f.r[n-1]
	}
	if i+1 < end {
		next = fold(page[i+1])
	}
	switch {
	case c == '曰' && isDigit(last):
		return '日'
	case isLetter(last) || isLetter(next) || !isDigit(last) && !isDigit(next):
	case c == 'O' || c == 'o':
		return '0'
	case (c == 'l' || c == 'I') && isDigit(next):
		return '1'
	}
	return c
}

// foldMark widens a comma and a colon that do not stand between digits: 12,000 and 10:30 keep theirs.
func (f *flow) foldMark(c rune, page []rune, i, end int) rune {
	if c != ',' && c != ':' && c != '，' {
		return c
	}
	next, n := i+1, 0
	for next < end && isSpace(page[next]) {
		next++
	}
	for next+n < end && isDigit(fold(page[next+n])) {
		n++
	}
	switch digits := n > 0 && len(f.r) > 0 && isDigit(f.r[len(f.r)-1]); {
	case digits && c != '，':
		return c
	case digits && n == 3: // thousands
		return ','
	case c == ':':
		return '：'
	}
	return '，'
}

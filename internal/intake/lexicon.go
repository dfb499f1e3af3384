package intake

import (
	"embed"
	"regexp"
	"slices"
	"strings"
)

// lexicon finds the words of a small vocabulary in running text, the longest at each place, in one pass.
type lexicon[T any] struct {
	seen  [1 << 10]uint64 // first characters, a bit each for the basic plane: most places are refused here
	words map[rune][]entry[T]
}

type entry[T any] struct {
	word  []rune
	value T
}

func (l *lexicon[T]) add(value T, words ...string) {
	if l.words == nil {
		l.words = map[rune][]entry[T]{}
	}
	for _, w := range words {
		r := []rune(w)
		l.seen[(r[0]>>6)&0x3FF] |= 1 << (r[0] & 63)
		l.words[r[0]] = append(l.words[r[0]], entry[T]{r, value})
		slices.SortStableFunc(l.words[r[0]], func(a, b entry[T]) int { return len(b.word) - len(a.word) })
	}
}

// from are the words that begin with c.
func (l *lexicon[T]) from(c rune) []entry[T] {
	if l.seen[(c>>6)&0x3FF]&(1<<(c&63)) == 0 {
		return nil
	}
	return l.words[c]
}

func (e *entry[T]) at(r []rune, i int) bool {
	return len(r)-i >= len(e.word) && slices.Equal(r[i:i+len(e.word)], e.word)
}

// at is the longest word at i, and its length; 0 if none.
func (l *lexicon[T]) at(r []rune, i int) (value T, n int) {
	for _, e := range l.from(r[i]) {
		if e.at(r, i) {
			return e.value, len(e.word)
		}
	}
	return value, 0
}

// every joins the meanings of all words at i.
func every[T ~uint64](l *lexicon[T], r []rune, i int) (all T) {
	for _, e := range l.from(r[i]) {
		if e.at(r, i) {
			all |= e.value
		}
	}
	return all
}

// has reports whether a word stands at i.
func (l *lexicon[T]) has(r []rune, i int) bool {
	return i < len(r) && slices.ContainsFunc(l.from(r[i]), func(e entry[T]) bool { return e.at(r, i) })
}

// whole is the meaning of r where all of it is one word.
func (l *lexicon[T]) whole(r []rune) (value T, ok bool) {
	if len(r) == 0 {
		return value, false
	}
	value, n := l.at(r, 0)
	return value, n == len(r)
}

// hit is a word of a lexicon in a text.
type hit[T any] struct {
	start, end int
	value      T
}

// all finds the words of r[from:to], none overlapping another.
func (l *lexicon[T]) all(r []rune, from, to int) []hit[T] {
	var hits []hit[T]
	for i := from; i < to; {
		if v, n := l.at(r[:to], i); n > 0 {
			hits = append(hits, hit[T]{i, i + n, v})
			i += n
		} else {
			i++
		}
	}
	return hits
}

// any reports whether a word of the lexicon stands in r.
func (l *lexicon[T]) any(r []rune) bool {
	for i := range r {
		if l.has(r, i) {
			return true
		}
	}
	return false
}

//go:embed lexicon
var wordFiles embed.FS

// group is a run of words in a file of words, under its name.
type group struct {
	name  string
	words []string
}

// wordGroups reads a file of lexicon/: a first line "# what the words mean", then a word a line, or several spellings of one; "[name]"
// begins a group of words that share a meaning. A file that cannot be read is a mistake of the program.
func wordGroups(file string) []group {
	b, err := wordFiles.ReadFile("lexicon/" + file + ".txt")
	if err != nil {
		panic("intake: " + err.Error())
	}
	groups := []group{{}}
	for line := range strings.Lines(string(b)) {
		line = strings.TrimSpace(line)
		switch {
		case line == "", line[0] == '#':
		case line[0] == '[':
			groups = append(groups, group{name: strings.Trim(line, "[]")})
		default:
			last := &groups[len(groups)-1]
			last.words = append(last.words, spellings(line)...)
		}
	}
	return groups
}

// spellings are the words that a line stands for: 环境(保护|)执法(支队|大队) is four.
func spellings(line string) (list []string) {
	head, rest, ok := strings.Cut(line, "(")
	if !ok {
		return []string{line}
	}
	choices, rest, _ := strings.Cut(rest, ")")
	for _, c := range strings.Split(choices, "|") {
		list = append(list, spellings(head+c+rest)...)
	}
	return list
}

// wordList are the words of a file in their order.
func wordList(file string) (list []string) {
	for _, g := range wordGroups(file) {
		list = append(list, g.words...)
	}
	return list
}

// oneOf is a file's words as a part of a regular expression.
func oneOf(file string) string {
	list := wordList(file)
	for i, w := range list {
		list[i] = regexp.QuoteMeta(w)
	}
	return "(?:" + strings.Join(list, "|") + ")"
}

// words makes a lexicon of a file's words, which all mean the same.
func words(file string) *lexicon[struct{}] {
	return lexiconOf(file, func(string) (struct{}, bool) { return struct{}{}, true })
}

// grouped makes a lexicon of a file whose groups have the meanings given.
func grouped[T any](file string, meaning map[string]T) *lexicon[T] {
	return lexiconOf(file, func(group string) (T, bool) { value, known := meaning[group]; return value, known })
}

// named makes a lexicon of a file whose words mean the names of their groups.
func named[T ~string](file string) *lexicon[T] {
	return lexiconOf(file, func(group string) (T, bool) { return T(group), true })
}

func lexiconOf[T any](file string, meaning func(group string) (T, bool)) *lexicon[T] {
	l := &lexicon[T]{}
	for _, g := range wordGroups(file) {
		value, known := meaning(g.name)
		if !known && len(g.words) > 0 {
			panic("intake: lexicon/" + file + ".txt has the unknown group [" + g.name + "]")
		}
		l.add(value, g.words...)
	}
	return l
}

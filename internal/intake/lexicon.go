package intake

import "slices"

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

// at is the longest word at i, and its length; 0 if none.
func (l *lexicon[T]) at(r []rune, i int) (value T, n int) {
	c := r[i]
	if l.seen[(c>>6)&0x3FF]&(1<<(c&63)) == 0 {
		return value, 0
	}
	for _, e := range l.words[c] {
		if len(r)-i >= len(e.word) && slices.Equal(r[i:i+len(e.word)], e.word) {
			return e.value, len(e.word)
		}
	}
	return value, 0
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
		if _, n := l.at(r, i); n > 0 {
			return true
		}
	}
	return false
}

// words makes a lexicon of words that all mean the same.
func words(list ...string) *lexicon[struct{}] {
	l := &lexicon[struct{}]{}
	l.add(struct{}{}, list...)
	return l
}

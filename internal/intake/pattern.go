package intake

import (
	"io"
	"strings"

	"casebook/internal/lazyregexp"
)

// Patterns describe what has a form of its own: a day, a count, the words around an amount. They are tried where a cheap sign stands (a figure,
// 罚, 存栏), on characters and not on bytes, so that a place found is a place of the flow.

// pattern compiles an expression in which N stands for a numeral of one or two places.
func pattern(s string) *lazyregexp.Regexp { return lazyregexp.New(strings.ReplaceAll(s, "N", numeral)) }

const numeral = `(\d{1,2}|[一二三四五六七八九]?十[一二三四五六七八九]?|[零〇○一二三四五六七八九])`

// characters gives a pattern the characters of a flow, each of width one.
type characters []rune

func (c *characters) ReadRune() (rune, int, error) {
	if len(*c) == 0 {
		return 0, 0, io.EOF
	}
	first := (*c)[0]
	*c = (*c)[1:]
	return first, 1, nil
}

// matchAt is where a pattern (with ^) and its groups stand in r at i, as regexp says it; nil where it does not fit.
func matchAt(re *lazyregexp.Regexp, r []rune, i int) []int {
	if i < 0 || i >= len(r) {
		return nil
	}
	c := characters(r[i:])
	m := re.FindReaderSubmatchIndex(&c)
	for k := range m {
		if m[k] >= 0 {
			m[k] += i
		}
	}
	return m
}

// matches reports whether a pattern fits somewhere in r.
func matches(re *lazyregexp.Regexp, r []rune) bool {
	c := characters(r)
	return re.MatchReader(&c)
}

// Package diff compares two texts character by character: what a law's next version changed, where a quotation departs from the
// official text, what a person corrected in a record.
package diff

import (
	"slices"
	"unicode/utf8"
)

// Op says how one piece of a text became another.
type Op string

// The steps between two texts.
const (
	Same    Op = "same"
	Delete  Op = "delete"
	Insert  Op = "insert"
	Replace Op = "replace"
)

// Edit is one step from text A to text B: A is empty for an insertion, B for a deletion, both are equal for Same.
type Edit struct {
	Op   Op
	A, B string
}

// maxCost bounds the work of Texts: beyond so many differing characters the rest is shown as one replacement.
const maxCost = 1000

// Texts compares two texts character by character (Myers' greedy algorithm; common beginning and end first).
func Texts(a, b string) []Edit {
	x, y := []rune(a), []rune(b)
	head := 0
	for head < len(x) && head < len(y) && x[head] == y[head] {
		head++
	}
	tail := 0
	for tail < len(x)-head && tail < len(y)-head && x[len(x)-1-tail] == y[len(y)-1-tail] {
		tail++
	}
	var d edits
	d.add(Same, x[:head], y[:head])
	d.middle(x[head:len(x)-tail], y[head:len(y)-tail])
	d.add(Same, x[len(x)-tail:], y[len(y)-tail:])
	return d.list
}

// Similarity is the share of two texts that is equal, 0 to 1: twice the common characters by all characters.
func Similarity(edits []Edit) float64 {
	equal, all := 0, 0
	for _, e := range edits {
		n := utf8.RuneCountInString(e.A)
		all += n + utf8.RuneCountInString(e.B)
		if e.Op == Same {
			equal += 2 * n
		}
	}
	if all == 0 {
		return 0
	}
	return float64(equal) / float64(all)
}

type edits struct{ list []Edit }

// add appends a step and joins it to the one before: same to same, and a deletion beside an insertion is a replacement.
func (d *edits) add(op Op, a, b []rune) {
	if len(a) == 0 && len(b) == 0 {
		return
	}
	if n := len(d.list); n > 0 {
		last := &d.list[n-1]
		if (last.Op == Same) == (op == Same) {
			last.A, last.B = last.A+string(a), last.B+string(b)
			if op != Same {
				last.Op = opOf(last.A, last.B)
			}
			return
		}
	}
	if op != Same {
		op = opOf(string(a), string(b))
	}
	d.list = append(d.list, Edit{op, string(a), string(b)})
}

func opOf(a, b string) Op {
	switch {
	case a == "":
		return Insert
	case b == "":
		return Delete
	}
	return Replace
}

// middle finds the shortest script between x and y, which differ at both ends, and appends it.
func (d *edits) middle(x, y []rune) {
	if len(x) == 0 || len(y) == 0 {
		d.add(Replace, x, y)
		return
	}
	limit := min(len(x)+len(y), maxCost)
	v := make([]int, 2*limit+2) // v[limit+k]: how far along x the path on diagonal k (position in x less position in y) has come
	var trace [][]int
	for cost := 0; cost <= limit; cost++ {
		trace = append(trace, slices.Clone(v[limit-cost:limit+cost+1]))
		for k := -cost; k <= cost; k += 2 {
			i := 0
			switch {
			case cost == 0:
			case k == -cost || (k != cost && v[limit+k-1] < v[limit+k+1]):
				i = v[limit+k+1]
			default:
				i = v[limit+k-1] + 1
			}
			for j := i - k; i < len(x) && j < len(y) && x[i] == y[j]; j++ {
				i++
			}
			v[limit+k] = i
			if i >= len(x) && i-k >= len(y) {
				d.walk(x, y, trace, cost)
				return
			}
		}
	}
	d.add(Replace, x, y)
}

// walk goes back over the trace from the end and appends the steps in order.
func (d *edits) walk(x, y []rune, trace [][]int, cost int) {
	type step struct {
		op         Op
		i, j, m, n int // x[i:m], y[j:n]
	}
	var steps []step
	m, n := len(x), len(y)
	for ; cost > 0; cost-- {
		at := func(k int) int { // the state before this round, which reached diagonals -cost+1 … cost-1
			if k < -(cost-1) || k > cost-1 {
				return -1
			}
			return trace[cost][k+cost]
		}
		k := m - n
		from := k - 1
		if k == -cost || (k != cost && at(k-1) < at(k+1)) {
			from = k + 1
		}
		i := at(from)
		j := i - from
		a, b := i, j // after the one step, before the run of equal characters
		if from == k-1 {
			a++
		} else {
			b++
		}
		if a < m {
			steps = append(steps, step{Same, a, b, m, n})
		}
		steps = append(steps, step{Replace, i, j, a, b})
		m, n = i, j
	}
	if m > 0 {
		steps = append(steps, step{Same, 0, 0, m, n})
	}
	for _, s := range slices.Backward(steps) {
		d.add(s.op, x[s.i:s.m], y[s.j:s.n])
	}
}

package pdf

import (
	"math"
	"slices"

	"casebook/internal/registry"
)

// span is one line: cells[from:to]. Consecutive spans meet, the first begins at 0 and the last ends at the end of the
// text, so no character can be lost at a break.
type span struct {
	from, to int
	last     bool // ends the paragraph: not stretched
}

const (
	autospace  = 0.08 // em between Han and Latin; from 0.1 on, readers see a space when text is copied
	squeeze    = 0.25 // em that the blank half of a punctuation mark may give up inside a line
	maxStretch = 0.25 // em a gap: a line that would need more stays ragged
)

// measure is a paragraph of cells with prefix sums over it. Gap i lies between cell i and cell i+1.
type measure struct {
	cells   []cell
	cls     []class
	legal   []bool    // legal[i]: a line may end before cell i
	forced  []bool    // legal only because the piece is longer than a line
	pos     []float64 // natural x of cell i
	shrink  []float64 // what gaps before i could give up
	stretch []int     // how many gaps before i may open
	visible []int     // visible[i]: one past the last cell before i that is not a space
}

func newMeasure(cells []cell) *measure {
	n := len(cells)
	m := &measure{cells, nil, make([]bool, n+1), make([]bool, n+1),
		make([]float64, n+1), make([]float64, n+1), make([]int, n+1), make([]int, n+1)}
	text := make([]rune, n)
	for i, c := range cells {
		text[i] = c.r
	}
	m.cls = classify(text)
	for i := range cells {
		g := m.gap(i)
		m.pos[i+1] = m.pos[i] + cells[i].adv + g.natural
		m.shrink[i+1] = m.shrink[i] + g.shrink
		m.stretch[i+1] = m.stretch[i]
		if g.open {
			m.stretch[i+1]++
		}
		m.legal[i] = mayBreak(text, m.cls, i)
		m.visible[i+1] = m.visible[i]
		if m.cls[i] != classSpace {
			m.visible[i+1] = i + 1
		}
	}
	m.legal[n] = true
	return m
}

// gap is the space between two neighbours of a line.
type gap struct {
	natural, shrink float64
	open            bool // takes part in justification
}

// gap says how cells i and i+1 stand to each other. Two punctuation marks that meet share one blank half (CLREQ 3.1.6).
func (m *measure) gap(i int) gap {
	if i+1 >= len(m.cells) {
		return gap{}
	}
	a, b := &m.cells[i], &m.cells[i+1]
	before, after := 0.0, 0.0 // blank halves that face each other
	if isClosing(a.r) && a.full() {
		after = a.st.size
	}
	if isOpening(b.r) && b.full() {
		before = b.st.size
	}
	switch {
	case after > 0 && (before > 0 || isClosing(b.r)):
		return gap{natural: -after / 2, open: true}
	case before > 0 && isOpening(a.r):
		return gap{natural: -before / 2, open: true}
	}
	g := gap{shrink: squeeze * (before + after), open: true}
	ca, cb := m.cls[i], m.cls[i+1]
	switch {
	case a.r == b.r && (a.r == '—' || a.r == '…'):
		g.open = false
	case ca != classSpace && cb != classSpace && (ca == classWord || cb == classWord):
		g.open = false // words keep their shape, and their distance from what stands beside them
		if ca != cb && (isIdeograph(a.r) || isIdeograph(b.r)) {
			g.natural = autospace * a.st.size
		}
	}
	return g
}

// fit is how cells[from:to) sit in a line of a width.
type fit struct {
	natural float64 // width at rest, closing blanks and trailing spaces included or not as drawn
	trim    float64 // blank half of a closing mark at the end, which may leave the line
	shrink  float64
	gaps    int
}

func (m *measure) fit(from, to int) fit {
	end := max(m.visible[to], from)
	if end == from {
		return fit{}
	}
	last := &m.cells[end-1]
	f := fit{
		natural: m.pos[end-1] - m.pos[from] + last.adv,
		shrink:  m.shrink[end-1] - m.shrink[from],
		gaps:    m.stretch[end-1] - m.stretch[from],
	}
	if isClosing(last.r) && last.full() {
		f.trim = last.st.size / 2
	}
	return f
}

// badness is 0 for a line that fills the width exactly; 1 is a line nobody notices yet. Infinite: does not fit.
func (f fit) badness(width, em float64, last bool) float64 {
	const hair = 1e-6
	slack := width - f.natural
	switch {
	case slack >= -hair && last:
		return 0
	case slack >= -hair:
		share := maxStretch * 2
		if f.gaps > 0 {
			share = min(share, slack/(float64(f.gaps)*em))
		}
		return square(share / 0.04)
	case -slack <= f.trim+hair:
		return 0.1
	case -slack <= f.trim+f.shrink+hair:
		return 0.2 + square((-slack-f.trim)/f.shrink)
	}
	return math.Inf(1)
}

func square(x float64) float64 { return x * x }

// breakLines cuts a paragraph into lines, the first of width first, the others of width rest, with the least badness in
// sum. It always returns a partition of cells: a piece longer than a line is cut wherever it must be, and a single
// character wider than the line sticks out.
func breakLines(m *measure, first, rest float64) []span {
	cells, n := m.cells, len(m.cells)
	if n == 0 {
		return nil
	}
	m.force(min(first, rest))
	type state struct {
		cost float64
		from int
	}
	best := make([]state, n+1)
	for i := range best {
		best[i] = state{math.Inf(1), -1}
	}
	best[0].cost = 0
	for s := 0; s < n; s++ {
		if math.IsInf(best[s].cost, 1) {
			continue
		}
		width := rest
		if s == 0 {
			width = first
		}
		em, found := cells[s].st.size, false
		try := func(e int, bad float64) {
			if cost := best[s].cost + bad; cost < best[e].cost {
				best[e] = state{cost, s}
			}
			found = true
		}
		for e := s + 1; e <= n; e++ {
			if !m.legal[e] && !m.forced[e] {
				continue
			}
			f := m.fit(s, e)
			if f.natural-f.shrink-2*em > width {
				break
			}
			bad := f.badness(width, em, e == n)
			if math.IsInf(bad, 1) {
				continue
			}
			if m.forced[e] {
				bad += 1e4
			}
			if e == n && s > 0 && m.visible[e]-s <= 2 {
				bad += 2.5 // one character and its full stop alone on the last line
			}
			try(e, bad)
		}
		for e := s + 1; !found; e++ { // nothing fits: take the shortest piece there is
			if m.legal[e] || m.forced[e] {
				try(e, 1e6)
			}
		}
	}
	var lines []span
	for e := n; e > 0; e = best[e].from {
		lines = append(lines, span{best[e].from, e, e == n})
	}
	slices.Reverse(lines)
	return lines
}

// force permits breaks inside pieces longer than a line: a web address, a row of sixty exclamation marks.
func (m *measure) force(width float64) {
	for from, to := 0, 1; to < len(m.legal); to++ {
		if !m.legal[to] {
			continue
		}
		f := m.fit(from, to)
		if f.natural-f.trim > width {
			for i := from + 1; i < to; i++ {
				m.forced[i] = m.cls[i] != classSpace
			}
		}
		from = to
	}
}

// balance cuts a centred title into the fewest lines that fit, of lengths as equal as its words allow; the shape that
// results is the 梯形 or 菱形 that GB/T 9704 asks for. It avoids beginning a line with a particle.
func balance(m *measure, width float64) []span {
	lines := breakLines(m, width, width)
	k := len(lines)
	if k < 2 || k > 12 {
		return lines
	}
	seams := titleSeams(m.cells)
	best, cost := balanceIn(m, seams, width, k)
	if cost >= registry.SeamLast { // a line more is better than a torn name
		if more, c := balanceIn(m, seams, width, k+1); c < cost {
			best, cost = more, c
		}
	}
	if math.IsInf(cost, 1) {
		return lines
	}
	return best
}

// titleSeams is what a break before each character of a title costs.
func titleSeams(cells []cell) []float64 {
	seams, title := make([]float64, len(cells)+1), make([]rune, len(cells))
	for i := range cells {
		title[i] = cells[i].r
	}
	for e := 1; e < len(cells); e++ {
		seams[e] = registry.TitleSeam(title, e)
	}
	return seams
}

// balanceIn cuts a title into k lines at the least cost; infinite where it cannot be.
func balanceIn(m *measure, seams []float64, width float64, k int) (lines []span, least float64) {
	cells, n := m.cells, len(m.cells)
	target := m.fit(0, n).natural / float64(k)
	cost := make([][]float64, k+1)
	from := make([][]int, k+1)
	for j := range cost {
		cost[j], from[j] = make([]float64, n+1), make([]int, n+1)
		for i := range cost[j] {
			cost[j][i] = math.Inf(1)
		}
	}
	cost[0][0] = 0
	for j := 1; j <= k; j++ {
		for e := 1; e <= n; e++ {
			if !m.legal[e] {
				continue
			}
			for s := e - 1; s >= 0; s-- {
				f := m.fit(s, e)
				if f.natural-2*cells[s].st.size > width {
					break
				}
				if f.natural-f.trim > width || math.IsInf(cost[j-1][s], 1) {
					continue
				}
				c := cost[j-1][s] + 0.3*square((f.natural-target)/cells[s].st.size) + seams[e]
				if c < cost[j][e] {
					cost[j][e], from[j][e] = c, s
				}
			}
		}
	}
	if math.IsInf(cost[k][n], 1) {
		return nil, cost[k][n]
	}
	lines = make([]span, k)
	for j, e := k, n; j > 0; j, e = j-1, from[j][e] {
		lines[j-1] = span{from[j][e], e, j == k}
	}
	return lines, cost[k][n]
}

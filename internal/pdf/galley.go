package pdf

import (
	"math"
	"slices"
)

// Geometry of GB/T 9704-2012: A4, 天头 37 mm, 订口 28 mm, type area 156 mm × 225 mm with 22 lines of 28 characters.
const (
	mm        = 72 / 25.4
	PageW     = 210 * mm
	PageH     = 297 * mm
	AreaLeft  = 28 * mm
	AreaTop   = 37 * mm
	AreaW     = 156 * mm
	AreaH     = 225 * mm
	LinePitch = AreaH / 22
	CharPitch = AreaW / 28
	BodySize  = 15.75 // 3号
	TitleSize = 22.0  // 2号
	PageNoSz  = 14.0  // 4号
)

// area is the type area of a document: the official one, or the wider one of a working paper.
type area struct{ left, top, w, h float64 }

var (
	official = area{AreaLeft, AreaTop, AreaW, AreaH}
	working  = area{20 * mm, 28 * mm, 172 * mm, 244 * mm}
)

// row is the smallest thing that stands on one page: a line of text, or a rule.
type row struct {
	height float64
	space  float64 // white above it, dropped at the top of a page
	grid   bool    // begins on the 22-line grid
	keep   bool    // stays on the page of the next row
	near   bool    // the same, unless that would leave much of the page white
	box    *ground // rows that share a ground are painted on it, also across pages
	fresh  bool    // begins a page
	floats bool    // of a figure: where it does not fit, what follows goes before it, and it stands at the head of the next column
	part   bool    // begins a case or the notes: no figure of the case before comes behind it
	foot   float64 // not 0: stands so far above the foot of the page, or lower; the 版记 of an official paper
	head   []row   // repeated when a page begins with this row: a table's header
	draw   func(c *canvas, y float64)
}

// ground is a tinted rectangle behind rows, with an accent rule on its left.
type ground struct {
	x, width float64
	pad      float64 // above the first and below the last row, on each page
}

// placed is a row with the y of its top, and how high it is there: lines may be drawn together or apart.
type placed struct {
	*row
	y, height float64
}

// panel is the part of a ground on one page.
type panel struct {
	*ground
	top, bottom float64
}

// sheet is one page.
type sheet struct {
	panels []panel
	rows   []placed
}

// paginate stacks rows into pages from top to bottom. Rows tied by keep move to the next page together; where a chain of
// them is higher than a page it is cut at the foot like any other.
func paginate(rows []row, top, bottom, pitch float64) []sheet {
	sheets, _ := paginateIn(refer(rows), func(int) (float64, float64) { return top, bottom }, pitch, 1, math.MaxInt)
	return sheets
}

// refer lists rows by their places: pages are tried in many ways, and a row is a dozen words.
func refer(rows []row) []*row {
	list := make([]*row, len(rows))
	for i := range rows {
		list[i] = &rows[i]
	}
	return list
}

// paginateIn stacks rows into pages, or columns, each with a top and a bottom of its own, until so many are full; lines of the grid are drawn
// together, or apart, to k times the pitch. The rows left over are returned in the order in which they go on: a figure that waits for the next
// page comes first.
func paginateIn(rows []*row, frame func(page int) (top, bottom float64), pitch, k float64, most int) (sheets []sheet, rest []*row) {
	p := &pager{frame: frame, pitch: k * pitch, k: k, sheets: make([]sheet, 1, 4)}
	p.top, p.bottom = frame(0)
	p.y = p.top
	var waiting [][]*row // figures for the head of the next page
	for i := 0; i < len(rows); {
		if len(p.sheets) > most {
			rest = slices.Concat(append(waiting, rows[i:])...)
			waiting = nil
			break
		}
		chain := p.together(rows[i:])
		i += len(chain)
		turns := !p.empty() && (chain[0].fresh || !p.fits(chain))
		if chain[0].floats && (turns || waiting != nil) {
			waiting = append(waiting, chain)
			continue
		}
		if turns || chain[0].part {
			p.chains(waiting)
			waiting = nil
		}
		p.chain(chain)
	}
	p.chains(waiting)
	p.close()
	if len(p.sheets) > most {
		rest = slices.Concat(rowsOf(p.sheets[most:]), rest)
		p.sheets = p.sheets[:most]
	}
	return p.sheets, rest
}

// rowsOf are the rows that stand on pages, in their order.
func rowsOf(sheets []sheet) (rows []*row) {
	for _, s := range sheets {
		for _, r := range s.rows {
			rows = append(rows, r.row)
		}
	}
	return rows
}

// together are the first rows that stay together.
func (p *pager) together(rows []*row) []*row {
	hard, soft := 1, 1
	for hard < len(rows) && rows[hard-1].keep {
		hard++
	}
	for soft < len(rows) && (rows[soft-1].keep || rows[soft-1].near) {
		soft++
	}
	if soft > hard && !p.fits(rows[:soft]) && (p.empty() || p.bottom-p.y > muchWhite*(p.bottom-p.top)) {
		return rows[:hard]
	}
	return rows[:soft]
}

// muchWhite is how much of a page may stay white so that a box stays in one piece.
const muchWhite = 0.2

func (p *pager) chains(list [][]*row) {
	for _, rows := range list {
		p.chain(rows)
	}
}

// chain places rows that stay together where a page holds them.
func (p *pager) chain(rows []*row) {
	if !p.empty() && (rows[0].fresh || !p.fits(rows)) {
		p.turn()
	}
	for k := range rows {
		if !p.empty() && !p.fits(rows[k:k+1]) {
			p.turn()
		}
		if p.empty() {
			for i := range rows[k].head {
				p.place(&rows[k].head[i])
			}
		}
		p.place(rows[k])
	}
}

type pager struct {
	frame              func(page int) (top, bottom float64)
	top, bottom, pitch float64 // of the page being filled
	k                  float64 // what rows on the grid are drawn together or apart to
	sheets             []sheet
	y                  float64
	open               *panel // the ground being laid
}

func (p *pager) page() *sheet { return &p.sheets[len(p.sheets)-1] }
func (p *pager) empty() bool  { return len(p.page().rows) == 0 }

func (p *pager) turn() {
	p.close()
	p.top, p.bottom = p.frame(len(p.sheets))
	p.sheets = append(p.sheets, sheet{})
	p.y = p.top
}

// close ends the open ground on this page.
func (p *pager) close() {
	if p.open == nil {
		return
	}
	p.y += p.open.pad
	p.open.bottom = p.y
	s := p.page()
	s.panels = append(s.panels, *p.open)
	p.open = nil
}

// next returns where a row would begin and end after y under the ground open.
func (p *pager) next(r *row, y float64, open *ground, first bool) (from, to float64) {
	k := 1.0
	if r.grid {
		k = p.k
	}
	if open != nil && open != r.box {
		y += open.pad
	}
	if !first {
		y += k * r.space
	}
	if r.grid {
		y = p.top + p.pitch*math.Ceil((y-p.top)/p.pitch-0.01)
	}
	if r.box != nil && open != r.box {
		y += r.box.pad
	}
	if r.foot > 0 {
		y = max(y, p.bottom-r.foot)
	}
	return y, y + k*r.height
}

// fits says whether a chain of rows ends above the foot of the page.
func (p *pager) fits(chain []*row) bool {
	y, first := p.y, p.empty()
	var open *ground
	if p.open != nil {
		open = p.open.ground
	}
	for _, r := range chain {
		_, y = p.next(r, y, open, first)
		open, first = r.box, false
	}
	if open != nil {
		y += open.pad
	}
	return y <= p.bottom+0.01
}

func (p *pager) place(r *row) {
	first := p.empty()
	var open *ground
	if p.open != nil {
		open = p.open.ground
	}
	from, to := p.next(r, p.y, open, first)
	if open != r.box {
		p.close()
		if r.box != nil {
			p.open = &panel{ground: r.box, top: from - r.box.pad}
		}
	}
	s := p.page()
	if s.rows == nil {
		s.rows = make([]placed, 0, 32)
	}
	s.rows = append(s.rows, placed{r, from, to - from})
	p.y = to
}

// tie sets keep so that no page ends after the first row of a block or begins with its last (孤行), and, with next, that
// the block stays with what follows it.
func tie(rows []row, next bool) []row {
	for i := range rows {
		rows[i].keep = rows[i].keep || i == 0 && len(rows) > 1 || i == len(rows)-2 || next
	}
	return rows
}

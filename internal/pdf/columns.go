package pdf

import (
	"cmp"
	"math"
	"slices"
)

// front is what a paper in two columns has besides its rows: a masthead over both columns of the first page.
type front struct {
	page   area // the type area, both columns and the white between them
	gutter float64
	mast   []row // from the top of the first page
}

// whole is the type area of the sheet, whatever column blocks stand in.
func (d *Document) whole() area {
	if d.news != nil {
		return d.news.page
	}
	return d.area
}

// sheets makes pages of the rows: all at the usual pitch, or, with fill, each at its own.
func (d *Document) sheets() []sheet {
	if !d.fill {
		return paginate(d.rows, d.area.top, d.area.top+d.area.h, LinePitch)
	}
	s := stacking{page: d.area, columns: 1, pitch: LinePitch, more: []float64{0, -0.6, 0.6, -1.2, 1.2, -2.4, 2.4, 3}}
	return s.stack(refer(d.rows))
}

// columns stacks the rows into columns, two a page, those of the last page of one height.
func (d *Document) columns() []sheet {
	s := stacking{page: d.news.page, columns: 2, pitch: newsPitch, more: []float64{0, -0.3, 0.3, -0.6, 0.6, -1.2, 1.2, 1.8}}
	for _, r := range d.news.mast {
		s.mast += r.space + r.height
	}
	return s.stack(refer(d.rows))
}

// stacking is how rows fill pages. The lines of each page are drawn together or apart a little, so that it ends at its foot also where the next
// box or figure has no room left, and that the last one is not nearly white.
type stacking struct {
	page    area
	columns int       // a page
	mast    float64   // what stands over the columns of the first page
	pitch   float64   // the usual one
	more    []float64 // what it may be changed by, in points
	scratch []*row
}

// What is not as it should be, in points of white: a point by which the lines of a page stand nearer or farther apart than usual, a box in two parts,
// a last page with nothing on it.
const (
	oddLines  = 10.0
	divided   = 90.0
	emptyPage = 3000.0
)

// wellFilled is how much of its height the last page should hold.
const wellFilled = 0.45

// stacked are rows on pages, and those left over: over, and all from a place on.
type stacked struct {
	before *stacked // the pages before
	sheets []sheet
	over   []*row
	from   int
	top    float64 // of the last of them
	k      float64 // what its lines are drawn together or apart to
	cost   float64
}

// stack goes on with the few ways that were best so far, a page at a time; of those that leave as many rows over only the best. Far from the end
// it goes one way: what follows evens out, and a paper of 200 cases is made in no more time a page than one of five.
func (s *stacking) stack(rows []*row) []sheet {
	const ways, end = 4, 400 // rows, some ten pages
	top, bottom := s.page.top+s.mast, s.page.top+s.page.h
	var done *stacked
	for open := []*stacked{{}}; len(open) > 0; top = s.page.top {
		next := map[int]*stacked{}
		for _, w := range open {
			for _, more := range s.more {
				got := s.fill(rows, w, more, top, bottom)
				if done != nil && got.cost >= done.cost {
					continue
				}
				left := len(got.over) + len(rows) - got.from
				if at := next[left]; at == nil || got.cost < at.cost {
					next[left] = got
				}
			}
		}
		if last := next[0]; last != nil {
			done = last
			delete(next, 0)
		}
		open = open[:0]
		for _, w := range next {
			if done == nil || w.cost < done.cost {
				open = append(open, w)
			}
		}
		slices.SortFunc(open, func(a, b *stacked) int {
			return cmp.Or(cmp.Compare(a.cost, b.cost), cmp.Compare(len(a.over)-a.from, len(b.over)-b.from))
		})
		if len(open) > 0 && len(rows)-open[0].from > end {
			open = open[:1]
		}
		open = open[:min(ways, len(open))]
	}
	if s.columns > 1 {
		done.level(bottom, s.pitch)
	}
	var pages [][]sheet
	for w := done; w != nil; w = w.before {
		pages = append(pages, w.sheets)
	}
	slices.Reverse(pages)
	return slices.Concat(pages...)
}

// fill makes the next page, its lines so much farther apart than usual.
func (s *stacking) fill(rows []*row, w *stacked, more, top, bottom float64) *stacked {
	const window = 128 // rows, more than a page holds
	k := (s.pitch + more) / s.pitch
	next := &stacked{before: w, top: top, k: k, from: min(w.from+window-len(w.over), len(rows)), cost: w.cost + oddLines*math.Abs(more)}
	near := append(append(s.scratch[:0], w.over...), rows[w.from:next.from]...)
	s.scratch = near
	next.sheets, next.over = paginateIn(near, func(int) (float64, float64) { return top, bottom }, s.pitch, k, s.columns)
	next.cost += flaws(next.sheets, next.over, bottom)
	if len(next.over) > 0 || next.from < len(rows) {
		return next
	}
	if w.before != nil { // a paper of one page is as long as it is
		used := 0.0
		for i := range next.sheets {
			used += footOf(next.sheets[i:i+1]) - top
		}
		next.cost += emptyPage * max(0, wellFilled-used/float64(s.columns)/s.page.h)
	}
	return next
}

// footOf is where the last of pages ends.
func footOf(sheets []sheet) float64 {
	rows := sheets[len(sheets)-1].rows
	if len(rows) == 0 {
		return 0
	}
	last := rows[len(rows)-1]
	return last.y + last.height
}

// flaws counts what columns leave empty at their feet, in points, where more follows, and a box that goes on elsewhere for several lines.
func flaws(columns []sheet, over []*row, bottom float64) (sum float64) {
	for i, c := range columns {
		var next *row
		switch {
		case i+1 < len(columns):
			next = columns[i+1].rows[0].row
		case len(over) > 0:
			next = over[0]
		default:
			continue
		}
		last := &c.rows[len(c.rows)-1]
		sum += bottom - last.y - last.height
		if last.box != nil && last.box == next.box {
			sum += divided
		}
	}
	return sum
}

// level stacks the rows of the last page in two columns as low as they can be.
func (w *stacked) level(bottom, pitch float64) {
	rows, top, line := rowsOf(w.sheets), w.top, w.k*pitch
	for foot := top + math.Ceil((bottom-top)/16/line)*line; foot < bottom; foot += line / 2 {
		last, over := paginateIn(rows, func(int) (float64, float64) { return top, foot }, pitch, w.k, 2)
		if len(over) == 0 && whole(last, foot) {
			w.sheets = last
			return
		}
	}
}

// whole says whether low columns hold their rows as high ones would: none sticks out, and none is parted from what it stays with.
func whole(columns []sheet, bottom float64) bool {
	for i, c := range columns {
		for k, r := range c.rows {
			if r.y+r.height > bottom+0.01 || r.keep && k == len(c.rows)-1 && i < len(columns)-1 {
				return false
			}
		}
	}
	return true
}

// drawColumns puts pages of two columns on a canvas.
func (d *Document) drawColumns(c *canvas, columns []sheet, header []headerLine) {
	page := d.news.page
	for i := 0; i < len(columns); i += 2 {
		c.addPage()
		for _, line := range header {
			c.pieces(line.pieces, line.y)
		}
		top, bottom := page.top, page.top
		if i == 0 {
			for _, r := range d.news.mast {
				top += r.space
				r.draw(c, top)
				top += r.height
			}
		}
		for k, column := range columns[i:min(i+2, len(columns))] {
			c.dx = float64(k) * (d.area.w + d.news.gutter)
			column.draw(c)
			c.dx = 0
			for _, r := range column.rows {
				bottom = max(bottom, r.y+r.height)
			}
			for _, p := range column.panels {
				bottom = max(bottom, p.bottom)
			}
		}
		if bottom > top {
			c.fill(Line, page.left+d.area.w+d.news.gutter/2, top+2, 0.5, bottom-top-2)
		}
		d.pageNumber(c, i/2+1)
	}
}

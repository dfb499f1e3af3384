package pdf

import (
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

// sheets makes pages of the rows. With fill the lines of the body are drawn together, or apart, by up to two lines a page, where that
// spares a page of a few lines, or gives it company.
func (d *Document) sheets() []sheet {
	best := paginate(d.rows, d.area.top, d.area.top+d.area.h, LinePitch)
	if !d.fill || len(best) < 2 || d.filled(best) >= wellFilled {
		return best
	}
	const lines = AreaH / LinePitch
	for _, want := range []float64{lines + 1, lines - 1, lines + 2, lines - 2} {
		k := lines / want
		got := paginate(drawn(d.rows, k), d.area.top, d.area.top+d.area.h, k*LinePitch)
		if d.filled(got) > d.filled(best) {
			best = got
		}
		if d.filled(best) >= wellFilled {
			break
		}
	}
	return best
}

// drawn are the rows with the lines of the body drawn together, or apart.
func drawn(rows []row, k float64) []row {
	scaled := slices.Clone(rows)
	for i := range scaled {
		if r := &scaled[i]; r.grid {
			r.height, r.space = k*r.height, k*r.space
		}
	}
	return scaled
}

// wellFilled is how much of its height the last page should hold.
const wellFilled = 0.3

// filled is the part of the last page that is not white.
func (d *Document) filled(sheets []sheet) float64 {
	rows := sheets[len(sheets)-1].rows
	if len(rows) == 0 {
		return 0
	}
	last := rows[len(rows)-1]
	return (last.y + last.height - d.area.top) / d.area.h
}

// columns stacks the rows into columns, two a page, those of the last page of one height. Like the lines of a 通报, those of a newspaper page are
// drawn together or apart a little where the last page would be nearly white.
func (d *Document) columns() []sheet {
	best, filled := d.columnsAt(1)
	for _, pitch := range []float64{newsPitch - 0.6, newsPitch + 0.6, newsPitch - 1.2, newsPitch + 1.2, newsPitch + 1.8} {
		if filled >= wellFilled || len(best) <= 2 {
			break
		}
		if got, f := d.columnsAt(pitch / newsPitch); f > filled {
			best, filled = got, f
		}
	}
	return best
}

// columnsAt stacks the rows at a pitch of k times the usual, and says which part of its height the last page uses.
func (d *Document) columnsAt(k float64) (columns []sheet, filled float64) {
	page, rows, pitch := d.news.page, drawn(d.rows, k), k*newsPitch
	mast := 0.0
	for _, r := range d.news.mast {
		mast += r.space + r.height
	}
	frame := func(column int) (float64, float64) {
		if column < 2 {
			return page.top + mast, page.top + page.h
		}
		return page.top, page.top + page.h
	}
	columns = paginateIn(rows, frame, pitch)
	// The last page once more, as low as its two columns allow.
	first := (len(columns) - 1) / 2 * 2
	var rest []row
	for _, c := range columns[first:] {
		for _, r := range c.rows {
			rest = append(rest, r.row)
		}
	}
	from, to := frame(first)
	for bottom := from + math.Ceil((to-from)/16/pitch)*pitch; bottom < to; bottom += pitch / 2 {
		last := paginateIn(rest, func(int) (float64, float64) { return from, bottom }, pitch)
		if len(last) <= 2 && whole(last, bottom) {
			return append(columns[:first:first], last...), (bottom - page.top) / page.h
		}
	}
	return columns, 1
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

package pdf

// Column is a column of a Table. Width counts in any unit: columns share the type area in proportion.
type Column struct {
	Head  string
	Width float64
	Align Align // Right for numbers; the default is Left
}

// Table prints text in columns, without vertical lines. Its header is repeated on every page. Short rows stay whole,
// long ones run on.
type Table struct {
	Columns []Column
	Rows    [][]string // missing and empty cells are printed as —
	Size    float64    // 10.5
	dense   bool       // closer lines: a working paper
	Total   []string   // a bold row under the others; nil: none
	labels  bool       // every other column, from the first on, names the one beside it
}

const cellPad = 5.0 // left and right of a cell's text

// Table prints t.
func (d *Document) Table(t Table) {
	if len(t.Columns) == 0 || len(t.Rows) == 0 {
		return
	}
	if t.Size == 0 {
		t.Size = 10.5
	}
	var head []row
	heads, titled := make([]string, len(t.Columns)), false
	for i, c := range t.Columns {
		heads[i] = c.Head
		titled = titled || c.Head != ""
	}
	if titled {
		head = d.tableRow(t, heads, true)
		for i := range head {
			head[i].keep = true
		}
	}
	first := append([]row{{height: 1, space: 8, keep: true, draw: d.hairline(Accent, 1)}}, head...)
	d.add(first...)
	for _, cells := range t.Rows {
		lines := d.tableRow(t, cells, false)
		if len(head) > 0 {
			for i := range lines {
				lines[i].head = head
			}
		}
		d.add(lines...)
	}
	if t.Total != nil {
		if n := len(d.rows); n > 0 {
			d.rows[n-1].keep = true // a sum does not begin a page
		}
		d.add(d.tableRow(t, t.Total, true)...)
	}
	d.add(row{height: 8})
}

// tableRow sets one row of a table as rows of the galley, a line each, closed by a hairline.
func (d *Document) tableRow(t Table, texts []string, isHead bool) []row {
	total := 0.0
	for _, c := range t.Columns {
		total += c.Width
	}
	pitch, pad := t.Size*1.5, 4.0
	if t.dense {
		pitch, pad = t.Size*1.4, 2.5
	}
	type column struct {
		m        *measure
		lines    []span
		x, width float64
		align    Align
	}
	cols := make([]column, len(t.Columns))
	x, height := d.area.left, 1
	for i, c := range t.Columns {
		text := ""
		if i < len(texts) {
			text = oneLine(texts[i])
		}
		if text == "" && !isHead {
			text = "—"
		}
		w := d.area.w * c.Width / total
		col := column{x: x + cellPad, width: max(w-2*cellPad, t.Size), align: max(c.Align, Left)}
		col.m = d.measure(t.Size, Run{Text: text, Bold: isHead || t.labels && i%2 == 0})
		col.lines = breakLines(col.m, col.width, col.width)
		cols[i], x, height = col, x+w, max(height, len(col.lines))
	}
	rows := make([]row, height, height+2)
	for n := range rows {
		rows[n] = row{height: pitch, keep: height <= 8 || n == 0 || n >= height-2, draw: func(c *canvas, y float64) {
			for _, col := range cols {
				if n < len(col.lines) {
					c.pieces(setLine(col.m, col.lines[n], col.x, col.width, col.align), y+baseline(pitch, t.Size))
				}
			}
		}}
	}
	above := row{height: pad, keep: true}
	return append(append([]row{above}, rows...), row{height: pad, draw: d.hairlineAt(pad, Line, 0.5)})
}

// hairline draws a rule at the foot of its row.
func (d *Document) hairline(color Color, width float64) func(*canvas, float64) {
	return d.hairlineAt(4, color, width)
}

func (d *Document) hairlineAt(foot float64, color Color, width float64) func(*canvas, float64) {
	return func(c *canvas, y float64) { c.fill(color, d.area.left, y+foot-width, d.area.w, width) }
}

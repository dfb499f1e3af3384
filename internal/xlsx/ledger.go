package xlsx

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"casebook/internal/registry"
	"casebook/internal/report"
)

// WriteLedger writes a profile as a workbook: 封面, 一览 and 汇总 where it has a summary, its sheets, 说明. It reads Cases once, with memory
// that does not grow with their number, and writes nothing to w before all have been read: after an error from Cases w is untouched. The
// summary returned is the one written: its totals belong into the audit record of the export. Same input, same bytes.
func WriteLedger(w io.Writer, l report.Ledger) (*report.Summary, error) {
	b, err := newBook(l.TempDir)
	if err != nil {
		return nil, err
	}
	defer b.close()
	d := newDetails(b, &l)
	sum, err := l.Walk(d)
	if err != nil {
		return nil, err
	}
	if b.claim, err = l.Info.ClaimText(sum); err != nil {
		return nil, err
	}
	if err := b.write(w, d.order(sum), d.title(), l.Info.AsOf.In(registry.Shanghai)); err != nil {
		return nil, err
	}
	return sum, nil
}

// newDetails begins the sheets of a profile.
func newDetails(b *book, l *report.Ledger) *details {
	d := &details{book: b, info: &l.Info, form: l.Form(), options: &l.Options, limit: maxRows, views: l.Form().Views(&l.Options)}
	d.parts = make([][]*sheet, len(d.views))
	d.anchors, d.reached = make([]int, len(d.views)), make([]bool, len(d.views))
	for i := range d.views {
		d.next(i)
	}
	d.findAnchors()
	return d
}

// order are the sheets as they stand in the workbook. What a platform reads begins with its own.
func (d *details) order(sum *report.Summary) []*sheet {
	var front, list []*sheet
	if d.form.Summary {
		all, at, figures := d.writeSummary(sum)
		front = []*sheet{d.writeOverview(sum, at, figures), all}
	}
	for _, parts := range d.parts {
		list = append(list, parts...)
	}
	if !d.form.Bare() {
		front = append([]*sheet{d.writeCover(sum)}, front...)
	}
	return append(append(front, list...), d.writeNotes(sum))
}

func (d *details) title() string {
	return d.info.Organ + d.form.Title()
}

// What one sheet can hold: Excel's rows, and fewer bytes than a zip entry without 64-bit sizes (Excel refuses an entry whose
// local header does not announce them). A longer list goes on in a second sheet of the same shape.
const (
	maxRows  = 1048576
	maxBytes = 3 << 30
)

// details receives the rows of a profile's sheets.
type details struct {
	book    *book
	info    *report.LedgerInfo
	form    *report.Profile
	options *report.LedgerOptions
	limit   int
	views   []report.View
	parts   [][]*sheet // of each view
	cells   []cell
	anchors []int  // of each view: the column of the case's row that leads to its first row there; -1: none
	reached []bool // whether that link is made
	at      place  // the row of the case whose rows come now
}

// Row implements report.RowSink.
func (d *details) Row(id report.SheetID, row []report.Cell) error {
	parts := d.parts[id]
	s := parts[len(parts)-1]
	if s.n >= d.limit || s.raw >= maxBytes {
		s = d.next(int(id))
	}
	d.cells = d.cells[:0]
	high := 1
	columns := d.views[id].Columns
	for i := range row {
		col := &columns[i]
		if col.Wrap && row[i].Kind == report.CellText && high < maxLines {
			high = max(high, lines(row[i].Text, col.Width))
		}
		c := cell{Cell: row[i], style: d.book.styles.of(col, &row[i])}
		if col.Key == linkKey && row[i].Kind == report.CellText {
			c.formula = `HYPERLINK("` + strings.ReplaceAll(row[i].Text, `"`, `""`) + `","打开登记")`
			c.Text, c.style = "打开登记", d.book.styles.link
		}
		d.cells = append(d.cells, c)
	}
	d.link(id, s, row)
	s.row(rowHeight(high), d.cells)
	return nil
}

// linkKey is the column with the address of a record.
const linkKey = "link"

// maxLines bounds the height of a row: Excel allows 409 points.
const maxLines = 27

func rowHeight(lines int) float64 { return float64(min(lines, maxLines)*lineHeight + 3) }

// next begins a sheet of a view, with its header.
func (d *details) next(id int) *sheet {
	k := &d.views[id].Sheet
	name := k.Name
	if n := len(d.parts[id]); n > 0 {
		name += strconv.Itoa(n + 1)
	}
	s := d.book.sheet(name)
	s.freezeRows, s.freezeColumns, s.filter, s.repeatRows, s.tab = 1, k.Freeze, true, true, "8FB5B5"
	s.printHeader = d.printHeader(k.Title)
	d.parts[id] = append(d.parts[id], s)
	var header []cell
	high, total := 1, 0.0
	for i, c := range k.Columns {
		style := d.book.styles.header
		if group, _ := k.GroupOf(i); group%2 == 1 { // groups of columns take turns in two greens; 说明 names them
			style = d.book.styles.headerOther
		}
		header = append(header, cell{Cell: report.Text(c.Title), style: style})
		s.widths = append(s.widths, c.Width)
		total += c.Width + 1
		high = max(high, lines(c.Title, c.Width-2)) // the filter's button covers two
	}
	s.stretchedPages = int(math.Ceil(total / charactersPerPage))
	s.row(rowHeight(high)+3, header)
	return s
}

// charactersPerPage is how many half-width characters stand side by side on A4 landscape at a size that can still be read.
const charactersPerPage = 180

func (d *details) printHeader(title string) string {
	h := "&L" + amp(clip(d.info.Organ+" "+title, 60))
	if d.info.Demo {
		h += "&C演示数据"
	}
	return h + "&R数据截至 " + d.asOf()
}

// asOf says as of when the data are: the day that was asked for, else the instant of the newest record.
func (d *details) asOf() string {
	newest := d.info.AsOf.In(registry.Shanghai).Format("2006-01-02 15:04:05")
	switch {
	case d.info.Day.IsZero():
		return newest
	case d.info.AuditSeq == 0:
		return d.info.Day.String() + " 日终（登记册里还没有记录）"
	}
	return d.info.Day.String() + " 日终（最后一条登记 " + newest + "）"
}

func clip(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n]) + "…"
	}
	return s
}

// formula is a query as the workbook asks it: over whole columns, so that the answer moves with what a person changes, and
// over all sheets that a long list was continued on. The answer beside it is what was true when the file was made. Empty where the workbook
// does not have those rows.
func (d *details) formula(q report.Query) string {
	id := d.whole(q.Sheet)
	if id < 0 {
		return ""
	}
	out := ""
	for _, s := range d.parts[id] {
		if out != "" {
			out += "+"
		}
		out += partFormula(&d.views[id].Sheet, s.name, q)
	}
	return out
}

// whole is the view that has all rows and columns of a base; -1 where the profile has none, and nothing can be asked of it.
func (d *details) whole(base report.SheetID) int {
	return slices.IndexFunc(d.views, func(v report.View) bool { return v.Whole && v.Base == base })
}

func partFormula(k *report.Sheet, name string, q report.Query) string {
	for i, c := range q.Where {
		if c.Op == report.Not { // all of them less those that are: "<>" would also be met by headers and empty rows
			without, with := q, q
			without.Where[i], with.Where[i].Op = report.Cond{}, report.Is
			return partFormula(k, name, without) + "-" + partFormula(k, name, with)
		}
	}
	ref := func(i int) string { return fmt.Sprintf("'%s'!$%s:$%s", name, letters(i), letters(i)) }
	criteria := ""
	for _, c := range q.Where {
		if c.Op != report.Always {
			criteria += "," + ref(k.Index(c.Column)) + "," + criterion(c)
		}
	}
	// The first column of every detail sheet is the number of the case: > 0 leaves the header and the empty rows out.
	switch {
	case q.Agg == report.AskSum && criteria == "":
		return fmt.Sprintf("SUM(%s)", ref(k.Index(q.Column)))
	case q.Agg == report.AskSum:
		return fmt.Sprintf(`SUMIFS(%s,%s,">0"%s)`, ref(k.Index(q.Column)), ref(0), criteria)
	case criteria == "":
		return fmt.Sprintf("COUNT(%s)", ref(0))
	}
	return fmt.Sprintf(`COUNTIFS(%s,">0"%s)`, ref(0), criteria)
}

// criterion writes a condition. A value that begins with a digit gets a * behind it: COUNTIFS would take "2024-10" for a date
// and find no text.
func criterion(c report.Cond) string {
	value := ""
	for _, r := range c.Value {
		switch r {
		case '"':
			value += `""`
		case '*', '?', '~':
			value += "~" + string(r)
		default:
			value += string(r)
		}
	}
	switch {
	case c.Op == report.IsUnknown:
		return `"未*"`
	case c.Value != "" && c.Value[0] >= '0' && c.Value[0] <= '9':
		return `"` + value + `*"`
	}
	return `"` + value + `"`
}

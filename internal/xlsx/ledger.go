package xlsx

import (
	"fmt"
	"io"
	"math"
	"strconv"

	"casebook/internal/registry"
	"casebook/internal/report"
)

// WriteLedger writes the ledger workbook: 汇总, the detail sheets, 说明. It reads Cases once, with memory that does not grow
// with their number, and writes nothing to w before all have been read: after an error from Cases w is untouched. The
// summary returned is the one written: its totals belong into the audit record of the export. Same input, same bytes.
func WriteLedger(w io.Writer, l report.Ledger) (*report.Summary, error) {
	b, err := newBook(l.TempDir)
	if err != nil {
		return nil, err
	}
	defer b.close()
	d := &details{book: b, info: &l.Info, limit: maxRows}
	for id := range report.SheetCount {
		d.next(id)
	}
	sum, err := report.Walk(l.Cases, l.Options, d)
	if err != nil {
		return nil, err
	}
	order := []*sheet{d.writeSummary(sum)}
	for id := range report.SheetCount {
		order = append(order, d.parts[id]...)
	}
	if err := b.write(w, append(order, d.writeNotes(sum, l.Options)), title(&l.Info), l.Info.AsOf.In(registry.Shanghai)); err != nil {
		return nil, err
	}
	return sum, nil
}

func title(info *report.LedgerInfo) string {
	return info.Organ + "行政处罚案件台账"
}

// What one sheet can hold: Excel's rows, and fewer bytes than a zip entry without 64-bit sizes (Excel refuses an entry whose
// local header does not announce them). A longer list goes on in a second sheet of the same shape.
const (
	maxRows  = 1048576
	maxBytes = 3 << 30
)

// details receives the rows of the detail sheets.
type details struct {
	book  *book
	info  *report.LedgerInfo
	limit int
	parts [report.SheetCount][]*sheet
	cells []cell
}

// Row implements report.RowSink.
func (d *details) Row(id report.SheetID, row []report.Cell) error {
	parts := d.parts[id]
	s := parts[len(parts)-1]
	if s.n >= d.limit || s.raw >= maxBytes {
		s = d.next(id)
	}
	d.cells = d.cells[:0]
	high := 1
	columns := report.Sheets[id].Columns
	for i := range row {
		col := &columns[i]
		if col.Wrap && row[i].Kind == report.CellText && high < maxLines {
			high = max(high, lines(row[i].Text, col.Width))
		}
		d.cells = append(d.cells, cell{Cell: row[i], style: d.book.styles.of(col, &row[i])})
	}
	s.row(rowHeight(high), d.cells)
	return nil
}

// maxLines bounds the height of a row: Excel allows 409 points.
const maxLines = 27

func rowHeight(lines int) float64 { return float64(min(lines, maxLines)*lineHeight + 3) }

// next begins a sheet of a kind, with its header.
func (d *details) next(id report.SheetID) *sheet {
	k := &report.Sheets[id]
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

func (d *details) asOf() string {
	return d.info.AsOf.In(registry.Shanghai).Format("2006-01-02 15:04:05")
}

func clip(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n]) + "…"
	}
	return s
}

// formula is a query as the workbook asks it: over whole columns, so that the answer moves with what a person changes, and
// over all sheets that a long list was continued on. The answer beside it is what was true when the file was made.
func (d *details) formula(q report.Query) string {
	out := ""
	for _, s := range d.parts[q.Sheet] {
		if out != "" {
			out += "+"
		}
		out += partFormula(&report.Sheets[q.Sheet], s.name, q)
	}
	return out
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

package xlsx

import (
	"fmt"
	"io"
	"math"
	"strconv"

	"casebook/internal/registry"
	"casebook/internal/report"
)

// WriteListing writes a listing as a workbook: its sheets, and 说明 with what is said about it, how many rows there are and what each column means. Rows are read once,
// with memory that does not grow with their number; a list longer than a sheet goes on in a second one. Nothing is written to w before all have been read: after an
// error from the rows w is untouched. Same input, same bytes. It returns the rows of each sheet.
func WriteListing(w io.Writer, l report.Listing, tempDir string) (rows []int, err error) {
	b, err := newBook(tempDir)
	if err != nil {
		return nil, err
	}
	defer b.close()
	p := &listing{book: b, info: &l, limit: maxRows}
	var order []*sheet
	for i := range l.Sheets {
		parts, n, err := p.rows(&l.Sheets[i])
		if err != nil {
			return nil, err
		}
		order, rows = append(order, parts...), append(rows, n)
	}
	if l.Claim != nil {
		c := *l.Claim
		c.Rows = nil
		for i, n := range rows {
			c.Rows = append(c.Rows, registry.RowCount{Sheet: l.Sheets[i].Name, Rows: n})
		}
		if b.claim, err = c.Text(); err != nil {
			return nil, err
		}
	}
	return rows, b.write(w, append(order, p.notes(rows)), l.Title, l.AsOf.In(registry.Shanghai))
}

type listing struct {
	book  *book
	info  *report.Listing
	limit int
}

// rows writes one sheet of the listing, and those it goes on in.
func (p *listing) rows(k *report.ListSheet) (parts []*sheet, n int, err error) {
	s := p.begin(k, k.Name)
	parts = append(parts, s)
	var cells []cell
	for row, err := range k.Rows {
		if err != nil {
			return nil, 0, err
		}
		if s.n >= p.limit || s.raw >= maxBytes {
			s = p.begin(k, k.Name+strconv.Itoa(len(parts)+1))
			parts = append(parts, s)
		}
		cells = cells[:0]
		high := 1
		for i := range row {
			col := &k.Columns[i]
			if col.Wrap && row[i].Kind == report.CellText && high < maxLines {
				high = max(high, lines(row[i].Text, col.Width))
			}
			cells = append(cells, cell{Cell: row[i], style: p.book.styles.of(col, &row[i])})
		}
		s.row(rowHeight(high), cells)
		n++
	}
	return parts, n, nil
}

// begin begins a sheet with its header.
func (p *listing) begin(k *report.ListSheet, name string) *sheet {
	s := p.book.sheet(name)
	s.freezeRows, s.freezeColumns, s.filter, s.repeatRows, s.tab, s.printHeader = 1, k.Freeze, true, true, "8FB5B5", p.printHeader(k.Title)
	titles := make([]string, len(k.Columns))
	high, total := 1, 0.0
	for i, c := range k.Columns {
		titles[i] = c.Title
		s.widths = append(s.widths, c.Width)
		total += c.Width + 1
		high = max(high, lines(c.Title, c.Width-2)) // the filter's button covers two
	}
	s.stretchedPages = int(math.Ceil(total / charactersPerPage))
	s.row(rowHeight(high)+3, p.book.styles.heads(titles...))
	return s
}

func (p *listing) printHeader(title string) string {
	h := "&L" + amp(clip(title, 60))
	if p.info.Demo {
		h += "&C演示数据"
	}
	return h + "&R" + p.asOf()
}

func (p *listing) asOf() string {
	return p.info.AsOf.In(registry.Shanghai).Format("2006-01-02 15:04:05")
}

// notes writes 说明.
func (p *listing) notes(rows []int) *sheet {
	s, st := p.book.sheet(notesName), p.book.styles
	s.widths, s.printHeader, s.tab = notesWidths, p.printHeader("说明"), "8FB5B5"
	section := func(text string) {
		s.row(10, nil)
		s.row(22, []cell{{Cell: report.Text(text), style: st.section}})
	}
	pair := func(label, text string) {
		s.row(rowHeight(lines(text, notesWidths[1]+notesWidths[2])), []cell{{Cell: report.Text(label), style: st.label}, {Cell: report.Text(text), style: st.wrapStyle(text)}, {style: st.wrap}})
		s.merges = append(s.merges, [2]string{s.ref(1, s.n), s.ref(2, s.n)})
	}
	s.row(30, []cell{{Cell: report.Text(p.info.Title), style: st.title}})
	s.row(10, nil)
	pair("时间", p.asOf()+"（北京时间）")
	for _, n := range p.info.Notes {
		pair(n[0], n[1])
	}
	if p.info.Demo {
		pair("演示数据", "本工作簿来自演示登记库，不是真实办案数据。")
	}
	if p.book.cut > 0 {
		pair("截断", fmt.Sprintf("有 %d 个单元格的文本超出 Excel 单元格上限（32,767 字），已在末尾注明截断；全文见登记库。", p.book.cut))
	}
	section("行数")
	s.row(rowHeight(1)+3, st.heads("工作表", "行数（不含表头）", "一行是什么"))
	for i := range p.info.Sheets {
		k := &p.info.Sheets[i]
		s.row(rowHeight(1), []cell{{Cell: report.Text(k.Name), style: st.label}, {Cell: report.Integer(rows[i]), style: st.integer}, {Cell: report.Text(k.About), style: st.wrap}})
	}
	section("各列含义")
	s.row(rowHeight(1)+3, st.heads("工作表", "列", "含义"))
	for i := range p.info.Sheets {
		k := &p.info.Sheets[i]
		for _, c := range k.Columns {
			text := kindWords[c.Kind]
			if c.Meaning != "" {
				text = c.Meaning + "（" + text + "）"
			}
			s.row(rowHeight(lines(text, notesWidths[2])), []cell{{Cell: report.Text(k.Name), style: st.text}, {Cell: report.Text(c.Title), style: st.wrap}, {Cell: report.Text(text), style: st.wrap}})
		}
	}
	return s
}

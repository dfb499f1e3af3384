package docx

import (
	"fmt"
	"io"
	"strings"

	"casebook/internal/report"
)

// WriteBrief writes a week or a month as a .docx file of one page. Errors are those of w.
func WriteBrief(w io.Writer, b report.Brief) error {
	var d strings.Builder
	d.WriteString("<w:document" + wordNS + "><w:body>")
	d.WriteString(para{style: "Title", align: "center", look: look{font: biaoSong, size: 36, line: 560}}.xml(b.Title))
	text := look{font: song, size: 19, line: 290}
	for _, line := range b.Lines {
		d.WriteString(para{align: "center", look: text}.xml(line))
	}
	space := para{look: look{font: song, size: 10, line: 120}}.xml(" ")
	for _, t := range []*report.SheetTable{&b.Headline, plotTable(b.Plots), &b.Fives} {
		d.WriteString(space + table(t))
	}
	d.WriteString(para{look: text, before: 120, keep: true}.xml(b.DueWords))
	if len(b.Due.Rows) > 0 {
		d.WriteString(table(&b.Due))
	}
	for _, note := range b.Notes {
		d.WriteString(para{look: look{font: song, size: 17, line: 250, color: "5F6E6B"}, before: 60}.xml(note))
	}
	d.WriteString("<w:sectPr>" + refs + a4 + newsPage + "</w:sectPr></w:body></w:document>")
	return writeParts(w, report.Bulletin{Title: b.Title, Issuer: b.Organ, Marks: b.Marks, Created: b.Created}, d.String(), &media{})
}

// barLength is how many blocks the longest bar of a plot has.
const barLength = 16

// plotTable is two plots as a table: what a word processor shows alike everywhere.
func plotTable(plots [2]report.Plot) *report.SheetTable {
	t := &report.SheetTable{Columns: []report.SheetColumn{{Head: "月份", Width: 56}}}
	var most [2]int64
	for i, p := range plots {
		t.Columns = append(t.Columns, report.SheetColumn{Head: p.Title, Width: 180}, report.SheetColumn{Head: "", Width: 46, Right: true})
		for _, v := range p.Series[0].Values {
			most[i] = max(most[i], v)
		}
	}
	for n, month := range plots[0].Labels {
		row := []string{month}
		for i, p := range plots {
			v := p.Series[0].Values[n]
			bar := ""
			if v > 0 {
				bar = strings.Repeat("█", max(1, int(v*barLength/most[i])))
			}
			words := fmt.Sprint(v)
			if p.Money {
				words = report.Wan(v)
			}
			row = append(row, bar, words)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// table is a table as wide as the page, its head repeated.
func table(t *report.SheetTable) string {
	const wide = 9866 // A4 less the margins of newsPage, in twips
	total := 0.0
	for _, c := range t.Columns {
		total += c.Width
	}
	var b strings.Builder
	b.WriteString(`<w:tbl><w:tblPr><w:tblW w:w="` + fmt.Sprint(wide) + `" w:type="dxa"/><w:tblBorders><w:top w:val="single" w:sz="8" w:space="0" w:color="0D5F58"/>` +
		`<w:bottom w:val="single" w:sz="4" w:space="0" w:color="A9CFC8"/><w:insideH w:val="single" w:sz="4" w:space="0" w:color="D9E1DF"/></w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>`)
	widths := make([]int, len(t.Columns))
	for i, c := range t.Columns {
		widths[i] = int(c.Width / total * wide)
		fmt.Fprintf(&b, `<w:gridCol w:w="%d"/>`, widths[i])
	}
	b.WriteString("</w:tblGrid>")
	row := func(cells []string, head bool) {
		b.WriteString("<w:tr>")
		if head {
			b.WriteString("<w:trPr><w:tblHeader/></w:trPr>")
		}
		for i, text := range cells {
			p := para{look: look{font: song, size: 18, line: 250, bold: head}}
			if t.Columns[i].Right {
				p.align = "right"
			}
			if strings.HasPrefix(text, "█") {
				p.look.color, p.look.size = "0D5F58", 12
			}
			fmt.Fprintf(&b, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/></w:tcPr>%s</w:tc>`, widths[i], p.xml(text))
		}
		b.WriteString("</w:tr>")
	}
	heads := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		heads[i] = c.Head
	}
	row(heads, true)
	for _, r := range t.Rows {
		row(r, false)
	}
	b.WriteString("</w:tbl>")
	return b.String()
}

package docx

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"casebook/internal/paper"
	"casebook/internal/report"
)

// Looks of a paper of the case file that is no 公文: 小四 for text, 五号 in forms. A 公文 has those of its design.
var (
	recordText = look{font: song, size: 24, line: 420}
	noticeText = look{font: fangSong, size: 32, line: 579, grid: true}
	formText   = look{font: song, size: 21, line: 320}
	signText   = look{font: song, size: 22, line: 520}
)

const (
	recordPage   = `<w:pgMar w:top="1474" w:right="1304" w:bottom="1700" w:left="1417" w:header="850" w:footer="620" w:gutter="0"/>`
	recordWide   = 9185 // A4 less its margins, in twips
	officialWide = 8844
)

// WritePaper writes a paper of the case file as a .docx file. Errors are those of w.
func WritePaper(w io.Writer, p paper.Paper) error {
	pictures := &media{}
	for _, b := range p.Blocks {
		if b.Picture != nil && len(b.Picture.JPEG) > 0 && pictures.place(b.Picture.SHA256) < 0 {
			pictures.list = append(pictures.list, *b.Picture)
		}
	}
	d := &form{manuscript: manuscript{media: pictures}, official: p.Official, text: recordText, wide: recordWide}
	page := recordPage
	if p.Official {
		d.text, d.wide, page = noticeText, officialWide, officialPage+officialGrid
	}
	d.WriteString("<w:document" + wordNS + pictureNS + "><w:body>")
	d.title(p)
	for i, b := range p.Blocks {
		d.tied = i+1 < len(p.Blocks) && p.Blocks[i+1].Close != nil // 署名 never begins a page
		d.block(b)
	}
	d.WriteString("<w:sectPr>" + refs + a4 + page + "</w:sectPr></w:body></w:document>")
	b := report.Bulletin{Title: strings.TrimSpace(p.Title + " " + p.Number), Issuer: p.Organ, Marks: p.Marks, Created: p.Created}
	if p.Official {
		b.Design = official
	}
	foot := signedFooter(p.Feet)
	return writeFile(w, b, d.String(), pictures, [2]string{foot, foot})
}

// form is the body of such a paper.
type form struct {
	manuscript
	official bool
	text     look
	wide     int
	fresh    bool // the next paragraph begins a page
	tied     bool // this one stays with the next
}

func (d *form) title(p paper.Paper) {
	organ, title := look{font: biaoSong, size: 30, line: 560}, look{font: biaoSong, size: 40, line: 640}
	number := para{align: "right", look: recordText}
	if d.official {
		organ.size, organ.line, title.size = 44, 700, 44
		number = para{align: "center", before: 200, look: d.text}
	}
	d.put(para{align: "center", keep: true, look: organ}, p.Organ)
	d.put(para{style: "Title", align: "center", keep: true, look: title}, p.Title)
	if p.Number != "" {
		d.put(number, p.Number)
	}
	d.put(para{look: look{font: song, size: 12, line: 160}}, "")
}

// put writes a paragraph.
func (d *form) put(p para, text string) {
	p.fresh, p.keep, d.fresh = p.fresh || d.fresh, p.keep || d.tied, false
	d.WriteString(p.xml(text))
}

func (d *form) block(b paper.Block) {
	d.fresh = d.fresh || b.Fresh
	switch {
	case b.Heading != "" && d.official:
		d.put(para{style: "Heading1", indent: 200, keep: true, look: look{font: hei, size: 32, grid: true}}, b.Heading)
	case b.Heading != "":
		d.put(para{style: "Heading1", keep: true, before: 100, look: look{font: hei, size: 24, line: 420}}, b.Heading)
	case b.Text != "":
		d.put(para{indent: 200, align: "both", look: d.text}, b.Text)
	case b.Plain != "":
		d.put(para{align: "left", look: d.text}, b.Plain)
	case b.Note != "":
		d.put(para{before: 160, keep: true, look: formText}, b.Note)
	case b.Form != nil:
		d.rows(b.Form, false)
	case b.Table != nil:
		d.table(b.Table)
	case b.Path != nil:
		d.put(para{indent: 200, align: "both", look: d.text}, report.DrawPath(*b.Path, report.PathPaper).Words)
	case b.Picture != nil:
		d.picture(*b.Picture, noticeWide, pictureHigh, "")
	case b.Signs != nil:
		for _, s := range b.Signs {
			d.put(para{align: "left", look: signText}, s)
		}
	case b.Close != nil:
		for i, s := range b.Close {
			p := para{align: "right", right: 400, keep: i < len(b.Close)-1, look: d.text}
			if i == 0 {
				p.before = 1160 // where the seal goes
			}
			d.put(p, s)
		}
	case b.Gap:
		d.put(para{look: formText}, "")
	case b.End:
		d.put(para{align: "center", look: d.text}, paper.EndMark)
	}
}

func (d *form) table(t *report.SheetTable) {
	rows := make([]paper.Row, 0, len(t.Rows)+1)
	add := func(cells func(i int) string, head bool) {
		r := make(paper.Row, len(t.Columns))
		for i, c := range t.Columns {
			r[i] = paper.Cell{Text: cells(i), Width: int(c.Width), Label: head}
		}
		rows = append(rows, r)
	}
	add(func(i int) string { return t.Columns[i].Head }, true)
	for _, cells := range t.Rows {
		add(func(i int) string { return cells[i] }, false)
	}
	d.rows(rows, true)
}

// rows writes a ruled form. Lines of the same columns are one table, others one of their own: word processors draw tables that meet as one.
func (d *form) rows(list []paper.Row, headed bool) {
	var widths []int
	for n, r := range list {
		if next := d.widths(r); !slices.Equal(next, widths) {
			if widths != nil {
				d.WriteString("</w:tbl>")
			}
			widths = next
			d.openTable(widths)
		}
		d.row(r, widths, headed && n == 0)
	}
	d.WriteString("</w:tbl>")
	d.put(para{look: look{font: song, size: 8, line: 100}}, "")
}

func (d *form) widths(r paper.Row) []int {
	total, list := 0, make([]int, len(r))
	for _, c := range r {
		total += c.Width
	}
	for i, c := range r {
		list[i] = d.wide * c.Width / total
	}
	return list
}

func (d *form) openTable(widths []int) {
	fmt.Fprintf(d, `<w:tbl><w:tblPr><w:tblW w:w="%d" w:type="dxa"/><w:tblBorders>`, d.wide)
	for _, side := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
		fmt.Fprintf(d, `<w:%s w:val="single" w:sz="4" w:space="0" w:color="000000"/>`, side)
	}
	d.WriteString(`</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>`)
	for _, w := range widths {
		fmt.Fprintf(d, `<w:gridCol w:w="%d"/>`, w)
	}
	d.WriteString("</w:tblGrid>")
}

func (d *form) row(r paper.Row, widths []int, head bool) {
	least := 420
	for _, c := range r {
		least = max(least, c.Lines*formText.line+100)
	}
	fmt.Fprintf(d, `<w:tr><w:trPr><w:trHeight w:val="%d" w:hRule="atLeast"/>`, least)
	if head {
		d.WriteString("<w:tblHeader/>")
	}
	d.WriteString("</w:trPr>")
	for i, c := range r {
		p := para{look: formText}
		if c.Label {
			p.align = "center"
		}
		fmt.Fprintf(d, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/>`, widths[i])
		if c.Label || c.Lines == 0 && c.Sign == "" {
			d.WriteString(`<w:vAlign w:val="center"/>`)
		}
		d.WriteString("</w:tcPr>")
		for line := range strings.SplitSeq(c.Text, "\n") {
			d.WriteString(p.xml(line))
		}
		if c.Sign != "" {
			d.WriteString(para{align: "right", before: 200, look: formText}.xml(c.Sign))
		}
		d.WriteString("</w:tc>")
	}
	d.WriteString("</w:tr>")
}

// signedFooter prints what is signed on every page, and “第 1 页　共 4 页”.
func signedFooter(feet []string) string {
	l := look{font: song, size: 20, line: 340}
	field := func(name string) string {
		mark := func(kind string) string {
			return "<w:r><w:rPr>" + l.run() + `</w:rPr><w:fldChar w:fldCharType="` + kind + `"/></w:r>`
		}
		return mark("begin") + "<w:r><w:rPr>" + l.run() + `</w:rPr><w:instrText xml:space="preserve"> ` + name + ` </w:instrText></w:r>` + mark("end")
	}
	var b strings.Builder
	b.WriteString("<w:ftr" + wordNS + ">")
	for _, s := range feet {
		b.WriteString(para{look: l}.xml(s))
	}
	b.WriteString(para{align: "center", look: l}.open() + l.text("第 ") + field("PAGE") + l.text(" 页　共 ") + field("NUMPAGES") + l.text(" 页") + "</w:p></w:ftr>")
	return b.String()
}

package docx

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"casebook/internal/registry"
	"casebook/internal/report"
)

// The designs that are not the first of registry.BulletinDesigns.
const (
	official  = "公文"
	newspaper = "报纸"
)

// look is type: a face, its size in half points, its colour (empty: black), the line in twips (0: the style's).
type look struct {
	font  string
	size  int
	line  int
	color string
	bold  bool
	grid  bool // 3号 drawn together to 28 a line
}

func (l look) run() string {
	s := ""
	if l.font != "" {
		s += fmt.Sprintf(`<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="%s" w:cs="Times New Roman"/>`, l.font)
	}
	if l.bold {
		s += "<w:b/>"
	}
	if l.color != "" {
		s += `<w:color w:val="` + l.color + `"/>`
	}
	if l.grid {
		s += `<w:spacing w:val="-5"/>`
	}
	if l.size > 0 {
		s += fmt.Sprintf(`<w:sz w:val="%d"/><w:szCs w:val="%d"/>`, l.size, l.size)
	}
	return s
}

func (l look) spacing() string {
	if l.line == 0 {
		return ""
	}
	return fmt.Sprintf(`<w:spacing w:before="0" w:after="0" w:line="%d" w:lineRule="exact"/>`, l.line)
}

func (l look) text(s string) string {
	if s == "" {
		return ""
	}
	return "<w:r><w:rPr>" + l.run() + `</w:rPr><w:t xml:space="preserve">` + escape(s) + "</w:t></w:r>"
}

// para is how a paragraph stands. Elements are written in the order that the schema of pPr asks for.
type para struct {
	style  string
	look   look
	align  string // left, center, right, both
	indent int    // of the first line, in hundredths of a character
	right  int    // in hundredths of a character
	box    bool   // on the grey ground of quoted law
	keep   bool   // with the next one
	solid  bool   // its lines on one page
	fresh  bool   // on a new page
	border string // XML inside pBdr
	tab    int    // a right tab, in twips
	before int    // white above, in twips
	sect   string // ends a section
}

func (p para) open() string {
	var b strings.Builder
	b.WriteString("<w:p><w:pPr>")
	if p.style != "" {
		b.WriteString(`<w:pStyle w:val="` + p.style + `"/>`)
	}
	if p.keep {
		b.WriteString("<w:keepNext/>")
	}
	if p.solid {
		b.WriteString("<w:keepLines/>")
	}
	if p.fresh {
		b.WriteString("<w:pageBreakBefore/>")
	}
	border := p.border
	if p.box {
		border = `<w:left w:val="single" w:sz="12" w:space="6" w:color="0B5D5E"/>`
	}
	if border != "" {
		b.WriteString("<w:pBdr>" + border + "</w:pBdr>")
	}
	if p.box {
		b.WriteString(`<w:shd w:val="clear" w:color="auto" w:fill="F1F3F2"/>`)
	}
	if p.tab > 0 {
		fmt.Fprintf(&b, `<w:tabs><w:tab w:val="right" w:pos="%d"/></w:tabs>`, p.tab)
	}
	if p.look.line > 0 || p.before > 0 {
		fmt.Fprintf(&b, `<w:spacing w:before="%d" w:after="0"`, p.before)
		if p.look.line > 0 {
			fmt.Fprintf(&b, ` w:line="%d" w:lineRule="exact"`, p.look.line)
		}
		b.WriteString("/>")
	}
	if p.indent > 0 || p.right > 0 || p.box {
		b.WriteString("<w:ind")
		if p.box {
			b.WriteString(` w:left="200"`)
		}
		if p.right > 0 {
			fmt.Fprintf(&b, ` w:rightChars="%d" w:right="%d"`, p.right, p.right*32/10)
		}
		if p.indent > 0 {
			fmt.Fprintf(&b, ` w:firstLineChars="%d" w:firstLine="%d"`, p.indent, p.indent*max(p.look.size, 20)/10)
		}
		b.WriteString("/>")
	}
	if p.align != "" {
		b.WriteString(`<w:jc w:val="` + p.align + `"/>`)
	}
	b.WriteString(p.sect + "</w:pPr>")
	return b.String()
}

// xml is the paragraph with one run.
func (p para) xml(s string) string { return p.open() + p.look.text(s) + "</w:p>" }

const (
	refs = `<w:headerReference w:type="default" r:id="rId4"/><w:headerReference w:type="even" r:id="rId4"/>` +
		`<w:footerReference w:type="default" r:id="rId5"/><w:footerReference w:type="even" r:id="rId6"/>`
	a4 = `<w:pgSz w:w="11906" w:h="16838"/>`
	// 天头 37 mm, 订口 28 mm, type area 156 × 225 mm; 22 lines of 28 characters.
	officialPage = `<w:pgMar w:top="2098" w:right="1474" w:bottom="1985" w:left="1588" w:header="1020" w:footer="1300" w:gutter="0"/>`
	newsPage     = `<w:pgMar w:top="1361" w:right="1020" w:bottom="1361" w:left="1020" w:header="700" w:footer="700" w:gutter="0"/>`
	officialGrid = `<w:docGrid w:type="lines" w:linePitch="579"/>`
)

// document is word/document.xml.
func document(b report.Bulletin, pictures *media) string {
	d := &manuscript{media: pictures}
	d.WriteString("<w:document" + wordNS + pictureNS + "><w:body>")
	switch b.Design {
	case official:
		officialBody(d, b)
		d.WriteString("<w:sectPr>" + refs + a4 + officialPage + officialGrid + "</w:sectPr>")
	case newspaper:
		newsBody(d, b)
		d.WriteString(`<w:sectPr><w:type w:val="continuous"/>` + a4 + newsPage + `<w:cols w:num="2" w:sep="1" w:space="454"/></w:sectPr>`)
	default:
		noticeBody(d, b)
		d.WriteString("<w:sectPr>" + refs + a4 + officialPage + "</w:sectPr>")
	}
	d.WriteString("</w:body></w:document>")
	return d.String()
}

func byline(b report.Bulletin) string {
	var parts []string
	for _, s := range []string{b.Issuer, b.Byline, b.Dated} {
		if s = oneLine(s); s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, "\u3000\u3000")
}

func noticeBody(d *manuscript, b report.Bulletin) {
	for _, t := range lines(b.Title) {
		d.WriteString(para{style: "Title", align: "center", look: look{font: hei, size: 44, line: 680}}.xml(t))
	}
	if by := byline(b); by != "" {
		rule := `<w:bottom w:val="single" w:sz="8" w:space="4" w:color="0B5D5E"/>`
		d.WriteString(para{align: "center", border: rule, look: look{font: song, size: 24, color: "595959"}}.xml(by))
	}
	text := look{font: song, size: 31}
	body := func(s string) { d.WriteString(para{indent: 200, align: "both", look: text}.xml(s)) }
	for _, p := range lines(b.Lead) {
		body(p)
	}
	d.pictures(b.Pictures, noticeWide)
	for _, c := range b.Cases {
		caseBody(d, &c, b.Parts(&c), text, para{style: "Heading1", before: 300, look: look{font: hei, size: 31}}, look{font: hei, size: 28}, look{font: song, size: 26, line: 440}, noticeWide)
	}
	notes(d, b.Notes, look{font: song, size: 21, line: 340, color: "595959"})
}

// caseBody is a case in 通报 and 报纸: heading, sections with their names run in, the box.
func caseBody(d *manuscript, c *report.BulletinCase, parts []report.BulletinPart, text look, heading para, name, boxed look, wide float64) {
	d.WriteString(heading.xml(strings.Trim(oneLine(c.Label)+"\u3000"+oneLine(c.Title), "\u3000")))
	for _, s := range parts {
		if s.Part == registry.PartLaw {
			box(d, s.Heading, c.Quotes, boxed)
			d.pictures(s.Pictures, wide)
			continue
		}
		for i, p := range lines(s.Paragraphs...) {
			d.WriteString(para{indent: 200, align: "both", look: text}.open())
			if i == 0 {
				d.WriteString(name.text(s.Heading + "\u3000"))
			}
			d.WriteString(text.text(p) + "</w:p>")
		}
		if s.Part == registry.PartFacts {
			if words := pathWords(*c); words != "" {
				d.WriteString(para{indent: 200, align: "both", look: text}.xml(words))
			}
		}
		d.pictures(s.Pictures, wide)
	}
}

// box is the quoted law under its heading, which stays on the page of the text before it. Each provision stays in one piece, and with the next
// where the box is short; one longer than a page is divided by Word.
func box(d *manuscript, heading string, quotes []report.StatuteQuote, boxed look) {
	bold, small := boxed, look{font: song, size: 18, line: boxed.line, color: "595959"}
	bold.font, bold.color = hei, "0B5D5E"
	const short = 150 // characters
	length := 0
	for _, q := range quotes {
		length += utf8.RuneCountInString(q.Text)
	}
	d.keepLast()
	d.WriteString(para{box: true, keep: true, look: bold, before: 160}.xml(heading))
	bold.color = ""
	for i, q := range quotes {
		d.WriteString(para{box: true, keep: true, look: bold}.xml(q.Name()))
		for _, p := range lines(q.Text) {
			d.WriteString(para{box: true, keep: true, solid: true, indent: 200, align: "both", look: boxed}.xml(p))
		}
		d.WriteString(para{box: true, keep: length <= short && i < len(quotes)-1, look: small}.xml(q.Mark()))
	}
}

// notes end the paper, and stand with the end of what they follow: a page of notes alone looks like a sheet left over.
func notes(d *manuscript, list []string, l look) {
	for _, n := range list {
		if n = oneLine(n); n != "" {
			d.keepLast()
			d.WriteString(para{solid: true, look: l, before: 120}.xml("注\u3000" + n))
		}
	}
}

func newsBody(d *manuscript, b report.Bulletin) {
	for _, t := range lines(b.Title) {
		d.WriteString(para{style: "Title", align: "center", look: look{font: hei, size: 52, line: 760}}.xml(t))
	}
	rule := `<w:bottom w:val="thinThickSmallGap" w:sz="18" w:space="4" w:color="0B5D5E"/>`
	d.WriteString(para{align: "center", border: rule, look: look{font: song, size: 21, color: "595959"}}.xml(byline(b)))
	for _, p := range b.Pictures {
		if p.Wide {
			d.pictures([]report.Picture{p}, newsWide)
		}
	}
	// The masthead is a section of one column; its properties stand in its last paragraph.
	d.WriteString(para{sect: "<w:sectPr>" + refs + `<w:type w:val="continuous"/>` + a4 + newsPage + "</w:sectPr>"}.xml(""))
	text := look{font: song, size: 21}
	for _, p := range lines(b.Lead) {
		d.WriteString(para{indent: 200, align: "both", look: text}.xml(p))
	}
	for _, p := range b.Pictures {
		if !p.Wide {
			d.pictures([]report.Picture{p}, columnWide)
		}
	}
	for _, c := range b.Cases {
		caseBody(d, &c, b.Parts(&c), text, para{style: "Heading1", align: "center", before: 200, look: look{font: hei, size: 28, line: 420}}, look{font: hei, size: 21}, look{font: song, size: 19, line: 300}, columnWide)
	}
	notes(d, b.Notes, look{font: song, size: 17, line: 260, color: "595959"})
}

func officialBody(d *manuscript, b report.Bulletin) {
	text := look{font: fangSong, size: 32, grid: true}
	body := func(s string) { d.WriteString(para{indent: 200, align: "both", look: text}.xml(s)) }
	if name := oneLine(b.Issuer); name != "" {
		size := min(104, 860/(len([]rune(name))+2)) // half points: the type area is 442 points wide
		d.WriteString(para{align: "center", before: 1160, look: look{font: biaoSong, size: size, line: 1160, color: "D01010"}}.xml(name + "文件"))
		rule := `<w:bottom w:val="single" w:sz="12" w:space="8" w:color="D01010"/>`
		d.WriteString(para{align: "center", before: 1160, border: rule, look: text}.xml(oneLine(b.Number)))
	}
	for i, t := range lines(b.Title) {
		p := para{style: "Title", align: "center", look: look{font: biaoSong, size: 44, line: 640}}
		if i == 0 {
			p.before = 1160
		}
		d.WriteString(p.xml(t))
	}
	if to := strings.TrimRight(oneLine(b.AddressedTo), "：: "); to != "" {
		d.WriteString(para{look: text, before: 579}.xml(to + "："))
	}
	for _, p := range lines(b.Lead) {
		body(p)
	}
	for i, c := range b.Cases {
		d.WriteString(para{style: "Heading1", indent: 200, look: look{font: hei, size: 32, grid: true}}.xml(registry.ChineseNumeral(i+1) + "、" + oneLine(c.Title)))
		n := 0
		head := func(name string) {
			n++
			d.WriteString(para{style: "Heading2", indent: 200, look: look{font: kai, size: 32, grid: true}}.xml("（" + registry.ChineseNumeral(n) + "）" + name))
		}
		for _, s := range b.Parts(&c) {
			head(s.Heading)
			texts := lines(s.Paragraphs...)
			switch s.Part {
			case registry.PartLaw:
				officialQuotes(d, c.Quotes, text)
			case registry.PartFacts:
				if words := pathWords(c); words != "" {
					texts = append(texts, words)
				}
			}
			for _, p := range texts {
				body(p)
			}
		}
	}
	date := oneLine(b.Signed)
	if date == "" {
		date = oneLine(b.Dated)
	}
	if len(b.AllPictures()) > 0 {
		d.WriteString(para{indent: 200, before: 579, look: text}.xml("附件：" + pictureAnnex))
	}
	d.WriteString(para{align: "right", right: 400, before: 1160, keep: true, look: text}.xml(oneLine(b.Issuer)))
	end := b.CopiedTo != "" || b.Signed != "" // 版记 follows
	d.WriteString(para{align: "right", right: 400, keep: end, look: text}.xml(date))
	for _, n := range b.Notes {
		if n = oneLine(n); n != "" {
			d.WriteString(para{indent: 200, keep: end, align: "both", look: text}.xml("（" + n + "）"))
		}
	}
	d.pictureAnnex(b)
	imprint(d, b)
}

// imprint is 版记: 抄送 and 印发 between lines.
func imprint(d *manuscript, b report.Bulletin) {
	l := look{font: fangSong, size: 28}
	to, issuer, date := strings.TrimRight(oneLine(b.CopiedTo), "。. "), oneLine(b.Issuer), oneLine(b.Signed)
	top, last := `<w:top w:val="single" w:sz="8" w:space="1" w:color="000000"/>`, `<w:bottom w:val="single" w:sz="8" w:space="1" w:color="000000"/>`
	if to != "" {
		border := top
		if issuer == "" || date == "" {
			border += last
		}
		d.WriteString(para{before: 1160, keep: true, border: border, look: l}.xml("\u3000抄送：" + to + "。"))
		top = `<w:top w:val="single" w:sz="6" w:space="1" w:color="000000"/>`
	}
	if issuer != "" && date != "" {
		p := para{border: top + last, tab: 8564, look: l}
		if to == "" {
			p.before = 1160
		}
		d.WriteString(p.open() + l.text("\u3000"+issuer) + "<w:r><w:tab/></w:r>" + l.text(date+"印发") + "</w:p>")
	}
}

// pathWords tells the figure of a discharge path in words.
func pathWords(c report.BulletinCase) string {
	if c.Path == nil || len(c.Path.Nodes) == 0 {
		return ""
	}
	return "排污路径：" + report.DrawPath(*c.Path, report.PathPaper).Words
}

// officialQuotes are the provisions quoted, as 1. and 2. where there are several.
func officialQuotes(d *manuscript, quotes []report.StatuteQuote, text look) {
	for k, q := range quotes {
		name := q.Name() + "（" + strings.ReplaceAll(q.Mark(), " · ", "，") + "）"
		if len(quotes) > 1 {
			name = fmt.Sprintf("%d. %s", k+1, name)
		}
		d.WriteString(para{indent: 200, keep: true, align: "both", look: text}.xml(name))
		for _, p := range lines(q.Text) {
			d.WriteString(para{indent: 200, align: "both", look: text}.xml(p))
		}
	}
}

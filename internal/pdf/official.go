package pdf

import (
	"fmt"
	"math"
	"strings"

	"casebook/internal/registry"
	"casebook/internal/report"
)

// An official paper (公文) by GB/T 9704-2012: every line stands on the grid of 22 lines, every Han character on that of 28 a line.
const (
	officialSize = 16.0 // 3号, on squares of CharPitch
	emblemMax    = 52.0 // 发文机关标志 at most; smaller where the name is long
)

// Red is the colour of 发文机关标志 and of the line under it.
var Red = Color{0xD0, 0x10, 0x10}

// official is the design 公文. The figures of discharge paths and pictures, which have no lines to stand on, are its annexes.
func (d *Document) official(b report.Bulletin) {
	d.emblem(b)
	d.officialTitle(b.Title)
	if to := strings.TrimRight(oneLine(b.AddressedTo), "：: "); to != "" {
		rows := d.gridText(0, d.on(roleBody, to+"："))
		rows[0].space = LinePitch
		d.add(tie(rows, true)...)
	}
	for _, p := range paragraphs(b.Lead) {
		d.gridParagraph(roleBody, p)
	}
	figures := false
	for i, c := range b.Cases {
		d.officialCase(i, &c, b.Parts(&c))
		figures = figures || c.Path != nil && len(c.Path.Nodes) > 0
	}
	d.stay()
	var annexes []string
	if figures {
		annexes = append(annexes, pathAnnex)
	}
	if len(b.AllPictures()) > 0 {
		annexes = append(annexes, pictureAnnex)
	}
	d.annexNote(annexes)
	d.signature(b)
	for i, name := range annexes {
		d.annexHead(annexNumber(i, len(annexes)), name)
		if name == pathAnnex {
			d.pathAnnex(b.Cases)
		} else {
			d.pictureAnnex(b)
		}
	}
	d.imprint(b)
}

// What the annexes are called.
const (
	pathAnnex    = "典型案例排污路径示意图"
	pictureAnnex = "典型案例图片"
)

// annexNumber is the number of an annex; none where it is the only one.
func annexNumber(i, of int) string {
	if of < 2 {
		return ""
	}
	return fmt.Sprint(i + 1)
}

// stay keeps the last two lines with what follows: no page is signed that holds nothing of the text.
func (d *Document) stay() {
	for i := max(0, len(d.rows)-2); i < len(d.rows); i++ {
		d.rows[i].keep = true
	}
}

// on is text on the grid.
func (d *Document) on(r role, text string) Run {
	return Run{Text: text, Size: officialSize, role: r, cell: CharPitch}
}

// gridText sets a paragraph on the grid, its first line indented by characters.
func (d *Document) gridText(indent float64, runs ...Run) []row {
	m := d.measure(officialSize, runs...)
	var rows []row
	for i, sp := range breakLines(m, d.area.w-indent*CharPitch, d.area.w) {
		dx := 0.0
		if i == 0 {
			dx = indent * CharPitch
		}
		r := textRow(m, sp, d.area.left+dx, d.area.w-dx, officialSize, LinePitch, Justify)
		r.grid = true
		rows = append(rows, r)
	}
	return rows
}

func (d *Document) gridParagraph(r role, text string) {
	d.add(tie(d.gridText(2, d.on(r, text)), false)...)
}

// emblem prints 发文机关标志, its upper edge 35 mm below that of the type area, 发文字号 two lines below it, and the red line 4 mm below that
// (GB/T 9704-2012 7.2.4 to 7.2.7).
func (d *Document) emblem(b report.Bulletin) {
	name := oneLine(b.Issuer)
	if name == "" {
		return
	}
	name += "文件"
	size := min(emblemMax, d.area.w/float64(len([]rune(name))))
	m := d.measure(size, Run{Text: name, Size: size, Color: Red, role: roleTitle})
	title := setLine(m, span{0, len(m.cells), true}, d.area.left, d.area.w, Center)
	const edge = 35 * mm
	end := edge + size
	var number []piece
	var numberY float64
	if n := oneLine(b.Number); n != "" {
		line := math.Ceil(end/LinePitch) + 2
		numberY = line*LinePitch + baseline(LinePitch, officialSize)
		end = (line + 1) * LinePitch
		m := d.measure(officialSize, d.on(roleBody, n))
		number = setLine(m, span{0, len(m.cells), true}, d.area.left, d.area.w, Center)
	}
	end += 4 * mm
	d.add(row{height: math.Ceil(end/LinePitch) * LinePitch, keep: true, draw: func(c *canvas, y float64) {
		c.pieces(title, y+edge+0.88*size)
		c.pieces(number, y+numberY)
		c.fill(Red, d.area.left, y+end-0.75, d.area.w, 1.5)
	}})
}

// officialTitle prints the title in 2号, two lines below the red line, its lines a trapezoid.
func (d *Document) officialTitle(text string) {
	var rows []row
	for _, part := range paragraphs(text) {
		m := d.measure(TitleSize, Run{Text: part, role: roleTitle})
		for _, sp := range balance(m, d.area.w-2*TitleSize) {
			r := textRow(m, sp, d.area.left, d.area.w, TitleSize, LinePitch, Center)
			r.grid = true
			rows = append(rows, r)
		}
	}
	if len(rows) == 0 {
		return
	}
	rows[0].space = 2 * LinePitch
	last := &rows[len(rows)-1]
	last.height += LinePitch // an empty line before what follows
	d.add(tie(rows, true)...)
}

// officialCase prints a case: 一、 its title, （一） and on its parts.
func (d *Document) officialCase(i int, c *report.BulletinCase, parts []report.BulletinPart) {
	d.head(roleSection, registry.ChineseNumeral(i+1)+"、"+oneLine(c.Title))
	n := 0
	part := func(name string, texts []string) {
		var list []string
		for _, t := range texts {
			list = append(list, paragraphs(t)...)
		}
		if len(list) == 0 {
			return
		}
		n++
		d.head(roleSub, "（"+registry.ChineseNumeral(n)+"）"+name)
		for _, p := range list {
			d.gridParagraph(roleBody, p)
		}
	}
	for _, p := range parts {
		if p.Part != registry.PartLaw {
			part(p.Heading, p.Paragraphs)
			continue
		}
		n++
		d.head(roleSub, "（"+registry.ChineseNumeral(n)+"）"+p.Heading)
		d.officialQuotes(c)
	}
}

// officialQuotes prints the provisions quoted, as 1. and 2. where there are several.
func (d *Document) officialQuotes(c *report.BulletinCase) {
	for k, q := range c.Quotes {
		name := StatuteName(q)
		if mark := StatuteMark(q); mark != "" {
			name += "（" + strings.ReplaceAll(mark, " · ", "，") + "）"
		}
		if len(c.Quotes) > 1 {
			name = fmt.Sprintf("%d. %s", k+1, name)
		}
		d.add(tie(d.gridText(2, d.on(roleBody, name)), true)...)
		for _, p := range paragraphs(q.Text) {
			d.gridParagraph(roleBody, p)
		}
	}
}

// head prints a heading in a line of its own that stays with its text; one of the first level stands in the outline.
func (d *Document) head(r role, text string) {
	rows := tie(d.gridText(2, d.on(r, text)), true)
	if len(rows) == 0 {
		return
	}
	if r == roleSection {
		draw := rows[0].draw
		rows[0].draw = func(c *canvas, y float64) {
			c.bookmark(text, y)
			draw(c, y)
		}
	}
	d.add(rows...)
}

// annexNote prints 附件说明 one line below the body: the name of each annex, numbered where there are several, without a stop (7.3.4).
func (d *Document) annexNote(names []string) {
	for i, name := range names {
		words, indent := "附件："+name, 2.0
		if n := annexNumber(i, len(names)); n != "" {
			words = "附件：" + n + ". " + name
			if i > 0 { // under the number above it
				words, indent = n+". "+name, 5
			}
		}
		rows := d.gridText(indent, d.on(roleBody, words))
		if i == 0 {
			rows[0].space = LinePitch
		}
		d.add(tie(rows, true)...)
	}
}

// signature prints 发文机关署名 over 成文日期, which ends four characters from the right, and the notes in brackets as 附注 (7.3.5, 7.3.6).
func (d *Document) signature(b report.Bulletin) {
	date := oneLine(b.Signed)
	if date == "" {
		date = oneLine(b.Dated)
	}
	issuer := oneLine(b.Issuer)
	var rows []row
	md := d.measure(officialSize, d.on(roleBody, date))
	mi := d.measure(officialSize, d.on(roleBody, issuer))
	wd, wi := md.fit(0, len(md.cells)).natural, mi.fit(0, len(mi.cells)).natural
	right := 4 * CharPitch
	if wi > wd {
		right = max(2*CharPitch+(wi-wd)/2, right)
	}
	if issuer != "" {
		left := max(0, d.area.w-right-wd/2-wi/2)
		for i, sp := range breakLines(mi, d.area.w-left, d.area.w) {
			dx := left
			if i > 0 {
				dx = 0
			}
			rows = append(rows, textRow(mi, sp, d.area.left+dx, d.area.w-dx, officialSize, LinePitch, Left))
		}
	}
	if date != "" {
		rows = append(rows, textRow(md, span{0, len(md.cells), true}, d.area.left, d.area.w-right, officialSize, LinePitch, Right))
	}
	if len(rows) > 0 {
		rows[0].space = 2 * LinePitch // where the seal goes
	}
	for _, n := range b.Notes {
		if n = oneLine(n); n != "" {
			rows = append(rows, d.gridText(2, d.on(roleBody, "（"+n+"）"))...)
		}
	}
	if len(rows) == 0 {
		return
	}
	for i := range rows {
		rows[i].grid = true
	}
	d.add(tie(rows, false)...)
}

// annexHead begins an annex on a page of its own: 附件 at the upper left, with its number, and the name (7.3.7).
func (d *Document) annexHead(number, name string) {
	head := d.gridText(0, d.on(roleSection, "附件"+number))
	head[0].fresh = true
	d.add(tie(head, true)...)
	d.officialTitle(name)
}

// pictureAnnex prints the pictures, numbered through, those of a case under its title.
func (d *Document) pictureAnnex(b report.Bulletin) {
	n := 0
	put := func(list []report.Picture) {
		for _, p := range list {
			n++
			d.add(d.picture(officialFigure, p, strings.TrimSpace(fmt.Sprintf("图%d\u3000%s", n, p.Words())))...)
		}
	}
	put(b.Pictures)
	for i, c := range b.Cases {
		if len(c.Pictures) == 0 {
			continue
		}
		title := tie(d.gridText(2, d.on(roleBody, registry.ChineseNumeral(i+1)+"、"+oneLine(c.Title))), true)
		title[0].space = LinePitch / 2
		d.add(title...)
		put(c.Pictures)
	}
}

// pathAnnex prints the figures of discharge paths, each under the title of its case.
func (d *Document) pathAnnex(cases []report.BulletinCase) {
	for i, c := range cases {
		if c.Path == nil || len(c.Path.Nodes) == 0 {
			continue
		}
		title := tie(d.gridText(2, d.on(roleBody, registry.ChineseNumeral(i+1)+"、"+oneLine(c.Title))), true)
		title[0].space = LinePitch / 2
		d.add(title...)
		d.pathFigure(*c.Path, publicCaption(c.Path.ReceivingWater))
	}
}

// imprint prints 版记 at the foot of the last page: 抄送机关, 印发机关 and 印发日期 between lines, in 4号 (7.4).
func (d *Document) imprint(b report.Bulletin) {
	const size, thick, thin = 14.0, 0.35 * mm, 0.25 * mm
	run := func(s string) Run { return Run{Text: s, Size: size, role: roleBody} }
	var rows []row
	inner := d.area.w - 2*size
	if to := strings.TrimRight(oneLine(b.CopiedTo), "。. "); to != "" {
		label := d.measure(size, run("抄送："))
		hang := label.fit(0, len(label.cells)).natural
		m := d.measure(size, run(to+"。"))
		for i, sp := range breakLines(m, inner-hang, inner-hang) {
			r := textRow(m, sp, d.area.left+size+hang, inner-hang, size, LinePitch, Left)
			if i == 0 {
				words := r.draw
				line := setLine(label, span{0, len(label.cells), true}, d.area.left+size, inner, Left)
				r.draw = func(c *canvas, y float64) {
					c.fill(Black, d.area.left, y, d.area.w, thick)
					c.pieces(line, y+baseline(LinePitch, size))
					words(c, y)
				}
			}
			rows = append(rows, r)
		}
	}
	issuer, date := oneLine(b.Issuer), oneLine(b.Signed)
	if issuer != "" && date != "" {
		mi, md := d.measure(size, run(issuer)), d.measure(size, run(date+"印发"))
		wd := md.fit(0, len(md.cells)).natural
		right := setLine(md, span{0, len(md.cells), true}, d.area.left+size, inner, Right)
		over := thin
		if len(rows) == 0 {
			over = thick
		}
		for i, sp := range breakLines(mi, inner-wd-size, inner-wd-size) {
			r := textRow(mi, sp, d.area.left+size, inner-wd-size, size, LinePitch, Left)
			if i == 0 {
				words := r.draw
				r.draw = func(c *canvas, y float64) {
					c.fill(Black, d.area.left, y, d.area.w, over)
					words(c, y)
					c.pieces(right, y+baseline(LinePitch, size))
				}
			}
			rows = append(rows, r)
		}
	}
	if len(rows) == 0 {
		return
	}
	last := rows[len(rows)-1].draw
	rows[len(rows)-1].draw = func(c *canvas, y float64) {
		last(c, y)
		c.fill(Black, d.area.left, y+LinePitch-thick, d.area.w, thick)
	}
	for i := range rows {
		rows[i].foot, rows[i].keep = float64(len(rows)-i)*LinePitch, i < len(rows)-1
	}
	if n := len(d.rows); n > 0 {
		d.rows[n-1].keep = true
	}
	d.add(rows...)
}

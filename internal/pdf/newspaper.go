package pdf

import (
	"slices"
	"strings"

	"casebook/internal/registry"
	"casebook/internal/report"
)

// A newspaper page: two columns of small type on A4, quoted law in grey boxes, a rule between the columns.
const (
	newsSize   = 10.5
	newsPitch  = 17.0
	newsGutter = 8 * mm
	mastSize   = 26.0
)

var (
	newsArea = area{18 * mm, 24 * mm, 174 * mm, 248 * mm}
	newsText = Style{Size: newsSize, Pitch: newsPitch, Indent: 2}
	newsBox  = boxStyle{9.5, 15, 8, 13, 8, 6}
)

// newspaper is the design 报纸.
func (d *Document) newspaper(b report.Bulletin) {
	d.news = &front{page: newsArea, gutter: newsGutter}
	d.area = newsArea
	d.masthead(b)
	d.area.w = (newsArea.w - newsGutter) / 2
	for _, p := range paragraphs(b.Lead) {
		d.newsParagraph(Run{Text: p})
	}
	for _, p := range b.Pictures {
		if !p.Wide {
			d.add(d.picture(newsFigure, p, p.Words())...)
		}
	}
	for _, c := range b.Cases {
		d.newsCase(&c, b.Parts(&c))
	}
	notes := b.Notes
	if b.Head != "" {
		notes = append(slices.Clip(notes), headLabel+b.Head)
	}
	d.newsNotes(notes)
}

// masthead sets issuer and month over a thick rule, the title over both columns, and who wrote it.
func (d *Document) masthead(b report.Bulletin) {
	add := func(r row) { d.news.mast = append(d.news.mast, r) }
	grey := func(text string) *measure { return d.measure(newsSize, Run{Text: oneLine(text), Color: Grey}) }
	month := grey(b.Dated)
	wide := month.fit(0, len(month.cells)).natural
	issuer := grey(b.Issuer)
	room := d.area.w - wide - newsSize
	right := setLine(month, span{0, len(month.cells), true}, d.area.left, d.area.w, Right)
	for i, sp := range append(breakLines(issuer, room, room), span{}) { // a line even where there is no issuer
		if i > 0 && sp.to == 0 {
			break
		}
		left := setLine(issuer, sp, d.area.left, room, Left)
		add(row{height: newsPitch, draw: func(c *canvas, y float64) {
			c.pieces(left, y+baseline(newsPitch, newsSize))
			if i == 0 {
				c.pieces(right, y+baseline(newsPitch, newsSize))
			}
		}})
	}
	add(row{height: 6, draw: func(c *canvas, y float64) {
		c.fill(Accent, d.news.page.left, y+2, d.news.page.w, 2.5)
		c.fill(Accent, d.news.page.left, y+5.5, d.news.page.w, 0.5)
	}})
	first := len(d.news.mast)
	for _, part := range paragraphs(b.Title) {
		m := d.measure(mastSize, Run{Text: part, Bold: true})
		for _, sp := range balance(m, d.area.w-mastSize) {
			add(textRow(m, sp, d.area.left, d.area.w, mastSize, 38, Center))
		}
	}
	if len(d.news.mast) > first {
		d.news.mast[first].space = 12
	}
	if by := oneLine(b.Byline); by != "" {
		m := d.measure(newsSize, Run{Text: by, Color: Grey})
		for _, sp := range breakLines(m, d.area.w, d.area.w) {
			add(textRow(m, sp, d.area.left, d.area.w, newsSize, newsPitch, Center))
		}
	}
	add(row{height: 16, draw: func(c *canvas, y float64) { c.fill(Line, d.news.page.left, y+7, d.news.page.w, 0.5) }})
	for _, p := range b.Pictures {
		if p.Wide {
			for _, r := range d.picture(wideFigure, p, p.Words()) {
				add(r)
			}
		}
	}
}

func (d *Document) newsParagraph(runs ...Run) {
	rows := d.paragraph(newsText, d.area.left, d.area.w, runs)
	for i := range rows {
		rows[i].grid = true // lines of both columns stand beside each other
	}
	d.add(tie(rows, false)...)
}

func (d *Document) newsCase(c *report.BulletinCase, parts []report.BulletinPart) {
	d.newsHeading(oneLine(c.Label), oneLine(c.Title))
	first := len(d.rows)
	for _, part := range parts {
		if part.Part == registry.PartLaw {
			before := len(d.rows)
			d.statuteBox(newsBox, part.Heading, c.Quotes)
			d.float(before)
			d.pictures(newsFigure, part.Pictures)
			continue
		}
		name := []Run{{Text: part.Heading + "\u3000", Bold: true}}
		for _, text := range part.Paragraphs {
			for _, p := range paragraphs(text) {
				d.newsParagraph(append(name, Run{Text: p})...)
				name = nil
			}
		}
		if part.Part == registry.PartFacts && c.Path != nil {
			before := len(d.rows)
			d.pathFigure(*c.Path, publicCaption(c.Path.ReceivingWater))
			d.float(before)
		}
		before := len(d.rows)
		d.pictures(newsFigure, part.Pictures)
		d.float(before)
	}
	if first < len(d.rows) {
		d.rows[first].keep = true
	}
}

// float lets the figure that begins at a row change places with what follows, so that no column ends white above it.
func (d *Document) float(first int) {
	if first < len(d.rows) {
		d.rows[first].floats = true
	}
}

// newsHeading prints the number of a case, small, over its title, whose lines are balanced.
func (d *Document) newsHeading(label, title string) {
	const size, pitch = 14.0, 20.0
	var rows []row
	if label != "" {
		m := d.measure(newsSize, Run{Text: label, Bold: true, Color: Accent})
		rows = append(rows, textRow(m, span{0, len(m.cells), true}, d.area.left, d.area.w, newsSize, newsPitch, Center))
	}
	if title != "" {
		m := d.measure(size, Run{Text: title, Bold: true})
		for _, sp := range balance(m, d.area.w-size) {
			rows = append(rows, textRow(m, sp, d.area.left, d.area.w, size, pitch, Center))
		}
	}
	if len(rows) == 0 {
		return
	}
	rows[0].space, rows[0].grid, rows[0].part = newsPitch*0.8, true, true
	rows[len(rows)-1].height += 3
	words, draw := strings.Trim(label+"\u3000"+title, "\u3000"), rows[0].draw
	rows[0].draw = func(c *canvas, y float64) {
		c.bookmark(words, y)
		draw(c, y)
	}
	d.add(tie(rows, true)...)
}

// newsNotes ends the page: small, grey, under a short rule.
func (d *Document) newsNotes(notes []string) {
	first := true
	for _, n := range notes {
		if n = oneLine(n); n == "" {
			continue
		}
		if first {
			d.add(row{height: 8, space: 10, keep: true, part: true, draw: func(c *canvas, y float64) { c.fill(Line, d.area.left, y, d.area.w/4, 0.5) }})
		}
		first = false
		d.Paragraph(Style{Size: 8.5, Pitch: 13}, Run{Text: "注\u3000" + n, Color: Grey})
	}
}

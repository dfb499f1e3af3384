package pdf

import (
	"fmt"
	"io"
	"strings"

	"casebook/internal/registry"
	"casebook/internal/report"
)

// WriteBulletin prints a typical-case bulletin (典型案例通报) in its design. It writes all of the PDF or, on an error, nothing; an
// error is *MissingGlyphs when a character cannot be printed. Safe for concurrent use.
func WriteBulletin(w io.Writer, b report.Bulletin) (err error) {
	defer guard(&err)
	d := NewDocument(Info{
		Title:   oneLine(b.Title),
		Author:  oneLine(b.Issuer),
		Subject: "环境执法典型案例通报",
		Marks:   b.Marks,
		Head:    b.Head,
		Created: b.Created,
	})
	switch b.Design {
	case "公文":
		d.official(b)
	case "报纸":
		d.newspaper(b)
	default:
		d.notice(b)
	}
	return d.Write(w)
}

// notice is the design 通报.
func (d *Document) notice(b report.Bulletin) {
	d.fill = true
	d.Title(b.Title)
	d.byline(b)
	for _, p := range paragraphs(b.Lead) {
		d.Paragraph(Body, Run{Text: p})
	}
	d.pictures(noticeFigure, b.Pictures)
	for i := range b.Cases {
		d.bulletinCase(&b.Cases[i], b.Parts(&b.Cases[i]))
	}
	d.notes(b.Notes)
	d.sealed(b.Head)
}

// sealed prints the head of the audit chain, small, under what it is to hold.
func (d *Document) sealed(head string) {
	if head == "" {
		return
	}
	if n := len(d.rows); n > 0 {
		d.rows[n-1].keep = true
	}
	d.Paragraph(Style{Size: 8, Pitch: 14, Align: Left, Space: 6}, Run{Text: headLabel + head, Color: Grey})
}

// headLabel stands before the head of the audit chain. A 公文 has no place for it: there it is in the file's keywords alone.
const headLabel = "审计链头　"

// byline prints issuer, byline and date under the title, and the rule that closes the head.
func (d *Document) byline(b report.Bulletin) {
	var parts []string
	for _, s := range []string{b.Issuer, b.Byline, b.Dated} {
		if s = oneLine(s); s != "" {
			parts = append(parts, s)
		}
	}
	if len(parts) > 0 {
		d.Paragraph(Style{Size: 12, Pitch: 20, Align: Center, Space: 4, Keep: true},
			Run{Text: strings.Join(parts, "\u3000\u3000"), Color: Grey})
	}
	if len(parts) > 0 || oneLine(b.Title) != "" {
		d.Rule()
	}
}

func (d *Document) bulletinCase(c *report.BulletinCase, parts []report.BulletinPart) {
	d.Heading(strings.Trim(oneLine(c.Label)+"\u3000"+oneLine(c.Title), "\u3000"))
	first := len(d.rows)
	for _, p := range parts {
		if p.Part == registry.PartLaw {
			for i := max(first, len(d.rows)-2); i < len(d.rows); i++ {
				d.rows[i].keep = true // the box begins on the page of its case
			}
			d.StatuteBox(p.Heading, c.Quotes)
			d.pictures(noticeFigure, p.Pictures)
			continue
		}
		d.section(p.Heading, p.Paragraphs)
		if p.Part == registry.PartFacts && c.Path != nil {
			before := len(d.rows)
			d.pathFigure(*c.Path, publicCaption(c.Path.ReceivingWater))
			d.float(before)
		}
		before := len(d.rows)
		d.pictures(noticeFigure, p.Pictures)
		d.float(before)
	}
	if first+1 < len(d.rows) {
		d.rows[first].keep = true // a heading has at least two lines under it, also where its first paragraph is one line
	}
}

// publicCaption stands under the figure of a bulletin, which says nothing of what the file lacks.
func publicCaption(water string) string {
	if water == "" {
		return "排污路径示意"
	}
	return "排污路径示意：受纳水体 " + water
}

// section prints paragraphs of the body, the first with its name run in.
func (d *Document) section(name string, texts []string) {
	runs := []Run{{Text: name + "\u3000", Bold: true, Size: 14}}
	for _, text := range texts {
		for _, p := range paragraphs(text) {
			d.Paragraph(Body, append(runs, Run{Text: p})...)
			runs = nil
		}
	}
}

// notes prints the end notes under a short grey rule. They stay together and with the end of what they follow: a page of
// notes alone looks like a sheet left over.
func (d *Document) notes(notes []string) {
	var texts []string
	for _, n := range notes {
		if n = oneLine(n); n != "" {
			texts = append(texts, n)
		}
	}
	if len(texts) == 0 {
		return
	}
	if n := len(d.rows); n > 0 {
		d.rows[n-1].keep = true
	}
	d.add(row{height: 8, space: 20, keep: true, draw: func(c *canvas, y float64) {
		c.fill(Line, d.area.left, y, d.area.w/4, 0.5)
	}})
	for i, n := range texts {
		label := "注"
		if len(texts) > 1 {
			label = fmt.Sprintf("注%d", i+1)
		}
		small := Small
		small.Keep = i < len(texts)-1
		d.Paragraph(small, Run{Text: label + "\u3000" + n, Color: Grey})
	}
}

func oneLine(s string) string { return strings.Join(paragraphs(s), " ") }

package docx

import (
	"archive/zip"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"time"

	"casebook/internal/registry"
	"casebook/internal/report"
)

// Write writes a bulletin as a .docx file in its design. Errors are those of w.
func Write(w io.Writer, b report.Bulletin) error {
	pictures := picturesOf(b)
	return writeParts(w, b, document(b, pictures), pictures)
}

// writeParts writes the parts of a file around a body, its pages numbered outside as those of a 公文.
func writeParts(w io.Writer, b report.Bulletin, body string, pictures *media) error {
	return writeFile(w, b, body, pictures, [2]string{footer("right"), footer("left")})
}

// writeFile writes the parts of a file around a body; feet are those of odd and even pages.
func writeFile(w io.Writer, b report.Bulletin, body string, pictures *media, feet [2]string) error {
	created := b.Created
	if created.IsZero() {
		created = time.Unix(0, 0)
	}
	created = created.UTC()
	z := zip.NewWriter(w)
	for _, p := range []struct{ name, body string }{
		{"[Content_Types].xml", contentTypes},
		{"_rels/.rels", packageRels},
		{"docProps/core.xml", core(b, created)},
		{"word/_rels/document.xml.rels", documentRels(pictures)},
		{"word/document.xml", body},
		{"word/styles.xml", styles(b.Design)},
		{"word/fontTable.xml", fontTable},
		{"word/settings.xml", settings},
		{"word/header1.xml", header(b.Marks)},
		{"word/footer1.xml", feet[0]},
		{"word/footer2.xml", feet[1]},
	} {
		f, err := z.CreateHeader(&zip.FileHeader{Name: p.name, Method: zip.Deflate, Modified: created})
		if err != nil {
			return fmt.Errorf("write docx: %w", err)
		}
		if _, err := io.WriteString(f, xmlHead+p.body); err != nil {
			return fmt.Errorf("write docx: %w", err)
		}
	}
	if err := pictures.write(z, created); err != nil {
		return fmt.Errorf("write docx: %w", err)
	}
	if err := z.Close(); err != nil {
		return fmt.Errorf("write docx: %w", err)
	}
	return nil
}

const (
	xmlHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	wordNS  = ` xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	wordML  = "application/vnd.openxmlformats-officedocument.wordprocessingml."
	relType = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

	contentTypes = `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="jpeg" ContentType="image/jpeg"/>` +
		`<Override PartName="/word/document.xml" ContentType="` + wordML + `document.main+xml"/>` +
		`<Override PartName="/word/styles.xml" ContentType="` + wordML + `styles+xml"/>` +
		`<Override PartName="/word/fontTable.xml" ContentType="` + wordML + `fontTable+xml"/>` +
		`<Override PartName="/word/settings.xml" ContentType="` + wordML + `settings+xml"/>` +
		`<Override PartName="/word/header1.xml" ContentType="` + wordML + `header+xml"/>` +
		`<Override PartName="/word/footer1.xml" ContentType="` + wordML + `footer+xml"/><Override PartName="/word/footer2.xml" ContentType="` + wordML + `footer+xml"/>` +
		`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`

	packageRels = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
		`<Relationship Id="rId1" Type="` + relType + `officeDocument" Target="word/document.xml"/>` +
		`<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`

	partRels = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
		`<Relationship Id="rId1" Type="` + relType + `styles" Target="styles.xml"/><Relationship Id="rId2" Type="` + relType + `fontTable" Target="fontTable.xml"/>` +
		`<Relationship Id="rId3" Type="` + relType + `settings" Target="settings.xml"/><Relationship Id="rId4" Type="` + relType + `header" Target="header1.xml"/>` +
		`<Relationship Id="rId5" Type="` + relType + `footer" Target="footer1.xml"/><Relationship Id="rId6" Type="` + relType + `footer" Target="footer2.xml"/>`

	// Page numbers stand outside: right on odd pages, left on even ones.
	settings = `<w:settings` + wordNS + `><w:evenAndOddHeaders/><w:characterSpacingControl w:val="compressPunctuation"/><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>`
)

// The faces of GB/T 9704, and what stands in for each.
const (
	fangSong = "仿宋_GB2312"
	biaoSong = "方正小标宋简体"
	hei      = "黑体"
	kai      = "楷体_GB2312"
	song     = "宋体"
)

var fontTable = func() string {
	var b strings.Builder
	b.WriteString("<w:fonts" + wordNS + ">")
	for _, f := range []struct{ name, alt, family string }{
		{fangSong, "仿宋", "modern"}, {biaoSong, song, "roman"}, {hei, "SimHei", "modern"}, {kai, "楷体", "modern"}, {song, "SimSun", "roman"},
	} {
		fmt.Fprintf(&b, `<w:font w:name="%s"><w:altName w:val="%s"/><w:charset w:val="86"/><w:family w:val="%s"/><w:pitch w:val="default"/></w:font>`, f.name, f.alt, f.family)
	}
	b.WriteString("</w:fonts>")
	return b.String()
}()

func core(b report.Bulletin, created time.Time) string {
	at := created.Format("2006-01-02T15:04:05Z")
	return `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"` +
		` xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>` + escape(oneLine(b.Title)) + `</dc:title><dc:creator>` +
		escape(oneLine(b.Issuer)) + `</dc:creator><dc:language>zh-CN</dc:language><dcterms:created xsi:type="dcterms:W3CDTF">` + at +
		`</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">` + at + `</dcterms:modified></cp:coreProperties>`
}

// styles names the looks that body.go uses. The base is the body of the design.
func styles(design string) string {
	base := look{font: song, size: 31, line: 579}
	switch design {
	case official:
		base = look{font: fangSong, size: 32, line: 579}
	case newspaper:
		base = look{font: song, size: 21, line: 340}
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<w:styles%s><w:docDefaults><w:rPrDefault><w:rPr>%s<w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault>`, wordNS, base.run())
	fmt.Fprintf(&b, `<w:pPrDefault><w:pPr>%s</w:pPr></w:pPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>`, base.spacing())
	for _, s := range []struct{ id, name, level string }{{"Title", "Title", ""}, {"Heading1", "heading 1", "0"}, {"Heading2", "heading 2", "1"}} {
		outline := ""
		if s.level != "" {
			outline = `<w:outlineLvl w:val="` + s.level + `"/>`
		}
		fmt.Fprintf(&b, `<w:style w:type="paragraph" w:styleId="%s"><w:name w:val="%s"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:pPr><w:keepNext/>%s</w:pPr></w:style>`, s.id, s.name, outline)
	}
	b.WriteString("</w:styles>")
	return b.String()
}

// header prints the marks on every page: 示例（虚构数据）.
func header(marks []string) string {
	var list []string
	for _, m := range marks {
		if m = oneLine(m); m != "" {
			list = append(list, "【"+m+"】")
		}
	}
	return "<w:hdr" + wordNS + ">" + para{align: "center", look: look{font: hei, size: 24}}.xml(strings.Join(list, " ")) + "</w:hdr>"
}

// footer prints “— 1 —” in 4号.
func footer(align string) string {
	l := look{font: song, size: 28}
	field := func(kind string) string {
		return "<w:r><w:rPr>" + l.run() + `</w:rPr><w:fldChar w:fldCharType="` + kind + `"/></w:r>`
	}
	indent := `<w:ind w:left="280" w:right="280"/>`
	return "<w:ftr" + wordNS + `><w:p><w:pPr>` + indent + `<w:jc w:val="` + align + `"/></w:pPr>` + l.text("— ") + field("begin") +
		"<w:r><w:rPr>" + l.run() + `</w:rPr><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>` + field("end") + l.text(" —") + "</w:p></w:ftr>"
}

func escape(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a Builder takes everything
	return b.String()
}

// lines are the paragraphs of a text, without blanks around them.
func lines(texts ...string) (out []string) {
	for _, t := range texts {
		for s := range strings.SplitSeq(registry.CleanText(t), "\n") {
			if s = strings.Trim(s, " \t\u3000"); s != "" {
				out = append(out, s)
			}
		}
	}
	return out
}

func oneLine(s string) string { return strings.Join(lines(s), " ") }

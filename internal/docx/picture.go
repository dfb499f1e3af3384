package docx

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"strings"
	"time"

	"casebook/internal/registry"
	"casebook/internal/report"
)

// manuscript is word/document.xml in the making.
type manuscript struct {
	bytes.Buffer
	media *media
	drawn int // pictures so far: each drawing has a number of its own
}

// keepLast ties what was written last to what comes next.
func (d *manuscript) keepLast() {
	const open, keep = "<w:p><w:pPr>", "<w:keepNext/>"
	s := d.Bytes()
	at := bytes.LastIndex(s, []byte(open))
	if at < 0 {
		return
	}
	at += len(open)
	if bytes.HasPrefix(s[at:], []byte("<w:pStyle")) {
		at += bytes.Index(s[at:], []byte("/>")) + len("/>")
	}
	rest := string(s[at:])
	if strings.HasPrefix(rest, keep) {
		return
	}
	d.Truncate(at)
	d.WriteString(keep + rest)
}

// media are the pictures of the file, each once.
type media struct{ list []report.Picture }

func picturesOf(b report.Bulletin) *media {
	m := &media{}
	for _, p := range b.AllPictures() {
		if len(p.JPEG) > 0 && m.place(p.SHA256) < 0 {
			m.list = append(m.list, *p)
		}
	}
	return m
}

func (m *media) place(hash string) int {
	for i := range m.list {
		if m.list[i].SHA256 == hash {
			return i
		}
	}
	return -1
}

// firstPicture is the number of the relationship of the first; those before it are parts of every file.
const firstPicture = 7

func documentRels(m *media) string {
	var b strings.Builder
	b.WriteString(partRels)
	for i := range m.list {
		fmt.Fprintf(&b, `<Relationship Id="rId%d" Type="%simage" Target="media/image%d.jpeg"/>`, firstPicture+i, relType, i+1)
	}
	return b.String() + "</Relationships>"
}

// write stores the pictures as they are: they are compressed.
func (m *media) write(z *zip.Writer, created time.Time) error {
	for i := range m.list {
		f, err := z.CreateHeader(&zip.FileHeader{Name: fmt.Sprintf("word/media/image%d.jpeg", i+1), Method: zip.Store, Modified: created})
		if err != nil {
			return err
		}
		if _, err := io.Copy(f, strings.NewReader(string(m.list[i].JPEG))); err != nil {
			return err
		}
	}
	return nil
}

const (
	pictureNS = ` xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"` +
		` xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"`

	// How wide a picture may be and how high, in millimetres.
	noticeWide, newsWide, columnWide = 156.0, 174.0, 82.0
	pictureHigh, annexHigh           = 98.0, 84.0 // two to a page of the annex

	emu        = 36000.0 // a millimetre
	fewestDots = 110.0   // an inch: a small picture stays small

	pictureAnnex = "典型案例图片"
)

// pictures puts pictures under one another, each with its words.
func (d *manuscript) pictures(list []report.Picture, wide float64) {
	for _, p := range list {
		d.picture(p, wide, pictureHigh, p.Words())
	}
}

func (d *manuscript) picture(p report.Picture, wide, high float64, words string) {
	at := d.media.place(p.SHA256)
	if at < 0 || p.Width <= 0 || p.Height <= 0 {
		return
	}
	w := min(wide, float64(p.Width)*25.4/fewestDots)
	h := w * float64(p.Height) / float64(p.Width)
	if h > high {
		w, h = w*high/h, high
	}
	d.drawn++
	cx, cy := int64(w*emu), int64(h*emu)
	words = oneLine(words)
	// A line of its own height: the exact lines of the text would show a strip of the picture.
	d.WriteString("<w:p><w:pPr>")
	if words != "" {
		d.WriteString("<w:keepNext/>")
	}
	fmt.Fprintf(d, `<w:spacing w:before="120" w:after="40" w:line="240" w:lineRule="auto"/><w:jc w:val="center"/></w:pPr><w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">`+
		`<wp:extent cx="%d" cy="%d"/><wp:docPr id="%d" name="图片%d" descr="%s"/><wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>`+
		`<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="%d" name="image%d.jpeg"/><pic:cNvPicPr/></pic:nvPicPr>`+
		`<pic:blipFill><a:blip r:embed="rId%d"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="%d" cy="%d"/></a:xfrm>`+
		`<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>`,
		cx, cy, d.drawn, d.drawn, escape(oneLine(p.Alt)), d.drawn, at+1, firstPicture+at, cx, cy)
	if words != "" {
		d.WriteString(para{align: "center", look: look{font: song, size: 20, line: 320, color: "595959"}}.xml(words))
	}
}

// pictureAnnex is the annex of a 公文: its pictures numbered through on a page of their own, those of a case under its title.
func (d *manuscript) pictureAnnex(b report.Bulletin) {
	if len(b.AllPictures()) == 0 {
		return
	}
	d.WriteString(para{fresh: true, look: look{font: hei, size: 32}}.xml("附件"))
	d.WriteString(para{align: "center", before: 300, look: look{font: biaoSong, size: 44, line: 640}}.xml(pictureAnnex))
	n := 0
	put := func(list []report.Picture) {
		for _, p := range list {
			n++
			d.picture(p, noticeWide, annexHigh, strings.TrimSpace(fmt.Sprintf("图%d\u3000%s", n, p.Words())))
		}
	}
	put(b.Pictures)
	for i, c := range b.Cases {
		if len(c.Pictures) > 0 {
			d.WriteString(para{indent: 200, keep: true, before: 120, look: look{font: fangSong, size: 32, grid: true}}.xml(registry.ChineseNumeral(i+1) + "、" + oneLine(c.Title)))
			put(c.Pictures)
		}
	}
}

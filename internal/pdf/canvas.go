package pdf

import (
	"encoding/binary"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"unicode/utf16"

	"github.com/jung-kurt/gofpdf"
)

// canvas draws on gofpdf. It exists only while Write runs, twice: without a pdf it only notes which characters of each face the paper uses,
// so that the fonts can be cut to them before anything is drawn.
type canvas struct {
	pdf  *gofpdf.Fpdf
	used map[*face]*chars
	tc   float64 // character spacing now in force on this page
	dx   float64 // added to every x: where the column that is being drawn stands

	face  *face // the look now in force; gofpdf keeps it over pages
	size  float64
	color Color
}

func (c *canvas) addPage() {
	if c.pdf != nil {
		c.pdf.AddPage()
	}
	c.tc = 0
}

// font makes gofpdf set text so.
func (c *canvas) font(f *face, size float64) {
	if f != c.face || size != c.size {
		c.pdf.SetFont(f.family, "", size)
		c.face, c.size = f, size
	}
}

// note keeps the characters that a face draws.
func (c *canvas) note(f *face, codes []rune) {
	used := c.used[f]
	if used == nil {
		used = &chars{}
		c.used[f] = used
	}
	for _, r := range codes {
		used.add(r)
	}
}

// begin gives the canvas its paper and the fonts that the first run asked for. It returns their files as the paper embeds them, in the order
// in which gofpdf writes them: by name.
func (c *canvas) begin(p *gofpdf.Fpdf) (files []fontFile) {
	c.pdf, c.tc = p, 0
	faces := slices.SortedFunc(maps.Keys(c.used), func(a, b *face) int { return strings.Compare(strings.ToLower(a.family), strings.ToLower(b.family)) })
	for _, f := range faces {
		m := f.load()
		data, glyphs := m.subset(c.used[f])
		p.AddFontFromBytes(f.family, "", definition(f.family), nil)
		files = append(files, fontFile{f.family, c.used[f].tag(), m, data, glyphs})
	}
	return files
}

// pieces draws a line of text on a baseline.
func (c *canvas) pieces(line []piece, y float64) {
	if c.pdf == nil {
		for i := range line {
			c.note(line[i].face, line[i].codes)
		}
		return
	}
	for i, j := 0, 0; i < len(line); i = j { //nolint:wastedassign // j belongs to the loop
		for j = i + 1; j < len(line) && line[j].tight; {
			j++
		}
		actual := actualText(line[i:j])
		if actual != "" {
			c.pdf.RawWriteStr("/Span <</ActualText <" + actual + ">>> BDC")
		}
		for k := i; k < j; k++ {
			c.piece(&line[k], y)
		}
		if actual != "" {
			c.pdf.RawWriteStr("EMC")
		}
	}
}

func (c *canvas) piece(p *piece, y float64) {
	c.font(p.face, p.st.size)
	if p.st.color != c.color {
		c.pdf.SetTextColor(int(p.st.color[0]), int(p.st.color[1]), int(p.st.color[2]))
		c.color = p.st.color
	}
	if p.tc != c.tc {
		c.pdf.RawWriteStr(fmt.Sprintf("%.3f Tc", p.tc))
		c.tc = p.tc
	}
	if p.st.stroke > 0 { // heavier by its outline: a face that we lack is made of the one we have
		c.pdf.RawWriteStr(fmt.Sprintf("q 2 Tr %.2f w %.3f %.3f %.3f RG", p.st.stroke, float64(p.st.color[0])/255, float64(p.st.color[1])/255, float64(p.st.color[2])/255))
		defer c.pdf.RawWriteStr("Q")
	}
	c.pdf.Text(c.dx+p.x, y, codesOf(p.codes))
}

// actualText is the text that readers and search are to take pieces for, in hexadecimal UTF-16, where the glyphs alone
// would mislead them: a glyph at a private code, spacing so wide that it is copied as spaces, or punctuation squeezed so
// tight that it is copied as a new line.
func actualText(pieces []piece) string {
	p := &pieces[0]
	if len(pieces) == 1 && p.codes[0] == p.text[0] && p.tc < 0.09*p.st.size {
		return ""
	}
	var b strings.Builder
	b.WriteString("FEFF")
	for _, p := range pieces {
		for _, u := range utf16.Encode(p.text) {
			fmt.Fprintf(&b, "%04X", u)
		}
	}
	return b.String()
}

func (c *canvas) fill(color Color, x, y, w, h float64) {
	if c.pdf == nil {
		return
	}
	c.pdf.SetFillColor(int(color[0]), int(color[1]), int(color[2]))
	c.pdf.Rect(c.dx+x, y, w, h, "F")
}

// boxLook is how a box of a figure is drawn.
type boxLook struct {
	line, ground Color
	dashed       bool
}

func (c *canvas) box(look boxLook, x, y, w, h float64) {
	if c.pdf == nil {
		return
	}
	c.pdf.SetFillColor(int(look.ground[0]), int(look.ground[1]), int(look.ground[2]))
	c.pdf.SetDrawColor(int(look.line[0]), int(look.line[1]), int(look.line[2]))
	c.pdf.SetLineWidth(0.7)
	if look.dashed {
		c.pdf.SetDashPattern([]float64{3, 2}, 0)
		defer c.pdf.SetDashPattern(nil, 0)
	}
	c.pdf.Rect(c.dx+x, y, w, h, "FD")
}

// arrow draws a line through points with a head at its end.
func (c *canvas) arrow(color Color, width float64, points [][2]float64) {
	if c.pdf == nil {
		return
	}
	c.pdf.SetDrawColor(int(color[0]), int(color[1]), int(color[2]))
	c.pdf.SetFillColor(int(color[0]), int(color[1]), int(color[2]))
	c.pdf.SetLineWidth(width)
	for i := 1; i < len(points); i++ {
		c.pdf.Line(c.dx+points[i-1][0], points[i-1][1], c.dx+points[i][0], points[i][1])
	}
	if len(points) < 2 {
		return
	}
	from, tip := points[len(points)-2], points[len(points)-1]
	length := math.Hypot(tip[0]-from[0], tip[1]-from[1])
	if length == 0 {
		return
	}
	const long, half = 5.0, 2.2
	dx, dy := (tip[0]-from[0])/length, (tip[1]-from[1])/length
	tip[0] += c.dx
	c.pdf.Polygon([]gofpdf.PointType{{X: tip[0], Y: tip[1]}, {X: tip[0] - long*dx + half*dy, Y: tip[1] - long*dy - half*dx},
		{X: tip[0] - long*dx - half*dy, Y: tip[1] - long*dy + half*dx}}, "F")
}

// bookmark adds an outline entry that leads to y on this page.
func (c *canvas) bookmark(text string, y float64) {
	if c.pdf == nil {
		return
	}
	words := utf16.Encode([]rune("\uFEFF" + strings.ReplaceAll(clean(text), "\n", " ")))
	b := make([]byte, 0, 2*len(words))
	for _, w := range words {
		b = binary.BigEndian.AppendUint16(b, w)
	}
	c.pdf.Bookmark(string(b), 0, y)
}

package pdf

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"casebook/internal/registry"
)

// Color is red, green, blue, 0 to 255.
type Color [3]uint8

// The colours of every paper. Accent is the only one that is not a grey, but for Warn where a figure shows what is out of order.
var (
	Black  = Color{0, 0, 0}
	Grey   = Color{0x59, 0x59, 0x59} // small print; 7:1 on white, 6:1 on Ground
	Line   = Color{0xBF, 0xC4, 0xC4}
	Ground = Color{0xF1, 0xF3, 0xF2} // of the statute box
	Accent = Color{0x0B, 0x5D, 0x5E}
	Warn   = Color{0x9A, 0x4B, 0x00}
)

// Run is a stretch of text in one look. The zero Size is the block's own.
type Run struct {
	Text  string
	Bold  bool // the heading face
	Size  float64
	Color Color
	role  role    // a face by what it is for; it goes before Bold
	cell  float64 // width of a Han character where it is not Size: the grid of an official paper
}

// style is the look of a cell, shared by the cells of a run.
type style struct {
	face   *face // wanted; a cell may have found its glyph in another
	size   float64
	color  Color
	stroke float64 // points of outline
}

// cell is one character of a paragraph.
type cell struct {
	r    rune // the character
	code rune // its code in the face: r, or a private slot
	face *face
	adv  float64
	tc   float64 // what adv is wider than the glyph
	st   *style
}

// full says whether a character fills a whole square, so that a punctuation mark has a blank half.
func (c *cell) full() bool { return c.adv > 0.9*c.st.size }

func isIdeograph(r rune) bool { return unicode.Is(unicode.Han, r) }

// clean readies text for setting: no control characters and nothing invisible, blanks of any width as blanks, look-alikes and letters with
// their marks apart as the characters that fonts have.
func clean(s string) string {
	return drawable(strings.ReplaceAll(norm.NFC.String(registry.Unify(registry.CleanText(s))), "\t", " "))
}

// drawable writes a character that no font has as the plain ones it stands for, where the fonts have those: 𝐀 as A, ﬁ as fi. What the
// fonts have stays, and so does what has no equivalent: the paper is then refused by its name.
func drawable(s string) string {
	covered := func(r rune) bool {
		if r == '\n' {
			return true // asked for, it would have the fallback fonts read
		}
		_, _, ok := find(serif, r)
		return ok
	}
	if !strings.ContainsFunc(s, func(r rune) bool { return !covered(r) }) {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		plain := string(r)
		if !covered(r) {
			if k := norm.NFKC.String(plain); !strings.ContainsFunc(k, func(r rune) bool { return !covered(r) }) {
				plain = k
			}
		}
		b.WriteString(plain)
	}
	return b.String()
}

// paragraphs splits text at its newlines and drops what is empty.
func paragraphs(text string) []string {
	var out []string
	for _, p := range strings.Split(clean(text), "\n") {
		if p = strings.Trim(p, " \u3000"); p != "" {
			out = append(out, p)
		}
	}
	return out
}

// shape turns runs into cells. A character without a glyph is noted in missing and left out; Write then refuses.
func shape(runs []Run, size float64, missing *MissingGlyphs) []cell {
	n := 0
	for _, run := range runs {
		n += utf8.RuneCountInString(run.Text)
	}
	cells := make([]cell, 0, n)
	for _, run := range runs {
		st := &style{face: serif, size: size, color: run.Color}
		if run.Size > 0 {
			st.size = run.Size
		}
		if run.Bold {
			st.face = sans
		}
		if run.role != roleText {
			st.face, st.stroke = run.role.face(st.size)
		}
		wider := 0.0
		if run.cell > 0 {
			wider = run.cell/st.size - 1
		}
		text := []rune(run.Text)
		for i, r := range text {
			if r == '\n' {
				r = ' '
			}
			f, code, ok := find(st.face, r)
			if !ok {
				missing.add(text, i)
				continue
			}
			adv := float64(f.load().width[code]) * st.size / 1000
			cells = append(cells, cell{r, code, f, adv * (1 + wider), adv * wider, st})
		}
	}
	return cells
}

// Align places a line within its width.
type Align int

// Justify fills all lines but the last of a paragraph.
const (
	Justify Align = iota
	Left
	Center
	Right
)

// piece is a stretch of a line drawn by one operator: one face, size and colour, even spacing.
type piece struct {
	x     float64
	st    *style
	face  *face
	codes []rune
	text  []rune  // the characters meant: codes, but for private slots
	tc    float64 // PDF character spacing
	tight bool    // overlaps the piece before it: punctuation that shares a square
}

// setLine places one line of a paragraph at x in a width and cuts it into pieces.
func setLine(m *measure, sp span, x, width float64, align Align) []piece {
	cells, end := m.cells, m.visible[sp.to]
	if end <= sp.from {
		return nil
	}
	f := m.fit(sp.from, sp.to)
	slack := width - f.natural
	stretch, shrink := 0.0, 0.0
	switch {
	case slack < 0:
		if over := -slack - f.trim; over > 0 && f.shrink > 0 {
			shrink = min(1, over/f.shrink)
		}
	case align == Justify && !sp.last && f.gaps > 0:
		if share := slack / float64(f.gaps); share <= maxStretch*cells[sp.from].st.size {
			stretch = share
		}
	case align == Center:
		x += slack / 2
	case align == Right:
		x += slack
	}
	codes, text := charactersOf(cells[sp.from:end])
	var pieces []piece
	for i := sp.from; i < end; i++ {
		c := &cells[i]
		kern, tc := 0.0, 0.0
		if i > sp.from {
			kern, tc = m.kern(i-1, shrink, stretch)
			x += cells[i-1].adv + kern + tc
			tc += cells[i-1].tc
		}
		p := len(pieces) - 1
		// Spacing acts between the characters of a piece; after its last one the next piece has its own place.
		if p >= 0 && kern == 0 && pieces[p].takes(c, tc) {
			n := len(pieces[p].codes) + 1
			pieces[p].codes, pieces[p].text, pieces[p].tc = pieces[p].codes[:n], pieces[p].text[:n], tc
			continue
		}
		tight := p >= 0 && kern < -0.1*c.st.size
		if tight && len(pieces[p].codes) > 1 {
			pieces = append(pieces, pieces[p].tail(x-cells[i-1].adv-kern-tc+cells[i-1].tc))
		}
		pieces = append(pieces, piece{x, c.st, c.face, codes[i-sp.from:][:1], text[i-sp.from:][:1], 0, tight})
	}
	return pieces
}

// charactersOf are the codes of cells, and the characters meant: of most lines they are the same.
func charactersOf(cells []cell) (codes, text []rune) {
	codes = make([]rune, len(cells))
	same := true
	for i := range cells {
		codes[i] = cells[i].code
		same = same && cells[i].code == cells[i].r
	}
	if same {
		return codes, codes
	}
	text = make([]rune, len(cells))
	for i := range cells {
		text[i] = cells[i].r
	}
	return codes, text
}

// takes says whether c may join the piece with spacing tc before it.
func (p *piece) takes(c *cell, tc float64) bool {
	slot := c.code != c.r || p.codes[0] != p.text[0]
	return !slot && p.st == c.st && p.face == c.face && (len(p.codes) == 1 || p.tc == tc)
}

// tail cuts the last character, which stands at x, off a piece and returns it as a piece of its own.
func (p *piece) tail(x float64) piece {
	n := len(p.codes) - 1
	t := piece{x: x, st: p.st, face: p.face, codes: p.codes[n:], text: p.text[n:]}
	p.codes, p.text = p.codes[:n:n], p.text[:n:n]
	return t
}

// kern splits the width of gap i into what is peculiar to it and the share of justification that all open gaps have.
func (m *measure) kern(i int, shrink, stretch float64) (own, shared float64) {
	g := m.gap(i)
	if g.open {
		shared = stretch
	}
	return g.natural - shrink*g.shrink, shared
}

// baseline is the distance from the top of a line of a height to the baseline of text of a size: the square of a Han
// character reaches from 0.12 em below it to 0.88 em above.
func baseline(height, size float64) float64 { return math.Round(((height-size)/2+0.88*size)*100) / 100 }

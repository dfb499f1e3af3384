package pdf

import (
	"encoding/binary"
	"fmt"
	"math"
)

// metrics are what typesetting needs of a TrueType file, and where the parts are that a subset is made of.
type metrics struct {
	// width[r] is the advance of the character at code r in 1/1000 em, rounded as gofpdf rounds it, or -1 when the
	// font has no glyph for it.
	width [1 << 16]int16
	glyph [1 << 16]uint16 // 0: none

	font  sfnt
	table map[string]stretch
	long  int // glyphs with an advance of their own; the rest share the last

	descriptor string // what a file says of the font, so that viewers can stand in for it (ISO 32000 9.8)
}

// stretch is a part of a font file.
type stretch struct{ from, size int }

// parseSFNT reads head, hhea, hmtx and the format 4 cmap: the one gofpdf draws from, so coverage here is coverage there.
func parseSFNT(font string) (*metrics, error) {
	s := sfnt(font)
	first := 0
	if len(s) > 16 && s[:4] == "ttcf" { // a collection: its first face
		first = s.u32(12)
	}
	if first < 0 || len(s) < first+12 || s.u32(first) != 0x00010000 && s[first:first+4] != "true" {
		return nil, fmt.Errorf("not a TrueType font")
	}
	m := &metrics{font: s, table: map[string]stretch{}}
	for i := range s.u16(first + 4) {
		rec := first + 12 + 16*i
		m.table[string(s[rec:rec+4])] = stretch{s.u32(rec + 8), s.u32(rec + 12)}
	}
	for _, name := range []string{"head", "hhea", "hmtx", "maxp", "cmap", "loca", "glyf", "name", "post"} {
		if m.table[name].size == 0 {
			return nil, fmt.Errorf("font has no table %q", name)
		}
	}
	perEm := float64(s.u16(m.at("head") + 18))
	m.long = s.u16(m.at("hhea") + 34)
	for i := range m.width {
		m.width[i] = -1
	}
	sub := 0
	for i := range s.u16(m.at("cmap") + 2) {
		rec := m.at("cmap") + 4 + 8*i
		if at := m.at("cmap") + s.u32(rec+4); s.u16(at) == 4 {
			sub = at
		}
	}
	if sub == 0 {
		return nil, fmt.Errorf("font has no format 4 cmap")
	}
	n := s.u16(sub+6) / 2
	ends, starts, deltas, offsets := sub+14, sub+16+2*n, sub+16+4*n, sub+16+6*n
	for seg := range n {
		from, to := s.u16(starts+2*seg), s.u16(ends+2*seg)
		for code := from; code <= to && code < 0xFFFF; code++ {
			glyph := code
			if off := s.u16(offsets + 2*seg); off != 0 {
				if glyph = s.u16(offsets + 2*seg + off + 2*(code-from)); glyph == 0 {
					continue
				}
			}
			if glyph = (glyph + s.u16(deltas+2*seg)) & 0xFFFF; glyph == 0 {
				continue
			}
			m.glyph[code] = uint16(glyph)
			m.width[code] = int16(math.Round(1000 * float64(m.advance(glyph)) / perEm))
		}
	}
	m.descriptor = m.describe(perEm)
	return m, nil
}

// describe writes the descriptor. A font without OS/2, or with one of the first two versions, does not tell how high its capitals are.
func (m *metrics) describe(perEm float64) string {
	word := func(table string, at int) int { // 0 where the table ends before
		if at+2 > m.table[table].size {
			return 0
		}
		return m.font.u16(m.at(table) + at)
	}
	signed := func(table string, at int) int { return int(int16(word(table, at))) } //nolint:gosec // two bytes with a sign
	length := func(table string, at int) int { return int(float64(signed(table, at)) * 1000 / perEm) }
	ascent, descent, weight := length("hhea", 4), length("hhea", 6), 500
	capitals := ascent
	if m.table["OS/2"].size > 0 {
		weight = word("OS/2", 4)
		if word("OS/2", 0) > 1 {
			capitals = length("OS/2", 88)
		}
	}
	const symbolic, italic, bold, fixed = 1 << 2, 1 << 6, 1 << 18, 1
	flags := symbolic
	if signed("post", 4) != 0 {
		flags |= italic
	}
	if weight >= 600 {
		flags |= bold
	}
	if word("post", 12) != 0 || word("post", 14) != 0 {
		flags |= fixed
	}
	stem := 50 + int(float64(weight)/65*float64(weight)/65)
	return fmt.Sprintf("/Ascent %d /Descent %d /CapHeight %d /Flags %d /FontBBox [%d %d %d %d] /ItalicAngle %d /StemV %d /MissingWidth %.0f",
		ascent, descent, capitals, flags, length("head", 36), length("head", 38), length("head", 40), length("head", 42), signed("post", 4), stem,
		1000*float64(m.advance(0))/perEm)
}

func (m *metrics) at(table string) int { return m.table[table].from }

func (m *metrics) advance(glyph int) int { return m.font.u16(m.at("hmtx") + 4*min(glyph, m.long-1)) }

func (m *metrics) bearing(glyph int) int {
	if glyph < m.long {
		return m.font.u16(m.at("hmtx") + 4*glyph + 2)
	}
	return m.font.u16(m.at("hmtx") + 4*m.long + 2*(glyph-m.long))
}

// outline is where a glyph's shape lies in the file; empty for a blank.
func (m *metrics) outline(glyph int) stretch {
	offset := func(i int) int {
		if m.font.u16(m.at("head")+50) == 0 {
			return 2 * m.font.u16(m.at("loca")+2*i)
		}
		return m.font.u32(m.at("loca") + 4*i)
	}
	return stretch{m.at("glyf") + offset(glyph), offset(glyph+1) - offset(glyph)}
}

// sfnt reads big-endian numbers out of a font file.
type sfnt string

func (s sfnt) u16(at int) int { return int(s[at])<<8 | int(s[at+1]) }
func (s sfnt) u32(at int) int { return int(binary.BigEndian.Uint32([]byte(s[at : at+4]))) }

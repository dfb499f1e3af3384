package pdf

import (
	"encoding/binary"
	"fmt"
	"math"
)

// metrics are what typesetting needs of a TrueType file.
type metrics struct {
	// width[r] is the advance of the character at code r in 1/1000 em, rounded as gofpdf rounds it, or -1 when the
	// font has no glyph for it.
	width [1 << 16]int16
}

// parseSFNT reads head, hhea, hmtx and the format 4 cmap: the one gofpdf draws from, so coverage here is coverage there.
func parseSFNT(font string) (*metrics, error) {
	s := sfnt(font)
	if len(s) < 12 || s.u32(0) != 0x00010000 {
		return nil, fmt.Errorf("not a TrueType font")
	}
	table := map[string]int{}
	for i := range s.u16(4) {
		rec := 12 + 16*i
		table[string(s[rec:rec+4])] = s.u32(rec + 8)
	}
	for _, name := range []string{"head", "hhea", "hmtx", "cmap"} {
		if table[name] == 0 {
			return nil, fmt.Errorf("font has no table %q", name)
		}
	}
	perEm := float64(s.u16(table["head"] + 18))
	long := s.u16(table["hhea"] + 34) // glyphs with an advance of their own; the rest share the last
	m := new(metrics)
	for i := range m.width {
		m.width[i] = -1
	}
	sub := 0
	for i := range s.u16(table["cmap"] + 2) {
		rec := table["cmap"] + 4 + 8*i
		if at := table["cmap"] + s.u32(rec+4); s.u16(at) == 4 {
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
			advance := s.u16(table["hmtx"] + 4*min(glyph, long-1))
			m.width[code] = int16(math.Round(1000 * float64(advance) / perEm))
		}
	}
	return m, nil
}

// sfnt reads big-endian numbers out of a font file.
type sfnt string

func (s sfnt) u16(at int) int { return int(s[at])<<8 | int(s[at+1]) }
func (s sfnt) u32(at int) int { return int(binary.BigEndian.Uint32([]byte(s[at : at+4]))) }

package pdf

import (
	"encoding/binary"
	"maps"
	"slices"
)

// subset makes a font file of the glyphs at the codes alone. gofpdf reads a whole font for every document, and cuts it down afterwards: with
// the 7 MB of the embedded ones that was four fifths of the time of a paper. Handed just what the paper needs, it has little to read.
//
// The file is for gofpdf, which asks for no checksums: they stay zero. What it writes into the PDF is its own, with checksums.
func (m *metrics) subset(codes map[rune]bool) []byte {
	order := slices.Sorted(maps.Keys(codes))
	glyphs, place := []int{0}, map[int]int{0: 0} // old numbers in the new order, and the way back
	number := func(old int) int {
		n, ok := place[old]
		if !ok {
			n = len(glyphs)
			glyphs, place[old] = append(glyphs, old), n
		}
		return n
	}
	chars := make([]charGlyph, 0, len(order))
	for _, code := range order {
		if old := int(m.glyph[code]); old != 0 {
			chars = append(chars, charGlyph{int(code), number(old)})
		}
	}
	var glyf, loca, hmtx []byte
	for i := 0; i < len(glyphs); i++ { // parts of a composed glyph are added behind while it goes
		loca = binary.BigEndian.AppendUint32(loca, uint32(len(glyf)))
		hmtx = binary.BigEndian.AppendUint16(hmtx, uint16(m.advance(glyphs[i])))
		hmtx = binary.BigEndian.AppendUint16(hmtx, uint16(m.bearing(glyphs[i])))
		at := m.outline(glyphs[i])
		shape := []byte(m.font[at.from : at.from+at.size])
		renumberParts(shape, number)
		glyf = append(glyf, shape...)
		for len(glyf)%4 != 0 {
			glyf = append(glyf, 0)
		}
	}
	loca = binary.BigEndian.AppendUint32(loca, uint32(len(glyf)))

	tables := map[string][]byte{"glyf": glyf, "loca": loca, "hmtx": hmtx, "cmap": cmapOf(chars)}
	for _, name := range []string{"head", "hhea", "maxp", "name", "OS/2", "post", "cvt ", "fpgm", "prep", "gasp"} {
		if t, ok := m.table[name]; ok {
			tables[name] = []byte(m.font[t.from : t.from+t.size])
		}
	}
	binary.BigEndian.PutUint16(tables["head"][50:], 1) // loca in four bytes
	binary.BigEndian.PutUint16(tables["hhea"][34:], uint16(len(glyphs)))
	binary.BigEndian.PutUint16(tables["maxp"][4:], uint16(len(glyphs)))
	return assemble(tables)
}

// Flags of a part of a composed glyph (OpenType, glyf table).
const (
	partWords = 1 << 0
	partScale = 1 << 3
	partMore  = 1 << 5
	partXY    = 1 << 6
	part2x2   = 1 << 7
)

// renumberParts writes the new numbers of its parts into a composed glyph; a simple one stays as it is.
func renumberParts(shape []byte, number func(old int) int) {
	if len(shape) < 10 || shape[0]&0x80 == 0 { // the number of contours is not negative
		return
	}
	for at, flags := 10, partMore; flags&partMore != 0; {
		flags = int(binary.BigEndian.Uint16(shape[at:]))
		binary.BigEndian.PutUint16(shape[at+2:], uint16(number(int(binary.BigEndian.Uint16(shape[at+2:])))))
		at += 6
		if flags&partWords != 0 {
			at += 2
		}
		switch {
		case flags&partScale != 0:
			at += 2
		case flags&partXY != 0:
			at += 4
		case flags&part2x2 != 0:
			at += 8
		}
	}
}

type charGlyph struct{ code, glyph int }

// cmapOf is a cmap table of format 4: runs of neighbouring codes with neighbouring glyphs.
func cmapOf(chars []charGlyph) []byte {
	type run struct{ from, to, delta int }
	var runs []run
	for _, c := range chars {
		if n := len(runs) - 1; n >= 0 && runs[n].to+1 == c.code && c.code+runs[n].delta == c.glyph {
			runs[n].to = c.code
			continue
		}
		runs = append(runs, run{c.code, c.code, c.glyph - c.code})
	}
	runs = append(runs, run{0xFFFF, 0xFFFF, 1}) // the format asks for it, and it leads to no glyph
	b := []byte{0, 0, 0, 1, 0, 3, 0, 1, 0, 0, 0, 12}
	put := func(list ...int) {
		for _, n := range list {
			b = binary.BigEndian.AppendUint16(b, uint16(n))
		}
	}
	put(4, 16+8*len(runs), 0, 2*len(runs), 0, 0, 0) // the three for a binary search are not read
	for _, r := range runs {
		put(r.to)
	}
	put(0)
	for _, r := range runs {
		put(r.from)
	}
	for _, r := range runs {
		put(r.delta)
	}
	for range runs {
		put(0)
	}
	return b
}

// assemble puts tables together as a TrueType file.
func assemble(tables map[string][]byte) []byte {
	b := []byte{0, 1, 0, 0, 0, byte(len(tables)), 0, 0, 0, 0, 0, 0}
	at := len(b) + 16*len(tables)
	names := slices.Sorted(maps.Keys(tables))
	for _, name := range names {
		b = append(append(b, name...), 0, 0, 0, 0)
		b = binary.BigEndian.AppendUint32(b, uint32(at))
		b = binary.BigEndian.AppendUint32(b, uint32(len(tables[name])))
		at += (len(tables[name]) + 3) &^ 3
	}
	for _, name := range names {
		b = append(b, tables[name]...)
		for len(b)%4 != 0 {
			b = append(b, 0)
		}
	}
	return b
}

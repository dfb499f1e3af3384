package pdf

import (
	"encoding/binary"
	"hash/fnv"
	"maps"
	"math/bits"
	"slices"
)

// chars is a set of character codes of a face.
type chars [1 << 16 / 64]uint64

func (c *chars) add(code rune)      { c[code>>6&1023] |= 1 << (code & 63) }
func (c *chars) has(code rune) bool { return c[code>>6&1023]>>(code&63)&1 == 1 }

// tag names a subset by six capitals that follow from what is in it.
func (c *chars) tag() string {
	h := fnv.New64a()
	var word [8]byte
	for _, w := range c {
		binary.BigEndian.PutUint64(word[:], w)
		h.Write(word[:]) //nolint:gosec // a hash takes everything
	}
	sum, b := h.Sum64(), make([]byte, 6)
	for i := range b {
		b[i] = 'A' + byte(sum%26)
		sum /= 26
	}
	return string(b)
}

// all lists the codes in their order.
func (c *chars) all(yield func(code int) bool) {
	for i, word := range c {
		for ; word != 0; word &= word - 1 {
			if !yield(i<<6 | bits.TrailingZeros64(word)) {
				return
			}
		}
	}
}

// subset makes a font file of the glyphs at the codes alone, and says which number each has there. Parts of composed glyphs, which no character
// leads to, stand behind the others.
func (m *metrics) subset(codes *chars) (file []byte, list []charGlyph) {
	glyphs, place := make([]int, 1, 1024), make([]uint16, 1<<16) // old numbers in the new order, and the way back
	number := func(old int) int {
		if place[old] == 0 && old != 0 {
			place[old] = uint16(len(glyphs)) //nolint:gosec // a TrueType font has no more
			glyphs = append(glyphs, old)
		}
		return int(place[old])
	}
	for code := range codes.all {
		if old := int(m.glyph[code]); old != 0 {
			list = append(list, charGlyph{code, number(old)})
		}
	}
	size := 0
	for _, old := range glyphs {
		size += m.outline(old).size + 3
	}
	glyf, loca, hmtx := make([]byte, 0, size), make([]byte, 0, 4*len(glyphs)+4), make([]byte, 0, 4*len(glyphs))
	for i := 0; i < len(glyphs); i++ { // parts of a composed glyph are added behind while it goes
		loca = binary.BigEndian.AppendUint32(loca, uint32(len(glyf)))
		hmtx = binary.BigEndian.AppendUint16(hmtx, uint16(m.advance(glyphs[i])))
		hmtx = binary.BigEndian.AppendUint16(hmtx, uint16(m.bearing(glyphs[i])))
		at, from := m.outline(glyphs[i]), len(glyf)
		glyf = append(glyf, m.font[at.from:at.from+at.size]...)
		renumberParts(glyf[from:], number)
		for len(glyf)%4 != 0 {
			glyf = append(glyf, 0)
		}
	}
	loca = binary.BigEndian.AppendUint32(loca, uint32(len(glyf)))

	tables := map[string][]byte{"cmap": cmapOf(list), "glyf": glyf, "loca": loca, "hmtx": hmtx}
	for _, name := range []string{"head", "hhea", "maxp", "name", "OS/2", "post", "cvt ", "fpgm", "prep", "gasp"} {
		if t, ok := m.table[name]; ok {
			tables[name] = []byte(m.font[t.from : t.from+t.size])
		}
	}
	binary.BigEndian.PutUint16(tables["head"][50:], 1)               // loca in four bytes
	tables["post"] = append([]byte{0, 3, 0, 0}, make([]byte, 28)...) // no names of glyphs
	copy(tables["post"][4:16], m.font[m.at("post")+4:])
	binary.BigEndian.PutUint16(tables["hhea"][34:], uint16(len(glyphs)))
	binary.BigEndian.PutUint16(tables["maxp"][4:], uint16(len(glyphs)))
	return assemble(tables), list
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

// assemble puts tables together as a TrueType file, with its checksums.
func assemble(tables map[string][]byte) []byte {
	n, size := len(tables), 12
	power := 1 << (bits.Len(uint(n)) - 1)
	for _, t := range tables {
		size += 16 + (len(t)+3)&^3
	}
	b := make([]byte, 12, size)
	binary.BigEndian.PutUint32(b, 0x00010000)
	for i, v := range []int{n, 16 * power, bits.Len(uint(power)) - 1, 16 * (n - power)} {
		binary.BigEndian.PutUint16(b[4+2*i:], uint16(v))
	}
	at, head, whole := len(b)+16*n, 0, uint32(0)
	names := slices.Sorted(maps.Keys(tables))
	for _, name := range names {
		t := tables[name]
		if name == "head" {
			binary.BigEndian.PutUint32(t[8:], 0) // counted as nothing
			head = at
		}
		sum := checksum(t)
		whole += sum
		b = append(b, name...)
		for _, v := range []int{int(sum), at, len(t)} {
			b = binary.BigEndian.AppendUint32(b, uint32(v))
		}
		at += (len(t) + 3) &^ 3
	}
	whole += checksum(b)
	for _, name := range names {
		b = append(b, tables[name]...)
		for len(b)%4 != 0 {
			b = append(b, 0)
		}
	}
	binary.BigEndian.PutUint32(b[head+8:], 0xB1B0AFBA-whole)
	return b
}

// checksum is the sum of the four-byte numbers of a table (OpenType, “Calculating checksums”).
func checksum(b []byte) (sum uint32) {
	for ; len(b) >= 4; b = b[4:] {
		sum += binary.BigEndian.Uint32(b)
	}
	var last [4]byte
	copy(last[:], b)
	return sum + binary.BigEndian.Uint32(last[:])
}

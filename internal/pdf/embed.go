package pdf

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"strconv"
)

// A font in a file is five objects (ISO 32000 9.7): the font that pages name, the one that it descends to, its descriptor, which glyph a code has,
// and the TrueType file. The codes in pages are those of the characters, so that what a page says is read without a table of its own.
//
// gofpdf would read the TrueType file, keep the width of each of 65,536 codes, write them out to name the font by their digest, cut the font anew
// and compress it with a compressor of its own: 40 % of a bulletin. It is told of a font of the kind that every viewer has, which is one object,
// and pack puts ours in its place; text is handed to it as it stands in the file (codesOf).

// fontFile is a font as the paper embeds it.
type fontFile struct {
	family string // as gofpdf was told it
	tag    string // six letters that tell one subset from another (ISO 32000 9.9.2)
	face   *metrics
	data   []byte
	glyphs []charGlyph // the characters in the order of their codes, with their numbers in data
}

// definition is what gofpdf is told of a font, and placeholder the object that it writes for it.
func definition(family string) []byte { return fmt.Appendf(nil, `{"Tp":"Core","Name":%q}`, family) }

func placeholder(number int, family string) string {
	return fmt.Sprintf("%d 0 obj\n<</Type /Font\n/BaseFont /%s\n/Subtype /Type1\n/Encoding /WinAnsiEncoding\n>>\nendobj\n", number, family)
}

// fontParts is how many objects of a font stand behind those of gofpdf. Before them all stands what the fonts share, toUnicode.
const fontParts = 4

// write writes the font in the place of what gofpdf wrote for it: the i-th font of a file in which gofpdf made so many objects.
func (f *fontFile) write(out *bytes.Buffer, number, objects, i int) {
	fmt.Fprintf(out, "%d 0 obj\n<</Type /Font\n/Subtype /Type0\n/BaseFont /%s+%s\n/Encoding /Identity-H\n/DescendantFonts [%d 0 R]\n/ToUnicode %d 0 R>>\nendobj\n",
		number, f.tag, f.family, objects+2+i*fontParts, objects+1)
}

// partsOf are the objects to be written behind the first ones, in the order of their numbers.
func partsOf(fonts []fontFile, objects int) (parts []func(out *bytes.Buffer, number int) error) {
	if len(fonts) == 0 {
		return nil
	}
	parts = append(parts, func(out *bytes.Buffer, number int) error { return writeStream(out, number, "", []byte(toUnicode)) })
	for i := range fonts {
		f := &fonts[i]
		parts = append(parts,
			func(out *bytes.Buffer, number int) error {
				fmt.Fprintf(out, "%d 0 obj\n<</Type /Font\n/Subtype /CIDFontType2\n/BaseFont /%s+%s\n/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>>\n"+
					"/FontDescriptor %d 0 R\n/CIDToGIDMap %d 0 R\n/DW 1000\n/W [", number, f.tag, f.family, number+1, number+2)
				out.Write(f.widths(out.AvailableBuffer()))
				out.WriteString("]>>\nendobj\n")
				return nil
			},
			func(out *bytes.Buffer, number int) error {
				fmt.Fprintf(out, "%d 0 obj\n<</Type /FontDescriptor\n/FontName /%s+%s\n%s\n/FontFile2 %d 0 R>>\nendobj\n", number, f.tag, f.family, f.face.descriptor, number+2)
				return nil
			},
			func(out *bytes.Buffer, number int) error { return writeGlyphs(out, number, f.glyphs) },
			func(out *bytes.Buffer, number int) error {
				return writeStream(out, number, fmt.Sprintf(" /Length1 %d", len(f.data)), f.data)
			})
	}
	return parts
}

// widths lists the characters that are not as wide as high, neighbours together.
func (f *fontFile) widths(b []byte) []byte {
	next := -1
	for _, g := range f.glyphs {
		w := f.face.width[g.code]
		if w == 1000 {
			continue
		}
		switch {
		case next < 0:
			b = append(strconv.AppendInt(b, int64(g.code), 10), " ["...)
		case g.code != next:
			b = append(strconv.AppendInt(append(b, "]\n"...), int64(g.code), 10), " ["...)
		default:
			b = append(b, ' ')
		}
		b = strconv.AppendInt(b, int64(w), 10)
		next = g.code + 1
	}
	if next >= 0 {
		b = append(b, ']')
	}
	return b
}

// toUnicode says that codes are characters.
const toUnicode = `/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo
<</Registry (Adobe)
/Ordering (UCS)
/Supplement 0
>> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
1 beginbfrange
<0000> <FFFF> <0000>
endbfrange
endcmap
CMapName currentdict /CMap defineresource pop
end
end`

// codesOf is a text as it stands in the file: two bytes a character.
func codesOf(codes []rune) string {
	b := make([]byte, 0, 64)
	for _, r := range codes {
		b = binary.BigEndian.AppendUint16(b, uint16(r)) //nolint:gosec // codes of a face are below 0x10000
	}
	return string(b)
}

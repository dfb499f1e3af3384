package pdf

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/klauspost/compress/zlib"
)

// pack compresses the streams of a file that gofpdf wrote plain, and puts the fonts in, in the order in which gofpdf names them.
// gofpdf makes a new compressor of more than a megabyte for each stream, and takes every font apart and together again: both were more than half
// of a paper. Here compressors are used again, and gofpdf knows of a font nothing but its name (embed.go).
//
// It knows just the file that gofpdf 1.16 writes: objects one behind the other, then the table of their places. What looks otherwise is an
// error, never a guess.
func pack(file []byte, fonts []fontFile, created time.Time) ([]byte, error) {
	objects, table, err := placesOf(file)
	if err != nil {
		return nil, err
	}
	size := len(file)/2 + 8<<10
	for _, f := range fonts {
		size += len(f.data)
	}
	out := bytes.NewBuffer(make([]byte, 0, size))
	amend := amender(created)
	out.WriteString(version)
	places := make([]int, len(objects)+1)
	named := 0 // fonts
	for i, o := range objects {
		end := table
		if i+1 < len(objects) {
			end = objects[i+1].at
		}
		places[o.number] = out.Len()
		body := file[o.at:end]
		if named < len(fonts) && string(body) == placeholder(o.number, fonts[named].family) {
			fonts[named].write(out, o.number, len(objects), named)
			named++
			continue
		}
		if err := packObject(out, body, o.number, amend); err != nil {
			return nil, err
		}
	}
	if named < len(fonts) {
		return nil, fmt.Errorf("%d fonts have no place in the file", len(fonts)-named)
	}
	for _, part := range partsOf(fonts, len(objects)) {
		places = append(places, out.Len())
		if err := part(out, len(places)-1); err != nil {
			return nil, err
		}
	}
	old := fmt.Sprintf("trailer\n<<\n/Size %d\n", len(objects)+1)
	trailer := bytes.Index(file[table:], []byte(old))
	end := bytes.LastIndex(file, []byte("startxref\n"))
	if trailer < 0 || end < table+trailer {
		return nil, fmt.Errorf("the file has no trailer")
	}
	at := out.Len()
	fmt.Fprintf(out, "xref\n0 %d\n0000000000 65535 f \n", len(places))
	for _, place := range places[1:] {
		fmt.Fprintf(out, "%010d 00000 n \n", place)
	}
	fmt.Fprintf(out, "trailer\n<<\n/Size %d\n", len(places))
	out.Write(file[table+trailer+len(old) : end])
	fmt.Fprintf(out, "startxref\n%d\n%%%%EOF\n", at)
	return out.Bytes(), nil
}

// version is the head of the file: 1.5 brought ActualText, which gofpdf does not know that we use.
const version = "%PDF-1.7\n"

// amender writes into objects what gofpdf cannot: the language, that viewers show the title, and the zone of the dates.
func amender(created time.Time) *strings.Replacer {
	stamp, zone := created.Format("D:20060102150405"), created.Format("-07'00'")
	return strings.NewReplacer(
		"/Type /Catalog\n", "/Type /Catalog\n/Lang (zh-CN)\n/ViewerPreferences <</DisplayDocTitle true>>\n",
		"/CreationDate ("+stamp+")", "/CreationDate ("+stamp+zone+")",
		"/ModDate ("+stamp+")", "/ModDate ("+stamp+zone+")",
	)
}

// object is where an object of a file begins.
type object struct{ number, at int }

// placesOf reads the table at the end of a file: its objects in the order in which they stand, and where the table begins.
func placesOf(file []byte) (objects []object, table int, err error) {
	const entry = 20 // bytes
	broken := fmt.Errorf("the file has no table of its objects")
	_, rest, ok := bytes.Cut(file[max(0, len(file)-64):], []byte("startxref\n"))
	if !ok {
		return nil, 0, broken
	}
	digits, _, _ := bytes.Cut(rest, []byte("\n"))
	if table, err = strconv.Atoi(string(digits)); err != nil || table <= 0 || table > len(file) {
		return nil, 0, broken
	}
	list, ok := bytes.CutPrefix(file[table:], []byte("xref\n0 "))
	if !ok {
		return nil, 0, broken
	}
	digits, list, _ = bytes.Cut(list, []byte("\n"))
	n, err := strconv.Atoi(string(digits))
	if err != nil || n < 2 || len(list) < n*entry {
		return nil, 0, broken
	}
	for i := 1; i < n; i++ {
		at, err := strconv.Atoi(string(list[i*entry : i*entry+10]))
		if err != nil || !bytes.HasPrefix(file[min(at, len(file)):], objectHead(i)) {
			return nil, 0, fmt.Errorf("object %d does not stand where the table says", i)
		}
		objects = append(objects, object{i, at})
	}
	slices.SortFunc(objects, func(a, b object) int { return cmp.Compare(a.at, b.at) })
	return objects, table, nil
}

func objectHead(number int) []byte { return fmt.Appendf(nil, "%d 0 obj\n", number) }

// packObject writes one object: a plain stream compressed, whatever else as it is.
func packObject(out *bytes.Buffer, o []byte, number int, amend *strings.Replacer) error {
	body := o[len(objectHead(number)):]
	switch {
	case bytes.HasPrefix(body, []byte("<</Type /XObject\n/Subtype /Image\n")):
		out.Write(o) // a JPEG, as it is
		return nil
	case bytes.HasPrefix(body, []byte("<</Type /Font\n")):
		return fmt.Errorf("object %d is a font that the paper does not have", number)
	}
	rest, ok := bytes.CutPrefix(body, []byte("<</Length "))
	if !ok {
		_, err := amend.WriteString(out, string(o))
		return err
	}
	digits, data, _ := bytes.Cut(rest, []byte(">>\nstream\n"))
	length, err := strconv.Atoi(string(digits))
	if err != nil {
		return fmt.Errorf("object %d is a stream of an unknown kind", number)
	}
	if length < 0 || length > len(data) || !bytes.HasPrefix(data[length:], []byte("\nendstream\n")) {
		return fmt.Errorf("object %d is no stream of %d bytes", number, length)
	}
	return writeStream(out, number, "", data[:length])
}

func writeStream(out *bytes.Buffer, number int, entries string, data []byte) error {
	c := compressors.Get().(*compressor)
	defer compressors.Put(c)
	return c.write(out, number, entries, data)
}

// writeGlyphs writes the table that leads from codes to glyphs: two bytes for each code up to the last.
func writeGlyphs(out *bytes.Buffer, number int, glyphs []charGlyph) error {
	c := compressors.Get().(*compressor)
	defer compressors.Put(c)
	end := 0
	for _, g := range glyphs {
		binary.BigEndian.PutUint16(c.glyphs[2*g.code:], uint16(g.glyph)) //nolint:gosec // a TrueType font has no more
		end = 2*g.code + 2
	}
	err := c.write(out, number, "", c.glyphs[:end])
	for _, g := range glyphs {
		binary.BigEndian.PutUint16(c.glyphs[2*g.code:], 0)
	}
	return err
}

// compressor is used again: a new one takes most of a megabyte.
type compressor struct {
	zlib   *zlib.Writer
	buf    bytes.Buffer
	glyphs [2 << 16]byte // nothing but zeros between two papers
}

func (c *compressor) write(out *bytes.Buffer, number int, entries string, data []byte) error {
	c.buf.Reset()
	c.zlib.Reset(&c.buf)
	if _, err := c.zlib.Write(data); err != nil {
		return err
	}
	if err := c.zlib.Close(); err != nil {
		return err
	}
	fmt.Fprintf(out, "%d 0 obj\n<</Filter /FlateDecode /Length %d%s>>\nstream\n", number, c.buf.Len(), entries)
	out.Write(c.buf.Bytes())
	out.WriteString("\nendstream\nendobj\n")
	return nil
}

var compressors = sync.Pool{New: func() any {
	w, _ := zlib.NewWriterLevel(nil, packLevel) // a level that exists
	return &compressor{zlib: w}
}}

// packLevel: a level more makes a bulletin's fonts, most of its file, 3 % smaller in half as much time again.
const packLevel = 2

package pdf

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/klauspost/compress/zlib"
)

// pack compresses the streams of a file that gofpdf wrote plain, and puts the font files in, in the order in which gofpdf names them.
// gofpdf makes a new compressor of more than a megabyte for each stream, and takes every font apart and together again: both were more than half
// of a paper. Here compressors are used again, and the fonts that gofpdf gets have no outlines (subset.go).
//
// It knows just the file that gofpdf 1.16 writes: objects one behind the other, then the table of their places. What looks otherwise is an
// error, never a guess.
func pack(file []byte, fonts []fontFile, created time.Time) ([]byte, error) {
	objects, table, err := placesOf(file)
	if err != nil {
		return nil, err
	}
	out := bytes.NewBuffer(make([]byte, 0, len(file)/2+64<<10))
	amend := amender(fonts, created)
	out.WriteString(version)
	places := make([]int, len(objects)+1)
	for i, o := range objects {
		end := table
		if i+1 < len(objects) {
			end = objects[i+1].at
		}
		places[o.number] = out.Len()
		if fonts, err = packObject(out, file[o.at:end], o.number, fonts, amend); err != nil {
			return nil, err
		}
	}
	if len(fonts) > 0 {
		return nil, fmt.Errorf("%d fonts have no place in the file", len(fonts))
	}
	trailer := bytes.Index(file[table:], []byte("trailer\n"))
	end := bytes.LastIndex(file, []byte("startxref\n"))
	if trailer < 0 || end < table+trailer {
		return nil, fmt.Errorf("the file has no trailer")
	}
	at := out.Len()
	fmt.Fprintf(out, "xref\n0 %d\n0000000000 65535 f \n", len(places))
	for _, place := range places[1:] {
		fmt.Fprintf(out, "%010d 00000 n \n", place)
	}
	out.Write(file[table+trailer : end])
	fmt.Fprintf(out, "startxref\n%d\n%%%%EOF\n", at)
	return out.Bytes(), nil
}

// version is the head of the file: 1.5 brought ActualText, which gofpdf does not know that we use.
const version = "%PDF-1.7\n"

// fontFile is a font as the paper embeds it.
type fontFile struct {
	family string // as gofpdf was told it
	tag    string // six letters that tell one subset from another (ISO 32000 9.9.2)
	data   []byte
}

// amender writes into objects what gofpdf cannot: the language, that viewers show the title, the zone of the dates, and the names of the
// fonts as subsets.
func amender(fonts []fontFile, created time.Time) *strings.Replacer {
	stamp, zone := created.Format("D:20060102150405"), created.Format("-07'00'")
	pairs := []string{
		"/Type /Catalog\n", "/Type /Catalog\n/Lang (zh-CN)\n/ViewerPreferences <</DisplayDocTitle true>>\n",
		"/CreationDate (" + stamp + ")", "/CreationDate (" + stamp + zone + ")",
		"/ModDate (" + stamp + ")", "/ModDate (" + stamp + zone + ")",
	}
	for _, f := range fonts {
		for _, key := range []string{"/BaseFont /", "/FontName /"} {
			pairs = append(pairs, key+"utf8"+strings.ToLower(f.family)+"\n", key+f.tag+"+"+f.family+"\n")
		}
	}
	return strings.NewReplacer(pairs...)
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

// packObject writes one object: a plain stream compressed, a font file from fonts, whatever else as it is. It returns the fonts left.
func packObject(out *bytes.Buffer, o []byte, number int, fonts []fontFile, amend *strings.Replacer) ([]fontFile, error) {
	if bytes.HasPrefix(o[len(objectHead(number)):], []byte("<</Type /XObject\n/Subtype /Image\n")) {
		out.Write(o) // a JPEG, as it is
		return fonts, nil
	}
	rest, ok := bytes.CutPrefix(o[len(objectHead(number)):], []byte("<</Length "))
	if !ok {
		_, err := amend.WriteString(out, string(o))
		return fonts, err
	}
	digits, rest, _ := bytes.Cut(rest, []byte{'\n'})
	plain := bytes.HasSuffix(digits, []byte(">>"))
	length, err := strconv.Atoi(string(bytes.TrimSuffix(digits, []byte(">>"))))
	switch {
	case err != nil: // …/Filter on the same line: a stream that gofpdf has compressed
		out.Write(o)
		return fonts, nil
	case plain:
		data, ok := bytes.CutPrefix(rest, []byte("stream\n"))
		if !ok || length < 0 || length > len(data) || !bytes.HasPrefix(data[length:], []byte("\nendstream\n")) {
			return nil, fmt.Errorf("object %d is no stream of %d bytes", number, length)
		}
		return fonts, writeStream(out, number, "", data[:length])
	case bytes.HasPrefix(rest, []byte("/Filter /FlateDecode\n/Length1 ")) && len(fonts) > 0:
		return fonts[1:], writeStream(out, number, fmt.Sprintf(" /Length1 %d", len(fonts[0].data)), fonts[0].data)
	}
	return nil, fmt.Errorf("object %d is a stream of an unknown kind", number)
}

func writeStream(out *bytes.Buffer, number int, entries string, data []byte) error {
	c := compressors.Get().(*compressor)
	defer compressors.Put(c)
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

type compressor struct {
	zlib *zlib.Writer
	buf  bytes.Buffer
}

var compressors = sync.Pool{New: func() any {
	w, _ := zlib.NewWriterLevel(nil, packLevel) // a level that exists
	return &compressor{zlib: w}
}}

const packLevel = 3

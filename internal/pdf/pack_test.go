package pdf

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jung-kurt/gofpdf"
)

var packedAt = time.Unix(0, 0)

// plainFile is a file as gofpdf writes it: two pages, a font that it knows by name, an outline and a title.
func plainFile(t *testing.T) (file []byte, fonts []fontFile) {
	t.Helper()
	p := gofpdf.New("P", "pt", "A4", "")
	p.SetCompression(false)
	p.SetTitle("獴stream\nendstream\n1 0 obj", true)
	codes := &chars{}
	for _, r := range "养殖ABC" {
		codes.add(r)
	}
	font, glyphs := serif.load().subset(codes)
	p.AddFontFromBytes(serif.family, "", definition(serif.family), nil)
	for range 2 {
		p.AddPage()
		p.SetFont(serif.family, "", 12)
		p.Bookmark("stream\n", 0, 0)
		p.Text(50, 50, codesOf([]rune("养殖ABC")))
	}
	var out bytes.Buffer
	if err := p.Output(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes(), []fontFile{{serif.family, "ABCDEF", serif.load(), font, glyphs}}
}

// Every object stands where the packed file's table says, the pages say what they said, and the font is the one handed over.
func TestPack(t *testing.T) {
	plain, fonts := plainFile(t)
	packed, err := pack(plain, fonts, packedAt)
	if err != nil {
		t.Fatal(err)
	}
	before, _, err := placesOf(plain)
	if err != nil {
		t.Fatal(err)
	}
	after, table, err := placesOf(packed)
	if err != nil || len(after) != len(before)+1+fontParts || !bytes.HasPrefix(packed[table:], []byte("xref\n")) {
		t.Fatalf("the packed file has %d objects and its table at %d: %v; want %d", len(after), table, err, len(before)+1+fontParts)
	}
	var streams []string
	for rest := packed; ; {
		_, data, ok := bytes.Cut(rest, []byte(">>\nstream\n"))
		if !ok {
			break
		}
		z, err := zlib.NewReader(bytes.NewReader(data))
		if err != nil {
			t.Fatalf("a stream is not compressed: %v", err)
		}
		s, err := io.ReadAll(z)
		if err != nil {
			t.Fatal(err)
		}
		streams, rest = append(streams, string(s)), data
	}
	pages := 0
	for _, s := range streams {
		if strings.Contains(s, " Tj ET") {
			pages++
			if !bytes.Contains(plain, []byte(s)) {
				t.Errorf("a page says %q", s)
			}
		}
	}
	if last := streams[len(streams)-1]; pages != 2 || last != string(fonts[0].data) || !bytes.Contains(packed, fmt.Appendf(nil, "/Length1 %d>>", len(last))) {
		t.Errorf("%d pages, a font of %d bytes; want 2 pages and the font of %d", pages, len(last), len(fonts[0].data))
	}
}

// What viewers are told of a font is what gofpdf reads out of its file.
func TestDescriptor(t *testing.T) {
	entry := regexp.MustCompile(`/(Ascent|Descent|CapHeight|Flags|FontBBox|ItalicAngle|StemV|MissingWidth) (\[[^]]*\]|-?[0-9]+)`)
	for _, f := range []*face{serif, sans, rare[0], fallback} {
		codes := &chars{}
		codes.add('A')
		font, _ := f.load().subset(codes)
		p := gofpdf.New("P", "pt", "A4", "")
		p.AddUTF8FontFromBytes(f.family, "", font)
		p.AddPage()
		var out bytes.Buffer
		if err := p.Output(&out); err != nil {
			t.Fatal(err)
		}
		_, written, _ := strings.Cut(out.String(), "/Type /FontDescriptor")
		want, got := entry.FindAllString(written, -1), entry.FindAllString(f.load().descriptor, -1)
		if len(want) != 8 || !slices.Equal(got, want) {
			t.Errorf("%s: %q, gofpdf writes %q", f.family, got, want)
		}
	}
}

// The widths of a font are listed where they are not the usual one, neighbours together.
func TestWidths(t *testing.T) {
	m := &metrics{}
	var glyphs []charGlyph
	for i, w := range map[int]int16{'A': 600, 'B': 700, 'C': 1000, 'D': 0, '養': 1000, '，': 500} {
		m.width[i] = w
		glyphs = append(glyphs, charGlyph{code: i})
	}
	slices.SortFunc(glyphs, func(a, b charGlyph) int { return a.code - b.code })
	f := fontFile{face: m, glyphs: glyphs}
	if got := string(f.widths(nil)); got != "65 [600 700]\n68 [0]\n65292 [500]" {
		t.Errorf("widths = %q", got)
	}
	f.glyphs = f.glyphs[2:3]
	if got := string(f.widths(nil)); got != "" {
		t.Errorf("widths of characters as wide as high = %q", got)
	}
}

// What is not as gofpdf writes it is refused.
func TestPackRefuses(t *testing.T) {
	plain, fonts := plainFile(t)
	swap := func(old, with string) []byte { return bytes.Replace(plain, []byte(old), []byte(with), 1) }
	for name, f := range map[string]struct {
		file  []byte
		fonts []fontFile
	}{
		"empty":             {nil, fonts},
		"no table":          {swap("startxref", "startxxxx"), fonts},
		"no trailer":        {swap("trailer\n", "trailer "), fonts},
		"an object moved":   {swap("3 0 obj", "4 0 obj"), fonts},
		"a shorter stream":  {swap("endstream", "endstrea "), fonts},
		"another filter":    {swap(">>\nstream\n", "/Filter /LZWDecode>>\nstream\n"), fonts},
		"a font too few":    {plain, nil},
		"another font":      {swap("/BaseFont /Noto", "/BaseFont /Nota"), fonts},
		"a number too many": {swap("/Size ", "/Size 1"), fonts},
		"a font too many":   {plain, []fontFile{fonts[0], fonts[0]}},
		"cut off":           {plain[:len(plain)-40], fonts},
		"a table elsewhere": {swap("xref\n0 ", "xxxx\n0 "), fonts},
	} {
		if _, err := pack(f.file, f.fonts, packedAt); err == nil {
			t.Errorf("%s: packed without an error", name)
		}
	}
}

// Compressors are used again: what a paper is made after does not show in it.
func TestPapersLeaveNoTrace(t *testing.T) {
	first := bulletinBytes(t, sample())
	for i := range 3 {
		b := sample()
		b.Title += strings.Repeat("养", i)
		b.Cases = b.Cases[i:]
		bulletinBytes(t, b)
		if !bytes.Equal(bulletinBytes(t, sample()), first) {
			t.Fatalf("after %d other papers the same input makes other bytes", i+1)
		}
	}
}

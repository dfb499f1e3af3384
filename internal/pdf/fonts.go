package pdf

import (
	"compress/gzip"
	_ "embed"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"unicode/utf16"

	"casebook/internal/registry"
)

// The subsets and how they were made: fonts/README.md. Strings: nobody can write into them. Each document has a subset of its own.
var (
	//go:embed fonts/NotoSerifSC-Regular.ttf
	serifTTF string
	//go:embed fonts/NotoSansSC-Bold.ttf
	sansTTF string
	//go:embed fonts/NotoSerifSC-Rare1.ttf
	rare1TTF string
	//go:embed fonts/NotoSerifSC-Rare2.ttf
	rare2TTF string
	//go:embed fonts/Fallback.ttf.gz
	fallbackGZ string
	// astralChars lists the characters beyond the BMP that the fonts hold: the i-th sits at the private code 0xE000+i.
	//go:embed fonts/astral.txt
	astralChars string
)

const firstSlot = 0xE000

// face is one font: embedded, or an administrator's.
type face struct {
	family   string // ASCII: gofpdf writes it raw into the file
	load     func() *metrics
	licensed bool // an administrator's: its private codes are not our slots
}

func newFace(family, data string) *face {
	return &face{
		family: family,
		load: sync.OnceValue(func() *metrics {
			m, err := parseSFNT(data)
			if err != nil {
				panic(fmt.Sprintf("embedded font %s: %v", family, err)) // a defect of the build, met by every test
			}
			return m
		}),
	}
}

// The faces: serif for text, sans bold for headings; rare holds the rest of GBK, fallback Extension A, more characters beyond the BMP and signs.
// The last three are embedded only in a paper that needs them.
var (
	serif    = newFace("NotoSerifSC", serifTTF)
	sans     = newFace("NotoSansSCBold", sansTTF)
	rare     = []*face{newFace("NotoSerifSCRareA", rare1TTF), newFace("NotoSerifSCRareB", rare2TTF)}
	fallback = &face{family: "CasebookFallback", load: sync.OnceValue(func() *metrics {
		z, err := gzip.NewReader(strings.NewReader(fallbackGZ))
		if err != nil {
			panic(fmt.Sprintf("embedded fallback font: %v", err))
		}
		var b strings.Builder
		if _, err := io.Copy(&b, z); err != nil { //nolint:gosec // our own file
			panic(fmt.Sprintf("embedded fallback font: %v", err))
		}
		m, err := parseSFNT(b.String())
		if err != nil {
			panic(fmt.Sprintf("embedded fallback font: %v", err))
		}
		return m
	})}
)

var slots = sync.OnceValue(func() map[rune]rune {
	m := map[rune]rune{}
	for i, r := range []rune(astralChars) {
		m[r] = firstSlot + rune(i)
	}
	return m
})

// find returns the face that has r, preferring want, and the code of r in that face. A private-use character in the
// input is never covered: at its code the fonts hold another character's glyph.
func find(want *face, r rune) (f *face, code rune, ok bool) {
	code = r
	slot := r > 0xFFFF
	switch {
	case r >= 0xE000 && r <= 0xF8FF, r > 0x10FFFF, r < 0:
		return nil, 0, false
	case r > 0xFFFF:
		if code, ok = slots()[r]; !ok {
			return nil, 0, false
		}
	}
	for _, f := range [...]*face{want, serif, rare[0], rare[1], fallback} {
		if slot && f.licensed {
			continue
		}
		if f.load().width[code] >= 0 {
			return f, code, true
		}
	}
	return nil, 0, false
}

// MissingGlyphs says that a paper was not made because no embedded font can draw some of its characters. It unwraps to a
// registry.Error of kind invalid.
type MissingGlyphs struct {
	Runes   []rune   // in order of first appearance
	Context []string // Context[i] is a few characters around the first Runes[i]
}

func (e *MissingGlyphs) Error() string {
	names := make([]string, len(e.Runes))
	for i, r := range e.Runes {
		names[i] = fmt.Sprintf("%c（U+%04X，见“%s”）", r, r, e.Context[i])
	}
	return fmt.Sprintf("有 %d 个字符没有字形，不能生成 PDF：%s。请改用规范字，或按原件注明字形后再生成。",
		len(e.Runes), strings.Join(names, "、"))
}

// Unwrap lets the outer layers treat the error as the invalid input it is.
func (e *MissingGlyphs) Unwrap() error {
	return &registry.Error{Kind: registry.KindInvalid, Message: e.Error()}
}

func (e *MissingGlyphs) add(text []rune, at int) {
	if slices.Contains(e.Runes, text[at]) {
		return
	}
	e.Runes = append(e.Runes, text[at])
	e.Context = append(e.Context, string(text[max(0, at-5):min(len(text), at+6)]))
}

// cesu8 writes each character beyond the BMP as two three-byte surrogates. gofpdf's own conversion to UTF-16 reads three
// bytes a character and garbles four (王𬭚案 came out as 王ଭ案); fed this way its output is right.
func cesu8(s string) string {
	var b strings.Builder
	for _, r := range s {
		if r <= 0xFFFF {
			b.WriteRune(r)
			continue
		}
		hi, lo := utf16.EncodeRune(r)
		for _, u := range [...]rune{hi, lo} {
			b.Write([]byte{0xE0 | byte(u>>12), 0x80 | byte(u>>6)&0x3F, 0x80 | byte(u)&0x3F})
		}
	}
	return b.String()
}

// TextFont is the embedded sans face as a TrueType file, for text on a picture.
func TextFont() []byte { return []byte(sansTTF) }

package pdf

import (
	"testing"
	"unicode/utf8"
)

// One rule says what can be printed: every character of the BMP, and of the extensions A and B, is said to be settable exactly where setting it leaves none
// out, in text, headings and titles; and what is set has a glyph in the font that it is set in.
func TestSettableIsWhatIsSet(t *testing.T) {
	said := 0
	try := func(r rune) {
		settable := Settable(r)
		if settable {
			said++
		}
		for _, run := range []Run{{Text: clean(string(r))}, {Text: clean(string(r)), Bold: true}, {Text: clean(string(r)), role: roleTitle}} {
			var missing MissingGlyphs
			cells := shape([]Run{run}, BodySize, &missing)
			if set := len(missing.Runes) == 0; set != settable {
				t.Errorf("%U: said to be settable: %v, set: %v", r, settable, set)
			}
			for _, c := range cells {
				if c.face.load().width[c.code] < 0 {
					t.Errorf("%U is set in %s without a glyph", r, c.face.family)
				}
			}
		}
	}
	for r := rune(0); r <= 0xFFFF; r++ {
		if utf8.ValidRune(r) {
			try(r)
		}
	}
	for r := rune(0x20000); r <= 0x2A6DF; r++ { // extension B
		if r%7 == 0 || slots()[r] != 0 {
			try(r)
		}
	}
	if said < 30_000 {
		t.Errorf("%d characters are said to be settable", said)
	}
	for r, want := range map[rune]bool{'𬭚': true, '㛃': true, '䶮': true, '𠮷': true, '㼆': true, '☑': true, '㎡': true, 0xE000: false, '𐍈': false} {
		if Settable(r) != want {
			t.Errorf("Settable(%c) = %v", r, !want)
		}
	}
}

package pdf

import "testing"

// A subset draws what the whole font draws: the same advance and the same outline for every character asked for, and nothing else.
func TestSubset(t *testing.T) {
	composed := 0
	for _, f := range append([]*face{serif, sans}, rare...) {
		whole := f.load()
		codes := &chars{}
		for _, r := range []rune{'A', 'é', '，', '养', '殖', 0xE000, 0xE001, 0x3400} {
			codes.add(r)
		}
		for r := range rune(1 << 16) {
			if whole.glyph[r] != 0 && r%97 == 0 {
				codes.add(r)
			}
		}
		file, glyphs := whole.subset(codes)
		if sum := checksum(file); sum != 0xB1B0AFBA {
			t.Errorf("%s: the file's checksum is %X", f.family, sum)
		}
		part, err := parseSFNT(string(file))
		if err != nil {
			t.Fatalf("%s: %v", f.family, err)
		}
		for _, g := range glyphs {
			if int(part.glyph[g.code]) != g.glyph {
				t.Errorf("%s: %U has glyph %d, and is said to have %d", f.family, g.code, part.glyph[g.code], g.glyph)
			}
		}
		for r := range rune(1<<16 - 1) {
			want := whole.width[r]
			if !codes.has(r) {
				want = -1
			}
			if part.width[r] != want {
				t.Fatalf("%s: width of %U = %d, want %d", f.family, r, part.width[r], want)
			}
			if want < 0 {
				continue
			}
			a, b := whole.outline(int(whole.glyph[r])), part.outline(int(part.glyph[r]))
			shape, cut := whole.font[a.from:a.from+a.size], part.font[b.from:b.from+b.size]
			if len(shape) > 0 && shape[0]&0x80 != 0 {
				composed++
				continue // its parts have other numbers
			}
			if len(cut) < len(shape) || cut[:len(shape)] != shape {
				t.Fatalf("%s: the outline of %U differs", f.family, r)
			}
		}
	}
	if composed > 0 {
		t.Logf("%d composed glyphs", composed)
	}
	emptyFile, _ := serif.load().subset(&chars{})
	if empty, err := parseSFNT(string(emptyFile)); err != nil || empty.width['A'] != -1 {
		t.Errorf("an empty subset: %v, width of A %d", err, empty.width['A'])
	}
}

// The parts of a composed glyph come along, whatever numbers they get.
func TestRenumberParts(t *testing.T) {
	shape := []byte{0xFF, 0xFF, 0, 0, 0, 0, 0, 0, 0, 0, // header, composed
		0, partMore | partWords, 0, 7, 0, 1, 0, 2, // a part with words
		0, partMore | partScale, 0, 9, 1, 2, 0x40, 0, // one with bytes and a scale
		0, part2x2, 0, 7, 1, 2, 0, 0, 0, 0, 0, 0, 0, 0} // the last
	var asked []int
	renumberParts(shape, func(old int) int { asked = append(asked, old); return old + 100 })
	if len(asked) != 3 || asked[0] != 7 || asked[1] != 9 || asked[2] != 7 || shape[13] != 107 || shape[21] != 109 || shape[29] != 107 {
		t.Errorf("parts asked for %v, shape %v", asked, shape)
	}
}

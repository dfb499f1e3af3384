package pdf

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// cellsOf shapes text in the body's look and fails on a missing glyph.
func cellsOf(t testing.TB, text string) []cell {
	t.Helper()
	var missing MissingGlyphs
	cells := shape([]Run{{Text: text}}, BodySize, &missing)
	if len(missing.Runes) > 0 {
		t.Fatalf("shape(%q): %v", text, &missing)
	}
	return cells
}

// linesOf breaks text in the body's look at a width of n characters.
func linesOf(t testing.TB, text string, n float64) []string {
	t.Helper()
	cells := cellsOf(t, text)
	var out []string
	for _, sp := range breakLines(newMeasure(cells), n*BodySize, n*BodySize) {
		var b strings.Builder
		for _, c := range cells[sp.from:sp.to] {
			b.WriteRune(c.r)
		}
		out = append(out, b.String())
	}
	return out
}

func TestNumbersWordsAndCodesStayWhole(t *testing.T) {
	for _, piece := range []string{
		"DB44/613-2009", "DB44/613—2009", "5300", "0.25mg/L", "12.5%", "NH₃-N", "3×10³", "2024—2026", "15 kg", "A5～A8",
		"〔2024〕12号", "《水法》", "“零直排”", "℃", "……", "——", "600m³/d", "１２３", "λ=0.5",
	} {
		for pad := range 24 {
			text := strings.Repeat("畜", pad) + piece + strings.Repeat("禽", 30)
			lines := linesOf(t, text, 20)
			whole := false
			for _, l := range lines {
				whole = whole || strings.Contains(l, piece)
			}
			if piece == "《水法》" || piece == "“零直排”" { // may be parted inside, not from its marks
				whole = !strings.Contains(strings.Join(lines, "|"), "《|") && !strings.Contains(strings.Join(lines, "|"), "|》") &&
					!strings.Contains(strings.Join(lines, "|"), "“|") && !strings.Contains(strings.Join(lines, "|"), "|”")
			}
			if !whole {
				t.Errorf("breakLines(%d characters + %s) = %q: broken inside", pad, piece, lines)
			}
		}
	}
}

func TestKinsoku(t *testing.T) {
	for _, r := range noStart {
		for pad := range 12 {
			for _, l := range linesOf(t, strings.Repeat("字", 8+pad)+string(r)+strings.Repeat("字", 20), 10) {
				if strings.HasPrefix(l, string(r)) {
					t.Errorf("%d characters: a line begins with %q: %q", 8+pad, r, l)
				}
			}
		}
	}
	for _, r := range noEnd {
		for pad := range 12 {
			for _, l := range linesOf(t, strings.Repeat("字", 8+pad)+string(r)+strings.Repeat("字", 20), 10) {
				if strings.HasSuffix(l, string(r)) {
					t.Errorf("%d characters: a line ends with %q: %q", 8+pad, r, l)
				}
			}
		}
	}
}

func TestBreakLines(t *testing.T) {
	for _, tc := range []struct {
		name, text string
		width      float64
		want       string
	}{
		{"exactly full", "一二三四五六七八九十", 10, "一二三四五六七八九十"},
		{"stop loses its blank half at the end", "一二三四五六，八九。一二三四五六七八九。", 9.5, "一二三四五六，八九。|一二三四五六七八九。"},
		{"no lonely last character", strings.Repeat("字", 28) + "为。", 28, strings.Repeat("字", 27) + "|字为。"},
		{"longer than a line", strings.Repeat("9", 60), 10, ""},
		{"only closing marks", strings.Repeat("！", 40), 10, ""},
		{"spaces vanish at the end", "污染 防治     设施 运行", 5, "污染 防治     |设施 运行"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			lines := linesOf(t, tc.text, tc.width)
			if got := strings.Join(lines, ""); got != tc.text {
				t.Errorf("lines join to %q, want %q", got, tc.text)
			}
			if got := strings.Join(lines, "|"); tc.want != "" && got != tc.want {
				t.Errorf("got %s, want %s", got, tc.want)
			}
			for _, l := range lines {
				if w := newMeasure(cellsOf(t, l)); w.fit(0, len(w.cells)).badness(tc.width*BodySize, BodySize, true) > 1.3 {
					t.Errorf("line %q does not fit", l)
				}
			}
		})
	}
}

func TestBalanceTitle(t *testing.T) {
	for _, tc := range []struct{ text, want string }{
		{"关于典型案例的通报", "关于典型案例的通报"},
		{"关于畜禽养殖环境执法专项行动五起典型案例的通报", "关于畜禽养殖环境执法专项行动|五起典型案例的通报"},
		{"我市持续开展畜禽养殖场环境执法专项行动，市生态环境局公布5起典型案例", "我市持续开展畜禽养殖场环境执法专项行动，|市生态环境局公布5起典型案例"},
	} {
		var got []string
		for _, sp := range balance(newMeasure(cellsOf(t, tc.text)), 21*BodySize) {
			got = append(got, string([]rune(tc.text)[sp.from:sp.to]))
		}
		if strings.Join(got, "|") != tc.want {
			t.Errorf("balance(%s) = %s, want %s", tc.text, strings.Join(got, "|"), tc.want)
		}
	}
}

// alphabet is what random text is made of: common and rare characters, some beyond the BMP, marks, numbers, spaces.
var alphabet = []rune("污染防治养殖场执法人员垚㛃𬭚喆赟䶮犇淼堃𬭎𬬻𫓧，。、；：！？（）《》“”‘’【】〔〕…—·％℃0123456789abcXYZ/-. 　₂³×～")

func randomText(rng *rand.Rand, n int) string {
	out := make([]rune, n)
	for i := range out {
		out[i] = alphabet[rng.IntN(len(alphabet))]
		if rng.IntN(3) > 0 {
			out[i] = rune(0x4E00 + rng.IntN(200)*16) // any Han of GBK, so that the rare faces take part
		}
	}
	return string(out)
}

func TestNoCharacterLostAtAnyBreak(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		text := randomText(rng, 1+rng.IntN(400))
		if got := strings.Join(linesOf(t, text, 1+rng.Float64()*30), ""); got != text {
			t.Fatalf("lines join to\n%s\nwant\n%s", got, text)
		}
	}
}

// FuzzBreakLines checks that lines partition any text at any width, and that what a line draws is the line.
func FuzzBreakLines(f *testing.F) {
	f.Add("上述行为违反了《中华人民共和国水污染防治法》第三十九条（DB44/613-2009）。", 28.0, 26.0)
	f.Add(strings.Repeat("！", 99)+"𬭚", 3.0, -2.0)
	f.Add("   \u3000 a", 0.0, 1.0)
	f.Fuzz(func(t *testing.T, text string, first, rest float64) {
		if len(text) > 4000 || first != first || rest != rest {
			t.Skip()
		}
		var missing MissingGlyphs
		cells := shape([]Run{{Text: clean(text)}}, BodySize, &missing)
		m, at := newMeasure(cells), 0
		for _, sp := range breakLines(m, first*BodySize, rest*BodySize) {
			if sp.from != at || sp.to <= sp.from {
				t.Fatalf("line %+v after %d", sp, at)
			}
			at = sp.to
			var drawn, want []rune
			for _, p := range setLine(m, sp, 0, rest*BodySize, Justify) {
				drawn = append(drawn, p.text...)
			}
			for _, c := range cells[sp.from:sp.to] {
				want = append(want, c.r)
			}
			if trim := strings.TrimRight(string(want), " \u3000\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"); string(drawn) != trim {
				t.Fatalf("drawn %q, want %q", string(drawn), trim)
			}
		}
		if at != len(cells) {
			t.Fatalf("lines end at %d of %d", at, len(cells))
		}
	})
}

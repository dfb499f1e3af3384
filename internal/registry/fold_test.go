package registry

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Each row lists spellings of one thing: all fold to the first one's form. Things of different rows differ.
func TestFoldTable(t *testing.T) {
	same := [][]string{
		{"恩平市绿源(示范)养殖有限公司", "恩平市绿源（示范）养殖有限公司", "恩平市绿源【示范】养殖有限公司", "恩平市绿源 (示范)\n养殖有限公司", "恩平市绿源﹙示范﹚养殖有限公司", "恩平市绿源［示范］养殖有限公司"},
		{"张三", "张　三", "张 三", "张\u200b三", "张\u2003三", "\ufeff张三", "张\ufe00三", "张\u2060三", "张\U000E0100三", "张\u061c三", "张\u3164三", "张\u202f三\u2029"},
		{"a牧场", "A牧场", "Ａ牧场", "ａ牧场", "Ⓐ牧场"},
		{"台山市青山养殖", "台山市青⼭养殖", "台⼭市⻘⼭养殖"},
		{"恩平市某养殖户", "恩平市某养殖⼾", "恩平市某养殖戶"},
		{"人民", "⼈⺠", "⼈民"},
		{"买买提·艾力", "买买提•艾力", "买买提・艾力", "买买提‧艾力", "买买提．艾力", "买买提 · 艾力"},
		{"jose", "José", "Jose\u0301", "JOSÉ"},
		{"12号", "１２号", "⑫号", "①②号"},
		{"〔2024〕", "[2024]", "【2024】", "(2024)", "〖2024〗", "﹝2024﹞", "（２０２４）", "「2024」"},
		{"豈有", "豈有"},
		{"45678x", "45678X", "45678Ⅹ", "45678×", "45678Х"},
	}
	forms := map[string]string{}
	for _, row := range same {
		want := Fold(row[0])
		if other, ok := forms[want]; ok {
			t.Errorf("Fold gives %q for both %q and %q", want, other, row[0])
		}
		forms[want] = row[0]
		for _, s := range row[1:] {
			if got := Fold(s); got != want {
				t.Errorf("Fold(%+q) = %+q, want %+q as for %q", s, got, want, row[0])
			}
		}
	}
}

func TestFoldWordsKeepsWordsApart(t *testing.T) {
	for in, want := range map[string]string{"a  b": "a b", "张　三": "张三", "NH3 N 氨氮": "nh3 n氨氮", "one\ntwo": "one two", " x ": "x"} {
		if got := FoldWords(in); got != want {
			t.Errorf("FoldWords(%q) = %q, want %q", in, got, want)
		}
	}
}

// The pairs agree with Unicode's own where it has them, but for three radicals that people write in the newer shape.
func TestFoldAgreesWithNFKC(t *testing.T) {
	newer := map[rune]rune{'⼾': '户', '⾭': '青', '⿈': '黄'}
	look := func(lo, hi rune) {
		for r := lo; r <= hi; r++ {
			want := []rune(norm.NFKC.String(string(r)))
			if len(want) != 1 || want[0] == r {
				continue
			}
			if n, ok := newer[r]; ok {
				want[0] = n
			}
			if got := Unify(string(r)); got != string(want) {
				t.Errorf("Unify(%U %c) = %q, want %q", r, r, got, string(want))
			}
		}
	}
	look(0x2F00, 0x2FD5)
	look(0xF900, 0xFAFF)
	look(0x2F800, 0x2FA1D)
}

func TestFoldMapPointsIntoTheInput(t *testing.T) {
	in := "违　反\u200b⑩条（Ａ）"
	f := FoldMap(in)
	if f.Text != "违反10条(a)" {
		t.Fatalf("FoldMap(%q).Text = %q", in, f.Text)
	}
	if want := []int{0, 2, 4, 4, 5, 6, 7, 8, 9}; !slices.Equal(f.At, want) {
		t.Errorf("FoldMap(%q).At = %v, want %v", in, f.At, want)
	}
}

func TestCleanTextDropsWhatCannotBeSeen(t *testing.T) {
	for in, want := range map[string]string{
		"字\u2028案": "字\n案", "字\u2029案": "字\n案", "字\u2009案": "字 案", "字\u202f案": "字 案", "葛\U000E0100案": "葛案", "字\u00a0案": "字 案", "字　案": "字　案",
		"\u202d91440785\u202c": "91440785", "a\ufdd0b": "ab", "a\U0001FFFEb": "ab", "a\x00\x07b": "ab", "⼭": "⼭", "a\r\nb\rc": "a\nb\nc", "a\xffb": "a\ufffdb",
	} {
		if got := CleanText(in); got != want {
			t.Errorf("CleanText(%+q) = %+q, want %+q", in, got, want)
		}
	}
}

func FuzzFold(f *testing.F) {
	for _, s := range []string{"恩平市（示范）", "张　三", "⑩⑴Ⅳ㎡", "\xff\ufdd0", "A  b"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		m := FoldMap(s)
		if again := Fold(m.Text); again != m.Text {
			t.Errorf("Fold is not stable: %+q then %+q", m.Text, again)
		}
		if n := utf8.RuneCountInString(m.Text); len(m.At) != n+1 || !slices.IsSorted(m.At) {
			t.Errorf("FoldMap(%+q): %d places for %d characters: %v", s, len(m.At), n, m.At)
		}
		if c := CleanText(s); CleanText(c) != c || strings.ContainsFunc(c, Invisible) {
			t.Errorf("CleanText is not stable on %+q: %+q", s, c)
		}
	})
}

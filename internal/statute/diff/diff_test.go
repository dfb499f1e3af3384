package diff

import (
	"strings"
	"testing"
)

func TestTexts(t *testing.T) {
	show := func(list []Edit) string {
		var b strings.Builder
		for _, e := range list {
			switch e.Op {
			case Same:
				b.WriteString(e.A)
			default:
				b.WriteString("[" + e.A + "|" + e.B + "]")
			}
		}
		return b.String()
	}
	for _, tc := range []struct{ a, b, want string }{
		{"", "", ""},
		{"同", "同", "同"},
		{"", "新", "[|新]"},
		{"旧", "", "[旧|]"},
		{"溶洞，私设暗管", "溶洞、私设暗管", "溶洞[，|、]私设暗管"},
		{"处五万元以下的罚款", "可以处十万元以下罚款", "[|可以]处[五|十]万元以下[的|]罚款"},
		{"甲乙丙", "丙甲乙", "[|丙]甲乙[丙|]"},
		{"甲", "乙", "[甲|乙]"},
	} {
		if got := show(Texts(tc.a, tc.b)); got != tc.want {
			t.Errorf("Texts(%q, %q) = %s, want %s", tc.a, tc.b, got, tc.want)
		}
	}
}

// FuzzTexts: whatever the texts, the steps lead from one to the other.
func FuzzTexts(f *testing.F) {
	f.Add("溶洞，私设暗管", "溶洞、私设暗管")
	f.Add("abcabba", "cbabac")
	f.Add(strings.Repeat("甲乙", 1200), strings.Repeat("丙丁", 900))
	f.Fuzz(func(t *testing.T, a, b string) {
		a, b = string([]rune(a)), string([]rune(b))
		var x, y strings.Builder
		for i, e := range Texts(a, b) {
			if (e.Op == Same) != (e.A == e.B) || (e.A == "" && e.B == "") {
				t.Fatalf("step %d of Texts(%q, %q) is %+v", i, a, b, e)
			}
			x.WriteString(e.A)
			y.WriteString(e.B)
		}
		if x.String() != a || y.String() != b {
			t.Fatalf("Texts(%q, %q) leads from %q to %q", a, b, x.String(), y.String())
		}
	})
}

func TestSimilarity(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		want float64
	}{{"", "", 0}, {"排放", "排放", 1}, {"排放", "倾倒", 0}, {"排放污水", "排放", 4.0 / 6}} {
		if got := Similarity(Texts(tt.a, tt.b)); got != tt.want {
			t.Errorf("Similarity(Texts(%q, %q)) = %v, want %v", tt.a, tt.b, got, tt.want)
		}
	}
}

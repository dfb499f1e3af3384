package pdf

import (
	"slices"
	"testing"
)

// What has a plain equivalent, or no shape at all, is set as what it stands for and blocks no paper.
func TestEquivalentsAreSet(t *testing.T) {
	for _, c := range []struct {
		in   string
		want []string
	}{
		{"字\u2028案", []string{"字", "案"}},
		{"字\u2029案", []string{"字", "案"}},
		{"字\u2009案", []string{"字 案"}},
		{"字\u202f案", []string{"字 案"}},
		{"字葛\U000e0100案", []string{"字葛案"}},
		{"字⼭案", []string{"字山案"}},
		{"字e\u0301案", []string{"字é案"}},
		{"字\u205f案\u1680号\t一", []string{"字 案 号 一"}},
		{"居⺠\ufe01\u2060水", []string{"居民水"}},
		{"\uf9e4u\u0308\u3164", []string{"理ü"}},
		{"字\u0085\u200b案", []string{"字", "案"}},
		{"甲𝐀乙ﬁ丙", []string{"甲A乙fi丙"}},
		{"𝐀𝟑号", []string{"A3号"}},
	} {
		got := paragraphs(c.in)
		if !slices.Equal(got, c.want) {
			t.Errorf("paragraphs(%+q) = %q, want %q", c.in, got, c.want)
		}
		for _, bold := range []bool{false, true} {
			var missing MissingGlyphs
			for _, p := range got {
				shape([]Run{{Text: p, Bold: bold}}, BodySize, &missing)
			}
			if len(missing.Runes) > 0 {
				t.Errorf("%+q: %v", c.in, &missing)
			}
		}
	}
	var missing MissingGlyphs
	if shape([]Run{{Text: clean("字\ue000案")}}, BodySize, &missing); len(missing.Runes) != 1 {
		t.Errorf("a private character: missing %q, want it told", missing.Runes)
	}
}

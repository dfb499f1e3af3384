package law

import (
	"testing"

	"casebook/internal/registry"
	"casebook/internal/statute"
	"casebook/internal/web/view"
)

// The scan runs on every search: it must stay small beside rendering the page.
func BenchmarkStatuteScan(b *testing.B) {
	c := statute.Embedded()
	for b.Loop() {
		searchStatutes(c, "排污许可证", "", registry.Day(2026, 1, 1))
	}
}

func TestSnippetMarksEveryWord(t *testing.T) {
	text := "禁止利用渗井、渗坑、裂隙排放；\n（一）渗坑渗坑"
	got := ""
	for _, s := range view.Snippet(text, []string{"渗坑", "排放"}) {
		if s.Hit {
			got += "[" + s.Text + "]"
		} else {
			got += s.Text
		}
	}
	if want := "禁止利用渗井、[渗坑]、裂隙[排放]； （一）[渗坑][渗坑]"; got != want {
		t.Errorf("snippet(%q) = %q, want %q", text, got, want)
	}
}

func TestPlainWords(t *testing.T) {
	for in, want := range map[string]string{
		"仍为 secondary":                   "仍为二手来源",
		"由 memory 升为 secondary，其后":       "由仅凭记忆升为二手来源，其后",
		"（full_text_x2）；full_text 单份OCR": "（两份全文副本一致）；一份全文副本单份OCR",
		"没有代码的话":                         "没有代码的话",
	} {
		if got := view.PlainWords(in); got != want {
			t.Errorf("plainWords(%q) = %q, want %q", in, got, want)
		}
	}
}

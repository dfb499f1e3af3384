package kit

import (
	"bytes"
	"strings"
	"testing"
)

func TestFoldUnfilled(t *testing.T) {
	item := func(label, value string) string {
		return "<div>\n<dt>" + label + "</dt>\n<dd>" + value + "</dd>\n</div>\n"
	}
	blank := `<span class="unknown">未填</span>`
	fold := func(items string) string {
		b := bytes.NewBufferString(`<p>前</p><dl class="facts folded">` + items + `</dl><p>后</p>`)
		foldUnfilled(b)
		return b.String()
	}
	few := item("甲", "一") + item("乙", blank) + item("丙", blank)
	if got := fold(few); !strings.Contains(got, few) || strings.Contains(got, "<details") {
		t.Errorf("two blanks were folded: %s", got)
	}
	got := fold(item("甲", blank) + item("乙", "二") + item("丙", blank) + item("丁", blank+`<span class="sub-line">注</span>`) + item("戊", blank))
	shown, folded, ok := strings.Cut(got, `<details class="unfilled"><summary>未填 3 项</summary>`)
	if !ok || !strings.Contains(shown, "<dt>乙</dt>") || !strings.Contains(shown, "<dt>丁</dt>") || strings.Contains(shown, "<dt>甲</dt>") {
		t.Errorf("shown: %s", got)
	}
	if strings.Count(folded, "<dt>") != 3 || !strings.HasSuffix(folded, "</dl></details><p>后</p>") {
		t.Errorf("folded: %s", folded)
	}
}

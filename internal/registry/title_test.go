package registry

import (
	"strings"
	"testing"
)

// A title may be broken where its words end, and nowhere else; joined, the parts are the title.
func TestTitleParts(t *testing.T) {
	for _, want := range []string{
		"畜禽|养殖场|环境执法专项行动|典型案例|（2024年）",
		"恩平某畜牧|有限公司|废水|渗漏外排、|废气|设施|闲置案",
		"鹤山市某畜禽|养殖场|沉淀池|溢流外排|废水案",
		"关于贯彻《广东省环境保护条例》的|通报",
		"DB44/613-2009",
		"案",
		"",
	} {
		title := strings.ReplaceAll(want, "|", "")
		if got := strings.Join(TitleParts(title), "|"); got != want {
			t.Errorf("TitleParts(%q) = %s, want %s", title, got, want)
		}
	}
}

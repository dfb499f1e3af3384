package wechat

import (
	"strings"
	"testing"

	"casebook/internal/registry"
	"casebook/internal/report"
)

// Pictures stand in the text as data, with their words; the file asks nobody for anything.
func TestPictures(t *testing.T) {
	for _, design := range registry.BulletinDesigns {
		b := sample(design)
		b.Pictures = []report.Picture{{SHA256: "aa", Width: 800, Height: 600, Caption: "取样", Credit: "供图", Alt: `取"样`, JPEG: []byte("JPEG")}}
		b.Cases[0].Pictures = []report.Picture{{SHA256: "bb", Width: 80, Height: 60, Alt: "配图", JPEG: []byte("two")}, {SHA256: "cc", Width: 1, Height: 1}}
		got := written(t, Write, b)
		lead, own := strings.Index(got, `src="data:image/jpeg;base64,SlBFRw=="`), strings.Index(got, `src="data:image/jpeg;base64,dHdv"`)
		facts, handling := strings.Index(got, "第二段。"), strings.Index(got, "责令改正。")
		if lead < 0 || facts < 0 || lead > facts || own < facts || own > handling {
			t.Errorf("%s: the pictures stand at %d and %d, the facts at %d, the handling at %d", design, lead, own, facts, handling)
		}
		if !strings.Contains(got, "取样（供图）") || !strings.Contains(got, `alt="取&#34;样"`) || strings.Count(got, "<img") != 2 {
			t.Errorf("%s: words or pictures are missing:\n%s", design, got)
		}
	}
}

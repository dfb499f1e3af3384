package view

import (
	"strings"
	"testing"

	"casebook/internal/registry"
	"casebook/internal/statute"
)

func TestRefLinkTellsWhyALawDidNotApply(t *testing.T) {
	c := statute.Embedded()
	for _, tt := range []struct {
		ref, missing, href string
		on                 registry.Date
	}{
		{"水污染防治法第三十九条", "", "/statutes/water-pollution-law/2017#39", registry.Day(2024, 6, 1)},
		{"水污染防治法第三十九条", "当时已失效", "/statutes/water-pollution-law/2017#39", registry.Day(2026, 9, 1)},
		{"水污染防治法第三十九条", "当时施行的版本本库未收录", "/statutes/water-pollution-law", registry.Day(2010, 6, 1)},
		{"生态环境法典第一千一百零八条", "当时尚未施行", "/statutes/eco-code/2026#1108", registry.Day(2024, 6, 1)},
	} {
		ref, err := c.Reference(tt.ref)
		if err != nil {
			t.Fatal(err)
		}
		l := RefLinkOf(c, ref, tt.on)
		if l.Missing != tt.missing || !strings.HasPrefix(l.Href, tt.href) {
			t.Errorf("RefLinkOf(%s, %s) = %q, %q; want %q, %q", tt.ref, tt.on, l.Missing, l.Href, tt.missing, tt.href)
		}
	}
}

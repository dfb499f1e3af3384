package registry

import (
	"reflect"
	"testing"
)

func TestPublicationWhere(t *testing.T) {
	x := Publication{Name: "江门日报", PublishedOn: Month(2024, 12), Page: "A04版", URL: "https://example.org/a", Cases: []PublicationCase{{CaseID: 3, Title: "甲案"}, {CaseID: 4, Title: "乙案"}}}
	if got := x.Where(); got != "江门日报，2024年12月，A04版，https://example.org/a" {
		t.Errorf("Where = %q", got)
	}
	if got := (&Publication{}).Where(); got != "" {
		t.Errorf("Where of nothing = %q", got)
	}
	if got := x.Of(4); got.Title != "乙案" || !reflect.DeepEqual(x.Of(5), PublicationCase{}) {
		t.Errorf("Of(4) = %+v, Of(5) = %+v", got, x.Of(5))
	}
}

func TestPublication(t *testing.T) {
	checkClean(t, Publication{Name: " 江门日报 ", URL: " https://example.org/a\u200b"}, Publication{Name: "江门日报", URL: "https://example.org/a"})
	url := func(s string) func(*Publication) { return func(x *Publication) { x.URL = s } }
	refused := []string{"url: 网址应以 http:// 或 https:// 开头"}
	checkRules(t, func() Publication { return Publication{Name: "江门日报", URL: "http://example.org/1"} }, []limit[Publication]{
		{"name", 200, func(x *Publication) *string { return &x.Name }},
	}, []rule[Publication]{
		{"nothing known", func(x *Publication) { *x = Publication{} }, nil},
		{"a script", url("javascript:alert(1)"), refused},
		{"no host", url("https:///a"), refused},
		{"a bare name", url("example.org"), refused},
		{"no such medium", func(x *Publication) { x.Medium = "传单" }, []string{"medium: “传单”不在可选范围内；可选：报纸、政府网站、微信公众号、其他网站、其他"}},
		{"no address at all", url("http://[::1"), refused},
	})
}

func TestInPrintedOrder(t *testing.T) {
	cite := func(article int) Citation { return Citation{Law: "例法", Provision: Provision{Article: article}} }
	f := CaseFile{Case: Case{ID: 7}, Publications: []Publication{{Cases: []PublicationCase{{CaseID: 7, Cited: []string{"《例法》第十条", "《例法》第三十九条"}}}}}}
	list := []Citation{cite(40), cite(39), cite(10), cite(5)}
	f.InPrintedOrder(list)
	if want := []Citation{cite(10), cite(39), cite(40), cite(5)}; !reflect.DeepEqual(list, want) {
		t.Errorf("InPrintedOrder = %v, want %v", list, want)
	}
}

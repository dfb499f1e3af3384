package registry

import "testing"

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
		{"no address at all", url("http://[::1"), refused},
	})
}

package ledgers_test

import (
	"net/http"
	"strings"
	"testing"

	"casebook/internal/registry"
	"casebook/internal/web/webtest"
)

// The week's and the month's page leave as exports do: the same register and week are the same bytes, and the file that comes back is told.
func TestBriefFile(t *testing.T) {
	a := webtest.Demo(t)
	c := a.As(registry.RoleAuditor)
	c.Get("/statistics").Want(http.StatusOK, "一页纸简报", `action="/statistics/brief"`).Check()
	a.As(registry.RoleAdmin).Get("/statistics").Want(http.StatusOK).WantNot("一页纸简报") // exports nothing
	for _, kind := range []string{"week", "month"} {
		for format, media := range map[string]string{"pdf": "application/pdf", "docx": "application/vnd.openxmlformats"} {
			at := "/statistics/brief?on=2024-10-15&kind=" + kind + "&format=" + format
			page := c.Get(at).Want(http.StatusOK)
			if again := c.Get(at).Want(http.StatusOK); again.Body != page.Body {
				t.Errorf("%s %s twice is not the same file", kind, format)
			}
			if got := page.Header.Get("Content-Type"); !strings.HasPrefix(got, media) {
				t.Errorf("%s is sent as %s", format, got)
			}
			if name := page.Header.Get("Content-Disposition"); !strings.Contains(name, "2024-10") || !strings.Contains(name, "."+format) {
				t.Errorf("%s %s is named %s", kind, format, name)
			}
			upload(t, c, "简报."+format, []byte(page.Body)).Want(http.StatusOK, "是本登记册导出的原件，没有改动", "DC-", "简报").Check()
			upload(t, c, "简报."+format, []byte(page.Body[:len(page.Body)-3]+"abc")).Want(http.StatusOK, "不是本登记册导出").Check()
		}
	}
	c.Get("/verify/exports").Want(http.StatusOK, "简报", "周报：2024-10-15 所在的周", "月报：2024年10月").Check()
	for query, words := range map[string]string{
		"kind=year": "简报有周报（week）和月报（month），没有“year”", "format=doc": "没有“doc”", "on=2024-10": "请写某一天", "on=2124-10-01": "还没有到", "on=十月": "", "kind=week&kind=month": "",
	} {
		c.Get("/statistics/brief?"+query).Want(http.StatusUnprocessableEntity, words).Check()
	}
}

package bulletins_test

import (
	"archive/zip"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"casebook/internal/registry"
	"casebook/internal/web/webtest"
)

// A paper of what nobody signed says so on itself and in its name, in every format and design; of a signed one, so does a paper in another design than
// the one that was signed.
func TestPapersSayThatNobodySignedThem(t *testing.T) {
	a := webtest.Demo(t)
	publisher := a.As(registry.RolePublisher)
	publisher.Get("/bulletins/new?case_id=1").Want(http.StatusOK).Submit("/bulletins", "title", "典型案例").Follow()
	for _, c := range []struct {
		bulletin   int
		query      string
		mark, name string // empty: none
	}{
		{2, "", "草稿　未经签发", "草稿-未经签发-典型案例通报-2."}, {2, "?design=公文", "草稿　未经签发", "草稿-未经签发-典型案例通报-2."}, {2, "?design=报纸", "草稿　未经签发", "草稿-未经签发-典型案例通报-2."},
		{1, "", "", ""}, {1, "?design=公文", "另行排版　不是定稿", "非定稿-"},
	} {
		for _, format := range []string{"pdf", "docx", "html"} {
			p := publisher.Get(fmt.Sprintf("/bulletins/%d/%s%s", c.bulletin, format, c.query)).Want(http.StatusOK)
			name, err := url.PathUnescape(p.Header.Get("Content-Disposition"))
			if err != nil || !strings.Contains(name, c.name) || c.name == "" && (strings.Contains(name, "草稿") || strings.Contains(name, "非定稿")) {
				t.Errorf("%d%s: the %s is called %q, %v", c.bulletin, c.query, format, name, err)
			}
			text := p.Body
			switch format {
			case "docx":
				text = part(t, p.Body, "word/header1.xml")
			case "pdf":
				continue // its marks are in the header of every page: internal/pdf
			}
			if has := strings.Contains(text, "草稿") || strings.Contains(text, "不是定稿"); has != (c.mark != "") || !strings.Contains(text, c.mark) {
				t.Errorf("%d%s: the %s does not say %q", c.bulletin, c.query, format, c.mark)
			}
			if format == "html" && strings.HasPrefix(c.mark, "草稿") && strings.Count(text, "【"+c.mark+"】") != 2 {
				t.Errorf("%d%s: the HTML says it %d times, want at its beginning and its end", c.bulletin, c.query, strings.Count(text, c.mark))
			}
		}
	}
}

func part(t *testing.T, body, name string) string {
	t.Helper()
	z, err := zip.NewReader(strings.NewReader(body), int64(len(body)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// A character that no font holds is said while it is typed, and on the form that was restored, by the place where it stands.
func TestUnsettableIsSaidWhileTyping(t *testing.T) {
	a := webtest.Demo(t)
	publisher := a.As(registry.RolePublisher)
	edit := publisher.Get("/bulletins/new?case_id=1").Want(http.StatusOK).Submit("/bulletins", "title", "典型案例").Follow().Want(http.StatusOK)
	home := strings.TrimSuffix(edit.Path, "/edit")
	form := edit.Form(home)
	if p := publisher.Post(home+"/autosave", form).Want(http.StatusOK); strings.Contains(p.Body, "unsettable") {
		t.Errorf("a clean form is said to hold characters without a glyph: %s", p.Body)
	}
	form.Set("cases.0.meaning", "养殖场𐍈排放")
	publisher.Post(home+"/autosave", form).Want(http.StatusOK, "unsettable", "案件一典型意义：“𐍈”（U+10348）没有字形")
	publisher.Get(home+"/edit?restore=1").Want(http.StatusOK, "案件一典型意义：“𐍈”（U+10348）没有字形").Check()
	publisher.Post(home+"/preview", form).Want(http.StatusOK, "案件一典型意义：“𐍈”（U+10348）没有字形")
	publisher.Post(home, form).Want(http.StatusUnprocessableEntity, "没有字形")
	form.Set("cases.0.meaning", "养殖场㼆𬭚☑ﬁ排放") // as they are, or as the plain ones that they stand for
	if p := publisher.Post(home+"/autosave", form).Want(http.StatusOK); strings.Contains(p.Body, "unsettable") {
		t.Errorf("characters that print are said to have no glyph: %s", p.Body)
	}
}

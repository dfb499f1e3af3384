package public_test

import (
	"context"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"casebook/internal/registry"
	"casebook/internal/web"
	"casebook/internal/web/public"
)

// The exported site is searched in the folder itself, opened as files on a phone, by words in another width and with blanks; and it says where to tell what is wrong.
func TestExportedSiteIsSearched(t *testing.T) {
	a, slug := opened(t)
	bureau := *a.Service.Bureau()
	bureau.PublicContact = "0750-0000000（工作日）"
	if err := a.Service.ChangeBureau(t.Context(), registry.CommandLine, &bureau); err != nil {
		t.Fatal(err)
	}
	server, err := web.New(web.Options{Service: a.Service, Now: a.Now})
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if _, err := public.Export(context.Background(), server, "", "https://huananbu.example/", func(name string, body []byte) error {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		return os.WriteFile(path, body, 0o600)
	}); err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile(filepath.Join(dir, "bulletins", slug, "index.html"))
	if err != nil {
		t.Fatal(err)
	}
	if want := "请告诉江门市生态环境局：0750-0000000（工作日）；也可以<a href=\"https://huananbu.example/public/bulletins/" + slug + "#report\">在网站上填写</a>。"; !strings.Contains(string(page), want) {
		t.Errorf("the page does not say %s", want)
	}
	tab := a.Chrome(t, 390, 844)
	at := func(q string) string { return "file://" + dir + "/district/440785/index.html?q=" + url.QueryEscape(q) }
	tab.Visit(at("恩平某　畜牧")).Until("document.querySelectorAll('[data-found] li').length === 1").Want("找到 1 期", "2024年").
		Visit(at("没有的词")).Until("document.querySelector('[data-found]').textContent.includes('没有找到')")
}

package web_test

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"casebook/internal/web"
	"casebook/internal/web/webtest"
)

// repository copies what pages are made of, so that a test can change it.
func repository(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for _, part := range []string{"templates", "internal/web/kit/static"} {
		if err := os.CopyFS(filepath.Join(dir, part), os.DirFS(filepath.Join("..", "..", part))); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// edit replaces a text in a file of the repository.
func edit(t *testing.T, dir, file, old, text string) {
	t.Helper()
	path := filepath.Join(dir, file)
	b, err := os.ReadFile(path)
	if err != nil || !strings.Contains(string(b), old) {
		t.Fatalf("%s: %v; want %q in it", file, err, old)
	}
	if err := os.WriteFile(path, []byte(strings.ReplaceAll(string(b), old, text)), 0o600); err != nil {
		t.Fatal(err)
	}
}

const signInPage = "templates/pages/home/account-sign-in.html"

// Options.Dev shows each change of a template or a static file at the next request, and a mistake until it is mended.
func TestDevReadsFilesFromDisk(t *testing.T) {
	dir := repository(t)
	a := webtest.New(t, func(o *web.Options) { o.Dev = os.DirFS(dir) })
	c := a.Browser()
	c.Get("/login").Want(http.StatusOK, "登录")
	edit(t, dir, signInPage, "登录", "进门")
	page := c.Get("/login").Want(http.StatusOK, "进门")

	sheet := regexp.MustCompile(`/static/app\.css\?v=[0-9a-f]+`)
	before := sheet.FindString(page.Body)
	edit(t, dir, "internal/web/kit/static/app.css", "环案簿", "改过的样式")
	after := sheet.FindString(c.Get("/login").Body)
	if before == "" || before == after {
		t.Errorf("the style sheet's address was %q, and is %q after a change", before, after)
	}
	c.Get(after).Want(http.StatusOK, "改过的样式")

	edit(t, dir, signInPage, "{{end}}", "{{end")
	c.Get("/login").Want(http.StatusInternalServerError)
	if !strings.Contains(a.Log.String(), "account-sign-in") {
		t.Errorf("the log does not name the broken template:\n%s", a.Log)
	}
	edit(t, dir, signInPage, "{{end", "{{end}}")
	c.Get("/login").Want(http.StatusOK, "进门")
}

// A mistake in any template is found at start, also where no page is drawn.
func TestBrokenTemplateDoesNotStart(t *testing.T) {
	for _, file := range []string{signInPage, "templates/partials/form.html", "templates/layout/app.html"} {
		dir := repository(t)
		edit(t, dir, file, "{{end}}", "{{end")
		if _, err := web.New(web.Options{Dev: os.DirFS(dir)}); err == nil || !strings.Contains(err.Error(), "parse") {
			t.Errorf("%s broken: New = %v; want a mistake of parsing", file, err)
		}
	}
	if _, err := web.New(web.Options{Dev: os.DirFS(t.TempDir())}); err == nil || !strings.Contains(err.Error(), "代码仓库的根目录") {
		t.Errorf("New outside of the repository = %v", err)
	}
}

// Several people may open a page for the first time at once.
func TestConcurrentFirstDrawing(t *testing.T) {
	s, err := web.New(web.Options{Service: webtest.New(t).Service})
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			w := httptest.NewRecorder()
			s.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, "http://127.0.0.1/login", nil))
			if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "登录") {
				t.Errorf("GET /login = %d\n%s", w.Code, w.Body)
			}
		})
	}
	all.Wait()
}

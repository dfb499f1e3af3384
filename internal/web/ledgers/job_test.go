package ledgers_test

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strings"
	"testing"
	"time"

	"casebook/internal/registry"
	"casebook/internal/web"
	"casebook/internal/web/webtest"
)

var asPage = http.Header{"Accept": {"text/html,application/xhtml+xml"}}

// A large export leads to 我的导出, where it tells how far it is and is downloaded, also in two pieces; a program is sent the file at once.
func TestLargeExportIsAJob(t *testing.T) {
	a := webtest.Demo(t, func(o *web.Options) { o.JobAbove = 3 })
	work, stop := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() { defer close(ended); a.Service.RunJobs(work) }()
	t.Cleanup(func() { stop(); <-ended })
	c, other := a.As(registry.RoleAuditor), a.As(registry.RoleOfficer)
	c.Get("/exports/mine").Want(http.StatusOK, "这里还没有导出", "超过 3 件").Check()
	small := c.Do(http.MethodGet, "/exports/file?farm_id=1", nil, asPage).Want(http.StatusOK)
	if !strings.HasPrefix(small.Body, "PK") {
		t.Error("a small export is not sent at once")
	}
	sent := c.Get("/exports/file").Want(http.StatusOK)
	if to := c.Do(http.MethodGet, "/exports/file", nil, asPage).Want(http.StatusSeeOther).Header.Get("Location"); to != "/exports/mine" {
		t.Fatalf("a large export leads to %s", to)
	}
	events(t, c, "/exports/mine/events")
	page := c.Get("/exports/mine").Want(http.StatusOK, "已完成", "下载", "重新生成", "保留到").Check()
	file := c.Get("/exports/mine/1/file").Want(http.StatusOK)
	sum := sha256.Sum256([]byte(file.Body))
	if tag := `"` + hex.EncodeToString(sum[:]) + `"`; file.Body != sent.Body || file.Header.Get("ETag") != tag || !strings.Contains(page.Body, tag[1:17]) {
		t.Errorf("the file has the tag %s, want %s; it is the one that is sent at once: %v", file.Header.Get("ETag"), tag, file.Body == sent.Body)
	}
	rest := c.Do(http.MethodGet, "/exports/mine/1/file", nil, http.Header{"Range": {"bytes=1000-"}, "If-Range": {file.Header.Get("ETag")}}).Want(http.StatusPartialContent)
	if file.Body[:1000]+rest.Body != file.Body {
		t.Error("two pieces of the file do not make the file")
	}
	other.Get("/exports/mine/1/file").Want(http.StatusNotFound)
	other.Post("/exports/mine/1/delete", nil).Want(http.StatusNotFound)
	c.Post("/exports/mine/1/cancel", nil).Want(http.StatusSeeOther)
	c.Get("/exports/mine").Want(http.StatusOK, "这个任务已经结束")
	c.Post("/exports/mine/1/again", nil).Want(http.StatusSeeOther)
	events(t, c, "/exports/mine/events")
	if again := c.Get("/exports/mine/1/file").Want(http.StatusOK); again.Body != file.Body {
		t.Error("made again it is another file")
	}
	c.Post("/exports/mine/1/delete", nil).Want(http.StatusSeeOther)
	c.Get("/exports/mine/1/file").Want(http.StatusNotFound)

	if to := c.Post("/audit/verify", nil).Want(http.StatusSeeOther).Header.Get("Location"); to != "/verify/register" {
		t.Errorf("the verification of a large register leads to %s", to)
	}
	events(t, c, "/verify/register/events")
	c.Get("/verify/register").Want(http.StatusOK, "核验通过", "审计记录").Check()
	c.Post("/verify/register", map[string][]string{"scope": {"since"}}).Want(http.StatusSeeOther)
	events(t, c, "/verify/register/events")
	c.Get("/verify/register").Want(http.StatusOK, "增量核验通过", "只有完整核验能发现").Check()
	c.Post("/verify/register", map[string][]string{"scope": {"half"}}).Want(http.StatusUnprocessableEntity)
	c.Post("/verify/register/3/delete", nil).Want(http.StatusSeeOther)
}

// events reads what is told of jobs until there is no more.
func events(t *testing.T, c *webtest.Client, path string) {
	t.Helper()
	begun := time.Now()
	p := c.Get(path).Want(http.StatusOK)
	if kind := p.Header.Get("Content-Type"); kind != "text/event-stream" {
		t.Errorf("%s is %s", path, kind)
	}
	var last string
	for s := bufio.NewScanner(strings.NewReader(p.Body)); s.Scan(); {
		if strings.TrimSpace(s.Text()) != "" && !strings.HasPrefix(s.Text(), ":") {
			last = s.Text()
		}
	}
	if last != "data: " || !strings.Contains(p.Body, "event: end") || !strings.Contains(p.Body, string(registry.JobDone)) {
		t.Errorf("after %s %s ends with %q: %s", time.Since(begun), path, last, p.Body)
	}
}

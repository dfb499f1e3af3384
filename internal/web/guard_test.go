package web_test

import (
	"fmt"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"casebook/internal/registry"
	"casebook/internal/web"
	"casebook/internal/web/webtest"
)

var param = regexp.MustCompile(`:\w+`)

// Every line of the route table, for every role and for nobody: who may gets past the guard, who may not gets 403, and who
// has not signed in is sent to sign in. Records do not exist, so "past the guard" is any answer but those.
func TestRoleMatrix(t *testing.T) {
	a := webtest.New(t)
	nobody := a.Browser()
	clients := map[registry.Role]*webtest.Client{}
	for _, role := range registry.Roles {
		clients[role] = a.As(role)
	}
	for _, route := range web.Routes() {
		if route.Path == "/logout" {
			continue // it would end the sessions of the rest of the matrix
		}
		path := param.ReplaceAllString(route.Path, "999999")
		t.Run(route.Method+" "+route.Path, func(t *testing.T) {
			send := func(c *webtest.Client) *webtest.Page {
				if strings.HasPrefix(path, "/api/") {
					return c.JSON(route.Method, path, "{}")
				}
				if route.Method == http.MethodGet {
					return c.Get(path)
				}
				if route.Method == http.MethodPatch {
					return c.Do(route.Method, path, nil, nil)
				}
				return c.Post(path, url.Values{})
			}
			p := send(nobody)
			signIn := p.Status == http.StatusUnauthorized || p.Status == http.StatusSeeOther && strings.HasPrefix(p.Header.Get("Location"), "/login")
			if want := route.Permission != registry.PermPublic; signIn != want && route.Path != "/login" {
				t.Errorf("nobody: status %d, asked to sign in %v, want %v", p.Status, signIn, want)
			}
			for role, c := range clients {
				p := send(c)
				if got, want := p.Status != http.StatusForbidden, role.Can(route.Permission); got != want {
					t.Errorf("%s: status %d, want let in: %v\n%s", role, p.Status, want, p.Text())
				}
				if p.Status >= 500 || p.Status == http.StatusUnauthorized && route.Path != "/login" {
					t.Errorf("%s: status %d\n%s\n%s", role, p.Status, p.Text(), a.Log)
				}
			}
		})
	}
}

// An unsafe request passes when the browser says that our own page sent it, or when it carries the form's token.
func TestForeignOriginsAreRefused(t *testing.T) {
	a := webtest.New(t)
	c := a.As(registry.RoleAdmin)
	own := a.URL
	token := c.Get("/password").Form("/password").Get("_token")
	host := strings.TrimPrefix(own, "http://")
	tests := []struct {
		name, site, origin, token string
		ok                        bool
	}{
		{"same-origin", "same-origin", "", "", true},
		{"same-origin with Origin", "same-origin", own, "", true},
		{"address bar", "none", "", "", true},
		{"Origin alone", "", own, "", true},
		{"token alone", "", "", token, true},
		{"nothing", "", "", "", false},
		{"broken token", "", "", flipped(token), false},
		{"someone else's token", "", "", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", false},
		{"cross-site", "cross-site", "", "", false},
		{"same-site", "same-site", "", "", false},
		{"cross-site with a token", "cross-site", "", token, false},
		{"unknown word", "same-origin, cross-site", "", "", false},
		{"foreign Origin", "", "https://evil.example", "", false},
		{"foreign Origin with a token", "", "https://evil.example", token, false},
		{"foreign Origin, same-origin said", "same-origin", "https://evil.example", "", false},
		{"null Origin", "", "null", "", false},
		{"other scheme", "", "https://" + host, "", false},
		{"other port", "", "http://" + strings.Split(host, ":")[0] + ":1", "", false},
		{"our name as user", "", "http://" + host + "@evil.example", "", false},
		{"our name as prefix", "", own + ".evil.example", "", false},
		{"path after our name", "", own + "/x", "", false},
		{"not a URL", "", "::", "", false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			h := http.Header{"Content-Type": {"application/x-www-form-urlencoded"}, "Sec-Fetch-Site": {test.site}, "Origin": {test.origin}}
			// Wrong values, so that a request that gets in is answered 422 and changes nothing.
			p := c.Do(http.MethodPost, "/password", strings.NewReader(url.Values{"_token": {test.token}, "new": {"x"}, "again": {"x"}}.Encode()), h)
			want := http.StatusForbidden
			if test.ok {
				want = http.StatusUnprocessableEntity
			}
			if p.Status != want {
				t.Errorf("status %d, want %d", p.Status, want)
			}
		})
	}
	t.Run("sign-in from another site", func(t *testing.T) {
		for _, h := range []http.Header{{"Sec-Fetch-Site": {"cross-site"}}, {"Sec-Fetch-Site": {""}, "Origin": {"https://evil.example"}}} {
			h.Set("Content-Type", "application/x-www-form-urlencoded")
			p := a.Browser().Do(http.MethodPost, "/login", strings.NewReader("username=admin&password="+url.QueryEscape(webtest.Password)), h)
			p.Want(http.StatusForbidden)
			if p.Header.Get("Set-Cookie") != "" {
				t.Error("a refused sign-in set a cookie")
			}
		}
	})
}

// The headers stand on every kind of answer, errors above all.
func TestHeadersOnEveryAnswer(t *testing.T) {
	a := webtest.New(t)
	c := a.As(registry.RoleOfficer)
	pages := map[string]*webtest.Page{
		"page": c.Get("/"), "not found": c.Get("/nowhere"), "wrong method": c.Do(http.MethodPut, "/password", nil, nil), "forbidden": c.Get("/admin/users"),
		"redirect": a.Browser().Get("/"), "sign-in": a.Browser().Get("/login"), "api": a.Browser().Get("/api/v1/nothing"),
		"too large": c.Post("/password", url.Values{"new": {strings.Repeat("x", 3<<20)}}), "static": c.Get("/static/app.css"),
	}
	for name, p := range pages {
		h := p.Header
		if csp := h.Get("Content-Security-Policy"); !strings.Contains(csp, "default-src 'none'") || !strings.Contains(csp, "frame-ancestors 'none'") || strings.Contains(csp, "unsafe") {
			t.Errorf("%s: Content-Security-Policy %q", name, csp)
		}
		if h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Referrer-Policy") != "same-origin" || h.Get("X-Request-Id") == "" {
			t.Errorf("%s: headers %v", name, h)
		}
		if cache := h.Get("Cache-Control"); (cache != "no-store") != (name == "static") {
			t.Errorf("%s: Cache-Control %q", name, cache)
		}
	}
	for name, want := range map[string]int{"not found": 404, "wrong method": 405, "forbidden": 403, "too large": 413, "api": 404} {
		if pages[name].Status != want {
			t.Errorf("%s: status %d, want %d", name, pages[name].Status, want)
		}
	}
	for _, name := range []string{"not found", "wrong method", "forbidden", "too large", "sign-in"} {
		pages[name].Check()
	}
	if got := pages["api"].Header.Get("Content-Type"); got != "application/problem+json" {
		t.Errorf("api error: Content-Type %q", got)
	}
	pages["api"].Want(404, `"request_id"`, `"status":404`)
}

// A query that cannot be read is refused: without its condition a list would show everything.
func TestUnreadableQueryIsRefused(t *testing.T) {
	a := webtest.New(t)
	c := a.As(registry.RoleOfficer)
	for _, path := range []string{"/cases?q=%", "/farms?q=100%&origin=x", "/api/v1/cases?q=%zz", "/api/v1/farms?q=a;b"} {
		c.Get(path).Want(http.StatusBadRequest, "无法读取")
	}
	c.Get("/cases?q=%25").Want(http.StatusOK).Check()
}

func TestHTTPS(t *testing.T) {
	a := webtest.New(t, func(o *web.Options) { o.TLS, o.PublicURL = true, "https://casebook.example" })
	c := a.Browser()
	c.Header.Set("Host", "casebook.example")
	p := c.Post("/login", url.Values{"username": {"officer"}, "password": {webtest.Password}}).Want(http.StatusSeeOther)
	if cookie := p.Header.Get("Set-Cookie"); !strings.Contains(cookie, "Secure") || !strings.Contains(cookie, "HttpOnly") || !strings.Contains(cookie, "SameSite=Lax") {
		t.Errorf("session cookie %q", cookie)
	}
	if p.Header.Get("Strict-Transport-Security") == "" {
		t.Error("no HSTS under TLS")
	}
	c.Header.Set("Host", "evil.example")
	c.Get("/login").Want(http.StatusMisdirectedRequest).WantNot("evil.example")
}

func TestNextStaysHere(t *testing.T) {
	a := webtest.New(t)
	for next, want := range map[string]string{
		"": "/", "/": "/", "/cases?stage=x&q=%E6%B0%B4": "/cases?stage=x&q=%E6%B0%B4", "/cases/12#law": "/cases/12#law",
		"//evil.example": "/", "///evil.example": "/", `/\evil.example`: "/", `\\evil.example`: "/", "https://evil.example": "/", "javascript:alert(1)": "/",
		"/\t/evil.example": "/", "/\n/evil.example": "/", "/%09/evil.example": "/", "/a/..//evil.example": "/", "/./\\evil.example": "/",
		"evil.example": "/", "/login": "/", "/logout": "/", "/ evil": "/", "/%5cevil.example": "/", "/\x00": "/", "/.//evil.example": "/",
	} {
		p := a.Browser().Post("/login", url.Values{"username": {"officer"}, "password": {webtest.Password}, "next": {next}}).Want(http.StatusSeeOther)
		if got := p.Header.Get("Location"); got != want {
			t.Errorf("next %q leads to %q, want %q", next, got, want)
		}
	}
	if got := a.Browser().Get("/password?x=1").Want(http.StatusSeeOther).Header.Get("Location"); got != "/login?next=%2Fpassword%3Fx%3D1" {
		t.Errorf("a page opened without a session leads to %q", got)
	}
}

func TestSignInThrottle(t *testing.T) {
	signIn := func(c *webtest.Client, name, password string) *webtest.Page {
		return c.Post("/login", url.Values{"username": {name}, "password": {password}})
	}
	t.Run("account", func(t *testing.T) {
		a := webtest.New(t)
		for i := range 5 {
			signIn(a.Browser(), "officer", fmt.Sprint("guess ", i)).Want(http.StatusUnauthorized, "用户名或密码不正确").Check()
		}
		signIn(a.Browser(), "officer", webtest.Password).Want(http.StatusTooManyRequests, "分钟后再试").Check()
		signIn(a.Browser(), "auditor", webtest.Password).Want(http.StatusSeeOther)
		a.Advance(15*time.Minute + time.Second)
		signIn(a.Browser(), "officer", webtest.Password).Want(http.StatusSeeOther)
	})
	t.Run("slow guesses are not locked out", func(t *testing.T) {
		a := webtest.New(t)
		for i := range 5 {
			signIn(a.Browser(), "officer", fmt.Sprint("guess ", i)).Want(http.StatusUnauthorized)
			a.Advance(3 * time.Minute)
		}
		signIn(a.Browser(), "officer", webtest.Password).Want(http.StatusSeeOther)
	})
	t.Run("address, whatever it forwards", func(t *testing.T) {
		a := webtest.New(t)
		refused := 0
		for i := range 60 {
			c := a.Browser()
			c.Header.Set("X-Forwarded-For", fmt.Sprintf("10.0.0.%d", i))
			c.Header.Set("X-Real-Ip", fmt.Sprintf("10.0.1.%d", i))
			if signIn(c, fmt.Sprint("name", i), "wrong").Status == http.StatusTooManyRequests {
				refused++
			}
		}
		if refused != 50 {
			t.Errorf("%d of 60 guesses refused, want 50", refused)
		}
	})
	t.Run("at once", func(t *testing.T) {
		a := webtest.New(t)
		var wg sync.WaitGroup
		var mu sync.Mutex
		let := 0
		for i := range 40 {
			wg.Go(func() {
				if signIn(a.Browser(), "officer", fmt.Sprint("guess ", i)).Status == http.StatusUnauthorized {
					mu.Lock()
					let++
					mu.Unlock()
				}
			})
		}
		wg.Wait()
		if let > 6 {
			t.Errorf("%d of 40 guesses sent at once were checked, want at most 6", let)
		}
	})
	t.Run("an unknown name looks the same", func(t *testing.T) {
		a := webtest.New(t)
		known, unknown := signIn(a.Browser(), "officer", "wrong password"), signIn(a.Browser(), "offices", "wrong password")
		if strings.ReplaceAll(known.Text(), "officer", "") != strings.ReplaceAll(unknown.Text(), "offices", "") || known.Status != unknown.Status {
			t.Errorf("known: %d %s\nunknown: %d %s", known.Status, known.Text(), unknown.Status, unknown.Text())
		}
		known.WantNot("wrong password")
	})
}

func TestTrustedProxy(t *testing.T) {
	_, loopback, _ := net.ParseCIDR("127.0.0.1/32")
	a := webtest.New(t, func(o *web.Options) { o.TrustedProxy = loopback })
	for i := range 12 {
		c := a.Browser()
		c.Header.Set("X-Forwarded-For", fmt.Sprintf("6.6.6.%d, 203.0.113.7", i)) // the client may write what it likes before its own address
		c.Post("/login", url.Values{"username": {fmt.Sprint("n", i)}, "password": {"x"}})
	}
	c := a.Browser()
	c.Header.Set("X-Forwarded-For", "203.0.113.7")
	c.Post("/login", url.Values{"username": {"officer"}, "password": {webtest.Password}}).Want(http.StatusTooManyRequests)
	c.Header.Set("X-Forwarded-For", "203.0.113.8")
	c.Post("/login", url.Values{"username": {"officer"}, "password": {webtest.Password}}).Want(http.StatusSeeOther)
}

func TestSessions(t *testing.T) {
	t.Run("end when idle", func(t *testing.T) {
		a := webtest.New(t)
		c := a.As(registry.RoleOfficer)
		for range 4 {
			a.Advance(29 * time.Minute)
			c.Get("/more").Want(http.StatusOK)
		}
		a.Advance(30 * time.Minute)
		c.Get("/more").Want(http.StatusSeeOther)
		c.Post("/password", url.Values{}).Want(http.StatusUnauthorized, "登录").Check()
	})
	t.Run("end after twelve hours", func(t *testing.T) {
		a := webtest.New(t)
		c := a.As(registry.RoleOfficer)
		for range 35 {
			a.Advance(20 * time.Minute)
			c.Get("/more").Want(http.StatusOK)
		}
		a.Advance(20 * time.Minute)
		c.Get("/more").Want(http.StatusSeeOther)
	})
	t.Run("end with sign-out", func(t *testing.T) {
		a := webtest.New(t)
		c := a.As(registry.RoleOfficer)
		stolen := a.Browser()
		stolen.Header.Set("Cookie", "casebook_session="+c.Cookie("casebook_session"))
		stolen.Get("/more").Want(http.StatusOK)
		c.Get("/more").Submit("/logout").Want(http.StatusSeeOther)
		stolen.Get("/more").Want(http.StatusSeeOther)
	})
	t.Run("are new at every sign-in", func(t *testing.T) {
		a := webtest.New(t)
		c := a.Browser()
		c.Header.Set("Cookie", "casebook_session=planted")
		p := c.Post("/login", url.Values{"username": {"officer"}, "password": {webtest.Password}}).Want(http.StatusSeeOther)
		if strings.Contains(p.Header.Get("Set-Cookie"), "planted") {
			t.Error("a planted session was kept")
		}
	})
	t.Run("end when the account is disabled", func(t *testing.T) {
		a := webtest.New(t)
		officer, admin := a.As(registry.RoleOfficer), a.As(registry.RoleAdmin)
		id := a.Actor(registry.RoleOfficer).UserID
		admin.Get(fmt.Sprintf("/admin/users/%d", id)).Submit(fmt.Sprintf("/admin/users/%d/disabled", id)).Follow().Want(http.StatusOK, "已停用", "账号已停用").Check()
		officer.Get("/more").Want(http.StatusSeeOther)
		officer.JSON(http.MethodGet, "/api/v1/cases", "").Want(http.StatusUnauthorized)
	})
}

// flipped is a token with another first character: the last ones may stand for the same bytes.
func flipped(token string) string {
	if token[0] == 'A' {
		return "B" + token[1:]
	}
	return "A" + token[1:]
}

// Package webtest boots the product on a real database for tests: sign in as a role, open pages, fill in and send their forms
// as a browser would, and check the HTML. It must not be used outside tests.
//
// Look first at New and Client; html.go holds what a page can be asked and the checks that every page passes.
package webtest

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"casebook/internal/auth"
	"casebook/internal/casework"
	"casebook/internal/pdf"
	"casebook/internal/registry"
	"casebook/internal/seal"
	"casebook/internal/statute"
	"casebook/internal/store"
	"casebook/internal/store/enginetest"
	"casebook/internal/store/storetest"
	"casebook/internal/web"
	"casebook/internal/web/view"
)

// Password is every test account's password; the accounts are named after their roles.
const Password = "correct horse battery staple"

// Start is the first moment of a test's clock.
var Start = time.Date(2024, 12, 16, 9, 30, 0, 0, registry.Shanghai)

// App is one running product with its own database.
type App struct {
	T       testing.TB
	DB      *store.DB
	Service *casework.Service
	Server  *httptest.Server
	URL     string
	Log     *Log
	clock   atomic.Int64

	options  web.Options
	database string // of PostgreSQL; empty: the file in the folder
}

// Option changes how the product is started.
type Option func(*web.Options)

// New starts the product with an account for each role. The register is the test's own, so that the test runs beside others: New says
// so to the test, which must not say t.Parallel itself.
func New(t testing.TB, opts ...Option) *App {
	t.Helper()
	parallel(t)
	dir := t.TempDir()
	template.Copy(t, dir)
	database := enginetest.Database(t, dir)
	db, err := store.Open(context.Background(), dir, store.Options{Now: Start, Database: database})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() }) // the directory is removed anyway
	a := &App{T: t, DB: db, Log: &Log{}}
	a.clock.Store(Start.UnixNano())
	log := slog.New(slog.NewTextHandler(a.Log, nil))
	a.Service = newService(db, a.Now, log, seal.KeyFile(filepath.Join(dir, "head.key")))
	if err := a.Service.LoadLaws(context.Background()); err != nil {
		t.Fatal(err)
	}
	if err := a.Service.LoadKept(context.Background()); err != nil {
		t.Fatal(err)
	}
	o := web.Options{Service: a.Service, Logger: log, Now: a.Now, Compare: true}
	for _, opt := range opts {
		opt(&o)
	}
	s, err := web.New(o)
	if err != nil {
		t.Fatal(err)
	}
	a.options, a.database = o, database
	a.Server = httptest.NewServer(s.Handler())
	a.URL = a.Server.URL
	t.Cleanup(a.Server.Close)
	return a
}

// Now is the test's clock; Advance moves it.
func (a *App) Now() time.Time { return time.Unix(0, a.clock.Load()) }

// Advance moves the clock forward.
func (a *App) Advance(d time.Duration) { a.clock.Add(int64(d)) }

func newService(db *store.DB, now func() time.Time, log *slog.Logger, key casework.KeySource) *casework.Service {
	return casework.New(casework.Config{DB: db, Law: statute.Embedded(), Now: now, Hasher: auth.NewHasher(auth.Cheap), Logger: log, Papers: web.Papers, Settable: pdf.Settable, Files: web.Files, HeadKey: key})
}

// said holds the tests that New told to run in parallel: a test may be told once, and may start the product several times.
var said sync.Map

func parallel(t testing.TB) {
	if p, ok := t.(interface{ Parallel() }); ok { // a benchmark cannot
		if _, again := said.LoadOrStore(t, true); !again {
			t.Cleanup(func() { said.Delete(t) })
			p.Parallel()
		}
	}
}

// template is a register with the test accounts.
var template = storetest.Template{Name: "accounts", Fill: addAccounts}

func addAccounts(db *store.DB) error {
	ctx := context.Background()
	s := newService(db, func() time.Time { return Start }, nil, nil)
	for i, role := range append([]registry.Role{registry.RolePublisher}, registry.Roles...) {
		u := registry.User{Username: string(role), DisplayName: role.Chinese() + "甲", Role: role}
		if i == 0 {
			u.Username, u.DisplayName = "publisher2", "宣传发布乙"
		}
		if _, err := s.AddUser(ctx, registry.CommandLine, &u); err != nil {
			return fmt.Errorf("add %s: %w", u.Username, err)
		}
		if err := s.SetPassword(ctx, u.Username, Password); err != nil {
			return err
		}
	}
	return nil
}

// Actor is the actor of a test account, for building fixtures through casework.
func (a *App) Actor(role registry.Role) registry.Actor {
	a.T.Helper()
	actor, err := a.Service.ActorNamed(context.Background(), string(role))
	if err != nil {
		a.T.Fatal(err)
	}
	return actor
}

// Client is one browser: it keeps cookies, sends Sec-Fetch-Site as browsers do, and does not follow redirects.
type Client struct {
	a      *App
	http   *http.Client
	Header http.Header // sent with every request
}

// Browser is a client that is not signed in.
func (a *App) Browser() *Client {
	jar, _ := cookiejar.New(nil) // never fails without options
	return &Client{a: a, Header: http.Header{"Sec-Fetch-Site": {"same-origin"}}, http: &http.Client{Jar: jar, Timeout: 30 * time.Second,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

// As is a browser signed in as a role.
func (a *App) As(role registry.Role) *Client { a.T.Helper(); return a.SignedIn(string(role)) }

// SignedIn is a browser signed in as a test account.
func (a *App) SignedIn(username string) *Client {
	a.T.Helper()
	c := a.Browser()
	p := c.Post("/login", url.Values{"username": {username}, "password": {Password}})
	if p.Status != http.StatusSeeOther {
		a.T.Fatalf("sign in as %s: status %d\n%s", username, p.Status, p.Text())
	}
	return c
}

// Get opens a page.
func (c *Client) Get(path string) *Page { c.a.T.Helper(); return c.Do(http.MethodGet, path, nil, nil) }

// GetCase opens every panel of the page of a case and puts them together as one page: for what must be somewhere on the case, or nowhere.
func (c *Client) GetCase(path string) *Page {
	c.a.T.Helper()
	whole := c.Get(path)
	if whole.Status != http.StatusOK {
		return whole
	}
	parts := []*Page{{client: c, Method: whole.Method, Path: path, Status: whole.Status, Header: whole.Header, Body: whole.Body}}
	for _, p := range view.CasePanels[1:] {
		parts = append(parts, c.Get(path+"?panel="+p.Key).Want(http.StatusOK))
	}
	for _, p := range parts[1:] {
		whole.Body += p.Body
	}
	whole.parts = parts
	return whole
}

// Post sends form values.
func (c *Client) Post(path string, values url.Values) *Page {
	c.a.T.Helper()
	return c.Do(http.MethodPost, path, strings.NewReader(values.Encode()), http.Header{"Content-Type": {"application/x-www-form-urlencoded"}})
}

// JSON sends a JSON body, as API clients do.
func (c *Client) JSON(method, path, body string, header ...string) *Page {
	c.a.T.Helper()
	h := http.Header{"Content-Type": {"application/json"}}
	for i := 0; i+1 < len(header); i += 2 {
		h.Set(header[i], header[i+1])
	}
	var r io.Reader
	if body != "" {
		r = strings.NewReader(body)
	}
	return c.Do(method, path, r, h)
}

// Do sends any request. An empty header value removes the header.
func (c *Client) Do(method, path string, body io.Reader, header http.Header) *Page {
	c.a.T.Helper()
	req, err := http.NewRequest(method, c.a.URL+path, body)
	if err != nil {
		c.a.T.Fatal(err)
	}
	for _, h := range []http.Header{c.Header, header} {
		for k, v := range h {
			req.Header[k] = v
			if len(v) == 1 && v[0] == "" {
				delete(req.Header, k)
			}
		}
	}
	if host := req.Header.Get("Host"); host != "" {
		req.Host = host
		req.Header.Del("Host")
	}
	res, err := c.http.Do(req)
	if err != nil {
		c.a.T.Fatalf("%s %s: %v", method, path, err)
	}
	defer res.Body.Close() //nolint:errcheck // read to the end
	b, err := io.ReadAll(res.Body)
	if err != nil {
		c.a.T.Fatalf("%s %s: read: %v", method, path, err)
	}
	return &Page{client: c, Method: method, Path: path, Status: res.StatusCode, Header: res.Header, Body: string(b)}
}

// Follow opens where a redirect leads; any other answer fails the test.
func (p *Page) Follow() *Page {
	p.client.a.T.Helper()
	to := p.Header.Get("Location")
	if to == "" {
		p.client.a.T.Fatalf("%s %s: status %d, want a redirect\n%s", p.Method, p.Path, p.Status, p.Text())
	}
	return p.client.Get(to)
}

// Log collects what the server logs, for tests that look for what must not be there.
type Log struct {
	mu sync.Mutex
	b  strings.Builder
}

func (l *Log) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *Log) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// Cookie is the value of one of the browser's cookies; empty where it has none.
func (c *Client) Cookie(name string) string {
	u, err := url.Parse(c.a.URL)
	if err != nil {
		c.a.T.Fatal(err)
	}
	for _, k := range c.http.Jar.Cookies(u) {
		if k.Name == name {
			return k.Value
		}
	}
	return ""
}

package main

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"casebook/internal/statute"
	"casebook/internal/store/enginetest"
)

// form sends a form as a page of the server does and does not follow where it leads.
func (s *served) form(t *testing.T, c *http.Client, path string, form url.Values) (status int, to, body string) {
	t.Helper()
	still := *c
	still.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.base+path, strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if form.Get("_token") == "" {
		req.Header.Set("Origin", s.base)
	}
	res, err := still.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close() //nolint:errcheck // read to its end
	b, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, res.Header.Get("Location"), string(b)
}

// page is what somebody sees under an address.
func (s *served) page(t *testing.T, c *http.Client, path string) (status int, body string) {
	t.Helper()
	status, body, err := s.send(t.Context(), c, http.MethodGet, path, "", "")
	if err != nil {
		t.Fatal(err)
	}
	return status, body
}

// soon waits until something is so, and fails after the time it may take.
func soon(t *testing.T, what string, within time.Duration, so func() bool) {
	t.Helper()
	for begun := time.Now(); !so(); time.Sleep(20 * time.Millisecond) {
		if time.Since(begun) > within {
			t.Errorf("%s: not after %v", what, within)
			return
		}
	}
}

func newCase(title string) string {
	return fmt.Sprintf(`{"title":"%s","origin":"现场登记","district_code":"440785"}`, title)
}

// Two servers serve one register: who is signed in at one is at the other, and what one learns the other knows.
func TestDatabaseNodes(t *testing.T) {
	enginetest.OnlyPostgres(t)
	t.Parallel()
	dir := t.TempDir()
	db, data := enginetest.Database(t, dir), filepath.Join(dir, "data")
	a := startServer(t, "--demo", "--data", data, "--db", db)
	b := startServer(t, "--data", data, "--db", db)
	c := a.browser(t, "officer")

	if status, body := b.page(t, c, "/farms"); status != http.StatusOK || !strings.Contains(body, "养殖场") {
		t.Errorf("signed in on one node, the other says %d", status)
	}
	_, body := a.page(t, c, "/farms/new")
	token := regexp.MustCompile(`name="_token" value="([^"]+)"`).FindStringSubmatch(body)
	uid := regexp.MustCompile(`name="client_uid" value="([^"]+)"`).FindStringSubmatch(body)
	if token == nil || uid == nil {
		t.Fatalf("the form has no token or no client_uid")
	}
	farm := url.Values{"_token": {token[1]}, "client_uid": {uid[1]}, "name": {"两节点养殖场"}, "district_code": {"440785"}}
	status, to, answer := b.form(t, c, "/farms", farm)
	if status != http.StatusSeeOther {
		t.Fatalf("a form of one node sent to the other = %d\n%.600s", status, answer)
	}
	if _, body := a.page(t, c, to); !strings.Contains(body, "两节点养殖场") || !strings.Contains(body, "已登记") && !strings.Contains(body, "已保存") && !strings.Contains(body, "已新建") {
		t.Errorf("the message that one node left is not on the other's page %s", to)
	}
	if status, again, _ := a.form(t, c, "/farms", farm); status != http.StatusSeeOther || again != to {
		t.Errorf("the same form again at the first node = %d to %s; want the farm that it made: %s", status, again, to)
	}

	v, _ := statute.Embedded().Version("water-pollution-law", "2017")
	file := filepath.Join(dir, "law.txt")
	if err := os.WriteFile(file, []byte(strings.Replace(v.Format(), "溶洞，私设", "溶洞、私设", 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	admin := a.browser(t, "admin")
	seen := func(s *served, path, what string) func() bool {
		return func() bool { _, body := s.page(t, admin, path); return strings.Contains(body, what) }
	}
	if seen(b, "/statutes/water-pollution-law/2017", "溶洞、私设")() {
		t.Fatal("the changed text is there before it was imported")
	}
	if out, err := casebook(t, "law", "import", file, "--data", data, "--db", db, "--as", "admin"); err != nil {
		t.Fatalf("law import = %s, %v", out, err)
	}
	soon(t, "an imported law at the other node", 20*time.Second, seen(b, "/statutes/water-pollution-law/2017", "溶洞、私设"))
	if status, _, body := a.form(t, admin, "/admin/document-kinds", url.Values{"name": {"两节点告知书"}, "phase": {"调查"}, "active": {"1"}}); status != http.StatusSeeOther {
		t.Errorf("a new kind of document = %d\n%.1500s", status, body)
	}
	soon(t, "a new kind of document at the other node", 20*time.Second, seen(b, "/cases/1/documents/new", "两节点告知书"))

	wrong := func(s *served) (int, string) {
		status, _, body := s.form(t, http.DefaultClient, "/login", url.Values{"username": {"auditor"}, "password": {"wrong password"}})
		return status, body
	}
	for i := range 5 {
		if _, body := wrong([]*served{a, b}[i%2]); strings.Contains(body, "次数过多") {
			t.Fatalf("refused after %d failures", i)
		}
	}
	for _, s := range []*served{a, b} {
		if _, body := wrong(s); !strings.Contains(body, "登录失败次数过多") {
			t.Errorf("five failures over both nodes lock neither:\n%.300s", body)
		}
	}
	if status, _, _ := a.form(t, c, "/logout", url.Values{}); status != http.StatusSeeOther {
		t.Errorf("POST /logout = %d", status)
	}
	if status, _ := b.page(t, c, "/api/v1/cases"); status != http.StatusUnauthorized {
		t.Errorf("signed out on one node, the other says %d", status)
	}
}

// Sixteen people register at each of two nodes, and one node is killed: what was acknowledged is there, once, and the register verifies.
func TestDatabaseNodesKilled(t *testing.T) {
	enginetest.OnlyPostgres(t)
	t.Parallel()
	dir := t.TempDir()
	db, data := enginetest.Database(t, dir), filepath.Join(dir, "data")
	a := startServer(t, "--demo", "--data", data, "--db", db)
	b := startServer(t, "--data", data, "--db", db)
	c := a.browser(t, "officer")
	const each = 12
	var mu sync.Mutex
	var made []string
	var work sync.WaitGroup
	killed := make(chan struct{})
	for n := range 32 {
		s := []*served{a, b}[n%2]
		work.Go(func() {
			for i := range each {
				title := fmt.Sprintf("节点案%02d之%02d", n, i)
				status, answer, err := s.send(t.Context(), c, http.MethodPost, "/api/v1/cases", "application/json", newCase(title))
				switch {
				case err == nil && status == http.StatusCreated:
					mu.Lock()
					made = append(made, title)
					if len(made) == 100 {
						close(killed)
						b.end(syscall.SIGKILL)
					}
					mu.Unlock()
				case s == a:
					t.Errorf("%s at the node that lives: %d, %v\n%.200s", title, status, err, answer)
				default:
					return // its node is dead
				}
			}
		})
	}
	work.Wait()
	select {
	case <-killed:
	default:
		t.Fatal("nobody was killed")
	}
	for _, title := range made {
		if status, body := a.page(t, c, "/api/v1/cases?q="+url.QueryEscape(title)); status != http.StatusOK || strings.Count(body, `"title":"`+title+`"`) != 1 {
			t.Errorf("%s, acknowledged, is there %d times (%d)", title, strings.Count(body, title), status)
		}
	}
	a.end(syscall.SIGTERM)
	if out, err := casebook(t, "verify", "--data", data, "--db", db); err != nil {
		t.Errorf("verify = %s, %v", out, err)
	}
	t.Logf("%d cases acknowledged", len(made))
}

// Two nodes that start at the same moment on an empty database make one register, with one administrator.
func TestDatabaseNodesStartTogether(t *testing.T) {
	enginetest.OnlyPostgres(t)
	t.Parallel()
	dir := t.TempDir()
	db, data := enginetest.Database(t, dir), filepath.Join(dir, "data")
	var nodes [3]*served
	var work sync.WaitGroup
	for i := range nodes {
		work.Go(func() { nodes[i] = startServer(t, "--data", data, "--db", db) })
	}
	work.Wait()
	admins := 0
	for _, s := range nodes {
		admins += strings.Count(s.out.String(), "已建立管理员 admin")
		s.end(syscall.SIGTERM)
	}
	if admins != 1 {
		t.Errorf("%d administrators were made", admins)
	}
	if out, err := casebook(t, "verify", "--data", data, "--db", db); err != nil {
		t.Errorf("verify = %s, %v", out, err)
	}
}

// The database is stopped under a node: it says so, and goes on by itself once the database is back.
func TestDatabaseRestarted(t *testing.T) {
	enginetest.OnlyPostgres(t)
	t.Parallel()
	cluster := enginetest.NewCluster(t)
	data := t.TempDir()
	s := startServer(t, "--demo", "--data", data, "--db", cluster.Address("casebook"))
	c := s.browser(t, "officer")
	cluster.Stop()
	for path, kind := range map[string]string{"/api/v1/cases": "application/json", "/farms": "application/x-www-form-urlencoded"} {
		status, body, err := s.send(t.Context(), c, http.MethodPost, path, kind, newCase("停机时"))
		if err != nil || status != http.StatusServiceUnavailable || !strings.Contains(body, "连不上数据库服务器") {
			t.Errorf("POST %s while the database is away = %d, %v\n%.300s", path, status, err, body)
		}
	}
	if status, body := s.page(t, c, "/cases"); status != http.StatusServiceUnavailable || !strings.Contains(body, "连不上数据库服务器") {
		t.Errorf("GET /cases while the database is away = %d\n%.300s", status, body)
	}
	time.Sleep(1100 * time.Millisecond) // an answer of /readyz stands for a second
	if status, _ := s.get(t, "/readyz"); status != http.StatusServiceUnavailable {
		t.Errorf("/readyz while the database is away = %d", status)
	}
	cluster.Start()
	if status, body, err := s.send(t.Context(), c, http.MethodPost, "/api/v1/cases", "application/json", newCase("恢复后")); err != nil || status != http.StatusCreated {
		t.Errorf("POST after the database is back = %d, %v\n%.300s", status, err, body)
	}
	soon(t, "/readyz", time.Minute, func() bool { status, _ := s.get(t, "/readyz"); return status == http.StatusOK })
}

// Lists come from a standby that follows; who wrote sees it at once, at whichever node, also while the standby lags or is away; and when it is made the
// primary, servers that know both addresses go on by themselves.
func TestDatabaseStandby(t *testing.T) {
	enginetest.OnlyPostgres(t)
	t.Parallel()
	primary := enginetest.NewCluster(t)
	second := primary.Standby()
	both := strings.Replace(primary.Address("casebook"), primary.Host(), primary.Host()+","+second.Host(), 1) + "?target_session_attrs=read-write"
	data := t.TempDir()
	a := startServer(t, "--demo", "--data", data, "--db", both, "--db-read", second.Address("casebook"))
	b := startServer(t, "--data", data, "--db", both, "--db-read", second.Address("casebook"))
	c := a.browser(t, "officer")
	create := func(s *served, title string) {
		t.Helper()
		if status, body, err := s.send(t.Context(), c, http.MethodPost, "/api/v1/cases", "application/json", newCase(title)); err != nil || status != http.StatusCreated {
			t.Fatalf("POST %s = %d, %v\n%.300s", title, status, err, body)
		}
	}
	kept := func(s *served, title string) bool {
		status, body := s.page(t, c, "/api/v1/cases?q="+url.QueryEscape(title))
		return status == http.StatusOK && strings.Contains(body, `"title":"`+title+`"`)
	}
	fromStandby := func() int {
		return second.Number("SELECT COALESCE(SUM(idx_scan + seq_scan), 0) FROM pg_stat_user_tables WHERE relname IN ('cases', 'case_tallies')")
	}
	create(a, "备机之一")
	if !kept(a, "备机之一") || !kept(b, "备机之一") {
		t.Error("a case just registered is not in the list")
	}
	soon(t, "a list read from the standby", time.Minute, func() bool {
		before := fromStandby()
		for range 5 {
			kept(b, "备机之一")
		}
		return fromStandby() > before
	})
	second.Do("SELECT pg_wal_replay_pause()")
	for i := range 6 { // longer than the standby may lag
		title := fmt.Sprintf("停放时%d", i)
		create(a, title)
		if !kept(a, title) || !kept(b, title) {
			t.Errorf("%s is not in its maker's list while the standby lags", title)
		}
		time.Sleep(time.Second)
	}
	notUsed := func(why string) func() bool {
		return func() bool {
			status, body := b.get(t, "/readyz")
			return status == http.StatusOK && strings.Contains(body, "现在不用（"+why)
		}
	}
	soon(t, "/readyz tells that the standby lags", time.Minute, notUsed("复制落后"))
	second.Do("SELECT pg_wal_replay_resume()")
	used := func() bool { _, body := b.get(t, "/readyz"); return !strings.Contains(body, "现在不用") }
	soon(t, "/readyz tells that the standby is used again", time.Minute, used)
	second.Stop()
	if !kept(a, "停放时5") || !kept(b, "停放时5") {
		t.Error("with the standby away the list is wrong")
	}
	soon(t, "/readyz tells that the standby is away", time.Minute, notUsed("连不上"))
	second.Start()
	soon(t, "/readyz tells that the standby is back", time.Minute, used)

	create(a, "换机之前")
	primary.Stop()
	second.Promote()
	soon(t, "the other server is found", time.Minute, func() bool {
		status, _, err := a.send(t.Context(), c, http.MethodPost, "/api/v1/cases", "application/json", newCase("换机之后"))
		return err == nil && status == http.StatusCreated
	})
	if !kept(b, "换机之前") || !kept(b, "换机之后") {
		t.Error("after the change of servers a case is missing")
	}
	soon(t, "/readyz tells that there is no standby any more", time.Minute, notUsed("它不是备机"))
	a.end(syscall.SIGTERM)
	b.end(syscall.SIGTERM)
	if out, err := casebook(t, "verify", "--data", data, "--db", both); err != nil {
		t.Errorf("verify on the promoted server = %s, %v", out, err)
	}
}

package main

import (
	"database/sql"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// A server that is killed is back at once: with what it had acknowledged, and ready to write. After an end of the machine (here: a mark of another boot)
// writes wait until the pages are checked, reads do not.
func TestStartAfterAKill(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	s := startServer(t, "--demo", "--data", data)
	c := s.browser(t, "officer")
	create := func(title string) (status int, answer string) {
		t.Helper()
		status, answer, err := s.send(t.Context(), c, "POST", "/api/v1/cases", "application/json", fmt.Sprintf(`{"title":"%s","origin":"现场登记","district_code":"440785"}`, title))
		if err != nil {
			t.Fatal(err)
		}
		return status, answer
	}
	kept := func(title string) {
		t.Helper()
		if status, body, err := s.send(t.Context(), c, "GET", "/api/v1/cases?q="+title, "", ""); err != nil || status != http.StatusOK || !strings.Contains(body, title) {
			t.Errorf("%s after the kill: %d, %v\n%.300s", title, status, err, body)
		}
	}
	if status, answer := create("断电前甲"); status != http.StatusCreated {
		t.Fatalf("POST /api/v1/cases = %d\n%s", status, answer)
	}
	s.end(syscall.SIGKILL)
	s = startServer(t, "--data", data)
	kept("断电前甲")
	if status, answer := create("断电前乙"); status != http.StatusCreated {
		t.Errorf("after the process was killed POST = %d\n%s", status, answer)
	}
	s.end(syscall.SIGKILL)
	cutOff(t, data)
	s = startServer(t, "--data", data)
	kept("断电前乙")
	if status, _ := s.get(t, "/readyz"); status != http.StatusOK {
		t.Errorf("a small register is not ready after its check: %d", status)
	}
	if status, answer := create("断电后"); status != http.StatusCreated {
		t.Errorf("after the machine was cut off POST = %d\n%s", status, answer)
	}
	s.end(syscall.SIGTERM)
	if out, err := casebook(t, "verify", "--data", data); err != nil {
		t.Errorf("verify = %v\n%s", err, out)
	}
}

// cutOff leaves the mark of a server that ended with its machine.
func cutOff(t *testing.T, data string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(data, "casebook.running"), []byte("another-boot\n"), 0o600); err != nil {
		t.Fatal(err)
	}
}

func (s *served) get(t *testing.T, path string) (status int, body string) {
	t.Helper()
	status, body, err := s.send(t.Context(), http.DefaultClient, "GET", path, "", "")
	if err != nil {
		t.Fatal(err)
	}
	return status, body
}

// ballast gives a register rows that take seconds to check, each with a value that is dear to compute; with damage the last lacks one that it must have.
func ballast(t *testing.T, data string, damage bool) {
	t.Helper()
	raw, err := sql.Open("sqlite", "file:"+filepath.Join(data, "casebook.db"))
	if err != nil {
		t.Fatal(err)
	}
	raw.SetMaxOpenConns(1)
	queries := `CREATE TABLE ballast (a, b, c GENERATED ALWAYS AS (length(hex(zeroblob(1000000 + a)))) VIRTUAL NOT NULL);
		INSERT INTO ballast (a, b) SELECT value, 1 FROM (WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n LIMIT 400) SELECT value FROM n)`
	if damage {
		queries += `; INSERT INTO ballast (a) VALUES (0); PRAGMA writable_schema = 1; UPDATE sqlite_schema SET sql = replace(sql, '(a, b,', '(a, b NOT NULL,') WHERE name = 'ballast'`
	}
	if _, err := raw.Exec(queries); err != nil {
		t.Fatal(err)
	}
	if err := raw.Close(); err != nil {
		t.Fatal(err)
	}
}

// A register that takes long to check and that its machine left in the middle: the server listens before all is read, says how far it is, serves reads,
// keeps what people have typed, and writes once the pages are sound.
func TestCheckBehindTheServer(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	s := startServer(t, "--demo", "--data", data)
	c := s.browser(t, "officer")
	s.end(syscall.SIGTERM)
	ballast(t, data, false)
	cutOff(t, data)
	s = startServer(t, "--data", data)
	if status, body := s.get(t, "/readyz"); status != http.StatusServiceUnavailable || !strings.Contains(body, "上次未正常停止，正在检查数据文件（") {
		t.Fatalf("/readyz while the file is checked = %d %q", status, body)
	}
	if status, body, err := s.send(t.Context(), c, "GET", "/cases/1", "", ""); err != nil || status != http.StatusOK || !strings.Contains(body, "正在检查数据文件") {
		t.Errorf("a page while the file is checked: %d, %v", status, err)
	}
	for deadline := time.Now().Add(5 * time.Minute); s.checking(t) && time.Now().Before(deadline); {
		time.Sleep(50 * time.Millisecond)
	}
	if status, body := s.get(t, "/readyz"); status != http.StatusOK || body != "ok\n" {
		t.Errorf("/readyz after the check = %d %q", status, body)
	}
	s.typed(t, c, http.StatusUnprocessableEntity, "有内容需要更正")
}

// Damage that is found behind the server ends the writing: the log has the remedy, pages say so, and a form comes back with what was typed.
func TestDamageBehindTheServer(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	s := startServer(t, "--demo", "--data", data)
	c := s.browser(t, "officer")
	s.end(syscall.SIGTERM)
	ballast(t, data, true)
	s = startServer(t, "--data", data) // after a clean stop: nobody waits
	if status, body := s.get(t, "/readyz"); status != http.StatusOK || body != "ok\n" {
		t.Errorf("/readyz before the damage is found = %d %q", status, body)
	}
	for deadline := time.Now().Add(5 * time.Minute); !strings.Contains(s.out.String(), "writing has ended") && time.Now().Before(deadline); {
		time.Sleep(50 * time.Millisecond)
	}
	if out := s.out.String(); !strings.Contains(out, "已损坏") || !strings.Contains(out, "casebook restore") {
		t.Errorf("the log says nothing of the damage:\n%s", out)
	}
	time.Sleep(1100 * time.Millisecond) // an answer of /readyz stands for a second
	if status, body := s.get(t, "/readyz"); status != http.StatusServiceUnavailable || !strings.Contains(body, "数据文件有损坏，已停止保存") {
		t.Errorf("/readyz of a damaged register = %d %q", status, body)
	}
	if status, body, err := s.send(t.Context(), c, "GET", "/cases/1", "", ""); err != nil || status != http.StatusOK || !strings.Contains(body, "数据文件有损坏，已停止保存") {
		t.Errorf("a page of a damaged register: %d, %v", status, err)
	}
	s.typed(t, c, http.StatusServiceUnavailable, "数据文件有损坏")
}

// typed sends a form that makes a farm and wants it back with what was typed in it.
func (s *served) typed(t *testing.T, c *http.Client, want int, words string) {
	t.Helper()
	form := url.Values{"name": {"打字的内容"}, "district_code": {"440785"}, "client_uid": {"0193a9f0-0000-7000-8000-00000000000a"}}
	if want == http.StatusUnprocessableEntity {
		form.Set("district_code", "1")
	}
	status, body, err := s.send(t.Context(), c, "POST", "/farms", "application/x-www-form-urlencoded", form.Encode())
	if err != nil || status != want || !strings.Contains(body, "打字的内容") || !strings.Contains(body, words) {
		t.Errorf("POST /farms = %d, %v; want %d with what was typed and %q\n%.1500s", status, err, want, words, body)
	}
}

func (s *served) checking(t *testing.T) bool {
	t.Helper()
	status, body := s.get(t, "/readyz")
	return status != http.StatusOK && strings.Contains(body, "正在检查")
}

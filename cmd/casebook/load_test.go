package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// served is a server in a process of its own, as people run it.
type served struct {
	cmd        *exec.Cmd
	out        *lines
	base       string
	signIns    map[string]string // password by username
	started    time.Duration     // until it listened
	startedCPU time.Duration
}

var signInLine = regexp.MustCompile(`(?m)^sign-in (\S+) (\S+) \S+$`)

func startServer(t testing.TB, args ...string) *served {
	t.Helper()
	s := &served{out: &lines{}, signIns: map[string]string{}}
	s.cmd = exec.Command(os.Args[0], append([]string{"serve", "--addr", "127.0.0.1:0"}, args...)...) //nolint:gosec // of a test
	s.cmd.Env = append(os.Environ(), asCommand+"=1")
	s.cmd.Stdout, s.cmd.Stderr = s.out, s.out
	begun := time.Now()
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.end(syscall.SIGKILL) })
	address := regexp.MustCompile(`http://[\d.:]+`)
	for s.base == "" && time.Since(begun) < 5*time.Minute {
		time.Sleep(5 * time.Millisecond)
		s.base = address.FindString(s.out.String())
	}
	s.started, s.startedCPU = time.Since(begun), s.cpu()
	if s.base == "" {
		t.Fatalf("serve %v says no address:\n%s", args, s.out.String())
	}
	for _, m := range signInLine.FindAllStringSubmatch(s.out.String(), -1) {
		s.signIns[m[1]] = m[2]
	}
	return s
}

// end sends a signal and waits; a second time does nothing.
func (s *served) end(how os.Signal) {
	if s.cmd.ProcessState == nil {
		_ = s.cmd.Process.Signal(how)
		_ = s.cmd.Wait()
	}
}

// memory is what the system counts for the process, in KB: VmHWM is the most that it ever had, VmRSS what it has, RssAnon without mapped files.
func (s *served) memory() map[string]int {
	m := map[string]int{}
	b, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.cmd.Process.Pid))
	for line := range strings.Lines(string(b)) {
		if f := strings.Fields(line); len(f) == 3 && f[2] == "kB" {
			m[strings.TrimSuffix(f[0], ":")], _ = strconv.Atoi(f[1])
		}
	}
	return m
}

func (s *served) memoryWords() string {
	m := s.memory()
	return fmt.Sprintf("RSS %d MB (of it not mapped files %d), most ever %d", m["VmRSS"]>>10, m["RssAnon"]>>10, m["VmHWM"]>>10)
}

// cpu is what the process has used, of both kinds.
func (s *served) cpu() time.Duration {
	b, _ := os.ReadFile(fmt.Sprintf("/proc/%d/stat", s.cmd.Process.Pid))
	f := strings.Fields(string(b[bytes.LastIndexByte(b, ')')+1:]))
	if len(f) < 13 {
		return 0
	}
	user, _ := strconv.Atoi(f[11])
	system, _ := strconv.Atoi(f[12])
	return time.Duration(user+system) * 10 * time.Millisecond
}

// browser is somebody signed in.
func (s *served) browser(t testing.TB, username string) *http.Client {
	t.Helper()
	jar, _ := cookiejar.New(nil) // never fails without options
	c := &http.Client{Jar: jar, Timeout: 2 * time.Minute, Transport: &http.Transport{MaxIdleConnsPerHost: 4}}
	status, body, err := s.send(t.Context(), c, "POST", "/login", "application/x-www-form-urlencoded", url.Values{"username": {username}, "password": {s.signIns[username]}}.Encode())
	if err != nil || status != http.StatusOK {
		t.Fatalf("POST /login as %s = %d, %v\n%.300s", username, status, err, body)
	}
	return c
}

func (s *served) send(ctx context.Context, c *http.Client, method, path, kind, body string) (status int, answer string, err error) {
	req, err := http.NewRequestWithContext(ctx, method, s.base+path, strings.NewReader(body))
	if err != nil {
		return 0, "", err
	}
	req.Header.Set("Origin", s.base)
	req.Header.Set("Content-Type", kind)
	res, err := c.Do(req)
	if err != nil {
		return 0, "", err
	}
	defer res.Body.Close() //nolint:errcheck // read to its end
	b, err := io.ReadAll(res.Body)
	return res.StatusCode, string(b), err
}

var (
	loadData   = flag.String("load", "", "a copy of a demonstration register (casebook demo --cases N --data DIR) for TestMemoryUnderLoad; it is written to")
	loadFor    = flag.Duration("load-for", time.Minute, "how long 200 people use it")
	loadPeople = flag.Int("load-people", 200, "how many people use it")
)

// TestMemoryUnderLoad measures a server's memory at rest, under 150 case sheets at once, under 200 people and afterwards:
//
//	casebook demo --cases 10000 --data DIR && go test ./cmd/casebook -run MemoryUnderLoad -v -load DIR
func TestMemoryUnderLoad(t *testing.T) {
	if *loadData == "" {
		t.Skip("needs -load, a register")
	}
	s := startServer(t, "--demo", "--data", *loadData)
	officer := s.browser(t, "officer")
	cases := s.someCases(t, officer)
	s.settle(t, "at rest", 80)
	var statuses sync.Map
	var all sync.WaitGroup
	for n := range 150 {
		all.Go(func() {
			status, _, err := s.send(t.Context(), officer, "GET", fmt.Sprintf("/cases/%s/sheet.pdf", cases[n%len(cases)]), "", "")
			if err != nil {
				t.Error(err)
			}
			count(&statuses, status)
		})
	}
	all.Wait()
	t.Logf("150 case sheets at once: %v; %s", counts(&statuses), s.memoryWords())
	s.most(t, "150 case sheets at once", 400)
	statuses.Clear()
	ctx, stop := context.WithTimeout(t.Context(), *loadFor)
	defer stop()
	before := s.cpu()
	for n := range *loadPeople {
		all.Go(func() { s.person(ctx, officer, cases, n, &statuses) })
	}
	all.Wait()
	t.Logf("%d people for %s: %v; CPU %s; %s", *loadPeople, *loadFor, counts(&statuses), s.cpu()-before, s.memoryWords())
	s.most(t, "people", 400)
	if n, ok := statuses.Load(http.StatusInternalServerError); ok {
		t.Errorf("%v answers are errors:\n%s", n, s.out.String())
	}
	s.settle(t, "after it", 200)
}

// settle waits until nobody has asked for anything for a while.
func (s *served) settle(t *testing.T, when string, limit int) {
	t.Helper()
	time.Sleep(3 * quiet)
	t.Logf("%s: %s", when, s.memoryWords())
	if got := s.memory()["VmRSS"] >> 10; got > limit {
		t.Errorf("%s: %d MB, want at most %d", when, got, limit)
	}
}

func (s *served) most(t *testing.T, when string, limit int) {
	t.Helper()
	if got := s.memory()["VmHWM"] >> 10; got > limit {
		t.Errorf("%s: %d MB at the most, want at most %d", when, got, limit)
	}
}

func (s *served) someCases(t *testing.T, c *http.Client) (ids []string) {
	t.Helper()
	for _, q := range []string{"/cases", "/cases?sort=-id", "/cases?q=%E5%85%BB%E6%AE%96"} {
		_, body, err := s.send(t.Context(), c, "GET", q, "", "")
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`href="/cases/(\d+)"`).FindAllStringSubmatch(body, -1) {
			ids = append(ids, m[1])
		}
	}
	slices.Sort(ids)
	if ids = slices.Compact(ids); len(ids) == 0 {
		t.Fatal("the register has no case")
	}
	return ids
}

// person looks around and writes now and then, with a moment's thought between.
func (s *served) person(ctx context.Context, c *http.Client, cases []string, n int, statuses *sync.Map) {
	r := rand.New(rand.NewPCG(uint64(n), 1)) //nolint:gosec // of a test
	words := []string{"养殖", "废水", "恩平", "暗管", "epsxy", "粪污", "没有这个词"}
	for ctx.Err() == nil {
		id, q := cases[r.IntN(len(cases))], url.QueryEscape(words[r.IntN(len(words))])
		var path string
		method, body := "GET", ""
		switch p := r.IntN(100); {
		case p < 25:
			path = "/cases/" + id
		case p < 40:
			path = "/cases?q=" + q
		case p < 50:
			path = "/api/v1/cases?q=" + q
		case p < 60:
			path = "/"
		case p < 68:
			path = "/desk"
		case p < 76:
			path = "/farms?q=" + q
		case p < 82:
			path = "/cases/" + id + "/sheet"
		case p < 86:
			path = "/desk/week"
		case p < 90:
			path = "/cases/" + id + "/edit"
		case p < 97:
			path, method, body = "/api/v1/cases", "POST", fmt.Sprintf(`{"title":"负荷 %d","origin":"示例","district_code":"440785","found_on":"2024-05"}`, r.Int64())
		case p < 99:
			path = "/cases/" + id + "/sheet.pdf"
		default:
			path = "/exports/ledger.xlsx?district_code=440785&from=2024-01&to=2024-02"
		}
		status, _, err := s.send(ctx, c, method, path, "application/json", body)
		if err == nil {
			count(statuses, status)
		}
		select {
		case <-ctx.Done():
		case <-time.After(time.Duration(r.IntN(1000)) * time.Millisecond):
		}
	}
}

func count(m *sync.Map, status int) {
	for {
		n, _ := m.LoadOrStore(status, 0)
		if m.CompareAndSwap(status, n, n.(int)+1) {
			return
		}
	}
}

func counts(m *sync.Map) string {
	var list []string
	m.Range(func(k, v any) bool { list = append(list, fmt.Sprintf("%d × %v", v, k)); return true })
	slices.Sort(list)
	return strings.Join(list, ", ")
}

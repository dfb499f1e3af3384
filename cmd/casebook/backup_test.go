package main

import (
	"bytes"
	"context"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"casebook/internal/registry"
	"casebook/internal/store"
	"casebook/internal/store/storetest"
)

// asCommand makes the test's own binary the command, so that what is killed and what other users run is the program itself.
const asCommand = "CASEBOOK_TEST_COMMAND"

func TestMain(m *testing.M) {
	if os.Getenv(asCommand) != "" {
		main()
		return
	}
	os.Exit(m.Run())
}

func process(name string, args ...string) (cmd *exec.Cmd, out *bytes.Buffer) {
	cmd, out = exec.Command(name, args...), &bytes.Buffer{} //nolint:gosec // of a test
	cmd.Env = append(os.Environ(), asCommand+"=1")
	cmd.Stdout, cmd.Stderr = out, out
	return cmd, out
}

// demoWithFiles is the demonstration with attachments on a case.
func demoWithFiles(t *testing.T, data string, files int) {
	t.Helper()
	demoIn(t, data)
	db, err := store.Open(t.Context(), data, store.Options{MustExist: true, Now: sampleTime()})
	if err != nil {
		t.Fatal(err)
	}
	for n := range files {
		hash, size, err := db.SaveFile(strings.NewReader(strings.Repeat(fmt.Sprint("证据", n), 20_000)), 64<<20)
		if err != nil {
			t.Fatal(err)
		}
		storetest.Write(t, db, func(tx *store.Tx) error {
			x := registry.Attachment{Entity: "case", EntityID: 1, Filename: "a.txt", SHA256: hash, Size: size, CreatedAt: sampleTime()}
			if _, err := tx.InsertAttachment(&x, ""); err != nil {
				return err
			}
			return tx.Record(store.Event{Actor: registry.CommandLine, At: sampleTime(), Action: "上传附件", Entity: "attachment", EntityID: int64(x.ID), Version: 1}, x)
		})
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

// killed runs the command and kills it after a while; ended is true where it was faster.
func killed(t *testing.T, after time.Duration, args ...string) (ended bool) {
	t.Helper()
	cmd, out := process(os.Args[0], args...)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- cmd.Wait() }()
	select {
	case err := <-done:
		if err != nil {
			t.Errorf("casebook %v = %v\n%s", args, err, out)
		}
		return true
	case <-time.After(after):
		_ = cmd.Process.Kill() // SIGKILL; it may have ended just now
		<-done
		return false
	}
}

func took(t *testing.T, args ...string) time.Duration {
	t.Helper()
	begun := time.Now()
	killed(t, time.Minute, args...)
	return time.Since(begun)
}

// Killed at any moment, a backup leaves the backups before it and the register as they were, and the next one is whole; a restore leaves
// nothing that passes for a register, and run again it ends.
func TestKilledBackupAndRestore(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	data, root, to := filepath.Join(dir, "data"), filepath.Join(dir, "b"), filepath.Join(dir, "n")
	demoWithFiles(t, data, 12)
	rounds := 6
	if testing.Short() {
		rounds = 3
	}
	whole := func(where string) {
		t.Helper()
		if out, err := casebook(t, "verify", "--data", where); err != nil || !strings.Contains(out, "附件 18 个") {
			t.Errorf("casebook verify --data %s = %v\n%s", where, err, out)
		}
	}
	full, cut := took(t, "backup", filepath.Join(dir, "timed"), "--data", data), 0
	for n := range rounds {
		if !killed(t, full*time.Duration(n+1)/time.Duration(rounds+1), "backup", root, "--data", data) {
			cut++
		}
		if list, _ := filepath.Glob(filepath.Join(root, "2*")); len(list) > 0 {
			if out, err := casebook(t, "restore", list[len(list)-1], "--data", filepath.Join(dir, fmt.Sprint("after", n))); err != nil {
				t.Errorf("after a kill the newest backup is not whole: %v\n%s", err, out)
			}
		}
	}
	whole(data)
	if out, err := casebook(t, "backup", root, "--data", data); err != nil {
		t.Fatalf("a backup after %d kills: %v\n%s", cut, err, out)
	}
	if left, _ := filepath.Glob(filepath.Join(root, ".partial-*")); len(left) > 0 {
		t.Errorf("the killed backups left %v", left)
	}
	full = took(t, "restore", root, "--data", to)
	whole(to)
	for n := range rounds {
		if err := os.RemoveAll(to); err != nil {
			t.Fatal(err)
		}
		if killed(t, full*time.Duration(n+1)/time.Duration(rounds+1), "restore", root, "--data", to) {
			whole(to)
			continue
		}
		cut++
		if _, err := os.Stat(filepath.Join(to, "casebook.db")); err == nil {
			whole(to)
			continue
		}
		if _, err := casebook(t, "verify", "--data", to); err == nil {
			t.Errorf("half a restore passes for a register")
		}
		if out, err := casebook(t, "restore", root, "--data", to); err != nil {
			t.Errorf("a restore after one that was killed: %v\n%s", err, out)
		}
		whole(to)
	}
	if cut < rounds {
		t.Errorf("%d of %d commands were killed before they ended: the test proves too little", cut, 2*rounds)
	}
}

// A register with a defect of its own is restored on request only, and the backup of one that lost a file says so.
func TestBackupAndRestoreTell(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	data, root, to := filepath.Join(dir, "data"), filepath.Join(dir, "b"), filepath.Join(dir, "n")
	demoWithFiles(t, data, 2)
	files, err := filepath.Glob(filepath.Join(data, "attachments", "*", "*"))
	if err != nil || len(files) != 8 {
		t.Fatalf("attachments: %v, %v", files, err)
	}
	if out, err := casebook(t, "backup", root, "--data", data); err != nil || !strings.Contains(out, "附件文件 8 个（新复制 8 个，已有 0 个）") {
		t.Errorf("backup = %q, %v", out, err)
	}
	if err := os.Remove(files[0]); err != nil {
		t.Fatal(err)
	}
	lost := filepath.Base(files[0])
	if err := os.RemoveAll(filepath.Join(dir, "b2")); err != nil {
		t.Fatal(err)
	}
	if out, err := casebook(t, "backup", filepath.Join(dir, "b2"), "--data", data); err == nil || !strings.Contains(err.Error(), "1 个附件缺失或已改变") || !strings.Contains(out, lost) {
		t.Errorf("a backup of a register that lost %s = %q, %v", lost, out, err)
	}
	if out, err := casebook(t, "restore", filepath.Join(dir, "b2"), "--data", to); err == nil || !strings.Contains(err.Error(), "--accept-defects") || !strings.Contains(out, "缺失") {
		t.Errorf("its restore = %q, %v", out, err)
	}
	if _, err := os.Stat(to); !os.IsNotExist(err) {
		t.Errorf("a refused restore left %s", to)
	}
	if out, err := casebook(t, "restore", filepath.Join(dir, "b2"), "--data", to, "--accept-defects"); err != nil || strings.Contains(out, "核验通过") {
		t.Errorf("its restore with --accept-defects = %q, %v", out, err)
	}
	// The backup folder still has the file: a backup into it is whole again, whatever the register lost.
	if out, err := casebook(t, "backup", root, "--data", data); err != nil || !strings.Contains(out, "已有 8 个") {
		t.Errorf("a backup where the file is kept = %q, %v", out, err)
	}
	for _, args := range [][]string{{"backup"}, {"backup", "a", "b"}, {"restore"}} {
		if _, err := casebook(t, append(args, "--data", data)...); err == nil || !strings.Contains(err.Error(), "用法") {
			t.Errorf("casebook %v = %v", args, err)
		}
	}
}

// Who may not write is told so, whichever part may not be written.
func TestNoPermission(t *testing.T) {
	t.Parallel()
	top := t.TempDir()
	name, before := os.Args[0], []string(nil)
	if os.Getuid() == 0 {
		setpriv, err := exec.LookPath("setpriv")
		if err != nil {
			t.Skip("root may write everywhere, and there is no setpriv to run the command as somebody else")
		}
		for _, d := range []string{filepath.Dir(top), top} { // the temporary folder is root's alone
			if err := os.Chmod(d, 0o755); err != nil { //nolint:gosec // of a test
				t.Fatal(err)
			}
		}
		binary, err := os.ReadFile(os.Args[0])
		if err != nil {
			t.Fatal(err)
		}
		own := filepath.Join(top, "casebook")
		if err := os.WriteFile(own, binary, 0o755); err != nil { //nolint:gosec // of a test
			t.Fatal(err)
		}
		name, before = setpriv, []string{"--reuid", "65534", "--regid", "65534", "--clear-groups", own}
	}
	for _, c := range []struct {
		what         string
		folder, file os.FileMode
	}{
		{"the folder cannot be entered", 0o600, 0o666},
		{"the folder cannot be written", 0o555, 0o666},
		{"the file cannot be written", 0o777, 0o444},
	} {
		data := storetest.Dir(t)
		moved := filepath.Join(top, fmt.Sprintf("data%o", c.folder))
		if err := os.Rename(data, moved); err != nil {
			t.Fatal(err)
		}
		for path, mode := range map[string]os.FileMode{filepath.Join(moved, "casebook.db"): c.file, moved: c.folder} {
			if err := os.Chmod(path, mode); err != nil && mode != c.file {
				t.Fatal(err)
			}
		}
		cmd, out := process(name, append(before, "serve", "--addr", "127.0.0.1:0", "--data", moved)...)
		if err := cmd.Run(); err == nil || !strings.Contains(out.String(), "没有权限读写目录 "+moved) || strings.Contains(out.String(), "损坏") {
			t.Errorf("%s: serve = %v\n%s", c.what, err, out)
		}
		_ = os.Chmod(moved, 0o755) //nolint:gosec // so that it can be removed
	}
}

// A server whose disk runs full lives, is not ready, and answers what would write with 507, uploads included; what reads goes on.
func TestServeOnAFullDisk(t *testing.T) {
	t.Parallel()
	disk := storetest.NewDisk(t, "60000")
	data := filepath.Join(disk.Dir, "data")
	ctx, stop := context.WithCancel(t.Context())
	var out, errs lines
	done := make(chan error, 1)
	go func() {
		done <- run(ctx, []string{"serve", "--demo", "--data", data, "--addr", "127.0.0.1:0"}, &out, &errs, time.Now)
	}()
	defer func() {
		stop()
		if err := <-done; err != nil {
			t.Errorf("serve ended with %v", err)
		}
	}()
	address := regexp.MustCompile(`http://[\d.:]+`)
	for deadline := time.Now().Add(5 * time.Minute); address.FindString(out.String()) == "" && time.Now().Before(deadline); {
		time.Sleep(20 * time.Millisecond)
	}
	base := address.FindString(out.String())
	signIn := regexp.MustCompile(`sign-in officer (\S+) officer`).FindStringSubmatch(out.String())
	if base == "" || signIn == nil {
		t.Fatalf("serve printed\n%s%s", out.String(), errs.String())
	}
	jar, _ := cookiejar.New(nil) // never fails without options
	client := &http.Client{Jar: jar}
	send := func(method, path, kind string, body []byte) int {
		t.Helper()
		req, err := http.NewRequestWithContext(t.Context(), method, base+path, bytes.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Content-Type", kind)
		req.Header.Set("Origin", base)
		req.Header.Set("Idempotency-Key", "k-"+fmt.Sprint(len(body)))
		res, err := client.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close()
		return res.StatusCode
	}
	if got := send("POST", "/login", "application/x-www-form-urlencoded", []byte(url.Values{"username": {"officer"}, "password": {signIn[1]}}.Encode())); got != http.StatusOK {
		t.Fatalf("POST /login = %d", got)
	}
	var form bytes.Buffer
	m := multipart.NewWriter(&form)
	part, err := m.CreateFormFile("file", "a.txt")
	if err != nil {
		t.Fatal(err)
	}
	_, _ = part.Write([]byte(strings.Repeat("证据", 100_000))) // into memory
	_ = m.Close()
	upload := func() int { return send("POST", "/api/v1/cases/1/attachments", m.FormDataContentType(), form.Bytes()) }
	asked := func(want map[string]int) {
		t.Helper()
		for path, status := range want {
			if got := send("GET", path, "", nil); got != status {
				t.Errorf("GET %s = %d, want %d", path, got, status)
			}
		}
	}
	asked(map[string]int{"/healthz": 200, "/readyz": 200})
	empty := disk.Fill()
	time.Sleep(1100 * time.Millisecond) // an answer of /readyz stands for a second
	asked(map[string]int{"/healthz": 200, "/readyz": 507, "/cases": 200, "/cases/1": 200})
	if got := upload(); got != http.StatusInsufficientStorage {
		t.Errorf("an upload to a full disk = %d, want 507", got)
	}
	empty()
	time.Sleep(1100 * time.Millisecond)
	asked(map[string]int{"/healthz": 200, "/readyz": 200})
	if got := upload(); got != http.StatusCreated {
		t.Errorf("an upload with space again = %d, want 201", got)
	}
}

package main

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"flag"
	"io"
	"io/fs"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"
)

var update = flag.Bool("update", false, "make the samples in testdata/samples again")

// sampleTime is the clock of the samples: the same data at the same moment gives the same files.
func sampleTime() time.Time { return time.Date(2026, 11, 22, 1, 0, 0, 0, time.UTC) }

func casebook(t *testing.T, args ...string) (stdout string, err error) {
	t.Helper()
	var out, errs bytes.Buffer
	err = run(context.Background(), args, &out, &errs, sampleTime)
	return out.String(), err
}

// demoFiles are those of a register with the demonstration, made once: to make one costs more than most tests.
var demoFiles = sync.OnceValues(func() (fs.FS, error) {
	dir, err := os.MkdirTemp("", "casebook-demo-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir) //nolint:errcheck // a temporary directory
	if err := run(context.Background(), []string{"demo", "--data", dir}, io.Discard, io.Discard, sampleTime); err != nil {
		return nil, err
	}
	files := fstest.MapFS{}
	return files, fs.WalkDir(os.DirFS(dir), ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(filepath.Join(dir, path))
		files[path] = &fstest.MapFile{Data: content, Mode: 0o600}
		return err
	})
})

// demoIn puts the demonstration into a folder.
func demoIn(t *testing.T, data string) {
	t.Helper()
	files, err := demoFiles()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(data, files); err != nil {
		t.Fatal(err)
	}
}

func TestDemoToSamples(t *testing.T) {
	dir := t.TempDir()
	data, sheet, paper, record := filepath.Join(dir, "data"), filepath.Join(dir, "l.xlsx"), filepath.Join(dir, "b.pdf"), filepath.Join(dir, "c.pdf")
	credit := filepath.Join(dir, "credit.xlsx")
	picture := filepath.Join(dir, "p.pdf")
	official, news, word := filepath.Join(dir, "o.pdf"), filepath.Join(dir, "n.pdf"), filepath.Join(dir, "b.docx")
	for _, args := range [][]string{
		{"demo", "--data", data},
		{"bulletin", "pdf", "1", "-o", paper, "--data", data},
		{"bulletin", "pdf", "1", "-o", official, "--design", "公文", "--data", data},
		{"bulletin", "pdf", "1", "-o", news, "--design", "报纸", "--data", data},
		{"bulletin", "pdf", "1", "-o", word, "--format", "docx", "--data", data},
		{"bulletin", "pdf", "2", "-o", picture, "--data", data},
		{"case", "sheet", "6", "-o", record, "--data", data},
		{"export", "ledger", "--data", data, "-o", sheet}, // after papers: it signs a head of the chain, which papers would print
		{"export", "credit", "--data", data, "-o", credit},
		{"verify", "--data", data},
	} {
		if out, err := casebook(t, args...); err != nil {
			t.Fatalf("casebook %v: %v\n%s", args, err, out)
		}
	}
	for made, kept := range map[string]string{sheet: "ledger.xlsx", credit: "credit.xlsx", paper: "bulletin.pdf", official: "bulletin-gongwen.pdf", news: "bulletin-newspaper.pdf", word: "bulletin.docx", picture: "bulletin-picture.pdf", record: "casesheet.pdf"} {
		kept = filepath.Join("..", "..", "testdata", "samples", kept)
		got, err := os.ReadFile(made)
		if err != nil {
			t.Fatal(err)
		}
		if *update {
			if err := os.WriteFile(kept, got, 0o644); err != nil { //nolint:gosec // a sample for everyone to read
				t.Fatal(err)
			}
			continue
		}
		want, err := os.ReadFile(kept)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasSuffix(kept, ".xlsx") {
			if !bytes.Equal(got, want) {
				t.Errorf("the demo's paper is no longer the one in %s; look at it, then: go test ./cmd/casebook -run Samples -update", kept)
			}
			continue
		}
		if part := otherPart(t, got, want); part != "" {
			t.Errorf("the demo's ledger is no longer the one in %s (%s); look at it, then: go test ./cmd/casebook -run Samples -update", kept, part)
		}
	}
}

// otherPart is the first part of two workbooks that differs, empty where none does. The head of the audit chain is left out, since
// its digests are salted, and so is how the parts are compressed.
func otherPart(t *testing.T, a, b []byte) string {
	t.Helper()
	one, two := parts(t, a), parts(t, b)
	for _, name := range slices.Sorted(maps.Keys(one)) {
		if one[name] != two[name] {
			return name
		}
	}
	for _, name := range slices.Sorted(maps.Keys(two)) {
		if _, there := one[name]; !there {
			return name
		}
	}
	return ""
}

// parts are the files of a workbook: cells, styles, widths and rules.
func parts(t *testing.T, workbook []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(workbook), int64(len(workbook)))
	if err != nil {
		t.Fatal(err)
	}
	hash := regexp.MustCompile(`[0-9a-f]{64}|[0-9a-f]{16}`)
	list := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(r)
		if err := errors.Join(err, r.Close()); err != nil {
			t.Fatal(err)
		}
		list[f.Name] = hash.ReplaceAllString(string(body), "<hash>")
	}
	return list
}

func TestRefusals(t *testing.T) {
	empty := t.TempDir()
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"frobnicate"}, "没有“frobnicate”这个命令"},
		{[]string{"export", "ledger", "--data", filepath.Join(empty, "none")}, "没有登记册"},
		{[]string{"export"}, "用法"},
		{[]string{"bulletin", "pdf", "minus", "--data", empty}, "应是正整数"},
		{[]string{"case", "sheet", "minus", "--data", empty}, "应是正整数"},
		{[]string{"case", "6", "--data", empty}, "用法"},
		{[]string{"serve", "--addr", "0.0.0.0:0", "--data", empty}, "明文 HTTP"},
		{[]string{"serve", "--demo", "--addr", "192.0.2.1:80", "--data", empty}, "只能在本机"},
		{[]string{"serve", "--dev", "--addr", "192.0.2.1:80", "--insecure", "--data", empty}, "--dev 只能在本机"},
		{[]string{"serve", "--dev", "--addr", "127.0.0.1:0", "--data", empty}, "代码仓库的根目录"}, // tests run in the package's folder
		{[]string{"serve", "--tls-cert", "x", "--data", empty}, "一起给出"},
		{[]string{"demo", "--cases", "-5", "--data", empty}, "--cases"},
		{[]string{"export", "ledger", "--from", "2024-13", "--data", empty}, "--from"},
		{[]string{"export", "ledger", "--stage", "瞎写", "--data", empty}, "阶段没有“瞎写”"},
		{[]string{"export", "ledger", "--type", "NO_SUCH", "--data", empty}, "没有代码为“NO_SUCH”的违法行为类型"},
		{[]string{"export", "ledger", "--origin", "瞎写", "--data", empty}, "没有“瞎写”"},
		{[]string{"export", "ledger", "--district", "999999", "--data", empty}, "没有代码为 999999 的辖区"},
		{[]string{"export", "ledger", "--as-of", "2099-01-01", "--data", empty}, "截至日最晚是昨天"},
		{[]string{"export", "ledger", "--from", "2025-01", "--to", "2024-01", "--data", empty}, "止日 2024-01 早于起日 2025-01"},
	} {
		if _, err := casebook(t, c.args...); err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("casebook %v = %v; want one line with %q", c.args, err, c.want)
		}
	}
	if out, err := casebook(t, "help"); err != nil || !strings.Contains(out, "casebook serve") {
		t.Errorf("help = %q, %v", out, err)
	}
}

// lines collects what a running command prints.
type lines struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) { l.mu.Lock(); defer l.mu.Unlock(); return l.buf.Write(p) }
func (l *lines) String() string              { l.mu.Lock(); defer l.mu.Unlock(); return l.buf.String() }

func TestServeDemoPrintsSignInsAndStops(t *testing.T) {
	data := t.TempDir()
	ctx, stop := context.WithCancel(context.Background())
	var out, errs lines
	done := make(chan error, 1)
	go func() {
		done <- run(ctx, []string{"serve", "--demo", "--data", data, "--addr", "127.0.0.1:0"}, &out, &errs, time.Now)
	}()
	address := regexp.MustCompile(`http://[\d.:]+`)
	deadline := time.Now().Add(5 * time.Minute)
	for address.FindString(out.String()) == "" && time.Now().Before(deadline) {
		time.Sleep(20 * time.Millisecond)
	}
	url := address.FindString(out.String())
	if url == "" {
		t.Fatalf("serve printed no address:\n%s%s", out.String(), errs.String())
	}
	for _, want := range []string{`sign-in admin \S+ admin`, `sign-in officer \S+ officer`, `sign-in officer2 \S+ officer`, `sign-in publisher \S+ publisher`, `sign-in publisher2 \S+ publisher`, `sign-in auditor \S+ auditor`} {
		if !regexp.MustCompile(want).MatchString(out.String()) {
			t.Errorf("serve --demo printed no line %s:\n%s", want, out.String())
		}
	}
	res, err := http.Get(url + "/healthz")
	if err != nil || res.StatusCode != http.StatusOK {
		t.Fatalf("GET /healthz = %v, %v", res, err)
	}
	_ = res.Body.Close()
	if _, err := casebook(t, "serve", "--demo", "--data", data, "--addr", "127.0.0.1:0"); err == nil || !strings.Contains(err.Error(), "正被另一个") {
		t.Errorf("a second serve on the same data = %v; want it refused", err)
	}
	stop()
	select {
	case err := <-done:
		if err != nil {
			t.Errorf("serve ended with %v", err)
		}
	case <-time.After(2 * time.Minute):
		t.Fatal("serve did not stop")
	}
}

func TestFirstStartMakesOneAdministrator(t *testing.T) {
	data := t.TempDir()
	start := func() string { return serveOnce(t, "--data", data) }
	if out := start(); !strings.Contains(out, "一次性密码") {
		t.Errorf("first start printed no one-time password:\n%s", out)
	}
	if out := start(); strings.Contains(out, "一次性密码") {
		t.Errorf("second start printed a password again:\n%s", out)
	}
	if out, err := casebook(t, "user", "add", "li", "--role", "auditor", "--name", "李审计", "--data", data); err != nil || !strings.Contains(out, "一次性密码") {
		t.Errorf("user add = %q, %v", out, err)
	}
	if _, err := casebook(t, "user", "disable", "li", "--data", data); err != nil {
		t.Errorf("user disable = %v", err)
	}
	if _, err := casebook(t, "user", "add", "li", "--data", data); err == nil {
		t.Error("adding the same user twice = nil error")
	}
}

// A word or a flag that there is not is one Chinese line, and nothing else is said.
func TestUnknownFlagsAreOneLine(t *testing.T) {
	for line, want := range map[string]string{
		"export ledger --foo":          "没有 --foo 这个选项；casebook export -h 列出全部选项",
		"export ledger --as-at=2026":   "没有 --as-at 这个选项；casebook export -h 列出全部选项",
		"export ledger --from":         "--from 后面要写内容；casebook export -h 列出全部选项",
		"cite --zz -":                  "没有 --zz 这个选项；casebook cite -h 列出全部选项",
		"read bulletin --zz":           "没有 --zz 这个选项；casebook read -h 列出全部选项",
		"demo --cases x":               "--cases 的内容“x”不对；casebook demo -h 列出全部选项",
		"export ledger --no-sample=瞎写": "--no-sample 的内容“瞎写”不对；casebook export -h 列出全部选项",
	} {
		var out, errs bytes.Buffer
		err := run(context.Background(), strings.Fields(line), &out, &errs, sampleTime)
		if err == nil || err.Error() != want || out.Len()+errs.Len() > 0 {
			t.Errorf("casebook %s = %v and %q; want %q alone", line, err, out.String()+errs.String(), want)
		}
	}
	var out, errs bytes.Buffer
	if err := run(context.Background(), []string{"export", "-h"}, &out, &errs, sampleTime); !errors.Is(err, flag.ErrHelp) || !strings.Contains(errs.String(), "-stage") {
		t.Errorf("casebook export -h = %v and %q; want the flags", err, errs.String())
	}
}

// TestRefusalsAreOneLine: what is refused is one line of Chinese that says what is wrong and where, without the names of form fields.
func TestRefusalsAreOneLine(t *testing.T) {
	dir := t.TempDir()
	old, empty, good, data := filepath.Join(dir, "旧.xls"), filepath.Join(dir, "空.csv"), filepath.Join(dir, "好.csv"), filepath.Join(dir, "data")
	for name, b := range map[string]string{old: "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and more", empty: "", good: "当事人,处罚文号\n甲公司,江恩环罚〔2024〕1号\n"} {
		if err := os.WriteFile(name, []byte(b), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	serveOnce(t, "--data", data)
	for line, want := range map[string]string{
		"read ledger " + old:                                        old + "：这是旧版 .xls（或加了密码的）工作簿，不能读取。请用 Excel 或 WPS 打开，另存为“Excel 工作簿（.xlsx）”再上传",
		"read ledger " + empty:                                      empty + "：文件是空的",
		"read ledger " + dir + "/没有.xlsx":                           dir + "/没有.xlsx：没有这个文件，请核对路径",
		"import ledger " + good + " --district 999 --data " + data:  good + "：“999”不是江门市的县（市、区）代码",
		"import bulletin " + good + " --medium 瞎写 --data " + data:   "",
		"user add wang --role 瞎写 --data " + data:                    "",
		"user add zhao --role officer --branch 没有分局 --data " + data: "",
	} {
		var out, errs bytes.Buffer
		err := run(context.Background(), strings.Fields(line), &out, &errs, sampleTime)
		if err == nil {
			t.Errorf("casebook %s was not refused", line)
			continue
		}
		said := err.Error()
		if strings.Contains(said, "有内容需要更正") || strings.Contains(said, "\n") || strings.Contains(said, ": ") || want != "" && said != want {
			t.Errorf("casebook %s = %s; want %s", line, said, want)
		}
	}
}

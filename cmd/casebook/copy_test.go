package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"casebook/internal/store/enginetest"
)

func TestCopyCommand(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	data, to := filepath.Join(dir, "data"), filepath.Join(dir, "n")
	demoWithFiles(t, data, 2)
	out, err := casebook(t, "copy", "--from", data, "--to", to)
	if err != nil || !strings.Contains(out, "附件文件 8 个") || !strings.Contains(out, "核验通过") {
		t.Errorf("copy = %q, %v", out, err)
	}
	for _, c := range []struct {
		args []string
		want string
	}{
		{nil, "用法：casebook copy"},
		{[]string{"--from", data}, "用法：casebook copy"},
		{[]string{"--from", data, "--to", "postgres://u@127.0.0.1:1/d"}, "请用 --to-files 指定"},
		{[]string{"--from", "postgres://u@127.0.0.1:1/d", "--to", to + "2"}, "请用 --from-files 指定"},
		{[]string{"--from", data, "--to", to + "2", "--from-files", dir}, "不用写 --from-files"},
		{[]string{"--from", data, "--to", "mysql://u@h/d", "--to-files", to + "2"}, "postgres://"},
		{[]string{"--from", data, "--to", "postgres://u:secret@127.0.0.1:1/d", "--to-files", to + "2"}, "连不上数据库服务器 127.0.0.1:1/d（用户 u）"},
		{[]string{"--from", data, "--to", to}, "已有登记册"},
	} {
		_, err := casebook(t, append([]string{"copy"}, c.args...)...)
		if err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "\n") || strings.Contains(err.Error(), "secret") {
			t.Errorf("copy %q = %v; want one line with %s", c.args, err, c.want)
		}
		if _, err := os.Stat(to + "2"); !os.IsNotExist(err) {
			t.Errorf("copy %q left a folder", c.args)
		}
	}
	// A register that has lost a file is copied on request only.
	files, err := filepath.Glob(filepath.Join(data, "attachments", "*", "*"))
	if err != nil || len(files) != 8 {
		t.Fatalf("attachments: %v, %v", files, err)
	}
	if err := os.Remove(files[0]); err != nil {
		t.Fatal(err)
	}
	if out, err := casebook(t, "copy", "--from", data, "--to", to+"2"); err == nil || !strings.Contains(err.Error(), "--accept-defects") || !strings.Contains(out, "缺失") {
		t.Errorf("a copy of a register that lost a file = %q, %v", out, err)
	}
	if _, err := os.Stat(to + "2"); !os.IsNotExist(err) {
		t.Error("a refused copy left a folder")
	}
	if out, err := casebook(t, "copy", "--from", data, "--to", to+"2", "--accept-defects"); err != nil || strings.Contains(out, "核验通过") {
		t.Errorf("with --accept-defects: %q, %v", out, err)
	}
}

// A register goes to a server and back by copy, and by backup and restore; each way it is verified and its chain ends the same.
func TestDatabaseCopyAndBackup(t *testing.T) {
	enginetest.OnlyPostgres(t)
	t.Parallel()
	dir := t.TempDir()
	data, server, back := filepath.Join(dir, "data"), filepath.Join(dir, "server"), filepath.Join(dir, "back")
	demoWithFiles(t, data, 2)
	address := enginetest.Database(t, server)
	restored := filepath.Join(dir, "restored")
	var heads []string
	for _, args := range [][]string{
		{"copy", "--from", data, "--to", address, "--to-files", server},
		{"copy", "--from", address, "--from-files", server, "--to", back},
		{"backup", filepath.Join(dir, "b"), "--db", address, "--data", server},
		{"restore", filepath.Join(dir, "b"), "--data", filepath.Join(dir, "file")},
		{"restore", filepath.Join(dir, "b"), "--data", restored, "--db", enginetest.Database(t, restored)},
	} {
		out, err := casebook(t, args...)
		if err != nil || args[0] != "backup" && !strings.Contains(out, "核验通过") || !strings.Contains(out, "附件文件 8 个") {
			t.Fatalf("casebook %q = %s, %v", args, out, err)
		}
		_, head, _ := strings.Cut(out, "审计链第 ")
		head, _, _ = strings.Cut(head, "\n")
		if at := strings.IndexAny(head, "。，"); at > 0 {
			head = head[:at]
		}
		heads = append(heads, head)
	}
	for _, h := range heads {
		if h != heads[0] || len(h) < 20 {
			t.Errorf("the chains end with %q", heads)
		}
	}
	for _, args := range [][]string{{"--data", back}, {"--data", server, "--db", address}, {"--data", restored, "--db", enginetest.Database(t, restored)}} {
		if out, err := casebook(t, append([]string{"verify"}, args...)...); err != nil || !strings.Contains(out, "附件 8 个") {
			t.Errorf("verify %q = %s, %v", args, out, err)
		}
	}
	// Over what is there nothing is restored.
	for want, args := range map[string][]string{"已有登记册": {"--data", filepath.Join(dir, "n"), "--db", address}, "不是空的": {"--data", server, "--db", enginetest.Database(t, filepath.Join(dir, "another"))}} {
		if _, err := casebook(t, append([]string{"restore", filepath.Join(dir, "b")}, args...)...); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("restore %q = %v, want %s", args, err, want)
		}
	}
}

// Killed at any moment, a copy and a restore to a server leave what nobody takes for a register, and run again they end.
func TestKilledCopy(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	data := filepath.Join(dir, "data")
	demoWithFiles(t, data, 12)
	if out, err := casebook(t, "backup", filepath.Join(dir, "b"), "--data", data); err != nil {
		t.Fatalf("%s, %v", out, err)
	}
	rounds := 5
	if testing.Short() {
		rounds = 3
	}
	type way struct{ begin, opened []string }
	ways := map[string]func(to string) way{"copy to a folder": func(to string) way {
		return way{[]string{"copy", "--from", data, "--to", to}, []string{"--data", to}}
	}}
	if enginetest.Server() {
		ways["copy to a server"] = func(to string) way {
			db := enginetest.Database(t, to)
			return way{[]string{"copy", "--from", data, "--to", db, "--to-files", to}, []string{"--data", to, "--db", db}}
		}
		ways["restore to a server"] = func(to string) way {
			db := enginetest.Database(t, to)
			return way{[]string{"restore", filepath.Join(dir, "b"), "--data", to, "--db", db}, []string{"--data", to, "--db", db}}
		}
	}
	for name, where := range ways {
		full, cut := took(t, where(filepath.Join(dir, name)).begin...), 0
		for n := range rounds {
			w := where(filepath.Join(dir, fmt.Sprint(name, n)))
			ended := killed(t, full*time.Duration(n+1)/time.Duration(rounds+1), w.begin...)
			out, err := casebook(t, append([]string{"verify"}, w.opened...)...)
			switch whole := err == nil && strings.Contains(out, "附件 18 个"); {
			case whole: // killed after it was there, or not in time
			case ended || err == nil:
				t.Errorf("%s: verify = %s, %v", name, out, err)
			default:
				cut++
				if out, err := casebook(t, w.begin...); err != nil {
					t.Errorf("%s after one that was killed: %v\n%s", name, err, out)
				}
				if out, err := casebook(t, append([]string{"verify"}, w.opened...)...); err != nil || !strings.Contains(out, "附件 18 个") {
					t.Errorf("%s: then verify = %s, %v", name, out, err)
				}
			}
		}
		if cut < rounds/3 {
			t.Errorf("%s: %d of %d were killed before they ended: the test proves too little", name, cut, rounds)
		}
	}
}

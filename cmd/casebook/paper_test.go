package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A paper is written as a PDF or a Word file, what it lacks is said, and what cannot be is refused in a line.
func TestPaperCommand(t *testing.T) {
	data := t.TempDir()
	demoIn(t, data)
	for _, c := range []struct {
		args        []string
		begins, out string
	}{
		{[]string{"visit", "6", "-o", "v.pdf"}, "%PDF-", "已导出"}, {[]string{"interrogation", "1", "-o", "q.docx"}, "PK", "已导出"},
		{[]string{"discussion", "34", "-o", "m.pdf"}, "%PDF-", "缺 会议记录人"}, {[]string{"photos", "6", "--of", "case", "-o", "p.pdf"}, "%PDF-", "已导出"},
	} {
		file := filepath.Join(t.TempDir(), c.args[len(c.args)-1])
		args := append([]string{"paper", "--data", data}, c.args[:len(c.args)-1]...)
		out, err := casebook(t, append(args, file)...)
		if err != nil || !strings.Contains(out, c.out) {
			t.Errorf("%v: %s, %v", c.args, out, err)
			continue
		}
		if b, err := os.ReadFile(file); err != nil || !strings.HasPrefix(string(b), c.begins) {
			t.Errorf("%v wrote %.8q, %v", c.args, b, err)
		}
	}
	for want, args := range map[string][]string{"没有“letter”这种文书": {"letter", "1"}, "应是正整数": {"visit", "一"}, ".pdf 或 .docx": {"visit", "6", "-o", "v.odt"}, "没有找到": {"visit", "999", "-o", "v.pdf"}} {
		if out, err := casebook(t, append([]string{"paper", "--data", data}, args...)...); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v: %s, %v; want %s", args, out, err, want)
		}
	}
}

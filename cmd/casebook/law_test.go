package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"casebook/internal/statute"
)

func TestLawImport(t *testing.T) {
	dir := t.TempDir()
	data, file := filepath.Join(dir, "data"), filepath.Join(dir, "law.txt")
	demoIn(t, data)
	v, _ := statute.Embedded().Version("water-pollution-law", "2017")
	put := func(text string) {
		t.Helper()
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	put(strings.Replace(v.Format(), "溶洞，私设", "溶洞、私设", 1))
	out, err := casebook(t, "law", "import", file, "--data", data, "--dry-run")
	if err != nil || !strings.Contains(out, "修改 1 条") || !strings.Contains(out, "溶洞[-，-]{+、+}私设") || !strings.Contains(out, "没有写入") {
		t.Fatalf("law import --dry-run = %q, %v", out, err)
	}
	for _, args := range [][]string{{"--as", "admin", "--note", "试改"}, {}} {
		out, err = casebook(t, append([]string{"law", "import", file, "--data", data}, args...)...)
		if len(args) > 0 && (err != nil || !strings.Contains(out, "已入库：water-pollution-law/2017，第 1 次录入，未经官方文本核对")) {
			t.Errorf("law import = %q, %v", out, err)
		}
	}
	if err == nil || !strings.Contains(err.Error(), "完全相同") {
		t.Errorf("the same file again: %q, %v; want it refused: nothing changed", out, err)
	}
	put(strings.NewReplacer("版本: 2017年修正", "版本: 2026年修正", "施行: 2018-01-01", "施行: 2026-01-01").Replace(v.Format()))
	out, err = casebook(t, "law", "import", file, "--data", data, "--end-previous")
	if err != nil || !strings.Contains(out, "新版本") || !strings.Contains(out, "已记录2017年修正的失效日") {
		t.Errorf("an amended version: %q, %v", out, err)
	}
	if out, err = casebook(t, "verify", "--data", data); err != nil || !strings.Contains(out, "录入的法规 3 份") {
		t.Errorf("verify = %q, %v", out, err)
	}
	for _, tt := range []struct{ text, want string }{
		{"法名: 甲\n作者: 乙\n", "第 2 行"},
		{"昨日，执法人员检查了养殖场。", "第 1 行"},
		{"\x00\x01\x02", "第 1 行"},
		{strings.Replace(v.Format(), "法名: 中华人民共和国水污染防治法", "法名: 另一部法", 1), "代号"},
	} {
		put(tt.text)
		if _, err := casebook(t, "law", "import", file, "--data", data); err == nil || !strings.Contains(err.Error(), tt.want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("law import of %.20q: %v; want one line with %q", tt.text, err, tt.want)
		}
	}
	put(strings.Repeat("长", 4<<20))
	if _, err := casebook(t, "law", "import", file, "--data", data); err == nil || !strings.Contains(err.Error(), "10 MB") {
		t.Errorf("a file of 12 MB: %v", err)
	}
	for _, args := range [][]string{{"law"}, {"law", "import"}, {"law", "forget", file}} {
		if _, err := casebook(t, args...); err == nil || !strings.Contains(err.Error(), "用法") {
			t.Errorf("casebook %v = %v; want the usage", args, err)
		}
	}
	if _, err := casebook(t, "law", "import", filepath.Join(dir, "none.txt"), "--data", data); err == nil || !strings.Contains(err.Error(), "无法读取") {
		t.Errorf("a file that is not there: %v", err)
	}
	put("法名: 甲\n")
	if _, err := casebook(t, "law", "import", file, "--data", data, "--as", "officer"); err == nil || !strings.Contains(err.Error(), "不能进行") {
		t.Errorf("as an officer: %v; want it refused", err)
	}
}

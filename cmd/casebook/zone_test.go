package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestZoneImport(t *testing.T) {
	dir := t.TempDir()
	data, file := filepath.Join(dir, "data"), filepath.Join(dir, "zone.geojson")
	demoIn(t, data)
	if err := os.WriteFile(file, []byte(`{"type":"Polygon","coordinates":[[[112.2,22.1],[112.3,22.1],[112.3,22.2],[112.2,22.1]]]}`), 0o600); err != nil {
		t.Fatal(err)
	}
	whole := []string{"zone", "import", file, "--data", data, "--name", "恩平禁养区", "--plan", "恩府〔2020〕1号", "--from", "2020-07", "--source", "示例", "--district", "440785"}
	for _, tt := range []struct {
		more []string
		want string // of the error; empty: it is imported
	}{
		{nil, "坐标系"},
		{[]string{"--datum", "BD-09"}, "--confirm"},
		{[]string{"--datum", "CGCS2000", "--from", "2020-13"}, "--from"},
		{[]string{"--datum", "CGCS2000"}, ""},
		{[]string{"--datum", "CGCS2000"}, "同一个文件"},
	} {
		out, err := casebook(t, append(append([]string{}, whole...), tt.more...)...)
		if tt.want == "" && (err != nil || !strings.Contains(out, "已导入 禁养区 恩平禁养区（恩府〔2020〕1号），编号 4，4 个顶点")) {
			t.Errorf("zone import %v = %q, %v", tt.more, out, err)
		}
		if tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want) || strings.Contains(err.Error(), "\n")) {
			t.Errorf("zone import %v: %v; want one line with %q", tt.more, err, tt.want)
		}
	}
	if out, err := casebook(t, "verify", "--data", data); err != nil {
		t.Errorf("verify = %q, %v", out, err)
	}
}

package report

import (
	"strings"
	"testing"
)

func TestFileName(t *testing.T) {
	for _, tt := range []struct{ title, want string }{
		{"畜禽养殖典型案例（2024年）", "畜禽养殖典型案例（2024年）.pdf"},
		{`a/b\c:d*e?f"g<h>i|j`, "a b c d e f g h i j.pdf"},
		{"关于\n典型案例\t的  通报", "关于 典型案例 的 通报.pdf"},
		{"通报\u202efdp.\u200b案", "通报fdp.案.pdf"},
		{"../../etc/passwd", "etc passwd.pdf"},
		{"...", "通报-7.pdf"},
		{"", "通报-7.pdf"},
		{"con", "_con.pdf"},
		{"通报\x00\xff", "通报.pdf"},
		{strings.Repeat("案", 300), strings.Repeat("案", 60) + ".pdf"},
		{"王𬭚案", "王𬭚案.pdf"},
	} {
		if got := FileName(tt.title, "通报-7", "pdf"); got != tt.want {
			t.Errorf("FileName(%q) = %q, want %q", tt.title, got, tt.want)
		}
	}
}

//go:build unix

package web_test

import (
	"net/url"
	"syscall"
	"testing"
	"time"
)

// BenchmarkScaleFlat asks for everything that must cost the same however large the register is, and prints the server's own CPU an answer
// (user time: what waits for a disk or for another program is not counted). Run it at two sizes and compare:
//
//	go test ./internal/web -run '^$' -bench ScaleFlat -benchtime 200x -args -cases 10000 -scale-data DIR
func BenchmarkScaleFlat(b *testing.B) {
	q := func(path, key, value string) string { return path + "?" + url.Values{key: {value}}.Encode() }
	for _, c := range []struct{ name, path string }{
		{"list,JSON", "/api/v1/cases"},
		{"list,HTML", "/cases"},
		{"type,common", q("/cases", "type_code", "WATER_EVASION")},
		{"type,rare", q("/cases", "type_code", "KITCHEN_WASTE")},
		{"search,common,JSON", q("/api/v1/cases", "q", "养殖")},
		{"search,common,HTML", q("/cases", "q", "养殖")},
		{"search,nothing", q("/cases", "q", "没有这个词")},
		{"home", "/"},
		{"desk", "/desk"},
		{"week", "/desk/week"},
		{"duplicates,parties", "/parties/duplicates"},
		{"duplicates,farms", "/farms/duplicates"},
		{"inspections", "/inspections"},
		{"farms", "/farms"},
		{"parties", "/parties"},
		{"case", "/cases/100"},
		{"case,JSON", "/api/v1/cases/100"},
	} {
		b.Run(c.name, func(b *testing.B) {
			benchGet(b, c.path)
		})
	}
}

func init() {
	userCPU = func() time.Duration {
		var u syscall.Rusage
		if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
			return 0
		}
		return time.Duration(u.Utime.Nano())
	}
}

//go:build unix

package web_test

import (
	"net/url"
	"syscall"
	"testing"
	"time"
)

// BenchmarkScaleFlat asks for everything that must cost the same however large the register is, by the names of the table in README, and prints the
// server's CPU and the pages of the file that SQLite looked at for an answer. Run it at two sizes and compare:
//
//	go test ./internal/web -run '^$' -bench ScaleFlat -benchtime 200x -args -cases 10000 -scale-data DIR
func BenchmarkScaleFlat(b *testing.B) {
	q := func(path string, pairs ...string) string {
		v := url.Values{}
		for i := 0; i < len(pairs); i += 2 {
			v.Set(pairs[i], pairs[i+1])
		}
		return path + "?" + v.Encode()
	}
	for _, c := range []struct{ name, path string }{
		{"list of 50, JSON", "/api/v1/cases"},
		{"list of 50, HTML", "/cases"},
		{"type filter", q("/cases", "type_code", "WATER_EVASION")},
		{"type filter, rare", q("/cases", "type_code", "KITCHEN_WASTE")},
		{"type filter, JSON", q("/api/v1/cases", "type_code", "WATER_EVASION")},
		{"search 养殖, JSON", q("/api/v1/cases", "q", "养殖")},
		{"search 养殖, HTML", q("/cases", "q", "养殖")},
		{"search with no hit", q("/api/v1/cases", "q", "没有这个词")},
		{"search with no hit, HTML", q("/cases", "q", "没有这个词")},
		{"home", "/"},
		{"desk", "/desk"},
		{"desk of an officer", "/desk?mine=1"},
		{"week list", "/desk/week"},
		{"party duplicates", "/parties/duplicates"},
		{"farm duplicates", "/farms/duplicates"},
		{"farms side by side", "/farms/duplicates?by=place"},
		{"case page", "/cases/100"},
		{"inspections", "/inspections"},
		{"inspections by kind", q("/inspections", "kind", "复查")},
		{"inspections by kind in a district", q("/inspections", "kind", "双随机", "district_code", "440785")},
		{"cases by stage in a district", q("/cases", "stage", "已撤销", "district_code", "440785")},
		{"cases of a period", q("/cases", "from", "2025-03-15", "to", "2025-03-20")},
		{"farms", "/farms"},
		{"farms by zone", q("/farms", "zone", "禁养区内")},
		{"parties", "/parties"},
		{"case", "/cases/100"},
		{"case sheet PDF", "/cases/100/sheet.pdf"},
		{"case,JSON", "/api/v1/cases/100"},
	} {
		b.Run(c.name, func(b *testing.B) {
			benchGet(b, c.path)
		})
	}
}

// BenchmarkScaleStatistics asks for the statistics page, and for lists behind its numbers, of one month and of the longest period: run it at two sizes, as
// BenchmarkScaleFlat.
func BenchmarkScaleStatistics(b *testing.B) {
	for _, c := range []struct{ name, path string }{
		{"page of a year", "/statistics"},
		{"page of a month", "/statistics?from=2026-06&to=2026-06"},
		{"page of 35 months", "/statistics?from=2024-01&to=2026-11"},
		{"page of 60 months", "/statistics?from=2022-01&to=2026-12&date=decided"},
		{"page of a district", "/statistics?from=2024-01&to=2026-11&district_code=440785"},
		{"JSON of 35 months", "/api/v1/statistics?from=2024-01&to=2026-11"},
		{"farms not inspected", "/farms?idle=2026"},
		{"list of a month", "/cases?counted=decided&from=2026-06&to=2026-06"},
		{"list of 35 months", "/cases?counted=decided&from=2024-01&to=2026-11"},
		{"list of a common line in a month", "/cases?counted=decided&from=2026-06&to=2026-06&line=step%7Cfiled"},
		{"list of a common line where it is rare", "/cases?counted=found&from=2024-02&to=2024-02&line=step%7Copen"},
	} {
		b.Run(c.name, func(b *testing.B) { benchGet(b, c.path) })
	}
}

func init() {
	userCPU = func() time.Duration {
		var u syscall.Rusage
		if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
			return 0
		}
		return time.Duration(u.Utime.Nano() + u.Stime.Nano())
	}
}

//go:build unix

package casework_test

import (
	"fmt"
	"syscall"
	"testing"

	"casebook/internal/demo"
	"casebook/internal/store/enginetest"
)

// BenchmarkGuard asks the guard about the five published cases in registers of 10,000 and 100,000 parties, each with its name, a short form and a person:
// reading the cases, what the register knows of them, and the texts. It prints the CPU of the process for a bulletin:
//
//	go test ./internal/casework -run '^$' -bench Guard -benchtime 300x
func BenchmarkGuard(b *testing.B) {
	for _, parties := range []int{10_000, 100_000} {
		b.Run(fmt.Sprint(parties), func(b *testing.B) {
			dir := b.TempDir()
			s, _ := serviceIn(b, dir, nil)
			if err := demo.Load(ctx, s); err != nil {
				b.Fatal(err)
			}
			raw := enginetest.Raw(b, dir)
			defer raw.Close() //nolint:errcheck // a benchmark's
			if _, err := raw.Exec(`WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < $1),
				w (i, word) AS (SELECT i, char(19968 + i % 311, 20400 + i / 311 % 331) FROM n) -- two characters, another pair for each
				INSERT INTO guard_names (entity, entity_id, kind, name)
				SELECT 'party', 100000 + i, '其他当事人名称', '恩平市' || word || '养殖有限公司' FROM w UNION ALL SELECT 'party', 100000 + i, '其他当事人名称简称', word || '养殖' FROM w
				UNION ALL SELECT 'party', 100000 + i, '其他人姓名', '王' || word FROM w`, parties); err != nil {
				b.Fatal(err)
			}
			guard := func() {
				r, err := s.GuardOf(ctx, 1)
				if err != nil || r.Register < 3*parties {
					b.Fatal(r.Register, err)
				}
			}
			guard()
			cpu := func() int64 {
				var u syscall.Rusage
				if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
					b.Fatal(err)
				}
				return (u.Utime.Nano() + u.Stime.Nano()) / 1000
			}
			b.ResetTimer()
			before := cpu()
			for b.Loop() {
				guard()
			}
			b.ReportMetric(float64(cpu()-before)/float64(b.N), "cpu-µs/op")
		})
	}
}

package xlsx_test

import (
	"io"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"casebook/internal/registry"
	"casebook/internal/report"
	"casebook/internal/report/reporttest"
	"casebook/internal/xlsx"
)

func ledger(n int) report.Ledger {
	return report.Ledger{
		Info: report.LedgerInfo{Organ: "江门市生态环境局", AsOf: time.Date(2025, 3, 1, 2, 30, 0, 0, time.UTC), Filters: []string{"辖区：全部", "发现日期：2023-01 至 2025-12"}, Actor: "审计员甲", AuditHead: "3f79bb7b435b05321651"},
		Options: report.LedgerOptions{Labels: report.Labels{Bureau: registry.DefaultBureau(), Violation: func(code string) string {
			return map[string]string{"discharge.direct": "未经处理直接排放养殖废水", "facility.idle": "污染防治设施闲置停运", "eia.missing": "未依法报批环评文件擅自开工建设"}[code]
		}}},
		Cases: reporttest.Cases(n, 1),
	}
}

// BenchmarkWriteLedger reports rows a second over all detail sheets, and the process's peak resident memory so far.
func BenchmarkWriteLedger(b *testing.B) {
	for _, n := range []int{1000, 10000, 100000} {
		b.Run(strconv.Itoa(n)+"cases", func(b *testing.B) {
			rows := 0
			for b.Loop() {
				l := ledger(n)
				l.TempDir = b.TempDir()
				sum, err := xlsx.WriteLedger(io.Discard, l)
				if err != nil {
					b.Fatal(err)
				}
				for _, k := range sum.Rows {
					rows += k
				}
			}
			b.ReportMetric(float64(rows)/b.Elapsed().Seconds(), "rows/s")
			b.ReportMetric(peakMB(), "peakMB")
		})
	}
}

// peakMB is VmHWM; 0 where /proc does not exist.
func peakMB() float64 {
	data, _ := os.ReadFile("/proc/self/status")
	_, rest, ok := strings.Cut(string(data), "VmHWM:")
	if !ok {
		return 0
	}
	kb := 0.0
	for _, c := range strings.TrimSpace(rest) {
		if c < '0' || c > '9' {
			break
		}
		kb = kb*10 + float64(c-'0')
	}
	return kb / 1024
}

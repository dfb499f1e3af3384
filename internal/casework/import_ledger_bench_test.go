package casework_test

import (
	"runtime"
	"testing"
	"time"

	"casebook/internal/casework"
)

// BenchmarkLedgerImport brings 10,000 rows in as one batch and takes it back, and tells the heap at the end of each.
func BenchmarkLedgerImport(b *testing.B) {
	text := ledgerText(10_000)
	for b.Loop() {
		b.StopTimer()
		s := service(b)
		b.StartTimer()
		var heap runtime.MemStats
		at := time.Now()
		_, batch, err := s.ImportLedger(ctx, officer, asked(text))
		if err != nil || len(batch.Rows) != 10_000 {
			b.Fatal(err)
		}
		b.ReportMetric(time.Since(at).Seconds(), "s-import")
		at = time.Now()
		p, err := s.PlanLedger(ctx, officer, asked(text))
		if err != nil || p.Count(casework.FateSame) != 10_000 {
			b.Fatal(err, p.Count(casework.FateSame))
		}
		b.ReportMetric(time.Since(at).Seconds(), "s-compare")
		at = time.Now()
		if err := s.UndoLedger(ctx, officer, batch.ID); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(time.Since(at).Seconds(), "s-undo")
		runtime.ReadMemStats(&heap)
		b.ReportMetric(float64(heap.HeapSys)/(1<<20), "MB-heap")
	}
}

package pdf

import (
	"io"
	"runtime"
	rt "runtime/metrics"
	"sync/atomic"
	"testing"
	"time"

	"casebook/internal/registry"
	"casebook/internal/report"
)

// manyCases is the sample with so many cases, in a design.
func manyCases(n int, design string) report.Bulletin {
	s := sample()
	s.Design = design
	for len(s.Cases) < n {
		s.Cases = append(s.Cases, s.Cases[len(s.Cases)%5])
	}
	return s
}

func BenchmarkBulletin(b *testing.B) {
	for _, design := range registry.BulletinDesigns {
		b.Run(design, func(b *testing.B) { benchmarkPaper(b, manyCases(5, design)) })
	}
}

func BenchmarkBulletin200Cases(b *testing.B) {
	for _, design := range registry.BulletinDesigns {
		b.Run(design, func(b *testing.B) { benchmarkPaper(b, manyCases(200, design)) })
	}
}

func benchmarkPaper(b *testing.B, x report.Bulletin) {
	b.ReportAllocs()
	for b.Loop() {
		if err := WriteBulletin(io.Discard, x); err != nil {
			b.Fatal(err)
		}
	}
}

// The heap, garbage and all, grows by less than 100 MB for a bulletin of 200 cases, in every design.
func TestTwoHundredCasesTakeLittleMemory(t *testing.T) {
	for _, design := range registry.BulletinDesigns {
		b := manyCases(200, design)
		bulletinBytes(t, manyCases(5, design)) // the fonts are read
		runtime.GC()
		heap := []rt.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
		rt.Read(heap)
		before, peak := heap[0].Value.Uint64(), atomic.Uint64{}
		done, ended := make(chan struct{}), make(chan struct{})
		go func() {
			defer close(ended)
			s := []rt.Sample{{Name: heap[0].Name}}
			for {
				select {
				case <-done:
					return
				case <-time.After(200 * time.Microsecond):
					rt.Read(s)
					peak.Store(max(peak.Load(), s[0].Value.Uint64()))
				}
			}
		}()
		if err := WriteBulletin(io.Discard, b); err != nil {
			t.Fatal(err)
		}
		close(done)
		<-ended
		grown := int64(peak.Load()) - int64(before)
		if grown <= 0 || grown > 100<<20 {
			t.Errorf("%s: the heap grows by %d MB, want less than 100", design, grown>>20)
		}
		t.Logf("%s: %d MB", design, grown>>20)
	}
}

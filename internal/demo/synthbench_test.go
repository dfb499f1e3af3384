//go:build unix

package demo

import (
	"context"
	"syscall"
	"testing"
)

// BenchmarkSynthesize prints the CPU of the process (user and system time) a synthetic case, with all that stands on it:
//
//	go test ./internal/demo -run '^$' -bench Synthesize -benchtime 2000x
func BenchmarkSynthesize(b *testing.B) {
	s, _ := loaded(b)
	ctx, cancel := context.WithCancel(context.Background()) // as the command's: it ends with a signal
	defer cancel()
	cpu := func() int64 {
		var u syscall.Rusage
		if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
			b.Fatal(err)
		}
		return (u.Utime.Nano() + u.Stime.Nano()) / 1000
	}
	b.ResetTimer()
	before := cpu()
	if err := Synthesize(ctx, s, b.N, 1, nil); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(cpu()-before)/float64(b.N), "cpu-µs/case")
}

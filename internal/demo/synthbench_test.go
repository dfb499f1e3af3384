//go:build unix

package demo

import (
	"context"
	"syscall"
	"testing"

	"casebook/internal/registry"
)

// cpu is the user and system time of the process, in microseconds.
func cpu(b *testing.B) int64 {
	b.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return (u.Utime.Nano() + u.Stime.Nano()) / 1000
}

// BenchmarkSynthesize prints the CPU of the process (user and system time) a synthetic case, with all that stands on it:
//
//	go test ./internal/demo -run '^$' -bench Synthesize -benchtime 2000x
func BenchmarkSynthesize(b *testing.B) {
	s, _ := loaded(b)
	ctx, cancel := context.WithCancel(context.Background()) // as the command's: it ends with a signal
	defer cancel()
	b.ResetTimer()
	before := cpu(b)
	if err := Synthesize(ctx, s, b.N, 1, nil); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(cpu(b)-before)/float64(b.N), "cpu-µs/case")
}

// BenchmarkVerify prints the CPU of the process a case for the whole verification of a register of b.N synthetic ones, and how long it took (two of its parts
// read at once):
//
//	go test ./internal/demo -run '^$' -bench Verify -benchtime 2000x
func BenchmarkVerify(b *testing.B) {
	s, _ := loaded(b)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	if err := Synthesize(ctx, s, b.N, 1, nil); err != nil {
		b.Fatal(err)
	}
	b.ResetTimer()
	before := cpu(b)
	r, err := s.Verify(ctx, registry.CommandLine)
	if err != nil || len(r.Defects) > 0 {
		b.Fatal(err, r.Defects)
	}
	b.ReportMetric(float64(cpu(b)-before)/float64(b.N), "cpu-µs/case")
}

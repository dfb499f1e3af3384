package demo

import (
	"context"
	"testing"
)

func BenchmarkSynthesize(b *testing.B) {
	s, _ := loaded(b)
	b.ResetTimer()
	if err := Synthesize(context.Background(), s, b.N, 1, nil); err != nil {
		b.Fatal(err)
	}
}

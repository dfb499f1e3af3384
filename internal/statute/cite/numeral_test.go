package cite

import (
	"testing"

	"casebook/internal/registry"
)

func TestParseNumeralReadsWhatTheRegistryWrites(t *testing.T) {
	for n := 1; n <= 9999; n++ {
		s := registry.ChineseNumeral(n)
		if got, ok := ParseNumeral(s); !ok || got != n {
			t.Fatalf("ParseNumeral(%q) = %d, %v, want %d, true", s, got, ok, n)
		}
	}
}

func TestParseNumeral(t *testing.T) {
	for _, tt := range []struct {
		in   string
		want int
		ok   bool
	}{
		{"39", 39, true},
		{"３９", 39, true},
		{"一十六", 16, true},
		{"一百〇二", 102, true},
		{"", 0, false},
		{"零", 0, false},
		{"0", 0, false},
		{"十十", 0, false},
		{"百三", 0, false},
		{"二三", 0, false},
		{"一百零", 0, false},
		{"十百", 0, false},
		{"三9", 0, false},
		{"123456", 0, false},
	} {
		if got, ok := ParseNumeral(tt.in); ok != tt.ok || (ok && got != tt.want) {
			t.Errorf("ParseNumeral(%q) = %d, %v, want %d, %v", tt.in, got, ok, tt.want, tt.ok)
		}
	}
}

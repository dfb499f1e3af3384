package registry

import (
	"slices"
	"testing"
)

func TestDoubtfulWords(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string
	}{
		{"一栋猪舍的粪污废水进入两级沉淀池，池已装满，废水溢出池外。", nil},
		{"塘边水色发黑，疑似废水渗漏。", []string{"“疑似”是推测"}},
		{"该行为违反《水污染防治法》，可能渗入地下。", []string{"“可能”是推测", "“违反”是法律结论"}},
	} {
		if got := DoubtfulWords(c.text); !slices.Equal(got, c.want) {
			t.Errorf("DoubtfulWords(%q) = %q, want %q", c.text, got, c.want)
		}
	}
}

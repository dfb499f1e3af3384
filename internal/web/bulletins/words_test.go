package bulletins

import (
	"reflect"
	"testing"

	"casebook/internal/statute/diff"
)

func TestWordEdits(t *testing.T) {
	for _, tc := range []struct {
		a, b string
		want []diff.Edit
	}{
		{"存栏5300头", "存栏6100头", []diff.Edit{{Op: diff.Same, A: "存栏", B: "存栏"}, {Op: diff.Replace, A: "5300", B: "6100"}, {Op: diff.Same, A: "头", B: "头"}}},
		{"罚款20.5万元", "罚款20.8万元", []diff.Edit{{Op: diff.Same, A: "罚款", B: "罚款"}, {Op: diff.Replace, A: "20.5", B: "20.8"}, {Op: diff.Same, A: "万元", B: "万元"}}},
		{"COD超标", "COD超标", []diff.Edit{{Op: diff.Same, A: "COD超标", B: "COD超标"}}},
		{"甲\U000F0000", "甲", []diff.Edit{{Op: diff.Same, A: "甲", B: "甲"}, {Op: diff.Delete, A: "\U000F0000"}}},
		{"", "", nil},
	} {
		if got := wordEdits(tc.a, tc.b); len(got)+len(tc.want) > 0 && !reflect.DeepEqual(got, tc.want) {
			t.Errorf("wordEdits(%q, %q) = %+v, want %+v", tc.a, tc.b, got, tc.want)
		}
	}
}

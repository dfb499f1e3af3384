package view

import (
	"reflect"
	"testing"

	"casebook/internal/registry"
	"casebook/internal/statute"
)

// The list is arithmetic: the unit's fines by upper, then lower bound; what the law computes has no place among amounts; fines of
// persons come last.
func TestFinesInOrder(t *testing.T) {
	rows := func(code string, end registry.Date) (list [][4]string) {
		t.Helper()
		yes := true
		o, err := statute.Embedded().Offer(code, registry.Date{}, end, statute.Circumstances{InTanjiangBasin: &yes})
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range FinesInOrder(o) {
			list = append(list, [4]string{x.Candidate, x.Min, x.Max, x.Computed})
		}
		return list
	}
	for _, tt := range []struct {
		code string
		end  registry.Date
		want [][4]string
	}{
		{"LIVESTOCK_DIRECT_DISCHARGE", registry.Day(2026, 9, 1), [][4]string{
			{"并行：畜禽规模养殖污染防治条例", "无下限", "50,000", ""}, {"并行：江门市潭江流域水质保护条例", "20,000", "50,000", ""}, {"生态环境法典", "无下限", "100,000", ""}}},
		{"OBSTRUCT", registry.Month(2026, 8), [][4]string{
			{"2026-08-14 以前的法律", "20,000", "200,000", ""}, {"2026-08-14 以前的法律", "20,000", "200,000", ""}, {"2026-08-14 以前的法律", "20,000", "200,000", ""},
			{"并行：排污许可管理条例", "20,000", "200,000", ""}, {"2026-08-14 以前的法律", "50,000", "200,000", ""}, {"生态环境法典", "50,000", "200,000", ""},
			{"生态环境法典", "5,000", "50,000", ""}, {"2026-08-14 以前的法律", "20,000", "100,000", ""}}},
		{"WATER_EVASION", registry.Day(2024, 6, 10), nil}, // one candidate: nothing to compare
	} {
		if got := rows(tt.code, tt.end); !reflect.DeepEqual(got, tt.want) {
			t.Errorf("finesInOrder(%s, %s) = %q, want %q", tt.code, tt.end, got, tt.want)
		}
	}
	last := rows("EIA_UNAPPROVED", registry.Month(2026, 8))
	if n := len(last); n < 3 || last[0][3] != "" || last[n-1][3] == "" {
		t.Errorf("finesInOrder(EIA_UNAPPROVED, 2026-08) = %q, want 总投资额 after the amounts", last)
	}
}

package casework

import (
	"testing"

	"casebook/internal/registry"
	"casebook/internal/statute"
)

func TestOutsideRanges(t *testing.T) {
	fine := func(min, max int64) statute.PenaltyRange {
		lo, hi := registry.Yuan(min), registry.Yuan(max)
		return statute.PenaltyRange{Kind: "罚款", Min: &lo, Max: &hi}
	}
	person := fine(50_000, 200_000)
	person.Kind = "罚款（个人）"
	computed := statute.PenaltyRange{Kind: "罚款", Formula: "直接损失×20%"}
	closure := statute.PenaltyRange{Kind: "责令停业、关闭"}
	yuan := func(n int64) *registry.Money { m := registry.Yuan(n); return &m }
	for _, c := range []struct {
		name   string
		kind   string
		amount *registry.Money
		ranges []statute.PenaltyRange
		want   bool
	}{
		{"the lower bound is inside", "罚款", yuan(100_000), []statute.PenaltyRange{fine(100_000, 1_000_000)}, false},
		{"the upper bound is inside: 以下 includes the number", "罚款", yuan(1_000_000), []statute.PenaltyRange{fine(100_000, 1_000_000)}, false},
		{"below", "罚款", yuan(99_999), []statute.PenaltyRange{fine(100_000, 1_000_000)}, true},
		{"above", "罚款", yuan(1_000_001), []statute.PenaltyRange{fine(100_000, 1_000_000)}, true},
		{"inside the range of another violation", "罚款", yuan(20_000), []statute.PenaltyRange{fine(100_000, 1_000_000), fine(0, 50_000)}, false},
		{"inside the range for a person", "罚款", yuan(60_000), []statute.PenaltyRange{fine(100_000, 1_000_000), person}, false},
		{"a range that the law computes tells nothing", "罚款", yuan(5), []statute.PenaltyRange{fine(100_000, 1_000_000), computed}, false},
		{"only ranges of other kinds", "罚款", yuan(5), []statute.PenaltyRange{closure}, false},
		{"no ranges", "罚款", yuan(5), nil, false},
		{"amount not published", "罚款", nil, []statute.PenaltyRange{fine(100_000, 1_000_000)}, false},
		{"confiscation has no range", "没收违法所得", yuan(5), []statute.PenaltyRange{fine(100_000, 1_000_000)}, false},
	} {
		if got := OutsideRanges(c.kind, c.amount, c.ranges); got != c.want {
			t.Errorf("%s: OutsideRanges(%s, %v) = %v, want %v", c.name, c.kind, c.amount, got, c.want)
		}
	}
}

package casework

import (
	"slices"
	"testing"

	"casebook/internal/registry"
	"casebook/internal/statute"
)

func TestOutside(t *testing.T) {
	of := func(p statute.PenaltyRange) CandidateRange { return CandidateRange{PenaltyRange: p} }
	fine := func(min, max int64) CandidateRange {
		lo, hi := registry.Yuan(min), registry.Yuan(max)
		return of(statute.PenaltyRange{Kind: "罚款", Min: &lo, Max: &hi})
	}
	person := fine(50_000, 200_000)
	person.Kind = "罚款（个人）"
	computed := of(statute.PenaltyRange{Kind: "罚款", Formula: "直接损失×20%", Compute: &statute.Computation{Of: "直接损失", Min: 2000, Max: 2000}})
	daily := of(statute.DailyFine(statute.Measure{Kind: "按日连续处罚"}))
	closure := of(statute.PenaltyRange{Kind: "责令停业、关闭"})
	yuan := func(n int64) *registry.Money { m := registry.Yuan(n); return &m }
	days := func(n int64) *int64 { return &n }
	for _, c := range []struct {
		name   string
		x      registry.Penalty
		ranges []CandidateRange
		want   bool
	}{
		{"the lower bound is inside", registry.Penalty{Kind: "罚款", Amount: yuan(100_000)}, []CandidateRange{fine(100_000, 1_000_000)}, false},
		{"the upper bound is inside: 以下 includes the number", registry.Penalty{Kind: "罚款", Amount: yuan(1_000_000)}, []CandidateRange{fine(100_000, 1_000_000)}, false},
		{"below", registry.Penalty{Kind: "罚款", Amount: yuan(99_999)}, []CandidateRange{fine(100_000, 1_000_000)}, true},
		{"above", registry.Penalty{Kind: "罚款", Amount: yuan(1_000_001)}, []CandidateRange{fine(100_000, 1_000_000)}, true},
		{"inside the range of another violation", registry.Penalty{Kind: "罚款", Amount: yuan(20_000)}, []CandidateRange{fine(100_000, 1_000_000), fine(0, 50_000)}, false},
		{"inside the range for a person", registry.Penalty{Kind: "罚款", Amount: yuan(60_000)}, []CandidateRange{fine(100_000, 1_000_000), person}, false},
		{"a range whose base is not known tells nothing", registry.Penalty{Kind: "罚款", Amount: yuan(5)}, []CandidateRange{fine(100_000, 1_000_000), computed}, false},
		{"with the base it does", registry.Penalty{Kind: "罚款", Amount: yuan(5), RangeBaseOf: "直接损失", RangeBase: yuan(100_000)}, []CandidateRange{fine(100_000, 1_000_000), computed}, true},
		{"and agrees with what it comes to", registry.Penalty{Kind: "罚款", Amount: yuan(20_000), RangeBaseOf: "直接损失", RangeBase: yuan(100_000)}, []CandidateRange{computed}, false},
		{"by the day, days known", registry.Penalty{Kind: "按日连续罚款", Amount: yuan(50_000), RangeBaseOf: "原处罚决定的罚款数额", RangeBase: yuan(10_000), RangeTimes: days(6)}, []CandidateRange{fine(1, 2), daily}, true},
		{"only ranges of other kinds", registry.Penalty{Kind: "罚款", Amount: yuan(5)}, []CandidateRange{closure}, false},
		{"no ranges", registry.Penalty{Kind: "罚款", Amount: yuan(5)}, nil, false},
		{"amount not published", registry.Penalty{Kind: "罚款"}, []CandidateRange{fine(100_000, 1_000_000)}, false},
		{"confiscation has no range", registry.Penalty{Kind: "没收违法所得", Amount: yuan(5)}, []CandidateRange{fine(100_000, 1_000_000)}, false},
	} {
		if got := Outside(Place(&c.x, c.ranges)); got != c.want {
			t.Errorf("%s: Outside(%s, %v) = %v, want %v", c.name, c.x.Kind, c.x.Amount, got, c.want)
		}
	}
	bases, counted := RangeQuantities([]CandidateRange{fine(1, 2), computed, computed, daily})
	if !slices.Equal(bases, []string{"直接损失", "原处罚决定的罚款数额"}) || !slices.Equal(counted, []string{"日"}) {
		t.Errorf("RangeQuantities = %q, %q", bases, counted)
	}
}

package procedure

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"casebook/internal/registry"
	"casebook/internal/statute"
)

// twoActs is a case of 无环评 (20,000 to 50,000 here) and 逃避监管 (100,000 to 1,000,000), decided at once, with the articles that the decision cites.
func twoActs(yuan int64, content string, decided ...registry.Citation) *Facts {
	x := facts("2025-03-01", "行政处罚决定 2024-09-23")
	cites("2024-06-01", "畜禽规模养殖污染防治条例", "2013", registry.Provision{Article: 39})(x)
	cites("2024-06-01", "水污染防治法", "2017", registry.Provision{Article: 83, Item: 3})(x)
	for i := range decided {
		l, _ := x.Law.LawByName(decided[i].Law)
		decided[i].LawID = l.ID
	}
	x.File.Documents[0].Citations = decided
	amount := registry.Yuan(yuan)
	x.File.Penalties = []registry.Penalty{{Kind: "罚款", Amount: &amount, Content: content}}
	for i, ends := range [][2]int64{{20_000, 50_000}, {100_000, 1_000_000}} {
		low, high := registry.Yuan(ends[0]), registry.Yuan(ends[1])
		x.Ranges = append(x.Ranges, Range{statute.PenaltyRange{Kind: "罚款", Min: &low, Max: &high}, i + 1})
	}
	return x
}

func TestFineIsJudgedByItsOwnViolation(t *testing.T) {
	article := func(law string, n int) registry.Citation {
		return registry.Citation{Law: law, Provision: registry.Provision{Article: n}}
	}
	livestock, water := article("畜禽规模养殖污染防治条例", 39), article("水污染防治法", 83)
	for _, tc := range []struct {
		name string
		x    *Facts
		nos  []int
		how  string
		want Verdict
	}{
		{"named by nothing: the one that holds it", twoActs(220_000, ""), []int{2}, "没有写明", Sound},
		{"named by nothing, in neither", twoActs(60_000, ""), []int{1, 2}, "", Defect},
		{"more than both together", twoActs(1_050_001, ""), []int{1, 2}, "", Defect},
		{"both in one sum", twoActs(1_050_000, ""), []int{1, 2}, "", CannotTell},
		{"the decision cites one", twoActs(220_000, "", livestock), []int{1}, "决定书", Defect},
		{"the decision cites the other", twoActs(220_000, "", water), []int{2}, "决定书", Sound},
		{"the decision cites both", twoActs(30_000, "", livestock, water), []int{1}, "没有写明", Sound},
		{"the penalty names one", twoActs(220_000, "依据《畜禽规模养殖污染防治条例》第三十九条处罚款", livestock, water), []int{1}, "处罚内容", Defect},
		{"another article of the law", twoActs(220_000, "", article("水污染防治法", 85)), []int{2}, "没有写明", Sound},
	} {
		own, how := RangesOf(tc.x, &tc.x.File.Penalties[0], tc.x.Ranges, func(r Range) Range { return r })
		var nos []int
		for _, r := range own {
			nos = append(nos, r.No)
		}
		if !slices.Equal(nos, tc.nos) || !strings.Contains(how, tc.how) || (how == "") != (tc.how == "") {
			t.Errorf("%s: the ranges of %v by %q, want %v by %q", tc.name, nos, how, tc.nos, tc.how)
		}
		list := Checks(tc.x)
		i := slices.IndexFunc(list, func(f Finding) bool { return f.Code == "AMOUNT_IN_RANGE" })
		if f := list[i]; f.Verdict != tc.want || how != "" && !strings.Contains(f.What, fmt.Sprintf("违法行为 %d（%s）", nos[0], how)) {
			t.Errorf("%s: %s %s, want %s", tc.name, f.Verdict, f.What, tc.want)
		}
	}
}

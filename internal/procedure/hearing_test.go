package procedure

import (
	"slices"
	"strings"
	"testing"

	"casebook/internal/registry"
)

func TestHearingByAmountAndKind(t *testing.T) {
	of := func(partyKind, penalty string, yuan int64) func(*Facts) {
		return func(x *Facts) {
			x.File.Case.Origin = registry.OriginField
			x.File.Case.Parties, x.File.Parties = []registry.CaseParty{{PartyID: 1}}, []registry.Party{{ID: 1, Name: "甲", Kind: partyKind}}
			q := registry.Penalty{Kind: penalty}
			if yuan > 0 {
				m := registry.Yuan(yuan)
				q.Amount = &m
			}
			x.File.Penalties = append(x.File.Penalties, q)
		}
	}
	const decision = "行政处罚决定 2024-09-23"
	notice := "事先（听证）告知 2024-09-10 >2024-09-12"
	for _, tc := range []struct {
		name string
		x    *Facts
		want Verdict
		says string
	}{
		{"below both", with(facts("2025-03-01", decision), of("公司", "罚款", 99_999)), Sound, "各口径均不属较大数额"},
		{"the province's very number", with(facts("2025-03-01", decision), of("公司", "罚款", 100_000)), CannotTell, "恰为界限"},
		{"between the two", with(facts("2025-03-01", decision), of("公司", "罚款", 150_000)), CannotTell, "广东省"},
		{"the ministry's very number", with(facts("2025-03-01", decision), of("公司", "罚款", 200_000)), CannotTell, "未核到，不得直接引用"},
		{"above both", with(facts("2025-03-01", decision), of("公司", "罚款", 200_001)), Defect, "各口径均属较大数额"},
		{"a citizen below", with(facts("2025-03-01", decision), of("自然人", "罚款", 4_999)), Sound, "不属"},
		{"a citizen above", with(facts("2025-03-01", decision), of("自然人", "罚款", 5_001)), Defect, "均属"},
		{"a household: which limit is open", with(facts("2025-03-01", decision), of("个体工商户", "罚款", 50_000)), CannotTell, "类别不明"},
		{"a household above every limit", with(facts("2025-03-01", decision), of("个体工商户", "罚款", 220_000)), Defect, "均属"},
		{"no amount", with(facts("2025-03-01", decision), of("公司", "罚款", 0)), CannotTell, "未登记"},
		{"by kind", with(facts("2025-03-01", decision), of("公司", "责令关闭", 0)), Defect, "依其种类"},
		{"a confiscation", with(facts("2025-03-01", decision), of("公司", "没收违法所得", 10_000)), CannotTell, "没收的“较大数额”本库未收录"},
		{"told", with(facts("2025-03-01", notice, decision), of("公司", "罚款", 300_000)), Sound, "已登记事先"},
		{"held", with(facts("2025-03-01", notice, "听证申请 2024-09-19", "听证 2024-10-10", "行政处罚决定 2024-10-20"), of("公司", "罚款", 300_000)), Sound, "已举行"},
		{"asked for and not held", with(facts("2025-03-01", notice, "听证申请 2024-09-19", "行政处罚决定 2024-10-20"), of("公司", "罚款", 300_000)), Defect, "按期申请"},
		{"asked for too late", with(facts("2025-03-01", notice, "听证申请 2024-09-24", "行政处罚决定 2024-10-20"), of("公司", "罚款", 300_000)), Sound, "届满之后"},
		{"asked for without the right", with(facts("2025-03-01", notice, "听证申请 2024-09-19", "行政处罚决定 2024-10-20"), of("公司", "罚款", 30_000)), CannotTell, "没有举行"},
		{"a newspaper", with(facts("2025-03-01", decision), all(of("公司", "罚款", 300_000), func(x *Facts) { x.File.Case.Origin = registry.OriginPublished })), CannotTell, "没有听证告知"},
	} {
		list := Checks(tc.x)
		for _, code := range []string{"LEGAL_REVIEW", "DISCUSSION"} {
			i := slices.IndexFunc(list, func(f Finding) bool { return f.Code == code })
			if f := list[i]; f.Verdict == CannotTell && !strings.Contains(f.What, "本库未收录") {
				t.Errorf("%s, %s: %s", tc.name, code, f.What)
			}
		}
		i := slices.IndexFunc(list, func(f Finding) bool { return f.Code == "HEARING" })
		if i < 0 {
			t.Errorf("%s: no finding", tc.name)
			continue
		}
		if f := list[i]; f.Verdict != tc.want || !strings.Contains(f.What, tc.says) {
			t.Errorf("%s: %s %q, want %s with %q", tc.name, f.Verdict, f.What, tc.want, tc.says)
		}
	}
}

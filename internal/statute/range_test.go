package statute

import (
	"testing"

	"casebook/internal/registry"
)

func money(yuan int64) *registry.Money { m := registry.Yuan(yuan); return &m }

func number(n int64) *int64 { return &n }

func TestPlace(t *testing.T) {
	fine := func(min, max int64) PenaltyRange {
		return PenaltyRange{Kind: "罚款", Min: money(min), Max: money(max)}
	}
	investment := PenaltyRange{Kind: "罚款", Formula: "建设项目总投资额×1%～5%", Compute: &Computation{Of: "建设项目总投资额", Min: 100, Max: 500}}
	loss := PenaltyRange{Kind: "罚款", Formula: "直接损失×20%", Compute: &Computation{Of: "直接损失", Min: 2000, Max: 2000}}
	income := PenaltyRange{Kind: "罚款（个人）", Formula: "收入×50%以下", Compute: &Computation{Of: "收入", Max: 5000}}
	each := PenaltyRange{Kind: "罚款", Min: money(5000), Max: money(20000), Formula: "每次", Compute: &Computation{Per: "次"}}
	daily := DailyFine(Measure{Kind: "按日连续处罚"})
	of := func(name string, base int64) Quantities { return Quantities{Of: name, Base: money(base)} }
	for _, tt := range []struct {
		name   string
		r      PenaltyRange
		amount int64
		q      Quantities
		want   Position
		text   string
	}{
		{"inside", fine(20_000, 200_000), 80_000, Quantities{}, Inside, "8万元，在 2万元以上20万元以下 的 33% 处"},
		{"the lower end is in it", fine(20_000, 200_000), 20_000, Quantities{}, Inside, "2万元，在 2万元以上20万元以下 的 0% 处"},
		{"the upper end is in it", fine(20_000, 200_000), 200_000, Quantities{}, Inside, "20万元，在 2万元以上20万元以下 的 100% 处"},
		{"one 元 below", fine(20_000, 200_000), 19_999, Quantities{}, Below, "19,999元，低于 2万元以上20万元以下 的下限 2万元"},
		{"one 元 above", fine(20_000, 200_000), 200_001, Quantities{}, Above, "200,001元，高于 2万元以上20万元以下 的上限 20万元"},
		{"only an upper end", fine(0, 100_000), 35_000, Quantities{}, Inside, "3.5万元，在 10万元以下 的 35% 处"},
		{"nothing at all", fine(0, 100_000), 0, Quantities{}, Inside, "0元，在 10万元以下 的 0% 处"},
		{"a fixed amount", fine(50_000, 50_000), 50_000, Quantities{}, Inside, "5万元，等于法定数额 5万元"},
		{"nobody verified the amount", PenaltyRange{Kind: "罚款"}, 50_000, Quantities{}, Unplaced, "5万元；法定数额未核到，不能比对"},
		{"a range of nothing is not known", fine(0, 0), 50_000, Quantities{}, Unplaced, "5万元；法定数额未核到，不能比对"},
		{"a share, at its lower end", investment, 10_000, of("建设项目总投资额", 1_000_000), Inside, "1万元，在 1万元以上5万元以下 的 0% 处"},
		{"a share, above", investment, 50_001, of("建设项目总投资额", 1_000_000), Above, "50,001元，高于 1万元以上5万元以下 的上限 5万元"},
		{"a share of an unknown base", investment, 10_000, Quantities{}, Unplaced, "1万元；幅度按建设项目总投资额×1%～5%计算，建设项目总投资额未填，不能比对"},
		{"a base of something else", investment, 10_000, of("直接损失", 1_000_000), Unplaced, "1万元；幅度按建设项目总投资额×1%～5%计算，建设项目总投资额未填，不能比对"},
		{"a fixed share", loss, 20_000, of("直接损失", 100_000), Inside, "2万元，等于法定数额 2万元"},
		{"a fixed share missed", loss, 20_001, of("直接损失", 100_000), Above, "20,001元，高于 2万元 的上限 2万元"},
		{"up to half of an income", income, 30_000, of("收入", 80_000), Inside, "3万元，在 4万元以下 的 75% 处"},
		{"each time, once at least", each, 20_000, Quantities{}, Inside, "2万元，在 5,000元以上2万元以下 的 100% 处"},
		{"each time, too little for one", each, 4_999, Quantities{}, Below, "4,999元，低于 5,000元以上2万元以下 的下限 5,000元"},
		{"each time, perhaps several", each, 30_000, Quantities{}, Unplaced, "3万元，超过一次的上限 2万元；次数未填，不能比对"},
		{"each time, twice", each, 30_000, Quantities{Times: number(2)}, Inside, "3万元，在 1万元以上4万元以下 的 67% 处"},
		{"each day", daily, 600_000, Quantities{Of: "原处罚决定的罚款数额", Base: money(100_000), Times: number(6)}, Inside, "60万元，等于法定数额 60万元"},
		{"each day, a day short", daily, 500_000, Quantities{Of: "原处罚决定的罚款数额", Base: money(100_000), Times: number(6)}, Below,
			"50万元，低于 60万元 的下限 60万元"},
		{"each day, days unknown", daily, 500_000, of("原处罚决定的罚款数额", 100_000), Unplaced, "50万元；幅度按原处罚决定的罚款数额×计罚日数计算，日数未填，不能比对"},
	} {
		got := tt.r.Place(registry.Yuan(tt.amount), tt.q)
		if got.Position != tt.want || got.Text() != tt.text {
			t.Errorf("%s: Place(%d) = %s, %q, want %s, %q", tt.name, tt.amount, got.Position, got.Text(), tt.want, tt.text)
		}
	}
}

// The words and the computable form of a formula stand in the same record: neither may say what the other does not.
func TestFormulasAreComputable(t *testing.T) {
	computed := map[string]Computation{
		"每次":             {Per: "次"},
		"建设项目总投资额×1%～5%": {Of: "建设项目总投资额", Min: 100, Max: 500},
		"直接损失×20%":       {Of: "直接损失", Min: 2000, Max: 2000},
		"直接损失×30%":       {Of: "直接损失", Min: 3000, Max: 3000},
		"上一年度从本单位取得的收入×50%以下":    {Of: "上一年度从本单位取得的收入", Max: 5000},
		"上一年度从本企业事业单位取得收入×50%以下": {Of: "上一年度从本企业事业单位取得的收入", Max: 5000},
		"前款罚款数额×2～5倍":            {Of: "前款罚款数额", Min: 20000, Max: 50000},
	}
	seen := map[string]bool{}
	for _, vt := range Embedded().ViolationTypes() {
		for _, r := range vt.Regimes {
			for _, p := range r.Penalties {
				want, ok := computed[p.Formula]
				seen[p.Formula] = true
				switch {
				case p.Fine() && p.Formula != "" && !ok:
					t.Errorf("%s: the fine %q cannot be computed", vt.Code, p.Formula)
				case ok && (p.Compute == nil || *p.Compute != want):
					t.Errorf("%s: %q is computed as %+v, want %+v", vt.Code, p.Formula, p.Compute, want)
				case !ok && p.Compute != nil:
					t.Errorf("%s: %q is computed as %+v, want nothing", vt.Code, p.Formula, p.Compute)
				}
			}
		}
	}
	for words := range computed {
		if !seen[words] {
			t.Errorf("no penalty is computed as %q", words)
		}
	}
}

// 应当, 可以 and not recorded are three things: the middle one is a discretion of the officer, the last our ignorance.
func TestMandatoryHasThreeValues(t *testing.T) {
	count := map[registry.Tri]int{}
	for _, vt := range Embedded().ViolationTypes() {
		for _, r := range vt.Regimes {
			for _, p := range r.Penalties {
				count[p.Mandatory]++
			}
		}
	}
	for _, v := range []registry.Tri{registry.Yes, registry.No, registry.TriUnknown} {
		if count[v] == 0 {
			t.Errorf("no penalty is recorded as %q", v)
		}
	}
	vt, _ := Embedded().ViolationType("LIVESTOCK_NO_FACILITY")
	if p := vt.Regimes[0].Penalties; p[0].Mandatory != registry.No || p[1].Mandatory != registry.Yes {
		t.Errorf("畜禽条例第三十九条: fine %q, closure %q, want 否 (可以处) and 是", p[0].Mandatory, p[1].Mandatory)
	}
}

func TestRatio(t *testing.T) {
	for _, tt := range []struct {
		r    Ratio
		of   registry.Money
		want registry.Money
		text string
	}{
		{100, registry.Yuan(1_000_000), registry.Yuan(10_000), "1%"},
		{500, 333, 17, "5%"}, // 16.65 分
		{20000, registry.Yuan(3), registry.Yuan(6), "2倍"},
		{50000, registry.MaxMoney, registry.MaxMoney * 5, "5倍"},
	} {
		if got := tt.r.Of(tt.of); got != tt.want || tt.r.String() != tt.text {
			t.Errorf("%s of %s = %s (%s), want %s (%s)", tt.r, tt.of, got, tt.r, tt.want, tt.text)
		}
	}
}

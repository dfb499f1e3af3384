package procedure

import (
	"slices"
	"testing"

	"casebook/internal/registry"
)

// sampledAt adds a sample that was reported and told on these days; empty is not known.
func sampledAt(point, reported, told string) func(*Facts) {
	return func(x *Facts) {
		x.File.Samples = append(x.File.Samples, registry.Sample{Point: point, ReportOn: day(reported), ToldOn: day(told)})
	}
}

func ours(x *Facts) { x.File.Case.Origin = registry.OriginField }

func steppedTo(x *Facts, kind registry.DocKind) bool {
	return slices.ContainsFunc(Next(x.File), func(s Step) bool { return s.Kind == kind })
}

// A result that was told is told, whether the sample's own day says so or a document; neither is asked for beside the other.
func TestResultToldOnce(t *testing.T) {
	const filed, decision = "立案 2024-06-12", "行政处罚决定 2024-09-23"
	for _, tc := range []struct {
		name string
		docs []string
		with func(*Facts)
		want Verdict
		says string
		asks bool // before the decision, the next step asks for the document
	}{
		{"the sample's day alone", nil, sampledAt("总排口", "2024-06-20", "2024-06-25"), Sound, "已告知监测结果", false},
		{"the document alone", []string{"告知监测结果 2024-06-25"}, sampledAt("总排口", "2024-06-20", ""), Sound, "已告知监测结果", false},
		{"a document without a day", []string{"告知监测结果"}, sampledAt("总排口", "2024-06-20", ""), Sound, "已告知监测结果", false},
		{"the sample's day and a report document", []string{"监测报告 2024-06-20"}, sampledAt("总排口", "2024-06-20", "2024-06-25"), Sound, "已告知监测结果", false},
		{"neither", nil, sampledAt("总排口", "2024-06-20", ""), Defect, "有监测结果，已作出处罚决定，没有告知当事人的记录", true},
		{"one of two samples", nil, all(sampledAt("总排口", "2024-06-20", "2024-06-25"), sampledAt("鱼塘", "2024-06-20", "")), Defect, "有监测结果，已作出处罚决定，没有告知当事人的记录（鱼塘）", true},
		{"a document older than the report", []string{"告知监测结果 2024-06-01"}, sampledAt("总排口", "2024-06-20", ""), Defect, "有监测结果，已作出处罚决定，没有告知当事人的记录", true},
		{"a report newer than what was told", []string{"监测报告 2024-08-20"}, sampledAt("总排口", "2024-06-20", "2024-06-25"), Defect,
			"有监测结果，已作出处罚决定，没有告知当事人的记录（监测报告）", true},
		{"told after the decision", nil, sampledAt("总排口", "2024-06-20", "2024-10-01"), Defect, "监测结果在处罚决定之后才告知", false},
		{"served after the decision", []string{"告知监测结果 2024-09-01 >2024-10-01"}, sampledAt("总排口", "2024-06-20", ""), Defect, "监测结果在处罚决定之后才告知", false},
		{"told by the sample before the document", []string{"告知监测结果 2024-10-01"}, sampledAt("总排口", "2024-06-20", "2024-06-25"), Sound, "已告知监测结果", false},
		{"no result", nil, func(*Facts) {}, "", "", false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var got Finding
			for _, f := range Checks(with(facts("2025-03-01", append([]string{filed, decision}, tc.docs...)...), all(ours, tc.with))) {
				if f.Code == "MONITORING_TOLD" {
					got = f
				}
			}
			if got.Verdict != tc.want || got.What != tc.says {
				t.Errorf("the check says %s %q, want %s %q", got.Verdict, got.What, tc.want, tc.says)
			}
			if asks := steppedTo(with(facts("2024-07-01", append([]string{filed}, tc.docs...)...), all(ours, tc.with)), registry.DocMonitoringTold); asks != tc.asks {
				t.Errorf("the next step asks for it: %t, want %t", asks, tc.asks)
			}
		})
	}
}

// A re-check that only an inspection records is the re-check: no step, clock or check asks for it again. One before the order is not.
func TestRecheckByInspection(t *testing.T) {
	visit := func(on string) func(*Facts) {
		return func(x *Facts) {
			x.File.Inspections = append(x.File.Inspections, registry.Inspection{ID: 9, Kind: registry.Recheck, StartedOn: day(on), Rectified: "已改正"})
		}
	}
	ordered := func(extra ...string) *Facts {
		x := facts("2024-07-10", append([]string{"责令改正 2024-05-20 >2024-05-21 !2024-06-21"}, extra...)...)
		x.File.Violations = []registry.Violation{{TypeCode: "WATER_EVASION"}}
		return x
	}
	clock := func(x *Facts, code string) (state State, on string) {
		for _, c := range Clocks(x) {
			if c.Rule.Code == code {
				if c.Done != nil {
					on = c.Done.On.String()
				}
				return c.State, on
			}
		}
		return "", ""
	}
	for _, tc := range []struct {
		name  string
		x     *Facts
		asks  bool
		state State
		on    string
	}{
		{"no re-check", ordered(), true, Overdue, ""},
		{"an inspection", with(ordered(), visit("2024-06-19")), false, InTime, "2024-06-19"},
		{"an inspection too late", with(ordered(), visit("2024-06-30")), false, Late, "2024-06-30"},
		{"an inspection before the order", with(ordered(), visit("2024-05-10")), true, Overdue, ""},
		{"a document and its inspection", with(ordered("复查 2024-06-18"), visit("2024-06-18")), false, InTime, "2024-06-18"},
	} {
		if asks := steppedTo(tc.x, registry.DocRecheck); asks != tc.asks {
			t.Errorf("%s: the next step asks for a re-check: %t, want %t", tc.name, asks, tc.asks)
		}
		if state, on := clock(tc.x, "CORRECTION_RECHECK"); state != tc.state || on != tc.on {
			t.Errorf("%s: the clock says %s %s, want %s %s", tc.name, state, on, tc.state, tc.on)
		}
		if answered := Answered(tc.x.File, &tc.x.File.Documents[0]); answered == tc.asks {
			t.Errorf("%s: the order waits for a result: %t, want %t", tc.name, !answered, tc.asks)
		}
	}
	daily := with(ordered("行政处罚决定 2024-06-20 >2024-06-20", "按日连续处罚 2024-07-01"), visit("2024-06-25"))
	for _, f := range Checks(daily) {
		if f.Code == "DAILY_PENALTY" && f.Verdict != Sound {
			t.Errorf("the check of the daily penalty says %s %s", f.Verdict, f.What)
		}
	}
	var steps []string
	for _, b := range Branches(daily.File) {
		for _, s := range b.Steps {
			steps = append(steps, s.What+" "+s.On.String())
		}
	}
	if want := []string{"责令改正 2024-05-20", "复查 2024-06-25", "按日连续处罚 2024-07-01"}; !slices.Equal(steps, want) {
		t.Errorf("the side track has %v, want %v", steps, want)
	}
}

// The report's day of a sample starts what a 监测报告 would start; with both, the document's.
func TestReportBySample(t *testing.T) {
	const daily, order = "按日连续处罚 2024-07-20", "责令改正 2024-06-21 >2024-06-24"
	for _, tc := range []struct {
		x    *Facts
		want string
	}{
		{with(facts("2024-07-25", order, daily), sampledAt("总排口", "2024-06-20", "")), "2024-06-20"},
		{with(facts("2024-07-25", "监测报告 2024-06-19", order, daily), sampledAt("总排口", "2024-06-20", "")), "2024-06-19"},
		{with(facts("2024-07-25", "责令改正 2024-06-01 >2024-06-01", order, daily), sampledAt("总排口", "2024-06-20", "")), "2024-06-20"},
	} {
		for _, c := range Clocks(tc.x) {
			if c.Rule.Code == "CORRECTION_ORDER_SERVICE" && (c.Start.On.String() != tc.want || c.Done == nil || c.Done.On.String() != "2024-06-24") {
				t.Errorf("the clock runs from %s to %+v, want from %s to the order of 2024-06-24", c.Start.On, c.Done, tc.want)
			}
		}
	}
}

// A party that has paid all is not to be urged.
func TestNobodyIsUrgedWhoPaid(t *testing.T) {
	money := registry.Yuan(30000)
	for _, tc := range []struct {
		name   string
		amount *registry.Money
		paid   registry.Money
		asks   bool
	}{
		{"nothing paid", &money, 0, true}, {"a part", &money, 1, true}, {"all", &money, money, false}, {"the amount is not known", nil, money, true},
	} {
		x := facts("2024-08-28", "立案 2024-06-20", "行政处罚决定 2024-07-20", "催告 2024-08-20")
		x.File.Penalties = []registry.Penalty{{ID: 1, Kind: "罚款", Amount: tc.amount}}
		if tc.paid > 0 {
			x.File.Payments = []registry.Payment{{PenaltyID: 1, Amount: tc.paid}}
		}
		if asks := steppedTo(x, registry.DocEnforcement); asks != tc.asks {
			t.Errorf("%s: the court is asked for: %t, want %t", tc.name, asks, tc.asks)
		}
		x.File.Documents = x.File.Documents[:2]
		if asks := steppedTo(x, registry.DocUrge); asks != tc.asks {
			t.Errorf("%s: 催告 is asked for: %t, want %t", tc.name, asks, tc.asks)
		}
	}
}

func TestAmountsAgree(t *testing.T) {
	money := func(yuan int64) *registry.Money { m := registry.Yuan(yuan); return &m }
	for _, tc := range []struct {
		name      string
		decided   *registry.Money
		penalties []registry.Penalty
		want      Verdict
	}{
		{"no penalty yet", money(20000), nil, ""},
		{"the decision's amount is not known", nil, []registry.Penalty{{Kind: "罚款", Amount: money(1)}}, ""},
		{"the same", money(20000), []registry.Penalty{{Kind: "罚款", Amount: money(20000), DocumentID: 2}}, Sound},
		{"two parts", money(20000), []registry.Penalty{{Kind: "罚款", Amount: money(15000), DocumentID: 2}, {Kind: "罚款", Amount: money(5000)}}, Sound},
		{"the fine beside what is taken", money(20000), []registry.Penalty{{Kind: "罚款", Amount: money(20000)}, {Kind: "没收违法所得", Amount: money(300)}}, Sound},
		{"all the money", money(20300), []registry.Penalty{{Kind: "罚款", Amount: money(20000)}, {Kind: "没收违法所得", Amount: money(300)}}, Sound},
		{"another amount", money(20000), []registry.Penalty{{Kind: "罚款", Amount: money(2000)}}, Defect},
		{"one not known", money(20000), []registry.Penalty{{Kind: "罚款"}}, CannotTell},
		{"no money", money(20000), []registry.Penalty{{Kind: "警告"}}, ""},
	} {
		x := facts("2024-08-28", "立案 2024-06-20", "行政处罚决定 2024-07-20")
		x.File.Documents[1].Amount, x.File.Penalties = tc.decided, tc.penalties
		var got Verdict
		for _, f := range Checks(x) {
			if f.Code == "AMOUNTS_AGREE" {
				got = f.Verdict
			}
		}
		if got != tc.want {
			t.Errorf("%s: %q, want %q", tc.name, got, tc.want)
		}
	}
}

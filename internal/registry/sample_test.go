package registry

import (
	"slices"
	"testing"
)

func validSample() Sample {
	return Sample{InspectionID: 1, Point: "排放口", Medium: "废水", SampledOn: Day(2024, 5, 1), ReportOn: Day(2024, 5, 10), ToldOn: Day(2024, 5, 12),
		Results: []SampleResult{{Pollutant: "氨氮", Kind: ResultValue, Value: "422", Limit: "80", LimitFrom: "报告所印", Verdict: "超标"}}}
}

func TestSampleClean(t *testing.T) {
	checkClean(t, Sample{Code: " S1", Point: "排放口 ", Medium: " 废水", SamplingOrgan: " 站", AnalysisOrgan: "站 ", ReportNumber: " 1", StandardCited: " DB ", StandardReview: "注 ",
		Conclusion: " 超标", Note: "\u200b", Results: []SampleResult{{Value: " ４２２ ", Limit: "８０", Unit: " mg/L", LimitRef: "表1 ", Note: " 注"}}},
		Sample{Code: "S1", Point: "排放口", Medium: "废水", SamplingOrgan: "站", AnalysisOrgan: "站", ReportNumber: "1", StandardCited: "DB", StandardReview: "注",
			Conclusion: "超标", Results: []SampleResult{{Value: "422", Limit: "80", Unit: "mg/L", LimitRef: "表1", Note: "注"}}})
}

func TestSampleValidate(t *testing.T) {
	result := func(r SampleResult) func(*Sample) { return func(x *Sample) { x.Results = []SampleResult{r} } }
	checkRules(t, validSample, []limit[Sample]{
		{"point", 200, func(x *Sample) *string { return &x.Point }},
		{"code", 200, func(x *Sample) *string { return &x.Code }},
		{"sampling_organ", 200, func(x *Sample) *string { return &x.SamplingOrgan }},
		{"analysis_organ", 200, func(x *Sample) *string { return &x.AnalysisOrgan }},
		{"report_number", 200, func(x *Sample) *string { return &x.ReportNumber }},
		{"standard_cited", 2000, func(x *Sample) *string { return &x.StandardCited }},
		{"standard_review", 2000, func(x *Sample) *string { return &x.StandardReview }},
		{"conclusion", 2000, func(x *Sample) *string { return &x.Conclusion }},
		{"note", 2000, func(x *Sample) *string { return &x.Note }},
		{"results.0.pollutant", 50, func(x *Sample) *string { return &x.Results[0].Pollutant }},
		{"results.0.unit", 50, func(x *Sample) *string { return &x.Results[0].Unit }},
		{"results.0.limit_unit", 50, func(x *Sample) *string { return &x.Results[0].LimitUnit }},
		{"results.0.limit_reason", 500, func(x *Sample) *string { return &x.Results[0].LimitReason }},
		{"results.0.verdict_reason", 500, func(x *Sample) *string { return &x.Results[0].VerdictReason }},
		{"results.0.limit_ref", 200, func(x *Sample) *string { return &x.Results[0].LimitRef }},
		{"results.0.note", 500, func(x *Sample) *string { return &x.Results[0].Note }},
	}, []rule[Sample]{
		{"of no inspection, nowhere", func(x *Sample) { x.InspectionID, x.Point = 0, "" }, []string{"inspection_id: 样品应属于一次检查", "point: 请填写采样点位"}},
		{"unknown words", func(x *Sample) {
			x.Medium, x.SampledTime = "甲", "上午"
			x.Results[0].Kind, x.Results[0].Verdict, x.Results[0].LimitFrom = "乙", "丙", "丁"
		}, []string{"medium: " + outside("甲", Media), "sampled_time: 时间请写成 09:30 这样的 24 小时制", "results.0.kind: " + outside("乙", ResultKinds),
			"results.0.verdict: " + outside("丙", Verdicts), "results.0.limit_from: " + outside("丁", LimitFrom)}},
		{"reported before it was taken", func(x *Sample) { x.ReportOn = Day(2024, 4, 30) }, []string{"report_on: 报告日期早于采样日期"}},
		{"told before it was reported", func(x *Sample) { x.ToldOn = Day(2024, 5, 9) }, []string{"told_on: 告知日期早于报告日期"}},
		{"sixty-one results", func(x *Sample) { x.Results = slices.Repeat(x.Results, 61) }, []string{"results: 监测项目最多 60 项"}},
		{"result of nothing", result(SampleResult{Kind: ResultNotDetected}), []string{"results.0.pollutant: 请填写监测项目"}},
		{"a word for a value", result(SampleResult{Pollutant: "氨氮", Kind: ResultValue, Value: "很高"}), []string{"results.0.value: “很高”不是数值；未检出或只有结论的，请在类型中选择"}},
		{"a word for a limit", result(SampleResult{Pollutant: "氨氮", Kind: ResultValue, Value: "1", Limit: "无"}), []string{"results.0.limit: 限值“无”不是数值"}},
		{"a range as the limit of pH", result(SampleResult{Pollutant: "pH", Kind: ResultValue, Value: "9.5", Limit: "6-9", Verdict: "超标"}), nil},
		{"no value", result(SampleResult{Pollutant: "氨氮", Kind: ResultLess}), []string{"results.0.value: 请填写数值；报告没有公布数值的，类型请选“仅结论”"}},
		{"not detected, with the limit of detection", result(SampleResult{Pollutant: "氨氮", Kind: ResultNotDetected, Value: "1"}), nil},
		{"a verdict alone", result(SampleResult{Pollutant: "氨氮", Kind: ResultVerdict, Verdict: "超标"}), nil},
		{"a verdict that is missing", result(SampleResult{Pollutant: "氨氮", Kind: ResultVerdict}), []string{"results.0.verdict: 只有结论时请选择结论"}},
		{"over the limit, yet in order", result(SampleResult{Pollutant: "氨氮", Kind: ResultValue, Value: "81", Limit: "80", Verdict: "达标"}),
			[]string{"results.0.verdict: 结论“达标”与结果 81、限值 80 不一致（按数值应为“超标”），请核对；报告确如此写的，请写明理由"}},
		{"at the limit, yet over", result(SampleResult{Pollutant: "氨氮", Kind: ResultValue, Value: "80", Limit: "80", Verdict: "超标"}),
			[]string{"results.0.verdict: 结论“超标”与结果 80、限值 80 不一致（按数值应为“达标”），请核对；报告确如此写的，请写明理由"}},
		{"a bound says nothing against the verdict", result(SampleResult{Pollutant: "氨氮", Kind: ResultLess, Value: "100", Limit: "80", Verdict: "达标"}), nil},
	})
}

func TestSampleText(t *testing.T) {
	for _, c := range []struct {
		r    SampleResult
		want string
	}{
		{SampleResult{Kind: ResultValue, Value: "282"}, "282"}, {SampleResult{Kind: ResultLess, Value: "0.5"}, "<0.5"}, {SampleResult{Kind: ResultGreater, Value: "24000"}, ">24000"},
		{SampleResult{Kind: ResultNotDetected}, "未检出"}, {SampleResult{Kind: ResultVerdict, Verdict: "超标"}, "超标（数值未公布）"},
	} {
		if got := c.r.ValueText(); got != c.want {
			t.Errorf("ValueText(%+v) = %s, want %s", c.r, got, c.want)
		}
	}
	x := Sample{Results: []SampleResult{{Verdict: "达标"}, {}}}
	if x.Exceeds() {
		t.Error("a sample in order exceeds")
	}
	if x.Results = append(x.Results, SampleResult{Verdict: "超标"}); !x.Exceeds() {
		t.Error("one result over its limit is not seen")
	}
}

package registry

import (
	"cmp"
	"fmt"
	"strings"
)

// Dictionaries of a sample.
var (
	Media       = Terms{"废水", "地表水", "地下水", "土壤", "臭气", "固体废物", "其他"}
	Pollutants  = Terms{"化学需氧量", "五日生化需氧量", "悬浮物", "氨氮", "总磷", "总氮", "pH", "粪大肠菌群数", "蛔虫卵", "臭气浓度", "铜", "锌", "其他"}
	ResultKinds = Terms{"数值", "小于", "大于", "未检出", "仅结论"}
	Verdicts    = Terms{VerdictOver, VerdictWithin, VerdictNone}
	LimitFrom   = Terms{LimitFromCatalogue, LimitAsPrinted}
)

// Verdicts: two that numbers give, and that nobody judges by them.
const (
	VerdictOver   = "超标"
	VerdictWithin = "达标"
	VerdictNone   = "不评价"
)

// Where a limit comes from.
const (
	LimitFromCatalogue = "标准目录"
	LimitAsPrinted     = "报告所印"
)

// Kinds of a result: a value, a bound, not detected, or only what the report concluded (超标, 数值未公布).
const (
	ResultValue       = "数值"
	ResultLess        = "小于"
	ResultGreater     = "大于"
	ResultNotDetected = "未检出"
	ResultVerdict     = "仅结论"
)

// SampleResult is one pollutant of one sample. Value and Limit are decimal text as printed: a spreadsheet must show the
// report's own digits. The limit comes from the dated catalogue or as printed in the report; LimitRef says which and where.
type SampleResult struct {
	Pollutant     string `json:"pollutant"`
	Kind          string `json:"kind"`
	Value         string `json:"value,omitempty"`
	Unit          string `json:"unit,omitempty"`
	Limit         string `json:"limit,omitempty"`      // 80, 6-9, ≥95
	LimitUnit     string `json:"limit_unit,omitempty"` // where it is another than the result's
	LimitFrom     string `json:"limit_from,omitempty"`
	LimitRef      string `json:"limit_ref,omitempty"`      // DB44/613-2009 表5 珠三角
	LimitReason   string `json:"limit_reason,omitempty"`   // why another limit than the catalogue's
	Verdict       string `json:"verdict,omitempty"`        // as reported, or as the numbers say
	VerdictReason string `json:"verdict_reason,omitempty"` // why another than the numbers say
	Note          string `json:"note,omitempty"`
}

// Sample is one sample and its report. The sampling organ is a field: a station of another county may come.
type Sample struct {
	ID SampleID `json:"id"`
	Meta
	InspectionID   InspectionID   `json:"inspection_id"`
	Code           string         `json:"code"`  // 样品编号
	Point          string         `json:"point"` // 采样点位, as on the record
	Medium         string         `json:"medium"`
	SampledOn      Date           `json:"sampled_on"`
	SampledTime    string         `json:"sampled_time,omitempty"`
	SamplingOrgan  string         `json:"sampling_organ"`
	AnalysisOrgan  string         `json:"analysis_organ"`
	ReportNumber   string         `json:"report_number"`
	ReportOn       Date           `json:"report_on"`
	ToldOn         Date           `json:"told_on"`         // 监测结果告知当事人: missing proof is fatal in file review
	StandardCited  string         `json:"standard_cited"`  // as printed: DB44/613—2009 表1
	StandardReview string         `json:"standard_review"` // our note beside it
	Results        []SampleResult `json:"results"`
	Conclusion     string         `json:"conclusion"`
	Note           string         `json:"note"`
}

// Exceeds reports whether any result was reported over its limit.
func (x *Sample) Exceeds() bool {
	for _, r := range x.Results {
		if r.Verdict == VerdictOver {
			return true
		}
	}
	return false
}

// Clean normalises what was typed.
func (x *Sample) Clean() {
	for _, s := range []*string{&x.Code, &x.Point, &x.Medium, &x.SamplingOrgan, &x.AnalysisOrgan, &x.ReportNumber, &x.StandardCited, &x.StandardReview, &x.Conclusion, &x.Note} {
		*s = CleanText(*s)
	}
	cleanClock(&x.SampledTime)
	for i := range x.Results {
		r := &x.Results[i]
		r.Value, r.Limit = strings.TrimSpace(HalfWidth(CleanText(r.Value))), strings.TrimSpace(HalfWidth(CleanText(r.Limit)))
		for _, s := range []*string{&r.Unit, &r.LimitUnit, &r.LimitRef, &r.LimitReason, &r.VerdictReason, &r.Note} {
			*s = CleanText(*s)
		}
		kind, value, unit, ok := readResult(r.Value)
		if r.Kind == ResultNotDetected && kind == ResultLess {
			kind = r.Kind // <0.01 of what was not detected is the limit of detection
		}
		if ok && (r.Kind == "" || r.Kind == ResultValue || r.Kind == kind) && (unit == "" || r.Unit == "" || SameUnit(unit, r.Unit)) {
			r.Kind, r.Value, r.Unit = kind, value, cmp.Or(r.Unit, unit)
		}
	}
}

// Validate checks what no sample may have. A verdict that contradicts the numbers needs a reason: one of them may be mistyped.
func (x *Sample) Validate() error {
	var p Problems
	if x.InspectionID == 0 {
		p.Add("inspection_id", "样品应属于一次检查")
	}
	p.required("point", x.Point, "采样点位")
	p.text("point", x.Point, maxName)
	p.text("code", x.Code, maxName)
	p.term("medium", x.Medium, Media)
	p.clock("sampled_time", x.SampledTime)
	for f, s := range map[string]string{"sampling_organ": x.SamplingOrgan, "analysis_organ": x.AnalysisOrgan, "report_number": x.ReportNumber} {
		p.text(f, s, maxName)
	}
	for f, s := range map[string]string{"standard_cited": x.StandardCited, "standard_review": x.StandardReview, "conclusion": x.Conclusion, "note": x.Note} {
		p.text(f, s, 2000)
	}
	p.order("report_on", x.SampledOn, x.ReportOn, "报告日期早于采样日期")
	p.order("told_on", x.ReportOn, x.ToldOn, "告知日期早于报告日期")
	if len(x.Results) > 60 {
		p.Add("results", "监测项目最多 60 项")
	}
	for i, r := range x.Results {
		at := func(f string) string { return fieldAt("results", i, f) }
		p.required(at("pollutant"), r.Pollutant, "监测项目")
		p.text(at("pollutant"), r.Pollutant, 50)
		p.term(at("kind"), r.Kind, ResultKinds)
		p.term(at("verdict"), r.Verdict, Verdicts)
		p.term(at("limit_from"), r.LimitFrom, LimitFrom)
		p.text(at("unit"), r.Unit, 50)
		p.text(at("limit_unit"), r.LimitUnit, 50)
		p.text(at("limit_reason"), r.LimitReason, maxLine)
		p.text(at("verdict_reason"), r.VerdictReason, maxLine)
		p.text(at("limit_ref"), r.LimitRef, maxName)
		p.text(at("note"), r.Note, maxLine)
		if r.Limit != "" && !r.hasLimit() {
			p.Add(at("limit"), "限值“%s”不是数值", clip(r.Limit, 20))
		}
		_, isNumber := ParseDecimal(r.Value)
		switch {
		case r.Value != "" && !isNumber:
			p.Add(at("value"), "“%s”不是数值；未检出或只有结论的，请在类型中选择", clip(r.Value, 20))
		case r.Value == "" && (r.Kind == ResultValue || r.Kind == ResultLess || r.Kind == ResultGreater):
			p.Add(at("value"), "请填写数值；报告没有公布数值的，类型请选“仅结论”")
		case r.Value != "" && r.Kind == ResultVerdict:
			p.Add(at("value"), "类型为“%s”时不填数值", r.Kind)
		case r.Kind == ResultVerdict && r.Verdict == "":
			p.Add(at("verdict"), "只有结论时请选择结论")
		}
		if should, _ := r.Judged(); should != "" && Verdicts.Has(r.Verdict) && r.Verdict != should && r.VerdictReason == "" {
			p.Add(at("verdict"), "结论“%s”与结果 %s、限值 %s 不一致（按数值应为“%s”），请核对；报告确如此写的，请写明理由", r.Verdict, r.ValueText(), r.Limit, should)
		}
	}
	return p.Err()
}

// ValueText is the result as people read it: 282, <0.5, 未检出, 超标（数值未公布）.
func (r SampleResult) ValueText() string {
	switch r.Kind {
	case ResultLess:
		return "<" + r.Value
	case ResultGreater:
		return ">" + r.Value
	case ResultNotDetected:
		if r.Value != "" {
			return "未检出（检出限 " + r.Value + "）"
		}
		return "未检出"
	case ResultVerdict:
		return fmt.Sprintf("%s（数值未公布）", r.Verdict)
	}
	return r.Value
}

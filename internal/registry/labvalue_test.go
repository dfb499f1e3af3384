package registry

import (
	"math/big"
	"testing"
)

func TestParseDecimalReadsPrintedNumbers(t *testing.T) {
	for in, want := range map[string]string{
		"282": "282", "19.6": "98/5", "2.4×10⁴": "24000", "1.25×10³": "1250", "2.4E+04": "24000", "2.4×10^4": "24000", "2.4e4": "24000", "2.4*10^4": "24000", "2.4 × 10^4": "24000",
		"2.4X10⁴": "24000", "1,200": "1200", "１２０": "120", "5×10⁻²": "1/20", "1.2E-03": "3/2500", "2.9×10^10": "29000000000",
	} {
		got, ok := ParseDecimal(in)
		r, _ := new(big.Rat).SetString(want)
		if !ok || got.Cmp(r) != 0 {
			t.Errorf("ParseDecimal(%q) = %v, %t; want %s", in, got, ok, want)
		}
	}
	for _, in := range []string{"", "-3", "1,20", "2.4×104", ".5", "5.", "1e", "二", "3-5", "1e9999", "<3", "0.025L"} {
		if got, ok := ParseDecimal(in); ok {
			t.Errorf("ParseDecimal(%q) = %v; want none", in, got)
		}
	}
}

// A result typed as the report prints it becomes a kind and a number; one that is neither is named.
func TestSampleResultsAsPrinted(t *testing.T) {
	for _, c := range []struct{ kind, value, wantKind, wantValue string }{
		{ResultValue, "0.025L", ResultLess, "0.025"}, {ResultValue, "<0.025", ResultLess, "0.025"}, {ResultValue, "＜0.025", ResultLess, "0.025"}, {ResultValue, "≥24000", ResultGreater, "24000"},
		{ResultValue, "> 24000", ResultGreater, "24000"}, {ResultValue, "未检出(0.025)", ResultNotDetected, "0.025"}, {ResultValue, "未检出（<0.025）", ResultNotDetected, "0.025"}, {"", "ND", ResultNotDetected, ""},
		{ResultValue, "小于20", ResultLess, "20"}, {ResultNotDetected, "未检出（检出限：0.03L）", ResultNotDetected, "0.03"}, {ResultLess, "<20", ResultLess, "20"}, {ResultValue, "2.4×10⁴", ResultValue, "2.4×10⁴"},
		{ResultValue, "0.025 L", ResultLess, "0.025"}, {ResultValue, "＜0.025L", ResultLess, "0.025"}, {ResultValue, "≤0.3", ResultLess, "0.3"}, {ResultValue, "<2.4×10⁴", ResultLess, "2.4×10⁴"},
		{ResultValue, "2.4 x 10^4", ResultValue, "2.4 x 10^4"}, {ResultValue, "2.4×10⁴MPN/L", ResultValue, "2.4×10⁴"}, {ResultValue, "0.025L mg/L", ResultLess, "0.025"}, {ResultValue, "nd", ResultNotDetected, ""},
		{ResultValue, "ND（0.01）", ResultNotDetected, "0.01"}, {ResultValue, "282mg/L", ResultValue, "282"},
		{ResultNotDetected, "<0.01", ResultNotDetected, "0.01"}, {ResultNotDetected, "0.01L", ResultNotDetected, "0.01"}, {ResultNotDetected, "0.01", ResultNotDetected, "0.01"},
		{ResultValue, "低于检出限", ResultNotDetected, ""}, {ResultValue, "低于方法检出限（0.03）", ResultNotDetected, "0.03"}, {"", "小于检出限0.03", ResultNotDetected, "0.03"},
	} {
		x := Sample{InspectionID: 1, Point: "排口", Results: []SampleResult{{Pollutant: "氨氮", Kind: c.kind, Value: c.value}}}
		x.Clean()
		if r := x.Results[0]; r.Kind != c.wantKind || r.Value != c.wantValue {
			t.Errorf("%s %q is read as %s %q; want %s %q", c.kind, c.value, r.Kind, r.Value, c.wantKind, c.wantValue)
		}
		if err := x.Validate(); err != nil {
			t.Errorf("%s %q: Validate = %v", c.kind, c.value, err)
		}
	}
	for _, value := range []string{"约20", "<", "1,20", "两万"} {
		x := Sample{InspectionID: 1, Point: "排口", Results: []SampleResult{{Pollutant: "氨氮", Kind: ResultValue, Value: value}}}
		x.Clean()
		if x.Validate() == nil {
			t.Errorf("result %q is accepted", value)
		}
	}
}

// The verdict follows from the numbers, for every kind of result; contradicted it needs a reason. Where the numbers leave it open, that is said.
func TestJudged(t *testing.T) {
	for _, c := range []struct{ kind, value, limit, want string }{
		{ResultValue, "81", "80", VerdictOver}, {ResultValue, "80", "80", VerdictWithin}, {ResultValue, "2.4×10⁴", "1000", VerdictOver}, {ResultLess, "80", "80", VerdictWithin}, {ResultLess, "100", "80", ""},
		{ResultGreater, "80", "80", VerdictOver}, {ResultGreater, "24000", "1000", VerdictOver}, {ResultGreater, "10", "80", ""}, {ResultNotDetected, "", "80", VerdictWithin}, {ResultNotDetected, "0.5", "80", VerdictWithin},
		{ResultNotDetected, "90", "80", ""}, {ResultVerdict, "", "80", ""}, {ResultValue, "5.5", "6～9", VerdictOver}, {ResultValue, "7.2", "6-9", VerdictWithin}, {ResultValue, "9.3", "6~9", VerdictOver},
		{ResultValue, "6", "6—9", VerdictWithin}, {ResultValue, "9", "6至9", VerdictWithin}, {ResultLess, "6", "6-9", VerdictOver}, {ResultLess, "8", "6-9", ""}, {ResultGreater, "9", "6-9", VerdictOver}, {ResultGreater, "7", "6-9", ""},
		{ResultLess, "0.5", "0.3", ""}, {ResultNotDetected, "", "6-9", ""}, {ResultNotDetected, "0.025", "0.025", VerdictWithin},
		{ResultValue, "94", "≥95", VerdictOver}, {ResultValue, "95", "≥95", VerdictWithin}, {ResultGreater, "96", "≥95", VerdictWithin}, {ResultLess, "95", ">=95", VerdictOver}, {ResultLess, "99", "不低于95", ""},
		{ResultValue, "81", "≤80", VerdictOver}, {ResultValue, "10^5", "10^5", VerdictWithin}, {"", "81", "80", VerdictOver},
	} {
		r := SampleResult{Pollutant: "x", Kind: c.kind, Value: c.value, Limit: c.limit}
		got, why := r.Judged()
		if got != c.want || (why != "") != (c.want == "") {
			t.Errorf("%s %q against %q: %q (%s); want %q", c.kind, c.value, c.limit, got, why, c.want)
		}
		if c.want == "" {
			continue
		}
		r.Verdict = map[string]string{VerdictOver: VerdictWithin, VerdictWithin: VerdictOver}[c.want]
		if r.Kind == "" {
			r.Kind = ResultValue
		}
		x := Sample{InspectionID: 1, Point: "排口", Results: []SampleResult{r}}
		if x.Validate() == nil {
			t.Errorf("%s %q against %q: the verdict %s is accepted without a word", c.kind, c.value, c.limit, r.Verdict)
		}
		if x.Results[0].Note = "说明不是理由"; x.Validate() == nil {
			t.Errorf("%s %q against %q: a note is taken for the reason of the verdict", c.kind, c.value, c.limit)
		}
		if x.Results[0].VerdictReason = "报告原文如此"; x.Validate() != nil {
			t.Errorf("%s %q against %q: the verdict %s is refused with a reason: %v", c.kind, c.value, c.limit, r.Verdict, x.Validate())
		}
	}
	if got, why := (SampleResult{Kind: ResultValue, Value: "81"}).Judged(); got != "" || why != "" {
		t.Errorf("a value without a limit is judged: %q, %q", got, why)
	}
}

// Numbers in different units are not compared; a remark in brackets is no other unit.
func TestUnitsAreNotComparedSilently(t *testing.T) {
	for _, c := range []struct{ unit, limitUnit, want string }{
		{"mg/L", "", VerdictOver}, {"mg/L", "mg/L（以P计）", VerdictOver}, {"MG/L", "mg/l", VerdictOver}, {"μg/L", "ug/L", VerdictOver}, {"毫克/升", "mg/L", VerdictOver}, {"个/100毫升", "个/100mL", VerdictOver}, {"毫克/千克", "mg/kg", VerdictOver}, {"毫克/立方米", "mg/m³", VerdictOver}, {"毫克/毫升", "mg/L", ""}, {"μg/L", "mg/L", ""}, {"MPN/L", "个/L", ""}, {"个/L", "个/100mL", ""}, {"", "mg/L", ""},
	} {
		r := SampleResult{Pollutant: "总磷", Kind: ResultValue, Value: "81", Unit: c.unit, Limit: "80", LimitUnit: c.limitUnit}
		got, why := r.Judged()
		_, multiple := r.Multiple()
		if got != c.want || (why != "") != (c.want == "") || multiple != (c.want != "") {
			t.Errorf("%q against %q: %q (%s), multiple %t; want %q", c.unit, c.limitUnit, got, why, multiple, c.want)
		}
	}
}

func TestSameLimit(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{{"7", "7.0", true}, {"10^5", "1×10⁵", true}, {"6-9", "6～9", true}, {"≥95", ">=95", true}, {"≥95", "95", false}, {"70", "80", false}, {"", "", false}, {"≤80", "80", true}} {
		if got := SameLimit(c.a, c.b); got != c.want {
			t.Errorf("SameLimit(%q, %q) = %t", c.a, c.b, got)
		}
	}
}

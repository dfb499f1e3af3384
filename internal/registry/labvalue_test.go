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

// The verdict follows from the numbers, for every kind of result; contradicted it needs a word of explanation.
func TestVerdictOf(t *testing.T) {
	for _, c := range []struct{ kind, value, limit, want string }{
		{ResultValue, "81", "80", VerdictOver}, {ResultValue, "80", "80", VerdictWithin}, {ResultValue, "2.4×10⁴", "1000", VerdictOver}, {ResultLess, "80", "80", VerdictWithin}, {ResultLess, "100", "80", ""},
		{ResultGreater, "80", "80", VerdictOver}, {ResultGreater, "24000", "1000", VerdictOver}, {ResultGreater, "10", "80", ""}, {ResultNotDetected, "", "80", VerdictWithin}, {ResultNotDetected, "0.5", "80", VerdictWithin},
		{ResultNotDetected, "90", "80", ""}, {ResultVerdict, "", "80", ""}, {ResultValue, "81", "", ""}, {ResultValue, "5.5", "6～9", VerdictOver}, {ResultValue, "7.2", "6-9", VerdictWithin}, {ResultValue, "9.3", "6~9", VerdictOver},
	} {
		r := SampleResult{Pollutant: "x", Kind: c.kind, Value: c.value, Limit: c.limit}
		if got, ok := r.VerdictOf(); got != c.want || ok != (c.want != "") {
			t.Errorf("%s %q against %q: %q, %t; want %q", c.kind, c.value, c.limit, got, ok, c.want)
		}
		if c.want == "" {
			continue
		}
		r.Verdict = map[string]string{VerdictOver: VerdictWithin, VerdictWithin: VerdictOver}[c.want]
		x := Sample{InspectionID: 1, Point: "排口", Results: []SampleResult{r}}
		if x.Validate() == nil {
			t.Errorf("%s %q against %q: the verdict %s is accepted without a word", c.kind, c.value, c.limit, r.Verdict)
		}
		if x.Results[0].Note = "报告原文如此"; x.Validate() != nil {
			t.Errorf("%s %q against %q: the verdict %s is refused with an explanation: %v", c.kind, c.value, c.limit, r.Verdict, x.Validate())
		}
	}
}

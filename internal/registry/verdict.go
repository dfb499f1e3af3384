package registry

import (
	"cmp"
	"fmt"
	"math/big"
	"strings"
)

// limitSigns before a limit say on which side of it a value is in order; without one it is the highest allowed.
var limitSigns = []struct {
	sign  string
	least bool
}{
	{">=", true}, {"≥", true}, {"≧", true}, {"不低于", true}, {"不小于", true}, {"不少于", true},
	{"<=", false}, {"≤", false}, {"≦", false}, {"不超过", false}, {"不高于", false}, {"不大于", false},
}

func init() { // as folded limits have them
	for i := range limitSigns {
		limitSigns[i].sign = Fold(limitSigns[i].sign)
	}
}

// limits reads the limit as a lower and an upper bound: 80 or ≤80, ≥95 (蛔虫卵死亡率), 6～9 for pH. nil is no bound on that side.
func (r SampleResult) limits() (low, high *big.Rat) {
	text := Fold(r.Limit)
	for _, s := range limitSigns {
		number, found := strings.CutPrefix(text, s.sign)
		if !found {
			continue
		}
		if v, ok := ParseDecimal(number); ok {
			if s.least {
				return v, nil
			}
			return nil, v
		}
	}
	if v, ok := ParseDecimal(r.Limit); ok {
		return nil, v
	}
	from, to, isRange := strings.Cut(strings.NewReplacer("~", "-", "至", "-").Replace(text), "-")
	a, okA := ParseDecimal(from)
	b, okB := ParseDecimal(to)
	if !isRange || !okA || !okB || a.Cmp(b) > 0 {
		return nil, nil
	}
	return a, b
}

func (r SampleResult) hasLimit() bool {
	low, high := r.limits()
	return low != nil || high != nil
}

// SameLimit reports whether two limits are the same numbers: 7 and 7.0, 10^5 and 1×10⁵.
func SameLimit(a, b string) bool {
	lowA, highA := SampleResult{Limit: a}.limits()
	lowB, highB := SampleResult{Limit: b}.limits()
	same := func(a, b *big.Rat) bool { return a == nil && b == nil || a != nil && b != nil && a.Cmp(b) == 0 }
	return (lowA != nil || highA != nil) && same(lowA, lowB) && same(highA, highB)
}

// SameUnit compares units as they are printed: what stands in brackets is a remark（以P计）, μ has three characters. Units of one
// quantity that differ by a factor are different units.
func SameUnit(a, b string) bool { return a == b || plainUnit(a) == plainUnit(b) }

var unitMarks = strings.NewReplacer("µ", "u", "μ", "u", "㎎", "mg", "㎍", "ug", "㎖", "ml", "℃", "°c", "每升", "/l", "毫克", "mg", "微克", "ug", "千克", "kg", "毫升", "ml", "升", "l",
	"立方米", "m3")

func plainUnit(s string) string {
	s, _, _ = strings.Cut(Fold(s), "(")
	return Fold(unitMarks.Replace(s))
}

// Multiple is the exceedance multiple (value − limit) / limit, rounded half up to two decimals, where both numbers exist in one unit
// and the value is above the limit; ok is false otherwise. It is computed here and nowhere else (pH has none).
func (r SampleResult) Multiple() (text string, ok bool) {
	if r.Kind != ResultValue && r.Kind != ResultGreater || r.Pollutant == "pH" || r.unitsDiffer() != "" {
		return "", false
	}
	if r.Value == "" || r.Limit == "" {
		return "", false
	}
	v, okV := ParseDecimal(r.Value)
	low, high := r.limits()
	if !okV || low != nil || high == nil || high.Sign() <= 0 || v.Cmp(high) <= 0 {
		return "", false
	}
	q := new(big.Rat).Quo(new(big.Rat).Sub(v, high), high)
	return q.FloatString(2), true
}

// unitsDiffer says why the numbers stand for different things; empty where they can be compared.
func (r SampleResult) unitsDiffer() string {
	switch {
	case r.LimitUnit == "" || SameUnit(r.Unit, r.LimitUnit):
		return ""
	case r.Unit == "":
		return fmt.Sprintf("结果没有写单位，限值的单位是 %s，不能比较", r.LimitUnit)
	}
	return fmt.Sprintf("结果的单位 %s 与限值的单位 %s 不同，不能直接比较", r.Unit, r.LimitUnit)
}

// Judged is the verdict that the numbers give: a value against its limit, or a bound that lies wholly on one side of it. It is empty
// where they give none; why says so in Chinese where there is a limit to judge by: then a person chooses the verdict.
func (r SampleResult) Judged() (verdict, why string) {
	low, high := r.limits()
	if low == nil && high == nil {
		return "", ""
	}
	v, hasValue := ParseDecimal(r.Value)
	if why := r.unitsDiffer(); why != "" && (hasValue || r.Kind != ResultNotDetected) {
		return "", why
	}
	// from and to are the ends between which the true value lies; nil where that end is open.
	var from, to *big.Rat
	switch {
	case r.Kind == ResultVerdict:
		return "", "报告只有结论，没有公布数值，不能由数值核对"
	case r.Kind == ResultNotDetected && !hasValue && low == nil:
		return VerdictWithin, ""
	case !hasValue:
		return "", "结果没有数值，不能与限值比较"
	case r.Kind == ResultLess || r.Kind == ResultNotDetected:
		from, to = new(big.Rat), v
	case r.Kind == ResultGreater:
		from = v
	default:
		from, to = v, v
	}
	bound := r.Kind != ResultValue && r.Kind != ""
	switch {
	case high != nil && (from != nil && from.Cmp(high) > 0 || r.Kind == ResultGreater && v.Cmp(high) >= 0),
		low != nil && (to != nil && to.Cmp(low) < 0 || bound && to != nil && to.Cmp(low) <= 0):
		return VerdictOver, ""
	case (high == nil || to != nil && to.Cmp(high) <= 0) && (low == nil || from.Cmp(low) >= 0):
		return VerdictWithin, ""
	}
	return "", fmt.Sprintf("结果 %s 与限值 %s 相比，超标与达标都有可能，结论由人选择", r.ValueText(), r.Limit)
}

// Judge fills in the verdicts that the numbers give where none was typed.
func (x *Sample) Judge() {
	for i := range x.Results {
		if r := &x.Results[i]; r.Verdict == "" {
			r.Verdict, _ = r.Judged()
		}
	}
}

// Remarks are what must be said beside a result, in Chinese: why its limit and its verdict are others than the catalogue's and the numbers',
// and why the numbers give none.
func (r SampleResult) Remarks() (list []string) {
	if r.LimitReason != "" {
		list = append(list, "改用其他限值的理由："+r.LimitReason)
	}
	says, open := r.Judged()
	switch {
	case says != "" && r.Verdict != "" && says != r.Verdict:
		list = append(list, fmt.Sprintf("按数值应为“%s”，结论为“%s”的理由：%s", says, r.Verdict, cmp.Or(r.VerdictReason, r.Note, "未填")))
	case r.VerdictReason != "":
		list = append(list, "结论的理由："+r.VerdictReason)
	}
	if open != "" && r.Kind != ResultVerdict {
		list = append(list, open)
	}
	return list
}

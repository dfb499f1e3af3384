package registry

import (
	"cmp"
	"math/big"
	"strings"

	"casebook/internal/lazyregexp"
)

// How laboratories and Excel print numbers: 2.4×10⁴, 2.4×10^4, 2.4E+04, 1,200. Results below the method's limit of detection are printed
// with an L behind the limit (0.025L: HJ methods), as <0.025, or 未检出(0.025).

// powerOfTen is a factor of ten as printed, superscripts folded: 2.4×10^4, 10^5, x104 where the 4 was raised.
var powerOfTen = lazyregexp.New(`^(?:([0-9.]+)[x*])?10\^?([+-]?[0-9]{1,3})$`)

// plainNumber folds a printed number to the digits, point and e of a Go literal.
func plainNumber(s string) string {
	if whole, part, _ := strings.Cut(s, "."); allDigits(whole) && (part == "" || allDigits(part)) { // as nearly all are
		return s
	}
	raised := strings.ContainsAny(s, "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
	s = Fold(s)
	if m := powerOfTen.FindStringSubmatch(s); m != nil && (raised || strings.Contains(s, "^")) {
		s = cmp.Or(m[1], "1") + "e" + m[2]
	}
	if whole, err := dropThousands(s); err == nil {
		s = whole
	}
	mant, exp, _ := strings.Cut(s, "e")
	if exp = strings.TrimPrefix(exp, "+"); exp != "" {
		return mant + "e" + exp
	}
	return s
}

// ParseDecimal reads 282, 19.6, 1,200, 2.9×10^10, 2.9×10¹⁰, 2.9E+10; ok is false for anything else and for negatives.
func ParseDecimal(s string) (*big.Rat, bool) {
	s = plainNumber(s)
	mant, exp, hasExp := strings.Cut(s, "e")
	digits := strings.Replace(mant, ".", "", 1)
	if !allDigits(digits) || len(digits) > 30 || strings.HasPrefix(mant, ".") || strings.HasSuffix(mant, ".") {
		return nil, false
	}
	if hasExp && (!allDigits(strings.TrimPrefix(exp, "-")) || len(exp) > 3) {
		return nil, false
	}
	r, ok := new(big.Rat).SetString(s)
	return r, ok
}

// boundWords are the signs and words before a number that make it a bound or a limit of detection.
var boundWords = []struct{ word, kind string }{
	{"<=", ResultLess}, {"<", ResultLess}, {"≤", ResultLess}, {"≦", ResultLess}, {"《", ResultLess}, {"小于", ResultLess}, {"低于", ResultLess},
	{">=", ResultGreater}, {">", ResultGreater}, {"≥", ResultGreater}, {"≧", ResultGreater}, {"》", ResultGreater}, {"大于", ResultGreater}, {"高于", ResultGreater},
	{"未检出", ResultNotDetected}, {"nd", ResultNotDetected},
}

// belowDetection are the words for 未检出 that begin as a bound does.
var belowDetection = lazyregexp.New(`^(?:低于|小于|<)(?:方法)?检出限`)

// printedNumber is a number with what reports print behind it: the L of the limit of detection, and the unit.
var printedNumber = lazyregexp.New(`^([0-9][0-9.,]*(?:[x×X*]10(?:\^[+-]?[0-9]{1,3}|[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+)|[eE][+-]?[0-9]{1,3})?)([Ll]?)` +
	`((?:(?:个|MPN|CFU|mg|㎎|[μµu]g|g)/(?:100)?(?:L|l|mL|ml|kg|m³|m3)|无量纲|%)?)$`)

// readResult takes a result apart that was typed as the report prints it: <0.025 and 0.025L are 小于 0.025, 未检出(0.025) is 未检出 with the
// limit of detection, 2.4×10⁴MPN/L a value with its unit. ok is false for a plain number and for what is no result.
func readResult(s string) (kind, value, unit string, ok bool) {
	s = strings.Join(strings.Fields(HalfWidth(s)), "")
	kind = ResultValue
	s = belowDetection.ReplaceAllString(s, ResultNotDetected)
	for _, b := range boundWords {
		if len(s) >= len(b.word) && strings.EqualFold(s[:len(b.word)], b.word) {
			kind, s = b.kind, s[len(b.word):]
			break
		}
	}
	s = strings.TrimSuffix(strings.TrimPrefix(s, "("), ")")
	if kind == ResultNotDetected {
		s = strings.TrimPrefix(strings.TrimPrefix(s, "检出限"), ":")
		s = strings.TrimPrefix(s, "<")
		if s == "" {
			return kind, "", "", true
		}
	}
	m := printedNumber.FindStringSubmatch(s)
	if m == nil {
		return "", "", "", false
	}
	if _, isNumber := ParseDecimal(m[1]); !isNumber {
		return "", "", "", false
	}
	if kind == ResultValue && m[2] != "" {
		kind = ResultLess
	}
	return kind, m[1], m[3], kind != ResultValue || m[3] != ""
}

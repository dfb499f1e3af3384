package registry

import (
	"math/big"
	"regexp"
	"strings"
)

// How laboratories and Excel print numbers: 2.4×10⁴, 2.4×10^4, 2.4E+04, 1,200. Results below the method's limit of detection are printed
// with an L behind the limit (0.025L: HJ methods), as <0.025, or 未检出(0.025).

// powerOfTen is a factor of ten as print, superscripts folded: ×10^4, x104 where the 4 was raised.
var powerOfTen = regexp.MustCompile(`^([0-9.]+)[x*]10\^?([+-]?[0-9]{1,3})$`)

// plainNumber folds a printed number to the digits, point and e of a Go literal.
func plainNumber(s string) string {
	raised := strings.ContainsAny(s, "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
	s = Fold(s)
	if m := powerOfTen.FindStringSubmatch(s); m != nil && (raised || strings.Contains(s, "^")) {
		s = m[1] + "e" + m[2]
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

// readResult takes a result apart that was typed as the report prints it: <0.025 and 0.025L are 小于 0.025, 未检出(0.025) is 未检出 with the
// limit of detection. ok is false for a plain number and for what is no result.
func readResult(s string) (kind, value string, ok bool) {
	folded := Fold(s)
	if number, found := strings.CutSuffix(folded, "l"); found {
		if _, ok := ParseDecimal(number); ok {
			return ResultLess, number, true
		}
	}
	for _, b := range boundWords {
		number, found := strings.CutPrefix(folded, b.word)
		if !found {
			continue
		}
		number = strings.TrimSuffix(strings.TrimPrefix(number, "("), ")")
		if b.kind == ResultNotDetected {
			number = strings.TrimPrefix(strings.TrimPrefix(number, "检出限"), ":")
			number = strings.TrimSuffix(strings.TrimPrefix(number, "<"), "l")
		}
		if _, ok := ParseDecimal(number); ok || number == "" && b.kind == ResultNotDetected {
			return b.kind, number, true
		}
	}
	return "", "", false
}

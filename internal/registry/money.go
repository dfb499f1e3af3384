package registry

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"casebook/internal/lazyregexp"
)

// Money is an amount in 分 (1/100 元). An unknown amount is a nil *Money, never 0.
type Money int64

// Yuan makes an amount of whole 元.
func Yuan(n int64) Money { return Money(n * 100) }

// MaxMoney bounds what may be typed (one trillion 元): sums of a million rows stay inside int64.
const MaxMoney Money = 1e14

// moneyMarks are what stands around an amount and adds nothing.
var moneyMarks = strings.NewReplacer("(大写)", "", "(小写)", "", "大写:", "", "小写:", "", "大写", "", "小写", "", "人民币", "", "¥", "", "￥", "")

// ParseYuan reads an amount as people and decisions write it: 20000, 20,000.50, ２００００, ¥3.5万, 10万元, 20000元整, 贰万元整, and both ways
// at once, 20000元（贰万元整）, which must agree. It refuses negatives, more than two decimals of 元, and a comma in the wrong place.
func ParseYuan(s string) (Money, error) {
	t := moneyMarks.Replace(strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || Invisible(r) {
			return -1
		}
		return r
	}, HalfWidth(s)))
	if strings.HasPrefix(t, "-") || strings.HasPrefix(t, "负") {
		return 0, fmt.Errorf("金额不能为负数")
	}
	first, second, both := strings.Cut(t, "(")
	m, err := parseAmount(first, s)
	if err != nil || !both {
		return m, err
	}
	n, err := parseAmount(strings.TrimSuffix(second, ")"), s)
	if err != nil {
		return 0, err
	}
	if m != n {
		return 0, fmt.Errorf("金额的两种写法不一致：“%s”是 %s 元，“%s”是 %s 元，请核对", clip(first, 20), m, clip(strings.TrimSuffix(second, ")"), 20), n)
	}
	return m, nil
}

// figures is an amount in Arabic figures, perhaps in 万 or 亿.
var figures = lazyregexp.New(`^([0-9][0-9,]*(?:\.[0-9]+)?)([万萬亿億]?)[元圆圓]?[整正]?$`)

var spokenFigures = lazyregexp.New(`^([0-9]+)万([0-9])千[元圆圓]?[整正]?$`)

// parseAmount reads one way of writing; typed is what a message quotes.
func parseAmount(t, typed string) (Money, error) {
	if f := figures.FindStringSubmatch(t); f != nil {
		return parseFigures(f[1], f[2], typed)
	}
	if f := spokenFigures.FindStringSubmatch(t); f != nil { // 3万5千: as it is spoken
		return parseFigures(f[1]+"."+f[2], "万", typed)
	}
	r := []rune(t)
	if m, end := ReadMoney(r, 0, false); end > 0 && end == len(r) {
		return m, nil
	}
	if fen, end := readFen(r, 0); end > 0 && end == len(r) { // 伍角
		return Money(fen), nil
	}
	return 0, fmt.Errorf("看不懂金额“%s”，请写成 20000、20000.50 或 2万", clip(typed, 20))
}

func parseFigures(number, scaled, typed string) (Money, error) {
	number, err := dropThousands(number)
	if err != nil {
		return 0, err
	}
	scale := int64(100)
	switch scaled {
	case "万", "萬":
		scale = 1_000_000
	case "亿", "億":
		scale = 10_000_000_000
	}
	whole, frac, _ := strings.Cut(number, ".")
	w, err := strconv.ParseInt(whole, 10, 64)
	if err != nil || w > int64(MaxMoney)/scale {
		return 0, fmt.Errorf("金额“%s”过大", clip(typed, 20))
	}
	m := w * scale
	unit := scale
	for i := range len(frac) {
		unit /= 10
		if unit == 0 {
			if strings.Trim(frac[i:], "0") != "" {
				return 0, fmt.Errorf("金额“%s”精确到分以下，请核对", clip(typed, 20))
			}
			break
		}
		m += int64(frac[i]-'0') * unit
	}
	if Money(m) > MaxMoney {
		return 0, fmt.Errorf("金额“%s”过大", clip(typed, 20))
	}
	return Money(m), nil
}

var thousands = lazyregexp.New(`^[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?$`)

// DropThousands takes the separators out of a count or a measure that a person typed, in full width too.
func DropThousands(s string) (string, error) {
	return dropThousands(strings.Join(strings.Fields(HalfWidth(s)), ""))
}

// dropThousands takes the separators out of 20,000.50. One in another place is an error: 20,00 is a 20,000 that lost a figure, or a decimal
// comma, and nobody can tell which.
func dropThousands(s string) (string, error) {
	if !strings.Contains(s, ",") {
		return s, nil
	}
	if !thousands.MatchString(s) {
		return s, fmt.Errorf("“%s”里的逗号位置不对：千分位每三位一个逗号（20,000），或者不写逗号", clip(s, 20))
	}
	return strings.ReplaceAll(s, ",", ""), nil
}

// UnmarshalJSON reads 分 as a whole number, and an amount in words as decisions print it where 元 stands in it: "20000元（贰万元整）". Without
// 元 nobody could tell what a text is in. Its error is an *Error that names no
// field.
func (m *Money) UnmarshalJSON(b []byte) error {
	if len(b) == 0 || b[0] != '"' {
		return json.Unmarshal(b, (*int64)(m))
	}
	var s string
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if !strings.ContainsAny(s, "元圆圓") {
		return &Error{Kind: KindInvalid, Message: "应为以分为单位的整数，或带“元”的文字，如 \"20000元\"、\"贰万元整\""}
	}
	typed, err := ParseYuan(s)
	if err != nil {
		return &Error{Kind: KindInvalid, Message: err.Error()}
	}
	*m = typed
	return nil
}

// Fen is the amount in 分.
func (m Money) Fen() int64 { return int64(m) }

// String is 元 with thousands separators, with decimals only where there are any: 20,000 or 20,000.50.
func (m Money) String() string {
	neg, v := "", int64(m)
	if v < 0 {
		neg, v = "-", -v
	}
	s := strconv.FormatInt(v/100, 10)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	if c := v % 100; c != 0 {
		s += fmt.Sprintf(".%02d", c)
	}
	return neg + s
}

// YuanFloat is the amount in 元 for a spreadsheet cell; exact below 2^53 分.
func (m Money) YuanFloat() float64 { return float64(m) / 100 }

// Capital writes the amount as a decision prints it: 贰万元整, 壹万零捌拾元伍角.
func (m Money) Capital() string {
	if m == 0 {
		return "零元整"
	}
	neg, v := "", int64(m)
	if v < 0 {
		neg, v = "负", -v
	}
	digits := [...]string{"零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"}
	places := [...]string{"", "拾", "佰", "仟"}
	groups := [...]string{"", "万", "亿", "万亿"}
	yuan, jiao, fen := v/100, v/10%10, v%10
	var b strings.Builder
	b.WriteString(neg)
	if yuan > 0 {
		s := strconv.FormatInt(yuan, 10)
		zero, groupUsed := false, false
		for i := range len(s) {
			d, pos := s[i]-'0', len(s)-1-i
			if d == 0 {
				zero = true
			} else {
				if zero && b.Len() > len(neg) {
					b.WriteString("零")
				}
				zero, groupUsed = false, true
				b.WriteString(digits[d] + places[pos%4])
			}
			if pos%4 == 0 {
				if groupUsed {
					b.WriteString(groups[pos/4])
				}
				groupUsed = false
			}
		}
		b.WriteString("元")
	}
	switch {
	case jiao == 0 && fen == 0:
		b.WriteString("整")
	case fen == 0:
		b.WriteString(digits[jiao] + "角")
	case jiao == 0:
		if yuan > 0 {
			b.WriteString("零")
		}
		b.WriteString(digits[fen] + "分")
	default:
		b.WriteString(digits[jiao] + "角" + digits[fen] + "分")
	}
	return b.String()
}

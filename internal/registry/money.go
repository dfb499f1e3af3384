package registry

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// Money is an amount in 分 (1/100 元). An unknown amount is a nil *Money, never 0.
type Money int64

// Yuan makes an amount of whole 元.
func Yuan(n int64) Money { return Money(n * 100) }

// MaxMoney bounds what may be typed (one trillion 元): sums of a million rows stay inside int64.
const MaxMoney Money = 1e14

var moneyMarks = strings.NewReplacer(",", "", "，", "", " ", "", "¥", "", "￥", "", "元", "", "人民币", "")

// ParseYuan reads 元: 20000, 20,000.50, ２００００, ¥3.5万, 10万元, 3.5 万. It refuses negatives and more than two decimals of 元.
func ParseYuan(s string) (Money, error) {
	t := moneyMarks.Replace(HalfWidth(strings.TrimSpace(s)))
	scale := int64(100)
	switch {
	case strings.HasSuffix(t, "万"):
		t, scale = strings.TrimSuffix(t, "万"), 1_000_000
	case strings.HasSuffix(t, "亿"):
		t, scale = strings.TrimSuffix(t, "亿"), 10_000_000_000
	}
	bad := fmt.Errorf("看不懂金额“%s”，请写成 20000、20000.50 或 2万", clip(s, 20))
	if strings.HasPrefix(t, "-") {
		return 0, fmt.Errorf("金额不能为负数")
	}
	whole, frac, _ := strings.Cut(t, ".")
	if whole == "" || !allDigits(whole) || len(whole) > 14 || (frac != "" && !allDigits(frac)) || strings.HasSuffix(t, ".") {
		return 0, bad
	}
	w, err := strconv.ParseInt(whole, 10, 64)
	if err != nil || w > int64(MaxMoney)/scale {
		return 0, fmt.Errorf("金额“%s”过大", clip(s, 20))
	}
	m := w * scale
	unit := scale
	for i := range len(frac) {
		unit /= 10
		if unit == 0 {
			if strings.Trim(frac[i:], "0") != "" {
				return 0, fmt.Errorf("金额“%s”精确到分以下，请核对", clip(s, 20))
			}
			break
		}
		m += int64(frac[i]-'0') * unit
	}
	if Money(m) > MaxMoney {
		return 0, fmt.Errorf("金额“%s”过大", clip(s, 20))
	}
	return Money(m), nil
}

var thousands = regexp.MustCompile(`^[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?$`)

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

package statute

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"casebook/internal/registry"
)

// In a statute 以上, 以下 and 以内 include the number: a range of fines holds both its ends. In the discretion tables of
// 粤环发〔2021〕7号 以下 does not: see discretion.go.

// Computation is how the law computes an amount: a share of a base (总投资额×1%～5%), or so much for each time or day.
type Computation struct {
	Of  string `json:"of"`  // the base: 建设项目总投资额, 直接损失; empty where Min and Max of the range are amounts
	Min Ratio  `json:"min"` // of the base; zero where the law says only 以下
	Max Ratio  `json:"max"`
	Per string `json:"per"` // 次, 日: so much for each; empty otherwise
}

// Ratio is a share in ten-thousandths: 1% is 100, twice is 20000.
type Ratio int64

// Of is the share of an amount, to the 分.
func (r Ratio) Of(m registry.Money) registry.Money {
	const whole = 10000
	q, rest := int64(m)/whole, int64(m)%whole // apart, so that a base near MaxMoney does not overflow
	return registry.Money(q*int64(r) + (rest*int64(r)+whole/2)/whole)
}

// String is 5% or 2 倍.
func (r Ratio) String() string {
	if r >= 10000 {
		return strconv.FormatFloat(float64(r)/10000, 'f', -1, 64) + "倍"
	}
	return strconv.FormatFloat(float64(r)/100, 'f', -1, 64) + "%"
}

// UnmarshalJSON reads "5%".
func (r *Ratio) UnmarshalJSON(b []byte) error {
	var s string
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	n, err := strconv.ParseInt(strings.TrimSuffix(s, "%"), 10, 32)
	if err != nil || n < 0 || n > 1000 || !strings.HasSuffix(s, "%") {
		return fmt.Errorf("ratio %q is not a percentage from 0%% to 1000%%", s)
	}
	*r = Ratio(n * 100)
	return nil
}

// Fine reports whether the penalty is a fine, of a unit or of a person.
func (p PenaltyRange) Fine() bool { return strings.HasPrefix(p.Kind, "罚款") }

// Personal reports whether the penalty is for the persons responsible and not for the party that did the act.
func (p PenaltyRange) Personal() bool {
	return strings.Contains(p.Kind, "个人") || p.Kind == "行政拘留"
}

// Who names whom the law penalises; empty where the record does not tell.
func (p PenaltyRange) Who() string {
	switch {
	case p.Personal():
		return "责任人员（个人）"
	case p.Fine():
		return "当事人"
	}
	return ""
}

// Position is where an amount lies on a range.
type Position string

// The positions. Unplaced: nobody has verified the amounts, or what they are computed from is not known.
const (
	Inside   Position = "在幅度内"
	Below    Position = "低于下限"
	Above    Position = "高于上限"
	Unplaced Position = "不能比对"
)

// Quantities are what computed ranges are computed from, as far as a case tells.
type Quantities struct {
	Of    string          // what Base is: 建设项目总投资额
	Base  *registry.Money // nil: not known
	Times *int64          // times or days; nil: not known
}

// Placement is an amount placed on one range. Min and Max are nil where the range has no such end or it is not known.
type Placement struct {
	Range    PenaltyRange
	Amount   registry.Money
	Min, Max *registry.Money
	Position Position
	Percent  int    // of the way from Min (or nothing) to Max, 0 to 100, where the amount is inside
	Missing  string // what must be known before the amount can be placed: 建设项目总投资额, 次数
}

// Place says where an amount lies on the range. It never says that a fine is right: which range applies is a person's decision.
func (p PenaltyRange) Place(amount registry.Money, q Quantities) Placement {
	x := Placement{Range: p, Amount: amount, Position: Unplaced}
	x.Min, x.Max, x.Missing = p.bounds(q)
	switch {
	case x.Missing != "" && x.Max == nil, x.Min == nil && x.Max == nil, x.Max != nil && *x.Max == 0:
		return x
	case x.Min != nil && amount < *x.Min:
		x.Position = Below
	case x.Max != nil && amount > *x.Max:
		if x.Missing == "" {
			x.Position = Above // else more than once, perhaps
		}
	default:
		x.Position, x.Missing = Inside, ""
		x.Percent = percentOn(amount, x.Min, x.Max)
	}
	return x
}

// bounds computes the ends of the range; missing names what is not known. For 每次 they are those of one time then.
func (p PenaltyRange) bounds(q Quantities) (min, max *registry.Money, missing string) {
	c := p.Compute
	if c == nil {
		return p.Min, p.Max, ""
	}
	min, max = p.Min, p.Max
	if c.Of != "" {
		if q.Base == nil || q.Of != c.Of {
			return nil, nil, c.Of
		}
		min, max = share(c.Min, *q.Base), share(c.Max, *q.Base)
	}
	if c.Per == "" {
		return min, max, ""
	}
	if q.Times == nil {
		if c.Of != "" {
			return nil, nil, c.Per + "数"
		}
		return min, max, c.Per + "数"
	}
	return times(min, *q.Times), times(max, *q.Times), ""
}

func share(r Ratio, base registry.Money) *registry.Money {
	m := r.Of(base)
	return &m
}

// times multiplies, up to the greatest amount that can be recorded.
func times(m *registry.Money, n int64) *registry.Money {
	if m == nil {
		return nil
	}
	product := registry.MaxMoney
	if *m == 0 || n <= int64(registry.MaxMoney)/int64(*m) {
		product = *m * registry.Money(n)
	}
	return &product
}

func percentOn(amount registry.Money, min, max *registry.Money) int {
	if max == nil {
		return 0
	}
	from := registry.Money(0)
	if min != nil {
		from = *min
	}
	if *max == from {
		return 100
	}
	return int((float64(amount-from)/float64(*max-from))*100 + 0.5)
}

// RangeText is the range as an article writes it, with the amounts of this case where the law computes them.
func (x Placement) RangeText() string { return boundsText(x.Min, x.Max) }

func boundsText(min, max *registry.Money) string {
	switch {
	case max == nil && min == nil:
		return ""
	case max == nil:
		return Wan(*min) + "以上"
	case min == nil || *min == 0:
		return Wan(*max) + "以下"
	case *min == *max:
		return Wan(*max)
	}
	return Wan(*min) + "以上" + Wan(*max) + "以下"
}

// Text says in one sentence where the amount lies: 8万元，在 2万元以上20万元以下 的 33% 处.
func (x Placement) Text() string {
	amount := Wan(x.Amount)
	switch x.Position {
	case Inside:
		if x.Min != nil && x.Max != nil && *x.Min == *x.Max {
			return amount + "，等于法定数额 " + Wan(*x.Max)
		}
		return fmt.Sprintf("%s，在 %s 的 %d%% 处", amount, x.RangeText(), x.Percent)
	case Below:
		return fmt.Sprintf("%s，低于 %s 的下限 %s", amount, x.RangeText(), Wan(*x.Min))
	case Above:
		return fmt.Sprintf("%s，高于 %s 的上限 %s", amount, x.RangeText(), Wan(*x.Max))
	}
	switch {
	case x.Missing != "" && x.Max != nil:
		return fmt.Sprintf("%s，超过一%s的上限 %s；%s未填，不能比对", amount, x.Range.Compute.Per, Wan(*x.Max), x.Missing)
	case x.Missing != "":
		return fmt.Sprintf("%s；幅度按%s计算，%s未填，不能比对", amount, x.Range.Formula, x.Missing)
	}
	return amount + "；法定数额未核到，不能比对"
}

// Wan writes an amount as articles do: 2万元, 3.5万元; 元 where 万元 would need more than two decimals or the sum is small.
func Wan(m registry.Money) string {
	const wan = 1_000_000 // in 分
	if n := m.Fen(); n >= wan && n%10000 == 0 {
		return strconv.FormatFloat(float64(n)/wan, 'f', -1, 64) + "万元"
	}
	return m.String() + "元"
}

// DailyFine is 按日连续处罚 as a range: the fine of the first decision for each day counted (按日连续处罚办法第十七条至第十九条). It is
// an amount, not a choice: both ends are the same.
func DailyFine(m Measure) PenaltyRange {
	return PenaltyRange{
		Kind: "按日连续罚款", Formula: "原处罚决定的罚款数额×计罚日数", Condition: m.Note, Basis: m.Basis, Mandatory: m.Mandatory,
		Compute: &Computation{Of: "原处罚决定的罚款数额", Min: 10000, Max: 10000, Per: "日"},
	}
}

package statute

import (
	"math/big"
	"slices"
	"strings"

	"casebook/internal/registry"
)

// adjust applies the city's coefficients and the apology, in that order: they multiply, so the order matters only where a bound
// cuts in, and then the sheet says so.
func (t *DiscretionTable) adjust(x *Sheet, circ DiscretionCircumstances) {
	amount := x.Amount()
	if circ.Coefficient != "" {
		t.adjustLocal(x, circ, amount)
		amount = x.Amount()
	}
	if circ.Apology == nil {
		return
	}
	if amount == nil {
		x.warn("公开道歉承诺按罚款数额降低，本表只给出区间；请先填写拟定金额")
		return
	}
	excluded := slices.Clone(circ.Excluded)
	for _, item := range x.noApology { // what the answers themselves say: nobody has to tick it
		if !slices.Contains(excluded, item) {
			excluded = append(excluded, item)
		}
	}
	if x.Min != nil && *x.Min > 0 && *amount == *x.Min && !slices.Contains(excluded, apologyLowest) {
		excluded = append(excluded, apologyLowest)
	}
	if len(excluded) > 0 {
		slices.Sort(excluded)
		items := make([]string, len(excluded))
		for i, n := range excluded {
			items[i] = "（" + registry.ChineseNumeral(n) + "）"
		}
		x.step("第十四条", nil, "属于第一款第%s项情形，不适用公开道歉承诺从轻制度", strings.Join(items, "、"))
		return
	}
	for _, g := range x.askApology {
		x.warn("“%s”可能属于第十四条第一款第（%s）项情形（违反饮用水水源保护区内禁止性规定）：属于的，不适用公开道歉承诺从轻制度，请核对后勾选", g.label, registry.ChineseNumeral(g.item))
	}
	kept := 100 - *circ.Apology
	result := Ratio(kept * 100).Of(*amount)
	x.step("第十四条", &result, "公开道歉承诺，降低 %d%%：%s×%d%%＝%s", *circ.Apology, Wan(*amount), kept, Wan(result))
	if x.Min != nil && result < *x.Min {
		result = *x.Min
		x.step("第十四条", &result, "降低后低于法定最低罚款额，按法定最低额 %s", Wan(result))
	}
	x.Result, x.Proposed = &result, nil
}

// adjustLocal applies the city's own rule: only where a person ticked it, and marked as what it is.
func (t *DiscretionTable) adjustLocal(x *Sheet, circ DiscretionCircumstances, amount *registry.Money) {
	local := LocalDiscretion{Name: "地方细则"}
	if t.rules != nil {
		local = t.rules.Local
		x.warn("%s只有二手来源（%s）：%s", local.Instrument, ConfidenceLabel(local.Confidence), local.Formula)
	}
	if amount == nil {
		x.warn("%s按初步罚款调整，本表只给出区间；请先填写拟定金额", local.Name)
		return
	}
	k, _ := coefficient(circ.Coefficient)
	factor := new(big.Rat).Add(big.NewRat(1, 1), new(big.Rat).Mul(k, big.NewRat(5, 100)))
	product := new(big.Rat).Mul(new(big.Rat).SetInt64(int64(*amount)), factor)
	result := registry.Money(roundHalfUp(product))
	x.step(local.Name+"（二手来源）", &result, "最终罚款＝%s＋%s×5%%×%s＝%s", Wan(*amount), Wan(*amount), circ.Coefficient, Wan(result))
	if x.Max != nil && result > *x.Max {
		result = *x.Max
		x.step(local.Name+"（二手来源）", &result, "超出法定上限，按上限 %s（原摘录截断，推定）", Wan(result))
		if circ.Apology != nil {
			x.warn("调整后已按法定上限计；公开道歉减轻与%s调整的先后未核到，先后不同结果不同", local.Name)
		}
	}
	x.Result, x.Proposed = &result, nil
}

// coefficient reads the sum of the local rule's coefficients, which may be negative.
func coefficient(s string) (*big.Rat, bool) {
	negative := strings.HasPrefix(s, "-")
	r, ok := registry.ParseDecimal(strings.TrimPrefix(s, "-"))
	if !ok || r.Cmp(big.NewRat(20, 1)) > 0 {
		return nil, false
	}
	if negative {
		r.Neg(r)
	}
	return r, true
}

func roundHalfUp(r *big.Rat) int64 {
	twice := new(big.Int).Add(new(big.Int).Mul(r.Num(), big.NewInt(2)), r.Denom())
	return new(big.Int).Div(twice, new(big.Int).Mul(r.Denom(), big.NewInt(2))).Int64()
}

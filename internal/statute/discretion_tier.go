package statute

import (
	"fmt"
	"slices"

	"casebook/internal/registry"
)

// grade finds the tier and what 第十二条 makes of it.
func (t *DiscretionTable) grade(x *Sheet, a DiscretionAnswers, circ *DiscretionCircumstances, p *registry.Problems) {
	i, unknown := t.tier(a, p)
	if i < 0 {
		return
	}
	tier := t.Tiers[i]
	x.excludes(tier.NoApology)
	x.asks(tier.When, tier.AskApology)
	x.Rows = []SheetRow{{Factor: "落入的档次", Option: tier.When, Unknown: unknown}}
	if tier.Note != "" {
		x.warn("本档存疑：%s", tier.Note)
	}
	if a.Heads != nil && a.Species != "" {
		x.Rows = append([]SheetRow{{Factor: "养殖规模", Option: fmt.Sprintf("%s %d（按畜种分档，不先折算）", a.Species, *a.Heads)}}, x.Rows...)
	}
	for _, r := range circ.Statutory {
		if r.Max != nil && r.Min != nil && *r.Min <= tier.Min && tier.Max <= *r.Max && !r.Personal() {
			x.Min, x.Max, x.Basis = r.Min, r.Max, r.Basis[0].String()
			break
		}
	}
	x.decideIn(tier, t.top(i), circ.Degree)
}

// top reports whether the tier is the last of its group: it alone holds its upper end (第二十三条: 以下 does not include it).
func (t *DiscretionTable) top(i int) bool {
	return i+1 == len(t.Tiers) || t.Tiers[i+1].Group != t.Tiers[i].Group
}

// decideIn applies 第十二条 to a tier.
func (x *Sheet) decideIn(tier DiscretionTier, closed bool, degree string) {
	from, below := tier.Min, tier.Max
	x.Closed = closed
	if from == below {
		x.step("附件1 "+x.Section, &from, "本档数额 %s", Wan(from))
		x.From, x.Below, x.Closed, x.Result = &from, &below, true, &from
		return
	}
	x.step("附件1 "+x.Section, nil, "罚款区间：%s（以上含本数，以下%s本数）", boundsText(&from, &below), map[bool]string{true: "含", false: "不含"}[closed])
	if from == 0 {
		x.decideWithout(below, degree)
		return
	}
	average := (from + below) / 2
	x.step("第十二条第（二）项", nil, "平均值＝（%s＋%s）÷2＝%s", Wan(from), Wan(below), Wan(average))
	switch degree {
	case "从轻":
		x.From, x.Below, x.Closed = &from, &average, false
		x.step("第十二条第（二）项", nil, "从轻处罚应当低于平均值：%s以上，低于 %s，具体数额由承办人确定", Wan(from), Wan(average))
	case "从重":
		x.From, x.Below = &average, &below
		x.step("第十二条第（二）项", nil, "从重处罚不得低于平均值：不低于 %s，在本档以内，具体数额由承办人确定", Wan(average))
	default:
		x.From, x.Below, x.Result = &from, &below, &average
		x.step("第十二条第（二）项", &average, "一般处罚按平均金额：%s", Wan(average))
	}
}

// decideWithout applies 第十二条第（三）项 to a tier that has only an upper end.
func (x *Sheet) decideWithout(most registry.Money, degree string) {
	nothing := registry.Money(0)
	x.From, x.Below = &nothing, &most
	share := Ratio(5000)
	switch degree {
	case "从重":
		x.warn("第十二条第（三）项没有写只有上限时从重处罚的数额，不作计算，由承办人在本档内确定")
		return
	case "从轻":
		share = 2000
	}
	result := share.Of(most)
	x.Result = &result
	x.step("第十二条第（三）项", &result, "只规定最高罚款数额，%s处罚一般按最高数额的 %s：%s×%s＝%s", degree, share, Wan(most), share, Wan(result))
}

// tier is the index of the tier that the answers lead to; unknown where the lowest was taken for want of knowledge.
func (t *DiscretionTable) tier(a DiscretionAnswers, p *registry.Problems) (index int, unknown bool) {
	follows, words := Unanswered, ""
	switch {
	case a.Heads != nil && a.Species != "":
		i, ok := t.TierForHeads(a.Group, a.Species, *a.Heads)
		if !ok && a.Tier == Unanswered {
			p.Add("tier", "裁量表没有写%s的分档，“其他同规模”由承办人比照确定，请直接选择档次", a.Species)
			return Unanswered, false
		}
		if ok {
			follows, words = i, fmt.Sprintf("%s %d", a.Species, *a.Heads)
		}
	case a.Number != "":
		i, ok := t.TierForNumber(a.Number)
		if !ok {
			p.Add("number", "“%s”不落在任何一档，请直接选择档次", a.Number)
			return Unanswered, false
		}
		follows, words = i, a.Number
	}
	switch {
	case a.Tier == UnknownAnswer:
		for i, tier := range t.Tiers {
			if a.Group == "" || tier.Group == a.Group {
				return i, true
			}
		}
		p.Add("tier", "没有“%s”这一组档次", a.Group)
		return Unanswered, false
	case a.Tier == Unanswered && follows == Unanswered:
		p.Add("tier", "请选择档次；确实查不明的选“查不明”，按最低档计算（第五条）")
		return Unanswered, false
	case a.Tier >= len(t.Tiers):
		p.Add("tier", "没有这一档，请重新选择")
		return Unanswered, false
	case a.Tier == Unanswered:
		return follows, false
	case follows != Unanswered && follows != a.Tier && len(t.Tiers[a.Tier].Scale) > 0:
		p.Add("tier", "%s 应落入“%s”，与所选档次不符", words, t.Tiers[follows].When)
		return Unanswered, false
	}
	return a.Tier, false
}

// TierForHeads finds the tier of a standing stock, by species and without conversion. Ok is false where the table has no
// bounds for the species: 其他同规模 is a person's judgement. An empty group means the table's first.
func (t *DiscretionTable) TierForHeads(group, species string, heads int64) (int, bool) {
	if group == "" && len(t.Tiers) > 0 {
		group = t.Tiers[0].Group
	}
	for i, tier := range t.Tiers {
		if tier.Group != group {
			continue
		}
		for _, s := range tier.Scale {
			if slices.Contains(s.Species, species) && (s.From == nil || heads >= *s.From) && (s.Below == nil || heads < *s.Below) {
				return i, true
			}
		}
	}
	return Unanswered, false
}

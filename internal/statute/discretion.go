package statute

import (
	"fmt"
	"slices"
	"strings"

	"casebook/internal/registry"
)

// Answers that are no option: not answered yet, and 裁量因素确无法查明 (第五条: counts as the lowest).
const (
	Unanswered    = -1
	UnknownAnswer = -2
)

// Degrees of a penalty within a tier (第十二条); 一般 where nobody chose.
var Degrees = registry.Terms{"一般", "从轻", "从重"}

// What 第十四条 allows for a public apology, in per cent off.
const (
	apologyLeast = 30
	apologyMost  = 50
	// ApologyDetention, ApologyCrime and ApologyGoesOn are the items of 第十四条 that a case's own documents tell.
	ApologyDetention = 5
	ApologyCrime     = 6
	ApologyGoesOn    = 7
	// apologyLowest is the item of 第十四条 that excludes a fine already at the least the law allows.
	apologyLowest = 10
)

// DiscretionAnswers are the facts a table asks for. Indices count from 0 in the table's order; Unanswered and UnknownAnswer
// stand for none.
type DiscretionAnswers struct {
	Variant bool     // the table's variant under another law, which has a floor
	Start   int      // which 裁量起点, where there are several
	Options []int    // by factor
	Numbers []string // by factor: the measured value where a factor is graded by one, decimal text; the option follows from it
	Base    *registry.Money
	Tier    int
	Group   string // of the tier, where the tier is unknown or follows from a number
	Species string // registry.Species, and its head count: the tier follows from them
	Heads   *int64
	Number  string // the value tiers are graded by: how many times over the limit
}

// DiscretionCircumstances are what a person decides beside the table, and the days it is judged on.
type DiscretionCircumstances struct {
	Degree      string          // of Degrees; tables of tiers only
	Proposed    *registry.Money // what a person proposes within the range
	Apology     *int            // 第十四条: per cent off, 30 to 50; nil: no apology
	Excluded    []int           // the items of 第十四条 that exclude it
	Coefficient string          // of the local rule: sum of the coefficients, decimal text; empty: not applied
	ActOn       registry.Date
	DecidedOn   registry.Date
	Statutory   []PenaltyRange // the fines the law provides: Catalogue.DiscretionRanges
}

// Sheet is a computed 裁量 with its arithmetic, as it is shown, printed and kept with a case. Amounts are nil where there is
// nothing to compute them from.
type Sheet struct {
	TableID    string         `json:"table_id"`
	Section    string         `json:"section"`
	Mode       string         `json:"mode"`
	Instrument string         `json:"instrument"`
	Validity   string         `json:"validity"`
	Basis      string         `json:"basis"` // the article whose range the result is checked against
	Rows       []SheetRow     `json:"rows"`  // the start and the factors, or the tier
	Percent    int            `json:"percent"`
	Base       registry.Money `json:"base_fen"` // what Percent is of
	Steps      []SheetStep    `json:"steps"`
	// From and Below are the range a person decides in, where the rules give one: from From, less than Below, or up to it where
	// Closed.
	From     *registry.Money `json:"from_fen"`
	Below    *registry.Money `json:"below_fen"`
	Closed   bool            `json:"closed"`
	Result   *registry.Money `json:"result_fen"`   // what the arithmetic comes to
	Proposed *registry.Money `json:"proposed_fen"` // what a person proposes
	Min      *registry.Money `json:"statutory_min_fen"`
	Max      *registry.Money `json:"statutory_max_fen"`
	Check    string          `json:"check"` // against the statutory range, in words
	Warnings []string        `json:"warnings"`
	Aside    []string        `json:"aside"` // rules that the table does not compute: a person looks at them

	noApology  []int // the items of 第十四条第一款 that the answers meet
	askApology []grade
}

// grade is an answer that may meet an item of 第十四条第一款.
type grade struct {
	label string
	item  int
}

// excludes notes that an answer meets an item of 第十四条第一款; 0 is none.
func (x *Sheet) excludes(item int) {
	if item != 0 && !slices.Contains(x.noApology, item) {
		x.noApology = append(x.noApology, item)
	}
}

// asks notes that a grade covers an item of 第十四条第一款 and more: whether the case falls under it is for a person to say.
func (x *Sheet) asks(label string, item int) {
	if item != 0 {
		x.askApology = append(x.askApology, grade{label, item})
	}
}

// SheetRow is one factor with the option taken, its weight and the sum so far (both in per cent; 0 in a table of tiers).
type SheetRow struct {
	Factor  string `json:"factor"`
	Option  string `json:"option"`
	Unknown bool   `json:"unknown"` // 查不明, so the lowest was taken
	Weight  int    `json:"weight"`
	Sum     int    `json:"sum"`
}

// SheetStep is one line of the arithmetic.
type SheetStep struct {
	Rule   string          `json:"rule"`  // 第六条第二款
	Words  string          `json:"words"` // with the numbers in it
	Amount *registry.Money `json:"amount_fen"`
}

// Amount is what the sheet leads to: what a person proposes, else what the arithmetic comes to; nil where neither is.
func (x *Sheet) Amount() *registry.Money {
	if x.Proposed != nil {
		return x.Proposed
	}
	return x.Result
}

func (x *Sheet) step(rule string, amount *registry.Money, format string, args ...any) {
	x.Steps = append(x.Steps, SheetStep{rule, fmt.Sprintf(format, args...), amount})
}

func (x *Sheet) warn(format string, args ...any) {
	x.Warnings = append(x.Warnings, fmt.Sprintf(format, args...))
}

// DiscretionRanges are the fines that the statutes of a table's type provide. The tables quote the law before the Code, so
// these do too, also for a later act: the sheet warns of that.
func (c *Catalogue) DiscretionRanges(t *DiscretionTable) []PenaltyRange {
	vt, ok := c.ViolationType(t.Violation)
	if !ok {
		return nil
	}
	var list []PenaltyRange
	for _, r := range vt.Regimes {
		if r.Kind != RegimeStatutes {
			continue
		}
		for _, p := range r.Penalties {
			if p.Fine() {
				list = append(list, p)
			}
		}
	}
	return list
}

// ApologyExclusions are the eleven cases in which 第十四条 allows no reduction, in its own words.
func (c *Catalogue) ApologyExclusions() []string {
	v, ok := c.Version("guangdong-discretion-provisions", "2021")
	if !ok {
		return nil
	}
	var list []string
	for item := 1; ; item++ {
		text, holding := v.Text(registry.Provision{Article: 14, Paragraph: 1, Item: item})
		if holding != registry.Held {
			return list
		}
		list = append(list, text)
	}
}

// Compute works a table through. It refuses answers that are missing or contradict each other, by field: start, f0…, tier, number, base,
// degree, apology, coefficient. It computes nothing where the data is missing and says so in the sheet's warnings.
func (t *DiscretionTable) Compute(a DiscretionAnswers, circ DiscretionCircumstances) (Sheet, error) {
	x := Sheet{TableID: t.ID, Section: t.Section, Mode: t.Mode, Proposed: circ.Proposed}
	if t.rules != nil {
		x.Instrument, x.Validity = t.rules.Instrument, t.rules.From.String()+" 至 "+t.rules.To.String()
		x.Aside = t.rules.Aside
		t.rules.judgeDays(&x, circ)
	}
	x.excludes(t.NoApology)
	var p registry.Problems
	circ.check(&p)
	if t.Mode == ModeWeights {
		t.weigh(&x, a, &circ, &p)
	} else {
		t.grade(&x, a, &circ, &p)
	}
	if err := p.Err(); err != nil {
		return Sheet{}, err
	}
	t.adjust(&x, circ)
	x.checkRange(circ)
	return x, nil
}

func (c *DiscretionCircumstances) check(p *registry.Problems) {
	if c.Degree == "" {
		c.Degree = Degrees[0]
	}
	if !Degrees.Has(c.Degree) {
		p.Add("degree", "请在%s中选择", strings.Join(Degrees, "、"))
	}
	if c.Apology != nil && (*c.Apology < apologyLeast || *c.Apology > apologyMost) {
		p.Add("apology", "公开道歉承诺按罚款标准的 %d%%～%d%% 降低（第十四条）", apologyLeast, apologyMost)
	}
	if _, ok := coefficient(c.Coefficient); c.Coefficient != "" && !ok {
		p.Add("coefficient", "调整系数总和请写成数字，如 2 或 -1.5，应在 -20 至 20 之间")
	}
}

// judgeDays warns where the act or the decision lies outside the rules' validity, or after the law they quote.
func (d *Discretion) judgeDays(x *Sheet, circ DiscretionCircumstances) {
	for _, day := range []struct {
		name string
		on   registry.Date
	}{{"行为", circ.ActOn}, {"决定", circ.DecidedOn}} {
		switch {
		case day.on.IsZero():
		case day.on.Before(d.From):
			x.warn("%s在 %s，早于本规定施行之日 %s", day.name, day.on, d.From)
		case d.To.Before(day.on):
			x.warn("%s在 %s，晚于本规定有效期届满之日 %s，须核对接续文件", day.name, day.on, d.To)
		}
	}
	if circ.ActOn.IsZero() || !circ.ActOn.Before(CodeDay) {
		x.warn("%s", d.Warning)
	}
}

// weigh adds up 裁量起点 and weights and takes that share of the greatest fine (第六条第二款).
func (t *DiscretionTable) weigh(x *Sheet, a DiscretionAnswers, circ *DiscretionCircumstances, p *registry.Problems) {
	start, ok := t.start(a, p)
	sum := start.Percent
	x.Rows = append(x.Rows, SheetRow{Factor: "裁量起点", Option: start.When, Weight: sum, Sum: sum})
	for i, f := range t.Factors {
		option := f.answer(fmt.Sprintf("f%d", i), nth(a.Options, i, Unanswered), nth(a.Numbers, i, ""), p)
		unknown := option == UnknownAnswer
		if unknown {
			option = f.lowest()
		}
		if option < 0 {
			continue
		}
		o := f.Options[option]
		sum += o.Weight
		x.excludes(o.NoApology)
		x.asks(o.Label, o.AskApology)
		x.Rows = append(x.Rows, SheetRow{f.Name, o.Label, unknown, o.Weight, sum})
	}
	if !ok {
		return
	}
	base, words, found := t.base(start, a, p)
	if !found || len(p.Fields()) > 0 {
		return
	}
	if r, ok := t.statutory(circ.Statutory, start, a); ok {
		x.Min, x.Max, _ = r.bounds(Quantities{Of: baseName(t), Base: a.Base})
		x.Basis = r.Basis[0].String()
	}
	weights := make([]string, len(x.Rows))
	for i, r := range x.Rows {
		weights[i] = fmt.Sprintf("%d%%", r.Weight)
	}
	x.step("第六条第二款", nil, "百分值总和＝%s＝%d%%", strings.Join(weights, "＋"), sum)
	if a.Variant && t.Variant != nil && sum < t.Variant.FloorPercent {
		sum = t.Variant.FloorPercent
		x.step("附件1 "+t.Variant.Section, nil, "总和不足 %d%%，按 %d%%", sum, sum)
	}
	if t.CapPercent > 0 && sum > t.CapPercent {
		sum = t.CapPercent
		x.step("第六条第二款", nil, "累加后最高不超过 %d%%，按 %d%%", sum, sum)
	}
	result := Ratio(sum * 100).Of(base)
	x.Percent, x.Base, x.Result = sum, base, &result
	x.step("附件1 "+t.section(a), &result, "罚款金额＝%d%%×%s＝%s", sum, words, Wan(result))
	if x.Min != nil && result < *x.Min {
		result = *x.Min
		x.step("法定幅度优先", &result, "低于法定最低额，按法定最低额 %s（依据：%s）", Wan(result), x.Basis)
	}
}

func (t *DiscretionTable) section(a DiscretionAnswers) string {
	if a.Variant && t.Variant != nil {
		return t.Variant.Section
	}
	return t.Section
}

func (t *DiscretionTable) start(a DiscretionAnswers, p *registry.Problems) (DiscretionStart, bool) {
	switch {
	case len(t.Starts) == 1:
		return t.Starts[0], true
	case a.Start < 0 || a.Start >= len(t.Starts):
		p.Add("start", "请选择适用哪一个裁量起点")
		return DiscretionStart{}, false
	}
	return t.Starts[a.Start], true
}

// base is the greatest fine of the law, and how the formula writes it.
func (t *DiscretionTable) base(start DiscretionStart, a DiscretionAnswers, p *registry.Problems) (registry.Money, string, bool) {
	switch {
	case start.Base != nil:
		return *start.Base, Wan(*start.Base), true
	case t.Base != nil:
		return *t.Base, Wan(*t.Base), true
	case t.BaseOf == nil:
		p.Add("base", "本表的法定最高罚款数额未收录，不能计算")
	case a.Base == nil:
		p.Add("base", "请填写%s，罚款按它的 %d%% 为上限计算", t.BaseOf.Of, t.BaseOf.Percent)
	default:
		return Ratio(t.BaseOf.Percent * 100).Of(*a.Base), fmt.Sprintf("%s %s×%d%%", t.BaseOf.Of, Wan(*a.Base), t.BaseOf.Percent), true
	}
	return 0, "", false
}

func baseName(t *DiscretionTable) string {
	if t.BaseOf == nil {
		return ""
	}
	return t.BaseOf.Of
}

// statutory finds the range whose greatest fine the table takes shares of.
func (t *DiscretionTable) statutory(ranges []PenaltyRange, start DiscretionStart, a DiscretionAnswers) (PenaltyRange, bool) {
	person := start.When == "个人"
	most := t.Base
	if start.Base != nil {
		most = start.Base
	}
	for _, r := range ranges {
		if r.Personal() != person {
			continue
		}
		if t.Variant != nil && t.variantOf(r) != a.Variant {
			continue
		}
		if r.Compute != nil && t.BaseOf != nil && r.Compute.Of == t.BaseOf.Of || most != nil && r.Max != nil && *r.Max == *most {
			return r, true
		}
	}
	return PenaltyRange{}, false
}

// variantOf reports whether the range is of the law of the table's variant.
func (t *DiscretionTable) variantOf(r PenaltyRange) bool {
	want := strings.NewReplacer("《", "", "》", "").Replace(t.Variant.Basis)
	return slices.ContainsFunc(r.Basis, func(b Reference) bool { return b.Law+b.Provision.String() == want })
}

// lowest is the option of the least weight.
func (f *DiscretionFactor) lowest() int {
	low := 0
	for i, o := range f.Options {
		if o.Weight < f.Options[low].Weight {
			low = i
		}
	}
	return low
}

// answer settles a factor from the option chosen and the number typed.
func (f *DiscretionFactor) answer(field string, option int, number string, p *registry.Problems) int {
	if option >= len(f.Options) {
		option = Unanswered
	}
	if number == "" || option == UnknownAnswer {
		if option == Unanswered {
			p.Add(field, "请选择“%s”；确实查不明的选“查不明”，按最低档计算（第五条）", f.Name)
		}
		return option
	}
	follows, ok := f.ForNumber(number)
	switch {
	case !ok:
		p.Add(field, "%s：“%s”不落在任何一档，请直接选择", f.Name, number)
		return Unanswered
	case option != Unanswered && option != follows:
		p.Add(field, "%s：%s%s应为“%s”，与所选不符", f.Name, number, f.Unit(), f.Options[follows].Label)
		return Unanswered
	}
	return follows
}

// checkRange says where the amount lies in the law's range, and whether what was proposed lies where 第十二条 puts it.
func (x *Sheet) checkRange(circ DiscretionCircumstances) {
	if p := x.Proposed; p != nil && x.From != nil && x.Below != nil &&
		(*p < *x.From || *p > *x.Below || *p == *x.Below && !x.Closed && *x.From != *x.Below) {
		x.warn("拟定金额 %s 不在%s处罚的区间 %s 内（以上含本数，以下不含本数）", Wan(*p), circ.Degree, boundsText(x.From, x.Below))
	}
	if x.Proposed != nil && x.Result != nil && *x.Proposed != *x.Result {
		x.warn("拟定金额 %s 与计算结果 %s 不同，请写明理由", Wan(*x.Proposed), Wan(*x.Result))
	}
	amount := x.Amount()
	switch {
	case amount == nil:
		x.Check = "区间内的具体数额由承办人确定"
	case x.Max == nil:
		x.Check = "法定幅度未核到，不能比对"
	default:
		law := PenaltyRange{Kind: "罚款", Min: x.Min, Max: x.Max}
		x.Check = law.Place(*amount, Quantities{}).Text() + "（" + x.Basis + "，以上、以下均含本数）"
	}
}

func nth[T any](list []T, i int, none T) T {
	if i < len(list) {
		return list[i]
	}
	return none
}

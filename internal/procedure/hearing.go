package procedure

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"casebook/internal/registry"
	"casebook/internal/statute"
)

// weightyKinds are the penalties whose kind alone gives a right to a hearing (行政处罚法第六十三条第一款第三项、第四项).
var weightyKinds = []string{"降低资质等级", "吊销许可证件", "责令停产停业", "责令关闭", "限制从业"}

// weight says whether a penalty is weighty enough for a hearing, and why.
type weight struct {
	obliges registry.Tri // TriUnknown: the thresholds on record differ, or a fact is missing
	why     string       // in Chinese, with each threshold and its source
}

// weight weighs what a decision imposes, or a notice announces. Two thresholds of 较大数额 are on record and which prevails was not verified: a fine
// has to pass both, or to lie below both, before it can be told.
func (x *Facts) weight(d *registry.Document) weight {
	var kinds []string
	confiscated := false
	for i := range x.File.Penalties {
		p := &x.File.Penalties[i]
		if p.DocumentID != 0 && p.DocumentID != d.ID {
			continue
		}
		if slices.Contains(weightyKinds, p.Kind) {
			kinds = append(kinds, p.Kind)
		}
		confiscated = confiscated || p.Monetary() && !p.Fine()
	}
	if len(kinds) > 0 {
		return weight{registry.Yes, "“" + strings.Join(slices.Compact(kinds), "、") + "”依其种类应当告知听证权利"}
	}
	w := x.fineWeight(x.fineOf(d))
	if confiscated && w.obliges != registry.Yes {
		w.obliges = registry.TriUnknown
		w.why += "；没收的“较大数额”本库未收录"
	}
	return w
}

func (x *Facts) fineWeight(fine *registry.Money) weight {
	if fine == nil {
		return weight{registry.TriUnknown, "罚款金额未登记；" + x.thresholdWords()}
	}
	limits := x.hearingLimits()
	above := func(m registry.Money) bool { return *fine > m } // whether the number itself counts is not verified either
	below := func(m registry.Money) bool { return *fine < m }
	obliges, words := registry.TriUnknown, "是否属于较大数额，各口径结论不同、恰为界限或者当事人类别不明"
	switch {
	case len(limits) == 0:
	case !slices.ContainsFunc(limits, func(m registry.Money) bool { return !above(m) }):
		obliges, words = registry.Yes, "各口径均属较大数额"
	case !slices.ContainsFunc(limits, func(m registry.Money) bool { return !below(m) }):
		obliges, words = registry.No, "各口径均不属较大数额"
	}
	return weight{obliges, fmt.Sprintf("罚款 %s 元，%s；%s", fine, words, x.thresholdWords())}
}

// hearingLimits are the amounts that may be the party's 较大数额. Whether an 个体工商户 or a household's farm counts as a citizen is not settled by
// the texts held: for it, and where the party is not known, both kinds of limit.
func (x *Facts) hearingLimits() []registry.Money {
	p, _, _ := x.File.MainParty()
	citizen := !slices.Contains([]string{"公司", "农民专业合作社", "其他组织"}, p.Kind)
	unit := p.Kind != "自然人"
	var list []registry.Money
	for _, h := range x.Law.HearingThresholds() {
		if citizen {
			list = append(list, h.Citizen)
		}
		if unit {
			list = append(list, h.Organisation)
		}
	}
	return list
}

func (x *Facts) thresholdWords() string {
	list := x.Law.HearingThresholds()
	words := make([]string, len(list))
	for i, h := range list {
		words[i] = fmt.Sprintf("%s：公民 %s 元、单位 %s 元（%s，%s）", h.Scope, h.Citizen, h.Organisation, statute.ConfidenceLabel(h.Confidence), cmp.Or(h.Source, "来源未核到"))
	}
	return "听证的数额界限，适用关系未核到：" + strings.Join(words, "；")
}

// hearing asks whether a party who had a right to a hearing was told of it, and got the one asked for.
func (x *Facts) hearing(f *Finding) {
	decision, decided := x.File.Document(registry.DocDecision)
	if !decided {
		return
	}
	_, told := x.File.Document(registry.DocNotice)
	_, held := x.File.Document(registry.DocHearing)
	requests := made(registry.DocHearingRequest)(x.File)
	w := x.weight(&decision)
	switch {
	case held:
		f.say(Sound, "已举行听证")
	case len(requests) > 0:
		x.unheard(f, &w)
	case told:
		f.say(Sound, "已登记事先（听证）告知；%s", w.why)
	case w.obliges == registry.No:
		f.say(Sound, "%s", w.why)
	case w.obliges == registry.Yes && x.File.Case.Origin == registry.OriginField:
		f.say(Defect, "没有听证告知的记录；%s", w.why)
	default:
		f.say(CannotTell, "没有听证告知的记录；%s", w.why)
	}
}

// unheard is of a hearing that was asked for and not held: a defect where the party had the right and asked in time.
func (x *Facts) unheard(f *Finding, w *weight) {
	late, open := false, true
	for _, c := range x.clocks {
		if c.Rule.Code == "HEARING_REQUEST" && c.Done != nil {
			late, open = c.State == Lapsed, c.State == Unknown
		}
	}
	switch {
	case late:
		f.say(Sound, "听证申请在期限届满之后提出")
	case w.obliges == registry.No:
		f.say(CannotTell, "当事人申请听证，没有举行听证的记录；%s", w.why)
	case open || w.obliges != registry.Yes:
		f.say(CannotTell, "当事人申请听证，没有举行听证的记录，是否按期申请、是否属于应当听证的情形请核对；%s", w.why)
	default:
		f.say(Defect, "当事人按期申请听证，没有举行听证的记录；%s", w.why)
	}
}

// HearingOwed says whether a party must be told of the right to a hearing before what a document announces or imposes, and why.
func HearingOwed(x *Facts, d *registry.Document) (registry.Tri, string) {
	w := x.weight(d)
	return w.obliges, w.why
}

package registry

import (
	"cmp"
	"slices"
)

// KindID identifies a kept kind of document.
type KindID int64

// How long the name of a kind, and a word or label of it, may be.
const (
	maxKind = 30
	maxWord = 20
)

// KeptKind is a kind of document that an administrator added to the program's. Documents name it, and the stage of a case follows from it:
// so it keeps its name, code, stage, maker and numbering, and is made inactive instead of removed.
type KeptKind struct {
	ID KindID `json:"id"`
	Meta
	DocumentKind
	Active bool   `json:"active"`
	Note   string `json:"note"`
}

// Clean normalises what was typed.
func (x *KeptKind) Clean() {
	x.Name = DocKind(CleanText(string(x.Name)))
	x.Deadline.EndedBy = DocKind(CleanText(string(x.Deadline.EndedBy)))
	for _, s := range []*string{&x.Code, &x.Note, &x.MadeLabel, &x.DueLabel, &x.AmountLabel, &x.Reached, &x.Deadline.Label, &x.Deadline.Actor, &x.Deadline.Source} {
		*s = CleanText(*s)
	}
	x.ResultWords = cleanTerms(x.ResultWords)
	x.Parts = cleanTerms(x.Parts)
}

// cleanTerms leaves out what is empty or said before.
func cleanTerms(list Terms) Terms {
	var out Terms
	for _, w := range list {
		if w = CleanText(w); w != "" && !out.Has(w) {
			out = append(out, w)
		}
	}
	return out
}

// Validate checks the kind.
func (x *KeptKind) Validate() error {
	var p Problems
	p.required("name", string(x.Name), "文书种类的名称")
	p.text("name", string(x.Name), maxKind)
	p.text("code", x.Code, 10)
	p.text("note", x.Note, 500)
	if k, ok := DocumentKindByName(x.Name); ok {
		p.Add("name", "系统已有“%s”，不必再加", k.Name)
	}
	if x.Stage != "" && stageRank(x.Stage) <= 0 { // no document leads to 已登记
		p.Add("stage", "请从列表选择阶段，或选“不改变阶段”")
	}
	x.validateProperties(&p)
	x.validateDeadline(&p)
	return p.Err()
}

func (x *KeptKind) validateProperties(p *Problems) {
	oneOf(p, "delivery", x.Delivery, Deliveries, "送达或送交的方式")
	oneOf(p, "decider", x.Decider, Deciders, "决定结果的机关")
	oneOf(p, "track", x.Track, Tracks, "办理的支线")
	oneOf(p, "sort", x.Sort, KindSorts, "时间线上的类别")
	for _, label := range []struct{ field, words string }{
		{"made_label", x.MadeLabel}, {"due_label", x.DueLabel}, {"amount_label", x.AmountLabel}, {"reached", x.Reached},
	} {
		p.text(label.field, label.words, maxWord)
	}
	if len(x.ResultWords) > 12 {
		p.Add("result_words", "结果最多 12 种")
	}
	for _, w := range x.ResultWords {
		p.text("result_words", w, maxWord)
	}
	for _, part := range x.Parts {
		p.term("parts", part, ParticipantParts)
	}
	switch {
	case x.Decider != "" && !x.Own:
		p.Add("decider", "其他机关作出的文书不必选择；只用于本机关送交其他机关决定的文书")
	case x.Decider != "" && !x.HasResult():
		p.Add("result_words", "由%s决定结果的，请写明可能的结果", x.Decider)
	}
	if x.Reached != "" && x.Track != TrackDamage {
		p.Add("reached", "只有%s的文书才写明到了哪一步", TrackDamage)
	}
	if x.Orders && x.DueLabel == "" {
		p.Add("due_label", "责令限期办理的，请写明期限的名称，如“改正期限”")
	}
}

func (x *KeptKind) validateDeadline(p *Problems) {
	d := x.Deadline
	if d == (KindDeadline{}) {
		return
	}
	if d.Days < 1 || d.Days > 3650 {
		p.Add("deadline.days", "请填写期限的天数：1 至 3650 的整数")
	}
	p.required("deadline.label", d.Label, "期限内要办的事")
	p.text("deadline.label", d.Label, maxKind)
	p.text("deadline.actor", d.Actor, maxKind)
	p.required("deadline.source", d.Source, "期限的依据，如“内部规定”")
	p.text("deadline.source", d.Source, maxName)
	p.text("deadline.ended_by", string(d.EndedBy), maxKind)
	if d.From == "" {
		p.Add("deadline.from", "请选择期限从哪个日期起算")
	}
	oneOf(p, "deadline.from", d.From, KindDates, "起算的日期")
	oneOf(p, "deadline.done", d.Done, KindEnds, "办结的日期")
	for _, date := range []struct {
		field string
		KindDate
	}{{"deadline.from", d.From}, {"deadline.done", d.Done}} {
		if !x.hasDate(date.KindDate) {
			p.Add(date.field, "这种文书没有“%s”的日期", date.KindDate)
		}
	}
	if d.Done != "" && slices.Index(KindDates, d.Done) <= slices.Index(KindDates, d.From) {
		p.Add("deadline.done", "办结的日期应在起算的日期之后")
	}
}

// hasDate reports whether documents of the kind are asked for a date; none is asked for by an empty name.
func (k *DocumentKind) hasDate(d KindDate) bool {
	switch d {
	case DateServed:
		return k.HasService()
	case DateDue:
		return k.DueLabel != ""
	case DateResult:
		return k.HasResult()
	}
	return true
}

// oneOf adds a problem unless v is empty or in the list.
func oneOf[T ~string](p *Problems, field string, v T, list []T, what string) {
	if v != "" && !slices.Contains(list, v) {
		p.Add(field, "请从列表选择%s", what)
	}
}

// CheckResult refuses a result that neither the register nor the kind knows. Document.Validate knows the program's kinds only.
func (k *DocumentKind) CheckResult(result string) error {
	if result == "" || DocumentResults.Has(result) || k.ResultWords.Has(result) {
		return nil
	}
	var p Problems
	p.term("result", result, k.ResultChoices(""))
	return p.Err()
}

// Become takes over the properties of next as far as documents on record allow; used: there are some. What a date or an amount on record
// means does not change, a word on record stays a word of the kind, and what a document opened stays open: such a property may be given
// where there was none, and not be changed or taken away. How further documents are asked for, and what deadline they start, may change.
func (k *DocumentKind) Become(next KindProperties, used bool) error {
	var p Problems
	if used {
		for _, x := range []struct{ field, was, is, what string }{
			{"delivery", string(k.Delivery), string(next.Delivery), "送达或送交的方式"},
			{"due_label", k.DueLabel, next.DueLabel, "期限的名称"},
			{"amount_label", k.AmountLabel, next.AmountLabel, "金额的名称"},
			{"track", string(k.Track), string(next.Track), "办理的支线"},
		} {
			if x.was != "" && x.was != x.is {
				p.Add(x.field, "已有文书登记为“%s”，%s不能再改", x.was, x.what)
			}
		}
		if next.MadeLabel != k.MadeLabel {
			p.Add("made_label", "已有文书的日期登记为“%s”，名称不能再改", cmp.Or(k.MadeLabel, "作出日期"))
		}
		for _, w := range k.ResultWords {
			if !next.ResultWords.Has(w) {
				p.Add("result_words", "已有文书登记，不能去掉结果“%s”；可以增加", w)
			}
		}
		if k.Persons && !next.Persons {
			p.Add("persons", "已有文书登记了人数，不能去掉")
		}
		if k.Imposes && !next.Imposes {
			p.Add("imposes", "已有处罚可能以这种文书为据，不能去掉")
		}
	}
	if err := p.Err(); err != nil {
		return err
	}
	k.KindProperties = next
	return nil
}

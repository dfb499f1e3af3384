package registry

import (
	"reflect"
	"slices"
	"strings"
	"testing"
)

// TestDocumentKinds: every row is whole, and says nothing that another row or dictionary contradicts.
func TestDocumentKinds(t *testing.T) {
	names, codes := map[DocKind]bool{}, map[string]DocKind{}
	for _, k := range DocumentKinds {
		bad := func(format string, args ...any) {
			t.Helper()
			t.Errorf("%s: "+format, append([]any{k.Name}, args...)...)
		}
		if k.Name == "" || names[k.Name] {
			bad("a name that is empty or taken")
		}
		names[k.Name] = true
		if other, taken := codes[k.Code]; taken && k.Code != "" {
			bad("code %q is that of %s", k.Code, other)
		}
		codes[k.Code] = k.Name
		if k.Stage != "" && stageRank(k.Stage) <= 0 {
			bad("leads to no stage of a case: %q", k.Stage)
		}
		// What an administrator may not give a kind, the program's do not have either.
		row := KeptKind{DocumentKind: k}
		row.Name = "甲"
		if k.Name == DocAppraisal { // it is made for other tracks too, and a step of this one where it stands in it
			row.Reached = ""
		}
		if err := row.Validate(); err != nil {
			bad("Validate = %v", err)
		}
		for _, w := range k.ResultWords {
			if !DocumentResults.Has(w) {
				bad("result %q is in no dictionary", w)
			}
		}
		if k.Persons && k.Delivery != DeliverySent {
			bad("persons are referred to another organ: it is sent")
		}
		if k.Imposes && (k.AmountLabel == "" || !k.Own) {
			bad("a decision that imposes a penalty is ours and names its amount")
		}
		if (k.Track == TrackDamage) != (k.Reached != "") && k.Name != DocAppraisal {
			bad("track %q, reached %q", k.Track, k.Reached)
		}
		if k.Deadline != (KindDeadline{}) {
			bad("a deadline of law belongs to the catalogue")
		}
		if found, ok := DocumentKindByName(k.Name); !ok || !reflect.DeepEqual(found, k) {
			bad("not found by its name")
		}
	}
	for alias, name := range documentAliases {
		if names[alias] || !names[name] {
			t.Errorf("alias %s → %s: want another word for a row", alias, name)
		}
	}
	for _, track := range Tracks {
		if !slices.ContainsFunc(DocumentKinds, func(k DocumentKind) bool { return k.Track == track }) {
			t.Errorf("no kind belongs to the track %s", track)
		}
	}
	for _, d := range Deciders {
		if d.Pending() == "" {
			t.Errorf("no words for an outcome that %s decides", d)
		}
	}
}

// TestStagesFollowTheDictionary: the rows that move a case stand in the order of the stages, so that choosing from the list reads as a
// case goes.
func TestStagesFollowTheDictionary(t *testing.T) {
	last := -1
	for _, k := range DocumentKinds {
		switch k.Stage {
		case "", StageNotFiled, StageFiled: // 立案 and 不予立案 stand side by side
			continue
		}
		if r := stageRank(k.Stage); r < last {
			t.Errorf("%s (%s) stands behind a later stage", k.Name, k.Stage)
		} else {
			last = r
		}
	}
}

func TestKindLabels(t *testing.T) {
	for _, tc := range []struct {
		kind  DocKind
		field string
		want  string
	}{
		{DocOrder, "due_on", "改正期限"}, {DocOrder, "served_on", "送达日期"}, {DocOrder, "organ_name", "送交的机关"},
		{DocNotice, "amount_fen", "拟罚款金额"}, {DocDecision, "amount_fen", "罚款金额"}, {DocEnforcement, "amount_fen", "金额"},
		{DocMonitoring, "made_on", "出具日期"}, {DocMonitoring, "served_on", "收到日期"}, {DocMonitoring, "organ_name", "其他机关"},
		{DocDetention, "served_on", "送交日期"}, {DocStatement, "made_on", "提出日期"}, {DocInstalments, "due_on", "最后一期缴纳期限"},
	} {
		k, _ := DocumentKindByName(tc.kind)
		if got := k.Labels()[tc.field]; got != tc.want {
			t.Errorf("%s: Labels()[%s] = %q, want %q", tc.kind, tc.field, got, tc.want)
		}
	}
}

// talk is an administrator's kind with a bit of everything.
func talk() KeptKind {
	return KeptKind{DocumentKind: DocumentKind{Name: "约谈", Code: "约", Own: true, Numbers: true, KindProperties: KindProperties{Delivery: DeliveryParty, AmountLabel: "承诺投入金额",
		DueLabel: "整改期限", ResultWords: Terms{"已整改", "未整改"}, Persons: true,
		Deadline: KindDeadline{Label: "报送整改报告", Days: 10, Working: true, From: DateServed, Done: DateResult, Actor: "当事人", Source: "内部规定"}}}, Active: true}
}

func TestKeptKindValidate(t *testing.T) {
	for _, tc := range []struct {
		name   string
		change func(x *KeptKind)
		field  string // that the refusal names; empty: none
	}{
		{"whole", func(*KeptKind) {}, ""},
		{"nothing but a name", func(x *KeptKind) { *x = KeptKind{DocumentKind: DocumentKind{Name: "约谈"}} }, ""},
		{"no name", func(x *KeptKind) { x.Name = "" }, "name"},
		{"an alias of the program's", func(x *KeptKind) { x.Name = "处罚决定" }, "name"},
		{"the first stage", func(x *KeptKind) { x.Stage = StageOpened }, "stage"},
		{"no such delivery", func(x *KeptKind) { x.Delivery = "口头" }, "delivery"},
		{"no such track", func(x *KeptKind) { x.Track = "甲" }, "track"},
		{"no such sort", func(x *KeptKind) { x.Sort = "甲" }, "sort"},
		{"no such part", func(x *KeptKind) { x.Parts = Terms{"甲"} }, "parts"},
		{"a long label", func(x *KeptKind) { x.AmountLabel = strings.Repeat("长", maxWord+1) }, "amount_label"},
		{"too many results", func(x *KeptKind) { x.ResultWords = Terms(strings.Split("一二三四五六七八九十甲乙丙", "")) }, "result_words"},
		{"decided elsewhere, made elsewhere", func(x *KeptKind) { x.Decider, x.Own = DeciderPolice, false }, "decider"},
		{"decided elsewhere, no results", func(x *KeptKind) { x.Decider, x.ResultWords, x.Deadline = DeciderPolice, nil, KindDeadline{} }, "result_words"},
		{"a step of no track", func(x *KeptKind) { x.Reached = "磋商中" }, "reached"},
		{"a step of damages", func(x *KeptKind) { x.Track, x.Reached = TrackDamage, "已评估" }, ""},
		{"orders without a term", func(x *KeptKind) { x.Orders, x.DueLabel = true, "" }, "due_label"},
		{"no days", func(x *KeptKind) { x.Deadline.Days = 0 }, "deadline.days"},
		{"days without end", func(x *KeptKind) { x.Deadline.Days = 4000 }, "deadline.days"},
		{"no beginning", func(x *KeptKind) { x.Deadline.From = "" }, "deadline.from"},
		{"no source", func(x *KeptKind) { x.Deadline.Source = "" }, "deadline.source"},
		{"no word for what is to be done", func(x *KeptKind) { x.Deadline.Label = "" }, "deadline.label"},
		{"from a service that there is not", func(x *KeptKind) { x.Delivery = "" }, "deadline.from"},
		{"until a result that there is not", func(x *KeptKind) { x.ResultWords = nil }, "deadline.done"},
		{"until the day it began", func(x *KeptKind) { x.Deadline.Done = DateServed }, "deadline.done"},
		{"until the term that it sets", func(x *KeptKind) { x.Deadline.Done = DateDue }, "deadline.done"},
		{"from the term that it sets", func(x *KeptKind) { x.Deadline.From = DateDue }, ""},
		{"until a later document", func(x *KeptKind) { x.Deadline.Done, x.Deadline.EndedBy = "", DocRecheck }, ""},
	} {
		x := talk()
		tc.change(&x)
		var fields []string
		if err := x.Validate(); err != nil {
			for _, f := range err.(*Error).Fields { //nolint:errorlint // Validate returns no other
				fields = append(fields, f.Field)
			}
		}
		if tc.field == "" && len(fields) > 0 || tc.field != "" && !slices.Contains(fields, tc.field) {
			t.Errorf("%s: refused %v, want %q", tc.name, fields, tc.field)
		}
	}
}

func TestKeptKindClean(t *testing.T) {
	x := talk()
	x.Name, x.ResultWords, x.Deadline.Source = " 约谈 ", Terms{" 已整改", "", "已整改", "未整改"}, "内部规定\r\n"
	x.Clean()
	if want := talk(); !reflect.DeepEqual(x, want) {
		t.Errorf("Clean = %+v, want %+v", x, want)
	}
}

// TestBecome: what documents on record mean does not change.
func TestBecome(t *testing.T) {
	for _, tc := range []struct {
		name   string
		change func(p *KindProperties)
		field  string // that a kind in use refuses; empty: none
	}{
		{"nothing", func(*KindProperties) {}, ""},
		{"another way to reach people", func(p *KindProperties) { p.Delivery = DeliverySent }, "delivery"},
		{"no amount any more", func(p *KindProperties) { p.AmountLabel = "" }, "amount_label"},
		{"another term", func(p *KindProperties) { p.DueLabel = "缴纳期限" }, "due_label"},
		{"another word for its day", func(p *KindProperties) { p.MadeLabel = "收到日期" }, "made_label"},
		{"a result less", func(p *KindProperties) { p.ResultWords = Terms{"已整改"} }, "result_words"},
		{"a result more", func(p *KindProperties) { p.ResultWords = Terms{"已整改", "未整改", "部分整改"} }, ""},
		{"no persons", func(p *KindProperties) { p.Persons = false }, "persons"},
		{"a track", func(p *KindProperties) { p.Track = TrackDetention }, ""},
		{"another deadline", func(p *KindProperties) { p.Deadline.Days = 20 }, ""},
		{"time that does not count", func(p *KindProperties) { p.Stops = true }, ""},
	} {
		for _, used := range []bool{false, true} {
			k := talk().DocumentKind
			next := talk().KindProperties
			tc.change(&next)
			err := k.Become(next, used)
			refused := used && tc.field != ""
			switch {
			case refused != (err != nil):
				t.Errorf("%s, used %t: Become = %v", tc.name, used, err)
			case refused && (err.(*Error).Fields[0].Field != tc.field || !reflect.DeepEqual(k, talk().DocumentKind)): //nolint:errorlint // no other
				t.Errorf("%s: refused for %v, kind %+v; want %s and the kind as it was", tc.name, err, k, tc.field)
			case !refused && !reflect.DeepEqual(k.KindProperties, next):
				t.Errorf("%s, used %t: %+v, want %+v", tc.name, used, k.KindProperties, next)
			}
		}
	}
}

// TestDocumentOfAnyKind: what happened is recorded, also where the row does not ask for it. Only a result must be a word of the
// register or of the kind.
func TestDocumentOfAnyKind(t *testing.T) {
	amount, persons := Yuan(1), int64(1)
	for _, k := range append(slices.Clone(DocumentKinds), talk().DocumentKind) {
		x := Document{Kind: k.Name, MadeOn: Day(2025, 3, 3), ServedOn: Day(2025, 3, 4), ServiceMode: ServiceModes[0], OrderMode: OrderModes[1], DueOn: Day(2025, 4, 1),
			Amount: &amount, Persons: &persons, ExcludedFrom: Day(2025, 3, 5), Content: "内容", Result: "其他"}
		if err := x.Validate(); err != nil {
			t.Errorf("%s: Validate = %v", k.Name, err)
		}
		for _, w := range k.ResultChoices("旧结果") {
			want := DocumentResults.Has(w) || k.ResultWords.Has(w)
			if err := k.CheckResult(w); (err == nil) != want {
				t.Errorf("%s: CheckResult(%s) = %v", k.Name, w, err)
			}
		}
	}
	if x := (Document{Kind: DocRecheck, Result: "已整改"}); x.Validate() == nil {
		t.Error("a kind of the program took a result that is another kind's")
	}
}

func TestKindsFind(t *testing.T) {
	added := talk().DocumentKind
	f := &CaseFile{Kinds: Kinds{added}}
	for name, want := range map[DocKind]DocKind{"约谈": "约谈", "处罚决定": DocDecision, DocClosing: DocClosing, "没有的": "没有的"} {
		if got := f.Kind(name); got.Name != want {
			t.Errorf("Kind(%s) = %s, want %s", name, got.Name, want)
		}
	}
	if k := f.Kind("没有的"); !reflect.DeepEqual(k, DocumentKind{Name: "没有的"}) {
		t.Errorf("a kind that nobody keeps = %+v", k)
	}
}

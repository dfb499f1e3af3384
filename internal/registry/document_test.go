package registry

import (
	"slices"
	"testing"
)

func validDocument() Document {
	return Document{CaseID: 1, Kind: DocDecision, Participants: []Participant{{Name: "甲", Part: "承办"}},
		Citations: []Citation{{Role: RoleBasis, Standing: StandingConfirmed, Law: "中华人民共和国水污染防治法", Provision: Provision{Article: 83}}}}
}

func TestDocumentClean(t *testing.T) {
	checkClean(t, Document{Kind: " 行政处罚决定书 ", PartyName: " 甲公司", NumberTyped: " 江恩环罚[2024] 12号", ServiceMode: "直接送达 ", OrganName: " 公安 ", People: "乙 ", Content: "甲\r\n乙",
		OrderMode: " 立即改正", Result: "维持 ", ResultNote: " 注", Note: "\u200b", Participants: []Participant{{Name: " "}, {Name: " 甲 ", Part: "承办"}, {OfficerID: 3}},
		Citations: []Citation{{Law: "甲"}, {Standing: StandingPublished}}},
		Document{Kind: DocDecision, PartyName: "甲公司", NumberTyped: "江恩环罚[2024] 12号", Number: "江恩环罚〔2024〕12号", ServiceMode: "直接送达", OrganName: "公安", People: "乙", Content: "甲\n乙",
			OrderMode: "立即改正", Result: "维持", ResultNote: "注", Participants: []Participant{{Name: "甲", Part: "承办"}, {OfficerID: 3}},
			Citations: []Citation{{Law: "甲", Standing: StandingConfirmed}, {Standing: StandingPublished}}})
}

func TestDocumentValidate(t *testing.T) {
	checkRules(t, validDocument, []limit[Document]{
		{"number", 200, func(x *Document) *string { return &x.NumberTyped }},
		{"party_name", 200, func(x *Document) *string { return &x.PartyName }},
		{"organ_name", 200, func(x *Document) *string { return &x.OrganName }},
		{"people", 500, func(x *Document) *string { return &x.People }},
		{"content", 20000, func(x *Document) *string { return &x.Content }},
		{"result_note", 2000, func(x *Document) *string { return &x.ResultNote }},
		{"note", 2000, func(x *Document) *string { return &x.Note }},
		{"participants.0.name", 200, func(x *Document) *string { return &x.Participants[0].Name }},
	}, []rule[Document]{
		{"of no kind", func(x *Document) { x.Kind = "" }, []string{"kind: 请填写文书种类"}},
		{"of a kind that an administrator may have added", func(x *Document) { x.Kind = "约谈" }, nil},
		{"of a kind with too long a name", func(x *Document) {
			x.Kind = "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一"
		}, []string{"kind: 太长：31 字，最多 30 字"}},
		{"reopened without saying why", func(x *Document) { x.Kind = DocReopened }, []string{"content: 请写明为什么恢复办理"}},
		{"reopened", func(x *Document) { x.Kind, x.Content = DocReopened, "误结案" }, nil},
		{"unknown words", func(x *Document) {
			x.ServiceMode, x.OrderMode, x.Result, x.Participants[0].Part = "甲", "乙", "丙", "丁"
		},
			[]string{"service_mode: " + outside("甲", ServiceModes), "order_mode: " + outside("乙", OrderModes), "result: " + outside("丙", DocumentResults),
				"participants.0.part: " + outside("丁", ParticipantParts)}},
		{"amounts below nothing", func(x *Document) { x.Persons, x.Amount = ptr(int64(-1)), ptr(Money(-1)) }, []string{"persons: 数量不能为负数", "amount_fen: 金额不能为负数"}},
		{"amount beyond all", func(x *Document) { x.Amount = ptr(MaxMoney + 1) }, []string{"amount_fen: 金额过大，请核对"}},
		{"time that ends before it begins", func(x *Document) { x.ExcludedFrom, x.ExcludedTo = Day(2024, 5, 2), Day(2024, 5, 1) }, []string{"excluded_to: 不计入期限的时间，止日早于起日"}},
		{"time without a beginning", func(x *Document) { x.ExcludedTo = Day(2024, 5, 1) }, []string{"excluded_from: 请填写不计入期限的时间从哪天起"}},
		{"time still running", func(x *Document) { x.ExcludedFrom = Day(2024, 5, 1) }, nil},
		{"person without a part", func(x *Document) { x.Participants[0].Part = "" }, []string{"participants.0.part: 请选择甲在这份文书中的身份"}},
		{"thirty-one persons", func(x *Document) { x.Participants = slices.Repeat(x.Participants, 31) }, []string{"participants: 参加人最多 30 名"}},
		{"citation of no law", func(x *Document) { x.Citations[0].Law = "" }, []string{"citations.0.law: 请填写法律名称"}},
	})
}

// A case that still waits for a decision lies on the way; only a closed one is read-only.
func TestStageProperties(t *testing.T) {
	onTheWay, closed := []Stage{}, []Stage{}
	for _, s := range Stages {
		if s.OnTheWay() {
			onTheWay = append(onTheWay, s)
		}
		if s.Closed() {
			closed = append(closed, s)
		}
	}
	if want := []Stage{StageOpened, StageOrdered, StageFiled, StageNotified}; !slices.Equal(onTheWay, want) {
		t.Errorf("on the way: %v, want %v", onTheWay, want)
	}
	if want := []Stage{StageClosed}; !slices.Equal(closed, want) {
		t.Errorf("closed: %v, want %v", closed, want)
	}
}

// What a document does to a case at each stage: forward it moves, back only 恢复办理 and a decision after an annulment do.
func TestStageOfEveryPair(t *testing.T) {
	reached := []struct {
		kind  DocKind
		stage Stage
	}{{DocOrder, StageOrdered}, {DocNotFiled, StageNotFiled}, {DocFiling, StageFiled}, {DocNotice, StageNotified}, {DocDecision, StageDecided},
		{DocNoPenalty, StageNoPenalty}, {DocAnnulled, StageAnnulled}, {DocClosing, StageClosed}}
	for i, first := range reached {
		for j, second := range reached {
			want := first.stage
			if j > i || first.kind == DocAnnulled && slices.Contains([]DocKind{DocNotice, DocDecision, DocNoPenalty}, second.kind) {
				want = second.stage
			}
			if got := StageOf(docs(first.kind, second.kind)); got != want {
				t.Errorf("%s, then %s: %s, want %s", first.kind, second.kind, got, want)
			}
		}
		for _, still := range []DocKind{DocRecheck, DocMonitoring, DocDetention, DocUrge, DocPublication} {
			if got := StageOf(docs(first.kind, still)); got != first.stage {
				t.Errorf("%s, then %s: %s, want %s", first.kind, still, got, first.stage)
			}
		}
	}
}

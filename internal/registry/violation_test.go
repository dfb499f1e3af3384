package registry

import (
	"slices"
	"testing"
)

func validViolation() Violation {
	return Violation{CaseID: 1, TypeCode: "WATER_EVASION", Facts: "偷排", ActFrom: Month(2024, 3), ActTo: Day(2024, 3, 20), Checklist: []ElementAnswer{{Key: "a", Answer: "具备"}},
		Citations: []Citation{{Role: RoleBreached, Standing: StandingConfirmed, Law: "中华人民共和国水污染防治法", Provision: Provision{Article: 39}}}}
}

func TestViolationClean(t *testing.T) {
	checkClean(t, Violation{TypeCode: " A ", Facts: "甲\r\n乙", Place: " 塘", ChoiceReason: "因 ", Note: "\u200b",
		Citations: []Citation{{Law: " 水法 ", Text: "第一条\r\n", Reason: " 因", Note: "注 "}, {Standing: StandingReview}}},
		Violation{TypeCode: "A", Facts: "甲\n乙", Place: "塘", ChoiceReason: "因",
			Citations: []Citation{{Law: "水法", Text: "第一条", Reason: "因", Note: "注", Standing: StandingConfirmed}, {Standing: StandingReview}}})
}

func TestViolationValidate(t *testing.T) {
	cited := func(edit func(c *Citation)) func(*Violation) { return func(x *Violation) { edit(&x.Citations[0]) } }
	number, place := []string{"citations.0.article: 条号应在 1 至 2000 之间"}, []string{"citations.0.article: 款、项、目的序号不合理"}
	checkRules(t, validViolation, []limit[Violation]{
		{"facts", 20000, func(x *Violation) *string { return &x.Facts }},
		{"type_code", 60, func(x *Violation) *string { return &x.TypeCode }},
		{"place", 500, func(x *Violation) *string { return &x.Place }},
		{"choice_reason", 2000, func(x *Violation) *string { return &x.ChoiceReason }},
		{"note", 20000, func(x *Violation) *string { return &x.Note }},
		{"checklist.0.note", 500, func(x *Violation) *string { return &x.Checklist[0].Note }},
		{"citations.0.law", 200, func(x *Violation) *string { return &x.Citations[0].Law }},
		{"citations.0.text", 20000, func(x *Violation) *string { return &x.Citations[0].Text }},
		{"citations.0.reason", 2000, func(x *Violation) *string { return &x.Citations[0].Reason }},
		{"citations.0.note", 2000, func(x *Violation) *string { return &x.Citations[0].Note }},
	}, []rule[Violation]{
		{"of a type alone", func(x *Violation) { *x = Violation{TypeCode: "A"} }, nil},
		{"of no type, in words", func(x *Violation) { *x = Violation{Facts: "偷排"} }, nil},
		{"nothing", func(x *Violation) { *x = Violation{} }, []string{"type_code: 请选择违法行为类型；没有合适类型的，请写明违法事实"}},
		{"ended before it began", func(x *Violation) { x.ActTo = Day(2024, 2, 29) }, []string{"act_to: 行为终了早于行为开始"}},
		{"ended in the month it began", func(x *Violation) { x.ActTo = Day(2024, 3, 1) }, nil},
		{"unknown words", func(x *Violation) {
			x.Continuing, x.VersionChoice, x.ChoiceReason, x.Checklist[0].Answer = "甲", "乙", "因", "丙"
		},
			[]string{"continuing: " + outside("甲", Terms{"是", "否"}), "version_choice: " + outside("乙", VersionChoices), "checklist.0.answer: " + outside("丙", ElementAnswers)}},
		{"a choice without a reason", func(x *Violation) { x.VersionChoice = "从轻" }, []string{"choice_reason: 选择了“从轻”，请写明理由"}},
		{"too many elements", func(x *Violation) { x.Checklist = slices.Repeat(x.Checklist, 31) }, []string{"checklist: 要件最多 30 项"}},
		{"too many citations", func(x *Violation) { x.Citations = slices.Repeat(x.Citations, 61) }, []string{"citations: 引用条款最多 60 条"}},
		{"a quotation is neither breached nor a basis", cited(func(c *Citation) { c.Role = RoleQuote }), []string{"citations.0.role: 引用条款应为违反条款或处罚依据"}},
		{"of unknown standing", cited(func(c *Citation) { c.Standing = "听说" }), []string{"citations.0.standing: 不认识的引用来源“听说”"}},
		{"of no law", cited(func(c *Citation) { c.Law = "" }), []string{"citations.0.law: 请填写法律名称"}},
		{"of no article", cited(func(c *Citation) { c.Article = 0 }), number},
		{"of an article beyond any law", cited(func(c *Citation) { c.Article = 2001 }), number},
		{"negative 之", cited(func(c *Citation) { c.Sub = -1 }), place},
		{"hundredth paragraph", cited(func(c *Citation) { c.Paragraph = 100 }), place},
		{"hundredth item", cited(func(c *Citation) { c.Item = 100 }), place},
		{"negative sub-item", cited(func(c *Citation) { c.Subitem = -1 }), place},
		{"that the version has not", cited(func(c *Citation) { c.Holding, c.Article = Absent, 200 }), []string{"citations.0.article: 《中华人民共和国水污染防治法》该版本没有第二百条，请核对"}},
		{"that was printed so", cited(func(c *Citation) { c.Holding, c.Standing = Absent, StandingPublished }), nil},
		{"other than offered, without a reason", cited(func(c *Citation) { c.Standing = StandingChanged }), []string{"citations.0.reason: 与系统提供的条款不同，请写明理由"}},
	})
}

// What is cited is what was published, offered, confirmed or changed; our own review only where it is asked for.
func TestCited(t *testing.T) {
	cite := func(role CitationRole, s CitationStanding, article int) Citation {
		return Citation{Role: role, Standing: s, Provision: Provision{Article: article}}
	}
	x := Violation{Citations: []Citation{cite(RoleBreached, StandingPublished, 1), cite(RoleBasis, StandingConfirmed, 2), cite(RoleBreached, StandingReview, 3),
		cite(RoleBreached, StandingConfirmed, 4), cite(RoleBasis, StandingReview, 5)}}
	for _, c := range []struct {
		name string
		got  []Citation
		want []int
	}{
		{"breached", x.Breached(), []int{1, 4}},
		{"basis", x.Basis(), []int{2}},
		{"breached as published", x.Breached(StandingPublished), []int{1}},
		{"breached by our review", x.Breached(StandingReview), []int{3}},
		{"basis of two standings", x.Basis(StandingReview, StandingConfirmed), []int{2, 5}},
	} {
		var got []int
		for _, v := range c.got {
			got = append(got, v.Article)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: articles %v, want %v", c.name, got, c.want)
		}
	}
}

func TestProvisionText(t *testing.T) {
	for _, c := range []struct {
		p         Provision
		text, key string
	}{
		{Provision{}, "", "0"},
		{Provision{Article: 39}, "第三十九条", "39"},
		{Provision{Article: 120, Sub: 1}, "第一百二十条之一", "120-1"},
		{Provision{Article: 83, Paragraph: 2}, "第八十三条第二款", "83.2"},
		{Provision{Article: 83, Item: 3}, "第八十三条第（三）项", "83.0.3"},
		{Provision{Article: 83, Paragraph: 2, Item: 3, Subitem: 4}, "第八十三条第二款第（三）项第4目", "83.2.3.4"},
	} {
		if got, key := c.p.String(), c.p.Key(); got != c.text || key != c.key {
			t.Errorf("%+v: %s, key %s; want %s, %s", c.p, got, key, c.text, c.key)
		}
	}
	c := Citation{Law: "中华人民共和国水污染防治法", Provision: Provision{Article: 39}}
	if got, want := c.String(), "《中华人民共和国水污染防治法》第三十九条"; got != want {
		t.Errorf("Citation = %s, want %s", got, want)
	}
	q := StatuteQuote{LawID: "water", VersionID: "2017", Provision: Provision{Article: 83, Paragraph: 2}}
	if got, want := q.Key(), "water|2017|83.2"; got != want {
		t.Errorf("key of a quote = %s, want %s", got, want)
	}
	for n, want := range map[int]string{-1: "-1", 100000: "100000"} {
		if got := ChineseNumeral(n); got != want {
			t.Errorf("ChineseNumeral(%d) = %s, want %s", n, got, want)
		}
	}
}

func TestDiscretionSheet(t *testing.T) {
	checkClean(t, DiscretionSheet{Note: " 注\r\n"}, DiscretionSheet{Note: "注"})
	checkRules(t, func() DiscretionSheet {
		return DiscretionSheet{ViolationID: 1, TableID: "GD-2.8.1", Sheet: []byte(`{}`)}
	}, []limit[DiscretionSheet]{
		{"table_id", 60, func(x *DiscretionSheet) *string { return &x.TableID }},
		{"answers", 20000, func(x *DiscretionSheet) *string { return &x.Answers }},
		{"note", 2000, func(x *DiscretionSheet) *string { return &x.Note }},
	}, []rule[DiscretionSheet]{
		{"of nothing", func(x *DiscretionSheet) { x.ViolationID, x.TableID = 0, "" }, []string{"violation_id: 请选择是哪一项违法行为的裁量", "table_id: 请填写裁量表"}},
		{"below nothing", func(x *DiscretionSheet) { x.Result = ptr(Money(-1)) }, []string{"result_fen: 金额不能为负数"}},
		{"cut short", func(x *DiscretionSheet) { x.Sheet = []byte(`{"a":`) }, []string{"sheet: 裁量表的内容不完整"}},
	})
}

package registry

import "testing"

func TestBulletinClean(t *testing.T) {
	checkClean(t, Bulletin{Title: " 通报 ", Lead: "甲\r\n乙", Issuer: " 局", Byline: "记者\u200b", Number: "江环\u202e通〔2026〕1号", AddressedTo: " 各分局\u200d", CopiedTo: "<p class=MsoNormal>市府办</p>", WithdrawReason: " 误", ReturnReason: "改 ",
		Cases: []BulletinCase{{Title: " 案 ", Facts: "甲\r\n乙", Handling: " 罚", Meaning: "<p class=MsoNormal>教训&nbsp;<o:p></o:p></p><p>二</p>"}}},
		Bulletin{Title: "通报", Lead: "甲\n乙", Issuer: "局", Byline: "记者", Number: "江环通〔2026〕1号", AddressedTo: "各分局", CopiedTo: "市府办", WithdrawReason: "误", ReturnReason: "改",
			Cases: []BulletinCase{{Title: "案", Facts: "甲\n乙", Handling: "罚", Meaning: "教训\n二"}}, Origin: OriginField, State: BulletinDraft})
	checkClean(t, Bulletin{Origin: OriginSample, State: BulletinApproved}, Bulletin{Origin: OriginSample, State: BulletinApproved})
}

func TestBulletinValidate(t *testing.T) {
	checkRules(t, func() Bulletin {
		return Bulletin{Origin: OriginField, Title: "通报", State: BulletinDraft, Cases: []BulletinCase{{CaseID: 1, Title: "甲案"}, {CaseID: 2, Title: "乙案"}}}
	}, []limit[Bulletin]{
		{"title", 200, func(x *Bulletin) *string { return &x.Title }},
		{"lead", 20000, func(x *Bulletin) *string { return &x.Lead }},
		{"issuer", 200, func(x *Bulletin) *string { return &x.Issuer }},
		{"byline", 200, func(x *Bulletin) *string { return &x.Byline }},
		{"cases.0.title", 200, func(x *Bulletin) *string { return &x.Cases[0].Title }},
		{"cases.1.facts", 20000, func(x *Bulletin) *string { return &x.Cases[1].Facts }},
		{"cases.1.meaning", 20000, func(x *Bulletin) *string { return &x.Cases[1].Meaning }},
		{"cases.1.handling", 20000, func(x *Bulletin) *string { return &x.Cases[1].Handling }},
	}, []rule[Bulletin]{
		{"of no case yet", func(x *Bulletin) { x.Cases = nil }, nil},
		{"without titles", func(x *Bulletin) { x.Title, x.Cases[1].Title = "", "" }, []string{"title: 请填写通报标题", "cases.1.title: 请填写案件标题"}},
		{"of an unknown origin", func(x *Bulletin) { x.Origin = "甲" }, []string{"origin: " + outside("甲", Origins)}},
		{"of one case twice", func(x *Bulletin) { x.Cases[1].CaseID = 1 }, []string{"cases.1.case_id: 同一案件选了两次"}},
		{"addressed in a script from right to left", func(x *Bulletin) { x.Number, x.AddressedTo, x.CopiedTo = "א1", "ب局", "ج局" },
			[]string{"number: 含有从右向左书写的文字“א”，通报排不出来，请改写", "addressed_to: 含有从右向左书写的文字“ب”，通报排不出来，请改写", "copied_to: 含有从右向左书写的文字“ج”，通报排不出来，请改写"}},
		{"in a script from right to left", func(x *Bulletin) { x.Lead, x.Cases[1].Meaning = "甲عربي", "עב" },
			[]string{"lead: 含有从右向左书写的文字“ع”，通报排不出来，请改写", "cases.1.meaning: 含有从右向左书写的文字“ע”，通报排不出来，请改写"}},
		{"with sections", func(x *Bulletin) { x.Sections = []BulletinSection{{PartHandling, "查处"}} }, nil},
		{"of the law alone", func(x *Bulletin) { x.Sections = []BulletinSection{{PartLaw, "以案说法"}} }, []string{"sections: 至少要有案情或查处一栏"}},
		{"with a section twice", func(x *Bulletin) { x.Sections = []BulletinSection{{PartFacts, "甲"}, {PartFacts, ""}, {"乙", "乙"}} },
			[]string{"sections.1.part: “案情”已经有一栏了", "sections.1.heading: 请填写栏目名称", "sections.2.part: " + outside("乙", BulletinParts)}},
		{"of too many cases", func(x *Bulletin) {
			x.Cases = nil
			for i := range 201 {
				x.Cases = append(x.Cases, BulletinCase{CaseID: CaseID(i + 1), Title: "案"})
			}
		}, []string{"cases: 一期通报最多 200 个案件，现有 201 个；请分成几期"}},
	})
}

// All that is printed is looked through for leaks, and nothing else: not the reasons that people gave each other.
func TestPublicText(t *testing.T) {
	x := Bulletin{Title: "题", Lead: "导语", Issuer: "局", Byline: "记者", Number: "通3号", AddressedTo: "各局", CopiedTo: "某办", WithdrawReason: "撤", ReturnReason: "退",
		Cases: []BulletinCase{{Title: "甲", Facts: "乙", Handling: "丙", Meaning: "戊"}, {Title: "丁"}}}
	if got, want := x.PublicText(), "题\n导语\n局\n记者\n通3号\n各局\n某办\n甲\n乙\n丙\n戊\n丁"; got != want {
		t.Errorf("PublicText = %q, want %q", got, want)
	}
}

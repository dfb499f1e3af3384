package registry

import (
	"fmt"
	"strings"
	"testing"
)

func validCase() Case {
	return Case{Origin: OriginField, Title: "某场案", DistrictCode: "440785", Source: "日常检查", Stage: StageOpened,
		Parties: []CaseParty{{PartyID: 1, Role: "单位"}, {PartyID: 2, Role: "责任人"}}, Inspections: []InspectionID{1, 2}}
}

func TestCaseClean(t *testing.T) {
	checkClean(t, Case{Title: " 某场案 ", Number: "江恩环立﹝2024﹞ 3号", DistrictCode: " 440785", Source: "日常检查 ", Summary: "甲\r\n乙", Handling: "\u200b罚款", Note: " ",
		Parties: []CaseParty{{PartyID: 1, NameAtAct: " 甲公司 "}, {PartyID: 2, Role: "责任人"}}},
		Case{Title: "某场案", Number: "江恩环立〔2024〕3号", DistrictCode: "440785", Source: "日常检查", Summary: "甲\n乙", Handling: "罚款", Origin: OriginField, Stage: StageOpened,
			Parties: []CaseParty{{PartyID: 1, Role: "单位", NameAtAct: "甲公司"}, {PartyID: 2, Role: "责任人"}}})
	checkClean(t, Case{Origin: OriginPublished, Stage: StageDecided}, Case{Origin: OriginPublished, Stage: StageDecided})
}

func TestCaseValidate(t *testing.T) {
	checkRules(t, validCase, []limit[Case]{
		{"title", 200, func(x *Case) *string { return &x.Title }},
		{"number", 200, func(x *Case) *string { return &x.Number }},
		{"summary", 20000, func(x *Case) *string { return &x.Summary }},
		{"handling", 20000, func(x *Case) *string { return &x.Handling }},
		{"note", 20000, func(x *Case) *string { return &x.Note }},
		{"parties.0.name_at_act", 200, func(x *Case) *string { return &x.Parties[0].NameAtAct }},
	}, []rule[Case]{
		{"least of a published case", func(x *Case) { *x = Case{Title: "案", Origin: OriginPublished, DistrictCode: "440703"} }, nil},
		{"nothing", func(x *Case) { *x = Case{} }, []string{"title: 请填写案件名称", "district_code: 请选择辖区"}},
		{"district of no code", func(x *Case) { x.DistrictCode = "4401" }, []string{"district_code: 辖区代码“4401”应为六位数字"}},
		{"unknown origin", func(x *Case) { x.Origin = "听说" }, []string{"origin: " + outside("听说", Origins)}},
		{"unknown source", func(x *Case) { x.Source = "风闻" }, []string{"source: " + outside("风闻", CaseSources)}},
		{"party not chosen", func(x *Case) { x.Parties[0].PartyID = 0 }, []string{"parties.0.party_id: 请选择当事人"}},
		{"party twice", func(x *Case) { x.Parties[1].PartyID = 1 }, []string{"parties.1.party_id: 同一当事人选了两次"}},
		{"unknown role of a party", func(x *Case) { x.Parties[1].Role = "证人" }, []string{"parties.1.role: " + outside("证人", PartyRoles)}},
		{"eleven parties", func(x *Case) {
			x.Parties = nil
			for i := range 11 {
				x.Parties = append(x.Parties, CaseParty{PartyID: PartyID(i + 1), Role: "单位"})
			}
		}, []string{"parties: 当事人最多 10 个"}},
		{"inspection twice", func(x *Case) { x.Inspections = []InspectionID{3, 3} }, []string{"inspections.1.id: 同一检查关联了两次"}},
		{"too many inspections", func(x *Case) {
			x.Inspections = nil
			for i := range 101 {
				x.Inspections = append(x.Inspections, InspectionID(i+1))
			}
		}, []string{"inspections: 关联检查最多 100 次"}},
	})
}

func TestReviewNote(t *testing.T) {
	checkClean(t, ReviewNote{About: " 第三十九条 ", Printed: "甲\u200b", Official: " 乙", Kind: "漏引 ", Severity: " 提示", Note: "注\r\n"},
		ReviewNote{About: "第三十九条", Printed: "甲", Official: "乙", Kind: "漏引", Severity: "提示", Note: "注"})
	checkRules(t, func() ReviewNote { return ReviewNote{About: "第三十九条", Severity: "重大"} }, []limit[ReviewNote]{
		{"about", 500, func(x *ReviewNote) *string { return &x.About }},
		{"kind", 50, func(x *ReviewNote) *string { return &x.Kind }},
		{"printed", 2000, func(x *ReviewNote) *string { return &x.Printed }},
		{"official", 2000, func(x *ReviewNote) *string { return &x.Official }},
		{"note", 2000, func(x *ReviewNote) *string { return &x.Note }},
	}, []rule[ReviewNote]{
		{"about nothing", func(x *ReviewNote) { x.About = "" }, []string{"about: 请填写意见针对的内容"}},
		{"unknown severity", func(x *ReviewNote) { x.Severity = "严重" }, []string{"severity: " + outside("严重", ReviewSeverities)}},
	})
}

func TestEvidence(t *testing.T) {
	checkClean(t, Evidence{Kind: " 照片", Title: " 现场照片 ", Number: "1 ", Maker: " 甲", Proves: "偷排\r\n", Note: "\ufeff注"},
		Evidence{Kind: "照片", Title: "现场照片", Number: "1", Maker: "甲", Proves: "偷排", Note: "注"})
	checkRules(t, func() Evidence { return Evidence{CaseID: 1, Kind: "照片", Title: "现场照片"} }, []limit[Evidence]{
		{"title", 200, func(x *Evidence) *string { return &x.Title }},
		{"number", 200, func(x *Evidence) *string { return &x.Number }},
		{"maker", 200, func(x *Evidence) *string { return &x.Maker }},
		{"proves", 2000, func(x *Evidence) *string { return &x.Proves }},
		{"note", 2000, func(x *Evidence) *string { return &x.Note }},
	}, []rule[Evidence]{
		{"of an inspection", func(x *Evidence) { x.CaseID, x.InspectionID = 0, 4 }, nil},
		{"of nothing", func(x *Evidence) { x.CaseID = 0 }, []string{"case_id: 证据应属于一个案件或一次检查"}},
		{"unnamed", func(x *Evidence) { x.Kind, x.Title = "", "" }, []string{"kind: 请填写证据种类", "title: 请填写证据名称"}},
		{"unknown kind", func(x *Evidence) { x.Kind = "传闻" }, []string{"kind: " + outside("传闻", EvidenceKinds)}},
		{"fewer than no pages", func(x *Evidence) { x.Pages = ptr(int64(-1)) }, []string{"pages: 数量不能为负数"}},
		{"too many pages", func(x *Evidence) { x.Pages = ptr(int64(100_000_001)) }, []string{"pages: 数量 100000001 过大，请核对"}},
	})
}

// Who a case file speaks of, and when it was filed and decided.
func TestCaseFile(t *testing.T) {
	f := CaseFile{
		Case:    Case{Parties: []CaseParty{{PartyID: 1, Role: "单位", NameAtAct: "旧名公司"}, {PartyID: 2, Role: "责任人"}}},
		Parties: []Party{{ID: 1, Name: "新名公司"}, {ID: 2, Name: "张三"}},
		Documents: []Document{{Kind: DocFiling, MadeOn: Day(2024, 1, 2)}, {Kind: DocDecision, MadeOn: Day(2024, 3, 1)},
			{Kind: DocAnnulled, MadeOn: Day(2024, 4, 1)}, {Kind: DocDecision, MadeOn: Month(2024, 5)}},
	}
	who := func(p Party, name string, ok bool) string { return fmt.Sprint(p.ID, " ", name, " ", ok) }
	for _, c := range []struct{ name, got, want string }{
		{"unit, under its name at the act", who(f.PartyAs("单位")), "1 旧名公司 true"},
		{"person, under today's name", who(f.PartyAs("责任人")), "2 张三 true"},
		{"nobody in that role", who(f.PartyAs("其他")), "0  false"},
		{"main party", who(f.MainParty()), "1 旧名公司 true"},
		{"main party of nothing", who((&CaseFile{}).MainParty()), "0  false"},
		{"filed", f.FiledOn().String(), "2024-01-02"},
		{"decided last", f.DecidedOn().String(), "2024-05"},
		{"not decided", (&CaseFile{}).DecidedOn().String(), ""},
	} {
		if c.got != c.want {
			t.Errorf("%s: %s, want %s", c.name, c.got, c.want)
		}
	}
	if d, ok := f.Document(DocClosing); ok {
		t.Errorf("Document(%s) = %+v, want none", DocClosing, d)
	}
}

func TestPublicName(t *testing.T) {
	party := func(kind, public string) []Party { return []Party{{Kind: kind, Name: "绿源", PublicName: public}} }
	for _, c := range []struct {
		name string
		file CaseFile
		want string
	}{
		{"recorded of the party", CaseFile{Parties: party("公司", "恩平某牧业有限公司"), Farm: &Farm{PublicName: "恩平某场"}}, "恩平某牧业有限公司"},
		{"recorded of the farm", CaseFile{Parties: party("公司", ""), Farm: &Farm{PublicName: "恩平某场"}}, "恩平某场"},
		{"company", CaseFile{Parties: party("公司", "")}, "恩平市某养殖有限公司"},
		{"cooperative", CaseFile{Parties: party("农民专业合作社", "")}, "恩平市某养殖专业合作社"},
		{"family farm", CaseFile{Parties: party("家庭农场", "")}, "恩平市某家庭农场"},
		{"person", CaseFile{Parties: party("自然人", "")}, "恩平市某养殖户"},
		{"household business", CaseFile{Parties: party("个体工商户", "")}, "恩平市某养殖户"},
		{"of unknown form", CaseFile{Parties: party("未知", ""), Farm: &Farm{Name: "绿源猪场"}}, "恩平市某养殖场"},
		{"nobody", CaseFile{}, "恩平市某养殖场"},
	} {
		c.file.Case.DistrictCode = "440785"
		if got := DefaultBureau().PublicName(&c.file); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

// Every kind of fact that tells who a case is about is a secret of its published copy; what says nothing, or is public, is none.
func TestSecretsOf(t *testing.T) {
	f := &CaseFile{
		Case: Case{Number: "江恩环立〔2024〕3号", DistrictCode: "440785", Parties: []CaseParty{{PartyID: 1, NameAtAct: "旧名公司"}}},
		Parties: []Party{{Name: "新名公司", PublicName: "恩平某公司", LegalPerson: "梁示例", CreditCode: "91440704304226404T", IDNumber: "11010519491231002X",
			Phone: "13800138000", Address: "某村一号"}},
		Farm: &Farm{Name: "绿源猪场", PublicName: "恩平某公司", ContactName: "王示例", ContactPhone: "0750-1234567", Town: "沙湖镇", Address: "恩平市",
			Permit: Approval{Number: "无"}, EIA: Approval{Number: "恩环审1号"}, Acceptance: Approval{Number: "恩环验２号"}},
		Inspections: []Inspection{{Number: "笔录3号", PresentName: "陈示例", PresentPhone: "13900139000", Place: "沙湖镇", Recorder: "记",
			Officers: []OfficerRef{{Name: "甲示例", CertNo: "A100"}}}},
		Violations: []Violation{{Place: "王屋鱼塘边"}},
		Samples:    []Sample{{ReportNumber: "监字7号"}},
		Documents:  []Document{{NumberTyped: "江恩环罚[2024]1号", Number: "江恩环罚〔2024〕1号"}},
	}
	want := []string{"当事人名称 新名公司", "当事人名称简称 恩平市新名", "当事人名称简称 恩平新名", "自然人姓名 梁示例", "统一社会信用代码 91440704304226404T", "身份证号 11010519491231002X",
		"联系电话 13800138000", "地址 某村一号", "当事人名称 旧名公司", "当事人名称简称 恩平市旧名", "当事人名称简称 恩平旧名",
		"养殖场名称 绿源猪场", "养殖场名称简称 恩平市绿源", "养殖场名称简称 恩平绿源", "自然人姓名 王示例", "联系电话 0750-1234567", "镇街村 沙湖镇",
		"镇街村 位于沙湖", "镇街村 恩平市沙湖", "镇街村 恩平沙湖", "环评文号 恩环审1号", "验收文号 恩环验２号",
		"案件编号 江恩环立〔2024〕3号", "自然人姓名 陈示例", "联系电话 13900139000", "执法人员姓名 甲示例", "执法证号 A100", "笔录编号 笔录3号", "地址 王屋鱼塘边", "监测报告编号 监字7号",
		"文书编号 江恩环罚〔2024〕1号", "文书编号 罚(2024)1", "文书编号 罚字(2024)1"}
	var got []string
	near := 0
	for _, l := range DefaultBureau().SecretsOf(f) {
		if l.near != nearNone {
			near++
			continue
		}
		got = append(got, l.Kind+" "+l.Text)
	}
	if near == 0 {
		t.Error("nothing near to the names is looked for")
	}
	if a, b := strings.Join(got, "\n"), strings.Join(want, "\n"); a != b {
		t.Errorf("SecretsOf:\n%s\nwant:\n%s", a, b)
	}
}

func TestFindLeaksByPattern(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"证号11010519491231002X。", "身份证号 11010519491231002X"},
		{"证号110105********002X。", "身份证号 110105********002X"},
		{"代码91440704304226404T", "统一社会信用代码 91440704304226404T"},
		{"电话13800138000", "手机号码 13800138000"},
		{"电话0750-1234567", "电话号码 0750-1234567"},
		{"信箱a.b@example.com", "电子邮箱 a.b@example.com"},
		{"2024年10月5日检查", "具体日期 2024年10月5日"},
		{"２０２４-10-05检查", "具体日期 ２０２４-10-05"},
		{"东经112度", "经纬度 东经112"},
		{"账号1234567890123456", "银行账号 1234567890123456"},
		{"2024年10月，罚款20000元，存栏5300头", ""},
	} {
		var got []string
		for _, l := range DefaultBureau().FindLeaks(c.text, nil) {
			got = append(got, l.Kind+" "+l.Text)
		}
		if strings.Join(got, "; ") != c.want {
			t.Errorf("FindLeaks(%s) = %q, want %q", c.text, got, c.want)
		}
	}
}

// A secret is found however it is written; what only looks like one is not.
func TestFindLeaksHoweverWritten(t *testing.T) {
	t.Parallel()
	b := DefaultBureau()
	f := &CaseFile{
		Case: Case{Number: "江恩环立〔2026〕3号", Parties: []CaseParty{{PartyID: 1}, {PartyID: 2}}},
		Parties: []Party{{Name: "恩平市岗头（生态）养殖有限公司", PublicName: "恩平某（养殖）公司", Kind: "公司", LegalPerson: "买买提·艾力", CreditCode: "91440704304226404T", Phone: "13800138000"},
			{Name: "李四", Kind: "自然人", IDNumber: "11010519491231002X"}},
		Farm:      &Farm{Name: "石岗Ａ场", Address: "恩平 市"},
		Documents: []Document{{NumberTyped: "江恩环罚[2026]第021号", Number: "江恩环罚〔2026〕第021号"}},
	}
	secrets := b.SecretsOf(f)
	for text, want := range map[string]string{
		"责任人李　四在场":                  "李四",
		"责任人李\n四在场":                 "李四",
		"恩平市岗头 (生态) 养殖\n有限公司排放":     "恩平市岗头（生态）养殖有限公司",
		"恩平市岗头﹙生态﹚养殖有限公司":           "恩平市岗头（生态）养殖有限公司",
		"恩平市岗头【生态】养殖有限公司":           "恩平市岗头（生态）养殖有限公司",
		"负责人买买提•艾力":                 "买买提·艾力",
		"负责人买买提．艾力":                 "买买提·艾力",
		"石\u200b岗a场":                "石岗Ａ场",
		"⽯岗A场":                      "石岗Ａ场",
		"江恩环罚﹝2026﹞21号":             "江恩环罚〔2026〕第021号",
		"江恩环罚（二〇二六）第 21 号":          "江恩环罚〔2026〕第021号",
		"江恩环立（2026）03号":             "江恩环立〔2026〕3号",
		"江恩环罚〔2026〕22号":             "江恩环罚〔2026〕22号", // of none of these cases: asked about
		"电话138 0013 8000":           "13800138000",
		"代码9144 0704 304226404t":    "91440704304226404T",
		"身份证110105 19491231 002x":   "11010519491231002X",
		"恩平市的恩平某(养殖)公司":             "",
		"该公司存栏生猪13712头，罚款200000元":   "",
		"化学需氧量 400 mg/L，氨氮 80 mg/L": "",
	} {
		var found bool
		got := b.FindLeaks(text, secrets)
		for _, l := range got {
			found = found || DocNumberKey(strings.Trim(l.Text, "\n ")) == DocNumberKey(want) // as typed
		}
		if want == "" && len(got) > 0 || want != "" && !found {
			t.Errorf("FindLeaks(%q) = %v, want %q", text, got, want)
		}
	}
	for text, want := range map[string]string{ // of whoever
		"电话 137 1234 5678":                       "手机号码 137 1234 5678",
		"账号6222 0012 3456 7890 123":              "银行账号 6222 0012 3456 7890 123",
		"编号12 91440704304226404T":                "统一社会信用代码 91440704304226404T",
		"共5 13712345678":                         "手机号码 13712345678",
		"2026 年 5 月 6 日":                         "具体日期 2026 年 5 月 6 日",
		"０７５０－７７１２３４６":                           "电话号码 ０７５０－７７１２３４６",
		"证件11010519491231＊＊＊X为":                  "身份证号 11010519491231＊＊＊X", // it keeps the day of birth
		"证件110105＊＊＊＊＊＊＊＊002X为":                  "身份证号 110105＊＊＊＊＊＊＊＊002X",
		"COD 1300、1400、1500 mg/L，存栏 1371 2345 头": "",
	} {
		var got []string
		for _, l := range b.FindLeaks(text, nil) {
			got = append(got, l.Kind+" "+l.Text)
		}
		if strings.Join(got, "; ") != want {
			t.Errorf("FindLeaks(%q) = %q, want %q", text, got, want)
		}
	}
	for text, want := range map[string]string{
		"李　四与李四的石岗a场":                        "某与某的某",
		"恩平市岗头 (生态)\n养殖有限公司，江恩环罚[2026]第021号": "某，某",
		"岗头村": "岗头村", "": "",
	} {
		if got := secrets.Masker().Mask(text); got != want {
			t.Errorf("Mask(%q) = %q, want %q", text, got, want)
		}
	}
}

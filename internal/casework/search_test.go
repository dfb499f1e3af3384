package casework_test

import (
	"fmt"
	"strings"
	"testing"

	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/report"
)

// looked is what the four lists find for a person: farm 绿源猪场 | party … with the reasons that the rows do not show.
func looked(t *testing.T, s *casework.Service, a registry.Actor, q string) string {
	t.Helper()
	var out []string
	add := func(noun string, name string, found []casework.Find, err error) {
		if err != nil {
			t.Fatalf("%s with %q: %v", noun, q, err)
		}
		line := noun + " " + name
		for _, f := range found {
			line += " <" + strings.TrimSpace(f.Label+" "+f.Text) + ">"
		}
		out = append(out, line)
	}
	p := casework.Page{Limit: 20}
	farms, err := s.Farms(ctx, a, casework.FarmFilter{Q: q}, p)
	for _, x := range farms.Rows {
		add("farm", x.Name, x.FoundBy, err)
	}
	parties, _, err := s.Parties(ctx, a, casework.PartyFilter{Q: q}, p)
	for _, x := range parties {
		for _, n := range x.FormerNames {
			x.FoundBy = append(x.FoundBy, casework.Find{Label: "曾用名", Text: n})
		}
		add("party", x.Name, x.FoundBy, err)
	}
	inspections, err := s.Inspections(ctx, a, casework.InspectionFilter{Q: q}, p)
	for _, x := range inspections.Rows {
		add("inspection", x.FarmName, x.FoundBy, err)
	}
	cases, err := s.Cases(ctx, a, casework.CaseFilter{Q: q}, p)
	for _, x := range cases.Rows {
		add("case", x.Title, x.FoundBy, err)
	}
	if err != nil {
		t.Fatal(err)
	}
	if len(farms.Rows) != farms.Count || len(inspections.Rows) != inspections.Count || len(cases.Rows) != cases.Count {
		t.Errorf("%q: counts %d, %d, %d of %v", q, farms.Count, inspections.Count, cases.Count, out)
	}
	return strings.Join(out, " | ")
}

// An export holds the cases that the list shows: same words, same right to look for numbers.
func exported(t *testing.T, s *casework.Service, a registry.Actor, q string) string {
	t.Helper()
	var titles []string
	err := readLedger(ctx, s, a, casework.LedgerFilter{Q: q}, func(l report.Ledger) error {
		for f, err := range l.Cases {
			if err != nil {
				return err
			}
			titles = append(titles, f.Case.Title)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(titles, " ")
}

// searched is a register with one case of everything that search knows, beside one of nothing.
func searched(t *testing.T) (s *casework.Service, c *registry.Case, party registry.Party) {
	t.Helper()
	s = service(t)
	must := func(_ bool, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	aCase(t, s, registry.OriginField) // 绿源
	party = registry.Party{Name: "恩平市岗头（生态）养殖有限公司", Kind: "公司", CreditCode: "91440704304226404T", LegalPerson: "冯示例"}
	must(s.AddParty(ctx, officer, &party))
	person := registry.Party{Name: "曾示例", Kind: "自然人", IDNumber: "11010519491231002X"}
	must(s.AddParty(ctx, officer, &person))
	farm := registry.Farm{Name: "长乐三场", DistrictCode: "440781", Town: "沙栏镇", OperatorID: party.ID, EIA: registry.Approval{State: "已办理", Number: "台环审〔2020〕15号"}}
	must(s.AddFarm(ctx, officer, &farm))
	ins := registry.Inspection{FarmID: farm.ID, PartyID: person.ID, Kind: "日常检查", StartedOn: registry.Day(2025, 5, 6), DistrictCode: "440781", Findings: "氧化塘漫顶",
		Officers: []registry.OfficerRef{{Name: "陈一", CertNo: "19070001"}, {Name: "黄五", CertNo: "19070002"}}, Recorder: "罗六", PresentName: "何七"}
	must(s.AddInspection(ctx, officer, &ins))
	c = &registry.Case{Title: "三场案", DistrictCode: "440781", FarmID: farm.ID, FoundOn: registry.Day(2025, 5, 6), Parties: []registry.CaseParty{{PartyID: party.ID, Role: "单位"}},
		Inspections: []registry.InspectionID{ins.ID}}
	must(s.AddCase(ctx, officer, c))
	must(s.AddViolation(ctx, officer, &registry.Violation{CaseID: c.ID, TypeCode: "LIVESTOCK_DIRECT_DISCHARGE", Facts: "向河边排放"}))
	must(s.AddDocument(ctx, officer, &registry.Document{CaseID: c.ID, Kind: registry.DocOrder, NumberTyped: "江台环责改[2025]第08号", PartyName: "岗头养殖公司", People: "承办人谢八",
		Participants: []registry.Participant{{Name: "郑九", Part: "审核"}}}))
	return s, c, party
}

func TestSearchKnows(t *testing.T) {
	s, c, party := searched(t)
	tell := func(q, want string) {
		t.Helper()
		if got := looked(t, s, officer, q); got != want {
			t.Errorf("%s: %s\nwant %s", q, got, want)
		}
		if in := exported(t, s, officer, q); (in == "三场案") != strings.Contains(want, "case 三场案") {
			t.Errorf("%s: exported %q, want as the list: %s", q, in, want)
		}
	}
	for q, want := range map[string]string{
		"三场":                  "farm 长乐三场 | inspection 长乐三场 | case 三场案",
		"长乐":                  "farm 长乐三场 | inspection 长乐三场 | case 三场案",
		"岗头(生态)":              "farm 长乐三场 | party 恩平市岗头（生态）养殖有限公司 | case 三场案 <当事人 恩平市岗头（生态）养殖有限公司>",
		"台山":                  "farm 长乐三场 | inspection 长乐三场 | case 三场案",
		"台山市 岗头":              "farm 长乐三场 | case 三场案 <当事人 恩平市岗头（生态）养殖有限公司>",
		"15号":                 "farm 长乐三场 <批复、许可文号 台环审〔2020〕15号>",
		"冯示例":                 "farm 长乐三场 <负责人 冯示例> | party 恩平市岗头（生态）养殖有限公司 | case 三场案 <负责人 冯示例>",
		"曾示例":                 "party 曾示例 | inspection 长乐三场 <被检查人 曾示例> | case 三场案 <被检查人 曾示例>",
		"陈一":                  "inspection 长乐三场 | case 三场案 <执法人员 陈一>",
		"9070001":             "inspection 长乐三场 <执法人员 19070001> | case 三场案 <执法人员 19070001>",
		"罗六":                  "inspection 长乐三场 <执法人员 罗六> | case 三场案 <执法人员 罗六>",
		"何七":                  "inspection 长乐三场 <在场人员 何七> | case 三场案 <在场人员 何七>",
		"谢八":                  "case 三场案 <文书人员 承办人谢八>",
		"郑九":                  "case 三场案 <文书人员 郑九>",
		"岗头养殖公司":              "case 三场案 <文书当事人 岗头养殖公司>",
		"（2025）8号":            "case 三场案 <文号、编号 江台环责改〔2025〕第08号>",
		"漫顶 河边":               "case 三场案 <检查发现 氧化塘漫顶> <违法事实 向河边排放>",
		"04226404":            "farm 长乐三场 <统一社会信用代码 91440704304226404T> | party 恩平市岗头（生态）养殖有限公司 | case 三场案 <统一社会信用代码 91440704304226404T>",
		"91440704-304226404t": "farm 长乐三场 <统一社会信用代码 91440704304226404T> | party 恩平市岗头（生态）养殖有限公司 | case 三场案 <统一社会信用代码 91440704304226404T>",
		"直排":                  "case 三场案 <违法行为 直排>",
		"未经处理直接排放":            "case 三场案",
		"ZP":                  "case 三场案 <违法行为 直排>",
		"wjclzjpf":            "case 三场案",
		"渗坑排放":                "",
		"clsc":                "farm 长乐三场 | inspection 长乐三场 | case 三场案",
		"zysc":                "farm 长乐三场 | inspection 长乐三场 | case 三场案",
		"epsgtst":             "farm 长乐三场 | party 恩平市岗头（生态）养殖有限公司 | case 三场案 <当事人 恩平市岗头（生态）养殖有限公司>",
		"STYZ":                "farm 长乐三场 | party 恩平市岗头（生态）养殖有限公司 | case 三场案 <当事人 恩平市岗头（生态）养殖有限公司>",
		"zsl":                 "party 曾示例 | inspection 长乐三场 <被检查人 曾示例> | case 三场案 <被检查人 曾示例>",
		"xyzzy":               "",
	} {
		tell(q, want)
	}

	// A name that a party, a farm had: everything that names them is found by it.
	party, err := s.Party(ctx, officer, party.ID)
	if err != nil {
		t.Fatal(err)
	}
	party.Name = "台山市清泉养殖有限公司"
	if err := s.ChangeParty(ctx, officer, &party); err != nil {
		t.Fatal(err)
	}
	farm, err := s.Farm(ctx, officer, c.FarmID)
	if err != nil {
		t.Fatal(err)
	}
	farm.Name = "清泉分场"
	if err := s.ChangeFarm(ctx, officer, &farm); err != nil {
		t.Fatal(err)
	}
	const former, atAct = "<曾用名 恩平市岗头（生态）养殖有限公司>", "<行为时名称 恩平市岗头（生态）养殖有限公司>"
	tell("岗头（生态）", "farm 清泉分场 "+former+" | party 台山市清泉养殖有限公司 "+former+" | case 三场案 "+atAct)
	tell("gtstyz", "farm 清泉分场 "+former+" | party 台山市清泉养殖有限公司 "+former+" | case 三场案 "+atAct)
	tell("长乐三场", "farm 清泉分场 <曾用名 长乐三场> | inspection 清泉分场 <曾用名 长乐三场> | case 三场案 <曾用名 长乐三场>")
	tell("清泉", "farm 清泉分场 | party 台山市清泉养殖有限公司 "+former+" | inspection 清泉分场 | case 三场案")

	// One that ran the farm before, one that was merged into the party of the case; and out of it again.
	other := registry.Party{Name: "岭背合作社", Kind: "农民专业合作社", IDKind: registry.IDResident}
	if _, err := s.AddParty(ctx, officer, &other); err != nil {
		t.Fatal(err)
	}
	farm.OperatorID = other.ID
	if err := s.ChangeFarm(ctx, officer, &farm); err != nil {
		t.Fatal(err)
	}
	tell("清泉养殖", "farm 清泉分场 <曾经营 台山市清泉养殖有限公司> | party 台山市清泉养殖有限公司 "+former+" | case 三场案 <当事人 台山市清泉养殖有限公司>")
	m := registry.PartyMerge{PartyID: other.ID, IntoID: party.ID, Merging: registry.Merging{Reason: "同一家"}}
	if err := s.MergeParties(ctx, officer, &m); err != nil {
		t.Fatal(err)
	}
	const merged = "<已并入 岭背合作社>"
	tell("岭背", "farm 清泉分场 "+merged+" | party 台山市清泉养殖有限公司 "+merged+" "+former+" | case 三场案 "+merged)
	tell("lbhzs", "farm 清泉分场 "+merged+" | party 台山市清泉养殖有限公司 "+merged+" "+former+" | case 三场案 "+merged)
	if _, _, err := s.Unmerge(ctx, officer, m.ID, m.Version, "两家"); err != nil {
		t.Fatal(err)
	}
	tell("岭背", "farm 清泉分场 | party 岭背合作社")
	if r, err := s.Verify(ctx, auditor); err != nil || len(r.Defects) > 0 {
		t.Errorf("Verify = %v, %v", r.Defects, err)
	}
}

// A number that a role does not see finds nothing for it, whole or in pieces, alone or beside a word that does.
func TestSearchIsNoOracle(t *testing.T) {
	s, _, _ := searched(t)
	admin := registry.Actor{UserID: 9, Username: "admin", Role: registry.RoleAdmin}
	const found = "party 曾示例%[1]s | inspection 长乐三场%[1]s | case 三场案%[1]s"
	for q, sees := range map[string]bool{
		"11010519491231002X": true, "1949": true, "002x": true, "110105 19491231 002X": true, "110105-19491231-002X": true, "１１０１０５": true, "曾示例 1949": true, "02x": false, "1950": false,
	} {
		for _, a := range []registry.Actor{officer, auditor, publisher, admin} {
			may := a.Role.Can(registry.PermPersonalRead)
			got := looked(t, s, a, q)
			switch {
			case !may && got != "":
				t.Errorf("%s finds with %s: %s", a.Role, q, got)
			case may && sees && strings.HasPrefix(q, "曾"):
				if want := "party 曾示例 <证件号码> | inspection 长乐三场 <被检查人 曾示例> <证件号码> | case 三场案 <被检查人 曾示例> <证件号码>"; got != want {
					t.Errorf("%s finds with %s: %s\nwant %s", a.Role, q, got, want)
				}
			case may && sees && got != fmt.Sprintf(found, " <证件号码>"):
				t.Errorf("%s finds with %s: %s", a.Role, q, got)
			case may && !sees && got != "":
				t.Errorf("%s finds with %s: %s", a.Role, q, got)
			}
		}
	}
	for _, q := range []string{"1949", "11010519491231002X"} {
		if in := exported(t, s, publisher, q); in != "" {
			t.Errorf("a publisher's export with %s holds %s", q, in)
		}
		if in := exported(t, s, auditor, q); in != "三场案" {
			t.Errorf("an auditor's export with %s holds %s", q, in)
		}
		if sum, err := s.Summary(ctx, publisher, casework.Export{Cases: casework.LedgerFilter{Q: q}}); err != nil || sum.Cases != 0 {
			t.Errorf("a publisher's summary with %s: %+v, %v", q, sum, err)
		}
	}
}

// A district is found by the name that it has now, also in records from before.
func TestSearchFollowsDistricts(t *testing.T) {
	s, _, _ := searched(t)
	if err := s.LoadKept(ctx); err != nil {
		t.Fatal(err)
	}
	b := *s.Bureau()
	b.Districts = append([]registry.District(nil), b.Districts...)
	for i := range b.Districts {
		if b.Districts[i].Code == "440781" {
			b.Districts[i].Name, b.Districts[i].Short = "宁城区", "宁城"
		}
	}
	if err := s.ChangeBureau(ctx, registry.CommandLine, &b); err != nil {
		t.Fatal(err)
	}
	const want = "farm 长乐三场 | inspection 长乐三场 | case 三场案"
	for q, want := range map[string]string{"宁城": want, "宁城区 三场": want, "台山": "", "宁城 绿源": "", "恩平 绿源牧业案": "case 绿源牧业案"} {
		if got := looked(t, s, officer, q); got != want {
			t.Errorf("%s: %s, want %s", q, got, want)
		}
	}
}

// Search, duplicates, imports and the guard hold the same spellings of a name for one, and the same for two.
func TestNamesAreComparedAlike(t *testing.T) {
	const name = "恩平市岗头（生态）养殖·一场"
	for typed, same := range map[string]bool{
		name: true, "恩平市岗头(生态)养殖·一场": true, "恩平市岗头【生态】养殖•一场": true, "恩平市 岗头（生态）养殖・一场": true, "恩平市岗头﹙生态﹚养殖．一场": true, "恩平市岗\u200b头（生态）养殖·一场": true,
		"恩平市岗头（⽣态）养殖·一场": true, "恩平市岗头（生态）养殖·二场": false, "恩平市岗尾（生态）养殖·一场": false,
	} {
		s := service(t)
		c := aCase(t, s, registry.OriginField)
		first := registry.Party{Name: name, Kind: "公司"}
		if _, err := s.AddParty(ctx, officer, &first); err != nil {
			t.Fatal(err)
		}
		c.Parties, c.DistrictCode = []registry.CaseParty{{PartyID: first.ID, Role: "单位"}}, "440785"
		if err := s.ChangeCase(ctx, officer, c); err != nil {
			t.Fatal(err)
		}
		got := map[string]bool{}
		rows, _, err := s.Parties(ctx, officer, casework.PartyFilter{Q: typed}, casework.Page{Limit: 5})
		if err != nil {
			t.Fatal(err)
		}
		got["search"] = len(rows) == 1
		duplicates, err := s.Duplicates(ctx, officer, "", []casework.AcceptedDraft{{Party: typed, DistrictCode: "440785", FoundOn: registry.Month(2025, 3)}})
		if err != nil {
			t.Fatal(err)
		}
		got["import"] = len(duplicates[0]) == 1
		second := registry.Party{Name: typed, Kind: "公司"}
		if _, err := s.AddParty(ctx, officer, &second); err != nil {
			t.Fatal(err)
		}
		page, err := s.PartyPage(ctx, officer, second.ID)
		if err != nil {
			t.Fatal(err)
		}
		got["the party's page"] = len(page.Similar) == 1
		groups, _, err := s.SameParties(ctx, officer, casework.Page{Limit: 50})
		if err != nil {
			t.Fatal(err)
		}
		got["the page of duplicates"] = len(groups) == 1
		f, err := s.CaseFile(ctx, officer, c.ID)
		if err != nil {
			t.Fatal(err)
		}
		secrets := s.Bureau().SecretsOf(f)
		got["the guard"] = len(s.Bureau().FindLeaks("本案"+typed+"排放废水", secrets)) > 0
		got["the mask"] = secrets.Mask("本案"+typed+"排放废水") == "本案某排放废水"
		for by, found := range got {
			if found != same {
				t.Errorf("%q: the same by %s: %v, want %v", typed, by, found, same)
			}
		}
	}
}

// What a workbook and the audit log say of an export holds no number of a person's.
func TestExportNamesNoNumber(t *testing.T) {
	s, _, _ := searched(t)
	for q, want := range map[string]string{"曾示例 11010519491231002X": "检索：曾示例 110***********002X", "110105-19491231-002x": "检索：110***********002X", "19491231": "检索：1*****31",
		"江恩环罚〔2026〕120号 1949": "检索：江恩环罚〔2026〕120号 1949", "91440704304226404T": "检索：914***********404T"} {
		err := readLedger(ctx, s, auditor, casework.LedgerFilter{Q: q}, func(l report.Ledger) error {
			if got := strings.Join(l.Info.Filters, "；"); got != want {
				t.Errorf("an export with %s says %s, want %s", q, got, want)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	entries, err := s.Audit(ctx, auditor, casework.AuditFilter{Limit: 50})
	if err != nil || len(entries) == 0 {
		t.Fatal(len(entries), err)
	}
	for _, e := range entries {
		if strings.Contains(e.Detail, "1949123") {
			t.Errorf("the audit log holds %s", e.Detail)
		}
	}
}

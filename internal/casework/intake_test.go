package casework_test

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"casebook/internal/casework"
	"casebook/internal/intake"
	"casebook/internal/registry"
	"casebook/internal/store"
)

const bulletinText = "案例一：恩平某畜牧有限公司逃避监管排污案\n2024年10月，恩平分局检查恩平某畜牧有限公司……\n案例二：鹤山某养殖场直排案\n2024年6月……"

func published(law string, role registry.CitationRole, p registry.Provision) registry.Citation {
	return registry.Citation{Role: role, Law: law, LawID: map[string]string{"中华人民共和国水污染防治法": "water-pollution-law"}[law], Provision: p}
}

// twoDrafts are what a person accepted of bulletinText.
func twoDrafts() []casework.AcceptedDraft {
	count, fine := int64(5300), registry.Yuan(100000)
	const water = "中华人民共和国水污染防治法"
	return []casework.AcceptedDraft{
		{Start: 0, End: 44, Title: "恩平某畜牧有限公司逃避监管排污案", PrintedTitle: "恩平某公司排污案", Authority: "市生态环境局恩平分局", DistrictCode: "440785", FoundOn: registry.Month(2024, 10), Party: "恩平某畜牧有限公司", PartyKind: "公司",
			Herd: registry.Herd{Species: "生猪", Count: &count, Qualifier: "多"}, Narrative: "2024年10月检查发现……", Handling: "责令立即改正，处罚款10万元，移送公安机关。",
			Violations: []casework.AcceptedViolation{{TypeCode: "WATER_EVASION", Citations: []registry.Citation{
				published(water, registry.RoleBreached, registry.Provision{Article: 39}), published(water, registry.RoleBasis, registry.Provision{Article: 83, Item: 3})}}},
			Documents: []registry.Document{{Kind: registry.DocFiling}, {Kind: registry.DocOrder, OrderMode: "立即改正", Content: "责令立即改正违法行为。"}, {Kind: registry.DocDecision}, {Kind: registry.DocDetention}},
			Fine:      &fine, Notes: []registry.ReviewNote{{About: "水污染防治法第三十九条引文", Printed: "溶洞、私设暗管", Official: "溶洞，私设暗管", Kind: "标点", Severity: "轻微"}}},
		{Start: 45, End: 70, Title: "鹤山某养殖场直排案", DistrictCode: "440784", FoundOn: registry.Month(2024, 6), Party: "鹤山某养殖场",
			Violations: []casework.AcceptedViolation{{Facts: "冲洗水没有处理就排进水沟。", Citations: []registry.Citation{published("某县畜禽养殖管理办法", registry.RoleBreached, registry.Provision{Article: 5})}}},
			Documents:  []registry.Document{{Kind: registry.DocFiling}, {Kind: registry.DocDecision}}},
	}
}

func TestImportedDraftsAreRecords(t *testing.T) {
	s := service(t)
	source := registry.Publication{Name: "恩州日报", Medium: "报纸", Page: "A04版", PublishedOn: registry.Day(2024, 12, 16)}
	drafts := twoDrafts()
	// The text names article 10 before 39; the person took out an article that the text has, and added one that it has not.
	const water = "中华人民共和国水污染防治法"
	provision := func(n int) registry.Citation {
		return published(water, registry.RoleBreached, registry.Provision{Article: n})
	}
	drafts[0].Violated = []registry.Citation{provision(10), provision(39), provision(99)}
	drafts[0].Violations[0].Citations = append(drafts[0].Violations[0].Citations, provision(10), provision(21))
	if err := s.ImportDrafts(ctx, officer, &source, bulletinText, intake.Notice{}, drafts); err != nil {
		t.Fatal(err)
	}
	if len(source.Cases) != 2 || source.By != "officer" {
		t.Fatalf("publication = %+v; want two cases, by the officer", source)
	}
	p, err := s.CasePage(ctx, officer, source.Cases[0].CaseID)
	if err != nil {
		t.Fatal(err)
	}
	c := p.Case
	if c.Origin != registry.OriginPublished || c.Stage != registry.StageDecided || c.DistrictCode != "440785" || c.FoundOn != registry.Month(2024, 10) || strings.Contains(c.Note, "恩州日报") {
		t.Errorf("case = %+v", c)
	}
	for i, want := range []registry.PublicationCase{{Title: "恩平某公司排污案", End: 44, Cited: []string{"《" + water + "》第十条", "《" + water + "》第三十九条", "《" + water + "》第二十一条"}},
		{Start: 45, End: 70, Cited: []string{"《某县畜禽养殖管理办法》第五条"}}} {
		f, err := s.CaseFile(ctx, officer, source.Cases[i].CaseID)
		if err != nil {
			t.Fatal(err)
		}
		want.CaseID = f.Case.ID
		if len(f.Publications) != 1 || f.Publications[0].Where() != "恩州日报，2024年12月16日，A04版" || !reflect.DeepEqual(f.Publications[0].Cases, []registry.PublicationCase{want}) {
			t.Errorf("case %d comes from %+v; want the newspaper, and of it %+v", i+1, f.Publications, want)
		}
	}
	if p.DecidingOrgan == nil || p.DecidingOrgan.Kind != "市局" || p.HandlingOrgan == nil || p.HandlingOrgan.ShortName != "恩平分局" {
		t.Errorf("organs = %+v, %+v; want the city bureau and the branch", p.DecidingOrgan, p.HandlingOrgan)
	}
	if len(p.Parties) != 1 || p.Parties[0].PublicName != "恩平某畜牧有限公司" || p.Parties[0].Origin != registry.OriginPublished || p.Parties[0].Kind != "公司" {
		t.Errorf("parties = %+v", p.Parties)
	}
	if p.Farm == nil || p.Farm.OperatorID != p.Parties[0].ID || len(p.Farm.Herds) != 1 || p.Farm.Herds[0].Text(c.Origin) != "生猪存栏5300多头" {
		t.Errorf("farm = %+v", p.Farm)
	}
	if len(p.Inspections) != 1 || p.Inspections[0].State != registry.InspectionSubmitted || p.Inspections[0].StartedOn != c.FoundOn || p.Inspections[0].Result != registry.ViolationFound {
		t.Errorf("inspections = %+v", p.Inspections)
	}
	v := p.Violations[0]
	breached, basis := v.Breached(registry.StandingPublished), v.Basis(registry.StandingPublished)
	if len(breached) != 3 || breached[0].Holding != registry.Held || breached[0].VersionID != "2017" || breached[0].TextHash == "" || len(basis) != 1 || basis[0].Provision != (registry.Provision{Article: 83, Item: 3}) {
		t.Errorf("citations = %+v, %+v; want articles 39, 10, 21 and 83 as published, in the version of 2017", breached, basis)
	}
	var kinds []string
	for _, d := range p.Documents {
		kinds = append(kinds, string(d.Kind))
	}
	if want := []string{"立案", "责令改正", "行政处罚决定", "移送行政拘留"}; !slices.Equal(kinds, want) {
		t.Errorf("documents = %v; want %v", kinds, want)
	}
	if len(p.Penalties) != 1 || p.Penalties[0].Kind != "罚款" || *p.Penalties[0].Amount != registry.Yuan(100000) || p.Penalties[0].DocumentID != p.Documents[2].ID {
		t.Errorf("penalties = %+v", p.Penalties)
	}
	if len(p.ReviewNotes) != 1 || p.ReviewNotes[0].Kind != "标点" {
		t.Errorf("remarks = %+v", p.ReviewNotes)
	}
	if len(p.Attachments) != 1 || p.Attachments[0].SHA256 != source.SHA256 || p.Attachments[0].Filename != "通报原文-恩州日报-2024-12-16.txt" {
		t.Errorf("attachments = %+v; want the text", p.Attachments)
	}
	second, err := s.CaseFile(ctx, officer, source.Cases[1].CaseID)
	if err != nil {
		t.Fatal(err)
	}
	if got := second.Penalties; len(got) != 1 || got[0].Kind != registry.PenaltyUnknown || got[0].Amount != nil {
		t.Errorf("a decision without an amount gives %+v; want one of unknown kind", got)
	}
	if got := second.Violations[0].Citations[0]; got.Holding != registry.UnknownLaw || got.Standing != registry.StandingPublished {
		t.Errorf("citation of a law we do not have = %+v", got)
	}
	if got := casework.Unknowns(second); !slices.Contains(got, "处罚种类和金额") || !slices.Contains(got, "检查的具体日期") || !slices.Contains(got, "2 份文书的文号") {
		t.Errorf("unknowns = %v", got)
	}
	r, err := s.Verify(ctx, auditor)
	if err != nil || len(r.Defects) > 0 {
		t.Errorf("verify = %v, %v", r.Defects, err)
	}
}

func TestImportIsAllOrNothing(t *testing.T) {
	s := service(t)
	for name, test := range map[string]struct {
		spoil func(d []casework.AcceptedDraft)
		field string
	}{
		"no title":          {func(d []casework.AcceptedDraft) { d[1].Title = "" }, "drafts.1.title"},
		"no district":       {func(d []casework.AcceptedDraft) { d[1].DistrictCode = "" }, "drafts.1.district_code"},
		"long narrative":    {func(d []casework.AcceptedDraft) { d[1].Narrative = strings.Repeat("字", 20001) }, "drafts.1.narrative"},
		"long party":        {func(d []casework.AcceptedDraft) { d[1].Party = strings.Repeat("字", 201) }, "drafts.1.party"},
		"unknown form":      {func(d []casework.AcceptedDraft) { d[1].PartyKind = "国家" }, "drafts.1.party_kind"},
		"negative herd":     {func(d []casework.AcceptedDraft) { n := int64(-1); d[1].Herd.Count = &n }, "drafts.1.head_count"},
		"no type, no facts": {func(d []casework.AcceptedDraft) { d[1].Violations[0].Facts = "" }, "drafts.1.violations.0.type_code"},
		"no violation":      {func(d []casework.AcceptedDraft) { d[1].Violations = nil }, "drafts.1.violations"},
		"unknown type":      {func(d []casework.AcceptedDraft) { d[1].Violations[0].TypeCode = "X" }, "drafts.1.violations.0.type_code"},
		"unknown document":  {func(d []casework.AcceptedDraft) { d[1].Documents[0].Kind = "圣旨" }, "drafts.1.documents"},
		"negative fine":     {func(d []casework.AcceptedDraft) { m := registry.Yuan(-1); d[0].Fine = &m }, "drafts.0.fine"},
	} {
		t.Run(name, func(t *testing.T) {
			drafts := twoDrafts()
			test.spoil(drafts)
			err := s.ImportDrafts(ctx, officer, &registry.Publication{}, bulletinText, intake.Notice{}, drafts)
			if fields := fieldsOf(err); !slices.Contains(fields, test.field) {
				t.Errorf("ImportDrafts = %v; want a problem at %s", err, test.field)
			}
			if l, err := s.Cases(ctx, officer, casework.CaseFilter{}, store.Page{Limit: 10}); err != nil || l.Count != 0 {
				t.Errorf("a refused import left %d cases, %v", l.Count, err)
			}
		})
	}
	if err := s.ImportDrafts(ctx, officer, &registry.Publication{}, bulletinText, intake.Notice{}, nil); registry.KindOf(err) != registry.KindInvalid {
		t.Errorf("an import of nothing = %v; want invalid", err)
	}
	if err := s.ImportDrafts(ctx, officer, &registry.Publication{URL: "javascript:x"}, bulletinText, intake.Notice{}, twoDrafts()); registry.KindOf(err) != registry.KindInvalid {
		t.Errorf("an import with a broken address = %v; want invalid", err)
	}
	if err := s.ImportDrafts(ctx, auditor, &registry.Publication{}, bulletinText, intake.Notice{}, twoDrafts()); registry.KindOf(err) != registry.KindForbidden {
		t.Errorf("an auditor's import = %v; want forbidden", err)
	}
}

// TestMisprintedArticleIsRecorded: what a source printed is recorded as it printed it, also a 款 that does not exist.
func TestMisprintedArticleIsRecorded(t *testing.T) {
	s := service(t)
	drafts := twoDrafts()
	drafts[0].Violations[0].Citations[0].Paragraph = 9
	source := &registry.Publication{}
	if err := s.ImportDrafts(ctx, officer, source, bulletinText, intake.Notice{}, drafts); err != nil {
		t.Fatal(err)
	}
	f, err := s.CaseFile(ctx, officer, source.Cases[0].CaseID)
	if err != nil {
		t.Fatal(err)
	}
	if got := f.Violations[0].Citations[0]; got.Paragraph != 9 || got.Holding != registry.Absent || got.TextHash != "" {
		t.Errorf("citation = %+v; want 第九款, absent", got)
	}
}

func fieldsOf(err error) (list []string) {
	if e := new(registry.Error); errors.As(err, &e) {
		for _, f := range e.Fields {
			list = append(list, f.Field)
		}
	}
	return list
}

func TestDuplicatesNeedAReason(t *testing.T) {
	s := service(t)
	first := registry.Publication{Meta: registry.Meta{ClientUID: "one"}}
	if err := s.ImportDrafts(ctx, officer, &first, bulletinText, intake.Notice{}, twoDrafts()[:1]); err != nil {
		t.Fatal(err)
	}
	again := registry.Publication{Meta: registry.Meta{ClientUID: "one"}}
	if err := s.ImportDrafts(ctx, officer, &again, bulletinText, intake.Notice{}, twoDrafts()[:1]); err != nil || again.ID != first.ID {
		t.Errorf("the same form sent twice = %v, publication %d; want publication %d", err, again.ID, first.ID)
	}
	other := registry.Publication{Meta: registry.Meta{ClientUID: "one"}}
	if err := s.ImportDrafts(ctx, officer, &other, bulletinText, intake.Notice{}, twoDrafts()[1:]); err != nil || other.ID == first.ID {
		t.Errorf("other cases ticked on the same page = %v, publication %d; want a new one", err, other.ID)
	}
	sameText := twoDrafts()[:1]
	sameText[0].Title, sameText[0].Party = "改过的名称", "恩平另一公司"
	sameCase := twoDrafts()[:1]
	sameCase[0].FoundOn = registry.Day(2024, 10, 9)
	elsewhere := "另一家报纸的报道：" + bulletinText
	for name, test := range map[string]struct {
		text   string
		drafts []casework.AcceptedDraft
		change func(d *casework.AcceptedDraft)
		again  bool
	}{
		"same place of the same text":    {bulletinText, sameText, nil, true},
		"same case in another text":      {elsewhere, sameCase, nil, true},
		"no date in the other text":      {elsewhere, twoDrafts()[:1], func(d *casework.AcceptedDraft) { d.FoundOn = registry.Date{} }, true},
		"another month":                  {elsewhere, twoDrafts()[:1], func(d *casework.AcceptedDraft) { d.FoundOn = registry.Month(2024, 9) }, false},
		"another district":               {elsewhere, twoDrafts()[:1], func(d *casework.AcceptedDraft) { d.DistrictCode = "440783" }, false},
		"another party":                  {elsewhere, twoDrafts()[:1], func(d *casework.AcceptedDraft) { d.Party = "恩平某养殖场" }, false},
		"another article":                {elsewhere, twoDrafts()[:1], func(d *casework.AcceptedDraft) { d.Violations[0].Citations[0].Article = 10 }, false},
		"the same article, paragraph in": {elsewhere, twoDrafts()[:1], func(d *casework.AcceptedDraft) { d.Violations[0].Citations[0].Paragraph = 1 }, true},
	} {
		t.Run(name, func(t *testing.T) {
			if test.change != nil {
				test.change(&test.drafts[0])
			}
			text := test.text
			if text != bulletinText {
				text += name
			}
			err := s.ImportDrafts(ctx, officer, &registry.Publication{}, text, intake.Notice{}, test.drafts)
			if refused := registry.KindOf(err) == registry.KindConflict; refused != test.again {
				t.Errorf("ImportDrafts = %v; want it refused as a duplicate: %v", err, test.again)
			}
			if test.again && !slices.Contains(fieldsOf(err), "drafts.0.anyway") {
				t.Errorf("ImportDrafts = %v; want the problem at the reason", err)
			}
		})
	}
	anyway := twoDrafts()[:1]
	anyway[0].Anyway = "同名的另一家公司"
	var p registry.Publication
	if err := s.ImportDrafts(ctx, officer, &p, elsewhere, intake.Notice{}, anyway); err != nil {
		t.Fatal(err)
	}
	c, err := s.Case(ctx, officer, p.Cases[0].CaseID)
	if err != nil || !strings.Contains(c.Note, "同名的另一家公司") {
		t.Errorf("note = %q, %v; want the reason", c.Note, err)
	}
	twice := twoDrafts()
	twice[1] = twice[0]
	twice[0].FoundOn, twice[1].FoundOn = registry.Month(2023, 1), registry.Month(2023, 1)
	twice[1].Start, twice[1].End = 100, 110
	if err := s.ImportDrafts(ctx, officer, &registry.Publication{}, "又一份", intake.Notice{}, twice); registry.KindOf(err) != registry.KindConflict {
		t.Errorf("one case twice in an import = %v; want conflict", err)
	}
	// A farm of that name that has no case is asked about too.
	if _, err := s.AddFarm(ctx, officer, &registry.Farm{Name: "恩平鸿运牧业有限公司", DistrictCode: "440785"}); err != nil {
		t.Fatal(err)
	}
	farm := twoDrafts()[:1]
	farm[0].Party, farm[0].FoundOn = "恩平鸿运牧业有限公司", registry.Month(2022, 3)
	err = s.ImportDrafts(ctx, officer, &registry.Publication{}, "第四份", intake.Notice{}, farm)
	if registry.KindOf(err) != registry.KindConflict || !slices.Contains(fieldsOf(err), "drafts.0.anyway") || !strings.Contains(err.Error(), "养殖场") {
		t.Errorf("a farm that is there = %v; want it asked about", err)
	}
	farm[0].Anyway = "同名的另一家"
	if err := s.ImportDrafts(ctx, officer, &registry.Publication{}, "第四份", intake.Notice{}, farm); err != nil {
		t.Errorf("with a reason: %v", err)
	}
}

package casework

import (
	"slices"
	"strings"
	"testing"

	"casebook/internal/intake"
	"casebook/internal/registry"
	"casebook/internal/statute"
	"casebook/internal/statute/cite"
	"casebook/internal/statute/diff"
)

func TestStepsThatATextTells(t *testing.T) {
	for text, want := range map[string][]string{
		"": nil,
		"分局依法立案查处，责令立即改正违法行为，处罚款10万元，并把案件移送公安机关，对责任人行政拘留。": {"立案", "责令改正", "行政处罚决定", "移送行政拘留"},
		"责令该场限期改正。复查时仍拒不改正，遂予立案，作出行政处罚。":                   {"责令改正", "复查", "立案", "行政处罚决定"},
		"该局已立案，拟作出罚款5万元的行政处罚，并送达了事先告知书。":                   {"立案", "事先（听证）告知"},
		"因情节轻微并及时改正，依法不予行政处罚。":                             {"不予行政处罚"},
		"经审查决定不予立案。": {"不予立案"},
		"该行为由生态环境主管部门责令改正，处二万元以上二十万元以下的罚款。": {"责令改正"},
		"罚款3.5万元。案件现已结案。":                   {"行政处罚决定", "结案"},
		"涉嫌污染环境罪，已移送公安机关追究刑事责任，公安机关已立案侦查。":  {"移送涉嫌犯罪"},
		"对排污设施实施查封，并启动生态环境损害赔偿磋商。":          {"查封扣押", "损害赔偿磋商"},
		"双方已就生态环境损害磋商，该场制定了修复方案并着手生态修复工作。":  {"损害赔偿磋商", "修复方案", "修复实施"},
		"分局报请市人民政府责令关闭该场。":                  {"报政府责令拆除或关闭"},
		"逾期不缴，向人民法院申请强制执行。":                 {"申请强制执行"},
		"该市今年共查处畜禽养殖环境违法案件二十余宗。":            nil,
	} {
		var got []string
		for _, d := range stepsOf(&intake.Draft{Handling: text}) {
			got = append(got, string(d.Kind))
		}
		if !slices.Equal(got, want) {
			t.Errorf("steps of %q = %v; want %v", text, got, want)
		}
	}
	list := stepsOf(&intake.Draft{Handling: "责令限期改正。复查发现拒不改正。"})
	if len(list) != 2 || list[0].OrderMode != "限期改正" || list[0].Content != "责令限期改正。" || list[1].Result != "拒不改正" {
		t.Errorf("steps = %+v; want the mode, the text's words and the result", list)
	}
}

func provision(law string, article int, rest ...int) intake.Provision {
	l, _ := statute.Embedded().LawByName(law)
	p := intake.Provision{Law: l.Name, LawID: l.ID, Provision: registry.Provision{Article: article}}
	if len(rest) > 0 {
		p.Paragraph = rest[0]
	}
	if len(rest) > 1 {
		p.Item = rest[1]
	}
	return p
}

func TestActsByViolationType(t *testing.T) {
	law := statute.Embedded()
	on := registry.Month(2024, 10)
	d := intake.Draft{FoundOn: on, Narrative: "经过",
		Violated: []intake.Provision{provision("水污染防治法", 39), provision("水污染防治法", 10)},
		Basis:    []intake.Provision{provision("水污染防治法", 83, 0, 3), provision("水污染防治法", 83, 0, 2)}}
	acts := actsOf(law, &d)
	if len(acts) != 2 || acts[0].TypeCode != "WATER_EXCEED" || acts[1].TypeCode != "" {
		t.Fatalf("acts = %+v; want the excess settled, and article 39 left to a person", acts)
	}
	if b := acts[0].Citations; len(b) != 2 || b[1].Item != 2 {
		t.Errorf("the excess rests on %+v; want item 2", b)
	}
	if b := acts[1].Citations; len(b) != 2 || b[1].Item != 3 || acts[1].Facts != "经过" {
		t.Errorf("the evasion = %+v; want item 3 and the text's account as facts", acts[1])
	}
	best := TypesCiting(law, acts[1].Citations, on)
	if len(best) < 2 || best[0].Type.Code != "WATER_EVASION" {
		t.Errorf("types for article 39 = %v; want WATER_EVASION first of several", best)
	}
	if got := TypesCiting(law, acts[1].Citations, registry.Month(2027, 1)); slices.ContainsFunc(got, func(m TypeMatch) bool { return m.Type.Code == "WATER_EVASION" }) {
		t.Errorf("in 2027 article 39 still stands for %v; the law ended in 2026", got)
	}
	joined := actsOf(law, &intake.Draft{FoundOn: on, Violated: []intake.Provision{provision("环境保护法", 42, 4), provision("水污染防治法", 39)}})
	if len(joined) != 1 || joined[0].TypeCode != "WATER_EVASION" || len(joined[0].Citations) != 2 {
		t.Errorf("two articles of one act = %+v; want one act", joined)
	}
	if none := actsOf(law, &intake.Draft{Narrative: "经过"}); len(none) != 1 || none[0].TypeCode != "" || none[0].Facts != "经过" {
		t.Errorf("without articles = %+v; want one act to be filled in", none)
	}
}

func TestProposal(t *testing.T) {
	organs := []registry.Organ{{ID: 1, Kind: "市局", ShortName: "市局", Active: true}, {ID: 5, Kind: "分局", ShortName: "恩平分局", Active: true}}
	text := []rune("存栏母猪5300多头")
	n := int64(5300)
	no := false
	d := intake.Draft{Party: "恩平某畜牧有限公司", District: "恩平市", Authority: "市生态环境局恩平分局", Species: "猪", HeadCount: &n, Marks: []intake.Mark{{Field: "head_count", Start: 4, End: 8}},
		Quotes: []intake.Quote{{Citation: "《中华人民共和国水污染防治法》第三十九条", Quote: cite.Quote{Text: "渗坑、溶洞、私设暗管", Matches: &no, Edits: diff.Texts("渗坑、溶洞，私设暗管", "渗坑、溶洞、私设暗管")}}}}
	x := propose(statute.Embedded(), registry.DefaultBureau().Districts, organs, text, &d)
	if x.Title != "恩平某畜牧有限公司环境违法案" || x.PartyKind != "公司" || x.DistrictCode != "440785" || x.HandlingOrganID != 5 {
		t.Errorf("proposal = %+v", x)
	}
	if x.Herd.Species != "生猪" || x.Herd.Qualifier != "多" || *x.Herd.Count != 5300 {
		t.Errorf("herd = %+v; want 5300多", x.Herd)
	}
	if len(x.Notes) != 1 || x.Notes[0].Kind != "标点" || x.Notes[0].Printed != "渗坑、溶洞、私设暗管" || x.Notes[0].Official != "渗坑、溶洞，私设暗管" {
		t.Errorf("remarks = %+v; want the comma", x.Notes)
	}
	foreign := propose(statute.Embedded(), registry.DefaultBureau().Districts, organs, nil, &intake.Draft{District: "象山县", Party: "李某", Species: "牛"})
	if foreign.DistrictCode != "" || foreign.PartyKind != "自然人" || foreign.Herd.Species != "" {
		t.Errorf("proposal = %+v; want no district of ours and the species open", foreign)
	}
}

func TestVersionsOfACitation(t *testing.T) {
	law := statute.Embedded()
	for _, tt := range []struct {
		law, want string
		article   int
		on        registry.Date
	}{
		{"water-pollution-law", "2017", 39, registry.Day(2024, 6, 1)},
		{"water-pollution-law", "2017", 39, registry.Day(2026, 9, 1)}, // repealed: its last version
		{"water-pollution-law", "", 39, registry.Day(2010, 6, 1)},     // another version, which nobody holds
		{"eco-code", "2026", 1108, registry.Day(2024, 6, 1)},          // not in force yet
		{"guangdong-env-regulation", "2019 2022", 49, registry.Month(2022, 11)},
	} {
		var got []string
		for _, c := range Versions(law, registry.Citation{LawID: tt.law, Provision: registry.Provision{Article: tt.article}}, tt.on) {
			got = append(got, c.VersionID)
		}
		if s := strings.Join(got, " "); s != tt.want {
			t.Errorf("Versions(%s, %s) = %q, want %q", tt.law, tt.on, s, tt.want)
		}
	}
}

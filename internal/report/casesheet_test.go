package report

import (
	"slices"
	"strings"
	"testing"
	"time"

	"casebook/internal/procedure"
	"casebook/internal/registry"
	"casebook/internal/statute"
)

// sheetOf makes the sheet of a file on a day.
func sheetOf(f *registry.CaseFile, change func(*CaseSheetInput)) CaseSheet {
	law := statute.Embedded()
	in := CaseSheetInput{Facts: &procedure.Facts{File: f, Law: law, Calendar: law.Calendar(), Today: registry.Day(2025, 6, 1), ActEnds: make([]registry.Date, len(f.Violations))},
		At: time.Date(2025, 6, 1, 1, 0, 0, 0, time.UTC), Actor: "陈示例"}
	if change != nil {
		change(&in)
	}
	return NewCaseSheet(in)
}

// words are all words of a sheet, in order.
func (s CaseSheet) words() string {
	var b strings.Builder
	add := func(list ...string) { b.WriteString(strings.Join(list, " ") + "\n") }
	add(append([]string{s.Title}, s.Lines...)...)
	for _, x := range s.Sections {
		add("#", x.Title, x.Note)
		for _, p := range x.Parts {
			add(p.Heading, p.Remark, strings.Join(p.Text, " "))
			for _, f := range p.Facts {
				add(f.Key, f.Value)
			}
			for _, q := range p.Quotes {
				add(q.Role, q.Law, q.Provision, q.Version, q.Hash, q.Text)
			}
			if p.Table != nil {
				for _, r := range append(slices.Clone(p.Table.Rows), p.Table.Total) {
					add(r...)
				}
			}
		}
	}
	add(s.Foot...)
	return b.String()
}

func TestCaseSheetMasksCodes(t *testing.T) {
	f := &registry.CaseFile{Case: registry.Case{Title: "甲案", Parties: []registry.CaseParty{{Role: "责任人"}}}, Parties: []registry.Party{{Name: "某人", Kind: "自然人", IDNumber: "11010519491231002X", Phone: "13800138000"}}}
	masked, full := sheetOf(f, nil).words(), sheetOf(f, func(in *CaseSheetInput) { in.Personal = true }).words()
	if strings.Contains(masked, "19491231") || strings.Contains(masked, "13800138000") || !strings.Contains(masked, "110***********002X") {
		t.Errorf("without the permission the sheet reads\n%s", masked)
	}
	if !strings.Contains(full, "11010519491231002X") || !strings.Contains(full, "13800138000") {
		t.Errorf("with the permission the sheet reads\n%s", full)
	}
}

func TestCaseSheetSaysWhatIsUnknown(t *testing.T) {
	f := &registry.CaseFile{Case: registry.Case{ID: 4, Title: "乙案", Origin: registry.OriginPublished},
		Documents: []registry.Document{{ID: 1, Kind: registry.DocDecision}, {ID: 2, Kind: registry.DocDetention}}, Penalties: []registry.Penalty{{DocumentID: 1, Kind: registry.PenaltyUnknown}}}
	got := sheetOf(f, nil).words()
	for _, want := range []string{"案件编号 未公布", "1 行政处罚决定  未公布", "已移送，公安机关的决定未公布；移送人数未公布", "种类未公布 未公布", "有 1 项金额未公布，不计入合计", "起算日未知", "来源未载明是否告知", "没有引用本库收录的条文"} {
		if !strings.Contains(got, want) {
			t.Errorf("the sheet lacks %q:\n%s", want, got)
		}
	}
}

// A text that two violations cite stands on the sheet once; our review notes are told apart; the digest changes with the words.
func TestCaseSheetQuotesOnce(t *testing.T) {
	cite := func(standing registry.CitationStanding, article int, hash string) registry.Citation {
		return registry.Citation{Role: registry.RoleBreached, Standing: standing, Law: "中华人民共和国水污染防治法", LawID: "water", Provision: registry.Provision{Article: article}, TextHash: hash}
	}
	f := &registry.CaseFile{Case: registry.Case{Title: "丙案"}, Violations: []registry.Violation{
		{Citations: []registry.Citation{cite(registry.StandingConfirmed, 39, "aaaabbbbccccdddd"), cite(registry.StandingReview, 40, "eeee")}},
		{Citations: []registry.Citation{cite(registry.StandingConfirmed, 39, "aaaabbbbccccdddd"), cite(registry.StandingOffered, 41, "")}}}}
	texts := func(in *CaseSheetInput) { in.Texts = map[string]string{"aaaabbbbccccdddd": "禁止逃避监管。"} }
	s := sheetOf(f, texts)
	got := s.words()
	if n := strings.Count(got, "禁止逃避监管。"); n != 1 {
		t.Errorf("the text stands %d times:\n%s", n, got)
	}
	for _, want := range []string{"违反条款：《中华人民共和国水污染防治法》第三十九条（条文见前）", "复核意见另提及：《中华人民共和国水污染防治法》第四十条", "违反条款（系统提供，待确认） 中华人民共和国水污染防治法 第四十一条", "（本库未收录）", "aaaabbbbcccc", "所引法条文本 1 条"} {
		if !strings.Contains(got, want) {
			t.Errorf("the sheet lacks %q:\n%s", want, got)
		}
	}
	f.Violations[0].Citations[0].TextHash = "1111222233334444"
	if other := sheetOf(f, texts); other.Foot[1] == s.Foot[1] {
		t.Errorf("another text, the same digest %s", s.Foot[1])
	}
}

func TestCaseSheetTimelineAndMoney(t *testing.T) {
	m := registry.Yuan(225000)
	f := &registry.CaseFile{Case: registry.Case{Title: "丁案"}, Documents: []registry.Document{
		{ID: 1, Kind: registry.DocFiling, MadeOn: registry.Day(2025, 1, 6)}, {ID: 2, Kind: registry.DocDecision, MadeOn: registry.Day(2025, 2, 6), ServedOn: registry.Day(2025, 2, 8), ServiceMode: "直接送达"}},
		Penalties: []registry.Penalty{{ID: 1, DocumentID: 2, Kind: "罚款", Amount: &m}},
		Payments:  []registry.Payment{{PenaltyID: 1, Kind: registry.PaidFine, PaidOn: registry.Day(2025, 2, 7), Amount: registry.Yuan(25000)}}}
	got := sheetOf(f, nil).words()
	for _, want := range []string{"2025-01-06 立案\n2025-02-06 行政处罚决定\n2025-02-07 缴款　25,000 元\n2025-02-08 送达　行政处罚决定 直接送达", "罚款 225,000", "25,000 200,000", "合计（大写）贰拾贰万伍仟元整"} {
		if !strings.Contains(got, want) {
			t.Errorf("the sheet lacks %q:\n%s", want, got)
		}
	}
}

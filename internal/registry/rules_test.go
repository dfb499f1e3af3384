package registry

import (
	"slices"
	"strings"
	"testing"
)

func docs(kinds ...DocKind) []Document {
	var list []Document
	for i, k := range kinds {
		list = append(list, Document{Kind: k, Seq: int64(i + 1)})
	}
	return list
}

func TestStageOf(t *testing.T) {
	for _, c := range []struct {
		kinds []DocKind
		want  Stage
	}{
		{nil, StageOpened},
		{[]DocKind{"责令改正"}, StageOrdered},
		{[]DocKind{"责令改正", "复查", "立案"}, StageFiled},
		{[]DocKind{"立案", "责令改正"}, StageFiled},
		{[]DocKind{"责令改正", "复查", "立案", "行政处罚决定", "报政府责令拆除或关闭"}, StageDecided},
		{[]DocKind{"立案", "事先（听证）告知", "行政处罚决定", "责令改正", "移送行政拘留"}, StageDecided},
		{[]DocKind{"立案", "行政处罚决定", "撤销处罚"}, StageAnnulled},
		{[]DocKind{"立案", "行政处罚决定", "撤销处罚", "行政处罚决定"}, StageDecided},
		{[]DocKind{"立案", "行政处罚决定", "结案"}, StageClosed},
		{[]DocKind{"不予立案"}, StageNotFiled},
		{[]DocKind{"立案", "不予行政处罚"}, StageNoPenalty},
		{[]DocKind{"立案", "行政处罚决定", "结案", "恢复办理"}, StageDecided},
		{[]DocKind{"立案", "行政处罚决定", "结案", "恢复办理", "结案"}, StageClosed},
		{[]DocKind{"立案", "行政处罚决定", "结案", "恢复办理", "撤销处罚", "行政处罚决定"}, StageDecided},
		{[]DocKind{"不予立案", "结案", "恢复办理", "立案"}, StageFiled},
		{[]DocKind{"结案", "恢复办理"}, StageOpened},
		{[]DocKind{"立案", "恢复办理"}, StageFiled},  // nothing to take back
		{[]DocKind{"立案", "督办销案"}, StageClosed}, // a kind that an administrator added
		{[]DocKind{"立案", "督办销案", "恢复办理"}, StageFiled},
		{[]DocKind{"立案", "没有的种类"}, StageFiled},
	} {
		if got := StageOf(docs(c.kinds...), DocumentKind{Name: "督办销案", Stage: StageClosed}); got != c.want {
			t.Errorf("StageOf(%v) = %s; want %s", c.kinds, got, c.want)
		}
	}
}

// A chain of which no day was published stands in its own order; dated documents among it sort by date.
func TestSortDocuments(t *testing.T) {
	list := []Document{
		{Kind: "行政处罚决定", Seq: 4}, {Kind: "责令改正", Seq: 1}, {Kind: "立案", Seq: 3}, {Kind: "复查", Seq: 2},
	}
	SortDocuments(list)
	if got := kindsOf(list); got != "责令改正 复查 立案 行政处罚决定" {
		t.Errorf("without days: %s", got)
	}
	list = []Document{
		{Kind: "立案", Seq: 1, MadeOn: Day(2024, 3, 10)}, {Kind: "责令改正", Seq: 2, MadeOn: Day(2024, 3, 1)}, {Kind: "结案", Seq: 3},
	}
	SortDocuments(list)
	if got := kindsOf(list); got != "责令改正 立案 结案" {
		t.Errorf("with days: %s", got)
	}
}

func kindsOf(list []Document) string {
	var k []string
	for _, d := range list {
		k = append(k, string(d.Kind))
	}
	return strings.Join(k, " ")
}

func TestMultiple(t *testing.T) {
	for _, c := range []struct {
		r    SampleResult
		want string
		ok   bool
	}{
		{SampleResult{Pollutant: "氨氮", Kind: "数值", Value: "422", Limit: "80"}, "4.28", true},
		{SampleResult{Pollutant: "化学需氧量", Kind: "数值", Value: "400", Limit: "400"}, "", false},
		{SampleResult{Pollutant: "粪大肠菌群数", Kind: "数值", Value: "2.9×10^10", Limit: "40000"}, "724999.00", true},
		{SampleResult{Pollutant: "氨氮", Kind: "仅结论", Verdict: "超标"}, "", false},
		{SampleResult{Pollutant: "pH", Kind: "数值", Value: "9.5", Limit: "9"}, "", false},
		{SampleResult{Pollutant: "总磷", Kind: "大于", Value: "70", Limit: "7.0"}, "9.00", true},
	} {
		if got, ok := c.r.Multiple(); got != c.want || ok != c.ok {
			t.Errorf("Multiple(%+v) = %q, %v; want %q, %v", c.r, got, ok, c.want, c.ok)
		}
	}
}

func TestSubmittingAsksForTwoOfficers(t *testing.T) {
	x := Inspection{Origin: OriginField, FarmID: 1, Kind: "日常检查", StartedOn: Day(2026, 11, 1), StartTime: "09:00", EndTime: "10:00", Place: "场内", Findings: "有。",
		Result: ViolationFound, CertificateShown: Yes, RightsTold: Yes, Officers: []OfficerRef{{Name: "甲", CertNo: "A1"}}}
	if err := x.CheckSubmit(Day(2026, 11, 2)); err == nil || !strings.Contains(err.Error(), "两名以上") {
		t.Errorf("CheckSubmit with one officer = %v; want it to ask for two", err)
	}
	x.Officers = append(x.Officers, OfficerRef{Name: "乙", CertNo: "A2"})
	if err := x.CheckSubmit(Day(2026, 11, 2)); err != nil {
		t.Errorf("CheckSubmit with two officers = %v; want nil", err)
	}
	x.Officers, x.Origin = nil, OriginPublished
	if err := x.CheckSubmit(Day(2026, 11, 2)); err != nil {
		t.Errorf("CheckSubmit of a published record = %v; want nil: a newspaper names no officers", err)
	}
}

func TestVerdictMustAgreeWithNumbers(t *testing.T) {
	s := Sample{InspectionID: 1, Point: "排放口", Results: []SampleResult{{Pollutant: "氨氮", Kind: "数值", Value: "100", Limit: "70", Verdict: "达标"}}}
	if err := s.Validate(); err == nil || !strings.Contains(err.Error(), "results.0.verdict") {
		t.Errorf("Validate = %v; want a problem at results.0.verdict", err)
	}
}

func TestFindLeaks(t *testing.T) {
	f := &CaseFile{
		Case:    Case{DistrictCode: "440785", Parties: []CaseParty{{PartyID: 1, NameAtAct: "恩平市绿源牧业有限公司"}}},
		Parties: []Party{{Name: "恩平市绿源牧业有限公司", PublicName: "恩平某牧业有限公司", LegalPerson: "梁示例", Phone: "13800138000", CreditCode: "91440704304226404T", Kind: "公司"}},
		Farm:    &Farm{Name: "绿源猪场", Town: "沙湖镇", PublicName: "恩平某牧业有限公司"},
	}
	secrets := DefaultBureau().SecretsOf(f)
	text := "2024年10月5日，恩平市绿源牧业有限公司（沙湖镇）负责人梁示例，电话13800138000，身份证11010519491231002X。"
	var kinds []string
	for _, l := range DefaultBureau().FindLeaks(text, secrets) {
		kinds = append(kinds, l.Kind)
	}
	for _, want := range []string{"当事人名称", "镇街村", "自然人姓名", "联系电话", "身份证号", "手机号码", "具体日期"} {
		if !slices.Contains(kinds, want) {
			t.Errorf("FindLeaks found %v; want %s among them", kinds, want)
		}
	}
	if leaks := DefaultBureau().FindLeaks("2024年10月，恩平某牧业有限公司存栏母猪5300多头，依据第八十三条处罚款10万元。", secrets); len(leaks) != 0 {
		t.Errorf("FindLeaks of a clean text = %v; want none", leaks)
	}
	if got := secrets.Masker().Mask("绿源猪场在沙湖镇"); got != "某在某" {
		t.Errorf("Mask = %s", got)
	}
}

func TestSumCountsUnknowns(t *testing.T) {
	ten := Yuan(10)
	f := CaseFile{Penalties: []Penalty{{Kind: "罚款", Amount: &ten}, {Kind: PenaltyUnknown}, {Kind: "警告"}}}
	if got, want := f.Fines(), (Sum{Total: ten, Known: 1, Unknown: 1}); got != want {
		t.Errorf("Fines = %+v; want %+v", got, want)
	}
}

func TestChineseNumeral(t *testing.T) {
	for n, want := range map[int]string{0: "零", 10: "十", 14: "十四", 39: "三十九", 100: "一百", 101: "一百零一", 110: "一百一十", 120: "一百二十", 1000: "一千", 1010: "一千零一十", 1242: "一千二百四十二", 1057: "一千零五十七", 10001: "一万零一"} {
		if got := ChineseNumeral(n); got != want {
			t.Errorf("ChineseNumeral(%d) = %s; want %s", n, got, want)
		}
	}
}

// The role table must name every permission, so that a route cannot be written for one that nobody has by mistake.
func TestEveryPermissionHasARole(t *testing.T) {
	for p, roles := range permissions {
		if len(roles) == 0 {
			t.Errorf("permission %s has no role", p)
		}
	}
	if RoleAuditor.Can(PermRecordWrite) || RoleAdmin.Can(PermRecordWrite) || RolePublisher.Can(PermRecordWrite) {
		t.Error("only officers write records")
	}
	if RoleOfficer.Can("no.such") || RoleSystem.Can("no.such") {
		t.Error("an unknown permission is refused to all")
	}
}

func FuzzParseDecimal(f *testing.F) {
	for _, s := range []string{"282", "19.6", "2.9×10^10", "1e-3", "<0.5", "１２", "1.2.3", "-4", "9e99999"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		v, ok := ParseDecimal(s)
		if ok && v.Sign() < 0 {
			t.Fatalf("ParseDecimal(%q) = %s; want no negative", s, v)
		}
		r := SampleResult{Pollutant: "氨氮", Kind: ResultValue, Value: s, Limit: "70"}
		if m, ok := r.Multiple(); ok && strings.HasPrefix(m, "-") {
			t.Fatalf("Multiple of %q = %s", s, m)
		}
	})
}

package registry

import (
	"os"
	"strings"
	"testing"
)

func heshanFile() *CaseFile {
	lng, lat := 112.712345, 22.561234
	return &CaseFile{
		Case: Case{DistrictCode: "440784", Number: "江鹤环立〔2026〕17号", FoundOn: Day(2026, 3, 12), Parties: []CaseParty{{PartyID: 1}, {PartyID: 2}}},
		Parties: []Party{
			{Kind: "公司", Name: "鹤山市双合镇宏泰盛生猪养殖有限公司", LegalPerson: "欧阳建辉", Phone: "13536289047", CreditCode: "91440784MA4W1K2X3C", Address: "广东省江门市鹤山市双合镇泗合村委会大岗头村12号"},
			{Kind: "自然人", Name: "黎秀珍", IDNumber: "440784198607230926"},
		},
		OtherNames:  []string{"鹤山市双合镇旺发猪场"},
		Farm:        &Farm{Name: "双合镇鹿洞山猪场", Town: "双合镇", Address: "双合镇泗合村委会大岗头村", ReceivingWater: "双桥水", Place: Place{Longitude: &lng, Latitude: &lat}},
		Inspections: []Inspection{{StartedOn: Day(2026, 3, 12), Others: "见证人 谭志强；双合镇人民政府 冼国雄", PresentName: "岑小燕", Officers: []OfficerRef{{Name: "麦永康", CertNo: "19J0088"}}}},
		Evidence:    []Evidence{{Maker: "摄影：麦永康", Number: "鹤证〔2026〕11号"}},
		Documents:   []Document{{Kind: DocDecision, NumberTyped: "江鹤环罚〔2026〕9号", Number: "江鹤环罚〔2026〕9号", PartyName: "鹤山市双合镇宏泰盛生猪养殖有限公司", People: "承办人麦永康"}},
		Payments:    []Payment{{Receipt: "4407 0088991"}},
	}
}

func taishanFile() *CaseFile {
	lng, lat := 112.567812, 21.812345
	return &CaseFile{
		Case: Case{DistrictCode: "440781", Number: "江台环立〔2025〕28号", FoundOn: Day(2025, 11, 3), Parties: []CaseParty{{PartyID: 1}, {PartyID: 2}}},
		Parties: []Party{
			{Kind: "公司", Name: "台山市海宴镇丰泽园农牧有限公司", LegalPerson: "伍卓然", Phone: "13702345566", CreditCode: "91440781MA52ABCD1X", Address: "广东省江门市台山市海宴镇五丰村委会石美村23号"},
			{Kind: "自然人", Name: "司徒嘉敏", IDNumber: "440781197511034213", Phone: "0750-5566778"},
		},
		OtherNames:  []string{"台山市海宴镇金福鸭场"},
		Farm:        &Farm{Name: "海宴镇石美鸭场", Town: "海宴镇", Address: "海宴镇五丰村委会石美村", ReceivingWater: "大隆河", Place: Place{Longitude: &lng, Latitude: &lat}},
		Inspections: []Inspection{{StartedOn: Day(2025, 11, 3), Others: "见证人 利锦添；五丰村委会 梁国栋", PresentName: "利锦添", Officers: []OfficerRef{{Name: "方子健", CertNo: "19J0123"}}}},
		Documents:   []Document{{Kind: DocDecision, NumberTyped: "江台环罚〔2025〕33号", Number: "江台环罚〔2025〕33号", PartyName: "台山市海宴镇丰泽园农牧有限公司", People: "承办人方子健"}},
	}
}

func TestGuardRounds(t *testing.T) {
	b := DefaultBureau()
	for _, round := range []struct {
		name string
		file *CaseFile
	}{{"1", heshanFile()}, {"2", taishanFile()}} {
		g := b.Guard(b.SecretsOf(round.file), nil)
		text, err := os.ReadFile("testdata/guard/round-" + round.name + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		class := ""
		tried, caught := 0, 0
		var missed []string
		done := func() {
			if tried > 0 {
				t.Logf("%s：%d/%d 漏 %s", class, caught, tried, strings.Join(missed, " ¦ "))
			}
			tried, caught, missed = 0, 0, nil
		}
		for line := range strings.Lines(string(text)) {
			line = strings.TrimRight(line, "\n")
			if c, ok := strings.CutPrefix(line, "# "); ok {
				done()
				class = c
				continue
			}
			tried++
			if len(g.Find(CleanText(strings.ReplaceAll(line, `\n`, "\n")))) > 0 {
				caught++
			} else {
				missed = append(missed, line)
			}
		}
		done()
		text, _ = os.ReadFile("testdata/guard/clean-" + round.name + ".txt")
		for line := range strings.Lines(string(text)) {
			for _, l := range g.Find(strings.TrimSpace(line)) {
				t.Logf("误 %s（%t）：%s[%s]%s", l.Kind, l.Asked, l.Before, l.Text, l.After)
			}
		}
	}
}

package registry

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
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

func xinhuiFile() *CaseFile {
	lng, lat := 113.056789, 22.234567
	return &CaseFile{
		Case: Case{DistrictCode: "440705", Number: "江新环立〔2026〕22号", FoundOn: Day(2026, 3, 1), Parties: []CaseParty{{PartyID: 1}, {PartyID: 2}}},
		Parties: []Party{
			{Kind: "公司", Name: "江门市新会区崖门镇鸿业牧业有限公司", LegalPerson: "区伟民", Phone: "13822334455", CreditCode: "91440705MA4UXYZ12P", Address: "广东省江门市新会区崖门镇龙旺村民委员会甜水村8号"},
			{Kind: "自然人", Name: "梁玉莲", IDNumber: "440782197302188216", Phone: "0750-6223344"},
		},
		OtherNames:  []string{"新会区崖门镇福来鸡场"},
		Farm:        &Farm{Name: "崖门镇甜水鸡场", Town: "崖门镇", Address: "崖门镇龙旺村委会甜水村", ReceivingWater: "崖南涌", Place: Place{Longitude: &lng, Latitude: &lat}},
		Inspections: []Inspection{{StartedOn: Day(2026, 3, 1), Others: "见证人 苏炳坤", PresentName: "梁玉莲", Recorder: "容倩", Officers: []OfficerRef{{Name: "容倩", CertNo: "19J0456"}}}},
		Samples:     []Sample{{ReportNumber: "XH260301-02"}},
		Documents:   []Document{{Kind: DocDecision, NumberTyped: "江新环罚〔2026〕14号", Number: "江新环罚〔2026〕14号", PartyName: "江门市新会区崖门镇鸿业牧业有限公司", People: "承办人容倩"}},
		Payments:    []Payment{{Receipt: "0099887766"}},
	}
}

func enpingFile() *CaseFile {
	lng, lat := 112.152345, 22.301234
	return &CaseFile{
		Case: Case{DistrictCode: "440785", Number: "江恩环立〔2026〕31号", FoundOn: Day(2026, 4, 9), Parties: []CaseParty{{PartyID: 1}, {PartyID: 2}}},
		Parties: []Party{
			{Kind: "公司", Name: "恩平市那吉镇龙腾兴养殖有限公司", LegalPerson: "谭启明", Phone: "15916778899", CreditCode: "91440785MA55TT1K8H", Address: "广东省江门市恩平市那吉镇清湾村委会大莲塘村6号"},
			{Kind: "自然人", Name: "阮美云", IDNumber: "441725198905124417", Phone: "0750-7788990"},
		},
		OtherNames:  []string{"恩平市那吉镇茂源猪场"},
		Farm:        &Farm{Name: "那吉镇大莲塘鸡场", Town: "那吉镇", Address: "那吉镇清湾村委会大莲塘村", ReceivingWater: "锦江", Place: Place{Longitude: &lng, Latitude: &lat}},
		Inspections: []Inspection{{StartedOn: Day(2026, 4, 9), PresentName: "阮美云", Officers: []OfficerRef{{Name: "朱海峰", CertNo: "19J0777"}}}},
		Documents:   []Document{{Kind: DocDecision, NumberTyped: "江恩环罚〔2026〕18号", Number: "江恩环罚〔2026〕18号", PartyName: "恩平市那吉镇龙腾兴养殖有限公司", People: "承办人朱海峰"}},
	}
}

func kaipingFile() *CaseFile {
	lng, lat := 112.543216, 22.098765
	return &CaseFile{
		Case: Case{DistrictCode: "440783", Number: "江开环立〔2026〕19号", FoundOn: Day(2026, 5, 18), Parties: []CaseParty{{PartyID: 1}, {PartyID: 2}}},
		Parties: []Party{
			{Kind: "公司", Name: "开平市赤水镇祥泰丰农牧有限公司", LegalPerson: "张伟明", Phone: "13923078816", CreditCode: "91440783MA4X7K3L2P", Address: "广东省江门市开平市赤水镇三合村委会龙湾村35号"},
			{Kind: "自然人", Name: "胡月娥", IDNumber: "440783196804125823", Phone: "0750-2778816"},
		},
		OtherNames:  []string{"赤水镇阿明猪场"},
		Farm:        &Farm{Name: "赤水镇龙湾猪场", Town: "赤水镇", Address: "赤水镇三合村委会龙湾村", ReceivingWater: "白沙水", Place: Place{Longitude: &lng, Latitude: &lat}, ContactName: "张伟明", Permit: Approval{Number: "91440783MA4X7K3L2P001V"}, EIA: Approval{Number: "江开环审〔2019〕58号"}},
		Inspections: []Inspection{{StartedOn: Day(2026, 5, 18), Others: "见证人 李国柱", PresentName: "胡月娥", Officers: []OfficerRef{{Name: "邓志豪", CertNo: "19J0666"}}}},
		Samples:     []Sample{{ReportNumber: "KP260518-03"}},
		Evidence:    []Evidence{{Maker: "摄影：邓志豪", Number: "开证〔2026〕9号"}},
		Documents:   []Document{{Kind: DocDecision, NumberTyped: "江开环罚〔2026〕27号", Number: "江开环罚〔2026〕27号", PartyName: "开平市赤水镇祥泰丰农牧有限公司", People: "承办人邓志豪"}},
		Payments:    []Payment{{Receipt: "4407 0099123"}},
	}
}

// Eight probes, each thought up before what the one before it had missed was mended: at their first runs 261 of 481, 395 of 541, 292 of 355, 171 of 179,
// 111 of 127, 56 of 61, 53 of 60 and 37 of 40 spellings were found, the fourth, the sixth and the last without any mending after it; of the clean
// paragraphs of the last four 2 of 40, 3 of 20, none of 25 and none of 20 were asked about. A line is a spelling; one with ? before it is missed still (a word that nothing tells from an ordinary one, or a place that
// neither the case nor the list of towns has), so that a change that finds it says so. In the same way stand the clean paragraphs, where ? is before those
// that are asked about.
func TestGuardRounds(t *testing.T) {
	b := DefaultBureau()
	tried, clean, asked, spoken, silent := 0, 0, 0, 0, 0
	for n, file := range []*CaseFile{heshanFile(), taishanFile(), xinhuiFile(), enpingFile(), kaipingFile(), enpingFile(), heshanFile(), taishanFile()} {
		g := b.Guard(b.SecretsOf(file), nil)
		look := func(name string, want bool) (lines, marked int) {
			text, err := os.ReadFile(fmt.Sprintf("testdata/guard/%s-%d.txt", name, n+1))
			if err != nil {
				t.Fatal(err)
			}
			for line := range strings.Lines(string(text)) {
				line, known := strings.CutPrefix(strings.TrimRight(line, "\n"), "?")
				if strings.HasPrefix(line, "# ") {
					continue
				}
				lines++
				if known {
					marked++
				}
				line = strings.ReplaceAll(line, `\n`, "\n")
				if found := g.Find(CleanText(line)); len(found) > 0 == want == known {
					t.Errorf("%s %d: %q has %v, marked ? %t", name, n+1, line, found, known)
				}
				for _, within := range []string{"经查，%s。该场废水外排。", "据了解%s，随后外排", "题为%s；现已整改"} {
					if want && !known && !strings.HasSuffix(line, ".jpg") {
						if spoken++; len(g.Find(CleanText(fmt.Sprintf(within, line)))) == 0 {
							silent++
						}
					}
				}
			}
			return lines, marked
		}
		lines, missed := look("round", true)
		tried += lines
		t.Logf("%d of %d spellings are found", lines-missed, lines)
		if n != 3 {
			lines, wrong := look("clean", false)
			clean, asked = clean+lines, asked+wrong
		}
	}
	t.Logf("%d spellings; %d of %d are missed in a sentence; %d of %d clean paragraphs are asked about", tried, silent, spoken, asked, clean)
	if silent*100 > spoken {
		t.Errorf("%d of %d spellings that are found alone are missed in a sentence", silent, spoken)
	}
}

// A pattern that reads around its words finds all that it would find in the whole text: no spelling of the probes is out of the reach of the words.
func TestPatternsReadWhereTheyFind(t *testing.T) {
	patterns := DefaultBureau().leakPatterns()
	texts, err := filepath.Glob("testdata/guard/*.txt")
	if err != nil || len(texts) < 10 {
		t.Fatal(texts, err)
	}
	found := 0
	for _, name := range texts {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(text)) {
			r := newRead(CleanText(line))
			for form, text := range []Folded{byWords: r.words, byLines: r.lines, closed: r.days} {
				at := patterns.where(textForm(form), text.Text)
				for k := range patterns.list {
					p := &patterns.list[k]
					if p.form != textForm(form) || p.near == nil {
						continue
					}
					there := within(text.Text, at.near[k], p.find)
					for _, s := range p.find(text.Text) {
						if found++; !slices.Contains(there, s) {
							t.Errorf("%s of %q is out of reach: %s", p.kind, text.Text[s.from:s.to], line)
						}
					}
				}
			}
		}
	}
	if found < 500 {
		t.Errorf("only %d finds are compared", found)
	}
}

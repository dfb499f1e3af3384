package registry

import (
	"cmp"
	"encoding/json"
	"strings"
	"sync"
	"testing"
)

// guardFile is a case that names people and places in every way a record can.
func guardFile() *CaseFile {
	return &CaseFile{
		Case: Case{DistrictCode: "440785", Number: "江恩环立〔2026〕5号", Parties: []CaseParty{{PartyID: 1}, {PartyID: 2}}},
		Parties: []Party{
			{Kind: "公司", Name: "恩平市高坡（生态）养殖有限公司", LegalPerson: "阿依古丽·买买提", Phone: "13800138001", Address: "广东省江门市恩平市沙湖镇建设路8号"},
			{Kind: "自然人", Name: "张三", IDNumber: "440799197503151235"},
		},
		Inspected: []Party{{Kind: "个体工商户", Name: "恩平市低坡养殖场", LegalPerson: "李四光"}},
		Farm:      &Farm{Name: "沙湖镇绿源牧歌养殖场", Town: "沙湖镇", Address: "沙湖镇成平村委会高坡"},
		Inspections: []Inspection{{
			Others: "见证人 钱七巧；恩平市沙湖镇人民政府 赵六顺", Recorder: "吴记录", PresentName: "冯在场",
			Officers: []OfficerRef{{Name: "郑执法", CertNo: "19J0012"}},
		}},
		Evidence: []Evidence{{Maker: "摄影：褚拍照", Number: "证〔2026〕3号"}},
		Documents: []Document{{
			Kind: DocDecision, NumberTyped: "江恩环罚〔2026〕21号", Number: "江恩环罚〔2026〕21号", PartyName: "恩平市第三坡养殖有限公司",
			People: "承办人孙八一、周九如", Participants: []Participant{{Name: "卫审核", Part: "审核"}},
		}},
		Payments: []Payment{{Receipt: "4407 0012345"}},
	}
}

// The guard reads as a person does, so spelling hides nothing. What it must let pass stands among the rest.
func TestGuard(t *testing.T) {
	b := DefaultBureau()
	secrets := b.SecretsOf(guardFile())
	for _, c := range []struct {
		text   string
		refuse bool
	}{
		// names in other spellings
		{"责任人张　三在场", true},
		{"责任人张 三在场", true},
		{"责任人张\u200b三在场", true},
		{"责任人张\n三在场", true},
		{"恩平市高坡（生态）养殖\n有限公司排放废水", true},
		{"恩平市高坡 （生态）养殖有限公司排放废水", true},
		{"恩平市高坡﹙生态﹚养殖有限公司排放废水", true},
		{"恩平市高坡【生态】养殖有限公司排放废水", true},
		{"负责人阿依古丽•买买提在场", true},
		{"负责人阿依古丽・买买提在场", true},
		{"负责人阿依古丽．买买提在场", true},
		{"负责人阿依古丽 ‧ 买买提在场", true},
		{"恩平市⾼坡（生态）养殖有限公司排放废水", true},
		{"绿源牧歌的粪水流到沟里", true},
		{"绿\u00ad源 牧歌的粪水流到沟里", true},
		{"该公司排放废水", false},
		{"恩平市某养殖有限公司的生态养殖", false},
		// numbers of persons in other groupings
		{"身份证440799 19750315 1235", true},
		{"身份证440799-1975-0315-1235", true},
		{"身份证４４０７９９１９７５０３１５１２３５", true},
		{"证号440799750315123", true},
		{"证号440799********1235", true},
		{"证号4407991975****1235", true},
		{"电话138 0013 8001", true},
		{"电话138-0013-8001", true},
		{"电话138.0013.8001", true},
		{"电话①③⑧⓪⓪①③⑧⓪⓪①", true},
		{"电话一三八零零一三八零零一", true},
		{"电话+8613712345678", true},
		{"电话+86 137-1234-5678", true},
		{"电话137 1234 5678", true},
		{"电话1371234 5678", true},
		{"电话（0750）7712346", true},
		{"电话0750 7712346", true},
		{"电话07507712346", true},
		{"电话400-830-1234", true},
		{"代码91440785ma5te5t12p", true},
		{"代码91440785 MA5TE5T12P", true},
		{"代码91440785-MA5TE5T12-P", true},
		{"账号6222 0012 3456 7890 123", true},
		{"账号6222001234567890123", true},
		{"微信号：abc_12345", true},
		{"粤J·12345的槽罐车", true},
		{"粤ＪＡ12345的槽罐车", true},
		{"2024.10.05检查", true},
		{"2024/10/5检查", true},
		{"二〇二四年十月五日检查", true},
		{"化学需氧量 400 mg/L，氨氮 80 mg/L", false},
		{"存栏生猪13712头，罚款200000元", false},
		{"存栏13000-140000头，2024年10月，罚款 20 000 元", false},
		{"DB 44/613-2009，GB 18596—2001，HJ 497-2009", false},
		{"超标 1.2 倍，总氮 138.00 mg/L，氨氮 13.8 mg/L，COD 1380 mg/L", false},
		{"第八十三条第（三）项、第四十条，10万元以上100万元以下", false},
		// numbers of documents
		{"江恩环罚[2026]21号", true},
		{"江恩环罚﹝2026﹞21号", true},
		{"江恩环罚（2026）21号", true},
		{"江恩环罚〔2026〕 21 号", true},
		{"江恩环罚〔2026〕第21号", true},
		{"江恩环罚〔2026〕021号", true},
		{"江恩环罚〔二〇二六〕21号", true},
		{"江恩环罚〔2026年〕21号", true},
		{"江恩环罚〔2026〕21号", true},
		{"江恩环罚〔2026〕211号", true}, // of another case, perhaps: asked about
		{"粤环发〔2021〕7号", false},
		// people outside the list of parties
		{"恩平市第三坡养殖有限公司排放废水", true},
		{"恩平市低坡养殖场排放废水", true},
		{"负责人李四光在场", true},
		{"见证人钱七巧在场", true},
		{"镇里的赵六顺到场", true},
		{"承办人周九如", true},
		{"承办人孙八一", true},
		{"审核人卫审核", true},
		{"照片由褚拍照摄", true},
		{"票据号44070012345", true},
		{"现场在成平村", true},
		{"现场在成平村委会旁", true},
		{"厂址在建设路旁", true},
		{"恩平市的一家养殖场，见证人在场，镇政府派人到场", false},
	} {
		leaks := b.FindLeaks(c.text, secrets)
		if (len(leaks) > 0) != c.refuse {
			t.Errorf("FindLeaks(%q) = %v, want refused %t", c.text, leaks, c.refuse)
		}
		for _, l := range leaks {
			if !strings.Contains(c.text, l.Text) {
				t.Errorf("FindLeaks(%q) points at %q, which is not what was typed", c.text, l.Text)
			}
		}
	}
}

// A composed text loses every secret in any spelling, the longer one where two lie over each other.
func TestMask(t *testing.T) {
	s := DefaultBureau().SecretsOf(guardFile())
	for text, want := range map[string]string{
		"恩平市高坡 (生态) 养殖有限公司在沙湖镇": "某在某",
		"依据江恩环罚[2026]第021号":     "依据某",
		"责任人张　三，罚款20万元":         "责任人某，罚款20万元",
		"没有可遮的":                 "没有可遮的",
	} {
		if got := s.Masker().Mask(text); got != want {
			t.Errorf("Mask(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestNamesIn(t *testing.T) {
	for words, want := range map[string]string{
		"见证人 钱七巧；恩平市沙湖镇人民政府 赵六顺": "钱七巧 赵六顺",
		"承办人孙八一、周九如":             "孙八一 周九如",
		"孙八一和周九如":                "孙八一 周九如",
		"恩平市环境监测站李平、王 芳（采样）":     "李平 王芳",
		"阿依古丽•买买提":               "阿依古丽.买买提",
		"镇政府、村委会干部两名":            "",
		"李和平":                    "李和平",
		"司马长风、欧阳娜娜":              "司马长风 欧阳娜娜",
		"":                       "",
	} {
		if got := strings.Join(namesIn(words), " "); got != want {
			t.Errorf("namesIn(%q) = %q, want %q", words, got, want)
		}
	}
}

// A personal field that somebody adds is a secret, or this names it.
func TestGuardKnowsEveryPersonalField(t *testing.T) {
	into := map[string]func(f *CaseFile, body []byte) error{
		"party": func(f *CaseFile, b []byte) error { f.Parties = []Party{{}}; return json.Unmarshal(b, &f.Parties[0]) },
		"farm":  func(f *CaseFile, b []byte) error { f.Farm = &Farm{}; return json.Unmarshal(b, f.Farm) },
		"inspection": func(f *CaseFile, b []byte) error {
			f.Inspections = []Inspection{{}}
			return json.Unmarshal(b, &f.Inspections[0])
		},
		"document": func(f *CaseFile, b []byte) error {
			f.Documents = []Document{{}}
			return json.Unmarshal(b, &f.Documents[0])
		},
		"case": func(f *CaseFile, b []byte) error {
			f.Parties = []Party{{Name: "另一家公司"}}
			return json.Unmarshal(b, &f.Case)
		},
		"interrogation": func(f *CaseFile, b []byte) error {
			f.Interrogations = []Interrogation{{}}
			return json.Unmarshal(b, &f.Interrogations[0])
		},
		"evidence": func(f *CaseFile, b []byte) error {
			f.Evidence = []Evidence{{}}
			return json.Unmarshal(b, &f.Evidence[0])
		},
		"violation": func(f *CaseFile, b []byte) error {
			f.Violations = []Violation{{}}
			return json.Unmarshal(b, &f.Violations[0])
		},
		"sample": func(f *CaseFile, b []byte) error { f.Samples = []Sample{{}}; return json.Unmarshal(b, &f.Samples[0]) },
		"payment": func(f *CaseFile, b []byte) error {
			f.Payments = []Payment{{}}
			return json.Unmarshal(b, &f.Payments[0])
		},
	}
	// Not of a case file: an account, the register's own staff list, who reviewed a file (an inspection and a document name those who took part).
	apart := map[string]bool{"user": true, "officer": true, "draw_result": true}
	words := map[ValueKind]string{ValuePhone: "0750-7712346", ValuePersonID: "440799197503151235"}
	seen := 0
	for _, n := range Nouns {
		for path, info := range n.Fields.All {
			if !info.Personal || apart[n.Entity] {
				continue
			}
			put := into[n.Entity]
			if put == nil {
				t.Errorf("%s has the personal field %s, and the guard does not read %ss", n.Name, path, n.Name)
				continue
			}
			seen++
			word := cmp.Or(words[info.Kind], "钱七巧")
			var f CaseFile
			if err := put(&f, nest(path, word)); err != nil {
				t.Fatal(n.Name, path, err)
			}
			text := "在场的有" + word + "。"
			found := false
			for _, l := range DefaultBureau().SecretsOf(&f) {
				found = found || len(newGuard(Secrets{l}, nil).hits(newRead(text))) > 0
			}
			if !found {
				t.Errorf("%s.%s is personal, but not among the secrets of its case", n.Name, path)
			}
		}
	}
	if seen < 15 {
		t.Errorf("%d personal fields tried, want 15 and more", seen)
	}
}

// nest makes a JSON object with one value at a path: officers.*.name.
func nest(path, word string) []byte {
	var v any = word
	parts := strings.Split(path, ".")
	for i := len(parts) - 1; i >= 0; i-- {
		if parts[i] == "*" {
			v = []any{v}
			continue
		}
		v = map[string]any{parts[i]: v}
	}
	b, _ := json.Marshal(v)
	return b
}

// FuzzGuard: no text makes the guard fail, and it points only at what is there.
func FuzzGuard(f *testing.F) {
	b := DefaultBureau()
	secrets := b.SecretsOf(guardFile())
	for _, s := range []string{"张　三 138-0013-8001", "江恩环罚﹝二〇二六﹞第021号", "⑩⑩⑩ ⒈⒉ 2024.10.05", "\xff张\xfe三", "171-0013 8001", "4407 9919 7503 1512 35x"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		clean := CleanText(text)
		for _, l := range b.FindLeaks(clean, secrets) {
			if !strings.Contains(clean, l.Text) {
				t.Errorf("%q is not in %q", l.Text, clean)
			}
		}
		masked := secrets.Masker().Mask(clean)
		for _, l := range secrets {
			if l.near != nearNone {
				continue // what is near to a secret is asked about, and stays
			}
			if len(newGuard(Secrets{l}, nil).hits(newRead(masked))) > 0 {
				t.Errorf("Mask(%q) = %q still holds %q", clean, masked, l.Text)
			}
		}
	})
}

// BenchmarkGuard reads a bulletin of five cases: all it costs but the reading of the records.
func BenchmarkGuard(b *testing.B) {
	bureau := DefaultBureau()
	text := strings.Repeat("2024年10月，江门市生态环境局执法人员对恩平市某养殖场进行检查，该场存栏生猪2300头，配套建设集污池3个（容积合计1500立方米）、沼气池1座。经监测，排放口化学需氧量浓度为1380mg/L，"+
		"氨氮浓度为138 mg/L，分别超过《畜禽养殖业污染物排放标准》（DB44/613-2009）表5限值2.45倍、0.73倍。上述行为违反了《中华人民共和国水污染防治法》第三十九条的规定，依据第八十三条第（三）项，责令改正，并处罚款20.5万元。", 2)
	b.ReportAllocs()
	for b.Loop() {
		var secrets Secrets
		for range 5 {
			secrets = append(secrets, bureau.SecretsOf(guardFile())...)
		}
		g := bureau.Guard(secrets, nil)
		for range 5 {
			if leaks := g.Find(text); len(leaks) > 0 {
				b.Fatal(leaks)
			}
		}
	}
}

// Two cities' patterns are asked for at once: each gets its own, though one is kept.
func TestConcurrentPatternsOfCities(t *testing.T) {
	here, far := DefaultBureau(), DefaultBureau()
	far.Area = Area{West: 90, East: 91, South: 40, North: 41}
	var all sync.WaitGroup
	for _, b := range []*Bureau{here, far, here, far} {
		all.Go(func() {
			for range 20 {
				if found := len(b.leakPatterns().list[0].find("90.12345")) > 0; found != (b == far) {
					t.Errorf("west %g: a place at 90.12345 found %t", b.Area.West, found)
				}
			}
		})
	}
	all.Wait()
}

// A receiving water that is called by its kind alone is nobody's: 沟渠.
func TestGuardKnowsNamedWatersAlone(t *testing.T) {
	b := DefaultBureau()
	for water, want := range map[string]bool{"沟渠": false, "场外水沟": false, "溪沟": false, "址山河": true, "黄角涌": true} {
		found := len(b.Guard(b.SecretsOf(&CaseFile{Farm: &Farm{ReceivingWater: water}}), nil).Find("废水最后流到"+water+"里")) > 0
		if found != want {
			t.Errorf("%s is found: %v, want %v", water, found, want)
		}
	}
}

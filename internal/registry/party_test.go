package registry

import (
	"strings"
	"testing"
)

func TestPartyClean(t *testing.T) {
	checkClean(t, Party{Kind: " 公司", Name: " 甲公司 ", PublicName: "恩平某公司\u200b", CreditCode: " ９144 0704304226404t", CodeOverride: " 旧照", IDNumber: "11010519491231002x ",
		LegalPerson: " 甲", LegalPersonTitle: "经理 ", Phone: " 1", Address: "某村\r\n", Note: " 注"},
		Party{Kind: "公司", Name: "甲公司", PublicName: "恩平某公司", CreditCode: "91440704304226404T", CodeOverride: "旧照", IDKind: "居民身份证", IDNumber: "11010519491231002X",
			LegalPerson: "甲", LegalPersonTitle: "经理", Phone: "1", Address: "某村", Note: "注", Origin: OriginField})
	checkClean(t, Party{Origin: OriginPublished}, Party{Origin: OriginPublished})
}

func TestPartyValidate(t *testing.T) {
	checkRules(t, func() Party {
		return Party{Origin: OriginField, Kind: "公司", Name: "甲公司", CreditCode: "91440704304226404T", IDNumber: "11010519491231002X"}
	}, []limit[Party]{
		{"name", 200, func(x *Party) *string { return &x.Name }},
		{"public_name", 200, func(x *Party) *string { return &x.PublicName }},
		{"legal_person", 200, func(x *Party) *string { return &x.LegalPerson }},
		{"legal_person_title", 200, func(x *Party) *string { return &x.LegalPersonTitle }},
		{"phone", 50, func(x *Party) *string { return &x.Phone }},
		{"address", 500, func(x *Party) *string { return &x.Address }},
		{"credit_code_override", 500, func(x *Party) *string { return &x.CodeOverride }},
		{"note", 20000, func(x *Party) *string { return &x.Note }},
	}, []rule[Party]{
		{"known by its name alone", func(x *Party) { *x = Party{Kind: "未知", Name: "恩平某场"} }, nil},
		{"nothing", func(x *Party) { *x = Party{} }, []string{"name: 请填写当事人名称", "kind: 请填写当事人类别"}},
		{"unknown words", func(x *Party) { x.Kind, x.Origin = "甲", "乙" }, []string{"kind: " + outside("甲", PartyKinds), "origin: " + outside("乙", Origins)}},
		{"credit code mistyped", func(x *Party) { x.CreditCode = "91440704304226404A" },
			[]string{"credit_code: 校验位不符：按前 17 位应为 T，现在是 A，请核对营业执照；执照确实如此的，请填写保留理由"}},
		{"credit code that the licence has", func(x *Party) { x.CreditCode, x.CodeOverride = "91440704304226404A", "执照如此" }, nil},
		{"a kind of document without a number", func(x *Party) { x.IDKind, x.IDNumber = "护照", "" }, nil},
		{"unknown kind of document", func(x *Party) { x.IDKind = "驾照" }, []string{"id_kind: " + outside("驾照", IDKinds)}},
		{"number of a person mistyped", func(x *Party) { x.IDNumber = "110105194912310021" }, []string{"id_number: 身份证号校验位不符：应为 X，现在是 1，请核对证件"}},
	})
}

func TestCodes(t *testing.T) {
	text := func(err error) string {
		if err == nil {
			return ""
		}
		return err.Error()
	}
	for _, c := range []struct{ code, want string }{
		{"91440704304226404T", ""},
		{"9144", "统一社会信用代码应为 18 位，现在是 4 位"},
		{"91440704304226404O", "第 18 位“O”不是统一社会信用代码可用的字符（字母 O 应为数字 0？）"},
		{"9I440704304226404T", "第 2 位“I”不是统一社会信用代码可用的字符（字母 I 应为数字 1？）"},
		{"9S440704304226404T", "第 2 位“S”不是统一社会信用代码可用的字符"},
		{"91440704304226405T", "校验位不符：按前 17 位应为 X，现在是 T，请核对营业执照"},
	} {
		if got := text(CheckCreditCode(c.code)); got != c.want {
			t.Errorf("CheckCreditCode(%s) = %q, want %q", c.code, got, c.want)
		}
	}
	for _, c := range []struct{ id, want string }{
		{"11010519491231002X", ""},
		{"1101051949", "身份证号应为 18 位，现在是 10 位"},
		{"11010519491231002А", "身份证号第 18 位“А”应为数字或 X"},
		{"1101O519491231002X", "身份证号第 5 位“O”不是数字"},
		{"11010519491331002X", "身份证号中的出生日期 19491331 不存在"},
		{"110105194912310020", "身份证号校验位不符：应为 X，现在是 0，请核对证件"},
	} {
		if got := text(CheckPersonID(c.id)); got != c.want {
			t.Errorf("CheckPersonID(%s) = %q, want %q", c.id, got, c.want)
		}
	}
	for in, want := range map[string]string{"": "", "1234567": "*******", "12345678": "1*****78", "E12345678": "E******78", "440799880229001": "440********9001"} {
		if got := MaskID(in); got != want {
			t.Errorf("MaskID(%s) = %s, want %s", in, got, want)
		}
	}
	for in, want := range map[string]string{"": "", "1234567": "*******", "12345678": "123*5678"} {
		if got := MaskPhone(in); got != want {
			t.Errorf("MaskPhone(%s) = %s, want %s", in, got, want)
		}
	}
}

func TestIDNumbers(t *testing.T) {
	for _, c := range []struct{ kind, number, want string }{
		{"护照", "E12345678", ""}, {"港澳居民来往内地通行证", "H12345678", ""}, {"台湾居民来往大陆通行证", "12345678", ""}, {"", "440799880229001", ""},
		{"居民身份证", "440799880229001", ""}, {"港澳居民来往内地通行证", "m0123456701", ""}, {"外国人永久居留身份证", "usa110082010103", ""}, {"其他证件", "军字第1号", ""},
		{"护照", "ｅ1234 5678", ""},
		{"", "E12345678", "身份证号应为 18 位，现在是 9 位；不是居民身份证的，请选择证件种类"},
		{"居民身份证", "440799881329001", "身份证号中的出生日期 19881329 不存在"},
		{"居民身份证", "110105194912310021", "身份证号校验位不符：应为 X，现在是 1，请核对证件"},
		{"台湾居民来往大陆通行证", "1234567", "台湾居民来往大陆通行证号码应为 8 至 12 位，现在是 7 位"},
		{"护照", "护照号", "护照号码应由字母和数字组成"},
	} {
		x := Party{Name: "某", Kind: "自然人", IDKind: c.kind, IDNumber: c.number}
		x.Clean()
		got := ""
		if err := x.Validate(); err != nil {
			got = err.Error()
		}
		if got == "" && c.want != "" || !strings.Contains(got, c.want) || c.want == "" && got != "" {
			t.Errorf("%s %s: %q, want %q", c.kind, c.number, got, c.want)
		}
	}
}

func TestDistricts(t *testing.T) {
	b := DefaultBureau()
	for code, want := range map[string]string{"440785": "恩平市", "440700": "江门市", "110101": "110101", "": ""} {
		if got := b.DistrictName(code); got != want {
			t.Errorf("DistrictName(%q) = %s, want %s", code, got, want)
		}
	}
	if d, ok := b.District("440703"); !ok || d.Name != "蓬江区" {
		t.Errorf("District(440703) = %+v, %v", d, ok)
	}
}

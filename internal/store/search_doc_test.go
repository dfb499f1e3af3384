package store

import (
	"reflect"
	"strings"
	"testing"

	"casebook/internal/registry"
)

// Every kind of text has words, and a sign of its own that is neither a line's end nor one of the signs within a line.
func TestSignsOfKinds(t *testing.T) {
	seen := map[string]bool{"\n": true, string(numbersSign): true, string(typedSign): true, string(initialsSign): true}
	for f := inFormerName; int(f) < len(foundWords); f++ {
		if s := f.sign(); len(s) != 1 || s[0] >= ' ' || seen[s] || foundWords[f] == "" {
			t.Errorf("kind %d %q has the sign %q", f, foundWords[f], s)
		}
		seen[f.sign()] = true
	}
	if inRow.sign() != "" {
		t.Error("what a row shows needs no sign")
	}
}

func TestFinds(t *testing.T) {
	d := newSearchDoc()
	d.names(inRow, "沙湖一场")
	d.names(inFormerName, "恩平市（老）长乐场")
	d.texts(inOfficer, "陈一", "SL440783001")
	d.texts(inNumber, "江恩环罚〔2026〕第007号")
	d.texts(inFindings, strings.Repeat("晴", 50)+"氧化塘漫顶"+strings.Repeat("，已拍照", 20), "短句在此")
	d.texts(inNote, "陈一") // is there as an officer
	d.code(districtCode("440785"))
	d.code(typeCode("WATER_EVASION"))
	d.number("11010519491231002X")
	asking := Asking{Guarded: true, Types: func(w string) []MeantTypes {
		return map[string][]MeantTypes{"偷排": {{"NO_PERMIT", "偷排"}, {"WATER_EVASION", "偷排"}}, "逃避": {{"WATER_EVASION", ""}}}[w]
	}}
	for q, want := range map[string][]Find{
		"沙湖":        nil,
		"shyc":      nil,
		"长乐":        {{"曾用名", "恩平市（老）长乐场"}},
		"epslzlc":   {{"曾用名", "恩平市（老）长乐场"}},
		"epslcyc":   {{"曾用名", "恩平市（老）长乐场"}},
		"陈一 长乐 陈":   {{"执法人员", "陈一"}, {"曾用名", "恩平市（老）长乐场"}},
		"440783001": {{"执法人员", "SL440783001"}},
		"2026〕7号":   {{"文号、编号", "江恩环罚〔2026〕第007号"}},
		"短句":        {{"检查发现", "短句在此"}},
		"漫顶":        {{"检查发现", "…晴晴晴晴晴晴晴氧化塘漫顶,已拍照,已拍照,已拍照,已拍照,已拍照,已拍照,已拍照…"}},
		"偷排":        {{"违法行为", "偷排"}},
		"逃避":        nil,
		"002X":      {{"证件号码", ""}},
		"没有":        nil,
	} {
		if got := finds(asking.terms(q), d.text.String(), d.guarded, d.codes); !reflect.DeepEqual(got, want) {
			t.Errorf("finds(%s) = %q, want %q", q, got, want)
		}
	}
	asking.Guarded = false
	if got := finds(asking.terms("002X"), d.text.String(), d.guarded, d.codes); got != nil {
		t.Errorf("a number is told to who may not see it: %q", got)
	}
	if n := len(d.terms); n != len(d.have) {
		t.Errorf("%d terms, %d different ones", n, len(d.have))
	}
}

// What a row is said to show without a look at the kept text is what the kept text says too.
func TestShownTextsNeedNoReason(t *testing.T) {
	texts := []string{"【示例】ＡＢ养殖场渗坑排污案", "江恩环罚〔2026〕第007号"}
	codes := []string{districtCode("440785"), typeCode("WATER_EVASION")}
	d := newSearchDoc()
	d.texts(inRow, texts...)
	d.texts(inSummary, "养殖废水 2026 ab c, 氨氮超标")
	for _, c := range codes {
		d.code(c)
	}
	asking := Asking{Districts: []registry.District{{Code: "440785", Name: "恩平市", Short: "恩平"}, {Code: "440783", Name: "开平市", Short: "开平"}},
		Types: func(w string) []MeantTypes {
			return map[string][]MeantTypes{"逃避": {{"WATER_EVASION", ""}}, "偷排": {{"WATER_EVASION", "偷排"}}, "未批": {{"NO_PERMIT", ""}}}[w]
		}}
	for q, want := range map[string]bool{"养殖": true, "养殖 渗坑": true, "养殖场渗": true, "ab": true, "ＡＢ养": true, "江恩环罚": true, "2026": true, "养殖 氨氮": false, "氨氮": false,
		"养殖废水": false, "c": false, "(2026)7": false, "恩平": true, "逃避": true, "恩平 逃避 渗坑": true, "恩平 氨氮": false, "开平": false, "未批": false, "偷排": false} {
		words := asking.terms(q)
		if got := holdEach(texts, codes, words); got != want {
			t.Errorf("holdEach(%q) = %v, want %v", q, got, want)
		}
		if why := finds(words, d.text.String(), "", d.codes); want && why != nil {
			t.Errorf("%s is shown, and said to be found by %v", q, why)
		}
	}
}

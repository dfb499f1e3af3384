package store

import (
	"reflect"
	"strings"
	"testing"
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

package cite

import (
	"reflect"
	"testing"

	"casebook/internal/registry"
)

// shelf is a catalogue of one law with two versions; it keeps what it was asked.
type shelf struct{ asked []Cited }

func (s *shelf) Find(c Cited) Found {
	s.asked = append(s.asked, c)
	return Found{Version: "2020年修订", VersionID: "2020", Holding: registry.Held, Problems: []string{"请核对"}}
}

func (s *shelf) Texts(Cited) []Text {
	return []Text{{VersionID: "2010", Words: "不得排放废水，不得倾倒废渣。"}, {VersionID: "2020", Words: "不得排放污水，不得倾倒废渣。"}}
}

// TestReaderAsksItsCatalogue: names come from the laws given, what is held from the catalogue, and each question is asked once.
func TestReaderAsksItsCatalogue(t *testing.T) {
	s := &shelf{}
	r := NewReader([]Law{{ID: "a", Name: "中华人民共和国甲乙保护法", ShortName: "甲乙保护法", Aliases: []string{"甲乙法"}}}, s)
	day := registry.Day(2024, 6, 1)
	list := r.Citations("违反甲乙法第三条、《丙丁条例》第四条。《甲乙保护法》（2020年修订）第五条规定：“不得排放污水，不得倾倒废渣。”甲乙法第三条", day)
	if len(list) != 4 {
		t.Fatalf("found %+v", list)
	}
	want := []Cited{
		{LawID: "a", Provision: registry.Provision{Article: 3}, On: day},
		{LawID: "a", Provision: registry.Provision{Article: 5}, Version: VersionWords{"2020", "修订"}, On: day},
	}
	if !reflect.DeepEqual(s.asked, want) {
		t.Errorf("asked %+v, want %+v", s.asked, want)
	}
	for _, i := range []int{0, 2, 3} {
		m := list[i]
		if m.Law != "中华人民共和国甲乙保护法" || m.LawID != "a" || m.VersionID != "2020" || m.Holding != registry.Held ||
			!reflect.DeepEqual(m.Problems, []string{"请核对"}) {
			t.Errorf("%d: %+v", i, m)
		}
	}
	if m := list[1]; m.Law != "丙丁条例" || m.LawID != "" || m.Holding != registry.UnknownLaw {
		t.Errorf("unknown law: %+v", m)
	}
	if q := list[2].Quote; q == nil || q.Matches == nil || !*q.Matches || q.VersionID != "2020" {
		t.Errorf("quote %+v, want the words of 2020", q)
	}
}

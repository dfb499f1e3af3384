package registry

import (
	"slices"
	"strings"
	"testing"
)

func TestBureauValidate(t *testing.T) {
	if err := DefaultBureau().Validate(); err != nil {
		t.Errorf("the default: %v", err)
	}
	for _, tc := range []struct {
		name, want string
		change     func(b *Bureau)
	}{
		{"no name", "name: ", func(b *Bureau) { b.Name = "" }},
		{"a county's code as the city's", "city.code: ", func(b *Bureau) { b.City.Code = "440785" }},
		{"no district", "districts: ", func(b *Bureau) { b.Districts = nil }},
		{"a short code", "districts.2.code: 辖区代码“4407”", func(b *Bureau) { b.Districts[2].Code = "4407" }},
		{"a code twice", "districts.2.code: 代码 440703 重复", func(b *Bureau) { b.Districts[2].Code = "440703" }},
		{"a name twice", "districts.2.name: ", func(b *Bureau) { b.Districts[2].Name = "蓬江区" }},
		{"no character", "districts.2.abbr: ", func(b *Bureau) { b.Districts[2].Abbr = "" }},
		{"a series without a year", "series: 文号格式里{年}", func(b *Bureau) { b.Series = "江{区}环{字}{号}号" }},
		{"a series of another shape", "series: ", func(b *Bureau) { b.Series = "{年}〔{字}〕{号}" }},
		{"an area turned round", "area.west: ", func(b *Bureau) { b.Area.West, b.Area.East = b.Area.East, b.Area.West }},
		{"an area half known", "area.south: ", func(b *Bureau) { b.Area.South = 0 }},
	} {
		b := DefaultBureau()
		tc.change(b)
		if err := b.Validate(); err == nil || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%s: %v, want %q", tc.name, err, tc.want)
		}
	}
	plain := DefaultBureau()
	plain.Series, plain.Districts[0].Abbr, plain.Area, plain.Basin = "云环{字}〔{年}〕{号}号", "", Area{}, ""
	if err := plain.Validate(); err != nil {
		t.Errorf("a bureau without district characters, area and basin: %v", err)
	}
}

func TestBureauClean(t *testing.T) {
	b := Bureau{Series: " 云{区}环{字}字[{年}] 第{号}号 "}
	if b.Clean(); b.Series != "云{区}环{字}字〔{年}〕第{号}号" {
		t.Errorf("the series is %s", b.Series)
	}
}

func TestBureauAccepts(t *testing.T) {
	b := DefaultBureau()
	for _, tc := range []struct {
		x  Record
		ok bool
	}{
		{&Farm{DistrictCode: "440785"}, true}, {&Farm{DistrictCode: "440600"}, false}, {&Farm{DistrictCode: "440700"}, false},
		{&Case{DistrictCode: "329921"}, false}, {&Inspection{}, true}, {&Organ{DistrictCode: "440700"}, true}, {&Organ{DistrictCode: "440600"}, false}, {&Party{}, true},
	} {
		if err := b.Accepts(tc.x); (err == nil) != tc.ok {
			t.Errorf("Accepts(%T) = %v, want ok %v", tc.x, err, tc.ok)
		}
	}
}

func TestBureauOrgans(t *testing.T) {
	b := DefaultBureau()
	b.Districts[0].Branch = ""
	var names []string
	for _, o := range b.Organs() {
		names = append(names, o.Name)
		if err := o.Validate(); err != nil {
			t.Errorf("%s: %v", o.Name, err)
		}
	}
	if len(names) != 7 || names[0] != b.Name || slices.Contains(names, b.Name+"蓬江分局") || b.Handling("440703") != "市生态环境局" || b.Handling("440785") != "市生态环境局恩平分局" {
		t.Errorf("Organs() = %v", names)
	}
}

func TestAreaCoordinates(t *testing.T) {
	text := "位于112.585、22.1836，罚款23.4567万元；33.2001处。"
	if got := cutOut(text, DefaultBureau().Area.coordinates()); !slices.Equal(got, []string{"112.585", "22.1836"}) {
		t.Errorf("coordinates of the default: %v", got)
	}
	if got := cutOut(text, (Area{}).coordinates()); got != nil {
		t.Errorf("without an area: %q", got)
	}
}

// cutOut are the words that a pattern finds.
func cutOut(text string, find func(string) []byteSpan) (list []string) {
	for _, at := range find(text) {
		list = append(list, text[at.from:at.to])
	}
	return list
}

package statute

import (
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"casebook/internal/registry"
)

// Every type has words of officers, who call no type by its label; no word is there twice, and who gathered them is said.
func TestWordsOfOfficers(t *testing.T) {
	sub, err := fs.Sub(embedded, "catalogue")
	if err != nil {
		t.Fatal(err)
	}
	var f wordsFile
	if err := readJSON(sub, "words.json", &f); err != nil || f.Source != "整理者" || !strings.Contains(f.Note, "不作认定依据") {
		t.Errorf("words.json: source %q, note %q, %v", f.Source, f.Note, err)
	}
	for _, vt := range Embedded().ViolationTypes() {
		if len(vt.Words) == 0 {
			t.Errorf("%s has no words of officers", vt.Code)
		}
		seen := map[string]bool{registry.Fold(vt.Label): true}
		for _, w := range slices.Concat(vt.Aliases, vt.Words) {
			if n := registry.RuneLen(w); n < 2 || n > 8 && slices.Contains(vt.Words, w) || seen[registry.Fold(w)] {
				t.Errorf("%s: %q is there twice, or too long or short for a word", vt.Code, w)
			}
			seen[registry.Fold(w)] = true
		}
	}
}

func TestWordsFileIsChecked(t *testing.T) {
	for body, want := range map[string]string{
		`{"source":"整理者","types":{"NOT_THERE":["甲"]}}`: "no violation type NOT_THERE",
		`{"types":{}}`: "no source",
		`{`:            "words.json",
	} {
		c := &Catalogue{}
		if err := c.loadWords(fstest.MapFS{"words.json": {Data: []byte(body)}}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("loadWords(%s) = %v, want %s", body, err, want)
		}
	}
	if err := (&Catalogue{}).loadWords(fstest.MapFS{}); err != nil {
		t.Errorf("loadWords without a file: %v", err)
	}
}

func codesOf(list []MeantType) (codes []string) {
	for _, m := range list {
		codes = append(codes, strings.TrimSuffix(m.Type.Code+" "+m.By, " "))
	}
	return codes
}

func TestTypesMeant(t *testing.T) {
	c := Embedded()
	for word, want := range map[string][]string{
		"直排":    {"LIVESTOCK_DIRECT_DISCHARGE 直排"},
		"没有环评":  {"EIA_UNAPPROVED 没有环评", "LIVESTOCK_EIA_MISSING 没有环评"},
		"偷排":    {"WATER_EVASION 偷排", "AIR_EVASION 偷排"},
		"未批先建":  {"EIA_UNAPPROVED"},
		"臭气扰民":  {"ODOR 臭气扰民"},
		"死猪":    {"CARCASS 死猪"},
		"cqrm":  {"ODOR 臭气扰民"},
		"wpxj":  {"EIA_UNAPPROVED"},
		"超标":    {"LIVESTOCK_WASTE_EXCEED", "WATER_EXCEED", "ODOR_EXCEED"},
		"cod超标": {"WATER_EXCEED COD超标"},
		"渗坑":    nil, // one of many acts of a type: the texts of cases tell which
		"排":     nil,
		"w":     nil,
		"wp":    nil,
		"没有":    nil,
		"":      nil,
		"直排入河":  nil,
	} {
		if got := codesOf(c.TypesMeant(word)); !slices.Equal(got, want) {
			t.Errorf("TypesMeant(%s) = %q, want %q", word, got, want)
		}
	}
}

func TestTypeIsFound(t *testing.T) {
	c := Embedded()
	find := func(q string) (codes []string) {
		for _, vt := range c.ViolationTypes() {
			if vt.Found(q) {
				codes = append(codes, vt.Code)
			}
		}
		return codes
	}
	for q, want := range map[string][]string{
		"渗坑":            {"WATER_EVASION"},
		"死 猪 畜禽养殖":      {"CARCASS"},
		"ＣＯＤ超标":         {"WATER_EXCEED"},
		"zp":            {"LIVESTOCK_DIRECT_DISCHARGE"},
		"kitchen_waste": {"KITCHEN_WASTE"},
		"没有这样的":         nil,
	} {
		if got := find(q); !slices.Equal(got, want) && !slices.Contains(got, strings.Join(want, " ")) {
			t.Errorf("found with %s: %q, want %q", q, got, want)
		}
	}
	if got := find(""); len(got) != len(c.ViolationTypes()) {
		t.Errorf("nothing typed finds %d types", len(got))
	}
	vt, _ := c.ViolationType("LIVESTOCK_DIRECT_DISCHARGE")
	if got := vt.Said("直排"); !slices.Equal(got, []string{"直排", "粪污直排", "污水直排", "废水直排", "猪粪水直排"}) {
		t.Errorf("Said(直排) = %q", got)
	}
	if got := vt.Said("未经处理"); got != nil {
		t.Errorf("Said(未经处理) = %q: the label says it", got)
	}
	if !vt.Found("第三十九条 直排", "水污染防治法第三十九条") || vt.Found("第四十条 直排", "水污染防治法第三十九条") {
		t.Error("Found does not look at what else the caller names")
	}
	if w := vt.SearchWords(); !slices.Contains(w, "zp") || !slices.Contains(w, "wjclzjpfxqfqw") || !slices.Contains(w, "直排") {
		t.Errorf("SearchWords = %q", w)
	}
}

package statute

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"

	"casebook/internal/registry"
)

// miniature is a catalogue of one law with one version.
func miniature(t testing.TB, more ...string) *Catalogue {
	t.Helper()
	files := fstest.MapFS{"laws/test-law/2020.txt": {Data: []byte(miniText("2020年公布", "2020-01-01", "现行", "甲。"))}}
	for _, name := range []string{"standards.json", "deadlines.json", "discretion.json", "calendar.json", "successors.json"} {
		b, err := embedded.ReadFile("catalogue/" + name)
		if err != nil {
			t.Fatal(err)
		}
		files[name] = &fstest.MapFile{Data: b}
	}
	for i := 0; i+1 < len(more); i += 2 {
		files[more[i]] = &fstest.MapFile{Data: []byte(more[i+1])}
	}
	c := &Catalogue{byID: map[string]*Law{}, byName: map[string]*Law{}}
	for _, path := range []string{"laws/test-law/2020.txt"} {
		if err := c.loadText(files, path); err != nil {
			t.Fatal(err)
		}
	}
	for _, law := range c.laws {
		for _, name := range law.names() {
			c.byName[nameKey(name)] = law
		}
	}
	if err := c.loadHistory(files); err != nil {
		t.Fatal(err)
	}
	for _, law := range c.laws {
		law.Unheld = c.unheldOf(law)
	}
	return c
}

func miniText(version, from, to, words string) string {
	return "法名: 测试法\n版本: " + version + "\n层级: 法律\n施行: " + from + "\n失效: " + to + "\n条文总数: 2\n收录: 全文\n来源: 公报\n置信度: full_text\n核对: 未核对\n\n" +
		"第一条　" + words + "\n\n第二条　乙。\n"
}

func stored(version string, revision int, body string) StoredText {
	return StoredText{LawID: "test-law", VersionID: version, Revision: revision, Body: body, Import: Import{By: "admin"}}
}

func TestWithHighestRevisionWins(t *testing.T) {
	base := miniature(t)
	before, _ := base.Version("test-law", "2020")
	c, broken := base.With([]StoredText{
		stored("2020", 2, miniText("2020年公布", "2020-01-01", "现行", "甲二。")),
		stored("2020", 1, miniText("2020年公布", "2020-01-01", "现行", "甲一。")),
		stored("2024", 1, miniText("2024年修正", "2024-05-01", "现行", "丙。")),
	}, nil)
	if len(broken) != 0 {
		t.Fatalf("With: broken %v", broken)
	}
	v, ok := c.Version("test-law", "2020")
	if text, _ := v.Text(registry.Provision{Article: 1}); !ok || text != "甲二。" || v.Revision != 2 {
		t.Errorf("Version(2020) is revision %d with %q, want 2 with 甲二。", v.Revision, text)
	}
	var texts []string
	for _, r := range v.Revisions {
		text, _ := r.Text(registry.Provision{Article: 1})
		texts = append(texts, text)
	}
	if want := []string{"甲。", "甲一。", "甲二。"}; !reflect.DeepEqual(texts, want) {
		t.Errorf("revisions %q, want %q", texts, want)
	}
	if old, ok := v.AtRevision(1); !ok || old.Revision != 1 || len(old.Revisions) != 3 {
		t.Error("AtRevision(1) is not found from the latest, or does not know the others")
	}
	if in := c.InForce("test-law", registry.Day(2024, 6, 1)); len(in) != 2 || in[1].ID != "2024" {
		t.Errorf("InForce(2024-06-01) = %d versions, want the imported one last of two", len(in))
	}
	// The old catalogue is as it was.
	again, _ := base.Version("test-law", "2020")
	law, _ := base.Law("test-law")
	if again != before || len(again.Revisions) != 1 || len(law.Versions) != 1 || again.Articles[0].Text() != "甲。" {
		t.Error("With changed the catalogue it was called on")
	}
}

func TestWithLeavesOutWhatIsBroken(t *testing.T) {
	base := miniature(t)
	other := strings.Replace(miniText("2021年公布", "2021-01-01", "现行", "甲。"), "法名: 测试法", "法名: 另一部法\n别名: 测试法", 1)
	c, broken := base.With([]StoredText{
		stored("2020", 1, "这不是法律"),
		stored("2021", 1, strings.Replace(miniText("2021年修正", "2021-01-01", "现行", "甲。"), "层级: 法律", "层级: 行政法规", 1)),
		{LawID: "other-law", VersionID: "2021", Revision: 1, Body: other},
		stored("2022", 1, miniText("2022年修正", "2022-01-01", "现行", "丁。")),
	}, nil)
	if len(broken) != 3 {
		t.Errorf("With: %d broken texts, want 3: %v", len(broken), broken)
	}
	if v, ok := c.Version("test-law", "2020"); !ok || v.Revision != 0 {
		t.Error("a broken correction hides the text it was to correct")
	}
	if _, ok := c.Law("other-law"); ok {
		t.Error("a law whose alias is another law's name was taken in")
	}
	if _, ok := c.Version("test-law", "2022"); !ok {
		t.Error("a sound text behind broken ones was left out")
	}
}

func TestWithNewLaw(t *testing.T) {
	text := strings.Replace(miniText("2026年公布", "2026-10-15", "现行", "甲。"), "法名: 测试法", "法名: 新条例\n简称: 新例", 1)
	c, broken := Embedded().With([]StoredText{{LawID: "law-35", VersionID: "2026", Revision: 1, Body: text}}, nil)
	if len(broken) > 0 {
		t.Fatal(broken)
	}
	law, ok := c.LawByName("《新例》")
	if !ok || law.ID != "law-35" || law.Versions[0].Import == nil {
		t.Fatalf("LawByName(新例) = %v, %t", law, ok)
	}
	if _, ok := Embedded().Law("law-35"); ok {
		t.Error("With added the law to the embedded catalogue")
	}
	if len(c.ViolationTypes()) != len(Embedded().ViolationTypes()) || len(c.Laws()) != len(Embedded().Laws())+1 {
		t.Error("the new catalogue lost what it shares with the old")
	}
}

func TestCheckBelongsToExactlyOneText(t *testing.T) {
	base := miniature(t)
	v, _ := base.Version("test-law", "2020")
	one := registry.Provision{Article: 1}
	mark := Check{LawID: "test-law", VersionID: "2020", Hash: v.Hash, Source: "公报", On: registry.Day(2026, 11, 1), By: "admin"}
	checked := func(c *Catalogue) bool { v, _ := c.Version("test-law", "2020"); return v.Checked }

	c, _ := base.With(nil, []Check{mark})
	if got, _ := c.Version("test-law", "2020"); !got.Checked || got.CheckedSource != "公报" || got.CheckedOn != mark.On {
		t.Errorf("marked version: %t %q %s", got.Checked, got.CheckedSource, got.CheckedOn)
	}
	if checked(base) {
		t.Error("the mark reached the old catalogue")
	}
	ended, _ := base.With([]StoredText{stored("2020", 1, miniText("2020年公布", "2020-01-01", "2024-04-30", "甲。"))}, []Check{mark})
	if !checked(ended) {
		t.Error("a revision of the front matter alone lost the mark")
	}
	corrected := stored("2020", 1, strings.Replace(miniText("2020年公布", "2020-01-01", "现行", "甲，"), "核对: 未核对", "核对: 已核对", 1))
	c, _ = base.With([]StoredText{corrected}, []Check{mark})
	if checked(c) {
		t.Error("a corrected text is 已核对 by the mark of the old one, or by its own word")
	}
	if !c.CheckedText("test-law", "2020", one, TextHash("甲。")) || c.CheckedText("test-law", "2020", one, TextHash("甲，")) ||
		c.CheckedText("test-law", "2020", one, "") {
		t.Error("CheckedText does not follow the text a citation points at")
	}
	withdrawn := mark
	withdrawn.Withdrawn = true
	if c, _ = base.With(nil, []Check{mark, withdrawn}); checked(c) {
		t.Error("a withdrawn mark still counts")
	}
	if c, _ = base.With(nil, []Check{mark, withdrawn, mark}); !checked(c) {
		t.Error("a mark set again does not count")
	}
}

// Every text of the catalogue can be written and read again: corrections are made from what Format writes.
func TestFormatRoundTrip(t *testing.T) {
	for _, law := range Embedded().Laws() {
		for _, v := range law.Versions {
			again, err := ParseText([]byte(v.Format()))
			if err != nil {
				t.Errorf("%s/%s: %v", law.ID, v.ID, err)
				continue
			}
			again.LawID, again.ID = v.LawID, v.ID
			again.settle()
			want := *v
			want.Revisions, again.Revisions = nil, nil
			if !reflect.DeepEqual(*again, want) {
				t.Errorf("%s/%s reads back differently:\n%+v\nwant\n%+v", law.ID, v.ID, *again, want)
			}
			articles, err := ParseArticles(FormatArticles(v.Articles))
			if err != nil || HashArticles(articles) != v.Hash {
				t.Errorf("%s/%s: FormatArticles reads back differently (%v)", law.ID, v.ID, err)
			}
		}
	}
}

func TestChanges(t *testing.T) {
	parse := func(s string) []Article {
		a, err := ParseArticles(s)
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	before := parse("第一条　甲。\n第二条　乙。\n第三条　丙。\n第五条　戊。\n")
	after := parse("第一条　甲。\n第二条　丙。\n第三条　丙三。\n第三条之一　新。\n第四条　丁。\n")
	var got []string
	for _, c := range Changes(before, after) {
		got = append(got, strings.TrimSpace(c.Provision.Key()+" "+string(c.Kind)+" "+c.Moved.String()))
	}
	want := []string{"1 same", "2 changed 第三条", "3 changed", "3-1 new", "4 new", "5 removed"}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("Changes = %q, want %q", got, want)
	}
}

func TestGap(t *testing.T) {
	c := Embedded()
	for _, tt := range []struct {
		law, on string
		gap     bool
		words   string
	}{
		{"water-pollution-law", "2017-12-31", true, "该日版本未收录：2018-01-01 以前施行的版本（如有）本库未收录；已知曾施行2008年修订（至 2017-12-31，仅凭记忆）"},
		{"water-pollution-law", "2018-01-01", false, ""},
		{"water-pollution-law", "2026-08-15", true, "自 2026-08-15 起废止，由《生态环境法典》代替"},
		{"solid-waste-law", "2020-08-31", true, "2016年修正（至 2020-08-31）"},
		{"guangdong-water-regulation", "2021-09-28", true, "2021年修正以前的文本（2021-01-01 至 2021-09-28，二手来源）"},
		{"guangdong-water-regulation", "2021", true, "2021年修正以前的文本"},
		{"guangdong-water-regulation", "2021-09-29", false, ""},
		{"guangdong-env-regulation", "2022-11-29", false, ""},
		{"tanjiang-regulation", "2015", true, "另有2019年修正，施行日未核到，可能适用"},
		{"tanjiang-regulation", "2020", false, ""},
		{"eco-code", "2026-08-14", true, "自 2026-08-15 起施行，此前尚未施行"},
		{"permit-regulation", "2020-12", true, "自 2021-03-01 起施行，此前尚未施行"},
		{"sealing-measures", "2014-12-31", true, "该日版本未收录：2015-01-01 以前施行的版本（如有）本库未收录"},
		{"water-pollution-law", "", false, ""},
		{"no-such-law", "2017", false, ""},
	} {
		on, err := registry.ParseDate(tt.on)
		if err != nil {
			t.Fatal(err)
		}
		if why, gap := c.Gap(tt.law, on); gap != tt.gap || !strings.Contains(why, tt.words) {
			t.Errorf("Gap(%s, %s) = %q, %t; want %t with %q", tt.law, tt.on, why, gap, tt.gap, tt.words)
		}
	}
}

// A citation on a day outside a law's life means its last or its first text: it is held, and is said to be repealed or not in force yet.
func TestCitationsOutsideALawsLife(t *testing.T) {
	for _, tt := range []struct{ text, on, want string }{
		{"《水污染防治法》第三十九条", "2026-08-14", "2017年修正 2017 held false"},
		{"《水污染防治法》第三十九条", "2026-08-15", " 2017 held true 《水污染防治法》自 2026-08-15 起废止，由《生态环境法典》代替；此前终了的行为仍按本法判断"},
		{"《水污染防治法》第八十三条第四款", "2026-08-15", " 2017 absent true 《水污染防治法》自 2026-08-15 起废止，由《生态环境法典》代替；此前终了的行为仍按本法判断 《水污染防治法》（2017年修正）第八十三条只有一款，没有第四款；是否为第（四）项？"},
		{"《水污染防治法》（2017年修正）第三十九条", "2027-01-01", "2017年修正 2017 held true 《水污染防治法》自 2026-08-15 起废止，由《生态环境法典》代替；此前终了的行为仍按本法判断"},
		{"《水污染防治法》（2008年修订）第二十二条", "2027-01-01", "2008年修订  not_held true 《水污染防治法》自 2026-08-15 起废止，由《生态环境法典》代替；此前终了的行为仍按本法判断 《水污染防治法》的2008年修订版本本库未收录"},
		{"《水污染防治法》第三十九条", "2026-08", "2017年修正 2017 held false"},
		{"《水污染防治法》第三十九条", "2017-12-31", "  not_held false 《水污染防治法》该日版本未收录"},
		{"《水污染防治法》第三十九条", "", "  held false"},
		{"《固体废物污染环境防治法》第一百零七条", "2030-01-01", " 2020 held true 《固体废物污染环境防治法》自 2026-08-15 起废止，由《生态环境法典》代替；此前终了的行为仍按本法判断"},
		{"《广东省环境保护条例》第四十九条", "2020-01-01", "2019年修正 2019 held false"},
		{"《生态环境法典》第一千一百零八条", "2026-08-14", " 2026 held false 《生态环境法典》自 2026-08-15 起施行，此前尚未施行"},
		{"《生态环境法典》第一千一百零八条", "2026-08-15", "2026年通过 2026 held false"},
		{"《畜禽规模养殖污染防治条例》第二十条", "2013-06-01", " 2013 held false 《畜禽规模养殖污染防治条例》自 2014-01-01 起施行，此前尚未施行"},
		{"《按日连续处罚办法》第八条", "2014-06-01", "  not_held false 《按日连续处罚办法》该日版本未收录"},
	} {
		on, err := registry.ParseDate(tt.on)
		if err != nil {
			t.Fatal(err)
		}
		list := Embedded().Citations(tt.text, on)
		if len(list) != 1 {
			t.Fatalf("Citations(%s) = %+v", tt.text, list)
		}
		m := list[0]
		got := strings.TrimRight(fmt.Sprintf("%s %s %s %t %s", m.Version, m.VersionID, m.Holding, m.Repealed, strings.Join(m.Problems, " ")), " ")
		if got != tt.want {
			t.Errorf("Citations(%s, %s) = %q, want %q", tt.text, tt.on, got, tt.want)
		}
	}
}

func TestImportFillsAGap(t *testing.T) {
	c := miniature(t, "history.json", `{"test-law": [{"name": "2015年公布", "from": "", "to": "2019-12-31", "source": "", "confidence": "memory", "note": ""}]}`)
	day := registry.Day(2019, 6, 1)
	if why, gap := c.Gap("test-law", day); !gap || !strings.Contains(why, "2015年公布") {
		t.Fatalf("Gap = %q, %t", why, gap)
	}
	with, _ := c.With([]StoredText{stored("2015", 1, miniText("2015年公布", "2015-01-01", "2019-12-31", "旧。"))}, nil)
	law, _ := with.Law("test-law")
	if why, gap := with.Gap("test-law", day); gap || len(law.Unheld) != 0 {
		t.Errorf("after the import Gap = %q, Unheld %v", why, law.Unheld)
	}
	between, _ := c.With([]StoredText{stored("2015", 1, miniText("2014年公布", "2014-01-01", "2018-12-31", "旧。"))}, nil)
	if why, _ := between.Gap("test-law", day); !strings.Contains(why, "2019-01-01 至 2019-12-31：该期间施行的版本本库未收录") {
		t.Errorf("between two versions: %q", why)
	}
	if why, _ := between.Gap("test-law", registry.Day(2013, 1, 1)); !strings.Contains(why, "2014-01-01 以前") {
		t.Errorf("before the first: %q", why)
	}
}

// What the importer reads it can write, read again, and lay over a catalogue, whatever it is given.
func FuzzParseText(f *testing.F) {
	f.Add(front + "第一章　总则\n第一节　甲\n\n# 款次: 待核\n# 来源: 来源2\n第一条　甲：\n（一）乙；\n1.丙。\n＋丁。\n　　戊。\n第一条之一　己。\n第二条\n")
	f.Add(miniText("2020年公布", "2020", "2021-03", "甲。"))
	f.Add(strings.Replace(front, "法名: 某某条例", "法名：《水污染防治法》", 1) + "第零条 甲\n第99999条 乙\n")
	f.Add("法名: 甲\n\n" + strings.Repeat("（", 10000))
	f.Add(string([]byte{0xff, 0xfe, 0}))
	base := miniature(f)
	f.Fuzz(func(t *testing.T, text string) {
		c, broken := base.With([]StoredText{{LawID: "x-law", VersionID: "1", Revision: 1, Body: text}}, nil)
		v, err := ParseText([]byte(text))
		if err != nil {
			if len(broken) != 1 {
				t.Fatalf("%v, and yet With took it", err)
			}
			return
		}
		if len(broken) == 0 {
			if got, ok := c.Version("x-law", "1"); !ok || got.Hash != HashArticles(v.Articles) {
				t.Fatal("With lost the text")
			}
		}
		v.Checked = false
		again, err := ParseText([]byte(v.Format()))
		if err != nil {
			t.Fatalf("what Format writes is refused: %v\n%q\nfrom\n%q", err, v.Format(), text)
		}
		if HashArticles(again.Articles) != HashArticles(v.Articles) {
			t.Fatalf("what Format writes reads differently:\n%q\nfrom\n%q", v.Format(), text)
		}
		if again.Format() != v.Format() {
			t.Fatalf("Format is not stable:\n%q\n%q", v.Format(), again.Format())
		}
	})
}

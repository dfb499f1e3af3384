package statute

import (
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"casebook/internal/registry"
)

func TestEmbeddedIsWhole(t *testing.T) {
	c := Embedded()
	versions, articles := 0, 0
	for i, law := range c.Laws() {
		if i > 0 {
			a, b := c.Laws()[i-1], law
			if la, lb := slices.Index(levels, a.Level), slices.Index(levels, b.Level); la > lb || la == lb && a.Name >= b.Name {
				t.Errorf("Laws(): %s stands before %s", a.Name, b.Name)
			}
		}
		for _, v := range law.Versions {
			versions++
			articles += len(v.Articles)
			if v.Checked {
				t.Errorf("%s/%s is marked 已核对; nothing in the embedded catalogue was", law.ID, v.ID)
			}
		}
	}
	if len(c.Laws()) != 34 || versions != 36 || articles != 567 {
		t.Errorf("Embedded() has %d laws, %d versions, %d articles, want 34, 36, 567", len(c.Laws()), versions, articles)
	}
	if n := len(c.ViolationTypes()); n != 52 {
		t.Errorf("Embedded() has %d violation types, want 52", n)
	}
}

// Slugs go into URLs and stored citations.
func TestKeysAreReadable(t *testing.T) {
	key := regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	for _, law := range Embedded().Laws() {
		for _, v := range law.Versions {
			if !key.MatchString(law.ID) || !key.MatchString(v.ID) {
				t.Errorf("keys %q, %q", law.ID, v.ID)
			}
		}
	}
}

func TestLawByName(t *testing.T) {
	for _, tt := range []struct{ name, want string }{
		{"中华人民共和国水污染防治法", "water-pollution-law"},
		{"《水污染防治法》", "water-pollution-law"},
		{"固废法", "solid-waste-law"},
		{"《⽔污染 防治\u2060法》", "water-pollution-law"},
		{"畜禽规模养殖污染防治条例", "livestock-regulation"},
		{"潭江条例", "tanjiang-regulation"},
		{"《最高人民法院、最高人民检察院关于办理环境污染刑事案件适用法律若干问题的解释》", "env-crime-interpretation"},
		{"水法", ""}, // 中华人民共和国水法 is another law
		{"《水法》", ""},
		{"条例", ""},
		{"行政处罚办法", ""},
		{"", ""},
	} {
		got := ""
		if law, ok := Embedded().LawByName(tt.name); ok {
			got = law.ID
		}
		if got != tt.want {
			t.Errorf("LawByName(%q) = %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestVersionText(t *testing.T) {
	c := Embedded()
	for _, tt := range []struct {
		name, law, version string
		p                  registry.Provision
		holding            registry.Holding
		text               string // the beginning
	}{
		{"article", "water-pollution-law", "2017", registry.Provision{Article: 39}, registry.Held, "禁止利用渗井、渗坑、裂隙、溶洞，私设暗管，"},
		{"paragraph 1 of one", "water-pollution-law", "2017", registry.Provision{Article: 39, Paragraph: 1}, registry.Held, "禁止利用渗井"},
		{"paragraph that is not there", "water-pollution-law", "2017", registry.Provision{Article: 39, Paragraph: 2}, registry.Absent, ""},
		{"item of a single paragraph", "water-pollution-law", "2017", registry.Provision{Article: 83, Item: 3}, registry.Held, "利用渗井、渗坑"},
		{"item under paragraph 1", "water-pollution-law", "2017", registry.Provision{Article: 83, Paragraph: 1, Item: 3}, registry.Held, "利用渗井、渗坑"},
		{"item without its paragraph", "water-pollution-law", "2017", registry.Provision{Article: 85, Item: 9}, registry.Held, "未按照规定采取防护性措施"},
		{"item that is not there", "water-pollution-law", "2017", registry.Provision{Article: 83, Item: 5}, registry.Absent, ""},
		{"item of a paragraph without items", "water-pollution-law", "2017", registry.Provision{Article: 85, Paragraph: 2, Item: 1},
			registry.Absent, ""},
		{"second paragraph", "guangdong-env-regulation", "2022", registry.Provision{Article: 67, Paragraph: 2}, registry.Held, "违反本条例第二十三条第三款规定"},
		{"subitem", "env-crime-interpretation", "2023", registry.Provision{Article: 3, Item: 2, Subitem: 3}, registry.Held, "其他情节特别严重的情形。"},
		{"subitem that is not there", "env-crime-interpretation", "2023", registry.Provision{Article: 3, Item: 2, Subitem: 4}, registry.Absent, ""},
		{"subitem without its item", "env-crime-interpretation", "2023", registry.Provision{Article: 3, Subitem: 1}, registry.NotHeld, ""},
		{"article of an excerpt", "water-pollution-law", "2017", registry.Provision{Article: 1}, registry.NotHeld, ""},
		{"article beyond an unknown total", "water-pollution-law", "2017", registry.Provision{Article: 999}, registry.NotHeld, ""},
		{"article within a known total", "eco-code", "2026", registry.Provision{Article: 1}, registry.NotHeld, ""},
		{"article beyond a known total", "eco-code", "2026", registry.Provision{Article: 1243}, registry.Absent, ""},
		{"之一 of a complete text", "livestock-regulation", "2013", registry.Provision{Article: 41, Sub: 1}, registry.Absent, ""},
		{"paragraph in a second-hand text", "eco-penalty-measures", "2023", registry.Provision{Article: 47, Paragraph: 2}, registry.NotHeld, ""},
		{"paragraph in an unsettled text", "crime-liaison-measures", "2017", registry.Provision{Article: 9, Paragraph: 2}, registry.NotHeld, ""},
		{"item before a run-on", "crime-liaison-measures", "2017", registry.Provision{Article: 6, Item: 7}, registry.Held, "其他有关涉嫌犯罪的材料。"},
		{"nothing named", "eco-code", "2026", registry.Provision{}, registry.NotHeld, ""},
		{"negative", "eco-code", "2026", registry.Provision{Article: 1242, Paragraph: -1}, registry.NotHeld, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			v, ok := c.Version(tt.law, tt.version)
			if !ok {
				t.Fatalf("Version(%q, %q) not found", tt.law, tt.version)
			}
			text, holding := v.Text(tt.p)
			if holding != tt.holding || !strings.HasPrefix(text, tt.text) || (text == "") != (tt.text == "") {
				t.Errorf("Text(%s) = %q, %s, want %q…, %s", tt.p.Key(), text, holding, tt.text, tt.holding)
			}
		})
	}
}

func TestWholeArticleKeepsItsLines(t *testing.T) {
	v, _ := Embedded().Version("crime-liaison-measures", "2017")
	text, _ := v.Text(registry.Provision{Article: 6})
	want := "\n（六）监测、检验报告、突发环境事件调查报告、认定意见。\n（七）其他有关涉嫌犯罪的材料。对环境违法行为已经作出行政处罚决定的，还应当附行政处罚决定书。"
	if !strings.HasSuffix(text, want) {
		t.Errorf("Text(第六条) ends %q, want %q", text[max(0, len(text)-len(want)):], want)
	}
}

func TestInForce(t *testing.T) {
	c := Embedded()
	for _, tt := range []struct {
		law, on string
		want    []string
	}{
		{"water-pollution-law", "2024-06-10", []string{"2017"}},
		{"water-pollution-law", "2026-08-14", []string{"2017"}},
		{"water-pollution-law", "2026-08-15", nil},
		{"water-pollution-law", "2016", nil},
		{"eco-code", "2026-08-14", nil},
		{"eco-code", "2026-08-15", []string{"2026"}},
		{"eco-code", "2026-08", []string{"2026"}},
		{"guangdong-env-regulation", "2022-11-29", []string{"2019"}},
		{"guangdong-env-regulation", "2022-11-30", []string{"2022"}},
		{"guangdong-env-regulation", "2022-11", []string{"2019", "2022"}},
		{"guangdong-env-regulation", "", []string{"2019", "2022"}},
		{"tanjiang-regulation", "2024-06-10", []string{"2016", "2019"}}, // the amendment is undated: both, always
		{"tanjiang-regulation", "2015", []string{"2019"}},
		{"no-such-law", "2024", nil},
	} {
		on, err := registry.ParseDate(tt.on)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, v := range c.InForce(tt.law, on) {
			got = append(got, v.ID)
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("InForce(%q, %q) = %q, want %q", tt.law, tt.on, got, tt.want)
		}
	}
}

func TestCite(t *testing.T) {
	c := Embedded()
	v, _ := c.Version("livestock-regulation", "2013")
	p := registry.Provision{Article: 20}
	text, _ := v.Text(p)
	got := c.Cite(registry.RoleBreached, registry.StandingConfirmed, v, p)
	want := registry.Citation{
		Role: registry.RoleBreached, Standing: registry.StandingConfirmed, Law: "畜禽规模养殖污染防治条例",
		LawID: "livestock-regulation", VersionID: "2013", Provision: p, Holding: registry.Held, TextHash: TextHash(text),
	}
	if got != want {
		t.Errorf("Cite(…) = %+v, want %+v", got, want)
	}
	if got := c.Cite(registry.RoleBasis, registry.StandingPublished, v, registry.Provision{Article: 45}); got.Holding != registry.Absent ||
		got.TextHash != "" {
		t.Errorf("Cite(第四十五条) = %+v, want absent and no hash", got)
	}
}

func TestTextHash(t *testing.T) {
	const plain = "甲：\n（一）乙；"
	want := TextHash(plain)
	for _, same := range []string{"甲：\r\n（一）乙；\n", "　　甲：\n\n　　（一）乙；", "\ufeff甲：\n（一）乙；"} {
		if got := TextHash(same); got != want {
			t.Errorf("TextHash(%q) = %s, want that of %q", same, got, plain)
		}
	}
	for _, other := range []string{"甲:\n（一）乙；", "甲：（一）乙；", "甲：\n（一）乙"} {
		if TextHash(other) == want {
			t.Errorf("TextHash(%q) is that of %q", other, plain)
		}
	}
	if want := "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"; TextHash("") != want {
		t.Errorf("TextHash(\"\") = %s, want %s", TextHash(""), want)
	}
}

func TestConfidenceLabel(t *testing.T) {
	seen := map[string]string{}
	for _, code := range []string{"full_text_x2", "full_text", "secondary", "memory", "not_found", "official_table", "statute_self_reference",
		"researcher_inference", "?"} {
		label := ConfidenceLabel(code)
		if other, twice := seen[label]; twice || label == "" {
			t.Errorf("ConfidenceLabel(%q) = %q, the same as %q", code, label, other)
		}
		seen[label] = code
	}
}

func TestLoadRefusesABrokenCatalogue(t *testing.T) {
	sub, err := fs.Sub(embedded, "catalogue")
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ name, file, old, new, want string }{
		{"law text", "laws/eco-code/2026.txt", "条文总数: 1242", "条文总数: 10", "条文总数写 10"},
		{"two laws of one name", "laws/eia-law/2018.txt", "别名: 环评法", "别名: 固废法", "are both named 固废法"},
		{"reference to an unknown law", "violations/02-water.json", "水污染防治法第三十九条", "水法第三十九条", "目录里没有这部法律"},
		{"misspelt field", "standards.json", `"issuer"`, `"isuer"`, "unknown field"},
		{"impossible day", "calendar.json", "2024-02-04", "2024-02-30", "2 月没有 30 日"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			files := fstest.MapFS{}
			err := fs.WalkDir(sub, ".", func(path string, d fs.DirEntry, err error) error {
				if err != nil || d.IsDir() {
					return err
				}
				b, err := fs.ReadFile(sub, path)
				if path == tt.file {
					changed := strings.Replace(string(b), tt.old, tt.new, 1)
					if changed == string(b) {
						t.Fatalf("%s does not contain %q", path, tt.old)
					}
					b = []byte(changed)
				}
				files[path] = &fstest.MapFile{Data: b}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			if _, err := Load(files); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("Load(…) error = %v, want %q", err, tt.want)
			}
		})
	}
}

func BenchmarkLoad(b *testing.B) {
	sub, err := fs.Sub(embedded, "catalogue")
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := Load(sub); err != nil {
			b.Fatal(err)
		}
	}
}

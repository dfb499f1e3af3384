package statute

import (
	"encoding/json"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"casebook/internal/registry"
	"casebook/internal/statute/diff"
)

// others writes the other sides of a provision's mappings: relation law@version place.
func others(list []Linked) []string {
	var out []string
	for _, x := range list {
		s := string(x.Relation) + " " + x.Other.LawID + "@" + x.Other.VersionName + " " + x.Other.Key()
		if x.Earlier {
			s = "← " + s
		}
		out = append(out, s)
	}
	return out
}

func TestSuccessions(t *testing.T) {
	c := Embedded()
	for _, tt := range []struct {
		law  string
		p    registry.Provision
		want []string
	}{
		{"water-pollution-law", registry.Provision{Article: 39}, []string{
			"← 同一法律条号变动 water-pollution-law@2008年修订 22.2", "← 同一法律条号变动 water-pollution-law@2008年修订 35", "法典接续 eco-code@ 164.1"}},
		{"water-pollution-law", registry.Provision{Article: 83, Item: 3}, []string{
			"← 同一法律条号变动 water-pollution-law@2008年修订 74",
			"同一法律条号变动 water-pollution-law@2017年修正 94", // of 2008年修订, as Self says
			"法典接续 eco-code@ 1108"}},
		{"water-pollution-law", registry.Provision{Article: 65, Paragraph: 1}, []string{"法典接续 eco-code@ 319.1"}},
		// not the second article of the type
		{"solid-waste-law", registry.Provision{Article: 107}, []string{"← 同一法律条号变动 solid-waste-law@2016年修正 71", "法典接续 eco-code@ 1231.0.1"}},
		{"guangdong-env-regulation", registry.Provision{Article: 68, Paragraph: 2}, []string{
			"同一法律条号变动 guangdong-env-regulation@2022年修正 68", "并列 eco-code@ 1110"}},
		{"livestock-regulation", registry.Provision{Article: 41}, []string{"并列 eco-code@ 1231.0.1", "并列 eco-code@ 1107"}},
		{"tanjiang-regulation", registry.Provision{Article: 36, Paragraph: 2}, []string{"并列 eco-code@ 1231.0.1", "并列 eco-code@ 1107"}},
		{"permit-regulation", registry.Provision{Article: 34, Item: 1}, []string{"并列 eco-code@ 1103", "并列 eco-code@ 1107"}},
		{"livestock-regulation", registry.Provision{Article: 40, Item: 2}, []string{"并列 eco-code@ 1231.0.1", "并列 eco-code@ 1137.1.3", "并列 eco-code@ 1137.2"}},
		{"livestock-regulation", registry.Provision{Article: 22}, nil},
		{"no-such-law", registry.Provision{Article: 1}, nil},
	} {
		if got := others(c.Successions(tt.law, tt.p)); !slices.Equal(got, tt.want) {
			t.Errorf("Successions(%s, %s) = %q, want %q", tt.law, tt.p, got, tt.want)
		}
	}
	back := others(c.Successions("eco-code", registry.Provision{Article: 164}))
	for _, want := range []string{"← 法典接续 water-pollution-law@ 39", "← 法典接续 environmental-protection-law@ 42.4", "← 并列 livestock-regulation@ 13.3"} {
		if !slices.Contains(back, want) {
			t.Errorf("Successions(eco-code, 164) = %q, want %q among them", back, want)
		}
	}
}

// What was not repealed is never called succeeded, every side can be read or is known not to be held, and nothing claims to be
// official.
func TestSuccessionsAreSound(t *testing.T) {
	c := Embedded()
	unheld := map[string]bool{}
	seen := map[string]bool{}
	inferred := 0
	for _, x := range c.AllSuccessions() {
		pair := x.From.String() + x.From.VersionName + "→" + x.To.String()
		if seen[pair] {
			t.Errorf("%s is listed twice", pair)
		}
		seen[pair] = true
		if x.Confidence != "researcher_inference" && x.Confidence != "memory" {
			t.Errorf("%s: confidence %q, and there is no official table", pair, x.Confidence)
		}
		if x.Why() == "" {
			t.Errorf("%s does not say what it rests on", pair)
		}
		if len(x.Types) > 0 {
			inferred++
			if !strings.HasPrefix(x.Why(), "由违法行为类型推出") {
				t.Errorf("%s: %q does not say that it is inferred", pair, x.Why())
			}
		}
		if gone := !c.standing(x.From.LawID); gone != (x.Relation == RelationSucceeded) && x.From.LawID != x.To.LawID {
			t.Errorf("%s: relation %s, repealed %v", pair, x.Relation, gone)
		}
		for _, side := range []Place{x.From, x.To} {
			versions := c.VersionsAt(side)
			if len(versions) == 0 {
				unheld[side.LawID+" "+side.VersionName] = true
				continue
			}
			if !slices.ContainsFunc(versions, func(v *Version) bool { _, h := v.Text(side.Provision); return h == registry.Held }) {
				t.Errorf("%s: %s is held in none of its versions", pair, side.Reference)
			}
		}
	}
	if want := map[string]bool{"water-pollution-law 2008年修订": true, "solid-waste-law 2016年修正": true}; len(unheld) != len(want) ||
		!unheld["water-pollution-law 2008年修订"] || !unheld["solid-waste-law 2016年修正"] {
		t.Errorf("sides not held: %v, want %v", unheld, want)
	}
	if inferred < 50 {
		t.Errorf("%d inferred pairs, want at least 50", inferred)
	}
}

// The pairs that rest on the likeness of the texts must be alike.
func TestSuccessionsByText(t *testing.T) {
	sub, err := fs.Sub(embedded, "catalogue")
	if err != nil {
		t.Fatal(err)
	}
	var f successorFile
	if err := readJSON(sub, "successors.json", &f); err != nil {
		t.Fatal(err)
	}
	c, measured := Embedded(), 0
	for _, g := range f.Groups {
		for _, pair := range g.Pairs {
			if !g.ByText {
				continue
			}
			x, err := c.succession(&g, pair)
			if err != nil {
				t.Fatal(err)
			}
			from, _ := c.VersionsAt(x.From)[0].ContextText(x.From.Provision)
			to, _ := c.VersionsAt(x.To)[0].ContextText(x.To.Provision)
			if n := diff.Similarity(diff.Texts(from, to)); n < 0.4 {
				t.Errorf("%s → %s: %.2f of the texts is equal, want 0.4", pair[0], pair[1], n)
			}
			measured++
		}
	}
	if measured == 0 {
		t.Error("no pair was measured")
	}
}

func TestSuccessorsRefused(t *testing.T) {
	sub, err := fs.Sub(embedded, "catalogue")
	if err != nil {
		t.Fatal(err)
	}
	code := "生态环境法典第一百六十四条"
	for _, tt := range []struct {
		name  string
		group successorGroup
		want  string
	}{
		{"unknown law", successorGroup{Relation: "succeeded", Confidence: "memory", Pairs: [][2]string{{"水法第一条", code}}}, "目录里没有这部法律"},
		{"article not held", successorGroup{Relation: "succeeded", Confidence: "memory", Pairs: [][2]string{{"水污染防治法第一条", code}}}, "not held"},
		{"article absent", successorGroup{Relation: "succeeded", Confidence: "memory", Pairs: [][2]string{{"水污染防治法第三十九条", "生态环境法典第一千三百条"}}},
			"not held"},
		{"not repealed", successorGroup{Relation: "succeeded", Confidence: "memory", Pairs: [][2]string{{"畜禽规模养殖污染防治条例第四十一条", code}}},
			"not repealed"},
		{"repealed, yet beside", successorGroup{Relation: "beside", Confidence: "memory", Pairs: [][2]string{{"水污染防治法第三十九条", code}}},
			"no version in force"},
		{"renumbering without versions", successorGroup{Relation: "renumbered", Confidence: "memory",
			Pairs: [][2]string{{"水污染防治法第三十九条", "水污染防治法第十条"}}}, "two versions"},
		{"relation", successorGroup{Relation: "replaces", Confidence: "memory", Pairs: [][2]string{{"水污染防治法第三十九条", code}}}, "unknown relation"},
		{"confidence", successorGroup{Relation: "succeeded", Confidence: "sure", Pairs: [][2]string{{"水污染防治法第三十九条", code}}}, "unknown confidence"},
		{"twice", successorGroup{Relation: "succeeded", Confidence: "memory", Pairs: [][2]string{{"水污染防治法第三十九条", code}, {"水污染防治法第三十九条", code}}},
			"listed twice"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			b, err := json.Marshal(successorFile{Groups: []successorGroup{tt.group}})
			if err != nil {
				t.Fatal(err)
			}
			if _, err := Load(overlay{sub, fstest.MapFS{"successors.json": {Data: b}}}); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("Load(…) error = %v, want %q", err, tt.want)
			}
		})
	}
}

// overlay is a file system with some files of another over it.
type overlay struct {
	fs.FS
	over fstest.MapFS
}

func (o overlay) Open(name string) (fs.File, error) {
	if _, ok := o.over[name]; ok {
		return o.over.Open(name)
	}
	return o.FS.Open(name)
}

func TestContextText(t *testing.T) {
	v, _ := Embedded().Version("water-pollution-law", "2017")
	for _, tt := range []struct {
		p    registry.Provision
		want string
	}{
		{registry.Provision{Article: 83, Item: 3}, "违反本法规定，有下列行为之一的"},
		{registry.Provision{Article: 85, Paragraph: 1, Item: 9}, "有下列行为之一的，由县级以上地方人民政府"},
		{registry.Provision{Article: 39}, "禁止利用渗井"},
	} {
		if got, h := v.ContextText(tt.p); h != registry.Held || !strings.HasPrefix(got, tt.want) {
			t.Errorf("ContextText(%s) = %q, %s", tt.p, got, h)
		}
	}
	if got, h := v.ContextText(registry.Provision{Article: 1}); got != "" || h != registry.NotHeld {
		t.Errorf("ContextText(第一条) = %q, %s", got, h)
	}
}

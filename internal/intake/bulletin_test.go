package intake

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"casebook/internal/registry"
	"casebook/internal/statute"
	"casebook/internal/statute/cite"
)

var update = flag.Bool("update", false, "write testdata/bulletins/*.json anew; read every change before keeping it")

// TestReadBulletin reads each text of testdata/bulletins and compares the whole answer with the .json beside it.
func TestReadBulletin(t *testing.T) {
	files, err := filepath.Glob("testdata/bulletins/*.txt")
	if err != nil || len(files) < 30 {
		t.Fatalf("%d texts, %v", len(files), err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".txt")
		t.Run(name, func(t *testing.T) {
			raw, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			text, err := Decode(raw)
			if err != nil {
				t.Fatalf("Decode(%s): %v", file, err)
			}
			b := ReadBulletin(statute.Embedded(), text, registry.Date{})
			checkBulletin(t, text, b)
			got := indented(t, b.Cases)
			golden := strings.TrimSuffix(file, ".txt") + ".json"
			if *update {
				if err := os.WriteFile(golden, got, 0o600); err != nil {
					t.Fatal(err)
				}
				return
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got, want) {
				t.Errorf("ReadBulletin(%s):\n%s", name, firstDifference(string(got), string(want)))
			}
			if strings.HasPrefix(name, "zero-") && len(b.Cases) != 0 {
				t.Errorf("ReadBulletin(%s) = %d cases, want none", name, len(b.Cases))
			}
		})
	}
}

func indented(t *testing.T, drafts []Draft) []byte {
	t.Helper()
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	if drafts == nil {
		drafts = []Draft{}
	}
	if err := enc.Encode(drafts); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func firstDifference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range max(len(g), len(w)) {
		at := func(lines []string) string {
			if i < len(lines) {
				return lines[i]
			}
			return "(end)"
		}
		if at(g) != at(w) {
			return fmt.Sprintf("line %d\n got  %s\n want %s", i+1, at(g), at(w))
		}
	}
	return "equal"
}

// TestReadBulletinMarks checks that marks select the words they stand for.
func TestReadBulletinMarks(t *testing.T) {
	text := "案例一 恩平某畜牧有限公司违法排污案\n2024年10月12日，市生态环境局恩平分局执法人员对恩平某畜牧有限公司进行现场检查，存栏生猪５３００多头，废水外排。\n" +
		"该公司违反了《中华人民共和国水污染防治法》第\n三十九条，依据《中华人民共和国水污染防治法》第八十三条第三项，责令改正违法行为，罚款\n人民币26万元。\n"
	b := ReadBulletin(statute.Embedded(), text, registry.Date{})
	if len(b.Cases) != 1 {
		t.Fatalf("ReadBulletin: %d cases, want 1", len(b.Cases))
	}
	page := []rune(text)
	got := map[string]string{}
	for _, m := range b.Cases[0].Marks {
		got[m.Field] += string(page[m.Start:m.End]) + "|"
	}
	want := map[string]string{
		"title": "恩平某畜牧有限公司违法排污案|", "authority": "市生态环境局恩平分局|", "district": "恩平|", "found_on": "2024年10月12日|", "party": "恩平某畜牧有限公司|",
		"head_count": "存栏生猪５３００多头|", "violated": "《中华人民共和国水污染防治法》第\n三十九条|", "basis": "《中华人民共和国水污染防治法》第八十三条第三项|",
		"measures": "责令改正违法行为|", "fine_yuan": "26万元|",
	}
	for field, w := range want {
		if got[field] != w {
			t.Errorf("mark %s = %q, want %q", field, got[field], w)
		}
	}
	for field := range got {
		if want[field] == "" {
			t.Errorf("mark %s = %q, want none", field, got[field])
		}
	}
}

// TestReadBulletinDoubts checks that what is taken by its surroundings says so, and nothing else does.
func TestReadBulletinDoubts(t *testing.T) {
	for text, want := range map[string]string{
		"2024年6月3日，江门市生态环境局恩平分局检查恩平市某养猪场，粪水外排，罚款2万元。":                                     "",
		"8月2日，记者从恩平市环保局获悉，恩平市某养猪场粪水外排，被罚款2万元。":                                            "authority,party",
		"2024年6月3日，恩平市环保局开展执法检查，查处以下2家养殖场：\n1、恩平市某养猪场，粪水外排，罚款2万元。\n2、恩平市某养鸡场，鸡粪外排，罚款3万元。": "authority,found_on",
	} {
		b := ReadBulletin(statute.Embedded(), text, registry.Date{})
		if len(b.Cases) == 0 {
			t.Errorf("ReadBulletin(%q): no case", text)
			continue
		}
		doubted := map[string]bool{}
		for _, m := range b.Cases[0].Marks {
			if m.Doubt {
				doubted[m.Field] = true
			}
		}
		if got := strings.Join(slices.Sorted(maps.Keys(doubted)), ","); got != want {
			t.Errorf("doubts of %q: %q, want %q", text, got, want)
		}
	}
}

// TestBulletinJSON checks the shape that the command line promises: every key there, unknown null, lists never null.
func TestBulletinJSON(t *testing.T) {
	fine := registry.Money(31250_50)
	heads := int64(5300)
	matches := false
	b := Bulletin{Cases: []Draft{{}, {
		Title: "甲", Authority: "乙", District: "恩平市", FoundOn: registry.Month(2024, 10), Party: "丙", Species: "生猪", HeadCount: &heads,
		Violated: []Provision{{Law: "水污染防治法", LawID: "x", Provision: registry.Provision{Article: 39}}},
		Basis:    []Provision{{Law: "刑法", Provision: registry.Provision{Article: 120, Sub: 1, Paragraph: 2, Item: 3}}}, Fine: &fine,
		Measures:  []string{"责令改正"},
		Narrative: "丁", Handling: "戊", Warnings: []string{"己"}, Start: 3, End: 9,
		Quotes: []Quote{{Citation: "《甲法》第一条", Quote: cite.Quote{Text: "庚", Matches: &matches, Difference: "辛"}}},
	}}}
	got, err := json.Marshal(b)
	if err != nil {
		t.Fatal(err)
	}
	want := `{"cases":[{"title":null,"authority":null,"district":null,"found_on":null,"party":null,"species":null,"head_count":null,"violated":[],"basis":[],` +
		`"fine_yuan":null,"measures":[],"narrative":null,"handling":null,"quotes":[],"warnings":[],"start":0,"end":0},` +
		`{"title":"甲","authority":"乙","district":"恩平市","found_on":"2024-10","party":"丙","species":"生猪","head_count":5300,` +
		`"violated":[{"law":"水污染防治法","article":39,"sub":null,"paragraph":null,"item":null}],"basis":[{"law":"刑法","article":120,"sub":1,"paragraph":2,"item":3}],` +
		`"fine_yuan":31250.5,"measures":["责令改正"],"narrative":"丁","handling":"戊","quotes":[{"citation":"《甲法》第一条","text":"庚","matches_official":false,"difference":"辛"}],` +
		`"warnings":["己"],"start":3,"end":9}],"citations":[]}`
	if string(got) != want {
		t.Errorf("json.Marshal(bulletin)\n got  %s\n want %s", got, want)
	}
}

func BenchmarkReadBulletin(b *testing.B) {
	page, err := os.ReadFile("testdata/bulletins/newspaper-columns.txt")
	if err != nil {
		b.Fatal(err)
	}
	law := statute.Embedded()
	law.Citations("", registry.Date{}) // the index of names is built once
	ReadBulletin(law, string(page), registry.Date{})
	for name, text := range map[string]string{
		"page":           string(page),
		"10MB of pages":  strings.Repeat(string(page), maxText/len(page)),
		"10MB of a book": strings.Repeat("会议指出，要统筹推进城乡绿化和公园建设，让市民推窗见绿、出门入园。\n", maxText/100),
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				ReadBulletin(law, text, registry.Date{})
			}
		})
	}
}

// One brief without an end: the time of a page grows with its length, not with the square of it. Compare the µs a line of both sizes.
func BenchmarkEndlessPage(b *testing.B) {
	for kind, line := range map[string]string{
		"citations":     "违反了《中华人民共和国水污染防治法》第三十九条的规定，依据该法第八十三条第三项，责令改正。\n",
		"one line each": "某养殖场：未建污水池，粪水流到沟里，罚款3万元。\n",
	} {
		for _, lines := range []int{2000, 8000} {
			b.Run(fmt.Sprintf("%s/%d", kind, lines), func(b *testing.B) {
				text := strings.Repeat(line, lines)
				for b.Loop() {
					ReadBulletin(statute.Embedded(), text, registry.Date{})
				}
				b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*lines), "µs/line")
			})
		}
	}
}

package xlsx_test

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"

	"casebook/internal/registry"
	"casebook/internal/seal"
	"casebook/internal/xlsx"
)

// workbook is a ledger of some cases as bytes.
func workbook(t *testing.T, files []*registry.CaseFile) []byte {
	t.Helper()
	l := ledger(0)
	l.Info.Claim = &seal.Claim{Register: "0123456789abcdef", Kind: "台账", Request: []byte("{}"), Filters: []string{}}
	l.Cases = func(yield func(*registry.CaseFile, error) bool) {
		for _, f := range files {
			if !yield(f, nil) {
				return
			}
		}
	}
	var out bytes.Buffer
	if _, err := xlsx.WriteLedger(&out, l); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func opened(t *testing.T, b []byte) *xlsx.Workbook {
	t.Helper()
	w, err := xlsx.Read(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.Close() })
	return w
}

// part is a file in a workbook.
type part struct {
	name string
	body []byte
}

func unpack(t *testing.T, b []byte) (list []part) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, part{f.Name, body})
	}
	return list
}

func repack(t *testing.T, list []part) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, p := range list {
		w, err := z.Create(p.name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(p.body); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

var (
	cellValue   = regexp.MustCompile(`<v>[^<]+</v>|<t[^>]*>[^<]+</t>`)
	cellFormula = regexp.MustCompile(`<f>[^<]+</f>`)
	wholeRow    = regexp.MustCompile(`<row [^>]*>.*?</row>`)
	cellStyle   = regexp.MustCompile(` s="\d+"`)
)

// edits are what a hand, or a program, changes in a part; nil where the part has no such thing.
var edits = map[string]func(r *rand.Rand, body []byte) []byte{
	"a value": func(r *rand.Rand, body []byte) []byte {
		return inside(r, body, cellValue, func(found string) string {
			end := strings.LastIndex(found, "</")
			return found[:end] + "7" + found[end:]
		})
	},
	"a formula": func(r *rand.Rand, body []byte) []byte {
		return inside(r, body, cellFormula, func(found string) string { return "<f>1+" + found[3:] })
	},
	"a row less": func(r *rand.Rand, body []byte) []byte {
		return inside(r, body, wholeRow, func(string) string { return "" })
	},
	"a style": func(r *rand.Rand, body []byte) []byte {
		return inside(r, body, cellStyle, func(found string) string {
			if found == ` s="1"` {
				return ` s="2"`
			}
			return ` s="1"`
		})
	},
}

// inside changes one of the places that a pattern finds.
func inside(r *rand.Rand, body []byte, p *regexp.Regexp, change func(string) string) []byte {
	places := p.FindAllIndex(body, -1)
	if len(places) == 0 {
		return nil
	}
	at := places[r.IntN(len(places))]
	return slices.Concat(body[:at[0]], []byte(change(string(body[at[0]:at[1]]))), body[at[1]:])
}

var everyEdit = flag.Bool("edits", false, "a thousand edits, not two hundred: go test ./internal/xlsx -run RandomEdits -args -edits")

// TestRandomEdits: edits of a workbook at random, each by itself: every one changes the file's hash, and the comparison with the original tells the sheet and
// the cell or row, or names the part.
func TestRandomEdits(t *testing.T) {
	original := workbook(t, cases())
	was, parts := opened(t, original), unpack(t, original)
	sheets := map[string]string{}
	for i, name := range []string{"封面", "一览", "汇总", "案件台账", "违法行为", "处罚与措施", "监测数据", "证据", "法条引用", "说明"} {
		sheets[fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1)] = name
	}
	want := 200
	if *everyEdit {
		want = 1000
	}
	r := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // the same edits each time
	kinds := []string{"a value", "a value", "a formula", "a row less", "a style", "a byte of the file"}
	tried, told := map[string]int{}, map[string]int{}
	sum := sha256.Sum256(original)
	for n := 0; n < want; {
		kind := kinds[r.IntN(len(kinds))]
		var edited []byte
		var where part
		if edit := edits[kind]; edit != nil {
			i := r.IntN(len(parts))
			where = parts[i]
			body := edit(r, where.body)
			if body == nil || sheets[where.name] == "" {
				continue
			}
			changed := slices.Clone(parts)
			changed[i].body = body
			edited = repack(t, changed)
		} else {
			edited = bytes.Clone(original)
			edited[r.IntN(len(edited))] ^= byte(1 + r.IntN(255))
		}
		n++
		tried[kind]++
		if other := sha256.Sum256(edited); other == sum {
			t.Fatalf("edit %d (%s in %s): the file has the same hash", n, kind, where.name)
		}
		is, err := xlsx.Read(bytes.NewReader(edited), int64(len(edited)))
		if err != nil {
			if where.name != "" {
				t.Errorf("edit %d (%s in %s): %v", n, kind, where.name, err)
			}
			told[kind]++
			continue // it is no workbook any more, and is said to be none
		}
		d, err := xlsx.Compare(was, is)
		_ = is.Close()
		if err != nil && where.name != "" {
			t.Errorf("edit %d (%s in %s): %v", n, kind, where.name, err)
		}
		sheet := sheets[where.name]
		named := slices.ContainsFunc(d.List, func(x xlsx.Difference) bool { return x.Sheet == sheet })
		switch kind {
		case "a byte of the file": // of the archive: names, times and checks between the parts change no part
			told[kind]++
		case "a style":
			if !slices.Contains(d.Parts, where.name) || !d.Same() {
				t.Errorf("edit %d (%s in %s): %s", n, kind, where.name, d.Words())
				continue
			}
			told[kind]++
		default:
			// A row of blanks says nothing: without it the cells are the same, and the part is named.
			if !slices.Contains(d.Parts, where.name) || !named && !(kind == "a row less" && d.Same()) {
				t.Errorf("edit %d (%s in %s): %s %v", n, kind, where.name, d.Words(), d.List)
				continue
			}
			told[kind]++
		}
	}
	for _, k := range slices.Compact(slices.Sorted(slices.Values(kinds))) {
		t.Logf("%s: %d edits, %d told", k, tried[k], told[k])
	}
}

// Cases that came, went and changed since are told as such, whatever their numbers in the sheets are.
func TestCompareByCase(t *testing.T) {
	two := cases()
	third := *two[1]
	third.Case.Title, third.Case.Number = "新会某兔场案", "江新环立〔2025〕8号"
	changed := *two[1]
	changed.Penalties = []registry.Penalty{{DocumentID: 1, Kind: "罚款", Amount: fen(100)}}
	for _, c := range []struct {
		name             string
		was, is          []*registry.CaseFile
		cells, add, lost int
		words            string
	}{
		{"the same", two, two, 0, 0, 0, "完全相同"},
		{"a case in between", []*registry.CaseFile{two[0], two[1]}, []*registry.CaseFile{two[0], &third, two[1]}, 0, 1, 0, "新会某兔场案"},
		{"a case less", []*registry.CaseFile{two[0], &third, two[1]}, []*registry.CaseFile{two[0], two[1]}, 0, 0, 1, "新会某兔场案"},
		{"an amount", []*registry.CaseFile{two[0], two[1]}, []*registry.CaseFile{two[0], &changed}, 1, 0, 0, "“20000.5” → “1”"},
	} {
		d, err := xlsx.Compare(opened(t, workbook(t, c.was)), opened(t, workbook(t, c.is)))
		if err != nil {
			t.Fatal(err)
		}
		cells, add, lost := 0, 0, 0
		for _, x := range d.List {
			switch {
			case x.Sheet != "案件台账":
			case x.Change == xlsx.Added:
				add++
			case x.Change == xlsx.Lost:
				lost++
			case x.Column == "罚款（元）":
				cells++
			}
		}
		if all := d.Words() + strings.Join(d.Lines(), "\n"); cells != c.cells || add != c.add || lost != c.lost || !strings.Contains(all, c.words) {
			t.Errorf("%s: %d cells, %d added, %d lost among the cases; want %d, %d, %d and %q in:\n%s", c.name, cells, add, lost, c.cells, c.add, c.lost, c.words, all)
		}
	}
}

// What is no workbook of ours is refused in words, or says nothing of itself.
func TestStrangeWorkbooks(t *testing.T) {
	good := workbook(t, cases())
	for name, b := range map[string][]byte{"nothing": nil, "a text": []byte("编号,金额\n1,2\n"), "half a file": good[:len(good)/2], "another archive": repack(t, []part{{"a.txt", []byte("a")}}),
		"sheets that are no XML": repack(t, []part{{"[Content_Types].xml", []byte("<a")}, {"xl/workbook.xml", []byte("<b")}})} {
		w, err := xlsx.Read(bytes.NewReader(b), int64(len(b)))
		if err == nil {
			if c := w.Claim(); c != "" {
				t.Errorf("%s claims %q", name, c)
			}
			if _, err := xlsx.Compare(opened(t, good), w); err != nil {
				t.Logf("%s cannot be compared: %v", name, err)
			}
			_ = w.Close()
		} else if !strings.Contains(err.Error(), "xlsx 文件") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if c, err := seal.ReadClaim(opened(t, good).Claim()); err != nil || c.Register != "0123456789abcdef" || len(c.Rows) != 6 || c.Rows[0].Rows != 2 || c.Sums[0].Fen != 2_000_050 {
		t.Errorf("the claim of a ledger reads as %+v, %v", c, err)
	}
}

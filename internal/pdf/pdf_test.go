package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode"

	"casebook/internal/registry"
	"casebook/internal/report"
)

// run pipes a PDF through a poppler tool. Without the tool the test is skipped, on CI it fails.
func run(t *testing.T, pdf []byte, tool string, args ...string) string {
	t.Helper()
	path, err := exec.LookPath(tool)
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("%s is not on PATH", tool)
		}
		t.Skipf("%s is not on PATH: install poppler-utils to check what readers see", tool)
	}
	file := t.TempDir() + "/a.pdf"
	if err := os.WriteFile(file, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	args = append(args, file)
	if tool == "pdftotext" {
		args = append(args, "-")
	}
	out, err := exec.Command(path, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", tool, err, out)
	}
	return string(out)
}

var pageNumber = regexp.MustCompile(`(?m)^\s*—\s?\d+\s?—\s*\f?`)

// solid is text without white space and page numbers: what extraction must give back in full.
func solid(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, pageNumber.ReplaceAllString(s, ""))
}

func TestExtractedTextIsTheInput(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	d := NewDocument(Info{Title: "王𬭚案"})
	var want strings.Builder
	for range 60 {
		text := strings.Trim(randomText(rng, 20+rng.IntN(300)), " \u3000")
		want.WriteString(text)
		d.Paragraph(Body, Run{Text: text})
	}
	var out bytes.Buffer
	if err := d.Write(&out); err != nil {
		t.Fatal(err)
	}
	// Compatibility forms aside, which pdftotext folds on its own in none of our characters.
	got, sent := []rune(solid(run(t, out.Bytes(), "pdftotext", "-raw"))), []rune(solid(want.String()))
	for i := range sent {
		if i >= len(got) || got[i] != sent[i] {
			t.Fatalf("extracted text differs at character %d:\n got …%s\nwant …%s", i,
				string(got[max(0, i-10):min(len(got), i+20)]), string(sent[max(0, i-10):min(len(sent), i+20)]))
		}
	}
	if len(got) != len(sent) {
		t.Errorf("extracted %d characters, want %d", len(got), len(sent))
	}
}

func TestBulletinReadsInOrder(t *testing.T) {
	b := sample()
	got := solid(run(t, bulletinBytes(t, b), "pdftotext", "-raw"))
	got = strings.ReplaceAll(got, "【示例（虚构数据）】【草稿未经审核】", "")
	var want strings.Builder
	fmt.Fprint(&want, b.Title, b.Issuer, b.Dated, b.Lead)
	for _, c := range b.Cases {
		fmt.Fprint(&want, c.Label, c.Title, "简要案情", strings.Join(c.Facts, ""), "查处情况", strings.Join(c.Handling, ""), "以案说法")
		for _, q := range c.Quotes {
			fmt.Fprint(&want, StatuteName(q), q.Text, StatuteMark(q))
		}
	}
	for i, n := range b.Notes {
		fmt.Fprint(&want, "注", i+1, n)
	}
	if got != solid(want.String()) {
		t.Errorf("the bulletin reads\n%s\nwant\n%s", got, solid(want.String()))
	}
}

func TestMarksStandOnEveryPage(t *testing.T) {
	for i, page := range strings.Split(strings.TrimRight(run(t, bulletinBytes(t, sample()), "pdftotext", "-raw"), "\f\n"), "\f") {
		if !strings.Contains(solid(page), "【示例（虚构数据）】【草稿未经审核】") {
			t.Errorf("page %d does not carry the marks", i+1)
		}
	}
}

func TestMetadataAndOutline(t *testing.T) {
	b := sample()
	b.Title = "王𬭚(案)\\通报"
	b.Cases[0].Title = "𬭎某案"
	data := bulletinBytes(t, b)
	info := run(t, data, "pdfinfo")
	for _, want := range []string{"王𬭚(案)\\通报", "某市生态环境局", "环境执法典型案例通报", "示例（虚构数据）"} {
		if !strings.Contains(info, want) {
			t.Errorf("pdfinfo lacks %s:\n%s", want, info)
		}
	}
	// 案件一　𬭎某案 in UTF-16.
	if title := "\x68\x48\x4e\xf6\x4e\x00\x30\x00\xd8\x72\xdf\x4e"; !bytes.Contains(data, []byte(title)) {
		t.Errorf("the outline does not hold 案件一　𬭎…")
	}
}

func TestSameInputSameBytes(t *testing.T) {
	want := bulletinBytes(t, sample())
	b := sample()
	b.Created = b.Created.In(time.FixedZone("elsewhere", -7*3600)) // the same instant
	for range 5 {
		if !bytes.Equal(bulletinBytes(t, b), want) {
			t.Fatal("two bulletins of the same input differ")
		}
	}
	if !bytes.Equal(bulletinBytes(t, report.Bulletin{}), bulletinBytes(t, report.Bulletin{})) {
		t.Fatal("two empty bulletins differ")
	}
}

func TestConcurrentBulletins(t *testing.T) {
	want := bulletinBytes(t, sample())
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			var out bytes.Buffer
			if err := WriteBulletin(&out, sample()); err != nil || !bytes.Equal(out.Bytes(), want) {
				t.Errorf("WriteBulletin: %v, or other bytes than alone", err)
			}
		})
	}
	wg.Wait()
}

func TestMissingGlyphIsAnErrorThatNamesIt(t *testing.T) {
	for _, tc := range []struct {
		where string
		r     rune
		put   func(*report.Bulletin, string)
	}{
		{"title", 0x1F416, func(b *report.Bulletin, s string) { b.Title = s }},
		{"lead", 0xE000, func(b *report.Bulletin, s string) { b.Lead = s }}, // a private code never shows another character's glyph
		{"mark", 0x2B820 + 5, func(b *report.Bulletin, s string) { b.Marks = []string{s} }},
		{"law text", 0xFFFD, func(b *report.Bulletin, s string) { b.Cases[1].Quotes[0].Text = s }},
		{"note", 0x0E01, func(b *report.Bulletin, s string) { b.Notes = []string{s} }},
		{"heading", 0x30000, func(b *report.Bulletin, s string) { b.Cases[4].Title = s }},
	} {
		t.Run(tc.where, func(t *testing.T) {
			b := sample()
			tc.put(&b, "养殖"+string(tc.r)+"户")
			var out bytes.Buffer
			err := WriteBulletin(&out, b)
			var missing *MissingGlyphs
			if !errors.As(err, &missing) || len(missing.Runes) != 1 || missing.Runes[0] != tc.r {
				t.Fatalf("WriteBulletin = %v, want MissingGlyphs of %U", err, tc.r)
			}
			if registry.KindOf(err) != registry.KindInvalid || !strings.Contains(err.Error(), fmt.Sprintf("U+%04X", tc.r)) {
				t.Errorf("error %q of kind %v, want an invalid one naming U+%04X", err, registry.KindOf(err), tc.r)
			}
			if out.Len() > 0 {
				t.Errorf("%d bytes were written", out.Len())
			}
		})
	}
}

func TestEmptyAndExtremeBulletins(t *testing.T) {
	long := strings.Repeat("关于某某养殖场违法排放养殖废水典型案例的通报", 60)
	many := sample()
	for len(many.Cases) < 300 {
		many.Cases = append(many.Cases, many.Cases[len(many.Cases)%5])
	}
	for _, tc := range []struct {
		name  string
		b     report.Bulletin
		pages int // at least
	}{
		{"nothing at all", report.Bulletin{}, 1},
		{"only empty parts", report.Bulletin{Title: " \n", Lead: "\n\n", Marks: []string{""}, Notes: []string{"", " "}, Cases: []report.BulletinCase{
			{}, {Label: "案件二"}, {Facts: []string{""}, Quotes: []report.StatuteQuote{{}}}}}, 1},
		{"a title of 1320 characters", report.Bulletin{Title: long, Cases: []report.BulletinCase{{Title: long}}}, 3},
		{"control characters and bad UTF-8 in between", report.Bulletin{Title: "通\x00报\u200b", Lead: "一\r\n二\t三\v"}, 1},
		{"a paragraph of 20000 characters without a mark", report.Bulletin{Lead: strings.Repeat("养", 20000)}, 30},
		{"a law text of three pages", report.Bulletin{Cases: []report.BulletinCase{{Quotes: []report.StatuteQuote{{Text: strings.Repeat(long, 3)}}}}}, 3},
		{"300 cases", many, 250},
	} {
		t.Run(tc.name, func(t *testing.T) {
			data := bulletinBytes(t, tc.b)
			if n := bytes.Count(data, []byte("/Type /Page\n")); n < tc.pages {
				t.Errorf("%d pages, want at least %d", n, tc.pages)
			}
		})
	}
	if err := WriteBulletin(io.Discard, report.Bulletin{Marks: []string{long}}); registry.KindOf(err) != registry.KindInvalid {
		t.Errorf("WriteBulletin with a mark that fills the page = %v, want invalid", err)
	}
}

func TestCaseSheetParts(t *testing.T) {
	d := NewDocument(Info{Title: "案件单"})
	d.Title("案件单")
	d.Rule()
	table := Table{Columns: []Column{{Head: "采样点", Width: 3}, {Head: "项目", Width: 2}, {Head: "结果（mg/L）", Width: 2, Align: Right}}}
	for i := range 90 {
		table.Rows = append(table.Rows, []string{fmt.Sprintf("排口%d", i+1), "氨氮", fmt.Sprint(100 + i)})
	}
	d.Table(table)
	var out bytes.Buffer
	if err := d.Write(&out); err != nil {
		t.Fatal(err)
	}
	text := run(t, out.Bytes(), "pdftotext", "-layout")
	if got, pages := strings.Count(text, "采样点"), strings.Count(text, "\f"); got != pages || pages < 3 {
		t.Errorf("the table's head stands %d times on %d pages", got, pages)
	}
	if path := os.Getenv("CASEBOOK_SAMPLE_PDF"); path != "" {
		_ = os.WriteFile(strings.TrimSuffix(path, ".pdf")+"-sheet.pdf", out.Bytes(), 0o600)
	}
}

func TestCoverage(t *testing.T) {
	for _, r := range "垚㛃𬭚喆赟䶮犇淼堃𬭎〔〕﹝﹞①⑳℃㎡㎥³₂₃—·…‰％ⅠⅫ國" {
		if _, _, ok := find(sans, r); !ok {
			t.Errorf("no face has %c", r)
		}
	}
	for name, f := range map[string]*face{"serif": serif, "sans": sans} {
		for r := rune(0x4E00); r <= 0x9FA5; r++ {
			if _, _, ok := find(f, r); !ok {
				t.Fatalf("no face has %c (U+%04X), wanted in %s", r, r, name)
			}
		}
	}
	for i, r := range []rune(astralChars) {
		if _, code, ok := find(serif, r); !ok || code != firstSlot+rune(i) {
			t.Errorf("find(%c) = %U, %v", r, code, ok)
		}
	}
}

func TestPanicBecomesAnError(t *testing.T) {
	d := NewDocument(Info{})
	d.add(row{height: 1, draw: func(*canvas, float64) { panic("odd") }})
	if err := d.Write(io.Discard); err == nil || !strings.Contains(err.Error(), "odd") {
		t.Errorf("Write = %v, want an error that says odd", err)
	}
}

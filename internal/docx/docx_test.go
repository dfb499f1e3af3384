package docx

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"flag"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode"

	"casebook/internal/registry"
	"casebook/internal/report"
)

var update = flag.Bool("update", false, "write the golden texts again")

func sample(design string) report.Bulletin {
	return report.Bulletin{
		Design: design, Title: "关于畜禽养殖典型案例的通报", Lead: "为加强警示教育，现公布典型案例。\n各场应当引以为戒。", Issuer: "某市生态环境局", Byline: "宣教科", Dated: "2024年12月",
		Number: "某环通〔2024〕3号", AddressedTo: "各分局", CopiedTo: "市农业农村局", Signed: "2024年12月6日", Marks: []string{"示例（虚构数据）"},
		Cases: []report.BulletinCase{{
			Label: "案件一", Title: "恩平某畜牧有限公司排污案", Facts: []string{"存栏 <5300> 头 & 𬭚㛃䶮𠮷㼆。", "第二段。"}, Handling: []string{"责令改正，处以罚款。"},
			Path: &registry.DischargePath{Nodes: []registry.PathNode{{Kind: "产生源", Name: "猪舍"}, {Kind: "水体", Name: "溪流"}}},
			Quotes: []report.StatuteQuote{
				{Law: "水污染防治法", Provision: "第十条", Version: "2017年修正", Text: "排放水污染物，不得超过标准。\n（一）第一项。"},
				{Law: "《水污染防治法》", Provision: "第三十九条", Version: "2017年修正", Text: "禁止私设暗管。", Checked: true}},
		}, {Label: "案件二", Title: "某场案", Facts: []string{"只有案情。"}}},
		Notes:   []string{"以官方公布文本为准。"},
		Created: time.Date(2024, 12, 6, 9, 0, 0, 0, time.FixedZone("UTC+8", 8*3600)),
	}
}

func written(t testing.TB, b report.Bulletin) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := Write(&out, b); err != nil {
		t.Fatalf("Write: %v", err)
	}
	return out.Bytes()
}

// parts are the files in a .docx, each read as XML to its end.
func parts(t *testing.T, file []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	list := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		for d := xml.NewDecoder(bytes.NewReader(body)); ; {
			if _, err := d.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("%s: %v", f.Name, err)
			}
		}
		list[f.Name] = string(body)
	}
	return list
}

// text is what the paragraphs of document.xml say, a line each.
func text(t *testing.T, document string) string {
	t.Helper()
	var b strings.Builder
	in := false
	for d := xml.NewDecoder(strings.NewReader(document)); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return b.String()
		} else if err != nil {
			t.Fatal(err)
		}
		switch x := token.(type) {
		case xml.StartElement:
			in = x.Name.Local == "t"
			if x.Name.Local == "tab" && len(x.Attr) == 0 {
				b.WriteString("\t")
			}
		case xml.EndElement:
			in = false
			if x.Name.Local == "p" {
				b.WriteString("\n")
			}
		case xml.CharData:
			if in {
				b.Write(x)
			}
		}
	}
}

func TestGoldenTexts(t *testing.T) {
	for _, design := range registry.BulletinDesigns {
		got, file := text(t, parts(t, written(t, sample(design)))["word/document.xml"]), filepath.Join("testdata", design+".txt")
		if *update {
			if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
				t.Fatal(err)
			}
			continue
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if got != string(want) {
			t.Errorf("%s says\n%s\nwant\n%s", design, got, want)
		}
	}
}

func TestSameInputSameBytes(t *testing.T) {
	for _, design := range registry.BulletinDesigns {
		b := sample(design)
		one := written(t, b)
		b.Created = b.Created.UTC() // the same instant
		if !bytes.Equal(written(t, b), one) {
			t.Errorf("%s: the same input makes other bytes", design)
		}
	}
	if !bytes.Equal(written(t, report.Bulletin{}), written(t, report.Bulletin{})) {
		t.Error("two empty bulletins differ")
	}
}

// What the file says of itself, the page of each design, and that every part that is named is there.
func TestParts(t *testing.T) {
	for design, want := range map[string][]string{
		"通报": {`w:eastAsia="黑体"`, `w:eastAsia="宋体"`, `w:fill="F1F3F2"`},
		"公文": {`w:eastAsia="仿宋_GB2312"`, `w:eastAsia="方正小标宋简体"`, `w:eastAsia="楷体_GB2312"`, `w:val="D01010"`, `w:top="2098"`, `w:linePitch="579"`},
		"报纸": {`w:num="2"`, `w:val="continuous"`, `w:fill="F1F3F2"`},
	} {
		p := parts(t, written(t, sample(design)))
		for _, s := range want {
			if !strings.Contains(p["word/document.xml"], s) {
				t.Errorf("%s: document.xml lacks %s", design, s)
			}
		}
		for _, s := range []string{"<dc:title>关于畜禽养殖典型案例的通报</dc:title>", "<dc:creator>某市生态环境局</dc:creator>", "zh-CN", "2024-12-06T01:00:00Z"} {
			if !strings.Contains(p["docProps/core.xml"], s) {
				t.Errorf("%s: core.xml lacks %s", design, s)
			}
		}
		if !strings.Contains(p["word/header1.xml"], "【示例（虚构数据）】") {
			t.Errorf("%s: the marks are not in the header", design)
		}
		for _, name := range []string{"word/styles.xml", "word/fontTable.xml", "word/settings.xml", "word/footer1.xml", "word/footer2.xml"} {
			if p[name] == "" || !strings.Contains(p["[Content_Types].xml"], "/"+name) || !strings.Contains(p["word/_rels/document.xml.rels"], filepath.Base(name)) {
				t.Errorf("%s: %s is missing, or nothing leads to it", design, name)
			}
		}
	}
}

// 公文 holds 22 lines of 28 characters also here: 579 twips a line and 15.75 points a character fit 156 × 225 mm, once more does not.
func TestOfficialGrid(t *testing.T) {
	const height, width = 16838 - 2098 - 1985, 11906 - 1588 - 1474 // twips
	if height/579 != 22 || width/(16*20-5) != 28 {
		t.Errorf("%d lines of %d characters, want 22 of 28", height/579, width/(16*20-5))
	}
}

// Text of any kind makes a file that XML readers read.
func TestOddText(t *testing.T) {
	odd := "a\x00b\x0bc<w:p>&amp;\u202e\ufffe]]>\xff"
	for _, design := range registry.BulletinDesigns {
		b := report.Bulletin{Design: design, Title: odd, Lead: odd, Issuer: odd, Number: odd, AddressedTo: odd, CopiedTo: odd, Signed: odd, Marks: []string{odd}, Notes: []string{odd},
			Cases: []report.BulletinCase{{Title: odd, Facts: []string{odd}, Quotes: []report.StatuteQuote{{Law: odd, Provision: odd, Version: odd, Text: odd}}}}}
		parts(t, written(t, b))
	}
}

// LibreOffice opens the file and reads the text in its order.
func TestLibreOffice(t *testing.T) {
	office, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("soffice is not on PATH: install libreoffice-writer to see that it opens the files")
	}
	if testing.Short() {
		t.Skip("starts an office program")
	}
	dir := t.TempDir()
	args := []string{"-env:UserInstallation=file://" + dir + "/profile", "--headless", "--convert-to", "txt:Text (encoded):UTF8", "--outdir", dir}
	names := map[string]string{"通报": "notice", "公文": "official", "报纸": "newspaper"}
	for _, design := range registry.BulletinDesigns {
		file := filepath.Join(dir, names[design]+".docx")
		if err := os.WriteFile(file, written(t, sample(design)), 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, file)
	}
	out, err := exec.Command(office, args...).CombinedOutput()
	if err != nil || strings.Contains(string(out), "could not be loaded") {
		if _, there := os.Stat("/usr/lib/libreoffice/program/libswlo.so"); there != nil {
			t.Skipf("this LibreOffice has no Writer: %s", out)
		}
		t.Fatalf("soffice: %v\n%s", err, out)
	}
	for _, design := range registry.BulletinDesigns {
		got, err := os.ReadFile(filepath.Join(dir, names[design]+".txt"))
		if err != nil {
			t.Fatal(err)
		}
		want := solid(text(t, parts(t, written(t, sample(design)))["word/document.xml"]))
		if solid(strings.TrimPrefix(string(got), "\ufeff")) != want {
			t.Errorf("%s: LibreOffice reads\n%s\nwant\n%s", design, solid(string(got)), want)
		}
	}
}

func solid(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

func BenchmarkWrite(b *testing.B) {
	x := sample("公文")
	b.ReportAllocs()
	for b.Loop() {
		if err := Write(io.Discard, x); err != nil {
			b.Fatal(err)
		}
	}
}

package pdf

import (
	"bytes"
	"compress/gzip"
	"flag"
	"fmt"
	"io"
	"math"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"casebook/internal/registry"
	"casebook/internal/report"
)

var update = flag.Bool("update", false, "write the golden texts again")

// designed is the sample as a design has it, with what a 公文 says beside the text.
func designed(design string) report.Bulletin {
	b := sample()
	b.Design, b.Number, b.AddressedTo, b.CopiedTo, b.Signed = design, "某环通〔2024〕3号", "各分局，局机关各科室", "市政府办公室，市农业农村局", "2024年12月6日"
	b.Head = "第 4420 条 600bc6fbdb66c798 密钥 9db2dabe247a0c60"
	b.Cases[1].Path = &registry.DischargePath{ReceivingWater: "农灌渠", Nodes: []registry.PathNode{{Kind: "产生源", Name: "育肥舍"}, {Kind: "沉淀池", Name: "两级沉淀池", State: "满载溢流"}, {Kind: "水体", Name: "农灌渠"}}}
	return b
}

// The golden texts say what each design prints, page by page, in the order in which readers and search get it.
func TestGoldenTexts(t *testing.T) {
	for _, design := range registry.BulletinDesigns {
		got := run(t, bulletinBytes(t, designed(design)), "pdftotext", "-raw")
		file := "testdata/" + design + ".txt"
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
			g, w := strings.Split(got, "\n"), strings.Split(string(want), "\n")
			for i := range w {
				if i >= len(g) || g[i] != w[i] {
					t.Errorf("%s, line %d: %q, want %q (look at the pages, then: go test ./internal/pdf -run GoldenTexts -update)", design, i+1, g[min(i, len(g)-1)], w[i])
					break
				}
			}
		}
	}
}

func TestEachDesignIsTheSameBytes(t *testing.T) {
	var before []byte
	for _, design := range registry.BulletinDesigns {
		one := bulletinBytes(t, designed(design))
		for range 3 {
			if !bytes.Equal(bulletinBytes(t, designed(design)), one) {
				t.Errorf("%s: the same input makes other bytes", design)
			}
		}
		if bytes.Equal(one, before) {
			t.Errorf("%s looks like the design before it", design)
		}
		before = one
	}
}

var bboxLine = regexp.MustCompile(`<line xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">`)

// GB/T 9704-2012 5.2: 22 lines a page, 28 characters a line, in a type area of 156 × 225 mm that begins 37 mm from the top and 28 mm from the
// left. Measured in the finished file, by the boxes that poppler reports.
func TestOfficialGrid(t *testing.T) {
	b := report.Bulletin{Design: "公文", Lead: strings.Repeat("污", 26+28*50)}
	text := run(t, bulletinBytes(t, b), "pdftotext", "-raw")
	pages := strings.Split(strings.TrimRight(text, "\f"), "\f")
	if len(pages) != 3 {
		t.Fatalf("%d pages, want 51 lines on 3", len(pages))
	}
	for p, page := range pages {
		lines := strings.Split(strings.TrimSpace(page), "\n")
		lines = lines[:len(lines)-1] // the page number
		if want := [...]int{22, 22, 7}[p]; len(lines) != want {
			t.Errorf("page %d has %d lines, want %d", p+1, len(lines), want)
		}
		for i, l := range lines {
			want := 28
			if p == 0 && i == 0 {
				want = 26
			}
			if got := len([]rune(strings.TrimSpace(l))); got != want {
				t.Errorf("page %d, line %d has %d characters, want %d", p+1, i+1, got, want)
			}
		}
	}
	boxes := bboxLine.FindAllStringSubmatch(run(t, bulletinBytes(t, b), "pdftotext", "-bbox-layout", "-f", "2", "-l", "2"), -1)
	var tops []float64
	for _, m := range boxes {
		x1, y, x2 := number(m[1]), number(m[2]), number(m[3])
		if x2-x1 < 100 { // the page number
			continue
		}
		tops = append(tops, y)
		// The last glyph is 16 points on a square of 15.8: it ends a fifth of a point outside.
		if math.Abs(x1-28*mm) > 0.5 || math.Abs(x2-(28+156)*mm) > 0.5 {
			t.Errorf("a line reaches from %.2f to %.2f mm, want 28 to 184", x1/mm, x2/mm)
		}
	}
	slices.Sort(tops)
	if len(tops) != 22 {
		t.Fatalf("%d lines measured, want 22", len(tops))
	}
	for i := 1; i < len(tops); i++ {
		if pitch := tops[i] - tops[i-1]; math.Abs(pitch-AreaH/22) > 0.02 {
			t.Errorf("line %d stands %.3f points under the one before, want %.3f", i+1, pitch, AreaH/22)
		}
	}
}

func number(s string) float64 {
	f, _ := strconv.ParseFloat(s, 64)
	return f
}

// The parts of a 公文 stand in the order and the places of the standard; every row of its body is on the grid.
func TestOfficialParts(t *testing.T) {
	b := designed("公文")
	text := solid(run(t, bulletinBytes(t, b), "pdftotext", "-raw"))
	at := 0
	for _, part := range []string{"某市生态环境局文件", "某环通〔2024〕3号", "关于畜禽养殖环境执法专项行动五起典型案例的通报", "各分局，局机关各科室：", "为推动规模养殖场", "一、恩平市某畜牧有限公司", "（一）简要案情", "（二）查处情况",
		"（三）以案说法", "1.《中华人民共和国水污染防治法》", "五、新会区", "附件：典型案例排污路径示意图", "某市生态环境局", "2024年12月6日", "（本通报为系统演示用", "附件", "典型案例排污路径示意图", "抄送：市政府办公室，市农业农村局。", "某市生态环境局", "2024年12月6日印发"} {
		i := strings.Index(text[at:], solid(part))
		if i < 0 {
			t.Fatalf("%q is not where it belongs, after %q", part, text[max(0, at-60):at])
		}
		at += i + len(solid(part))
	}
	d := NewDocument(Info{})
	d.official(b)
	sheets := d.sheets()
	for p, s := range sheets {
		for _, r := range s.rows {
			if k := (r.y - AreaTop) / LinePitch; r.grid && math.Abs(k-math.Round(k)) > 1e-6 {
				t.Errorf("page %d: a row stands at line %.4f", p+1, k)
			}
		}
	}
	last := sheets[len(sheets)-1]
	if r := last.rows[len(last.rows)-1]; math.Abs(r.y+r.height-(AreaTop+AreaH)) > 0.01 {
		t.Errorf("版记 ends %.2f points above the foot of the type area", AreaTop+AreaH-r.y-r.height)
	}
}

// Without what only a 公文 has, its parts are left out, and nothing stands in for them.
func TestOfficialWithoutItsParts(t *testing.T) {
	b := sample()
	b.Design, b.Issuer = "公文", ""
	text := run(t, bulletinBytes(t, b), "pdftotext", "-raw")
	for _, part := range []string{"文件", "抄送", "印发", "〔2024〕3号"} {
		if strings.Contains(text, part) {
			t.Errorf("a 公文 without issuer prints %q", part)
		}
	}
}

// Whatever the length of its texts, a box of a newspaper page is divided between provisions only, and seldom; columns end above the foot, and no
// text is lost.
func TestNewspaperColumns(t *testing.T) {
	boxes, divided := map[*ground]bool{}, 0
	for n := range 24 {
		b := designed("报纸")
		b.Lead = strings.Repeat("为加强警示教育，现公布典型案例。", 3*n)
		d := NewDocument(Info{})
		d.newspaper(b)
		columns, rows := d.columns(), 0
		seen := map[*ground]int{}
		for i, c := range columns {
			for k, r := range c.rows {
				rows++
				if r.y+r.height > newsArea.top+newsArea.h+0.01 {
					t.Errorf("lead %d: column %d ends below the page", n, i+1)
				}
				if r.keep && k == len(c.rows)-1 {
					t.Errorf("lead %d: column %d ends with a row that stays with the next", n, i+1)
				}
				if at, ok := seen[r.box]; r.box != nil && ok && at != i {
					if before := columns[i-1].rows; !before[len(before)-1].near {
						t.Errorf("lead %d: a provision stands in columns %d and %d", n, at+1, i+1)
					}
					divided++
				}
				boxes[r.box] = true
				if r.box != nil {
					seen[r.box] = i
				}
			}
		}
		if rows != len(d.rows) {
			t.Errorf("lead %d: %d rows in columns, want %d", n, rows, len(d.rows))
		}
	}
	if t.Logf("%d of %d boxes are divided", divided, len(boxes)); divided*10 > len(boxes) {
		t.Errorf("%d of %d boxes are divided, want few", divided, len(boxes))
	}
}

// Figures of a case let text go before them: but for those of the last page, no column ends much above the foot.
func TestNewspaperColumnsAreFull(t *testing.T) {
	worst := 0.0
	for n := range 24 {
		b := illustrated(t, "报纸")
		b.Lead = strings.Repeat("为加强警示教育，现公布典型案例。", 3*n)
		for i := range b.Cases {
			b.Cases[i].Path = designed("报纸").Cases[0].Path
		}
		d := NewDocument(Info{})
		d.newspaper(b)
		columns := d.columns()
		for _, c := range columns[:max(0, len(columns)-2)] {
			last := c.rows[len(c.rows)-1]
			worst = max(worst, newsArea.top+newsArea.h-last.y-last.height)
		}
	}
	t.Logf("the whitest column ends %.0f points above the foot", worst)
	if worst > 0.3*newsArea.h { // a figure stays in its case
		t.Errorf("a column ends %.0f points above the foot, of %.0f", worst, newsArea.h)
	}
}

// A box longer than a column goes over columns; the columns of the last page are about as long as each other where only text stands in them.
func TestNewspaperBalance(t *testing.T) {
	long := report.Bulletin{Design: "报纸", Cases: []report.BulletinCase{{Title: "某案", Quotes: []report.StatuteQuote{{Law: "某法", Text: strings.Repeat("养殖废水不得直接排放。", 300)}}}}}
	bulletinBytes(t, long)
	d := NewDocument(Info{})
	d.newspaper(report.Bulletin{Title: "通报", Lead: strings.Repeat("一段不长的文字，说明情况。\n", 31)})
	columns := d.columns()
	if len(columns) != 2 {
		t.Fatalf("%d columns, want 2", len(columns))
	}
	if a, b := len(columns[0].rows), len(columns[1].rows); a-b < 0 || a-b > 1 {
		t.Errorf("columns of %d and %d lines", a, b)
	}
}

// However long the text, the last page of a 通报 is no sheet of a few lines where drawing lines together or apart can help it, and the box
// begins on the page on which its case ends.
func TestLastPageIsFilled(t *testing.T) {
	poor := 0
	for n := range 60 {
		b := sample()
		b.Lead += "\n" + strings.Repeat("各养殖场应当引以为戒。", 2*n)
		d := NewDocument(Info{})
		d.notice(b)
		sheets := d.sheets()
		if (footOf(sheets)-d.area.top)/d.area.h < wellFilled {
			poor++
		}
		for i, s := range sheets[:len(sheets)-1] {
			last, next := s.rows[len(s.rows)-1], sheets[i+1].rows[0]
			if last.box == nil && next.box != nil {
				t.Errorf("lead %d: page %d begins with a box that no text leads to", n, i+2)
			}
		}
	}
	t.Logf("%d of 60 end with a page less than %.0f %% full", poor, 100*wellFilled)
	if poor > 3 {
		t.Errorf("%d of 60 papers end with a nearly empty page", poor)
	}
}

// The 8105 characters of 通用规范汉字表 (2013), as Unihan's kTGH lists them.
func TestGeneralTable(t *testing.T) {
	z, err := os.Open("testdata/general-table.txt.gz")
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close() //nolint:errcheck // only read
	g, err := gzip.NewReader(z)
	if err != nil {
		t.Fatal(err)
	}
	table, err := io.ReadAll(g)
	if err != nil {
		t.Fatal(err)
	}
	n, missing := 0, []string{}
	for _, r := range string(table) {
		n++
		for _, want := range []*face{serif, sans} {
			if _, _, ok := find(want, r); !ok {
				missing = append(missing, fmt.Sprintf("%c U+%04X", r, r))
			}
		}
	}
	if n != 8105 || len(missing) > 0 {
		t.Errorf("%d characters in the table, %d without a glyph: %v", n, len(missing), missing)
	}
}

// CJK Extension A but for ten characters that Unicode 13 added at its end, which the font that we have does not hold; the signs that officers
// type; and the characters that issue 11 names, which must come out of the paper as they went in.
func TestRareCharactersAndSigns(t *testing.T) {
	var missing []rune
	for r := rune(0x3400); r <= 0x4DBF; r++ {
		if _, _, ok := find(serif, r); !ok {
			missing = append(missing, r)
		}
	}
	if want := []rune("䶶䶷䶸䶹䶺䶻䶼䶽䶾䶿"); !slices.Equal(missing, want) {
		t.Errorf("Extension A lacks %q, want %q", string(missing), string(want))
	}
	const asked = "𬭚㛃䶮𠮷㼆☑☎☐✓m³㎡℃≥①⑳→"
	for _, design := range registry.BulletinDesigns {
		b := report.Bulletin{Design: design, Title: "𬭚㛃䶮𠮷㼆案", Lead: asked, Cases: []report.BulletinCase{{Title: "㼆𠮷某场", Facts: []string{asked}}}}
		if got := strings.Count(solid(run(t, bulletinBytes(t, b), "pdftotext", "-raw")), asked); got != 2 {
			t.Errorf("%s: the paper says %q %d times, want 2", design, asked, got)
		}
	}
}

func TestWhatAViewerIsTold(t *testing.T) {
	b := sample()
	b.Title = "王𬭚案通报"
	data := bulletinBytes(t, b)
	for _, want := range []string{"%PDF-1.7\n", "/Lang (zh-CN)\n", "/ViewerPreferences <</DisplayDocTitle true>>", "/CreationDate (D:20241206170000+08'00')", "/ModDate (D:20241206170000+08'00')"} {
		if !bytes.Contains(data, []byte(want)) {
			t.Errorf("the file lacks %q", want)
		}
	}
	fonts := run(t, data, "pdffonts")
	if n := len(regexp.MustCompile(`(?m)^[A-Z]{6}\+\w+ .*yes yes yes`).FindAllString(fonts, -1)); n != 2 {
		t.Errorf("%d fonts are embedded subsets, want 2:\n%s", n, fonts)
	}
}

// Titles break between words: never inside a name in 《》, between a number and its unit, or inside 有限公司.
func TestTitlesBreakBetweenWords(t *testing.T) {
	for _, title := range []string{
		"关于恩平市某生态农业科技发展有限公司违反《畜禽规模养殖污染防治条例》直接排放养殖废水案的通报",
		"江门市生态环境局关于公布2024年第四季度畜禽养殖污染环境15起典型案例的通报",
		"新会区某养牛场向环境直接排放未经无害化处理畜禽养殖废弃物案",
		"台山市某养殖场在畜禽禁养区内从事畜禽养殖存栏1300头生猪拒不改正案",
	} {
		for width := 8; width <= 22; width++ {
			m := newMeasure(cellsOf(t, title))
			var lines []string
			for _, sp := range balance(m, float64(width)*BodySize) {
				lines = append(lines, title[len(string([]rune(title)[:sp.from])):len(string([]rune(title)[:sp.to]))])
			}
			for i, l := range lines[:len(lines)-1] {
				next := []rune(lines[i+1])[0]
				seam := l + "|" + lines[i+1]
				if width >= 16 && strings.Count(l, "《") > strings.Count(l, "》") {
					t.Errorf("%d wide: %s: inside a name", width, seam)
				}
				if r := []rune(l); r[len(r)-1] >= '0' && r[len(r)-1] <= '9' && strings.ContainsRune("年起头", next) {
					t.Errorf("%d wide: %s: a number without its unit", width, seam)
				}
				if strings.Contains(strings.TrimSuffix(seam, "|"), "有|限公司") || strings.Contains(seam, "有限|公司") || strings.Contains(seam, "有限公|司") {
					t.Errorf("%d wide: %s: inside 有限公司", width, seam)
				}
			}
		}
	}
}

// What people type at worst is set, in every design: a name of 60 characters, a paragraph of 5,000, text that runs the other way, invisible
// characters, a title of 200 in one piece.
func TestHardInput(t *testing.T) {
	name := strings.Repeat("恩平市绿源生态农业", 7)[:60*3]
	for _, design := range registry.BulletinDesigns {
		b := designed(design)
		b.Issuer, b.Byline, b.Number, b.AddressedTo, b.CopiedTo = name, name, name, name, name
		b.Title, b.Cases[0].Title = strings.Repeat("通", 200), "某案"
		b.Lead = strings.Repeat("污染防治，", 1000) + "\n\u202eabc\u202c\u200b养\u2066殖\u2069"
		b.Cases[0].Quotes = append(b.Cases[0].Quotes, report.StatuteQuote{Law: "某法", Provision: "第一条", Text: strings.Repeat("禁止", 3000)})
		text := solid(run(t, bulletinBytes(t, b), "pdftotext", "-raw"))
		for _, want := range []string{name, strings.Repeat("污染防治，", 200), "abc养殖", strings.Repeat("通", 200)} {
			if !strings.Contains(strings.ReplaceAll(text, "【示例（虚构数据）】【草稿未经审核】", ""), solid(want)) {
				t.Errorf("%s: the paper lacks %.30s…", design, want)
			}
		}
	}
}

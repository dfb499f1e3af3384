package ledgerread

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"casebook/internal/registry"
)

// bookOf makes a workbook of parts; those that are not given are the least that there must be.
func bookOf(t testing.TB, parts map[string]string) []byte {
	all := map[string]string{
		"xl/workbook.xml":            `<workbook xmlns:r="r"><sheets><sheet name="台账" sheetId="1" r:id="r1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml":   sheetOf(`<row r="1"><c r="A1" t="inlineStr"><is><t>当事人</t></is></c></row>`),
	}
	for name, text := range parts {
		all[name] = text
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range all {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func sheetOf(rows string) string {
	return `<?xml version="1.0"?><worksheet><sheetData>` + rows + `</sheetData></worksheet>`
}

// bombOf is a file whose directory says that it unpacks to more than a workbook may.
func bombOf(t testing.TB) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	if _, err := z.CreateRaw(&zip.FileHeader{Name: "xl/worksheets/sheet1.xml", UncompressedSize64: maxUnpacked + 1}); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestRefusedFiles: what cannot be read says what it is and what to do, before a row is read.
func TestRefusedFiles(t *testing.T) {
	whole := bookOf(t, nil)
	for _, c := range []struct {
		name, want string
		file       []byte
	}{
		{"empty", "空的", nil},
		{"old", ".xls", []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 old")},
		{"encrypted", "密码", append([]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), utf16le("EncryptedPackage")...)},
		{"macro", "带宏", bookOf(t, map[string]string{"xl/vbaProject.bin": "x"})},
		{"binary workbook", ".xlsb", bookOf(t, map[string]string{"xl/workbook.bin": "x"})},
		{"ods", ".ods", bookOf(t, map[string]string{"content.xml": "x"})},
		{"word", "Word", bookOf(t, map[string]string{"word/document.xml": "x"})},
		{"cut-off zip", "损坏", whole[:len(whole)-30]},
		{"cut-off sheet", "不完整", bookOf(t, map[string]string{"xl/worksheets/sheet1.xml": `<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row>`})},
		{"DOCTYPE", "损坏", bookOf(t, map[string]string{"xl/worksheets/sheet1.xml": `<!DOCTYPE x [<!ENTITY a "b">]><worksheet/>`})},
		{"no sheet", "没有工作表", bookOf(t, map[string]string{"xl/workbook.xml": `<workbook></workbook>`})},
		{"zip bomb", "展开后超过", bombOf(t)},
		{"bomb of strings", "展开后超过", bookOf(t, map[string]string{"xl/sharedStrings.xml": "<sst>" + strings.Repeat("<si><t>0</t></si>", maxStrings/16) + "</sst>"})},
		{"picture", "二进制", []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")},
	} {
		_, err := Open(c.file, c.name)
		if registry.KindOf(err) != registry.KindInvalid || !strings.Contains(fmt.Sprint(err), c.want) {
			t.Errorf("%s: Open = %v, want an invalid file that says “%s”", c.name, err, c.want)
		}
	}
}

// TestBoundsOfRows: what a sheet may hold is found as it is read.
func TestBoundsOfRows(t *testing.T) {
	for _, c := range []struct{ name, rows, want string }{
		{"far column", `<row r="1"><c r="XFD1"><v>1</v></c></row>`, "列以外"},
		{"far row", `<row r="1048576"><c r="A1048576"><v>1</v></c></row>`, "行"},
		{"string that is not there", `<row r="1"><c r="A1" t="s"><v>7</v></c></row>`, "损坏"},
	} {
		book, err := Open(bookOf(t, map[string]string{"xl/worksheets/sheet1.xml": sheetOf(c.rows)}), "")
		if err != nil {
			t.Fatal(err)
		}
		if _, err = ReadBook(t.Context(), book, testOptions()); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want an error with “%s”", c.name, err, c.want)
		}
	}
}

// TestStoredForms: formulas, formats, merged and hidden cells, text in pieces, prefixes: what programs write.
func TestStoredForms(t *testing.T) {
	text := func(ref, s string) string {
		return fmt.Sprintf(`<c r="%s" t="inlineStr"><is><t>%s</t></is></c>`, ref, s)
	}
	parts := map[string]string{
		"xl/styles.xml": `<styleSheet><numFmts><numFmt numFmtId="170" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/><numFmt numFmtId="171" formatCode="0.0&quot;万元&quot;"/></numFmts>
			<cellStyleXfs><xf numFmtId="0"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="171"/></cellXfs></styleSheet>`,
		"xl/sharedStrings.xml": `<sst><si><r><t>恩平市</t></r><r><t>甲公司</t></r><rPh sb="0" eb="1"><t>EN</t></rPh></si></sst>`,
		"xl/worksheets/sheet1.xml": `<x:worksheet xmlns:x="m"><x:sheetData>` + strings.NewReplacer("<row", "<x:row", "</row", "</x:row").Replace(
			`<row r="1">`+text("A1", "当事人")+text("B1", "决定日期")+text("C1", "罚款金额（元）")+text("D1", "处罚文号")+text("E1", "存栏")+`</row>`+
				`<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" s="1"><v>45446</v></c><c r="C2" s="3"><f>1+9</f><v>10</v></c>`+text("D2", "江恩环罚〔2024〕1号")+`<c r="E2"><v>500</v></c></row>`+
				`<row r="3" hidden="1"><c r="A3"/><c r="B3" s="2"><v>45444</v></c>`+text("D3", "江恩环罚〔2024〕2号")+`</row>`+
				`<row r="4">`+text("A4", "乙公司 &amp; 丙")+`<c r="B4"><v>2024.1</v></c></row>`+
				`<row r="5">`+text("A5", "丁公司")+`<c r="C5" t="e"><f>X</f><v>#REF!</v></c></row>`+
				`<row r="6">`+text("A6", "戊公司")+`<c r="C6"><f>X</f></c></row>`) +
			`</x:sheetData><x:mergeCells><x:mergeCell ref="A2:A3"/><x:mergeCell ref="C2:C3"/></x:mergeCells></x:worksheet>`,
	}
	l := readFile(t, bookOf(t, parts), "")
	if len(l.Accepted) != 3 || len(l.Rejected) != 2 || len(l.Ignored) != 1 {
		t.Fatalf("%d accepted, %d rejected, %d ignored: %+v %+v", len(l.Accepted), len(l.Rejected), len(l.Ignored), l.Accepted, l.Rejected)
	}
	a, b, solved := l.Accepted[0], l.Accepted[1], l.Accepted[2]
	if a.Record.Party != "恩平市甲公司" || a.Record.DecidedOn.String() != "2024-06-03" || *a.Record.Fine != registry.Yuan(100_000) || *a.Record.Heads != 500 {
		t.Errorf("row 2 = %v", a.Record.Values())
	}
	if b.Record.Party != "恩平市甲公司" || b.Record.DecidedOn.String() != "2024-06" || b.Record.Fine != nil || !strings.Contains(strings.Join(b.Warnings, ""), "隐藏") || !strings.Contains(strings.Join(b.Warnings, ""), "只计在第 2 行") {
		t.Errorf("row 3 = %v, %v", b.Record.Values(), b.Warnings)
	}
	if l.Rejected[0].Column != "决定日期" || !strings.Contains(l.Rejected[0].Reason, "10 月") || l.Rejected[1].Value != "#REF!" {
		t.Errorf("rejected %+v", l.Rejected)
	}
	if solved.Record.Fine != nil || !strings.Contains(strings.Join(solved.Warnings, ""), "没有保存结果") {
		t.Errorf("row 6 = %v, %v", solved.Record.Values(), solved.Warnings)
	}
}

// TestHiddenSheetsAndFarms: a hidden sheet's rows are ignored aloud, and a list of farms is read as one.
func TestHiddenSheetsAndFarms(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close() //nolint:errcheck // in memory
	for i, row := range [][]any{{"恩平分局畜禽养殖场备案表"}, {"序号", "单位名称", "养殖品种", "存栏", "场址", "联系电话"}, {1, "甲养殖场", "蛋鸡", "1.2万羽", "沙湖镇成平村", "13800000000"}, {2, "", "猪", 3, "", ""}, {"合计", "", "", 12003}} {
		_ = f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row)
	}
	_, _ = f.NewSheet("旧表")
	_ = f.SetSheetRow("旧表", "A1", &[]any{"当事人", "罚款"})
	_ = f.SetSheetVisible("旧表", false)
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	l := readFile(t, b.Bytes(), "")
	if len(l.Accepted) != 1 || !l.Accepted[0].Record.Farms || l.Accepted[0].Record.Farm != "甲养殖场" || *l.Accepted[0].Record.Heads != 12000 || l.Accepted[0].Record.District != "恩平市" || l.Accepted[0].Record.Species != "蛋鸡" {
		t.Errorf("accepted %+v", l.Accepted)
	}
	if len(l.Rejected) != 1 || l.Rejected[0].Row != 4 || len(l.Ignored) != 4 || l.Ignored[3].Why != whyHidden || len(l.Totals) != 1 || !l.Totals[0].Agrees {
		t.Errorf("rejected %+v, ignored %+v, totals %+v", l.Rejected, l.Ignored, l.Totals)
	}
}

// FuzzRead: any text and any sheet is read or refused, and each row with a value is in one list.
func FuzzRead(f *testing.F) {
	f.Add([]byte("当事人,决定日期,罚款\n甲,2024.6.3,10万元\n合计,,100000\n"), false)
	f.Add([]byte(`<row r="1"><c r="A1" t="inlineStr"><is><t>当事人</t></is></c></row>`), true)
	f.Fuzz(func(t *testing.T, b []byte, sheet bool) {
		if sheet {
			b = bookOf(t, map[string]string{"xl/worksheets/sheet1.xml": sheetOf(string(b))})
		}
		book, err := Open(b, "x")
		if err != nil {
			return
		}
		rows := 0
		for row, err := range book.Sheets[0].Rows() {
			if err != nil {
				return
			}
			for _, c := range row.Cells {
				if c.Text != "" {
					rows++
					break
				}
			}
		}
		l, err := ReadBook(t.Context(), book, testOptions())
		if err != nil {
			t.Fatalf("the rows are read, and the book is not: %v", err)
		}
		if n := len(l.Accepted) + len(l.Rejected) + len(l.Ignored); n != rows {
			t.Fatalf("%d rows, %d in the lists", rows, n)
		}
	})
}

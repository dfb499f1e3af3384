package imports_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/web/webtest"
)

// uploadLedger sends a file and follows to its verdict.
func uploadLedger(t *testing.T, c *webtest.Client, name string, file []byte) (page *webtest.Page, at string) {
	t.Helper()
	body := "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name + "\"\r\n\r\n" + string(file) + "\r\n--b--\r\n"
	at = c.Do(http.MethodPost, "/imports/ledger", strings.NewReader(body), http.Header{"Content-Type": {"multipart/form-data; boundary=b"}}).Want(http.StatusSeeOther).Header.Get("Location")
	return c.Get(at).Want(http.StatusOK), at
}

// TestLedgerJourney: a ledger is uploaded, a column corrected and the correction kept, what is new written, the rejected row mended in the workbook that comes back and
// brought again, the batch taken back.
func TestLedgerJourney(t *testing.T) {
	app := webtest.New(t)
	c := app.As(registry.RoleOfficer)
	const text = "处罚台账\n谁,辖区,文号,决定日期,罚款（万元）,怎么回事\n恩平甲公司,恩平,江恩环罚〔2024〕1号,2024.6.3,10,偷排\n恩平乙公司,恩平,江恩环罚〔2024〕2号,6月3日,5,偷排\n合计,,,,15,\n"
	page, at := uploadLedger(t, c, "台账.csv", []byte(text))
	page.Want(http.StatusOK, "没有年份", "写入 1 行")
	corrected := at + "&c0.6=narrative"
	page = c.Get(corrected).Want(http.StatusOK, `name="c0.6"`)
	v := page.Form("")
	v.Set("mapping_name", "老台账")
	batch := c.Post(corrected, v).Want(http.StatusSeeOther).Header.Get("Location")
	c.Get(batch).Want(http.StatusOK, "恩平甲公司", "退回 1 行", "一键撤销").Check()
	c.Get("/imports/ledger").Want(http.StatusOK, "台账.csv").Check()
	c.Get(at).Want(http.StatusOK, "已有，相同", "老台账").WantNot("写入 1 行")

	back := c.Get(strings.Replace(corrected, "?", "/rejected.xlsx?", 1)).Want(http.StatusOK)
	_, again := uploadLedger(t, c, "退回的行.xlsx", mended(t, []byte(back.Body), "6月3日", "2024年6月3日"))
	again += "&mapping=" + url.QueryEscape("老台账")
	second := c.Post(again, c.Get(again).Want(http.StatusOK, "写入 1 行").Check().Form("")).Want(http.StatusSeeOther).Header.Get("Location")
	c.Get(second).Want(http.StatusOK, "恩平乙公司")

	c.Get(batch).Submit(batch + "/undo").Want(http.StatusSeeOther)
	c.Get(batch).Want(http.StatusOK, "撤销：下面的记录已作废").WantNot("一键撤销")
	c.Get("/cases").Want(http.StatusOK, "恩平乙公司").WantNot("恩平甲公司")
	if other := app.As(registry.RolePublisher).Get(batch); other.Status != http.StatusForbidden {
		t.Errorf("a publisher reads the batch: status %d", other.Status)
	}
}

// mended is a workbook in which a value was typed over.
func mended(t *testing.T, file []byte, was, is string) []byte {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close() //nolint:errcheck // in memory
	sheet := f.GetSheetList()[0]
	cells, err := f.SearchSheet(sheet, was)
	if err != nil || len(cells) != 1 {
		t.Fatalf("%q stands in %v of the workbook, %v; want one cell", was, cells, err)
	}
	if err := f.SetCellStr(sheet, cells[0], is); err != nil {
		t.Fatal(err)
	}
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestOthersWorkDuringAnImport: while a ledger of 3,000 rows comes in, somebody signs in and enters a party. They wait for its end; who waits for longer than a page may take is told
// why, and comes through after it.
func TestOthersWorkDuringAnImport(t *testing.T) {
	if testing.Short() {
		t.Skip("brings in 3,000 rows")
	}
	app := webtest.New(t)
	var text strings.Builder
	text.WriteString("当事人,辖区,文号,决定日期,罚款（万元）,违法事实\n")
	for i := range 3000 {
		fmt.Fprintf(&text, "恩平第%d畜牧公司,恩平,江恩环罚〔2024〕%d号,2024.6.3,10,偷排\n", i, i+1)
	}
	officer := app.Actor(registry.RoleOfficer)
	type ended struct {
		batch registry.LedgerBatch
		err   error
	}
	end := make(chan ended, 1)
	go func() {
		_, b, err := app.Service.ImportLedger(context.WithoutCancel(t.Context()), officer, casework.LedgerAsked{Filename: "台账.csv", File: []byte(text.String())})
		end <- ended{b, err}
	}()
	for waits := false; !waits; { // until the import has the turn to write
		soon, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
		_, err := app.Service.AddParty(soon, officer, &registry.Party{Name: "先来", Kind: "公司"})
		cancel()
		waits = registry.KindOf(err) == registry.KindUnavailable
		if err != nil && !waits && !errors.Is(err, context.DeadlineExceeded) {
			t.Fatal(err)
		}
	}
	patiently := func(what string, post func() *webtest.Page) {
		for {
			p := post()
			if p.Status == http.StatusSeeOther {
				return
			}
			p.Want(http.StatusServiceUnavailable, "正在做一次大的写入")
			if p.Header.Get("Retry-After") == "" {
				t.Fatalf("%s: the answer does not say when to come back", what)
			}
		}
	}
	c := app.Browser()
	patiently("sign in", func() *webtest.Page {
		return c.Post("/login", url.Values{"username": {string(registry.RoleOfficer)}, "password": {webtest.Password}})
	})
	patiently("a party", func() *webtest.Page {
		f := c.Get("/parties/new").Want(http.StatusOK).Form("/parties")
		f.Set("name", "期间登记的公司")
		f.Set("kind", "公司")
		return c.Post("/parties", f)
	})
	if x := <-end; x.err != nil || x.batch.New != 3000 {
		t.Errorf("the import: %d rows, %v", x.batch.New, x.err)
	}
	c.Get("/parties?q="+url.QueryEscape("期间登记的公司")).Want(http.StatusOK, "期间登记的公司")
}

// TestRefusedLedgers: what cannot be read is a page that says what it is and what to do, not an error of the server; nothing is kept to go on with.
func TestRefusedLedgers(t *testing.T) {
	c := webtest.New(t).As(registry.RoleOfficer)
	old := "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"
	sheet := `<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>当事人</t></is></c></row>`
	for _, x := range []struct{ name, file, want string }{
		{"旧.xls", old + " old", "另存为“Excel 工作簿（.xlsx）”"},
		{"密.xlsx", old + "E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00", "去掉密码"},
		{"断.xlsx", "PK\x03\x04 cut", "损坏"},
		{"宏.xlsm", workbook(t, map[string]string{"xl/vbaProject.bin": "x"}), "带宏"},
		{"断表.xlsx", workbook(t, map[string]string{"xl/worksheets/sheet1.xml": sheet}), "不完整"},
		{"炸弹.xlsx", workbook(t, map[string]string{"xl/sharedStrings.xml": "<sst>" + strings.Repeat("<si><t>0</t></si>", 9<<20) + "</sst>"}), "展开后超过"},
		{"坏字节.csv", "当事人,辖区\n\xb6\xf7\xc6\xbd\xbc\xd7\xb9\xab\xcb\xbe\xff,\xb6\xf7\xc6\xbd\n", "UTF-8"},
		{"图.xlsx", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "二进制"},
		{"空.csv", "", "空的"},
	} {
		body := "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + x.name + "\"\r\n\r\n" + x.file + "\r\n--b--\r\n"
		p := c.Do(http.MethodPost, "/imports/ledger", strings.NewReader(body), http.Header{"Content-Type": {"multipart/form-data; boundary=b"}})
		if p.Status != http.StatusUnprocessableEntity || !strings.Contains(p.Text(), x.want) {
			t.Errorf("%s: status %d, want 422 with “%s”\n%.300s", x.name, p.Status, x.want, p.Text())
		}
	}
	c.Get("/imports/batches/1").Want(http.StatusNotFound)
	c.Get("/imports/batches/x").Want(http.StatusNotFound)
	c.Get("/imports/ledger/" + strings.Repeat("ab", 32)).Want(http.StatusNotFound)
}

// workbook is the least that there must be, and these parts.
func workbook(t *testing.T, parts map[string]string) string {
	t.Helper()
	all := map[string]string{
		"xl/workbook.xml":            `<workbook xmlns:r="r"><sheets><sheet name="台账" sheetId="1" r:id="r1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml":   `<worksheet><sheetData/></worksheet>`,
	}
	maps.Copy(all, parts)
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range all {
		w, err := z.Create(name)
		if err == nil {
			_, err = io.WriteString(w, text)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

package ledgers_test

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"casebook/internal/registry"
	"casebook/internal/web/webtest"
)

// upload sends a file to be verified.
func upload(t *testing.T, c *webtest.Client, name string, body []byte) *webtest.Page {
	t.Helper()
	var form bytes.Buffer
	w := multipart.NewWriter(&form)
	p, err := w.CreateFormFile("file", name)
	if err == nil {
		_, err = p.Write(body)
	}
	if err != nil || w.Close() != nil {
		t.Fatal(err)
	}
	return c.Do(http.MethodPost, "/verify", &form, http.Header{"Content-Type": {w.FormDataContentType()}})
}

// A file that comes back is told: ours and unchanged, ours and what today differs, changed by hand and where, a bulletin's paper, a head, a seal, nothing of ours.
func TestVerifyPage(t *testing.T) {
	a := webtest.Demo(t)
	c, admin := a.As(registry.RoleAuditor), a.As(registry.RoleAdmin)
	file := []byte(c.Get("/exports/ledger.xlsx").Want(http.StatusOK).Body)
	again := []byte(c.Get("/exports/ledger.xlsx").Want(http.StatusOK).Body)
	if !bytes.Equal(file, again) {
		t.Error("the same export twice is not the same file")
	}
	upload(t, c, "台账.xlsx", file).Want(http.StatusOK, "是本登记册导出的原件，没有改动", "DC-", "登记册自那以来没有改动", "完全相同").Check()
	csv := c.Get("/exports/file?format=csv").Want(http.StatusOK).Body
	upload(t, c, "台账.csv", []byte(csv)).Want(http.StatusOK, "是本登记册导出的原件，没有改动")
	upload(t, c, "台账.csv", []byte(strings.Replace(csv, "5300", "5301", 1))).Want(http.StatusOK, "不是本登记册导出", "改动后的文件", "改动 1 个单元格", "“存栏（头、只）”：“5300” → “5301”").Check()
	lines := strings.SplitAfter(csv, "\r\n")
	upload(t, c, "台账.csv", []byte(strings.Join(append(lines[:2:2], lines[3:]...), ""))).Want(http.StatusOK, "改动 0 个单元格，增加 0 行，缺少 1 行", "第 3 行")
	objects := c.Get("/exports/file?format=jsonl").Want(http.StatusOK).Body
	upload(t, c, "台账.jsonl", []byte(strings.Replace(objects, "5300", "5301", 1))).Want(http.StatusOK, "改动 1 个单元格", "→ “5301”")
	upload(t, c, "别的.csv", []byte("甲,乙\r\n1,2\r\n")).Want(http.StatusOK, "不是本登记册导出").WantNot("改动后的文件")
	bad := c.Get("/exports/file?format=csv&sheet=none").Want(http.StatusUnprocessableEntity, "没有工作表“none”").Check()
	if kind := bad.Header.Get("Content-Type"); !strings.HasPrefix(kind, "text/html") { // a browser would keep the page as a table
		t.Errorf("a page that says no is sent as %s", kind)
	}
	upload(t, admin, "台账.xlsx", file).Want(http.StatusOK, "是本登记册导出的原件，没有改动")
	if _, err := a.Service.AddCase(t.Context(), a.Actor(registry.RoleOfficer), &registry.Case{Title: "核验之后的一案", Origin: registry.OriginSample, DistrictCode: "440785"}); err != nil {
		t.Fatal(err)
	}
	upload(t, c, "台账.xlsx", file).Want(http.StatusOK, "没有改动", "与今天同样条件的导出相比", "增加：案件台账", "核验之后的一案").Check()
	c.Get("/verify/exports?actor=auditor&day=2024-12-16").Want(http.StatusOK, "DC-2024-0001", "同样条件").Check()
	c.Get("/verify/exports?day=2023").Want(http.StatusOK, "没有符合条件的导出").Check()
	c.Get("/verify/exports?day=nonsense").Want(http.StatusOK, "无法使用").Check()
	seal := []byte(c.Get("/verify/exports/1/seal.json").Want(http.StatusOK).Body)
	upload(t, c, "x.seal.json", seal).Want(http.StatusOK, "封签有效", "DC-2024-0001").Check()
	upload(t, c, "x.seal.json", bytes.Replace(seal, []byte("DC-2024-0001"), []byte("DC-2024-0009"), 1)).Want(http.StatusOK, "封签的签名无效")
	upload(t, c, "x.seal.json", bytes.Replace(seal, []byte(`"kind"`), []byte(`"other"`), 1)).Want(http.StatusOK, "不是本登记册", "内容被改写过")

	c.Post("/verify/heads", nil).Want(http.StatusSeeOther)
	page := c.Get("/verify").Want(http.StatusOK, "下载链头").Check()
	link := regexp.MustCompile(`/verify/heads/\d+`).FindString(page.Body)
	head := []byte(c.Get(link).Want(http.StatusOK).Body)
	upload(t, c, "head.json", head).Want(http.StatusOK, "今天的审计链从这个链头", "逐条首尾相连").Check()
	upload(t, c, "head.json", bytes.Replace(head, []byte(`"seq": `), []byte(`"seq": 9`), 1)).Want(http.StatusOK, "与今天的登记册不符", "签名无效")
	c.Get("/verify/heads/999999").Want(http.StatusNotFound)
	c.Get("/verify/key.pem").Want(http.StatusOK, "BEGIN PUBLIC KEY")

	paper, err := a.Service.BulletinFile(t.Context(), a.Actor(registry.RolePublisher), 1, "pdf")
	if err != nil {
		t.Fatal(err)
	}
	upload(t, c, "通报.pdf", paper.Content).Want(http.StatusOK, "是本登记册留存的文件，没有改动", "/bulletins/1").Check()
	for name, body := range map[string][]byte{"通报.pdf": []byte("%PDF-1.7 nothing"), "a.csv": []byte("编号,金额\n1,2\n"), "half.xlsx": file[:len(file)/2], "zip.xlsx": []byte("PK\x03\x04")} {
		upload(t, c, name, body).Want(http.StatusOK, "不是本登记册导出或留存的原件").Check()
	}
	upload(t, c, "empty.xlsx", nil).Want(http.StatusUnprocessableEntity, "文件是空的").Check()
	c.Do(http.MethodPost, "/verify", strings.NewReader("a=b"), http.Header{"Content-Type": {"application/x-www-form-urlencoded"}}).Want(http.StatusBadRequest)
	var form bytes.Buffer
	w := multipart.NewWriter(&form)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	c.Do(http.MethodPost, "/verify", &form, http.Header{"Content-Type": {w.FormDataContentType()}}).Want(http.StatusUnprocessableEntity, "请选择要核验的文件").Check()
}

// edited is a workbook with one cell written over, as a spreadsheet program saves it.
func edited(t *testing.T, file []byte, sheet, cell string) []byte {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close() //nolint:errcheck // a test's
	if err := f.SetCellValue(sheet, cell, "改过的内容"); err != nil {
		t.Fatal(err)
	}
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Other workbooks than the ledger are recorded, sealed and known again too: what changed between two days, a draw with its results, a reconciliation.
func TestVerifyOtherWorkbooks(t *testing.T) {
	a := webtest.Demo(t)
	day := registry.DateOf(a.Now()).String()
	a.Advance(36 * time.Hour)
	c, admin := a.As(registry.RoleAuditor), a.As(registry.RoleAdmin)
	x, err := a.Service.CaseFile(t.Context(), a.Actor(registry.RoleOfficer), 1)
	if err != nil {
		t.Fatal(err)
	}
	x.Case.Title += "（改）"
	if err := a.Service.ChangeCase(t.Context(), a.Actor(registry.RoleOfficer), &x.Case); err != nil {
		t.Fatal(err)
	}
	for id := registry.CaseID(1); id < 4; id++ {
		if _, err := a.Service.AddDocument(t.Context(), registry.CommandLine, &registry.Document{CaseID: id, Kind: registry.DocDecision, Number: fmt.Sprintf("示例环罚〔2024〕%d号", id), MadeOn: registry.Day(2024, 3, 1)}); err != nil {
			t.Fatal(err)
		}
	}
	draw := registry.Draw{Title: "核验用的抽取", Size: 2, Seed: "s", From: registry.Year(2024), To: registry.Year(2024)}
	if _, err := a.Service.MakeDraw(t.Context(), a.Actor(registry.RoleAdmin), &draw); err != nil {
		t.Fatal(err)
	}
	table := "决定书文号,当事人\n示例环罚〔2024〕1号,甲\n"
	var form bytes.Buffer
	w := multipart.NewWriter(&form)
	part, err := w.CreateFormFile("file", "对方.csv")
	if err == nil {
		_, err = part.Write([]byte(table))
	}
	if err != nil || w.Close() != nil {
		t.Fatal(err)
	}
	at := admin.Do(http.MethodPost, "/reconcile", &form, http.Header{"Content-Type": {w.FormDataContentType()}}).Want(http.StatusSeeOther).Header.Get("Location")
	reconciled, query, _ := strings.Cut(at, "?")

	for _, o := range []struct{ kind, path, sheet, cell, again string }{
		{"台账变化", "/exports/diff.xlsx?from_day=" + day, "变化", "D2", "原件"},
		{"案卷评查抽取", fmt.Sprintf("/draws/%d/result.xlsx", draw.ID), "抽中案件", "C2", "原件"},
		{"对账结果", reconciled + "/result.xlsx?" + query, "差异", "B2", "对方的表不留在登记册里"},
	} {
		t.Run(o.kind, func(t *testing.T) {
			who := admin
			if o.kind == "台账变化" {
				who = c
			}
			file := []byte(who.Get(o.path).Want(http.StatusOK).Body)
			if again := []byte(who.Get(o.path).Want(http.StatusOK).Body); !bytes.Equal(file, again) {
				t.Error("the same export twice is not the same file")
			}
			upload(t, c, "a.xlsx", file).Want(http.StatusOK, "是本登记册导出的原件，没有改动", "DC-", o.kind).Check()
			page := upload(t, c, "a.xlsx", edited(t, file, o.sheet, o.cell)).Want(http.StatusOK, "不是本登记册导出或留存的原件", "它自称是本登记册的导出："+o.kind, o.again).Check()
			if o.again == "原件" {
				page.Want(http.StatusOK, "改过的内容", o.sheet)
			}
		})
	}
	if x, err = a.Service.CaseFile(t.Context(), a.Actor(registry.RoleOfficer), 1); err != nil {
		t.Fatal(err)
	}
	file := []byte(c.Get("/exports/diff.xlsx?from_day=" + day).Want(http.StatusOK).Body)
	x.Case.Title += "（再改）"
	if err := a.Service.ChangeCase(t.Context(), a.Actor(registry.RoleOfficer), &x.Case); err != nil {
		t.Fatal(err)
	}
	upload(t, c, "a.xlsx", file).Want(http.StatusOK, "没有改动", "与今天同样条件的导出相比", "再改").Check()
	upload(t, c, "a.xlsx", edited(t, file, "变化", "D2")).Want(http.StatusOK, "按历史重做了当时的原件", "改过的内容").WantNot("再改").Check()
	c.Get("/verify/exports").Want(http.StatusOK, "台账变化", "案卷评查抽取", "对账结果", "/exports/diff.xlsx?", fmt.Sprintf("/draws/%d", draw.ID)).Check()
}

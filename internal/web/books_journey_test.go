package web_test

import (
	"bytes"
	"context"
	"fmt"
	"mime/multipart"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"casebook/internal/registry"
	"casebook/internal/web/webtest"
)

// decided registers cases with a decision each, of two units in turn, and returns their numbers.
func decided(t *testing.T, f *webtest.CaseFixture, n int) (numbers []string) {
	t.Helper()
	ctx, actor := context.Background(), f.Actor(registry.RoleOfficer)
	organs, err := f.Service.Organs(ctx, actor)
	if err != nil {
		t.Fatal(err)
	}
	for len(organs) < 2 {
		o := registry.Organ{Name: fmt.Sprintf("第%d分局", len(organs)), Kind: "分局", DistrictCode: "440785", Active: true}
		if _, err := f.Service.AddOrgan(ctx, f.Actor(registry.RoleAdmin), &o); err != nil {
			t.Fatal(err)
		}
		organs = append(organs, o)
	}
	for i := range n {
		c := registry.Case{Origin: registry.OriginField, Title: fmt.Sprintf("第%d案", i+1), DistrictCode: "440785", HandlingOrganID: organs[i%2].ID, Parties: []registry.CaseParty{{PartyID: f.Party.ID, Role: "单位"}}}
		if _, err := f.Service.AddCase(ctx, actor, &c); err != nil {
			t.Fatal(err)
		}
		d := registry.Document{CaseID: c.ID, Kind: registry.DocDecision, NumberTyped: fmt.Sprintf("江恩环罚〔2024〕%d号", i+1), MadeOn: registry.Day(2024, 3, 1+i)}
		if _, err := f.Service.AddDocument(ctx, actor, &d); err != nil {
			t.Fatal(err)
		}
		amount := registry.Yuan(20000)
		if _, err := f.Service.AddPenalty(ctx, actor, &registry.Penalty{CaseID: c.ID, DocumentID: d.ID, Kind: "罚款", Amount: &amount, PartyID: f.Party.ID}); err != nil {
			t.Fatal(err)
		}
		numbers = append(numbers, d.Number)
	}
	return numbers
}

// An auditor keeps a score sheet, draws cases by a seed, prints the sheets, enters a result; an officer sees it and may not write; what happens to the register later changes nothing.
func TestFileReviewJourney(t *testing.T) {
	f := webtest.NewCaseFixture(t)
	decided(t, f, 12)
	auditor, officer := f.As(registry.RoleAuditor), f.As(registry.RoleOfficer)
	auditor.Get("/score-sheets").Check().Want(http.StatusOK, "只有一部分", `href="/score-sheets/new?from=2024"`)
	auditor.Get("/score-sheets/new").Submit("/score-sheets", "name", "表", "source", "本局办法", "items", "卷面｜有文号｜二分").Want(http.StatusUnprocessableEntity, "第 1 行", "不是分数")
	auditor.Get("/score-sheets/new").Submit("/score-sheets", "name", "表", "source", "本局办法", "items", "卷面\t有文号\t2\n程序｜告知权利｜7.5\n越权｜否决").Want(http.StatusSeeOther)
	auditor.Get("/score-sheets").Want(http.StatusOK, "9.5", "未经官方文本核对")
	auditor.Get("/score-sheets/new?from=2024").Check().Want(http.StatusOK, "摘录而非全表", "执法人员少于两人｜否决").Submit("/score-sheets", "name", "2024 年版摘项，试用").Want(http.StatusSeeOther)
	auditor.Get("/score-sheets").Want(http.StatusOK, "2024 年版摘项，试用")
	auditor.Get("/score-sheets/new?from=2023").Want(http.StatusUnprocessableEntity, "没有可以载入的“2023”")
	auditor.Get("/draws/new").Submit("/draws", "title", "评查", "from", "2025", "to", "2024", "size", "3", "percent", "5").Check().Want(http.StatusUnprocessableEntity, "只填一个")
	auditor.Get("/draws/new").Submit("/draws", "title", "评查", "from", "2031", "to", "2031", "size", "3").Want(http.StatusUnprocessableEntity, "没有可抽的")
	made := auditor.Get("/draws/new").Check().Submit("/draws", "title", "年度评查", "from", "2024", "to", "2024", "size", "5", "by_unit", "1", "seed", "摇号七", "sheet_id", "1").Want(http.StatusSeeOther)
	at := made.Header.Get("Location")
	page := auditor.Get(at).Check().Want(http.StatusOK, "总体 12 件", "抽中 5 件", "摇号七", "SHA-256", "未评查")

	// Anybody draws the same again.
	population := make([]registry.Candidate, 12)
	for i := range population {
		population[i] = registry.Candidate{ID: registry.CaseID(i + 1)}
		c, err := f.Service.Case(context.Background(), f.Actor(registry.RoleAuditor), population[i].ID)
		if err != nil {
			t.Fatal(err)
		}
		population[i].Unit = c.HandlingOrganID
	}
	d := registry.Draw{Seed: "摇号七", ByUnit: true}
	var want, got []string
	for _, c := range d.Choose(population, 5) {
		want = append(want, fmt.Sprint(c.ID))
	}
	for _, m := range regexp.MustCompile(`id="case-(\d+)"`).FindAllStringSubmatch(page.Body, -1) {
		got = append(got, m[1])
	}
	if strings.Join(got, " ") != strings.Join(want, " ") {
		t.Errorf("drawn %v, want %v", got, want)
	}
	if !strings.Contains(page.Body, registry.PopulationDigest(population)) {
		t.Error("the page does not name the population")
	}

	auditor.Get(at+"/sheets").Check().Want(http.StatusOK, "告知权利", "否决", "9.5")
	result := at + "/cases/" + got[0] + "/result"
	auditor.Get(result).Check().Submit(result, "m1_points", "3", "m1_reason", "缺", "reviewer", "甲").Want(http.StatusUnprocessableEntity, "可扣 0.1 到 2 分")
	auditor.Get(result).Submit(result, "m2_points", "0.5", "m2_reason", "=没有回执", "reviewer", "甲", "grade", "合格").Want(http.StatusSeeOther)
	auditor.Get(at).Want(http.StatusOK, "合格，甲", "告知权利：−0.5，=没有回执", "已评查 1 件")
	other := at + "/cases/" + got[1] + "/result"
	auditor.Get(other).Submit(other, "m3_veto", "1", "m3_reason", "以分局名义", "reviewer", "乙").Want(http.StatusSeeOther)
	auditor.Get(at).Check().Want(http.StatusOK, "否决 1 项")
	auditor.Get(result).Check().Submit(result, "m2_points", "1", "reviewer", "丙").Want(http.StatusSeeOther)
	auditor.Get(at + "/cases/999/result").Want(http.StatusNotFound)

	officer.Get(at).Check().Want(http.StatusOK, "合格，丙").WantNot("登记结果", "导出 Excel")
	officer.Get(result).Want(http.StatusForbidden)
	officer.Get("/draws").Check().Want(http.StatusOK, "年度评查").WantNot("抽取案卷")
	f.As(registry.RolePublisher).Get("/draws").Want(http.StatusForbidden)

	decided2 := registry.Case{Origin: registry.OriginField, Title: "后来的案", DistrictCode: "440785"}
	if _, err := f.Service.AddCase(context.Background(), f.Actor(registry.RoleOfficer), &decided2); err != nil {
		t.Fatal(err)
	}
	auditor.Get(at).Want(http.StatusOK, "总体 12 件")
	book, err := excelize.OpenReader(strings.NewReader(auditor.Get(at + "/result.xlsx").Want(http.StatusOK).Body))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close() //nolint:errcheck // a test
	rows, _ := book.GetRows("汇总")
	if last := rows[len(rows)-1]; last[0] != "合计" || last[1] != "5" || last[2] != "2" || last[3] != "1" || last[4] != "4.3" {
		t.Errorf("the sums are %q", last)
	}
	if marks, _ := book.GetRows("扣分明细"); len(marks) != 3 || marks[1][7] != "=没有回执" && marks[2][7] != "=没有回执" {
		t.Errorf("the marks are %q", marks)
	}
}

// upload sends a file to /reconcile.
func uploadTable(t *testing.T, c *webtest.Client, name string, content []byte) *webtest.Page {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	part, err := w.CreateFormFile("file", name)
	if err != nil {
		t.Fatal(err)
	}
	_, _ = part.Write(content)
	_ = w.Close()
	return c.Do(http.MethodPost, "/reconcile", &b, http.Header{"Content-Type": {w.FormDataContentType()}})
}

// workbook makes a workbook of rows, with merged ranges.
func workbook(t *testing.T, rows [][]any, merges ...[2]string) []byte {
	t.Helper()
	f := excelize.NewFile()
	for i, r := range rows {
		if err := f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &r); err != nil {
			t.Fatal(err)
		}
	}
	for _, m := range merges {
		if err := f.MergeCell("Sheet1", m[0], m[1]); err != nil {
			t.Fatal(err)
		}
	}
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// A table of another system, with merged headers, 万元, days as numbers and amounts typed by hand: only differences are listed, and nothing is written.
func TestReconcileJourney(t *testing.T) {
	f := webtest.NewCaseFixture(t)
	decided(t, f, 5)
	auditor := f.As(registry.RoleAuditor)
	auditor.Get("/reconcile").Check().Want(http.StatusOK, "不会因此改动")
	file := workbook(t, [][]any{
		{"2024年行政处罚统计表"},
		{"序号", "决定", "", "相对人", "罚款金额（万元）"},
		{"", "文号", "决定日期", "名称", ""},
		{1, "江恩环罚﹝2024﹞第01号", 45352, "恩平某畜牧有限公司", 2},
		{2, "江恩环罚〔2024〕2", "2024年3月2日", "恩平某畜牧有限公司", "20,000.00元"},
		{3, "江恩环罚[2024]3号", "2024/3/4", "另一家公司", "3万元"},
		{4, "江恩环罚〔2024〕9号", 45355, "外来公司", 1.5},
		{5, "江恩环罚〔2024〕4号", "三月", "恩平某畜牧有限公司", 2},
		{6, "", "2024-03-05", "没有号的", 1},
		{7, "江恩环罚〔2024〕2号", "2024-03-02", "恩平某畜牧有限公司", 2},
	}, [2]string{"A1", "E1"}, [2]string{"A2", "A3"}, [2]string{"B2", "C2"}, [2]string{"E2", "E3"})
	sent := uploadTable(t, auditor, "省平台.xlsx", file).Want(http.StatusSeeOther)
	at := sent.Header.Get("Location")
	page := auditor.Get(at).Check().Want(http.StatusOK, "省平台.xlsx", "内容不同", "2024-03-03", "2024-03-04", "另一家公司", "30,000 元", "20,000 元", "江恩环罚〔2024〕9号", "只在对方", "外来公司",
		"第 8 行：", "“三月”不是日期", "第 9 行：没有文号", "与第 5 行重复")
	if n := strings.Count(page.Body, `data-label="差异"`); n != 4 { // the third differs in name, fine and day; the ninth is only there; the fifth is after the last day of the table
		t.Errorf("%d differences, want 4\n%s", n, page.Text())
	}
	wider := auditor.Get(strings.Split(at, "?")[0]+"?from=2024&to=2024").Want(http.StatusOK, "只在本册", "江恩环罚〔2024〕5号")
	if n := strings.Count(wider.Body, `data-label="差异"`); n != 5 {
		t.Errorf("%d differences in the year, want 5", n)
	}
	auditor.Get(strings.Split(at, "?")[0] + "?party=&fine=&decided_on=").Want(http.StatusOK).WantNot("另一家公司")
	auditor.Get(strings.Split(at, "?")[0]+"?number=").Want(http.StatusUnprocessableEntity, "没有认出“决定书文号”")
	book, err := excelize.OpenReader(strings.NewReader(auditor.Get(strings.Replace(at, "?", "/result.xlsx?", 1)).Want(http.StatusOK).Body))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close() //nolint:errcheck // a test
	if rows, _ := book.GetRows("差异"); len(rows) != 5 {
		t.Errorf("the workbook holds %q", rows)
	}
	if rows, _ := book.GetRows("没有核对的行"); len(rows) != 4 {
		t.Errorf("the workbook holds %q", rows)
	}

	for name, c := range map[string]struct {
		content []byte
		want    string
	}{
		"旧.xls":   {[]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1xxxxxxxxxxxxxxxx"), "另存为"},
		"坏.xlsx":  {[]byte("PK\x03\x04 no zip at all"), "损坏"},
		"图.csv":   {[]byte("\x89PNG\x00\x00\x00\x00\x00\x00\x00"), ""},
		"空的.xlsx": {nil, "文件是空的"},
	} {
		uploadTable(t, auditor, name, c.content).Want(http.StatusUnprocessableEntity, c.want)
	}
	empty := uploadTable(t, auditor, "空表.xlsx", workbook(t, nil)).Want(http.StatusSeeOther).Header.Get("Location")
	auditor.Get(empty).Check().Want(http.StatusUnprocessableEntity, "空的")
	text := uploadTable(t, auditor, "表.csv", []byte("\uFEFF决定书文号,罚款金额（元）,罚款金额（元）\r\n江恩环罚〔2024〕1号,\"20,000\",1\r\n")).Want(http.StatusSeeOther).Header.Get("Location")
	auditor.Get(text).Check().Want(http.StatusOK, "有 2 列", "（B 列）")
	f.As(registry.RoleOfficer).Get("/reconcile").Want(http.StatusForbidden)
	auditor.Get("/reconcile/"+strings.Repeat("a", 64)).Want(http.StatusNotFound, "重新上传")
}

package web_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"casebook/internal/registry"
	"casebook/internal/web/webtest"
)

// In a browser, at a desk and on a phone: a ledger of a bureau is uploaded, a column that it calls otherwise is put right and kept under a name, a name that is near is
// chosen, the rows are written; the rejected row is mended in the workbook that comes back and brought again with the mapping; a later ledger updates a case; both are taken back.
func TestJourneyLedger(t *testing.T) {
	for _, width := range []int{1280, 390} {
		a := webtest.New(t)
		b := a.Chrome(t, width, 900)
		b.SignIn("officer")
		dir := t.TempDir()
		upload := func(name, text string) {
			t.Helper()
			path := filepath.Join(dir, name)
			if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			b.Open("/imports/ledger").Choose("#f-file", path).Press("上传并查看结论")
		}
		a.As(registry.RoleOfficer).JSON("POST", "/api/v1/parties", `{"name":"恩平市福旺畜牧有限公司","kind":"公司"}`).Want(201)

		upload("台账.csv", "处罚台账\n谁,辖区,文号,决定日期,罚款（万元）,怎么回事\n恩平福旺农牧有限公司,恩平,江恩环罚〔2024〕1号,2024.6.3,10,偷排\n恩平乙公司,恩平,江恩环罚〔2024〕2号,6月3日,5,偷排\n合计,,,,15,\n")
		b.Want("没有年份", "相近的当事人", "恩平市福旺畜牧有限公司").Fill("c0.6", "narrative").Press("重新读取").Want("相近的当事人")
		near := b.Eval(`document.querySelector('select[name^="near."]').name`)
		b.Fill(near, "1").Fill("mapping_name", "老台账").Press("写入 1 行").Want("恩平福旺农牧有限公司", "新增 1 行", "退回 1 行")
		batch := b.Path()

		page := a.As(registry.RoleOfficer)
		at := "/imports/ledger/" + lastUpload(t, page, "谁,辖区,文号,决定日期,罚款（万元）,怎么回事\n恩平乙公司,恩平,江恩环罚〔2024〕2号,6月3日,5,偷排\n")
		file := filepath.Join(dir, "退回的行.xlsx")
		mendRejected(t, page.Get(at+"/rejected.xlsx?name=x").Want(200).Body, file)
		b.Open("/imports/ledger").Choose("#f-file", file).Press("上传并查看结论").Want("写入 1 行").Fill("mapping", "老台账").Press("重新读取").
			Press("写入 1 行").Want("恩平乙公司")
		second := b.Path()

		upload("更新.csv", "当事人,辖区,文号,决定日期,罚款（万元）,立案日期\n恩平乙公司,恩平,江恩环罚〔2024〕2号,2024-06-03,8,2024-05-01\n")
		b.Want("内容不同的行", "罚款：本册 50,000 元，台账 80,000 元")
		choice := b.Eval(`document.querySelector('select[name^="row."]').name`)
		b.Fill(choice, "update").Press("写入所选的更新").Want("更新 1 行").Press("一键撤销").Want("更新的已恢复原值")
		for _, undone := range []string{second, batch} {
			b.Open(undone).Press("一键撤销").Want("已作废")
		}
		b.Open("/imports/jobs").Want("没有在后台的导入")
	}
}

// lastUpload keeps a ledger by itself, and is its name in addresses.
func lastUpload(t *testing.T, c *webtest.Client, text string) string {
	t.Helper()
	body := "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"台账.csv\"\r\n\r\n" + text + "\r\n--b--\r\n"
	at := c.Do("POST", "/imports/ledger", strings.NewReader(body), map[string][]string{"Content-Type": {"multipart/form-data; boundary=b"}}).Want(303).Header.Get("Location")
	name, _, _ := strings.Cut(strings.TrimPrefix(at, "/imports/ledger/"), "?")
	return name
}

// mendRejected types the year into the day that has none.
func mendRejected(t *testing.T, workbook, path string) {
	t.Helper()
	f, err := excelize.OpenReader(strings.NewReader(workbook))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close() //nolint:errcheck // in memory
	sheet := f.GetSheetList()[0]
	cells, err := f.SearchSheet(sheet, "6月3日")
	if err != nil || len(cells) != 1 {
		t.Fatalf("6月3日 stands in %v, %v", cells, err)
	}
	if err := f.SetCellStr(sheet, cells[0], "2024年6月3日"); err != nil {
		t.Fatal(err)
	}
	if err := f.SaveAs(path); err != nil {
		t.Fatal(err)
	}
}

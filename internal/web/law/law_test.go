package law_test

import (
	"bytes"
	"context"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"casebook/internal/casework"
	"casebook/internal/demo"
	"casebook/internal/registry"
	"casebook/internal/statute"
	"casebook/internal/store"
	"casebook/internal/web/webtest"
)

// An administrator pastes the amended text of a law, sees what changes, and confirms; a case after it is offered the new version.
func TestImportAnAmendedLaw(t *testing.T) {
	a := webtest.New(t)
	c := a.As(registry.RoleAdmin)
	v, _ := a.Service.Law().Version("water-pollution-law", "2017")
	text := "中华人民共和国水污染防治法\r\n（1984年5月11日通过）\r\n目　录\r\n第一章　总则\r\n" +
		strings.ReplaceAll(strings.Replace(statute.FormatArticles(v.Articles), "渗坑、裂隙、溶洞", "渗坑、裂隙、溶洞、废井", 1), "\n", "\r\n")
	c.Get("/statutes/water-pollution-law/2017").Want(http.StatusOK, "/admin/laws/new?law=water-pollution-law", "录入新版本", "纠正文本", "标记已核对").Check()
	form := c.Get("/admin/laws/new?law=water-pollution-law").Want(http.StatusOK, "录入《水污染防治法》的新版本", "中华人民共和国水污染防治法").Check()
	fields := []string{"text", text, "version", "2025年修正", "from", "2025-06-01", "holding", "节选", "source", "公报2025年第3号"}
	preview := form.Submit("/admin/laws/preview", fields...).Want(http.StatusOK, "新增 0 条，修改 1 条，删除 0 条，未变 23 条", "第三十九条", "<ins>、废井</ins>", "与2017年修正比较",
		"同时记录2017年修正的失效日为 2025-05-31", "两个版本都会列为可能适用").WantNot("第四十条 ").Check()
	// The text as it travels in the page is the text that was typed.
	held := preview.Form("/admin/laws")
	held.Set("edit", "1") // the button 返回修改
	back := c.Post("/admin/laws/preview", held).Want(http.StatusOK, "废井", `value="2025年修正"`).Check()
	if got := back.Form("/admin/laws/preview").Get("text"); strings.ReplaceAll(got, "\r", "") != strings.ReplaceAll(text, "\r", "") {
		t.Errorf("返回修改 lost the text: %d bytes, want %d", len(got), len(text))
	}
	preview.Submit("/admin/laws", "version", "2025年第二次修正").Want(http.StatusConflict, "没有写入").Check()
	done := preview.Submit("/admin/laws", "end_previous", "1")
	done.Follow().Want(http.StatusOK, "已入库", "2017年修正的失效日已记录", "废井").WantNot("statute-checked\">").Check()
	c.Get("/statutes/water-pollution-law").Want(http.StatusOK, "2025年修正", "2017年修正", "2025-05-31").Check()
	c.Get("/admin/laws").Want(http.StatusOK, "第 1 次录入", "2025年修正").Check()
	a.As(registry.RoleAuditor).Get("/audit?action=录入法规版本").Want(http.StatusOK, "《中华人民共和国水污染防治法》2025年修正").Check()

	officer := a.As(registry.RoleOfficer)
	officer.Get("/statutes/water-pollution-law?on=2025-07-01").Follow().Want(http.StatusOK, "废井").WantNot("/admin/laws").Check()
	officer.Get("/statutes/violations/WATER_EVASION?end=2025-07-01").Want(http.StatusOK)
	o, err := a.Service.Law().Offer("WATER_EVASION", registry.Date{}, registry.Day(2025, 7, 1), statute.Circumstances{})
	if err != nil || len(o.Candidates) == 0 || o.Candidates[0].Breached[0].VersionID != "2025" {
		t.Errorf("an act of 2025-07-01 is offered %+v, %v", o.Candidates, err)
	}
	preview.Submit("/admin/laws").Want(http.StatusUnprocessableEntity, "本库已有《水污染防治法》的“2025年修正”").Check() // sent twice
}

func TestCorrectALawText(t *testing.T) {
	a := webtest.New(t)
	c := a.As(registry.RoleAdmin)
	form := c.Get("/admin/laws/new?law=livestock-regulation&version=2013").Want(http.StatusOK, "纠正《畜禽规模养殖污染防治条例》（2013年公布）").Check()
	form.Submit("/admin/laws/preview").Want(http.StatusConflict, "完全相同").Check()
	text := form.Form("/admin/laws/preview").Get("text")
	changed := strings.Replace(text, "第三条　", "第三条　改动过的", 1)
	preview := form.Submit("/admin/laws/preview", "text", changed, "note", "试改").Want(http.StatusOK, "纠正《畜禽规模养殖污染防治条例》", "修改 1 条", "<ins>改动过的</ins>").Check()
	if as := preview.Form("/admin/laws").Get("as"); as != "2013" {
		t.Errorf("the correction is taken as %q", as)
	}
	preview.Submit("/admin/laws").Follow().Want(http.StatusOK, "改动过的", "第 1 次录入（现用）", "随程序提供的文本", "试改").Check()
	c.Get("/statutes/livestock-regulation/2013?revision=0").Want(http.StatusOK, "已被纠正的旧文本").WantNot("改动过的").Check()
	c.Get("/statutes/livestock-regulation/2013?revision=7").Want(http.StatusNotFound)
	c.Get("/statutes/livestock-regulation/2013/revisions").Want(http.StatusOK, "修改 1 条", "<ins>改动过的</ins>").Check()
	c.Get("/statutes/livestock-regulation/2013/revisions?from=1&to=0").Want(http.StatusOK, "<del>改动过的</del>").Check()
	c.Get("/statutes/eia-law/2018/revisions").Want(http.StatusOK, "没有改动过").Check()
	for _, bad := range []string{"?from=x", "?to=9"} {
		c.Get("/statutes/livestock-regulation/2013/revisions" + bad).Want(http.StatusNotFound)
	}
}

func TestImportRefusals(t *testing.T) {
	a := webtest.New(t)
	c := a.As(registry.RoleAdmin)
	form := c.Get("/admin/laws/new?law=water-pollution-law").Want(http.StatusOK)
	form.Submit("/admin/laws/preview", "text", "本报讯：昨日检查。\n\n（一）甲；", "version", "2025年修正", "source", "公报").
		Want(http.StatusUnprocessableEntity, "第 3 行", "本报讯：昨日检查。").Check()
	form.Submit("/admin/laws/preview", "text", "第一条　甲。").Want(http.StatusUnprocessableEntity, "请填写版本", "请填写文本来源").Check()
	form.Submit("/admin/laws/preview").Want(http.StatusUnprocessableEntity, "请粘贴法规正文").Check()
	fresh := c.Get("/admin/laws/new").Want(http.StatusOK, `value="law-35"`).Check()
	law := []string{"text", "第一条　甲。", "name", "某某新法", "version", "2026年公布", "level", "法律", "holding", "节选", "source", "公报"}
	fresh.Submit("/admin/laws/preview", append(law, "key", "Neu!")...).Want(http.StatusUnprocessableEntity, "小写字母").Check()
	fresh.Submit("/admin/laws/preview", append(law, "key", "violations")...).Want(http.StatusUnprocessableEntity, "同名").Check()
	fresh.Submit("/admin/laws/preview", append(law, "key", "eco-code")...).Want(http.StatusUnprocessableEntity, "已被使用").Check()
	fresh.Submit("/admin/laws/preview", append(law, "text", "法名：文件\n作者：乙\n")...).Want(http.StatusUnprocessableEntity, "第 2 行").Check()
	fresh.Submit("/admin/laws/preview", law...).Want(http.StatusOK, "录入新的法规《某某新法》", "新增 1 条").Submit("/admin/laws").Follow().Want(http.StatusOK, "某某新法").Check()
	c.Get("/admin/laws/new?law=nothing").Want(http.StatusNotFound)
	c.Get("/admin/laws/new?law=eco-code&version=1").Want(http.StatusNotFound)
}

// upload sends a file with the import form, as a browser does.
func upload(t *testing.T, c *webtest.Client, name string, content []byte, fields map[string]string) *webtest.Page {
	t.Helper()
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	for k, v := range fields {
		if err := m.WriteField(k, v); err != nil {
			t.Fatal(err)
		}
	}
	w, err := m.CreateFormFile("file", name)
	if err != nil {
		t.Fatal(err)
	}
	_, _ = w.Write(content) // a buffer takes everything
	if err := m.Close(); err != nil {
		t.Fatal(err)
	}
	return c.Do(http.MethodPost, "/admin/laws/preview", &b, http.Header{"Content-Type": {m.FormDataContentType()}})
}

func TestImportUploads(t *testing.T) {
	a := webtest.New(t)
	c := a.As(registry.RoleAdmin)
	upload(t, c, "big.txt", bytes.Repeat([]byte("a"), 11<<20), nil).Want(http.StatusRequestEntityTooLarge).Check()
	v, _ := a.Service.Law().Version("eia-law", "2018")
	file := strings.Replace(v.Format(), "第二十五条　", "第二十五条　上传的", 1)
	upload(t, c, "eia.txt", []byte(file), map[string]string{"text": "这里的字不用"}).Want(http.StatusOK, "纠正《中华人民共和国环境影响评价法》", "<ins>上传的</ins>").Check().
		Submit("/admin/laws").Follow().Want(http.StatusOK, "上传的").Check()
	fields := map[string]string{"name": "国标码法", "version": "2026年公布", "level": "法律", "holding": "节选", "source": "公报", "key": "gb-law"}
	upload(t, c, "gb.txt", []byte("\xb5\xda\xd2\xbb\xcc\xf5 \xbc\xd7\xa1\xa3"), fields).Want(http.StatusOK, "第一条", "甲。").Check()
	upload(t, c, "x.bin", []byte("\x7fELF\x00\x00\x01\x02"), fields).Want(http.StatusUnprocessableEntity, "二进制").Check()
}

// 已核对 belongs to one text: pages say so with source and date, and no longer after a correction or a withdrawal.
func TestMarkALawChecked(t *testing.T) {
	a := webtest.New(t)
	c := a.As(registry.RoleAdmin)
	const page, check = "/statutes/eia-law/2018", "/admin/laws/eia-law/2018/check"
	form := c.Get(check).Want(http.StatusOK, "未经官方文本核对").Check()
	form.Submit(check, "on", "2024-12-15").Want(http.StatusUnprocessableEntity, "请写明与哪份官方文本核对").Check()
	form.Submit(check, "source", "flk.npc.gov.cn", "on", "2024-13").Want(http.StatusUnprocessableEntity).Check()
	form.Submit(check, "source", "flk.npc.gov.cn", "on", "2024-12-15").Follow().Want(http.StatusOK, "已核对官方文本（flk.npc.gov.cn，2024-12-15）").WantNot("未经官方文本核对").Check()
	officer := a.As(registry.RoleOfficer)
	officer.Get(page).Want(http.StatusOK, "已核对官方文本").WantNot("未经官方文本核对", check)
	officer.Get("/statutes/violations/EIA_UNAPPROVED?on=2024-10-05").Want(http.StatusOK, "已核对官方文本（flk.npc.gov.cn，2024-12-15）").Check()
	a.As(registry.RoleAuditor).Get("/audit?action=标记已核对").Want(http.StatusOK, "法规核对").Check()

	marked := c.Get(check).Want(http.StatusOK, "撤回核对标记").Check()
	marked.Submit("/admin/laws/eia-law/2018/uncheck").Want(http.StatusUnprocessableEntity, "为什么撤回").Check()
	marked.Submit("/admin/laws/eia-law/2018/uncheck", "reason", "看错了版本").Follow().Want(http.StatusOK, "未经官方文本核对").Check()
	c.Get("/admin/laws").Want(http.StatusOK, "看错了版本", "flk.npc.gov.cn").Check()

	// A text corrected behind the open page is not the one that was read.
	correction := c.Get("/admin/laws/new?law=eia-law&version=2018")
	text := strings.Replace(correction.Form("/admin/laws/preview").Get("text"), "第二十五条　", "第二十五条　改", 1)
	correction.Submit("/admin/laws/preview", "text", text).Submit("/admin/laws").Follow().Want(http.StatusOK)
	form.Submit(check, "source", "公报", "on", "2024-12-15").Want(http.StatusConflict, "新的录入").Check()
	c.Get("/admin/laws/eia-law/1999/check").Want(http.StatusNotFound)
}

// The workbook says of every citation whether the cited words were checked.
func TestLedgerSaysWhetherTextsAreChecked(t *testing.T) {
	a := webtest.New(t)
	if err := demo.Load(context.Background(), a.Service); err != nil {
		t.Fatal(err)
	}
	auditor := a.As(registry.RoleAuditor)
	count := func() (checked, unchecked int) {
		f, err := excelize.OpenReader(strings.NewReader(auditor.Get("/exports/ledger.xlsx").Want(http.StatusOK).Body))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close() //nolint:errcheck // a test
		for _, sheet := range f.GetSheetList() {
			rows, err := f.GetRows(sheet)
			if err != nil {
				t.Fatal(err)
			}
			for _, row := range rows {
				for _, cell := range row {
					switch cell {
					case "已核对":
						checked++
					case "未经官方文本核对":
						unchecked++
					}
				}
			}
		}
		return checked, unchecked
	}
	before, all := count()
	if before != 0 || all == 0 {
		t.Fatalf("before any check the ledger has %d checked and %d unchecked citations", before, all)
	}
	v, _ := a.Service.Law().Version("water-pollution-law", "2017")
	mark := casework.LawMark{LawID: v.LawID, VersionID: v.ID, Hash: v.Hash, Source: "公报", On: registry.Day(2024, 12, 1)}
	if err := a.Service.MarkChecked(context.Background(), registry.CommandLine, mark); err != nil {
		t.Fatal(err)
	}
	if checked, unchecked := count(); checked == 0 || unchecked == 0 || checked+unchecked != all {
		t.Errorf("after the check of one law: %d checked, %d unchecked, of %d", checked, unchecked, all)
	}
}

// A stored text that no longer parses is left out, logged, and the administrator is told.
func TestBrokenStoredText(t *testing.T) {
	a := webtest.New(t)
	err := a.DB.Write(context.Background(), func(tx *store.Tx) error {
		return tx.AddLawText(&store.LawText{StoredText: statute.StoredText{LawID: "x-law", VersionID: "2025", Body: "不是法律"}})
	})
	if err != nil {
		t.Fatal(err)
	}
	a.Advance(3 * time.Second)
	c := a.As(registry.RoleAdmin)
	c.Get("/admin/laws").Want(http.StatusOK, "不能使用", "x-law/2025 第 1 次录入").Check()
	c.Get("/statutes/x-law").Want(http.StatusNotFound)
	c.Get("/statutes").Want(http.StatusOK)
	if !strings.Contains(a.Log.String(), "an imported law text cannot be used") {
		t.Error("the log does not say that a stored text cannot be used")
	}
}

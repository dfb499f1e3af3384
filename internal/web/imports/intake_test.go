package imports_test

import (
	"bytes"
	"context"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/web/webtest"
)

// twoCases is a made-up page: two cases between other news.
const twoCases = `城区公交优化三条线路，方便学生上下学。

案例一：恩平某绿野畜牧有限公司以逃避监管的方式排放水污染物案
【案情简介】2024年9月12日，江门市生态环境局恩平分局执法人员对恩平某绿野畜牧有限公司进行现场检查，该场存栏生猪2300头。检查发现，该公司把没有处理的养殖废水引到一口没有防渗的土坑，再用软管排到旁边的水沟。
【查处情况】该公司的行为违反了《中华人民共和国水污染防治法》第三十九条的规定。恩平分局依据《中华人民共和国水污染防治法》第八十三条第（三）项的规定，责令该公司立即改正违法行为，并处罚款12万元。

案例二：台山市某河口养殖场废水直排案
【案情简介】2024年7月，江门市生态环境局台山分局对台山市某河口养殖场进行检查，发现猪舍冲洗水没有处理就直接流进农田沟渠。
【查处情况】该场的行为违反了《畜禽规模养殖污染防治条例》第二十条的规定，台山分局责令其立即改正，并立案调查。

天气预报：明天多云，气温十八到二十五度，微风。
`

// pageWithNotice is a made-up bulletin: title, lead, byline and one case with facts of the place.
const pageWithNotice = `市生态环境局公布一批养殖污染典型案例

今年以来，市生态环境局组织开展畜禽养殖污染专项整治，促进潭江水质持续改善。现将一起典型案例公布如下。

（陈一 林二）

案例一：开平市某青禾养殖有限公司违法排污案
2024年8月，江门市生态环境局开平分局检查开平市某青禾养殖有限公司，公司占地30亩，存栏生猪900头，已取得排污许可证。养殖废水经集污池流进氧化塘，氧化塘已满溢，废水溢出后流入旁边小河。执法人员对小河河水采样，氨氮超标。
该公司违反了《中华人民共和国水污染防治法》第三十九条，开平分局立案查处，责令限期改正。
`

func TestFactsAndNoticeAreTaken(t *testing.T) {
	a := webtest.Demo(t)
	c := a.As(registry.RoleOfficer)
	p := sendText(t, c, map[string]string{"text": pageWithNotice, "published_on": "2024-12-16"}, "", nil)
	p.Want(200, "读出 1 案", "通报本身", "陈一 林二", "畜禽养殖污染专项整治", "占地面积", "养殖废水 → 集污池 → 氧化塘 → 场旁小河", "氨氮超标", `<mark class="read read-fact">`).Check()
	form := p.Form(acceptURL)
	if form.Get("bulletin") != "1" || !slices.Contains(form["drafts.0.facts"], "area") || !slices.Contains(form["drafts.0.facts"], "sample.0") {
		t.Fatalf("bulletin %q, facts %q; want all ticked", form.Get("bulletin"), form["drafts.0.facts"])
	}
	form["drafts.0.facts"] = slices.DeleteFunc(form["drafts.0.facts"], func(key string) bool { return key == "permit" })
	form.Set("drafts.0.take", "1")
	c.Post(acceptURL, form).Follow().Want(200, "已导入 1 案").Check()
	by := a.Actor(registry.RoleOfficer)
	l, err := a.Service.Cases(t.Context(), by, casework.CaseFilter{Q: "青禾"}, casework.Page{Limit: 5})
	if err != nil || len(l.Rows) != 1 {
		t.Fatalf("%d cases, %v", len(l.Rows), err)
	}
	f, err := a.Service.CaseFile(t.Context(), by, l.Rows[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	if f.Farm.AreaM2 == nil || *f.Farm.AreaM2 != 20000 || f.Farm.Permit.State != "" || len(f.Farm.Facilities) == 0 {
		t.Errorf("farm = %+v; want 30 mu, its facilities, and no permit, which was not taken", f.Farm)
	}
	if x := f.Inspections[0]; len(x.Path.Nodes) != 4 || len(f.Samples) != 1 || !f.Samples[0].Exceeds() || f.Samples[0].Medium != "地表水" {
		t.Errorf("path %+v, samples %+v", x.Path, f.Samples)
	}
	if f.Campaign == nil || f.Campaign.Name != "畜禽养殖污染专项整治" || f.Campaign.Year != 2024 || f.Case.Source != "专项行动" {
		t.Errorf("campaign = %+v of %q", f.Campaign, f.Case.Source)
	}
	drafts, _, err := a.Service.Bulletins(t.Context(), by, string(registry.BulletinDraft), casework.Page{Limit: 20})
	if err != nil || !slices.ContainsFunc(drafts, func(x registry.Bulletin) bool {
		return x.Byline == "陈一 林二" && x.Title == "市生态环境局公布一批养殖污染典型案例"
	}) {
		t.Errorf("drafts of bulletins: %+v, %v; want the page's own", drafts, err)
	}
}

// sendText fills in the form of 导入通报文本 as a browser sends it; file may be nil.
func sendText(t *testing.T, c *webtest.Client, fields map[string]string, filename string, file []byte) *webtest.Page {
	t.Helper()
	var body bytes.Buffer
	m := multipart.NewWriter(&body)
	for k, v := range fields {
		if err := m.WriteField(k, v); err != nil {
			t.Fatal(err)
		}
	}
	part, err := m.CreateFormFile("file", filename)
	if filename != "" {
		if err == nil {
			_, err = part.Write(file)
		}
	}
	if err != nil || m.Close() != nil {
		t.Fatal("write multipart body", err)
	}
	return c.Do(http.MethodPost, "/imports/bulletin", &body, http.Header{"Content-Type": {m.FormDataContentType()}})
}

const acceptURL = "/imports/bulletin/cases"

func TestBulletinTextToRecords(t *testing.T) {
	a := webtest.Demo(t)
	c := a.As(registry.RoleOfficer)
	webtest.New(t).As(registry.RoleOfficer).Get("/imports").Want(200, "还没有导入过").Check()
	c.Get("/imports").Want(200, "江门日报").Check()
	c.Get("/imports/bulletin").Want(200, "通报全文").Check()

	p := sendText(t, c, map[string]string{"text": twoCases, "name": "恩州日报", "published_on": "2024-12-16", "url": "https://news.example/1"}, "", nil)
	p.Want(200, "读出 2 案", "恩州日报", "案件之外的文字", "还没有登记任何内容", "采用此案", "已收录", "2017年修正").Check()
	for _, mark := range []string{
		`<mark class="read read-party"><small class="read-label">当事人</small>恩平某绿野畜牧有限公司</mark>`, `<mark class="read read-date"><small class="read-label">日期</small>2024年9月12日</mark>`,
		`<mark class="read read-money"><small class="read-label">金额</small>`, `<mark class="read read-violated"><small class="read-label">违反条款</small>《中华人民共和国水污染防治法》第三十九条</mark>`,
	} {
		if !strings.Contains(p.Body, mark) {
			t.Errorf("the text lacks the mark %s", mark)
		}
	}
	form := p.Form(acceptURL)
	for field, want := range map[string]string{"drafts.0.district_code": "440785", "drafts.0.found_on": "2024-09-12", "drafts.0.party": "恩平某绿野畜牧有限公司", "drafts.0.party_kind": "公司",
		"drafts.0.species": "生猪", "drafts.0.head_count": "2300", "drafts.0.fine": "120,000", "drafts.0.violations.0.violated": "《中华人民共和国水污染防治法》第三十九条",
		"drafts.0.violations.0.basis": "《中华人民共和国水污染防治法》第八十三条第（三）项", "drafts.1.district_code": "440781", "drafts.1.fine": ""} {
		if got := form.Get(field); got != want {
			t.Errorf("%s = %q; want %q", field, got, want)
		}
	}
	if l, err := a.Service.Cases(context.Background(), a.Actor(registry.RoleOfficer), casework.CaseFilter{Q: "绿野"}, casework.Page{Limit: 5}); err != nil || len(l.Rows) > 0 {
		t.Errorf("reading wrote %d cases, %v", len(l.Rows), err)
	}

	p.Submit(acceptURL).Want(422, "还没有勾选").Check()
	p = p.Submit(acceptURL, "drafts.0.take", "1", "drafts.0.head_count", "两千", "drafts.0.violations.0.violated", "第三十九条吧", "drafts.0.violations.1.violated", "水污染防治法第十条", "drafts.1.title", "改过的名称").
		Want(422, "案 1 · 存栏", "不是整数", "看不懂“第三十九条吧”").Check()
	if f := p.Form(acceptURL); f.Get("drafts.0.head_count") != "两千" || f.Get("drafts.1.title") != "改过的名称" || f.Get("drafts.0.violations.1.violated") != "水污染防治法第十条" || f.Get("drafts.0.take") != "1" {
		t.Errorf("a refused form lost what was typed: %v", f)
	}
	done := p.Submit(acceptURL, "drafts.0.head_count", "2350", "drafts.0.qualifier", "多", "drafts.0.violations.0.type_code", "WATER_EVASION", "drafts.0.violations.1.violated", "",
		"drafts.0.violations.0.violated", "《中华人民共和国水污染防治法》（2017年修正）第三十九条\n水污染防治法第十条", "drafts.1.take", "1", "drafts.1.violations.0.type_code", "LIVESTOCK_DIRECT_DISCHARGE").Follow()
	done.Want(200, "已导入 2 案", "恩州日报", "改过的名称", "检查的具体日期").Check()
	c.Get("/imports").Want(200, "恩州日报", "officer").Check()

	links := done.Links()
	var first string
	for _, l := range links {
		if strings.HasPrefix(l, "/cases/") && first == "" {
			first = l
		}
	}
	c.GetCase(first).Want(200, "公开资料", "已处罚", "恩平某绿野畜牧有限公司", "第三十九条", "第十条", "120,000", "2350多", "通报原文-恩州日报-2024-12-16.txt", "https://news.example/1").Check()
	l, err := a.Service.Cases(context.Background(), a.Actor(registry.RoleOfficer), casework.CaseFilter{Q: "绿野"}, casework.Page{Limit: 5})
	if err != nil || len(l.Rows) != 1 || l.Rows[0].Origin != registry.OriginPublished {
		t.Fatalf("cases = %+v, %v; want one of 公开资料补录", l.Rows, err)
	}
	file, err := a.Service.CaseFile(context.Background(), a.Actor(registry.RoleOfficer), l.Rows[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	if v := file.Violations; len(v) != 1 || len(v[0].Breached(registry.StandingPublished)) != 2 || len(v[0].Basis(registry.StandingPublished)) != 1 {
		t.Errorf("violations = %+v; want one with two breached articles and a basis, all as published", v)
	}
	sheet, err := excelize.OpenReader(strings.NewReader(a.As(registry.RoleAuditor).Get("/exports/ledger.xlsx").Want(200).Body))
	if err != nil {
		t.Fatal(err)
	}
	defer sheet.Close() //nolint:errcheck // a test
	rows, err := sheet.GetRows("案件台账")
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, r := range rows {
		if line := strings.Join(r, "\t"); strings.Contains(line, "绿野") && strings.Contains(line, "公开资料补录") {
			found++
		}
	}
	if found != 1 {
		t.Errorf("the ledger has %d rows of the imported case, want 1", found)
	}
	a.As(registry.RoleAuditor).Get(done.Path).Want(200, "改过的名称").Check()

	// The very same text again: warned with links, refused without a reason, taken with one.
	again := sendText(t, c, map[string]string{"text": twoCases}, "", nil)
	again.Want(200, "登记册里可能已有此案", "同一份文本的同一段", first)
	again = again.Submit(acceptURL, "drafts.0.take", "1", "drafts.0.violations.0.type_code", "WATER_EVASION").Want(409, "没有导入", "案 1 · 仍然导入的理由").Check()
	again.Submit(acceptURL, "drafts.0.anyway", "同名的另一家公司").Follow().Want(200, "已导入 1 案")
}

func TestReadingKeepsWorkOnAnotherRow(t *testing.T) {
	c := webtest.Demo(t).As(registry.RoleOfficer)
	p := sendText(t, c, map[string]string{"text": twoCases}, "", nil).Want(200)
	p = p.Submit(acceptURL, "drafts.0.title", "我改的名称", "_add", "drafts.0.violations").Want(200, "违法行为 2").Check()
	f := p.Form(acceptURL)
	if f.Get("drafts.0.title") != "我改的名称" || !f.Has("drafts.0.violations.1.type_code") {
		t.Errorf("after 加一项违法行为: title %q, second row there: %v", f.Get("drafts.0.title"), f.Has("drafts.0.violations.1.type_code"))
	}
	p.Submit(acceptURL, "drafts.0.violations.1.violated", "水污染防治法第三十九条第九款", "recheck", "1").Want(200, "该版本没有这一条", "我改的名称").Check()
	p.Submit(acceptURL, "drafts.0.take", "1", "drafts.0.violations.1.violated", "水污染防治法第三十九条第九款", "drafts.0.violations.1.facts", "另一项").Follow().Want(200, "已导入 1 案")
	back := c.Post("/imports/bulletin", url.Values{"text": {twoCases}, "name": {"恩州日报"}, "edit": {"1"}}).Want(200, "读取案件").Check()
	if got := back.Form("/imports/bulletin"); strings.TrimSpace(got.Get("text")) != strings.TrimSpace(twoCases) || got.Get("name") != "恩州日报" {
		t.Errorf("改原文重读 lost the text or its source")
	}
}

func TestTextsThatCannotBeRead(t *testing.T) {
	c := webtest.Demo(t).As(registry.RoleOfficer)
	gbk, err := simplifiedchinese.GBK.NewEncoder().String(twoCases)
	if err != nil {
		t.Fatal(err)
	}
	sendText(t, c, nil, "通报.txt", []byte(gbk)).Want(200, "读出 2 案", "恩平某绿野畜牧有限公司").Check()
	sendText(t, c, nil, "", nil).Want(422, "请粘贴通报全文").Check()
	sendText(t, c, map[string]string{"text": "  \n "}, "", nil).Want(422, "请粘贴通报全文")
	sendText(t, c, nil, "通报.pdf", []byte("%PDF-1.7\x00\x01\x02\x03")).Want(422, "不是文本文件").Check()
	sendText(t, c, nil, "空.txt", nil).Want(422, "没有文字").Check()
	sendText(t, c, nil, "大.txt", bytes.Repeat([]byte("a"), 11<<20)).Want(http.StatusRequestEntityTooLarge)
	sendText(t, c, map[string]string{"name": "恩州日报"}, "大.txt", bytes.Repeat([]byte("a"), 10<<20+5)).Want(http.StatusRequestEntityTooLarge, "最大 10 MB", "恩州日报").Check()
	p := sendText(t, c, map[string]string{"text": twoCases, "published_on": "去年", "url": "javascript:alert(1)"}, "", nil).Want(422, "发布日期", "网址").Check()
	if got := p.Form("/imports/bulletin").Get("text"); !strings.Contains(got, "绿野") {
		t.Error("a wrong date lost the text")
	}
	sendText(t, c, map[string]string{"text": "今天天气很好。《水污染防治法》第三十九条有规定。"}, "", nil).Want(200, "没有读出案件", "第三十九条", "已收录").Check()
	sendText(t, c, map[string]string{"text": "<script>alert(1)</script>" + twoCases}, "", nil).Want(200).WantNot("<script>alert")
	c.Post(acceptURL, url.Values{"text": {twoCases}, "drafts.0.number": {"77"}, "drafts.0.take": {"1"}}).Want(400, "与原文对不上").Check()
	c.Post(acceptURL, url.Values{"held": {strings.Repeat("a", 64) + ".00"}}).Want(422, "原文已不在").Check()
	c.Get("/imports/bulletin/999").Want(404)
	empty := webtest.New(t)
	empty.As(registry.RoleOfficer).Get("/cases").Want(200, "从通报文本导入").Check()
	empty.As(registry.RolePublisher).Get("/imports").Want(403)
	empty.As(registry.RolePublisher).Get("/cases").Want(200).WantNot("/imports")
}

// A long text stays on the server: the page shows the cases and what is around them.
func TestLongTextDoesNotTravel(t *testing.T) {
	c := webtest.Demo(t).As(registry.RoleOfficer)
	filler := strings.Repeat("本市各地有序推进春耕备耕工作，农资供应充足。\n", 20000)
	p := sendText(t, c, map[string]string{"text": filler + "\n" + twoCases + "\n" + filler, "name": "恩州日报"}, "", nil).Want(200, "读出 2 案", "略去", "保存的是全文").Check()
	if len(p.Body) > 400<<10 {
		t.Errorf("the page of a text of %d bytes has %d", 2*len(filler), len(p.Body))
	}
	p = p.Submit(acceptURL, "drafts.1.take", "1", "drafts.1.found_on", "七月").Want(422, "案 2 · 检查日期")
	p.Submit(acceptURL, "drafts.1.found_on", "2024-07").Follow().Want(200, "已导入 1 案")
	edit := c.Post("/imports/bulletin", url.Values{"held": {p.Form(acceptURL).Get("held")}, "edit": {"1"}}).Want(200, "不必再粘贴").Check()
	edit.Submit("/imports/bulletin").Want(200, "读出 2 案")
}

func TestJourneyBulletinText(t *testing.T) {
	a := webtest.Demo(t)
	for _, width := range []int{1280, 390} {
		b := a.Chrome(t, width, 900)
		b.SignIn("officer").Open("/imports").Want("通报文本").Open("/imports/bulletin").Fill("text", twoCases).Fill("name", "恩州日报").Fill("published_on", "2024-12-16").Press("读取案件").Want("读出 2 案")
		b.Fill("drafts.0.take", "1").Want("导入所选 1 案").Fill("drafts.0.violations.0.type_code", "WATER_EVASION")
		if width == 390 {
			b.Want("可能已有此案").Fill("drafts.0.anyway", "在手机上再试一次")
		}
		b.Press("导入所选").Want("已导入 1 案", "当事人代码").Press("恩平某绿野").Want("公开资料", "已处罚")
		b.Open("/more").Press("退出")
	}
}

// A law that had been repealed by the day is held: the page says that it did not apply, not that nobody has it. A day that no calendar has is
// said as it is printed, and look-alike characters are the ordinary ones.
func TestReadingSaysWhatDidNotApply(t *testing.T) {
	c := webtest.Demo(t).As(registry.RoleOfficer)
	repealed := strings.NewReplacer("2024年9月12日", "2026年9月12日").Replace(twoCases)
	sendText(t, c, map[string]string{"text": repealed}, "", nil).Want(200, "2017年修正：自 2026-08-15 起废止，由《生态环境法典》代替").
		WantNot("当时施行的版本本库未收录").Check()
	odd := strings.NewReplacer("2024年9月12日", "2024年9月31日", "水", "⽔", "行", "⾏").Replace(twoCases)
	sendText(t, c, map[string]string{"text": odd}, "", nil).Want(200, "文中的日期“2024年9月31日”日历上没有", "《水污染防治法》第三十九条").Check()
}

// The source of a case stands once, whoever entered the case: read from a text, with the medium, the page and the title as printed, or
// registered by hand; it is corrected in one place, and what was read from the text stays.
func TestSourceOfCases(t *testing.T) {
	a := webtest.New(t)
	c := a.As(registry.RoleOfficer)
	p := sendText(t, c, map[string]string{"text": twoCases, "name": "恩州日报", "medium": "报纸", "page": "A04版", "published_on": "2024-12-16"}, "", nil)
	p.Want(200, "恩州日报，2024-12-16，A04版", "公布的案名").Check()
	printed := p.Form(acceptURL).Get("drafts.0.printed_title")
	done := p.Submit(acceptURL, "drafts.0.take", "1", "drafts.0.title", "另拟的名称").Follow()
	done.Want(200, "报纸", "A04版", "公布的案名："+printed, "另拟的名称").Check()
	c.Get("/cases/1").Want(200, "恩州日报，2024年12月16日，A04版", "公布的案名："+printed, "依次所引", "/imports/bulletin/1").Check()

	c.JSON("POST", "/api/v1/cases", `{"title":"手工补录的案件","origin":"公开资料补录","district_code":"440781"}`).Want(201)
	c.Get("/cases/2").Want(200, "出处没有登记", "/imports/sources/new?case_id=2").Check()
	form := c.Get("/imports/sources/new?case_id=2").Want(200, "手工补录的案件").Check()
	form.Submit("/imports/sources", "url", "例报").Want(422, "网址应以").Check()
	form.Submit("/imports/sources", "cases.0.case_id", "99").Want(422, "没有找到所选的案件").Check()
	form.Submit("/imports/sources", "name", "例报", "medium", "政府网站", "cases.0.title", "某养殖场排污案", "cases.0.cited", "《例条例》第二条；\n《例条例》第一条").Follow().
		Want(200, "例报", "原文没有存入登记册", "某养殖场排污案").Check()
	if p := c.JSON("GET", "/api/v1/cases/2/publications", "").Want(200); !strings.Contains(p.Body, `"title":"某养殖场排污案"`) || !strings.Contains(p.Body, `"medium":"政府网站"`) {
		t.Errorf("the interface lists %s", p.Body)
	}
	c.Get("/cases?q="+url.QueryEscape("养殖场排污案")).Want(200, "手工补录的案件").Check()
	c.Get("/cases/2").Want(200, "例报", "依次所引：《例条例》第二条、《例条例》第一条").WantNot("出处没有登记").Check()

	edit := c.Get("/imports/bulletin/1/edit").Want(200, "另拟的名称").Check()
	values := edit.Form("/imports/bulletin/1")
	values.Set("page", "A05版")
	c.Post("/imports/bulletin/1", values).Want(303)
	x, err := a.Service.Publication(context.Background(), a.Actor(registry.RoleOfficer), 1)
	if err != nil || x.Page != "A05版" || x.SHA256 == "" || len(x.Cases) != 1 || x.Cases[0].End == 0 || x.Cases[0].Title != printed {
		t.Errorf("after a correction: %+v, %v; want the page changed, and text and span as they were", x, err)
	}
	c.Post("/imports/bulletin/1", values).Want(409, "合并")
	c.Get("/imports/bulletin/1/edit").Submit("/imports/bulletin/1", "cases.0.case_id", "2").Want(422, "从原文读出来的").Check()
	a.As(registry.RolePublisher).Get("/imports/bulletin/1/edit").Want(403)
}

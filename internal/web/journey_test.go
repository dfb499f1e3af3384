package web_test

import (
	"context"
	"flag"
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"casebook/internal/demo"
	"casebook/internal/web/webtest"
)

// pagesToSee are the pages of the product on the demo's data, by who sees them; "" is nobody.
var pagesToSee = map[string][]string{
	"": {"/login", "/public", "/public/law"},
	"officer": {"/", "/farms", "/farms/1", "/farms/new", "/farms/1/edit", "/parties", "/parties/1", "/inspections", "/inspections/1", "/inspections/2", "/inspections/new?farm_id=1", "/field", "/field/new?farm_id=1", "/field/1", "/field/1/samples",
		"/cases", "/cases?q=%E9%B1%BC%E5%A1%98", "/cases/1", "/cases/1?panel=law", "/cases/1?panel=evidence", "/cases/1?panel=money", "/cases/1?panel=checks", "/cases/1?panel=history", "/violations/1/elements", "/cases/4", "/cases/6", "/cases/6?panel=law", "/cases/6?panel=evidence", "/cases/6?panel=documents", "/cases/6?panel=money", "/cases/6?panel=checks", "/cases/6?panel=history", "/cases/6/sheet", "/cases/6/papers", "/inspections/6/papers", "/inspections/6/papers/visit", "/cases/1/interrogations/new", "/documents/49/papers/decision", "/documents/49/papers/service", "/cases/7", "/cases/new", "/cases/1/violations/new", "/cases/1/violations/new?type_code=WATER_EVASION",
		"/cases/1/documents/new", "/cases/1/steps", "/cases/4/steps", "/cases/1/penalties/new", "/statutes", "/statutes/violations", "/statutes/violations/LIVESTOCK_DIRECT_DISCHARGE", "/statutes/water-pollution-law/2017", "/statutes/compare", "/statutes/compare/water-pollution-law/39", "/statutes/compare/tanjiang-regulation/36",
		"/statutes/standards", "/statutes/standards?pollutant=COD&on=2024-06-10&district_code=440785", "/statutes/standards?herd=1&species0=%E9%B8%AD&count0=10300", "/statutes/discretion", "/statutes/discretion/GD-8.21?go=1&act=2024-10&tier=5",
		"/statutes/discretion/GD-2.8.1?violation=1&go=1&act=2024-10&f0=2&f1=1&f2=1&f3=0&n4=5&f5=%3F", "/penalties/1/edit", "/statutes/deadlines", "/statutes/deadlines?rule=HEARING_REQUEST&start=2026-02-12", "/bulletins", "/bulletins/1", "/exports", "/map", "/zones", "/zones/1", "/visits", "/imports", "/imports/ledger", "/search?q=%E5%85%BB%E6%AE%96", "/cases?sort=found_on", "/cases/sheets?ids=6,7", "/desk", "/desk/week", "/?desk=city", "/statistics", "/imports/jobs", "/more", "/password"},
	"publisher": {"/", "/bulletins", "/bulletins/1", "/bulletins/new", "/cases/1"},
	"auditor":   {"/", "/audit", "/exports", "/exports?profile=credit&format=csv", "/exports/profiles", "/exports/profiles/new?rows=decisions", "/exports/mine", "/verify", "/verify/register", "/draws", "/draws/new", "/score-sheets", "/score-sheets/new", "/reconcile"},
	"admin":     {"/", "/admin/users", "/admin/users/new", "/admin/bureau", "/admin/organs", "/admin/officers", "/admin/calendar", "/admin/calendar?year=2027", "/admin/calendar/new", "/admin/wordings", "/admin/wordings/decision", "/admin/document-kinds", "/admin/document-kinds/new", "/admin/laws", "/admin/laws/new", "/admin/laws/new?law=eia-law&version=2018", "/admin/laws/eia-law/2018/check", "/zones/new", "/zones/1/edit", "/statutes/eia-law/2018", "/statutes/eia-law/2018/revisions"},
}

// axe-core takes a second a page: it looks at each fourth one, some thirty at both widths, and at all of them with -args -every-page.
const axeAt = 4

var everyPage = flag.Bool("every-page", false, "look at every page with axe-core")

// Every page fits a desk and a phone, and axe-core finds nothing wrong with those that it looks at. A phone's window is as tall as its pages: what sticks to the lower edge, and
// moves away as one scrolls, hides nothing there.
func TestJourneyEveryPageFits(t *testing.T) {
	script := axeScript(t)
	a := webtest.New(t)
	if err := demo.Load(context.Background(), a.Service); err != nil {
		t.Fatal(err)
	}
	for width, height := range map[int]int{1280: 900, 390: 9000} {
		t.Run(fmt.Sprint(width), func(t *testing.T) {
			t.Parallel()
			b := a.Chrome(t, width, height)
			for _, who := range []string{"", "officer", "publisher", "auditor", "admin"} {
				if who != "" {
					b.SignIn(who)
				}
				for i, path := range pagesToSee[who] {
					b.Open(path)
					if *everyPage || i%axeAt == 0 {
						axe(t, b, script, fmt.Sprintf("%s at %d px", path, width))
					}
				}
				if who != "" {
					b.Open("/more").Press("退出")
				}
			}
		})
	}
}

// An officer enters a case of their own, from a blank farm over the usual documents to closing; two publishers make a bulletin of it.
func TestJourneyBlankFarmToBulletin(t *testing.T) {
	a := webtest.New(t)
	if err := demo.Load(context.Background(), a.Service); err != nil {
		t.Fatal(err)
	}
	b := a.Chrome(t, 1280, 900)
	b.SignIn("officer")

	b.Open("/farms/new").Fill("name", "大槐镇绿水猪场").Fill("district_code", "440785").Fill("town", "大槐镇").Fill("herds.0.species", "生猪").Fill("herds.0.count", "1200").Fill("herds.0.basis", "存栏").
		Fill("in_tanjiang", "否").Fill("permit.state", "未办理").Press("登记").Want("大槐镇绿水猪场", "恩平市")
	farm := b.Path()

	b.Press("新建检查").Fill("kind", "日常检查").Fill("started_on", "2024-12-10").Fill("start_time", "09:30").Fill("ended_on", "2024-12-10").Fill("end_time", "11:00").Fill("place", "猪场三号栏舍外").
		Fill("officers.0.name", "甲一").Fill("officers.0.cert_no", "19070001").Fill("certificate_shown", "是").Fill("rights_told", "是").Fill("findings", "三号栏舍废水未经处理，经软管排入场外水沟。").
		Fill("path.nodes.0.kind", "产生源").Fill("path.nodes.0.name", "三号栏舍").Fill("result", "发现违法").Press("保存并提交")
	b.Want("两名以上").Fill("officers.1.name", "乙二").Fill("officers.1.cert_no", "19070002").Press("保存并提交").Want("已提交", "三号栏舍")

	b.Press("立案登记案件").Want("大槐镇绿水猪场").Fill("title", "绿水猪场直排案").Fill("found_on", "2024-12-10").Press("登记案件").Want("绿水猪场直排案", "已登记")
	page := b.Path()

	b.Open(page+"/violations/new").Fill("type_code", "LIVESTOCK_DIRECT_DISCHARGE").Press("下一步").Want("第二十条", "第四十一条", "未经官方文本核对").
		Fill("facts", "废水未经处理直接排入场外水沟").Fill("act_to", "2024-12-10").Press("更新可选条款").Want("第二十条").Fill("confirm", "1").Press("登记违法行为").Want("畜禽规模养殖污染防治条例", "第二十条")

	document := func(kind, made string, fields ...string) {
		t.Helper()
		b.Open(page+"/documents/new?kind="+kind).Fill("made_on", made)
		for i := 0; i < len(fields); i += 2 {
			b.Fill(fields[i], fields[i+1])
		}
		b.Press("登记文书").Want(kind, made)
	}
	document("责令改正", "2024-12-12", "number", "江恩环责改〔2024〕901号", "served_on", "2024-12-12")
	document("立案", "2024-12-12", "number", "江恩环立〔2024〕901号")
	document("事先（听证）告知", "2024-12-16", "number", "江恩环罚告〔2024〕901号", "served_on", "2024-12-17", "amount_fen", "2万")
	b.Open(page+"?panel=checks").Want("陈述", "期限")
	document("行政处罚决定", "2024-12-26", "number", "江恩环罚〔2024〕901号", "served_on", "2024-12-27")
	b.Open(page+"/penalties/new").Fill("kind", "罚款").Fill("amount_fen", "2万").Press("登记处罚").Want("20,000", "贰万元整", "已处罚")
	document("公示", "2024-12-30")
	document("复查", "2025-01-06", "result", "已改正")
	b.Open(page+"?panel=checks").Want("案卷检查", "存在问题 0")
	document("结案", "2025-01-20")
	b.Want("已结案", "记录只读")

	b.Open("/cases?q=绿水").Want("绿水猪场直排案", "20,000")
	b.Open(farm).Want("绿水猪场直排案")
	b.Open("/more").Press("退出")

	b.SignIn("publisher").Open("/bulletins/new").Fill("title", "十二月典型案例").Fill("q", "绿水").Press("搜索").Want("绿水猪场直排案").Fill("add_case", caseID(page)).Press("建立通报")
	b.Want("十二月典型案例", "第二十条").Press("保存").Want("恩平市某养殖场").Press("提交审核").Want("待审核")
	bulletin := b.Path()
	b.Open("/more").Press("退出")
	b.SignIn("publisher2").Open(bulletin).Press("批准").Want("已批准")

	c := a.SignedIn("auditor")
	sheet := c.Get("/exports/ledger.xlsx").Want(200)
	f, err := excelize.OpenReader(strings.NewReader(sheet.Body))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close() //nolint:errcheck // a test
	rows, err := f.GetRows("案件台账")
	if err != nil {
		t.Fatal(err)
	}
	found := false
	for _, r := range rows {
		found = found || strings.Contains(strings.Join(r, "\t"), "绿水猪场直排案")
	}
	if !found {
		t.Error("the ledger does not hold the new case")
	}
	paper := c.Get(bulletin + "/pdf").Want(200)
	if !strings.HasPrefix(paper.Body, "%PDF") || strings.Contains(paper.Body, "绿水") {
		t.Error("the bulletin is no PDF, or holds the farm's name")
	}
}

func caseID(path string) string {
	id, _, _ := strings.Cut(strings.TrimPrefix(path, "/cases/"), "#")
	return strings.TrimRight(id, "?")
}

// Every link that a page shows must lead somewhere: a page, a download or a place on a page.
func TestEveryLinkLeadsSomewhere(t *testing.T) {
	if testing.Short() {
		t.Skip("follows every link of the product")
	}
	a := webtest.New(t)
	if err := demo.Load(context.Background(), a.Service); err != nil {
		t.Fatal(err)
	}
	for _, who := range []string{"officer", "publisher", "auditor", "admin"} {
		c := a.SignedIn(who)
		seen := map[string]bool{}
		queue := []string{"/"}
		for len(queue) > 0 && len(seen) < 700 {
			path := queue[0]
			queue = queue[1:]
			p := c.Get(path)
			if p.Status != 200 && p.Status != 303 {
				t.Errorf("%s follows a link to %s: %d", who, path, p.Status)
				continue
			}
			if !strings.Contains(p.Header.Get("Content-Type"), "html") {
				continue
			}
			for _, link := range p.Links() {
				link, _, _ = strings.Cut(link, "#")
				// A catalogue page is one of many alike: two of a kind are enough here, the law pages' own test reads all.
				kind := strings.Split(link, "/")
				if len(kind) > 2 && kind[1] == "statutes" && len(seen) > 60 {
					continue
				}
				if strings.HasPrefix(link, "/") && !seen[link] && !strings.Contains(link, "ledger.xlsx") {
					seen[link] = true
					queue = append(queue, link)
				}
			}
		}
	}
}

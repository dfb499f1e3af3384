package admin_test

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"casebook/internal/registry"
	"casebook/internal/web/webtest"
)

// elsewhere are the words of another city's bureau that an administrator types on the page of the bureau.
var elsewhere = []string{"name", "云汀市生态环境局", "short_name", "市生态环境局", "city.code", "329900", "city.name", "云汀市", "city.short", "云汀", "city.abbr", "云",
	"districts.0.code", "329901", "districts.0.name", "苍浦区", "districts.0.short", "苍浦", "districts.0.abbr", "苍", "districts.0.branch", "苍浦分局",
	"districts.1.code", "329921", "districts.1.name", "岱溪县", "districts.1.short", "岱溪", "districts.1.abbr", "岱", "districts.1.branch", "岱溪分局",
	"series", "云{区}环{字}字[{年}]第{号}号", "basin", "", "area.west", "", "area.east", "", "area.south", "", "area.north", ""}

// home is what nothing of another city's register may say: the default's city, its districts and the province's own law.
var home = regexp.MustCompile(`江门|潭江|4407|广东|蓬江|江海区|新会|台山|开平|鹤山|恩平`)

// confirmForm is the form that confirms a violation on its case's page.
var confirmForm = regexp.MustCompile(`action="(/violations/\d+/confirm)"`)

// moveAway configures the other city, as its administrator does in a new register.
func moveAway(t *testing.T, a *webtest.App) {
	t.Helper()
	if err := a.Service.EnsureOrgans(t.Context()); err != nil {
		t.Fatal(err)
	}
	fields := elsewhere
	for row := 2; row < 7; row++ { // rows that the default has more: left empty, they are dropped
		for _, f := range []string{"code", "name", "short", "abbr", "branch"} {
			fields = append(fields, fmt.Sprintf("districts.%d.%s", row, f), "")
		}
	}
	a.As(registry.RoleAdmin).Get("/admin/bureau").Want(http.StatusOK, "江门市生态环境局").Check().Submit("/admin/bureau", fields...).Want(http.StatusSeeOther).Follow().
		Want(http.StatusOK, "本局设置已保存", "云汀市生态环境局", "云{区}环{字}字〔{年}〕第{号}号").Check()
}

// wantAway opens a page and asks that nothing on it be the default city's.
func wantAway(t *testing.T, p *webtest.Page, texts ...string) *webtest.Page {
	t.Helper()
	p.Want(http.StatusOK, texts...).Check()
	said := atRandom.ReplaceAllString(p.Body, "")
	if found := home.FindAllString(said, 5); found != nil {
		t.Errorf("%s says %q: …%s…", p.Path, found, home.FindString(said)+after(said))
	}
	return p
}

// atRandom are the fields of a form whose value is drawn, and may be any figures.
var atRandom = regexp.MustCompile(`name="(?:_token|client_uid)" value="[^"]*"`)

// A second city's bureau works without a code change: from its first inspection over case, documents and penalty to bulletin and ledger
// nothing speaks of the default's city, its own numbers are offered and taken, and another province's law is not offered.
func TestSecondCity(t *testing.T) {
	a := webtest.New(t)
	moveAway(t, a)
	admin, officer := a.As(registry.RoleAdmin), a.As(registry.RoleOfficer)
	admin.Get("/admin/organs").Want(http.StatusOK, "云汀市生态环境局苍浦分局", "云汀市生态环境局岱溪分局", "不再使用").Check() // units are never removed
	wantAway(t, admin.Get("/admin/organs/new"), "岱溪分局")

	farm := wantAway(t, officer.Get("/farms/new"), "苍浦区", "岱溪县").Submit("/farms", "name", "溪口猪场", "district_code", "329921", "town", "溪口镇",
		"place.longitude", "119.5", "place.latitude", "33.2").Want(http.StatusSeeOther).Follow()
	wantAway(t, farm, "溪口猪场", "岱溪县")
	officer.Get("/farms/new").Submit("/farms", "name", "别处猪场", "district_code", "440785").Want(http.StatusUnprocessableEntity, "不是云汀市的县")
	inspection := officer.Get("/inspections/new?farm_id=1").Submit("/inspections", "farm_id", "1", "kind", "日常检查", "started_on", "2024-10-15", "findings", "废水经无防渗土坑排入外环境",
		"result", "发现违法").Want(http.StatusSeeOther).Follow()
	wantAway(t, inspection, "岱溪县")
	at := wantAway(t, officer.Get("/cases/new?inspection_id=1"), "岱溪某畜牧有限公司").Submit("/cases").Want(http.StatusSeeOther).Header.Get("Location")

	offered := officer.Get(at + "/violations/new?type_code=LIVESTOCK_DIRECT_DISCHARGE")
	wantAway(t, offered, "畜禽规模养殖污染防治条例").Submit(at+"/violations", "facts", "废水未经处理直接排放").Want(http.StatusSeeOther)
	page := wantAway(t, officer.GetCase(at), "第四十一条").WantNot("裁量计算")
	page.Submit(confirmForm.FindStringSubmatch(page.Body)[1]).Want(http.StatusSeeOther)

	for n, d := range []struct{ kind, code string }{{"立案", "立"}, {"行政处罚决定", "罚"}} {
		form := officer.Get(at + "/documents/new?kind=" + url.QueryEscape(d.kind))
		wantAway(t, form, "云岱环"+d.code+"字〔2024〕第n号")
		typed := fmt.Sprintf("云岱环%s字[2024]第%d号", d.code, n+7)
		p := form.Submit(at+"/documents", "number", typed, "made_on", "2024-11-20").Want(http.StatusSeeOther).Follow()
		wantAway(t, p, d.kind).WantNot("与常见写法")
	}
	officer.Get(at+"/documents/new?kind="+url.QueryEscape("责令改正")).Submit(at+"/documents", "number", "第三号", "made_on", "2024-11-20").Want(http.StatusSeeOther).Follow().
		Want(http.StatusOK, "文号与常见写法（云岱环罚字〔2024〕第12号）不同")
	officer.Get(at+"/penalties/new").Submit(at+"/penalties", "kind", "罚款", "amount_fen", "2万").Want(http.StatusSeeOther)

	for _, path := range []string{"/", at, at + "/sheet", "/farms/1", "/farms/1/edit", "/farms", "/inspections", "/cases", "/parties/new", "/statutes", "/statutes/violations", "/statutes/violations/LIVESTOCK_DIRECT_DISCHARGE", "/statutes/discretion",
		"/imports/bulletin", at + "/penalties/new"} {
		wantAway(t, officer.Get(path))
	}
	officer.Get("/farms/1/edit").WantNot("in_tanjiang")

	publisher := a.As(registry.RolePublisher)
	bulletin := wantAway(t, publisher.Get("/bulletins/new?case_id=1"), "云汀市生态环境局").Submit("/bulletins", "title", "云汀市典型案例", "add_case", "1").Want(http.StatusSeeOther).Header.Get("Location")
	bulletin = strings.TrimSuffix(bulletin, "/edit")
	wantAway(t, publisher.Get(bulletin), "岱溪县某养殖场", "市生态环境局岱溪分局执法人员")
	text := webtest.PDFText(t, []byte(publisher.Get(bulletin+"/pdf").Want(http.StatusOK).Body), "pdftotext", func(file string) []string { return []string{"-raw", file, "-"} })
	if found := home.FindString(text); found != "" || !strings.Contains(text, "岱溪") {
		t.Errorf("the PDF says %q:\n%s", found, text)
	}
	wantLedgerAway(t, a.As(registry.RoleAuditor).Get("/exports/ledger.xlsx").Want(http.StatusOK).Body)
}

func wantLedgerAway(t *testing.T, body string) {
	t.Helper()
	f, err := excelize.OpenReader(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close() //nolint:errcheck // a test
	var all strings.Builder
	for _, sheet := range f.GetSheetList() {
		rows, err := f.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range rows {
			all.WriteString(strings.Join(r, "\t") + "\n")
		}
	}
	if found := home.FindAllString(all.String(), 5); found != nil {
		t.Errorf("the ledger says %q", found)
	}
	for _, want := range []string{"云汀市生态环境局", "苍浦区", "岱溪县", "云岱环罚字〔2024〕第8号"} {
		if !strings.Contains(all.String(), want) {
			t.Errorf("the ledger lacks %s", want)
		}
	}
}

func TestBureauPage(t *testing.T) {
	a := webtest.New(t)
	admin := a.As(registry.RoleAdmin)
	form := admin.Get("/admin/bureau").Want(http.StatusOK, "江门市生态环境局", "江{区}环{字}〔{年}〕{号}号", "系统自带的设置").Check()
	form.Submit("/admin/bureau", "districts.1.code", "440703", "series", "江环罚", "area.west", "136").Want(http.StatusUnprocessableEntity, "代码 440703 重复", "应写一次", "由西向东").Check()
	form.Submit("/admin/bureau", "_add", "districts").Want(http.StatusOK, "districts.7.code").Check()
	form.Submit("/admin/bureau", "short_name", "江门市局").Want(http.StatusSeeOther).Follow().Want(http.StatusOK, "江门市局", "行文简称").Check()
	form.Submit("/admin/bureau", "short_name", "另一个简称").Want(http.StatusConflict, "另一个简称", "江门市局").Check()
	a.As(registry.RoleAuditor).Get("/admin/bureau").Want(http.StatusForbidden)
	a.As(registry.RoleAuditor).Get("/audit").Want(http.StatusOK, "本局设置").Check()

	if _, err := a.Service.AddFarm(t.Context(), a.Actor(registry.RoleOfficer), &registry.Farm{Name: "某场", DistrictCode: "440785"}); err != nil {
		t.Fatal(err)
	}
	admin.Get("/admin/bureau").Submit("/admin/bureau", "districts.6.code", "440786").Want(http.StatusUnprocessableEntity, "恩平市（440785）已有登记的养殖场，不能去掉").Check()
}

func after(body string) string {
	i := home.FindStringIndex(body)[0]
	return body[max(0, i-200):min(len(body), i+200)]
}

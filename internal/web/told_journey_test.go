package web_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"casebook/internal/registry"
	"casebook/internal/web/webtest"
)

// sheetRows are the rows of a sheet of the ledger that hold some words.
func sheetRows(t *testing.T, a *webtest.App, sheet, words string) (rows []string) {
	t.Helper()
	f, err := excelize.OpenReader(strings.NewReader(a.SignedIn("auditor").Get("/exports/ledger.xlsx").Want(http.StatusOK).Body))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close() //nolint:errcheck // a test
	list, err := f.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range list {
		if line := strings.Join(r, "|"); strings.Contains(line, words) {
			rows = append(rows, line)
		}
	}
	return rows
}

// What an officer photographs and registers at an inspection is evidence of the case that rests on it, on the page, in the sheet, the ledger
// and for programs, without being typed again; taking it up changes neither its source nor the count.
func TestToldOnceEvidence(t *testing.T) {
	f := webtest.NewCaseFixture(t)
	f.Officer.Get("/inspections/1/evidence/new").Want(http.StatusOK).
		Submit("/inspections/1/evidence", "kind", "照片", "title", "排口照片", "maker", "甲一", "proves", "废水外排").Want(http.StatusSeeOther)
	body, kind := upload(t, "现场录像.txt")
	f.Officer.Do(http.MethodPost, "/inspections/1/attachments?key=k", body, http.Header{"Content-Type": {kind}}).Want(http.StatusSeeOther)
	at := f.Open()

	counted := func(when string, want int) {
		t.Helper()
		if rows := sheetRows(t, f.App, "证据", "日常检查 2024-10-15"); len(rows) != want {
			t.Errorf("%s: the ledger has %d rows, want %d\n%s", when, len(rows), want, strings.Join(rows, "\n"))
		}
		var list struct {
			Items []registry.Evidence `json:"items"`
		}
		if err := json.Unmarshal([]byte(f.Officer.Get("/api/v1"+at+"/evidence").Want(http.StatusOK).Body), &list); err != nil {
			t.Fatal(err)
		}
		for _, x := range list.Items {
			if x.InspectionID != 1 {
				t.Errorf("%s: %q comes without its inspection", when, x.Title)
			}
		}
	}
	f.Officer.GetCase(at).Want(http.StatusOK, "排口照片", "日常检查 2024-10-15", "现场录像.txt", "共 2 件", "从检查列入（2）").WantNot("还没有登记证据").Check()
	f.Officer.Get(at+"/sheet").Want(http.StatusOK, "排口照片 取自日常检查 2024-10-15", "现场录像.txt", registry.FileOnly)
	counted("listed", 2)

	form := f.Officer.Get(at+"/evidence/new").Want(http.StatusOK, "检查中已有的证据和文件", "排口照片").Check()
	values := form.Form(at + "/evidence/take")
	f.Officer.Post(at+"/evidence/take", values).Follow().Want(http.StatusOK, "请先勾选")
	values["exhibit"], values["file"] = []string{"1"}, []string{"1"}
	f.Officer.Post(at+"/evidence/take", values).Follow().Want(http.StatusOK, "已列入本案证据 2 件", "共 2 件", "已列入本案").WantNot("从检查列入").Check()
	f.Officer.Post(at+"/evidence/take", values).Follow().Want(http.StatusOK, "此前已列入", "共 2 件")
	counted("taken up", 2)
	f.Officer.Get("/inspections/1").Want(http.StatusOK, "排口照片", "现场录像.txt")
	f.Officer.Get(at + "/evidence/new").Want(http.StatusOK).WantNot("检查中已有的证据和文件")

	values["exhibit"] = []string{"99"}
	f.Officer.Post(at+"/evidence/take", values).Follow().Want(http.StatusOK, "没有列入")
	f.As(registry.RoleAuditor).Post(at+"/evidence/take", url.Values{"exhibit": {"1"}}).Want(http.StatusForbidden)
	f.Officer.JSON(http.MethodPost, "/api/v1"+at+"/evidence", `{"kind":"书证","title":"台账","inspection_id":1}`).Want(http.StatusCreated, `"inspection_id":1`)
	f.Officer.JSON(http.MethodPost, "/api/v1/inspections/1/evidence", `{"kind":"书证","title":"台账","case_id":99}`).Want(http.StatusNotFound)
	f.Officer.JSON(http.MethodPatch, "/api/v1/inspections/1/evidence/1", `{"case_id":null}`, "If-Match", `"2"`).Want(http.StatusUnprocessableEntity, "case_id")
}

// The same in a browser, at both widths.
func TestJourneyEvidenceFromInspectionToCase(t *testing.T) {
	f := webtest.NewCaseFixture(t)
	for _, title := range []string{"排口照片", "三号塘照片"} {
		if _, err := f.Service.AddEvidence(context.Background(), f.Actor(registry.RoleOfficer), &registry.Evidence{InspectionID: 1, Kind: "照片", Title: title}); err != nil {
			t.Fatal(err)
		}
	}
	at := f.Open()
	for i, width := range []int{1280, 390} {
		b := f.Chrome(t, width, 900)
		b.SignIn("officer").Open(at+"?panel=evidence").Want("共 2 件", "排口照片", "日常检查 2024-10-15").Press("从检查列入").Want("检查中已有的证据和文件").
			Fill("exhibit", fmt.Sprint(i+1)).Press("列入本案证据").Want("已列入本案证据 1 件", "共 2 件")
	}
}

// A re-check is entered once: the form of the inspection makes the case's document too, no step asks again, and what is later learned on either
// side is on both. Sent again, it makes nothing.
func TestToldOnceRecheck(t *testing.T) {
	f := webtest.NewCaseFixture(t)
	at := f.Open()
	f.Officer.Get(at+"/documents/new?kind="+url.QueryEscape("责令改正")).
		Submit(at+"/documents", "made_on", "2024-11-01", "served_on", "2024-11-01", "due_on", "2024-11-15", "content", "拆除软管").Want(http.StatusSeeOther)
	action := "/inspections?case_id=" + strings.TrimPrefix(at, "/cases/")
	form := f.Officer.Get("/inspections/new?farm_id=1&kind="+url.QueryEscape("复查")+"&case_id=1").Want(http.StatusOK, "某畜牧养殖场环境违法案", "拆除软管", "2024年11月15日").Check()
	values := form.Form(action)
	values.Set("started_on", "2024-11-16")
	values.Set("findings", "软管仍在使用。")
	values.Set("rectified", "部分改正")
	first := f.Officer.Post(action, values).Want(http.StatusSeeOther)
	if again := f.Officer.Post(action, values).Want(http.StatusSeeOther); again.Header.Get("Location") != first.Header.Get("Location") {
		t.Errorf("sent again it leads to %s, not to %s", again.Header.Get("Location"), first.Header.Get("Location"))
	}
	first.Follow().Want(http.StatusOK, "本案的复查文书已一并登记", "改正情况", "部分改正", "发现违法")
	page := f.Officer.GetCase(at).Want(http.StatusOK, "软管仍在使用", "结果：部分改正", "文书与措施").WantNot("期限已过", "现场检查和复查文书一次登记").Check()
	if n := strings.Count(page.Body, `id="document-`); n != 2 {
		t.Errorf("the case has %d documents, want the order and one re-check", n)
	}

	f.Officer.Get("/inspections/2/edit").Submit("/inspections/2", "rectified", "已改正", "started_on", "2024-11-17").Want(http.StatusSeeOther)
	f.Officer.GetCase(at).Want(http.StatusOK, "结果：已改正", "2024-11-17").WantNot("结果：部分改正")
	f.Officer.Get("/documents/2/edit").Want(http.StatusOK, "复查 2024-11-17").Check().Submit("/documents/2", "result", "未改正").Want(http.StatusSeeOther)
	f.Officer.Get("/inspections/2").Want(http.StatusOK, "未改正")
	if rows := sheetRows(t, f.App, "案件台账", "2024-11-17|未改正"); len(rows) != 1 {
		t.Error("the ledger does not tell the re-check")
	}

	body := `{"client_uid":"6f1c8f8e-0000-4000-8000-000000000077","started_on":"2024-12-01","findings":"已拆除","rectified":"已改正"}`
	made := f.Officer.JSON(http.MethodPost, "/api/v1"+at+"/rechecks", body).Want(http.StatusCreated, `"kind":"复查"`, `"farm_id":1`, `"result":"未发现违法"`, `"inspection_id":3`)
	again := f.Officer.JSON(http.MethodPost, "/api/v1"+at+"/rechecks", body).Want(http.StatusOK)
	if made.Body != again.Body || made.Header.Get("Location") != "/api/v1/inspections/3" {
		t.Errorf("the same again: %s\n%s\nat %s", made.Body, again.Body, made.Header.Get("Location"))
	}
	f.Officer.JSON(http.MethodPost, "/api/v1"+at+"/rechecks", strings.Replace(body, "已拆除", "另有", 1)).Want(http.StatusConflict)
	f.Officer.JSON(http.MethodPost, "/api/v1"+at+"/rechecks", `{"kind":"日常检查"}`).Want(http.StatusUnprocessableEntity, `"kind"`)
	f.Officer.JSON(http.MethodPost, "/api/v1"+at+"/rechecks", `{"state":"已提交"}`).Want(http.StatusUnprocessableEntity, "officers")
	f.Officer.JSON(http.MethodPost, "/api/v1/cases/99/rechecks", `{}`).Want(http.StatusNotFound)
	f.As(registry.RolePublisher).JSON(http.MethodPost, "/api/v1"+at+"/rechecks", `{}`).Want(http.StatusForbidden)
	f.Officer.Get("/api/v1"+at+"/documents").Want(http.StatusOK, `"inspection_id":2`, `"inspection_id":3`)

	// One that was entered apart and joined to the case later begins the form of its document.
	f.Officer.JSON(http.MethodPost, "/api/v1/inspections", `{"farm_id":1,"kind":"复查","origin":"现场登记","started_on":"2024-12-09","rectified":"拒不改正"}`).Want(http.StatusCreated)
	f.Officer.JSON(http.MethodPatch, "/api/v1"+at, `{"inspections":[1,2,3,4]}`, "If-Match", `"3"`).Want(http.StatusOK)
	f.Officer.GetCase(at).Want(http.StatusOK, "由此检查登记复查文书").Check()
	paper := f.Officer.Get(at + "/documents/new?inspection_id=4&kind=" + url.QueryEscape("复查")).Want(http.StatusOK).Form(at + "/documents")
	if got := strings.Join([]string{paper.Get("made_on"), paper.Get("result"), paper.Get("inspection_id")}, " "); got != "2024-12-09 拒不改正 4" {
		t.Errorf("the form of the document begins with %s", got)
	}
	f.Officer.Post(at+"/documents", paper).Want(http.StatusSeeOther)
	f.Officer.GetCase(at).Want(http.StatusOK).WantNot("由此检查登记复查文书")
}

// The day on which a sample's result was told answers the next step and the check of the file; so does a document, and then the inspection's page
// and the ledger know the day.
func TestToldOnceResult(t *testing.T) {
	f := webtest.NewCaseFixture(t)
	at := f.Open()
	const asks = "监测结果应告知当事人"
	f.Officer.Get("/inspections/1/samples/new").Submit("/inspections/1/samples", "point", "总排口", "report_number", "监 7", "report_on", "2024-10-25").Want(http.StatusSeeOther)
	f.Officer.GetCase(at).Want(http.StatusOK, asks, "没有告知当事人的记录")
	f.Officer.Get("/samples/1/edit").Submit("/samples/1", "told_on", "2024-10-28").Want(http.StatusSeeOther)
	f.Officer.GetCase(at).Want(http.StatusOK, "已告知监测结果").WantNot(asks, "没有告知当事人的记录")
	if rows := sheetRows(t, f.App, "案件台账", "|2024-10-28|"); len(rows) != 1 {
		t.Error("the ledger of cases does not know the sample's day")
	}
	f.Officer.Get("/samples/1/edit").Submit("/samples/1", "told_on", "").Want(http.StatusSeeOther)
	f.Officer.GetCase(at).Want(http.StatusOK, asks)
	f.Officer.Get(at + "/documents/new?kind=" + url.QueryEscape("监测报告")).Want(http.StatusOK).Check()
	f.Officer.Get(at+"/documents/new?kind="+url.QueryEscape("告知监测结果")).Submit(at+"/documents", "made_on", "2024-10-29").Want(http.StatusSeeOther)
	f.Officer.GetCase(at).Want(http.StatusOK, "已告知监测结果").WantNot(asks)
	f.Officer.Get("/inspections/1").Want(http.StatusOK, "2024-10-29（案件文书）").Check()
	if rows := sheetRows(t, f.App, "监测数据", "|2024-10-29"); len(rows) != 1 {
		t.Error("the ledger of samples does not know the document's day")
	}
}

// The number of the 立案 becomes the case's with one press, or is in its form already; a number of the case is in the form of the 立案. After closing
// the number can be set with a reason, and nothing else.
func TestToldOnceCaseNumber(t *testing.T) {
	f := webtest.NewCaseFixture(t)
	at := f.Open()
	filing := at + "/documents/new?kind=" + url.QueryEscape("立案")
	f.Officer.Get(filing).Submit(at+"/documents", "made_on", "2024-10-20", "number", "江恩环立[2024]第7号").Want(http.StatusSeeOther)
	if got := f.Officer.Get(at + "/edit").Want(http.StatusOK).Form(at).Get("number"); got != "江恩环立〔2024〕第7号" {
		t.Errorf("the form of the case begins with number %q", got)
	}
	f.Officer.GetCase(at).Want(http.StatusOK, "编号 未填", "立案号 江恩环立〔2024〕第7号", "用作案件编号").Check().
		Submit(at+"/number").Follow().Want(http.StatusOK, "案件编号已登记为 江恩环立〔2024〕第7号", "编号 江恩环立〔2024〕第7号").WantNot("用作案件编号").Check()
	f.Officer.JSON(http.MethodPatch, "/api/v1"+at, `{"number":"平台 0001"}`, "If-Match", `"2"`).Want(http.StatusOK)
	f.Officer.GetCase(at).Want(http.StatusOK, "立案号 江恩环立〔2024〕第7号", "用作案件编号").Submit(at + "/number").Want(http.StatusSeeOther)

	f.Officer.Get(at+"/documents/new?kind="+url.QueryEscape("结案")).Submit(at+"/documents", "made_on", "2024-12-01").Want(http.StatusSeeOther)
	closed := f.Officer.GetCase(at).Want(http.StatusOK, "已结案", "登记或更正编号").Check()
	closed.Submit(at+"/number", "number", "江恩环立〔2024〕8号", "reason", "").Want(http.StatusUnprocessableEntity, "请写明为什么", "江恩环立〔2024〕8号").Check()
	closed.Submit(at+"/number", "number", "江恩环立〔2024〕8号", "reason", "平台更正").Follow().
		Want(http.StatusOK, "编号 江恩环立〔2024〕8号", "结案后登记或更正：平台更正", "已结案").Check()
	f.Officer.Get(at+"?panel=history").Want(http.StatusOK, "改编号").Check()
	f.Officer.Post(at, url.Values{"version": {"5"}, "title": {"另一名称"}, "district_code": {"440785"}, "origin": {"现场登记"}}).Want(http.StatusConflict)
	closed.Submit(at+"/number", "number", "江恩环立〔2024〕9号", "reason", "又改").Follow().Want(http.StatusOK, "编号 江恩环立〔2024〕8号") // began from an older version
	f.As(registry.RoleAuditor).GetCase(at).Want(http.StatusOK, "江恩环立〔2024〕8号").WantNot("登记或更正编号")
	f.As(registry.RoleAuditor).Get("/audit?action="+url.QueryEscape("改编号")).Want(http.StatusOK, "结案后")

	number := func(body, match string) *webtest.Page {
		return f.Officer.JSON(http.MethodPost, "/api/v1"+at+"/number", body, "If-Match", match)
	}
	number(`{"number":"江恩环立〔2024〕10号"}`, `"5"`).Want(http.StatusUnprocessableEntity, `"reason"`)
	number(`{"number":"","reason":"x"}`, `"5"`).Want(http.StatusUnprocessableEntity, `"number"`)
	number(`{"number":"江恩环立〔2024〕10号","reason":"平台更正"}`, `"1"`).Want(http.StatusPreconditionFailed)
	number(`{"number":"江恩环立〔2024〕10号","reason":"平台更正"}`, "").Want(http.StatusPreconditionRequired)
	number(`{"number":"江恩环立〔2024〕10号","reason":"平台更正"}`, `"5"`).Want(http.StatusOK, `"number":"江恩环立〔2024〕10号"`, `"version":6`, `"number_reason":"平台更正"`)
	f.Officer.JSON(http.MethodPatch, "/api/v1"+at, `{"number":"x"}`, "If-Match", `"6"`).Want(http.StatusConflict)
	f.Officer.JSON(http.MethodPatch, "/api/v1"+at, `{"number_reason":"x"}`, "If-Match", `"6"`).Want(http.StatusUnprocessableEntity, "number_reason")

	f.Officer.JSON(http.MethodPost, "/api/v1/cases", `{"title":"另一案","origin":"现场登记","district_code":"440785","number":"江恩环立〔2025〕1号"}`).Want(http.StatusCreated)
	if got := f.Officer.Get("/cases/2/documents/new?kind=" + url.QueryEscape("立案")).Form("/cases/2/documents").Get("number"); got != "江恩环立〔2025〕1号" {
		t.Errorf("the form of the 立案 begins with number %q", got)
	}
}

// What a decision says begins the form of its penalty, and what was registered before it begins the decision's; where the two differ, the check of
// the file says so.
func TestToldOncePenalty(t *testing.T) {
	f := webtest.NewCaseFixture(t)
	at := f.Open()
	decide := at + "/documents/new?kind=" + url.QueryEscape("行政处罚决定")
	f.Officer.Get(decide).Submit(at+"/documents", "made_on", "2024-12-10", "number", "江恩环罚〔2024〕5号", "amount_fen", "2万").Want(http.StatusSeeOther)
	link := at + "/penalties/new?document_id=1"
	page := f.Officer.GetCase(at).Want(http.StatusOK, "由此决定登记处罚").Check()
	if !strings.Contains(page.Body, `href="`+link+`"`) {
		t.Errorf("the case does not lead to %s", link)
	}
	form := f.Officer.Get(link).Want(http.StatusOK, "行政处罚决定 江恩环罚〔2024〕5号（2024年12月10日，20,000 元）").Check()
	got := form.Form(at + "/penalties")
	for name, want := range map[string]string{"document_id": "1", "party_id": "1", "kind": "罚款", "amount_fen": "20,000"} {
		if got.Get(name) != want {
			t.Errorf("the form begins with %s = %q, want %q", name, got.Get(name), want)
		}
	}
	form.Submit(at+"/penalties", "amount_fen", "2000").Want(http.StatusSeeOther)
	f.Officer.GetCase(at).Want(http.StatusOK, "决定书与登记的处罚金额一致", "写的是 20,000 元，据此登记的处罚合计 2,000 元").WantNot("由此决定登记处罚").Check()
	f.Officer.Get("/penalties/1/edit").Submit("/penalties/1", "amount_fen", "2万").Want(http.StatusSeeOther)
	f.Officer.GetCase(at).Want(http.StatusOK).WantNot("据此登记的处罚合计")
	if second := f.Officer.Get(link).Form(at + "/penalties").Get("amount_fen"); second != "" {
		t.Errorf("the form of a second penalty begins with %s", second)
	}

	amount := registry.Yuan(30000)
	other := registry.Case{Title: "另一案", DistrictCode: "440785"}
	if _, err := f.Service.AddCase(context.Background(), f.Actor(registry.RoleOfficer), &other); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Service.AddPenalty(context.Background(), f.Actor(registry.RoleOfficer), &registry.Penalty{CaseID: other.ID, Kind: "罚款", Amount: &amount}); err != nil {
		t.Fatal(err)
	}
	if got := f.Officer.Get("/cases/2/documents/new?kind=" + url.QueryEscape("行政处罚决定")).Form("/cases/2/documents").Get("amount_fen"); got != "30,000" {
		t.Errorf("the form of the decision begins with %q", got)
	}
}

// The re-check and the number in a browser, at both widths: the case leads to the one form, and takes the number with one press.
func TestJourneyRecheckAndNumber(t *testing.T) {
	f := webtest.NewCaseFixture(t)
	for i, width := range []int{1280, 390} {
		at := f.Open()
		page, year := strings.TrimSuffix(at, "#"), fmt.Sprint(2024+i)
		for _, d := range []registry.Document{
			{Kind: registry.DocOrder, MadeOn: registry.Day(2024, 11, 1), ServedOn: registry.Day(2024, 11, 1), DueOn: registry.Day(2024, 11, 15), OrderMode: "限期改正", Content: "拆除软管"},
			{Kind: registry.DocFiling, MadeOn: registry.Day(2024, 11, 2), NumberTyped: "江恩环立〔" + year + "〕7号"},
		} {
			d.CaseID = registry.CaseID(i + 1)
			if _, err := f.Service.AddDocument(context.Background(), f.Actor(registry.RoleOfficer), &d); err != nil {
				t.Fatal(err)
			}
		}
		b := f.Chrome(t, width, 900)
		b.SignIn("officer").Open(page).Press("用作案件编号").Want("案件编号已登记为 江恩环立〔" + year + "〕7号")
		b.Press("复查").Want("的复查：保存后", "拆除软管").Fill("started_on", "2024-11-16").Fill("findings", "软管已拆除。").Fill("rectified", "已改正").
			Press("保存草稿").Want("本案的复查文书已一并登记", "已改正", "未发现违法")
		b.Open(page + "?panel=documents").Want("结果：已改正").Open(page + "?panel=checks").Want("软管已拆除。").Open(page + "/documents/new").Open(page + "/documents/new?kind=复查").Open(page + "/evidence/new")
		if _, err := f.Service.AddDocument(context.Background(), f.Actor(registry.RoleOfficer), &registry.Document{CaseID: registry.CaseID(i + 1), Kind: registry.DocClosing}); err != nil {
			t.Fatal(err)
		}
		b.Open(page).Want("已结案", "登记或更正编号").Fill("number", "江恩环立〔"+year+"〕8号").Fill("reason", "平台更正")
		b.Press("保存编号").Want("编号 江恩环立〔"+year+"〕8号", "平台更正", "记录只读")
	}
}

package casefile_test

import (
	"bytes"
	"context"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"casebook/internal/registry"
	"casebook/internal/web/webtest"
)

// inspectedBy puts two officers of the roster on the fixture's inspection.
func (f *caseFixture) inspectedBy(names ...string) {
	f.T.Helper()
	ctx := context.Background()
	x, err := f.Service.Inspection(ctx, f.Actor(registry.RoleOfficer), f.Inspection.ID)
	if err != nil {
		f.T.Fatal(err)
	}
	for i, name := range names {
		o := registry.Officer{Name: name, CertNo: fmt.Sprintf("1907000%d", i+1), Active: true, ValidFrom: registry.Day(2022, 1, 1), ValidTo: registry.Day(2027, 1, 1)}
		if _, err := f.Service.AddOfficer(ctx, f.Actor(registry.RoleAdmin), &o); err != nil {
			f.T.Fatal(err)
		}
		x.Officers = append(x.Officers, registry.OfficerRef{OfficerID: o.ID, Name: o.Name, CertNo: o.CertNo})
	}
	if err := f.Service.ChangeInspection(ctx, f.Actor(registry.RoleOfficer), &x); err != nil {
		f.T.Fatal(err)
	}
}

// document registers a document by its prefilled form: one page opened, one form sent.
func (f *caseFixture) document(at, kind string, fields ...string) {
	f.T.Helper()
	f.Officer.Get(at+"/documents/new?kind="+url.QueryEscape(kind)).Want(http.StatusOK, kind).Check().
		Submit(at+"/documents", fields...).Want(http.StatusSeeOther)
}

// The usual documents of a case, from order to closing: each is one form, of which at most three inputs are typed. What the case
// knows is not asked again, and the checks have nothing to say at the end but what a person must judge.
func TestDocumentsInFewSteps(t *testing.T) {
	f := newCaseFixture(t)
	f.inspectedBy("甲一", "乙二")
	at := f.Open()
	f.Violate(at, "WATER_EVASION", "facts", "以逃避监管的方式排放").Want(http.StatusSeeOther)
	documents := [][]string{
		{"责令改正", "number", "江恩环责改〔2024〕31号", "made_on", "2024-10-16", "served_on", "2024-10-16"},
		{"立案", "number", "江恩环立〔2024〕31号", "made_on", "2024-10-21"},
		{"复查", "made_on", "2024-11-08", "result", "已改正"},
		{"事先（听证）告知", "made_on", "2024-11-11", "served_on", "2024-11-12", "amount_fen", "20万"},
		{"法制审核", "made_on", "2024-11-20"},
		{"集体讨论", "made_on", "2024-11-21"},
		{"行政处罚决定", "number", "江恩环罚〔2024〕31号", "made_on", "2024-11-22", "served_on", "2024-11-25"},
		{"公示", "made_on", "2024-11-27"},
	}
	for _, d := range documents {
		if n := (len(d) - 1) / 2; n > 3 {
			t.Errorf("%s: %d inputs to type", d[0], n)
		}
		offered := f.Officer.GetCase(at).Want(http.StatusOK, "下一步").Body
		if !strings.Contains(offered, "kind="+url.QueryEscape(d[0])) {
			t.Errorf("%s is not offered as a next step", d[0])
		}
		f.document(at, d[0], d[1:]...)
	}
	page := f.Officer.GetCase(at).Want(http.StatusOK, "承办 甲一、乙二", "处罚金额", "办案期限", "按期完成", "案卷检查").Check()
	for _, name := range []string{"执法人员不少于两人", "执法证件在检查当日有效", "各文书的当事人名称一致", "文书日期先后合理", "先告知、后决定，陈述申辩期已满", "处罚不超出告知的内容", "处罚决定按期公开"} {
		if !strings.Contains(page.Body, name) {
			t.Errorf("no check %q", name)
		}
	}
	page.Want(http.StatusOK, "存在问题 0")
	decision := f.Officer.Get(at + "/documents/new?kind=" + url.QueryEscape("行政处罚决定")).Form(at + "/documents")
	if got := decision.Get("amount_fen"); got != "200,000" {
		t.Errorf("a decision begins with the amount of the notice: %q", got)
	}
	if got := decision.Get("party_name"); got != "恩平某畜牧有限公司" {
		t.Errorf("a decision begins with the party: %q", got)
	}
	f.document(at, "结案", "made_on", "2024-12-12")
	f.Officer.GetCase(at).Want(http.StatusOK, "记录只读").WantNot("documents/new").Check()
}

func TestClocksAndChecksOnThePage(t *testing.T) {
	f := newCaseFixture(t)
	at := f.Open() // found on 2024-10-15; the clock stands at 2024-12-16
	f.Officer.GetCase(at).Want(http.StatusOK, "立案审查", "已逾期 47 天", "2024年10月30日（星期三）", "15 日（日历日），起算日不计", "生态环境行政处罚办法第十八条", "未经官方文本核对").Check()
	f.document(at, "立案", "made_on", "2024-12-02")
	f.Officer.GetCase(at).Want(http.StatusOK, "还剩 76 天", "2025年3月2日（星期日）", "届满日为休息日，没有规定是否顺延，早一日为稳妥", "逾期 33 天完成").Check()
	f.document(at, "听证", "made_on", "2024-12-05", "excluded_from", "2024-12-05", "excluded_to", "2024-12-10")
	f.Officer.GetCase(at).Want(http.StatusOK, "不计入的时间：2024-12-05 至 2024-12-10", "2025年3月8日（星期六）", "不计入办案期限：2024-12-05 至 2024-12-10").Check()
	f.document(at, "延长办案期限", "made_on", "2024-12-12")
	f.Officer.GetCase(at).Want(http.StatusOK, "延长 30 日").Check()
	f.Advance(200 * 24 * time.Hour)
	f.Officer = f.SignedIn("officer")
	f.Officer.GetCase(at).Want(http.StatusOK, "已逾期", "存在问题 1", "在办案期限内作出决定", "补登延长办案期限", "由人判断").Check()
	f.SignedIn("auditor").GetCase(at).Want(http.StatusOK, "已逾期", "案卷检查").WantNot("documents/new").Check()
}

// What happened is recorded as it happened, with a flag; only the impossible is refused.
func TestOddDatesAreRecordedAndFlagged(t *testing.T) {
	f := newCaseFixture(t)
	at := f.Open()
	send := func(kind string, fields ...string) {
		f.Officer.Get(at+"/documents/new?kind="+url.QueryEscape(kind)).Submit(at+"/documents", fields...).Want(http.StatusSeeOther).Follow().Want(http.StatusOK, "请核对").Check()
	}
	send("责令改正", "made_on", "2024-11-20", "served_on", "2024-11-18", "due_on", "2024-11-01")
	send("行政处罚决定", "number", "江恩环罚〔2023〕5号", "made_on", "2024-11-20")
	f.document(at, "立案", "made_on", "2024-12-01", "number", "立案12")
	page := f.Officer.GetCase(at).Want(http.StatusOK, "送达日期早于作出日期", "期限早于作出日期", "作出日期早于立案日期", "文号的年份是 2023", "文号与常见写法", "文书日期先后合理", "存在问题").Check()
	if n := strings.Count(page.Body, "warn-line"); n < 4 {
		t.Errorf("%d flags on the documents, want 5", n)
	}
	form := f.Officer.Get(at + "/documents/new?kind=" + url.QueryEscape("复查"))
	form.Submit(at+"/documents", "made_on", "2024-02-30", "content", "保留我").Want(http.StatusUnprocessableEntity, "2024-02-30", "保留我").Check()
	form.Submit(at+"/documents", "made_on", "2024-12-02", "excluded_to", "2024-12-02").Want(http.StatusUnprocessableEntity, "从哪天起").Check()
}

func TestNumberInUse(t *testing.T) {
	f := newCaseFixture(t)
	first, second := f.Open(), f.Open()
	f.document(first, "行政处罚决定", "number", "江恩环罚〔2024〕7号")
	form := f.Officer.Get(second+"/documents/new?kind="+url.QueryEscape("行政处罚决定")).Want(http.StatusOK, "江恩环罚〔2024〕n号")
	refused := form.Submit(second+"/documents", "number", "江恩环罚[2024]7号", "content", "保留我").
		Want(http.StatusConflict, "已被案件", "保留我", `href="`+first+`?panel=documents#document-1"`).Check()
	refused.Submit(second+"/documents", "number", "江恩环罚〔2024〕8号").Want(http.StatusSeeOther)
	f.Officer.JSON("POST", "/api/v1"+second+"/documents", `{"kind":"行政处罚决定","number":"江恩环罚【2024】8号"}`).Want(http.StatusConflict, "已被案件")
	f.Officer.Get("/documents/2/edit").Submit("/documents/2", "number", "江恩环罚﹝2024﹞7号").Want(http.StatusConflict, `href="`+first+`?panel=documents#document-1"`).Check()
	f.Officer.Get("/documents/2/edit").Submit("/documents/2", "number", "江恩环罚【2024】8号").Want(http.StatusSeeOther) // its own

	// Two people save the same number at once: exactly one wins, the other keeps what was typed.
	a := f.Officer.Get(first + "/documents/new?kind=" + url.QueryEscape("责令改正"))
	b := f.Officer.Get(second + "/documents/new?kind=" + url.QueryEscape("责令改正"))
	var wg sync.WaitGroup
	codes := make([]int, 2)
	bodies := make([]string, 2)
	wg.Go(func() {
		p := a.Submit(first+"/documents", "number", "江恩环责改〔2024〕9号", "content", "第一人所写")
		codes[0], bodies[0] = p.Status, p.Body
	})
	wg.Go(func() {
		p := b.Submit(second+"/documents", "number", "江恩环责改〔2024〕9号", "content", "第二人所写")
		codes[1], bodies[1] = p.Status, p.Body
	})
	wg.Wait()
	if codes[0]+codes[1] != http.StatusSeeOther+http.StatusConflict {
		t.Fatalf("two people saved one number: %v", codes)
	}
	for i, typed := range []string{"第一人所写", "第二人所写"} {
		if codes[i] == http.StatusConflict && !strings.Contains(bodies[i], typed) {
			t.Errorf("the form lost %q", typed)
		}
	}
}

// TestRecheckFromTheOrder: the case leads to the re-check's own inspection, which comes back to the case.
func TestRecheckFromTheOrder(t *testing.T) {
	f := newCaseFixture(t)
	at := f.Open()
	f.document(at, "责令改正", "made_on", "2024-12-02", "served_on", "2024-12-02")
	link := regexp.MustCompile(`/inspections/new\?[^"]+`).FindString(f.Officer.GetCase(at).Want(http.StatusOK, "现场检查和复查文书一次登记").Check().Body)
	form := f.Officer.Get(strings.ReplaceAll(link, "&amp;", "&")).Want(http.StatusOK).Check()
	action := "/inspections?case_id=" + strings.TrimPrefix(at, "/cases/")
	if got := form.Form(action); got.Get("kind") != "复查" || got.Get("farm_id") == "" {
		t.Errorf("the form begins with kind %q, farm %q", got.Get("kind"), got.Get("farm_id"))
	}
	form.Submit(action, "findings", "软管已拆除，废水进入处理设施。").Follow().Want(http.StatusOK, "本案的复查文书已一并登记")
	f.Officer.GetCase(at).Want(http.StatusOK, "软管已拆除").Check()
}

// TestScanOfADocument: the file is kept on the case, hashed, and the document leads to it.
func TestScanOfADocument(t *testing.T) {
	f := newCaseFixture(t)
	at := f.Open()
	f.document(at, "责令改正")
	page := f.Officer.Get("/documents/1/edit").Want(http.StatusOK, "上传扫描件").Check()
	action := regexp.MustCompile(`/documents/1/scan\?key=[0-9a-f-]+`).FindString(page.Body)
	send := func(name string) *webtest.Page {
		var b bytes.Buffer
		m := multipart.NewWriter(&b)
		w, err := m.CreateFormFile("file", name)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = w.Write([]byte("%PDF-1.4 盖章的责令改正决定书")) // a buffer takes everything
		if err := m.Close(); err != nil {
			t.Fatal(err)
		}
		return f.Officer.Do(http.MethodPost, action, &b, http.Header{"Content-Type": {m.FormDataContentType()}, "Sec-Fetch-Site": {"same-origin"}})
	}
	send("木马.exe").Want(http.StatusSeeOther)
	f.Officer.GetCase(at).Want(http.StatusOK, "没有上传").WantNot("/attachments/1")
	send("责令改正.pdf").Want(http.StatusSeeOther)
	f.Officer.GetCase(at).Want(http.StatusOK, `<a href="/attachments/1">`, "扫描件", "责令改正.pdf").Check()
}

func TestParticipants(t *testing.T) {
	f := newCaseFixture(t)
	f.inspectedBy("甲一", "乙二")
	at := f.Open()
	form := f.Officer.Get(at+"/documents/new?kind="+url.QueryEscape("立案")).Want(http.StatusOK, "参加人员").Form(at + "/documents")
	for name, want := range map[string]string{"participants.0.officer_id": "1", "participants.0.name": "甲一", "participants.0.part": "承办", "participants.1.name": "乙二"} {
		if got := form.Get(name); got != want {
			t.Errorf("a filing begins with %s = %q, want %q", name, got, want)
		}
	}
	f.document(at, "集体讨论", "made_on", "2024-12-02", "participants.0.officer_id", "2", "participants.0.part", "表决")
	f.Officer.GetCase(at).Want(http.StatusOK, "表决 乙二", "乙二参与调查，又在“集体讨论”中表决", "存在问题 1").Check()
	f.Officer.Get(at+"/documents/new?kind="+url.QueryEscape("集体讨论")).Submit(at+"/documents", "participants.0.name", "丙三").
		Want(http.StatusUnprocessableEntity, "请选择丙三在这份文书中的身份").Check()
	f.Officer.JSON("POST", "/api/v1"+at+"/documents", `{"kind":"集体讨论","participants":[{"officer_id":99,"part":"表决"}]}`).Want(http.StatusUnprocessableEntity, "participants.0.officer_id")
	f.Officer.JSON("POST", "/api/v1"+at+"/documents", `{"kind":"听证","party_name":"某公司","excluded_from":"2024-12-05","excluded_to":"2024-12-06","participants":[{"name":"丁四","part":"主持"}]}`).Want(http.StatusCreated)
	f.Officer.JSON("GET", "/api/v1"+at+"/documents", "").Want(http.StatusOK, `"party_name":"某公司"`, `"excluded_from":"2024-12-05"`, "丁四")
	// A field that the form of a kind does not show is not lost by an edit.
	f.Officer.JSON("POST", "/api/v1"+at+"/documents", `{"kind":"公示","served_on":"2024-12-05"}`).Want(http.StatusCreated)
	f.Officer.Get("/documents/3/edit").Submit("/documents/3", "content", "改了内容").Want(http.StatusSeeOther)
	f.Officer.JSON("GET", "/api/v1"+at+"/documents", "").Want(http.StatusOK, `"served_on":"2024-12-05"`)
}

func TestDeskByDueDate(t *testing.T) {
	f := newCaseFixture(t)
	late := f.Open() // found 2024-10-15: filing overdue
	soon := f.Open()
	f.document(soon, "立案", "made_on", "2024-09-20") // decision due 2024-12-19
	far := f.Open()
	f.document(far, "立案", "made_on", "2024-12-10")
	home := f.Officer.Get("/").Want(http.StatusOK, "期限", "已逾期 47 天", "还剩 3 天", "立案审查", "办案期限").Check()
	if i, j, k := strings.Index(home.Body, late+"?panel=checks#clocks"), strings.Index(home.Body, soon+"?panel=checks#clocks"), strings.Index(home.Body, far+"?panel=checks#clocks"); i < 0 || i > j || j > k {
		t.Errorf("the desk is not in the order of due days: %d, %d, %d", i, j, k)
	}
	f.Officer.Get("/desk").Want(http.StatusOK, late+"?panel=checks#clocks", soon+"?panel=checks#clocks", far+"?panel=checks#clocks").Check()
	f.Officer.Get("/desk?when="+url.QueryEscape("已逾期")).Want(http.StatusOK, late+"?panel=checks#clocks").WantNot(soon+"?panel=checks#clocks", far+"?panel=checks#clocks").Check()
	f.Officer.Get("/desk?when="+url.QueryEscape("7 天内")).Want(http.StatusOK, soon+"?panel=checks#clocks").WantNot(late+"?panel=checks#clocks", far+"?panel=checks#clocks").Check()
	f.Officer.Get("/desk?mine=1").Want(http.StatusOK, "账号还没有对应执法人员").Check()
	f.Officer.Get("/desk?organ=99").Want(http.StatusOK, "没有符合条件的案件").Check()
	f.Officer.Get("/desk/week").Want(http.StatusOK, "2024年12月16日至2024年12月23日", "已逾期 47 天", "还剩 3 天", "承办单位未填").WantNot(far + "?panel=checks#clocks").Check()
	f.Advance(10 * 24 * time.Hour)
	f.SignedIn("officer").Get("/").Want(http.StatusOK, "已逾期 57 天", "已逾期 7 天").Check()
}

func TestFarmTimelineTellsTheDocuments(t *testing.T) {
	f := newCaseFixture(t)
	at := f.Open()
	f.document(at, "责令改正", "number", "江恩环责改〔2024〕3号", "made_on", "2024-10-16", "served_on", "2024-10-17")
	f.Officer.Get(fmt.Sprintf("/farms/%d", f.Farm.ID)).Want(http.StatusOK, "江恩环责改〔2024〕3号", "2024-10-17 送达").Check()
	for i := range 55 {
		f.document(at, "其他", "content", fmt.Sprintf("第 %d 份", i))
	}
	f.Officer.Get(fmt.Sprintf("/farms/%d", f.Farm.ID)).Want(http.StatusOK, "再看更早的").Check()
	f.Officer.Get(fmt.Sprintf("/farms/%d?timeline=all", f.Farm.ID)).Want(http.StatusOK).WantNot("再看更早的").Check()
}

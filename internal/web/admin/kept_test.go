package admin_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"casebook/internal/registry"
	"casebook/internal/web/webtest"
)

func TestCalendarJourney(t *testing.T) {
	a := webtest.New(t)
	admin, officer := a.As(registry.RoleAdmin), a.As(registry.RoleOfficer)
	admin.Get("/admin/calendar?year=2026").Want(http.StatusOK, "随程序提供", "2027（缺）", "国庆节放假").Check()
	admin.Get("/admin/calendar?year=2027").Want(http.StatusOK, "2027 年的放假安排没有录入", "日历未录入").Check()
	officer.Get("/statutes/deadlines?rule=PUBLIC&start=x").Want(http.StatusOK)

	form := admin.Get("/admin/calendar/new").Want(http.StatusOK, "核对每一天").Check()
	form.Submit("/admin/calendar/preview", "text", "").Want(http.StatusUnprocessableEntity, "请粘贴放假通知的全文").Check()
	wrong := strings.Replace(webtest.Notice2027, "（周日）上班。鼓励", "（周一）上班。鼓励", 1)
	refused := form.Submit("/admin/calendar/preview", "text", wrong).Want(http.StatusUnprocessableEntity, "第 3 行", "2027-02-14 是周日，通知写的是周一").Check()
	if got := refused.Form("/admin/calendar/preview").Get("text"); !strings.Contains(got, "（周一）上班") {
		t.Errorf("what was typed is lost: %q", got)
	}
	preview := form.Submit("/admin/calendar/preview", "text", webtest.Notice2027).Want(http.StatusOK, "核对 2027 年的放假安排", "2027-02-13", "周六", "没有采用", "2月5日").Check()
	preview.Submit("/admin/calendar").Want(http.StatusUnprocessableEntity, "请写明通知取自哪里", "2027-02-13").Check()
	preview.Submit("/admin/calendar", "edit", "1").Want(http.StatusOK, "核对每一天", "9月26日").Check()
	preview.Submit("/admin/calendar", "source", "测试用的通知").Want(http.StatusSeeOther).Follow().
		Want(http.StatusOK, "2027 年的放假安排已录入，各案期限按新的日历重算", "测试用的通知", "现用").Check()
	preview.Submit("/admin/calendar", "source", "又一次").Want(http.StatusConflict).Check()
	officer.Get("/statutes/deadlines").Want(http.StatusOK, "02-06 至 02-12", "2028 年").Check()
}

// From 1 October on the pages say that the next year's notice was not entered, until it is.
func TestCalendarSaysWhatIsMissing(t *testing.T) {
	a := webtest.New(t)
	const words = "2027 年的放假安排还没有录入"
	at := func(day registry.Date) {
		noon, _ := day.Time()
		a.Advance(noon.Add(4 * time.Hour).Sub(a.Now()))
	}
	at(registry.Day(2026, 9, 30))
	for _, page := range []string{"/", "/admin/calendar", "/statutes/deadlines"} {
		a.As(registry.RoleAdmin).Get(page).Want(http.StatusOK).WantNot(words)
	}
	at(registry.Day(2026, 10, 1))
	admin, officer := a.As(registry.RoleAdmin), a.As(registry.RoleOfficer)
	admin.Get("/").Want(http.StatusOK, words, "/admin/calendar/new").Check()
	admin.Get("/admin/calendar").Want(http.StatusOK, words, "2027（缺）").Check()
	officer.Get("/statutes/deadlines").Want(http.StatusOK, words).Check()
	officer.Get("/").Want(http.StatusOK).WantNot(words) // who cannot enter it is not asked to
	preview := admin.Get("/admin/calendar/new").Submit("/admin/calendar/preview", "text", webtest.Notice2027)
	preview.Submit("/admin/calendar", "source", "测试用的通知").Want(http.StatusSeeOther)
	admin.Get("/admin/calendar").Want(http.StatusOK).WantNot(words)
	admin.Get("/").Want(http.StatusOK).WantNot(words)
}

func TestCountingOnTheDeadlinePage(t *testing.T) {
	c := webtest.New(t).As(registry.RoleOfficer)
	at := "/statutes/deadlines?"
	c.Get(at+"rule=HEARING_REQUEST&start=2026-02-12").Want(http.StatusOK, "届满日 2026年2月26日（周四）", "2026年2月12日（周四）起算，当日不计入", "2026-02-14 第 2 日 调休上班", "春节放假").Check()
	c.Get(at+"rule=FINE_PAY&start=2026-09-20").Want(http.StatusOK, "届满日 2026年10月8日（周四）", "2026年10月5日（周一，国庆节放假），是休息日").Check()
	c.Get(at+"rule=HEARING_REQUEST&start=2026-12-30").Want(http.StatusOK, "2027 年的放假安排未录入日历").Check()
	c.Get(at+"rule=HEARING_REQUEST&start=2026-02").Want(http.StatusOK, "请填写到日").Check()
	c.Get(at+"rule=X&start=2026-02-30").Want(http.StatusOK, "请选择一项时限").Check()
}

func TestDocumentKindsJourney(t *testing.T) {
	f := webtest.NewCaseFixture(t)
	at := f.Open()
	admin := f.As(registry.RoleAdmin)
	admin.Get("/admin/document-kinds").Want(http.StatusOK, "没有新增过文书种类", "行政处罚决定").Check()
	form := admin.Get("/admin/document-kinds/new").Want(http.StatusOK).Check()
	form.Submit("/admin/document-kinds", "name", "立案").Want(http.StatusUnprocessableEntity, "系统已有“立案”").Check()
	form.Submit("/admin/document-kinds", "name", "约谈通知", "numbers", "1").Want(http.StatusSeeOther).Follow().Want(http.StatusOK, "约谈通知").Check()
	kind := url.QueryEscape("约谈通知")
	f.Officer.Get(at+"/documents/new").Want(http.StatusOK, "约谈通知")
	f.Officer.Get(at+"/documents/new?kind="+kind).Want(http.StatusOK, "约谈通知", "文号").Submit(at+"/documents", "number", "江环约〔2024〕1号").Want(http.StatusSeeOther).Follow().
		Want(http.StatusOK, "约谈通知", "江环约〔2024〕1号", "已登记")
	f.Officer.JSON("POST", "/api/v1"+at+"/documents", `{"kind":"约谈通知"}`).Want(http.StatusCreated)
	f.Officer.JSON("POST", "/api/v1"+at+"/documents", `{"kind":"没有的种类"}`).Want(http.StatusUnprocessableEntity, "没有“没有的种类”这种文书")
	admin.Get("/admin/document-kinds/1").Want(http.StatusOK, "名称和阶段不能修改").Check().Submit("/admin/document-kinds/1", "active", "").Want(http.StatusSeeOther).Follow().Want(http.StatusOK, "已停用").Check()
	f.Officer.Get(at + "/documents/new").Want(http.StatusOK).WantNot("约谈通知")
	f.Officer.Get("/documents/1/edit").Want(http.StatusOK, "约谈通知").Submit("/documents/1", "note", "补记").Want(http.StatusSeeOther)
}

func TestRestoreAndReopenJourney(t *testing.T) {
	f := webtest.NewCaseFixture(t)
	at := f.Open()
	f.Officer.Get(at+"/documents/new?kind="+url.QueryEscape("立案")).Submit(at+"/documents", "number", "江恩环立〔2024〕1号", "content", "经查，该场废水未经处理直接排入场外鱼塘，鱼塘没有防渗措施，塘水外溢进入附近的灌溉渠，情况属实，拟立案查处。").Want(http.StatusSeeOther)
	f.Officer.Get("/documents/1/edit").Submit("/documents/1", "content", "经查，该场废水未经处理直接排入场外鱼塘，鱼塘没有防渗措施，塘水外溢进入附近的排水渠，情况属实，拟立案查处。").Want(http.StatusSeeOther)
	page := f.Officer.GetCase(at).Want(http.StatusOK, "<del>灌溉</del><ins>排水</ins>", "修改文书：立案 江恩环立〔2024〕1号")
	page.Submit(at+"/reviews", "about", "文号", "note", "写错了").Want(http.StatusSeeOther)
	f.Officer.Get("/reviews/1/edit").Want(http.StatusOK, "修改复核意见").Check().Submit("/reviews/1", "note", "没有写错").Want(http.StatusSeeOther).Follow().Want(http.StatusOK, "没有写错")

	f.Officer.Post("/documents/1/delete", url.Values{"version": {"2"}}).Want(http.StatusSeeOther)
	f.Officer.GetCase(at).Want(http.StatusOK, "删除文书：立案 江恩环立〔2024〕1号", "恢复这条记录", "已登记")
	f.As(registry.RoleAuditor).GetCase(at).Want(http.StatusOK, "删除文书：立案").WantNot("恢复这条记录")
	f.Officer.GetCase(at).Submit("/history/document/1/restore").Want(http.StatusSeeOther).Follow().Want(http.StatusOK, "已恢复文书", "已立案")
	f.Officer.GetCase(at).Want(http.StatusOK, "恢复文书：立案").WantNot("恢复这条记录")
	f.Officer.Get(at+"/documents/new?kind="+url.QueryEscape("结案")).Submit(at+"/documents", "made_on", "2024-12-01").Want(http.StatusSeeOther)
	closed := f.Officer.Get(at).Want(http.StatusOK, "为什么恢复办理")
	closed.Submit(at+"/reopen").Want(http.StatusSeeOther).Follow().Want(http.StatusOK, "没有恢复办理：请写明为什么恢复办理")
	closed.Submit(at+"/reopen", "content", "补充新的监测报告").Want(http.StatusSeeOther).Follow().Want(http.StatusOK, "已恢复办理", "补充新的监测报告", "已立案").WantNot("本案已结案")
	closed.Submit(at+"/reopen", "content", "再点一次").Want(http.StatusSeeOther).Follow().Want(http.StatusOK, "案件没有结案，不需要恢复办理")
}

// What was deleted from an inspection is in the inspection's history.
func TestInspectionHistoryKeepsSamples(t *testing.T) {
	f := webtest.NewCaseFixture(t)
	ins := "/inspections/1"
	f.Officer.Get(ins+"/samples/new").Submit(ins+"/samples", "point", "总排口").Want(http.StatusSeeOther)
	f.Officer.Post("/samples/1/delete", url.Values{"version": {"1"}}).Want(http.StatusSeeOther)
	f.Officer.Get(ins).Want(http.StatusOK, "删除样品：总排口").Submit("/history/sample/1/restore").Want(http.StatusSeeOther).Follow().Want(http.StatusOK, "恢复样品：总排口").Check()
}

func TestReturnCarriesWords(t *testing.T) {
	a := webtest.New(t)
	webtest.SecretCase(t, a)
	author, other := a.As(registry.RolePublisher), a.SignedIn("publisher2")
	author.Get("/bulletins/new?case_id=1").Submit("/bulletins", "title", "典型案例通报").Want(http.StatusSeeOther)
	author.Get("/bulletins/1").Submit("/bulletins/1/submit").Want(http.StatusSeeOther)
	other.Get("/bulletins/1").Submit("/bulletins/1/return").Want(http.StatusUnprocessableEntity, "请写明为什么退回").Check()
	other.Get("/bulletins/1").Submit("/bulletins/1/return", "return_reason", "导语太长，请压缩到一段").Want(http.StatusSeeOther)
	author.Get("/bulletins/1").Want(http.StatusOK, "退回意见", "导语太长，请压缩到一段").Check()
	author.Get("/bulletins/1").Submit("/bulletins/1/submit").Want(http.StatusSeeOther).Follow().WantNot("role=\"note\"")
}

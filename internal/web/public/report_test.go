package public_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/web/webtest"
)

// waiting are the reports that nobody has dealt with.
func waiting(t *testing.T, a *webtest.App) []string {
	t.Helper()
	rows, _, err := a.Service.BulletinReports(t.Context(), registry.CommandLine, registry.ReportWaiting, casework.Page{Limit: 100})
	if err != nil {
		t.Fatal(err)
	}
	var words []string
	for _, r := range rows {
		words = append(words, r.Words)
	}
	return words
}

// A reader says what is wrong; it comes to the publishers' desk, and one of them notes what was done. The audit log tells both.
func TestReportOfAnErrorReachesTheDesk(t *testing.T) {
	a, slug := opened(t)
	c, at := a.Browser(), "/public/bulletins/"+slug
	p := c.Get(at).Want(http.StatusOK, "这期通报有误？", "可不填").Submit(at+"/report", "words", "案件二的月份不对", "contact", "").Want(http.StatusSeeOther)
	if p.Header.Get("Set-Cookie") != "" {
		t.Error("a report sets a cookie")
	}
	p.Follow().Want(http.StatusOK, "已收到", "回到通报").Check()

	for _, role := range []registry.Role{registry.RoleOfficer, registry.RoleAuditor, registry.RoleAdmin} {
		a.As(role).Get("/").WantNot("纠错意见")
		a.As(role).Get("/bulletin-reports").Want(http.StatusForbidden)
	}
	desk := a.As(registry.RolePublisher)
	desk.Get("/").Want(http.StatusOK, "1 条纠错意见").Check()
	desk.Get("/bulletin-reports").Want(http.StatusOK, "案件二的月份不对", "典型案例（2024年）").Check()
	one := desk.Get("/bulletin-reports/1").Want(http.StatusOK, "案件二的月份不对", "没有留", "公众").Check()
	one = one.Submit("/bulletin-reports/1", "state", "已采纳").Want(http.StatusUnprocessableEntity, "请写明怎样处理的").Check()
	one.Submit("/bulletin-reports/1", "state", "已采纳", "answer", "已发布更正").Want(http.StatusSeeOther)
	desk.Get("/bulletin-reports/1").Want(http.StatusOK, "已发布更正", "宣传发布甲", "处理纠错意见").Check()
	desk.Get("/").WantNot("条纠错意见")
	desk.Get("/bulletin-reports?state=已采纳").Want(http.StatusOK, "案件二的月份不对")
	desk.Get("/bulletin-reports?state=x").Want(http.StatusUnprocessableEntity)
	a.As(registry.RoleAuditor).Get("/audit?entity=bulletin_report").Want(http.StatusOK, "公众纠错", "处理纠错意见", "公众")
	desk.Get("/bulletin-reports/2").Want(http.StatusNotFound)
}

// What is refused says why, and keeps what was typed; what a program sends is not kept.
func TestRefusedReports(t *testing.T) {
	a, slug := opened(t)
	c, at := a.Browser(), "/public/bulletins/"+slug+"/report"
	long := strings.Repeat("错", 2001)
	c.Post(at, url.Values{"words": {""}, "contact": {"邮箱某"}}).Want(http.StatusUnprocessableEntity, "哪里有误", `value="邮箱某"`).Check()
	c.Post(at, url.Values{"words": {long}}).Want(http.StatusUnprocessableEntity, "2000", long).Check()
	c.Post(at, url.Values{"words": {"好"}, "website": {"https://spam.example"}}).Want(http.StatusSeeOther)
	c.Post(at, url.Values{"words": {strings.Repeat("a", 3<<20)}}).Want(http.StatusRequestEntityTooLarge)
	c.Post("/public/bulletins/none/report", url.Values{"words": {"好"}}).Want(http.StatusNotFound)
	c.Do(http.MethodPost, at, strings.NewReader("words=%E5%A5%BD"), http.Header{"Content-Type": {"application/x-www-form-urlencoded"}, "Sec-Fetch-Site": {"cross-site"}}).Want(http.StatusForbidden)
	c.Do(http.MethodPost, at, strings.NewReader("words=%E5%A5%BD"), http.Header{"Content-Type": {"application/x-www-form-urlencoded"}, "Origin": {"https://elsewhere.example"}}).Want(http.StatusForbidden)
	if words := waiting(t, a); len(words) != 0 {
		t.Errorf("kept were %q", words)
	}
}

// One address may say so much in an hour, and no more.
func TestReportsAreThrottled(t *testing.T) {
	a, slug := opened(t)
	c, at := a.Browser(), "/public/bulletins/"+slug+"/report"
	send := func(want int, texts ...string) {
		t.Helper()
		c.Post(at, url.Values{"words": {"意见"}}).Want(want, texts...)
	}
	for range 5 {
		send(http.StatusSeeOther)
		a.Advance(time.Minute)
	}
	send(http.StatusTooManyRequests, "一小时内", "意见</textarea>")
	a.Advance(time.Hour)
	send(http.StatusSeeOther)
	for range 45 {
		a.Advance(time.Hour)
		if n := len(waiting(t, a)); n < 50 {
			send(http.StatusSeeOther)
		}
	}
	a.Advance(time.Hour)
	if n := len(waiting(t, a)); n != 50 {
		t.Fatalf("%d reports wait, want 50", n)
	}
	send(http.StatusTooManyRequests, "没有处理的意见太多")
	a.SignedIn("publisher").Get("/").Want(http.StatusOK, "50 条纠错意见")
	a.SignedIn("publisher").Post("/login", url.Values{"username": {"publisher"}, "password": {webtest.Password}}).Want(http.StatusSeeOther) // readers' reports are no failures of signing in
}

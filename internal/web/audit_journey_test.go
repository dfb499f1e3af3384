package web_test

import (
	"context"
	"encoding/csv"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/web/webtest"
)

// refusedEntries are the words of the refused attempts in the log, newest first.
func refusedEntries(t *testing.T, a *webtest.App) (words []string) {
	t.Helper()
	list, err := a.Service.Audit(context.Background(), a.Actor(registry.RoleAuditor), casework.AuditFilter{Action: casework.ActionRefused, Limit: 100})
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range list {
		words = append(words, e.Actor+" "+e.Entity+" "+e.Detail)
	}
	return words
}

// Who is refused stands in the log: by the role, on a page and by a program, and where the record is another's. Who is not signed in is nobody, what another site sent is not
// the person's, and a loop is one entry.
func TestRefusedAttemptsStandInTheLog(t *testing.T) {
	f := webtest.NewCaseFixture(t)
	a, page := f.App, f.Open()
	a.Browser().Get("/admin/users").Want(http.StatusSeeOther)
	a.Browser().JSON(http.MethodPost, "/api/v1/farms", `{"name":"甲"}`).Want(http.StatusUnauthorized)
	officer := a.As(registry.RoleOfficer)
	officer.Do(http.MethodPost, "/farms", strings.NewReader("name=x"), http.Header{"Sec-Fetch-Site": {"cross-site"}, "Content-Type": {"application/x-www-form-urlencoded"}}).Want(http.StatusForbidden)
	if got := refusedEntries(t, a); len(got) != 0 {
		t.Fatalf("noted %q, want nothing", got)
	}
	for range 40 {
		officer.Get("/admin/users?q=身份证号").Want(http.StatusForbidden)
	}
	a.As(registry.RoleAuditor).JSON(http.MethodPost, "/api/v1/farms", `{"name":"绿源牧场"}`).Want(http.StatusForbidden)
	a.As(registry.RolePublisher).Post(page, url.Values{"title": {"改"}}).Want(http.StatusForbidden)
	want := []string{"publisher case 提交 /cases/:id：宣传发布没有这项权限", "auditor access 提交 /api/v1/farms：审计没有这项权限", "officer access 打开 /admin/users：执法人员没有这项权限"}
	if got := refusedEntries(t, a); strings.Join(got, "|") != strings.Join(want, "|") {
		t.Errorf("the log tells %q\nwant %q", got, want)
	}
	for _, path := range []string{"/admin/organs", "/admin/officers", "/admin/laws", "/admin/calendar", "/admin/bureau", "/admin/document-kinds", "/audit"} { // more than a minute's worth
		officer.Get(path).Want(http.StatusForbidden)
	}
	if got := refusedEntries(t, a); len(got) != 8 {
		t.Errorf("%d entries, want 6 of the officer and the two others': %q", len(got), got)
	}
	a.Advance(61 * time.Second)
	officer.Get("/admin/users").Want(http.StatusForbidden)
	got := refusedEntries(t, a)
	if len(got) != 10 || !strings.HasSuffix(got[1], "一分钟内又被拒绝 41 次，合并记为一条：打开 /admin/users 39 次；打开 /admin/document-kinds 1 次；打开 /audit 1 次") || strings.Contains(strings.Join(got, ""), "身份证") {
		t.Errorf("after a minute the log tells %q", got)
	}
	for range 3 { // what is counted when the server stops is not lost
		officer.Get("/admin/users").Want(http.StatusForbidden)
	}
	stopped, stop := context.WithCancel(context.Background())
	stop()
	a.Service.TellRefusals(stopped)
	if got := refusedEntries(t, a); len(got) != 11 || !strings.Contains(got[0], "又被拒绝 3 次") {
		t.Errorf("after the server stopped the log tells %q", got)
	}
	list := a.As(registry.RoleAuditor).Get("/audit?action="+url.QueryEscape(casework.ActionRefused)).Check().Want(http.StatusOK, "打开 /admin/users：执法人员没有这项权限", "合并记为一条")
	list.WantNot("登录 ")
	if report, err := a.Service.Verify(context.Background(), a.Actor(registry.RoleAuditor)); err != nil || len(report.Defects) > 0 {
		t.Errorf("verify: %v, %v", report.Defects, err)
	}
}

// The log is narrowed by days, a person and a record's number, tells what each entry changed, and goes out as files that hold all of it.
func TestAuditPageFiltersChangesAndFiles(t *testing.T) {
	f := webtest.NewCaseFixture(t)
	a := f.App
	officer := a.As(registry.RoleOfficer)
	party := officer.Get("/parties/new").Submit("/parties", "name", "=恶意公司", "kind", "自然人", "id_number", "440785199001010011", "phone", "13812345678").Want(http.StatusSeeOther).Header.Get("Location")
	a.Advance(48 * time.Hour)
	auditor := a.As(registry.RoleAuditor)
	officer = a.As(registry.RoleOfficer)
	officer.Get(party+"/edit").Submit(party, "name", "+又名", "phone", "13987654321").Want(http.StatusSeeOther)
	for _, c := range []struct {
		query     string
		want, not string
	}{
		{"from=2024-12-18&entity=party", "改了 2 处", "新建"},
		{"to=2024-12-16&entity=party&actor=officer", "新建", "改了"},
		{"from=2024-12&to=2024&entity=party&record=" + strings.TrimPrefix(party, "/parties/"), "改了 2 处", "机构"},
		{"entity=party&entity_id=" + strings.TrimPrefix(party, "/parties/"), "改了 2 处", "机构"},
		{"record=没有的号〔2024〕9号", "没有编号或文号为“没有的号〔2024〕9号”的案件、文书或检查", "新建"},
		{"from=2024-12-20&to=2024-12-01", "日期自", "新建"},
		{"from=2031", "没有符合条件的记录", "改了"},
	} {
		text := auditor.Get("/audit?" + strings.ReplaceAll(url.PathEscape(c.query), "+", "%2B")).Check().Want(http.StatusOK).Body
		rows := text[strings.Index(text, "</form>"):]
		if !strings.Contains(text, c.want) || strings.Contains(tbody(rows), c.not) {
			t.Errorf("%s: want %s and no row with %s\n%s", c.query, c.want, c.not, tbody(rows))
		}
	}
	auditor.Get("/audit?entity=party").Want(http.StatusOK, "=恶意公司", "+又名", "13812345678", "13987654321")
	a.As(registry.RoleAdmin).Get("/audit?entity=party").Want(http.StatusOK, "138****5678", "139****4321").WantNot("13812345678")

	file := auditor.Get("/audit/log.csv?entity=party").Want(http.StatusOK)
	if !strings.HasPrefix(file.Body, "\uFEFF序号,") {
		t.Errorf("the file begins %q", file.Body[:min(40, len(file.Body))])
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(file.Body, "\uFEFF"))).ReadAll()
	if err != nil || len(rows) < 3 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	if got := rows[1][9]; !strings.Contains(got, "=恶意公司 → +又名") || !strings.Contains(got, "138****5678 → 139****4321") {
		t.Errorf("the change reads %q", got)
	}
	book, err := excelize.OpenReader(strings.NewReader(auditor.Get("/audit/log.xlsx?entity=party").Want(http.StatusOK).Body))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close() //nolint:errcheck // a test
	sheet, err := book.GetRows("审计日志")
	if err != nil || len(sheet) != len(rows) || sheet[1][9] != rows[1][9] {
		t.Errorf("the workbook holds %d rows, the CSV file %d, %v", len(sheet), len(rows), err)
	}
	// All entries, over several batches: as many as the chain has.
	all := auditor.Get("/audit/log.csv").Want(http.StatusOK)
	rows, err = csv.NewReader(strings.NewReader(strings.TrimPrefix(all.Body, "\uFEFF"))).ReadAll()
	if err != nil || rows[1][4] != "导出" || rows[len(rows)-1][0] != "1" || rows[1][0] != strconv.Itoa(len(rows)-1) {
		t.Errorf("%d rows, the first %q, the last %q, %v", len(rows), rows[1], rows[len(rows)-1], err)
	}
	auditor.Get("/audit/log.xlsx?from=2024-13").Want(http.StatusUnprocessableEntity)
	officer.Get("/audit/log.csv").Want(http.StatusForbidden)
}

func tbody(body string) string {
	_, body, _ = strings.Cut(body, "<tbody>")
	body, _, _ = strings.Cut(body, "</tbody>")
	return body
}

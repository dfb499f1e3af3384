package home_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"casebook/internal/registry"
	"casebook/internal/web/webtest"
)

func TestDesk(t *testing.T) {
	a := webtest.New(t)
	for role, want := range map[registry.Role]string{registry.RoleOfficer: "登记养殖场", registry.RolePublisher: "还没有记录", registry.RoleAuditor: "还没有记录", registry.RoleAdmin: "建立账号"} {
		a.As(role).Get("/").Want(http.StatusOK, "从这里开始", want).Check()
	}
	id, _ := webtest.SecretCase(t, a)
	officer, publisher := a.As(registry.RoleOfficer), a.As(registry.RolePublisher)
	officer.Get("/").Want(http.StatusOK, "未提交的检查", "最近的案件", "各辖区", "合计", fmt.Sprintf("/cases/%d", id)).WantNot("从这里开始").Check()
	publisher.JSON("POST", "/api/v1/bulletins", fmt.Sprintf(`{"title":"第一期","cases":[{"case_id":%d}]}`, id)).Want(http.StatusCreated)
	publisher.Get("/").Want(http.StatusOK, "草稿中的通报", "第一期", "/bulletins/new").WantNot("未提交的检查").Check()
	publisher.Get("/bulletins/1").Submit("/bulletins/1/submit").Want(http.StatusSeeOther)
	a.SignedIn("publisher2").Get("/").Want(http.StatusOK, "待审核的通报", "等您办理“签发”").Check()
	publisher.Get("/").Want(http.StatusOK, "由另一人批准").Check()
	publisher.Get("/bulletins").Want(http.StatusOK, "第一期", "待审核", "宣传发布甲").Check()
	publisher.Get("/bulletins?state="+url.QueryEscape("已批准")).Want(http.StatusOK, "没有这种状态的通报").Check()
}

func TestExports(t *testing.T) {
	a := webtest.New(t)
	auditor := a.As(registry.RoleAuditor)
	auditor.Get("/exports").Want(http.StatusOK, "0 件", "“内部台账”里有什么").Check()
	webtest.SecretCase(t, a)
	page := auditor.Get("/exports?district_code=440785&preview=1").Want(http.StatusOK, "1 件", "案件数（件）：月份 × 辖区", "2024-10", "200,000", "已与明细逐项核对一致").Check()
	if !strings.Contains(page.Text(), "检查（发现）月份") {
		t.Error("the page does not say by which date a case is put into a month")
	}
	auditor.Get("/exports?district_code=440781&preview=1").Want(http.StatusOK, "0 件").Check()
	auditor.Get("/exports?from="+url.QueryEscape("去年")).Want(http.StatusUnprocessableEntity, "日期自").Check()
	auditor.Get("/exports/ledger.xlsx?from=" + url.QueryEscape("去年")).Want(http.StatusUnprocessableEntity).Check()

	file := auditor.Get("/exports/ledger.xlsx?district_code=440785").Want(http.StatusOK)
	if name, _ := url.PathUnescape(file.Header.Get("Content-Disposition")); !strings.Contains(name, "案件台账-2024-12-16.xlsx") {
		t.Errorf("file name %q", name)
	}
	if kind := file.Header.Get("Content-Type"); !strings.Contains(kind, "spreadsheetml.sheet") || file.Header.Get("Content-Encoding") != "" {
		t.Errorf("Content-Type %q, Content-Encoding %q", kind, file.Header.Get("Content-Encoding"))
	}
	if text := zipText(t, file.Body); !strings.Contains(text, "汇总") || !strings.Contains(text, "江恩环罚") {
		t.Error("the workbook lacks the summary or the case")
	}
	auditor.Get("/exports/ledger.xlsx?farm_id=1").Want(http.StatusOK)
	auditor.Get("/audit?action="+url.QueryEscape("导出")).Want(http.StatusOK, "台账", "辖区：恩平市", "养殖场：编号 1").Check()
}

// zipText is all parts of a workbook, one after another.
func zipText(t *testing.T, body string) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader([]byte(body)), int64(len(body)))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(&b, r); err != nil {
			t.Fatal(err)
		}
		if err := r.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return b.String()
}

func TestAuditPage(t *testing.T) {
	a := webtest.New(t)
	auditor, officer := a.As(registry.RoleAuditor), a.As(registry.RoleOfficer)
	for i := range 60 {
		officer.JSON("POST", "/api/v1/farms", fmt.Sprintf(`{"name":"第%d场","district_code":"440785"}`, i)).Want(http.StatusCreated)
	}
	first := auditor.Get("/audit").Want(http.StatusOK, "养殖场 60", "执法人员", "127.0.0.1", "2024-12-16 09:30:00").Check()
	older := ""
	for _, l := range first.Links() {
		if strings.Contains(l, "cursor=") {
			older = l
		}
	}
	auditor.Get(older).Want(http.StatusOK, "养殖场 1", "登录").WantNot("/farms/60\"").Check()
	auditor.Get("/audit?actor=officer&action="+url.QueryEscape("新建")+"&entity=farm&entity_id=7").Want(http.StatusOK, "养殖场 7").WantNot("养殖场 8").Check()
	auditor.Get("/audit?actor=nobody").Want(http.StatusOK, "没有符合条件的记录").Check()
	auditor.Get("/audit?cursor=x").Want(http.StatusUnprocessableEntity).Check()
	first.Submit("/audit/verify").Want(http.StatusOK, "核验通过").Check()
}

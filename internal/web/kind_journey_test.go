package web_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"casebook/internal/registry"
	"casebook/internal/web/webtest"
)

// talk is an administrator's kind as it is typed: served on the party, with an amount and a report that is due ten working days later.
var talk = []string{"name", "约谈通知", "code", "约", "numbers", "1", "delivery", "送达当事人", "amount_label", "承诺投入金额", "result_words", "已整改\n未整改",
	"deadline.label", "报送整改报告", "deadline.actor", "当事人", "deadline.days", "10", "deadline.working", "1", "deadline.from", "送达", "deadline.done", "结果",
	"deadline.source", "内部规定"}

// A document of the kind that is served on 26 December 2024, a Thursday: 1 January is a holiday, and the ten working days cross two weekends.
const (
	talkServed = "2024-12-26"
	talkLast   = "2025-01-10"
	talkSource = "依据：内部规定，未经官方文本核对"
)

// filedCase is a case that waits for no deadline of law before the kind's own: it was filed in October. Then it is 30 December.
func filedCase(f *webtest.CaseFixture) (at string) {
	f.T.Helper()
	at = f.Open()
	f.Officer.Get(at+"/documents/new?kind="+url.QueryEscape("立案")).Submit(at+"/documents", "made_on", "2024-10-28").Want(http.StatusSeeOther)
	f.Advance(14 * 24 * time.Hour)
	f.Officer = f.As(registry.RoleOfficer)
	return at
}

// An administrator's kind works like one of the program's, from its form over the case and the desk to the ledger.
func TestAnAdministratorsKind(t *testing.T) {
	f := webtest.NewCaseFixture(t)
	at, admin := filedCase(f), f.As(registry.RoleAdmin)

	form := admin.Get("/admin/document-kinds/new").Want(http.StatusOK, "没有的全部留空").Check()
	refused := form.Submit("/admin/document-kinds", slices.Concat(talk, []string{"deadline.days", "十"})...).
		Want(http.StatusUnprocessableEntity, "“十”不是整数").Check()
	for _, tc := range []struct{ field, typed, says string }{
		{"delivery", "", "这种文书没有“送达”的日期"},
		{"result_words", "", "这种文书没有“结果”的日期"},
		{"deadline.source", "", "期限的依据，如“内部规定”"},
		{"deadline.days", "", "请填写期限的天数"},
		{"deadline.ended_by", "没有的文书", "没有“没有的文书”这种文书"},
		{"reached", "磋商中", "只有生态环境损害赔偿的文书才写明到了哪一步"},
	} {
		refused = form.Submit("/admin/document-kinds", slices.Concat(talk, []string{tc.field, tc.typed})...).
			Want(http.StatusUnprocessableEntity, tc.says).Check()
	}
	refused.Submit("/admin/document-kinds", "reached", "").Want(http.StatusSeeOther).Follow().Want(http.StatusOK,
		"约谈通知", "编有文号；送达当事人；登记承诺投入金额；结果：已整改、未整改", "自送达日期起 10 个工作日内当事人报送整改报告（内部规定）").Check()

	added := f.Officer.Get(at+"/documents/new?kind="+url.QueryEscape("约谈通知")).
		Want(http.StatusOK, "送达日期", "承诺投入金额", "送达方式", "未整改").WantNot("拒不改正").Check()
	added.Submit(at+"/documents", "number", "江恩环约〔2024〕1号", "made_on", "2024-12-25", "served_on", talkServed, "amount_fen", "8万").
		Want(http.StatusSeeOther).Follow().Want(http.StatusOK, "80,000").Check()
	f.Officer.Get(at+"?panel=checks").Want(http.StatusOK, "报送整改报告", "2025年1月10日", talkSource).Check()
	f.Officer.Get("/desk").Want(http.StatusOK, "报送整改报告", talkLast).Check()
	f.Officer.Get("/documents/2/edit").Submit("/documents/2", "result", "拒不改正").Want(http.StatusSeeOther) // a word of the register
	f.Officer.Get("/documents/2/edit").Want(http.StatusOK, "拒不改正").Check().
		Submit("/documents/2", "result", "没有的结果").Want(http.StatusUnprocessableEntity).Check()
	f.Officer.Get("/documents/2/edit").Submit("/documents/2", "result", "").Want(http.StatusSeeOther)
	wantInLedger(t, f.As(registry.RoleAuditor), "约谈通知", talkServed)

	edit := admin.Get("/admin/document-kinds/1").Want(http.StatusOK, "日期和金额的名称等也不能再改").Check()
	if got := edit.Form("/admin/document-kinds/1").Get("result_words"); got != "已整改\n未整改" {
		t.Errorf("the form shows the results as %q", got)
	}
	edit.Submit("/admin/document-kinds/1", "amount_label", "罚款").Want(http.StatusUnprocessableEntity, "已有文书登记为“承诺投入金额”").Check()
	edit.Submit("/admin/document-kinds/1", "deadline.days", "5").Want(http.StatusSeeOther)
	f.Officer.Get("/desk").Want(http.StatusOK, "报送整改报告", "2025-01-03")
	edit.Submit("/admin/document-kinds/1", "deadline.days", "7").Want(http.StatusConflict, "合并修改", "天数").Check()
}

// wantInLedger asks that a row of 处罚与措施 has these words.
func wantInLedger(t *testing.T, c *webtest.Client, words ...string) {
	t.Helper()
	f, err := excelize.OpenReader(strings.NewReader(c.Get("/exports/ledger.xlsx").Want(http.StatusOK).Body))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close() //nolint:errcheck // a test
	rows, err := f.GetRows("处罚与措施")
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		line, left := strings.Join(r, "\t"), len(words)
		for _, w := range words {
			if strings.Contains(line, w) {
				left--
			}
		}
		if left == 0 {
			return
		}
	}
	t.Errorf("no row of the ledger has %v", words)
}

// The same in a browser, on a desktop and on a phone.
func TestJourneyAnAdministratorsKind(t *testing.T) {
	f := webtest.NewCaseFixture(t)
	at := filedCase(f)
	for _, width := range []int{1280, 390} {
		b := f.Chrome(t, width, 900)
		b.SignIn("admin")
		if width == 1280 {
			b.Open("/admin/document-kinds/new")
			for i := 0; i < len(talk); i += 2 {
				b.Fill(talk[i], talk[i+1])
			}
			b.Fill("deadline.days", "").Press("新增").Want("请填写期限的天数：1 至 3650 的整数")
			b.Fill("deadline.days", "10").Press("新增").Want("已新增文书种类“约谈通知”", "10 个工作日内当事人报送整改报告")
		} else {
			b.Open("/admin/document-kinds").Want("10 个工作日内当事人报送整改报告").Open("/admin/document-kinds/new").Open("/admin/document-kinds/1").Want("名称和阶段不能修改")
		}
		b.Open("/more").Press("退出")

		b.SignIn("officer").Open(at+"/documents/new?kind=约谈通知").Want("送达日期", "承诺投入金额")
		if width == 1280 {
			b.Fill("number", "江恩环约〔2024〕1号").Fill("made_on", "2024-12-25").
				Fill("served_on", talkServed).Fill("service_mode", "直接送达").Fill("amount_fen", "8万").Press("登记文书")
		}
		b.Open(at+"?panel=documents").Want("约谈通知", "80,000").Open(at+"?panel=checks").Want("报送整改报告", "2025年1月10日", talkSource)
		b.Open("/desk").Want("报送整改报告", talkLast)
		b.Open("/more").Press("退出")
	}
	wantInLedger(t, f.As(registry.RoleAuditor), "约谈通知", talkServed, "80,000")
}

package web_test

import (
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"

	"casebook/internal/registry"
	"casebook/internal/web/webtest"
)

// Amounts as people and decisions write them, and such that nobody can read.
var (
	goodAmounts = []string{"20000", "20,000.50", "１２，３４５", "3.5万", "20000元整", "贰万元整", "人民币贰万元整", "20000元（贰万元整）", "¥20,000.00"}
	badAmounts  = map[string]string{"20,00": "逗号位置不对", "1,2,3": "逗号位置不对", "2,0000": "逗号位置不对", "20000元（贰拾万元整）": "两种写法不一致", "约两万": "看不懂金额", "-5": "不能为负数"}
)

// amountField is a field of a form in which an amount is typed.
type amountField struct {
	field, open, action string
	wrong               [2]string // name and value of another field that is refused, so that nothing is stored
}

const (
	readingText = "2024年9月12日，江门市生态环境局恩平分局执法人员对恩平某绿野畜牧有限公司进行现场检查，发现该公司养殖废水直接排入外环境。该行为违反了《中华人民共和国水污染防治法》第三十九条的规定，依据该法第八十三条第三项，责令改正，处罚款12万元。"
	payments    = "/cases/1/payments"
)

var amountFields = []amountField{
	{"amount_fen", "/cases/1/documents/new?kind=" + url.QueryEscape("行政处罚决定"), "/cases/1/documents", [2]string{"made_on", "2024-13"}},
	{"amount_fen", "/cases/1/penalties/new", "/cases/1/penalties", [2]string{"kind", ""}},
	{"range_base_fen", "/cases/1/penalties/new", "/cases/1/penalties", [2]string{"kind", ""}},
	{"daily_base_fen", "/cases/1/penalties/new", "/cases/1/penalties", [2]string{"kind", ""}},
	{"amount_fen", "/cases/1?panel=money", payments, [2]string{"paid_on", "2024-13"}},
	{"payment.amount_fen", "/cases/4/steps", "/cases/4/steps", [2]string{"payment.paid_on", "2024-13"}},
	{"drafts.0.fine", "", "/imports/bulletin/cases", [2]string{"drafts.0.found_on", "2024-13"}},
	{"base", "/statutes/discretion/GD-2.8.1", "", [2]string{}},
	{"proposed", "/statutes/discretion/GD-2.8.1", "", [2]string{}},
}

// Every field for an amount reads what decisions print and refuses what could be two amounts.
func TestEveryAmountField(t *testing.T) {
	a := webtest.Demo(t)
	c := a.As(registry.RoleOfficer)
	reading := c.Post("/imports/bulletin", url.Values{"_token": {c.Get("/imports/bulletin").Form("/imports/bulletin").Get("_token")}, "text": {readingText}, "name": {"示例日报"}}).Want(http.StatusOK)
	for _, x := range amountFields {
		send := func(amount string) string {
			if x.action == "" { // the calculator keeps what it was asked in its address
				return c.Get(x.open + "?go=1&act=2024-10-15&" + x.field + "=" + url.QueryEscape(amount)).Text()
			}
			page := reading
			if x.open != "" {
				page = c.Get(x.open)
			}
			form := page.Form(x.action)
			form.Set(x.field, amount)
			form.Set(x.wrong[0], x.wrong[1])
			form.Set("payment.take", "1") // of several things at once only what is ticked is read
			return c.Post(x.action, form).Want(http.StatusUnprocessableEntity).Text()
		}
		for _, amount := range goodAmounts {
			text := send(amount)
			for _, words := range badAmounts {
				if strings.Contains(text, words) {
					t.Errorf("%s of %s%s refuses %q: %s", x.field, x.open, x.action, amount, words)
				}
			}
		}
		for amount, words := range badAmounts {
			if text := send(amount); !strings.Contains(text, words) {
				t.Errorf("%s of %s%s: %q is not refused as %q", x.field, x.open, x.action, amount, words)
			}
		}
	}
}

// The table above has every amount that a form binds; the result of a kept calculation is no input.
func TestEveryAmountFieldIsTried(t *testing.T) {
	tried := map[string]bool{"result_fen": true}
	for _, x := range amountFields {
		tried[x.field[strings.LastIndex(x.field, ".")+1:]] = true
	}
	binds, found := regexp.MustCompile(`f\.Money(?:Value)?\("([^"]+)"`), 0
	err := fs.WalkDir(os.DirFS("."), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		b, err := os.ReadFile(path)
		for _, m := range binds.FindAllStringSubmatch(string(b), -1) {
			if found++; !tried[m[1]] {
				t.Errorf("%s binds the amount %q, which the table has not", path, m[1])
			}
		}
		return err
	})
	if err != nil || found < len(amountFields) {
		t.Fatalf("%d amounts found: %v", found, err)
	}
}

// Programs send 分 as a whole number, or an amount in words with 元.
func TestAmountsOfTheInterface(t *testing.T) {
	c := webtest.Demo(t).As(registry.RoleOfficer)
	for _, x := range []struct{ path, least, field string }{
		{"/api/v1/cases/1/documents", `"kind":"行政处罚决定"`, "amount_fen"},
		{"/api/v1/cases/1/penalties", `"kind":"罚款"`, "amount_fen"},
		{"/api/v1/cases/1/penalties", `"kind":"罚款"`, "range_base_fen"},
		{"/api/v1/cases/1/penalties", `"kind":"按日连续罚款"`, "daily_base_fen"},
		{"/api/v1/cases/1/payments", `"penalty_id":1,"kind":"缴纳罚款"`, "amount_fen"},
	} {
		send := func(value string) *webtest.Page {
			return c.JSON("POST", x.path, `{`+x.least+`,"`+x.field+`":`+value+`}`)
		}
		for value, words := range map[string]string{`"20,00元"`: "逗号位置不对", `"20000元（贰拾万元整）"`: "两种写法不一致", `"20000"`: "带“元”的文字", `"两万余元"`: "看不懂金额", `2.5`: "应为整数"} {
			send(value).Want(http.StatusUnprocessableEntity, words, x.field)
		}
		for _, value := range []string{`"贰万元整"`, `"20000元（贰万元整）"`, `"2万元"`, "2000000"} {
			send(value).Want(http.StatusCreated, `"`+x.field+`":2000000`)
		}
	}
}

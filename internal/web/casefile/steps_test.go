package casefile_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"casebook/internal/registry"
	"casebook/internal/web/webtest"
)

// stepsForm is the page of several documents of case 1, with the row of each kind.
type stepsForm struct {
	f      *caseFixture
	page   *webtest.Page
	values url.Values
	row    map[string]string
}

func openSteps(t *testing.T, f *caseFixture) *stepsForm {
	t.Helper()
	x := &stepsForm{f: f, row: map[string]string{}}
	x.page = f.Officer.Get("/cases/1/steps").Want(http.StatusOK).Check()
	x.values = x.page.Form("/cases/1/steps")
	for i := 0; x.values.Has(fmt.Sprintf("steps.%d.kind", i)); i++ {
		x.row[x.values.Get(fmt.Sprintf("steps.%d.kind", i))] = fmt.Sprintf("steps.%d.", i)
	}
	return x
}

// take ticks a kind and types into its row.
func (x *stepsForm) take(t *testing.T, kind string, fields ...string) *stepsForm {
	t.Helper()
	row := x.row[kind]
	if row == "" {
		t.Fatalf("%s is not offered: %v", kind, x.row)
	}
	x.values.Set(row+"take", "1")
	for i := 0; i < len(fields); i += 2 {
		x.values.Set(row+fields[i], fields[i+1])
	}
	return x
}

func (x *stepsForm) send() *webtest.Page { return x.f.Officer.Post("/cases/1/steps", x.values) }

func caseFile(t *testing.T, f *caseFixture) *registry.CaseFile {
	t.Helper()
	file, err := f.Service.CaseFile(context.Background(), f.Actor(registry.RoleOfficer), 1)
	if err != nil {
		t.Fatal(err)
	}
	return file
}

// Ticked rows are registered as their own forms would register them, and nothing else; the fine follows from the decision, and a payment may be for it.
func TestStepsRegisterWhatIsTicked(t *testing.T) {
	f := newCaseFixture(t)
	f.Open()
	f.Officer.Get("/cases/1/violations/new?type_code=LIVESTOCK_DIRECT_DISCHARGE").Submit("/cases/1/violations", "facts", "直排", "act_to", "2024-10-15").Want(http.StatusSeeOther)
	x := openSteps(t, f)
	if got := x.values.Get(x.row["立案"] + "number"); got != "江恩环立〔2024〕1号" {
		t.Errorf("the first filing of the year begins as %q", got)
	}
	x.take(t, "立案").take(t, "事先（听证）告知", "amount_fen", "2万", "served_on", "2024-12-16")
	x.values.Set(x.row["公示"]+"made_on", "这一行没有勾选")
	x.send().Want(http.StatusSeeOther).Follow().Want(http.StatusOK, "已登记：立案、事先（听证）告知。").Check()
	file := caseFile(t, f)
	if len(file.Documents) != 2 || file.Documents[1].ServiceMode != "直接送达" || file.Documents[0].ServiceMode != "" || len(file.Documents[1].Citations) == 0 || file.Documents[1].PartyName == "" {
		t.Errorf("registered: %+v", file.Documents)
	}

	x = openSteps(t, f)
	if _, again := x.row["立案"]; again || x.values.Get(x.row["行政处罚决定"]+"amount_fen") != "20,000" && x.values.Get(x.row["行政处罚决定"]+"amount_fen") != "20000" {
		t.Errorf("after the notice: %v, the decision begins with %q", x.row, x.values.Get(x.row["行政处罚决定"]+"amount_fen"))
	}
	x.take(t, "行政处罚决定", "made_on", "2024-12-25", "served_on", "2024-12-26")
	for name, v := range map[string]string{"payment.take": "1", "payment.paid_on": "2024-12-30", "payment.amount_fen": "2万", "payment.receipt": "P1"} {
		x.values.Set(name, v)
	}
	x.take(t, "结案", "made_on", "2024-12-31", "content", "已履行")
	x.send().Want(http.StatusSeeOther).Follow().Want(http.StatusOK, "已登记：行政处罚决定、结案、罚款、缴款。", "已结案")
	file = caseFile(t, f)
	if len(file.Penalties) != 1 || file.Penalties[0].DocumentID == 0 || file.Penalties[0].PartyID == 0 || len(file.Payments) != 1 || file.Paid() != registry.Yuan(20000) || file.Case.Stage != registry.StageClosed {
		t.Errorf("the fine %+v, the payments %+v, the stage %s", file.Penalties, file.Payments, file.Case.Stage)
	}
	f.Officer.Get("/cases/1/steps").Want(http.StatusConflict, "已结案")
	if got := f.Officer.Get("/audit").Status; got == http.StatusOK {
		t.Error("an officer reads the audit log")
	}
	f.As(registry.RoleAuditor).Get("/cases/1/steps").Want(http.StatusForbidden)
}

// What cannot be stored is said at its row, nothing of the page is stored, and what was typed stands there still.
func TestStepsAreAllOrNone(t *testing.T) {
	f := newCaseFixture(t)
	f.Open()
	other := registry.Case{Title: "另一案", Origin: registry.OriginField, DistrictCode: "440785"}
	if _, err := f.Service.AddCase(context.Background(), f.Actor(registry.RoleOfficer), &other); err != nil {
		t.Fatal(err)
	}
	taken := registry.Document{CaseID: other.ID, Kind: registry.DocFiling, NumberTyped: "江恩环立〔2024〕7号"}
	if _, err := f.Service.AddDocument(context.Background(), f.Actor(registry.RoleOfficer), &taken); err != nil {
		t.Fatal(err)
	}
	x := openSteps(t, f)
	if got := x.values.Get(x.row["立案"] + "number"); got != "江恩环立〔2024〕8号" {
		t.Errorf("after 7 comes %q", got)
	}
	f.Officer.Post("/cases/1/steps", x.values).Want(http.StatusUnprocessableEntity, "没有要登记的")
	x.take(t, "责令改正", "content", "拆除软管").take(t, "立案", "number", "江恩环立〔2024〕第07号")
	p := x.send().Want(http.StatusUnprocessableEntity, "这个文号已被案件", "另一案").Check()
	if v := p.Form("/cases/1/steps"); v.Get(x.row["责令改正"]+"content") != "拆除软管" || v.Get(x.row["立案"]+"number") != "江恩环立〔2024〕第07号" || v.Get(x.row["立案"]+"take") != "1" {
		t.Errorf("what was typed is lost: %v", v)
	}
	if !strings.Contains(p.Body, `href="#f-`+strings.ReplaceAll(x.row["立案"], ".", "-")+`number"`) {
		t.Error("the summary does not lead to the number")
	}
	if file := caseFile(t, f); len(file.Documents) != 0 {
		t.Errorf("%d documents were stored", len(file.Documents))
	}
	x.values.Set(x.row["立案"]+"number", "江恩环立〔2024〕8号")
	x.values.Set(x.row["责令改正"]+"made_on", "2024-13")
	x.send().Want(http.StatusUnprocessableEntity, "2024-13").Check()
	x.values.Set(x.row["责令改正"]+"made_on", "2024-12")
	x.send().Want(http.StatusSeeOther)
	if file := caseFile(t, f); len(file.Documents) != 2 {
		t.Errorf("%d documents, want 2", len(file.Documents))
	}
}

// A page that is sent again makes nothing; sent again with other words, it says that they are not stored.
func TestStepsSentTwice(t *testing.T) {
	f := newCaseFixture(t)
	f.Open()
	x := openSteps(t, f).take(t, "立案").take(t, "行政处罚决定", "amount_fen", "3万")
	x.send().Want(http.StatusSeeOther)
	x.send().Want(http.StatusSeeOther)
	if file := caseFile(t, f); len(file.Documents) != 2 || len(file.Penalties) != 1 {
		t.Errorf("sent twice: %d documents, %d penalties", len(file.Documents), len(file.Penalties))
	}
	x.take(t, "立案", "number", "江恩环立〔2024〕99号")
	x.send().Want(http.StatusUnprocessableEntity, "此前已经保存")
	if file := caseFile(t, f); len(file.Documents) != 2 || file.Documents[0].Number == "江恩环立〔2024〕99号" {
		t.Errorf("other words were stored: %+v", file.Documents)
	}
}

// Two people with the page open: what the first has registered is not registered again.
func TestStepsOfTwoPeople(t *testing.T) {
	f := newCaseFixture(t)
	f.Open()
	first, second := openSteps(t, f).take(t, "调查报告"), openSteps(t, f).take(t, "调查报告").take(t, "法制审核", "people.0", "丁四")
	first.send().Want(http.StatusSeeOther)
	second.send().Want(http.StatusUnprocessableEntity, "本案已登记过“调查报告”").Check()
	if file := caseFile(t, f); len(file.Documents) != 1 {
		t.Errorf("%d documents, want 1", len(file.Documents))
	}
}

// A fine outside every range is asked about once, and a payment of more than is owed; then both are recorded as they are.
func TestStepsAskOnce(t *testing.T) {
	f := newCaseFixture(t)
	f.Open()
	form := f.Officer.Get("/cases/1/violations/new?type_code=LIVESTOCK_DIRECT_DISCHARGE").Form("/cases/1/violations")
	form.Set("facts", "直排")
	form.Set("act_to", "2024-10-15")
	f.Officer.Post("/cases/1/violations", form).Want(http.StatusSeeOther)
	x := openSteps(t, f).take(t, "行政处罚决定", "amount_fen", "900万", "made_on", "2024-12-01")
	p := x.send().Want(http.StatusUnprocessableEntity, "幅度之外").Check()
	x.values = p.Form("/cases/1/steps")
	x.send().Want(http.StatusSeeOther)
	x = openSteps(t, f)
	x.values.Set("payment.take", "1")
	x.values.Set("payment.amount_fen", "901万")
	p = x.send().Want(http.StatusUnprocessableEntity, "超出").Check()
	x.values = p.Form("/cases/1/steps")
	x.send().Want(http.StatusSeeOther)
	if file := caseFile(t, f); file.Paid() != registry.Yuan(9010000) {
		t.Errorf("%s was paid", file.Paid())
	}
}

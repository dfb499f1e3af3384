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
	f.Officer.Get(at).Want(http.StatusOK, "排口照片", "日常检查 2024-10-15", "现场录像.txt", "共 2 件", "从检查列入（2）").WantNot("还没有登记证据").Check()
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
		b.SignIn("officer").Open(at).Want("共 2 件", "排口照片", "日常检查 2024-10-15").Press("从检查列入").Want("检查中已有的证据和文件").
			Fill("exhibit", fmt.Sprint(i+1)).Press("列入本案证据").Want("已列入本案证据 1 件", "共 2 件")
	}
}

package casefile_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"casebook/internal/registry"
	"casebook/internal/web"
	"casebook/internal/web/webtest"
)

// fullCase is a case with one of everything on it, written through the use cases.
func fullCase(t *testing.T) (*caseFixture, registry.Actor) {
	t.Helper()
	f := newCaseFixture(t)
	ctx, actor := context.Background(), f.Actor(registry.RoleOfficer)
	must := func(_ bool, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	f.Open()
	m := registry.Money(100)
	must(f.Service.AddViolation(ctx, actor, &registry.Violation{CaseID: 1, Facts: "排放"}))
	must(f.Service.AddDocument(ctx, actor, &registry.Document{CaseID: 1, Kind: registry.DocDecision}))
	must(f.Service.AddPenalty(ctx, actor, &registry.Penalty{CaseID: 1, DocumentID: 1, Kind: "罚款", Amount: &m}))
	must(f.Service.AddPayment(ctx, actor, &registry.Payment{CaseID: 1, PenaltyID: 1, Amount: 50}))
	must(f.Service.AddEvidence(ctx, actor, &registry.Evidence{CaseID: 1, Kind: "书证", Title: "笔录"}))
	must(f.Service.AddReviewNote(ctx, actor, &registry.ReviewNote{CaseID: 1, About: "文号", Note: "漏字"}))
	must(f.Service.AddSample(ctx, actor, &registry.Sample{InspectionID: 1, Point: "排口"}))
	return f, actor
}

// writeEverywhere points every route that writes records at case 1 and what is on it, with what its form would need.
func writeEverywhere(t *testing.T, f *caseFixture) {
	t.Helper()
	form := url.Values{"version": {"1"}, "facts": {"改"}, "kind": {"罚款"}, "title": {"改"}, "point": {"改"}, "about": {"改"}, "note": {"改"}, "amount_fen": {"9"}, "penalty_id": {"1"}, "started_on": {"2024-10-15"},
		"district_code": {"440785"}, "origin": {"现场登记"}, "farm_id": {"1"}}
	document := url.Values{"version": {"1"}, "kind": {"公示"}, "note": {"改"}}
	at := strings.NewReplacer(":id", "1", ":child", "1", ":entity", "evidence")
	for _, route := range web.Routes() {
		if route.Permission != registry.PermRecordWrite || route.Method == http.MethodGet || strings.Contains(route.Path, "/imports/") {
			continue
		}
		path := at.Replace(route.Path)
		var status int
		switch {
		case strings.HasSuffix(path, "/attachments"):
			status = f.Officer.Do(http.MethodPost, path+"?key="+url.QueryEscape(path), strings.NewReader("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\nx\r\n--b--\r\n"),
				http.Header{"Content-Type": {"multipart/form-data; boundary=b"}, "Sec-Fetch-Site": {"same-origin"}, "Idempotency-Key": {path}}).Status
		case strings.HasPrefix(path, "/api/"):
			status = f.Officer.JSON(route.Method, path, `{"note":"改"}`, "If-Match", `"1"`).Status
		case strings.Contains(path, "/documents"):
			status = f.Officer.Post(path, document).Status
		default:
			status = f.Officer.Post(path, form).Status
		}
		if status >= http.StatusInternalServerError {
			t.Errorf("%s %s = %d", route.Method, path, status)
		}
	}
}

// No route writes to a closed case, to what is on it, or to the inspection it rests on. The same requests change an open one. Its number alone may
// be set, with a reason, which these requests do not give.
func TestNoRouteWritesToAClosedCase(t *testing.T) {
	ctx := context.Background()
	steps := func(f *caseFixture, actor registry.Actor) (on []registry.Revision, files int) {
		t.Helper()
		p, err := f.Service.CasePage(ctx, actor, 1)
		if err != nil {
			t.Fatal(err)
		}
		ins, err := f.Service.InspectionPage(ctx, actor, 1)
		if err != nil {
			t.Fatal(err)
		}
		return append(p.History, ins.History...), len(p.Attachments) + len(ins.Attachments)
	}
	f, actor := fullCase(t)
	before, _ := steps(f, actor)
	writeEverywhere(t, f)
	if after, files := steps(f, actor); len(after) < len(before)+12 || files != 4 {
		t.Errorf("an open case took %d steps of history and %d files: the requests are not what the routes accept", len(after)-len(before), files)
	}

	f, actor = fullCase(t)
	if _, err := f.Service.AddDocument(ctx, actor, &registry.Document{CaseID: 1, Kind: registry.DocClosing}); err != nil {
		t.Fatal(err)
	}
	before, _ = steps(f, actor)
	writeEverywhere(t, f)
	after, files := steps(f, actor)
	if len(after) != len(before) || files != 0 {
		t.Errorf("the closed case was written to: %d more steps of history, %d files", len(after)-len(before), files)
		for _, x := range after {
			t.Logf("%s %s %d %s", x.Action, x.Entity, x.EntityID, x.At)
		}
	}
}

// The signed 结案审批表 of a closed case is kept once: it cannot be there before. No other scan is, and nothing else of the case is written.
func TestClosedCaseTakesItsSignedClosing(t *testing.T) {
	f, actor := fullCase(t)
	ctx := context.Background()
	if _, err := f.Service.AddDocument(ctx, actor, &registry.Document{CaseID: 1, Kind: registry.DocClosing, MadeOn: registry.Day(2024, 12, 10)}); err != nil {
		t.Fatal(err)
	}
	sign := func(path, key string) *webtest.Page {
		t.Helper()
		return f.Officer.Do(http.MethodPost, path+"?key="+key, strings.NewReader("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\r\n%PDF-1.7\r\n--b--\r\n"),
			http.Header{"Content-Type": {"multipart/form-data; boundary=b"}, "Sec-Fetch-Site": {"same-origin"}}).Want(http.StatusSeeOther).Follow().Want(http.StatusOK)
	}
	before, err := f.Service.CasePage(ctx, actor, 1)
	if err != nil {
		t.Fatal(err)
	}
	sign("/documents/1/papers/decision/signed", "d").Want(http.StatusOK, "没有登记签名原件", "已结案")
	sign("/documents/2/papers/closing/signed", "c").Want(http.StatusOK, "已登记签名原件", "有效")
	sign("/documents/2/papers/closing/signed", "e").Want(http.StatusOK, "没有登记签名原件")
	after, err := f.Service.CasePage(ctx, actor, 1)
	if err != nil {
		t.Fatal(err)
	}
	if len(after.Attachments) != len(before.Attachments)+1 || after.Case.Version != before.Case.Version {
		t.Errorf("%d files (%d before), version %d (%d before)", len(after.Attachments), len(before.Attachments), after.Case.Version, before.Case.Version)
	}
	f.Officer.Post("/signed-papers/1/reopen", url.Values{"version": {"1"}, "reason": {"换一份"}}).Follow().Want(http.StatusOK, "已结案")
}

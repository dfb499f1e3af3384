package web_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"casebook/internal/registry"
	"casebook/internal/store"
	"casebook/internal/web"
	"casebook/internal/web/webtest"
)

// twice is how a route that creates is sent twice: the text says 甲 the first two times and 乙 the third.
type twice struct {
	entity string
	role   registry.Role // officer where it is empty
	open   string        // the page with the form; of an upload there is none
	fields []string      // name, value, … of the form
	text   string        // the field that says 甲, then 乙
	json   string        // the body for a program, with %s for the text
	file   bool          // a file is uploaded, named after the text
	after  string        // what becomes of the second text: merged into the record, another record, or nothing more than shown
	again  int           // status of the same content again; 0 is that of the first time
}

const (
	merged  = "merged"
	another = "another"
	shown   = "shown"
)

// discretion is the calculator with a complete set of answers.
const discretion = "/statutes/discretion/GD-2.8.1?go=1&violation=1&act=2024-10-15&on=2025-01-05&f0=2&f1=0&f2=0&f3=0&f4=0&f5=0"

// creating has every POST route that creates a record, with the ids of the register that registerForTwice makes.
var creating = map[string]twice{
	"/farms": {entity: "farm", open: "/farms/new",
		fields: []string{"name", "甲乙养殖场", "district_code", "440785"}, text: "note", after: merged},
	"/parties": {entity: "party", open: "/parties/new",
		fields: []string{"name", "恩平某农牧有限公司", "kind", "公司"}, text: "note", after: merged},
	"/inspections": {entity: "inspection", open: "/inspections/new?farm_id=1",
		fields: []string{"kind", "日常检查"}, text: "findings", after: merged},
	"/field": {entity: "inspection", open: "/field/new?farm_id=1",
		fields: []string{"kind", "日常检查"}, text: "findings", after: merged},
	"/inspections/:id/samples": {entity: "sample", open: "/inspections/1/samples/new",
		fields: []string{"point", "总排口"}, text: "note", after: merged},
	"/inspections/:id/evidence": {entity: "evidence", open: "/inspections/1/evidence/new",
		fields: []string{"title", "现场照片", "kind", "书证"}, text: "note", after: merged},
	"/cases/:id/interrogations": {entity: "interrogation", open: "/cases/1/interrogations/new",
		fields: []string{"name", "孙八一"}, text: "note", after: merged},
	"/inspections/:id/interrogations": {entity: "interrogation", open: "/inspections/1/interrogations/new",
		fields: []string{"name", "孙八一"}, text: "note", after: merged},
	"/cases/:id/evidence": {entity: "evidence", open: "/cases/1/evidence/new",
		fields: []string{"title", "台账复印件", "kind", "书证"}, text: "note", after: merged},
	"/cases":                {entity: "case", open: "/cases/new?farm_id=1", text: "summary", after: merged},
	"/cases/:id/violations": {entity: "violation", open: "/cases/1/violations/new?type_code=WATER_EVASION", text: "facts", after: merged},
	"/cases/:id/documents": {entity: "document", open: "/cases/1/documents/new?kind=" + url.QueryEscape("立案"),
		fields: []string{"made_on", "2024-10-20"}, text: "content", after: merged},
	"/cases/:id/penalties": {entity: "penalty", open: "/cases/1/penalties/new",
		fields: []string{"kind", "警告"}, text: "content", after: merged},
	"/cases/:id/payments": {entity: "payment", open: "/cases/1?panel=money",
		fields: []string{"penalty_id", "1", "payment_kind", "缴纳罚款", "amount_fen", "1000", "paid_on", "2024-12-01"}, text: "payment_note", after: another},
	"/cases/:id/reviews": {entity: "review_note", open: "/cases/1?panel=history", fields: []string{"about", "文号"}, text: "note", after: merged},
	"/violations/:id/discretion-sheets": {entity: "discretion_sheet", open: discretion,
		text: "note", after: shown},
	"/parties/:id/merge": {entity: "party_merge", open: "/parties/2/merge?other=3",
		fields: []string{"into_id", "3"}, text: "reason", after: shown},
	"/farms/:id/merge": {entity: "farm_merge", open: "/farms/2/merge?other=3",
		fields: []string{"into_id", "3"}, text: "reason", after: shown},
	"/bulletins": {entity: "bulletin", role: registry.RolePublisher, open: "/bulletins/new?case_id=1",
		fields: []string{"title", "典型案例"}, text: "lead", after: merged},
	"/exports/profiles": {entity: "export_profile", role: registry.RoleAuditor, open: "/exports/profiles/new?rows=violations",
		fields: []string{"name", "违法行为一览"}, text: "note", after: merged},
	"/list-views":      {entity: "list_view", open: "/cases", text: "name", after: merged},
	"/imports/sources": {entity: "publication", open: "/imports/sources/new?case_id=1", text: "name", after: merged},
	"/admin/organs": {entity: "organ", role: registry.RoleAdmin, open: "/admin/organs/new",
		fields: []string{"name", "江门市生态环境局开平分局"}, text: "short_name", after: merged},
	"/draws": {entity: "draw", role: registry.RoleAuditor, open: "/draws/new",
		fields: []string{"title", "评查", "from", "2000", "to", "2030", "size", "1", "seed", "7"}, text: "note", after: shown},
	"/draws/:id/cases/:child/result": {entity: "draw_result", role: registry.RoleAuditor, open: "/draws/1/cases/1/result",
		fields: []string{"score", "90", "reviewer", "丙"}, text: "note", after: merged},
	"/score-sheets": {entity: "score_sheet", role: registry.RoleAuditor, open: "/score-sheets/new",
		fields: []string{"name", "评分表", "items", "编号｜1"}, text: "source", after: merged},
	"/admin/officers": {entity: "officer", role: registry.RoleAdmin, open: "/admin/officers/new",
		fields: []string{"name", "李明"}, text: "cert_no", after: merged},
	"/admin/users": {entity: "user", role: registry.RoleAdmin, open: "/admin/users/new",
		fields: []string{"username", "li.ming", "role", "officer"}, text: "display_name", after: merged,
		again: http.StatusConflict}, // its password was shown
	"/admin/document-kinds": {entity: "document_kind", role: registry.RoleAdmin, open: "/admin/document-kinds/new",
		fields: []string{"name", "约谈"}, text: "note", after: merged},
	"/farms/:id/attachments":       {entity: "attachment", file: true, after: shown},
	"/inspections/:id/attachments": {entity: "attachment", file: true, after: shown},
	"/cases/:id/attachments":       {entity: "attachment", file: true, after: shown},
	"/documents/:id/scan":          {entity: "attachment", file: true, after: shown},

	"/api/v1/farms":   {entity: "farm", json: `{"name":"丙养殖场","district_code":"440785","note":"%s"}`, text: "note"},
	"/api/v1/parties": {entity: "party", json: `{"name":"开平某农牧有限公司","kind":"公司","note":"%s"}`, text: "note"},
	"/api/v1/inspections": {entity: "inspection", json: `{"farm_id":1,"origin":"现场登记","started_on":"2024-10-16","findings":"%s"}`,
		text: "findings"},
	"/api/v1/inspections/:id/samples": {entity: "sample", json: `{"point":"雨水口","medium":"废水","note":"%s"}`, text: "note"},
	"/api/v1/cases": {entity: "case", json: `{"title":"另一案","origin":"现场登记","district_code":"440785","summary":"%s"}`,
		text: "summary"},
	"/api/v1/cases/:id/violations":           {entity: "violation", json: `{"type_code":"WATER_EVASION","facts":"%s"}`, text: "facts"},
	"/api/v1/cases/:id/documents":            {entity: "document", json: `{"kind":"立案","made_on":"2024-10-21","content":"%s"}`, text: "content"},
	"/api/v1/cases/:id/penalties":            {entity: "penalty", json: `{"kind":"警告","content":"%s"}`, text: "content"},
	"/api/v1/cases/:id/rechecks":             {entity: "inspection", json: `{"started_on":"2024-11-16","rectified":"已改正","findings":"%s"}`, text: "findings"},
	"/api/v1/cases/:id/evidence":             {entity: "evidence", json: `{"kind":"书证","title":"台账","note":"%s"}`, text: "note"},
	"/api/v1/cases/:id/interrogations":       {entity: "interrogation", json: `{"name":"孙八一","note":"%s"}`, text: "note"},
	"/api/v1/inspections/:id/interrogations": {entity: "interrogation", json: `{"name":"孙八一","note":"%s"}`, text: "note"},
	"/api/v1/inspections/:id/evidence":       {entity: "evidence", json: `{"kind":"书证","title":"笔录","note":"%s"}`, text: "note"},
	"/api/v1/cases/:id/payments": {entity: "payment", json: `{"penalty_id":1,"kind":"缴纳罚款","amount_fen":100000,"paid_on":"2024-12-02","note":"%s"}`,
		text: "note"},
	"/api/v1/bulletins": {entity: "bulletin", role: registry.RolePublisher, json: `{"title":"又一期","lead":"%s","cases":[{"case_id":1}]}`,
		text: "lead"},
	"/api/v1/farms/:id/attachments":       {entity: "attachment", file: true, text: "filename"},
	"/api/v1/parties/:id/attachments":     {entity: "attachment", file: true, text: "filename"},
	"/api/v1/inspections/:id/attachments": {entity: "attachment", file: true, text: "filename"},
	"/api/v1/cases/:id/attachments":       {entity: "attachment", file: true, text: "filename"},
	"/api/v1/bulletins/:id/attachments":   {entity: "attachment", file: true, text: "filename"},
}

// notCreating has the other POST routes with the reason why sending one twice cannot make a second record.
var notCreating = map[string]string{
	"/bulletins/:id/pictures":             "a file comes once under the key of a page, another file is another picture: TestPictureSentTwice",
	"/bulletins/:id/pictures/choose":      "what is chosen is not chosen again",
	"/bulletins/:id/pictures/:file":       "it changes a picture, in the version the page showed",
	"/bulletins/:id/pictures/:file/move":  "it moves the version that the page showed",
	"/bulletins/:id/pictures/:file/check": "it notes who looked at the copy that the page showed",

	"/field/:id/samples":                       "a sample is found by its form and its number, and brought up to date: TestGridSentTwice",
	"/cases/:id/steps":                         "each document is found by its form and its kind: casefile's TestStepsSentTwice",
	"/field/judge":                             "it reads a grid and stores nothing",
	"/field/uploads":                           "a file is begun once under its id",
	"/drafts":                                  "what is kept unsaved takes the place of what was",
	"/list-columns":                            "what somebody chose takes the place of what was",
	"/zones":                                   "a file comes with it: TestZoneImport sends it twice",
	"/imports/ledger":                          "it keeps a file and stores nothing",
	"/imports/ledger/:ledger":                  "the same ledger again changes nothing: casework's TestLedgerBecomesRecordsAndIsTakenBack",
	"/imports/batches/:id/undo":                "a batch is taken back once",
	"/imports/bulletin":                        "it reads a text and stores nothing",
	"/imports/bulletin/cases":                  "the cases left out before may follow; casework's TestDuplicatesNeedAReason sends the same ones twice",
	"/documents/:id/papers/:paper/signed":      "a paper has one original in force: the second is refused",
	"/inspections/:id/papers/:paper/signed":    "as above",
	"/interrogations/:id/papers/:paper/signed": "as above",
	"/signed-papers/:id/reopen":                "it takes the version that the page showed out of force",
	"/admin/wordings/:paper":                   "a kind of paper has one set of wordings",
	"/admin/bureau":                            "there is one bureau",
	"/admin/calendar/preview":                  "it shows what a notice says",
	"/admin/calendar":                          "a year has one notice, found by its year",
	"/admin/laws/preview":                      "it shows what a text says",
	"/admin/laws":                              "a version of a law is found by its name; the same text again is refused",
	"/admin/laws/:law/:version/check":          "it marks a version",
	"/admin/laws/:law/:version/uncheck":        "it marks a version",
	"/admin/users/:id/disabled":                "it marks an account",
	"/admin/users/:id/password":                "it gives an account another password",
	"/audit/verify":                            "it reads",
	"/month-closings":                          "a month that is closed cannot be closed again",
	"/month-closings/:id/reopen":               "a closing is taken back once, in the version the page showed",
	"/verify":                                  "it reads a file and stores nothing",
	"/verify/register":                         "the same job is not asked for again while it waits or runs",
	"/verify/register/:id/cancel":              "a job is cancelled once",
	"/imports/jobs/:id/again":                  "a job that waits is not queued again",
	"/imports/jobs/:id/cancel":                 "a job is cancelled once",
	"/imports/jobs/:id/delete":                 "a job is forgotten once",
	"/exports/mine/:id/cancel":                 "a job is cancelled once",
	"/exports/mine/:id/again":                  "a job that waits is not put into the queue again",
	"/verify/heads":                            "the head signed again is another head: that of the entry that tells of the first",
	"/reconcile":                               "it keeps a file under its own hash, and no record",
	"/cases/:id/evidence/take":                 "a piece that the case has is not taken again",
	"/cases/:id/number":                        "the number that a case has changes nothing",
	"/api/v1/cases/:id/number":                 "the number that a case has changes nothing",
	"/cases/:id/reopen":                        "a case that is open cannot be opened again",
	"/history/:entity/:id/restore":             "what is there cannot be restored",
	"/inspections/:id/submit":                  "a record is submitted once",
	"/violations/:id/elements":                 "what is linked already is not linked again, and an older version meets the merge page",
	"/violations/:id/confirm":                  "it marks citations, in the version the page showed",
	"/bulletins/autosave":                      "what is kept unsaved takes the place of what was",
	"/bulletins/:id/autosave":                  "what is kept unsaved takes the place of what was",
	"/bulletins/preview":                       "it reads a form and stores nothing",
	"/bulletins/:id/preview":                   "it reads a form and stores nothing",
	"/bulletins/:id/submit":                    "it moves a bulletin on",
	"/bulletins/:id/return":                    "it moves a bulletin back",
	"/bulletins/:id/approve":                   "it moves a bulletin on",
	"/bulletins/:id/withdraw":                  "it takes a bulletin back",
	"/bulletins/:id/answer":                    "it answers what the guard asks, in the version the page showed",
	"/bulletins/:id/releases":                  "it moves the version that the page showed",
	"/bulletins/:id/publish":                   "a bulletin is published once",
	"/bulletins/:id/correct":                   "while a correction is under way there is no other",
	"/public/bulletins/:slug/report":           "a reader may say the same again; how often is bounded",
	"/farms/:id/unmerge":                       "a merge is undone once",
	"/parties/:id/unmerge":                     "a merge is undone once",
	"/farms/:id/void":                          "a record is voided once, in the version the page showed",
	"/farms/:id/unvoid":                        "a record is restored once, in the version the page showed",
	"/parties/:id/void":                        "a record is voided once, in the version the page showed",
	"/parties/:id/unvoid":                      "a record is restored once, in the version the page showed",
	"/inspections/:id/void":                    "a record is voided once, in the version the page showed",
	"/inspections/:id/unvoid":                  "a record is restored once, in the version the page showed",
	"/cases/:id/void":                          "a record is voided once, in the version the page showed",
	"/cases/:id/unvoid":                        "a record is restored once, in the version the page showed",
	"/api/v1/farms/:id/void":                   "a record is voided once, in the version the page showed",
	"/api/v1/farms/:id/unvoid":                 "a record is restored once, in the version the page showed",
	"/api/v1/parties/:id/void":                 "a record is voided once, in the version the page showed",
	"/api/v1/parties/:id/unvoid":               "a record is restored once, in the version the page showed",
	"/api/v1/inspections/:id/void":             "a record is voided once, in the version the page showed",
	"/api/v1/inspections/:id/unvoid":           "a record is restored once, in the version the page showed",
	"/api/v1/cases/:id/void":                   "a record is voided once, in the version the page showed",
	"/api/v1/cases/:id/unvoid":                 "a record is restored once, in the version the page showed",
	"/login":                                   "a session is no record",
	"/logout":                                  "a session is no record",
	"/password":                                "it changes the account",
}

// Every route that creates is sent twice with the same content and makes one record; sent with other content it is refused, and the
// answer holds both texts. A new route has to say here how it behaves.
func TestEveryCreateSentTwice(t *testing.T) {
	r := registerForTwice(t)
	for _, route := range web.Routes() {
		row, creates := creating[route.Path]
		_, other := notCreating[route.Path]
		switch {
		case route.Method != http.MethodPost:
		case creates == (other || edits(route.Path)):
			t.Errorf("%s needs a row in one of creating and notCreating", route.Path)
		case creates:
			t.Run(route.Path, func(t *testing.T) { r.sendTwice(t, route.Path, row) })
		}
	}
}

// edits reports whether a page's route changes or deletes the record of its address, in the version the page showed.
func edits(path string) bool {
	return !strings.HasPrefix(path, "/api/") && (strings.HasSuffix(path, "/:id") || strings.HasSuffix(path, "/:id/delete"))
}

type twiceRegister struct {
	*webtest.CaseFixture
	clients map[registry.Role]*webtest.Client
}

// registerForTwice has a case with a violation, a decision and a fine, two more parties, and a bulletin.
func registerForTwice(t *testing.T) *twiceRegister {
	f := webtest.NewCaseFixture(t)
	r := &twiceRegister{f, map[registry.Role]*webtest.Client{"": f.Officer}}
	for _, role := range []registry.Role{registry.RolePublisher, registry.RoleAuditor, registry.RoleAdmin} {
		r.clients[role] = f.As(role)
	}
	at := f.Open()
	f.Violate(at, "WATER_EVASION", "facts", "排放").Want(http.StatusSeeOther)
	actor := f.Actor(registry.RoleOfficer)
	for _, name := range []string{"某农业公司", "某农业有限公司"} {
		if _, err := f.Service.AddFarmAnyway(t.Context(), actor, &registry.Farm{Name: name, DistrictCode: "440785"}, "待合并"); err != nil {
			t.Fatal(err)
		}
		if _, err := f.Service.AddParty(t.Context(), actor, &registry.Party{Name: name, Kind: "公司"}); err != nil {
			t.Fatal(err)
		}
	}
	decision := registry.Document{CaseID: 1, Kind: registry.DocDecision, MadeOn: registry.Day(2024, 11, 20)}
	if _, err := f.Service.AddDocument(t.Context(), actor, &decision); err != nil {
		t.Fatal(err)
	}
	amount := registry.Yuan(300000)
	fine := registry.Penalty{CaseID: 1, Kind: "罚款", Amount: &amount, PartyID: f.Party.ID, DocumentID: decision.ID}
	if _, err := f.Service.AddPenalty(t.Context(), actor, &fine); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Service.AddBulletin(t.Context(), f.Actor(registry.RolePublisher), &registry.Bulletin{Title: "一期"}); err != nil {
		t.Fatal(err)
	}
	draw := registry.Draw{Title: "评查", From: registry.Month(2024, 1), To: registry.Month(2024, 12), Percent: 100, Seed: "7"}
	if _, err := f.Service.MakeDraw(t.Context(), f.Actor(registry.RoleAuditor), &draw); err != nil {
		t.Fatal(err)
	}
	return r
}

// latest are how many records of an entity there are, and the last version of the one made last.
func (r *twiceRegister) latest(t *testing.T, entity string) (n int, body string) {
	t.Helper()
	err := r.DB.Read(t.Context(), func(tx *store.Tx) error {
		for {
			list, err := tx.Revisions(entity, int64(n+1))
			if err != nil || len(list) == 0 {
				return err
			}
			n, body = n+1, string(list[len(list)-1].Body)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	return n, body
}

const (
	firstText  = "先写的甲"
	secondText = "后写的乙"
)

func (r *twiceRegister) sendTwice(t *testing.T, path string, row twice) {
	r.T = t // the pages' failures are this route's
	post := r.sender(t, path, row)
	before, _ := r.latest(t, row.entity)
	first := post(firstText)
	if first.Status >= 400 {
		t.Fatalf("first: status %d\n%s", first.Status, first.Text())
	}
	same := post(firstText)
	wantStatus := first.Status
	switch {
	case row.again != 0:
		wantStatus = row.again
	case strings.HasPrefix(path, "/api/"):
		wantStatus = http.StatusOK
	}
	same.Want(wantStatus)
	if row.again == 0 && same.Header.Get("Location") != first.Header.Get("Location") {
		t.Errorf("the same again leads to %q, want %q", same.Header.Get("Location"), first.Header.Get("Location"))
	}
	other := post(secondText).Want(http.StatusConflict, firstText, secondText)
	n, stored := r.latest(t, row.entity)
	if n != before+1 || !strings.Contains(stored, firstText) || strings.Contains(stored, secondText) {
		t.Fatalf("%d records, want %d; the last is %s", n, before+1, stored)
	}
	if strings.HasPrefix(path, "/api/") {
		wantBoth(t, other, row.text)
		return
	}
	other.Check()
	if row.after == shown {
		return
	}
	if saved := other.Submit(formAction(t, other)); saved.Status != http.StatusSeeOther {
		t.Fatalf("saving what the page shows: status %d\n%s", saved.Status, saved.Text())
	}
	want := before + 1
	if row.after == another {
		want++
	}
	if n, stored = r.latest(t, row.entity); n != want || !strings.Contains(stored, secondText) {
		t.Errorf("after saving what the page shows: %d records, want %d; the last is %s", n, want, stored)
	}
}

// sender opens the form once, and sends it with a text.
func (r *twiceRegister) sender(t *testing.T, path string, row twice) func(text string) *webtest.Page {
	at := strings.NewReplacer(":id", "1", ":child", "1").Replace(path)
	client := r.clients[row.role]
	switch {
	case row.file:
		return func(text string) *webtest.Page {
			body, kind := upload(t, text+".txt")
			return client.Do(http.MethodPost, at+"?key="+url.QueryEscape(path), body, http.Header{"Content-Type": {kind}, "Idempotency-Key": {path}})
		}
	case row.json != "":
		uid := fmt.Sprintf(`{"client_uid":%q,`, path)
		return func(text string) *webtest.Page {
			return client.JSON(http.MethodPost, at, uid+strings.TrimPrefix(fmt.Sprintf(row.json, text), "{"))
		}
	}
	if path == "/parties/:id/merge" || path == "/farms/:id/merge" {
		at = strings.Replace(path, ":id", "2", 1)
	}
	values := client.Get(row.open).Want(http.StatusOK).Form(at)
	for i := 0; i < len(row.fields); i += 2 {
		values.Set(row.fields[i], row.fields[i+1])
	}
	return func(text string) *webtest.Page {
		values.Set(row.text, text)
		return client.Post(at, values)
	}
}

func upload(t *testing.T, name string) (body *bytes.Buffer, contentType string) {
	t.Helper()
	body = &bytes.Buffer{}
	w := multipart.NewWriter(body)
	part, err := w.CreateFormFile("file", name)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := part.Write([]byte(name)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return body, w.FormDataContentType()
}

// wantBoth looks for both records in a problem for programs.
func wantBoth(t *testing.T, p *webtest.Page, field string) {
	t.Helper()
	var problem struct{ Stored, Typed map[string]any }
	if err := json.Unmarshal([]byte(p.Body), &problem); err != nil {
		t.Fatal(err)
	}
	if got := p.Header.Get("Content-Type"); got != "application/problem+json" {
		t.Errorf("Content-Type %q", got)
	}
	if !strings.HasPrefix(fmt.Sprint(problem.Stored[field]), firstText) || !strings.HasPrefix(fmt.Sprint(problem.Typed[field]), secondText) {
		t.Errorf("stored %v, typed %v", problem.Stored[field], problem.Typed[field])
	}
}

// formAction is where the merge page posts to.
func formAction(t *testing.T, p *webtest.Page) string {
	t.Helper()
	_, rest, ok := strings.Cut(p.Body, `<form class="form" method="post" action="`)
	action, _, _ := strings.Cut(rest, `"`)
	if !ok || action == "" {
		t.Fatalf("no form on the page\n%s", p.Text())
	}
	return action
}

package web_test

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/web"
	"casebook/internal/web/webtest"
)

// half is one branch of a register with one record of each noun. word stands in every name, so that it can be looked for.
type half struct {
	word, district                                                                                 string
	organ                                                                                          registry.Organ
	party, twin                                                                                    registry.Party
	farm                                                                                           registry.Farm
	inspection                                                                                     registry.Inspection
	interrogation, sample, evidence, cas, violation, document, penalty, payment, note, sheet, file int64
}

// branches is a register of two branches and who signs in to it: an officer of the first, one of the whole city, and the other roles.
type branches struct {
	*webtest.App
	ours, theirs *half
	own, city    *webtest.Client
	others       map[registry.Role]*webtest.Client
	n            int // makes names differ
}

func newBranches(t *testing.T) *branches {
	t.Helper()
	b := &branches{App: webtest.New(t), others: map[registry.Role]*webtest.Client{}}
	b.city = b.As(registry.RoleOfficer)
	b.ours, b.theirs = b.half("青禾", "恩平分局", "440785"), b.half("白鹭", "开平分局", "440783")
	u := registry.User{Username: "enping", DisplayName: "恩平甲", Role: registry.RoleOfficer, OrganID: b.ours.organ.ID}
	if _, err := b.Service.AddUser(t.Context(), registry.CommandLine, &u); err != nil {
		t.Fatal(err)
	}
	if err := b.Service.SetPassword(t.Context(), u.Username, webtest.Password); err != nil {
		t.Fatal(err)
	}
	b.own = b.SignedIn(u.Username)
	for _, role := range []registry.Role{registry.RolePublisher, registry.RoleAuditor, registry.RoleAdmin} {
		b.others[role] = b.As(role)
	}
	return b
}

func (b *branches) must(_ bool, err error) {
	b.T.Helper()
	if err != nil {
		b.T.Fatal(err)
	}
}

// half fills a branch, as the city's officer.
func (b *branches) half(word, unit, district string) *half {
	ctx, a := context.Background(), b.Actor(registry.RoleOfficer)
	h := &half{word: word, district: district, organ: registry.Organ{Name: unit, ShortName: unit, Kind: "分局", DistrictCode: district, Active: true}}
	b.must(b.Service.AddOrgan(ctx, registry.CommandLine, &h.organ))
	h.party = registry.Party{Name: word + "畜牧公司", Kind: "公司"}
	b.must(b.Service.AddParty(ctx, a, &h.party))
	h.twin = registry.Party{Name: word + "农牧公司", Kind: "公司"}
	b.must(b.Service.AddParty(ctx, a, &h.twin))
	h.farm = b.newFarm(h, h.party.ID)
	b.newFarm(h, h.twin.ID)
	h.inspection = b.newInspection(h)
	h.cas = b.newCase(h)
	sample := registry.Sample{InspectionID: h.inspection.ID, Point: word + "排口"}
	b.must(b.Service.AddSample(ctx, a, &sample))
	evidence := registry.Evidence{CaseID: registry.CaseID(h.cas), InspectionID: h.inspection.ID, Kind: "书证", Title: word + "笔录"}
	b.must(b.Service.AddEvidence(ctx, a, &evidence))
	h.sample, h.evidence, h.violation = int64(sample.ID), int64(evidence.ID), b.newViolation(h)
	document := registry.Document{CaseID: registry.CaseID(h.cas), Kind: registry.DocDecision, MadeOn: registry.Day(2024, 11, 20), Content: word}
	b.must(b.Service.AddDocument(ctx, a, &document))
	h.document, h.penalty = int64(document.ID), b.newPenalty(h)
	h.payment, h.note, h.interrogation = b.newPayment(h), b.newNote(h), newInterrogation(b, h)
	sheet := b.city.Get(strings.Replace(discretion, "violation=1", fmt.Sprint("violation=", h.violation), 1)).Want(http.StatusOK)
	to := sheet.Submit(fmt.Sprintf("/violations/%d/discretion-sheets", h.violation)).Want(http.StatusSeeOther).Header.Get("Location")
	_, _ = fmt.Sscanf(to, "/discretion-sheets/%d", &h.sheet)
	x, _, err := b.Service.AddAttachment(ctx, a, "case", h.cas, word+".txt", strings.NewReader(word+"附件"), "")
	b.must(false, err)
	h.file = int64(x.ID)
	return h
}

func (b *branches) newFarm(h *half, operator registry.PartyID) registry.Farm {
	x := registry.Farm{Name: h.word + "猪场", DistrictCode: h.district, OperatorID: operator}
	b.must(b.Service.AddFarmAnyway(context.Background(), b.Actor(registry.RoleOfficer), &x, "另有一场"))
	return x
}

// newInspection is a draft that could be submitted.
func (b *branches) newInspection(h *half) registry.Inspection {
	x := registry.Inspection{FarmID: h.farm.ID, PartyID: h.party.ID, Kind: "日常检查", Origin: registry.OriginField, StartedOn: registry.Day(2024, 10, 15), StartTime: "09:00", EndTime: "10:00",
		Place: h.word + "村", Findings: h.word + "场废水排入外环境", Result: registry.ViolationFound, CertificateShown: registry.Yes, RightsTold: registry.Yes,
		Officers: []registry.OfficerRef{{Name: "甲", CertNo: "1"}, {Name: "乙", CertNo: "2"}}}
	b.must(b.Service.AddInspection(context.Background(), b.Actor(registry.RoleOfficer), &x))
	return x
}

func (b *branches) newCase(h *half) int64 {
	x := registry.Case{Origin: registry.OriginField, Title: h.word + "偷排案", DistrictCode: h.district, FarmID: h.farm.ID, FoundOn: registry.Day(2024, 10, 15),
		Parties: []registry.CaseParty{{PartyID: h.party.ID, Role: "单位"}}, Inspections: []registry.InspectionID{h.inspection.ID}}
	b.must(b.Service.AddCase(context.Background(), b.Actor(registry.RoleOfficer), &x))
	return int64(x.ID)
}

func (b *branches) newViolation(h *half) int64 {
	x := registry.Violation{CaseID: registry.CaseID(h.cas), TypeCode: "WATER_EVASION", Facts: h.word + "偷排", ActTo: registry.Day(2024, 10, 15)}
	b.must(b.Service.AddViolation(context.Background(), b.Actor(registry.RoleOfficer), &x))
	return int64(x.ID)
}

func (b *branches) newPenalty(h *half) int64 {
	m := registry.Yuan(300000)
	x := registry.Penalty{CaseID: registry.CaseID(h.cas), Kind: "罚款", Amount: &m, PartyID: h.party.ID}
	b.must(b.Service.AddPenalty(context.Background(), b.Actor(registry.RoleOfficer), &x))
	return int64(x.ID)
}

func (b *branches) newPayment(h *half) int64 {
	x := registry.Payment{CaseID: registry.CaseID(h.cas), PenaltyID: registry.PenaltyID(h.penalty), Kind: "缴纳罚款", Amount: 100, PaidOn: registry.Day(2024, 12, 1), Receipt: h.word}
	b.must(b.Service.AddPayment(context.Background(), b.Actor(registry.RoleOfficer), &x))
	return int64(x.ID)
}

func (b *branches) newNote(h *half) int64 {
	x := registry.ReviewNote{CaseID: registry.CaseID(h.cas), About: "文号", Note: h.word + "漏字"}
	b.must(b.Service.AddReviewNote(context.Background(), b.Actor(registry.RoleOfficer), &x))
	return int64(x.ID)
}

// id is the record of a half that an address of a noun speaks of.
func (h *half) id(noun string) int64 {
	return map[string]int64{"farms": int64(h.farm.ID), "field": int64(h.inspection.ID), "parties": int64(h.party.ID), "inspections": int64(h.inspection.ID), "samples": h.sample, "evidence": h.evidence, "cases": h.cas,
		"reviews": h.note, "violations": h.violation, "documents": h.document, "penalties": h.penalty, "payments": h.payment, "discretion-sheets": h.sheet, "interrogations": h.interrogation, "attachments": h.file}[noun]
}

// fill puts the ids of a half into an address: :id is of its first noun, :child of its last. ok is false where the half has no such noun.
func (h *half) fill(path string) (filled string, ok bool) {
	path = strings.NewReplacer(":part", "documents", "cases/:id/papers/:paper", "cases/:id/papers/catalogue", "inspections/:id/papers/:paper", "inspections/:id/papers/visit",
		"documents/:id/papers/:paper", "documents/:id/papers/decision", "interrogations/:id/papers/:paper", "interrogations/:id/papers/interrogation", ":format", "docx").Replace(path)
	nouns := strings.Split(strings.TrimPrefix(strings.TrimPrefix(path, "/api/v1"), "/"), "/")
	ok = true
	for param, noun := range map[string]string{":id": nouns[0], ":child": nouns[max(0, len(nouns)-2)]} {
		if strings.Contains(path, param) {
			id := h.id(noun)
			ok = ok && id != 0
			path = strings.Replace(path, param, fmt.Sprint(id), 1)
		}
	}
	return path, ok
}

// attempt sends what a route accepts, about a record of a half.
type attempt func(b *branches, h *half, c *webtest.Client) *webtest.Page

// writing is how a route that writes is tried.
type writing struct {
	send   attempt
	nobody bool // the record is of no branch: an officer of any may write it
}

// form sends the form of a page, as the city's officer finds it, with some fields changed.
func form(open, action string, fields ...string) writing {
	return writing{send: func(b *branches, h *half, c *webtest.Client) *webtest.Page {
		b.T.Helper()
		open, _ := h.fill(h.words(open))
		action, _ := h.fill(action)
		v := b.city.Get(open).Form(action)
		for i := 0; i < len(fields); i += 2 {
			v.Set(fields[i], h.words(fields[i+1]))
		}
		return c.Post(action, v)
	}}
}

// words puts what differs between the halves into a field.
func (h *half) words(s string) string {
	return strings.NewReplacer("{district}", h.district, "{farm}", fmt.Sprint(h.farm.ID), "{penalty}", fmt.Sprint(h.penalty), "{inspection}", fmt.Sprint(h.inspection.ID), "{case}", fmt.Sprint(h.cas)).Replace(s)
}

// post sends JSON that makes a record.
func post(path, body string) writing {
	return writing{send: func(b *branches, h *half, c *webtest.Client) *webtest.Page {
		at, _ := h.fill(path)
		return c.JSON(http.MethodPost, at, h.words(body))
	}}
}

// patch changes a record in the version that the city's officer reads.
func patch(path, body string) writing {
	return writing{send: func(b *branches, h *half, c *webtest.Client) *webtest.Page {
		at, _ := h.fill(path)
		return c.JSON(http.MethodPatch, at, body, "If-Match", b.city.Get(at).Want(http.StatusOK).Header.Get("ETag"))
	}}
}

// file uploads one.
func file(path string) writing {
	return writing{send: func(b *branches, h *half, c *webtest.Client) *webtest.Page {
		at, _ := h.fill(path)
		b.n++
		key := fmt.Sprint("key-", b.n)
		body, kind := uploadBody(fmt.Sprint("附件", b.n, ".txt"))
		return c.Do(http.MethodPost, at+"?key="+key, strings.NewReader(body), http.Header{"Content-Type": {kind}, "Idempotency-Key": {key}})
	}}
}

func uploadBody(name string) (body, kind string) {
	return "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name + "\"\r\n\r\n" + name + "\r\n--b--\r\n", "multipart/form-data; boundary=b"
}

// fresh is form for what can be done once: make prepares the record, whose id the address has instead of the half's.
func fresh(make func(b *branches, h *half) int64, open, action string, fields ...string) writing {
	return writing{send: func(b *branches, h *half, c *webtest.Client) *webtest.Page {
		b.T.Helper()
		id := make(b, h)
		open, _ := h.fill(strings.ReplaceAll(open, ":new", fmt.Sprint(id)))
		action := strings.ReplaceAll(action, ":new", fmt.Sprint(id))
		v := b.city.Get(open).Form(action)
		for i := 0; i < len(fields); i += 2 {
			v.Set(fields[i], fields[i+1])
		}
		return c.Post(action, v)
	}}
}

func anybodys(w writing) writing { w.nobody = true; return w }

// writes has every route that writes records. A new one says here what it takes; whether its record may be written, the branch decides.
var writes = map[string]writing{
	"POST /farms":                                         form("/farms/new", "/farms", "name", "新场", "district_code", "{district}"),
	"POST /farms/:id":                                     form("/farms/:id/edit", "/farms/:id", "note", "改"),
	"POST /farms/:id/attachments":                         file("/farms/:id/attachments"),
	"POST /farms/:id/merge":                               {send: sendFarmMerge},
	"POST /farms/:id/unmerge":                             {send: sendFarmUnmerge},
	"POST /parties":                                       anybodys(form("/parties/new", "/parties", "name", "新公司", "kind", "公司")),
	"POST /parties/:id":                                   form("/parties/:id/edit", "/parties/:id", "note", "改"),
	"POST /parties/:id/merge":                             {send: sendMerge},
	"POST /parties/:id/unmerge":                           {send: sendUnmerge},
	"POST /inspections":                                   form("/inspections/new?farm_id={farm}", "/inspections", "kind", "日常检查", "findings", "有"),
	"POST /inspections/:id":                               form("/inspections/:id/edit", "/inspections/:id", "note", "改"),
	"POST /inspections/:id/submit":                        fresh(draft, "/inspections/:new", "/inspections/:new/submit"),
	"POST /inspections/:id/attachments":                   file("/inspections/:id/attachments"),
	"POST /inspections/:id/samples":                       form("/inspections/:id/samples/new", "/inspections/:id/samples", "point", "总排口"),
	"POST /samples/:id":                                   form("/samples/:id/edit", "/samples/:id", "note", "改"),
	"POST /samples/:id/delete":                            fresh(newSample, "/samples/:new/edit", "/samples/:new/delete"),
	"POST /inspections/:id/evidence":                      form("/inspections/:id/evidence/new", "/inspections/:id/evidence", "title", "照片", "kind", "书证"),
	"POST /cases/:id/evidence":                            form("/cases/:id/evidence/new", "/cases/:id/evidence", "title", "复印件", "kind", "书证"),
	"POST /cases/:id/interrogations":                      form("/cases/:id/interrogations/new", "/cases/:id/interrogations", "name", "孙八一"),
	"POST /inspections/:id/interrogations":                form("/inspections/:id/interrogations/new", "/inspections/:id/interrogations", "name", "孙八一"),
	"POST /interrogations/:id":                            form("/interrogations/:id/edit", "/interrogations/:id", "note", "改"),
	"POST /interrogations/:id/delete":                     fresh(newInterrogation, "/interrogations/:new/edit", "/interrogations/:new/delete"),
	"POST /inspections/:id/papers/:paper/signed":          {send: sendSigned("inspections")},
	"POST /documents/:id/papers/:paper/signed":            {send: sendSigned("documents")},
	"POST /interrogations/:id/papers/:paper/signed":       {send: sendSigned("interrogations")},
	"POST /signed-papers/:id/reopen":                      {send: sendReopen},
	"POST /api/v1/cases/:id/interrogations":               post("/api/v1/cases/:id/interrogations", `{"name":"孙八一"}`),
	"PATCH /api/v1/cases/:id/interrogations/:child":       patch("/api/v1/cases/:id/interrogations/:child", `{"note":"改"}`),
	"POST /api/v1/inspections/:id/interrogations":         post("/api/v1/inspections/:id/interrogations", `{"name":"孙八一"}`),
	"PATCH /api/v1/inspections/:id/interrogations/:child": patch("/api/v1/inspections/:id/interrogations/:child", `{"note":"改"}`),
	"POST /cases/:id/evidence/take":                       {send: sendTake},
	"POST /cases/:id/attachments":                         file("/cases/:id/attachments"),
	"POST /field":                                         form("/field/new?farm_id={farm}", "/field", "findings", "有"),
	"POST /field/:id":                                     form("/field/:id", "/field/:id", "note", "改"),
	"POST /field/:id/samples":                             form("/field/:id/samples", "/field/:id/samples", "grid.0.point", "雨水沟"),
	"POST /field/judge": anybodys(writing{send: func(_ *branches, _ *half, c *webtest.Client) *webtest.Page {
		return c.Post("/field/judge", url.Values{"grid.0.point": {"排口"}})
	}}),
	"POST /field/uploads":          anybodys(writing{send: beginUpload}),
	"PATCH /field/uploads/:upload": anybodys(writing{send: sendPiece}),
	"POST /evidence/:id":           form("/evidence/:id/edit", "/evidence/:id", "note", "改"),
	"POST /evidence/:id/delete":    fresh(newEvidence, "/evidence/:new/edit", "/evidence/:new/delete"),

	"POST /cases":                                   form("/cases/new?farm_id={farm}", "/cases"),
	"POST /cases/:id":                               form("/cases/:id/edit", "/cases/:id", "note", "改"),
	"POST /cases/:id/number":                        {send: sendNumber},
	"POST /cases/:id/reviews":                       form("/cases/:id?panel=history", "/cases/:id/reviews", "about", "文号", "note", "漏字"),
	"POST /reviews/:id":                             form("/reviews/:id/edit", "/reviews/:id", "note", "改"),
	"POST /reviews/:id/delete":                      fresh((*branches).newNote, "/reviews/:new/edit", "/reviews/:new/delete"),
	"POST /cases/:id/reopen":                        fresh(closedCase, "/cases/:new", "/cases/:new/reopen", "content", "补充调查"),
	"POST /history/:entity/:id/restore":             {send: sendRestore},
	"POST /cases/:id/violations":                    form("/cases/:id/violations/new?type_code=WATER_EVASION", "/cases/:id/violations", "facts", "排放"),
	"POST /violations/:id":                          form("/violations/:id/edit", "/violations/:id", "note", "改"),
	"POST /violations/:id/elements":                 form("/violations/:id/elements", "/violations/:id/elements", "checklist.0.note", "改"),
	"POST /violations/:id/confirm":                  fresh((*branches).newViolation, "/cases/:id?panel=law", "/violations/:new/confirm"),
	"POST /violations/:id/delete":                   fresh((*branches).newViolation, "/cases/:id?panel=law", "/violations/:new/delete"),
	"POST /violations/:id/discretion-sheets":        {send: sendSheet},
	"POST /cases/:id/documents":                     form("/cases/:id/documents/new?kind="+url.QueryEscape("公示"), "/cases/:id/documents", "made_on", "2024-12-01"),
	"POST /cases/:id/steps":                         form("/cases/:id/steps", "/cases/:id/steps", "steps.0.take", "1"),
	"POST /documents/:id":                           form("/documents/:id/edit", "/documents/:id", "note", "改"),
	"POST /documents/:id/delete":                    fresh(newDocument, "/documents/:new/edit", "/documents/:new/delete"),
	"POST /documents/:id/scan":                      file("/documents/:id/scan"),
	"POST /cases/:id/penalties":                     form("/cases/:id/penalties/new", "/cases/:id/penalties", "kind", "警告"),
	"POST /penalties/:id":                           form("/penalties/:id/edit", "/penalties/:id", "note", "改"),
	"POST /penalties/:id/delete":                    fresh((*branches).newPenalty, "/penalties/:new/edit", "/penalties/:new/delete"),
	"POST /cases/:id/payments":                      form("/cases/:id?panel=money", "/cases/:id/payments", "penalty_id", "{penalty}", "payment_kind", "缴纳罚款", "amount_fen", "1", "paid_on", "2024-12-02"),
	"POST /payments/:id/delete":                     fresh((*branches).newPayment, "/cases/:id?panel=money", "/payments/:new/delete"),
	"POST /imports/bulletin":                        anybodys(writing{send: func(b *branches, h *half, c *webtest.Client) *webtest.Page { return readText(c, h) }}),
	"POST /imports/bulletin/cases":                  {send: sendDrafts},
	"POST /imports/ledger":                          anybodys(writing{send: func(b *branches, h *half, c *webtest.Client) *webtest.Page { return sendLedger(b, h, c) }}),
	"POST /imports/ledger/:ledger":                  anybodys(writing{send: importLedger}), // of another's district each row is rejected
	"POST /imports/batches/:id/undo":                {send: undoLedger},
	"POST /imports/jobs/:id/again":                  anybodys(writing{send: func(b *branches, _ *half, c *webtest.Client) *webtest.Page { return actOnImport(b, c, "again") }}),
	"POST /imports/jobs/:id/cancel":                 anybodys(writing{send: func(b *branches, _ *half, c *webtest.Client) *webtest.Page { return actOnImport(b, c, "cancel") }}),
	"POST /imports/jobs/:id/delete":                 anybodys(writing{send: func(b *branches, _ *half, c *webtest.Client) *webtest.Page { return actOnImport(b, c, "delete") }}),
	"POST /imports/sources":                         form("/imports/sources/new?case_id={case}", "/imports/sources", "name", "例报", "medium", "报纸", "cases.0.title", "某案"),
	"POST /imports/bulletin/:id":                    {send: sendSource},
	"POST /api/v1/farms":                            post("/api/v1/farms", `{"name":"丙场","district_code":"{district}"}`),
	"PATCH /api/v1/farms/:id":                       patch("/api/v1/farms/:id", `{"note":"改"}`),
	"POST /api/v1/farms/:id/attachments":            file("/api/v1/farms/:id/attachments"),
	"POST /api/v1/parties":                          anybodys(post("/api/v1/parties", `{"name":"丙公司","kind":"公司"}`)),
	"PATCH /api/v1/parties/:id":                     patch("/api/v1/parties/:id", `{"note":"改"}`),
	"POST /api/v1/parties/:id/attachments":          file("/api/v1/parties/:id/attachments"),
	"POST /api/v1/inspections":                      post("/api/v1/inspections", `{"farm_id":{farm},"kind":"日常检查","origin":"现场登记","started_on":"2024-10-16","findings":"有"}`),
	"PATCH /api/v1/inspections/:id":                 patch("/api/v1/inspections/:id", `{"note":"改"}`),
	"POST /api/v1/inspections/:id/samples":          post("/api/v1/inspections/:id/samples", `{"point":"雨水口","medium":"废水"}`),
	"PATCH /api/v1/inspections/:id/samples/:child":  patch("/api/v1/inspections/:id/samples/:child", `{"note":"改"}`),
	"POST /api/v1/inspections/:id/evidence":         post("/api/v1/inspections/:id/evidence", `{"kind":"照片","title":"又一张"}`),
	"PATCH /api/v1/inspections/:id/evidence/:child": patch("/api/v1/inspections/:id/evidence/:child", `{"note":"改"}`),
	"POST /api/v1/inspections/:id/attachments":      file("/api/v1/inspections/:id/attachments"),
	"POST /api/v1/cases":                            post("/api/v1/cases", `{"title":"另一案","origin":"现场登记","district_code":"{district}"}`),
	"PATCH /api/v1/cases/:id":                       patch("/api/v1/cases/:id", `{"note":"改"}`),
	"POST /api/v1/cases/:id/number":                 {send: sendNumberJSON},
	"POST /api/v1/cases/:id/rechecks":               post("/api/v1/cases/:id/rechecks", `{"started_on":"2024-11-16","rectified":"已改正","findings":"已清理"}`),
	"POST /api/v1/cases/:id/evidence":               post("/api/v1/cases/:id/evidence", `{"kind":"书证","title":"台账"}`),
	"PATCH /api/v1/cases/:id/evidence/:child":       patch("/api/v1/cases/:id/evidence/:child", `{"note":"改"}`),
	"POST /api/v1/cases/:id/violations":             post("/api/v1/cases/:id/violations", `{"type_code":"WATER_EVASION","facts":"排放","act_to":"2024-10-15"}`),
	"PATCH /api/v1/cases/:id/violations/:child":     patch("/api/v1/cases/:id/violations/:child", `{"note":"改"}`),
	"POST /api/v1/cases/:id/documents":              post("/api/v1/cases/:id/documents", `{"kind":"公示","made_on":"2024-12-01"}`),
	"PATCH /api/v1/cases/:id/documents/:child":      patch("/api/v1/cases/:id/documents/:child", `{"note":"改"}`),
	"POST /api/v1/cases/:id/penalties":              post("/api/v1/cases/:id/penalties", `{"kind":"警告"}`),
	"PATCH /api/v1/cases/:id/penalties/:child":      patch("/api/v1/cases/:id/penalties/:child", `{"note":"改"}`),
	"POST /api/v1/cases/:id/payments":               post("/api/v1/cases/:id/payments", `{"penalty_id":{penalty},"kind":"缴纳罚款","amount_fen":100,"paid_on":"2024-12-03"}`),
	"PATCH /api/v1/cases/:id/payments/:child":       patch("/api/v1/cases/:id/payments/:child", `{"note":"改"}`),
	"POST /api/v1/cases/:id/attachments":            file("/api/v1/cases/:id/attachments"),
	"POST /api/v1/bulletins/:id/attachments":        anybodys(writing{send: sendBulletinFile}),
}

// beginUpload begins a file of three bytes.
func beginUpload(b *branches, _ *half, c *webtest.Client) *webtest.Page {
	b.n++
	return c.Do(http.MethodPost, "/field/uploads", nil, http.Header{"Upload-Id": {fmt.Sprintf("00000000-0000-4000-8000-%012d", b.n)}, "Upload-Name": {"a.jpg"}, "Upload-Length": {"3"},
		"Upload-Sha256": {"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"}})
}

func sendPiece(b *branches, h *half, c *webtest.Client) *webtest.Page {
	at := "/field/uploads/00000000-0000-4000-8000-000000000000"
	if p := beginUpload(b, h, c); p.Status == http.StatusCreated {
		at = p.Header.Get("Location")
	}
	return c.Do(http.MethodPatch, at, strings.NewReader("abc"), http.Header{"Upload-Offset": {"0"}})
}

func draft(b *branches, h *half) int64 { return int64(b.newInspection(h).ID) }

func newSample(b *branches, h *half) int64 {
	x := registry.Sample{InspectionID: h.inspection.ID, Point: "另一口"}
	b.must(b.Service.AddSample(context.Background(), b.Actor(registry.RoleOfficer), &x))
	return int64(x.ID)
}

func newInterrogation(b *branches, h *half) int64 {
	x := registry.Interrogation{CaseID: registry.CaseID(h.cas), InspectionID: h.inspection.ID, Name: h.word + "某"}
	_, err := b.Service.AddInterrogation(context.Background(), b.Actor(registry.RoleOfficer), &x)
	b.must(false, err)
	return int64(x.ID)
}

func newEvidence(b *branches, h *half) int64 {
	x := registry.Evidence{CaseID: registry.CaseID(h.cas), Kind: "书证", Title: "另一份"}
	b.must(b.Service.AddEvidence(context.Background(), b.Actor(registry.RoleOfficer), &x))
	return int64(x.ID)
}

func newDocument(b *branches, h *half) int64 {
	x := registry.Document{CaseID: registry.CaseID(h.cas), Kind: "公示"}
	b.must(b.Service.AddDocument(context.Background(), b.Actor(registry.RoleOfficer), &x))
	return int64(x.ID)
}

func closedCase(b *branches, h *half) int64 {
	x := registry.Case{Origin: registry.OriginField, Title: h.word + "旧案", DistrictCode: h.district}
	b.must(b.Service.AddCase(context.Background(), b.Actor(registry.RoleOfficer), &x))
	b.must(b.Service.AddDocument(context.Background(), b.Actor(registry.RoleOfficer), &registry.Document{CaseID: x.ID, Kind: registry.DocClosing}))
	return int64(x.ID)
}

// twins are two parties of a half, each with a farm.
func (b *branches) twins(h *half) (into, from registry.PartyID) {
	var ids [2]registry.PartyID
	for i := range ids {
		x := registry.Party{Name: fmt.Sprint(h.word, "重复", i), Kind: "公司"}
		b.must(b.Service.AddParty(context.Background(), b.Actor(registry.RoleOfficer), &x))
		b.newFarm(h, x.ID)
		ids[i] = x.ID
	}
	return ids[0], ids[1]
}

func sendMerge(b *branches, h *half, c *webtest.Client) *webtest.Page {
	into, from := b.twins(h)
	at := fmt.Sprintf("/parties/%d/merge", from)
	v := b.city.Get(at + fmt.Sprint("?other=", into)).Form(at)
	v.Set("into_id", fmt.Sprint(into))
	v.Set("reason", "同一家")
	return c.Post(at, v)
}

func sendUnmerge(b *branches, h *half, c *webtest.Client) *webtest.Page {
	into, from := b.twins(h)
	b.must(false, b.Service.MergeParties(context.Background(), b.Actor(registry.RoleOfficer), &registry.PartyMerge{PartyID: from, IntoID: into, Merging: registry.Merging{Reason: "同一家"}}))
	at := fmt.Sprintf("/parties/%d", into)
	v := b.city.Get(at).Form(at + "/unmerge")
	v.Set("undo_reason", "两家")
	return c.Post(at+"/unmerge", v)
}

// farmTwins are two farms of a half.
func (b *branches) farmTwins(h *half) (into, from registry.FarmID) {
	return b.newFarm(h, h.party.ID).ID, b.newFarm(h, h.party.ID).ID
}

func sendFarmMerge(b *branches, h *half, c *webtest.Client) *webtest.Page {
	into, from := b.farmTwins(h)
	at := fmt.Sprintf("/farms/%d/merge", from)
	v := b.city.Get(at + fmt.Sprint("?other=", into)).Form(at)
	v.Set("into_id", fmt.Sprint(into))
	v.Set("reason", "同一场")
	return c.Post(at, v)
}

func sendFarmUnmerge(b *branches, h *half, c *webtest.Client) *webtest.Page {
	into, from := b.farmTwins(h)
	b.must(false, b.Service.MergeFarms(context.Background(), b.Actor(registry.RoleOfficer), &registry.FarmMerge{FarmID: from, IntoID: into, Merging: registry.Merging{Reason: "同一场"}}))
	at := fmt.Sprintf("/farms/%d", into)
	v := b.city.Get(at).Form(at + "/unmerge")
	v.Set("undo_reason", "两场")
	return c.Post(at+"/unmerge", v)
}

func sendRestore(b *branches, h *half, c *webtest.Client) *webtest.Page {
	id := b.newNote(h)
	b.must(false, b.Service.RemoveReviewNote(context.Background(), b.Actor(registry.RoleOfficer), registry.ReviewNoteID(id), 1))
	return c.Post(fmt.Sprintf("/history/review_note/%d/restore", id), url.Values{})
}

func sendSheet(b *branches, h *half, c *webtest.Client) *webtest.Page {
	at := fmt.Sprintf("/violations/%d/discretion-sheets", h.violation)
	return c.Post(at, b.city.Get(strings.Replace(discretion, "violation=1", fmt.Sprint("violation=", h.violation), 1)).Form(at))
}

// sendTake takes up a piece of the half's inspection.
func sendTake(b *branches, h *half, c *webtest.Client) *webtest.Page {
	x := registry.Evidence{InspectionID: h.inspection.ID, Kind: "照片", Title: "检查中的照片"}
	b.must(b.Service.AddEvidence(context.Background(), b.Actor(registry.RoleOfficer), &x))
	at, _ := h.fill("/cases/:id/evidence/take")
	return c.Post(at, url.Values{"exhibit": {fmt.Sprint(x.ID)}})
}

func (b *branches) version(h *half) string {
	at, _ := h.fill("/api/v1/cases/:id")
	return b.city.Get(at).Want(http.StatusOK).Header.Get("ETag")
}

func sendNumber(b *branches, h *half, c *webtest.Client) *webtest.Page {
	b.n++
	at, _ := h.fill("/cases/:id/number")
	return c.Post(at, url.Values{"version": {strings.Trim(b.version(h), `"`)}, "number": {fmt.Sprintf("立〔2024〕%d号", b.n)}})
}

func sendNumberJSON(b *branches, h *half, c *webtest.Client) *webtest.Page {
	b.n++
	at, _ := h.fill("/api/v1/cases/:id/number")
	return c.JSON(http.MethodPost, at, fmt.Sprintf(`{"number":"立〔2024〕%d号"}`, b.n), "If-Match", b.version(h))
}

// sendSource corrects what a source says of a case.
func sendSource(b *branches, h *half, c *webtest.Client) *webtest.Page {
	b.n++
	form := b.city.Get(h.words("/imports/sources/new?case_id={case}"))
	to := form.Submit("/imports/sources", "name", fmt.Sprint("例报", b.n), "medium", "报纸", "cases.0.title", "某案").Want(http.StatusSeeOther).Header.Get("Location")
	v := b.city.Get(to + "/edit").Form(to)
	v.Set("cases.0.title", "某场案")
	return c.Post(to, v)
}

func sendBulletinFile(b *branches, h *half, c *webtest.Client) *webtest.Page {
	x := registry.Bulletin{Title: "一期"}
	b.must(b.Service.AddBulletin(context.Background(), b.Actor(registry.RolePublisher), &x))
	return file(fmt.Sprintf("/api/v1/bulletins/%d/attachments", x.ID)).send(b, h, c)
}

// readText sends a published text to be read.
func readText(c *webtest.Client, h *half) *webtest.Page {
	text := "案例一：某绿野畜牧有限公司以逃避监管的方式排放水污染物案\n【案情简介】2024年9月12日，执法人员对某绿野畜牧有限公司进行现场检查，该场存栏生猪2300头。检查发现，该公司把废水排入渗坑。\n" +
		"【查处情况】该公司的行为违反了《中华人民共和国水污染防治法》第三十九条的规定，被处罚款12万元。\n"
	body := "--b\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\n" + text + "\r\n--b--\r\n"
	return c.Do(http.MethodPost, "/imports/bulletin", strings.NewReader(body), http.Header{"Content-Type": {"multipart/form-data; boundary=b"}})
}

// sendLedger uploads a ledger of one row, another each time.
func sendLedger(b *branches, h *half, c *webtest.Client) *webtest.Page {
	b.n++
	text := fmt.Sprintf("当事人,辖区,处罚文号,决定日期,罚款\n%s第%d养殖场,%s,某环罚〔2019〕%d号,2019-06-03,20000\n", h.word, b.n, h.district, b.n)
	body := "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"台账.csv\"\r\n\r\n" + text + "\r\n--b--\r\n"
	return c.Do(http.MethodPost, "/imports/ledger", strings.NewReader(body), http.Header{"Content-Type": {"multipart/form-data; boundary=b"}})
}

// importLedger brings in what the city's officer has uploaded.
func importLedger(b *branches, h *half, c *webtest.Client) *webtest.Page {
	at := sendLedger(b, h, b.city).Want(http.StatusSeeOther).Header.Get("Location")
	p := c.Post(at, b.city.Get(at).Form(at))
	if c == b.own {
		found := b.city.Get("/api/v1/cases?q=" + url.QueryEscape(fmt.Sprintf("%s第%d养殖场", h.word, b.n))).Want(http.StatusOK)
		if (h == b.ours) != strings.Contains(found.Body, h.word) {
			b.T.Errorf("a row of %s, brought in by an officer of its own branch or another: the register has %s", h.district, found.Body)
		}
	}
	return p
}

// actOnImport does something with the newest import of who sends it, which waits behind.
func actOnImport(b *branches, c *webtest.Client, what string) *webtest.Page {
	b.n++
	var jobs []registry.JobID
	for _, name := range []string{"enping", b.Actor(registry.RoleOfficer).Username} {
		a, err := b.Service.ActorNamed(context.Background(), name)
		b.must(false, err)
		id, err := b.Service.AskLedger(context.Background(), a, fmt.Sprint(b.n), casework.LedgerAsked{}, 1)
		b.must(false, err)
		if what != "cancel" {
			b.must(false, b.Service.CancelJob(context.Background(), a, registry.JobImport, id))
		}
		jobs = append(jobs, id)
	}
	id := jobs[1]
	if c == b.own {
		id = jobs[0]
	}
	p := c.Post(fmt.Sprintf("/imports/jobs/%d/%s", id, what), b.city.Get("/imports/ledger").Form("/imports/ledger"))
	for i, name := range []string{"enping", b.Actor(registry.RoleOfficer).Username} { // the queue is as it was
		a, err := b.Service.ActorNamed(context.Background(), name)
		b.must(false, err)
		_ = b.Service.CancelJob(context.Background(), a, registry.JobImport, jobs[i])
	}
	return p
}

// undoLedger takes back what the same person brought in, or the city's officer where that person may not.
func undoLedger(b *branches, h *half, c *webtest.Client) *webtest.Page {
	who := c
	if c == b.own && h == b.theirs {
		who = b.city
	}
	made := importLedger(b, h, who)
	if made.Status != http.StatusSeeOther {
		made = importLedger(b, h, b.city).Want(http.StatusSeeOther)
	}
	at := made.Header.Get("Location")
	return c.Post(at+"/undo", b.city.Get("/imports/ledger").Form("/imports/ledger"))
}

func sendDrafts(b *branches, h *half, c *webtest.Client) *webtest.Page {
	const at = "/imports/bulletin/cases"
	v := readText(b.city, h).Form(at)
	for name, value := range map[string]string{"take": "1", "district_code": h.district, "anyway": "另一家", "violations.0.type_code": "WATER_EVASION"} {
		v.Set("drafts.0."+name, value)
	}
	return c.Post(at, v)
}

// Every route that writes records, for every role and for both branches: an officer of a branch writes the branch's records and is refused
// another's, an officer of the whole city writes both, and nobody else writes any. A route without a row fails.
func TestRoleMatrixOfBranches(t *testing.T) {
	b := newBranches(t)
	let := func(p *webtest.Page) bool { return p.Status < http.StatusBadRequest }
	for _, route := range web.Routes() {
		name := route.Method + " " + route.Path
		if route.Permission != registry.PermRecordWrite {
			continue
		}
		row, ok := writes[name]
		if route.Method == http.MethodGet {
			if filled, has := b.ours.fill(route.Path); !has || strings.Contains(filled, ":") {
				if ofNoBranch[route.Path] != "" {
					continue
				}
				t.Errorf("%s: no record of a branch is known for this address", name)
				continue
			}
			row = writing{nobody: !strings.Contains(route.Path, ":"), send: func(_ *branches, h *half, c *webtest.Client) *webtest.Page {
				path, _ := h.fill(route.Path)
				return c.Get(path)
			}}
			ok = true
		}
		if !ok {
			t.Errorf("%s writes records and has no row in writes", name)
			continue
		}
		t.Run(name, func(t *testing.T) {
			for role, c := range b.others {
				if p := row.send(b, b.ours, c); p.Status != http.StatusForbidden {
					t.Errorf("%s: status %d, want 403", role, p.Status)
				}
			}
			p := row.send(b, b.theirs, b.own)
			switch {
			case row.nobody && !let(p):
				t.Errorf("an officer of a branch, a record of no branch: status %d\n%s", p.Status, p.Text())
			case !row.nobody && p.Status != http.StatusForbidden:
				t.Errorf("an officer of a branch, another's record: status %d, want 403\n%s", p.Status, p.Text())
			case !row.nobody && (!strings.Contains(p.Body, "由开平分局办理") || !strings.Contains(p.Body, "属于恩平分局")):
				t.Errorf("the refusal does not say whose the record is\n%s", p.Text())
			case !row.nobody && strings.HasPrefix(route.Path, "/api/") && p.Header.Get("Content-Type") != "application/problem+json":
				t.Errorf("the refusal is %s", p.Header.Get("Content-Type"))
			}
			if p := row.send(b, b.ours, b.own); !let(p) {
				t.Errorf("an officer of the branch: status %d\n%s", p.Status, p.Text())
			}
			if p := row.send(b, b.theirs, b.city); !let(p) {
				t.Errorf("an officer of the city: status %d\n%s", p.Status, p.Text())
			}
		})
	}
	for name := range writes {
		method, path, _ := strings.Cut(name, " ")
		known := false
		for _, route := range web.Routes() {
			known = known || route.Method == method && route.Path == path
		}
		if !known {
			t.Errorf("writes has a row for %s, which is no route", name)
		}
	}
}

// Voiding keeps to the branch too: an officer voids what they entered, as long as it is the branch's.
func TestVoidingKeepsToTheBranch(t *testing.T) {
	b := newBranches(t)
	made := b.own.JSON(http.MethodPost, "/api/v1/farms", b.ours.words(`{"name":"误登场","district_code":"{district}"}`)).Want(http.StatusCreated)
	at := made.Header.Get("Location")
	b.own.Get(strings.TrimPrefix(at, "/api/v1")).Want(http.StatusOK, "/void")
	moved := b.city.JSON(http.MethodPatch, at, b.theirs.words(`{"district_code":"{district}"}`), "If-Match", `"1"`).Want(http.StatusOK)
	b.own.Get(strings.TrimPrefix(at, "/api/v1")).Want(http.StatusOK).WantNot("/void")
	b.own.JSON(http.MethodPost, at+"/void", `{"reason":"误登"}`, "If-Match", moved.Header.Get("ETag")).Want(http.StatusForbidden)
	back := b.city.JSON(http.MethodPatch, at, b.ours.words(`{"district_code":"{district}"}`), "If-Match", moved.Header.Get("ETag")).Want(http.StatusOK)
	b.own.JSON(http.MethodPost, at+"/void", `{"reason":"误登"}`, "If-Match", back.Header.Get("ETag")).Want(http.StatusOK, `"reason":"误登"`)
}

// ofNoBranch are the addresses with an id that say nothing of one branch's records, or only what the reader may see of them.
var ofNoBranch = map[string]string{
	"/bulletins/:id/pictures/:file/copy": "a bulletin is what the bureau publishes",

	"/bulletins/:id":                        "a bulletin is what the bureau publishes",
	"/bulletins/:id/versions":               "a bulletin is what the bureau publishes",
	"/bulletins/:id/pdf":                    "a bulletin is what the bureau publishes",
	"/bulletins/:id/docx":                   "a bulletin is what the bureau publishes",
	"/bulletins/:id/html":                   "a bulletin is what the bureau publishes",
	"/api/v1/bulletins/:id":                 "a bulletin is what the bureau publishes",
	"/field/uploads/:upload":                "a file on the way is its account's alone: TestUploadsInPieces",
	"/draws/:id":                            "its cases are listed as far as the reader may read them",
	"/exports/mine/:id/file":                "a file is its owner's alone, made of what the owner could read, and not found once that was another branch's",
	"/list-views/:id":                       "a view holds no record",
	"/exports/profiles/:id":                 "a form of export holds no record",
	"/imports/bulletin/:id":                 "a published text; its cases are listed as far as the reader may read them",
	"/imports/bulletin/:id/edit":            "a published text is of no branch",
	"/imports/ledger/:ledger/rejected.xlsx": "an uploaded file is no record yet",
	"/imports/ledger/:ledger":               "an uploaded file is no record yet",
	"/imports/batches/:id":                  "a batch is shown to who made it and to administrators",
	"/statutes/violations/:code":            "the law",
	"/statutes/discretion/:table":           "the law",
	"/statutes/compare/:law/:provision":     "the law",
	"/statutes/:law":                        "the law",
	"/statutes/:law/:version":               "the law",
	"/statutes/:law/:version/revisions":     "the law",
	"/zones/:id":                            "a plan of the government",
}

// With the bureau's setting on, an officer of a branch finds another branch's records nowhere: not by address, in no list, search, desk,
// export or file. The others read as before.
func TestReadingIsNarrowedToTheBranch(t *testing.T) {
	b := newBranches(t)
	b.theirs.organ.ShortName = b.theirs.organ.Name
	pages := func(c *webtest.Client, narrowed bool) {
		t.Helper()
		for _, route := range web.Routes() {
			if route.Method != http.MethodGet || route.Permission == registry.PermPublic || !registry.RoleOfficer.Can(route.Permission) || route.Permission == registry.PermRecordWrite && !strings.Contains(route.Path, ":") {
				continue
			}
			theirs, ok := b.theirs.fill(route.Path)
			if !ok || strings.Contains(theirs, ":") {
				if ofNoBranch[route.Path] == "" {
					t.Errorf("GET %s: no record of a branch is known for this address", route.Path)
				}
				continue
			}
			if strings.Contains(route.Path, ":") {
				own, _ := b.ours.fill(route.Path)
				paper := strings.HasSuffix(route.Path, "/marked") // the half's file is no picture: 422 is said of one that may be read
				if p := c.Get(own); p.Status >= http.StatusBadRequest && !(paper && p.Status == http.StatusUnprocessableEntity) {
					t.Errorf("GET %s of the own branch: status %d", route.Path, p.Status)
				}
				p := c.Get(theirs)
				if narrowed && p.Status != http.StatusNotFound || !narrowed && p.Status >= http.StatusBadRequest && !route.Permission.Writes() && !(paper && p.Status == http.StatusUnprocessableEntity) {
					t.Errorf("narrowed %v: GET %s of another branch: status %d\n%s", narrowed, route.Path, p.Status, p.Text())
				}
				continue
			}
			for _, query := range []string{"", "?q=" + url.QueryEscape("猪场"), "?q=" + url.QueryEscape("公司"), "?q=" + url.QueryEscape("偷排案"), "?q=" + url.QueryEscape("废水排入")} {
				if narrowed && told(c.Get(route.Path+query), b.theirs.word) {
					t.Errorf("GET %s%s tells of another branch", route.Path, query)
				}
			}
		}
	}
	holds := func(c *webtest.Client, path string, want bool) {
		t.Helper()
		if p := c.Get(path).Want(http.StatusOK); told(p, b.theirs.word) != want || !told(p, b.ours.word) {
			t.Errorf("%s: tells of the other branch: %v, want %v; of its own: %v", path, !want, want, told(p, b.ours.word))
		}
	}
	lists := []string{"/farms", "/inspections", "/cases", "/parties", "/api/v1/farms", "/api/v1/inspections", "/api/v1/cases", "/api/v1/parties", "/cases?q=" + url.QueryEscape("偷排案"),
		"/api/v1/parties?q=" + url.QueryEscape("畜牧公司"), "/farms?q=" + url.QueryEscape("猪场"), "/exports/ledger.xlsx", "/?desk=city"}
	for _, path := range lists {
		holds(b.own, path, true)
	}
	pages(b.own, false)

	admin := b.others[registry.RoleAdmin]
	admin.Get("/admin/bureau").Want(http.StatusOK, "谁能看").Check().Submit("/admin/bureau", "own_branch_only", "1").Want(http.StatusSeeOther).Follow().
		Want(http.StatusOK, "分局执法人员只看本分局的记录").Check()
	pages(b.own, true)
	for _, path := range lists {
		holds(b.own, path, false)
		holds(b.city, path, true)
		if !strings.HasPrefix(path, "/exports") {
			holds(b.others[registry.RoleAuditor], path, true)
		}
	}
	b.own.Get(strings.Replace(discretion, "violation=1", fmt.Sprint("violation=", b.theirs.violation), 1)).Want(http.StatusNotFound)
	// A number that another branch has is taken; whose document it is, is not told.
	number := "江开环罚〔2024〕77号"
	b.must(b.Service.AddDocument(t.Context(), b.Actor(registry.RoleOfficer), &registry.Document{CaseID: registry.CaseID(b.theirs.cas), Kind: registry.DocDecision, NumberTyped: number}))
	at := fmt.Sprintf("/cases/%d/documents", b.ours.cas)
	b.own.Get(at+"/new?kind="+url.QueryEscape("行政处罚决定")).Submit(at, "number", number).Want(http.StatusConflict, "已被案件", "其他单位办理").WantNot(b.theirs.word)
	b.own.Get("/more").Want(http.StatusOK, "恩平分局", "查看也限于本分局").Check()
}

// told reports whether an answer holds a word; a workbook is unpacked.
func told(p *webtest.Page, word string) bool {
	z, err := zip.NewReader(strings.NewReader(p.Body), int64(len(p.Body)))
	if err != nil {
		return strings.Contains(p.Body, word)
	}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			return true
		}
		body, err := io.ReadAll(r)
		if err != nil || bytes.Contains(body, []byte(word)) {
			return true
		}
	}
	return false
}

// sendSigned uploads the signed original of a paper of a fresh record: it locks it.
func sendSigned(path string) attempt {
	return func(b *branches, h *half, c *webtest.Client) *webtest.Page {
		id, kind := newInterrogation(b, h), "interrogation"
		switch path {
		case "inspections":
			id, kind = draft(b, h), "visit"
		case "documents":
			x := registry.Document{CaseID: registry.CaseID(h.cas), Kind: registry.DocDecision}
			b.must(b.Service.AddDocument(context.Background(), b.Actor(registry.RoleOfficer), &x))
			id, kind = int64(x.ID), "decision"
		}
		return file(fmt.Sprintf("/%s/%d/papers/%s/signed", path, id, kind)).send(b, h, c)
	}
}

// sendReopen takes a signed original out of force.
func sendReopen(b *branches, h *half, c *webtest.Client) *webtest.Page {
	at := sendSigned("interrogations")(b, h, b.city).Want(http.StatusSeeOther).Header.Get("Location")
	action := regexp.MustCompile(`/signed-papers/\d+/reopen`).FindString(b.city.Get(at).Want(http.StatusOK).Body)
	v := b.city.Get(at).Form(action)
	v.Set("reason", "笔误")
	return c.Post(action, v)
}

package casework_test

import (
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"casebook/internal/auth"
	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/report"
	"casebook/internal/statute"
	"casebook/internal/store"
	"casebook/internal/store/enginetest"
	"casebook/internal/store/storetest"
)

// fitCase is a case that may be published: facts, a decision, its service.
func fitCase() *registry.CaseFile {
	f := &registry.CaseFile{Case: registry.Case{ID: 1, Origin: registry.OriginField}, Violations: []registry.Violation{{}}, Inspections: []registry.Inspection{{Findings: "直排"}}}
	add(f, registry.DocFiling, registry.Day(2025, 3, 6))
	add(f, registry.DocDecision, registry.Day(2025, 5, 6)).ServedOn = registry.Day(2025, 5, 8)
	return f
}

func add(f *registry.CaseFile, kind registry.DocKind, on registry.Date) *registry.Document {
	n := len(f.Documents) + 1
	f.Documents = append(f.Documents, registry.Document{ID: registry.DocumentID(n), Seq: int64(n), Kind: kind, MadeOn: on})
	return &f.Documents[n-1]
}

// Each condition of a case that is published, for a case of our own and for one that a publication told before.
func TestBulletinFitness(t *testing.T) {
	day := registry.Day(2025, 6, 3)
	for name, x := range map[string]struct {
		change         func(f *registry.CaseFile)
		own, published string // 拒, 签 (not signed), 问 or 看, and what is said; empty: fit
	}{
		"fit":      {func(*registry.CaseFile) {}, "", ""},
		"voided":   {func(f *registry.CaseFile) { f.Case.Voided.Reason = "误登" }, "拒案件已作废", "拒案件已作废"},
		"annulled": {func(f *registry.CaseFile) { add(f, registry.DocAnnulled, day) }, "拒处罚决定已撤销", "拒处罚决定已撤销"},
		"annulled and decided anew": {func(f *registry.CaseFile) {
			add(f, registry.DocAnnulled, day)
			add(f, registry.DocDecision, day).ServedOn = day
		}, "", ""},
		"decided anew, not served": {func(f *registry.CaseFile) {
			add(f, registry.DocAnnulled, day)
			add(f, registry.DocDecision, day)
		}, "签行政处罚决定没有登记送达日期", "看行政处罚决定没有登记送达日期"},
		"bare":        {func(f *registry.CaseFile) { *f = registry.CaseFile{Case: f.Case} }, "拒案件还是空的", "拒案件还是空的"},
		"undecided":   {func(f *registry.CaseFile) { f.Documents = f.Documents[:1] }, "拒还没有作出处罚决定", "看还没有作出处罚决定"},
		"no penalty":  {func(f *registry.CaseFile) { f.Documents[1].Kind = registry.DocNoPenalty }, "", ""},
		"not served":  {func(f *registry.CaseFile) { f.Documents[1].ServedOn = registry.Date{} }, "签行政处罚决定没有登记送达日期", "看行政处罚决定没有登记送达日期"},
		"month alone": {func(f *registry.CaseFile) { f.Documents[1].ServedOn = registry.Month(2025, 5) }, "", ""},
		"stopped": {func(f *registry.CaseFile) {
			add(f, registry.DocOther, day).Content = "复议机关决定停止执行。"
		}, "拒其他里写明停止执行", "拒其他里写明停止执行"},
		"not stopped": {func(f *registry.CaseFile) { add(f, registry.DocOther, day).Content = "复议期间不停止执行。" }, "", ""},
		"stopped and resumed": {func(f *registry.CaseFile) {
			add(f, registry.DocOther, day).Content = "停止执行。"
			add(f, registry.DocOther, day).Content = "恢复执行。"
		}, "", ""},
		"in review":    {func(f *registry.CaseFile) { add(f, registry.DocReconsideration, day) }, "问行政复议还没有结果", "问行政复议还没有结果"},
		"in suit":      {func(f *registry.CaseFile) { add(f, registry.DocSuit, day).Result = "已受理" }, "问行政诉讼还没有结果", "问行政诉讼还没有结果"},
		"upheld":       {func(f *registry.CaseFile) { add(f, registry.DocReconsideration, day).Result = "维持" }, "", ""},
		"another end":  {func(f *registry.CaseFile) { add(f, registry.DocSuit, day).Result = "其他" }, "问行政诉讼的结果是“其他”", "问行政诉讼的结果是“其他”"},
		"turned":       {func(f *registry.CaseFile) { add(f, registry.DocReconsideration, day).Result = "撤销" }, "拒行政复议的结果是撤销", "问行政复议的结果是撤销"},
		"changed":      {func(f *registry.CaseFile) { add(f, registry.DocChanged, day).ServedOn = day }, "看处罚决定变更过", "看处罚决定变更过"},
		"no violation": {func(f *registry.CaseFile) { f.Violations = nil }, "签没有登记违法行为", "看没有登记违法行为"},
	} {
		t.Run(name, func(t *testing.T) {
			for origin, want := range map[registry.Origin]string{registry.OriginField: x.own, registry.OriginSample: x.own, registry.OriginPublished: x.published} {
				f := fitCase()
				f.Case.Origin = origin
				x.change(f)
				got := ""
				if list := casework.BulletinFitness(f); len(list) > 0 {
					got = map[[3]bool]string{{true, false, false}: "拒", {false, true, false}: "签", {false, false, true}: "问", {}: "看"}[[3]bool{list[0].Refused, list[0].Unsigned, list[0].Asked}] + list[0].Reason
				}
				if !strings.HasPrefix(got, want) || want == "" && got != "" {
					t.Errorf("%s: %q, want %q", origin, got, want)
				}
			}
		})
	}
}

// flowService is a register with a maker of papers; making is called while one is made.
func flowService(t *testing.T, making func() error) (*casework.Service, *time.Time) {
	t.Helper()
	now := time.Date(2026, 11, 23, 2, 0, 0, 0, time.UTC) // a Monday
	dir := storetest.Dir(t)
	db, err := store.Open(ctx, dir, store.Options{Now: now, Database: enginetest.Database(t, dir)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	paper := casework.PaperMaker{Format: "txt", Media: "text/plain", Write: func(w io.Writer, b report.Bulletin) error {
		if err := making(); err != nil {
			return err
		}
		_, err := fmt.Fprintln(w, b.Title, b.Marks)
		return err
	}}
	s := casework.New(casework.Config{DB: db, Law: statute.Embedded(), Now: func() time.Time { return now }, Hasher: auth.NewHasher(auth.Cheap), Papers: []casework.PaperMaker{paper}})
	if err := s.EnsureOrgans(ctx); err != nil {
		t.Fatal(err)
	}
	for _, a := range []registry.Actor{officer, publisher, publisher2, auditor} {
		if _, err := s.AddUser(ctx, registry.CommandLine, &registry.User{Username: a.Username, DisplayName: a.Username, Role: a.Role}); err != nil {
			t.Fatal(err)
		}
	}
	return s, &now
}

// submitted is a bulletin of one decided case that waits for its approval.
func submitted(t *testing.T, s *casework.Service) (registry.Bulletin, *registry.Document) {
	t.Helper()
	c := aCase(t, s, registry.OriginField)
	v := registry.Violation{CaseID: c.ID, TypeCode: "LIVESTOCK_DIRECT_DISCHARGE", ActTo: registry.Day(2025, 3, 4)}
	if _, err := s.AddViolation(ctx, officer, &v); err != nil {
		t.Fatal(err)
	}
	d := decided(t, s, c.ID)
	b := registry.Bulletin{Title: "典型案例", Cases: []registry.BulletinCase{{CaseID: c.ID}}}
	if _, err := s.AddBulletin(ctx, publisher, &b); err != nil {
		t.Fatal(err)
	}
	if err := s.SubmitBulletin(ctx, publisher, b.ID, b.Version, ""); err != nil {
		t.Fatal(err)
	}
	return reread(t, s, b.ID), d
}

func reread(t *testing.T, s *casework.Service, id registry.BulletinID) registry.Bulletin {
	t.Helper()
	b, err := s.Bulletin(ctx, publisher, id)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// Where the bulletin moves on while its papers are made, it is not approved and nothing is kept.
func TestApprovalOfWhatMovedOn(t *testing.T) {
	var s *casework.Service
	var b registry.Bulletin
	moves := true
	s, _ = flowService(t, func() error {
		if !moves {
			return nil
		}
		moves = false
		return s.ReturnBulletin(ctx, publisher, b.ID, b.Version, "")
	})
	b, _ = submitted(t, s)
	if err := s.ApproveBulletin(ctx, publisher2, b.ID, b.Version, ""); registry.KindOf(err) != registry.KindStale {
		t.Errorf("approving what was taken back = %v, want stale", err)
	}
	if now := reread(t, s, b.ID); now.State != registry.BulletinDraft || len(now.Papers) > 0 {
		t.Errorf("it is %s with %+v", now.State, now.Papers)
	}
	now := reread(t, s, b.ID)
	if err := s.SubmitBulletin(ctx, publisher, b.ID, now.Version, ""); err != nil {
		t.Fatal(err)
	}
	if err := s.ApproveBulletin(ctx, publisher2, b.ID, now.Version+1, ""); err != nil {
		t.Fatal(err)
	}
	f, err := s.BulletinFile(ctx, auditor, b.ID, "txt")
	if err != nil || string(f.Content) != "典型案例 []\n" || f.Filename != "典型案例.txt" {
		t.Errorf("the paper is %s: %q, %v", f.Filename, f.Content, err)
	}
}

// A paper that cannot be made leaves the bulletin as it was.
func TestApprovalWithoutPaper(t *testing.T) {
	s, _ := flowService(t, func() error { return registry.Invalid("", "纸不够") })
	b, _ := submitted(t, s)
	if err := s.ApproveBulletin(ctx, publisher2, b.ID, b.Version, ""); registry.KindOf(err) != registry.KindInvalid {
		t.Errorf("approving it = %v", err)
	}
	if now := reread(t, s, b.ID); now.State != registry.BulletinSubmitted || len(now.Papers) > 0 {
		t.Errorf("it is %s with %+v", now.State, now.Papers)
	}
}

// A decision that is taken back after the approval is said everywhere, with the three working days of 行政处罚法第四十八条第二款.
func TestTurnedBulletin(t *testing.T) {
	s, now := flowService(t, func() error { return nil })
	b, _ := submitted(t, s)
	if err := s.ApproveBulletin(ctx, publisher2, b.ID, b.Version, ""); err != nil {
		t.Fatal(err)
	}
	b = reread(t, s, b.ID)
	*now = now.Add(3 * 24 * time.Hour) // Thursday the 26th
	back := registry.Document{CaseID: b.Cases[0].CaseID, Kind: registry.DocAnnulled, MadeOn: registry.Day(2026, 11, 26)}
	if _, err := s.AddDocument(ctx, officer, &back); err != nil {
		t.Fatal(err)
	}
	check := func(want string) {
		t.Helper()
		desk, err := s.Desk(ctx, publisher, "")
		if err != nil {
			t.Fatal(err)
		}
		rows, _, err := s.BulletinRows(ctx, publisher, "", casework.Page{Limit: 10})
		if err != nil {
			t.Fatal(err)
		}
		page, err := s.BulletinPage(ctx, publisher, b.ID)
		if err != nil {
			t.Fatal(err)
		}
		var due string
		for name, turns := range map[string][]casework.BulletinTurn{"list": rows[len(rows)-1].Turns, "page": page.Turns} {
			if len(turns) != 1 && want != "" || len(turns) > 0 && want == "" {
				t.Fatalf("%s: %+v", name, turns)
			}
			if want != "" {
				due = turns[0].What + turns[0].Due()
			}
		}
		if (len(desk.Turned) == 1) != (want != "") || !strings.HasPrefix(due, want) {
			t.Errorf("on the desk %d; due %q, want %q", len(desk.Turned), due, want)
		}
	}
	// Friday, Monday, Tuesday.
	check("撤销处罚最迟 2026-12-01 撤回并公开说明理由，还有 5 天（《中华人民共和国行政处罚法》第四十八条第二款）")
	if err := s.PublishBulletin(ctx, publisher, b.ID, b.Version); registry.KindOf(err) != registry.KindConflict || !strings.Contains(err.Error(), "撤销处罚") {
		t.Errorf("publishing it = %v", err)
	}
	*now = now.Add(7 * 24 * time.Hour)
	check("撤销处罚最迟 2026-12-01 撤回并公开说明理由，已逾期 2 天")
	if err := s.WithdrawBulletin(ctx, publisher, b.ID, b.Version, "处罚决定已撤销"); err != nil {
		t.Fatal(err)
	}
	check("")
}

// A case in review or suit is published only with a reason, and one that was suspended not at all.
func TestGateAsksForAReason(t *testing.T) {
	s, _ := flowService(t, func() error { return nil })
	b, d := submitted(t, s)
	if err := s.ReturnBulletin(ctx, publisher, b.ID, b.Version, ""); err != nil {
		t.Fatal(err)
	}
	suit := registry.Document{CaseID: d.CaseID, Kind: registry.DocSuit, MadeOn: registry.Day(2025, 7, 1)}
	if _, err := s.AddDocument(ctx, officer, &suit); err != nil {
		t.Fatal(err)
	}
	err := s.SubmitBulletin(ctx, publisher, b.ID, b.Version+1, " ")
	if registry.KindOf(err) != registry.KindInvalid || !strings.Contains(err.Error(), "words: 案件一") || !strings.Contains(err.Error(), "行政诉讼还没有结果") {
		t.Errorf("a case in suit = %v, want it asked for a reason", err)
	}
	if err := s.SubmitBulletin(ctx, publisher, b.ID, b.Version+1, "诉讼期间不停止执行，社会关注"); err != nil {
		t.Fatal(err)
	}
	suit.Content = "法院裁定停止执行。"
	if err := s.ChangeDocument(ctx, officer, &suit); err != nil {
		t.Fatal(err)
	}
	if err := s.ApproveBulletin(ctx, publisher2, b.ID, b.Version+2, ""); registry.KindOf(err) != registry.KindInvalid || !strings.Contains(err.Error(), "停止执行") {
		t.Errorf("approving it = %v, want it refused", err)
	}
}

// What was published of a decision is due to be taken back in the case as well, on the desk of who handles it: until the bulletin is withdrawn.
func TestCaseDueAfterBulletin(t *testing.T) {
	s, now := flowService(t, func() error { return nil })
	b, _ := submitted(t, s)
	id := b.Cases[0].CaseID
	due := func(want string) {
		t.Helper()
		week, err := s.DueWeek(ctx, officer, 0, casework.Page{Limit: 10})
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, u := range week.Units {
			for _, c := range u.Clocks {
				if c.Clock.Rule.Code == "PUBLISH_WITHDRAW" {
					got += c.Clock.Term.Latest.String() + " " + c.Clock.Note
				}
			}
		}
		if got != want {
			t.Errorf("the week says %q, want %q", got, want)
		}
		if err := s.RefreshDue(ctx); err != nil { // without, verify leaves what is due out
			t.Fatal(err)
		}
		r, err := s.Verify(ctx, auditor)
		if err != nil || len(r.Defects) > 0 {
			t.Fatalf("verify: %v, %v", r.Defects, err)
		}
	}
	if err := s.ApproveBulletin(ctx, publisher2, b.ID, b.Version, ""); err != nil {
		t.Fatal(err)
	}
	b = reread(t, s, b.ID)
	if err := s.PublishBulletin(ctx, publisher2, b.ID, b.Version); err != nil {
		t.Fatal(err)
	}
	due("")
	*now = now.Add(3 * 24 * time.Hour) // Thursday the 26th
	if _, err := s.AddDocument(ctx, officer, &registry.Document{CaseID: id, Kind: registry.DocAnnulled, MadeOn: registry.Day(2026, 11, 26)}); err != nil {
		t.Fatal(err)
	}
	due("2026-12-01 通报《典型案例》；撤回已公开的处罚决定，并公开说明理由")
	b = reread(t, s, b.ID)
	if err := s.WithdrawBulletin(ctx, publisher, b.ID, b.Version, "处罚决定已撤销"); err != nil {
		t.Fatal(err)
	}
	due("")
}

// A suit that is begun after the approval is said on the page, in the list and on the desk, without a demand to take the bulletin back; upheld, it is over. What may
// still be contested stands on the page of the approved bulletin, until when.
func TestContestedAfterApproval(t *testing.T) {
	s, now := flowService(t, func() error { return nil })
	b, d := submitted(t, s)
	if err := s.ApproveBulletin(ctx, publisher2, b.ID, b.Version, ""); err != nil {
		t.Fatal(err)
	}
	d.MadeOn, d.ServedOn = registry.Day(2026, 11, 18), registry.Day(2026, 11, 20)
	if err := s.ChangeDocument(ctx, officer, d); err != nil {
		t.Fatal(err)
	}
	page := func() casework.BulletinPage {
		t.Helper()
		p, err := s.BulletinPage(ctx, publisher, b.ID)
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	if f := page().Fitness; len(f) != 1 || !strings.Contains(f[0].Contest, "复议期限至 2027-01-19，还有 57 天；起诉期限至 2027-05-20") || len(f[0].Unfit) > 0 {
		t.Errorf("the approved bulletin says of its cases %+v", f)
	}
	*now = now.Add(24 * time.Hour)
	suit := registry.Document{CaseID: d.CaseID, Kind: registry.DocSuit, MadeOn: registry.Day(2026, 11, 24)}
	if _, err := s.AddDocument(ctx, officer, &suit); err != nil {
		t.Fatal(err)
	}
	told := func(want string) {
		t.Helper()
		turned, err := s.TurnedBulletins(ctx, publisher)
		if err != nil {
			t.Fatal(err)
		}
		rows, _, err := s.BulletinRows(ctx, publisher, "", casework.Page{Limit: 10})
		if err != nil {
			t.Fatal(err)
		}
		lists := map[string][]casework.BulletinTurn{"page": page().Contests, "list": rows[0].Turns, "desk": nil}
		if len(turned) > 0 {
			lists["desk"] = turned[0].Turns
		}
		for name, turns := range lists {
			got := ""
			for _, x := range turns {
				got += x.Label + x.What + x.Due()
			}
			if got != want {
				t.Errorf("%s says %q, want %q", name, got, want)
			}
		}
	}
	told("案件一行政诉讼在批准之后提起，还没有结果")
	b = reread(t, s, b.ID)
	if err := s.PublishBulletin(ctx, publisher2, b.ID, b.Version); err != nil {
		t.Errorf("publishing it = %v", err)
	}
	suit.Result, suit.ResultOn = "维持", registry.Day(2026, 11, 24)
	if err := s.ChangeDocument(ctx, officer, &suit); err != nil {
		t.Fatal(err)
	}
	told("")
}

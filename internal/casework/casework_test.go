package casework_test

import (
	"context"
	"io"
	"slices"
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

var (
	ctx        = context.Background()
	officer    = registry.Actor{UserID: 1, Username: "officer", Role: registry.RoleOfficer}
	publisher  = registry.Actor{UserID: 2, Username: "publisher", Role: registry.RolePublisher}
	publisher2 = registry.Actor{UserID: 3, Username: "publisher2", Role: registry.RolePublisher}
	auditor    = registry.Actor{UserID: 4, Username: "auditor", Role: registry.RoleAuditor}
)

func service(t testing.TB) *casework.Service {
	t.Helper()
	s, _ := serviceIn(t, storetest.Dir(t), nil)
	return s
}

// serviceIn is service in a folder that the test looks into; trace, unless it is nil, is told of every statement.
func serviceIn(t testing.TB, dir string, trace func(query string)) (*casework.Service, *store.DB) {
	t.Helper()
	now := time.Date(2026, 11, 22, 2, 0, 0, 0, time.UTC)
	db, err := store.Open(ctx, dir, store.Options{Now: now, Database: enginetest.Database(t, dir), Trace: trace})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	s := casework.New(casework.Config{DB: db, Law: statute.Embedded(), Now: func() time.Time { return now }, Hasher: auth.NewHasher(auth.Cheap)})
	if err := s.EnsureOrgans(ctx); err != nil {
		t.Fatal(err)
	}
	for _, a := range []registry.Actor{officer, publisher, publisher2, auditor} { // ids 1 to 4
		if _, err := s.AddUser(ctx, registry.CommandLine, &registry.User{Username: a.Username, DisplayName: a.Username, Role: a.Role}); err != nil {
			t.Fatal(err)
		}
	}
	return s, db
}

// aCase makes a farm, a party, an inspection and a case on it.
func aCase(t testing.TB, s *casework.Service, origin registry.Origin) *registry.Case {
	t.Helper()
	must := func(_ bool, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	party := registry.Party{Name: "恩平市绿源牧业有限公司", Kind: "公司", LegalPerson: "梁示例", Phone: "13800138000", Origin: origin}
	must(s.AddParty(ctx, officer, &party))
	farm := registry.Farm{Name: "绿源猪场", DistrictCode: "440785", Town: "沙湖镇", OperatorID: party.ID, Origin: origin, InTanjiang: registry.Yes, Permit: registry.Approval{State: "未办理"}}
	must(s.AddFarmAnyway(ctx, officer, &farm, "测试里的又一个"))
	ins := registry.Inspection{FarmID: farm.ID, Kind: "日常检查", StartedOn: registry.Day(2025, 3, 4), Findings: "负责人梁示例在场，电话13800138000", Result: registry.ViolationFound, Origin: origin}
	must(s.AddInspection(ctx, officer, &ins))
	c := registry.Case{Title: "绿源牧业案", Origin: origin, DistrictCode: "440785", FarmID: farm.ID, FoundOn: registry.Day(2025, 3, 4),
		Parties: []registry.CaseParty{{PartyID: party.ID, Role: "单位", NameAtAct: party.Name}}, Inspections: []registry.InspectionID{ins.ID}}
	must(s.AddCase(ctx, officer, &c))
	return &c
}

func TestRepeatedCreateIsHarmless(t *testing.T) {
	s := service(t)
	x := registry.Farm{Name: "场", DistrictCode: "440785"}
	x.ClientUID = "6f1c8f8e-0000-4000-8000-000000000001"
	y := x
	if _, err := s.AddFarm(ctx, officer, &x); err != nil {
		t.Fatal(err)
	}
	repeated, err := s.AddFarm(ctx, officer, &y)
	if err != nil || !repeated || y.ID != x.ID {
		t.Errorf("second AddFarm = %v, %v, id %d; want the first record, id %d", repeated, err, y.ID, x.ID)
	}
	l, err := s.Farms(ctx, officer, casework.FarmFilter{}, casework.Page{Limit: 10})
	if err != nil || len(l.Rows) != 1 {
		t.Errorf("Farms = %d rows, %v; want 1", len(l.Rows), err)
	}
}

func TestOnlyOfficersWrite(t *testing.T) {
	s := service(t)
	for _, a := range []registry.Actor{publisher, auditor, {Role: registry.RoleAdmin}} {
		x := registry.Farm{Name: "场", DistrictCode: "440785"}
		if _, err := s.AddFarm(ctx, a, &x); registry.KindOf(err) != registry.KindForbidden {
			t.Errorf("AddFarm as %s = %v; want forbidden", a.Role, err)
		}
	}
	if _, err := s.AddFarm(ctx, registry.Actor{}, &registry.Farm{Name: "场", DistrictCode: "440785"}); registry.KindOf(err) != registry.KindUnsigned {
		t.Errorf("AddFarm as nobody = %v; want unsigned", err)
	}
}

func TestStageFollowsDocuments(t *testing.T) {
	s := service(t)
	c := aCase(t, s, registry.OriginField)
	for _, step := range []struct {
		kind registry.DocKind
		want registry.Stage
	}{{"责令改正", registry.StageOrdered}, {"复查", registry.StageOrdered}, {"立案", registry.StageFiled}, {"移送公安", registry.StageFiled}, {"行政处罚决定书", registry.StageDecided}, {"结案", registry.StageClosed}} {
		d := registry.Document{CaseID: c.ID, Kind: step.kind}
		if _, err := s.AddDocument(ctx, officer, &d); err != nil {
			t.Fatal(err)
		}
		got, err := s.Case(ctx, officer, c.ID)
		if err != nil || got.Stage != step.want {
			t.Errorf("after %s: stage %s, %v; want %s", step.kind, got.Stage, err, step.want)
		}
	}
	d := registry.Document{CaseID: c.ID, Kind: "复查"}
	if _, err := s.AddDocument(ctx, officer, &d); registry.KindOf(err) != registry.KindConflict {
		t.Errorf("a document on a closed case = %v; want conflict", err)
	}
	r, err := s.Verify(ctx, auditor)
	if err != nil || len(r.Defects) != 0 || r.Cases != 1 {
		t.Errorf("Verify = %+v, %v; want one case and no defect", r, err)
	}
}

func TestSameDocumentNumberTwice(t *testing.T) {
	s := service(t)
	c := aCase(t, s, registry.OriginField)
	a := registry.Document{CaseID: c.ID, Kind: "行政处罚决定", NumberTyped: "江恩环罚﹝2025﹞27号"}
	b := registry.Document{CaseID: c.ID, Kind: "行政处罚决定", NumberTyped: "江恩环罚[2025]27号"}
	if _, err := s.AddDocument(ctx, officer, &a); err != nil {
		t.Fatal(err)
	}
	_, err := s.AddDocument(ctx, officer, &b)
	if registry.KindOf(err) != registry.KindConflict || !strings.Contains(err.Error(), "文号") {
		t.Errorf("the same number in other brackets = %v; want a conflict at the number", err)
	}
	other := registry.Document{CaseID: c.ID, Kind: "移送涉嫌犯罪", NumberTyped: "江恩环罚[2025]27号", OrganName: "某公安局"}
	if _, err := s.AddDocument(ctx, officer, &other); err != nil {
		t.Errorf("another organ's number = %v; want nil: its series is not ours", err)
	}
}

// Where no citation is given, the catalogue's for the act's end are recorded as offered; the act's end chooses the law.
func TestViolationTakesTheLawOfItsEnd(t *testing.T) {
	s := service(t)
	c := aCase(t, s, registry.OriginField)
	laws := func(actTo registry.Date) []string {
		v := registry.Violation{CaseID: c.ID, TypeCode: "WATER_EVASION", Facts: "事实", ActTo: actTo}
		if _, err := s.AddViolation(ctx, officer, &v); err != nil {
			t.Fatal(err)
		}
		var out []string
		for _, x := range v.Breached() {
			if x.Standing != registry.StandingOffered {
				t.Errorf("standing %s; want offered", x.Standing)
			}
			if x.Holding == registry.Held && x.TextHash == "" {
				t.Errorf("%s is held without a hash", x)
			}
			out = append(out, x.String())
		}
		return out
	}
	if got := laws(registry.Day(2024, 10, 8)); !slices.Contains(got, "《中华人民共和国水污染防治法》第三十九条") {
		t.Errorf("an act of 2024 breaches %v; want 水污染防治法 39", got)
	}
	for _, x := range laws(registry.Day(2026, 9, 1)) {
		if strings.Contains(x, "水污染防治法") {
			t.Errorf("an act of 2026-09 is offered %s, repealed on 2026-08-15", x)
		}
	}
	// An act by year only may lie on both sides of the change: nothing is decided for the officer.
	if got := laws(registry.Year(2026)); len(got) != 0 {
		t.Errorf("an act of 2026 without a month was given %v; want none before a person chooses", got)
	}
}

func TestAbsentArticleIsRefused(t *testing.T) {
	s := service(t)
	c := aCase(t, s, registry.OriginField)
	cite := func(law string, article int) registry.Violation {
		return registry.Violation{CaseID: c.ID, Facts: "事实", ActTo: registry.Day(2024, 5, 1), Citations: []registry.Citation{{Role: registry.RoleBreached, Law: law, Provision: registry.Provision{Article: article}}}}
	}
	v := cite("畜禽规模养殖污染防治条例", 45) // it has 44
	if _, err := s.AddViolation(ctx, officer, &v); registry.KindOf(err) != registry.KindInvalid {
		t.Errorf("article 45 of 44 = %v; want invalid", err)
	}
	v = cite("水污染防治法", 60) // an excerpt: not held is not absent
	if _, err := s.AddViolation(ctx, officer, &v); err != nil || v.Citations[0].Holding != registry.NotHeld {
		t.Errorf("an article not held = %v, %s; want it accepted as not_held", err, v.Citations[0].Holding)
	}
	// A law that had been repealed by then, and one that was not in force yet: the text is held, and the case review says that it did not apply.
	for _, x := range []struct {
		law, version string
		article      int
		actTo        registry.Date
	}{{"水污染防治法", "2017", 39, registry.Day(2026, 9, 1)}, {"生态环境法典", "2026", 1108, registry.Day(2024, 5, 1)}} {
		v = cite(x.law, x.article)
		v.ActTo = x.actTo
		if _, err := s.AddViolation(ctx, officer, &v); err != nil || v.Citations[0].Holding != registry.Held || v.Citations[0].VersionID != x.version || v.Citations[0].TextHash == "" {
			t.Errorf("%s on %s = %v, %+v; want the text of %s", x.law, x.actTo, err, v.Citations[0], x.version)
		}
	}
	v = cite("某某管理办法", 3)
	if _, err := s.AddViolation(ctx, officer, &v); err != nil || v.Citations[0].Holding != registry.UnknownLaw {
		t.Errorf("an unknown law = %v, %s; want it accepted as unknown_law", err, v.Citations[0].Holding)
	}
}

func TestBulletinNeedsTwoPeopleAndNoLeak(t *testing.T) {
	s := service(t)
	c := aCase(t, s, registry.OriginField)
	v := registry.Violation{CaseID: c.ID, TypeCode: "LIVESTOCK_DIRECT_DISCHARGE", Facts: "绿源猪场梁示例直排", ActTo: registry.Day(2025, 3, 4)}
	if _, err := s.AddViolation(ctx, officer, &v); err != nil {
		t.Fatal(err)
	}
	decided(t, s, c.ID)
	sources, err := s.BulletinSources(ctx, publisher, []registry.CaseID{c.ID})
	if err != nil {
		t.Fatal(err)
	}
	copied := sources[c.ID].Draft
	for _, secret := range []string{"绿源", "梁示例", "13800138000", "沙湖", "3月4日"} {
		if strings.Contains(copied.Title+copied.Facts+copied.Handling, secret) {
			t.Errorf("the first copy holds %s: %+v", secret, copied)
		}
	}
	if !strings.Contains(copied.Facts, "2025年3月") || len(copied.Quotes) == 0 {
		t.Errorf("the first copy lacks the month or the quoted article: %+v", copied)
	}
	b := registry.Bulletin{Title: "典型案例", Cases: []registry.BulletinCase{copied}}
	b.Cases[0].Facts += "负责人为梁示例。"
	if _, err := s.AddBulletin(ctx, publisher, &b); err != nil {
		t.Fatal(err)
	}
	if err := s.SubmitBulletin(ctx, publisher, b.ID, b.Version, ""); registry.KindOf(err) != registry.KindInvalid || !strings.Contains(err.Error(), "梁示例") {
		t.Fatalf("submitting a leak = %v; want it refused by name", err)
	}
	b.Cases[0].Facts = copied.Facts
	if err := s.ChangeBulletin(ctx, publisher, &b); err != nil {
		t.Fatal(err)
	}
	if err := s.SubmitBulletin(ctx, publisher, b.ID, b.Version, ""); err != nil {
		t.Fatal(err)
	}
	now, err := s.Bulletin(ctx, publisher, b.ID)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.ApproveBulletin(ctx, publisher, b.ID, now.Version, ""); registry.KindOf(err) != registry.KindForbidden {
		t.Errorf("approving one's own = %v; want forbidden", err)
	}
	if err := s.ApproveBulletin(ctx, publisher2, b.ID, now.Version, ""); err != nil {
		t.Fatal(err)
	}
	now, _ = s.Bulletin(ctx, publisher, b.ID)
	now.Title = "改"
	if err := s.ChangeBulletin(ctx, publisher, &now); registry.KindOf(err) != registry.KindConflict {
		t.Errorf("editing an approved bulletin = %v; want conflict", err)
	}
}

// decided gives a case a filing and a decision that was served: what a bulletin asks for.
func decided(t testing.TB, s *casework.Service, id registry.CaseID) *registry.Document {
	t.Helper()
	filing := registry.Document{CaseID: id, Kind: registry.DocFiling, MadeOn: registry.Day(2025, 3, 6)}
	d := registry.Document{CaseID: id, Kind: registry.DocDecision, MadeOn: registry.Day(2025, 5, 6), ServedOn: registry.Day(2025, 5, 8)}
	for _, x := range []*registry.Document{&filing, &d} {
		if _, err := s.AddDocument(ctx, officer, x); err != nil {
			t.Fatal(err)
		}
	}
	return &d
}

func TestInventedAndRealCasesDoNotMix(t *testing.T) {
	s := service(t)
	own, invented := aCase(t, s, registry.OriginField), aCase(t, s, registry.OriginSample)
	b := registry.Bulletin{Title: "混合", Cases: []registry.BulletinCase{{CaseID: own.ID, Title: "一"}, {CaseID: invented.ID, Title: "二"}}}
	if _, err := s.AddBulletin(ctx, publisher, &b); registry.KindOf(err) != registry.KindInvalid || !strings.Contains(err.Error(), "示例") {
		t.Errorf("a mixed bulletin = %v; want it refused", err)
	}
}

func TestHistoryShowsFieldDifferences(t *testing.T) {
	s := service(t)
	x := registry.Farm{Name: "场", DistrictCode: "440785"}
	if _, err := s.AddFarm(ctx, officer, &x); err != nil {
		t.Fatal(err)
	}
	x.Name, x.Town = "新场", "沙湖镇"
	if err := s.ChangeFarm(ctx, officer, &x); err != nil {
		t.Fatal(err)
	}
	p, err := s.FarmPage(ctx, officer, x.ID)
	if err != nil {
		t.Fatal(err)
	}
	changes := casework.Changes(p.Revisions)
	want := []casework.FieldChange{{Field: "name", Before: "场", After: "新场"}, {Field: "town", Before: "", After: "沙湖镇"}}
	if len(changes) != 2 || !slices.Equal(changes[0].Fields, want) {
		t.Errorf("Changes = %+v; want the newest first with %v", changes, want)
	}
}

func TestAttachmentIsDurableAndRepeatable(t *testing.T) {
	s := service(t)
	c := aCase(t, s, registry.OriginField)
	one, _, err := s.AddAttachment(ctx, officer, "case", int64(c.ID), `C:\照片\现场 1.jpg`, strings.NewReader("jpeg"), "key-1")
	if err != nil || one.Filename != "现场 1.jpg" || one.Size != 4 || one.Mismatch() != "扩展名是 .jpg，内容却是文本" {
		t.Fatalf("AddAttachment = %+v, %v", one, err)
	}
	again, _, err := s.AddAttachment(ctx, officer, "case", int64(c.ID), "现场 1.jpg", strings.NewReader("jpeg"), "key-1")
	if err != nil || again.ID != one.ID {
		t.Errorf("the same key again = %d, %v; want %d", again.ID, err, one.ID)
	}
	shown := registry.Evidence{CaseID: c.ID, Kind: "书证", Title: "照片", AttachmentID: one.ID}
	if _, err := s.AddEvidence(ctx, officer, &shown); err != nil {
		t.Fatal(err)
	}
	if f, err := s.CaseFile(ctx, officer, c.ID); err != nil || f.FileDoubt(one.ID) != one.Mismatch() { // the ledger and the sheet of the case tell it
		t.Errorf("the case's file: %v, doubt %q; want %q", err, f.FileDoubt(one.ID), one.Mismatch())
	}
	for name, head := range map[string]string{"IMG_0001.heif": "\x00\x00\x00\x18ftypheic", "VID_20260305.3gp": "\x00\x00\x00\x18ftyp3gp4", "录音.amr": "#!AMR\n"} {
		x, _, err := s.AddAttachment(ctx, officer, "case", int64(c.ID), name, strings.NewReader(head+strings.Repeat("\x00", 2000)), "")
		if err != nil || x.Size != int64(len(head)+2000) || x.Mismatch() != "" {
			t.Errorf("AddAttachment(%s) = %+v, %v", name, x, err)
		}
	}
	for name, want := range map[string]registry.Kind{"木马.exe": registry.KindInvalid, "页面.html": registry.KindInvalid, "图.svg": registry.KindInvalid} {
		if _, _, err := s.AddAttachment(ctx, officer, "case", int64(c.ID), name, strings.NewReader("x"), ""); registry.KindOf(err) != want {
			t.Errorf("AddAttachment(%s) = %v; want invalid", name, err)
		}
	}
	if _, _, err := s.AddAttachment(ctx, officer, "case", 999, "a.jpg", strings.NewReader("x"), ""); registry.KindOf(err) != registry.KindNotFound {
		t.Errorf("AddAttachment to no case = %v; want not found", err)
	}
}

// Two exports at a time; a third waits, and gives up with its caller instead of taking the pages' readers.
func TestHeavyReadsWaitTheirTurn(t *testing.T) {
	s := service(t)
	started, release := make(chan struct{}), make(chan struct{})
	run := func(ctx context.Context) error {
		return readLedger(ctx, s, auditor, casework.LedgerFilter{}, func(l report.Ledger) error {
			started <- struct{}{}
			<-release
			return nil
		})
	}
	ended := make(chan error, 2)
	for range 2 {
		go func() { ended <- run(ctx) }()
		<-started
	}
	short, cancel := context.WithTimeout(ctx, 50*time.Millisecond)
	defer cancel()
	if err := run(short); registry.KindOf(err) != registry.KindUnavailable {
		t.Errorf("a third export = %v; want it told to come back", err)
	}
	if _, err := s.Farms(ctx, officer, casework.FarmFilter{}, casework.Page{Limit: 10}); err != nil {
		t.Errorf("a page beside two exports = %v", err)
	}
	close(release)
	for range 2 {
		if err := <-ended; err != nil {
			t.Error(err)
		}
	}
}

// readLedger opens a ledger and reads it as a writer would.
func readLedger(ctx context.Context, s *casework.Service, a registry.Actor, f casework.LedgerFilter, read func(l report.Ledger) error) error {
	return s.Ledger(ctx, a, casework.Export{Cases: f}, io.Discard, func(_ io.Writer, l report.Ledger) (*report.Summary, error) { return &report.Summary{}, read(l) })
}

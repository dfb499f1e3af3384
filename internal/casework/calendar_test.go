package casework_test

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"casebook/internal/auth"
	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/statute"
	"casebook/internal/store"
	"casebook/internal/store/enginetest"
	"casebook/internal/store/storetest"
)

// invented is a notice of a year that is not announced: made up for the tests.
const invented = `国务院办公厅关于2027年部分节假日安排的通知
一、元旦：1月1日放假，与周末连休。
二、春节：2月6日至12日放假调休，共7天。2月13日（周六）、2月14日（周日）上班。
三、清明节：4月5日放假，与周末连休。
四、劳动节：5月1日放假。
五、端午节：6月9日放假。
六、中秋节：9月15日放假。
七、国庆节：10月1日至7日放假调休，共7天。9月26日（周日）上班。`

func keep(t *testing.T, s *casework.Service, text string) casework.NoticeKept {
	t.Helper()
	in := casework.NoticeImport{Text: text, Source: "测试用"}
	p, err := s.PreviewNotice(ctx, admin, in)
	if err != nil {
		t.Fatal(err)
	}
	done, err := s.KeepNotice(ctx, admin, in, p.State)
	if err != nil {
		t.Fatal(err)
	}
	return done
}

func TestKeptCalendar(t *testing.T) {
	s := service(t)
	if s.Calendar().Covers(2027) {
		t.Fatal("2027 is known before its notice")
	}
	if done := keep(t, s, invented); done != (casework.NoticeKept{Year: 2027, Revision: 1, Counted: true}) {
		t.Errorf("KeepNotice = %+v", done)
	}
	day := registry.Day(2027, 2, 13)
	if working, known := s.Calendar().Working(day); !working || !known || !s.Calendar().Covers(2026) {
		t.Errorf("Working(%s) = %t, %t; want a worked Saturday", day, working, known)
	}
	in := casework.NoticeImport{Text: invented, Source: "测试用"}
	if _, err := s.PreviewNotice(ctx, admin, in); registry.KindOf(err) != registry.KindConflict {
		t.Errorf("the same notice again = %v; want a conflict", err)
	}
	// A correction is another revision; the first stays on record.
	corrected := strings.Replace(invented, "9月26日（周日）上班", "9月26日（周日）、10月9日（周六）上班", 1)
	if done := keep(t, s, corrected); done.Revision != 2 {
		t.Errorf("second import = %+v", done)
	}
	if working, _ := s.Calendar().Working(registry.Day(2027, 10, 9)); !working {
		t.Error("the second import does not count")
	}
	list, err := s.CalendarNotices(ctx, auditor)
	if err != nil || len(list) != 2 || list[0].Text != invented || list[1].Revision != 2 {
		t.Errorf("CalendarNotices = %+v, %v", list, err)
	}
	for name, c := range map[string]struct {
		actor registry.Actor
		in    casework.NoticeImport
		state string
		want  registry.Kind
	}{
		"no administrator": {officer, in, "", registry.KindForbidden},
		"no source":        {admin, casework.NoticeImport{Text: invented}, "", registry.KindInvalid},
		"not previewed":    {admin, in, "x", registry.KindConflict},
		"no notice":        {admin, casework.NoticeImport{Text: " "}, "", registry.KindInvalid},
	} {
		if _, err := s.KeepNotice(ctx, c.actor, c.in, c.state); registry.KindOf(err) != c.want {
			t.Errorf("%s: KeepNotice = %v, want %v", name, err, c.want)
		}
	}
}

// A notice kept by another process is seen within two seconds of the service's own clock.
func TestServerSeesANoticeBesideIt(t *testing.T) {
	dir := storetest.Dir(t)
	now := time.Date(2026, 11, 22, 2, 0, 0, 0, time.UTC)
	open := func() (*store.DB, *casework.Service) {
		db, err := store.Open(ctx, dir, store.Options{Now: now, Database: enginetest.Database(t, dir)})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = db.Close() })
		return db, casework.New(casework.Config{DB: db, Law: statute.Embedded(), Now: func() time.Time { return now }, Hasher: auth.NewHasher(auth.Cheap)})
	}
	_, server := open()
	_, beside := open()
	keep(t, beside, invented)
	if server.Calendar().Covers(2027) {
		t.Fatal("seen before it looked")
	}
	server.RefreshLaws(ctx)
	if !server.Calendar().Covers(2027) {
		t.Error("the server does not see a notice kept beside it")
	}
	same := server.Calendar()
	now = now.Add(time.Hour)
	server.RefreshLaws(ctx)
	if &same.Days[0] != &server.Calendar().Days[0] {
		t.Error("the calendar was built again though nothing changed")
	}
}

func TestKeptKinds(t *testing.T) {
	s := service(t)
	c := aCase(t, s, registry.OriginField)
	k := registry.KeptKind{DocumentKind: registry.DocumentKind{Name: "督办销案", Stage: registry.StageClosed, Own: true, Numbers: true}}
	d := registry.Document{CaseID: c.ID, Kind: k.Name}
	if _, err := s.AddDocument(ctx, officer, &d); registry.KindOf(err) != registry.KindInvalid {
		t.Errorf("a kind that nobody keeps: %v, want invalid", err)
	}
	if _, err := s.AddKind(ctx, officer, &k); registry.KindOf(err) != registry.KindForbidden {
		t.Errorf("AddKind as officer = %v", err)
	}
	if _, err := s.AddKind(ctx, admin, &k); err != nil {
		t.Fatal(err)
	}
	for name, x := range map[string]registry.KeptKind{
		"a kind of the program": {DocumentKind: registry.DocumentKind{Name: "处罚决定"}}, "no such stage": {DocumentKind: registry.DocumentKind{Name: "甲", Stage: "进行中"}}, "no name": {},
	} {
		if _, err := s.AddKind(ctx, admin, &x); registry.KindOf(err) != registry.KindInvalid {
			t.Errorf("%s: AddKind = %v, want invalid", name, err)
		}
	}
	again := registry.KeptKind{DocumentKind: k.DocumentKind}
	if _, err := s.AddKind(ctx, admin, &again); registry.KindOf(err) != registry.KindConflict {
		t.Errorf("the same name again = %v, want a conflict", err)
	}
	if kinds := s.DocumentKinds(); !reflect.DeepEqual(kinds[len(kinds)-1], k.DocumentKind) {
		t.Errorf("the last of DocumentKinds = %+v", kinds[len(kinds)-1])
	}
	if _, err := s.AddDocument(ctx, officer, &d); err != nil {
		t.Fatal(err)
	}
	if x, _ := s.Case(ctx, officer, c.ID); x.Stage != registry.StageClosed {
		t.Errorf("stage = %s; want the kept kind's", x.Stage)
	}
	if r, err := s.Verify(ctx, auditor); err != nil || len(r.Defects) > 0 {
		t.Errorf("Verify = %v, %v", r.Defects, err)
	}
	// Made inactive: no new one, what there is stays and can be edited, and its name and stage do not change.
	if err := s.Reopen(ctx, officer, c.ID, "补充材料"); err != nil {
		t.Fatal(err)
	}
	k.Active, k.Name, k.Stage = false, "别的名称", registry.StageFiled
	if err := s.ChangeKind(ctx, admin, &k); err != nil {
		t.Fatal(err)
	}
	if k.Name != "督办销案" || k.Stage != registry.StageClosed {
		t.Errorf("a kind was renamed: %+v", k)
	}
	x, err := s.Document(ctx, officer, d.ID)
	if err != nil {
		t.Fatal(err)
	}
	x.Note = "改备注"
	if err := s.ChangeDocument(ctx, officer, &x); err != nil {
		t.Errorf("editing a document of an inactive kind: %v", err)
	}
	if _, err := s.AddDocument(ctx, officer, &registry.Document{CaseID: c.ID, Kind: "督办销案"}); registry.KindOf(err) != registry.KindInvalid {
		t.Errorf("a new document of an inactive kind = %v, want invalid", err)
	}
}

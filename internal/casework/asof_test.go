package casework_test

import (
	"bytes"
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

// monthly is a register whose clock the test moves, with one case that was decided in October 2026.
type monthly struct {
	*testing.T
	s     *casework.Service
	now   time.Time
	c     *registry.Case
	doc   registry.Document
	fined registry.Penalty
}

func newMonthly(t *testing.T) *monthly {
	dir := storetest.Dir(t)
	m := &monthly{T: t, now: time.Date(2026, 11, 2, 2, 0, 0, 0, time.UTC)}
	db, err := store.Open(ctx, dir, store.Options{Now: m.now, Database: enginetest.Database(t, dir)})
	m.must(err)
	t.Cleanup(func() { _ = db.Close() })
	m.s = casework.New(casework.Config{DB: db, Law: statute.Embedded(), Now: func() time.Time { return m.now }, Hasher: auth.NewHasher(auth.Cheap)})
	m.must(m.s.EnsureOrgans(ctx))
	m.c = aCase(t, m.s, registry.OriginPublished)
	m.doc = registry.Document{CaseID: m.c.ID, Kind: registry.DocDecision, MadeOn: registry.Day(2026, 10, 12)}
	_, err = m.s.AddDocument(ctx, officer, &m.doc)
	m.must(err)
	fine := registry.Money(50_000_00)
	m.fined = registry.Penalty{CaseID: m.c.ID, DocumentID: m.doc.ID, Kind: "罚款", Amount: &fine}
	_, err = m.s.AddPenalty(ctx, officer, &m.fined)
	m.must(err)
	return m
}

func (m *monthly) must(err error) {
	m.Helper()
	if err != nil {
		m.Fatal(err)
	}
}

// said is a ledger's number of cases, its fines, and what is said about it.
func (m *monthly) said(x casework.Export) (cases int, fines registry.Money, info report.LedgerInfo) {
	m.Helper()
	m.must(m.s.Ledger(ctx, auditor, x, io.Discard, func(_ io.Writer, l report.Ledger) (*report.Summary, error) {
		sum, err := report.Summarize(l.Cases, l.Options)
		if err == nil {
			cases, fines, info = sum.Cases, sum.Fines.Total, l.Info
		}
		return sum, err
	}))
	return cases, fines, info
}

func october(x casework.Export) casework.Export {
	x.Basis, x.Cases.From, x.Cases.To = registry.BasisDecided, registry.Month(2026, 10), registry.Month(2026, 10)
	return x
}

// A month that was closed stays what it was, says what has changed, and is opened again with a reason that stays.
func TestClosedMonth(t *testing.T) {
	m := newMonthly(t)
	admin := registry.Actor{UserID: 9, Username: "admin", Role: registry.RoleAdmin}
	closing := registry.MonthClosing{Month: registry.Month(2026, 10), Note: "已报月报"}
	if _, err := m.s.CloseMonth(ctx, officer, &registry.MonthClosing{Month: registry.Month(2026, 10)}); registry.KindOf(err) != registry.KindForbidden {
		t.Errorf("an officer closes a month: %v", err)
	}
	if _, err := m.s.CloseMonth(ctx, admin, &registry.MonthClosing{Month: registry.Month(2026, 11)}); registry.KindOf(err) != registry.KindInvalid {
		t.Errorf("a month that is not over is closed: %v", err)
	}
	_, err := m.s.CloseMonth(ctx, admin, &closing)
	m.must(err)
	if _, err := m.s.CloseMonth(ctx, admin, &registry.MonthClosing{Month: registry.Month(2026, 10)}); registry.KindOf(err) != registry.KindConflict {
		t.Errorf("a closed month is closed again: %v", err)
	}
	if c := closing.Counted; c.Decisions != 1 || c.Penalties.Total != 50_000_00 {
		t.Errorf("closed with %+v", c)
	}
	m.now = m.now.Add(time.Hour)
	more := registry.Money(70_000_00)
	m.fined.Amount, m.fined.RangeReason = &more, "更正"
	m.must(m.s.ChangePenalty(ctx, officer, &m.fined))

	if cases, fines, info := m.said(october(casework.Export{})); cases != 1 || fines != 50_000_00 || info.AuditSeq != closing.Position || !strings.Contains(info.Closing, "2026年10月") {
		t.Errorf("the closed month: %d cases, %s, %+v", cases, fines, info)
	}
	if _, fines, info := m.said(october(casework.Export{Live: true})); fines != 70_000_00 || info.Closing != "" {
		t.Errorf("the month as it is: %s, %+v", fines, info)
	}
	list, err := m.s.Closings(ctx, auditor)
	m.must(err)
	if len(list) != 1 || list[0].Changed != 1 || !list[0].Moved() || list[0].Now.Penalties.Total != 70_000_00 {
		t.Errorf("closings: %+v", list)
	}
	if err := m.s.ReopenMonth(ctx, admin, closing.ID, closing.Version, " "); registry.KindOf(err) != registry.KindInvalid {
		t.Errorf("opened again without a reason: %v", err)
	}
	m.must(m.s.ReopenMonth(ctx, admin, closing.ID, closing.Version, "金额更正"))
	if _, fines, _ := m.said(october(casework.Export{})); fines != 70_000_00 {
		t.Errorf("opened again: %s", fines)
	}
	again := registry.MonthClosing{Month: registry.Month(2026, 10)}
	_, err = m.s.CloseMonth(ctx, admin, &again)
	m.must(err)
	if list, err = m.s.Closings(ctx, auditor); err != nil || len(list) != 2 || list[1].ReopenReason != "金额更正" || again.Counted.Penalties.Total != 70_000_00 {
		t.Errorf("closed anew: %+v, %v", list, err)
	}
}

// What differs between two days is told value by value, and the sums meet.
func TestDifferenceOfTwoDays(t *testing.T) {
	m := newMonthly(t)
	m.now = m.now.AddDate(0, 0, 3)
	more := registry.Money(70_000_00)
	m.fined.Amount, m.fined.RangeReason = &more, "更正"
	m.must(m.s.ChangePenalty(ctx, officer, &m.fined))
	farm, err := m.s.Farm(ctx, officer, m.c.FarmID)
	m.must(err)
	farm.Name = "改名的猪场"
	m.must(m.s.ChangeFarm(ctx, officer, &farm))
	m.now = m.now.AddDate(0, 0, 3)
	m.must(m.s.Void(ctx, registry.CommandLine, "case", int64(aCaseOf(t, m.s)), 1, "误登"))

	differ := func(at casework.Span) (rows string, sums *report.DifferenceSums) {
		var b bytes.Buffer
		m.must(m.s.Difference(ctx, auditor, casework.Export{}, at, io.Discard, func(_ io.Writer, d report.Difference) (s *report.DifferenceSums, err error) {
			sums, err = report.WalkDifference(d, func(row []report.Cell) error {
				for _, c := range row {
					b.WriteString(c.String() + "|")
				}
				b.WriteByte('\n')
				return nil
			})
			return sums, err
		}, &registry.ExportRecord{}))
		return b.String(), sums
	}
	rows, sums := differ(casework.Span{From: registry.Day(2026, 11, 2), To: registry.Day(2026, 11, 5)})
	if sums.Changed != 1 || sums.Added != 0 || sums.Gone != 0 || sums.Is.Fines.Total-sums.Was.Fines.Total != 20_000_00 || !strings.Contains(rows, "改名的猪场") || !strings.Contains(rows, "罚款（元）|50,000|70,000|") {
		t.Errorf("%+v\n%s", sums, rows)
	}
	if rows, sums := differ(casework.Span{From: registry.Day(2026, 11, 5), To: registry.Day(2026, 11, 6)}); rows != "" || sums.Is.Cases != 0 {
		t.Errorf("nothing was written: %+v\n%s", sums, rows)
	}
	if _, sums := differ(casework.Span{From: registry.Day(2026, 10, 30), To: registry.Day(2026, 11, 2)}); sums.Added != 1 || sums.Was.Cases != 0 || sums.Is.Cases != 1 {
		t.Errorf("from before there was anything: %+v", sums)
	}
}

// aCaseOf is a second case, by its id.
func aCaseOf(t *testing.T, s *casework.Service) registry.CaseID {
	t.Helper()
	c := registry.Case{Title: "另一案", Origin: registry.OriginPublished, DistrictCode: "440785"}
	if _, err := s.AddCase(ctx, officer, &c); err != nil {
		t.Fatal(err)
	}
	return c.ID
}

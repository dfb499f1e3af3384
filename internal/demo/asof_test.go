package demo

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
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

// cells keeps every row of every detail sheet.
type cells struct{ strings.Builder }

func (c *cells) Row(sheet report.SheetID, row []report.Cell) error {
	_, err := fmt.Fprintln(c, sheet, row)
	return err
}

// exportedAs is a ledger to the last cell: its rows, its figures and tables, the entry that it is as of.
func exportedAs(t *testing.T, s *casework.Service, x casework.Export) string {
	t.Helper()
	var c cells
	if err := s.Ledger(t.Context(), registry.CommandLine, x, io.Discard, func(_ io.Writer, l report.Ledger) (*report.Summary, error) {
		sum, err := report.Walk(l.Cases, l.Options, &c)
		if err == nil {
			fmt.Fprintln(&c, sum.Figures, sum.Tables, l.Info.Organ, l.Info.AuditSeq, l.Info.AuditHead, l.Info.AsOf.UnixMilli())
		}
		return sum, err
	}); err != nil {
		t.Fatal(err)
	}
	return c.String()
}

// living is a register whose days pass.
type living struct {
	*testing.T
	*rand.Rand
	s   *casework.Service
	db  *store.DB
	now time.Time

	changed int // as often as rules allowed it
}

func newLiving(t *testing.T, cases int, seed uint64) *living {
	dir := storetest.Dir(t)
	l := &living{T: t, Rand: rand.New(rand.NewPCG(seed, 7)), now: clock.AddDate(0, -3, 0)}
	db, err := store.Open(context.Background(), dir, store.Options{Now: l.now, Database: enginetest.Database(t, dir)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	l.db = db
	l.s = casework.New(casework.Config{DB: db, Law: statute.Embedded(), Now: func() time.Time { return l.now }, Hasher: auth.NewHasher(auth.Cheap)})
	if err := Load(t.Context(), l.s); err != nil {
		t.Fatal(err)
	}
	if err := Synthesize(t.Context(), l.s, cases, seed, nil); err != nil {
		t.Fatal(err)
	}
	return l
}

// file is a case chosen at random.
func (l *living) file() *registry.CaseFile {
	var f *registry.CaseFile
	if err := l.db.Read(l.Context(), func(tx *store.Tx) error {
		ids, err := tx.CaseIDs(store.CaseFilter{IncludeVoided: true}, 0, 1000)
		if err == nil {
			f, err = tx.CaseFile(ids[l.IntN(len(ids))])
		}
		return err
	}); err != nil {
		l.Fatal(err)
	}
	return f
}

// change does something to the register; what its rules refuse changes nothing.
func (l *living) change() {
	ctx, s, a, f := l.Context(), l.s, registry.CommandLine, l.file()
	day := registry.Day(2026, 1+l.IntN(8), 1+l.IntN(28))
	var err error
	switch l.IntN(16) {
	case 0:
		f.Case.Title += "（改）"
		f.Case.FoundOn = day
		err = s.ChangeCase(ctx, a, &f.Case)
	case 1:
		if f.Case.IsVoid() {
			err = s.Unvoid(ctx, a, "case", int64(f.Case.ID), f.Case.Version, "误作废")
		} else {
			err = s.Void(ctx, a, "case", int64(f.Case.ID), f.Case.Version, "重复登记")
		}
	case 2:
		if f.Farm != nil {
			f.Farm.Name, f.Farm.Town = f.Farm.Name+"新", "示例镇"
			err = s.ChangeFarm(ctx, a, f.Farm)
		}
	case 3:
		if len(f.Parties) > 0 {
			f.Parties[0].LegalPerson, f.Parties[0].Name = "示例人", f.Parties[0].Name+"改"
			err = s.ChangeParty(ctx, a, &f.Parties[0])
		}
	case 4, 5:
		if n := len(f.Documents); n > 0 {
			d := &f.Documents[l.IntN(n)]
			d.MadeOn = []registry.Date{day, day.ToMonth(), {}}[l.IntN(3)]
			err = s.ChangeDocument(ctx, a, d)
		}
	case 6:
		if n := len(f.Penalties); n > 0 {
			p := &f.Penalties[l.IntN(n)]
			if m := registry.Money(l.IntN(1_000_000)); l.IntN(3) > 0 {
				p.Amount = &m
			} else {
				p.Amount = nil
			}
			p.RangeReason = "示例"
			err = s.ChangePenalty(ctx, a, p)
		}
	case 7, 8:
		if n := len(f.Penalties); n > 0 {
			kind := []string{registry.PaidFine, registry.PaidFine, registry.Refund}[l.IntN(3)]
			_, err = s.AddPayment(ctx, a, &registry.Payment{CaseID: f.Case.ID, PenaltyID: f.Penalties[l.IntN(n)].ID, Kind: kind, PaidOn: day, Amount: registry.Money(1 + l.IntN(5000))})
		}
	case 9:
		if n := len(f.Payments); n > 0 {
			x := f.Payments[l.IntN(n)]
			err = s.RemovePayment(ctx, a, x.ID, x.Version)
		}
	case 10:
		if n := len(f.Evidence); n > 0 {
			x := f.Evidence[l.IntN(n)]
			err = s.RemoveEvidence(ctx, a, x.ID, x.Version)
		}
	case 11:
		if n := len(f.Samples); n > 0 {
			x := f.Samples[l.IntN(n)]
			x.Point += "旁"
			err = s.ChangeSample(ctx, a, &x)
		}
	case 12:
		if n := len(f.Publications); n > 0 {
			x, err := s.Publication(ctx, a, f.Publications[0].ID)
			if err == nil {
				x.Medium, x.Cases = "示例报", x.Cases[:max(1, len(x.Cases)-1)]
				err = s.ChangePublication(ctx, a, &x)
			}
			l.tell(err)
		}
	case 13:
		b := *s.Bureau()
		b.Districts = slices.Clone(b.Districts)
		b.Districts[0].Name = fmt.Sprint("示例", l.IntN(100), "区")
		err = s.ChangeBureau(ctx, a, &b)
	case 14:
		_, err = s.AddDocument(ctx, a, &registry.Document{CaseID: f.Case.ID, Kind: []registry.DocKind{registry.DocAnnulled, registry.DocClosing, registry.DocReopened, registry.DocDecision}[l.IntN(4)], MadeOn: day})
	case 15:
		err = Synthesize(ctx, s, 1, l.Uint64(), nil)
	}
	l.tell(err)
}

func (l *living) tell(err error) {
	if err == nil {
		l.changed++
	}
	if err != nil && registry.KindOf(err) != registry.KindConflict && registry.KindOf(err) != registry.KindInvalid && registry.KindOf(err) != registry.KindNotFound {
		l.Fatal(err)
	}
}

// pastExports are what is asked of each day.
var pastExports = []casework.Export{
	{},
	{Cases: casework.LedgerFilter{DistrictCode: "440785"}},
	{Cases: casework.LedgerFilter{From: registry.Month(2026, 2), To: registry.Month(2026, 6)}, Basis: registry.BasisDecided},
	{Cases: casework.LedgerFilter{From: registry.Day(2026, 2, 10), To: registry.Day(2026, 6, 20)}, Basis: registry.BasisPaid},
	{Cases: casework.LedgerFilter{From: registry.Year(2026), NoSample: true}, Basis: registry.BasisFiled},
	{Cases: casework.LedgerFilter{From: registry.Month(2024, 9), To: registry.Month(2026, 9)}},
	{Cases: casework.LedgerFilter{Stage: string(registry.StageClosed)}, Basis: registry.BasisClosed},
}

// pastAsks are the statistics that are asked of each day.
var pastAsks = []casework.StatisticsAsk{
	{From: registry.Month(2024, 1), To: registry.Month(2026, 9)},
	{From: registry.Month(2026, 2), To: registry.Month(2026, 6), Basis: registry.BasisDecided},
	{From: registry.Month(2026, 2), To: registry.Month(2026, 6), Basis: registry.BasisPaid, DistrictCode: "440785"},
}

// countedAs are statistics to the last cell, but for what is asked of today alone.
func countedAs(t *testing.T, s *casework.Service, q casework.StatisticsAsk) string {
	t.Helper()
	st, _, err := s.Statistics(t.Context(), registry.CommandLine, q)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	fmt.Fprintln(&b, st.Cases, st.Unknown, st.Demo)
	for _, f := range st.Figures {
		if f.Key != "overdue" {
			fmt.Fprintln(&b, f.Key, f.Value, f.Before, f.YearAgo, f.Rule)
		}
	}
	for _, x := range st.Sections {
		if x.Key != "repeaters" && x.Key != "idle" {
			for _, row := range append(x.Rows, x.Total) {
				fmt.Fprintln(&b, x.Key, row.Cells)
			}
		}
	}
	return b.String()
}

// What was exported in the evening of a day is, cell by cell, what an export as of that day says ever after, whatever happens to the records.
func TestPastLedgersStay(t *testing.T) {
	for seed := range uint64(*registers) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			l := newLiving(t, 25, seed)
			type evening struct {
				day  registry.Date
				seq  int64
				said []string

				counted []string
			}
			var evenings []evening
			for range 6 {
				for range 25 {
					l.now = l.now.Add(time.Minute)
					l.change()
				}
				e := evening{day: l.s.Today()}
				for _, x := range pastExports {
					e.said = append(e.said, exportedAs(t, l.s, x))
				}
				if err := l.db.Read(t.Context(), func(tx *store.Tx) (err error) {
					p, err := tx.NewestRecord()
					e.seq = p.Seq
					return err
				}); err != nil {
					t.Fatal(err)
				}
				for _, q := range pastAsks {
					e.counted = append(e.counted, countedAs(t, l.s, q))
				}
				evenings = append(evenings, e)
				l.now = l.now.Add(time.Duration(20+l.IntN(60)) * time.Hour)
			}
			if l.changed < 75 {
				t.Errorf("%d of 150 changes were made", l.changed)
			}
			verify(t, l.db)
			for _, e := range evenings {
				for i, q := range pastAsks {
					q.AsOf = e.day
					if got := countedAs(t, l.s, q); got != e.counted[i] {
						t.Errorf("statistics %d as of %s:\n%s", i, e.day, firstDifference(e.counted[i], got))
					}
				}
				for i, x := range pastExports {
					x.AsOf = e.day
					if got := exportedAs(t, l.s, x); got != e.said[i] {
						t.Errorf("export %d as of %s:\n%s", i, e.day, firstDifference(e.said[i], got))
					}
					if x.AsOf, x.At = (registry.Date{}), e.seq; i == 0 {
						if got := exportedAs(t, l.s, x); got != e.said[i] {
							t.Errorf("export %d as of entry %d:\n%s", i, e.seq, firstDifference(e.said[i], got))
						}
					}
				}
			}
		})
	}
}

// firstDifference is the first line in which two texts differ, around where they do.
func firstDifference(was, is string) string {
	a, b := strings.Split(was, "\n"), strings.Split(is, "\n")
	for i := range min(len(a), len(b)) {
		if a[i] == b[i] {
			continue
		}
		at := 0
		for at < min(len(a[i]), len(b[i])) && a[i][at] == b[i][at] {
			at++
		}
		cut := func(s string) string { return strings.ToValidUTF8(s[max(0, at-200):min(len(s), at+100)], "") }
		return fmt.Sprintf("line %d\nwas %s\nis  %s", i+1, cut(a[i]), cut(b[i]))
	}
	return fmt.Sprintf("%d lines, was %d", len(b), len(a))
}

// The past as of now is the present, field by field: of every case, also of those voided.
func TestPastOfNowIsThePresent(t *testing.T) {
	l := newLiving(t, 40, 9)
	for range 120 {
		l.now = l.now.Add(time.Minute)
		l.change()
	}
	if err := l.db.Read(t.Context(), func(tx *store.Tx) error {
		head, err := tx.NewestRecord()
		if err != nil {
			return err
		}
		past, err := tx.AsOf(head.Seq)
		if err != nil {
			return err
		}
		ids, err := past.CaseIDs(0, 1000)
		if err != nil {
			return err
		}
		now, err := tx.CaseFiles(ids)
		if err != nil {
			return err
		}
		then, err := past.CaseFiles(ids)
		if err != nil {
			return err
		}
		if len(now) != len(then) || len(now) < 40 {
			t.Fatalf("%d cases now, %d told from the revisions", len(now), len(then))
		}
		for i := range now {
			now[i].Bulletins = nil // of the past nobody asks what is due
			want, _ := json.MarshalIndent(now[i], "", " ")
			got, _ := json.MarshalIndent(then[i], "", " ")
			if string(got) != string(want) {
				t.Errorf("case %d: %s", now[i].Case.ID, firstDifference(string(want), string(got)))
			}
		}
		return filtersAgree(t, tx, past, then)
	}); err != nil {
		t.Fatal(err)
	}
}

// filtersAgree holds Matches to what SQL selects, and what is counted as undated.
func filtersAgree(t *testing.T, tx *store.Tx, past *store.Past, files []*registry.CaseFile) error {
	t.Helper()
	var filters []store.CaseFilter
	f := files[len(files)/2]
	for _, x := range []store.CaseFilter{{}, {IncludeVoided: true}, {DistrictCode: f.Case.DistrictCode}, {Stage: string(f.Case.Stage)}, {Origin: string(f.Case.Origin)}, {OnTheWay: true}, {NoSample: true},
		{FarmID: f.Case.FarmID}, {PartyID: f.Case.Parties[0].PartyID}, {CampaignID: 1}, {TypeCode: f.Violations[0].TypeCode}} {
		for _, by := range append(registry.Bases, "") {
			for _, span := range [][2]registry.Date{{}, {registry.Month(2026, 3), registry.Month(2026, 3)}, {registry.Day(2026, 2, 10), registry.Day(2026, 7, 9)}, {registry.Year(2026), {}}, {{}, registry.Day(2026, 4, 30)}} {
				x.By, x.From, x.To = by, span[0], span[1]
				filters = append(filters, x)
			}
		}
	}
	found := 0
	for _, x := range filters {
		var want []registry.CaseID
		for _, f := range files {
			if x.Matches(f) {
				want = append(want, f.Case.ID)
			}
		}
		got, err := tx.SpanIDs(x)
		if err != nil {
			return err
		}
		if !slices.Equal(got, want) {
			t.Errorf("%+v: SQL selects %v, Matches %v", x, got, want)
		}
		if !x.IncludeVoided { // a list shows each once
			rows, _, err := tx.Cases(x, store.Page{Limit: 1000})
			if err != nil {
				return err
			}
			if len(rows) != len(want) {
				t.Errorf("%+v: a list of %d rows, want %d", x, len(rows), len(want))
			}
		}
		found += len(want)
	}
	if found < 500 {
		t.Errorf("the filters selected %d cases together, want more", found)
	}
	return nil
}

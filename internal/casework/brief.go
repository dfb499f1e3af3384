package casework

import (
	"context"
	"fmt"
	"io"
	"slices"
	"time"

	"casebook/internal/registry"
	"casebook/internal/report"
	"casebook/internal/store"
)

// briefDue is how many cases a brief names whose deadline comes.
const briefDue = 5

// BriefAsk is what a brief is asked for.
type BriefAsk struct {
	Week bool          // else of a month
	On   registry.Date // a day that lies in it
}

// words say what was asked, as the record of the export has it.
func (q BriefAsk) words() []string {
	if q.Week {
		return []string{"周报：" + q.On.String() + " 所在的周"}
	}
	return []string{"月报：" + q.On.ToMonth().Chinese()}
}

// Name is a file's name without its end.
func (q BriefAsk) Name() string {
	if q.Week {
		return "周报-" + q.On.String()
	}
	return "月报-" + q.On.ToMonth().String()
}

// BriefWriter writes a brief in some form.
type BriefWriter func(w io.Writer, b report.Brief) error

// SealedBrief has write write a brief to out, and keeps a record of it like that of a ledger. The brief says of which state of the register it is.
func (s *Service) SealedBrief(ctx context.Context, a registry.Actor, q BriefAsk, format string, out io.Writer, write BriefWriter) error {
	if err := a.May(registry.PermExport); err != nil {
		return err
	}
	if q.On.IsZero() {
		q.On = s.Today()
	}
	b, at, err := s.brief(ctx, a, q.Week, q.On)
	if err != nil {
		return err
	}
	var record registry.ExportRecord
	e, err := s.beginExport(ctx, a, Export{Brief: &q, Format: format}, KindBrief, q.words(), &record)
	if err != nil {
		return err
	}
	var info report.LedgerInfo
	if err := s.read(ctx, a, registry.PermExport, func(tx *store.Tx) error { return e.claim(tx, at, &info) }); err != nil {
		return e.end(ctx, err)
	}
	if at.Seq > 0 {
		note := fmt.Sprintf("数据位置：登记册最后一条登记是审计记录第 %d 条，摘要 %s。", at.Seq, at.Hash)
		if info.SignedHead != "" {
			note += "此前最近一次签署的链头：" + info.SignedHead + "。"
		}
		b.Notes = append(b.Notes, note)
	}
	return e.end(ctx, write(e.to(out), b))
}

// brief is the week's, or the month's, figures that a day lies in, from what the page of statistics is made from; a week is counted from the files of the
// cases of which something counts since the week before. at is the state of the register that it is of.
func (s *Service) brief(ctx context.Context, a registry.Actor, week bool, on registry.Date) (b report.Brief, at store.Position, err error) {
	if on.Precision() != registry.PrecisionDay {
		return b, at, registry.Invalid("on", "请写某一天，如 2026-11-23")
	}
	if s.Today().Before(on) {
		return b, at, registry.Invalid("on", "%s 还没有到", on)
	}
	in := report.BriefInput{Week: week, Organ: s.Bureau().Name, AsOf: s.Today()}
	y, m, d := on.YMD()
	month := registry.Month(y, m)
	if week {
		day := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
		in.From = on.AddDays(-(int(day.Weekday()) + 6) % 7)
		in.To = in.From.AddDays(6)
		ty, tm, _ := in.To.YMD()
		month = min2(registry.Month(ty, tm), s.Today().ToMonth())
	} else {
		in.From = registry.Day(y, m, 1)
		in.To = in.From.AddDays(40).ToMonth()
		ny, nm, _ := in.To.YMD()
		in.To = registry.Day(ny, nm, 1).AddDays(-1)
	}
	if a.Branch != nil && s.Bureau().OwnBranchOnly {
		in.Scope = a.Branch.Name
	}
	err = s.read(ctx, a, registry.PermRecordRead, func(tx *store.Tx) error {
		if err := s.briefSpans(tx, &in, month); err != nil {
			return err
		}
		if err := briefMonths(tx, &in, month); err != nil {
			return err
		}
		due, err := tx.CountDue(store.DueFilter{}, s.Today(), s.Today().AddDays(weekAhead))
		if err != nil {
			return err
		}
		in.Overdue, in.DueSoon = due.Overdue, due.Week
		rows, _, err := tx.DueCases(store.DueFilter{From: s.Today(), Until: s.Today().AddDays(weekAhead)}, Page{Limit: briefDue})
		for _, r := range rows {
			in.Due = append(in.Due, []string{clipped(r.Title), s.DeadlineName(r.DueCode), r.DueOn.String()})
		}
		if err != nil {
			return err
		}
		if at, err = tx.NewestRecord(); err != nil { // the same records and day are the same bytes
			return err
		}
		in.Created = at.At
		demo, err := tx.Setting(settingDemo)
		in.Demo = demo != ""
		return err
	})
	if err != nil {
		return b, at, err
	}
	return in.Brief(), at, nil
}

// briefTitle is how much of a case's name has room on a line of a brief.
const briefTitle = 24

func clipped(title string) string {
	if r := []rune(title); len(r) > briefTitle {
		return string(r[:briefTitle-1]) + "…"
	}
	return title
}

func min2(a, b registry.Date) registry.Date {
	if b.Before(a) {
		return b
	}
	return a
}

// briefSpans counts the spans that a brief compares.
func (s *Service) briefSpans(tx *store.Tx, in *report.BriefInput, month registry.Date) error {
	year, _, _ := month.YMD()
	last := monthAt(months(month) - 12)
	lastYear, _, _ := last.YMD()
	spans := []struct {
		into     *report.BriefSpan
		from, to registry.Date
	}{{&in.Year, registry.Month(year, 1), month}, {&in.LastYear, registry.Month(lastYear, 1), last}}
	if in.Week {
		before := in.From.AddDays(-7)
		ids, err := tx.CasesSince(before.String())
		if err != nil {
			return err
		}
		for i := range in.Now.By {
			in.Now.By[i], in.Before.By[i] = registry.Tallies{}, registry.Tallies{}
		}
		for some := range slices.Chunk(ids, batch) {
			files, err := tx.CaseFiles(some)
			if err != nil {
				return err
			}
			now, was := report.CountDays(files, s.fact, in.From, in.To), report.CountDays(files, s.fact, before, in.From.AddDays(-1))
			for i := range now {
				in.Now.By[i].Add(now[i], 1)
				in.Before.By[i].Add(was[i], 1)
			}
		}
		if in.Now.Checks, err = tx.ChecksBetween(in.From, in.To); err != nil {
			return err
		}
		if in.Before.Checks, err = tx.ChecksBetween(before, in.From.AddDays(-1)); err != nil {
			return err
		}
	} else {
		prev := monthAt(months(month) - 1)
		spans = append(spans, struct {
			into     *report.BriefSpan
			from, to registry.Date
		}{&in.Now, month, month}, struct {
			into     *report.BriefSpan
			from, to registry.Date
		}{&in.Before, prev, prev})
	}
	for _, x := range spans {
		for i := range report.Bases {
			list, err := tx.Facts(store.FactFilter{Date: i, From: x.from.String(), To: x.to.String()}, true)
			if err != nil {
				return err
			}
			delete(list, "")
			x.into.By[i] = registry.Tallies{}
			for _, t := range list {
				x.into.By[i].Add(t, 1)
			}
		}
		checks, err := tx.CheckTallies(store.FactFilter{From: x.from.String(), To: x.to.String()})
		if err != nil {
			return err
		}
		for _, c := range checks {
			x.into.Checks += c.N
		}
	}
	decided := in.Year.By[registry.DecidedDate]
	in.Owed = decided[registry.TallyKey{Table: registry.TallyMoney, Line: "owed"}].Total
	in.Owing = decided[registry.TallyKey{Table: registry.TallyStep, Line: "owing"}].Cases
	return nil
}

// briefMonths are the twelve months of the plots.
func briefMonths(tx *store.Tx, in *report.BriefInput, month registry.Date) error {
	first := monthAt(months(month) - 11)
	f := store.FactFilter{Date: registry.FoundDate, From: first.String(), To: month.String()}
	found, err := tx.Facts(f, true)
	if err != nil {
		return err
	}
	f.Date = registry.DecidedDate
	decided, err := tx.Facts(f, true)
	if err != nil {
		return err
	}
	all := registry.TallyKey{Table: registry.TallyAll}
	for _, m := range report.MonthsOf(first.String(), month.String()) {
		in.Months = append(in.Months, m)
		in.Cases, in.Fines = append(in.Cases, found[m][all].Cases), append(in.Fines, int64(decided[m][all].Total))
	}
	return nil
}

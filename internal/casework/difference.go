package casework

import (
	"context"
	"fmt"
	"io"
	"iter"
	"slices"

	"casebook/internal/registry"
	"casebook/internal/report"
	"casebook/internal/store"
)

// Span is the two moments of a difference.
type Span struct {
	From    registry.Date           // the register at the end of this day
	To      registry.Date           // and of this one; unknown: as it is
	Closing registry.MonthClosingID // instead of From: the register when this month was closed
}

// Difference has write write to out what differs between a ledger of one moment and that of a later one. It is recorded as an export. Only cases that may
// differ are read: on which something was written, or on what they name. made is the record as it ends.
func (s *Service) Difference(ctx context.Context, a registry.Actor, x Export, at Span, out io.Writer, write report.DifferenceWriter, made *registry.ExportRecord) error {
	if err := a.May(registry.PermExport); err != nil {
		return err
	}
	if err := s.CheckDifference(x, at); err != nil {
		return err
	}
	x = x.complete()
	x.Span = &at
	done, err := s.whole(ctx)
	if err != nil {
		return err
	}
	defer done()
	words := append(s.ownWords(a), s.filterWords(x.Cases)...)
	span := []string{"自 " + at.From.String() + " 日终", "至 " + at.to()}
	if at.Closing != 0 {
		span[0] = fmt.Sprintf("自月末结账（编号 %d）", at.Closing)
	}
	e, err := s.beginExport(ctx, a, x, KindDifference, slices.Concat(span, words), made)
	if err != nil {
		return err
	}
	return e.end(ctx, s.read(ctx, a, registry.PermExport, func(tx *store.Tx) error {
		sums, err := s.difference(tx, x, e, words, func(d report.Difference) (*report.DifferenceSums, error) { return write(e.to(out), d) })
		if err == nil {
			made.Rows, made.Sums = sums.RowCounts(), sums.Sums()
		}
		return err
	}))
}

// difference makes a difference, with what it says of itself.
func (s *Service) difference(tx *store.Tx, x Export, e *sealing, words []string, write func(report.Difference) (*report.DifferenceSums, error)) (*report.DifferenceSums, error) {
	d := report.Difference{Filters: words}
	demo, err := tx.Setting(settingDemo)
	if err != nil {
		return nil, err
	}
	d.Demo = demo != ""
	was, err := s.readingFrom(tx, x, *x.Span)
	if err != nil {
		return nil, err
	}
	is, err := s.readingTo(tx, x, *x.Span)
	if err != nil {
		return nil, err
	}
	if d.WasOpt, err = s.options(was, x); err != nil {
		return nil, err
	}
	if d.IsOpt, err = s.options(is, x); err != nil {
		return nil, err
	}
	d.Was, d.Is = was.moment(&d.WasOpt), is.moment(&d.IsOpt)
	if err := e.claim(tx, is.at, &d.Is.Info); err != nil {
		return nil, err
	}
	ids, err := tx.MayDiffer(was.at.Seq, is.at.Seq)
	if err != nil {
		return nil, err
	}
	d.Pairs = pairs(was, is, ids)
	return write(d)
}

// CheckDifference says what is wrong with what is asked of a difference.
func (s *Service) CheckDifference(x Export, at Span) error {
	var p registry.Problems
	p.Merge("", s.CheckCases(x.complete().Cases))
	if x.Cases.Q != "" {
		p.Add("q", "检索只查现在的登记册，不能用来比较两日；请改用其他条件")
	}
	yesterday := s.Today().AddDays(-1)
	for _, day := range []struct {
		field, label string
		on           registry.Date
		needed       bool
	}{{"from_day", "起日", at.From, at.Closing == 0}, {"to_day", "止日", at.To, false}} {
		switch {
		case day.on.IsZero() && day.needed:
			p.Add(day.field, "请填写%s：与哪一日终了时的登记册比较", day.label)
		case day.on.IsZero():
		case day.on.Precision() != registry.PrecisionDay:
			p.Add(day.field, "%s请写到日，如 %s", day.label, yesterday)
		case yesterday.Before(day.on):
			p.Add(day.field, "%s还没有过完，%s最晚是昨天（%s）；止日不写即到现在", day.on.Chinese(), day.label, yesterday)
		}
	}
	if !at.From.IsZero() && !at.To.IsZero() && !at.From.Before(at.To) {
		p.Add("to_day", "止日应在起日之后")
	}
	return p.Err()
}

func (at Span) to() string {
	if at.To.IsZero() {
		return "现在"
	}
	return at.To.String()
}

func (s *Service) readingFrom(tx *store.Tx, x Export, at Span) (r *reading, err error) {
	if at.Closing == 0 {
		x.AsOf, x.At = at.From, 0
		return s.reading(tx, x)
	}
	c, err := store.MonthClosings.Get(tx, int64(at.Closing))
	if err != nil {
		return nil, err
	}
	r = &reading{tx: tx, cases: x.Cases, fact: s.fact, closing: &c, at: store.Position{Seq: c.Position, At: c.PositionAt, Hash: c.PositionHash}}
	r.past, err = tx.AsOf(c.Position)
	return r, err
}

// readingTo is the later moment. The present is told from the revisions too, where they differ: both sides of a difference are read alike.
func (s *Service) readingTo(tx *store.Tx, x Export, at Span) (*reading, error) {
	x.AsOf, x.Live = at.To, true
	r, err := s.reading(tx, x)
	if err == nil && r.past == nil {
		r.past, err = tx.AsOf(r.at.Seq)
	}
	return r, err
}

func (r *reading) moment(o *report.LedgerOptions) report.Moment {
	m := report.Moment{Words: "现在", Info: report.LedgerInfo{Organ: o.Labels.Bureau.Name, AsOf: r.at.At, AuditSeq: r.at.Seq, AuditHead: r.at.Hash, Day: r.day}}
	switch {
	case r.closing != nil:
		m.Words = r.closing.Month.Chinese() + "结账时"
	case !r.day.IsZero():
		m.Words = r.day.String() + " 日终"
	}
	return m
}

// pairs are the cases in both states, a batch at a time; one that the filter does not select is not there.
func pairs(was, is *reading, ids []registry.CaseID) iter.Seq2[report.Pair, error] {
	read := func(r *reading, ids []registry.CaseID) (map[registry.CaseID]*registry.CaseFile, error) {
		m := map[registry.CaseID]*registry.CaseFile{}
		files, err := r.past.CaseFiles(ids)
		for _, f := range files {
			if r.selects(r.cases, f) {
				m[f.Case.ID] = f
			}
		}
		return m, err
	}
	return func(yield func(report.Pair, error) bool) {
		for some := range slices.Chunk(ids, batch) {
			before, err := read(was, some)
			if err != nil {
				yield(report.Pair{}, err)
				return
			}
			after, err := read(is, some)
			if err != nil {
				yield(report.Pair{}, err)
				return
			}
			for _, id := range some {
				if !yield(report.Pair{Was: before[id], Is: after[id]}, nil) {
					return
				}
			}
		}
	}
}

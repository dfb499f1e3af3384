package casework

import (
	"context"
	"fmt"
	"iter"
	"maps"
	"slices"

	"casebook/internal/registry"
	"casebook/internal/report"
	"casebook/internal/statute"
	"casebook/internal/store"
)

// What an export reads: the register as it is, as it was at the end of a day, or, of a month that was closed, as it was then.

// reading is one of these, within a transaction.
type reading struct {
	tx      *store.Tx
	cases   LedgerFilter
	order   ListOrder
	past    *store.Past // nil: the register as it is
	at      store.Position
	day     registry.Date // at whose end
	closing *registry.MonthClosing
	fact    func(*registry.CaseFile) registry.CaseFact
	undated int    // of the cases that were read
	seen    func() // is called for each case that is read; nil where nobody asks
}

// telling has tell told how many of the cases were read, of those that are read to find the export's.
func (r *reading) telling(tell func(done, total int)) (err error) {
	total, done := 0, 0
	if r.past != nil {
		total, err = r.past.Registered(0)
	} else {
		total, err = r.tx.CasesUpTo(r.cases, 0)
	}
	tell(0, total)
	r.seen = func() {
		done++
		tell(done, total)
	}
	return err
}

// reading finds what an export reads.
func (s *Service) reading(tx *store.Tx, x Export) (r *reading, err error) {
	x = x.complete()
	r = &reading{tx: tx, cases: x.Cases, order: x.Order, day: x.AsOf, fact: s.fact}
	if err := linesMissing(tx, x.Cases); err != nil {
		return nil, err
	}
	switch {
	case !x.AsOf.IsZero():
		if r.at, _, err = tx.PositionOn(x.AsOf, s.Today()); err != nil {
			return nil, err
		}
	case x.At > 0:
		if r.at, err = tx.PositionAt(x.At); err != nil {
			return nil, err
		}
	case !x.Live && x.month() && !x.Cases.Summed(): // the list behind a number is today's
		c, closed, err := tx.Closing(x.Cases.From)
		if err != nil {
			return nil, err
		}
		if closed && r.cases.Q == "" {
			r.closing, r.at = &c, store.Position{Seq: c.Position, At: c.PositionAt, Hash: c.PositionHash}
		}
	}
	if r.closing != nil || !x.AsOf.IsZero() || x.At > 0 {
		r.past, err = tx.AsOf(r.at.Seq)
		return r, err
	}
	if missing, err := tx.DaysMissing(); err != nil || missing && x.Basis != registry.BasisFound {
		return nil, daysMissing(err)
	}
	r.at, err = tx.NewestRecord()
	return r, err
}

func daysMissing(err error) error {
	if err != nil {
		return err
	}
	return &registry.Error{Kind: registry.KindUnavailable, Message: "升级后正在整理旧案件的立案、决定、缴款和结案日期，整理完才能按这些日期统计。请稍后再试；按发现日期的不受影响。"}
}

// complete has the filter go by the export's basis: where none is said, by that of its form.
func (x Export) complete() Export {
	if x.Basis == "" {
		x.Basis = x.Cases.Counted
	}
	x.Basis = x.BasisOf()
	x.Cases.By = x.Basis
	return x
}

// BasisOf is the date that counts.
func (x Export) BasisOf() registry.Basis {
	if x.Basis != "" {
		return x.Basis
	}
	if p, own := report.ProfileByName(x.Profile); own {
		return p.Basis()
	}
	return registry.BasisFound
}

// month reports whether the span is one whole month.
func (x Export) month() bool {
	return x.Cases.From.Precision() == registry.PrecisionMonth && x.Cases.From == x.Cases.To
}

// checkAsOf refuses days at whose end the register is not known yet, and what cannot be told of the past.
func (s *Service) checkAsOf(x Export) error {
	var p registry.Problems
	switch yesterday := s.Today().AddDays(-1); {
	case x.AsOf.IsZero():
	case x.AsOf.Precision() != registry.PrecisionDay:
		p.Add("as_of", "截至日请写到日，如 %s", yesterday)
	case yesterday.Before(x.AsOf):
		p.Add("as_of", "%s还没有过完，截至日最晚是昨天（%s）；要现在的数据，请不写截至日", x.AsOf.Chinese(), yesterday)
	case x.At > 0:
		p.Add("as_of", "截至日和审计记录号只写一个")
	case x.Cases.Q != "":
		p.Add("q", "检索只查现在的登记册，不能和截至日一起用；请改用其他条件")
	}
	if x.At > 0 && x.Cases.Q != "" {
		p.Add("q", "检索只查现在的登记册，不能和过去的一刻一起用；请改用其他条件")
	}
	return p.Err()
}

// Undated counts the cases that an export of a span leaves out since their day is not known well enough, up to CountCap.
func (s *Service) Undated(ctx context.Context, a registry.Actor, x Export) (n int, err error) {
	err = s.read(ctx, a, registry.PermExport, func(tx *store.Tx) error {
		if missing, err := tx.DaysMissing(); err != nil || missing {
			return err
		}
		n, err = tx.Undated(x.complete().Cases, CountCap)
		return err
	})
	return n, err
}

// words say as of when the data are, where that is not now.
func (r *reading) words() (list []string) {
	if !r.day.IsZero() {
		list = append(list, "截至日："+r.day.String()+"（该日终了时的登记册）")
		if r.at.Seq == 0 {
			list = append(list, "该日登记册里还没有记录")
		}
	}
	if r.closing != nil {
		list = append(list, r.closed())
	}
	if r.past == nil && r.order != "" { // the past comes as it was registered
		list = append(list, r.order.words())
	}
	return list
}

// closed says that the data are those of a closed month.
func (r *reading) closed() string {
	return fmt.Sprintf("月末结账：%s于 %s 结账（%s），数据是结账时的", r.closing.Month.Chinese(), r.closing.CreatedAt.In(registry.Shanghai).Format("2006-01-02 15:04"), r.closing.ClosedBy)
}

// files are the cases of the export, one by one, the oldest first; never those voided. It counts undated on the way where that is not known before.
func (r *reading) files() iter.Seq2[*registry.CaseFile, error] {
	if r.past == nil {
		files := caseFiles(r.tx, r.cases)
		if r.order != "" {
			files = listedFiles(r.tx, r.cases, r.order)
		}
		return func(yield func(*registry.CaseFile, error) bool) {
			for f, err := range files {
				r.saw()
				if !yield(f, err) {
					return
				}
			}
		}
	}
	return func(yield func(*registry.CaseFile, error) bool) {
		r.undated = 0
		stopped := false
		if err := r.each(func(f *registry.CaseFile) bool {
			if !r.selects(r.cases, f) {
				r.countUndated(f)
				return true
			}
			stopped = !yield(f, nil)
			return !stopped
		}); err != nil && !stopped {
			yield(nil, err)
		}
	}
}

// selects reports whether a filter selects a case of the past.
func (r *reading) selects(c LedgerFilter, f *registry.CaseFile) bool {
	if !c.Matches(f) {
		return false
	}
	if !c.Summed() && c.Line == "" {
		return true
	}
	x := r.fact(f)
	return c.CountedIn(&x)
}

// linesMissing refuses a list of what statistics count while it is not kept of all cases.
func linesMissing(tx *store.Tx, f store.CaseFilter) error {
	if !f.Summed() && f.Line == "" {
		return nil
	}
	missing, err := tx.LinesMissing()
	if err != nil || !missing {
		return err
	}
	return &registry.Error{Kind: registry.KindUnavailable, Message: "升级后正在整理旧案件的统计分项，整理完才能列出统计数字后面的案件。请稍后再试；统计本身不受影响。"}
}

func (r *reading) saw() {
	if r.seen != nil {
		r.seen()
	}
}

// each reads all cases of the past, a batch at a time.
func (r *reading) each(visit func(*registry.CaseFile) bool) error {
	var after registry.CaseID
	for {
		ids, err := r.past.CaseIDs(after, batch)
		if err != nil || len(ids) == 0 {
			return err
		}
		after = ids[len(ids)-1]
		files, err := r.past.CaseFiles(ids)
		if err != nil {
			return err
		}
		for _, f := range files {
			r.saw()
			if !visit(f) {
				return nil
			}
		}
	}
}

// countUndated counts a case that is left out because its day is not known well enough.
func (r *reading) countUndated(f *registry.CaseFile) {
	open := r.cases
	open.From, open.To = registry.Date{}, registry.Date{}
	if !r.spanned() || r.cases.Summed() || !open.Matches(f) {
		return
	}
	if slices.ContainsFunc(f.Counted(r.cases.By), func(c registry.Counted) bool { return c.On.IsZero() || c.On.Overlaps(r.cases.From, r.cases.To) }) {
		r.undated++
	}
}

func (r *reading) spanned() bool { return !r.cases.From.IsZero() || !r.cases.To.IsZero() }

// options are what a ledger of the export says beside its rows.
func (s *Service) options(r *reading, x Export) (o report.LedgerOptions, err error) {
	o.Basis, o.From, o.To, o.Narratives, o.PublicURL = x.Basis, r.cases.From, r.cases.To, x.Narratives, x.PublicURL
	if r.spanned() {
		o.Undated = &r.undated
	}
	if r.past != nil {
		if o.Labels, err = s.labelsOf(r.past); err != nil {
			return o, err
		}
		o.Voided, o.VoidedNumbers, err = r.voided()
		return o, err
	}
	if o.Labels, err = s.labels(r.tx); err != nil {
		return o, err
	}
	if r.undated, err = r.tx.Undated(r.cases, 0); err != nil {
		return o, err
	}
	o.Voided, o.VoidedNumbers, err = r.tx.VoidedNumbers(r.cases, namedVoided)
	return o, err
}

// voided counts the cases of the filter that had been voided then.
func (r *reading) voided() (n int, numbers []string, err error) {
	ids, err := r.past.MayBeVoided()
	if err != nil {
		return 0, nil, err
	}
	all := r.cases
	all.IncludeVoided = true
	for some := range slices.Chunk(ids, batch) {
		files, err := r.past.CaseFiles(some)
		if err != nil {
			return 0, nil, err
		}
		for _, f := range files {
			if f.Case.IsVoid() && r.selects(all, f) {
				n++
				if f.Case.Number != "" {
					numbers = append(numbers, f.Case.Number)
				}
			}
		}
	}
	slices.Sort(numbers)
	return n, numbers[:min(len(numbers), namedVoided)], nil
}

// labelsOf give reports the words of then: the names of districts and organs, and the law texts that had been taken in.
func (s *Service) labelsOf(past *store.Past) (report.Labels, error) {
	b, err := past.Bureau()
	if err != nil {
		return report.Labels{}, err
	}
	law, err := s.lawOf(past, b)
	if err != nil {
		return report.Labels{}, err
	}
	return labelsBy(b, law, maps.Values(past.Organs())), nil
}

// lawOf is the catalogue with the texts and marks of then.
func (s *Service) lawOf(past *store.Past, b *registry.Bureau) (*statute.Catalogue, error) {
	later := map[string]map[int64]bool{}
	for _, noun := range []string{"law_text", "law_check"} {
		ids, err := past.Later(noun)
		if err != nil {
			return nil, err
		}
		later[noun] = ids
	}
	if len(later["law_text"])+len(later["law_check"]) == 0 && b.City.Code == s.Bureau().City.Code {
		return s.Law(), nil
	}
	texts, checks, err := past.Laws(later["law_text"], later["law_check"])
	if err != nil {
		return nil, err
	}
	c, _ := s.laws.With(texts, checks)
	return c.For(b.City.Code), nil
}

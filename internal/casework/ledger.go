package casework

import (
	"context"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"

	"casebook/internal/registry"
	"casebook/internal/report"
	"casebook/internal/statute"
	"casebook/internal/store"
)

// LedgerFilter selects what a ledger holds. Voided cases are never among its rows.
type LedgerFilter = store.CaseFilter

// batch is how many whole cases are in memory at a time during an export.
const batch = 100

// Export is what is asked of a ledger, a statistic or another export: which cases, by which date, as of when, in which columns.
type Export struct {
	Cases LedgerFilter
	Basis report.Basis  // the date that counts; empty: as its form has it, of penalties that of the decision, else that of the finding
	AsOf  registry.Date // the register at the end of this day; unknown: as it is, and of a month that was closed, as it was then
	At    int64         // the register after this entry of the audit chain, as an earlier export named it; 0: as AsOf says
	Live  bool          // as it is, also of a closed month

	Profile    string    // key or name of its form; empty: the ledger
	Order      ListOrder // of the cases; empty: the oldest first
	Narratives bool      // the long texts of the cases as columns
	PublicURL  string    // the server's address, where rows lead back to; empty: unknown
	Format     string    // xlsx, csv, jsonl: for the record; empty: xlsx
	Sheet      string    // the one sheet of a file that holds one; empty: the first

	Span  *Span           // of a difference: its two moments; nil: it is none
	Draw  registry.DrawID // of the workbook of a draw: which
	Table string          // of a reconciliation: the SHA-256 of the other system's table
	Brief *BriefAsk       // of a brief: of when; nil: it is none
}

// ListOrder is the order in which the list of cases shows them: an export of the list keeps it.
type ListOrder string

// The orders. A search is always the last registered first.
const (
	OrderFound        ListOrder = "found"    // newest finding first
	OrderRegistered   ListOrder = "-id"      // last registered first
	OrderFoundUp      ListOrder = "found_on" // oldest finding first
	OrderRegisteredUp ListOrder = "id"       // first registered first
)

// words states the order as it is printed; empty where the cases come as they were registered.
func (o ListOrder) words() string {
	switch o {
	case OrderFound:
		return "排列：发现日期从新到旧"
	case OrderRegistered:
		return "排列：最近登记的在前"
	case OrderFoundUp:
		return "排列：发现日期从旧到新"
	case OrderRegisteredUp:
		return "排列：最早登记的在前"
	}
	return ""
}

// Ledger is SealedLedger for who does not ask for the record.
func (s *Service) Ledger(ctx context.Context, a registry.Actor, x Export, out io.Writer, write report.LedgerWriter) error {
	var made registry.ExportRecord
	return s.SealedLedger(ctx, a, x, out, write, &made)
}

// SealedLedger opens one read snapshot, so that every sheet agrees, and has write write it to out, the cases one by one. The record of the export
// is kept first: an export that fails half-way was still begun. made is the record as it ends; write returns when all is where it belongs.
func (s *Service) SealedLedger(ctx context.Context, a registry.Actor, x Export, out io.Writer, write report.LedgerWriter, made *registry.ExportRecord) error {
	return s.sealedLedger(ctx, a, x, out, write, made, making{room: s.whole})
}

// making is how an export is made: at once, or as a job.
type making struct {
	room  func(ctx context.Context) (done func(), err error) // waits for the memory that it needs
	at    registry.Position                                  // of which state of the register, where it was made before; zero: of the present
	begun func(at registry.Position) error                   // is told of which; nil where nobody asks
	tell  func(done, total int)                              // is told how many cases have been read; nil where nobody asks
}

func (s *Service) sealedLedger(ctx context.Context, a registry.Actor, x Export, out io.Writer, write report.LedgerWriter, made *registry.ExportRecord, how making) error {
	if err := a.May(registry.PermExport); err != nil {
		return err
	}
	if err := s.checkExport(x); err != nil {
		return err
	}
	x = x.complete()
	x.Cases.Asking = s.asking(a)
	done, err := how.room(ctx)
	if err != nil {
		return err
	}
	defer done()
	words := append(s.ownWords(a), s.filterWords(x.Cases)...)
	form, err := s.ExportForm(ctx, a, x)
	if err != nil {
		return err
	}
	sealing, err := s.beginExport(ctx, a, x, form.Name, slices.Concat(words, x.words()), made)
	if err != nil {
		return err
	}
	return sealing.end(ctx, s.read(ctx, a, registry.PermExport, func(tx *store.Tx) error {
		x := x
		if how.at.Seq > 0 {
			if x, err = s.originally(tx, x, how.at); err != nil {
				return err
			}
			if x.At > 0 && (x.Cases.Q != "" || x.Order != "") { // the past is not searched, and comes as it was registered
				return registry.Conflict("登记册在这份导出之后有改动，检索的、按列表次序的导出不能照原样重做。请重新导出现在的数据。")
			}
		}
		r, err := s.reading(tx, x)
		if err != nil {
			return err
		}
		l, err := s.ledgerOf(r, x, &form, words)
		if err != nil {
			return err
		}
		if err := sealing.claim(tx, r.at, &l.Info); err != nil {
			return err
		}
		if how.begun != nil {
			if err := how.begun(sealing.record.Position); err != nil {
				return err
			}
		}
		if how.tell != nil {
			if err := r.telling(how.tell); err != nil {
				return err
			}
		}
		sum, err := write(sealing.to(out), l)
		sealing.holds(sum)
		return err
	}))
}

// Summary counts what a ledger would hold, without rows: the numbers of the export page.
func (s *Service) Summary(ctx context.Context, a registry.Actor, x Export) (sum *report.Summary, err error) {
	if err := s.checkExport(x); err != nil {
		return nil, err
	}
	x = x.complete()
	x.Cases.Asking = s.asking(a)
	done, err := s.whole(ctx)
	if err != nil {
		return nil, err
	}
	defer done()
	err = s.read(ctx, a, registry.PermExport, func(tx *store.Tx) error {
		r, err := s.reading(tx, x)
		if err != nil {
			return err
		}
		o, err := s.options(r, x)
		if err != nil {
			return err
		}
		sum, err = report.Summarize(r.files(), o)
		return err
	})
	return sum, err
}

// CheckExport says what is wrong with what is asked of an export.
func (s *Service) CheckExport(x Export) error { return s.checkExport(x) }

func (s *Service) checkExport(x Export) error {
	var p registry.Problems
	p.Merge("", s.CheckCases(x.complete().Cases))
	p.Merge("", s.checkAsOf(x))
	if x.Order != "" && x.Order.words() == "" {
		p.Add("sort", "案件不能按“%s”排列", x.Order)
	}
	return p.Err()
}

// ledgerOf is a ledger of what is read.
func (s *Service) ledgerOf(r *reading, x Export, form *report.Profile, words []string) (l report.Ledger, err error) {
	demo, err := r.tx.Setting(settingDemo)
	if err != nil {
		return l, err
	}
	l.Profile, l.Cases = form, r.files()
	if l.Options, err = s.options(r, x); err != nil {
		return l, err
	}
	l.Info = report.LedgerInfo{Organ: l.Options.Labels.Bureau.Name, AsOf: r.at.At, Day: r.day, AuditSeq: r.at.Seq, AuditHead: r.at.Hash, Filters: slices.Concat(words, r.words()), Demo: demo != ""}
	if r.closing != nil {
		l.Info.Closing = r.closed()
	}
	return l, nil
}

// namedVoided is how many numbers of voided cases a ledger names.
const namedVoided = 20

// labels give reports the catalogue's words and the organs' names.
func (s *Service) labels(tx *store.Tx) (report.Labels, error) {
	organs, err := tx.Organs()
	return labelsBy(s.Bureau(), s.Law(), slices.Values(organs)), err
}

// labelsBy are the words of one time; the catalogue is one for the whole export.
func labelsBy(b *registry.Bureau, law *statute.Catalogue, organs iter.Seq[registry.Organ]) report.Labels {
	names, codes := map[registry.OrganID]string{}, map[string]string{}
	for o := range organs {
		names[o.ID], codes[o.Name] = o.Name, o.CreditCode
	}
	return report.Labels{
		Bureau: b,
		Violation: func(code string) string {
			if t, ok := law.ViolationType(code); ok {
				return t.Label
			}
			return code
		},
		Version: func(c registry.Citation) string {
			if v, ok := law.Version(c.LawID, c.VersionID); ok {
				return v.Name
			}
			return ""
		},
		Checked:   func(c registry.Citation) bool { return law.CheckedText(c.LawID, c.VersionID, c.Provision, c.TextHash) },
		Organ:     func(id registry.OrganID) string { return names[id] },
		OrganCode: func(name string) string { return codes[name] },
	}
}

// ownWords says in a ledger that it holds the records of the actor's branch only.
func (s *Service) ownWords(a registry.Actor) []string {
	if a.Branch == nil || !s.Bureau().OwnBranchOnly {
		return nil
	}
	return []string{"范围：" + a.Branch.Name}
}

// words say what state of the register is asked for, where it is not simply the present one.
func (x Export) words() (w []string) {
	if !x.AsOf.IsZero() {
		w = append(w, "截至日："+x.AsOf.String())
	}
	if x.At > 0 {
		w = append(w, fmt.Sprintf("截至审计记录第 %d 条", x.At))
	}
	if x.Live {
		w = append(w, "不按月末结账")
	}
	if x.Order != "" {
		w = append(w, x.Order.words())
	}
	return w
}

// filterWords says a filter in words, as page, workbook and audit log print it.
func (s *Service) filterWords(f LedgerFilter) []string {
	var w []string
	add := func(name, value string) {
		if value != "" {
			w = append(w, name+"："+value)
		}
	}
	add("检索", withoutNumbers(f.Q))
	if f.DistrictCode != "" {
		add("辖区", s.Bureau().DistrictName(f.DistrictCode))
	}
	add("阶段", f.Stage)
	add("来源", f.Origin)
	if t, ok := s.Law().ViolationType(f.TypeCode); ok {
		add("违法行为", t.Label)
	}
	by := f.By.Label()
	if f.Summed() {
		by = "统计月份（按" + f.Counted.Label() + "）"
	}
	add(by+"自", f.From.String())
	add(by+"至", f.To.String())
	switch {
	case f.Undated:
		add("列入", "没有"+f.Counted.Label()+"，或只知年份的案件")
	case f.Summed():
		add("列入", f.Counted.Summed())
	case !f.From.IsZero() || !f.To.IsZero():
		add("列入", f.By.Rule())
	}
	if f.Line != "" {
		add("统计分项", (&report.StatisticsInput{Deadline: s.DeadlineName}).LineWords(f.Line))
	}
	id := func(name string, n int64) {
		if n != 0 {
			w = append(w, fmt.Sprintf("%s：编号 %d", name, n))
		}
	}
	id("专项行动", int64(f.CampaignID))
	id("养殖场", int64(f.FarmID))
	id("当事人", int64(f.PartyID))
	if len(f.IDs) > 0 {
		w = append(w, fmt.Sprintf("所选案件：%d 件", len(f.IDs)))
	}
	if f.OnTheWay {
		w = append(w, "只含办理中")
	}
	if f.NoSample {
		w = append(w, "不含示例")
	}
	return w
}

// withoutNumbers is a search as papers and the audit log print it: a number that may be a person's is masked, since both outlive it.
func withoutNumbers(q string) string {
	words := strings.Fields(q)
	for i, w := range words {
		number := strings.ReplaceAll(registry.NormalizeCode(w), "-", "")
		figures := 0
		for _, c := range number {
			if c >= '0' && c <= '9' {
				figures++
			}
		}
		if figures >= 8 && figures >= registry.RuneLen(number)-1 { // a card's number may end in X, a permit's begins with a letter
			words[i] = registry.MaskID(number)
		}
	}
	return strings.Join(words, " ")
}

// exported are the cases of an export, one by one, the oldest first; never those voided.
func (s *Service) exported(tx *store.Tx, x Export) iter.Seq2[*registry.CaseFile, error] {
	r, err := s.reading(tx, x)
	if err != nil {
		return func(yield func(*registry.CaseFile, error) bool) { yield(nil, err) }
	}
	return r.files()
}

// listedFiles are the cases as the list shows them: the same rows in the same order.
func listedFiles(tx *store.Tx, f store.CaseFilter, order ListOrder) iter.Seq2[*registry.CaseFile, error] {
	f.IncludeVoided = false
	return func(yield func(*registry.CaseFile, error) bool) {
		page := store.Page{Limit: batch, ByID: order == OrderRegistered || order == OrderRegisteredUp, Up: order == OrderFoundUp || order == OrderRegisteredUp}
		for {
			ids, next, err := tx.ListedCases(f, page)
			if err != nil {
				yield(nil, err)
				return
			}
			if len(ids) > 0 && !yieldFiles(tx, ids, yield) || next == "" {
				return
			}
			page.Cursor = next
		}
	}
}

// yieldFiles gives whole cases in the order of their ids in the list; false where nobody wants more.
func yieldFiles(tx *store.Tx, ids []registry.CaseID, yield func(*registry.CaseFile, error) bool) bool {
	files, err := tx.CaseFiles(ids)
	if err != nil {
		return yield(nil, err) && false
	}
	for _, file := range files {
		if !yield(file, nil) {
			return false
		}
	}
	return true
}

func caseFiles(tx *store.Tx, f store.CaseFilter) iter.Seq2[*registry.CaseFile, error] {
	f.IncludeVoided = false
	return func(yield func(*registry.CaseFile, error) bool) {
		for ids, err := range caseIDs(tx, f) {
			if err != nil {
				yield(nil, err)
				return
			}
			if !yieldFiles(tx, ids, yield) {
				return
			}
		}
	}
}

// caseIDs are the ids of the cases of a filter, a batch at a time. Those of a span are few bytes each and are read once.
func caseIDs(tx *store.Tx, f store.CaseFilter) iter.Seq2[[]registry.CaseID, error] {
	return func(yield func([]registry.CaseID, error) bool) {
		if f.Spanned() || f.Summed() {
			ids, err := tx.SpanIDs(f)
			if err != nil {
				yield(nil, err)
				return
			}
			for some := range slices.Chunk(ids, batch) {
				if !yield(some, nil) {
					return
				}
			}
			return
		}
		var after registry.CaseID
		for {
			ids, err := tx.CaseIDs(f, after, batch)
			if err != nil {
				yield(nil, err)
				return
			}
			if len(ids) == 0 || !yield(ids, nil) {
				return
			}
			after = ids[len(ids)-1]
		}
	}
}

package report

import (
	"fmt"
	"io"
	"iter"
	"slices"
	"time"

	"casebook/internal/registry"
	"casebook/internal/seal"
)

// SheetID names a detail sheet of the ledger, in the order of the tabs.
type SheetID int

// The detail sheets of the ledger. 汇总 stands before them and 说明 after.
const (
	SheetCases      SheetID = iota // 案件台账
	SheetViolations                // 违法行为
	SheetActions                   // 处罚与措施
	SheetSamples                   // 监测数据
	SheetEvidence                  // 证据
	SheetCitations                 // 法条引用
	SheetCount
)

// Further sheets, of other profiles.
const (
	SheetDecisions   = SheetCount + SheetID(iota) // 处罚决定
	SheetMeasures                                 // 五类案件
	SheetCredit                                   // 双公示
	SheetCreditCheck                              // 校验结果
	baseCount
)

// Sheets describes all sheets, indexed by SheetID.
var Sheets = [baseCount]Sheet{
	SheetCases:       {"案件台账", "行政处罚案件台账", "一行一个案件", columnsOf(caseColumns), 5, caseGroups, caseMore},
	SheetViolations:  {"违法行为", "违法行为明细", "一行一项违法行为", columnsOf(violationColumns), 5, nil, 1},
	SheetActions:     {"处罚与措施", "处罚与措施明细", "一行一份文书（步骤）或一项处罚，按办案先后排列", columnsOf(actionColumns), 5, nil, 1},
	SheetSamples:     {"监测数据", "监测数据明细", "一行一个样品的一个监测项目", columnsOf(sampleColumns), 5, nil, 1},
	SheetEvidence:    {"证据", "证据明细", "一行一份证据", columnsOf(evidenceColumns), 5, nil, 1},
	SheetCitations:   {"法条引用", "法条引用明细", "一行一处引用", columnsOf(citationColumns), 5, nil, 1},
	SheetDecisions:   {"处罚决定", "处罚决定明细", "一行一份处罚决定、一个被处罚人", columnsOf(decisionColumns), 5, nil, 0},
	SheetMeasures:    {"五类案件", "五类案件明细", "一行一份决定、移送或通知", columnsOf(measureColumns), 5, nil, 0},
	SheetCredit:      {"行政处罚", "行政处罚双公示上报", "一行一份有效的处罚决定、一个被处罚人；不能上报的见“校验结果”", columnsOf(creditColumns), 1, nil, 0},
	SheetCreditCheck: {"校验结果", "双公示校验结果", "一行一份不能上报的处罚决定、一个被处罚人", columnsOf(creditCheckColumns), 3, nil, 0},
}

// Basis is the date by which a case is put into a span or a month.
type Basis = registry.Basis

// The bases.
const (
	BasisFound   = registry.BasisFound
	BasisFiled   = registry.BasisFiled
	BasisDecided = registry.BasisDecided
	BasisPaid    = registry.BasisPaid
	BasisClosed  = registry.BasisClosed
)

// MonthUnknown heads what cannot be put into a month.
const MonthUnknown = registry.MonthUnknown

// Labels are the catalogue's words for what a case stores as codes. Each may be nil: then the code itself is shown.
type Labels struct {
	Bureau    *registry.Bureau                 // names and order of the districts
	Violation func(typeCode string) string     // label of a violation type; empty when unknown
	Version   func(c registry.Citation) string // name of the cited version: 2017年修正
	Checked   func(c registry.Citation) bool   // whether the held text was compared with the official one
	Organ     func(id registry.OrganID) string // name of a document's own organ
	OrganCode func(name string) string         // credit code of an organ by its name; empty when unknown
}

// LedgerOptions decide what the rows say.
type LedgerOptions struct {
	Basis     Basis         // empty: BasisFound
	From, To  registry.Date // the span that the cases were selected by, by the basis
	Undated   *int          // how many cases of the same filter may lie in the span or not: no row has them. Known once the cases were read; nil without a span
	Labels    Labels
	FullCodes bool // credit codes and ID numbers in full; masked otherwise. The credit platform's template has them in full always

	Narratives bool   // the long texts of the cases as columns
	PublicURL  string // the server's address, where rows lead back to their records; empty: unknown

	// Cases of the same filter that were voided: no row has them, and their numbers are the gaps between those of the rows.
	Voided        int
	VoidedNumbers []string // of those that have one; the first of many
}

// district is the name of a district; its code where no bureau is given.
func (l *Labels) district(code string) string {
	if l.Bureau == nil {
		return code
	}
	return l.Bureau.DistrictName(code)
}

// LedgerInfo is what the 说明 sheet says of an export: what was asked, and as of when. Who asked and when is not in the file: the same request of the
// same state of the register is the same file, whoever makes it. The register's record of the export says who.
type LedgerInfo struct {
	Organ     string        // the bureau's name
	AsOf      time.Time     // the instant of the newest record of the data; also the file's created time
	Day       registry.Date // 截至日: the data are those at the end of this day; unknown for those of now
	Closing   string        // 月末结账 in words, where the data are those of a closed month
	Filters   []string      // in words: 辖区：恩平市; empty when everything is exported
	AuditSeq  int64         // number of the audit entry that wrote the newest record
	AuditHead string        // and its hash: the head of the chain at AsOf
	Demo      bool          // the register is a demonstration: says so on every page

	SignedHead string      // the signed head of the chain that was the newest at AsOf, in words; empty where none was signed yet
	Claim      *seal.Claim // what the export says of itself, as far as it is known before the cases are read; nil: nothing
}

// ClaimText is what the export says of itself, for a program to read, with what came out; empty where it says nothing.
func (i *LedgerInfo) ClaimText(sum *Summary) (string, error) {
	if i.Claim == nil {
		return "", nil
	}
	c := *i.Claim
	c.Rows, c.Sums = sum.RowCounts(), sum.Sums()
	return c.Text()
}

// RowCounts are the rows of the detail sheets.
func (s *Summary) RowCounts() (list []registry.RowCount) {
	for id := range SheetCount {
		list = append(list, registry.RowCount{Sheet: Sheets[id].Name, Rows: s.Rows[id]})
	}
	return list
}

// Sums are the totals in money.
func (s *Summary) Sums() (list []registry.MoneySum) {
	for _, sum := range [][2]string{{"fines", "fines_unknown"}, {"taken", "taken_unknown"}, {"paid", ""}} {
		f := s.Figure(sum[0])
		m := registry.MoneySum{Name: f.Label, Fen: registry.Money(f.Value.N)}
		if sum[1] != "" {
			m.Unknown = int(s.Figure(sum[1]).Value.N)
		}
		list = append(list, m)
	}
	return list
}

// Ledger is an export: what is said about it, how rows are made, and the cases, read once.
type Ledger struct {
	Profile *Profile // nil: the ledger
	Info    LedgerInfo
	Options LedgerOptions
	Cases   iter.Seq2[*registry.CaseFile, error]
	TempDir string // for what a writer cannot keep in memory; empty: the system's
}

// LedgerWriter writes a ledger in some form and returns what it counted. It writes nothing before all cases have been read: after an error
// of theirs nothing has been written. Same ledger, same bytes.
type LedgerWriter func(w io.Writer, l Ledger) (*Summary, error)

// Form is the ledger's profile.
func (l *Ledger) Form() *Profile {
	if l.Profile != nil {
		return l.Profile
	}
	return &Profiles[0]
}

// RowSink takes the rows of a profile's sheets as they come. A sheet is named by its place in the profile; of the ledger, that is its SheetID.
// The slice is reused: copy what you keep.
type RowSink interface {
	Row(sheet SheetID, cells []Cell) error
}

// Walk reads the cases once, in the order given, and hands the rows of the ledger's sheets to sink (which may be nil).
// The first error of the sequence or of the sink ends it. Memory does not grow with the number of cases, only with the
// number of different months, articles and types, and by a few bytes for each piece of evidence that was taken at an inspection.
func Walk(cases iter.Seq2[*registry.CaseFile, error], o LedgerOptions, sink RowSink) (*Summary, error) {
	l := Ledger{Options: o, Cases: cases}
	if sink == nil {
		l.Profile = &Profile{Summary: true}
	}
	return l.Walk(sink)
}

// Summarize is Walk without rows: the numbers of a page.
func Summarize(cases iter.Seq2[*registry.CaseFile, error], o LedgerOptions) (*Summary, error) {
	return Walk(cases, o, nil)
}

// FileName is how its file is called: by the day that was asked for, else by that of the newest record.
func (l *Ledger) FileName(format string) string {
	day := registry.DateOf(l.Info.AsOf).String()
	if !l.Info.Day.IsZero() {
		day = "截至" + l.Info.Day.String()
	}
	return FileName(l.Form().FileTitle()+"-"+day, "导出", format)
}

// Walk is one pass over the cases for the sheets of the ledger's profile. The summary is counted whatever the profile shows of it: it tells
// what an export was of. Sorted sheets come last, from temporary files where they are long.
func (l *Ledger) Walk(sink RowSink) (sum *Summary, err error) {
	p := l.Form()
	w := walker{o: l.Options, sink: sink, count: newCounter(l.Options), detail: newDetail(), listed: map[exhibitKey]bool{}, views: p.Views(&l.Options)}
	w.rows = make([]int, len(w.views))
	w.sorters = make([]*sorter, len(w.views))
	for i := range w.views {
		v := &w.views[i]
		w.of[v.Base] = append(w.of[v.Base], i)
		if v.sort != nil {
			w.sorters[i] = newSorter(l.TempDir, v)
			defer w.sorters[i].close()
		}
	}
	n := 0
	for f, err := range l.Cases {
		if err != nil {
			return nil, fmt.Errorf("read case %d of the ledger: %w", n+1, err)
		}
		n++
		if err := w.one(n, f); err != nil {
			return nil, err
		}
	}
	for i, s := range w.sorters {
		if s == nil {
			continue
		}
		if err := s.each(func(row []Cell) error { return w.give(i, row) }); err != nil {
			return nil, err
		}
	}
	sum = w.count.summary(w.detail)
	sum.Sheets = w.rows
	return sum, nil
}

type walker struct {
	o      LedgerOptions
	sink   RowSink
	count  *counter
	detail *detail
	row    []Cell              // of a base, whole
	out    []Cell              // what a view has of it
	listed map[exhibitKey]bool // the evidence of inspections: several cases may rest on one

	views   []View
	of      [baseCount][]int // the views of a base
	sorters []*sorter        // of the views that are sorted
	rows    []int            // given of each view
}

// exhibitKey is an exhibit, or a file that none names.
type exhibitKey struct {
	exhibit registry.EvidenceID
	file    registry.AttachmentID
}

// once leaves out the evidence of inspections that an earlier case of the ledger has listed.
func (w *walker) once(list []registry.Exhibit) []registry.Exhibit {
	return slices.DeleteFunc(list, func(x registry.Exhibit) bool {
		k := exhibitKey{exhibit: x.ID}
		if x.File != nil {
			k.file = x.File.ID
		}
		if x.InspectionID == 0 || k == (exhibitKey{}) {
			return false
		}
		seen := w.listed[k]
		w.listed[k] = true
		return seen
	})
}

func (w *walker) one(n int, f *registry.CaseFile) error {
	c := newCaseView(n, f, &w.o)
	w.count.add(c)
	if err := emit(w, SheetCases, caseColumns, c); err != nil {
		return err
	}
	for i := range f.Violations {
		if err := emit(w, SheetViolations, violationColumns, violationView{c, &f.Violations[i], i + 1}); err != nil {
			return err
		}
	}
	for _, a := range c.actions() {
		if err := emit(w, SheetActions, actionColumns, a); err != nil {
			return err
		}
	}
	for _, s := range c.results() {
		if err := emit(w, SheetSamples, sampleColumns, s); err != nil {
			return err
		}
	}
	exhibits := w.once(f.Exhibits())
	w.count.evidence += len(exhibits)
	for i := range exhibits {
		if err := emit(w, SheetEvidence, evidenceColumns, evidenceView{c, &exhibits[i], i + 1}); err != nil {
			return err
		}
	}
	for _, q := range c.citations() {
		if err := emit(w, SheetCitations, citationColumns, q); err != nil {
			return err
		}
	}
	return w.further(c)
}

// further makes the rows of the sheets that the ledger has not, where the profile has them.
func (w *walker) further(c *caseView) error {
	if len(w.of[SheetDecisions]) > 0 {
		for _, v := range c.decisions() {
			if err := emit(w, SheetDecisions, decisionColumns, v); err != nil {
				return err
			}
		}
	}
	if len(w.of[SheetMeasures]) > 0 {
		for _, v := range c.measures() {
			if err := emit(w, SheetMeasures, measureColumns, v); err != nil {
				return err
			}
		}
	}
	if len(w.of[SheetCredit])+len(w.of[SheetCreditCheck]) > 0 {
		for _, v := range c.credit() {
			var err error
			if len(v.problems) == 0 {
				err = emit(w, SheetCredit, creditColumns, v)
			} else {
				err = emit(w, SheetCreditCheck, creditCheckColumns, v)
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// column is a Column together with where its value comes from, so that a header can never stand over another's values.
type column[T any] struct {
	Column
	value func(T) Cell
}

func columnsOf[T any](list []column[T]) []Column {
	out := make([]Column, len(list))
	for i, c := range list {
		out[i] = c.Column
	}
	return out
}

func emit[T any](w *walker, sheet SheetID, columns []column[T], v T) error {
	w.row = w.row[:0]
	for i := range columns {
		w.row = append(w.row, columns[i].value(v))
	}
	if sheet < SheetCount {
		w.detail.observe(sheet, w.row)
	}
	for _, i := range w.of[sheet] {
		v := &w.views[i]
		if !v.takes(w.row) {
			continue
		}
		w.out = v.cut(w.out[:0], w.row)
		if s := w.sorters[i]; s != nil {
			if err := s.add(v, w.row, w.out); err != nil {
				return err
			}
		} else if err := w.give(i, w.out); err != nil {
			return err
		}
	}
	return nil
}

// give hands a finished row to the sink.
func (w *walker) give(view int, row []Cell) error {
	w.rows[view]++
	if w.sink == nil {
		return nil
	}
	if err := w.sink.Row(SheetID(view), row); err != nil {
		return fmt.Errorf("write a row of %s: %w", w.views[view].Name, err)
	}
	return nil
}

package report

import (
	"fmt"
	"io"
	"iter"
	"slices"
	"time"

	"casebook/internal/registry"
)

// SheetID names a detail sheet of the ledger, in the order of the tabs.
type SheetID int

// The detail sheets. 汇总 stands before them and 说明 after.
const (
	SheetCases      SheetID = iota // 案件台账
	SheetViolations                // 违法行为
	SheetActions                   // 处罚与措施
	SheetSamples                   // 监测数据
	SheetEvidence                  // 证据
	SheetCitations                 // 法条引用
	SheetCount
)

// Sheets describes the detail sheets, indexed by SheetID.
var Sheets = [SheetCount]Sheet{
	SheetCases:      {"案件台账", "行政处罚案件台账", "一行一个案件", columnsOf(caseColumns), 5, caseGroups},
	SheetViolations: {"违法行为", "违法行为明细", "一行一项违法行为", columnsOf(violationColumns), 5, nil},
	SheetActions:    {"处罚与措施", "处罚与措施明细", "一行一份文书（步骤）或一项处罚，按办案先后排列", columnsOf(actionColumns), 5, nil},
	SheetSamples:    {"监测数据", "监测数据明细", "一行一个样品的一个监测项目", columnsOf(sampleColumns), 5, nil},
	SheetEvidence:   {"证据", "证据明细", "一行一份证据", columnsOf(evidenceColumns), 5, nil},
	SheetCitations:  {"法条引用", "法条引用明细", "一行一处引用", columnsOf(citationColumns), 5, nil},
}

// Basis is the date by which a case is put into a month.
type Basis string

// The bases. Published cases give the month of the inspection and neither filing nor decision date: the default.
const (
	BasisFound   Basis = "found"
	BasisFiled   Basis = "filed"
	BasisDecided Basis = "decided"
)

// Words states the basis as it is printed.
func (b Basis) Words() string {
	switch b {
	case BasisFiled:
		return "立案月份（立案日期所在月；只知年份或没有立案日期的，计入“" + MonthUnknown + "”）"
	case BasisDecided:
		return "处罚决定月份（最后一份处罚决定的日期所在月；只知年份或没有决定日期的，计入“" + MonthUnknown + "”）"
	}
	return "检查（发现）月份（发现日期所在月；只知年份或日期未知的，计入“" + MonthUnknown + "”）"
}

// MonthUnknown heads what cannot be put into a month.
const MonthUnknown = "日期未知"

// Labels are the catalogue's words for what a case stores as codes. Each may be nil: then the code itself is shown.
type Labels struct {
	Bureau    *registry.Bureau                 // names and order of the districts
	Violation func(typeCode string) string     // label of a violation type; empty when unknown
	Version   func(c registry.Citation) string // name of the cited version: 2017年修正
	Checked   func(c registry.Citation) bool   // whether the held text was compared with the official one
	Organ     func(id registry.OrganID) string // name of a document's own organ
}

// LedgerOptions decide what the rows say.
type LedgerOptions struct {
	Basis     Basis // empty: BasisFound
	Labels    Labels
	FullCodes bool // credit codes and ID numbers in full; masked otherwise

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

// LedgerInfo is what the 说明 sheet says of an export: who asked for what, and as of when.
type LedgerInfo struct {
	Organ     string    // the bureau's name
	AsOf      time.Time // the instant of the newest record of the data; also the file's created time
	Filters   []string  // in words: 辖区：恩平市; empty when everything is exported
	Actor     string    // 导出人
	AuditSeq  int64     // number of the audit entry that wrote the newest record
	AuditHead string    // and its hash: the head of the chain at AsOf
	Demo      bool      // the register is a demonstration: says so on every page
}

// Ledger is an export: what is said about it, how rows are made, and the cases, read once.
type Ledger struct {
	Info    LedgerInfo
	Options LedgerOptions
	Cases   iter.Seq2[*registry.CaseFile, error]
	TempDir string // for what a writer cannot keep in memory; empty: the system's
}

// LedgerWriter writes a ledger in some form and returns what it counted. It writes nothing before all cases have been read: after an error
// of theirs nothing has been written. Same ledger, same bytes.
type LedgerWriter func(w io.Writer, l Ledger) (*Summary, error)

// RowSink takes the rows of the detail sheets as they come. The slice is reused: copy what you keep.
type RowSink interface {
	Row(sheet SheetID, cells []Cell) error
}

// Walk reads the cases once, in the order given, and hands the rows of all detail sheets to sink (which may be nil).
// The first error of the sequence or of the sink ends it. Memory does not grow with the number of cases, only with the
// number of different months, articles and types, and by a few bytes for each piece of evidence that was taken at an inspection.
func Walk(cases iter.Seq2[*registry.CaseFile, error], o LedgerOptions, sink RowSink) (*Summary, error) {
	w := walker{o: o, sink: sink, count: newCounter(o), detail: newDetail(), listed: map[exhibitKey]bool{}}
	n := 0
	for f, err := range cases {
		if err != nil {
			return nil, fmt.Errorf("read case %d of the ledger: %w", n+1, err)
		}
		n++
		if err := w.one(n, f); err != nil {
			return nil, err
		}
	}
	return w.count.summary(w.detail), nil
}

// Summarize is Walk without rows: the numbers of a page.
func Summarize(cases iter.Seq2[*registry.CaseFile, error], o LedgerOptions) (*Summary, error) {
	return Walk(cases, o, nil)
}

type walker struct {
	o      LedgerOptions
	sink   RowSink
	count  *counter
	detail *detail
	row    []Cell
	listed map[exhibitKey]bool // the evidence of inspections: several cases may rest on one
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
	w.detail.observe(sheet, w.row)
	if w.sink == nil {
		return nil
	}
	if err := w.sink.Row(sheet, w.row); err != nil {
		return fmt.Errorf("write a row of %s: %w", Sheets[sheet].Name, err)
	}
	return nil
}

package report

import (
	"io"
	"iter"

	"casebook/internal/registry"
)

// Pair is a case in two states of a ledger; nil where it was not in it.
type Pair struct{ Was, Is *registry.CaseFile }

// Moment is a state of the register, as a difference names it.
type Moment struct {
	Words string // 2026-06-30 日终, 现在
	Info  LedgerInfo
}

// Difference is what differs between two states of a ledger. Cases in which nothing was written need not be among Pairs: they do not differ.
type Difference struct {
	Was, Is       Moment
	WasOpt, IsOpt LedgerOptions
	Filters       []string
	Demo          bool
	Pairs         iter.Seq2[Pair, error]
	TempDir       string
}

// DifferenceWriter writes a difference in some form.
type DifferenceWriter func(w io.Writer, d Difference) (*DifferenceSums, error)

// The ways in which a case differs.
const (
	CaseAdded   = "新增" // it was not in the ledger and is now: registered since, or changed so that the conditions select it
	CaseGone    = "消失" // voided since, or changed so that they do not
	CaseChanged = "变更"
)

// DifferenceColumns are the columns of a difference: a row a value that differs.
var DifferenceColumns = []Column{
	{"kind", "变化", KindText, 8, false, "新增：原来不在台账内；消失：作废了，或不再符合条件；变更：某一列的值变了"},
	{"id", "登记号", KindOrdinal, 9, false, "案件页面的编号"},
	{"number", "案件编号", KindCode, 22, false, ""},
	{"title", "案件名称（案由）", KindText, 34, true, ""},
	{"district", "辖区", KindText, 9, false, ""},
	{"column", "列", KindText, 22, true, "案件台账的哪一列"},
	{"was", "原值", KindText, 30, true, ""},
	{"is", "现值", KindText, 30, true, ""},
}

// sums are those of the cases that were compared, in one of the two states.
type sums struct {
	Cases        int
	Fines, Taken registry.Sum
	Paid, Owed   registry.Money
}

func (s *sums) add(c *caseView) {
	s.Cases++
	for of, to := range map[*registry.Sum]*registry.Sum{&c.fines: &s.Fines, &c.taken: &s.Taken} {
		to.Total += of.Total
		to.Known += of.Known
		to.Unknown += of.Unknown
	}
	s.Paid += c.f.Paid()
	if owed := c.owed(); owed.Kind == CellMoney {
		s.Owed += registry.Money(owed.N)
	}
}

// DifferenceSums are what a difference adds up to.
type DifferenceSums struct {
	Added, Gone, Changed int // cases
	Values               int // of the changed cases
	Was, Is              sums
}

// RowCounts are the rows of 变化.
func (s *DifferenceSums) RowCounts() []registry.RowCount {
	return []registry.RowCount{{Sheet: DifferenceSheet, Rows: s.Added + s.Gone + s.Values}}
}

// Sums are the totals in money of the cases that differ, as they are in the later state.
func (s *DifferenceSums) Sums() []registry.MoneySum {
	return []registry.MoneySum{{Name: "有变化的案件的罚款（现）", Fen: s.Is.Fines.Total, Unknown: s.Is.Fines.Unknown}, {Name: "有变化的案件的没收（现）", Fen: s.Is.Taken.Total, Unknown: s.Is.Taken.Unknown}}
}

// DifferenceSheet is the name of the sheet with a row a value.
const DifferenceSheet = "变化"

// SumLine is one line of the sums before and after.
type SumLine struct {
	Label, Unit   string
	Was, Is, More Cell
}

// Lines are the sums of the cases that differ, before and after. All other cases are the same: the difference is that of the whole ledger.
func (s *DifferenceSums) Lines() []SumLine {
	count := func(label, unit string, was, is int) SumLine {
		return SumLine{label, unit, Integer(was), Integer(is), Integer(is - was)}
	}
	money := func(label string, was, is registry.Money) SumLine {
		return SumLine{label, "元", Money(was), Money(is), Money(is - was)}
	}
	return []SumLine{
		count("案件", "件", s.Was.Cases, s.Is.Cases),
		money("罚款", s.Was.Fines.Total, s.Is.Fines.Total),
		count("罚款金额未知", "项", s.Was.Fines.Unknown, s.Is.Fines.Unknown),
		money("没收", s.Was.Taken.Total, s.Is.Taken.Total),
		money("实缴", s.Was.Paid, s.Is.Paid),
		money("尚欠", s.Was.Owed, s.Is.Owed),
	}
}

// WalkDifference reads the pairs once and hands on a row for each value of 案件台账 that differs, of a case that is new or gone one row for all. The slice is
// reused.
func WalkDifference(d Difference, row func([]Cell) error) (*DifferenceSums, error) {
	var s DifferenceSums
	cells := make([]Cell, 0, len(DifferenceColumns))
	tell := func(kind string, c *caseView, column string, was, is Cell) error {
		f := c.f
		cells = append(cells[:0], Text(kind), Cell{Kind: CellInteger, N: int64(f.Case.ID)}, TextOr(f.Case.Number, c.unknown), Text(f.Case.Title), Text(c.district), Text(column), was, is)
		return row(cells)
	}
	for p, err := range d.Pairs {
		if err != nil {
			return nil, err
		}
		var was, is *caseView
		if p.Was != nil {
			was = newCaseView(0, p.Was, &d.WasOpt)
		}
		if p.Is != nil {
			is = newCaseView(0, p.Is, &d.IsOpt)
		}
		n := s.Values
		switch {
		case was == nil && is == nil:
			continue
		case was == nil:
			s.Added++
			err = tell(CaseAdded, is, "（整案）", Cell{}, Cell{})
		case is == nil:
			s.Gone++
			err = tell(CaseGone, was, "（整案）", Cell{}, Cell{})
		default:
			for i := range caseColumns {
				c := &caseColumns[i]
				if a, b := c.value(was), c.value(is); a != b && err == nil {
					s.Values++
					err = tell(CaseChanged, is, c.Title, a, b)
				}
			}
			if s.Values == n {
				continue
			}
			s.Changed++
		}
		if err != nil {
			return nil, err
		}
		if was != nil {
			s.Was.add(was)
		}
		if is != nil {
			s.Is.add(is)
		}
	}
	return &s, nil
}

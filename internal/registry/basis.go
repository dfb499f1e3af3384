package registry

import (
	"slices"
)

// Basis is the date by which a case is put into a span or a month: a ledger, a statistic or an export says which one counts.
type Basis string

// The bases. Published cases give the month of the inspection and neither filing nor decision date: the default. Penalties are counted by decision.
const (
	BasisFound   Basis = "found"
	BasisFiled   Basis = "filed"
	BasisDecided Basis = "decided"
	BasisPaid    Basis = "paid"
	BasisClosed  Basis = "closed"
)

// Bases are all of them, as a person chooses among them.
var Bases = []Basis{BasisFound, BasisFiled, BasisDecided, BasisPaid, BasisClosed}

// Index is the basis's place in Bases; that of the default where it is none.
func (b Basis) Index() int { return max(0, slices.Index(Bases, b)) }

// Label is the date in words: 决定日期.
func (b Basis) Label() string {
	switch b {
	case BasisFiled:
		return "立案日期"
	case BasisDecided:
		return "决定日期"
	case BasisPaid:
		return "缴款日期"
	case BasisClosed:
		return "结案日期"
	}
	return "发现日期"
}

// MonthUnknown heads what cannot be put into a month.
const MonthUnknown = "日期未知"

// Words states the basis as it is printed.
func (b Basis) Words() string {
	switch b {
	case BasisFiled:
		return "立案月份（立案日期所在月；只知年份或没有立案日期的，计入“" + MonthUnknown + "”）"
	case BasisDecided:
		return "处罚决定月份（最后一份处罚决定的日期所在月，含按日连续处罚决定；只知年份或没有决定日期的，计入“" + MonthUnknown + "”）"
	case BasisPaid:
		return "缴款月份（最后一次缴款的日期所在月；只知年份或没有缴款日期的，计入“" + MonthUnknown + "”）"
	case BasisClosed:
		return "结案月份（结案日期所在月，恢复办理的不算；只知年份或没有结案日期的，计入“" + MonthUnknown + "”）"
	}
	return "检查（发现）月份（发现日期所在月；只知年份或日期未知的，计入“" + MonthUnknown + "”）"
}

// Rule states how cases are put into a span by the basis.
func (b Basis) Rule() string {
	switch b {
	case BasisFiled:
		return "立案日期确定在期间内的案件"
	case BasisDecided:
		return "有处罚决定书（含按日连续处罚决定书）的日期确定在期间内的案件；一案几份决定的，每份按各自的日期计，罚没金额随所属的决定书，没有写明决定书的随最后一份；撤销、变更后的金额按现行的计"
	case BasisPaid:
		return "有缴款日期确定在期间内的案件；分次缴纳的，每次按各自的日期计，期间内的实缴只含这几次，退还从退还之日扣除，不含加处罚款"
	case BasisClosed:
		return "结案日期确定在期间内的案件；恢复办理的不算结案"
	}
	return "发现日期在期间内的案件；只知年份或月份的，与期间有重叠即列入"
}

// Summed states into which month of statistics a case is counted by the basis: each case into one. What counts there by a date of its own, a decision with its
// penalties or a payment, counts in its own month (Rule).
func (b Basis) Summed() string {
	switch b {
	case BasisDecided:
		return "案件按最后一份处罚决定的日期计入一个月份；决定书的份数和罚没金额按每份决定各自的日期计"
	case BasisPaid:
		return "案件按最后一次缴款的日期计入一个月份；实缴按每次缴款各自的日期计"
	}
	return "案件按" + b.Label() + "计入一个月份"
}

// Valid reports whether b is one of Bases; empty is none.
func (b Basis) Valid() bool { return slices.Contains(Bases, b) }

// Counted is what of a case counts on one day of a basis.
type Counted struct {
	On    Date
	N     int // findings, filings, decisions, payments, closings
	Money Sum // penalties of the decisions that are in force, payments less what was given back
}

// Counted are the days by which the case counts on a basis, in order, those not known last: what counts on one day stands in one. A case that has no
// such step has none.
func (f *CaseFile) Counted(b Basis) []Counted {
	var list []Counted
	at := func(d Date) *Counted {
		i := slices.IndexFunc(list, func(c Counted) bool { return c.On == d })
		if i < 0 {
			i, list = len(list), append(list, Counted{On: d})
		}
		return &list[i]
	}
	switch b {
	case BasisFiled:
		if d, ok := f.Document(DocFiling); ok {
			at(d.MadeOn).N++
		}
	case BasisDecided:
		f.countDecisions(at)
	case BasisPaid:
		charges := f.Charges(Date{})
		for i := range charges {
			c := &charges[i]
			running := Charge{Penalty: c.Penalty, Due: c.Due}
			for _, r := range c.Receipts {
				before := running.Net()
				running.book(r.Payment)
				if net := running.Net() - before; net != 0 || r.Kind == PaidFine {
					x := at(r.PaidOn)
					x.N++
					x.Money.Add(&net)
				}
			}
		}
	case BasisClosed:
		if d := f.closing(); d != nil {
			at(d.MadeOn).N++
		}
	default:
		at(f.Case.FoundOn).N++
	}
	slices.SortStableFunc(list, func(a, b Counted) int { return a.On.Compare(b.On) })
	return list
}

// closing is the document that closed the case; nil where none did, or it was taken up again.
func (f *CaseFile) closing() *Document {
	for _, d := range slices.Backward(f.Documents) {
		if d.Kind == DocReopened {
			return nil
		}
		if f.Kind(d.Kind).Stage == StageClosed {
			return &d
		}
	}
	return nil
}

// isDecision reports whether a document is a decision that is counted as one.
func isDecision(k DocKind) bool { return k == DocDecision || k == DocDailyPenalty }

func (f *CaseFile) countDecisions(at func(Date) *Counted) {
	for i := range f.Documents {
		if isDecision(f.Documents[i].Kind) {
			at(f.Documents[i].MadeOn).N++
		}
	}
	charges := f.Charges(Date{})
	for i := range charges {
		if c := &charges[i]; c.InForce() && c.Penalty.Monetary() {
			at(f.DecidedDay(c)).Money.Add(c.Due)
		}
	}
}

// DecidedDay is the day by which a penalty counts as decided: that of its decision; of one that names none, that of the last.
func (f *CaseFile) DecidedDay(c *Charge) (on Date) {
	if c.Decision != nil && isDecision(c.Decision.Kind) {
		return c.Decision.MadeOn
	}
	for i := range f.Documents {
		if isDecision(f.Documents[i].Kind) {
			on = f.Documents[i].MadeOn
		}
	}
	return on
}

// Within reports whether a date certainly lies in a span, both ends included; an end that is not known bounds nothing.
func (d Date) Within(from, to Date) bool {
	return !d.IsZero() && (from.IsZero() || d.Earliest() >= from.Earliest()) && (to.IsZero() || d.Latest() <= to.Latest())
}

// Overlaps reports whether a date may lie in a span.
func (d Date) Overlaps(from, to Date) bool {
	return !d.IsZero() && (from.IsZero() || d.Latest() >= from.Earliest()) && (to.IsZero() || d.Earliest() <= to.Latest())
}

// InSpan are what of a case counts by a basis in a span: of findings those that may lie in it, as lists show them; of all else what certainly does.
func (f *CaseFile) InSpan(b Basis, from, to Date) []Counted {
	list := f.Counted(b)
	if from.IsZero() && to.IsZero() {
		return list
	}
	return slices.DeleteFunc(list, func(c Counted) bool {
		if b == BasisFound || b == "" {
			return !c.On.Overlaps(from, to)
		}
		return !c.On.Within(from, to)
	})
}

// CountedOn is the date by which a case is put into a month: the last one of the span that is known.
func (f *CaseFile) CountedOn(b Basis, from, to Date) (d Date) {
	for _, c := range f.InSpan(b, from, to) {
		if !c.On.IsZero() {
			d = c.On
		}
	}
	return d
}

package report

import "casebook/internal/registry"

// Query asks a detail sheet for a number: how many rows, or the sum of a column, of the rows that meet the conditions. It is
// answered twice, from the rows as they were handed out (detail) and by a live formula in the workbook, and both must equal
// what was counted from the cases themselves (counter).
type Query struct {
	Agg    Agg
	Sheet  SheetID
	Column string // for Sum
	Where  [2]Cond
}

// Agg is what a Query does with the rows. The zero Agg asks nothing.
type Agg uint8

// The aggregates.
const (
	AskNothing Agg = iota
	AskCount
	AskSum
)

// Cond is a condition on one text column; the zero Cond is always met.
type Cond struct {
	Column string
	Op     Op
	Value  string
}

// Op compares.
type Op uint8

// The comparisons. Unknown is met by the words for an unknown amount or count (未公布, 未填): all of them begin with 未.
const (
	Always Op = iota
	Is
	Not
	IsUnknown
)

func countOf(s SheetID, where ...Cond) Query { return Query{AskCount, s, "", conds(where)} }

func sumOf(s SheetID, column string, where ...Cond) Query {
	return Query{AskSum, s, column, conds(where)}
}

func conds(list []Cond) (out [2]Cond) {
	copy(out[:], list)
	return out
}

func is(column, value string) Cond  { return Cond{column, Is, value} }
func not(column, value string) Cond { return Cond{column, Not, value} }
func unknown(column string) Cond    { return Cond{column, IsUnknown, ""} }

// The questions whose answers stand on the summary.
var (
	isDocument = is("category", categoryDocument)
	isPenalty  = is("category", categoryPenalty)
	isFine     = is("class", classFine)
	isTaken    = is("class", classTaken)

	askCases         = countOf(SheetCases)
	askFinesByCase   = sumOf(SheetCases, "fines")
	askUnknownByCase = sumOf(SheetCases, "fines_unknown")
	askPaid          = sumOf(SheetCases, "paid")
	askDue           = sumOf(SheetCases, "due")
	askOwed          = sumOf(SheetCases, "owed")
	askViolations    = countOf(SheetViolations)
	askDocuments     = countOf(SheetActions, isDocument)
	askDecisions     = countOf(SheetActions, isDocument, is("kind", string(registry.DocDecision)))
	askPenalties     = countOf(SheetActions, isPenalty, not("class", classAnnulled))
	askAnnulled      = countOf(SheetActions, is("class", classAnnulled))
	askFines         = sumOf(SheetActions, "amount", isFine)
	askFinesUnknown  = countOf(SheetActions, isFine, unknown("amount"))
	askTaken         = sumOf(SheetActions, "amount", isTaken)
	askTakenUnknown  = countOf(SheetActions, isTaken, unknown("amount"))
	askDetentions    = askOfKind(registry.DocDetention)
	askDetained      = askPersons(registry.DocDetention)
	askCrimes        = askOfKind(registry.DocCrime)
	askSuspects      = askPersons(registry.DocCrime)
	askResults       = countOf(SheetSamples)
	askExceeding     = countOf(SheetSamples, is("verdict", "超标"))
	askEvidence      = countOf(SheetEvidence)
	askCitations     = countOf(SheetCitations, not("standing", standingReview))
	askReviews       = countOf(SheetCitations, is("standing", standingReview))
)

func askOfKind(kind registry.DocKind) Query {
	return countOf(SheetActions, isDocument, is("kind", string(kind)))
}

func askPersons(kind registry.DocKind) Query {
	return sumOf(SheetActions, "persons", isDocument, is("kind", string(kind)))
}

// Questions asked once a month and once a district, as those turn up.
func askMonth(m string) Query         { return countOf(SheetCases, is("month", m)) }
func askDistrict(d string) Query      { return countOf(SheetCases, is("district", d)) }
func askMonthFines(m string) Query    { return sumOf(SheetCases, "fines", is("month", m)) }
func askDistrictFines(d string) Query { return sumOf(SheetCases, "fines", is("district", d)) }

// detail answers the queries from the rows that were handed out, and from nothing else.
type detail struct {
	rows  [SheetCount]int
	asked [SheetCount][]*asked
	byKey map[Query]int64 // the months and districts
	cases struct{ month, district, fines int }
}

// asked is a query with its columns found.
type asked struct {
	q      Query
	column int
	where  [2]int
	answer int64
}

func newDetail() *detail {
	d := &detail{byKey: map[Query]int64{}}
	for _, q := range []Query{askCases, askFinesByCase, askUnknownByCase, askPaid, askDue, askOwed, askViolations, askDocuments, askDecisions, askPenalties, askAnnulled,
		askFines, askFinesUnknown, askTaken, askTakenUnknown, askDetentions, askDetained, askCrimes, askSuspects, askResults, askExceeding,
		askEvidence, askCitations, askReviews} {
		s := &Sheets[q.Sheet]
		a := &asked{q: q}
		if q.Agg == AskSum {
			a.column = s.Index(q.Column)
		}
		for i, c := range q.Where {
			if c.Op != Always {
				a.where[i] = s.Index(c.Column)
			}
		}
		d.asked[q.Sheet] = append(d.asked[q.Sheet], a)
	}
	s := &Sheets[SheetCases]
	d.cases.month, d.cases.district, d.cases.fines = s.Index("month"), s.Index("district"), s.Index("fines")
	return d
}

func (d *detail) observe(sheet SheetID, row []Cell) {
	d.rows[sheet]++
	for _, a := range d.asked[sheet] {
		if !a.q.Where[0].met(row[a.where[0]]) || !a.q.Where[1].met(row[a.where[1]]) {
			continue
		}
		if a.q.Agg == AskCount {
			a.answer++
		} else {
			a.answer += row[a.column].N
		}
	}
	if sheet == SheetCases {
		month, district, fines := row[d.cases.month].Text, row[d.cases.district].Text, row[d.cases.fines].N
		d.byKey[askMonth(month)]++
		d.byKey[askDistrict(district)]++
		d.byKey[askMonthFines(month)] += fines
		d.byKey[askDistrictFines(district)] += fines
	}
}

func (c Cond) met(cell Cell) bool {
	switch c.Op {
	case Is:
		return cell.Text == c.Value
	case Not:
		return cell.Text != c.Value
	case IsUnknown:
		return cell.Kind == CellUnknown
	}
	return true
}

func (d *detail) answer(q Query) int64 {
	for _, a := range d.asked[q.Sheet] {
		if a.q == q {
			return a.answer
		}
	}
	return d.byKey[q]
}

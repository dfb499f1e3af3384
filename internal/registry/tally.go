package registry

import (
	"slices"
	"strings"
)

// TallyKey says what is counted: of which table, which line.
type TallyKey struct {
	Table string
	Line  string
}

// Tally is what is counted of one line. Money is in 分; what is not known is counted apart and never added.
type Tally struct {
	Cases   int64 // each once
	Items   int64 // documents, citations, acts: as often as they stand there
	Total   Money // of the amounts that are known
	Known   int64 // how many those are
	Unknown int64 // amounts that are not
	Persons int64
	Unsaid  int64 // documents whose number of persons is not known; clocks of which nothing can be told
}

// Plus is t with n times o added.
func (t Tally) Plus(o Tally, n int64) Tally {
	return Tally{t.Cases + n*o.Cases, t.Items + n*o.Items, t.Total + Money(n)*o.Total, t.Known + n*o.Known, t.Unknown + n*o.Unknown, t.Persons + n*o.Persons, t.Unsaid + n*o.Unsaid}
}

// Sum is the money of a tally.
func (t Tally) Sum() Sum { return Sum{Total: t.Total, Known: int(t.Known), Unknown: int(t.Unknown)} }

// Tallies are what is counted of some cases. Those of two sets of cases that share none add up to those of both.
type Tallies map[TallyKey]Tally

// Add adds n times o; a line of which nothing is left is gone.
func (t Tallies) Add(o Tallies, n int64) {
	for k, x := range o {
		t.Plus(k, x, n)
	}
}

// Plus adds n times x to a line; one of which nothing is left is gone.
func (t Tallies) Plus(k TallyKey, x Tally, n int64) {
	if sum := t[k].Plus(x, n); sum == (Tally{}) {
		delete(t, k)
	} else {
		t[k] = sum
	}
}

// CaseFact is one case as statistics count it: its months by each date that may count, whose it is, and its tallies.
type CaseFact struct {
	Months   [CaseDates]string // YYYY-MM; empty where the day is not known to the month
	District string            // code of the act's district
	Branch   string            // code of the district of who handles it
	Tallies  Tallies
	Apart    []Apart // what of Tallies counts in other months than the case

	// Alike is what its fine may be compared by: type of violation, basis, size of the farm. Empty where it cannot be: several acts, no known fine.
	Alike     string
	Fine      Money
	DecidedOn string // YYYY-MM-DD; empty where the day of the decision is not known
	LastOn    string // the last of the days that may count, YYYY-MM-DD
}

// Apart is what of a case counts in a month of its own by a date, and not in the case's: a decision with its penalties, a payment (Basis.Rule).
type Apart struct {
	Date    int
	Month   string // YYYY-MM; empty where the day is not known to the month
	Tallies Tallies
}

// The dates of a case that may count, as CaseFact.Months holds them.
const (
	FoundDate = iota
	FiledDate
	DecidedDate
	PaidDate
	ClosedDate
	CaseDates
)

// HeadTables are the tables of tallies that a period is compared by with another: they are kept where they can be read without the rest.
var HeadTables = map[string]bool{TallyAll: true, TallyDistrict: true, TallyStep: true, TallyMoney: true, TallyFive: true}

// The tables of tallies.
const (
	TallyAll      = "all"
	TallyDistrict = "district" // code
	TallyStep     = "step"     // filed, decided, decisions, open, owing, demo
	TallyMoney    = "money"    // due, paid, owed, taken
	TallyFive     = "five"     // 五类
	TallyType     = "type"     // code of a violation type
	TallyArticle  = "article"  // law|article|sub, breached
	TallySpecies  = "species"
	TallyScale    = "scale"
	TallyStage    = "stage"
	TallyClock    = "clock"   // code of a deadline: Known in time, Unknown late, Unsaid not to be told
	TallyUnit     = "unit"    // id of an organ
	TallyOfficer  = "officer" // id of an officer
	TallyFine     = "fine"    // 分, of a case
	TallyAlike    = "alike"   // CaseFact.Alike
)

// CaseLine names a line of statistics by which cases are listed: a table, and its line; of deadlines and of money also what of it. The list behind a number
// is asked by it.
type CaseLine string

// LineOf is the line of a table; part names what of it, where it has several.
func LineOf(table, line string, part ...string) CaseLine {
	return CaseLine(strings.Join(append([]string{table, line}, part...), "|"))
}

// The parts of lines of deadlines, and of fines.
const (
	LineKept   = "kept"
	LineLate   = "late"
	LineUnsaid = "unsaid" // of a deadline nothing can be told; of a fine the amount is not known
	LineFined  = "fined"
)

// Lines are those that a case with this tally stands on. Types, stages and districts that are known are not among them: lists have filters of their own for them.
func (k TallyKey) Lines(t Tally) (list []CaseLine) {
	add := func(is bool, l CaseLine) {
		if is {
			list = append(list, l)
		}
	}
	switch k.Table {
	case TallyStep, TallyArticle, TallySpecies, TallyScale, TallyUnit, TallyOfficer, TallyFive:
		add(t.Cases+t.Items > 0, LineOf(k.Table, k.Line))
	case TallyType:
		add(k.Line == "", LineOf(k.Table, ""))
	case TallyMoney:
		add(t.Total != 0 && k.Line != "owed", LineOf(TallyMoney, k.Line)) // 未缴 is a step
	case TallyAll:
		add(t.Known > 0, LineOf(TallyMoney, LineFined))
		add(t.Unknown > 0, LineOf(TallyMoney, LineUnsaid))
	case TallyClock:
		add(t.Known > 0, LineOf(TallyClock, k.Line, LineKept))
		add(t.Unknown > 0, LineOf(TallyClock, k.Line, LineLate))
		add(t.Unsaid > 0, LineOf(TallyClock, k.Line, LineUnsaid))
	}
	return list
}

// Key is the tally whose Cases are how many cases stand on the line; ok is false where tallies do not count cases.
func (l CaseLine) Key() (k TallyKey, ok bool) {
	k.Table, k.Line, ok = strings.Cut(string(l), "|")
	switch k.Table {
	case TallyArticle, TallySpecies, TallyScale, TallyUnit, TallyOfficer, TallyFive, TallyType:
		return k, ok
	case TallyStep:
		return k, ok && k.Line != "decisions"
	}
	return k, false
}

// On reports whether a case stands on a line.
func (x *CaseFact) On(l CaseLine) bool {
	for k, t := range x.Tallies {
		if slices.Contains(k.Lines(t), l) {
			return true
		}
	}
	return false
}

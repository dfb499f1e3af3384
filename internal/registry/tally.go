package registry

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
		if sum := t[k].Plus(x, n); sum == (Tally{}) {
			delete(t, k)
		} else {
			t[k] = sum
		}
	}
}

// CaseFact is one case as statistics count it: its months by each date that may count, whose it is, and its tallies.
type CaseFact struct {
	Months   [CaseDates]string // YYYY-MM; empty where the day is not known to the month
	District string            // code of the act's district
	Branch   string            // code of the district of who handles it
	Tallies  Tallies

	// Alike is what its fine may be compared by: type of violation, basis, size of the farm. Empty where it cannot be: several acts, no known fine.
	Alike     string
	Fine      Money
	DecidedOn string // YYYY-MM-DD; empty where the day of the decision is not known
	LastOn    string // the last of the days that may count, YYYY-MM-DD
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
	TallyStep     = "step"     // filed, decided, decisions, open, owing
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

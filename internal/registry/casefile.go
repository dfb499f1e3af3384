package registry

import (
	"cmp"
	"slices"
)

// CaseFile is one case with everything on it: what the case page, the ledger, a bulletin's first draft and verify read.
// Farm, Party and Organ values are copies; a nil pointer means the case names none.
type CaseFile struct {
	Case           Case
	Farm           *Farm
	DecidingOrgan  *Organ
	HandlingOrgan  *Organ
	Campaign       *Campaign
	Parties        []Party // in the order of Case.Parties
	Inspected      []Party // whom its inspections were made of, where that is another
	Inspections    []Inspection
	Samples        []Sample
	Evidence       []Evidence      // its own, and those of its inspections: Exhibits says which is which
	Interrogations []Interrogation // its own, and those of its inspections
	Violations     []Violation
	Documents      []Document // in order: SortDocuments
	Penalties      []Penalty
	Payments       []Payment
	ReviewNotes    []ReviewNote
	Publications   []Publication  // that tell this case, each with this case alone
	Bulletins      []CaseBulletin // of ours that tell it, approved or withdrawn since; read for clocks, and not of the past
	Files          []Attachment   // kept on its inspections, and those that its exhibits and documents name
	OtherNames     []string       // that its parties and its farm had before, and of those merged into them; read for the guard alone
	Kinds          Kinds          // that an administrator added: its documents may name them
}

// InPrintedOrder sorts citations as the publication that the case was taken from names them; others follow in the order that they have.
func (f *CaseFile) InPrintedOrder(list []Citation) {
	var printed []string
	for i := range f.Publications {
		printed = append(printed, f.Publications[i].Of(f.Case.ID).Cited...)
	}
	place := func(c Citation) int {
		if i := slices.Index(printed, c.String()); i >= 0 {
			return i
		}
		return len(printed)
	}
	slices.SortStableFunc(list, func(a, b Citation) int { return cmp.Compare(place(a), place(b)) })
}

// SortDocuments orders by (date, seq) in the sense of partial dates: a document without a date keeps its place in the
// sequence, so that a chain whose days were not published stands in the order it was told.
func SortDocuments(docs []Document) {
	slices.SortStableFunc(docs, func(a, b Document) int { return cmp.Compare(a.Seq, b.Seq) })
	// Insertion by date among the dated ones only: two dated documents compare by date, anything undated by sequence.
	for i := 1; i < len(docs); i++ {
		for j := i; j > 0 && docs[j].MadeOn.Before(docs[j-1].MadeOn); j-- {
			docs[j], docs[j-1] = docs[j-1], docs[j]
		}
	}
}

// PartyAs returns the case's party with a role and its name at the act; ok is false where the case has none.
func (f *CaseFile) PartyAs(role string) (p Party, nameAtAct string, ok bool) {
	for i, cp := range f.Case.Parties {
		if cp.Role == role && i < len(f.Parties) {
			p = f.Parties[i]
			return p, cmp.Or(cp.NameAtAct, p.Name), true
		}
	}
	return Party{}, "", false
}

// MainParty is the first party of the case under its name at the act; empty where none is recorded.
func (f *CaseFile) MainParty() (p Party, nameAtAct string, ok bool) {
	if len(f.Case.Parties) == 0 || len(f.Parties) == 0 {
		return Party{}, "", false
	}
	return f.Parties[0], cmp.Or(f.Case.Parties[0].NameAtAct, f.Parties[0].Name), true
}

// Document returns the last document of a kind; ok is false where there is none.
func (f *CaseFile) Document(kind DocKind) (Document, bool) {
	for i := len(f.Documents) - 1; i >= 0; i-- {
		if f.Documents[i].Kind == kind {
			return f.Documents[i], true
		}
	}
	return Document{}, false
}

// Sum is a total that knows how much of it is unknown.
type Sum struct {
	Total   Money `json:"total_fen"`
	Known   int   `json:"known"`   // how many amounts were added
	Unknown int   `json:"unknown"` // how many there are whose amount is not known
}

// Add counts one amount.
func (s *Sum) Add(m *Money) {
	if m == nil {
		s.Unknown++
		return
	}
	s.Total += *m
	s.Known++
}

// Fines sums the fines in force (罚款, 按日连续罚款, and penalties of unpublished kind, whose amount is unknown): what was annulled is
// left out, what was changed counts as changed.
func (f *CaseFile) Fines() Sum { return f.due(isFine) }

// Confiscated sums 没收违法所得 and 没收非法财物 in force.
func (f *CaseFile) Confiscated() Sum { return f.due(isConfiscation) }

func (f *CaseFile) due(of func(kind string) bool) Sum {
	var s Sum
	for _, c := range f.Charges(Date{}) {
		if of(c.Penalty.Kind) && c.InForce() {
			s.Add(c.Due)
		}
	}
	return s
}

// Paid is what was paid for the penalties themselves, without what was given back. Surcharges are not in it.
func (f *CaseFile) Paid() Money {
	var m Money
	for _, c := range f.Charges(Date{}) {
		m += c.Net()
	}
	return m
}

// DecidedOn is the date of the last penalty decision; unknown where there is none or no date.
func (f *CaseFile) DecidedOn() Date {
	d, _ := f.Document(DocDecision)
	return d.MadeOn
}

// FiledOn is the date of filing; unknown where there is none or no date.
func (f *CaseFile) FiledOn() Date {
	d, _ := f.Document(DocFiling)
	return d.MadeOn
}

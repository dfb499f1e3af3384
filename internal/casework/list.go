package casework

import (
	"casebook/internal/registry"
	"casebook/internal/report"
	"casebook/internal/store"
)

// The shapes of lists and filters are the store's; these names let web and cmd speak of them without importing it.
type (
	CaseFilter       = store.CaseFilter
	FarmFilter       = store.FarmFilter
	InspectionFilter = store.InspectionFilter
	AuditFilter      = store.AuditFilter
	Page             = store.Page
	CaseRow          = store.CaseRow
	FarmRow          = store.FarmRow
	InspectionRow    = store.InspectionRow
	DistrictCount    = store.DistrictCount
	VerifyReport     = store.VerifyReport
	DueFilter        = store.DueFilter
	DueRow           = store.DueRow
	PartyFilter      = store.PartyFilter
	PartyRow         = store.PartyRow
	Find             = store.Find
	BulletinTitle    = store.BulletinTitle
	Record[T any]    = store.Record[T]
)

// CountCap is where counts of lists stop (1000+).
const CountCap = store.CountCap

// CheckCases says what is wrong with a filter of cases: a word, a district or a type of violation that there is not, an end before the start.
func (s *Service) CheckCases(f CaseFilter) error {
	var p registry.Problems
	p.Merge("", f.Validate(s.Bureau()))
	if _, ok := s.Law().ViolationType(f.TypeCode); f.TypeCode != "" && !ok {
		p.Add("type_code", "没有代码为“%s”的违法行为类型", f.TypeCode)
	}
	if f.Line != "" && (&report.StatisticsInput{}).LineWords(f.Line) == "" {
		p.Add("line", "统计里没有“%s”这个分项", clipText(string(f.Line), 60))
	}
	return p.Err()
}

// asking is what the searches of a person know: the present names of districts, the words of violation types, and ID numbers where the person
// may see them.
func (s *Service) asking(a registry.Actor) store.Asking {
	law := s.Law()
	return store.Asking{Guarded: a.Role.Can(registry.PermPersonalRead), Districts: s.Bureau().Districts, Types: func(word string) (list []store.MeantTypes) {
		for _, m := range law.TypesMeant(word) {
			list = append(list, store.MeantTypes{Code: m.Type.Code, By: m.By})
		}
		return list
	}}
}

// List is one page of a list with its count, which stops at a cap (1000+).
type List[T any] struct {
	Rows   []T
	Next   string
	Count  int
	Capped bool
}

// whole tells whether nothing more is to be counted: the page is the whole list, or nobody asks for more.
func (l *List[T]) whole(p Page) bool {
	l.Count, l.Capped = len(l.Rows), l.Next != ""
	return p.Uncounted || p.Cursor == "" && l.Next == ""
}

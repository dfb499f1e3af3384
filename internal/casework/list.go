package casework

import (
	"casebook/internal/registry"
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
	PartyRow         = store.PartyRow
	Record[T any]    = store.Record[T]
)

// CheckCases says what is wrong with a filter of cases: a word, a district or a type of violation that there is not, an end before the start.
func (s *Service) CheckCases(f CaseFilter) error {
	var p registry.Problems
	p.Merge("", f.Validate(s.Bureau()))
	if _, ok := s.Law().ViolationType(f.TypeCode); f.TypeCode != "" && !ok {
		p.Add("type_code", "没有代码为“%s”的违法行为类型", f.TypeCode)
	}
	return p.Err()
}

// List is one page of a list with its count, which stops at a cap (1000+).
type List[T any] struct {
	Rows   []T
	Next   string
	Count  int
	Capped bool
}

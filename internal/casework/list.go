package casework

import (
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
	Record[T any]    = store.Record[T]
)

// List is one page of a list with its count, which stops at a cap (1000+).
type List[T any] struct {
	Rows   []T
	Next   string
	Count  int
	Capped bool
}

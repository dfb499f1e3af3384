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
	PartyFilter      = store.PartyFilter
	PartyRow         = store.PartyRow
	Find             = store.Find
	Record[T any]    = store.Record[T]
)

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

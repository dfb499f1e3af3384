package casework

import (
	"context"
	"slices"

	"casebook/internal/registry"
	"casebook/internal/store"
)

// AddSubmittedInspection saves a new inspection and submits it, in one transaction: where the law still asks for something,
// nothing is written.
func (s *Service) AddSubmittedInspection(ctx context.Context, a registry.Actor, x *registry.Inspection) (repeated bool, err error) {
	x.State, x.SubmittedAt, x.SubmittedBy = registry.InspectionSubmitted, nil, ""
	made, err := creationOf(store.Inspections, x)
	if err != nil {
		return false, err
	}
	if err := s.submitting(a, x); err != nil {
		return false, err
	}
	return add(ctx, s, act{actor: a, perm: registry.PermRecordWrite, action: "提交", made: made}, store.Inspections, x, s.inspectionRefs(x)...)
}

// submitting asks a new inspection for everything that submitting asks for, and marks it submitted.
func (s *Service) submitting(a registry.Actor, x *registry.Inspection) error {
	x.Clean()
	var p registry.Problems
	p.Merge("", x.Validate())
	p.Merge("", s.Bureau().Accepts(x))
	p.Merge("", x.CheckSubmit(s.Today()))
	now := s.now()
	x.SubmittedAt, x.SubmittedBy = &now, a.Username
	return p.Err()
}

// NameOfficers fills in name and certificate of officers chosen from the roster. was is the record before the edit: who stood on
// it keeps the name and certificate of that day, whatever the roster says now. Where another officer was chosen in a row, what
// the row still holds of the one before does not stay.
func (s *Service) NameOfficers(ctx context.Context, a registry.Actor, refs, was []registry.OfficerRef) error {
	if !slices.ContainsFunc(refs, func(r registry.OfficerRef) bool { return r.OfficerID != 0 }) {
		return nil
	}
	roster, err := s.Officers(ctx, a)
	if err != nil {
		return err
	}
	byID, certs := map[registry.OfficerID]registry.Officer{}, map[string]bool{}
	for _, o := range roster {
		byID[o.ID], certs[o.CertNo] = o, true
	}
	kept := map[registry.OfficerID]registry.OfficerRef{}
	for _, r := range was {
		kept[r.OfficerID], certs[r.CertNo] = r, true
	}
	for i := range refs {
		ref := &refs[i]
		o, ok := byID[ref.OfficerID]
		if !ok {
			ref.OfficerID = 0
			continue
		}
		if old, ok := kept[ref.OfficerID]; ok {
			o.Name, o.CertNo = old.Name, old.CertNo
			if ref.Name != "" {
				o.Name = ref.Name
			}
		}
		ref.Name = o.Name
		if typed := registry.NormalizeCode(ref.CertNo); typed == "" || certs[typed] {
			ref.CertNo = o.CertNo
		}
	}
	return nil
}

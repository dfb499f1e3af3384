package casework

import (
	"context"
	"fmt"
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
// the row still holds of the one before does not stay. A name that the roster does not have is somebody else, whom the form's own choice of
// the signed-in officer must not hide.
func (s *Service) NameOfficers(ctx context.Context, a registry.Actor, refs, was []registry.OfficerRef) error {
	if !slices.ContainsFunc(refs, func(r registry.OfficerRef) bool { return r.OfficerID != 0 }) {
		return nil
	}
	roster, err := s.Officers(ctx, a)
	if err != nil {
		return err
	}
	byID, certs, names := map[registry.OfficerID]registry.Officer{}, map[string]bool{}, map[string]bool{"": true}
	for _, o := range roster {
		byID[o.ID], certs[o.CertNo], names[o.Name] = o, true, true
	}
	kept := map[registry.OfficerID]registry.OfficerRef{}
	for _, r := range was {
		kept[r.OfficerID], certs[r.CertNo], names[r.Name] = r, true, true
	}
	var p registry.Problems
	for i := range refs {
		ref := &refs[i]
		o, ok := byID[ref.OfficerID]
		if !ok {
			ref.OfficerID = 0
			continue
		}
		old, stood := kept[ref.OfficerID]
		switch typed := registry.NormalizeCode(ref.CertNo); {
		case stood || names[registry.CleanText(ref.Name)]:
		case typed == o.CertNo:
			p.Add(fmt.Sprintf("officers.%d.name", i), "与所选的在册人员“%s”不是同一个名字；不在册的，请把“在册人员”改为不在册", o.Name)
			continue
		default:
			ref.OfficerID = 0
			continue
		}
		if stood {
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
	return p.Err()
}

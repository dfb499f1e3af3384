package api

import (
	"context"

	"casebook/internal/registry"
	"casebook/internal/web/kit"
)

// Exhibits hang under their case or under the inspection where they were taken. The list of a case has those of its inspections too, which
// say so by their inspection_id; one of them is taken up by the case where a PATCH under its inspection names the case.

func getEvidence(s area, ctx context.Context, a registry.Actor, id int64) (registry.Evidence, error) {
	return s.Service.EvidenceItem(ctx, a, registry.EvidenceID(id))
}

func addEvidence(s area, ctx context.Context, a registry.Actor, x *registry.Evidence) (bool, error) {
	return s.Service.AddEvidence(ctx, a, x)
}

func changeEvidence(s area, ctx context.Context, a registry.Actor, x *registry.Evidence) error {
	return s.Service.ChangeEvidence(ctx, a, x)
}

func evidenceID(x *registry.Evidence) *int64 { return (*int64)(&x.ID) }

var apiCaseEvidence = resource[registry.Evidence, *registry.Evidence]{path: "/api/v1/cases/:id/evidence", id: evidenceID,
	parent: func(x *registry.Evidence) *int64 { return (*int64)(&x.CaseID) }, get: getEvidence, add: addEvidence, change: changeEvidence}

var apiInspectionEvidence = resource[registry.Evidence, *registry.Evidence]{path: "/api/v1/inspections/:id/evidence", id: evidenceID,
	parent: func(x *registry.Evidence) *int64 { return (*int64)(&x.InspectionID) }, get: getEvidence, add: addEvidence, change: changeEvidence}

func (s area) apiCaseEvidenceCreate(r *kit.Request) error { return apiCaseEvidence.create(s, r) }

func (s area) apiCaseEvidenceShow(r *kit.Request) error { return apiCaseEvidence.show(s, r) }

func (s area) apiCaseEvidencePatch(r *kit.Request) error { return apiCaseEvidence.patch(s, r) }

func (s area) apiInspectionEvidenceCreate(r *kit.Request) error {
	return apiInspectionEvidence.create(s, r)
}

func (s area) apiInspectionEvidenceShow(r *kit.Request) error {
	return apiInspectionEvidence.show(s, r)
}

func (s area) apiInspectionEvidencePatch(r *kit.Request) error {
	return apiInspectionEvidence.patch(s, r)
}

// apiCaseEvidenceList lists the exhibits of a case and of its inspections. Files that no exhibit names are read at their inspection.
func (s area) apiCaseEvidenceList(r *kit.Request) error {
	f, err := s.apiCaseFile(r)
	if err != nil {
		return err
	}
	var list []registry.Evidence
	for _, x := range f.Exhibits() {
		if x.File == nil {
			list = append(list, x.Evidence)
		}
	}
	return sendChildren(r, list, func(x registry.Evidence) int64 { return int64(x.ID) })
}

func (s area) apiInspectionEvidenceList(r *kit.Request) error {
	id, err := kit.PathID[registry.InspectionID](r, "id")
	if err != nil {
		return err
	}
	list, err := s.Service.EvidenceOfInspection(r.Ctx(), r.Actor, id)
	if err != nil {
		return err
	}
	return sendChildren(r, list, func(x registry.Evidence) int64 { return int64(x.ID) })
}

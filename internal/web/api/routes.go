package api

import (
	"casebook/internal/registry"
	"casebook/internal/web/kit"
)

// area is this room's handlers: what they are given of the server.
type area struct{ *kit.Server }

// Routes are the addresses of this room. A server is needed only to answer them: the table can be read with nil.
func Routes(s *kit.Server) []kit.Route {
	a := area{s}
	return append(append(a.voidRoutes(), a.interrogationRoutes()...), []kit.Route{
		// JSON: the same records for programs. Children hang under their parent.
		kit.Get("/api/v1/farms", registry.PermRecordRead, a.apiFarmList).MayLag(),
		kit.Post("/api/v1/farms", registry.PermRecordWrite, a.apiFarmCreate),
		kit.Get("/api/v1/farms/:id", registry.PermRecordRead, a.apiFarmShow),
		kit.Patch("/api/v1/farms/:id", registry.PermRecordWrite, a.apiFarmPatch),
		kit.Post("/api/v1/farms/:id/attachments", registry.PermRecordWrite, a.attach("farm")).Upload(kit.UploadLimit),
		kit.Get("/api/v1/parties", registry.PermRecordRead, a.apiPartyList).MayLag(),
		kit.Post("/api/v1/parties", registry.PermRecordWrite, a.apiPartyCreate),
		kit.Get("/api/v1/parties/:id", registry.PermRecordRead, a.apiPartyShow),
		kit.Patch("/api/v1/parties/:id", registry.PermRecordWrite, a.apiPartyPatch),
		kit.Post("/api/v1/parties/:id/attachments", registry.PermRecordWrite, a.attach("party")).Upload(kit.UploadLimit),
		kit.Get("/api/v1/inspections", registry.PermRecordRead, a.apiInspectionList).MayLag(),
		kit.Post("/api/v1/inspections", registry.PermRecordWrite, a.apiInspectionCreate),
		kit.Get("/api/v1/inspections/:id", registry.PermRecordRead, a.apiInspectionShow),
		kit.Patch("/api/v1/inspections/:id", registry.PermRecordWrite, a.apiInspectionPatch),
		kit.Get("/api/v1/inspections/:id/samples", registry.PermRecordRead, a.apiSampleList),
		kit.Post("/api/v1/inspections/:id/samples", registry.PermRecordWrite, a.apiSampleCreate),
		kit.Get("/api/v1/inspections/:id/samples/:child", registry.PermRecordRead, a.apiSampleShow),
		kit.Patch("/api/v1/inspections/:id/samples/:child", registry.PermRecordWrite, a.apiSamplePatch),
		kit.Get("/api/v1/inspections/:id/evidence", registry.PermRecordRead, a.apiInspectionEvidenceList),
		kit.Post("/api/v1/inspections/:id/evidence", registry.PermRecordWrite, a.apiInspectionEvidenceCreate),
		kit.Get("/api/v1/inspections/:id/evidence/:child", registry.PermRecordRead, a.apiInspectionEvidenceShow),
		kit.Patch("/api/v1/inspections/:id/evidence/:child", registry.PermRecordWrite, a.apiInspectionEvidencePatch),
		kit.Post("/api/v1/inspections/:id/attachments", registry.PermRecordWrite, a.attach("inspection")).Upload(kit.UploadLimit),
		kit.Get("/api/v1/cases", registry.PermRecordRead, a.apiCaseList).MayLag(),
		kit.Post("/api/v1/cases", registry.PermRecordWrite, a.apiCaseCreate),
		kit.Get("/api/v1/statistics", registry.PermRecordRead, a.apiStatistics).MayLag(),
		kit.Get("/api/v1/cases/:id", registry.PermRecordRead, a.apiCaseShow),
		kit.Patch("/api/v1/cases/:id", registry.PermRecordWrite, a.apiCasePatch),
		kit.Post("/api/v1/cases/:id/number", registry.PermRecordWrite, a.apiCaseNumber),
		kit.Get("/api/v1/cases/:id/violations", registry.PermRecordRead, a.apiViolationList),
		kit.Post("/api/v1/cases/:id/violations", registry.PermRecordWrite, a.apiViolationCreate),
		kit.Get("/api/v1/cases/:id/violations/:child", registry.PermRecordRead, a.apiViolationShow),
		kit.Patch("/api/v1/cases/:id/violations/:child", registry.PermRecordWrite, a.apiViolationPatch),
		kit.Get("/api/v1/cases/:id/documents", registry.PermRecordRead, a.apiDocumentList),
		kit.Post("/api/v1/cases/:id/documents", registry.PermRecordWrite, a.apiDocumentCreate),
		kit.Get("/api/v1/cases/:id/documents/:child", registry.PermRecordRead, a.apiDocumentShow),
		kit.Patch("/api/v1/cases/:id/documents/:child", registry.PermRecordWrite, a.apiDocumentPatch),
		kit.Post("/api/v1/cases/:id/rechecks", registry.PermRecordWrite, a.apiRecheckCreate),
		kit.Get("/api/v1/cases/:id/penalties", registry.PermRecordRead, a.apiPenaltyList),
		kit.Post("/api/v1/cases/:id/penalties", registry.PermRecordWrite, a.apiPenaltyCreate),
		kit.Get("/api/v1/cases/:id/penalties/:child", registry.PermRecordRead, a.apiPenaltyShow),
		kit.Patch("/api/v1/cases/:id/penalties/:child", registry.PermRecordWrite, a.apiPenaltyPatch),
		kit.Get("/api/v1/cases/:id/payments", registry.PermRecordRead, a.apiPaymentList),
		kit.Post("/api/v1/cases/:id/payments", registry.PermRecordWrite, a.apiPaymentCreate),
		kit.Get("/api/v1/cases/:id/payments/:child", registry.PermRecordRead, a.apiPaymentShow),
		kit.Patch("/api/v1/cases/:id/payments/:child", registry.PermRecordWrite, a.apiPaymentPatch),
		kit.Get("/api/v1/cases/:id/evidence", registry.PermRecordRead, a.apiCaseEvidenceList),
		kit.Post("/api/v1/cases/:id/evidence", registry.PermRecordWrite, a.apiCaseEvidenceCreate),
		kit.Get("/api/v1/cases/:id/evidence/:child", registry.PermRecordRead, a.apiCaseEvidenceShow),
		kit.Patch("/api/v1/cases/:id/evidence/:child", registry.PermRecordWrite, a.apiCaseEvidencePatch),
		kit.Post("/api/v1/cases/:id/attachments", registry.PermRecordWrite, a.attach("case")).Upload(kit.UploadLimit),
		kit.Get("/api/v1/cases/:id/publications", registry.PermRecordRead, a.apiPublicationList),
		kit.Get("/api/v1/bulletins", registry.PermBulletinRead, a.apiBulletinList).MayLag(),
		kit.Post("/api/v1/bulletins", registry.PermBulletinWrite, a.apiBulletinCreate),
		kit.Get("/api/v1/bulletins/:id", registry.PermBulletinRead, a.apiBulletinShow),
		kit.Patch("/api/v1/bulletins/:id", registry.PermBulletinWrite, a.apiBulletinPatch),
		kit.Post("/api/v1/bulletins/:id/attachments", registry.PermRecordWrite, a.attach("bulletin")).Upload(kit.UploadLimit),
	}...)
}

package casefile

import (
	"time"

	"casebook/internal/registry"
	"casebook/internal/web/kit"
)

// area is this room's handlers: what they are given of the server.
type area struct{ *kit.Server }

// Routes are the addresses of this room. A server is needed only to answer them: the table can be read with nil.
func Routes(s *kit.Server) []kit.Route {
	a := area{s}
	return append(a.paperRoutes(),
		// Cases: the file and what is on it.
		kit.Get("/cases", registry.PermRecordRead, a.caseList).MayLag(),
		kit.Get("/cases/chosen", registry.PermRecordRead, a.chosen),
		kit.Get("/cases/sheets", registry.PermRecordRead, a.sheets),
		kit.Get("/cases/sheets.pdf", registry.PermRecordRead, a.sheetsPDF).Slow(3*time.Minute),
		kit.Get("/cases/new", registry.PermRecordWrite, a.caseNew),
		kit.Post("/cases", registry.PermRecordWrite, kit.CreateHandler(a.newCase)),
		kit.Get("/cases/:id", registry.PermRecordRead, a.caseShow),
		kit.Get("/cases/:id/parts/:part", registry.PermRecordRead, a.casePart),
		kit.Get("/cases/:id/edit", registry.PermRecordWrite, a.caseEdit),
		kit.Get("/cases/:id/sheet", registry.PermRecordRead, a.caseSheet),
		kit.Get("/cases/:id/sheet.pdf", registry.PermRecordRead, a.caseSheetPDF).Slow(time.Minute),
		kit.Post("/cases/:id", registry.PermRecordWrite, kit.UpdateHandler(a.storedCase)),
		kit.Post("/cases/:id/reviews", registry.PermRecordWrite, kit.CreateHandler(a.newReview)),
		kit.Get("/reviews/:id/edit", registry.PermRecordWrite, kit.EditHandler(a.storedReview)),
		kit.Post("/reviews/:id", registry.PermRecordWrite, kit.UpdateHandler(a.storedReview)),
		kit.Post("/reviews/:id/delete", registry.PermRecordWrite, kit.DeleteHandler(a.storedReview)),
		kit.Post("/cases/:id/number", registry.PermRecordWrite, a.caseNumber),
		kit.Post("/cases/:id/reopen", registry.PermRecordWrite, a.caseReopen),
		kit.Post("/history/:entity/:id/restore", registry.PermRecordWrite, a.recordRestore),
		kit.Get("/cases/:id/violations/new", registry.PermRecordWrite, a.violationNew),
		kit.Post("/cases/:id/violations", registry.PermRecordWrite, kit.CreateHandler(a.newViolation)),
		kit.Get("/violations/:id/edit", registry.PermRecordWrite, kit.EditHandler(a.storedViolation)),
		kit.Post("/violations/:id", registry.PermRecordWrite, kit.UpdateHandler(a.storedViolation)),
		kit.Get("/violations/:id/elements", registry.PermRecordWrite, kit.EditHandler(a.storedElements)),
		kit.Post("/violations/:id/elements", registry.PermRecordWrite, kit.UpdateHandler(a.storedElements)),
		kit.Post("/violations/:id/confirm", registry.PermRecordWrite, a.violationConfirm),
		kit.Post("/violations/:id/delete", registry.PermRecordWrite, kit.DeleteHandler(a.storedViolation)),
		kit.Get("/cases/:id/documents/new", registry.PermRecordWrite, a.documentNew),
		kit.Post("/cases/:id/documents", registry.PermRecordWrite, kit.CreateHandler(a.newDocument)),
		kit.Get("/documents/:id/edit", registry.PermRecordWrite, kit.EditHandler(a.storedDocument)),
		kit.Post("/documents/:id", registry.PermRecordWrite, kit.UpdateHandler(a.storedDocument)),
		kit.Post("/documents/:id/delete", registry.PermRecordWrite, kit.DeleteHandler(a.storedDocument)),
		kit.Post("/documents/:id/scan", registry.PermRecordWrite, a.documentScan).Upload(kit.UploadLimit),
		kit.Get("/cases/:id/steps", registry.PermRecordWrite, a.stepsNew),
		kit.Post("/cases/:id/steps", registry.PermRecordWrite, a.stepsAdd),
		kit.Get("/cases/:id/penalties/new", registry.PermRecordWrite, a.penaltyNew),
		kit.Post("/cases/:id/penalties", registry.PermRecordWrite, kit.CreateHandler(a.newPenalty)),
		kit.Get("/penalties/:id/edit", registry.PermRecordWrite, kit.EditHandler(a.storedPenalty)),
		kit.Post("/penalties/:id", registry.PermRecordWrite, kit.UpdateHandler(a.storedPenalty)),
		kit.Post("/penalties/:id/delete", registry.PermRecordWrite, kit.DeleteHandler(a.storedPenalty)),
		kit.Post("/cases/:id/payments", registry.PermRecordWrite, kit.CreateHandler(a.newPayment)),
		kit.Post("/payments/:id/delete", registry.PermRecordWrite, kit.DeleteHandler(a.storedPayment)),
	)
}

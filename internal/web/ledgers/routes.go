package ledgers

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
	return []kit.Route{
		// Ledgers.
		kit.Get("/exports", registry.PermExport, a.exportPage),
		kit.Get("/exports/ledger.xlsx", registry.PermExport, a.exportLedger).Slow(10 * time.Minute).MayLag(),
		kit.Get("/exports/diff.xlsx", registry.PermExport, a.exportDiff).Slow(10 * time.Minute).MayLag(),
		kit.Get("/exports/file", registry.PermExport, a.exportFile).Slow(10 * time.Minute).MayLag(),
		kit.Get("/exports/mine", registry.PermExport, a.jobList),
		kit.Get("/exports/mine/events", registry.PermExport, a.jobEvents(registry.JobExport)).Slow(10 * time.Minute),
		kit.Get("/exports/mine/:id/file", registry.PermExport, a.jobFile).Slow(30 * time.Minute),
		kit.Post("/exports/mine/:id/cancel", registry.PermExport, a.jobAct(registry.JobExport, "/exports/mine", "已取消", a.cancelJob)),
		kit.Post("/exports/mine/:id/again", registry.PermExport, a.jobAct(registry.JobExport, "/exports/mine", "已重新排队", a.runAgain)),
		kit.Post("/exports/mine/:id/delete", registry.PermExport, a.jobAct(registry.JobExport, "/exports/mine", "已删除", a.dropJob)),
		kit.Get("/api/v1/ledger", registry.PermExport, a.exportFile).Slow(10 * time.Minute).MayLag(),
		kit.Get("/api/v1/ledger/diff", registry.PermExport, a.exportDiff).Slow(10 * time.Minute).MayLag(),
		kit.Get("/imports/jobs", registry.PermRecordWrite, a.importJobs),
		kit.Get("/imports/jobs/events", registry.PermRecordWrite, a.jobEvents(registry.JobImport)).Slow(10 * time.Minute),
		kit.Post("/imports/jobs/:id/cancel", registry.PermRecordWrite, a.jobAct(registry.JobImport, "/imports/jobs", "已取消，一行也没有写入", a.cancelJob)),
		kit.Post("/imports/jobs/:id/again", registry.PermRecordWrite, a.jobAct(registry.JobImport, "/imports/jobs", "已重新排队", a.runAgain)),
		kit.Post("/imports/jobs/:id/delete", registry.PermRecordWrite, a.jobAct(registry.JobImport, "/imports/jobs", "已删除", a.dropJob)),
		kit.Get("/exports/profiles", registry.PermExport, a.profileList),
		kit.Get("/exports/profiles/new", registry.PermExport, a.profileNew),
		kit.Post("/exports/profiles", registry.PermExport, kit.CreateHandler(a.newProfile)),
		kit.Get("/exports/profiles/:id", registry.PermExport, kit.EditHandler(a.storedProfile)),
		kit.Post("/exports/profiles/:id", registry.PermExport, kit.UpdateHandler(a.storedProfile)),
		kit.Post("/exports/profiles/:id/delete", registry.PermExport, kit.DeleteHandler(a.storedProfile)),

		// Files that come back, heads of the chain, and what was exported.
		kit.Get("/verify", registry.PermAuditRead, a.verifyPage),
		kit.Post("/verify", registry.PermAuditRead, a.verifyUploaded).Upload(verifyUpload),
		kit.Post("/verify/heads", registry.PermAuditRead, a.signHead),
		kit.Get("/verify/heads/:id", registry.PermAuditRead, a.headFile),
		kit.Get("/verify/key.pem", registry.PermAuditRead, a.keyFile),
		kit.Get("/verify/register", registry.PermAuditRead, a.registerChecks),
		kit.Post("/verify/register", registry.PermAuditRead, a.checkRegister),
		kit.Get("/verify/register/events", registry.PermAuditRead, a.jobEvents(registry.JobVerify)).Slow(10 * time.Minute),
		kit.Post("/verify/register/:id/cancel", registry.PermAuditRead, a.jobAct(registry.JobVerify, "/verify/register", "已取消", a.cancelJob)),
		kit.Post("/verify/register/:id/delete", registry.PermAuditRead, a.jobAct(registry.JobVerify, "/verify/register", "已删除", a.dropJob)),
		kit.Get("/verify/exports", registry.PermAuditRead, a.exportList).MayLag(),
		kit.Get("/verify/exports/:id/seal.json", registry.PermAuditRead, a.exportSeal),

		// Statistics.
		kit.Get("/statistics", registry.PermRecordRead, a.statisticsPage).MayLag(),
		kit.Get("/statistics/brief", registry.PermExport, a.briefFile).Slow(time.Minute),
		kit.Get("/cases/:id/similar", registry.PermRecordRead, a.similarPage).MayLag(),

		// File reviews: random draws, score sheets, results.
		kit.Get("/draws", registry.PermDrawRead, a.drawList),
		kit.Get("/draws/new", registry.PermDraw, a.drawNew),
		kit.Post("/draws", registry.PermDraw, kit.CreateHandler(a.newDraw)),
		kit.Get("/draws/:id", registry.PermDrawRead, a.drawShow),
		kit.Get("/draws/:id/sheets", registry.PermDraw, a.drawSheets),
		kit.Get("/draws/:id/result.xlsx", registry.PermDraw, a.drawWorkbook).Slow(time.Minute),
		kit.Get("/draws/:id/cases/:child/result", registry.PermDraw, kit.EditHandler(a.resultEditing)),
		kit.Post("/draws/:id/cases/:child/result", registry.PermDraw, a.saveResult),
		kit.Get("/score-sheets", registry.PermDraw, a.scoreSheetList),
		kit.Get("/score-sheets/new", registry.PermDraw, a.scoreSheetNew),
		kit.Post("/score-sheets", registry.PermDraw, kit.CreateHandler(a.newScoreSheet)),
		kit.Get("/score-sheets/:id", registry.PermDraw, kit.EditHandler(a.storedScoreSheet)),
		kit.Post("/score-sheets/:id", registry.PermDraw, kit.UpdateHandler(a.storedScoreSheet)),

		// Another system's table beside the register.
		kit.Get("/reconcile", registry.PermReconcile, a.reconcileStart),
		kit.Post("/reconcile", registry.PermReconcile, a.reconcileUpload).Upload(21 << 20),
		kit.Get("/reconcile/:file", registry.PermReconcile, a.reconcileShow).Slow(2 * time.Minute),
		kit.Get("/reconcile/:file/result.xlsx", registry.PermReconcile, a.reconcileWorkbook).Slow(2 * time.Minute),

		// Closed months.
		kit.Get("/month-closings", registry.PermAuditRead, a.closingList),
		kit.Post("/month-closings", registry.PermAdmin, a.monthClose),
		kit.Get("/month-closings/:id/reopen", registry.PermAdmin, a.reopenForm),
		kit.Post("/month-closings/:id/reopen", registry.PermAdmin, a.monthReopen),

		// The audit log.
		kit.Get("/audit", registry.PermAuditRead, a.auditList).MayLag(),
		kit.Get("/audit/log.xlsx", registry.PermAuditRead, a.auditFile("xlsx")).Slow(10 * time.Minute).MayLag(),
		kit.Get("/audit/log.csv", registry.PermAuditRead, a.auditFile("csv")).Slow(10 * time.Minute).MayLag(),
		kit.Post("/audit/verify", registry.PermAuditRead, a.auditVerify).Slow(time.Minute),
	}
}

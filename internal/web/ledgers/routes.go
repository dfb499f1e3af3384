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

		// Closed months.
		kit.Get("/month-closings", registry.PermAuditRead, a.closingList),
		kit.Post("/month-closings", registry.PermAdmin, a.monthClose),
		kit.Get("/month-closings/:id/reopen", registry.PermAdmin, a.reopenForm),
		kit.Post("/month-closings/:id/reopen", registry.PermAdmin, a.monthReopen),

		// The audit log.
		kit.Get("/audit", registry.PermAuditRead, a.auditList).MayLag(),
		kit.Post("/audit/verify", registry.PermAuditRead, a.auditVerify).Slow(time.Minute),
	}
}

package law

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
		// The law catalogue.
		kit.Get("/statutes", registry.PermStatuteRead, a.statuteList),
		kit.Get("/statutes/violations", registry.PermStatuteRead, a.violationList),
		kit.Get("/statutes/violations/:code", registry.PermStatuteRead, a.violationType),
		kit.Get("/statutes/standards", registry.PermStatuteRead, a.standardList),
		kit.Get("/statutes/deadlines", registry.PermStatuteRead, a.deadlineList),
		kit.Get("/statutes/discretion", registry.PermStatuteRead, a.discretionList),
		kit.Get("/statutes/discretion/:table", registry.PermStatuteRead, a.discretionTable),
		kit.Post("/violations/:id/discretion-sheets", registry.PermRecordWrite, a.sheetCreate),
		kit.Get("/discretion-sheets/:id", registry.PermRecordRead, a.sheetShow),
		kit.Get("/statutes/compare", registry.PermStatuteRead, a.statuteCompareList),
		kit.Get("/statutes/compare/:law/:provision", registry.PermStatuteRead, a.statuteCompare),
		kit.Get("/statutes/:law", registry.PermStatuteRead, a.lawShow),
		kit.Get("/statutes/:law/:version", registry.PermStatuteRead, a.lawVersion),
		kit.Get("/statutes/:law/:version/revisions", registry.PermStatuteRead, a.lawRevisions),

		// Administration.
		kit.Get("/admin/calendar", registry.PermAdmin, a.calendarShow),
		kit.Get("/admin/calendar/new", registry.PermAdmin, a.noticeNew),
		kit.Post("/admin/calendar/preview", registry.PermAdmin, a.noticePreview),
		kit.Post("/admin/calendar", registry.PermAdmin, a.noticeCreate).Slow(10 * time.Minute), // counts every open case anew
		kit.Get("/admin/laws", registry.PermAdmin, a.lawAdmin),
		kit.Get("/admin/laws/new", registry.PermAdmin, a.lawNew),
		kit.Post("/admin/laws/preview", registry.PermAdmin, a.lawPreview).Upload(lawUpload),
		kit.Post("/admin/laws", registry.PermAdmin, a.lawCreate).Upload(lawUpload),
		kit.Get("/admin/laws/:law/:version/check", registry.PermAdmin, a.lawCheckForm),
		kit.Post("/admin/laws/:law/:version/check", registry.PermAdmin, a.lawCheck),
		kit.Post("/admin/laws/:law/:version/uncheck", registry.PermAdmin, a.lawUncheck),
	}
}

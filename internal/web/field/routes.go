package field

import (
	"casebook/internal/registry"
	"casebook/internal/web/kit"
)

// area is this room's handlers: what they are given of the server.
type area struct{ *kit.Server }

// visitLimit is what a form with its photos may have, where they are posted with it.
const visitLimit = 256 << 20

// Routes are the addresses of this room. A server is needed only to answer them: the table can be read with nil.
func Routes(s *kit.Server) []kit.Route {
	a := area{s}
	return []kit.Route{
		kit.Get("/field", registry.PermRecordWrite, a.start),
		kit.Get("/field/new", registry.PermRecordWrite, a.visitNew),
		kit.Post("/field", registry.PermRecordWrite, kit.CreateHandler(a.newVisit)).Upload(visitLimit),
		kit.Get("/field/:id", registry.PermRecordWrite, kit.EditHandler(a.storedVisit)),
		kit.Post("/field/:id", registry.PermRecordWrite, kit.UpdateHandler(a.storedVisit)).Upload(visitLimit),
		kit.Get("/field/:id/samples", registry.PermRecordWrite, a.samplesForm),
		kit.Post("/field/:id/samples", registry.PermRecordWrite, a.samplesAdd),

		// For the page's script.
		kit.Get("/field/me", registry.PermRecordWrite, a.me),
		kit.Get("/farms/:id/last", registry.PermRecordWrite, a.lastVisit),
		kit.Post("/field/judge", registry.PermRecordWrite, a.judge),
		kit.Post("/field/uploads", registry.PermRecordWrite, a.uploadBegin),
		kit.Get("/field/uploads/:upload", registry.PermRecordWrite, a.uploadHead),
		kit.Patch("/field/uploads/:upload", registry.PermRecordWrite, a.uploadAppend).Upload(pieceLimit),

		// What opens without a signal: a page without anything of anybody, and the worker that keeps it.
		kit.Get("/field/shell", registry.PermRecordWrite, a.shell),
		kit.Get("/sw.js", registry.PermPublic, a.worker),

		// What is typed into a form of the desk, before it is saved.
		kit.Post("/drafts", registry.PermSelf, a.draftKeep),
	}
}

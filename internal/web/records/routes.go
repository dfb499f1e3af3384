package records

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
		// Farms and parties.
		kit.Get("/farms", registry.PermRecordRead, a.farmList),
		kit.Get("/farms/new", registry.PermRecordWrite, a.farmNew),
		kit.Post("/farms", registry.PermRecordWrite, a.farmCreate),
		kit.Get("/farms/:id", registry.PermRecordRead, a.farmShow),
		kit.Get("/farms/:id/edit", registry.PermRecordWrite, a.farmEdit),
		kit.Post("/farms/:id", registry.PermRecordWrite, a.farmUpdate),
		kit.Post("/farms/:id/attachments", registry.PermRecordWrite, a.attachTo("farm", "farms")).Upload(kit.UploadLimit),
		kit.Get("/parties", registry.PermRecordRead, a.partyList),
		kit.Get("/parties/duplicates", registry.PermRecordRead, a.partyDuplicates),
		kit.Get("/parties/new", registry.PermRecordWrite, a.partyNew),
		kit.Post("/parties", registry.PermRecordWrite, a.partyCreate),
		kit.Get("/parties/:id", registry.PermRecordRead, a.partyShow),
		kit.Get("/parties/:id/edit", registry.PermRecordWrite, a.partyEdit),
		kit.Post("/parties/:id", registry.PermRecordWrite, a.partyUpdate),
		kit.Get("/parties/:id/merge", registry.PermRecordWrite, a.partyMergeForm),
		kit.Post("/parties/:id/merge", registry.PermRecordWrite, a.partyMerge),
		kit.Post("/parties/:id/unmerge", registry.PermRecordWrite, a.partyUnmerge),

		// Inspections and what hangs on them.
		kit.Get("/inspections", registry.PermRecordRead, a.inspectionList),
		kit.Get("/inspections/new", registry.PermRecordWrite, a.inspectionNew),
		kit.Post("/inspections", registry.PermRecordWrite, a.inspectionCreate),
		kit.Get("/inspections/:id", registry.PermRecordRead, a.inspectionShow),
		kit.Get("/inspections/:id/edit", registry.PermRecordWrite, a.inspectionEdit),
		kit.Post("/inspections/:id", registry.PermRecordWrite, a.inspectionUpdate),
		kit.Post("/inspections/:id/submit", registry.PermRecordWrite, a.inspectionSubmit),
		kit.Post("/inspections/:id/attachments", registry.PermRecordWrite, a.attachTo("inspection", "inspections")).Upload(kit.UploadLimit),
		kit.Get("/inspections/:id/samples/new", registry.PermRecordWrite, a.sampleNew),
		kit.Post("/inspections/:id/samples", registry.PermRecordWrite, a.sampleCreate),
		kit.Get("/samples/:id", registry.PermRecordRead, a.sampleShow),
		kit.Get("/samples/:id/edit", registry.PermRecordWrite, a.sampleEdit),
		kit.Post("/samples/:id", registry.PermRecordWrite, a.sampleUpdate),
		kit.Post("/samples/:id/delete", registry.PermRecordWrite, a.sampleDelete),
		kit.Get("/inspections/:id/evidence/new", registry.PermRecordWrite, a.evidenceNew),
		kit.Post("/inspections/:id/evidence", registry.PermRecordWrite, a.evidenceCreate),
		kit.Get("/cases/:id/evidence/new", registry.PermRecordWrite, a.evidenceNew),
		kit.Post("/cases/:id/evidence", registry.PermRecordWrite, a.evidenceCreate),
		kit.Post("/cases/:id/attachments", registry.PermRecordWrite, a.attachTo("case", "cases")).Upload(kit.UploadLimit),
		kit.Get("/evidence/:id", registry.PermRecordRead, a.evidenceShow),
		kit.Get("/evidence/:id/edit", registry.PermRecordWrite, a.evidenceEdit),
		kit.Post("/evidence/:id", registry.PermRecordWrite, a.evidenceUpdate),
		kit.Post("/evidence/:id/delete", registry.PermRecordWrite, a.evidenceDelete),

		// JSON: the same records for programs. Children hang under their parent.
		kit.Get("/attachments/:id", registry.PermRecordRead, a.attachmentShow).Slow(10 * time.Minute),
	}
}

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
	routes := []kit.Route{
		// Farms and parties.
		kit.Get("/farms", registry.PermRecordRead, a.farmList).MayLag(),
		kit.Get("/farms/duplicates", registry.PermRecordRead, a.farmDuplicates).MayLag(),
		kit.Get("/farms/new", registry.PermRecordWrite, a.farmNew),
		kit.Post("/farms", registry.PermRecordWrite, kit.CreateHandler(a.newFarm)),
		kit.Get("/farms/:id", registry.PermRecordRead, a.farmShow),
		kit.Get("/farms/:id/edit", registry.PermRecordWrite, kit.EditHandler(a.storedFarm)),
		kit.Post("/farms/:id", registry.PermRecordWrite, kit.UpdateHandler(a.storedFarm)),
		kit.Get("/farms/:id/merge", registry.PermRecordWrite, a.farmMergeForm),
		kit.Post("/farms/:id/merge", registry.PermRecordWrite, a.farmMerge),
		kit.Post("/farms/:id/unmerge", registry.PermRecordWrite, a.farmUnmerge),
		kit.Post("/farms/:id/attachments", registry.PermRecordWrite, a.attachTo("farm", "farms")).Upload(kit.UploadLimit),
		kit.Get("/parties", registry.PermRecordRead, a.partyList).MayLag(),
		kit.Get("/parties/duplicates", registry.PermRecordRead, a.partyDuplicates).MayLag(),
		kit.Get("/parties/new", registry.PermRecordWrite, a.partyNew),
		kit.Post("/parties", registry.PermRecordWrite, kit.CreateHandler(a.newParty)),
		kit.Get("/parties/:id", registry.PermRecordRead, a.partyShow),
		kit.Get("/parties/:id/edit", registry.PermRecordWrite, kit.EditHandler(a.storedParty)),
		kit.Post("/parties/:id", registry.PermRecordWrite, kit.UpdateHandler(a.storedParty)),
		kit.Get("/parties/:id/merge", registry.PermRecordWrite, a.partyMergeForm),
		kit.Post("/parties/:id/merge", registry.PermRecordWrite, a.partyMerge),
		kit.Post("/parties/:id/unmerge", registry.PermRecordWrite, a.partyUnmerge),

		// Inspections and what hangs on them.
		kit.Get("/inspections", registry.PermRecordRead, a.inspectionList).MayLag(),
		kit.Get("/inspections/new", registry.PermRecordWrite, a.inspectionNew),
		kit.Post("/inspections", registry.PermRecordWrite, kit.CreateHandler(a.newInspection)),
		kit.Get("/inspections/:id", registry.PermRecordRead, a.inspectionShow),
		kit.Get("/inspections/:id/edit", registry.PermRecordWrite, kit.EditHandler(a.storedInspection)),
		kit.Post("/inspections/:id", registry.PermRecordWrite, kit.UpdateHandler(a.storedInspection)),
		kit.Post("/inspections/:id/submit", registry.PermRecordWrite, a.inspectionSubmit),
		kit.Post("/inspections/:id/attachments", registry.PermRecordWrite, a.attachTo("inspection", "inspections")).Upload(kit.UploadLimit),
		kit.Get("/inspections/:id/samples/new", registry.PermRecordWrite, a.sampleNew),
		kit.Post("/inspections/:id/samples", registry.PermRecordWrite, kit.CreateHandler(a.newSample)),
		kit.Get("/samples/:id", registry.PermRecordRead, a.sampleShow),
		kit.Get("/samples/:id/edit", registry.PermRecordWrite, kit.EditHandler(a.storedSample)),
		kit.Post("/samples/:id", registry.PermRecordWrite, kit.UpdateHandler(a.storedSample)),
		kit.Post("/samples/:id/delete", registry.PermRecordWrite, kit.DeleteHandler(a.storedSample)),
		kit.Get("/inspections/:id/evidence/new", registry.PermRecordWrite, a.evidenceNew),
		kit.Post("/inspections/:id/evidence", registry.PermRecordWrite, kit.CreateHandler(a.newEvidence)),
		kit.Get("/cases/:id/evidence/new", registry.PermRecordWrite, a.evidenceNew),
		kit.Post("/cases/:id/evidence", registry.PermRecordWrite, kit.CreateHandler(a.newEvidence)),
		kit.Post("/cases/:id/evidence/take", registry.PermRecordWrite, a.evidenceTake),
		kit.Post("/cases/:id/attachments", registry.PermRecordWrite, a.attachTo("case", "cases")).Upload(kit.UploadLimit),
		kit.Get("/evidence/:id", registry.PermRecordRead, a.evidenceShow),
		kit.Get("/evidence/:id/edit", registry.PermRecordWrite, kit.EditHandler(a.storedEvidence)),
		kit.Post("/evidence/:id", registry.PermRecordWrite, kit.UpdateHandler(a.storedEvidence)),
		kit.Post("/evidence/:id/delete", registry.PermRecordWrite, kit.DeleteHandler(a.storedEvidence)),

		// JSON: the same records for programs. Children hang under their parent.
		kit.Get("/attachments/:id", registry.PermRecordRead, a.attachmentShow).Slow(10 * time.Minute),
		kit.Get("/attachments/:id/thumb", registry.PermRecordRead, a.photoThumb).Slow(time.Minute),
		kit.Get("/attachments/:id/marked", registry.PermRecordRead, a.photoMarked).Slow(time.Minute),
	}
	// What was entered by mistake.
	for _, v := range []voiding{{a, "farm", "farms"}, {a, "party", "parties"}, {a, "inspection", "inspections"}, {a, "case", "cases"}} {
		routes = append(routes, kit.Get("/"+v.path+"/:id/void", registry.PermRecordVoid, v.form),
			kit.Post("/"+v.path+"/:id/void", registry.PermRecordVoid, v.void), kit.Post("/"+v.path+"/:id/unvoid", registry.PermRecordVoid, v.unvoid))
	}
	return routes
}

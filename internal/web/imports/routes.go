package imports

import (
	"casebook/internal/registry"
	"casebook/internal/web/kit"
)

// area is this room's handlers: what they are given of the server.
type area struct{ *kit.Server }

// Routes are the addresses of this room. A server is needed only to answer them: the table can be read with nil.
func Routes(s *kit.Server) []kit.Route {
	a := area{s}
	return []kit.Route{
		// Reading what people already have.
		kit.Get("/imports", registry.PermRecordWrite, a.imports),
		kit.Get("/imports/bulletin", registry.PermRecordWrite, a.bulletinImport),
		kit.Post("/imports/bulletin", registry.PermRecordWrite, a.bulletinRead).Upload(textUpload),
		kit.Post("/imports/bulletin/cases", registry.PermRecordWrite, a.bulletinAccept).Upload(acceptedUpload),
		kit.Get("/imports/bulletin/:id", registry.PermRecordRead, a.publicationShow),
		// Where cases were published, also those that were entered by hand.
		kit.Get("/imports/sources/new", registry.PermRecordWrite, a.sourceNew),
		kit.Post("/imports/sources", registry.PermRecordWrite, kit.CreateHandler(a.newSource)),
		kit.Get("/imports/bulletin/:id/edit", registry.PermRecordWrite, kit.EditHandler(a.storedSource)),
		kit.Post("/imports/bulletin/:id", registry.PermRecordWrite, kit.UpdateHandler(a.storedSource)),
	}
}

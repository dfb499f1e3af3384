package lists

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
		kit.Get("/search", registry.PermRecordRead, a.search).MayLag(),
		kit.Post("/list-columns", registry.PermRecordRead, a.columns),
		kit.Post("/list-views", registry.PermRecordRead, kit.CreateHandler(a.newView)),
		kit.Get("/list-views/:id", registry.PermRecordRead, kit.EditHandler(a.storedView)),
		kit.Post("/list-views/:id", registry.PermRecordRead, kit.UpdateHandler(a.storedView)),
		kit.Post("/list-views/:id/delete", registry.PermRecordRead, kit.DeleteHandler(a.storedView)),
	}
}

// Pages are the pages of this room: a test checks the template of each against its struct.
var Pages = []kit.Page{searchPage{}, viewPage{}}

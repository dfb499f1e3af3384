package maps

import (
	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/web/kit"
)

// area is this room's handlers: what they are given of the server.
type area struct{ *kit.Server }

// Routes are the addresses of this room. A server is needed only to answer them: the table can be read with nil.
func Routes(s *kit.Server) []kit.Route {
	a := area{s}
	return []kit.Route{
		kit.Get("/map", registry.PermRecordRead, a.mapPage),
		kit.Get("/zones", registry.PermRecordRead, a.zoneList),
		kit.Get("/zones/new", registry.PermAdmin, a.zoneNew),
		kit.Post("/zones", registry.PermAdmin, kit.CreateHandler(a.newZone)).Upload(casework.MaxZoneFile + 1<<20),
		kit.Get("/zones/:id", registry.PermRecordRead, a.zoneShow),
		kit.Get("/zones/:id/edit", registry.PermAdmin, kit.EditHandler(a.storedZone)),
		kit.Post("/zones/:id", registry.PermAdmin, kit.UpdateHandler(a.storedZone)),
		kit.Get("/visits", registry.PermRecordRead, a.visits),
	}
}

// Pages are the pages of this room: a test checks the template of each against its struct.
var Pages = []kit.Page{mapPage{}, zoneListPage{}, zoneFormPage{}, zonePage{}, visitsPage{}}

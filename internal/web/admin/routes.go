package admin

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
		// Administration.
		kit.Get("/admin/users", registry.PermAdmin, a.userList),
		kit.Get("/admin/users/new", registry.PermAdmin, a.userNew),
		kit.Post("/admin/users", registry.PermAdmin, kit.CreateHandler(a.newUser)),
		kit.Get("/admin/users/:id", registry.PermAdmin, kit.EditHandler(a.storedUser)),
		kit.Post("/admin/users/:id", registry.PermAdmin, kit.UpdateHandler(a.storedUser)),
		kit.Post("/admin/users/:id/disabled", registry.PermAdmin, a.userDisable),
		kit.Post("/admin/users/:id/password", registry.PermAdmin, a.userResetPassword),
		kit.Get("/admin/bureau", registry.PermAdmin, kit.EditHandler(a.storedBureau)),
		kit.Post("/admin/bureau", registry.PermAdmin, kit.UpdateHandler(a.storedBureau)),
		kit.Get("/admin/organs", registry.PermAdmin, a.organList),
		kit.Get("/admin/organs/new", registry.PermAdmin, a.organNew),
		kit.Post("/admin/organs", registry.PermAdmin, kit.CreateHandler(a.newOrgan)),
		kit.Get("/admin/organs/:id", registry.PermAdmin, kit.EditHandler(a.storedOrgan)),
		kit.Post("/admin/organs/:id", registry.PermAdmin, kit.UpdateHandler(a.storedOrgan)),
		kit.Get("/admin/officers", registry.PermAdmin, a.officerList),
		kit.Get("/admin/officers/new", registry.PermAdmin, a.officerNew),
		kit.Post("/admin/officers", registry.PermAdmin, kit.CreateHandler(a.newOfficer)),
		kit.Get("/admin/officers/:id", registry.PermAdmin, kit.EditHandler(a.storedOfficer)),
		kit.Post("/admin/officers/:id", registry.PermAdmin, kit.UpdateHandler(a.storedOfficer)),
		kit.Get("/admin/document-kinds", registry.PermAdmin, a.kindList),
		kit.Get("/admin/document-kinds/new", registry.PermAdmin, a.kindNew),
		kit.Post("/admin/document-kinds", registry.PermAdmin, kit.CreateHandler(a.newKind)),
		kit.Get("/admin/document-kinds/:id", registry.PermAdmin, kit.EditHandler(a.storedKind)),
		kit.Get("/admin/wordings", registry.PermAdmin, a.wordingList),
		kit.Get("/admin/wordings/:paper", registry.PermAdmin, kit.EditHandler(a.storedWording)),
		kit.Post("/admin/wordings/:paper", registry.PermAdmin, kit.UpdateHandler(a.storedWording)),
		kit.Post("/admin/document-kinds/:id", registry.PermAdmin, kit.UpdateHandler(a.storedKind)),
	}
}

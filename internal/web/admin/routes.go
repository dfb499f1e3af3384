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
		kit.Post("/admin/users", registry.PermAdmin, a.userCreate),
		kit.Get("/admin/users/:id", registry.PermAdmin, a.userEdit),
		kit.Post("/admin/users/:id", registry.PermAdmin, a.userUpdate),
		kit.Post("/admin/users/:id/disabled", registry.PermAdmin, a.userDisable),
		kit.Post("/admin/users/:id/password", registry.PermAdmin, a.userResetPassword),
		kit.Get("/admin/bureau", registry.PermAdmin, a.bureauEdit),
		kit.Post("/admin/bureau", registry.PermAdmin, a.bureauUpdate),
		kit.Get("/admin/organs", registry.PermAdmin, a.organList),
		kit.Get("/admin/organs/new", registry.PermAdmin, a.organNew),
		kit.Post("/admin/organs", registry.PermAdmin, a.organCreate),
		kit.Get("/admin/organs/:id", registry.PermAdmin, a.organEdit),
		kit.Post("/admin/organs/:id", registry.PermAdmin, a.organUpdate),
		kit.Get("/admin/officers", registry.PermAdmin, a.officerList),
		kit.Get("/admin/officers/new", registry.PermAdmin, a.officerNew),
		kit.Post("/admin/officers", registry.PermAdmin, a.officerCreate),
		kit.Get("/admin/officers/:id", registry.PermAdmin, a.officerEdit),
		kit.Post("/admin/officers/:id", registry.PermAdmin, a.officerUpdate),
		kit.Get("/admin/document-kinds", registry.PermAdmin, a.kindList),
		kit.Get("/admin/document-kinds/new", registry.PermAdmin, a.kindNew),
		kit.Post("/admin/document-kinds", registry.PermAdmin, a.kindCreate),
		kit.Get("/admin/document-kinds/:id", registry.PermAdmin, a.kindEdit),
		kit.Post("/admin/document-kinds/:id", registry.PermAdmin, a.kindUpdate),
	}
}

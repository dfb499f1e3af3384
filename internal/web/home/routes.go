package home

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
		// Public: no sign-in.
		kit.Get("/healthz", registry.PermPublic, a.health),
		kit.Get("/readyz", registry.PermPublic, a.ready),
		kit.Get("/login", registry.PermPublic, a.signInPage),
		kit.Post("/login", registry.PermPublic, a.signIn),

		// About oneself.
		kit.Get("/", registry.PermSelf, a.home).MayLag(),
		kit.Get("/desk", registry.PermRecordRead, a.desk).MayLag(),
		kit.Get("/desk/week", registry.PermRecordRead, a.deskWeek).MayLag(),
		kit.Get("/more", registry.PermSelf, a.more),
		kit.Get("/password", registry.PermSelf, a.passwordPage),
		kit.Post("/password", registry.PermSelf, a.passwordChange),
		kit.Post("/logout", registry.PermSelf, a.signOut),
	}
}

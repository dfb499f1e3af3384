package web

import (
	"slices"

	"casebook/internal/web/admin"
	"casebook/internal/web/api"
	"casebook/internal/web/bulletins"
	"casebook/internal/web/casefile"
	"casebook/internal/web/field"
	"casebook/internal/web/home"
	"casebook/internal/web/imports"
	"casebook/internal/web/kit"
	"casebook/internal/web/law"
	"casebook/internal/web/ledgers"
	"casebook/internal/web/lists"
	"casebook/internal/web/maps"
	"casebook/internal/web/public"
	"casebook/internal/web/records"
)

// Routes is the product as a table: method, path, permission. Everything is registered from it, and the role-matrix test is generated
// from it.
func Routes() []kit.Route { return routes(nil) }

func routes(s *kit.Server) []kit.Route {
	return slices.Concat(
		kit.Routes(s),       // files that every page uses
		home.Routes(s),      // signing in, the desk
		records.Routes(s),   // farms, parties, inspections with their samples and exhibits
		field.Routes(s),     // an inspection on a phone, with a signal or without
		casefile.Routes(s),  // cases and what is on them
		imports.Routes(s),   // reading what people already have
		law.Routes(s),       // the catalogue
		bulletins.Routes(s), // typical cases
		ledgers.Routes(s),   // workbooks and the audit log
		maps.Routes(s),      // zones, the map, how often farms were visited
		lists.Routes(s),     // the search box, what people keep of lists
		admin.Routes(s),     // accounts, organs, officers, kinds
		api.Routes(s),       // JSON
		public.Routes(s),    // published bulletins, for anybody
	)
}

// Pages are the pages of all rooms.
func Pages() []kit.Page {
	return slices.Concat(kit.Pages, home.Pages, records.Pages, field.Pages, casefile.Pages, imports.Pages, law.Pages, bulletins.Pages, ledgers.Pages, lists.Pages, maps.Pages, admin.Pages, public.Pages)
}

// Papers are the formats of a bulletin's paper: what the use cases make and keep when one is approved.
var Papers = bulletins.Papers

// Files are the formats of an export, by their names: what jobs write, and the command.
var Files = ledgers.Files

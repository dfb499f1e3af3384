// Package web is the product as people and programs meet it: HTML pages at plain nouns and JSON under /api/v1. It is a front door with
// rooms: each area (records, casefile, law, …) owns its addresses, handlers, pages and templates, stands on web/kit, shares what several
// show in web/view, and imports no other area.
//
// A handler binds what was sent, calls casework, and renders or redirects. It holds no rule, no SQL and no formatting of money or dates:
// those belong to registry, store and the template functions. Every write passes casework, so that none can skip permission or audit.
//
// Look first at routes.go: the table of all addresses by room. Then at the room, and at kit for what its handlers are given.
package web

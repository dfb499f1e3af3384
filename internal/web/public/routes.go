package public

import (
	"net/http"
	"time"

	"casebook/internal/registry"
	"casebook/internal/web/kit"
)

// area is this room's handlers: what they are given of the server.
type area struct {
	*kit.Server
	papers *papers
}

// Routes are the addresses of this room. A server is needed only to answer them: the table can be read with nil.
func Routes(s *kit.Server) []kit.Route {
	a := area{s, &papers{}}
	get := func(path string, h func(*kit.Request) error) kit.Route {
		return kit.Get(path, registry.PermPublic, a.answered(h)).Open().MayLag()
	}
	return []kit.Route{
		get("/public", a.list),
		get("/public/bulletins.json", a.listJSON),
		get("/public/bulletins/:slug", a.bulletin), // a page, or with .pdf and .json the paper and the data
		get("/public/bulletins/:slug/pictures/:file", a.picture).Slow(time.Minute),
		get("/public/bulletins/:slug/reported", a.reported),
		kit.Post("/public/bulletins/:slug/report", registry.PermPublic, a.answered(a.report)).Open(),
		get("/public/law", a.laws),
		get("/public/law/:law", a.law),
		get("/public/feed.atom", a.feed),
		get("/public/sitemap.xml", a.sitemap),
		get("/public/*", a.nothing), // also while the site is closed: its own page, not the register's
	}
}

// Pages are the pages of this room: a test checks the template of each against its struct.
var Pages = []kit.Page{listPage{}, bulletinPage{}, gonePage{}, lawsPage{}, lawPage{}, reportedPage{}, errorPage{}}

func (a area) nothing(*kit.Request) error { return kit.StatusError{Status: http.StatusNotFound} }

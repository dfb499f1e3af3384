package public

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"path"
	"regexp"
	"strings"

	"casebook/internal/casework"
	"casebook/internal/web/kit"
)

// pageSize is how many bulletins a page of the list shows.
const pageSize = 20

// kept lets anybody keep a page, but ask each time whether it is still so: a bulletin that is withdrawn is gone at once, also for who has just read it. What has
// not changed is answered by its tag in a few bytes.
const kept = "public, max-age=0, must-revalidate"

// links say where the places of the site are: at addresses of the server, or in files of a folder.
type links interface {
	list(f casework.PublicFilter) string
	bulletin(slug string) string
	paper(slug string) string
	data(slug string) string
	picture(slug, hash string) string
	laws() string
	law(key string) string
	feed() string // empty where there is none
	css() string
	search() string // where the form of the search leads; empty where no server searches
	report(slug string) string
	// index are the scripts of a folder's own search, from the page, and the way up to its root; empty where a server searches.
	index() (script, root string)
}

// pictureEnding ends the address of a picture.
const pictureEnding = ".jpg"

// pictureFile is where a picture lies under the site, and in a folder of it.
func pictureFile(slug, hash string) string {
	return "bulletins/" + slug + "/pictures/" + hash + pictureEnding
}

// served are the links of a server.
type served struct{ *kit.Server }

func (served) list(f casework.PublicFilter) string {
	if q := queryOf(f); len(q) > 0 {
		return "/public?" + q.Encode()
	}
	return "/public"
}

func queryOf(f casework.PublicFilter) url.Values {
	q := url.Values{}
	for _, x := range [][2]string{{"district", f.District}, {"species", f.Species}, {"violation", f.Violation}, {"q", f.Q}} {
		if x[1] != "" {
			q.Set(x[0], x[1])
		}
	}
	return q
}

func (served) bulletin(slug string) string { return "/public/bulletins/" + url.PathEscape(slug) }
func (l served) paper(slug string) string  { return l.bulletin(slug) + ".pdf" }
func (l served) data(slug string) string   { return l.bulletin(slug) + ".json" }
func (l served) picture(slug, hash string) string {
	return l.bulletin(slug) + "/pictures/" + hash + pictureEnding
}
func (served) laws() string                 { return "/public/law" }
func (served) law(key string) string        { return "/public/law/" + url.PathEscape(key) }
func (served) feed() string                 { return "/public/feed.atom" }
func (l served) css() string                { return l.AssetURL("public.css") }
func (served) search() string               { return "/public" }
func (l served) report(slug string) string  { return l.bulletin(slug) + "/report" }
func (served) index() (script, root string) { return "", "" }

// filed are the links between files of a folder, from one of them: they lead on from file:// too.
type filed struct {
	from string
	fed  bool // the folder has a feed
}

func (l filed) to(name string) string { return l.up() + (&url.URL{Path: name}).EscapedPath() }

func (l filed) up() string { return strings.Repeat("../", strings.Count(l.from, "/")) }

// list of a folder has one condition at a time: the one that was set last.
func (l filed) list(f casework.PublicFilter) string { return l.to(listFile(f, 1)) }

// listFile is the file of a page of the list.
func listFile(f casework.PublicFilter, page int) string {
	name := "index.html"
	if page > 1 {
		name = fmt.Sprintf("page-%d.html", page)
	}
	for _, x := range [][2]string{{"violation", f.Violation}, {"species", f.Species}, {"district", f.District}} {
		if x[1] != "" {
			return path.Join(x[0], fileKey(x[1]), name)
		}
	}
	return name
}

var plainKey = regexp.MustCompile(`^[\p{L}\p{N}_-]{1,60}$`)

// fileKey is a key as the name of a folder: itself, unless it has signs that a file system reads.
func fileKey(key string) string {
	if plainKey.MatchString(key) {
		return key
	}
	sum := sha256.Sum256([]byte(key))
	return hex.EncodeToString(sum[:8])
}

func (l filed) bulletin(slug string) string      { return l.to("bulletins/" + slug + "/index.html") }
func (l filed) paper(slug string) string         { return l.to("bulletins/" + slug + ".pdf") }
func (l filed) data(slug string) string          { return l.to("bulletins/" + slug + ".json") }
func (l filed) picture(slug, hash string) string { return l.to(pictureFile(slug, hash)) }
func (l filed) laws() string                     { return l.to("law/index.html") }
func (l filed) law(key string) string            { return l.to("law/" + fileKey(key) + "/index.html") }

func (l filed) feed() string {
	if !l.fed {
		return ""
	}
	return l.to("feed.atom")
}

func (l filed) css() string        { return l.to("public.css") }
func (filed) search() string       { return "" }
func (filed) report(string) string { return "" }

func (l filed) index() (script, root string) { return l.to(searchScript), l.up() }

// The files of a folder's search.
const (
	searchScript = "public-search.js"
	searchIndex  = "public-index.js"
)

// frame is what stands around every page of the site.
type frame struct {
	Title, Bureau                string
	Home, Laws, Feed, Stylesheet string
	Demo, Bare                   bool // Bare: nothing leads anywhere, since the site is closed
}

func (a area) frame(l links, title string) frame {
	return frame{Title: title, Bureau: a.Service.Bureau().Name, Home: l.list(casework.PublicFilter{}), Laws: l.laws(), Feed: l.feed(), Stylesheet: l.css(), Demo: a.Options.Demo}
}

// served are the links of this server.
func (a area) served() served { return served{a.Server} }

// base is what addresses begin with for people elsewhere: --public-url, or without one the name that this machine was asked by.
func (a area) base(r *kit.Request) string {
	if origin := a.Origin(); origin != "" {
		return origin
	}
	scheme := "http"
	if a.Options.TLS {
		scheme = "https"
	}
	return scheme + "://" + r.Request().Host
}

type errorPage struct {
	frame
	Detail string
}

func (errorPage) Template() string { return "public/error" }

// answered is a handler whose errors are answered with the site's own page; of a closed site every address answers 404.
func (a area) answered(h func(*kit.Request) error) func(*kit.Request) error {
	return func(r *kit.Request) error {
		if !a.Service.PublicSiteOpen() {
			return a.fail(r, kit.StatusError{Status: http.StatusNotFound})
		}
		err := h(r)
		if err == nil || r.Response().Committed || errors.Is(err, context.Canceled) {
			return err
		}
		return a.fail(r, err)
	}
}

func (a area) fail(r *kit.Request, err error) error {
	p := kit.ProblemOf(err)
	r.Unavailable(p.Status, err)
	h := r.Response().Header()
	h.Del("ETag")
	h.Set("Cache-Control", "no-store")
	if strings.HasSuffix(r.Request().URL.Path, ".json") {
		b, err := json.Marshal(map[string]any{"status": p.Status, "title": p.Title, "detail": p.Detail})
		if err != nil {
			return err
		}
		return r.Blob(p.Status, "application/problem+json", append(b, '\n'))
	}
	page := errorPage{a.frame(a.served(), p.Title), p.Detail}
	for _, f := range p.Errors {
		page.Detail = f.Message
	}
	if page.Bare = !a.Service.PublicSiteOpen(); page.Bare {
		page.Feed = ""
	}
	b, err := a.Render(page)
	if err != nil {
		return err
	}
	return r.HTMLBlob(p.Status, b)
}

// page sends a page that anybody may keep.
func (a area) page(r *kit.Request, p kit.Page) error {
	b, err := a.Render(p)
	if err != nil {
		return err
	}
	return a.send(r, "text/html; charset=utf-8", b)
}

// send answers with content that has its hash for a tag: who has it already is told so. The tag is weak, since the same answer may go compressed.
func (a area) send(r *kit.Request, mediaType string, body []byte) error {
	sum := sha256.Sum256(body)
	tag := `W/"` + hex.EncodeToString(sum[:12]) + `"`
	h := r.Response().Header()
	h.Set("Cache-Control", kept)
	h.Set("ETag", tag)
	for have := range strings.SplitSeq(r.Request().Header.Get("If-None-Match"), ",") {
		if have = strings.TrimSpace(have); have == tag || have == "*" || "W/"+have == tag {
			return r.NoContent(http.StatusNotModified)
		}
	}
	return r.Blob(http.StatusOK, mediaType, body)
}

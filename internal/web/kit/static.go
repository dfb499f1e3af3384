package kit

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"html"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"

	"github.com/labstack/echo/v4"

	"casebook/templates"
)

//go:embed static
var staticFiles embed.FS

// files are what pages are made of.
type files struct{ templates, static fs.FS }

// The places of the files in the repository.
const (
	templatesDir = "templates"
	staticDir    = "internal/web/kit/static"
)

// filesOf are the files of a repository on disk, or without one those built in.
func filesOf(repository fs.FS) (f files, err error) {
	f.templates = templates.Files
	if repository == nil {
		f.static, err = fs.Sub(staticFiles, "static")
		return f, err
	}
	for _, dir := range []string{templatesDir, staticDir} {
		if info, err := fs.Stat(repository, dir); err != nil || !info.IsDir() {
			return f, fmt.Errorf("--dev 要在代码仓库的根目录下运行：这里没有 %s", dir)
		}
	}
	if f.templates, err = fs.Sub(repository, templatesDir); err != nil {
		return f, err
	}
	f.static, err = fs.Sub(repository, staticDir)
	return f, err
}

// asset is a file of static/ in memory.
type asset struct {
	body      []byte
	mediaType string
	hash      string
}

// assets are all of them by name. A name is looked up in a map, so that no path can lead elsewhere.
type assets map[string]asset

func loadAssets(static fs.FS) (assets, error) {
	all := assets{}
	entries, err := fs.ReadDir(static, ".")
	if err != nil {
		return nil, fmt.Errorf("list static files: %w", err)
	}
	types := map[string]string{".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}
	for _, e := range entries {
		body, err := fs.ReadFile(static, e.Name())
		if err != nil {
			return nil, fmt.Errorf("read static file: %w", err)
		}
		sum := sha256.Sum256(body)
		a := asset{body: body, mediaType: types[path.Ext(e.Name())], hash: hex.EncodeToString(sum[:6])}
		if a.mediaType == "" {
			a.mediaType = mime.TypeByExtension(path.Ext(e.Name()))
		}
		all[e.Name()] = a
	}
	return all, nil
}

// url carries the file's hash, so that browsers may keep it for ever and fetch a new one after an upgrade.
func (a assets) url(name string) string {
	return "/static/" + name + "?v=" + a[name].hash
}

// icon draws one symbol of static/icons.svg. It is decoration: the word beside it says the same.
func (a assets) icon(name string) HTML {
	return HTML(`<svg class="icon" aria-hidden="true" focusable="false"><use href="` + a.url("icons.svg") + "#" + html.EscapeString(name) + `"/></svg>`)
}

// currentAssets are the files read at start, or with Options.Dev those on disk as they are now.
func (s *Server) currentAssets() (assets, error) {
	if s.Options.Dev == nil {
		return s.views.assets, nil
	}
	return loadAssets(s.files.static)
}

func (s *Server) static(r *Request) error { return s.sendAsset(r, r.Param("file")) }

func (s *Server) favicon(r *Request) error { return s.sendAsset(r, "favicon.svg") }

func (s *Server) sendAsset(r *Request, name string) error {
	all, err := s.currentAssets()
	if err != nil {
		return err
	}
	a, ok := all[name]
	if !ok {
		return echo.ErrNotFound
	}
	h := r.Response().Header()
	h.Set("Cache-Control", "public, max-age=300")
	if r.QueryParam("v") == a.hash {
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	h.Set("ETag", `"`+a.hash+`"`)
	if r.Request().Header.Get("If-None-Match") == `"`+a.hash+`"` {
		return r.NoContent(http.StatusNotModified)
	}
	return r.Blob(http.StatusOK, a.mediaType, a.body)
}

// Asset is a static file, for who keeps a page elsewhere.
func (s *Server) Asset(name string) ([]byte, error) {
	all, err := s.currentAssets()
	if err != nil {
		return nil, err
	}
	a, ok := all[name]
	if !ok {
		return nil, fmt.Errorf("no static file %s", name)
	}
	return a.body, nil
}

// AssetURL is the address of a static file with its hash: browsers may keep it for ever.
func (s *Server) AssetURL(name string) string { return s.views.assets.url(name) }

// Origin is what addresses of this server begin with for people elsewhere, without a slash at the end; empty without --public-url.
func (s *Server) Origin() string { return strings.TrimSuffix(s.Options.PublicURL, "/") }

// Unavailable logs an error that is not the asker's fault, for who answers a request with a page of its own.
func (r *Request) Unavailable(status int, err error) { r.Server.unavailable(r, status, err) }

// robots keeps crawlers out of everything but the public pages.
func (s *Server) robots(r *Request) error {
	return r.String(http.StatusOK, "User-agent: *\nAllow: /public\nDisallow: /\n")
}

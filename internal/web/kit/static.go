package kit

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"path"

	"github.com/labstack/echo/v4"
)

//go:embed static
var staticFiles embed.FS

// asset is a file of static/, held in memory: a name is looked up in a map, so no path can lead elsewhere.
type asset struct {
	body      []byte
	mediaType string
	hash      string
}

func loadAssets() (map[string]asset, error) {
	assets := map[string]asset{}
	entries, err := fs.ReadDir(staticFiles, "static")
	if err != nil {
		return nil, fmt.Errorf("list static files: %w", err)
	}
	types := map[string]string{".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}
	for _, e := range entries {
		body, err := fs.ReadFile(staticFiles, path.Join("static", e.Name()))
		if err != nil {
			return nil, fmt.Errorf("read static file: %w", err)
		}
		sum := sha256.Sum256(body)
		a := asset{body: body, mediaType: types[path.Ext(e.Name())], hash: hex.EncodeToString(sum[:6])}
		if a.mediaType == "" {
			a.mediaType = mime.TypeByExtension(path.Ext(e.Name()))
		}
		assets[e.Name()] = a
	}
	return assets, nil
}

// assetURL carries the file's hash, so that browsers may keep it for ever and fetch a new one after an upgrade.
func (s *Server) assetURL(name string) string {
	return "/static/" + name + "?v=" + s.assets[name].hash
}

func (s *Server) static(r *Request) error { return s.sendAsset(r, r.Param("file")) }

func (s *Server) favicon(r *Request) error { return s.sendAsset(r, "favicon.svg") }

func (s *Server) sendAsset(r *Request, name string) error {
	a, ok := s.assets[name]
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

// robots keeps crawlers out of everything but the public pages.
func (s *Server) robots(r *Request) error {
	return r.String(http.StatusOK, "User-agent: *\nAllow: /public\nDisallow: /\n")
}

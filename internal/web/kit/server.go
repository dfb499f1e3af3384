package kit

import (
	"cmp"
	"crypto/rand"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"time"

	"github.com/labstack/echo/v4"

	"casebook/internal/casework"
	"casebook/internal/registry"
)

// Options wire a server.
type Options struct {
	Service      *casework.Service
	Logger       *slog.Logger
	PublicURL    string     // https://host[:port] that people type; empty when only this machine is served
	TrustedProxy *net.IPNet // the reverse proxy whose X-Forwarded-For is believed; nil believes nobody's
	TLS          bool       // people reach the server by https, here or at the proxy
	Demo         bool       // every page says that the register holds samples
	Now          func() time.Time
	Secret       []byte // that all servers of the register sign with; nil makes one for this server
	Compare      bool   // every page is drawn by html/template too, and a difference is an error: for tests
	JobAbove     int    // how many cases an export or a verification may read while somebody waits, more are a job; 0: casework.JobAbove
	Dev          fs.FS  // the repository, while people work on its pages: templates and static files are read from it for each answer
}

// Server answers HTTP. Make it with New.
type Server struct {
	Options Options
	Service *casework.Service
	Log     *slog.Logger
	Now     func() time.Time
	origin  *url.URL // of PublicURL; nil without one
	secret  []byte   // signs flash messages and tickets
	files   files
	views   *views
	Pages   map[string]bool // paths that GET answers, for the navigation
	rooms   Rooms
	handler http.Handler

	stopping chan struct{} // closed once the server stops
	stopOnce sync.Once
}

// Rooms are what stands on the kit: the routes of all areas, and the template functions that know nouns.
type Rooms struct {
	Routes func(*Server) []Route
	Funcs  func(*Server) map[string]any
	Labels func(*Server, Labels) Labels // a form's labels as this bureau calls them
	// Written lists the records that a request to write is about: an officer of a branch is let in where they are the branch's.
	Written func(*Request) []Record
	// The places that the frame of a page leads to: in the left column, in the bottom bar of a phone by role (更多 follows them), and the
	// shorter labels they have there.
	Navigation []NavGroup
	Bottom     map[registry.Role][]string
	Short      map[string]string
}

// Record names one record: the noun as the history calls it, and the id.
type Record struct {
	Entity string
	ID     int64
}

// New builds the server from the route table. It fails on a route without a permission and on a template that does not parse.
func New(opt Options, rooms Rooms) (*Server, error) {
	s := &Server{Options: opt, rooms: rooms, Service: opt.Service, Log: opt.Logger, Now: opt.Now, secret: opt.Secret, Pages: map[string]bool{}, stopping: make(chan struct{})}
	if len(s.secret) == 0 {
		s.secret = []byte(rand.Text())
	}
	if s.Log == nil {
		s.Log = slog.New(slog.DiscardHandler)
	}
	if s.Now == nil {
		s.Now = time.Now
	}
	if opt.PublicURL != "" {
		u, err := url.Parse(opt.PublicURL)
		if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
			return nil, fmt.Errorf("--public-url %q 应是 https://主机[:端口]", opt.PublicURL)
		}
		s.origin = u
	}
	var err error
	if s.files, err = filesOf(opt.Dev); err != nil {
		return nil, err
	}
	if s.views, err = parseViews(s.files, rooms.Funcs(s)); err != nil {
		return nil, err
	}
	e := echo.New()
	e.HideBanner, e.HidePort = true, true
	e.HTTPErrorHandler = func(err error, c echo.Context) { s.fail(c, err) }
	// Without an extractor Echo believes anybody's X-Forwarded-For, and the sign-in throttle could be walked around.
	e.IPExtractor = echo.ExtractIPDirect()
	if opt.TrustedProxy != nil {
		e.IPExtractor = echo.ExtractIPFromXFFHeader(echo.TrustLoopback(false), echo.TrustLinkLocal(false), echo.TrustPrivateNet(false), echo.TrustIPRange(opt.TrustedProxy))
	}
	e.Use(s.outermost)
	for _, route := range rooms.Routes(s) {
		if err := s.register(e, route); err != nil {
			return nil, err
		}
	}
	s.handler = e
	return s, nil
}

func (s *Server) register(e *echo.Echo, route Route) error {
	if !grantable(route.Permission) {
		return fmt.Errorf("route %s %s has no permission that any role has: %q", route.Method, route.Path, route.Permission)
	}
	h := s.guard(route)
	if !route.file {
		h = zipped(h)
	}
	e.Add(route.Method, route.Path, h)
	if route.Method == http.MethodGet {
		e.Add(http.MethodHead, route.Path, h)
		s.Pages[route.Path] = true
	}
	return nil
}

// grantable reports whether anybody can ever have p: a mistyped permission would otherwise close a page for good.
func grantable(p registry.Permission) bool {
	return p == registry.PermPublic || slices.ContainsFunc(registry.Roles, func(r registry.Role) bool { return r.Can(p) })
}

// JobAbove is how many cases an export or a verification may read while somebody waits.
func (s *Server) JobAbove() int { return cmp.Or(s.Options.JobAbove, casework.JobAbove) }

// Handler answers every request.
func (s *Server) Handler() http.Handler { return s.handler }

// HTTPServer has the limits that keep slow and large clients from holding the server. Routes that send or take more extend
// their own deadlines.
func (s *Server) HTTPServer(addr string) *http.Server {
	return s.onShutdown(&http.Server{
		Addr: addr, Handler: s.handler, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 30 * time.Second, WriteTimeout: 60 * time.Second,
		IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10, ErrorLog: slog.NewLogLogger(s.Log.Handler(), slog.LevelWarn),
	})
}

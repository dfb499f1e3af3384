package webtest

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"path/filepath"

	"casebook/internal/seal"
	"casebook/internal/store"
	"casebook/internal/web"
)

// Cut takes the server away in the middle of whatever it does: connections break, and nobody answers at its address.
func (a *App) Cut() {
	a.T.Helper()
	a.Server.CloseClientConnections()
	a.Server.Close()
	if err := a.DB.Close(); err != nil {
		a.T.Fatal(err)
	}
}

// Back starts the product again on the same register, at the same address. front stands around it, where it is not nil: it may count and break
// requests.
func (a *App) Back(front func(http.Handler) http.Handler) {
	a.T.Helper()
	ctx := context.Background()
	db, err := store.Open(ctx, a.DB.Dir(), store.Options{Now: a.Now(), Database: a.database})
	if err != nil {
		a.T.Fatal(err)
	}
	a.T.Cleanup(func() { _ = db.Close() }) // the directory is removed anyway
	a.DB, a.Service = db, newService(db, a.Now, a.options.Logger, seal.KeyFile(filepath.Join(db.Dir(), "head.key")))
	if err := a.Service.LoadLaws(ctx); err != nil {
		a.T.Fatal(err)
	}
	if err := a.Service.LoadKept(ctx); err != nil {
		a.T.Fatal(err)
	}
	a.options.Service = a.Service
	s, err := web.New(a.options)
	if err != nil {
		a.T.Fatal(err)
	}
	l, err := net.Listen("tcp", a.Server.Listener.Addr().String())
	if err != nil {
		a.T.Fatal(err)
	}
	a.Server = &httptest.Server{Listener: l, Config: s.HTTPServer("")}
	if front != nil {
		a.Server.Config.Handler = front(s.Handler())
	}
	a.Server.Start()
	a.T.Cleanup(a.Server.Close)
}

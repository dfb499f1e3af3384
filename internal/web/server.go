package web

import (
	"casebook/internal/web/kit"
	"casebook/internal/web/view"
)

// Options wire a server.
type Options = kit.Options

// New builds the server: the rooms' routes and the template functions that know nouns, on the kit.
func New(opt Options) (*kit.Server, error) {
	return kit.New(opt, kit.Rooms{Routes: routes, Funcs: view.Funcs, Labels: view.LocalLabels, Written: written, Navigation: navigation, Bottom: bottomBar, Short: shortLabels})
}

package kit

import (
	"slices"
	"strings"

	"casebook/internal/registry"
)

// Layout is what the frame around a page shows. Every page struct embeds it: Layout: r.layout("养殖场").
type Layout struct {
	Title string
	Path  string // of the request, without its query
	User  registry.User
	Token string // the form token of this page
	Demo  bool
	Flash *Flash

	Notices []string // what is not as usual now: work that goes on behind the server

	Nav    []NavGroup
	Bottom []NavItem
	Wide   bool // a page of wide tables uses the whole window

	SearchedFor string // what the search box holds
	OwnDistrict string // of the signed-in person's branch
	ReadOnly    string // why this person may only read the record of the page, as the page says it
}

// Can reports whether the signed-in person has a permission for the record of the page, so that it does not offer what would be refused.
func (l Layout) Can(p registry.Permission) bool { return can(l.User.Role, p, l.ReadOnly) }

// Flash is a message shown once, after a redirect.
type Flash struct{ Tone, Text string } // Tone: ok, warn, danger

// NavItem is a place of the product.
type NavItem struct {
	Href, Label, Icon string
	Permission        registry.Permission
	Current           bool
}

// NavGroup is places under one heading.
type NavGroup struct {
	Label string
	Items []NavItem
}

// Layout begins a page.
func (r *Request) Layout(title string) Layout {
	l := Layout{Title: title, Path: r.Request().URL.Path, User: r.User, Demo: r.Server.Options.Demo, ReadOnly: r.ReadOnly, OwnDistrict: r.OwnDistrict(), Token: r.FormToken(), Flash: r.takeFlash()}
	if r.User.ID == 0 {
		return l
	}
	l.Notices = r.Server.Service.Notices()
	places := map[string]NavItem{}
	for _, g := range r.Server.rooms.Navigation {
		shown := NavGroup{Label: g.Label}
		for _, item := range g.Items {
			if !r.User.Role.Can(item.Permission) || !r.Server.Pages[item.Href] {
				continue
			}
			item.Current = l.Path == item.Href || item.Href != "/" && strings.HasPrefix(l.Path, item.Href+"/")
			shown.Items = append(shown.Items, item)
			places[item.Href] = item
		}
		if len(shown.Items) > 0 {
			l.Nav = append(l.Nav, shown)
		}
	}
	for _, href := range r.Server.rooms.Bottom[r.User.Role] {
		if item, ok := places[href]; ok {
			if s := r.Server.rooms.Short[href]; s != "" {
				item.Label = s
			}
			l.Bottom = append(l.Bottom, item)
		}
	}
	more := NavItem{Href: "/more", Label: "更多", Icon: "more"}
	more.Current = !slices.ContainsFunc(l.Bottom, func(i NavItem) bool { return i.Current })
	l.Bottom = append(l.Bottom, more)
	return l
}

// wide makes the page use the whole width of the window.
func (l Layout) FullWidth() Layout {
	l.Wide = true
	return l
}

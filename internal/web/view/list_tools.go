package view

import (
	"net/url"
	"slices"
	"strings"

	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/web/kit"
)

// ListTools are what stands around a list beside its filters: the views to choose from, the columns, their headers.
type ListTools struct {
	casework.ListSetup
	Heads     []ListHead
	Links     []ViewLink
	Choices   []ColumnChoice // the columns that the list has by itself
	More      []ColumnChoice // the others, folded
	Query     string         // what a view that is saved now would keep
	Saved     []string       // and its columns
	Back      string         // this address
	ClientUID string
	Token     string
	Changed   bool // the open view is narrowed or ordered in another way than it was saved
	Editable  bool // the open view may be changed by who sees it
}

// ListHead is the header of a column. Sort is where it leads; empty where the list cannot be in its order.
type ListHead struct {
	Key, Label, Sort string
	Class            kit.HTMLAttr
	Sorted           kit.HTMLAttr // aria-sort
}

// ViewLink is a view to open.
type ViewLink struct {
	Name, Href string
	Shared     bool
	Current    bool
}

// ColumnChoice is a column to show or not.
type ColumnChoice struct {
	Key, Label string
	Shown      bool
	Always     bool // the first one
}

// viewParam names the view that is open in a list's address.
const viewParam = "view"

// ToolsOf reads how the person of a request sees a list.
func ToolsOf(s *kit.Server, r *kit.Request, l *kit.List, list string) (t ListTools, err error) {
	if t.ListSetup, err = s.Service.ListSetup(r.Ctx(), r.Actor, list, kit.QueryID[registry.ListViewID](r, viewParam)); err != nil {
		return t, err
	}
	if t.View == nil { // gone meanwhile: the list is as its conditions say
		l.Query.Del(viewParam)
	}
	t.Query, t.ClientUID, t.Token, t.Back = condition(t.Kind, l.Query), kit.NewUUID(), r.FormToken(), r.Request().URL.RequestURI()
	for _, x := range t.Views {
		t.Links = append(t.Links, ViewLink{x.Name, ViewHref(&x), x.Shared, t.View != nil && t.View.ID == x.ID})
	}
	if t.View != nil {
		l.Hide(viewParam, kit.Itoa(int64(t.View.ID)))
		t.Changed, t.Editable = t.Query != t.View.Query, casework.MayChangeView(r.Actor, t.View)
	}
	for i, c := range t.Kind.Columns {
		x := ColumnChoice{c.Key, c.Label, t.Shows(c.Key), i == 0}
		if i == 0 || c.Own || x.Shown {
			t.Choices = append(t.Choices, x)
		} else {
			t.More = append(t.More, x)
		}
	}
	for _, c := range t.Columns {
		h := ListHead{Key: c.Key, Label: c.Label}
		if c.Class == "num" {
			h.Class = ` class="num"`
		}
		if c.Sort != "" && (l.Q == "" || c.Sort == "id") { // what is searched for comes as it was registered
			h.Sort = l.SortURL(c.Sort)
			if w := l.Sorted(c.Sort); w != "" {
				h.Sorted = kit.HTMLAttr(` aria-sort="` + w + `"`)
			}
		}
		t.Heads, t.Saved = append(t.Heads, h), append(t.Saved, c.Key)
	}
	return t, nil
}

// ViewHref is where a view is opened: the list with its conditions, which may be changed there.
func ViewHref(x *registry.ListView) string {
	path := "/"
	if k, ok := casework.KindOfList(x.List); ok {
		path = k.Path
	}
	q, err := url.ParseQuery(x.Query)
	if err != nil {
		q = url.Values{}
	}
	if x.ID != 0 {
		q.Set(viewParam, kit.Itoa(int64(x.ID)))
	}
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}

// condition is what a view keeps of a list's address.
func condition(k *casework.ListKind, query url.Values) string {
	kept := url.Values{}
	for _, name := range k.Params {
		if v := strings.TrimSpace(query.Get(name)); v != "" {
			kept.Set(name, v)
		}
	}
	return kept.Encode()
}

// PageOf is a page of a list in the order that its address asks for; byID and up are kit.List's sort put into what the store reads.
func PageOf(l *kit.List, kind string) casework.Page {
	p := casework.Page{Cursor: l.Cursor(), Limit: kit.PageSize}
	k, ok := casework.KindOfList(kind)
	if sort := l.Sort(); ok && slices.Contains(k.Sorts, sort) {
		p.ByID = strings.TrimPrefix(sort, "-") == "id"
		p.Up = !strings.HasPrefix(sort, "-")
	}
	return p
}

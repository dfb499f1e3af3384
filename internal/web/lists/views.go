package lists

import (
	"strings"

	"casebook/internal/casework"
	"casebook/internal/registry"
	"casebook/internal/web/kit"
	"casebook/internal/web/view"
)

var viewLabels = kit.LabelsOf(registry.ListViewFields, nil)

// viewFields binds a view. The list's page sends its condition and its columns as it has them; nobody types them.
func viewFields(f *kit.Form, x *registry.ListView) {
	f.Meta(&x.Meta)
	f.Text("name", &x.Name)
	f.Bool("shared", &x.Shared)
	f.Text("list", &x.List)
	f.Text("query", &x.Query)
	f.Bind("columns", strings.Join(x.Columns, ","), func(typed string) error {
		x.Columns = keysOf(strings.Split(typed, ","))
		return nil
	})
}

func keysOf(typed []string) (keys []string) {
	for _, k := range typed {
		if k = strings.TrimSpace(k); k != "" {
			keys = append(keys, k)
		}
	}
	return keys
}

type viewPage struct {
	kit.Layout
	Form    *kit.Form
	View    registry.ListView
	List    string   // the list's name
	Columns []string // in words
	Open    string   // the address of the list with it
	Mine    bool     // may be changed by who sees it
	History []view.HistoryEntry
}

func (viewPage) Template() string { return "lists/view" }

func (s area) viewEditing(r *kit.Request, stored registry.ListView) kit.Editing[registry.ListView] {
	home := func(x registry.ListView) string { return view.ViewHref(&x) }
	return kit.Editing[registry.ListView]{
		Record: stored, Labels: viewLabels, Fields: viewFields,
		Page: func(f *kit.Form, x registry.ListView) error {
			p := viewPage{Layout: r.Layout("列表视图"), Form: f, View: stored, Open: view.ViewHref(&x), Mine: stored.ID == 0 || casework.MayChangeView(r.Actor, &stored)}
			if kind, ok := casework.KindOfList(x.List); ok {
				p.List = kind.Label
				for _, c := range kind.Columns {
					for _, key := range x.Columns {
						if c.Key == key {
							p.Columns = append(p.Columns, c.Label)
						}
					}
				}
			}
			if stored.ID != 0 {
				revisions, err := s.Service.Revisions(r.Ctx(), r.Actor, registry.PermRecordRead, "list_view", int64(stored.ID))
				if err != nil {
					return err
				}
				p.History = view.History(r, revisions, registry.ListViewFields, nil)
			}
			return r.Form(f, p)
		},
		Add: s.Service.AddListView, Change: s.Service.ChangeListView,
		Remove: func(version int64) error {
			return s.Service.RemoveListView(r.Ctx(), r.Actor, stored.ID, version)
		},
		Saved: func(x registry.ListView) error { return r.DoneAt("已保存视图“"+x.Name+"”。", home(x)) },
		Title: func(x registry.ListView) string { return x.Name },
		Address: func(x registry.ListView) string {
			return at("/list-views", int64(x.ID))
		},
		Home: home,
	}
}

func (s area) newView(r *kit.Request) (kit.Editing[registry.ListView], error) {
	return s.viewEditing(r, registry.ListView{}), nil
}

func (s area) storedView(r *kit.Request) (e kit.Editing[registry.ListView], err error) {
	id, err := kit.PathID[registry.ListViewID](r, "id")
	if err != nil {
		return e, err
	}
	x, err := s.Service.ListView(r.Ctx(), r.Actor, id)
	return s.viewEditing(r, x), err
}

// columns keeps what somebody chose to see of a list.
func (s area) columns(r *kit.Request) error {
	f, err := r.ReadForm(kit.Labels{"column": "列", "list": "列表"})
	if err != nil {
		return err
	}
	keys := keysOf(f.Values["column"])
	if f.Value("reset") != "" {
		keys = nil
	}
	if err := s.Service.KeepColumns(r.Ctx(), r.Actor, f.Value("list"), keys); err != nil {
		return err
	}
	r.Flash("ok", "列表的列已按您选的显示。")
	return r.GoTo(kit.LocalPath(f.Value("back")))
}

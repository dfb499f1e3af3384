package kit

import (
	"cmp"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"

	"casebook/internal/registry"
)

// PageSize is how many rows a list page shows.
const PageSize = 50

// Filter is one way to narrow a list: a parameter of its URL. One with Options gets a select in the filter form; one
// without is set by links elsewhere and shown as a chip only.
type Filter struct {
	Name, Label string
	Was         string // the parameter's name in links from before; they still work
	Options     []Option
	Blank       string                    // the select's words where nothing is chosen; empty: 全部
	Date        bool                      // typed: a day, month or year
	Show        func(value string) string // the chip's words; nil takes the option's label, or the value
}

// List is what a page with a long list shows around its table: the search box, filters, chips, sorting and the pager. All of it
// is in the URL: q, the filters' names, sort, cursor, and trail (the cursors of the pages before).
type List struct {
	Path    string
	Own     string // the list's own order, as sort names it: "-found_on"
	Q       string
	Filters []FilterInput
	Chips   []Chip
	Hidden  []mergeInput // what the filter form must carry on: sort
	Pager   Pager
	Refused bool // a filter cannot be read: the list shows no rows, since all of them would pass for the answer

	Query url.Values
}

// FilterInput is a filter as the form shows it.
type FilterInput struct {
	Name, Label, Value string
	Options            []Option
	Date               bool
	Blank              string // the words of no choice
	Problem            string // why the value cannot be used
}

// Chip is one condition in force, with the address of the list without it.
type Chip struct{ Label, Value, Remove string }

// Pager leads to the pages beside this one and says how many there are. Empty addresses have no page.
type Pager struct {
	Prev, Next, First string
	Shown             int
	Count             string
}

// List reads a list's state from the request's URL.
func (r *Request) List(filters ...Filter) List {
	return listAt(r.Request().URL.Path, r.QueryParams(), filters...)
}

// ListAt is List for a page that another address answers with: its links lead to path.
func (r *Request) ListAt(path string, filters ...Filter) List {
	return listAt(path, r.QueryParams(), filters...)
}

func listAt(path string, query url.Values, filters ...Filter) List {
	for _, f := range filters {
		if f.Was != "" && query.Has(f.Was) {
			query = renamed(query, f.Was, f.Name)
		}
	}
	l := List{Path: path, Q: strings.TrimSpace(query.Get("q")), Query: query}
	if l.Q != "" {
		l.Chips = append(l.Chips, Chip{"搜索", l.Q, l.WithQuery("q", "")})
	}
	for _, f := range filters {
		value := l.Query.Get(f.Name)
		problem := l.problem(f)
		if f.Options != nil || f.Date {
			l.Filters = append(l.Filters, FilterInput{f.Name, f.Label, value, f.Options, f.Date, cmp.Or(f.Blank, "全部"), problem})
		}
		if value == "" {
			continue
		}
		if f.Options == nil && !f.Date {
			l.Hidden = append(l.Hidden, mergeInput{f.Name, value})
		}
		words := f.show(value)
		if problem != "" {
			l.Refused, words = true, words+"（无法使用）"
		}
		l.Chips = append(l.Chips, Chip{f.Label, words, l.WithQuery(f.Name, "")})
	}
	if sort := l.Query.Get("sort"); sort != "" {
		l.Hidden = append(l.Hidden, mergeInput{"sort", sort})
	}
	return l
}

// Hide has the filter form carry on a parameter that is no filter.
func (l *List) Hide(name, value string) { l.Hidden = append(l.Hidden, mergeInput{name, value}) }

// renamed is a query with a parameter under its present name, unless it has that too.
func renamed(query url.Values, was, now string) url.Values {
	q := maps.Clone(query)
	if q.Get(now) == "" {
		q[now] = q[was]
	}
	delete(q, was)
	return q
}

// problem says why the value of a filter cannot be used: a choice that there is not, no day, a span that ends before it begins.
func (l List) problem(f Filter) string {
	value := l.Get(f.Name)
	switch {
	case value != "" && f.Options != nil && f.Show == nil && !slices.ContainsFunc(f.Options, func(o Option) bool { return o.Value == value }):
		return fmt.Sprintf("没有“%.40s”这一项，请重新选择", value)
	case !f.Date:
		return ""
	}
	_, err := registry.ParseDate(value)
	if err == nil && f.Name == "to" {
		err = registry.CheckSpan(l.Date("from"), l.Date("to"))
	}
	if err != nil {
		return err.Error()
	}
	return ""
}

func (f Filter) show(value string) string {
	if f.Show != nil {
		return f.Show(value)
	}
	for _, o := range f.Options {
		if o.Value == value {
			return o.Label
		}
	}
	return value
}

// Get is the value of a filter; Cursor and Sort are the list's place and order.
func (l List) Get(name string) string { return strings.TrimSpace(l.Query.Get(name)) }

// Cursor is where this page begins; empty is the first page.
func (l List) Cursor() string { return l.Query.Get("cursor") }

// Sort is the order asked for; empty is the list's own. "-name" is descending.
func (l List) Sort() string { return l.Query.Get("sort") }

// Date reads a filter's date. Text that is no date gives none; the list is Refused then.
func (l List) Date(name string) registry.Date {
	d, err := registry.ParseDate(l.Get(name))
	if err != nil {
		return registry.Date{}
	}
	return d
}

// with is the list's address with one parameter changed, from its first page. An empty value removes it.
func (l List) WithQuery(pairs ...string) string {
	q := url.Values{}
	for k, v := range l.Query {
		if k != "cursor" && k != "trail" && len(v) > 0 && v[0] != "" {
			q[k] = v[:1]
		}
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] == "" {
			q.Del(pairs[i])
		} else {
			q.Set(pairs[i], pairs[i+1])
		}
	}
	if len(q) == 0 {
		return l.Path
	}
	return l.Path + "?" + q.Encode()
}

// With is with, for templates: (.List.With "stage" "已立案").
func (l List) With(name, value string) string { return l.WithQuery(name, value) }

// Without is the list with no condition at all.
func (l List) Without() string { return l.Path }

// Narrowed reports whether any condition is in force: an empty list then has another reason than an empty register.
func (l List) Narrowed() bool { return len(l.Chips) > 0 }

// SortURL is where the header of a column leads: descending, as what is newest is looked for first, then ascending. The list's own order has no name in the
// address.
func (l List) SortURL(key string) string {
	to := "-" + key
	if l.order() == to {
		to = key
	}
	if to == l.Own {
		to = ""
	}
	return l.WithQuery("sort", to)
}

func (l List) order() string { return cmp.Or(l.Sort(), l.Own) }

// Sorted is the value of aria-sort for a column.
func (l List) Sorted(key string) string {
	switch l.order() {
	case key:
		return "ascending"
	case "-" + key:
		return "descending"
	}
	return ""
}

// maxTrail bounds the address: beyond it 上一页 leads to the first page.
const maxTrail = 20

// Paged says how many rows this page shows, the cursor of the next one, and how many there are in all; capped means at
// least that many.
func (l *List) Paged(shown int, next string, total int, capped bool) {
	l.Pager = Pager{Shown: shown}
	switch {
	case capped:
		l.Pager.Count = fmt.Sprintf("共 %s 条以上", Thousands(int64(total)))
	case total >= 0:
		l.Pager.Count = fmt.Sprintf("共 %s 条", Thousands(int64(total)))
	}
	var trail []string
	if t := l.Query.Get("trail"); t != "" {
		trail = strings.Split(t, ".")
	}
	if here := l.Cursor(); here != "" {
		l.Pager.First, l.Pager.Prev = l.WithQuery(), l.WithQuery()
		if n := len(trail); n > 0 && trail[n-1] != "" {
			l.Pager.Prev = l.WithQuery("cursor", trail[n-1], "trail", strings.Join(trail[:n-1], "."))
		}
		trail = append(trail, here)
	}
	if next != "" {
		if len(trail) > maxTrail {
			trail = slices.Clone(trail[len(trail)-maxTrail:])
		}
		l.Pager.Next = l.WithQuery("cursor", next, "trail", strings.Join(trail, "."))
	}
}

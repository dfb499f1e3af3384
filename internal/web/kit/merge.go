package kit

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"

	"casebook/internal/registry"
)

// mergePage shows a stale edit: your change, the record as it is now, and what both began from. It posts to the same address
// again, with the record's present version.
type mergePage struct {
	Layout
	What    string
	Action  string // where the form posts again
	Back    string // the record as it is now
	Reason  string
	Form    *Form
	Rows    []mergeRow
	HasBase bool
}

func (mergePage) Template() string { return "kit/merge" }

// mergeRow is one field, or a whole list such as 畜禽数量, that differs.
type mergeRow struct {
	Key, Label               string
	Mine, Theirs, Base       string // as text
	MineInputs, TheirsInputs []mergeInput
	Choose                   bool // both sides changed it: a person must choose
	TakeMine                 bool
}

type mergeInput struct{ Name, Value string }

const (
	pickField  = "_pick."
	minePrefix = "_mine."
	nowPrefix  = "_now."
)

// Stale shows the merge page for a refused edit. current and base are forms filled from the record as it is now and as it was
// when the edit began; base may be nil where that revision is not kept. err is what the use case said.
func (r *Request) Stale(err error, mine, current, base *Form, what, back string) error {
	if registry.KindOf(err) != registry.KindStale {
		return err
	}
	p := mergePage{Layout: r.Layout("合并修改"), What: what, Action: r.Request().URL.Path, Back: back, Reason: ProblemOf(err).Detail, Form: mine, HasBase: base != nil}
	p.Rows = mergeRows(mine, current, base, r.Server.Service.Bureau().DistrictName)
	mine.Version = current.Version
	return r.PageStatus(http.StatusConflict, p)
}

// mergeRows compares three forms field by field; lists are compared and taken as a whole, since their rows may have moved.
func mergeRows(mine, current, base *Form, district func(code string) string) []mergeRow {
	m, c := groups(mine), groups(current)
	b := map[string]map[string][]string{}
	if base != nil {
		b = groups(base)
	}
	keys := map[string]bool{}
	for _, g := range []map[string]map[string][]string{m, c} {
		for k := range g {
			keys[k] = true
		}
	}
	words := func(group map[string][]string) string {
		return groupText(group, func(field, value string) string {
			switch field {
			case "district_code":
				return district(value)
			case "role":
				return registry.Role(value).Chinese() // words that are no account's role stay as they are
			}
			for _, f := range []*Form{mine, current, base} {
				if f != nil && f.Names[field+"="+value] != "" {
					return f.Names[field+"="+value]
				}
			}
			return value
		})
	}
	var list []mergeRow
	for _, key := range slices.Sorted(maps.Keys(keys)) {
		if same(m[key], c[key]) && (base == nil || same(b[key], c[key])) {
			list = append(list, mergeRow{Key: key, TakeMine: true, MineInputs: inputs("", m[key])})
			continue
		}
		row := mergeRow{Key: key, Label: mine.Labels.Of(key), Mine: words(m[key]), Theirs: words(c[key]), Base: words(b[key])}
		switch {
		case same(m[key], c[key]):
			row.TakeMine = true
		case base != nil && same(b[key], m[key]):
			row.TakeMine = false // only they changed it
		case base != nil && same(b[key], c[key]):
			row.TakeMine = true // only you changed it
		default:
			row.Choose, row.TakeMine = true, true // nothing is ticked: the browser asks for a choice
		}
		row.MineInputs, row.TheirsInputs = inputs(minePrefix, m[key]), inputs(nowPrefix, c[key])
		list = append(list, row)
	}
	return list
}

// groups collects a form's values by field, a list's under the list's name.
func groups(f *Form) map[string]map[string][]string {
	out := map[string]map[string][]string{}
	for name, values := range f.Values {
		if strings.HasPrefix(name, "_") || name == "version" || name == "client_uid" {
			continue
		}
		key := groupOf(name)
		if out[key] == nil {
			out[key] = map[string][]string{}
		}
		if strings.Join(values, "") != "" {
			out[key][name] = values
		}
	}
	return out
}

// groupOf is the field an input belongs to: a list's name for its rows, else its own.
func groupOf(name string) string {
	parts := strings.Split(name, ".")
	for i, p := range parts {
		if isNumber(p) {
			return strings.Join(parts[:i], ".")
		}
	}
	return name
}

func same(a, b map[string][]string) bool {
	return maps.EqualFunc(a, b, func(x, y []string) bool { return slices.EqualFunc(x, y, sameText) })
}

// sameText ignores what a browser changes by itself.
func sameText(a, b string) bool {
	norm := func(s string) string { return strings.TrimSpace(strings.ReplaceAll(s, "\r\n", "\n")) }
	return norm(a) == norm(b)
}

func inputs(prefix string, group map[string][]string) []mergeInput {
	var list []mergeInput
	for _, name := range slices.Sorted(maps.Keys(group)) {
		for _, v := range group[name] {
			list = append(list, mergeInput{prefix + name, v})
		}
	}
	return list
}

// groupText writes a group as text: one line a row of a list.
func groupText(group map[string][]string, show func(field, value string) string) string {
	lines := map[string][]string{}
	for _, name := range slices.Sorted(maps.Keys(group)) {
		row := ""
		for part := range strings.SplitSeq(name, ".") {
			if isNumber(part) {
				row = fmt.Sprintf("%06s", part)
				break
			}
		}
		for _, v := range group[name] {
			lines[row] = append(lines[row], show(name, v))
		}
	}
	var out []string
	for _, row := range slices.Sorted(maps.Keys(lines)) {
		out = append(out, strings.Join(lines[row], " · "))
	}
	return strings.Join(out, "\n")
}

// pickMerged resolves a form that comes back from the merge page: for each field, the side that was chosen. Where none was,
// the record stays as it is: nobody's change is undone unseen.
func (f *Form) pickMerged() {
	picked := map[string]bool{}
	for key := range maps.Clone(f.Values) {
		name, ok := strings.CutPrefix(key, pickField)
		if !ok {
			continue
		}
		from := minePrefix
		if f.Values.Get(key) == "now" {
			from = nowPrefix
		}
		delete(f.Values, key)
		picked[name] = true
		for k, v := range maps.Clone(f.Values) {
			plain, ok := strings.CutPrefix(k, from)
			if ok && (plain == name || strings.HasPrefix(plain, name+".")) {
				f.Values[plain] = v
			}
		}
	}
	for k, v := range maps.Clone(f.Values) {
		plain, ok := strings.CutPrefix(k, nowPrefix)
		if ok && !picked[groupOf(plain)] {
			f.Values[plain] = v
		}
	}
	for k := range f.Values {
		if strings.HasPrefix(k, minePrefix) || strings.HasPrefix(k, nowPrefix) {
			delete(f.Values, k)
		}
	}
}

package kit

import (
	"cmp"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"

	"casebook/internal/registry"
)

// mergePage shows what was typed beside the record as it is now, and what both began from. It posts to the record's address, with its
// present version.
type mergePage struct {
	Layout
	What    string
	Action  string // where the form posts again; empty where what was sent cannot be sent again from here
	Another bool   // the record cannot be changed: what was typed may be saved as another one
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

// SentTwice shows what was sent beside the record that the same form made before, for what has no form to merge them on.
func (r *Request) SentTwice(refused error, what, back string, fields registry.FieldList, mine, stored *Form) error {
	return r.merge(mergePage{What: what, Back: back, Reason: ProblemOf(refused).Detail}, fields, mine, stored, nil)
}

// merge fills in the page with what differs and shows it, status 409.
func (r *Request) merge(p mergePage, fields registry.FieldList, mine, current, base *Form) error {
	p.Layout, p.Form, p.HasBase = r.Layout("合并修改"), mine, base != nil && !p.Another
	p.Rows = mergeRows(mine, current, base, r.say(fields))
	mine.Version = current.Version
	return r.PageStatus(http.StatusConflict, p)
}

// say writes a field's value as the role may read it.
func (r *Request) say(fields registry.FieldList) func(field, value string) string {
	return func(field, value string) string {
		info, _ := fields.Find(field)
		if info.Personal && !r.Actor.Role.Can(registry.PermPersonalRead) {
			return info.Mask(value)
		}
		return info.Say(value, r.Server.Service.Bureau())
	}
}

// plain writes a value as it stands in the form.
func plain(_, value string) string { return value }

// Compared is one field in which two records of a noun differ, as people read it. A group such as an approval, and a list, is one field.
type Compared struct{ Field, Label, First, Second string }

// Compare lists the fields of a noun that forms have and in which two of them differ, in the noun's order.
func (r *Request) Compare(fields registry.FieldList, first, second *Form) (list []Compared) {
	say := r.say(fields)
	for _, field := range fields {
		of := func(f *Form) map[string][]string {
			group := map[string][]string{}
			for name, values := range f.Values {
				if top, _, _ := strings.Cut(name, "."); top == field.Name && strings.Join(values, "") != "" {
					group[name] = values
				}
			}
			return group
		}
		a, b := of(first), of(second)
		if field.ReadOnly || field.NoInput != "" || same(a, b) {
			continue
		}
		words := func(f *Form, group map[string][]string) string {
			return groupText(group, func(name, value string) string { return cmp.Or(f.Names[name+"="+value], say(name, value)) })
		}
		list = append(list, Compared{field.Name, field.Label, words(first, a), words(second, b)})
	}
	return list
}

// mergeRows compares three forms field by field; lists are compared and taken as a whole, since their rows may have moved. Ids are
// written with the names that the forms know, other values as say has them.
func mergeRows(mine, current, base *Form, say func(field, value string) string) []mergeRow {
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
			for _, f := range []*Form{mine, current, base} {
				if f != nil && f.Names[field+"="+value] != "" {
					return f.Names[field+"="+value]
				}
			}
			return say(field, value)
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

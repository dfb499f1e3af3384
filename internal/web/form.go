package web

import (
	"crypto/rand"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"casebook/internal/registry"
)

// Labels names a noun's fields on screen, for forms, error summaries, the merge page and the history. Rows of a list are
// named once, with a star: "herds.*.count".
type Labels map[string]string

// Of is the label of a field; a field without one is shown by its own name.
func (l Labels) Of(field string) string {
	parts := strings.Split(field, ".")
	for i, p := range parts {
		if isNumber(p) {
			parts[i] = "*"
		}
	}
	for n := len(parts); n > 0; n-- {
		if s := l[strings.Join(parts[:n], ".")]; s != "" {
			return s
		}
	}
	return field
}

// Form is one HTML form: what was typed, what is wrong with it, and the record it is about.
//
// A noun has one function that lists its fields, farmFields(f *Form, x *registry.Farm). The same list serves both ways:
// on a new form (newForm) it fills the inputs from x; on a posted form (readForm) it reads them into x and collects, in
// Chinese and by field, what could not be read. What was typed is kept, so that the page shows it again letter for letter.
type Form struct {
	Token     string
	ClientUID string // made with the form: a double submit creates once
	Version   int64  // of the record when the form was opened
	Message   string // the summary's first line
	Labels    Labels

	values   url.Values
	problems []registry.FieldError
	filling  bool
	prefix   string         // of the row being bound: "herds.0."
	rows     map[string]int // rows of each list
	adding   string         // the list for which the button 加行 was pressed, where there is no JavaScript
	status   int
	names    map[string]string // what an id stands for: "operator_id=3" → 恩平某公司
}

// name gives words to an id, for the merge page.
func (f *Form) name(field, value, words string) {
	if f.names == nil {
		f.names = map[string]string{}
	}
	f.names[field+"="+value] = words
}

// newForm begins a form that a list of fields fills from a record.
func (r *request) newForm(labels Labels) *Form {
	return &Form{Token: r.formToken(), ClientUID: newUUID(), Labels: r.s.localLabels(labels), values: url.Values{}, rows: map[string]int{}, filling: true}
}

// readForm reads a posted form. The error is for bodies that are no form at all.
func (r *request) readForm(labels Labels) (*Form, error) {
	values, err := r.FormParams() // reads multipart as well
	if err != nil {
		if isTooLarge(err) {
			return nil, err
		}
		return nil, badRequest("提交的表单不完整，请返回上一页重试。")
	}
	f := formOf(r.Request().PostForm, r.s.localLabels(labels))
	if len(r.Request().PostForm) == 0 {
		f = formOf(values, labels)
	}
	f.Token = r.formToken()
	return f, nil
}

// formOf makes a posted form of its values.
func formOf(values url.Values, labels Labels) *Form {
	f := &Form{Labels: labels, values: url.Values{}, rows: map[string]int{}}
	for k, v := range values {
		f.values[k] = slices.Clone(v)
	}
	f.pickMerged()
	f.ClientUID, f.adding = f.values.Get("client_uid"), f.values.Get("_add")
	f.Version, _ = strconv.ParseInt(f.values.Get("version"), 10, 64)
	return f
}

// ok reports whether everything typed could be read, and the person meant to save it (not to add a row).
func (f *Form) ok() bool { return len(f.problems) == 0 && f.adding == "" }

// add notes a problem at a field. Handlers use it for what only the form knows, such as two passwords that differ.
func (f *Form) add(field, format string, args ...any) {
	f.problems = append(f.problems, registry.FieldError{Field: field, Message: fmt.Sprintf(format, args...)})
}

// refuse takes a use case's error into the form, where a person can mend it there: invalid input and conflicts. It returns
// nil then, and any other error as it is (a stale edit among them: see request.stale).
func (f *Form) refuse(err error) error {
	switch kind := registry.KindOf(err); kind {
	case registry.KindInvalid, registry.KindConflict:
		p := problemOf(err)
		f.status, f.Message = p.Status, p.Detail
		f.problems = append(f.problems, p.Errors...)
		return nil
	}
	return err
}

// form shows a page with a form on it: 200 when it is new or a row was added, 422 or 409 when it was refused.
func (r *request) form(f *Form, p page) error {
	switch {
	case f.adding != "":
		f.problems = nil
		return r.pageStatus(http.StatusOK, p)
	case f.status != 0:
		return r.pageStatus(f.status, p)
	case len(f.problems) > 0:
		return r.pageStatus(http.StatusUnprocessableEntity, p)
	}
	return r.pageStatus(http.StatusOK, p)
}

// bind is one field both ways: show writes the value as text, read takes the text and says what is wrong with it.
func (f *Form) bind(name, show string, read func(typed string) error) {
	name = f.prefix + name
	if f.filling {
		f.values.Set(name, show)
		return
	}
	if err := read(strings.TrimSpace(f.values.Get(name))); err != nil {
		f.add(name, "%s", err)
	}
}

// meta binds the hidden fields of every record: the UUID of a create and the version an edit began from.
func (f *Form) meta(m *registry.Meta) {
	if f.filling {
		if m.ClientUID != "" {
			f.ClientUID = m.ClientUID
		}
		f.Version = m.Version
		return
	}
	m.Version = f.Version
	if m.ClientUID == "" {
		m.ClientUID = f.ClientUID
	}
}

func (f *Form) text(name string, p *string) {
	f.bind(name, *p, func(s string) error { *p = s; return nil })
}

// date binds a date of which only the year, or year and month, may be known.
func (f *Form) date(name string, p *registry.Date) {
	f.bind(name, p.String(), func(s string) (err error) { *p, err = registry.ParseDate(s); return err })
}

// money binds an amount typed in 元; empty is unknown.
func (f *Form) money(name string, p **registry.Money) {
	show := ""
	if *p != nil {
		show = (*p).String()
	}
	f.bind(name, show, func(s string) error {
		*p = nil
		if s == "" {
			return nil
		}
		m, err := registry.ParseYuan(s)
		if err != nil {
			return err
		}
		*p = &m
		return nil
	})
}

// moneyValue binds an amount that must be there; the use case says so when it is zero.
func (f *Form) moneyValue(name string, m *registry.Money) {
	p := m
	if *m == 0 {
		p = nil
	}
	f.money(name, &p)
	if p == nil {
		*m = 0
	} else {
		*m = *p
	}
}

// int binds a whole number; empty is unknown.
func (f *Form) int(name string, p **int64) {
	show := ""
	if *p != nil {
		show = strconv.FormatInt(**p, 10)
	}
	f.bind(name, show, func(s string) error {
		*p = nil
		if s == "" {
			return nil
		}
		n, err := strconv.ParseInt(strings.NewReplacer(",", "", "，", "", " ", "").Replace(registry.HalfWidth(s)), 10, 64)
		if err != nil {
			return fmt.Errorf("“%s”不是整数；不知道的请留空", clip(s))
		}
		*p = &n
		return nil
	})
}

// intValue binds a whole number whose absence is 0, such as a year or a sequence.
func (f *Form) intValue(name string, n *int64) {
	p := n
	if *n == 0 {
		p = nil
	}
	f.int(name, &p)
	if p == nil {
		*n = 0
	} else {
		*n = *p
	}
}

// float binds a decimal number; empty is unknown.
func (f *Form) float(name string, p **float64) {
	show := ""
	if *p != nil {
		show = strconv.FormatFloat(**p, 'f', -1, 64)
	}
	f.bind(name, show, func(s string) error {
		*p = nil
		if s == "" {
			return nil
		}
		n, err := strconv.ParseFloat(strings.NewReplacer(",", "", "，", "", " ", "").Replace(registry.HalfWidth(s)), 64)
		if err != nil || n != n || n > 1e15 || n < -1e15 {
			return fmt.Errorf("“%s”不是数字；不知道的请留空", clip(s))
		}
		*p = &n
		return nil
	})
}

// bool binds a checkbox: an unticked one is not sent.
func (f *Form) bool(name string, p *bool) {
	show := ""
	if *p {
		show = "1"
	}
	f.bind(name, show, func(s string) error { *p = s != ""; return nil })
}

// word binds any text type: an origin, a role, a Tri, a stage.
func word[T ~string](f *Form, name string, p *T) {
	f.bind(name, string(*p), func(s string) error { *p = T(s); return nil })
}

// ref binds the id of another record; empty is none.
func ref[T ~int64](f *Form, name string, p *T) {
	show := ""
	if *p != 0 {
		show = strconv.FormatInt(int64(*p), 10)
	}
	f.bind(name, show, func(s string) error {
		*p = 0
		if s == "" {
			return nil
		}
		n, err := strconv.ParseInt(s, 10, 64)
		if err != nil || n <= 0 {
			return fmt.Errorf("请从列表中选择")
		}
		*p = T(n)
		return nil
	})
}

// words binds a list of text typed as several checkboxes or a multiple select of one name.
func (f *Form) words(name string, list *[]string) {
	name = f.prefix + name
	if f.filling {
		f.values[name] = slices.Clone(*list)
		return
	}
	*list = nil
	for _, s := range f.values[name] {
		if s = strings.TrimSpace(s); s != "" {
			*list = append(*list, s)
		}
	}
}

// maxRows bounds what a form may send; the domain's own limits are lower and say so.
const maxRows = 500

// rows binds a repeated group: inputs named herds.0.count, herds.1.count. Gaps in the numbers are allowed, rows in which
// nothing was typed are dropped, and what remains is numbered from 0 again, so that a use case's error at herds.1 meets
// the row that is shown as herds.1.
func rows[T any](f *Form, name string, list *[]T, each func(f *Form, x *T)) {
	outer := f.prefix
	name = outer + name
	defer func() { f.prefix = outer }()
	if f.filling {
		for i := range *list {
			f.prefix = fmt.Sprintf("%s.%d.", name, i)
			each(f, &(*list)[i])
		}
		f.rows[name] = len(*list)
		return
	}
	n := f.compact(name)
	f.rows[name] = n
	*list = nil
	for i := range n {
		var x T
		f.prefix = fmt.Sprintf("%s.%d.", name, i)
		each(f, &x)
		*list = append(*list, x)
	}
}

// compact renumbers the rows of a list from 0, in the order of their numbers, without the empty ones; it returns how many.
func (f *Form) compact(list string) int {
	type cell struct {
		rest   string
		values []string
	}
	found := map[int][]cell{}
	used := map[int]bool{}
	for key, values := range f.values {
		rest, ok := strings.CutPrefix(key, list+".")
		if !ok {
			continue
		}
		number, rest, ok := strings.Cut(rest, ".")
		if !ok || !isNumber(number) {
			continue
		}
		n, _ := strconv.Atoi(number)
		found[n] = append(found[n], cell{rest, values})
		delete(f.values, key)
		for _, v := range values {
			used[n] = used[n] || strings.TrimSpace(v) != ""
		}
	}
	next := 0
	for _, n := range slices.Sorted(maps.Keys(found)) {
		if !used[n] || next == maxRows {
			continue
		}
		for _, c := range found[n] {
			f.values[fmt.Sprintf("%s.%d.%s", list, next, c.rest)] = c.values
		}
		next++
	}
	return next
}

// isNumber accepts what a row number looks like: up to six digits.
func isNumber(s string) bool {
	return s != "" && len(s) <= 6 && strings.Trim(s, "0123456789") == ""
}

func clip(s string) string {
	if r := []rune(s); len(r) > 20 {
		return string(r[:20]) + "…"
	}
	return s
}

func newUUID() string {
	var b [16]byte
	rand.Read(b[:]) // never fails since Go 1.24
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}

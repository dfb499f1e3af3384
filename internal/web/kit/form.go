package kit

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

// Relocate moves problems that a use case names by a record's field to the inputs of the form, where they have other names:
// the key is the field's beginning, as citations.3.
func (f *Form) Relocate(to map[string]string) {
	for i, p := range f.Errors {
		for from, name := range to {
			if rest, ok := strings.CutPrefix(p.Field, from); ok && (rest == "" || rest[0] == '.') {
				f.Errors[i].Field = name + rest
				break
			}
		}
	}
}

// Labels names a noun's fields on screen, for forms, error summaries and the merge page. Rows of a list are
// named once, with a star: "herds.*.count".
type Labels map[string]string

// LabelsOf are the labels of a noun's fields, with those of inputs that are no field of it or that the form calls otherwise.
func LabelsOf(fields registry.FieldList, more Labels) Labels {
	l := Labels(fields.Labels())
	maps.Copy(l, more)
	return l
}

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

	Values  url.Values
	Errors  []registry.FieldError
	Filling bool
	Prefix  string         // of the row being bound: "herds.0."
	Counts  map[string]int // rows of each list
	Shown   map[string]int // rows that a posted form showed of each list, blank ones too
	Adding  string         // the list for which the button 加行 was pressed, where there is no JavaScript
	Status  int
	Names   map[string]string // what an id stands for: "operator_id=3" → 恩平某公司

	References []registry.Reference // the records that a refusal is about

	refused error // what Refuse was given
}

// Name gives words to an id, for the merge page.
func (f *Form) Name(field, value, words string) {
	if f.Names == nil {
		f.Names = map[string]string{}
	}
	f.Names[field+"="+value] = words
}

// NewForm begins a form that a list of fields fills from a record.
func (r *Request) NewForm(labels Labels) *Form {
	return &Form{Token: r.FormToken(), ClientUID: NewUUID(), Labels: r.localLabels(labels), Values: url.Values{}, Counts: map[string]int{}, Filling: true}
}

// ReadForm reads a posted form. The error is for bodies that are no form at all.
func (r *Request) ReadForm(labels Labels) (*Form, error) {
	values, err := r.FormParams() // reads multipart as well
	if err != nil {
		if IsTooLarge(err) || noSpace(err) {
			return nil, err
		}
		return nil, BadRequest("提交的表单不完整，请返回上一页重试。")
	}
	f := FormOf(r.Request().PostForm, r.localLabels(labels))
	if len(r.Request().PostForm) == 0 {
		f = FormOf(values, r.localLabels(labels))
	}
	f.Token = r.FormToken()
	return f, nil
}

// localLabels are the labels as this bureau calls them.
func (r *Request) localLabels(labels Labels) Labels {
	if r.Server == nil || r.Server.rooms.Labels == nil {
		return labels
	}
	return r.Server.rooms.Labels(r.Server, labels)
}

// FormOf makes a posted form of its values.
func FormOf(values url.Values, labels Labels) *Form {
	f := &Form{Labels: labels, Values: url.Values{}, Counts: map[string]int{}}
	for k, v := range values {
		f.Values[k] = slices.Clone(v)
	}
	f.pickMerged()
	f.ClientUID, f.Adding = f.Values.Get("client_uid"), f.Values.Get("_add")
	f.Version, _ = strconv.ParseInt(f.Values.Get("version"), 10, 64)
	return f
}

// ok reports whether everything typed could be read, and the person meant to save it (not to add a row).
func (f *Form) OK() bool { return len(f.Errors) == 0 && f.Adding == "" }

// Add notes a problem at a field. Handlers use it for what only the form knows, such as two passwords that differ.
func (f *Form) Add(field, format string, args ...any) {
	f.Errors = append(f.Errors, registry.FieldError{Field: field, Message: fmt.Sprintf(format, args...)})
}

// Refuse takes a use case's error into the form, where a person can mend it there: invalid input, conflicts, and a place that is another
// branch's. It returns nil then, and any other error as it is (a stale edit among them: see request.stale).
func (f *Form) Refuse(err error) error {
	switch kind := registry.KindOf(err); kind {
	case registry.KindInvalid, registry.KindConflict, registry.KindForbidden, registry.KindFull, registry.KindUnavailable:
		p := ProblemOf(err)
		f.refused = err
		f.Status, f.Message = p.Status, p.Detail
		f.Errors, f.References = append(f.Errors, p.Errors...), p.About
		return nil
	}
	return err
}

// Form shows a page with a form on it: 200 when it is new or a row was added, 422 or 409 when it was refused.
func (r *Request) Form(f *Form, p Page) error {
	switch {
	case f.Adding != "":
		f.Errors = nil
		return r.PageStatus(http.StatusOK, p)
	case f.Status != 0:
		r.Server.unavailable(r, f.Status, f.refused)
		return r.PageStatus(f.Status, p)
	case len(f.Errors) > 0:
		return r.PageStatus(http.StatusUnprocessableEntity, p)
	}
	return r.PageStatus(http.StatusOK, p)
}

// Bind is one field both ways: show writes the value as text, read takes the text and says what is wrong with it.
func (f *Form) Bind(name, show string, read func(typed string) error) {
	name = f.Prefix + name
	if f.Filling {
		f.Values.Set(name, show)
		return
	}
	if err := read(strings.TrimSpace(f.Values.Get(name))); err != nil {
		f.Add(name, "%s", err)
	}
}

// Meta binds the hidden fields of every record: the UUID of a create and the version an edit began from.
func (f *Form) Meta(m *registry.Meta) {
	if f.Filling {
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

// Text binds a line or a paragraph.
func (f *Form) Text(name string, p *string) {
	f.Bind(name, *p, func(s string) error { *p = s; return nil })
}

// Date binds a date of which only the year, or year and month, may be known.
func (f *Form) Date(name string, p *registry.Date) {
	f.Bind(name, p.String(), func(s string) (err error) { *p, err = registry.ParseDate(s); return err })
}

// Money binds an amount typed in 元; empty is unknown.
func (f *Form) Money(name string, p **registry.Money) {
	show := ""
	if *p != nil {
		show = (*p).String()
	}
	f.Bind(name, show, func(s string) error {
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

// MoneyValue binds an amount that must be there; the use case says so when it is zero.
func (f *Form) MoneyValue(name string, m *registry.Money) {
	p := m
	if *m == 0 {
		p = nil
	}
	f.Money(name, &p)
	if p == nil {
		*m = 0
	} else {
		*m = *p
	}
}

// Int binds a whole number; empty is unknown.
func (f *Form) Int(name string, p **int64) {
	show := ""
	if *p != nil {
		show = strconv.FormatInt(**p, 10)
	}
	f.Bind(name, show, func(s string) error {
		*p = nil
		if s == "" {
			return nil
		}
		digits, err := registry.DropThousands(s)
		if err != nil {
			return err
		}
		n, err := strconv.ParseInt(digits, 10, 64)
		if err != nil {
			return fmt.Errorf("“%s”不是整数；不知道的请留空", Clip(s))
		}
		*p = &n
		return nil
	})
}

// IntValue binds a whole number whose absence is 0, such as a year or a sequence.
func (f *Form) IntValue(name string, n *int64) {
	p := n
	if *n == 0 {
		p = nil
	}
	f.Int(name, &p)
	if p == nil {
		*n = 0
	} else {
		*n = *p
	}
}

// Float binds a decimal number; empty is unknown.
func (f *Form) Float(name string, p **float64) {
	show := ""
	if *p != nil {
		show = strconv.FormatFloat(**p, 'f', -1, 64)
	}
	f.Bind(name, show, func(s string) error {
		*p = nil
		if s == "" {
			return nil
		}
		digits, err := registry.DropThousands(s)
		if err != nil {
			return err
		}
		n, err := strconv.ParseFloat(digits, 64)
		if err != nil || n != n || n > 1e15 || n < -1e15 {
			return fmt.Errorf("“%s”不是数字；不知道的请留空", Clip(s))
		}
		*p = &n
		return nil
	})
}

// Bool binds a checkbox: an unticked one is not sent.
func (f *Form) Bool(name string, p *bool) {
	show := ""
	if *p {
		show = "1"
	}
	f.Bind(name, show, func(s string) error { *p = s != ""; return nil })
}

// Word binds any text type: an origin, a role, a Tri, a stage.
func Word[T ~string](f *Form, name string, p *T) {
	f.Bind(name, string(*p), func(s string) error { *p = T(s); return nil })
}

// Ref binds the id of another record; empty is none.
func Ref[T ~int64](f *Form, name string, p *T) {
	show := ""
	if *p != 0 {
		show = strconv.FormatInt(int64(*p), 10)
	}
	f.Bind(name, show, func(s string) error {
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

// Words binds a list of text typed as several checkboxes or a multiple select of one name.
func (f *Form) Words(name string, list *[]string) {
	name = f.Prefix + name
	if f.Filling {
		f.Values[name] = slices.Clone(*list)
		return
	}
	*list = nil
	for _, s := range f.Values[name] {
		if s = strings.TrimSpace(s); s != "" {
			*list = append(*list, s)
		}
	}
}

// Lines binds a list of text typed into a text area, one a line.
func (f *Form) Lines(name string, list *[]string) {
	f.Bind(name, strings.Join(*list, "\n"), func(s string) error {
		*list = nil
		for line := range strings.Lines(s) {
			if line = strings.TrimSpace(line); line != "" {
				*list = append(*list, line)
			}
		}
		return nil
	})
}

// maxRows bounds what a form may send; the domain's own limits are lower and say so.
const maxRows = 500

// Rows binds a repeated group: inputs named herds.0.count, herds.1.count. Gaps in the numbers are allowed, rows in which
// nothing was typed are dropped, and what remains is numbered from 0 again, so that a use case's error at herds.1 meets
// the row that is shown as herds.1.
func Rows[T any](f *Form, name string, list *[]T, each func(f *Form, x *T)) {
	outer := f.Prefix
	name = outer + name
	defer func() { f.Prefix = outer }()
	if f.Filling {
		for i := range *list {
			f.Prefix = fmt.Sprintf("%s.%d.", name, i)
			each(f, &(*list)[i])
		}
		f.Counts[name] = len(*list)
		return
	}
	n, shown := f.compact(name)
	f.Counts[name] = n
	if f.Shown == nil {
		f.Shown = map[string]int{}
	}
	f.Shown[name] = min(shown, n+maxBlank)
	*list = nil
	for i := range n {
		var x T
		f.Prefix = fmt.Sprintf("%s.%d.", name, i)
		each(f, &x)
		*list = append(*list, x)
	}
}

// maxBlank is how many blank rows a refused form shows again.
const maxBlank = 10

// compact renumbers the rows of a list from 0, in the order of their numbers, without the empty ones; it returns how many, and how many
// there were with them.
func (f *Form) compact(list string) (filled, posted int) {
	type cell struct {
		rest   string
		values []string
	}
	found := map[int][]cell{}
	used := map[int]bool{}
	for key, values := range f.Values {
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
		delete(f.Values, key)
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
			f.Values[fmt.Sprintf("%s.%d.%s", list, next, c.rest)] = c.values
		}
		next++
	}
	return next, len(found)
}

// isNumber accepts what a row number looks like: up to six digits.
func isNumber(s string) bool {
	return s != "" && len(s) <= 6 && strings.Trim(s, "0123456789") == ""
}

// Clip shortens what was typed for a message.
func Clip(s string) string {
	if r := []rune(s); len(r) > 20 {
		return string(r[:20]) + "…"
	}
	return s
}

// NewUUID is a random UUID (version 4).
func NewUUID() string {
	var b [16]byte
	rand.Read(b[:]) // never fails since Go 1.24
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}

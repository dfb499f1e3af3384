package kit

import (
	"fmt"
	"html"
	"strconv"
	"strings"

	"casebook/internal/registry"
)

// Option is one choice of a select or a group of radio buttons.
type Option struct{ Value, Label string }

// Field is what the field partials show: one input of a form with its label, hint and problem.
type Field struct {
	Name, ID, Label, Value string
	Problem, Hint          string
	Required, Wide         bool
	Options                []Option
	Blank                  string // the label of the empty option; "-" for none
	Unit, Placeholder      string
	Type, InputMode        string
	Autocomplete, List     string
	Rows, Max              int
	Lookup, Chosen         string // where a reference is searched, and the words of the one chosen
	values                 []string
}

// Has reports whether an option is chosen.
func (f Field) Has(value string) bool {
	for _, v := range f.values {
		if v == value {
			return true
		}
	}
	return f.Value == value
}

// Offered reports whether the value is among the options: a record may hold a word that the list no longer offers.
func (f Field) Offered() bool {
	for _, o := range f.Options {
		if o.Value == f.Value {
			return true
		}
	}
	return f.Value == ""
}

// DescribedBy names the elements that explain the input, for screen readers.
func (f Field) DescribedBy() string {
	var ids []string
	if f.Problem != "" {
		ids = append(ids, f.ID+"-problem")
	}
	if f.Hint != "" {
		ids = append(ids, f.ID+"-hint")
	}
	return strings.Join(ids, " ")
}

// Attrs are the attributes that every input has.
func (f Field) Attrs() HTMLAttr {
	var b strings.Builder
	attr := func(name, value string) {
		b.WriteString(" " + name + `="` + html.EscapeString(value) + `"`)
	}
	attr("id", f.ID)
	attr("name", f.Name)
	if by := f.DescribedBy(); by != "" {
		attr("aria-describedby", by)
	}
	if f.Problem != "" {
		attr("aria-invalid", "true")
	}
	if f.Required {
		attr("aria-required", "true")
	}
	return HTMLAttr(b.String())
}

// Class is the class of the box around the input.
func (f Field) Class() string {
	class := "field"
	if f.Wide {
		class += " field-wide"
	}
	if f.Problem != "" {
		class += " field-bad"
	}
	return class
}

// FieldID is the id of a field's input: herds.0.count is f-herds-0-count.
func FieldID(name string) string { return "f-" + strings.ReplaceAll(name, ".", "-") }

// Value is what an input shows.
func (f *Form) Value(name string) string { return f.Values.Get(name) }

// Problem is the first thing wrong with a field.
func (f *Form) Problem(name string) string {
	for _, p := range f.Errors {
		if p.Field == name {
			return p.Message
		}
	}
	return ""
}

// Problems is the summary at the top of a refused form. Problems name the field in Chinese, and which row.
func (f *Form) Problems() []FormProblem {
	list := make([]FormProblem, len(f.Errors))
	for i, p := range f.Errors {
		list[i] = FormProblem{Href: "#" + FieldID(p.Field), Label: f.Labels.Of(p.Field), Message: p.Message}
		for part := range strings.SplitSeq(p.Field, ".") {
			if isNumber(part) {
				n, _ := strconv.Atoi(part)
				list[i].Label += fmt.Sprintf("（第 %d 行）", n+1)
				break
			}
		}
	}
	return list
}

// FormProblem is one line of the error summary.
type FormProblem struct{ Href, Label, Message string }

// RowNames lists the prefixes of a list's rows, with blank rows at the end: one, or three where the button 加行 was pressed
// without JavaScript. A refused form comes back with all the rows that it had.
func (f *Form) RowNames(list string) []string {
	n := max(f.Counts[list]+1, f.Shown[list])
	if f.Adding == list {
		n += 2
	}
	names := make([]string, n)
	for i := range names {
		names[i] = fmt.Sprintf("%s.%d", list, i)
	}
	return names
}

// field describes one input for a partial: (field .Form "name" "hint" "…" "options" (options "species")).
func field(f *Form, name string, pairs ...any) (Field, error) {
	x := Field{Name: name, ID: FieldID(name), Label: f.Labels.Of(name), Value: f.Value(name), Problem: f.Problem(name), values: f.Values[name]}
	if len(pairs)%2 != 0 {
		return x, fmt.Errorf("field %s: the options after the name come in pairs", name)
	}
	for i := 0; i < len(pairs); i += 2 {
		key, _ := pairs[i].(string)
		var ok bool
		switch v := pairs[i+1].(type) {
		case string:
			ok = x.setText(key, v)
		case bool:
			ok = key == "required" || key == "wide"
			if key == "required" {
				x.Required = v
			} else {
				x.Wide = v
			}
		case int:
			ok = key == "rows" || key == "max"
			if key == "rows" {
				x.Rows = v
			} else {
				x.Max = v
			}
		case []Option:
			x.Options, ok = v, key == "options"
		case registry.Terms:
			x.Options, ok = TermOptions(v), key == "options"
		case []string:
			x.Options, ok = TermOptions(v), key == "options"
		}
		if !ok {
			return x, fmt.Errorf("field %s: no option %q of type %T", name, key, pairs[i+1])
		}
	}
	return x, nil
}

func (f *Field) setText(key, v string) bool {
	var into *string
	switch key { // a form asks this for each option of each field
	case "label":
		into = &f.Label
	case "hint":
		into = &f.Hint
	case "blank":
		into = &f.Blank
	case "unit":
		into = &f.Unit
	case "placeholder":
		into = &f.Placeholder
	case "type":
		into = &f.Type
	case "inputmode":
		into = &f.InputMode
	case "autocomplete":
		into = &f.Autocomplete
	case "list":
		into = &f.List
	case "lookup":
		into = &f.Lookup
	case "chosen":
		into = &f.Chosen
	case "value":
		into = &f.Value
	default:
		return false
	}
	*into = v
	return true
}

// TermOptions are words as options that stand for themselves.
func TermOptions(terms []string) []Option {
	list := make([]Option, len(terms))
	for i, t := range terms {
		list[i] = Option{t, t}
	}
	return list
}

// FileInput is an input for files, whose label its template writes.
type FileInput struct {
	ID, Accept string
	Form       string // the id of the form that it belongs to, where it stands outside
	Describe   string // the ids of its hints
	Multiple   bool
	Bad        bool
}

// fileInput describes one for a partial: (file "f-file" "accept" ".txt" "bad" (.Form.Problem "file")).
func fileInput(id string, pairs ...any) (x FileInput, err error) {
	x.ID = id
	options, err := dict(pairs...)
	for key, v := range options {
		words, _ := v.(string)
		switch key {
		case "accept":
			x.Accept = words
		case "form":
			x.Form = words
		case "describe":
			x.Describe = words
		case "multiple":
			x.Multiple = v == true
		case "bad":
			x.Bad = words != ""
		default:
			return x, fmt.Errorf("file %s: no option is called %s", id, key)
		}
	}
	if x.Bad {
		x.Describe = strings.TrimSpace(x.Describe + " " + id + "-problem")
	}
	return x, err
}

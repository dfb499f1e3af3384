package registry

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// declaredIn is the file that declares a type or variable: what a failure tells the reader to open.
func declaredIn(t *testing.T, kind, name string) string {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	decl := regexp.MustCompile(`(?m)^` + kind + ` ` + name + `\b`)
	for _, f := range files {
		if src, err := os.ReadFile(f); err == nil && decl.Match(src) {
			return "internal/registry/" + f
		}
	}
	t.Fatalf("no file declares %s %s", kind, name)
	return ""
}

// jsonFields are the fields of a struct as JSON has them: embedded ones at their place.
func jsonFields(t reflect.Type) (list []reflect.StructField) {
	for i := range t.NumField() {
		f := t.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case name == "-":
		case f.Anonymous && name == "":
			list = append(list, jsonFields(f.Type)...)
		default:
			f.Name = name
			list = append(list, f)
		}
	}
	return list
}

// fits says which kinds of value a Go type can hold.
func fits(t reflect.Type) []ValueKind {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch t {
	case reflect.TypeFor[Date]():
		return []ValueKind{ValueDate}
	case reflect.TypeFor[time.Time]():
		return []ValueKind{ValueInstant}
	case reflect.TypeFor[Money]():
		return []ValueKind{ValueMoney}
	case reflect.TypeFor[Tri]():
		return []ValueKind{ValueTri}
	case reflect.TypeFor[json.RawMessage]():
		return []ValueKind{ValueMachine}
	}
	switch t.Kind() {
	case reflect.Bool:
		return []ValueKind{ValueBool}
	case reflect.Float64:
		return []ValueKind{ValueDecimal}
	case reflect.Struct:
		return []ValueKind{ValueGroup}
	case reflect.Slice:
		if t.Elem().Kind() == reflect.Struct {
			return []ValueKind{ValueRows}
		}
		return []ValueKind{ValueList}
	case reflect.Int, reflect.Int64:
		if strings.HasSuffix(t.Name(), "ID") {
			return []ValueKind{ValueReference, ValueMachine}
		}
		return []ValueKind{ValueCount, ValueMachine}
	}
	return []ValueKind{ValueText, ValueProse, ValueWord, ValueClock, ValueDistrict, ValueRole, ValueViolation, ValuePersonID, ValuePhone, ValueMachine}
}

// Every field of every struct has its FieldInfo, in the struct's order, of a kind that its type can hold.
func TestFieldsAreTheStructs(t *testing.T) {
	var compare func(where, list string, s reflect.Type, fields FieldList)
	compare = func(where, list string, s reflect.Type, fields FieldList) {
		var names, infos []string
		for _, f := range jsonFields(s) {
			names = append(names, f.Name)
			i := slices.IndexFunc(fields, func(x FieldInfo) bool { return x.Name == f.Name })
			if i < 0 {
				t.Errorf("%s.%s has no FieldInfo: add one to the list in %s", where, f.Name, list)
				continue
			}
			info := fields[i]
			if !slices.Contains(fits(f.Type), info.Kind) {
				t.Errorf("%s.%s is a %s, and its FieldInfo in %s says %s", where, f.Name, f.Type, list, info.Kind)
			}
			switch inner := f.Type; info.Kind {
			case ValueRows:
				compare(where+"."+f.Name, list, inner.Elem(), info.Fields)
			case ValueGroup:
				compare(where+"."+f.Name, list, inner, info.Fields)
			}
		}
		for _, f := range fields {
			infos = append(infos, f.Name)
			if f.Label == "" || (f.Kind == ValueWord) != (f.Words != nil) || f.Kind == ValueReference && f.Of == "" {
				t.Errorf("%s.%s in %s lacks its label, its words or what it refers to", where, f.Name, list)
			}
			if _, ok := NounOf(f.Of); f.Of != "" && !ok {
				t.Errorf("%s.%s in %s refers to %q, which is no noun", where, f.Name, list, f.Of)
			}
		}
		if !slices.Equal(names, infos) && len(names) <= len(infos) {
			t.Errorf("%s: the fields of the list in %s are\n%v, and those of the struct\n%v", where, list, infos, names)
		}
	}
	for _, n := range Nouns {
		s := reflect.TypeOf(n.Record)
		variable := strings.TrimPrefix(s.Name(), "Kept") + "Fields"
		if n.Entity == "document_kind" {
			variable = "DocumentKindFields"
		}
		compare(s.Name(), declaredIn(t, "var", variable), s, n.Fields)
	}
}

// What a FieldInfo says of words, Validate holds to: a word that is not on the list is refused under the field's name.
func TestValidateKnowsTheWords(t *testing.T) {
	const strange = "不在词表"
	for _, n := range Nouns {
		for path, f := range n.Fields.All {
			if f.Kind != ValueWord || f.ReadOnly {
				continue
			}
			x := reflect.New(reflect.TypeOf(n.Record))
			path = strings.ReplaceAll(path, "*", "0")
			body := any(strange)
			parts := strings.Split(path, ".")
			for i := len(parts) - 1; i >= 0; i-- {
				if parts[i] == "0" {
					body = []any{body}
				} else {
					body = map[string]any{parts[i]: body}
				}
			}
			b, err := json.Marshal(body)
			if err != nil {
				t.Fatal(err)
			}
			if err := json.Unmarshal(b, x.Interface()); err != nil {
				t.Fatal(err)
			}
			r, ok := x.Interface().(interface{ Validate() error })
			if !ok {
				continue
			}
			var refused []string
			if e := asError(r.Validate()); e != nil {
				for _, p := range e.Fields {
					refused = append(refused, p.Field)
				}
			}
			if !slices.Contains(refused, path) {
				t.Errorf("%s accepts %q in %s, a word of none of its terms (%v refused): see Validate in %s",
					n.Entity, strange, path, refused, declaredIn(t, "type", reflect.TypeOf(n.Record).Name()))
			}
		}
	}
}

func asError(err error) *Error {
	var e *Error
	errors.As(err, &e)
	return e
}

func TestFieldListFinds(t *testing.T) {
	for path, want := range map[string]string{
		"herds.0.count": "数量", "herds.*.count": "数量", "herds": "畜禽", "eia.number": "环评文号或备案号", "facilities.12.name": "名称、位置", "name": "养殖场名称",
	} {
		if f, ok := FarmFields.Find(path); !ok || f.Label != want || FarmFields.Label(path) != want {
			t.Errorf("Find(%q) = %q, %v; want %q", path, f.Label, ok, want)
		}
	}
	for _, path := range []string{"", "0", "no", "herds.0.no", "name.x"} {
		if f, ok := FarmFields.Find(path); ok {
			t.Errorf("Find(%q) found %q", path, f.Name)
		}
	}
	if got := FarmFields.Label("herds.0.no"); got != "畜禽" {
		t.Errorf("the label of an unknown field of a row = %q; want the list's", got)
	}
	if got := FarmFields.Label("no.such"); got != "no.such" {
		t.Errorf("the label of an unknown field = %q; want its path", got)
	}
	if got := FarmFields.Labels()["herds.*.count"]; got != "数量" {
		t.Errorf("Labels()[herds.*.count] = %q", got)
	}
}

func TestFieldInfoMasks(t *testing.T) {
	for _, c := range []struct {
		fields     FieldList
		name, v, w string
	}{
		{PartyFields, "id_number", "440700199001011234", "440***********1234"}, {PartyFields, "phone", "13800001234", "138****1234"},
		{PartyFields, "name", "某养殖场", "某养殖场"}, {InspectionFields, "present_phone", "13800001234", "138****1234"},
	} {
		if f, _ := c.fields.Find(c.name); f.Mask(c.v) != c.w {
			t.Errorf("Mask of %s = %q, want %q", c.name, f.Mask(c.v), c.w)
		}
	}
}

package store

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"casebook/internal/registry"
)

// Every row of a register is written as its revision holds it to be compared with the digest of that: as encoding/json writes it, which for the kinds of fields that records have
// is done here in a third of the time. What is of another kind is left to encoding/json. A test compares the two, field by field.

// jsonField is a field of a record.
type jsonField struct {
	index []int
	key   string // with quotation marks and colon
	empty func(v reflect.Value) bool
	write jsonWriter
}

// jsonWriter appends a value that has an address.
type jsonWriter func(b []byte, v reflect.Value) ([]byte, error)

var jsonWriters sync.Map // by reflect.Type

// appendJSON appends what json.Marshal makes of what a pointer points at.
func appendJSON(b []byte, pointer any) ([]byte, error) {
	v := reflect.ValueOf(pointer).Elem()
	return jsonWriterOf(v.Type())(b, v)
}

func jsonWriterOf(t reflect.Type) jsonWriter {
	if w, ok := jsonWriters.Load(t); ok {
		return w.(jsonWriter)
	}
	w := newJSONWriter(t)
	jsonWriters.Store(t, w)
	return w
}

func newJSONWriter(t reflect.Type) jsonWriter {
	marshaler, texts := reflect.TypeFor[json.Marshaler](), reflect.TypeFor[interface{ MarshalText() ([]byte, error) }]()
	switch own := reflect.PointerTo(t); {
	case t == reflect.TypeFor[registry.Date]():
		return appendDate
	case t == reflect.TypeFor[time.Time]():
		return appendTime
	case own.Implements(marshaler) || own.Implements(texts):
		return appendMarshalled
	}
	switch t.Kind() {
	case reflect.String:
		return appendText
	case reflect.Bool:
		return func(b []byte, v reflect.Value) ([]byte, error) { return strconv.AppendBool(b, v.Bool()), nil }
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return func(b []byte, v reflect.Value) ([]byte, error) { return strconv.AppendInt(b, v.Int(), 10), nil }
	case reflect.Pointer:
		if t.Implements(marshaler) && !reflect.PointerTo(t.Elem()).Implements(marshaler) {
			return appendMarshalled
		}
		elem := jsonWriterOf(t.Elem())
		return func(b []byte, v reflect.Value) ([]byte, error) {
			if v.IsNil() {
				return append(b, "null"...), nil
			}
			return elem(b, v.Elem())
		}
	case reflect.Slice:
		if t.Elem().Kind() == reflect.Uint8 {
			return appendMarshalled
		}
		return listWriter(t.Elem())
	case reflect.Struct:
		if fields, ok := jsonFields(t, nil); ok {
			return recordWriter(fields)
		}
	}
	return appendMarshalled
}

// listWriter finds the writer of its elements as it meets them: a branch of a path has branches.
func listWriter(elem reflect.Type) jsonWriter {
	return func(b []byte, v reflect.Value) (_ []byte, err error) {
		if v.IsNil() {
			return append(b, "null"...), nil
		}
		write := jsonWriterOf(elem)
		b = append(b, '[')
		for i := range v.Len() {
			if i > 0 {
				b = append(b, ',')
			}
			if b, err = write(b, v.Index(i)); err != nil {
				return b, err
			}
		}
		return append(b, ']'), nil
	}
}

func recordWriter(fields []jsonField) jsonWriter {
	return func(b []byte, v reflect.Value) (_ []byte, err error) {
		b = append(b, '{')
		for i, sep := 0, false; i < len(fields); i++ {
			f := &fields[i]
			x := v.Field(f.index[0])
			for _, n := range f.index[1:] {
				x = x.Field(n)
			}
			if f.empty != nil && f.empty(x) {
				continue
			}
			if sep {
				b = append(b, ',')
			}
			sep = true
			if b, err = f.write(append(b, f.key...), x); err != nil {
				return b, err
			}
		}
		return append(b, '}'), nil
	}
}

// jsonFields are the fields of a type, those of structs that it embeds in their place; ok is false where encoding/json has rules for it that are not told here.
func jsonFields(t reflect.Type, at []int) (list []jsonField, ok bool) {
	names := map[string]bool{}
	for i := range t.NumField() {
		f := t.Field(i)
		tag := f.Tag.Get("json")
		name, options, _ := strings.Cut(tag, ",")
		index := append(append([]int{}, at...), i)
		switch {
		case tag == "-" || !f.IsExported() && !f.Anonymous:
			continue
		case f.Anonymous && name == "":
			if f.Type.Kind() != reflect.Struct || !f.IsExported() {
				return nil, false
			}
			inner, ok := jsonFields(f.Type, index)
			if !ok {
				return nil, false
			}
			list = append(list, inner...)
			continue
		case name == "":
			name = f.Name
		}
		x := jsonField{index: index, key: strconv.Quote(name) + ":", write: jsonWriterOf(f.Type)}
		switch options {
		case "":
		case "omitempty":
			x.empty = isEmpty
		case "omitzero":
			if _, own := f.Type.MethodByName("IsZero"); own || reflect.PointerTo(f.Type).Implements(reflect.TypeFor[interface{ IsZero() bool }]()) {
				return nil, false
			}
			x.empty = reflect.Value.IsZero
		default:
			return nil, false
		}
		list = append(list, x)
	}
	for _, f := range list { // of two with one name it chooses
		if names[f.key] {
			return nil, false
		}
		names[f.key] = true
	}
	return list, true
}

// isEmpty is what omitempty leaves out.
func isEmpty(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.String, reflect.Slice, reflect.Map, reflect.Array:
		return v.Len() == 0
	case reflect.Struct:
		return false
	}
	return v.IsZero()
}

func appendMarshalled(b []byte, v reflect.Value) ([]byte, error) {
	body, err := json.Marshal(v.Addr().Interface())
	return append(b, body...), err
}

func appendDate(b []byte, v reflect.Value) ([]byte, error) {
	d := v.Addr().Interface().(*registry.Date)
	if d.IsZero() {
		return append(b, "null"...), nil
	}
	return append(append(append(b, '"'), d.String()...), '"'), nil
}

func appendTime(b []byte, v reflect.Value) ([]byte, error) {
	t := v.Addr().Interface().(*time.Time)
	b, err := t.AppendText(append(b, '"'))
	if err != nil {
		return b, fmt.Errorf("write %v: %w", t, err)
	}
	return append(b, '"'), nil
}

// appendText leaves what has to be escaped to encoding/json: U+2028 and U+2029 begin with E2 80 A8 and A9.
func appendText(b []byte, v reflect.Value) ([]byte, error) {
	s := v.String()
	for i := range len(s) {
		c := s[i]
		if c < ' ' || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&' || c == 0x80 && i > 0 && s[i-1] == 0xE2 && i+1 < len(s) && s[i+1]|1 == 0xA9 {
			return appendMarshalled(b, v)
		}
	}
	if !utf8.ValidString(s) {
		return appendMarshalled(b, v)
	}
	return append(append(append(b, '"'), s...), '"'), nil
}

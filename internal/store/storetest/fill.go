package storetest

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"time"

	"casebook/internal/registry"
)

// Refs are the rows that a record may point at, by the type of their id.
type Refs map[reflect.Type]int64

// Ref adds the row of an id.
func Ref[T ~int64](r Refs, id T) { r[reflect.TypeFor[T]()] = int64(id) }

// Fill gives every field of x (a pointer to a record) a value of its own, lists one element each: a field that the store forgets is seen.
// Ids point at the rows of refs and are 0 where it names none; the record's own id and Meta are left alone.
func Fill(x any, refs Refs) {
	f := filler{refs: refs}
	v := reflect.ValueOf(x).Elem()
	for i := range v.NumField() {
		if name := v.Type().Field(i).Name; name != "ID" && name != "Meta" {
			f.fill(v.Field(i), name)
		}
	}
}

type filler struct {
	refs Refs
	n    int
}

func (f *filler) fill(v reflect.Value, name string) {
	f.n++
	switch x := v.Addr().Interface().(type) {
	case *registry.Date:
		*x = registry.Day(2024, 1+f.n%12, 1+f.n%28)
		return
	case *time.Time:
		*x = Now.Add(time.Duration(f.n) * time.Millisecond)
		return
	case *json.RawMessage:
		*x = json.RawMessage(fmt.Sprintf(`{"n":%d}`, f.n))
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(fmt.Sprintf("%s%d", name, f.n))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64:
		if strings.HasSuffix(v.Type().Name(), "ID") {
			v.SetInt(f.refs[v.Type()])
		} else {
			v.SetInt(int64(f.n))
		}
	case reflect.Float64:
		v.SetFloat(float64(f.n) + 0.5)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		f.fill(v.Elem(), name)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		f.fill(v.Index(0), name)
	case reflect.Struct:
		for i := range v.NumField() {
			f.fill(v.Field(i), v.Type().Field(i).Name)
		}
	default:
		panic(fmt.Sprintf("storetest: no value for field %s of kind %s", name, v.Kind()))
	}
}

package store

import (
	"encoding/json"
	"math/rand/v2"
	"reflect"
	"testing"
	"time"

	"casebook/internal/registry"
)

// A record is written for its digest as encoding/json writes it, whatever is in its fields.
func TestImagesAreJSON(t *testing.T) {
	list := []any{&registry.Attachment{}, &struct {
		Any  any `json:"any"`
		Map  map[string]int
		Body []byte  `json:"-"`
		Odd  float64 `json:",string"`
	}{}}
	for _, k := range keptNouns {
		if image, ok := reflect.TypeOf(k).MethodByName("Image"); ok {
			list = append(list, reflect.New(image.Type.In(1).Elem()).Interface())
		}
	}
	if len(list) < 30 {
		t.Fatalf("only %d nouns", len(list))
	}
	r := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // values of a test
	for _, x := range list {
		differ := map[string]bool{}
		for n := range 300 {
			v := reflect.ValueOf(x).Elem()
			v.SetZero()
			if n > 0 {
				fill(r, v, 0)
			}
			want, err := json.Marshal(x)
			if err != nil {
				t.Fatal(err)
			}
			got, err := appendJSON(nil, x)
			if err != nil || string(got) != string(want) {
				t.Fatalf("%T: %v\n got %s\nwant %s", x, err, got, want)
			}
			differ[string(want)] = true
		}
		if len(differ) < 100 {
			t.Errorf("%T: only %d values", x, len(differ))
		}
	}
}

// fill puts something, or nothing, into all fields.
func fill(r *rand.Rand, v reflect.Value, depth int) {
	texts := []string{"", "江恩环罚〔2024〕12号", `"quoted" \ `, "a<b>&c", "line\nend\t\x01\x7f", "\u2028\u2029\u2027", "“早”—", "\xff\xe2\x80", "🐖", "\xe2\x80\xa8"}
	switch x := v.Addr().Interface().(type) {
	case *registry.Date:
		*x = []registry.Date{{}, registry.Day(2024, 2, 29), registry.Day(1999, 12, 1), registry.Day(2024, 10, 3).ToMonth()}[r.IntN(4)]
		return
	case *time.Time:
		*x = time.UnixMilli(r.Int64N(1 << 41)).UTC()
		if r.IntN(4) == 0 {
			*x = time.Time{}
		}
		return
	case *json.RawMessage:
		*x = json.RawMessage(`{"a":1}`)
		return
	}
	if r.IntN(3) == 0 {
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(texts[r.IntN(len(texts))] + texts[r.IntN(len(texts))])
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64, reflect.Int32, reflect.Int16, reflect.Int8:
		v.SetInt(r.Int64N(200) - 100)
	case reflect.Uint8, reflect.Uint64:
		v.SetUint(r.Uint64N(200))
	case reflect.Float64:
		v.SetFloat(r.NormFloat64())
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(r, v.Elem(), depth+1)
	case reflect.Slice:
		if depth > 3 {
			return
		}
		v.Set(reflect.MakeSlice(v.Type(), r.IntN(3), 3))
		for i := range v.Len() {
			fill(r, v.Index(i), depth+1)
		}
	case reflect.Map:
		key, elem := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		fill(r, key, depth+1)
		fill(r, elem, depth+1)
		v.Set(reflect.MakeMap(v.Type()))
		v.SetMapIndex(key, elem)
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Field(i).CanSet() {
				fill(r, v.Field(i), depth+1)
			}
		}
	}
}

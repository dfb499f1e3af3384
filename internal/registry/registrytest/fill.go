// Package registrytest fills records for tests: a field that somebody adds is filled, and missed where it is lost.
package registrytest

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"casebook/internal/registry"
)

// Filler gives every field of a record a value that no other field has; lists get two rows. Yes/no fields get Bool.
type Filler struct {
	N    int
	Bool bool
}

// Fill fills the record that x points to.
func (f *Filler) Fill(x any) { f.fill(reflect.ValueOf(x).Elem()) }

func (f *Filler) fill(v reflect.Value) {
	f.N++
	switch p := v.Addr().Interface().(type) {
	case *registry.Date:
		*p = registry.DateOf(time.Date(2001, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, f.N))
		return
	case *time.Time:
		*p = time.Date(2001, 1, 1, 0, 0, f.N, 0, time.UTC)
		return
	case *json.RawMessage:
		*p = fmt.Appendf(nil, `{"n":%d}`, f.N)
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(fmt.Sprintf("值%d", f.N))
	case reflect.Bool:
		v.SetBool(f.Bool)
	case reflect.Int, reflect.Int64:
		v.SetInt(int64(f.N))
	case reflect.Float64:
		v.SetFloat(float64(f.N) + 0.5)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		f.fill(v.Elem())
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range v.Len() {
			f.fill(v.Index(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			f.fill(v.Field(i))
		}
	default:
		panic(fmt.Sprintf("no value for a %s", v.Type()))
	}
}

// Differences are the paths of the fields in which two records of one type differ, as Go writes them: Herds[0].Count.
func Differences(a, b any) []string {
	return differences(nil, "", reflect.ValueOf(a), reflect.ValueOf(b))
}

func differences(list []string, path string, a, b reflect.Value) []string {
	switch {
	case a.Type() == reflect.TypeFor[registry.Date]() || a.Type() == reflect.TypeFor[time.Time]():
	case a.Kind() == reflect.Struct:
		for i := range a.NumField() {
			list = differences(list, strings.TrimPrefix(path+"."+a.Type().Field(i).Name, "."), a.Field(i), b.Field(i))
		}
		return list
	case a.Kind() == reflect.Slice && a.Len() == b.Len():
		for i := range a.Len() {
			list = differences(list, fmt.Sprintf("%s[%d]", path, i), a.Index(i), b.Index(i))
		}
		return list
	}
	if !reflect.DeepEqual(a.Interface(), b.Interface()) {
		list = append(list, path)
	}
	return list
}

// FilesWith are the files below the module's root that hold a text, by their path from there: what a failure tells its reader
// to open. Tests are left out.
func FilesWith(t testing.TB, below, ending, text string) string {
	t.Helper()
	root := "."
	for {
		if _, err := os.Stat(filepath.Join(root, "go.mod")); err == nil {
			break
		}
		root = filepath.Join("..", root)
		if len(root) > 60 {
			t.Fatal("no go.mod above the test")
		}
	}
	var found []string
	err := filepath.WalkDir(filepath.Join(root, below), func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ending) || strings.HasSuffix(path, "_test.go") {
			return err
		}
		b, err := os.ReadFile(path)
		if err == nil && strings.Contains(string(b), text) {
			rel, _ := filepath.Rel(root, path) // both hang on root
			found = append(found, filepath.ToSlash(rel))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(found) == 0 {
		return below + ", where no file has " + text
	}
	return strings.Join(found, ", ")
}

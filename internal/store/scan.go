package store

import (
	"database/sql"
	"errors"
	"reflect"
)

// into makes the targets of a Scan that many rows go through: bound once, since the row is copied out of them. database/sql goes through
// reflection for every text of a type of its own (DocKind) and prints every int to read it again; those are taken as the driver gives them.
func into(ptrs ...any) []any {
	targets := make([]any, len(ptrs))
	for i, ptr := range ptrs {
		targets[i] = ptr
		if _, ok := ptr.(sql.Scanner); ok {
			continue
		}
		switch v := reflect.ValueOf(ptr); v.Type().Elem().Kind() {
		case reflect.String:
			targets[i] = target[string]{v.Convert(reflect.TypeFor[*string]()).Interface().(*string)}
		case reflect.Int64:
			targets[i] = target[int64]{v.Convert(reflect.TypeFor[*int64]()).Interface().(*int64)}
		case reflect.Int:
			targets[i] = intTarget{v.Convert(reflect.TypeFor[*int]()).Interface().(*int)}
		}
	}
	return targets
}

// target takes what a driver gives, and leaves the rest to database/sql.
type target[T any] struct{ v *T }

func (t target[T]) Scan(src any) error {
	if v, ok := src.(T); ok {
		*t.v = v
		return nil
	}
	return convert(t.v, src)
}

type intTarget struct{ v *int }

func (t intTarget) Scan(src any) error {
	if v, ok := src.(int64); ok && int64(int(v)) == v {
		*t.v = int(v)
		return nil
	}
	return convert(t.v, src)
}

// convert is database/sql's own conversion, with its errors. NULL is one: a column that may be NULL has a type that says so.
func convert[T any](to *T, src any) error {
	if src == nil {
		return errNull
	}
	var n sql.Null[T]
	err := n.Scan(src)
	*to = n.V
	return err
}

var errNull = errors.New("the column is NULL")

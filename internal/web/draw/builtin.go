package draw

import (
	"fmt"
	"reflect"
	"text/template/parse"
)

var yes, no = reflect.ValueOf(true), reflect.ValueOf(false)

func boolean(is bool) reflect.Value {
	if is {
		return yes
	}
	return no
}

// builtin is a function that every template has. Those that our templates call are here.
func (c *compiler) builtin(n *parse.IdentifierNode, args []operand) expr {
	least := map[string]int{"and": 1, "or": 1, "not": 1, "eq": 2, "ne": 2, "lt": 2, "le": 2, "gt": 2, "ge": 2, "len": 1, "index": 2, "slice": 1, "print": 0}
	if want, ok := least[n.Ident]; !ok || len(args) < want {
		c.fail(n, "%s of %d arguments is not known", n.Ident, len(args))
	}
	where := "template " + c.name + ": " + n.Ident
	arg := func(x *run, dot reflect.Value, i int) reflect.Value {
		v := args[i].value(x, dot)
		if v.Kind() == reflect.Interface {
			return v.Elem()
		}
		return v
	}
	switch n.Ident {
	case "and", "or": // the first that decides; what follows is not asked
		return func(x *run, dot reflect.Value) (v reflect.Value) {
			for i := range args {
				if v = args[i].value(x, dot); truth(v) == (n.Ident == "or") {
					break
				}
			}
			return v
		}
	case "not":
		return func(x *run, dot reflect.Value) reflect.Value { return boolean(!truth(arg(x, dot, 0))) }
	case "eq":
		return func(x *run, dot reflect.Value) reflect.Value {
			a := arg(x, dot, 0)
			for i := range args[1:] {
				if equal(where, a, arg(x, dot, i+1)) {
					return yes
				}
			}
			return no
		}
	case "ne":
		return func(x *run, dot reflect.Value) reflect.Value {
			return boolean(!equal(where, arg(x, dot, 0), arg(x, dot, 1)))
		}
	case "lt", "le", "gt", "ge":
		holds := map[string]func(a, b int64) bool{
			"lt": func(a, b int64) bool { return a < b }, "le": func(a, b int64) bool { return a <= b },
			"gt": func(a, b int64) bool { return a > b }, "ge": func(a, b int64) bool { return a >= b },
		}[n.Ident]
		return func(x *run, dot reflect.Value) reflect.Value {
			a, b := arg(x, dot, 0), arg(x, dot, 1)
			if !a.CanInt() || !b.CanInt() {
				fail("%s: not of whole numbers", where)
			}
			return boolean(holds(a.Int(), b.Int()))
		}
	case "len":
		return func(x *run, dot reflect.Value) reflect.Value { return reflect.ValueOf(indirect(arg(x, dot, 0)).Len()) }
	case "index":
		return func(x *run, dot reflect.Value) reflect.Value {
			v := arg(x, dot, 0)
			for i := range args[1:] {
				v = indexed(where, indirect(v), arg(x, dot, i+1))
			}
			return v
		}
	case "slice":
		return func(x *run, dot reflect.Value) reflect.Value {
			v := indirect(arg(x, dot, 0))
			from, to := 0, v.Len()
			if len(args) > 1 {
				from = int(arg(x, dot, 1).Int())
			}
			if len(args) > 2 {
				to = int(arg(x, dot, 2).Int())
			}
			if from < 0 || to > v.Len() || from > to {
				fail("%s: %d to %d of %d", where, from, to, v.Len())
			}
			return v.Slice(from, to)
		}
	}
	return func(x *run, dot reflect.Value) reflect.Value {
		list := make([]any, len(args))
		for i := range args {
			if v := arg(x, dot, i); v.IsValid() {
				list[i] = v.Interface()
			}
		}
		return reflect.ValueOf(fmt.Sprint(list...))
	}
}

func equal(where string, a, b reflect.Value) bool {
	switch {
	case !a.IsValid() || !b.IsValid():
		return a.IsValid() == b.IsValid()
	case a.Kind() == reflect.String && b.Kind() == reflect.String:
		return a.String() == b.String()
	case a.CanInt() && b.CanInt():
		return a.Int() == b.Int()
	case a.Kind() == reflect.Bool && b.Kind() == reflect.Bool:
		return a.Bool() == b.Bool()
	}
	fail("%s: a %s and a %s are not compared", where, a.Type(), b.Type())
	return false
}

func indexed(where string, v, i reflect.Value) reflect.Value {
	switch v.Kind() {
	case reflect.Map:
		if !i.IsValid() || !i.Type().AssignableTo(v.Type().Key()) {
			fail("%s: no key of a %s", where, v.Type())
		}
		if e := v.MapIndex(i); e.IsValid() {
			return e
		}
		return reflect.Zero(v.Type().Elem())
	case reflect.Slice, reflect.Array, reflect.String:
		if !i.CanInt() || i.Int() < 0 || i.Int() >= int64(v.Len()) {
			fail("%s: %v is beyond the %d that there are", where, i, v.Len())
		}
		return v.Index(int(i.Int()))
	}
	fail("%s: a %s has no index", where, v.Kind())
	return v
}

package draw

import (
	"fmt"
	"html/template"
	"reflect"
	"sync"
	"sync/atomic"
	"text/template/parse"
)

// Call calls a function with arguments that fit it.
type Call func(args []reflect.Value) reflect.Value

// One is the call of a function of one argument, Two of one with two.
func One[A, R any](f func(A) R) Call {
	return func(args []reflect.Value) reflect.Value { return reflect.ValueOf(f(as[A](args[0]))) }
}

func Two[A, B, R any](f func(A, B) R) Call {
	return func(args []reflect.Value) reflect.Value { return reflect.ValueOf(f(as[A](args[0]), as[B](args[1]))) }
}

// OneErr is the call of a function that may fail.
func OneErr[A, R any](f func(A) (R, error)) Call {
	return func(args []reflect.Value) reflect.Value {
		r, err := f(as[A](args[0]))
		if err != nil {
			panic(failure{err})
		}
		return reflect.ValueOf(r)
	}
}

// as is a value as a Go value; one inside a page is not copied to the heap.
func as[A any](v reflect.Value) A {
	if v.CanAddr() && v.Type() == reflect.TypeFor[A]() {
		return *v.Addr().Interface().(*A)
	}
	if !v.IsValid() {
		var none A
		return none
	}
	x, _ := v.Interface().(A) // nil of an interface
	return x
}

// plain are the types that print as their bare value: nothing in fmt would ask them.
func plain(t reflect.Type) bool {
	if t == reflect.TypeFor[string]() || t == reflect.TypeFor[int]() || t == reflect.TypeFor[int64]() {
		return true
	}
	if known, ok := plains.Load(t); ok {
		return known.(bool)
	}
	is := !t.Implements(reflect.TypeFor[fmt.Stringer]()) && !t.Implements(reflect.TypeFor[error]()) && !t.Implements(reflect.TypeFor[fmt.Formatter]()) &&
		t.PkgPath() != reflect.TypeFor[template.HTML]().PkgPath() // HTML, URL and their like mean something to escapers
	plains.Store(t, is)
	return is
}

var plains sync.Map // reflect.Type → bool

// indirect follows pointers and interfaces to what they hold, or to the nil one.
func indirect(v reflect.Value) reflect.Value {
	for v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface {
		if v.IsNil() {
			return v
		}
		v = v.Elem()
	}
	return v
}

// truth is what {{if}} makes of a value, as text/template defines it.
func truth(v reflect.Value) bool {
	if v.Kind() == reflect.Interface {
		v = v.Elem()
	}
	switch v.Kind() {
	case reflect.Invalid:
		return false
	case reflect.Bool:
		return v.Bool()
	case reflect.String, reflect.Slice, reflect.Map, reflect.Array:
		return v.Len() > 0
	case reflect.Struct:
		return true
	case reflect.Pointer, reflect.Func, reflect.Chan:
		return !v.IsNil()
	}
	return !v.IsZero()
}

// member is what a name is on values of one type: a field, a method, or a key of a map.
type member struct {
	typ    reflect.Type // of the value, not of what it points to
	addr   bool         // the value's address can be taken, so that it has the methods of its pointer
	index  []int        // a field
	method int          // -1: none
	call   *invocation  // of the method
	key    bool
}

// chain is x.A.B.C; arguments belong to the last.
func (c *compiler) chain(n parse.Node, from expr, names []string, args []parse.Node, final expr) expr {
	for i, name := range names {
		if i == len(names)-1 {
			from = c.member(n, from, name, args, final)
		} else {
			from = c.member(n, from, name, nil, nil)
		}
	}
	return from
}

func (c *compiler) member(n parse.Node, from expr, name string, args []parse.Node, final expr) expr {
	given := c.arguments(args, final)
	where := "template " + c.name + ": " + n.String()
	var seen atomic.Pointer[[]*member] // of the types met so far: nearly always one
	resolve := func(v reflect.Value, addr bool) *member {
		m := findMember(v, addr, name, given, where)
		list := []*member{m}
		if old := seen.Load(); old != nil {
			list = append(list, *old...)
		}
		seen.Store(&list) // one that another run stored at this moment is found again
		return m
	}
	return func(x *run, dot reflect.Value) reflect.Value {
		v := from(x, dot)
		if !v.IsValid() {
			fail("%s: nothing has no %s", where, name)
		}
		v = indirect(v)
		typ, addr := v.Type(), v.CanAddr()
		var m *member
		if list := seen.Load(); list != nil {
			for _, known := range *list {
				if known.typ == typ && known.addr == addr {
					m = known
					break
				}
			}
		}
		if m == nil {
			m = resolve(v, addr)
		}
		switch {
		case m.method >= 0:
			if addr && v.Kind() != reflect.Interface && v.Kind() != reflect.Pointer {
				v = v.Addr()
			}
			return m.call.do(x, dot, v.Method(m.method))
		case m.key:
			e := v.MapIndex(reflect.ValueOf(name).Convert(typ.Key()))
			if !e.IsValid() {
				fail("%s: no entry %q", where, name)
			}
			return e
		}
		for _, i := range m.index {
			if v.Kind() == reflect.Pointer {
				if v.IsNil() {
					fail("%s: nil has no %s", where, name)
				}
				v = v.Elem()
			}
			v = v.Field(i)
		}
		return v
	}
}

func findMember(v reflect.Value, addr bool, name string, given []operand, where string) *member {
	typ := v.Type()
	m := &member{typ: typ, addr: addr, method: -1}
	holder := typ
	if addr && typ.Kind() != reflect.Interface && typ.Kind() != reflect.Pointer {
		holder = reflect.PointerTo(typ)
	}
	if v.Kind() == reflect.Interface && v.IsNil() {
		fail("%s: nil has no %s", where, name)
	}
	if method, ok := holder.MethodByName(name); ok {
		m.method = method.Index
		bound := v
		if holder != typ {
			bound = v.Addr()
		}
		m.call = invocationOf(where, bound.Method(m.method).Type(), given)
		return m
	}
	switch typ.Kind() {
	case reflect.Struct:
		if f, ok := typ.FieldByName(name); ok && f.IsExported() && len(given) == 0 {
			m.index = f.Index
			return m
		}
	case reflect.Map:
		if typ.Key().Kind() == reflect.String && len(given) == 0 {
			m.key = true
			return m
		}
	}
	fail("%s: %s has no %s", where, typ, name)
	return nil
}

// arguments are those of a call in their order; final comes last.
func (c *compiler) arguments(args []parse.Node, final expr) []operand {
	var list []operand
	for _, a := range args {
		list = append(list, c.operand(a))
	}
	if final != nil {
		list = append(list, operand{value: final})
	}
	return list
}

// invocation is the call of a function or method of one type, with arguments made to fit its parameters.
type invocation struct {
	where string
	in    []reflect.Type
	args  []expr
	fast  Call
}

func invocationOf(where string, typ reflect.Type, given []operand) *invocation {
	v := &invocation{where: where}
	for i, a := range given {
		var in reflect.Type
		switch n := typ.NumIn(); {
		case typ.IsVariadic() && i >= n-1:
			in = typ.In(n - 1).Elem()
		case i < n:
			in = typ.In(i)
		default:
			fail("%s: too many arguments for %s", where, typ)
		}
		value := a.value
		if a.constant.IsValid() && in.Kind() == a.constant.Kind() && in != a.constant.Type() {
			value = always(a.constant.Convert(in))
		}
		v.in, v.args = append(v.in, in), append(v.args, value)
	}
	if n := typ.NumIn(); len(given) < n-1 || len(given) < n && !typ.IsVariadic() {
		fail("%s: too few arguments for %s", where, typ)
	}
	if n := typ.NumOut(); n == 0 || n > 2 || n == 2 && typ.Out(1) != reflect.TypeFor[error]() {
		fail("%s: %s gives no value", where, typ)
	}
	return v
}

// do calls fn, or what is known to do the same without reflection.
func (v *invocation) do(x *run, dot, fn reflect.Value) reflect.Value {
	at := len(x.args)
	for i, a := range v.args {
		arg := v.fit(a(x, dot), v.in[i])
		x.args = append(x.args, arg) // what an argument called has left x.args as it was
	}
	args := x.args[at:len(x.args):len(x.args)]
	x.args = x.args[:at]
	if v.fast != nil {
		return v.fast(args)
	}
	res := fn.Call(args)
	if len(res) == 2 && !res[1].IsNil() {
		fail("%s: %w", v.where, res[1].Interface().(error))
	}
	return res[0]
}

// fit makes a value one of a parameter's type, as text/template does: out of an interface, or one step along or against a pointer.
func (v *invocation) fit(arg reflect.Value, in reflect.Type) reflect.Value {
	if !arg.IsValid() {
		switch in.Kind() {
		case reflect.Interface, reflect.Pointer, reflect.Slice, reflect.Map, reflect.Func:
			return reflect.Zero(in)
		}
		fail("%s: nothing for a %s", v.where, in)
	}
	typ := arg.Type()
	if typ == in || typ.AssignableTo(in) {
		return arg
	}
	if arg.Kind() == reflect.Interface && !arg.IsNil() {
		if arg = arg.Elem(); arg.Type().AssignableTo(in) {
			return arg
		}
		typ = arg.Type()
	}
	switch {
	case arg.Kind() == reflect.Pointer && typ.Elem().AssignableTo(in) && !arg.IsNil():
		return arg.Elem()
	case arg.CanAddr() && reflect.PointerTo(typ).AssignableTo(in):
		return arg.Addr()
	}
	fail("%s: a %s for a %s", v.where, typ, in)
	return arg
}

// function is the call of one of the set's functions, or of a built-in one.
func (c *compiler) function(n *parse.IdentifierNode, args []parse.Node, final expr) expr {
	given := c.arguments(args, final)
	f, ok := c.set.funcs[n.Ident]
	if !ok {
		return c.builtin(n, given)
	}
	fn := reflect.ValueOf(f)
	call := invocationOf("template "+c.name+": "+n.Ident, fn.Type(), given)
	call.fast = c.set.calls[n.Ident]
	return func(x *run, dot reflect.Value) reflect.Value { return call.do(x, dot, fn) }
}

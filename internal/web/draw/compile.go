package draw

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"text/template/parse"
)

// step writes a piece of a template; expr is the value of an expression. dot is the template's dot where they stand.
type (
	step func(x *run, dot reflect.Value) leave
	expr func(x *run, dot reflect.Value) reflect.Value
)

// leave says how a step ended: as most do, or by {{break}} or {{continue}} of the range around it.
type leave int

const (
	goOn leave = iota
	toBreak
	toContinue
)

// compiler makes the functions of one template. The variables in scope are slots of the run, in the order of their declaration.
type compiler struct {
	set  *Set
	made map[string]*body
	name string
	vars []string // in scope; vars[0] is $
	most int      // slots beside $
}

func (c *compiler) fail(n parse.Node, format string, args ...any) {
	fail("template %s: %s: %s", c.name, n, fmt.Sprintf(format, args...))
}

func (c *compiler) declare(name string) int {
	c.vars = append(c.vars, name)
	c.most = max(c.most, len(c.vars)-1)
	return len(c.vars) - 1
}

func (c *compiler) slot(n parse.Node, name string) int {
	for i, v := range slices.Backward(c.vars) {
		if v == name {
			return i
		}
	}
	c.fail(n, "no variable %s", name)
	return 0
}

func (c *compiler) list(l *parse.ListNode) step {
	var steps []step
	var text strings.Builder // what stands between values, in one piece
	flush := func() {
		if text.Len() > 0 {
			s := text.String()
			steps = append(steps, func(x *run, _ reflect.Value) leave { x.out.WriteString(s); return goOn })
			text.Reset()
		}
	}
	if l != nil {
		for _, n := range l.Nodes {
			if constant, ok := c.text(n); ok {
				text.WriteString(constant)
				continue
			}
			flush()
			steps = append(steps, c.node(n))
		}
	}
	flush()
	switch len(steps) {
	case 0:
		return func(*run, reflect.Value) leave { return goOn }
	case 1:
		return steps[0]
	}
	return func(x *run, dot reflect.Value) leave {
		for _, s := range steps {
			if l := s(x, dot); l != goOn {
				return l
			}
		}
		return goOn
	}
}

// text is what a node always writes, where that is known already.
func (c *compiler) text(n parse.Node) (string, bool) {
	switch n := n.(type) {
	case *parse.TextNode:
		return string(n.Text), true
	case *parse.CommentNode:
		return "", true
	case *parse.ActionNode:
		if len(n.Pipe.Decl) > 0 {
			return "", false
		}
		value, to := c.printed(n)
		if v, ok := c.constant(value); ok {
			return to.textOf(v), true
		}
	}
	return "", false
}

func (c *compiler) node(n parse.Node) step {
	switch n := n.(type) {
	case *parse.ActionNode:
		if len(n.Pipe.Decl) > 0 {
			e := c.pipe(n.Pipe)
			return func(x *run, dot reflect.Value) leave { e(x, dot); return goOn }
		}
		value, to := c.printed(n)
		e := c.pipe(value)
		return func(x *run, dot reflect.Value) leave { to.write(x.out, e(x, dot)); return goOn }
	case *parse.IfNode:
		return c.branch(&n.BranchNode, false)
	case *parse.WithNode:
		return c.branch(&n.BranchNode, true)
	case *parse.RangeNode:
		return c.ranged(n)
	case *parse.TemplateNode:
		return c.template(n)
	case *parse.BreakNode:
		return func(*run, reflect.Value) leave { return toBreak }
	case *parse.ContinueNode:
		return func(*run, reflect.Value) leave { return toContinue }
	}
	c.fail(n, "a node of type %T is not known", n)
	return nil
}

// printed parts an action into what is written and the escapers that html/template put behind it.
func (c *compiler) printed(n *parse.ActionNode) (*parse.PipeNode, *escaping) {
	cmds := n.Pipe.Cmds
	at := len(cmds)
	for at > 0 && isEscaper(cmds[at-1]) {
		at--
	}
	var chain []string
	for _, cmd := range cmds[at:] {
		chain = append(chain, cmd.String())
	}
	to := escapings[strings.Join(chain, "|")]
	if to == nil || at == 0 {
		c.fail(n, "no sample of the escaping %q: see escape.go", chain)
	}
	value := *n.Pipe
	value.Cmds = cmds[:at]
	return &value, to
}

func (c *compiler) branch(n *parse.BranchNode, with bool) step {
	mark := len(c.vars)
	cond := c.pipe(n.Pipe)
	inner := len(c.vars)
	then := c.list(n.List)
	c.vars = c.vars[:inner]
	otherwise := c.list(n.ElseList)
	c.vars = c.vars[:mark]
	return func(x *run, dot reflect.Value) leave {
		v := cond(x, dot)
		switch {
		case !truth(v):
			return otherwise(x, dot)
		case with:
			return then(x, v)
		}
		return then(x, dot)
	}
}

func (c *compiler) ranged(n *parse.RangeNode) step {
	mark := len(c.vars)
	defer func() { c.vars = c.vars[:mark] }()
	decl := n.Pipe.Decl
	if n.Pipe.IsAssign {
		c.fail(n, "range assigns to a variable that is there; declare one")
	}
	bare := *n.Pipe
	bare.Decl = nil
	list := c.pipe(&bare)
	key, elem := -1, -1
	switch len(decl) {
	case 1:
		elem = c.declare(decl[0].Ident[0])
	case 2:
		key, elem = c.declare(decl[0].Ident[0]), c.declare(decl[1].Ident[0])
	}
	inner := len(c.vars)
	each := c.list(n.List)
	c.vars = c.vars[:inner]
	otherwise := c.list(n.ElseList)
	one := func(x *run, k, v reflect.Value) (stop bool) {
		if key >= 0 {
			x.vars[x.base+key] = k
		}
		if elem >= 0 {
			x.vars[x.base+elem] = v
		}
		return each(x, v) == toBreak
	}
	return func(x *run, dot reflect.Value) leave {
		v := indirect(list(x, dot))
		n := 0
		switch v.Kind() {
		case reflect.Slice, reflect.Array:
			n = v.Len()
			for i := range n {
				k := reflect.Value{}
				if key >= 0 {
					k = reflect.ValueOf(i)
				}
				if one(x, k, v.Index(i)) {
					break
				}
			}
		case reflect.Int:
			n = int(v.Int())
			for i := range n {
				if one(x, reflect.ValueOf(i), reflect.ValueOf(i)) {
					break
				}
			}
		case reflect.Invalid:
		case reflect.Pointer, reflect.Interface: // nil
			fail("template %s: range over a nil %s", c.name, v.Type())
		default:
			fail("template %s: range over a %s is not known", c.name, v.Type())
		}
		if n <= 0 {
			return otherwise(x, dot)
		}
		return goOn
	}
}

func (c *compiler) template(n *parse.TemplateNode) step {
	if err := c.set.compile(c.made, n.Name); err != nil {
		c.fail(n, "%v", err)
	}
	t := c.set.ready[n.Name]
	if t == nil {
		t = c.made[n.Name]
	}
	arg := func(*run, reflect.Value) reflect.Value { return reflect.Value{} }
	if n.Pipe != nil {
		arg = c.pipe(n.Pipe)
	}
	return func(x *run, dot reflect.Value) leave {
		x.call(t, arg(x, dot))
		return goOn
	}
}

// pipe is the value of a pipeline; what it declares is in scope afterwards.
func (c *compiler) pipe(p *parse.PipeNode) expr {
	var e expr
	for _, cmd := range p.Cmds {
		e = dug(c.command(cmd, e))
	}
	if len(p.Decl) == 0 {
		return e
	}
	name := p.Decl[0].Ident[0]
	var slot int
	if p.IsAssign {
		slot = c.slot(p, name)
	} else {
		slot = c.declare(name)
	}
	return func(x *run, dot reflect.Value) reflect.Value {
		v := e(x, dot)
		x.vars[x.base+slot] = v
		return v
	}
}

// dug takes the value out of an empty interface.
func dug(e expr) expr {
	return func(x *run, dot reflect.Value) reflect.Value {
		v := e(x, dot)
		if v.Kind() == reflect.Interface && v.NumMethod() == 0 {
			return v.Elem()
		}
		return v
	}
}

// command is the value of one command of a pipeline; final is that of the one before it, its last argument.
func (c *compiler) command(cmd *parse.CommandNode, final expr) expr {
	args := cmd.Args[1:]
	switch n := cmd.Args[0].(type) {
	case *parse.IdentifierNode:
		return c.function(n, args, final)
	case *parse.FieldNode:
		return c.chain(n, func(_ *run, dot reflect.Value) reflect.Value { return dot }, n.Ident, args, final)
	case *parse.VariableNode:
		if len(n.Ident) > 1 {
			return c.chain(n, c.variable(n), n.Ident[1:], args, final)
		}
	case *parse.ChainNode:
		return c.chain(n, c.operand(n.Node).value, n.Field, args, final)
	}
	if len(args) > 0 || final != nil {
		c.fail(cmd, "arguments for what is no function")
	}
	return c.operand(cmd.Args[0]).value
}

func (c *compiler) variable(n *parse.VariableNode) expr {
	slot := c.slot(n, n.Ident[0])
	return func(x *run, _ reflect.Value) reflect.Value { return x.vars[x.base+slot] }
}

// operand is an argument: an expression, or a constant, which takes the type of the parameter it is given for.
type operand struct {
	value    expr
	constant reflect.Value
}

func (c *compiler) operand(n parse.Node) operand {
	switch n := n.(type) {
	case *parse.DotNode:
		return operand{value: func(_ *run, dot reflect.Value) reflect.Value { return dot }}
	case *parse.FieldNode, *parse.ChainNode, *parse.IdentifierNode:
		return operand{value: c.command(&parse.CommandNode{NodeType: parse.NodeCommand, Args: []parse.Node{n}}, nil)}
	case *parse.VariableNode:
		if len(n.Ident) == 1 {
			return operand{value: c.variable(n)}
		}
		return operand{value: c.command(&parse.CommandNode{NodeType: parse.NodeCommand, Args: []parse.Node{n}}, nil)}
	case *parse.PipeNode:
		if v, ok := c.constant(n); ok {
			return operand{value: always(v)}
		}
		return operand{value: c.pipe(n)}
	case *parse.StringNode:
		return constantOf(n.Text)
	case *parse.BoolNode:
		return constantOf(n.True)
	case *parse.NumberNode:
		if n.IsInt {
			return constantOf(int(n.Int64))
		}
	}
	c.fail(n, "an argument of type %T is not known", n)
	return operand{}
}

func always(v reflect.Value) expr { return func(*run, reflect.Value) reflect.Value { return v } }

func constantOf(v any) operand {
	x := reflect.ValueOf(v)
	return operand{value: always(x), constant: x}
}

// constant is the value of a pipeline that is one call of a constant function with constant arguments.
func (c *compiler) constant(p *parse.PipeNode) (reflect.Value, bool) {
	if len(p.Cmds) != 1 || len(p.Decl) > 0 {
		return reflect.Value{}, false
	}
	cmd := p.Cmds[0]
	f, ok := cmd.Args[0].(*parse.IdentifierNode)
	if !ok || !c.set.constant[f.Ident] {
		return reflect.Value{}, false
	}
	for _, a := range cmd.Args[1:] {
		switch a.(type) {
		case *parse.StringNode, *parse.NumberNode, *parse.BoolNode:
		default:
			return reflect.Value{}, false
		}
	}
	return c.function(f, cmd.Args[1:], nil)(&run{}, reflect.Value{}), true
}

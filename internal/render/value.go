package render

import (
	"fmt"
	"html/template"
	"reflect"
	"text/template/parse"
)

// value is an expression that gives values of one type. The value it gives
// is of no use once the execution has failed.
type value struct {
	typ   reflect.Type
	get   func(x *execution, dot reflect.Value) reflect.Value
	fixed bool // the same on every page
}

func constant(v any) value {
	r := reflect.ValueOf(v)
	return value{r.Type(), func(*execution, reflect.Value) reflect.Value { return r }, true}
}

// nothing stands for what could not be compiled.
func (c *compiler) nothing(what string) value {
	c.stop(what)
	return value{}
}

// pipe is commands, each given to the next as its last argument.
func (c *compiler) pipe(n *parse.PipeNode, s scope, dot reflect.Type) value {
	if len(n.Decl) > 0 {
		return c.nothing("a declaration")
	}
	var v value
	for i, cmd := range n.Cmds {
		var last []value
		if i > 0 {
			last = []value{v}
		}
		v = c.command(cmd, last, s, dot)
		if v.typ == nil {
			return c.nothing(n.String())
		}
	}
	return v
}

func (c *compiler) command(n *parse.CommandNode, last []value, s scope, dot reflect.Type) value {
	id, ok := n.Args[0].(*parse.IdentifierNode)
	if !ok {
		if len(n.Args) > 1 || last != nil {
			return c.nothing(n.String())
		}
		return c.arg(n.Args[0], s, dot)
	}
	var args []value
	for _, a := range n.Args[1:] {
		args = append(args, c.arg(a, s, dot))
	}
	args = append(args, last...)
	for _, a := range args {
		if a.typ == nil {
			return c.nothing(n.String())
		}
	}
	return c.call(id.Ident, args)
}

func (c *compiler) arg(n parse.Node, s scope, dot reflect.Type) value {
	self := value{typ: dot, get: func(_ *execution, dot reflect.Value) reflect.Value { return dot }}
	switch n := n.(type) {
	case *parse.DotNode:
		return self
	case *parse.FieldNode:
		return c.fields(self, n.Ident)
	case *parse.VariableNode:
		for i := len(s.names) - 1; i >= 0; i-- {
			if s.names[i] == n.Ident[0] {
				v := value{typ: s.types[i], get: func(x *execution, _ reflect.Value) reflect.Value { return x.vars[x.base+i] }}
				return c.fields(v, n.Ident[1:])
			}
		}
	case *parse.StringNode:
		return constant(n.Text)
	case *parse.BoolNode:
		return constant(n.True)
	case *parse.NumberNode:
		if n.IsInt {
			return constant(int(n.Int64))
		}
	case *parse.PipeNode:
		return c.pipe(n, s, dot)
	case *parse.ChainNode:
		return c.fields(c.arg(n.Node, s, dot), n.Field)
	case *parse.IdentifierNode:
		return c.call(n.Ident, nil)
	}
	return c.nothing(n.String())
}

// fields follows names from a value.
func (c *compiler) fields(v value, names []string) value {
	for _, name := range names {
		if v.typ == nil {
			return c.nothing(name)
		}
		from, t := v.get, v.typ
		pointer := t.Kind() == reflect.Pointer
		if pointer {
			t = t.Elem()
		}
		if _, method := reflect.PointerTo(t).MethodByName(name); method || t.Kind() != reflect.Struct {
			return c.nothing("." + name)
		}
		f, ok := t.FieldByName(name)
		if !ok || !f.IsExported() {
			return c.nothing("." + name)
		}
		for i, at := range f.Index[:len(f.Index)-1] {
			if t.FieldByIndex(f.Index[:i+1]).Type.Kind() != reflect.Struct {
				return c.nothing(fmt.Sprintf(".%s at %d", name, at))
			}
		}
		v = value{typ: f.Type, get: func(x *execution, dot reflect.Value) reflect.Value {
			r := from(x, dot)
			if pointer && !x.failed {
				if r.IsNil() {
					x.failed = true
				} else {
					r = r.Elem()
				}
			}
			if x.failed {
				return reflect.Zero(f.Type)
			}
			for _, i := range f.Index {
				r = r.Field(i)
			}
			return r
		}}
	}
	return v
}

// truth is a pipeline as a condition, where and, or and not take anything.
func (c *compiler) truth(n *parse.PipeNode, s scope, dot reflect.Type) func(*execution, reflect.Value) bool {
	if len(n.Cmds) == 1 {
		if id, ok := n.Cmds[0].Args[0].(*parse.IdentifierNode); ok && (id.Ident == "and" || id.Ident == "or") {
			var tests []func(*execution, reflect.Value) bool
			for _, a := range n.Cmds[0].Args[1:] {
				tests = append(tests, c.truth(&parse.PipeNode{Cmds: []*parse.CommandNode{{Args: []parse.Node{a}}}}, s, dot))
			}
			stop := id.Ident == "or"
			return func(x *execution, dot reflect.Value) bool {
				for _, t := range tests {
					if t(x, dot) == stop {
						return stop
					}
				}
				return !stop
			}
		}
		if p, ok := n.Cmds[0].Args[0].(*parse.PipeNode); ok && len(n.Cmds[0].Args) == 1 {
			return c.truth(p, s, dot)
		}
	}
	v := c.pipe(n, s, dot)
	return func(x *execution, dot reflect.Value) bool {
		r := v.get(x, dot)
		return !x.failed && isTrue(r)
	}
}

func isTrue(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.String, reflect.Slice, reflect.Array, reflect.Map:
		return v.Len() > 0
	case reflect.Struct:
		return true
	case reflect.Invalid:
		return false
	}
	return !v.IsZero()
}

// call is a function with its arguments.
func (c *compiler) call(name string, args []value) value {
	if fn, ok := c.funcs[name]; ok {
		return c.callOwn(name, reflect.ValueOf(fn), args)
	}
	if name == "printf" {
		return c.callOwn(name, reflect.ValueOf(fmt.Sprintf), args)
	}
	get := func(i int) func(*execution, reflect.Value) reflect.Value { return args[i].get }
	switch {
	case (name == "eq" || name == "ne") && len(args) == 2 && args[0].typ.Kind() == args[1].typ.Kind():
		a, b, want := get(0), get(1), name == "eq"
		switch args[0].typ.Kind() {
		case reflect.String:
			return test(func(x *execution, dot reflect.Value) bool { return (a(x, dot).String() == b(x, dot).String()) == want })
		case reflect.Int:
			return test(func(x *execution, dot reflect.Value) bool { return (a(x, dot).Int() == b(x, dot).Int()) == want })
		}
	case name == "not" && len(args) == 1:
		a := get(0)
		return test(func(x *execution, dot reflect.Value) bool {
			r := a(x, dot)
			return !x.failed && !isTrue(r)
		})
	case name == "len" && len(args) == 1 && (args[0].typ.Kind() == reflect.Slice || args[0].typ.Kind() == reflect.String):
		a := get(0)
		return value{typ: reflect.TypeFor[int](), get: func(x *execution, dot reflect.Value) reflect.Value { return reflect.ValueOf(a(x, dot).Len()) }}
	case name == "index" && len(args) == 2 && args[1].typ.Kind() == reflect.Int && (args[0].typ.Kind() == reflect.Slice || args[0].typ.Kind() == reflect.Array):
		a, b, elem := get(0), get(1), args[0].typ.Elem()
		return value{typ: elem, get: func(x *execution, dot reflect.Value) reflect.Value {
			list, i := a(x, dot), b(x, dot)
			if x.failed || i.Int() < 0 || i.Int() >= int64(list.Len()) {
				x.failed = true
				return reflect.Zero(elem)
			}
			return list.Index(int(i.Int()))
		}}
	}
	return c.nothing("function " + name)
}

func test(f func(*execution, reflect.Value) bool) value {
	return value{typ: reflect.TypeFor[bool](), get: func(x *execution, dot reflect.Value) reflect.Value { return reflect.ValueOf(f(x, dot)) }}
}

// callOwn is a function of the house. Such functions depend on nothing but
// their arguments, so that one with constant arguments is called once.
func (c *compiler) callOwn(name string, fn reflect.Value, args []value) value {
	t := fn.Type()
	if t.NumOut() == 0 || t.NumOut() > 2 || t.NumIn() != len(args) && !(t.IsVariadic() && len(args) >= t.NumIn()-1) {
		return c.nothing("function " + name)
	}
	fixed := true
	for i, a := range args {
		want := t.In(min(i, t.NumIn()-1))
		if t.IsVariadic() && i >= t.NumIn()-1 {
			want = want.Elem()
		}
		if !a.typ.AssignableTo(want) {
			return c.nothing("function " + name)
		}
		fixed = fixed && a.fixed
	}
	v := value{t.Out(0), caller(fn, args), fixed}
	if !fixed {
		return v
	}
	var x execution
	r := v.get(&x, reflect.Value{})
	if x.failed {
		return c.nothing("function " + name)
	}
	return value{v.typ, func(*execution, reflect.Value) reflect.Value { return r }, true}
}

// caller calls a function, those of the usual forms without reflection.
func caller(fn reflect.Value, args []value) func(x *execution, dot reflect.Value) reflect.Value {
	if f, ok := fn.Interface().(func(string) template.HTML); ok {
		a := args[0].get
		return func(x *execution, dot reflect.Value) reflect.Value { return reflect.ValueOf(f(a(x, dot).String())) }
	}
	if f, ok := fn.Interface().(func(string, ...any) (template.HTML, error)); ok {
		return func(x *execution, dot reflect.Value) reflect.Value {
			key := args[0].get(x, dot).String()
			rest := make([]any, len(args)-1)
			for i, a := range args[1:] {
				rest[i] = a.get(x, dot).Interface()
			}
			if x.failed {
				return reflect.ValueOf(template.HTML(""))
			}
			r, err := f(key, rest...)
			x.failed = err != nil
			return reflect.ValueOf(r)
		}
	}
	if f, ok := fn.Interface().(func(any) (template.HTML, error)); ok {
		a := args[0].get
		return func(x *execution, dot reflect.Value) reflect.Value {
			v := a(x, dot)
			if x.failed {
				return reflect.ValueOf(template.HTML(""))
			}
			r, err := f(v.Interface())
			x.failed = err != nil
			return reflect.ValueOf(r)
		}
	}
	return func(x *execution, dot reflect.Value) reflect.Value {
		in := make([]reflect.Value, len(args))
		for i, a := range args {
			in[i] = a.get(x, dot)
		}
		if x.failed {
			return reflect.Zero(fn.Type().Out(0))
		}
		out := fn.Call(in)
		x.failed = len(out) == 2 && !out[1].IsNil()
		return out[0]
	}
}

package render

import (
	"fmt"
	"html/template"
	"reflect"
	"strconv"
	"sync"
	"text/template/parse"

	"entente/internal/limits"
)

// program writes one template for views of one type. It is compiled from the
// tree that html/template has escaped, so that what is escaped and how stays
// its decision; only the reflection is done once instead of on each page.
type program struct {
	ops   []op
	slots int // variables, the dot with which it is called being the first
}

// op writes one node of a template.
type op func(x *execution, dot reflect.Value)

// execution is a program at work.
type execution struct {
	out    []byte
	vars   []reflect.Value
	base   int                 // of the current program's variables
	depth  int                 // of programs within programs
	failed bool                // something is not as expected: html/template shall say what
	deep   *parse.TemplateNode // the call that went too deep
}

var executions = sync.Pool{New: func() any { return new(execution) }}

func (p *program) run(x *execution, dot reflect.Value) {
	x.depth++
	if !x.failed {
		base := x.base
		x.base = len(x.vars)
		x.vars = append(x.vars, dot)
		for range p.slots - 1 {
			x.vars = append(x.vars, reflect.Value{})
		}
		runAll(p.ops, x, dot)
		clear(x.vars[x.base:])
		x.vars = x.vars[:x.base]
		x.base = base
	}
	x.depth--
}

func runAll(ops []op, x *execution, dot reflect.Value) {
	for _, o := range ops {
		if x.failed {
			return
		}
		o(x, dot)
	}
}

// compiler turns escaped trees into programs. What it does not know sets
// unknown, and the template stays with html/template.
type compiler struct {
	root     *template.Template
	funcs    template.FuncMap
	programs map[programKey]*program
	unknown  string // the first construct that it does not know
}

type programKey struct {
	name string
	view reflect.Type
}

// scope is the variables that can be seen at a place.
type scope struct {
	names []string
	types []reflect.Type
	slots *int // most variables at once in the program
}

// with adds a variable and gives its slot.
func (s scope) with(name string, t reflect.Type) (scope, int) {
	n := len(s.names)
	s.names, s.types = append(s.names[:n:n], name), append(s.types[:n:n], t)
	*s.slots = max(*s.slots, n+1)
	return s, n
}

func (c *compiler) stop(what string) {
	if c.unknown == "" {
		c.unknown = what
	}
}

// program compiles a template for a type of view.
func (c *compiler) program(name string, view reflect.Type) *program {
	key := programKey{name, view}
	if p, ok := c.programs[key]; ok {
		return p
	}
	p := &program{}
	c.programs[key] = p
	t := c.root.Lookup(name)
	if t == nil || t.Tree == nil || view == nil {
		c.stop("template " + name)
		return p
	}
	s, _ := scope{slots: &p.slots}.with("$", view)
	p.ops = c.list(t.Tree.Root, s, view)
	return p
}

func (c *compiler) list(n *parse.ListNode, s scope, dot reflect.Type) []op {
	if n == nil {
		return nil
	}
	var ops []op
	for _, k := range n.Nodes {
		if c.unknown != "" {
			return nil
		}
		switch k := k.(type) {
		case *parse.TextNode:
			text := string(k.Text)
			ops = append(ops, func(x *execution, _ reflect.Value) { x.out = append(x.out, text...) })
		case *parse.CommentNode:
		case *parse.ActionNode:
			if len(k.Pipe.Decl) > 0 {
				var set op
				if s, set = c.declare(k.Pipe, s, dot); set != nil {
					ops = append(ops, set)
				}
				continue
			}
			ops = append(ops, c.action(k.Pipe, s, dot))
		case *parse.IfNode:
			test, then, other := c.truth(k.Pipe, s, dot), c.list(k.List, s, dot), c.list(k.ElseList, s, dot)
			if len(k.Pipe.Decl) > 0 {
				c.stop("a declaration in if")
			}
			ops = append(ops, func(x *execution, dot reflect.Value) {
				if test(x, dot) {
					runAll(then, x, dot)
				} else {
					runAll(other, x, dot)
				}
			})
		case *parse.WithNode:
			ops = append(ops, c.with(k, s, dot))
		case *parse.RangeNode:
			ops = append(ops, c.loop(k, s, dot))
		case *parse.TemplateNode:
			if k.Pipe == nil {
				c.stop("a template without a view")
				continue
			}
			v := c.pipe(k.Pipe, s, dot)
			p := c.program(k.Name, v.typ)
			ops = append(ops, func(x *execution, dot reflect.Value) {
				if x.depth > limits.TemplateDepth {
					x.failed, x.deep = true, k
					return
				}
				p.run(x, v.get(x, dot))
			})
		default:
			c.stop(k.String())
		}
	}
	return ops
}

// declare is {{$x := …}}.
func (c *compiler) declare(n *parse.PipeNode, s scope, dot reflect.Type) (scope, op) {
	if n.IsAssign || len(n.Decl) != 1 {
		c.stop("an assignment")
		return s, nil
	}
	cmds := *n
	cmds.Decl = nil
	v := c.pipe(&cmds, s, dot)
	s, slot := s.with(n.Decl[0].Ident[0], v.typ)
	return s, func(x *execution, dot reflect.Value) { x.vars[x.base+slot] = v.get(x, dot) }
}

func (c *compiler) with(n *parse.WithNode, s scope, dot reflect.Type) op {
	inner, slot := s, -1
	pipe := *n.Pipe
	pipe.Decl = nil
	v := c.pipe(&pipe, s, dot)
	if len(n.Pipe.Decl) == 1 {
		inner, slot = s.with(n.Pipe.Decl[0].Ident[0], v.typ)
	}
	then, other := c.list(n.List, inner, v.typ), c.list(n.ElseList, inner, dot)
	return func(x *execution, dot reflect.Value) {
		val := v.get(x, dot)
		if slot >= 0 {
			x.vars[x.base+slot] = val
		}
		if !x.failed && isTrue(val) {
			runAll(then, x, val)
		} else {
			runAll(other, x, dot)
		}
	}
}

func (c *compiler) loop(n *parse.RangeNode, s scope, dot reflect.Type) op {
	pipe := *n.Pipe
	pipe.Decl = nil
	v := c.pipe(&pipe, s, dot)
	if v.typ == nil || v.typ.Kind() != reflect.Slice && v.typ.Kind() != reflect.Array || n.Pipe.IsAssign {
		c.stop("range over something else than a list")
		return nil
	}
	inner, index, item := s, -1, -1
	switch decl := n.Pipe.Decl; len(decl) {
	case 1:
		inner, item = s.with(decl[0].Ident[0], v.typ.Elem())
	case 2:
		inner, index = s.with(decl[0].Ident[0], reflect.TypeFor[int]())
		inner, item = inner.with(decl[1].Ident[0], v.typ.Elem())
	}
	each, none := c.list(n.List, inner, v.typ.Elem()), c.list(n.ElseList, s, dot)
	return func(x *execution, dot reflect.Value) {
		list := v.get(x, dot)
		if x.failed {
			return
		}
		for i := range list.Len() {
			e := list.Index(i)
			if index >= 0 {
				x.vars[x.base+index] = reflect.ValueOf(i)
			}
			if item >= 0 {
				x.vars[x.base+item] = e
			}
			runAll(each, x, e)
			if len(x.out) > limits.TemplateOutput {
				x.failed = true
				return
			}
		}
		if list.Len() == 0 {
			runAll(none, x, dot)
		}
	}
}

// action writes a value in the way that html/template has chosen.
func (c *compiler) action(n *parse.PipeNode, s scope, dot reflect.Type) op {
	cmds := *n
	how := ""
	for len(cmds.Cmds) > 1 {
		last := cmds.Cmds[len(cmds.Cmds)-1]
		id, ok := last.Args[0].(*parse.IdentifierNode)
		if !ok || len(last.Args) > 1 || escapers[id.Ident] == "" {
			break
		}
		how = escapers[id.Ident] + how
		cmds.Cmds = cmds.Cmds[:len(cmds.Cmds)-1]
	}
	v := c.pipe(&cmds, s, dot)
	if v.typ == nil {
		c.stop("an action without a type")
		return nil
	}
	if v.fixed && how != "" {
		var x execution
		if write := c.writer(v, how); write != nil {
			write(&x, reflect.Value{})
			return func(to *execution, _ reflect.Value) { to.out = append(to.out, x.out...) }
		}
		return nil
	}
	return c.writer(v, how)
}

// writer writes a value after the escapers of these letters.
func (c *compiler) writer(v value, how string) op {
	switch html := v.typ == reflect.TypeFor[template.HTML](); {
	case v.typ.Kind() == reflect.Int && (how == "h" || how == "a"):
		return func(x *execution, dot reflect.Value) { x.out = strconv.AppendInt(x.out, v.get(x, dot).Int(), 10) }
	case html && how == "h":
		return func(x *execution, dot reflect.Value) { x.out = append(x.out, v.get(x, dot).String()...) }
	case html && how == "a":
		return func(x *execution, dot reflect.Value) { x.out = appendStripped(x.out, v.get(x, dot).String()) }
	case html && how == "r":
		return func(x *execution, dot reflect.Value) { x.out = appendMarkup(x.out, v.get(x, dot).String()) }
	case v.typ != reflect.TypeFor[string]():
	case how == "h" || how == "a" || how == "r":
		return func(x *execution, dot reflect.Value) { x.out = appendHTML(x.out, v.get(x, dot).String()) }
	case how == "una":
		return func(x *execution, dot reflect.Value) {
			if u := v.get(x, dot).String(); safeURL(u) {
				x.out = appendURL(x.out, u)
			} else {
				x.out = append(x.out, unsafeURL...)
			}
		}
	case how == "na":
		return func(x *execution, dot reflect.Value) { x.out = appendURL(x.out, v.get(x, dot).String()) }
	case how == "ea":
		return func(x *execution, dot reflect.Value) { x.out = appendPart(x.out, v.get(x, dot).String()) }
	}
	c.stop(fmt.Sprintf("a %s after escapers %q", v.typ, how))
	return nil
}

// escapers are those that this package can do itself, each with a letter.
var escapers = map[string]string{
	"_html_template_htmlescaper": "h", "_html_template_attrescaper": "a", "_html_template_rcdataescaper": "r",
	"_html_template_urlfilter": "u", "_html_template_urlnormalizer": "n", "_html_template_urlescaper": "e",
}

// Package render turns views into HTML: templates are parsed once, the
// site's own over the built-in ones, and executed with a view. It knows
// nothing of what a view means.
package render

import (
	"errors"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	texttemplate "text/template"
	"text/template/parse"
	"time"
	"unicode/utf8"

	"entente/internal/diag"
	"entente/internal/file"
	"entente/internal/limits"
)

// Set is all templates of a site. It is safe for use by many goroutines.
type Set struct {
	root  *template.Template
	funcs template.FuncMap
	texts map[string]*file.Text // the site's own, by name, for messages

	programs sync.Map // programKey to *compiled
	compile  sync.Mutex
}

// Parse reads the built-in templates and lays the site's own over them: one
// with the name of a built-in file replaces it, and what it defines replaces
// the definition of the same name. The set is nil when there are errors.
func Parse(builtin fs.FS, funcs template.FuncMap, own []*file.Text) (*Set, []diag.Diagnostic) {
	s := &Set{root: template.New("").Funcs(funcs).Option("missingkey=error"), funcs: funcs, texts: map[string]*file.Text{}}
	names, err := fs.Glob(builtin, "*.html")
	if err != nil {
		panic("render: " + err.Error())
	}
	for _, name := range names {
		b, err := fs.ReadFile(builtin, name)
		if err != nil {
			panic("render: " + err.Error())
		}
		if _, err := s.root.New(name).Parse(string(b)); err != nil {
			panic("render: built-in template: " + err.Error())
		}
	}
	var diags []diag.Diagnostic
	for _, t := range own {
		name := strings.TrimPrefix(t.Path, "templates/")
		if !strings.HasSuffix(name, ".html") {
			continue
		}
		s.texts[name] = t
		if _, err := s.root.New(name).Parse(string(t.Bytes())); err != nil {
			diags = append(diags, s.explain(name, nil, err))
			continue
		}
		diags = append(diags, lint(t)...)
	}
	if len(diags) == 0 {
		diags = s.endless()
	}
	if len(diags) > 0 {
		return nil, diags
	}
	return s, nil
}

// Execute writes the page of a view. An error is a *Failure whose
// diagnostic names the place in the template.
func (s *Set) Execute(w io.Writer, name string, view any, page string) error {
	if p := s.programOf(name, view); p != nil {
		x := executions.Get().(*execution)
		defer executions.Put(x)
		*x = execution{out: x.out[:0], vars: x.vars[:0]}
		if p.run(x, reflect.ValueOf(view)); !x.failed {
			_, err := w.Write(x.out)
			return err
		}
		if x.deep != nil {
			at, _ := new(parse.Tree).ErrorContext(x.deep)
			d := s.explain(name, view, fmt.Errorf("template: %s: %s", at, tooDeep))
			d.Message = fmt.Sprintf("templates call one another more than %d deep, while making %q", limits.TemplateDepth, page)
			return &Failure{Diags: []diag.Diagnostic{d}}
		}
	}
	bounded := &bounded{w: w, until: time.Now().Add(limits.TemplateTime)}
	err := s.root.ExecuteTemplate(bounded, name, view)
	if err == nil {
		return nil
	}
	d := s.explain(name, view, err)
	if errors.Is(err, errBudget) {
		d = s.runaway(name, bounded)
	}
	d.Message += fmt.Sprintf(", while making %q", page)
	return &Failure{Diags: []diag.Diagnostic{d}}
}

// compiled is the program of a template for views of a type, or why
// html/template has to execute it.
type compiled struct {
	program *program
	why     string
}

// programOf gives the program of a template for views of a type, compiled
// when first asked for; nil where html/template has to execute it. The trees
// are escaped by html/template, which does so when it begins to execute.
func (s *Set) programOf(name string, view any) *program {
	key := programKey{name, reflect.TypeOf(view)}
	if c, ok := s.programs.Load(key); ok {
		return c.(*compiled).program
	}
	s.compile.Lock()
	defer s.compile.Unlock()
	if c, ok := s.programs.Load(key); ok {
		return c.(*compiled).program
	}
	if err := s.Reference(closed{}, name, view); err != nil && err != errClosed {
		return nil
	}
	c := &compiler{root: s.root, funcs: s.funcs, programs: map[programKey]*program{}}
	done := &compiled{program: c.program(name, key.view), why: c.unknown}
	if done.why != "" {
		done.program = nil
	}
	s.programs.Store(key, done)
	return done.program
}

// closed is a writer that takes nothing.
type closed struct{}

var errClosed = errors.New("closed")

// Write implements io.Writer.
func (closed) Write([]byte) (int, error) { return 0, errClosed }

// Slow lists the templates that had to be left to html/template and what
// stood in the way, in order.
func (s *Set) Slow() []string {
	var names []string
	s.programs.Range(func(k, c any) bool {
		if why := c.(*compiled).why; why != "" {
			names = append(names, k.(programKey).name+": "+why)
		}
		return true
	})
	slices.Sort(names)
	return names
}

// Reference executes a template with html/template itself.
func (s *Set) Reference(w io.Writer, name string, view any) error {
	return s.root.ExecuteTemplate(w, name, view)
}

// Failure is templates that could not be executed.
type Failure struct {
	Diags []diag.Diagnostic
}

func (f *Failure) Error() string { return f.Diags[0].Message }

// position reads the place that the template packages put before a message:
// "template: page.html:3:14: …".
var position = regexp.MustCompile(`^(?:html/)?template: ?([^:]+):(\d+)(?::(\d+))?: (?s:(.*))$`)

var (
	noField    = regexp.MustCompile(`can't evaluate field (\S+) in type \S*?(\w+)$`)
	noFunction = regexp.MustCompile(`function "([^"]+)" not defined`)
)

// executing is what the library says before the fault of an execution.
var executing = regexp.MustCompile(`^executing "[^"]*" at <(.*?)>: (?:error calling \w+: )?`)

// fieldsOf lists the fields of a type of the view, by the type's name.
func fieldsOf(view any, name string) []string {
	var fields []string
	seen := map[reflect.Type]bool{}
	var look func(t reflect.Type)
	look = func(t reflect.Type) {
		for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice || t.Kind() == reflect.Map {
			t = t.Elem()
		}
		if t.Kind() != reflect.Struct || seen[t] || fields != nil {
			return
		}
		seen[t] = true
		for _, f := range reflect.VisibleFields(t) {
			if f.IsExported() && t.Name() == name {
				fields = append(fields, f.Name)
			}
		}
		for i := range t.NumField() {
			look(t.Field(i).Type)
		}
	}
	if view != nil {
		look(reflect.TypeOf(view))
	}
	return fields
}

var blockAction = regexp.MustCompile(`\{\{-?\s*(if|range|with|define|block|end)\b`)

// unclosed finds the block that lacks its end.
func unclosed(text string) (at int, ok bool) {
	var open []int
	for _, m := range blockAction.FindAllStringSubmatchIndex(text, -1) {
		switch {
		case text[m[2]:m[3]] != "end":
			open = append(open, m[0])
		case len(open) > 0:
			open = open[:len(open)-1]
		}
	}
	if len(open) == 0 {
		return 0, false
	}
	return open[len(open)-1], true
}

// tooDeep is what html/template says of a call without end.
const tooDeep = "exceeded maximum template depth"

// explain turns an error of the template packages into a diagnostic.
func (s *Set) explain(name string, view any, err error) diag.Diagnostic {
	d := diag.Diagnostic{Path: "templates/" + name, Pos: file.Pos{Line: 1, Col: 1}, Rule: "TP001", Message: err.Error()}
	var exec texttemplate.ExecError
	if errors.As(err, &exec) {
		d.Rule = "TP004"
	}
	if m := position.FindStringSubmatch(err.Error()); m != nil {
		d.Path = "templates/" + m[1]
		d.Pos.Line, _ = strconv.Atoi(m[2])
		t := s.texts[m[1]]
		if col, e := strconv.Atoi(m[3]); e == nil && t != nil {
			// The library counts bytes, and points inside the action.
			line := t.Line(d.Pos.Line)
			col = min(col, len(line))
			d.Pos.Col = utf8.RuneCountInString(line[:max(0, strings.LastIndex(line[:col], "{{"))]) + 1
		} else if t != nil {
			d.Pos.Col = max(1, strings.Index(t.Line(d.Pos.Line), "{{")+1)
		}
		d.Message = m[4]
	}
	d.Message, _, _ = strings.Cut(d.Message, "\n")
	switch {
	case noField.MatchString(d.Message):
		m := noField.FindStringSubmatch(d.Message)
		fields := fieldsOf(view, m[2])
		d.Rule, d.Message = "TP002", fmt.Sprintf("no field %q in this view", m[1])
		if near := diag.Nearest(m[1], fields); near != "" {
			d.Hint = fmt.Sprintf("did you mean %q?", near)
		} else if len(fields) > 0 {
			d.Hint = "the fields are " + strings.Join(fields, ", ")
		}
	case noFunction.MatchString(d.Message):
		m := noFunction.FindStringSubmatch(d.Message)
		d.Rule, d.Message = "TP003", fmt.Sprintf("no function %q", m[1])
		d.Hint = "the functions are icon, glyph, say, date, links and those of Go's template language"
	case strings.Contains(d.Message, tooDeep):
		d.Rule, d.Message, d.Hint = "TP005", "a template calls itself without end", "take the call out, or put it inside a range or an if that ends"
	case strings.Contains(d.Message, "no such template"):
		d.Hint = "define it, or correct the name"
	case strings.Contains(d.Message, "unexpected EOF"):
		d.Message, d.Hint = "the template ends inside an action that is open", "close it with {{end}}"
		if t := s.texts[strings.TrimPrefix(d.Path, "templates/")]; t != nil {
			if at, ok := unclosed(string(t.Bytes())); ok {
				d.Pos, d.Message = t.Pos(at), "this is never closed"
			}
		}
	case d.Rule == "TP001":
		d.Hint = "an action stands between {{ and }}"
	case d.Rule == "TP004":
		d.Message = executing.ReplaceAllString(d.Message, "$1: ")
		d.Hint = "ask with {{if}} or {{with}} before you use what may be missing"
	}
	return d
}

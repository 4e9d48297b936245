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

	"entente/internal/diag"
	"entente/internal/file"
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
		if _, err := s.root.New(name).Parse(string(t.Bytes)); err != nil {
			diags = append(diags, s.explain(name, err))
			continue
		}
		diags = append(diags, lint(t)...)
	}
	if len(diags) > 0 {
		return nil, diags
	}
	return s, nil
}

// inScript finds actions inside script and style elements, where escaping
// by context is too subtle to trust.
var inScript = regexp.MustCompile(`(?is)<(script|style)\b[^>]*>(.*?)</(script|style)>`)

// lint refuses actions in places that this house keeps free of them.
func lint(t *file.Text) []diag.Diagnostic {
	var list []diag.Diagnostic
	for _, m := range inScript.FindAllSubmatchIndex(t.Bytes, -1) {
		inner := t.Bytes[m[4]:m[5]]
		if i := strings.Index(string(inner), "{{"); i >= 0 {
			list = append(list, diag.At(t, file.Span{Start: m[4] + i, End: m[4] + i + 2}, diag.Error, "TP007",
				"an action inside a script or style element", "put data into data-* attributes and read them from a script file"))
		}
	}
	for _, at := range unquoted.FindAllIndex(t.Bytes, -1) {
		list = append(list, diag.At(t, file.Span{Start: at[1] - 2, End: at[1]}, diag.Error, "TP007",
			"an action in an attribute without quotes", "put the value between double quotes"))
	}
	return list
}

var unquoted = regexp.MustCompile(`<[a-zA-Z][^<>"]*(?:"[^"]*"[^<>"]*)*\s[a-zA-Z-]+=\{\{`)

// Execute writes the page of a view. An error is a *diag.Failure whose
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
	}
	err := s.Reference(w, name, view)
	if err == nil {
		return nil
	}
	d := s.explain(name, err)
	d.Message += fmt.Sprintf(", while making %q", page)
	return &Failure{Diagnostic: d, Err: err}
}

// compiled is the program of a template for views of a type, or why
// html/template has to execute it.
type compiled struct {
	program *program
	why     string
}

// programOf gives the program of a template for views of a type, compiled
// when first asked for; nil where html/template has to execute it. A first
// view is tried with html/template, which escapes the trees on that occasion.
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
	if s.Reference(io.Discard, name, view) != nil {
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

// Failure is a template that could not be executed.
type Failure struct {
	Diagnostic diag.Diagnostic
	Err        error
}

func (f *Failure) Error() string { return f.Err.Error() }

func (f *Failure) Unwrap() error { return f.Err }

// position reads the place that the template packages put before a message:
// "template: page.html:3:14: …".
var position = regexp.MustCompile(`^(?:html/)?template: ?([^:]+):(\d+)(?::(\d+))?: (?s:(.*))$`)

var (
	noField    = regexp.MustCompile(`can't evaluate field (\S+) in type`)
	noFunction = regexp.MustCompile(`function "([^"]+)" not defined`)
)

// explain turns an error of the template packages into a diagnostic.
func (s *Set) explain(name string, err error) diag.Diagnostic {
	d := diag.Diagnostic{Path: "templates/" + name, Pos: file.Pos{Line: 1, Col: 1}, Rule: "TP001", Message: err.Error()}
	var exec texttemplate.ExecError
	if errors.As(err, &exec) {
		d.Rule = "TP004"
	}
	if m := position.FindStringSubmatch(err.Error()); m != nil {
		d.Path = "templates/" + m[1]
		d.Pos.Line, _ = strconv.Atoi(m[2])
		if col, e := strconv.Atoi(m[3]); e == nil {
			d.Pos.Col = col + 1
		} else if t := s.texts[m[1]]; t != nil {
			d.Pos.Col = max(1, strings.Index(t.Line(d.Pos.Line), "{{")+1)
		}
		d.Message = m[4]
	}
	d.Message, _, _ = strings.Cut(d.Message, "\n")
	switch {
	case noField.MatchString(d.Message):
		m := noField.FindStringSubmatch(d.Message)
		d.Rule, d.Message = "TP002", fmt.Sprintf("no field %q in this view", m[1])
	case noFunction.MatchString(d.Message):
		m := noFunction.FindStringSubmatch(d.Message)
		d.Rule, d.Message = "TP003", fmt.Sprintf("no function %q", m[1])
		d.Hint = "the functions are icon, glyph, say, date, links and those of Go's template language"
	case strings.Contains(d.Message, "exceeded maximum template depth"):
		d.Rule, d.Message = "TP005", "a template calls itself without end"
	}
	return d
}

package render

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"io"
	"strings"
	"testing"
	"testing/fstest"

	"entente/internal/file"
	"entente/internal/limits"
)

type leaf struct {
	Text  string
	Href  string
	HTML  template.HTML
	N     int
	Bool  bool
	Point *leaf
	List  []leaf
	Pair  [2]string
}

type tree struct {
	leaf
	Inner leaf
	Any   any
	Map   map[string]string
}

func view(text string) *tree {
	l := leaf{Text: text, Href: text, HTML: template.HTML("<b>" + template.HTMLEscapeString(text) + "</b>"), N: len(text) - 3, Bool: len(text)%2 == 0, Pair: [2]string{text, "second"}}
	t := &tree{leaf: l, Inner: l, Any: text, Map: map[string]string{"k": text}}
	t.Point = &l
	t.List = []leaf{l, {Text: "other", Href: "../x/?a=b&c=d#e"}}
	return t
}

var funcs = template.FuncMap{
	"icon": func(s string) template.HTML {
		return template.HTML("<svg class=\"" + template.HTMLEscapeString(s) + "\"></svg>")
	},
	"say": func(key string, values ...any) (template.HTML, error) {
		return template.HTML("<i>" + template.HTMLEscapeString(fmt.Sprint(key, values)) + "</i> it's &amp;"), nil
	},
	"join": func(a, b string) string { return a + "/" + b },
}

// cases are templates and whether they must have a program of their own.
var cases = []struct {
	text     string
	compiled bool
}{
	{`plain`, true},
	{`<p title="{{.Text}}">{{.Text}}</p>`, true},
	{`<title>{{.Text}}</title>`, true},
	{`<a href="{{.Href}}">{{.HTML}}</a>`, true},
	{`<a href="{{.Href}}x/{{.Text}}">{{.N}}</a>`, true},
	{`<i class="{{.N}}">{{if .Bool}}yes{{else if .Text}}text{{else}}none{{end}}</i>`, true},
	{`{{range $i, $l := .List}}{{if $i}}, {{end}}<a href="{{.Href}}">{{$l.Text}} of {{$.Text}}</a>{{end}}`, true},
	{`{{range .List}}{{.Text}}{{range .List}}x{{else}}empty{{end}}{{end}}`, true},
	{`{{with .Point}}{{.Text}}{{with .Point}}never{{else}}{{.N}}{{end}}{{end}}`, true},
	{`{{with $x := .Inner}}{{$x.Text}}{{end}}{{$y := .Inner.Text}}{{$y}}`, true},
	{`{{if and .Text (not .Bool)}}a{{end}}{{if or .List .Text}}b{{end}}{{if and (eq (len .List) 2) (ne .Text "x")}}c{{end}}`, true},
	{`{{index .Pair 1}} {{icon .Text}} {{join .Text "b"}} {{.Text | join "a"}}`, true},
	{`{{define "item"}}<li>{{.Text}}{{with .Point}}{{template "item" .}}{{end}}</li>{{end}}{{template "item" .Point}}`, true},
	{`{{/* nothing */}}{{.Inner.Pair | len | eq 2}}`, false},
	{`<script type="application/ld+json">{{.Text}}</script>`, false},
	{`<a href="/?q={{.Text}}">x</a><a href="#{{.Text}}">y</a><a href="./#{{.Text}}">z</a>`, true},
	{`<a title="{{.HTML}}">x</a><title>{{.HTML}}</title>`, true},
	{`{{say "k"}}<a title="{{say "k" "n" .N}}">{{say (printf "a.%s" .Text) "t" (say "x")}}</a>`, true},
	{`{{printf "%d" .N}}`, true},
	{`{{.Any}} {{.Map.k}} {{range $k, $v := .Map}}{{$k}}{{$v}}{{end}}`, false},
	{`{{define "a"}}{{.Text}}{{end}}<p title="{{template "a" .}}">`, false},
	{`<p style="color: {{.Text}}" onclick="f({{.Text}})">`, false},
}

var texts = []string{"", "abc", "a & b < c > \"d\" 'e' + f", "javascript:alert(1)", "https://example.org/ä ö?x=1&y=(2)#z%20%zz", "tel:1", "\x00\xff", "&amp;", "MAILTO:x@y", "a/b:c"}

func set(t testing.TB, text string) *Set {
	t.Helper()
	s, diags := Parse(fstest.MapFS{"page.html": {Data: []byte(text)}}, funcs, nil)
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	return s
}

// TestProgramsAgree holds what programs write against html/template.
func TestProgramsAgree(t *testing.T) {
	for _, c := range cases {
		s := set(t, c.text)
		for _, text := range texts {
			agree(t, s, c.text, text)
		}
		if slow := s.Slow(); (len(slow) == 0) != c.compiled {
			t.Errorf("%s: compiled is %v, want %v; %v", c.text, len(slow) == 0, c.compiled, slow)
		}
	}
}

func agree(t testing.TB, s *Set, template, text string) {
	t.Helper()
	for range 2 {
		var got, want bytes.Buffer
		v := view(text)
		if err := s.Reference(&want, "page.html", v); err != nil {
			t.Fatalf("%s: %v", template, err)
		}
		if err := s.Execute(&got, "page.html", v, "x"); err != nil {
			t.Fatalf("%s: %v", template, err)
		}
		if got.String() != want.String() {
			t.Errorf("%s with %q\n got %s\nwant %s", template, text, got.String(), want.String())
		}
	}
}

// TestProgramsFailAlike expects the message of html/template where a view is
// not as a program expects, on the first page and on later ones.
func TestProgramsFailAlike(t *testing.T) {
	for text, want := range map[string]string{
		`{{.Point.Point.Text}}`: "nil pointer evaluating",
		`{{.Nothing}}`:          `no field "Nothing" in this view`,
		`{{index .List 7}}`:     "index out of range",
		`{{define "a"}}{{if .}}{{template "a" .}}{{end}}{{end}}{{if .Bool}}{{template "a" .}}{{end}}`: "calls itself without end",
	} {
		s := set(t, text)
		v := view("even")
		for range 2 {
			err := s.Execute(&bytes.Buffer{}, "page.html", v, "x")
			var f *Failure
			if err == nil {
				t.Errorf("%s: no error", text)
			} else if f = err.(*Failure); !bytes.Contains([]byte(f.Diags[0].Message), []byte(want)) {
				t.Errorf("%s: %q, want %q in it", text, f.Diags[0].Message, want)
			}
		}
	}
	// A program that exists already meets a view that it cannot show.
	s := set(t, `{{.Point.Text}}`)
	if err := s.Execute(&bytes.Buffer{}, "page.html", view("a"), "x"); err != nil {
		t.Fatal(err)
	}
	v := view("b")
	v.Point = nil
	var out bytes.Buffer
	if err := s.Execute(&out, "page.html", v, "x"); err == nil || out.Len() > 0 {
		t.Errorf("a nil pointer gave %q, %v", out.String(), err)
	}
}

// FuzzEscape holds the escapers against those of html/template.
func FuzzEscape(f *testing.F) {
	for _, s := range texts {
		f.Add(s)
	}
	s := set(f, `<a title="{{.Text}}" href="{{.Href}}" data-x="{{.Href}}"><title>{{.Text}}</title>{{.Text}}<img src="a/{{.Text}}"><a href="#{{.Text}}">`)
	f.Fuzz(func(t *testing.T, text string) { agree(t, s, "fuzz", text) })
}

func BenchmarkExecute(b *testing.B) {
	s := set(b, `{{range .List}}<a href="{{.Href}}" title="{{.Text}}">{{.Text}}</a>{{with .HTML}}{{.}}{{end}}{{end}}`)
	v := view("some words & more")
	for name, run := range map[string]func() error{
		"program": func() error { return s.Execute(&bytes.Buffer{}, "page.html", v, "x") },
		"html":    func() error { return s.Reference(&bytes.Buffer{}, "page.html", v) },
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := run(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// link is a view that holds another of its kind.
type link struct{ Next *link }

// A call without end is found before a page is made, through other templates
// too; one that a condition may end is not refused.
func TestEndless(t *testing.T) {
	for text, want := range map[string]int{
		`{{define "a"}}{{template "a"}}{{end}}`: 1,
		`{{define "a"}}{{template "b"}}{{end}}{{define "b"}}{{template "c"}}{{end}}{{define "c"}}<p>{{template "a"}}{{end}}{{template "a"}}`: 3,
		`{{define "a"}}{{if .}}{{template "a" .}}{{end}}{{end}}{{template "a" .}}`:                                                           0,
		`{{define "a"}}{{range .}}{{template "a" .}}{{end}}{{end}}{{template "a" .}}{{template "a" .}}`:                                      0,
		`{{define "a"}}{{template "b"}}{{template "b"}}{{end}}{{define "b"}}b{{end}}{{template "a"}}{{template "nothing"}}`:                  0,
	} {
		_, diags := Parse(fstest.MapFS{}, nil, []*file.Text{file.NewText("templates/page.html", []byte(text))})
		if len(diags) != want || want > 0 && (diags[0].Rule != "TP005" || diags[0].Pos.Col != strings.Index(text, `{{template`)+1) {
			t.Errorf("%s: %v, want %d", text, diags, want)
		}
	}
}

// Templates may call one another so deep and no deeper, endless or not.
func TestDepth(t *testing.T) {
	text := file.NewText("templates/page.html", []byte("{{define \"in\"}}\n<i>{{with .Next}}{{template \"in\" .}}{{end}}</i>{{end}}{{template \"in\" .}}"))
	set, diags := Parse(fstest.MapFS{}, nil, []*file.Text{text})
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	for _, c := range []struct {
		calls int
		good  bool
	}{{limits.TemplateDepth, true}, {limits.TemplateDepth + 1, false}} {
		var view *link
		for range c.calls {
			view = &link{view}
		}
		var f *Failure
		err := set.Execute(io.Discard, "page.html", view, "x")
		switch {
		case c.good && err != nil:
			t.Errorf("%d calls: %v", c.calls, err)
		case !c.good && (!errors.As(err, &f) || f.Diags[0].Rule != "TP005" || f.Diags[0].Pos.Line != 2):
			t.Errorf("%d calls: %v", c.calls, err)
		}
	}
}

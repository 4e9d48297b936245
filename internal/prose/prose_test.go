package prose

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/txtar"
	"golang.org/x/net/html"

	"entente/internal/file"
)

var update = flag.Bool("update", false, "rewrite golden files")

// plainBinder knows three names and nothing else.
type plainBinder struct{ seen map[string]bool }

func (b *plainBinder) Link(r Ref) Link {
	switch {
	case r.Target == "nato" || r.Target == "NATO":
		return Link{Href: "../nato/", Label: "NATO", Target: 1}
	case strings.Contains(r.Target, "://") || strings.HasPrefix(r.Target, "mailto:"), r.Image, r.Target == "":
		return Link{Href: r.Target + "#" + r.Anchor, Target: -1}
	}
	return Link{Target: -1, Problems: []Problem{{Rule: "LK001", Message: fmt.Sprintf("no page %q", r.Target)}}}
}

func (b *plainBinder) Mentions(run []byte, dst []Mention) []Mention {
	for _, name := range []string{"North Atlantic\nTreaty", "North Atlantic Treaty", "Poland"} {
		if i := bytes.Index(run, []byte(name)); i >= 0 && !b.seen[name[:5]] {
			b.seen[name[:5]] = true
			dst = append(dst, Mention{Start: i, End: i + len(name), Link: Link{Href: "x/", Target: 2}})
		}
	}
	slices.SortFunc(dst, func(a, b Mention) int { return a.Start - b.Start })
	return dst
}

func (b *plainBinder) Fact(e string) Inline { return Inline{HTML: "<data>32</data>", Text: "32"} }

func (b *plainBinder) Cite(ref string) Inline {
	return Inline{HTML: "Source " + escape(ref), Text: ref, Target: -1}
}

func (b *plainBinder) View(name, options string) Inline { return Inline{HTML: "<figure></figure>"} }

func (b *plainBinder) Include(string) (*Source, string, []Problem) { return nil, "", nil }

func (b *plainBinder) Section() {}

func compose(text string) *Body {
	return NewComposer().Compose(&Source{Text: file.NewText("content/topics/a.md", []byte(text))}, &plainBinder{seen: map[string]bool{}}, ComposeOptions{})
}

// Each archive holds a text and what becomes of it. Run with -update, then
// read the difference.
func TestGolden(t *testing.T) {
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatal("no archives", err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			body := compose(string(a.Files[0].Data))
			var diags, links bytes.Buffer
			for _, d := range body.Diags {
				fmt.Fprintf(&diags, "%d:%d %s %s %s\n", d.Pos.Line, d.Pos.Col, d.Severity, d.Rule, d.Message)
			}
			for i, target := range body.Targets {
				text, from, to := body.Sentence(i)
				fmt.Fprintf(&links, "%d %q in %q\n", target, text[min(from, len(text)):min(to, len(text))], text)
			}
			got := &txtar.Archive{Comment: a.Comment, Files: []txtar.File{a.Files[0], {Name: "html", Data: end([]byte(body.HTML))}, {Name: "notes", Data: end([]byte(body.Notes))},
				{Name: "diags", Data: diags.Bytes()}, {Name: "links", Data: links.Bytes()}}}
			if *update {
				if err := os.WriteFile(name, txtar.Format(got), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			for i, f := range got.Files[1:] {
				if i+1 >= len(a.Files) || !bytes.Equal(a.Files[i+1].Data, f.Data) {
					t.Errorf("%s differs; got\n%s", f.Name, f.Data)
				}
			}
		})
	}
}

func end(b []byte) []byte {
	if len(b) == 0 || b[len(b)-1] == '\n' {
		return b
	}
	return append(bytes.Clone(b), '\n')
}

// Texts that take other parsers quadratic time are composed or refused soon:
// eight times the size may cost at most twenty times the allocation.
func TestPathologicalTextsAreLinear(t *testing.T) {
	for name, unit := range map[string]string{"quotes": "> ", "items": "- ", "links": "[a](", "brackets": "[", "ticks": "\\`", "cells": "|a", "stars": "*a ", "refs": "[[", "facts": "[[= "} {
		t.Run(name, func(t *testing.T) {
			cost := func(n int) float64 {
				text := strings.Repeat(unit, n)
				return testing.AllocsPerRun(1, func() { compose(text) })
			}
			small, large := cost(500), cost(4000)
			if large > 20*small+1000 {
				t.Errorf("%.0f allocations for 500, %.0f for 4,000", small, large)
			}
		})
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{"---\ntitle: A\n---\nx", "---\ntitle: [a\n---\n", "---\na: &x [*x]\n---\n", "----\n", "", "---\nrecord:\n  id: x\n---\n"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		text, _ := file.Admit("content/topics/a.md", b)
		if text == nil {
			return
		}
		s := Read(text)
		if s.Body < 0 || s.Body > len(text.Bytes()) {
			t.Fatalf("body at %d of %d", s.Body, len(text.Bytes()))
		}
	})
}

func FuzzCompose(f *testing.F) {
	names, _ := filepath.Glob("testdata/*.txtar")
	for _, name := range names {
		if a, err := txtar.ParseFile(name); err == nil {
			f.Add(a.Files[0].Data)
		}
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		text, _ := file.Admit("content/topics/a.md", b)
		if text == nil || len(b) > 64<<10 {
			return
		}
		body := compose(string(text.Bytes()))
		if !utf8.ValidString(body.HTML) || len(body.HTML) > 64*len(b)+1<<20 {
			t.Fatalf("%d bytes of output for %d", len(body.HTML), len(b))
		}
		tame(t, body.HTML+body.Notes)
		loose := sanitised(string(text.Bytes()))
		tame(t, loose.HTML+loose.Notes)
		balanced(t, loose.HTML)
	})
}

// FuzzHeadings gives a page three headings: each gets an id that no other
// has, that the page itself does not use, and that is the same each time.
func FuzzHeadings(f *testing.F) {
	f.Add("Members", "Members", "Members {#members}")
	f.Add("Ä ö 1", "A o 1", "a-o-1-2 {#a-o-1}")
	f.Add("x-2", "x", "x")
	f.Add("Notes", "n1", "e-1990 {.c #top}")
	f.Add("الدول", "国", "*b* `c` [d](#e)")
	f.Fuzz(func(t *testing.T, a, b, c string) {
		text := "## " + a + "\n\n## " + b + "\n\n### " + c + "\n"
		admitted, _ := file.Admit("content/topics/a.md", []byte(text))
		if admitted == nil || len(text) > 4<<10 {
			return
		}
		body := compose(text)
		tame(t, body.HTML+body.Notes)
		again := compose(text)
		seen := map[string]bool{}
		for i, h := range body.Headings {
			if h.ID == "" || seen[h.ID] || strings.ContainsAny(h.ID, " \t\n\"'<>&#%") || slices.Contains(reserved, h.ID) {
				t.Fatalf("heading %q of %q has the id %q", h.Text, text, h.ID)
			}
			seen[h.ID] = true
			if again.Headings[i].ID != h.ID {
				t.Fatalf("%q is %q and %q", h.Text, h.ID, again.Headings[i].ID)
			}
		}
	})
}

// tame parses what came out as a browser does, and refuses what could run,
// what leads by a scheme that is not allowed, and ids used twice.
func tame(t *testing.T, out string) {
	t.Helper()
	ids := map[string]bool{}
	z := html.NewTokenizer(strings.NewReader(out))
	for z.Next() != html.ErrorToken {
		tok := z.Token()
		if tok.Type == html.EndTagToken {
			continue
		}
		switch tok.Data {
		case "script", "iframe", "frame", "object", "embed", "form", "base", "meta", "style", "link", "template", "noscript":
			if tok.Type != html.TextToken && tok.Type != html.CommentToken {
				t.Fatalf("element %s came out", tok.Data)
			}
		}
		for _, a := range tok.Attr {
			v := strings.ToLower(strings.TrimSpace(a.Val))
			scheme, _, ok := strings.Cut(v, ":")
			switch {
			case strings.HasPrefix(a.Key, "on"), a.Key == "style", a.Key == "srcdoc", a.Key == "formaction":
				t.Fatalf("attribute %s=%q came out", a.Key, a.Val)
			case a.Key == "href" || a.Key == "src":
				if ok && !strings.ContainsAny(scheme, "/?#") && !slices.Contains(allowed, scheme) || strings.HasPrefix(v, "//") {
					t.Fatalf("address %q came out", a.Val)
				}
			case a.Key == "id":
				if ids[a.Val] {
					t.Fatalf("id %q came out twice", a.Val)
				}
				ids[a.Val] = true
			}
		}
	}
}

func BenchmarkCompose(b *testing.B) {
	text := strings.Repeat("The alliance had members after the accession of Poland in 1999, and *others* followed. See [[nato|the Alliance]] for more.\n\n", 40)
	s := &Source{Text: file.NewText("content/topics/a.md", []byte(text))}
	c := NewComposer()
	b.ReportAllocs()
	for b.Loop() {
		c.Compose(s, &plainBinder{seen: map[string]bool{}}, ComposeOptions{})
	}
}

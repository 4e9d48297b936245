package main

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"golang.org/x/net/html"

	"entente/internal/cli"
)

// hostile is what careless authors paste and others plant, in every field
// that holds words.
const hostile = `</script><script>alert(1)</script>"><img src=x onerror=alert(1)>'"]]>--><svg/onload=alert(1)>{{.}}&lt;b&gt;`

// hostileSite has the string HOSTILE in every text of every kind of record.
const hostileSite = `
-- content/site.yaml --
title: 'HOSTILE'
tagline: 'HOSTILE'
base_url: https://example.org/sub/
as_of: '2025-10-31'
licence: 'HOSTILE'
publisher: 'HOSTILE'
parts:
  - title: 'HOSTILE'
    summary: 'HOSTILE'
    topics: [a]
-- content/topics/a.md --
---
title: 'HOSTILE'
summary: 'HOSTILE'
names: ['HOSTILE']
tags: ['HOSTILE']
see_also: [{page: y, why: 'HOSTILE'}]
updated: '2025-01-01'
---
Text about [[x]] and [[= y.members.count]].[@s, HOSTLOC]

## A <b heading "quoted" &lt;script&gt;

` + "```<script>\ncode </code></pre><script>alert(1)</script>\n```" + `

> [!"><x]
> A callout with a hostile kind.

![a "quoted" &lt;x&gt; picture](a.png "a 'title' \"><script>")
-- content/topics/a.png --
not looked at
-- content/states/h.yaml --
- id: x
  name: 'HOSTILE'
  official_name: 'HOSTILE'
  region: europe
  aliases: ['HOSTILE alias']
  note: 'HOSTILE'
  sources: [s]
  as_of: '2025-10-31'
-- content/organisations/h.yaml --
- id: y
  name: 'HOSTILE'
  abbr: 'HOSTILE'
  type: alliance
  founded: '1950'
  summary: 'HOSTILE'
  notes: 'HOSTILE'
  members_complete: true
  members:
    - {member: x, from: '1950', note: 'HOSTILE', basis: 'HOSTILE'}
  sources: [s]
  as_of: '2025-10-31'
-- content/treaties/h.yaml --
- id: tr
  name: 'HOSTILE'
  type: treaty
  summary: 'HOSTILE'
  signed: '1950'
  signed_at: 'HOSTILE'
  parties: [x]
  articles: [{number: 'HOSTILE', about: 'HOSTILE'}]
  notes: 'HOSTILE'
  sources: [s]
  as_of: '2025-10-31'
-- content/exercises/h.yaml --
- id: ex
  name: 'HOSTILE'
  summary: 'HOSTILE'
  organisation: y
  location: 'HOSTILE'
  frequency: 'HOSTILE'
  participants: [x]
  editions: [{name: 'HOSTILE', from: '1990', note: 'HOSTILE'}]
  notes: 'HOSTILE'
  sources: [s]
  as_of: '2025-10-31'
-- content/operations/h.yaml --
- id: op
  name: 'HOSTILE'
  summary: 'HOSTILE'
  organisation: y
  from: '1990'
  location: 'HOSTILE'
  notes: 'HOSTILE'
  sources: [s]
  as_of: '2025-10-31'
-- content/events/h.yaml --
- id: ev
  title: 'HOSTILE'
  date: '1990-01-01'
  type: other
  organisations: [y]
  note: 'HOSTILE'
  sources: [s]
  as_of: '2025-10-31'
-- content/glossary/h.yaml --
- id: gl
  term: 'HOSTILE'
  definition: 'HOSTILE'
  sources: [s]
  as_of: '2025-10-31'
-- content/sources/h.yaml --
- id: s
  title: 'HOSTILE'
  author: 'HOSTILE'
  publisher: 'HOSTILE'
  year: 'HOSTILE'
  url: https://example.org/?a='b'&c=<d>
  note: 'HOSTILE'
`

// Nothing hostile comes out alive, whatever field it stands in.
func TestHostileSite(t *testing.T) {
	t.Parallel()
	dir := newSite(t)
	archive := strings.ReplaceAll(hostileSite, "'HOSTILE", "'"+strings.ReplaceAll(hostile, "'", "''"))
	archive = strings.ReplaceAll(archive, "<d>", "%3Cd%3E")
	files := map[string][]byte{}
	for _, f := range txtar.Parse([]byte(archive)).Files {
		files[f.Name] = f.Data
	}
	lay(t, dir, files)
	if text, code := said(t, dir); code != 0 {
		t.Fatal(text)
	}
	// The words do come out, as words.
	for _, page := range []string{"topics/a", "organisations/y", "states/x", "treaties/tr", "exercises/ex", "operations/op", "glossary", "sources", "timeline"} {
		b, err := os.ReadFile(filepath.Join(dir, "public", page, "index.html"))
		if err != nil || !bytes.Contains(b, []byte("alert(1)")) {
			t.Errorf("%s does not show the words: %v", page, err)
		}
	}
	if n := scanSite(t, filepath.Join(dir, "public")); n < 20 {
		t.Errorf("only %d pages were looked at", n)
	}
}

// scanSite looks at every file of a published site and counts its pages.
func scanSite(t *testing.T, public string) (pages int) {
	t.Helper()
	err := filepath.WalkDir(public, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(p)
		if err != nil {
			return err
		}
		name, _ := filepath.Rel(public, p)
		switch filepath.Ext(p) {
		case ".html":
			pages++
			scanPage(t, name, b)
		case ".json", ".jsonld", ".webmanifest", ".geojson":
			if !json.Valid(b) {
				t.Errorf("%s is not JSON", name)
			}
		case ".xml", ".svg":
			dec := xml.NewDecoder(bytes.NewReader(b))
			for {
				if _, err := dec.Token(); errors.Is(err, io.EOF) {
					break
				} else if err != nil {
					t.Errorf("%s: %v", name, err)
					break
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return pages
}

// scanPage parses a page as a browser does and refuses what could run.
func scanPage(t *testing.T, name string, b []byte) {
	t.Helper()
	doc, err := html.Parse(bytes.NewReader(b))
	if err != nil {
		t.Errorf("%s: %v", name, err)
		return
	}
	ids := map[string]bool{}
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		attr := map[string]string{}
		for _, a := range n.Attr {
			attr[a.Key] = a.Val
			low := strings.ToLower(strings.TrimSpace(a.Val))
			switch {
			case strings.HasPrefix(a.Key, "on"), a.Key == "style", a.Key == "srcdoc":
				t.Errorf("%s: <%s %s=%q>", name, n.Data, a.Key, a.Val)
			case a.Key == "href" || a.Key == "src" || a.Key == "action" || a.Key == "xlink:href":
				if scheme, _, ok := strings.Cut(low, ":"); ok && !strings.ContainsAny(scheme, "/?#") && scheme != "https" && scheme != "http" && scheme != "mailto" && scheme != "tel" {
					t.Errorf("%s: <%s %s=%q>", name, n.Data, a.Key, a.Val)
				}
				if strings.HasPrefix(low, "//") {
					t.Errorf("%s: <%s %s=%q> leaves the host", name, n.Data, a.Key, a.Val)
				}
			case a.Key == "id":
				if ids[a.Val] {
					t.Errorf("%s: id %q twice", name, a.Val)
				}
				ids[a.Val] = true
			}
		}
		switch n.Data {
		case "script":
			switch {
			case attr["type"] == "application/ld+json" || attr["type"] == "application/json":
				if n.FirstChild == nil || !json.Valid([]byte(n.FirstChild.Data)) {
					t.Errorf("%s: data that is not JSON", name)
				}
			case attr["src"] == "" || strings.Contains(attr["src"], ":") || n.FirstChild != nil:
				t.Errorf("%s: a script in the page", name)
			}
		case "iframe", "frame", "object", "embed", "base", "style", "applet", "portal":
			t.Errorf("%s: <%s>", name, n.Data)
		case "form":
			if strings.Contains(attr["action"], ":") {
				t.Errorf("%s: <form action=%q>", name, attr["action"])
			}
		case "meta":
			if strings.EqualFold(attr["http-equiv"], "refresh") && strings.Contains(attr["content"], ":") {
				t.Errorf("%s: a refresh to %q", name, attr["content"])
			}
		}
	}
}

// All mistakes laid out in one tree are named in one run, the same each time.
func TestAllMistakesAtOnce(t *testing.T) {
	t.Parallel()
	dir := newSite(t)
	var want []struct{ name, file, code string }
	archives, _ := filepath.Glob("testdata/mistakes/*.txtar")
	for _, name := range archives {
		a, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range mistakesIn(t, a) {
			if len(m.files) != 1 || !strings.HasSuffix(m.want, "exit 1\n") || strings.HasSuffix(m.name, "huge") || strings.HasSuffix(m.name, "big") {
				continue
			}
			for p, b := range m.files {
				ext, folder := filepath.Ext(p), filepath.Dir(p)
				code := errorCode.FindStringSubmatch(m.want)
				// Ids are unique in a site: cases of addresses and of one template cannot stand beside others.
				if code == nil || strings.HasPrefix(m.name, "ur-") || strings.HasPrefix(p, "templates/") || p == "content/site.yaml" || strings.Contains(string(b), "id: x\n") && code[1] == "ID003" {
					continue
				}
				at := folder + "/" + m.name + ext
				b = bytes.ReplaceAll(b, []byte("id: x"), []byte("id: "+m.name))
				lay(t, dir, map[string][]byte{at: b})
				want = append(want, struct{ name, file, code string }{m.name, at, code[1]})
			}
		}
	}
	var first string
	for i := range 3 {
		var out, errs bytes.Buffer
		cli.Main([]string{"check", dir, "--format", "json"}, nil, &out, &errs)
		if i == 0 {
			first = out.String()
		} else if out.String() != first {
			t.Fatal("two runs say different things")
		}
	}
	named := map[string]bool{}
	for dec := json.NewDecoder(strings.NewReader(first)); dec.More(); {
		var f finding
		if err := dec.Decode(&f); err != nil {
			t.Fatal(err)
		}
		named[f.File+" "+f.Rule] = true
	}
	missed := 0
	for _, w := range want {
		if !named[w.file+" "+w.code] {
			missed++
			t.Logf("%s: %s is not named in %s", w.name, w.code, w.file)
		}
	}
	if len(want) < 80 || missed*10 > len(want) {
		t.Errorf("%d of %d refusals are missing", missed, len(want))
	}
}

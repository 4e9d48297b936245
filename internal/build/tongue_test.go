package build

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"github.com/rogpeppe/go-internal/txtar"

	"entente/internal/date"
	"entente/internal/workspace"
)

var (
	place = regexp.MustCompile(`\{[^}]*\}`)
	// What a reader sees or hears of a page, after scripts and proper names of formats are gone.
	unseen  = regexp.MustCompile(`(?s)<(script|pre|code|textarea)\b.*?</(script|pre|code|textarea)>|<dd><span>.*?</span>`)
	said    = regexp.MustCompile(`\s(?:aria-label|title|alt|placeholder|data-why|data-src|data-noun|data-one|data-other)="([^"]*)"|<meta name="description" content="([^"]*)"`)
	tags    = regexp.MustCompile(`<[^>]*>`)
	formats = regexp.MustCompile(`\b(CSV|JSON( Lines)?|CSL-JSON|BibTeX|RIS|Chicago|APA|Markdown|Frictionless|iCalendar|Atom|[A-Z]{2,3}|[IVXL]+)\b|https?:\S*|\b[\w.-]+/[\w./-]*|example\.org|\b[\w-]+\.(csv|json|md|xml|ics|zip|html|txt)\b`)
	latin   = regexp.MustCompile(`[A-Za-z][A-Za-z' -]*[A-Za-z]`)
	entity  = regexp.MustCompile(`&[a-z]+;|&#\w+;`)
)

// wide writes the Latin letters of an interface text as full-width ones, but
// for its places.
func wide(text string) string {
	mark := func(s string) string {
		return strings.Map(func(r rune) rune {
			if r < 128 && unicode.IsLetter(r) {
				return r - '!' + '！'
			}
			return r
		}, s)
	}
	var b strings.Builder
	at := 0
	for _, m := range place.FindAllStringIndex(text, -1) {
		b.WriteString(mark(text[at:m[0]]) + text[m[0]:m[1]])
		at = m[1]
	}
	return b.String() + mark(text[at:])
}

// foreign is a site whose author writes Greek and whose interface is written
// in full-width letters.
func foreign(t *testing.T) tree {
	t.Helper()
	a, err := txtar.ParseFile("testdata/greek.txtar")
	must(t, err)
	files := tree{}
	for _, f := range a.Files {
		files[f.Name] = string(f.Data)
	}
	english, err := os.ReadFile("../lang/en.txt")
	must(t, err)
	var b strings.Builder
	b.WriteString("title: Εγχειρίδιο\nlanguage: fr\nbase_url: https://example.org/\nas_of: '2025-10-31'\nlicence: ΑΒ\nfeatured: [synmachia]\nparts: [{title: Μέρος, topics: [amyna, yposcheseis]}]\nwords:\n")
	for line := range strings.Lines(string(english)) {
		key, text, ok := strings.Cut(strings.TrimSuffix(line, "\n"), ": ")
		if ok && line[0] != '#' {
			fmt.Fprintf(&b, "  - {key: '%s', text: %q}\n", key, wide(strings.Trim(text, `"`)))
		}
	}
	files["content/site.yaml"] = b.String()
	return files
}

func load(t *testing.T, files tree) *Site {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		must(t, os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755))
		must(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644))
	}
	s, err := workspace.Load(context.Background(), dir, workspace.Options{Views: Views})
	must(t, err)
	site, err := New(s)
	must(t, err)
	return site
}

// Every word of the interface comes from the language files: where the author
// writes no Latin letter and the language has none, no page shows one.
func TestPagesSpeakOneLanguage(t *testing.T) {
	files := foreign(t)
	files["content/editions/2025.jsonl"] = string(load(t, files).Edition("2025", date.MustParse("2025-01-01")).Bytes())
	files["content/topics/amyna.md"] += "\nΑκόμη μία παράγραφος.\n"
	files["content/organisations/all.yaml"] = strings.NewReplacer("seat: Όσλο", "seat: Μπέργκεν", "founded: '2001'", "founded: '2000'",
		"    - {member: finland, from: '2010?', status: observer}\n", "").Replace(files["content/organisations/all.yaml"])
	site := load(t, files)
	if b, _, _ := site.File("organisations/synmachia/index.html"); !strings.Contains(string(b), `<bdi lang="el">Ένωσις</bdi>`) {
		t.Error("a name in another language does not say which")
	}
	seen, alike := map[string]bool{}, map[string]int{}
	for _, name := range site.Files() {
		folder := filepath.Dir(filepath.Dir(name))
		if alike[folder]++; filepath.Base(name) != "index.html" && name != "404.html" || alike[folder] > 12 {
			continue // a dozen pages of a kind say what there is to say
		}
		b, _, err := site.File(name)
		must(t, err)
		html := unseen.ReplaceAllString(string(b), "")
		texts := tags.Split(html, -1)
		for _, m := range said.FindAllStringSubmatch(html, -1) {
			texts = append(texts, m[1]+m[2])
		}
		for _, text := range texts {
			for _, word := range latin.FindAllString(formats.ReplaceAllString(entity.ReplaceAllString(place.ReplaceAllString(text, ""), " "), " "), -1) {
				if !seen[word] {
					seen[word] = true
					t.Errorf("%s says %q in %q", name, word, text)
				}
			}
		}
	}
}

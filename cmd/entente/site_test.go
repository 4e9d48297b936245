package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"entente/internal/cli"
	"entente/internal/worldtest"
)

// build publishes the included site into a folder and gives what it printed.
func build(t *testing.T, out string) string {
	t.Helper()
	var stdout, stderr bytes.Buffer
	if code := cli.Main([]string{"build", worldtest.Root(t), "--out", out}, nil, &stdout, &stderr); code != 0 {
		t.Fatalf("build leaves with %d:\n%s%s", code, &stdout, &stderr)
	}
	if stderr.Len() > 0 {
		t.Errorf("build complains about the included site:\n%s", &stderr)
	}
	return stdout.String()
}

// files reads a published tree.
func files(t *testing.T, root string) map[string][]byte {
	t.Helper()
	list := map[string][]byte{}
	err := filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(p)
		rel, _ := filepath.Rel(root, p)
		list[filepath.ToSlash(rel)] = b
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// One build of the included site is looked at from three sides.
func TestIncludedSite(t *testing.T) {
	t.Parallel()
	out := filepath.Join(t.TempDir(), "public")
	build(t, out)
	site := files(t, out)
	t.Run("is whole", func(t *testing.T) { isWhole(t, site) })
	t.Run("is only what it should be", func(t *testing.T) { isPublic(t, site) })
	t.Run("is light", func(t *testing.T) { isLight(t, site) })
	t.Run("is the same everywhere", func(t *testing.T) { isSame(t, sum(published(t, out))) })
}

// Every local link and fragment of the included site leads somewhere, all of
// them are relative, ids are unique, and nothing asks another host.
func isWhole(t *testing.T, site map[string][]byte) {
	t.Helper()
	ids := map[string]map[string]bool{}
	links := map[string][]string{}
	for name, b := range site {
		if path.Ext(name) != ".html" {
			continue
		}
		ids[name] = map[string]bool{}
		z := html.NewTokenizer(bytes.NewReader(b))
		for z.Next() != html.ErrorToken {
			tok := z.Token()
			for _, a := range tok.Attr {
				switch a.Key {
				case "id":
					if ids[name][a.Val] && tok.Data != "symbol" && tok.Data != "pattern" {
						t.Errorf("%s: id %q twice", name, a.Val)
					}
					ids[name][a.Val] = true
				case "href", "src":
					links[name] = append(links[name], a.Val)
				case "style", "onclick", "onload", "onerror":
					t.Errorf("%s: attribute %s on %s", name, a.Key, tok.Data)
				}
			}
		}
	}
	checked := 0
	for name, list := range links {
		for _, l := range list {
			if strings.Contains(l, "://") || strings.HasPrefix(l, "mailto:") {
				continue
			}
			if strings.HasPrefix(l, "/") && name != "404.html" {
				t.Errorf("%s: link %q counts from the root", name, l)
			}
			checked++
			if problem := follow(site, ids, name, l); problem != "" {
				t.Errorf("%s: link %q %s", name, l, problem)
			}
		}
	}
	if checked < 10_000 {
		t.Errorf("%d links checked, want at least 10,000", checked)
	}
}

// P18: building the folder of this project, with its sources, notes and
// history, publishes pages and what they need, and no file besides.
func isPublic(t *testing.T, site map[string][]byte) {
	t.Helper()
	kinds := []string{".html", ".md", ".css", ".js", ".json", ".jsonl", ".jsonld", ".geojson", ".csv", ".xml", ".ics", ".bib", ".ris", ".svg", ".woff2", ".webmanifest"}
	named := []string{"_headers", "robots.txt", "llms.txt", "llms-full.txt", ".entente-manifest", "assets/LICENCES.txt", "assets/fonts/OFL.txt", "data/datapackage.zip"}
	shards := regexp.MustCompile(`^search/[a-z]+\d*\.[a-z0-9]{5}\.txt$`)
	for name := range site {
		if !slices.Contains(kinds, path.Ext(name)) && !slices.Contains(named, name) && !shards.MatchString(name) {
			t.Errorf("%s was published", name)
		}
	}
}

// follow says what is wrong with a link; "" when nothing is.
func follow(site map[string][]byte, ids map[string]map[string]bool, from, link string) string {
	target, fragment, _ := strings.Cut(link, "#")
	target, _, _ = strings.Cut(target, "?")
	target, err := url.PathUnescape(target)
	if err != nil {
		return err.Error()
	}
	to := from
	if target != "" {
		to = path.Join(path.Dir(from), target)
		if strings.HasPrefix(target, "/") {
			to = strings.TrimPrefix(target, "/")
		}
		if strings.HasSuffix(target, "/") || target == "." || to == "." {
			to = path.Join(to, "index.html")
		}
	}
	if _, ok := site[to]; !ok {
		return fmt.Sprintf("leads to %s, which is not there", to)
	}
	if fragment != "" && path.Ext(to) == ".html" {
		if f, _ := url.PathUnescape(fragment); !ids[to][f] {
			return fmt.Sprintf("asks for #%s, which %s does not have", fragment, to)
		}
	}
	return ""
}

// The weight of the pages of the included site.
func isLight(t *testing.T, site map[string][]byte) {
	t.Helper()
	var heavy []string
	for name, b := range site {
		if path.Ext(name) == ".html" && len(b) > 400_000 {
			heavy = append(heavy, fmt.Sprintf("%s: %d bytes", name, len(b)))
		}
	}
	slices.Sort(heavy)
	for _, h := range heavy {
		t.Error(h)
	}
}

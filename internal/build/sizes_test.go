package build

import (
	"bytes"
	"compress/gzip"
	"context"
	"regexp"
	"strings"
	"testing"

	"entente/internal/workspace"
)

var wanted = regexp.MustCompile(`(?:src|href)="[./]*(assets/[^"]+\.(?:css|js))"`)

// A first visit moves the page, its sheet, its scripts, the roman font and the
// icon, each with some 250 bytes of headers. A page weighs at most 60 kB, also
// the timeline, which shows more than two hundred events at once.
func TestPagesAreSmall(t *testing.T) {
	s, err := workspace.Load(context.Background(), "../..", workspace.Options{Views: Views})
	if err != nil {
		t.Fatal(err)
	}
	site, err := New(s)
	if err != nil {
		t.Fatal(err)
	}
	packed := func(path string) int {
		b, ok, err := site.File(path)
		if err != nil || !ok {
			t.Fatalf("%s: %v", path, err)
		}
		var z bytes.Buffer
		w := gzip.NewWriter(&z)
		_, _ = w.Write(b)
		_ = w.Close()
		return z.Len()
	}
	font, _, _ := site.File("assets/fonts/literata-400.woff2")
	const headers, icon = 250, 256
	for _, c := range []struct {
		path   string
		budget int
	}{
		{"index.html", 60e3}, {"topics/nato-and-collective-security/index.html", 60e3}, {"organisations/nato/index.html", 58.5e3},
		{"states/poland/index.html", 60e3}, {"states/united-states/index.html", 60e3}, {"treaties/north-atlantic-treaty/index.html", 60e3},
		{"glossary/index.html", 60e3}, {"timeline/index.html", 60e3}, {"timeline/periods/index.html", 60e3}, {"sources/index.html", 60e3},
		{"matrix/index.html", 60e3}, {"indicators/index.html", 60e3}, {"compare/index.html", 60e3}, {"network/index.html", 60e3},
		{"help/index.html", 60e3}, {"404.html", 60e3},
	} {
		html, _, err := site.File(c.path)
		if err != nil {
			t.Fatal(err)
		}
		total, scripts := packed(c.path)+len(font)+icon+3*headers, 0
		for _, m := range wanted.FindAllSubmatch(html, -1) {
			n := packed(string(m[1]))
			total += n + headers
			if strings.HasSuffix(string(m[1]), ".js") {
				scripts += n
			}
		}
		if total > c.budget || scripts > 7e3 {
			t.Errorf("%s: a first visit moves %d bytes, %d of them scripts; the budget is %d", c.path, total, scripts, c.budget)
		}
	}
	for _, name := range site.Files() {
		switch {
		case strings.HasSuffix(name, ".css") && packed(name) > 11e3:
			t.Errorf("%s: %d bytes", name, packed(name))
		case strings.HasPrefix(name, "assets/search.") && packed(name) > 5500:
			t.Errorf("%s: %d bytes", name, packed(name))
		}
	}
}

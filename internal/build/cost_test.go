package build_test

import (
	"context"
	"math"
	"runtime"
	"strings"
	"testing"

	"entente/internal/bench/gen"
	"entente/internal/build"
	"entente/internal/effort"
	"entente/internal/prose"
	"entente/internal/workspace"
)

// The budgets of a page, in what a machine's load does not change. A change
// that needs more raises them here, and says why in its commit. They stand a
// quarter above what was measured when they were set.
const (
	maxAllocations = 3000.0    // a page, from reading to the last byte rendered
	maxBytes       = 320_000.0 // allocated a page
	maxHubGrowth   = 1.15
	maxGrowth      = 1.1 // exponent of allocations over pages
)

// counter is a sink that counts.
type counter struct {
	n     chan int
	files int
	bytes int
}

func (c *counter) Put(_ string, content []byte) error {
	c.n <- len(content)
	return nil
}

// cost is what a build of a generated site took.
type cost struct {
	pages, files  int
	allocs, bytes float64
	html          float64 // bytes of output a page

	texts, markdown int64 // pages with a text, and the bytes of all texts
	work            prose.Work
}

func measure(t *testing.T, o gen.Options) cost {
	t.Helper()
	dir := t.TempDir()
	if err := gen.Write(dir, o); err != nil {
		t.Fatal(err)
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	s, err := workspace.Load(context.Background(), dir, workspace.Options{Views: build.Views})
	if err != nil {
		t.Fatal(err)
	}
	if s.Errors() {
		t.Fatalf("the generated site has errors: %v", s.Diags[0])
	}
	var c cost
	for _, text := range s.Files.Texts {
		if strings.HasSuffix(text.Path, ".md") {
			c.texts, c.markdown = c.texts+1, c.markdown+int64(len(text.Bytes()))
		}
	}
	site, err := build.New(s)
	if err != nil {
		t.Fatal(err)
	}
	sink := &counter{n: make(chan int, 64)}
	done := make(chan struct{})
	go func() {
		for n := range sink.n {
			sink.files, sink.bytes = sink.files+1, sink.bytes+n
		}
		close(done)
	}()
	if err := site.Render(context.Background(), sink); err != nil {
		t.Fatal(err)
	}
	close(sink.n)
	<-done
	runtime.ReadMemStats(&after)
	c.pages, c.files, c.work = site.Pages(), sink.files, s.Work()
	c.allocs, c.bytes = float64(after.Mallocs-before.Mallocs), float64(after.TotalAlloc-before.TotalAlloc)
	c.html = float64(sink.bytes) / float64(c.pages)
	return c
}

func exponent(a, b cost, y1, y2 float64) float64 {
	return math.Log(y2/y1) / math.Log(float64(b.pages)/float64(a.pages))
}

// TestCost counts what a page costs and how the cost grows with the site.
func TestCost(t *testing.T) {
	small, large := effort.Of(200, 1000, 1000), effort.Of(600, 4000, 8000)
	a, b := measure(t, gen.Options{Pages: small}), measure(t, gen.Options{Pages: large})
	allocs, bytes := b.allocs/float64(b.pages), b.bytes/float64(b.pages)
	t.Logf("%d pages: %.0f allocations and %.0f bytes allocated a page, %.0f bytes written a page", b.pages, allocs, bytes, b.html)
	if allocs > maxAllocations || bytes > maxBytes {
		t.Errorf("a page takes %.0f allocations and %.0f bytes, the budget is %.0f and %.0f", allocs, bytes, maxAllocations, maxBytes)
	}
	if e := exponent(a, b, a.allocs, b.allocs); e > maxGrowth {
		t.Errorf("allocations grow with the power %.2f of the pages, at most %.2f is in proportion", e, maxGrowth)
	}
	if e := exponent(a, b, a.bytes, b.bytes); e > maxGrowth {
		t.Errorf("allocated bytes grow with the power %.2f of the pages, at most %.2f is in proportion", e, maxGrowth)
	}
	if b.work.Parsed != b.texts {
		t.Errorf("%d texts are parsed %d times, each once is enough", b.texts, b.work.Parsed)
	}
	if b.work.Scanned < b.markdown/3 || b.work.Scanned > b.markdown {
		t.Errorf("names are looked for in %d bytes, and the texts have %d", b.work.Scanned, b.markdown)
	}
	if b.html > a.html*1.15 {
		t.Errorf("a page of %d is written in %.0f bytes, of %d in %.0f: pages grow with the site", a.pages, a.html, b.pages, b.html)
	}
}

// TestHubs counts the growth on sites that lean on one thing.
func TestHubs(t *testing.T) {
	small, large := effort.Of(200, 1000, 1000), effort.Of(400, 3000, 8000)
	for _, h := range gen.Hubs()[:effort.Of(1, 9, 9)] {
		t.Run(string(h), func(t *testing.T) {
			a, b := measure(t, gen.Options{Pages: small, Hub: h}), measure(t, gen.Options{Pages: large, Hub: h})
			allocs, bytes := exponent(a, b, a.allocs, b.allocs), exponent(a, b, a.bytes, b.bytes)
			t.Logf("allocations grow with the power %.2f, bytes with %.2f", allocs, bytes)
			if allocs > maxHubGrowth || bytes > maxHubGrowth {
				t.Errorf("allocations grow with the power %.2f, bytes with %.2f, at most %.2f", allocs, bytes, maxHubGrowth)
			}
		})
	}
}

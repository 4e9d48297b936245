package page

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"

	"entente/internal/effort"
	"entente/internal/model"
	"entente/internal/worldtest"
)

var drawnItem = regexp.MustCompile(`<a href="([^"]*)" class="it[^"]*"(?: data-i="([^"]*)")?`)

// drawn gives the ids of the entries that an era's drawing shows, sorted.
func drawn(e Era) []string {
	var ids []string
	for _, m := range drawnItem.FindAllStringSubmatch(string(e.Drawing), -1) {
		id := m[2]
		if id == "" {
			id = strings.TrimPrefix(m[1], "#")
		}
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}

// listed gives the ids of the entries that an era lists, sorted.
func listed(e Era) []string {
	var ids []string
	for _, d := range e.Decades {
		for _, ev := range d.Events {
			ids = append(ids, ev.ID)
		}
	}
	slices.Sort(ids)
	return ids
}

func TestDrawingAndListShowTheSame(t *testing.T) {
	s := includedSite(t)
	for _, v := range []*Timeline{s.timeline().(*Timeline), s.periods().(*Timeline)} {
		entries := 0
		for _, e := range v.Eras {
			d, l := drawn(e), listed(e)
			if !slices.Equal(d, l) {
				t.Errorf("%s, %s: drawn %d, listed %d", v.Heading, e.Title, len(d), len(l))
			}
			entries += len(l)
		}
		if entries < 200 {
			t.Errorf("%s has %d entries", v.Heading, entries)
		}
	}
}

// manyEvents is a world with n events, most of them in a few crowded years.
func manyEvents(t testing.TB, n int) *model.World {
	var b strings.Builder
	r := rand.New(rand.NewPCG(7, uint64(n)))
	for i := range n {
		y := 1900 + r.IntN(120)
		if i%3 > 0 {
			y = 1990 + r.IntN(3)
		}
		fmt.Fprintf(&b, "- {id: ev-%d, title: Event number %d, date: '%d-%02d', type: signature}\n", i, i, y, 1+r.IntN(12))
	}
	w, _ := worldtest.World(t, map[string]string{"content/events/many.yaml": b.String()})
	return w
}

// Five thousand events: every event has one page that lists it, no page is
// longer than the limit, and the first page leads to all of them.
func TestManyEventsAreDividedIntoPages(t *testing.T) {
	n := effort.Of(2500, 5000, 20000)
	s := testSite(manyEvents(t, n))
	w := s.World
	if len(w.Timeline()) != n {
		t.Fatalf("%d of %d events read", len(w.Timeline()), n)
	}
	listedAt := map[model.ID]string{}
	for i, p := range w.EventPages() {
		v := s.timelinePart(i).(*Timeline)
		count := 0
		for _, e := range v.Eras {
			if !slices.Equal(drawn(e), listed(e)) {
				t.Errorf("%s: drawing and list differ", p.Path)
			}
			count += len(listed(e))
		}
		if count != len(p.Events) || count > timelineMost {
			t.Errorf("%s lists %d events, of %d, limit %d", p.Path, count, len(p.Events), timelineMost)
		}
		for _, id := range p.Events {
			if listedAt[id] != "" {
				t.Errorf("event %d is on %s and on %s", id, listedAt[id], p.Path)
			}
			listedAt[id] = p.Path
			if want := p.Path + "#e-" + w.Thing(id).Slug; w.Thing(id).Path != want {
				t.Errorf("address %s, want %s", w.Thing(id).Path, want)
			}
		}
	}
	if len(listedAt) != n {
		t.Errorf("%d of %d events have a page", len(listedAt), n)
	}
	v := s.timeline().(*Timeline)
	linked := map[string]bool{}
	count := 0
	for _, e := range v.Eras {
		count += len(listed(e))
		for _, l := range e.Rest {
			linked["timeline/"+l.Href] = true
		}
	}
	if count > timelineMost {
		t.Errorf("the first page lists %d events", count)
	}
	for _, p := range w.EventPages() {
		if !linked[p.Path] {
			t.Errorf("no link to %s; there are %v", p.Path, linked)
		}
	}
}

func TestFewEventsStayOnOnePage(t *testing.T) {
	w := manyEvents(t, 400)
	if len(w.EventPages()) != 0 {
		t.Errorf("400 events on %d pages", len(w.EventPages()))
	}
	if id := w.Timeline()[0]; w.Thing(id).Path != "timeline/#e-"+w.Thing(id).Slug {
		t.Errorf("address %s", w.Thing(id).Path)
	}
}

package page

import (
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"

	"entente/internal/date"
	"entente/internal/effort"
	"entente/internal/model"
)

var (
	mapShape = regexp.MustCompile(`<(?:path|circle) class="([^"]*)" data-m="([^"]*)"`)
	rollItem = regexp.MustCompile(`<li data-m="([^"]*)" data-s="[^"]*"( class="nd")?( hidden)?>`)
	rollSize = regexp.MustCompile(`class="asofn"[^>]*>([^ ]*) `)
)

// shown gives who is drawn as a member, and who is drawn at all.
func shown(html string) (members, all []string) {
	for _, m := range mapShape.FindAllStringSubmatch(html, -1) {
		all = append(all, m[2])
		class := strings.Fields(m[1])
		if !slices.Contains(class, "f") && !slices.Contains(class, "x") {
			members = append(members, m[2])
		}
	}
	return unique(members), unique(all)
}

func unique(list []string) []string {
	slices.Sort(list)
	return slices.Compact(list)
}

// Twenty bodies on twenty days each: the map, the list and the count say the
// same, and it is what the model says.
func TestMapAndListHoldTheSameSet(t *testing.T) {
	s := includedSite(t)
	w := s.World
	r := rand.New(rand.NewPCG(20, 20))
	bodies := 0
	for _, org := range w.Of(model.Organisation) {
		if s.membersMap(org.ID, w.AsOf, org.Path, "") == "" {
			continue
		}
		if bodies++; bodies > effort.Of(6, 20, 1000) {
			break
		}
		first, last := org.Organisation.Founded.Year(), w.Day(org.ID).Year()
		for range 20 {
			day := date.DayOf(first+r.IntN(last-first+1), 1+r.IntN(12), 1+r.IntN(28))
			html := string(s.membersMap(org.ID, day, org.Path, "On a day"))
			var want, list, apart []string
			roll := s.rollOf(org.ID, day)
			set := w.Members(org.ID, day, roll.status)
			for _, id := range set.Possible {
				want = append(want, w.Thing(id).Slug)
			}
			for _, m := range rollItem.FindAllStringSubmatch(html, -1) {
				switch {
				case m[3] != "":
				case m[2] != "":
					apart = append(apart, m[1])
				default:
					list = append(list, m[1])
				}
			}
			members, _ := shown(html)
			if !slices.Equal(members, unique(slices.Clone(list))) {
				t.Errorf("%s on %s: the map has %v, the list %v", org.Slug, day, members, list)
			}
			if got := unique(append(list, apart...)); !slices.Equal(got, unique(want)) {
				t.Errorf("%s on %s: the list has %v, the model %v", org.Slug, day, got, want)
			}
			if m := rollSize.FindStringSubmatch(html); m == nil || m[1] != countText(set.Count()) {
				t.Errorf("%s on %s: the count says %v, the model %v", org.Slug, day, m, set.Count())
			}
			if old := strings.Contains(html, `class="old">`); old != (day.Year() < w.AsOf.Year()) {
				t.Errorf("%s on %s: says that borders are today's: %v", org.Slug, day, old)
			}
		}
	}
	if bodies < 6 {
		t.Errorf("only %d bodies have a map", bodies)
	}
}

// Every member with a place on the map has a mark, however small it is.
func TestSmallStatesAreMarked(t *testing.T) {
	s := includedSite(t)
	for _, org := range s.World.Of(model.Organisation) {
		html := string(s.membersMap(org.ID, s.World.Day(org.ID), org.Path, ""))
		if html == "" {
			continue
		}
		_, panels, _ := strings.Cut(html, `<div class="maps`)
		first, _, _ := strings.Cut(panels, "</svg>")
		_, all := shown(first)
		for _, m := range s.rollOf(org.ID, s.World.Day(org.ID)).members {
			if slug := s.World.Thing(m.id).Slug; m.drawn && !slices.Contains(all, slug) {
				t.Errorf("%s: %s has no mark", org.Slug, slug)
			}
		}
	}
}

// A page with a map must stay small enough for a slow line.
func TestTheMapOfNATOIsShort(t *testing.T) {
	s := includedSite(t)
	nato, _ := s.World.Lookup("nato")
	if n := len(s.membersMap(nato.ID, s.World.Day(nato.ID), nato.Path, "")); n > 34000 {
		t.Errorf("the map of NATO takes %d bytes", n)
	}
}

package page

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"

	"entente/internal/date"
	"entente/internal/model"
	"entente/internal/worldtest"
)

// A network holds each tie once, counts what the sets share, draws every
// body that is in force, and is the same each time.
func TestNetworkSaysWhatTheMembershipsSay(t *testing.T) {
	s := includedSite(t)
	w := s.World
	node := regexp.MustCompile(`class="node [^>]*data-i="([^"]*)"`)
	r := rand.New(rand.NewPCG(9, 9))
	for range 20 {
		day := date.DayOf(1900+r.IntN(125), 1+r.IntN(12), 1)
		html, bodies, ties, _ := s.networkFigure(day, "network/", nil, "Network")
		again, _, _, _ := s.networkFigure(day, "network/", nil, "Network")
		if html != again {
			t.Fatalf("%s: two drawings differ", day)
		}
		var drawn, want []string
		for _, m := range node.FindAllStringSubmatch(string(html), -1) {
			drawn = append(drawn, m[1])
		}
		for _, id := range bodies {
			want = append(want, w.Thing(id).Slug)
		}
		if !slices.Equal(drawn, want) {
			t.Errorf("%s: drawn %v, want %v", day, drawn, want)
		}
		seen := map[[2]model.ID]bool{}
		for _, tie := range ties {
			if seen[[2]model.ID{tie.A, tie.B}] || seen[[2]model.ID{tie.B, tie.A}] {
				t.Errorf("%s: a tie twice", day)
			}
			seen[[2]model.ID{tie.A, tie.B}] = true
			both := w.Members(tie.A, day, model.Member).And(w.Members(tie.B, day, model.Member))
			if len(both.Certain) != tie.Shared {
				t.Errorf("%s: %s and %s share %d, the network says %d", day, w.Thing(tie.A).Slug, w.Thing(tie.B).Slug, len(both.Certain), tie.Shared)
			}
		}
	}
}

// Every entry of one side is in exactly one of its two lists, and the file
// for scripts names the same.
func TestComparisonDividesBothSides(t *testing.T) {
	s := includedSite(t)
	for _, p := range comparePairs(s.World) {
		c := s.comparison(p, "compare/")
		for i, part := range c.Parts {
			a := [][]model.ID{c.A.Members, c.A.Treaties, c.A.Held}[i]
			b := [][]model.ID{c.B.Members, c.B.Treaties, c.B.Held}[i]
			if len(part.Both)+len(part.A) != len(a) || len(part.Both)+len(part.B) != len(b) {
				t.Errorf("%s, %s: %d both, %d and %d apart, of %d and %d", s.pairName(p), part.Title, len(part.Both), len(part.A), len(part.B), len(a), len(b))
			}
		}
		if len(c.Rows) < 4 || c.Summary == "" {
			t.Errorf("%s says little", s.pairName(p))
		}
	}
	for k, kind := range compareKinds {
		all := ""
		for i := range shards(len(s.World.Of(kind.kind))) {
			all += string(s.compareShard(k, i))
		}
		for _, thing := range s.World.Of(kind.kind) {
			if !strings.Contains(all, `"Path":"`+thing.Path+`"`) {
				t.Errorf("no file describes %s", thing.Slug)
			}
		}
	}
}

// A network that leaves bodies out says how many there are.
func TestNetworkSaysWhatItLeavesOut(t *testing.T) {
	var b strings.Builder
	for i := range networkMost + 3 {
		fmt.Fprintf(&b, "- {id: b%d, name: B%d, type: alliance, founded: '1950', members_complete: true, members: [{member: x, from: '1950'}, {member: y, from: '1950'}]}\n", i, i)
	}
	w, _ := worldtest.World(t, map[string]string{"content/organisations/all.yaml": b.String(),
		"content/states/all.yaml": "- {id: x, name: X, region: europe}\n- {id: y, name: Y, region: europe}\n"})
	s := testSite(w)
	_, bodies, _, summary := s.networkFigure(w.AsOf, "network/", nil, "Network")
	if len(bodies) != networkMost || !strings.HasPrefix(summary, "In force on 31 October 2025: 63 bodies") || !strings.Contains(summary, "The 60 weightiest are drawn") {
		t.Errorf("%d bodies: %s", len(bodies), summary)
	}
}

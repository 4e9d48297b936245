package page

import (
	"encoding/xml"
	"slices"
	"strings"
	"testing"
	"time"

	"entente/internal/date"
	"entente/internal/edition"
	"entente/internal/worldtest"
)

type readFeed struct {
	ID      string `xml:"id"`
	Updated string `xml:"updated"`
	Entries []struct {
		ID       string `xml:"id"`
		Title    string `xml:"title"`
		Updated  string `xml:"updated"`
		Summary  string `xml:"summary"`
		Content  string `xml:"content"`
		Category struct {
			Term string `xml:"term,attr"`
		} `xml:"category"`
		Link struct {
			Href string `xml:"href,attr"`
		} `xml:"link"`
	} `xml:"entry"`
}

func feedOf(t *testing.T, s *Site) readFeed {
	t.Helper()
	var f readFeed
	b := s.atom()
	if err := xml.Unmarshal(b, &f); err != nil {
		t.Fatalf("%v in\n%s", err, b)
	}
	if string(s.atom()) != string(b) {
		t.Error("the same site gives two feeds")
	}
	seen := map[string]bool{}
	last := f.Updated
	for _, e := range f.Entries {
		if _, err := time.Parse(time.RFC3339, e.Updated); err != nil || e.Updated > last {
			t.Errorf("%s: updated %q after %q, %v", e.ID, e.Updated, last, err)
		}
		last = e.Updated
		if seen[e.ID] || e.Title == "" || e.Summary == "" || !strings.HasPrefix(e.ID, f.ID) || !strings.HasPrefix(e.Link.Href, f.ID) {
			t.Errorf("entry %+v", e)
		}
		seen[e.ID] = true
	}
	return f
}

func TestFeedTellsWhatChanged(t *testing.T) {
	w, _ := worldtest.World(t, map[string]string{
		"content/site.yaml":     "title: A <b> & ]]>\nas_of: '2025-10-31'\nupdated: '2025-11-20'\nbase_url: https://x.example/sub/\n",
		"content/states/s.yaml": "- {id: a, name: 'Ä & \"B\" <c>', region: europe}\n- {id: b, name: B, region: europe}\n- {id: c, name: C, region: europe}\n",
		"content/organisations/o.yaml": "- {id: pact, name: Pact, type: alliance, founded: '1950-01-01', members_complete: true, members: [{member: a, from: '1950-01-01', until: '1960-02-03'}, " +
			"{member: b, from: '1951'}, {member: c, from: '1951'}]}\n",
		"content/treaties/t.yaml": "- {id: t, name: Treaty, type: alliance-treaty, signed: '1949-12', in_force: '2026-01-01', parties: [a]}\n",
		"content/events/e.yaml":   "- {id: e, title: Crisis, date: '1955', type: crisis, note: It came}\n- {id: f, title: Pact is founded, date: '1950-01-01', type: founding, organisations: [pact]}\n",
	})
	s := testSite(w)
	was := edition.New("one", date.MustParse("2025-01-01"), w.Site.AsOf, "", nil)
	now := s.Freeze("two", date.MustParse("2025-11-20"))
	w.Editions = []*edition.Edition{was, now}
	f := feedOf(t, s)
	var got []string
	for _, e := range f.Entries {
		got = append(got, e.Updated[:10]+" "+e.Category.Term+" "+e.Title+" "+strings.TrimPrefix(e.ID, "https://x.example/sub/"))
	}
	want := []string{
		"2025-11-20 edition Edition two editions/two/",
		"2025-01-01 edition Edition one editions/one/",
		`1960-02-03 left Ä & "B" <c> left Pact organisations/pact/#left-1960-02-03`,
		"1955-01-01 event Crisis timeline/#e-e",
		"1951-01-01 joined B and C joined Pact organisations/pact/#joined-1951",
		"1950-01-01 event Pact is founded timeline/#e-f",
		"1949-12-01 signed Treaty signed treaties/t/#signed",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if c := f.Entries[0].Content; !strings.Contains(c, `<a href="https://x.example/sub/editions/two/states/a/">Ä &amp; &#34;B&#34; &lt;c&gt;</a>`) {
		t.Errorf("the edition's entry says %s", c)
	}
	if e := f.Entries[3]; e.Summary != "It came. 1955. Facts as of 31 October 2025." {
		t.Errorf("summary %q", e.Summary)
	}
}

func TestFeedOfTheIncludedSite(t *testing.T) {
	if f := feedOf(t, includedSite(t)); len(f.Entries) != maxEntries {
		t.Errorf("%d entries", len(f.Entries))
	}
}

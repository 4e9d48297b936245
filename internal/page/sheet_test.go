package page

import (
	"encoding/csv"
	"encoding/json"
	"strings"
	"testing"
)

// Each file of a sheet has the same rows, whichever of the two one takes.
func TestSheetsSayTheSameInBothForms(t *testing.T) {
	s := includedSite(t)
	nato, _ := s.World.Lookup("nato")
	poland, _ := s.World.Lookup("poland")
	for name, sheet := range map[string]Sheet{
		"members": s.membersSheet(nato.ID), "growth": s.growthSheet(nato.ID), "memberships": s.membershipsSheet(), "events": s.eventsSheet(),
		"state": s.stateSheet(poland.ID), "states": s.stateIndicatorsSheet(), "bodies": s.bodyIndicatorsSheet(),
	} {
		lines, err := csv.NewReader(strings.NewReader(string(sheet.CSV()))).ReadAll()
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		var rows []map[string]any
		if err := json.Unmarshal(sheet.JSON(), &rows); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if len(lines) != len(rows)+1 || len(rows) < 5 {
			t.Errorf("%s: %d lines of CSV, %d objects", name, len(lines), len(rows))
		}
		for i, row := range rows {
			if len(row) != len(lines[0]) || len(lines[i+1]) != len(lines[0]) {
				t.Errorf("%s: row %d has %d and %d of %d values", name, i, len(row), len(lines[i+1]), len(lines[0]))
			}
		}
	}
}

func TestSummaryOfACurve(t *testing.T) {
	s := includedSite(t)
	for slug, want := range map[string]string{
		"nato":        "From 12 in 1949 to 32 on 31 October 2025. Most at once after the start: 7, 29 March 2004. No member has left.",
		"warsaw-pact": "From 8 in 1955 to 6 on 30 June 1991.",
	} {
		b, _ := s.World.Lookup(slug)
		if got := s.growthSummary(b.ID, s.World.Steps(b.ID)); !strings.HasPrefix(got, want) {
			t.Errorf("%s: %s", slug, got)
		}
	}
}

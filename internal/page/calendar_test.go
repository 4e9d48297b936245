package page

import (
	"strings"
	"testing"

	"entente/internal/worldtest"
)

func TestCalendarOfAnniversaries(t *testing.T) {
	w, _ := worldtest.World(t, map[string]string{
		"content/site.yaml": "title: Test\nas_of: '2025-10-31'\nupdated: '2025-11-20'\nbase_url: https://x.example/\n",
		"content/events/e.yaml": "- {id: signed, title: 'Pact, signed; at last', date: '1949-04-04', type: signature, note: '" + strings.Repeat("é", 90) + "'}\n" +
			"- {id: coarse, title: Coarse, date: '1950-06', type: crisis}\n- {id: doubtful, title: Doubtful, date: '1951-01-02?', type: crisis}\n",
	})
	s := testSite(w)
	got := string(s.calendar("", w.Timeline()))
	for _, line := range strings.Split(got, "\r\n") {
		if len(line) > 75 || strings.ContainsAny(line, "\r\n") || strings.ToValidUTF8(line, "") != line {
			t.Errorf("line %q", line)
		}
	}
	unfolded := strings.ReplaceAll(got, "\r\n ", "")
	for _, want := range []string{"UID:signed@x.example\r\nDTSTAMP:20251120T000000Z\r\nDTSTART;VALUE=DATE:19490404\r\nRRULE:FREQ=YEARLY\r\n",
		`SUMMARY:Pact\, signed\; at last (1949)`, strings.Repeat("é", 80), "END:VCALENDAR\r\n"} {
		if !strings.Contains(unfolded, want) {
			t.Errorf("no %q in\n%s", want, unfolded)
		}
	}
	if strings.Count(got, "BEGIN:VEVENT") != 1 {
		t.Errorf("an event without a certain day has an anniversary:\n%s", got)
	}
}

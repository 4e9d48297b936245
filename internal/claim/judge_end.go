package claim

import (
	"fmt"
	"strings"

	"entente/internal/date"
)

// onlyDecided reports whether the record knows the date as that on which an end
// was decided, and the author tells of the end itself: SEATO was phased out from
// 1975, and dissolved in 1977. Of a year alone either may be meant.
func (j *judge) onlyDecided(said date.Date) bool {
	st := j.st
	if !st.finally() {
		return false
	}
	for _, part := range strings.FieldsFunc(j.note(), func(r rune) bool { return r == ';' || r == '.' }) {
		if strings.Contains(part, fmt.Sprint(said.Year())) && !strings.Contains(strings.ToLower(part), "decision") {
			return false
		}
	}
	return true
}

// finally reports whether the sentence says that something was at an end: in so
// many words, or by tying it to what happened then.
func (st *Statement) finally() bool {
	ends := false
	for _, w := range []string{"dissolved", "disbanded", "abolished", "wound up", "closed down", "ceased to exist"} {
		ends = ends || strings.Contains(st.whole, w)
	}
	if !ends {
		return false
	}
	for _, w := range []string{"formally", "officially", "definitively", "for good"} {
		if strings.Contains(st.whole, w) {
			return true
		}
	}
	if st.when.end > len(st.whole) {
		return false
	}
	rest, tied := strings.CutPrefix(st.whole[st.when.end:], ", ")
	if !tied {
		return false
	}
	head, _, _ := strings.Cut(rest, ",")
	return hasWord(head, "when") || hasWord(head, "after") || hasWord(head, "before") || hasWord(head, "as")
}

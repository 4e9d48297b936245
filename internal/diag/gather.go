package diag

import (
	"fmt"
	"slices"
)

// placesAtMost is how many places a gathered finding lists.
const placesAtMost = 20

// Gather tells people of findings with one cause as of one: the first stays,
// says in how many more places the cause shows, and has them as related
// places. Programs are given the list as it was: what is known or new is
// decided finding by finding. The list itself is not changed.
func Gather(list []Diagnostic) []Diagnostic {
	more := map[string]int{} // cause to findings after the first
	for _, d := range list {
		if d.Cause != "" {
			more[d.Cause]++
		}
	}
	gathered := make([]Diagnostic, 0, len(list))
	first := map[string]int{} // cause to its place among the gathered
	for _, d := range list {
		if more[d.Cause] < 2 { // the empty cause is never counted
			gathered = append(gathered, d)
			continue
		}
		i, again := first[d.Cause]
		if !again {
			first[d.Cause] = len(gathered)
			noun := "places"
			if more[d.Cause] == 2 {
				noun = "place"
			}
			d.Message += fmt.Sprintf(" (and %d more %s)", more[d.Cause]-1, noun)
			d.Related = slices.Clip(d.Related)
			gathered = append(gathered, d)
			continue
		}
		if g := &gathered[i]; len(g.Related) < placesAtMost {
			g.Related = append(g.Related, Related{Path: d.Path, Pos: d.Pos, Message: d.Message})
		}
	}
	return gathered
}

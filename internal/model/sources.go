package model

import (
	"fmt"
	"strconv"
	"strings"

	"entente/internal/date"
	"entente/internal/record"
)

// Common gives the fields that every kind of record has; nil for topics and
// sources.
func (t *Thing) Common() *record.Common {
	switch t.Kind {
	case State:
		return &t.State.Common
	case Organisation:
		return &t.Organisation.Common
	case Treaty:
		return &t.Treaty.Common
	case Exercise:
		return &t.Exercise.Common
	case Operation:
		return &t.Operation.Common
	case Event:
		return &t.Event.Common
	case Term:
		return &t.Term.Common
	}
	return nil
}

// Statement is one thing that a record says, with where its sources stand.
type Statement struct {
	Path    []any    // of the statement in its record, for messages; empty for the record's own fields
	Sources []string // its own
}

// Statements lists what a record says: its own fields as one, and each dated
// statement about others.
func (t *Thing) Statements() []Statement {
	if t.Common() == nil {
		return nil
	}
	list := []Statement{{Sources: t.Sources}}
	switch t.Kind {
	case Organisation:
		for i, m := range t.Organisation.Members {
			list = append(list, Statement{Path: []any{"members", i}, Sources: m.Sources})
		}
		for i, p := range t.Organisation.Participation {
			list = append(list, Statement{Path: []any{"participation", i}, Sources: p.Sources})
		}
	case Treaty:
		for i := range t.Treaty.Parties {
			list = append(list, Statement{Path: []any{"parties", i}})
		}
	case Exercise:
		for i := range t.Exercise.Editions {
			list = append(list, Statement{Path: []any{"editions", i}})
		}
	}
	return list
}

// Sourcing says on what the statements of a record, or of many, rest.
type Sourcing struct {
	Statements int
	Own        int // name a source themselves
	Record     int // rest on the sources of their record
}

// Unsourced is how many statements rest on nothing.
func (s Sourcing) Unsourced() int { return s.Statements - s.Own - s.Record }

// Add adds up two counts.
func (s Sourcing) Add(o Sourcing) Sourcing {
	return Sourcing{s.Statements + o.Statements, s.Own + o.Own, s.Record + o.Record}
}

// Sourcing counts the statements of a thing. A source that was retracted
// carries nothing.
func (w *World) Sourcing(id ID) Sourcing {
	t := &w.Things[id]
	var s Sourcing
	record := w.carried(t.Sources)
	for _, st := range t.Statements() {
		s.Statements++
		switch {
		case len(st.Path) > 0 && w.carried(st.Sources):
			s.Own++
		case record:
			s.Record++
		}
	}
	return s
}

// carried reports whether a source among these still stands.
func (w *World) carried(sources []string) bool {
	for _, slug := range sources {
		if t, ok := w.LookupSource(slug); ok && t.Source.Retracted == "" {
			return true
		}
	}
	return false
}

// Edition is the day of which the site speaks as its own: the later of the
// day up to which its facts hold and the day of its edition. Reviews are due
// by it, never by a clock.
func (w *World) Edition() date.Day {
	day := w.AsOf
	if u := w.Site.Updated; !u.IsZero() {
		_, last := u.Bounds()
		day = max(day, last)
	}
	return day
}

// Review says when a page was last read through and when it must be again.
type Review struct {
	Last date.Date // zero: never
	Due  date.Day  // first day on which it is overdue
}

// Review gives the review of a page; false when none is demanded, or the
// demand cannot be read.
func (w *World) Review(t *Thing) (Review, bool) {
	if t.Page == nil {
		return Review{}, false
	}
	h := &t.Page.Header
	every := h.ReviewEvery
	if every == "" && t.Kind != Help { // help speaks of the program, not of facts that age
		every = w.Site.ReviewEvery
	}
	months, days, err := ParseInterval(every)
	if err != nil || every == "" {
		return Review{}, false
	}
	last := h.Reviewed
	if last.IsZero() {
		last = h.Updated
	}
	if last.IsZero() {
		return Review{Due: w.Edition()}, true
	}
	first, _ := last.Bounds()
	y, m, d := first.Civil()
	m += months
	due := date.DayOf(y+(m-1)/12, (m-1)%12+1, min(d, 28)) + date.Day(d-min(d, 28)+days)
	return Review{Last: last, Due: due}, true
}

// ParseInterval reads "12 months", "2 years", "6 weeks" or "90 days".
func ParseInterval(s string) (months, days int, err error) {
	words := strings.Fields(s)
	if len(words) != 2 {
		return 0, 0, fmt.Errorf("%q is not a span of time", s)
	}
	n, e := strconv.Atoi(words[0])
	if e != nil || n < 1 || n > 10_000 {
		return 0, 0, fmt.Errorf("%q is not a span of time", s)
	}
	switch strings.TrimSuffix(words[1], "s") {
	case "year":
		return 12 * n, 0, nil
	case "month":
		return n, 0, nil
	case "week":
		return 0, 7 * n, nil
	case "day":
		return 0, n, nil
	}
	return 0, 0, fmt.Errorf("%q is not a span of time", s)
}

package page

import (
	"fmt"
	"net/url"
	"strings"
	"unicode/utf8"

	"entente/internal/model"
)

// calendarPages are the anniversaries of all events, and those of each thing
// whose page lists events.
func calendarPages(w *model.World) []Page {
	var list []Page
	if len(anniversaries(w, w.Timeline())) > 0 {
		list = append(list, Page{Path: "timeline/anniversaries.ics", Thing: model.None, Encode: func(s *Site) []byte {
			return s.calendar("", s.World.Timeline())
		}})
	}
	for i := range w.Things {
		t := &w.Things[i]
		if id := t.ID; t.Kind.HasPage() && len(anniversaries(w, w.Events(id))) > 0 {
			list = append(list, Page{Path: t.Path + "anniversaries.ics", Thing: id, Encode: func(s *Site) []byte {
				return s.calendar(s.World.Thing(id).Name, s.World.Events(id))
			}})
		}
	}
	return list
}

// anniversaries are the events whose day is known for certain.
func anniversaries(w *model.World, ids []model.ID) []model.ID {
	var list []model.ID
	for _, id := range ids {
		if d := w.Thing(id).Event.Date; d.Exact() && !d.Uncertain() && !d.Approximate() && d.Year() >= 1 {
			list = append(list, id)
		}
	}
	return list
}

// calendar writes anniversaries after RFC 5545. The stamp is the day of the
// edition, never that of the build.
func (s *Site) calendar(of string, ids []model.ID) []byte {
	w := s.World
	host, name := "entente.invalid", w.Site.Title
	if u, err := url.Parse(w.Site.BaseURL); err == nil && u.Host != "" {
		host = u.Host
	}
	if of != "" {
		name += ": " + of
	}
	day := w.AsOf
	if w.Site.Updated.Exact() {
		day, _ = w.Site.Updated.Bounds()
	}
	y, m, d := day.Civil()
	stamp := fmt.Sprintf("%04d%02d%02dT000000Z", y, m, d)
	var b strings.Builder
	line := func(name, value string) { b.WriteString(foldLine(name + ":" + value)) }
	line("BEGIN", "VCALENDAR")
	line("VERSION", "2.0")
	line("PRODID", "-//entente//anniversaries//EN")
	line("CALSCALE", "GREGORIAN")
	line("X-WR-CALNAME", calendarText(name))
	for _, id := range anniversaries(w, ids) {
		t := w.Thing(id)
		first, _ := t.Event.Date.Bounds()
		y, m, d := first.Civil()
		line("BEGIN", "VEVENT")
		line("UID", t.Slug+"@"+host)
		line("DTSTAMP", stamp)
		line("DTSTART;VALUE=DATE", fmt.Sprintf("%04d%02d%02d", y, m, d))
		line("RRULE", "FREQ=YEARLY")
		line("SUMMARY", calendarText(fmt.Sprintf("%s (%d)", t.Event.Title, y)))
		if note := sentence(t.Event.Note); note != "" {
			line("DESCRIPTION", calendarText(note))
		}
		if w.Site.BaseURL != "" {
			line("URL", s.absolute(t.Path))
		}
		line("TRANSP", "TRANSPARENT")
		line("END", "VEVENT")
	}
	line("END", "VCALENDAR")
	return []byte(b.String())
}

// calendarText escapes a text value.
func calendarText(s string) string {
	return strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\r\n", `\n`, "\n", `\n`, "\r", "").Replace(s)
}

// foldLine ends a line, divided so that no part is longer than 75 bytes and
// no character is cut.
func foldLine(s string) string {
	var b strings.Builder
	for room := 75; len(s) > room; room = 74 {
		cut := room
		for !utf8.RuneStart(s[cut]) {
			cut--
		}
		b.WriteString(s[:cut] + "\r\n ")
		s = s[cut:]
	}
	return b.String() + s + "\r\n"
}

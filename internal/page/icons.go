package page

import (
	"html/template"
	"strings"

	"entente/internal/model"
)

// glyphs are the marks of the families of obligation, on a 12 by 12 grid.
var glyphs = map[string]string{
	"offence":       "M12 0v7H9.5V4.3L2 12 0 10 7.7 2.5H5V0z",
	"defence":       "M6 0l6 2v4c0 3-2.5 5-6 6C2.5 11 0 9 0 6V2z",
	"consultation":  "M0 1h12v8H7l-3 3V9H0z",
	"nonaggression": "M6 0a6 6 0 1 0 0 12A6 6 0 0 0 6 0zM2.5 4.8h7v2.4h-7z",
	"neutrality":    "M6 0a6 6 0 1 0 0 12A6 6 0 0 0 6 0zM6 2.8a3.2 3.2 0 1 1 0 6.4 3.2 3.2 0 0 1 0-6.4z",
	"cooperation":   "M4.5 0h3v4.5H12v3H7.5V12h-3V7.5H0v-3h4.5z",
}

// eventIcons are the marks of the kinds of event, on a 16 by 16 grid.
var eventIcons = map[string]string{
	"treaty":      "M4 2h6l2.5 2.5V14H4zM6.5 7h3.5M6.5 10h3.5",
	"accession":   "M2 8h8M7 5l3 3-3 3M13.5 3v10",
	"withdrawal":  "M6 8h8M11 5l3 3-3 3M2.5 3v10",
	"invocation":  "M4 14.5V2l9 3.2L4 9",
	"crisis":      "M9 1.5 4 9h4l-1 5.5L12 7H8z",
	"exercise":    "M3 8.5l5-5 5 5M3 13.5l5-5 5 5",
	"institution": "M2 6l6-4 6 4zM4 8v4M8 8v4M12 8v4M2 14h12",
	"end":         "M3.5 3.5l9 9M12.5 3.5l-9 9",
}

// icons are the marks of the interface, on a 24 by 24 grid.
var icons = map[string]string{
	"search":    `<circle cx="10.5" cy="10.5" r="6"/><path d="M15 15l5 5"/>`,
	"menu":      `<path d="M4 7h16M4 12h16M4 17h16"/>`,
	"close":     `<path d="M6 6l12 12M18 6L6 18"/>`,
	"sun":       `<circle cx="12" cy="12" r="4"/><path d="M12 3v2M12 19v2M3 12h2M19 12h2M5.6 5.6 7 7M17 17l1.4 1.4M18.4 5.6 17 7M7 17l-1.4 1.4"/>`,
	"moon":      `<path d="M19.5 14A8 8 0 0 1 10 4.5 8 8 0 1 0 19.5 14z"/>`,
	"auto":      `<circle cx="12" cy="12" r="8"/><path d="M12 4v16a8 8 0 0 0 0-16z" fill="currentColor"/>`,
	"topic":     `<path d="M5 6h14M5 11h14M5 16h9"/>`,
	"state":     `<path d="M6 21V4h12l-3 4 3 4H6"/>`,
	"treaty":    `<path d="M6 3h9l4 4v14H6zM9 11h7M9 15h7"/>`,
	"exercise":  `<path d="M4 13l8-8 8 8M4 20l8-8 8 8"/>`,
	"operation": `<circle cx="12" cy="12" r="7"/><path d="M12 2v6M12 16v6M2 12h6M16 12h6"/>`,
	"term":      `<path d="M5 7h14M5 12h3M11 12h3M17 12h2M5 17h9"/>`,
	"event":     `<path d="M12 3l9 9-9 9-9-9z"/>`,
	"source":    `<path d="M5 4h11a3 3 0 0 1 3 3v13H8a3 3 0 0 1-3-3zM5 17a3 3 0 0 1 3-3h11"/>`,
	"copy":      `<path d="M9 9h10v11H9zM5 15V4h10"/>`,
	"download":  `<path d="M12 4v11M7 11l5 5 5-5M5 20h14"/>`,
}

// Icon draws an interface icon.
func Icon(name string) template.HTML {
	return template.HTML(`<svg class="ic" viewBox="0 0 24 24" aria-hidden="true">` + icons[name] + `</svg>`)
}

// Glyph draws the mark of a family of obligation; empty for no family.
func Glyph(class string) template.HTML {
	if glyphs[class] == "" {
		return ""
	}
	return template.HTML(`<svg class="gl" viewBox="0 0 12 12" aria-hidden="true"><path fill-rule="evenodd" d="` + glyphs[class] + `"/></svg>`)
}

// EventIcon draws the mark of a kind of event.
func EventIcon(kind string) template.HTML {
	return template.HTML(`<svg viewBox="0 0 16 16" aria-hidden="true"><path d="` + eventIcons[kind] + `"/></svg>`)
}

// eventMarks are the marks of events as symbols, for pages that show hundreds;
// they stand in such a page once.
func eventMarks() template.HTML { return symbols("16", eventKindNames, eventIcons) }

func obligationMarks() template.HTML {
	var classes []string
	for _, f := range model.Families() {
		classes = append(classes, f.Class())
	}
	return symbols("12", classes, glyphs)
}

func symbols(size string, names []string, paths map[string]string) template.HTML {
	var b strings.Builder
	for _, name := range names {
		b.WriteString(`<symbol id="k-` + name + `" viewBox="0 0 ` + size + ` ` + size + `"><path fill-rule="evenodd" d="` + paths[name] + `"/></symbol>`)
	}
	return template.HTML(`<svg class="vh" aria-hidden="true">` + b.String() + `</svg>`)
}

// usedMark refers to a symbol of eventMarks or obligationMarks.
func usedMark(id string, glyph bool) template.HTML {
	class := ""
	if glyph {
		class = ` class="gl"`
	}
	return template.HTML(`<svg` + class + `><use href="#k-` + id + `"/></svg>`)
}

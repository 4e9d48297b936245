package page

import (
	"fmt"
	"html/template"
	"regexp"
	"strings"

	"entente/internal/date"
	"entente/internal/lang"
)

// say gives a text of the interface in the site's language; see lang.Say.
func (s *Site) say(key string, values ...any) string { return s.World.Words.Say(key, values...) }

// sayHTML is say for markup.
func (s *Site) sayHTML(key string, values ...any) template.HTML {
	return s.World.Words.HTML(key, values...)
}

// isoDay finds the days in the remarks of records, which are written as the
// data writes them.
var isoDay = regexp.MustCompile(`\b\d{4}-\d{2}-\d{2}\b`)

// remark is a note of a record with its days as the language writes them.
func (s *Site) remark(note string) string {
	return isoDay.ReplaceAllStringFunc(note, func(day string) string {
		d, err := date.Parse(day)
		if err != nil {
			return day
		}
		return s.World.Words.Dates.Text(d)
	})
}

// Functions are what templates may call beside the functions of the template
// language: icon and glyph draw a mark, say gives a text of the interface,
// date writes a Date, links writes a list of Links.
func Functions(words *lang.Words) template.FuncMap {
	return template.FuncMap{
		"icon": Icon, "glyph": Glyph,
		"say": func(key string, values ...any) (template.HTML, error) {
			text := words.HTML(key, values...)
			if string(text) == key {
				return "", fmt.Errorf("no text of the interface has the key %q", key)
			}
			return text, nil
		},
		"date": func(v any) (template.HTML, error) {
			d, ok := v.(*Date)
			if !ok {
				plain, ok := v.(Date)
				if !ok {
					return "", fmt.Errorf("date: %T is not a date", v)
				}
				d = &plain
			}
			text := template.HTMLEscapeString(d.Text)
			if d.Attr != "" {
				text = `<time datetime="` + d.Attr + `">` + text + `</time>`
			}
			return template.HTML(text), nil
		},
		"links": func(list []Link) template.HTML {
			var all []string
			for _, l := range list {
				all = append(all, `<a href="`+template.HTMLEscapeString(l.Href)+`">`+template.HTMLEscapeString(l.Text)+`</a>`)
			}
			return template.HTML(strings.Join(all, words.Comma()))
		},
	}
}

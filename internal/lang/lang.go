// Package lang gives the words that a site shows around its texts, in the
// language of the site: labels, sentences with places for values, plurals
// after the rules of CLDR, dates and numbers.
//
// One file a language holds them: en.txt, fr.txt, ar.txt. A line is
// "key: text", between quotes where spaces matter; a text that counts has one
// line for each plural form, "key[one]: text". A place for a value is
// "{name}". A site may replace any
// text, and a language without a file speaks English.
//
// The package knows nothing of pages.
package lang

import (
	"embed"
	"fmt"
	"html/template"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"

	"entente/internal/date"
)

//go:embed *.txt
var files embed.FS

// Words are the words of one language. They are read-only and may be used by
// many goroutines.
type Words struct {
	Tag   string        // of the site's language, after BCP 47
	Dir   string        // "rtl", or "" for left to right
	Dates date.Language // how dates are written

	texts map[string]string
	tag   language.Tag
}

// New gives the words of the language with a tag such as "fr" or "fr-CA",
// with the site's own texts, by key, over them. An empty tag is English.
func New(tag string, own map[string]string) *Words {
	if tag == "" {
		tag = "en"
	}
	w := &Words{Tag: tag, texts: read("en"), tag: language.Make(tag)}
	base, _ := w.tag.Base()
	if base.String() != "en" {
		over := read(base.String())
		if over == nil {
			w.tag = language.English
		}
		for k, v := range over {
			w.texts[k] = v
		}
	}
	for k, v := range own {
		w.texts[k] = v
	}
	switch base.String() {
	case "ar", "he", "fa", "ur", "yi", "ps":
		w.Dir = "rtl"
	}
	w.Dates = w.dates()
	return w
}

// read gives the texts of a language; nil when it has no file.
func read(name string) map[string]string {
	b, err := files.ReadFile(name + ".txt")
	if err != nil {
		return nil
	}
	texts := make(map[string]string, 512)
	for line := range strings.Lines(string(b)) {
		line = strings.TrimRight(line, "\n")
		if line == "" || line[0] == '#' {
			continue
		}
		key, text, ok := strings.Cut(line, ": ")
		if !ok {
			panic("lang: " + name + ".txt: no \"key: text\": " + line)
		}
		if quoted, err := strconv.Unquote(text); err == nil {
			text = quoted
		}
		texts[key] = text
	}
	return texts
}

// Keys lists the keys of all texts in their order. One that counts has one
// key for each plural form of English, and one without a form.
func Keys() []string {
	var keys []string
	for key := range read("en") {
		keys = append(keys, key)
		if base, ok := strings.CutSuffix(key, "[other]"); ok {
			keys = append(keys, base)
		}
	}
	slices.Sort(keys)
	return keys
}

// Has reports whether there is a text for a key.
func (w *Words) Has(key string) bool {
	_, ok := w.texts[key]
	return ok
}

// Say gives the text of a key with values put into their places: pairs of a
// name and a value. Numbers, dates and days are written as the language
// does; the value named "n" chooses the plural form. Without a text it gives
// the key, so that a reader sees something.
func (w *Words) Say(key string, values ...any) string {
	text := w.text(key, values)
	if !strings.Contains(text, "{") {
		return text
	}
	var b strings.Builder
	b.Grow(len(text) + 32)
	w.fill(&b, text, values, func(v any) string { return w.show(v) })
	return b.String()
}

// HTML is Say for markup: the text and its values are escaped, except values
// that are HTML already.
func (w *Words) HTML(key string, values ...any) template.HTML {
	text := template.HTMLEscapeString(w.text(key, values))
	if !strings.Contains(text, "{") {
		return template.HTML(text)
	}
	var b strings.Builder
	b.Grow(len(text) + 32)
	w.fill(&b, text, values, func(v any) string {
		if h, ok := v.(template.HTML); ok {
			return string(h)
		}
		return template.HTMLEscapeString(w.show(v))
	})
	return template.HTML(b.String())
}

// Word gives the text for one of the words that the data use, such as
// "entry-into-force" of the group "basis". Without a text it gives the
// data's own word with spaces for hyphens.
func (w *Words) Word(group, slug string) string {
	if text, ok := w.texts[group+"."+slug]; ok {
		return text
	}
	return strings.ReplaceAll(slug, "-", " ")
}

// Forms gives the plural forms of a text as attributes, for scripts that
// count: ` data-one="{n} member" data-other="{n} members"`.
func (w *Words) Forms(key string) string {
	var b strings.Builder
	for _, form := range []string{"zero", "one", "two", "few", "many", "other"} {
		if text, ok := w.texts[key+"["+form+"]"]; ok {
			b.WriteString(" data-" + form + `="` + template.HTMLEscapeString(text) + `"`)
		}
	}
	return b.String()
}

// Speaks reports whether the texts are those of a language: "en".
func (w *Words) Speaks(base string) bool {
	b, _ := w.tag.Base()
	return b.String() == base
}

// text finds the text of a key, in the plural form for the value named "n".
func (w *Words) text(key string, values []any) string {
	if text, ok := w.texts[key]; ok {
		return text
	}
	for i := 0; i+1 < len(values); i += 2 {
		if n, ok := values[i+1].(int); ok && values[i] == "n" {
			if text, ok := w.texts[key+"["+w.form(n)+"]"]; ok {
				return text
			}
		}
	}
	if text, ok := w.texts[key+"[other]"]; ok {
		return text
	}
	return key
}

// form is the plural form that a count takes.
func (w *Words) form(n int) string {
	return forms[plural.Cardinal.MatchPlural(w.tag, max(n, -n)%10_000_000, 0, 0, 0, 0)]
}

var forms = map[plural.Form]string{plural.Other: "other", plural.Zero: "zero", plural.One: "one", plural.Two: "two", plural.Few: "few", plural.Many: "many"}

// fill writes a text with its places filled.
func (w *Words) fill(b *strings.Builder, text string, values []any, show func(any) string) {
	for {
		before, rest, ok := strings.Cut(text, "{")
		b.WriteString(before)
		if !ok {
			return
		}
		name, after, _ := strings.Cut(rest, "}")
		text = after
		for i := 0; i+1 < len(values); i += 2 {
			if values[i] == name {
				b.WriteString(show(values[i+1]))
			}
		}
	}
}

func (w *Words) show(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case template.HTML:
		return string(v)
	case int:
		return w.Number(v)
	case date.Date:
		return w.Dates.Text(v)
	case date.Day:
		return w.Dates.Text(v.Date())
	}
	return fmt.Sprint(v)
}

// Number writes a number with the language's mark between thousands: "1,234".
func (w *Words) Number(n int) string {
	s := strconv.Itoa(max(n, -n))
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + w.texts["number.group"] + s[i:]
	}
	if n < 0 {
		return "\u2212" + s
	}
	return s
}

// List joins words as a sentence would: "A, B and C".
func (w *Words) List(words ...string) string {
	switch n := len(words); n {
	case 0:
		return ""
	case 1:
		return words[0]
	default:
		return strings.Join(words[:n-1], w.Comma()) + w.texts["list.and"] + words[n-1]
	}
}

// HTMLList is List for markup.
func (w *Words) HTMLList(words ...template.HTML) template.HTML {
	list := make([]string, len(words))
	for i, x := range words {
		list[i] = string(x)
	}
	return template.HTML(w.List(list...))
}

// Comma is what stands between the entries of a list.
func (w *Words) Comma() string { return w.texts["list.comma"] }

// On writes a date with its preposition: "on 4 April 1949", "in 1904".
func (w *Words) On(d date.Date) string { return string(w.on(d, template.HTML(w.Dates.Text(d)))) }

// OnHTML is On with the date in a time element.
func (w *Words) OnHTML(d date.Date) template.HTML { return w.on(d, w.Time(d)) }

func (w *Words) on(d date.Date, text template.HTML) template.HTML {
	key := "date.in"
	if d.Exact() {
		key = "date.on"
	}
	var b strings.Builder
	w.fill(&b, w.texts[key], []any{"day", string(text)}, func(v any) string { return v.(string) })
	return template.HTML(b.String())
}

// Time writes a date as a time element, or as text where HTML has no form.
func (w *Words) Time(d date.Date) template.HTML { return TimeTag(d, w.Dates.Text(d)) }

// TimeTag is a time element that shows a date in other words.
func TimeTag(d date.Date, text string) template.HTML {
	text = template.HTMLEscapeString(text)
	if a := d.Attr(); a != "" {
		text = `<time datetime="` + a + `">` + text + `</time>`
	}
	return template.HTML(text)
}

// Period writes a period: "1949 to 1966", "since 1949, as of 2025".
func (w *Words) Period(p date.Period, asOf string) string {
	from, until := w.Dates.Pair(p.From, p.Until)
	switch {
	case from == until && from != "":
		return from
	case p.From.Exact() && p.Until.Exact():
		return w.Say("period.days", "from", from, "until", until)
	case from == "" && until == "":
		return asOf
	case from == "":
		return w.Say("period.until", "until", until)
	case until != "":
		return w.Say("period.both", "from", from, "until", until)
	case asOf == "":
		return w.Say("period.since", "from", from)
	}
	return w.Say("period.since-as-of", "from", from, "as-of", asOf)
}

// dates reads how the language writes dates.
func (w *Words) dates() date.Language {
	l := date.Language{
		First: w.texts["date.first"], Day: w.texts["date.day"], Month: w.texts["date.month"], Decade: w.texts["date.decade"], Years: w.texts["date.years"],
		About: w.texts["date.about"], Unsure: w.texts["date.unsure"], BCE: w.texts["date.bce"], CE: w.texts["date.ce"],
		ShortDecade: w.texts["date.short-decade"], ShortAbout: w.texts["date.short-about"],
	}
	copy(l.Months[:], strings.Split(w.texts["date.months"], "|"))
	copy(l.Seasons[:], strings.Split(w.texts["date.seasons"], "|"))
	return l
}

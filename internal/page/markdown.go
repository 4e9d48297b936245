package page

import (
	"bytes"
	"cmp"
	"fmt"
	"html"
	"strings"

	"entente/internal/link"
	"entente/internal/model"
	"entente/internal/record"
)

// markdown writes HTML that package prose made as Markdown, with links made
// absolute by href, which appends them. It takes well-formed HTML for granted:
// quoted attributes, escaped text. Drawings, buttons and marks of the page
// itself are left out.
// It appends to a text, as if nothing stood in it.
func markdown(to []byte, source string, href func([]byte, string) []byte) []byte {
	w := &mdWriter{b: to[len(to):], href: href, fresh: true}
	for source != "" {
		lt := strings.IndexByte(source, '<')
		if lt < 0 {
			lt = len(source)
		}
		w.text(source[:lt])
		source = source[lt:]
		gt := strings.IndexByte(source, '>')
		if gt < 0 {
			break
		}
		w.tag(source[1:gt])
		source = source[gt+1:]
	}
	w.line()
	return append(to, bytes.TrimSpace(w.b)...)
}

type mdWriter struct {
	b     []byte
	href  func(to []byte, address string) []byte
	skip  string   // the element being left out; "" when none is
	depth int      // of elements of that name inside it
	open  []string // addresses of the links that are open; "" for what is not shown as one
	pre   bool
	code  bool
	quote int   // how deep in quotations
	above int   // how deep the last line was
	lists []int // for each list that is open: -1 without numbers, else the number of the last item
	cells int   // of the first row of a table; 0 outside of its head
	row   int   // cells so far
	fresh bool  // at the beginning of a line
	gap   bool  // an empty line comes before the next
}

// line ends a line that has something on it.
func (w *mdWriter) line() {
	if !w.fresh {
		if n := len(w.b) - 1; n > 0 && w.b[n] == ' ' && w.b[n-1] != ' ' { // two are the end of a line
			w.b = w.b[:n]
		}
		w.b = append(w.b, '\n')
		w.fresh = true
	}
}

// block ends a block with an empty line.
func (w *mdWriter) block() {
	w.line()
	w.gap = len(w.b) > 0
}

// put writes markup or text as it stands.
func (w *mdWriter) put(s string) {
	if w.fresh && s != "" {
		if w.gap {
			w.b = append(w.b, strings.TrimRight(strings.Repeat("> ", min(w.quote, w.above)), " ")+"\n"...)
		}
		w.b = append(w.b, strings.Repeat("> ", w.quote)...)
		if len(w.lists) > 1 {
			w.b = append(w.b, strings.Repeat("  ", len(w.lists)-1)...)
		}
		w.fresh, w.gap, w.above = false, false, w.quote
	}
	w.b = append(w.b, s...)
}

func (w *mdWriter) text(s string) {
	if w.skip != "" || s == "" {
		return
	}
	s = html.UnescapeString(s)
	if w.pre {
		w.put(s)
		w.fresh = strings.HasSuffix(s, "\n")
		return
	}
	if w.fresh {
		s = strings.TrimLeft(s, " \n")
	}
	switch {
	case s == "":
		return
	case !w.code:
		s = mdEscape.Replace(s)
	case w.row > 0:
		s = mdCell.Replace(s)
	default:
		s = strings.ReplaceAll(s, "\n", " ")
	}
	w.put(s)
}

// mdCell keeps code inside one cell of a table.
var mdCell = strings.NewReplacer("|", `\|`, "\n", " ")

// mdEscape keeps text on its line and from being taken for markup.
var mdEscape = strings.NewReplacer("\n", " ", `\`, `\\`, "*", `\*`, "_", `\_`, "`", "\\`", "[", `\[`, "]", `\]`, "<", "&lt;", "|", `\|`)

// attribute gives the value of an attribute in the inside of a tag.
func attribute(tag, name string) string {
	_, rest, ok := strings.Cut(tag, " "+name+`="`)
	if !ok {
		return ""
	}
	value, _, _ := strings.Cut(rest, `"`)
	return html.UnescapeString(value)
}

// mdWraps are the marks around inline elements.
var mdWraps = map[string]string{"strong": "**", "b": "**", "em": "*", "i": "*", "cite": "*"}

func (w *mdWriter) tag(tag string) {
	name, closes := strings.CutPrefix(tag, "/")
	name, _, _ = strings.Cut(name, " ")
	name = strings.TrimSuffix(name, "/")
	if w.skip != "" {
		if name == w.skip && !strings.HasSuffix(tag, "/") {
			if w.depth += 1; closes {
				w.depth -= 2
			}
			if w.depth == 0 {
				w.skip = ""
			}
		}
		return
	}
	class := attribute(tag, "class")
	switch name {
	case "svg", "button", "script", "form", "nav", "input", "caption":
		if !closes && !strings.HasSuffix(tag, "/") && name != "input" {
			w.skip, w.depth = name, 1
		}
	case "a":
		w.anchor(tag, class, closes)
	case "strong", "b", "em", "i", "cite":
		w.put(mdWraps[name])
	case "code":
		if !w.pre {
			w.put("`")
			w.code = !closes
		}
	case "br":
		w.put("  ")
		w.line()
	case "img":
		w.put("![" + mdEscape.Replace(attribute(tag, "alt")) + "](")
		w.b = append(w.href(w.b, attribute(tag, "src")), ')')
	default:
		w.blockTag(name, closes)
	}
}

// anchor begins or ends a link. One to a figure's origin is text, one to a
// note its number.
func (w *mdWriter) anchor(tag, class string, closes bool) {
	switch {
	case closes && len(w.open) > 0:
		if to := w.open[len(w.open)-1]; to != "" {
			w.put("](")
			w.b = append(w.href(w.b, to), ')')
		}
		w.open = w.open[:len(w.open)-1]
	case closes:
	case class == "self" || class == "backref":
		w.skip, w.depth = "a", 1
	case class == "ref":
		w.put("[^" + strings.TrimPrefix(attribute(tag, "href"), "#") + "]")
		w.skip, w.depth = "a", 1
	case class == "fact":
		w.open = append(w.open, "")
	default:
		w.put("[")
		w.open = append(w.open, cmp.Or(attribute(tag, "href"), "./"))
	}
}

func (w *mdWriter) blockTag(name string, closes bool) {
	switch name {
	case "h2", "h3", "h4", "h5", "h6":
		if w.block(); !closes {
			w.put(strings.Repeat("#", int(name[1]-'0')) + " ")
		}
	case "table":
		w.cells = 0
		w.block()
	case "p", "div", "figure", "section", "dl", "details":
		if len(w.lists) == 0 && w.row == 0 {
			w.block()
		}
	case "blockquote", "aside":
		if w.block(); closes {
			w.quote--
			w.line()
		} else {
			w.quote++
		}
	case "pre":
		if !closes {
			w.block()
		}
		w.line()
		w.put("```\n")
		w.fresh, w.pre = true, !closes
		if closes {
			w.block()
		}
	case "ul", "ol":
		if w.line(); closes {
			w.lists = w.lists[:max(0, len(w.lists)-1)]
			w.block()
		} else {
			first := -1
			if name == "ol" {
				first = 0
			}
			w.lists = append(w.lists, first)
		}
	case "li":
		if w.line(); !closes && len(w.lists) > 0 {
			n := &w.lists[len(w.lists)-1]
			if *n < 0 {
				w.put("- ")
				return
			}
			*n++
			w.put(fmt.Sprintf("%d. ", *n))
		}
	case "dt", "dd":
		if w.line(); !closes && name == "dd" {
			w.put(": ")
		}
	case "tr", "th", "td":
		w.tableTag(name, closes)
	}
}

// tableTag writes the rows of a table; below the first it rules the head off.
func (w *mdWriter) tableTag(name string, closes bool) {
	switch {
	case name == "tr" && !closes:
		w.line()
		w.row = 0
	case name == "tr":
		w.put(" |")
		w.line()
		if w.cells == 0 {
			w.cells = w.row
			w.put("|" + strings.Repeat(" --- |", w.row))
			w.line()
		}
		w.row = 0
	case !closes && w.row == 0:
		w.row++
		w.put("| ")
	case !closes:
		w.row++
		w.put(" | ")
	}
}

// mirror is a page as Markdown: what its author wrote, with the figures and
// links that readers see, then what the record says.
func (s *Site) mirror(id model.ID) []byte {
	t := s.World.Thing(id)
	var text, notes string
	if s.Bodies[id] != nil {
		text, notes = s.text(id)
	}
	b := make([]byte, 0, len(text)+len(notes)+1024)
	b = fmt.Appendf(b, "# %s\n\n", mdEscape.Replace(oneLine(t.Name)))
	if t.Summary != "" {
		b = fmt.Appendf(b, "%s\n\n", mdEscape.Replace(oneLine(t.Summary)))
	}
	b = fmt.Appendf(b, "%s\n", sentence(capital(s.say("cite.facts", "day", s.factsTo(t).Text))))
	base := ""
	if s.World.Site.BaseURL != "" {
		base = s.absolute("")
	}
	href := func(b []byte, to string) []byte {
		switch {
		case strings.HasPrefix(to, "#") || strings.Contains(to, ":"):
			return append(b, to...)
		case base == "":
			return append(b, link.Rel(t.Path, resolve(t.Path, to))...)
		}
		dir, rest := resolved(t.Path, to)
		return append(append(append(b, base...), dir...), rest...)
	}
	if s.Bodies[id] != nil {
		b = append(markdown(append(b, '\n'), text, href), '\n')
		for i, note := range strings.Split(notes, `<li id="`) {
			if name, inner, ok := strings.Cut(note, `">`); ok && i > 0 {
				b = append(markdown(fmt.Appendf(b, "\n[^%s]: ", name), strings.TrimSuffix(inner, "</li>"), href), '\n')
			}
		}
	}
	if rec := t.Record(); rec != nil {
		list := bytes.NewBuffer(fmt.Appendf(b, "\n## %s\n\n", s.say("edition.facts")))
		record.List(list, rec, s.shown)
		b = list.Bytes()
	}
	return b
}

// shown writes a text of a record: an id as a name.
func (s *Site) shown(text string) string {
	if t, ok := s.World.Lookup(text); ok && t.Kind <= model.Operation && t.Kind != model.Topic {
		text = t.Name
	}
	return mdEscape.Replace(oneLine(text))
}

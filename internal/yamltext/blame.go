package yamltext

import (
	"bytes"
	"fmt"
	"regexp"
	"sort"
	"strconv"
	"strings"
	"unicode/utf8"

	"entente/internal/limits"
)

// blame turns an error of the YAML library into a fault with a place.
// The library names a line at best, and often that of something around. So we
// look for the first line that no beginning of the text survives: all before
// it can be read, and nothing from it on.
func blame(b []byte, err error) Fault {
	f := Fault{Kind: Value, Message: strings.TrimPrefix(err.Error(), "yaml: "), Line: 1}
	if m := yamlLine.FindStringSubmatch(f.Message); m != nil {
		f.Line, _ = strconv.Atoi(m[1])
		f.Message = m[2]
	}
	if line, col := deepest(b); line > 0 && (strings.Contains(f.Message, "max depth") || strings.Contains(f.Message, "did not find expected ','")) {
		return tooDeep(line, col)
	}
	if line, col := tabbed(b); line > 0 {
		return Fault{Kind: Tab, Line: line, Col: col, Message: "a tab is used to indent", Hint: "use spaces"}
	}
	if line, message := trouble(b); line > 0 {
		f.Line, f.Message = line, message
	}
	lines := bytes.Split(b, []byte("\n"))
	f.Line = min(max(1, f.Line), len(lines))
	for f.Line < len(lines) && len(bytes.TrimSpace(lines[f.Line-1])) == 0 {
		f.Line++
	}
	f.explain(string(lines[f.Line-1]))
	return f
}

var yamlLine = regexp.MustCompile(`^line (\d+): (.*)`)

// deepest finds the place where flow collections nest beyond the limit.
func deepest(b []byte) (line, col int) {
	depth, line, start := 0, 1, 0
	for i, c := range b {
		switch c {
		case '\n':
			line, start = line+1, i+1
		case '[', '{':
			if depth++; depth > limits.Depth {
				return line, utf8.RuneCount(b[start:i]) + 1
			}
		case ']', '}':
			depth = max(0, depth-1)
		}
	}
	return 0, 0
}

// tabbed finds the first tab in the indent of a line that has more than it.
func tabbed(b []byte) (line, col int) {
	for i, l := range bytes.Split(b, []byte("\n")) {
		body := bytes.TrimLeft(l, " ")
		if len(body) > 0 && body[0] == '\t' && len(bytes.TrimSpace(body)) > 0 {
			return i + 1, len(l) - len(body) + 1
		}
	}
	return 0, 0
}

// parseBudget bounds the search for the faulty line, in bytes read.
const parseBudget = 4 << 20

// trouble finds the first line that cannot be read, and why; 0 when the
// search costs too much.
func trouble(b []byte) (line int, message string) {
	from, piece := faultyPiece(b)
	if piece == nil {
		return 0, ""
	}
	_, full := Nodes(piece)
	ends := lineEnds(piece)
	spent := 0
	try := func(n int) error {
		spent += ends[n]
		_, err := Nodes(piece[:ends[n]])
		return err
	}
	// From the line where the library gives up, every longer beginning fails
	// in the same way.
	n := sort.Search(len(ends)-1, func(n int) bool {
		if spent > parseBudget {
			return true
		}
		err := try(n)
		return err != nil && err.Error() == full.Error()
	})
	for n--; n > 0 && try(n) != nil; n-- {
		if spent > parseBudget {
			return 0, ""
		}
	}
	message = strings.TrimPrefix(full.Error(), "yaml: ")
	if m := yamlLine.FindStringSubmatch(message); m != nil {
		message = m[2]
	}
	return from + max(0, n) + 1, message
}

// faultyPiece gives the first record that cannot be read, and how many lines
// stand before it.
func faultyPiece(b []byte) (from int, piece []byte) {
	start, line := 0, 0
	for start < len(b) {
		end := len(b)
		if i := bytes.Index(b[start:], []byte("\n- ")); i >= 0 {
			end = start + i + 1
		}
		p := b[start:end]
		if _, err := Nodes(p); err != nil && !definedBefore(b[:start], err) {
			return line, p
		}
		line += bytes.Count(p, []byte("\n"))
		start = end
	}
	return 0, nil
}

var unknownAnchor = regexp.MustCompile(`unknown anchor '([^']*)' referenced`)

func definedBefore(b []byte, err error) bool {
	m := unknownAnchor.FindStringSubmatch(err.Error())
	return m != nil && bytes.Contains(b, []byte("&"+m[1]))
}

// lineEnds lists where the first n lines of a text end, by n.
func lineEnds(b []byte) []int {
	ends := []int{0}
	for at := 0; at < len(b); {
		i := bytes.IndexByte(b[at:], '\n')
		if i < 0 {
			return append(ends, len(b))
		}
		at += i + 1
		ends = append(ends, at)
	}
	return ends
}

var keyStart = regexp.MustCompile(`^( *(?:- +)*)([^\s:#'"\[\]{},&*!|>%@][^:#]*?):(?:[ \t]+|$)`)

// explain finds the column in the faulty line and says it in our words.
func (f *Fault) explain(l string) {
	indent := len(l) - len(strings.TrimLeft(l, " "))
	value := indent // where the value of the line begins
	if m := keyStart.FindStringSubmatchIndex(l); m != nil {
		value = m[1]
	} else if rest := strings.TrimLeft(l[indent:], "- "); rest != "" {
		value = len(l) - len(rest)
	}
	find := func(i int) int { // offset of what is looked for after value, else the indent
		if i < 0 {
			return indent
		}
		return value + i
	}
	at := indent
	switch m := f.Message; {
	case strings.Contains(m, "mapping values are not allowed"):
		if i := secondColon(l, value); i >= 0 {
			at = i
			f.Message, f.Hint = "a second colon in a value", "put the value between quotes"
		} else {
			f.Message, f.Hint = "a key is not expected here", "check the indent: keys that belong together stand below each other; or put the text above between quotes"
		}
	case strings.Contains(m, "cannot start any token"):
		at = find(strings.IndexAny(l[value:], "@`%\t"))
		f.Message, f.Hint = fmt.Sprintf("a value cannot begin with %q", firstRune(l[at:])), "put the value between quotes"
	case unknownAnchor.MatchString(m):
		name := unknownAnchor.FindStringSubmatch(m)[1]
		at = find(strings.Index(l[value:], "*"+name))
		f.Kind = Anchor
		f.Message, f.Hint = fmt.Sprintf("no anchor %q", name), "put the value between quotes if the star belongs to it"
	case strings.Contains(m, "alphabetic or numeric character"):
		at = find(strings.IndexAny(l[value:], "*&"))
		if l[at:] != "" && l[at] == '*' {
			f.Kind = Anchor
		}
		f.Message, f.Hint = fmt.Sprintf("a value cannot begin with %q: it would name an anchor", firstRune(l[at:])), "put the value between quotes"
	case strings.Contains(m, "end of stream") || strings.Contains(m, "document indicator"):
		at = find(strings.IndexAny(l[value:], `"'`))
		f.Kind = Quote
		f.Message, f.Hint = "a quotation mark is never closed", "close it, or double it if it belongs to the text"
	case strings.Contains(m, "',' or"):
		at = find(strings.IndexAny(l[value:], "[{"))
		f.Message, f.Hint = "what is opened here is not closed, or lacks a comma", "close it with the bracket it was opened with"
	case strings.Contains(m, "escape"):
		at = find(badEscape(l[value:]))
		f.Message, f.Hint = "unknown escape after a backslash", "use single quotes, or double the backslash"
	case strings.Contains(m, "block sequence entries"):
		at = find(strings.Index(l[value:], "- "))
		f.Message, f.Hint = "a list cannot begin in the line of its key", "put each entry in a line of its own"
	case strings.Contains(m, "control characters"):
		at = max(indent, strings.IndexFunc(l, unprintable))
		f.Message, f.Hint = fmt.Sprintf("character %U is not allowed", firstRune(l[at:])), "take it out"
	case strings.Contains(m, "node content"):
		at = find(strings.IndexAny(l[value:], "]},"))
		f.Message, f.Hint = fmt.Sprintf("%q is not expected here", firstRune(l[at:])), "put the value between quotes"
	case strings.Contains(m, "expected key"), strings.Contains(m, "indicator"), strings.Contains(m, "expected ':'"):
		if i := closedEarly(l, value); i >= 0 {
			at = i
			f.Message, f.Hint = "text goes on after the closing quotation mark", "put the whole value between quotes of the other kind"
			break
		}
		f.Message, f.Hint = "this line fits neither the keys nor the list around it", "check the indent, and that a key ends with a colon"
	default:
		f.Message, f.Hint = "cannot be read as YAML: "+m, "write keys, colons and values only, and text with signs in it between quotes"
	}
	f.Col = utf8.RuneCountInString(l[:at]) + 1
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// secondColon finds a colon that ends a word in a value; -1 when there is none.
func secondColon(l string, value int) int {
	for i := value; i < len(l); i++ {
		if l[i] == ':' && (i+1 == len(l) || l[i+1] == ' ' || l[i+1] == '\t') {
			return i
		}
	}
	return -1
}

// closedEarly finds text behind a quoted value; -1 when there is none.
func closedEarly(l string, value int) int {
	if value >= len(l) || l[value] != '"' && l[value] != '\'' {
		return -1
	}
	for i := value + 1; i < len(l); i++ {
		switch {
		case l[i] == '\\' && l[value] == '"':
			i++
		case l[i] == l[value]:
			if rest := strings.TrimLeft(l[i+1:], " \t"); rest != "" && rest[0] != '#' {
				return len(l) - len(rest)
			}
			return -1
		}
	}
	return -1
}

func badEscape(s string) int {
	for i := 0; i+1 < len(s); i++ {
		if s[i] == '\\' {
			if !strings.ContainsRune("0abt\tnvfre \"'/\\N_LPxuU", rune(s[i+1])) {
				return i
			}
			i++
		}
	}
	return -1
}

func unprintable(r rune) bool {
	return r < ' ' && r != '\t' || r >= 0x7f && r < 0xa0 && r != 0x85 || r == 0xfffe || r == 0xffff
}

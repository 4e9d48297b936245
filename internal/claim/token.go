package claim

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"entente/internal/date"
	"entente/internal/fact"
	"entente/internal/model"
)

// kind of a token.
type kind uint8

const (
	word   kind = iota
	figure      // a cardinal number
	order       // an ordinal number
	day         // a date, of whatever precision
	name        // a name of the world
	point       // a mark of punctuation
	opaque      // words that are not the author's: a fact, code, a quotation
)

// token is a word of a sentence, or several that mean one thing.
type token struct {
	kind       kind
	start, end int
	w          string // lower case; of punctuation the mark itself
	class      class  // of a word
	capital    bool
	value      int // of a number
	date       date.Date
	what       meaning
	owner      bool // "NATO's", "its"
}

// meaning is what a name stands for, at most one of a kind.
type meaning struct{ state, body, treaty, activity model.ID } // an activity is a series of exercises or an operation

var nothing = meaning{model.None, model.None, model.None, model.None}

// tokens cuts a sentence into tokens. Hidden are the parts of it that are not
// the author's own words, in order.
func (r *Reader) tokens(text string, hidden []stretch, dst []token) []token {
	dst = scan(text, hidden, dst)
	dst = quotations(dst)
	dst = epithets(r.names(text, dst))
	dst = dates(dst)
	return numbers(dst)
}

// ledBy are the words of "the Moscow-led CSTO".
var ledBy = set("led", "dominated", "sponsored", "backed", "brokered", "centred", "centered", "inspired", "run", "driven", "controlled")

// epithets takes the compound adjective out of "the Moscow-led CSTO".
func epithets(list []token) []token {
	out := list[:0]
	for i := 0; i < len(list); i++ {
		if i+3 < len(list) && list[i+1].w == "-" && list[i+3].kind == name && list[i+2].kind == word && ledBy[list[i+2].w] && list[i+1].start == list[i].end {
			i += 2
			continue
		}
		out = keep(out, list, i)
	}
	return out
}

// scan finds words and marks.
func scan(text string, hidden []stretch, dst []token) []token {
	for i := 0; i < len(text); {
		end := len(text) // of what may be read
		if len(hidden) > 0 {
			if end = hidden[0].from; i >= end {
				i, hidden = min(hidden[0].to, len(text)), hidden[1:]
				dst = append(dst, token{kind: opaque, start: end, end: i})
				continue
			}
		}
		c, n := rune(text[i]), 1
		if c >= utf8.RuneSelf {
			c, n = utf8.DecodeRuneInString(text[i:])
		}
		switch {
		case c == ' ' || unicode.IsSpace(c):
			i += n
		case unicode.IsLetter(c) || unicode.IsDigit(c):
			j := plainEnd(text[:end], i)
			if j > i {
				w := text[i:j]
				dst = append(dst, token{kind: word, start: i, end: j, w: w, class: classOf(w)})
			} else {
				j = wordEnd(text[:end], i)
				dst = append(dst, asWord(text, i, j))
			}
			i = j
			if rest := text[i:]; strings.HasPrefix(rest, "'s") || strings.HasPrefix(rest, "’s") {
				dst[len(dst)-1].owner = true
				i += strings.IndexByte(rest, 's') + 1
				dst[len(dst)-1].end = i
			} else if t := &dst[len(dst)-1]; strings.HasSuffix(t.w, "s") && (strings.HasPrefix(rest, "'") || strings.HasPrefix(rest, "’")) {
				t.owner = true
			}
		default:
			w := text[i : i+n]
			switch c {
			case '–', '—', '−':
				w = "–"
			case '“', '”', '«', '»', '„':
				w = "\""
			case '’':
				w = "'"
			case '‑', '‐':
				w = "-"
			}
			dst = append(dst, token{kind: point, start: i, end: i + n, w: w})
			i += n
		}
	}
	return dst
}

// plainEnd gives the end of a word of small English letters that begins at i;
// i when it may be any other.
func plainEnd(text string, i int) int {
	for j := i; j < len(text); j++ {
		switch b := text[j]; {
		case b >= 'a' && b <= 'z':
		case b >= utf8.RuneSelf || b == '\'' || isDigit(b) || isUpper(b):
			return i
		default:
			return j
		}
	}
	return len(text)
}

// wordEnd gives the end of the word that begins at i. A full stop between
// capitals ("U.S."), a comma between digits and an apostrophe inside a word
// belong to it.
func wordEnd(text string, i int) int {
	j := i
	for j < len(text) {
		if b := text[j]; b|0x20 >= 'a' && b|0x20 <= 'z' {
			j++
			continue
		}
		c, n := utf8.DecodeRuneInString(text[j:])
		switch {
		case unicode.IsLetter(c) || unicode.IsDigit(c) || unicode.Is(unicode.Mn, c):
		case c == '.' && j > 0 && isUpper(text[j-1]) && (j-i == 1 || text[j-2] == '.') && (j+1 < len(text) && isUpper(text[j+1]) || strings.Contains(text[i:j], ".")):
		case c == ',' && j > i && isDigit(text[j-1]) && j+3 < len(text) && isDigit(text[j+1]) && isDigit(text[j+2]) && isDigit(text[j+3]) && (j+4 == len(text) || !isDigit(text[j+4])):
		case (c == '\'' || c == '’') && j+n+1 < len(text) && text[j+n] == 't' && !isLetterAt(text, j+n+1):
		default:
			return j
		}
		j += n
	}
	return j
}

func isUpper(c byte) bool { return c >= 'A' && c <= 'Z' }
func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func isLetterAt(s string, i int) bool {
	if i >= len(s) {
		return false
	}
	c, _ := utf8.DecodeRuneInString(s[i:])
	return unicode.IsLetter(c)
}

func asWord(text string, i, j int) token {
	t := token{kind: word, start: i, end: j, w: strings.ReplaceAll(strings.ToLower(text[i:j]), "’", "'")}
	c, _ := utf8.DecodeRuneInString(text[i:])
	t.capital = unicode.IsUpper(c)
	t.class = classOf(t.w)
	return t
}

// quotations makes what stands between quotation marks opaque.
func quotations(list []token) []token {
	out := list[:0]
	for i := 0; i < len(list); i++ {
		if list[i].kind == point && list[i].w == "\"" {
			j := i + 1
			for j < len(list) && (list[j].kind != point || list[j].w != "\"") {
				j++
			}
			end := len(list) - 1
			if j < len(list) {
				end = j
			}
			out = append(out, token{kind: opaque, start: list[i].start, end: list[end].end, w: "\""})
			i = end
			continue
		}
		out = keep(out, list, i)
	}
	return out
}

// keep appends token i of a list to the part of it that is written over.
func keep(out, list []token, i int) []token {
	if len(out) == i {
		return list[:i+1] // it lies there already
	}
	return append(out, list[i])
}

var months = map[string]int{"january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8, "september": 9,
	"october": 10, "november": 11, "december": 12, "jan": 1, "feb": 2, "apr": 4, "aug": 8, "sept": 9, "oct": 10, "nov": 11, "dec": 12}

// counted are words that make a figure of four digits a number, not a year.
var counted = set("troops", "soldiers", "personnel", "people", "men", "women", "tanks", "aircraft", "ships", "kilometres", "km", "miles", "forces",
	"servicemen", "warheads", "participants", "vehicles", "sorties", "euros", "dollars", "missiles", "marines", "peacekeepers", "years", "fighters", "observers")

func set(words ...string) map[string]bool {
	m := make(map[string]bool, len(words))
	for _, w := range words {
		m[w] = true
	}
	return m
}

// dates joins days, months and years to dates.
func dates(list []token) []token {
	out := list[:0]
	for i := 0; i < len(list); {
		d, n := dateAt(list[i:])
		if n == 0 {
			out = keep(out, list, i)
			i++
			continue
		}
		t := token{kind: day, start: list[i].start, end: list[i+n-1].end, date: d, w: "#", owner: list[i+n-1].owner}
		out = append(out, t)
		i += n
	}
	return out
}

// dateAt reads a date at the head of a list and how many tokens it takes.
func dateAt(l []token) (date.Date, int) {
	if l[0].kind != word || !l[0].capital && !digits(l[0].w) {
		return date.Date{}, 0
	}
	if d, ok := dayNumber(l[0].w); ok && len(l) >= 2 { // 4 April 1949; 4th of April 1949
		k := 1
		if l[k].w == "of" && len(l) > 2 {
			k = 2
		}
		if m := monthOf(l[k]); m > 0 && k+1 < len(l) {
			if y, ok := year(l, k+1); ok {
				return civil(y, m, d), k + 2
			}
		}
	}
	if m := monthOf(l[0]); m > 0 && len(l) >= 2 {
		if y, ok := year(l, 1); ok { // April 1949
			return civil(y, m, 0), 2
		}
		if len(l) >= 3 && l[1].w == "of" {
			if y, ok := year(l, 2); ok {
				return civil(y, m, 0), 3
			}
		}
		if d, ok := dayNumber(l[1].w); ok && len(l) >= 3 { // April 4, 1949
			k := 2
			if l[k].w == "," && len(l) > 3 {
				k = 3
			}
			if y, ok := year(l, k); ok {
				return civil(y, m, d), k + 1
			}
		}
	}
	if len(l) >= 5 && l[1].w == "-" && l[3].w == "-" { // 1949-04-04
		if y, ok := year(l, 0); ok {
			m, err1 := strconv.Atoi(l[2].w)
			d, err2 := strconv.Atoi(l[4].w)
			if err1 == nil && err2 == nil {
				return civil(y, m, d), 5
			}
		}
	}
	if s := l[0].w; len(s) == 5 && s[4] == 's' && isDigit(s[0]) && isDigit(s[3]) { // 1950s
		if s[3] == '0' {
			d, err := date.Parse(s[:3] + "X")
			if err == nil {
				return d, 1
			}
		}
	}
	if y, ok := year(l, 0); ok {
		if len(l) > 1 && (counted[l[1].w] || l[1].w == "-") && !(len(l) > 1 && l[1].w == "-" && len(l) > 2 && isYear(l[2].w)) {
			return date.Date{}, 0
		}
		return civil(y, 0, 0), 1
	}
	return date.Date{}, 0
}

func monthOf(t token) int {
	if !t.capital {
		return 0
	}
	return months[t.w]
}

func dayNumber(w string) (int, bool) {
	if len(w) > 4 || !digits(w) {
		return 0, false
	}
	for _, suffix := range []string{"st", "nd", "rd", "th"} {
		w = strings.TrimSuffix(w, suffix)
	}
	d, err := strconv.Atoi(w)
	return d, err == nil && d >= 1 && d <= 31 && len(w) <= 2
}

func isYear(w string) bool {
	if len(w) != 4 {
		return false
	}
	y, err := strconv.Atoi(w)
	return err == nil && y >= 1000 && y <= 2199
}

func year(l []token, i int) (int, bool) {
	if i >= len(l) || l[i].kind != word || !isYear(l[i].w) {
		return 0, false
	}
	y, _ := strconv.Atoi(l[i].w)
	return y, true
}

// civil makes a date; month and day may be 0.
func civil(y, m, d int) date.Date {
	s := strconv.Itoa(y)
	if m > 0 {
		s += "-" + two(m)
		if d > 0 {
			s += "-" + two(d)
		}
	}
	v, err := date.Parse(s)
	if err != nil {
		return date.Date{}
	}
	return v
}

func two(n int) string {
	if n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}

// notFigures are number words that seldom count anything.
var notFigures = set("one", "no", "none", "single", "score", "zero", "second", "and", "a", "an")

// numbers joins number words.
func numbers(list []token) []token {
	out := list[:0]
	for i := 0; i < len(list); {
		if list[i].kind != word || !numeric(&list[i]) {
			out = keep(out, list, i)
			i++
			continue
		}
		n := numberLength(list[i:])
		best := 0
		var value fact.Number
		for k := 1; k <= n; k++ {
			if v, ok := fact.ParseNumber(joinWords(list[i : i+k])); ok {
				best, value = k, v
			}
		}
		if best == 0 || best == 1 && notFigures[list[i].w] {
			out = keep(out, list, i)
			i++
			continue
		}
		t := token{kind: figure, start: list[i].start, end: list[i+best-1].end, w: "#", value: value.Value, capital: list[i].capital}
		if value.Ordinal {
			t.kind = order
		}
		if best == 1 {
			t.w, t.class = list[i].w, list[i].class
		} else if list[i].w == "dozen" {
			t.w = "dozen"
		}
		out = append(out, t)
		i += best
	}
	return out
}

// numeric reports whether a word may begin a number.
func numeric(t *token) bool {
	return t.class&numberWord != 0 || digits(t.w)
}

// numberWords are the words of which numbers are made.
var numberWords = func() map[string]bool {
	m := set("dozen", "no", "none", "single", "hundredth", "thousandth")
	for n := range 101 {
		for _, w := range strings.FieldsFunc(fact.Words(n)+" "+fact.Ordinal(n), func(r rune) bool { return r == ' ' || r == '-' }) {
			m[w] = true
		}
	}
	delete(m, "second")
	return m
}()

// numberLength is how many tokens may belong to the number at the head.
func numberLength(l []token) int {
	if digits(l[0].w) {
		return 1
	}
	n := 1
	for n < len(l) && n < 7 {
		switch t := &l[n]; {
		case t.kind == word && t.w == "and" && n+1 < len(l) && l[n-1].w == "hundred" && numeric(&l[n+1]):
		case t.kind == word && t.w != "dozen" && t.w != "no" && t.w != "score" && numeric(t) && !digits(t.w):
		case t.kind == word && (t.w == "dozen" || t.w == "hundred" || t.w == "thousand"):
		case t.kind == point && t.w == "-" && n+1 < len(l) && l[n+1].kind == word && l[n+1].start == t.end && numeric(&l[n+1]):
		default:
			return n
		}
		n++
	}
	return n
}

func joinWords(l []token) string {
	if len(l) == 2 && l[1].w == "dozen" {
		if v, ok := fact.ParseNumber(l[0].w); ok {
			return strconv.Itoa(v.Value * 12)
		}
	}
	var b strings.Builder
	for i, t := range l {
		if i > 0 && t.w != "-" && l[i-1].w != "-" {
			b.WriteByte(' ')
		}
		b.WriteString(t.w)
	}
	return b.String()
}

// digits reports a word that begins with one. A word of signs that nobody sees
// is empty.
func digits(w string) bool { return w != "" && isDigit(w[0]) }

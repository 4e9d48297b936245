package prose

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// escapeTo writes text as HTML.
func escapeTo(w *bytes.Buffer, b []byte) {
	last := 0
	for i, ch := range b {
		var e string
		switch ch {
		case '&':
			e = "&amp;"
		case '<':
			e = "&lt;"
		case '>':
			e = "&gt;"
		case '"':
			e = "&#34;"
		default:
			continue
		}
		w.Write(b[last:i])
		w.WriteString(e)
		last = i + 1
	}
	w.Write(b[last:])
}

func escape(s string) string {
	if !strings.ContainsAny(s, `&<>"`) {
		return s
	}
	var w bytes.Buffer
	escapeTo(&w, []byte(s))
	return w.String()
}

// Slug turns the words of a heading into its address: lower-case letters and
// digits of any script, in NFC, with hyphens between words.
func Slug(words string) string {
	var b strings.Builder
	gap := false
	for _, r := range norm.NFC.String(strings.ToLower(words)) {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r):
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			gap = false
			b.WriteRune(r)
		case r == '\'' || r == '’':
		default:
			gap = true
		}
	}
	if b.Len() == 0 {
		return "section"
	}
	return b.String()
}

// countWords counts the runs of text between blanks.
func countWords(text []byte) int {
	n, inside := 0, false
	for i := 0; i < len(text); {
		r, size := rune(text[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRune(text[i:])
		}
		blank := unicode.IsSpace(r)
		if !blank && !inside {
			n++
		}
		inside = !blank
		i += size
	}
	return n
}

// abbreviations after which a full stop does not end a sentence.
var abbreviations = map[string]bool{"no": true, "art": true, "arts": true, "st": true, "gen": true, "col": true, "vol": true, "ch": true, "pp": true,
	"p": true, "cf": true, "e.g": true, "i.e": true, "dr": true, "mr": true, "mrs": true, "vs": true, "c": true, "ca": true, "approx": true, "fig": true,
	"jan": true, "feb": true, "mar": true, "apr": true, "aug": true, "sept": true, "oct": true, "nov": true, "dec": true}

// Sentences cuts plain text into sentences. The slices are parts of the
// text, in order, blanks trimmed.
func Sentences(plain []byte) [][]byte {
	var list [][]byte
	start := 0
	for i := 0; i < len(plain); i++ {
		if plain[i] == '\n' || endsSentence(plain, i) {
			if s := bytes.TrimSpace(plain[start : i+1]); len(s) > 0 {
				list = append(list, s)
			}
			start = i + 1
		}
	}
	if s := bytes.TrimSpace(plain[start:]); len(s) > 0 {
		list = append(list, s)
	}
	return list
}

// endsSentence reports whether the byte at i ends a sentence.
func endsSentence(b []byte, i int) bool {
	switch b[i] {
	case '!', '?':
	case '.':
		if i+1 < len(b) && b[i+1] != ' ' && b[i+1] != '\n' && b[i+1] != '"' && b[i+1] != ')' && b[i+1] < utf8.RuneSelf {
			return false
		}
		word := b[bytes.LastIndexAny(b[:i], " \n(")+1 : i]
		if abbreviations[strings.ToLower(string(word))] || len(word) == 1 && word[0] >= 'A' && word[0] <= 'Z' {
			return false
		}
		if bytes.IndexByte(word, '.') >= 0 && len(word) <= 4 && i+2 < len(b) && unicode.IsLower(rune(b[i+2])) {
			return false
		}
	default:
		return false
	}
	rest := bytes.TrimLeft(b[i+1:], "\"”’) ")
	if len(rest) == 0 {
		return true
	}
	r, _ := utf8.DecodeRune(rest)
	return !unicode.IsLower(r)
}

// maxContext is how long the sentence around a link may be, in bytes.
const maxContext = 240

// sentenceAround finds the sentence that holds the words of a link, cut at
// word borders when it is long. The words of the block begin at base.
func sentenceAround(l *Outgoing, b []byte, base int32) {
	from, to := int(l.From-base), int(l.To-base)
	from, to = max(0, min(from, len(b))), max(0, min(to, len(b)))
	// Beyond maxContext the sentence is cut in any case.
	start, end := max(0, from-maxContext-1), min(len(b), to+maxContext+1)
	for i := from - 1; i >= start; i-- {
		if endsSentence(b, i) {
			start = i + 1
			break
		}
	}
	for i := to; i < end; i++ {
		if endsSentence(b, i) {
			end = i + 1
			break
		}
	}
	for start < from && (b[start] == ' ' || b[start] == '\n') {
		start++
	}
	if end-start > maxContext {
		room := max(0, maxContext-(to-from)) / 2
		if from-start > room {
			l.cutBefore = true
			if cut := bytes.IndexByte(b[from-room:from], ' '); cut >= 0 {
				start = from - room + cut + 1
			} else {
				start = from
			}
		}
		if end-to > room {
			l.cutAfter = true
			if cut := bytes.LastIndexByte(b[to:to+room], ' '); cut >= 0 {
				end = to + cut
			} else {
				end = to
			}
		}
	}
	l.Start, l.End = base+int32(start), base+int32(end)
}

// say gives a text that stands around the author's words.
func (c *composition) say(key string, values ...any) string {
	if c.o.Say != nil {
		if text := c.o.Say(key, values...); text != key {
			return text
		}
	}
	group, name, _ := strings.Cut(key, ".")
	switch key {
	case "link.section":
		return fmt.Sprintf("Link to section: %s", values[1])
	case "note.mark":
		return fmt.Sprintf("Note %s", values[1])
	case "note.back":
		return fmt.Sprintf("Back to reference %s", values[1])
	case "callout.sidenote":
		return "Aside"
	}
	if group == "callout" && name != "" { // a kind of the author's own
		r, n := utf8.DecodeRuneInString(name)
		return string(unicode.ToUpper(r)) + name[n:]
	}
	return key
}

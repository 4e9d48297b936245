package file

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"entente/internal/limits"
)

// Admit turns the bytes of a file into a text: UTF-8 without byte-order
// mark, LF line ends, no control characters. The text is nil when the bytes
// cannot be read as text at all.
func Admit(p string, raw []byte) (*Text, []Problem) {
	sum := sha256.Sum256(raw)
	fail := func(b []byte, at int, rule, message, hint string) (*Text, []Problem) {
		pos := Pos{1, 1}
		if at >= 0 {
			pos = NewText(p, b).Pos(at)
		}
		return nil, []Problem{{Path: p, Pos: pos, Rule: rule, Message: message, Hint: hint}}
	}
	if name := wide(raw); name != "" {
		return fail(raw, -1, "FS011", "the file is "+name, "save it as UTF-8")
	}
	if name := binary(raw); name != "" {
		return fail(raw, -1, "FS010", fmt.Sprintf("this is %s, not a text", name), "give it the ending of its own kind, or take it out of the site")
	}
	b := bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf"))
	if bytes.IndexByte(b, '\r') >= 0 {
		b = bytes.ReplaceAll(b, []byte("\r\n"), []byte("\n"))
	}
	for i := 0; i < len(b); {
		c := b[i]
		if c < utf8.RuneSelf {
			switch {
			case c == '\r':
				return fail(b, i, "FS012", "the line ends with a lone CR", "save the file with LF line ends")
			case c < ' ' && c != '\n' && c != '\t' || c == 0x7f:
				return fail(b, i, "FS013", fmt.Sprintf("control character \\x%02x", c), "take it out")
			}
			i++
			continue
		}
		r, n := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && n == 1 {
			return fail(b, i, "FS010", fmt.Sprintf("byte 0x%02X is not UTF-8", c), "save the file as UTF-8"+looksLike(b[i:]))
		}
		if unseen(r) {
			return fail(b, i, "FS013", fmt.Sprintf("control character \\u%04x", r), "take it out")
		}
		i += n
	}
	return &Text{Path: p, bytes: b, Hash: sum}, nil
}

// unseen lists the characters above ASCII that a text must not hold: they
// command terminals, hide at the start of files, turn the order of letters
// round so that a source shows what it does not say, or are no characters.
// Marks of direction and joiners, which Arabic and Hebrew need, are not among
// them.
func unseen(r rune) bool {
	return r <= 0x9f || r == '\ufeff' || r == '\u202d' || r == '\u202e' || r == '\u2028' || r == '\u2029' || r&0xfffe == 0xfffe || r >= 0xfdd0 && r <= 0xfdef
}

// wide names an encoding of two or four bytes a character: by its mark, or
// by zeros at every other place.
func wide(b []byte) string {
	switch {
	case bytes.HasPrefix(b, []byte("\xff\xfe\x00\x00")), bytes.HasPrefix(b, []byte("\x00\x00\xfe\xff")):
		return "UTF-32"
	case bytes.HasPrefix(b, []byte("\xff\xfe")), bytes.HasPrefix(b, []byte("\xfe\xff")):
		return "UTF-16"
	}
	head := b[:min(len(b), 512)&^1]
	even, odd := 0, 0
	for i := 0; i+1 < len(head); i += 2 {
		if head[i] == 0 {
			even++
		}
		if head[i+1] == 0 {
			odd++
		}
	}
	if half := len(head) / 2; half >= 2 && (even == 0 && odd*10 >= half*8 || odd == 0 && even*10 >= half*8) {
		return "UTF-16"
	}
	return ""
}

// binary names what a file is by its first bytes; "" for what may be text.
func binary(b []byte) string {
	for _, kind := range []struct{ head, name string }{
		{"\x89PNG", "a picture"}, {"\xff\xd8\xff", "a picture"}, {"GIF8", "a picture"}, {"RIFF", "a picture or a sound"}, {"%PDF-", "a PDF"},
		{"PK\x03\x04", "an archive or an office file"}, {"\x1f\x8b", "a compressed file"}, {"\xd0\xcf\x11\xe0", "an office file"}, {"\x7fELF", "a program"}, {"SQLite format 3", "a database"},
	} {
		if bytes.HasPrefix(b, []byte(kind.head)) {
			return kind.name
		}
	}
	if head := b[:min(len(b), 8000)]; bytes.IndexByte(head, 0) >= 0 && !utf8.Valid(head) {
		return "a binary file"
	}
	return ""
}

// looksLike guesses what bytes are that are not UTF-8.
func looksLike(b []byte) string {
	follows := len(b) > 1 && b[1]&0xc0 == 0x80 || len(b) == 1
	switch c := b[0]; {
	case c < 0xa0:
		return " (it looks like Windows-1252)"
	case c >= 0xc0 && follows:
		return " (a character is cut or damaged here)"
	}
	return " (it looks like Latin-1)"
}

// badName says what a file name holds that an address cannot; "" for a good
// one.
func badName(name string) string {
	if !utf8.ValidString(name) {
		return "bytes that are not UTF-8"
	}
	for _, r := range name {
		switch {
		case r < ' ' || r == 0x7f || r > 0x7f && (unseen(r) || unicode.Is(unicode.Cf, r) && !joins(r)):
			return fmt.Sprintf("the control character %U", r)
		case strings.ContainsRune(`\:?#%*"<>|`, r):
			return fmt.Sprintf("%q", r)
		}
	}
	return ""
}

// joins reports the two characters without width that some scripts spell with.
func joins(r rune) bool { return r == '\u200c' || r == '\u200d' }

// Fold is a path as systems compare it that know neither case nor the form of
// letters with marks.
func Fold(p string) string {
	for i := range len(p) {
		if c := p[i]; c >= 0x80 || 'A' <= c && c <= 'Z' {
			return strings.ToLower(norm.NFC.String(p))
		}
	}
	return p // as nearly all are
}

// Reserved reports a name that Windows keeps for a device, whatever its
// case and ending.
func Reserved(name string) bool {
	base, _, _ := strings.Cut(strings.ToLower(name), ".")
	switch base = strings.TrimRight(base, " "); base {
	case "con", "prn", "aux", "nul", "conin$", "conout$":
		return true
	}
	for _, port := range []string{"com", "lpt"} {
		if n, ok := strings.CutPrefix(base, port); ok && strings.Contains("0123456789¹²³", n) && utf8.RuneCountInString(n) == 1 {
			return true
		}
	}
	return false
}

// plainPart reports whether a part is made of small letters, digits and
// hyphens only, is not long and is too long for a name that Windows keeps.
func plainPart(s string) bool {
	if len(s) < 5 || len(s) > limits.PathPart {
		return false
	}
	for i := range len(s) {
		if c := s[i]; c != '-' && (c < '0' || c > '9') && (c < 'a' || c > 'z') {
			return false
		}
	}
	return true
}

// BadPart says why a part of an address cannot be published: the code, what
// is wrong with it, and what to do; three empty strings when it can.
func BadPart(s string) (rule, message, hint string) {
	if plainPart(s) {
		return "", "", ""
	}
	low := strings.ToLower(s)
	switch {
	case strings.TrimSpace(s) == "":
		return "ID002", "is empty", "write a word, or take the key out"
	case s == "." || s == ".." || strings.Contains(s, "/") || strings.Contains(low, "%2e") || strings.Contains(low, "%2f"):
		return "ID014", "leads out of its folder", "write one part of an address: letters, digits and hyphens"
	case len(s) > limits.PathPart:
		return "ID016", fmt.Sprintf("is %d bytes long, the limit is %d", len(s), limits.PathPart), "shorten it"
	case strings.HasSuffix(s, ".") || strings.HasSuffix(s, " ") || Reserved(s):
		return "ID015", "is not usable on Windows", "choose another word"
	case s[0] == '.' || s[0] == ' ':
		return "ID002", fmt.Sprintf("begins with %q", s[0]), "begin with a letter or a digit"
	}
	if what := badName(s); what != "" {
		return "ID002", fmt.Sprintf("holds %s, which no address can", what), "use letters, digits and hyphens"
	}
	return "", "", ""
}

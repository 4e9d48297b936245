package search

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// letters without a decomposition that readers type otherwise, and forms of
// Arabic letters that are written either way.
var letters = strings.NewReplacer("ø", "o", "ł", "l", "đ", "d", "ð", "d", "ı", "i", "ß", "ss", "æ", "ae", "œ", "oe", "þ", "th",
	"’", "'", "ى", "ي", "ة", "ه", "ـ", "")

// Fold lower-cases, drops accents and vowel marks, and gives letters that
// readers may not have on their keyboard in plain form.
func Fold(s string) string {
	ascii := true
	for i := range len(s) {
		if s[i] >= 0x80 {
			ascii = false
			break
		}
	}
	if ascii {
		return strings.ToLower(s)
	}
	s = norm.NFC.String(strings.Map(func(r rune) rune {
		if r >= 0x300 && r <= 0x36f || r >= 0x64b && r <= 0x655 {
			return -1
		}
		return r
	}, norm.NFD.String(strings.ToLower(s))))
	return letters.Replace(s)
}

func separates(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }

// Tokens are the words of a text that the index knows: runs of at least two
// letters or digits.
func Tokens(s string) []string {
	var words []string
	eachToken(s, func(w []byte) { words = append(words, string(w)) })
	return words
}

const longestToken = 40 // bytes

// eachToken gives the words of a text one after the other, each good until the
// next. What stands between two ASCII marks folds by itself, so that only
// what needs it is normalised.
func eachToken[T string | []byte](s T, give func(word []byte)) {
	var buf [longestToken]byte
	for i := 0; i < len(s); {
		start, ascii := i, true
		for ; i < len(s) && (s[i] >= 0x80 || alphanumeric[s[i]] != 0); i++ {
			ascii = ascii && s[i] < 0x80
		}
		switch n := i - start; {
		case !ascii:
			for _, w := range strings.FieldsFunc(Fold(string(s[start:i])), separates) {
				if len(w) >= 2 && len(w) <= longestToken {
					give([]byte(w))
				}
			}
		case n >= 2 && n <= longestToken:
			for k := range n {
				buf[k] = alphanumeric[s[start+k]]
			}
			give(buf[:n])
		}
		if i == start {
			i++
		}
	}
}

// alphanumeric gives ASCII letters and digits in lower case, 0 for the rest.
var alphanumeric = func() (t [0x80]byte) {
	for c := range t {
		switch {
		case c >= 'A' && c <= 'Z':
			t[c] = byte(c) + 'a' - 'A'
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9':
			t[c] = byte(c)
		}
	}
	return t
}()

// Phrase is a name as it is looked up whole: its words, single letters too,
// with one space between them.
func Phrase(s string) string { return strings.Join(strings.FieldsFunc(Fold(s), separates), " ") }

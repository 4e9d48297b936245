package search

import (
	"slices"
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
	words := strings.FieldsFunc(Fold(s), separates)
	return slices.DeleteFunc(words, func(w string) bool { return len(w) < 2 || len(w) > 40 })
}

// Phrase is a name as it is looked up whole: its words, single letters too,
// with one space between them.
func Phrase(s string) string { return strings.Join(strings.FieldsFunc(Fold(s), separates), " ") }

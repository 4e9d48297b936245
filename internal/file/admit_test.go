package file

import (
	"testing"
	"unicode/utf8"

	"entente/internal/limits"
)

// What is admitted is clean text, and what is refused has a place in it.
func FuzzAdmit(f *testing.F) {
	for _, s := range []string{"", "a\n", "\xef\xbb\xbfa", "a\r\nb", "a\rb", "\xff\xfea\x00", "a\x00b", "a\x1b", "\x89PNG", "caf\xe9", "\xed\xa0\x80", "a\u202eb", "a\ufeffb"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		text, problems := Admit("content/topics/a.md", b)
		if (text == nil) != (len(problems) > 0) {
			t.Fatalf("text %v, problems %v", text, problems)
		}
		if text == nil {
			if problems[0].Pos.Line < 1 || problems[0].Pos.Col < 1 || problems[0].Hint == "" {
				t.Fatalf("%+v", problems[0])
			}
			return
		}
		for i, r := range string(text.Bytes()) {
			if r == utf8.RuneError && text.Bytes()[i] != 0xef || r < ' ' && r != '\n' && r != '\t' || r >= 0x7f && unseen(r) && r > 0x7f {
				t.Fatalf("%q was admitted", r)
			}
		}
	})
}

// A part of an address that is allowed can be stored everywhere.
func FuzzBadPart(f *testing.F) {
	for _, s := range []string{"nato", "", "..", "con", "COM1.txt", "com¹", "a.", "a ", "a/b", "%2e", "caf\u00e9", "a\u200bb", ".x", "a\x00"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		rule, message, hint := BadPart(s)
		if (rule == "") != (message == "") || (rule == "") != (hint == "") {
			t.Fatalf("BadPart(%q) = %q, %q, %q", s, rule, message, hint)
		}
		if rule == "" && (!utf8.ValidString(s) || len(s) > limits.PathPart || Reserved(s) || s[0] == '.') {
			t.Fatalf("%q is allowed", s)
		}
	})
}

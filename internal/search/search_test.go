package search

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"entente/internal/effort"
)

// TestFold reads the table that the browser tests hold the client against:
// a text, its words, and how it is looked up whole.
func TestFold(t *testing.T) {
	b, err := os.ReadFile("testdata/fold.txt")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(b)) {
		f := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if len(f) != 3 {
			t.Fatalf("not three columns: %q", line)
		}
		if got := strings.Join(Tokens(f[0]), " "); got != f[1] {
			t.Errorf("Tokens(%q) = %q, want %q", f[0], got, f[1])
		}
		if got := Phrase(f[0]); got != f[2] {
			t.Errorf("Phrase(%q) = %q, want %q", f[0], got, f[2])
		}
	}
}

// A text folded in pieces has the words of the text folded whole.
func TestTokensInPieces(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	letters := []rune("aZ09 -'’.,=\néÉßœøŁıİﬁΣςجةىـ\u0300\u0301\u0338\u0345\u0591\u064b\u0655한각ᄒ̈Å①²")
	for range effort.Of(20_000, 200_000, 2_000_000) {
		text := make([]rune, r.IntN(60))
		for i := range text {
			text[i] = letters[r.IntN(len(letters))]
		}
		s := string(text)
		want := slices.DeleteFunc(strings.FieldsFunc(Fold(s), separates), func(w string) bool { return len(w) < 2 || len(w) > longestToken })
		if got := Tokens(s); !slices.Equal(got, want) {
			t.Fatalf("Tokens(%q) = %q, want %q", s, got, want)
		}
	}
}

// Of many documents the strongest are kept, and the first of equals.
func TestStrongest(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for n := maxPostings - 1; n < maxPostings+200; n++ {
		list := make([]posting, n)
		for i := range list {
			list[i] = posting{int32(i), float32(r.IntN(20))}
		}
		want := slices.Clone(list)
		slices.SortStableFunc(want, func(a, b posting) int { return cmp.Compare(b.score, a.score) })
		want = want[:min(n, maxPostings)]
		slices.SortFunc(want, func(a, b posting) int { return cmp.Compare(a.doc, b.doc) })
		if got := strongest(list); !slices.Equal(got, want) {
			t.Fatalf("the strongest of %d are %v, want %v", n, got, want)
		}
	}
}

func site(n int) []Entry {
	var list []Entry
	for i := range n {
		list = append(list, Entry{URL: fmt.Sprintf("topics/t%d/", i), Title: fmt.Sprintf("Topic %d of the %dth pact", i, i%40), Kind: "topic",
			Summary: "How states keep promises.", Text: func() []byte { return fmt.Appendf(nil, "word%d stands beside word%d and treaty", i, i*7%n) }})
	}
	return list
}

// A change of one page renames only the files whose content changed.
func TestNamesFollowContent(t *testing.T) {
	names := func(list []Entry) map[string]bool {
		all := map[string]bool{}
		for _, f := range Build(list, Options{}) {
			all[f.Path] = true
		}
		return all
	}
	list := site(2000)
	before, again := names(list), names(list)
	list[1000].Summary = "How states break them."
	after := names(list)
	gone := 0
	for name := range before {
		if !again[name] {
			t.Errorf("%s came and went without a change", name)
		}
		if !after[name] {
			gone++
		}
	}
	if gone == 0 || gone > len(before)/4 {
		t.Errorf("a change of one summary renamed %d of %d files", gone, len(before))
	}
}

func TestPeriods(t *testing.T) {
	docs := []Entry{{}, {From: 1900, To: 1910}, {From: 1939, To: 1950}, {From: 1949, To: 2025}, {From: -478, To: -404}}
	if got, want := string(periods(docs, []int{1914, 1946, 1992})), "016c1"; got != want {
		t.Errorf("periods = %s, want %s", got, want)
	}
}

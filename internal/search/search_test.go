package search

import (
	"fmt"
	"os"
	"strings"
	"testing"
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

func site(n int) []Entry {
	var list []Entry
	for i := range n {
		list = append(list, Entry{URL: fmt.Sprintf("topics/t%d/", i), Title: fmt.Sprintf("Topic %d of the %dth pact", i, i%40), Kind: "topic",
			Summary: "How states keep promises.", Text: fmt.Sprintf("word%d stands beside word%d and treaty", i, i*7%n)})
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

package lang

import (
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"

	"entente/internal/date"
)

var languages = []string{"en", "fr", "ar"}

// bases gives the keys of a language without plural forms, with the forms.
func bases(texts map[string]string) map[string][]string {
	all := map[string][]string{}
	for _, key := range slices.Sorted(maps.Keys(texts)) {
		base, form, _ := strings.Cut(strings.TrimSuffix(key, "]"), "[")
		all[base] = append(all[base], form)
	}
	return all
}

// formsOf finds the plural forms that a language needs for the numbers of a
// reference work; French has one more for millions.
func formsOf(name string) []string {
	var list []string
	for n := range 200 {
		f := forms[plural.Cardinal.MatchPlural(language.Make(name), n, 0, 0, 0, 0)]
		if !slices.Contains(list, f) {
			list = append(list, f)
		}
	}
	slices.Sort(list)
	return list
}

func TestLanguagesAreComplete(t *testing.T) {
	english := bases(read("en"))
	for _, name := range languages {
		texts := read(name)
		mine := bases(texts)
		for base, forms := range english {
			switch {
			case mine[base] == nil:
				t.Errorf("%s.txt lacks %s", name, base)
			case forms[0] != "" && !slices.Equal(mine[base], formsOf(name)):
				t.Errorf("%s.txt: %s has the forms %v, the language needs %v", name, base, mine[base], formsOf(name))
			}
		}
		for base := range mine {
			if english[base] == nil {
				t.Errorf("%s.txt: %s is not in en.txt", name, base)
			}
		}
	}
}

var place = regexp.MustCompile(`\{[a-zA-Z-]+\}`)

// A translation may leave out the number ("one event") and nothing else.
func TestPlacesAgree(t *testing.T) {
	english := read("en")
	for _, name := range languages[1:] {
		for key, text := range read(name) {
			base, _, counts := strings.Cut(key, "[")
			original := english[key]
			if counts {
				original = english[base+"[other]"]
			}
			original = strings.NewReplacer("{a-kind}", "{a-kind}{kind}", "{A-kind}", "{A-kind}{Kind}").Replace(original) // only English has "a" and "an"
			for _, p := range place.FindAllString(text, -1) {
				if !strings.Contains(original, p) {
					t.Errorf("%s.txt: %s has a place %s that en.txt does not fill", name, key, p)
				}
			}
			for _, p := range place.FindAllString(original, -1) {
				if !strings.Contains(text, p) && !slices.Contains([]string{"{n}", "{count}", "{a-kind}", "{kind}", "{A-kind}", "{Kind}"}, p) {
					t.Errorf("%s.txt: %s lacks the place %s", name, key, p)
				}
			}
		}
	}
}

func TestFilesAreInOrder(t *testing.T) {
	for _, name := range languages {
		b, err := files.ReadFile(name + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		last := ""
		for i, line := range strings.Split(strings.TrimSuffix(string(b), "\n"), "\n")[1:] {
			key, _, ok := strings.Cut(line, ": ")
			if !ok || key <= last {
				t.Errorf("%s.txt:%d: %q does not follow %q", name, i+2, key, last)
			}
			last = key
		}
	}
}

// Keys are written out in Go and in templates, so that they can be found.
// Words of the data are asked for by group and have no fixed list.
var (
	called  = regexp.MustCompile("(?:[sS]ay(?:HTML)?|HTML|texts)[(\\[]?\\s*\"([a-z0-9-]+\\.[a-z0-9.-]+)\"|key: *\"([a-z0-9-]+\\.[a-z0-9.-]+)\"")
	quoted  = regexp.MustCompile("[\"`]([a-z0-9-]+\\.[a-z0-9.-]+)[\"`]")
	grouped = regexp.MustCompile("(?:Word|word)\\(\"([a-z-]+)\"|[\"]([a-z-]+)\\.(?:%s\"|\"[ ,})+])")
)

func TestKeysAndUsesAgree(t *testing.T) {
	known := bases(read("en"))
	used, groups := map[string]bool{}, map[string]bool{}
	for _, root := range []string{"..", "../../templates"} {
		err := filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || strings.HasSuffix(p, "_test.go") || filepath.Ext(p) != ".go" && filepath.Ext(p) != ".html" {
				return err
			}
			b, err := os.ReadFile(p)
			for _, m := range called.FindAllStringSubmatch(string(b), -1) {
				key := m[1] + m[2]
				if known[key] == nil && filepath.Ext(key) != ".html" {
					t.Errorf("%s asks for %s, which en.txt lacks", p, key)
				}
			}
			for _, m := range quoted.FindAllStringSubmatch(string(b), -1) {
				used[m[1]] = true
			}
			for _, m := range grouped.FindAllStringSubmatch(string(b), -1) {
				groups[m[1]+m[2]] = true
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for key := range known {
		group, _, _ := strings.Cut(key, ".")
		begun := func(q string) bool { return strings.HasPrefix(key, q) } // "lead.treaty" grows into "lead.treaty-by"
		if !used[key] && !groups[group] && !slices.ContainsFunc(slices.Collect(maps.Keys(used)), begun) {
			t.Errorf("nothing asks for %s", key)
		}
	}
}

func TestSay(t *testing.T) {
	day, err := date.Parse("1949-04-01")
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		lang, key string
		values    []any
		want      string
	}{
		{"en", "glossary.count", []any{"n", 1}, "1 term"},
		{"en", "glossary.count", []any{"n", 1234}, "1,234 terms"},
		{"fr", "glossary.count", []any{"n", 0}, "0 terme"},
		{"fr-CA", "glossary.count", []any{"n", 1234}, "1\u202f234 termes"},
		{"fr", "article.facts-to", []any{"day", day}, "Données arrêtées au 1er avril 1949"},
		{"ar", "glossary.count", []any{"n", 2}, "مصطلحان"},
		{"ar", "glossary.count", []any{"n", 7}, "7 مصطلحات"},
		{"ar", "glossary.count", []any{"n", 11}, "11 مصطلحا"},
		{"ar", "glossary.count", []any{"n", 100}, "100 مصطلح"},
		{"tlh", "glossary.count", []any{"n", 2}, "2 terms"},
		{"", "no.such-key", nil, "no.such-key"},
	}
	for _, tt := range tests {
		if got := New(tt.lang, nil).Say(tt.key, tt.values...); got != tt.want {
			t.Errorf("%s: Say(%q, %v) = %q, want %q", tt.lang, tt.key, tt.values, got, tt.want)
		}
	}
}

func TestPeriod(t *testing.T) {
	tests := []struct{ lang, from, until, want string }{
		{"en", "1983-11-07", "1983-11-11", "7 to 11 November 1983"},
		{"en", "1999-03-24", "1999-06-10", "24 March to 10 June 1999"},
		{"en", "1995-12-20", "1996-12-20", "20 December 1995 to 20 December 1996"},
		{"en", "1989-11-01", "1989-11-01", "1 November 1989"},
		{"en", "1982-04", "1982-06", "April to June 1982"},
		{"en", "1982-04~", "1982-06", "about April 1982 to June 1982"},
		{"en", "1969", "1993", "1969 to 1993"},
		{"en", "1949-04-04", "", "since 4 April 1949"},
		{"fr", "1983-11-01", "1983-11-11", "du 1er au 11 novembre 1983"},
		{"fr", "1969", "1993", "de 1969 à 1993"},
	}
	for _, tt := range tests {
		from, _ := date.Parse(tt.from)
		until, _ := date.Parse(tt.until)
		if got := New(tt.lang, nil).Period(date.Period{From: from, Until: until}, ""); got != tt.want {
			t.Errorf("%s: Period of %s to %s = %q, want %q", tt.lang, tt.from, tt.until, got, tt.want)
		}
	}
}

func TestOwnWordsAndMarkup(t *testing.T) {
	w := New("en", map[string]string{"nav.topics": "Subjects & more", "article.facts-to": "True until <{day}>"})
	if got := w.Say("nav.topics"); got != "Subjects & more" {
		t.Errorf("own text is %q", got)
	}
	if got, want := string(w.HTML("article.facts-to", "day", "a<b")), "True until &lt;a&lt;b&gt;"; got != want {
		t.Errorf("HTML = %q, want %q", got, want)
	}
}

// The English of this package and that of package date are one.
func TestEnglishDates(t *testing.T) {
	if got := New("en", nil).Dates; got != date.English {
		t.Errorf("en.txt writes dates as %+v, package date as %+v", got, date.English)
	}
}

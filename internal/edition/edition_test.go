package edition

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"entente/internal/date"
	"entente/internal/file"
)

var day = date.MustParse("2025-11-20")

func frozenOf(name string, entries ...Entry) *Edition {
	return New(name, day, date.MustParse("2025-10-31"), "Test", entries)
}

func body(id, record string) Entry {
	return Entry{Kind: "organisations", ID: id, Path: "organisations/" + id + "/", Name: strings.ToUpper(id), Record: json.RawMessage(record)}
}

func topic(id, name, text string) Entry {
	return Entry{Kind: "topics", ID: id, Path: "topics/" + id + "/", Name: name, Text: text}
}

func TestCompare(t *testing.T) {
	tests := []struct {
		name     string
		was, now []Entry
		want     string
	}{
		{"nothing", []Entry{body("a", `{"id":"a"}`)}, []Entry{body("a", `{"id":"a"}`)}, ""},
		{"a record comes and one goes", []Entry{body("a", `{"id":"a","seat":"X"}`)}, []Entry{body("b", `{"id":"b","seat":"Y"}`)},
			"organisations/a: removed\norganisations/b: added"},
		{"a record gets another id", []Entry{body("a", `{"id":"a","seat":"X"}`)}, []Entry{body("b", `{"id":"b","seat":"X"}`)},
			`organisations/b: renamed from "a" to "b"`},
		{"members join and leave", []Entry{body("a", `{"members":[{"member":"x","from":"1949"},{"member":"y","from":"1950"}]}`)},
			[]Entry{body("a", `{"members":[{"member":"x","from":"1949","until":"1960"},{"member":"y","from":"1950"},{"member":"z","from":"1961"}]}`)},
			"organisations/a: x left on 1960\norganisations/a: z joined on 1961"},
		{"a member comes back", []Entry{body("a", `{"members":[{"member":"x","from":"1949","until":"1960"}]}`)},
			[]Entry{body("a", `{"members":[{"member":"x","from":"1949","until":"1960"},{"member":"x","from":"1970"}]}`)},
			"organisations/a: x joined on 1970"},
		{"a day is corrected", []Entry{body("a", `{"founded":"1949","members":[{"member":"x","from":"1949-04-04"}]}`)},
			[]Entry{body("a", `{"founded":"1949-04-04","members":[{"member":"x","from":"1949-04-05"}]}`)},
			`organisations/a: founded was "1949", is "1949-04-04"` + "\n" + `organisations/a: members x from was "1949-04-04", is "1949-04-05"`},
		{"a statement is taken out", []Entry{body("a", `{"members":[{"member":"x","from":"1949"}]}`)}, []Entry{body("a", `{}`)},
			"organisations/a: members lost x"},
		{"words of a list", []Entry{body("a", `{"sources":["s","t"]}`)}, []Entry{body("a", `{"sources":["t","u"]}`)},
			`organisations/a: sources no longer "s"` + "\n" + `organisations/a: sources now "u"`},
		{"an order", []Entry{body("a", `{"sources":["s","t"]}`)}, []Entry{body("a", `{"sources":["t","s"]}`)},
			`organisations/a: sources was "s, t", is "t, s"`},
		{"a group", []Entry{body("a", `{"codes":{"iso2":"XX"}}`)}, []Entry{body("a", `{"codes":{"iso2":"XY"},"secret":true}`)},
			`organisations/a: codes.iso2 was "XX", is "XY"` + "\n" + `organisations/a: secret now "true"`},
		{"texts", []Entry{topic("a", "A", "one\ntwo\nthree"), topic("b", "B", "same")}, []Entry{topic("a", "A", "one\n2\n3\nfour"), topic("b", "Bee", "same")},
			"topics/a: text changed, paragraphs: 3\n" + `topics/b: renamed from "B" to "Bee"`},
		{"a page moves", []Entry{topic("a", "A", "one")}, []Entry{topic("b", "A", "one")}, `topics/b: renamed from "a" to "b"`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var lines []string
			for _, c := range Compare(frozenOf("a", tt.was...), frozenOf("b", tt.now...)) {
				lines = append(lines, c.String())
			}
			if got := strings.Join(lines, "\n"); got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}

// Whatever differs between two entries is told, and what is the same is not.
func FuzzCompare(f *testing.F) {
	f.Add(`{"a":[{"member":"x"}],"b":1}`, `{"a":[{"member":"x","from":"1"},{"member":"x"}],"b":{"c":[1,[2]]}}`)
	f.Add(`{"members":[{"member":"x","from":"1"},{"member":"x","from":"1"}]}`, `{"members":[{"member":"x","from":"1"}]}`)
	f.Add(`{"a":[]}`, `{}`)
	f.Add(`{"a":[{"member":"x"}]}`, `{"a":[{"member":"x","":""}]}`)
	f.Add(`{"a":[{"member":"x"},{"member":"y"}]}`, `{"a":[{"member":"y"},{"member":"x","b":[]}]}`)
	f.Fuzz(func(t *testing.T, was, now string) {
		var a, b map[string]any
		if json.Unmarshal([]byte(was), &a) != nil || json.Unmarshal([]byte(now), &b) != nil {
			return
		}
		changes := Compare(frozenOf("a", body("x", was)), frozenOf("b", body("x", now)))
		if same := text(object([]byte(was))) == text(object([]byte(now))); same != (len(changes) == 0) {
			t.Errorf("%s to %s: %v", was, now, changes)
		}
	})
}

func TestReadGivesBackWhatWasWritten(t *testing.T) {
	e := frozenOf("2025-11", body("a", `{"id":"a","name":"<A> & \"b\""}`), topic("t", "T", "one\ntwo"),
		Entry{Kind: "events", ID: "e", Path: "timeline/#e-e", Name: "E", Record: json.RawMessage(`{"id":"e"}`)})
	b := e.Bytes()
	back, diags := Read(file.NewText("content/editions/2025-11.jsonl", b))
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	if string(back.Bytes()) != string(b) || back.Day != day || len(Compare(e, back)) > 0 {
		t.Errorf("came back as\n%s", back.Bytes())
	}
}

func TestBrokenEditions(t *testing.T) {
	const head = `{"edition":"x","date":"2025-11-20","as_of":"2025-10-31","site":"T"}` + "\n"
	entry := func(s string) string { return head + s + "\n" }
	tests := []struct{ name, text, want string }{
		{"empty", "", "1:1 ED001 the file is empty"},
		{"not json", "hello\n", "1:1 ED001 not JSON"},
		{"half a line", entry(`{"kind":"topics","id":"a","path":"top`), "2:38 ED001 the line is cut off"},
		{"a stray comma", entry(`{"kind":"topics",,"id":"a"}`), `2:18 ED001 not JSON at ",\"id\":\"a\"}"`},
		{"a strange field", entry(`{"kind":"topics","weight":"a"}`), `2:18 ED001 no field "weight"`},
		{"wrong type", entry(`{"kind":"topics","id":7}`), "ED001 id is a number here"},
		{"two objects", entry(`{"kind":"topics","id":"a","path":"topics/a/","name":"A"} {}`), `ED001 "{}" stands after the object`},
		{"another name", strings.Replace(head, `"x"`, `"y"`, 1), `1:1 ED002 edition "y" stands in "content/editions/x.jsonl"`},
		{"no name", `{}`, "1:1 ED002 the first line names no edition"},
		{"bad name", strings.Replace(head, `"x"`, `"../x"`, 1), `ED002 the name "../x" cannot be part of an address`},
		{"no day", strings.Replace(head, "2025-11-20", "", 1), "ED002 the first line has no date"},
		{"half a day", strings.Replace(head, "2025-11-20", "2025-11", 1), `ED002 date: "2025-11" is not a day`},
		{"twice", entry(`{"kind":"topics","id":"a","path":"topics/a/","name":"A"}` + "\n" + `{"kind":"topics","id":"a","path":"topics/a/","name":"A"}`), `3:1 ED003 topics "a" stands twice`},
		{"out of order", entry(`{"kind":"states","id":"a","path":"states/a/","name":"A"}` + "\n" + `{"kind":"topics","id":"a","path":"topics/a/","name":"A"}`), `3:1 ED003 topics "a" stands after states "a"`},
		{"out of the site", entry(`{"kind":"topics","id":"a","path":"../../a/","name":"A"}`), `ED003 topics "a" has no address`},
		{"no kind", entry(`{"kind":"toads","id":"a","path":"toads/a/","name":"A"}`), `ED003 no kind "toads"`},
		{"a changed entry", strings.Replace(string(frozenOf("x", topic("a", "A", "one")).Bytes()), "one", "two", 1), "1:1 ED004 the entries are not those that were frozen: their SHA-256 is "},
		{"a missing entry", firstLine(string(frozenOf("x", topic("a", "A", "one")).Bytes())), "1:1 ED004 the entries are not those"},
		{"a list for a record", entry(`{"kind":"states","id":"a","path":"states/a/","name":"A","record":[]}`), `ED003 the record of states "a" is no object`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, diags := Read(file.NewText("content/editions/x.jsonl", []byte(tt.text)))
			if len(diags) == 0 {
				t.Fatal("no diagnostic")
			}
			d := diags[0]
			if got := fmt.Sprintf("%d:%d %s %s", d.Pos.Line, d.Pos.Col, d.Rule, d.Message); !strings.Contains(got, tt.want) || d.Hint == "" {
				t.Errorf("got %s (hint %q), want %s", got, d.Hint, tt.want)
			}
		})
	}
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return line + "\n"
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(frozenOf("x", body("a", `{}`)).Bytes()))
	f.Add([]byte("{\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		text, _ := file.Admit("content/editions/x.jsonl", b)
		if text == nil {
			return
		}
		e, diags := Read(text)
		for _, d := range diags {
			if d.Pos.Line < 1 || d.Pos.Col < 1 {
				t.Fatalf("%v has no place", d)
			}
		}
		if e == nil && len(diags) == 0 {
			t.Fatal("neither an edition nor a diagnostic")
		}
		if e != nil && len(diags) == 0 {
			again, more := Read(file.NewText("content/editions/x.jsonl", e.Bytes()))
			if len(more) > 0 || len(Compare(e, again)) > 0 {
				t.Fatalf("not the same when written again: %v", more)
			}
		}
	})
}

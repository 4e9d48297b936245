package main

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"entente/internal/cli"
	"entente/internal/date"
	"entente/internal/fact"
	"entente/internal/record"
	"entente/internal/rule"
	"entente/internal/worldtest"
)

var update = flag.Bool("update", false, "rewrite the generated help pages")

// The help pages that describe functions, rules, commands, settings and
// records are written from those; "go test ./cmd/entente -run Help -update"
// writes them again.
func TestHelpIsUpToDate(t *testing.T) {
	pages := map[string]string{"facts": factsPage(), "commands": commandsPage(t), "settings": settingsPage(), "records": recordsPage(), "rules": rulesIndex()}
	for _, g := range rule.Groups() {
		pages["rules-"+g.Slug] = rulesPage(g)
	}
	for name, want := range pages {
		file := filepath.Join(worldtest.Root(t), "content", "help", name+".md")
		if *update {
			if err := os.WriteFile(file, []byte(want), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if got, err := os.ReadFile(file); err != nil || string(got) != want {
			t.Errorf("content/help/%s.md is stale; go test ./cmd/entente -run Help -update writes it again", name)
		}
	}
}

func head(title, summary string) string {
	return fmt.Sprintf("---\ntitle: %q\nsummary: %q\n---\n\n", title, summary)
}

// cell makes a text fit a cell of a table.
func cell(s string) string { return strings.ReplaceAll(s, "|", `\|`) }

func factsPage() string {
	var b strings.Builder
	b.WriteString(head("Facts in sentences", "What may stand between [[= and ]]: values that follow the data, and words that are checked against it."))
	b.WriteString("A bound fact is worked out from the records when the site is built. Point at one, or tab to it, to see how it was found, for which day, and from which sources.\n\n")
	b.WriteString("## Grammar\n\n```text\nfact   = expr [ \"on\" date ] [ \"as\" format ] [ \"|\" words ]\nexpr   = term { ( \"&\" | \"+\" | \"-\" ) term }\nterm   = ( \"(\" expr \")\" | [ id \".\" ] name [ \"(\" argument \")\" ] )\n         { \".\" ( \"count\" | \"first\" | \"last\" ) }\n```\n\n")
	b.WriteString("`&` is what both sets have, `+` what either has, `-` what the first has and the second has not. Without an id, a name speaks of the page's own record. `on` sets the day; without it, the day is that of the record or of the site.\n\n")
	b.WriteString("| written | shown |\n| --- | --- |\n")
	for _, x := range []string{"nato.members.count as words", "nato.members.count on 1999-03-12", "nato.allies.count as words", "(european-union.members & nato.members).count",
		"(european-union.members - nato.members)", "nato.ordinal(finland) as ordinal", "nato.ordinal(poland) as ordinal", "nato.joined_with(slovakia).count as words", "nato.members.last", "nato.founded as year", "warsaw-pact.period as year"} {
		fmt.Fprintf(&b, "| `[[= %s]]` | [[= %s]] |\n", cell(x), cell(x))
	}
	b.WriteString("\n## Formats\n\nAfter `as`: `" + strings.Join(fact.Formats(), "`, `") + "`. A `table` stands on a line of its own. Where coarse dates leave a count open, it is written as a range.\n\n")
	b.WriteString("## Your own words\n\nWords after `|` are shown as they are and checked against the value; `check --fix` mends them. Numbers may stand in digits or words (`thirty-two`, `a dozen`, `half a dozen`, `the 32nd`), dates in part (`1949`, `April 1949`), lists in any order. What stands before a number widens it:\n\n")
	b.WriteString("| words | allow |\n| --- | --- |\n| some, about, around, roughly, approximately, or so | a tenth more or less, at least one |\n| nearly, almost, just under, close to | less, by a tenth at most |\n| over, more than, just over, upwards of | more, by a quarter at most |\n| at least, no fewer than | as many or more, by a quarter at most |\n| at most, no more than, up to | as many or fewer, by a quarter at most |\n\n")
	b.WriteString("## Names\n\n| name | of | gives | example | value |\n| --- | --- | --- | --- | --- |\n")
	for _, f := range fact.Functions() {
		name := f.Name
		if f.Argument != "" {
			name += "(" + f.Argument + ")"
		}
		var kinds []string
		for _, k := range f.Of {
			kinds = append(kinds, k.Noun())
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s %s | `%s` | [[= %s]] |\n", name, strings.Join(kinds, ", "), cell(f.Doc), "Gives "+f.Gives+".", cell(f.Example), cell(f.Example))
	}
	return strings.Replace(b.String(), "| name | of | gives | example", "| name | of | what it says | example", 1)
}

func rulesIndex() string {
	var b strings.Builder
	b.WriteString(head("Rules", "Every rule by which a site is judged, with a bad and a good example of each."))
	b.WriteString("`entente explain DT033` prints the same in a terminal. `rules:` in `site.yaml` sets what a rule weighs: a warning can become an error or be switched off; an error can become a warning where its entry says so, and is never silenced.\n")
	for _, g := range rule.Groups() {
		fmt.Fprintf(&b, "\n## [%s](rules-%s.md)\n\n%s\n\n| rule | what is wrong |\n| --- | --- |\n", g.Title, g.Slug, g.Intro)
		for _, r := range g.Rules {
			fmt.Fprintf(&b, "| [%s](rules-%s.md#%s) | %s |\n", r.ID, g.Slug, strings.ToLower(r.ID), cell(r.Title))
		}
	}
	return b.String()
}

func rulesPage(g rule.Group) string {
	var b strings.Builder
	b.WriteString(head("Rules: "+strings.ToLower(g.Title), strings.ReplaceAll(g.Intro, "`", "")))
	b.WriteString("Each example is laid over the small site that `entente new site` makes. All groups: [Rules](rules.md).\n")
	for _, r := range g.Rules {
		severity := r.Severity.String()
		if r.Lenient {
			severity += ", may be set to warning"
		}
		if r.Machine {
			severity = "stops the command"
		}
		fmt.Fprintf(&b, "\n## %s {#%s}\n\n**%s** (%s). %s\n", r.ID, strings.ToLower(r.ID), strings.ToUpper(r.Title[:1])+r.Title[1:], severity, r.Doc)
		example(&b, "Bad", r.Bad)
		example(&b, "Good", r.Good)
	}
	return b.String()
}

func example(b *strings.Builder, title string, files []rule.File) {
	for _, f := range files {
		how := ""
		if f.How != "" {
			how = ", " + f.How
		}
		fmt.Fprintf(b, "\n%s, `%s`%s:\n", title, f.Path, how)
		if f.Text != "" {
			fence := "~~~~~~"
			fmt.Fprintf(b, "\n%s\n%s\n%s\n", fence, clip(strings.TrimSuffix(f.Text, "\n")), fence)
		}
	}
}

// clip shortens lines that only show that something is too long.
func clip(text string) string {
	lines := strings.Split(text, "\n")
	for i, l := range lines {
		if len(l) > 160 {
			lines[i] = l[:120] + " …"
		}
	}
	return strings.Join(lines, "\n")
}

var commandName = regexp.MustCompile(`(?m)^  ([a-z]+) +\S`)

func commandsPage(t *testing.T) string {
	t.Helper()
	help := func(args ...string) string {
		var out bytes.Buffer
		cli.Main(append(args, "--help"), nil, &out, &out)
		return strings.TrimSpace(out.String())
	}
	var b strings.Builder
	b.WriteString(head("Command line", "All commands of entente, with their flags and exit codes."))
	fmt.Fprintf(&b, "~~~text\n%s\n~~~\n", help())
	var below func(args ...string)
	below = func(args ...string) {
		_, list, _ := strings.Cut(help(args...), "Available Commands:")
		list, _, _ = strings.Cut(list, "\n\n")
		for _, m := range commandName.FindAllStringSubmatch(list, -1) {
			if m[1] != "help" && m[1] != "completion" {
				command := append(slices.Clone(args), m[1])
				fmt.Fprintf(&b, "\n## %s\n\n~~~text\n%s\n~~~\n", strings.Join(command, " "), help(command...))
				below(command...)
			}
		}
	}
	below()
	return b.String()
}

func settingsPage() string {
	var b strings.Builder
	b.WriteString(head("Settings", "The keys of content/site.yaml."))
	b.WriteString("`title` and `as_of` are needed, all else may be left out.\n\n")
	fields(&b, reflect.TypeFor[record.Site](), "")
	return b.String()
}

func recordsPage() string {
	var b strings.Builder
	b.WriteString(head("Records", "The kinds of record, and the fields of each."))
	b.WriteString("Records lie in a folder for each kind, as lists in `.yaml` files. Dates are EDTF: `1955-05-14`, `1955-06`, `1955`; `1961?` uncertain, `1972~` about, `-0477` for 478 BCE. `until` is the first day that no longer counts. No count is ever written down.\n")
	for _, k := range []struct {
		kind record.Kind
		of   reflect.Type
	}{{record.States, reflect.TypeFor[record.State]()}, {record.Organisations, reflect.TypeFor[record.Organisation]()}, {record.Treaties, reflect.TypeFor[record.Treaty]()},
		{record.Exercises, reflect.TypeFor[record.Exercise]()}, {record.Operations, reflect.TypeFor[record.Operation]()}, {record.Events, reflect.TypeFor[record.Event]()},
		{record.Glossary, reflect.TypeFor[record.Term]()}, {record.Sources, reflect.TypeFor[record.Source]()}} {
		fmt.Fprintf(&b, "\n## %s\n\nIn `content/%s/`.\n\n", strings.ToUpper(k.kind.Folder()[:1])+k.kind.Folder()[1:], k.kind.Folder())
		fields(&b, k.of, "")
	}
	return b.String()
}

// fields lists the fields of a schema struct as a table.
func fields(b *strings.Builder, t reflect.Type, prefix string) {
	b.WriteString("| field | holds |\n| --- | --- |\n")
	fieldRows(b, t, prefix)
}

func fieldRows(b *strings.Builder, t reflect.Type, prefix string) {
	for i := range t.NumField() {
		f := t.Field(i)
		if f.Anonymous {
			fieldRows(b, f.Type, prefix)
			continue
		}
		name, rest, _ := strings.Cut(f.Tag.Get("yaml"), ",")
		if name == "" || name == "-" {
			continue
		}
		what, inner := holds(f.Type)
		for _, option := range strings.Split(rest, ",") {
			key, value, _ := strings.Cut(option, "=")
			switch key {
			case "required":
				what += ", required"
			case "ref":
				what += " of " + strings.ReplaceAll(value, "|", " or ")
			case "enum":
				what += ": " + strings.ReplaceAll(value, "|", ", ")
			case "url":
				what += ", a web address"
			}
		}
		fmt.Fprintf(b, "| `%s%s` | %s |\n", prefix, name, what)
		if inner != nil && prefix == "" {
			fieldRows(b, inner, name+".")
		}
	}
}

// holds says in words what a type of the schema takes, and the struct inside.
func holds(t reflect.Type) (string, reflect.Type) {
	switch {
	case t == reflect.TypeFor[date.Date]():
		return "date", nil
	case t.Kind() == reflect.Bool:
		return "true or false", nil
	case t.Kind() == reflect.Struct:
		return "fields", t
	case t.Kind() == reflect.Slice:
		what, inner := holds(t.Elem())
		return "list of " + strings.NewReplacer("text", "texts", "fields", "entries", "date", "dates").Replace(what), inner
	case t.Kind() == reflect.Map:
		return "texts by key", nil
	}
	return "text", nil
}

package fact_test

import (
	"testing"

	"entente/internal/fact"
	"entente/internal/model"
	"entente/internal/worldtest"
)

// What authors write and what readers see, on the data of the included site.
func TestEvaluate(t *testing.T) {
	w, _ := worldtest.Included(t)
	for src, want := range map[string]string{
		"nato.members.count":                                  "32",
		"nato.members.count as words":                         "thirty-two",
		"nato.members.count on 1999-03-12":                    "19",
		"nato.members.count on 1999-03-11 as words":           "sixteen",
		"nato.members.count as words on 1999-03-12":           "nineteen",
		"nato.allies.count as words":                          "thirty-one",
		"nato.founders.count":                                 "12",
		"nato.founded":                                        "4 April 1949",
		"nato.founded as year":                                "1949",
		"nato.joined(sweden)":                                 "7 March 2024",
		"nato.ordinal(sweden) as ordinal":                     "thirty-second",
		"nato.ordinal(poland) as ordinal":                     "seventeenth to nineteenth",
		"nato.joiners(2004-03-29).count as words":             "seven",
		"csto.left(uzbekistan) as year":                       "2012",
		"warsaw-treaty.in_force":                              "June 1955",
		"foal-eagle.first as year":                            "1961",
		"zapad.first as year":                                 "about 1973",
		"nato.joined_with(slovakia).count as words":           "six",
		"nato.joined_with(hungary)":                           "Czechia and Poland",
		"nato.joined_with(finland)":                           "none",
		"nato.nth(32)":                                        "Sweden",
		"nato.nth(18)":                                        "Czechia, Hungary and Poland",
		"nato.members.last":                                   "Sweden",
		"nato.members.last on 1955-12-31":                     "Germany",
		"nato.members.first.count":                            "12",
		"nato.joiners(1999/2004).count as words":              "ten",
		"csto.former":                                         "Uzbekistan",
		"warsaw-pact.former.first":                            "Albania",
		"csto.stay(uzbekistan) as year":                       "2006 to 2012",
		"nato.stay(sweden)":                                   "since 7 March 2024",
		"warsaw-pact.period as year":                          "1955 to 1991",
		"nato.period as year":                                 "since 1949",
		"nato.years(finland)":                                 "2",
		"nato.years(denmark) on 1999-04-03":                   "49",
		"nato.events(invocation).count as words":              "one",
		"nato.members.count | more than thirty":               "more than thirty",
		"nato.members.count | at least 32":                    "at least 32",
		"nato.members.count | nearly thirty-five":             "nearly thirty-five",
		"nato.founders.count | a dozen":                       "a dozen",
		"nato.founders.count | a dozen or so":                 "a dozen or so",
		"csto.members.count | half a dozen":                   "half a dozen",
		"nato.ordinal(poland) | eighteenth":                   "eighteenth",
		"aukus.members | the United States, Australia and UK": "the United States, Australia and UK",
		"nato.founded | in April 1949":                        "in April 1949",
		"(european-union.members & nato.members).last":        "Croatia",
		"nato.seat": "Brussels, Belgium",
		"(european-union.members & nato.members).count": "23",
		"(european-union.members - nato.members)":       "Austria, Cyprus, Ireland and Malta",
		"aukus.members":                          "Australia, United Kingdom and United States",
		"nato.members.count | thirty-two":        "thirty-two",
		"nato.members.count | some thirty":       "some thirty",
		"nato.founded | April 1949":              "April 1949",
		"north-atlantic-treaty.article(6)":       "Area in which article 5 applies.",
		"delian-league.founded as year":          "478 BCE",
		"1948-rio-treaty-enters-into-force.date": "3 December 1948",
	} {
		v, problems := fact.Evaluate(w, model.None, src)
		if len(problems) > 0 {
			t.Errorf("%q: %s %s", src, problems[0].Rule, problems[0].Message)
		} else if v.Text != want {
			t.Errorf("%q = %q, want %q", src, v.Text, want)
		}
	}
}

func TestComplaints(t *testing.T) {
	w, _ := worldtest.Included(t)
	for src, want := range map[string]string{
		"nato":                                      "FX003",
		"nato.membres.count":                        "FX003",
		"natto.members.count":                       "FX002",
		"nato.members.count on tomorrow":            "FX004",
		"nato.members.count as roman":               "FX004",
		"nato.founded as words":                     "FX004",
		"rio-treaty.members.count":                  "FX005",
		"nato.dissolved":                            "FX006",
		"nato.joined(austria)":                      "FX006",
		"(nato.members & csto.members":              "FX001",
		"nato.members & nato.founded":               "FX001",
		"":                                          "FX001",
		"nato.members.count | thirty":               "fact-value",
		"nato.founded | 1950":                       "fact-value",
		"nato.members.count | more than thirty-two": "fact-value",
		"nato.members.count | nearly thirty":        "fact-value",
		"nato.members.count | over twenty":          "fact-value",
		"nato.founders.count | half a dozen":        "fact-value",
		"aukus.members | Australia and Japan":       "fact-value",
		"aukus.members | Australia":                 "fact-value",
		"nato.joined_with(austria)":                 "FX006",
		"nato.nth(99)":                              "FX006",
		"nato.nth(last)":                            "FX004",
		"nato.events(invocations)":                  "FX004",
		"nato.joiners(1999/2004-02-30)":             "FX004",
		"nato.period as words":                      "FX004",
	} {
		_, problems := fact.Evaluate(w, model.None, src)
		if len(problems) == 0 || problems[0].Rule != want {
			t.Errorf("%q: %v, want %s", src, problems, want)
		}
	}
}

func TestNumbers(t *testing.T) {
	for n := range 2000 {
		if got, ok := fact.ParseNumber(fact.Words(n)); !ok || got.Value != n {
			t.Fatalf("ParseNumber(%q) = %v", fact.Words(n), got)
		}
		if got, ok := fact.ParseNumber(fact.Ordinal(n)); n > 0 && (!ok || got.Value != n || !got.Ordinal) {
			t.Fatalf("ParseNumber(%q) = %v", fact.Ordinal(n), got)
		}
	}
	for text, want := range map[string]int{"a dozen": 12, "1,200": 1200, "the 32nd": 32, "some thirty": 30} {
		if got, ok := fact.ParseNumber(text); !ok || got.Value != want {
			t.Errorf("ParseNumber(%q) = %v, want %d", text, got, want)
		}
	}
	for _, text := range []string{"", "many", "thirty forty", "one-", "twenty and"} {
		if got, ok := fact.ParseNumber(text); ok && text != "one-" {
			t.Errorf("ParseNumber(%q) = %v, want no number", text, got)
		}
	}
}

func FuzzFact(f *testing.F) {
	w, _ := worldtest.Included(f)
	for _, s := range []string{"nato.members.count on 1999-03-12 as words | nineteen", "(a.members & b.members).count", "nato.joined(", "x | y | z", "- on as"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, src string) {
		_, problems := fact.Evaluate(w, model.None, src)
		for _, p := range problems {
			if p.Start < 0 || p.End < p.Start {
				t.Fatalf("%q: span %d to %d", src, p.Start, p.End)
			}
		}
	})
}

// Every function has an example, and the example has a value.
func TestExamples(t *testing.T) {
	w, _ := worldtest.Included(t)
	for _, f := range fact.Functions() {
		if f.Example == "" || f.Doc == "" {
			t.Errorf("%s has no example or no explanation", f.Name)
			continue
		}
		if v, problems := fact.Evaluate(w, model.None, f.Example); len(problems) > 0 || v.Text == "" || v.Why == "" {
			t.Errorf("%q: %v", f.Example, problems)
		}
	}
}

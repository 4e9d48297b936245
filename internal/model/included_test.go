package model_test

import (
	"bufio"
	"os"
	"strconv"
	"strings"
	"testing"

	"entente/internal/check"
	"entente/internal/date"
	"entente/internal/model"
	"entente/internal/worldtest"
)

func id(t *testing.T, w *model.World, slug string) model.ID {
	t.Helper()
	thing, ok := w.Lookup(slug)
	if !ok {
		t.Fatalf("no record %q", slug)
	}
	return thing.ID
}

func day(t *testing.T, s string) date.Day {
	t.Helper()
	d, err := date.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	first, _ := d.Bounds()
	return first
}

// The included data loads without a complaint, and no rule over time finds
// anything in it: events and statements agree, nobody joins what does not
// exist.
func TestIncludedDataIsSound(t *testing.T) {
	w, diags := worldtest.Included(t)
	diags = append(diags, check.All(check.Input{World: w})...)
	for _, d := range diags {
		if d.Rule != "CF010" { // topics are prose, and checked with the site
			t.Errorf("%s:%d:%d: %s %s", d.Path, d.Pos.Line, d.Pos.Col, d.Rule, d.Message)
		}
	}
	for kind, least := range map[model.Kind]int{model.State: 150, model.Organisation: 70, model.Treaty: 70, model.Exercise: 40, model.Event: 210, model.Term: 100, model.Source: 150} {
		if n := len(w.Of(kind)); n < least {
			t.Errorf("%d %s, want at least %d", n, kind.Plural(), least)
		}
	}
}

// Member counts on given days, as published by the bodies themselves.
func TestMemberCounts(t *testing.T) {
	w, _ := worldtest.Included(t)
	f, err := os.Open("testdata/counts.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	sc, n := bufio.NewScanner(f), 0
	for sc.Scan() {
		p := strings.Fields(sc.Text())
		if len(p) < 3 || p[0] == "#" {
			continue
		}
		n++
		want, err := strconv.Atoi(p[2])
		if err != nil {
			t.Fatal(err)
		}
		body := id(t, w, p[0])
		if p[1] == "founding" {
			if got := len(w.Founders(body)); got != want {
				t.Errorf("%s has %d founding members, want %d", p[0], got, want)
			}
			continue
		}
		status := model.Member
		if len(p) > 3 {
			var ok bool
			if status, ok = model.ParseStatus(p[3]); !ok {
				t.Fatalf("no status %q", p[3])
			}
		}
		got := w.Members(body, day(t, p[1]), status).Count()
		if want < got.Low || want > got.High {
			t.Errorf("%s on %s has %d..%d %s, want %d", p[0], p[1], got.Low, got.High, status.Plural(), want)
		}
	}
	if n < 130 {
		t.Errorf("%d counts checked, want at least 130", n)
	}
}

// The hard cases that occur in the data, by their number in the domain notes.
func TestHardCases(t *testing.T) {
	w, _ := worldtest.Included(t)
	count := func(body, on string, low, high int) func(*testing.T) {
		return func(t *testing.T) {
			if got := w.CountMembers(id(t, w, body), day(t, on)); got != (model.Range{Low: low, High: high}) {
				t.Errorf("%s on %s: %d..%d members, want %d..%d", body, on, got.Low, got.High, low, high)
			}
		}
	}
	member := func(body, who, on string, want date.Truth) func(*testing.T) {
		return func(t *testing.T) {
			if got := w.IsMember(id(t, w, body), id(t, w, who), day(t, on)); got != want {
				t.Errorf("%s in %s on %s: %v, want %v", who, body, on, got, want)
			}
		}
	}
	cases := []struct {
		name string
		run  func(*testing.T)
	}{
		{"1 leaving a structure does not end the membership", member("nato", "france", "1967-01-01", date.Yes)},
		{"2 the count depends on the day", count("nato", "2023-04-03", 30, 30)},
		{"2 the day after", count("nato", "2023-04-04", 31, 31)},
		{"3 seven joined on one day", func(t *testing.T) {
			if n := len(w.Joiners(id(t, w, "nato"), date.MustParse("2004-03-29"))); n != 7 {
				t.Errorf("%d joined, want 7", n)
			}
		}},
		{"4 in, out, in, out", member("cst-1992", "uzbekistan", "1995-01-01", date.Yes)},
		{"4 out between", member("csto", "uzbekistan", "2004-01-01", date.No)},
		{"4 in again", member("csto", "uzbekistan", "2010-01-01", date.Yes)},
		{"4 out again", member("csto", "uzbekistan", "2013-01-01", date.No)},
		{"5 frozen without leaving", member("csto", "armenia", "2025-06-01", date.Yes)},
		{"6 two founding dates", func(t *testing.T) {
			treaty, _ := w.Lookup("collective-security-treaty")
			body, _ := w.Lookup("csto")
			if treaty.Treaty.Signed.Year() != 1992 || body.Organisation.Founded.Year() != 2002 {
				t.Errorf("treaty %v, organisation %v", treaty.Treaty.Signed, body.Organisation.Founded)
			}
		}},
		{"7 transformation counts nobody twice", count("shanghai-five", "1996-04-26", 5, 5)},
		{"8 the organisation ends, the treaty lives", func(t *testing.T) {
			if !w.Ended(id(t, w, "seato")) || w.Ended(id(t, w, "manila-pact")) {
				t.Error("SEATO has ended, the Manila Pact has not")
			}
		}},
		{"9 the treaty ends, the alliance lives", func(t *testing.T) {
			if w.Ended(id(t, w, "us-japan-alliance")) || len(w.Treaties(id(t, w, "us-japan-alliance"))) < 2 {
				t.Error("the alliance of the United States and Japan lives on a second treaty")
			}
		}},
		{"10 suspended obligations do not shrink ANZUS", count("anzus", "1987-01-01", 3, 3)},
		{"11 suspended members still count", count("arab-league", "1980-01-01", 22, 22)},
		{"12 two members merge", count("arab-league", "1990-05-22", 21, 21)},
		{"13 a member divides", count("visegrad-group", "1993-01-01", 4, 4)},
		{"14 enlargement without a new member", count("nato", "1990-10-04", 16, 16)},
		{"15 a member leaves and then ceases", count("warsaw-pact", "1990-09-24", 6, 6)},
		{"16 continuity of a state", func(t *testing.T) {
			su, _ := w.Lookup("soviet-union")
			if len(su.State.ContinuedBy) != 1 || su.State.ContinuedBy[0] != "russia" {
				t.Errorf("the Soviet Union is continued by %v", su.State.ContinuedBy)
			}
		}},
		{"17 names change", func(t *testing.T) {
			for _, name := range []string{"Burma", "Turkey"} {
				if len(w.Named(name)) == 0 {
					t.Errorf("nothing is named %q", name)
				}
			}
		}},
		{"18 reused codes are no identity", func(t *testing.T) {
			by := map[string]int{}
			for _, st := range w.Of(model.State) {
				by[st.State.Codes.ISO2]++
			}
			if by["CS"] != 2 || by["YE"] != 2 {
				t.Errorf("CS belongs to %d states and YE to %d, want two each", by["CS"], by["YE"])
			}
		}},
		{"19 one code for several states", func(t *testing.T) {
			n := 0
			for _, st := range w.Of(model.State) {
				if st.State.Codes.COW == "365" {
					n++
				}
			}
			if n != 3 {
				t.Errorf("COW 365 belongs to %d states, want 3", n)
			}
		}},
		{"20 Norway's code is text", func(t *testing.T) {
			no, _ := w.Lookup("norway")
			if no.State.Codes.ISO2 != "NO" {
				t.Errorf("code %q, want NO", no.State.Codes.ISO2)
			}
		}},
		{"21 a member that is not a state", func(t *testing.T) {
			eu := id(t, w, "european-union")
			if w.Members(id(t, w, "asean-regional-forum"), day(t, "2010-01-01"), model.Participant).Has(eu) != date.Yes {
				t.Error("the European Union takes part in the forum")
			}
		}},
		{"22 a member before independence", func(t *testing.T) {
			if got := w.Members(id(t, w, "arab-league"), day(t, "1945-06-01"), model.Member).Has(id(t, w, "jordan")); got != date.Yes {
				t.Errorf("Transjordan in the Arab League in 1945: %v", got)
			}
		}},
		{"24 categories abolished", func(t *testing.T) {
			if got := w.Members(id(t, w, "sco"), day(t, "2025-10-31"), model.Partner).Count(); got.Low != 17 {
				t.Errorf("%v partners", got)
			}
			if got := w.Members(id(t, w, "sco"), day(t, "2025-10-31"), model.Observer).Count(); got.High != 0 {
				t.Errorf("%v observers", got)
			}
		}},
		{"26 notice, decision, effect: Pakistan leaves SEATO a year after notice", func(t *testing.T) {
			stays := w.Stays(id(t, w, "seato"), id(t, w, "pakistan"))
			if len(stays) != 1 || stays[0].Until.Year() != 1973 {
				t.Errorf("%v", stays)
			}
		}},
		{"27 inactive long before leaving", count("warsaw-pact", "1965-01-01", 8, 8)},
		{"28 a withdrawal declared and undone", member("warsaw-pact", "hungary", "1956-11-10", date.Yes)},
		{"31 no founding document", func(t *testing.T) {
			x, _ := w.Lookup("triple-entente")
			if len(x.Organisation.Treaties) == 0 && x.Organisation.Founded.IsZero() {
				t.Error("nothing is known of the Triple Entente")
			}
		}},
		{"32 approximate ends", func(t *testing.T) {
			x, _ := w.Lookup("concert-of-europe")
			if !x.Organisation.Dissolved.Approximate() || !strings.HasPrefix(x.Organisation.Dissolved.Text(), "about") {
				t.Errorf("ended %q", x.Organisation.Dissolved.Text())
			}
		}},
		{"34 the Gregorian date is stored for the convention of 1892", func(t *testing.T) {
			x, _ := w.Lookup("franco-russian-convention-1892")
			if x.Treaty.Signed != date.MustParse("1892-08-17") {
				t.Errorf("signed %v", x.Treaty.Signed)
			}
		}},
		{"35 the local date of the announcement", func(t *testing.T) {
			x, _ := w.Lookup("aukus")
			if got := x.Began(); got != date.MustParse("2021-09-15") {
				t.Errorf("AUKUS began on %v", got)
			}
		}},
		{"37 a date that sources dispute is uncertain", func(t *testing.T) {
			x, _ := w.Lookup("cento")
			if !x.Organisation.Dissolved.Uncertain() {
				t.Errorf("ended %v", x.Organisation.Dissolved)
			}
		}},
		{"38 the treaty of 1951 with Japan grants bases and promises no defence", func(t *testing.T) {
			if got := w.Family(id(t, w, "us-japan-security-treaty-1951")); got != model.Cooperation {
				t.Errorf("drawn as %s", got.Name())
			}
		}},
		{"39 no obligation where none is promised", func(t *testing.T) {
			for _, slug := range []string{"aukus", "sco"} {
				if w.Family(id(t, w, slug)) == model.Defence {
					t.Errorf("%s is drawn as a defence pact", slug)
				}
			}
			if w.Family(id(t, w, "nato")) != model.Defence {
				t.Error("NATO is not")
			}
		}},
		{"40 secret treaties", func(t *testing.T) {
			x, _ := w.Lookup("ukusa-agreement")
			if !x.Treaty.Secret {
				t.Error("the agreement was secret")
			}
		}},
		{"41 a request that was not met makes no invocation", func(t *testing.T) {
			for _, e := range w.Events(id(t, w, "csto")) {
				if ev := w.Thing(e).Event; ev.Type == "invocation" && ev.Date.Year() == 2022 && strings.Contains(ev.Title, "Armenia") {
					t.Errorf("%s is recorded as an invocation", ev.ID)
				}
			}
		}},
		{"42 invocation and confirmation are two events", func(t *testing.T) {
			n := 0
			for _, e := range w.Events(id(t, w, "nato")) {
				if ev := w.Thing(e).Event; ev.Date.Year() == 2001 && strings.Contains(strings.ToLower(ev.Title), "article 5") {
					n++
				}
			}
			if n != 2 {
				t.Errorf("%d events", n)
			}
		}},
		{"43 membership is not inherited: Malta", member("pesco", "malta", "2020-01-01", date.No)},
		{"43 membership is not inherited: Denmark until 2023", member("pesco", "denmark", "2023-05-22", date.No)},
		{"44 the members of one body in another", func(t *testing.T) {
			on := day(t, "2025-10-31")
			both := w.Members(id(t, w, "european-union"), on, model.Member).And(w.Members(id(t, w, "nato"), on, model.Member))
			if both.Count() != (model.Range{Low: 23, High: 23}) {
				t.Errorf("%v", both.Count())
			}
		}},
		{"50 spelling by rotation", func(t *testing.T) {
			if len(w.Named("Talisman Saber")) == 0 {
				t.Error("the other spelling is unknown")
			}
		}},
		{"51 same name, other thing", func(t *testing.T) {
			if a, b := id(t, w, "united-nations"), id(t, w, "allies-ww2"); a == b {
				t.Error("the coalition and the organisation are one")
			}
		}},
		{"53 the United Nations Command is no operation of the United Nations", func(t *testing.T) {
			x, _ := w.Lookup("united-nations-command")
			if x.Organisation.PartOf == "united-nations" || x.Organisation.PartOf == "un-peacekeeping" {
				t.Errorf("part of %q", x.Organisation.PartOf)
			}
		}},
		{"54 elected members are not listed", func(t *testing.T) {
			x, _ := w.Lookup("au-peace-and-security-council")
			if x.Organisation.MembersComplete {
				t.Error("the list claims to be complete")
			}
		}},
		{"56 data end before today", func(t *testing.T) {
			if w.AsOf != day(t, "2025-10-31") {
				t.Errorf("as of %v", w.AsOf)
			}
		}},
		{"23 a participant is not a member", count("asean-regional-forum", "2008-01-01", 0, 0)},
		{"25 an associate is not a member", count("cento", "1959-03-24", 4, 4)},
		{"29 two days are not a year", func(t *testing.T) {
			tr, _ := w.Lookup("tripartite-pact")
			if tr == nil {
				t.Fatal("no Tripartite Pact")
			}
		}},
		{"33 years before the common era", func(t *testing.T) {
			league, _ := w.Lookup("delian-league")
			if got := league.Organisation.Founded.YearText(); !strings.Contains(got, "478 BCE") {
				t.Errorf("founded %q", got)
			}
		}},
		{"36 signature and entry into force", func(t *testing.T) {
			tr, _ := w.Lookup("us-rok-mutual-defense-treaty")
			if tr.Treaty.Signed.Year() != 1953 || tr.Treaty.InForce.Year() != 1954 {
				t.Errorf("signed %v, in force %v", tr.Treaty.Signed, tr.Treaty.InForce)
			}
		}},
		{"46 ordinals", func(t *testing.T) {
			nato := id(t, w, "nato")
			if got := w.Ordinal(nato, id(t, w, "sweden")); got != (model.Range{Low: 32, High: 32}) {
				t.Errorf("Sweden is number %v", got)
			}
			if got := w.Ordinal(nato, id(t, w, "poland")); got != (model.Range{Low: 17, High: 19}) {
				t.Errorf("Poland is number %v", got)
			}
		}},
		{"47 nations at an exercise are not members of its alliance", count("nato", "2018-10-25", 29, 29)},
		{"48 the then-15-member Alliance", count("nato", "1967-12-14", 15, 15)},
		{"49 renamed exercises form a chain", func(t *testing.T) {
			x, _ := w.Lookup("ulchi-freedom-shield")
			if len(x.Exercise.Predecessors) == 0 {
				t.Error("no predecessor")
			}
		}},
		{"52 unknown start", func(t *testing.T) {
			x, _ := w.Lookup("foal-eagle")
			if !x.Exercise.First.Uncertain() {
				t.Errorf("first %v is certain", x.Exercise.First)
			}
		}},
		{"55 a gap in an open list says nothing", member("rio-treaty", "canada", "1980-01-01", date.Unknown)},
		{"55 a gap in a closed list says no", member("gcc", "yemen", "2010-01-01", date.No)},
	}
	for _, c := range cases {
		t.Run(c.name, c.run)
	}
}

package claim

import (
	"fmt"
	"regexp"
	"strings"

	"entente/internal/date"
	"entente/internal/model"
)

func (j *judge) place() verdict {
	own, field, verb := "", "", ""
	if j.st.rel == seated && j.t.Organisation != nil {
		own, field, verb = j.t.Organisation.Seat, "seat", "sits in"
		over := j.w.Ended(j.t.ID)
		if over && j.st.tense == present {
			return j.living()
		}
		if over != (j.st.tense == past) || over && (strings.Contains(j.t.Name, j.st.place) || j.oldSeat()) {
			return unknown
		}
	}
	if j.st.rel == signedAt && j.t.Treaty != nil {
		own, field, verb = j.t.Treaty.SignedAt, "signed_at", "was signed in"
	}
	if own == "" {
		return unknown
	}
	said := strings.ToLower(j.st.place)
	for _, part := range strings.Split(own, ",") {
		p := strings.ToLower(strings.TrimSpace(part))
		if p != "" && (strings.HasPrefix(said, p) || strings.HasPrefix(p, said)) {
			return fine
		}
	}
	for i := range j.w.Of(model.State) {
		t := &j.w.Of(model.State)[i]
		if t.Name != j.st.place {
			continue
		}
		if j.st.rel == signedAt { // the record names the city alone
			return unknown
		}
		for _, n := range t.Names {
			if strings.Contains(own, n.Text) {
				return fine
			}
		}
	}
	v := verdict{is: wrong, says: fmt.Sprintf("%s %s %s", j.t.Label(), verb, j.st.place), data: own, related: j.related(own, field), hint: "write " + strings.TrimSpace(strings.Split(own, ",")[0])}
	return v
}

// oldSeat reports whether the record speaks of something that went on in a
// place: a seat may have been there once.
func (j *judge) oldSeat() bool {
	text := j.note() + " " + j.t.Summary
	for _, n := range j.t.Names {
		if strings.Contains(n.Text, j.st.place) {
			return true // CENTO was the Baghdad Pact
		}
	}
	for _, at := range []string{"in ", "at ", "to ", "from "} {
		if strings.Contains(text, at+j.st.place) {
			return true
		}
	}
	return false
}

var (
	firstNumber = regexp.MustCompile(`^[0-9]+`)
	romans      = map[string]string{"I": "1", "II": "2", "III": "3", "IV": "4", "V": "5", "VI": "6", "VII": "7", "VIII": "8", "IX": "9", "X": "10"}
)

// arabic gives the number of an article as a plain figure: "5" for "V" and
// "42(7)" as "42".
func arabic(article string) string {
	head, _, _ := strings.Cut(article, "(")
	if r, ok := romans[head]; ok {
		return r
	}
	return firstNumber.FindString(article)
}

func (j *judge) clause() verdict {
	tr := j.t.Treaty
	if tr == nil {
		return unknown
	}
	right, index := "", -1
	for i, o := range tr.Obligations {
		if o.Kind != j.st.topic || arabic(o.Article) == "" {
			continue
		}
		if arabic(o.Article) == j.st.place {
			return fine
		}
		if right == "" {
			right, index = arabic(o.Article), i
		}
	}
	if right == "" {
		return unknown
	}
	word := map[string]string{"defence": "attack on", "consultation": "onsult"}[j.st.topic]
	for _, a := range tr.Articles {
		if arabic(a.Number) == j.st.place && (strings.Contains(a.About, word) || strings.Contains(strings.ToLower(a.About), "article "+right)) {
			return unknown
		}
	}
	return verdict{is: wrong, says: fmt.Sprintf("article %s of the %s deals with %s", j.st.place, j.t.Label(), j.st.topic), data: "article " + right,
		related: j.related("the obligation", "obligations", index), hint: "write " + right, fix: right}
}

// invocations gives the events in which the article was invoked, and those
// that only speak of it.
func (j *judge) invocations() (invoked, spoken []*model.Thing) {
	body, _ := j.w.Lookup(j.t.Treaty.Organisation)
	for i := range j.w.Of(model.Event) {
		e := &j.w.Of(model.Event)[i]
		ours := false
		for _, slug := range e.Event.Treaties {
			ours = ours || slug == j.t.Slug
		}
		for _, slug := range e.Event.Organisations {
			ours = ours || body != nil && slug == body.Slug
		}
		if !ours || !namesArticle(e.Event.Title, j.st.place) {
			continue
		}
		if e.Event.Type == "invocation" {
			invoked = append(invoked, e)
		}
		spoken = append(spoken, e)
	}
	return invoked, spoken
}

// onlyInvoked gives the one treaty whose article of a number was ever invoked.
func onlyInvoked(w *model.World, article string) model.ID {
	found := model.None
	for i := range w.Of(model.Event) {
		e := w.Of(model.Event)[i].Event
		if e.Type != "invocation" || !namesArticle(e.Title, article) {
			continue
		}
		for _, slug := range e.Treaties {
			t, ok := w.Lookup(slug)
			if !ok || found != model.None && found != t.ID {
				return model.None
			}
			found = t.ID
		}
	}
	return found
}

// namesArticle reports whether the title of an event names an article.
func namesArticle(title, article string) bool {
	title = strings.ToLower(title) + " "
	return strings.Contains(title, "article "+article+" ") || strings.Contains(title, "article "+article+",")
}

func (j *judge) invoked() verdict {
	if j.t.Treaty == nil {
		return unknown
	}
	list, spoken := j.invocations()
	if len(list) == 0 {
		return unknown
	}
	own := list[0]
	name := fmt.Sprintf("article %s of the %s", j.st.place, j.t.Label())
	related := []related{own.Origin.Related(own.Name, "date")}
	if j.st.times >= 0 && j.st.times != len(list) {
		return verdict{is: wrong, says: fmt.Sprintf("%s was invoked %s", name, j.st.words()), data: fmt.Sprintf("%s, on %s", times(len(list)), own.Event.Date.Text()), related: related}
	}
	if said := j.st.when.from; j.st.when.mode == in && !said.IsZero() {
		for _, e := range spoken {
			if agrees(said, e.Event.Date) || date.Same(said, e.Event.Date) != date.No {
				return fine
			}
		}
		if said.Exact() && own.Event.Date.Year() == said.Year() { // the day of the attack that was its cause
			return unknown
		}
		return verdict{is: wrong, says: fmt.Sprintf("%s was invoked %s", name, j.whenText()), data: own.Event.Date.Text(), related: related, hint: "write " + precise(own.Event.Date, said), fix: j.dateFix(own.Event.Date, said)}
	}
	return fine
}

func times(n int) string {
	switch n {
	case 1:
		return "once"
	case 2:
		return "twice"
	}
	return fmt.Sprintf("%d times", n)
}

// defends reports whether the record of the body holds an obligation of
// defence.
func (j *judge) defends() bool {
	for _, o := range j.t.Organisation.Obligations {
		if o.Kind == "defence" {
			return true
		}
	}
	return false
}

func (j *judge) kind() verdict {
	o := j.t.Organisation
	if o == nil {
		return unknown
	}
	if j.st.rel == military {
		switch o.Type {
		case "organisation", "forum", "partnership", "policy-framework", "intelligence-partnership":
		default:
			return fine
		}
		if j.defends() || len(o.Obligations) == 0 && o.Type == "organisation" && o.LegalBasis == "" {
			return unknown
		}
		return verdict{is: wrong, says: fmt.Sprintf("%s is a %s", j.t.Label(), j.st.words()), data: fmt.Sprintf("a %s without an obligation of defence", strings.ReplaceAll(o.Type, "-", " ")),
			related: j.related("its kind", "type"), hint: "call it a " + strings.ReplaceAll(o.Type, "-", " ")}
	}
	if o.Type != "alliance" || !j.defends() {
		return unknown
	}
	return verdict{is: wrong, says: fmt.Sprintf("collective security of %s", j.t.Label()), data: "an obligation of collective defence: help against an attack from outside",
		related: j.related("the obligations", "obligations"), hint: "write collective defence"}
}

package fact

import (
	"fmt"
	"slices"
	"strings"

	"entente/internal/date"
	"entente/internal/model"
)

// Function is one name of the language.
type Function struct {
	Name     string
	Of       []model.Kind // the kinds of record that have it
	Argument string       // what stands in parentheses: "a member", "a date"; "" for nothing
	Gives    string       // "a set", "a date", "a text", "a count"
	Doc      string
	Example  string

	eval func(call) (Value, *failure)
}

// call is one use of a function.
type call struct {
	e          *evaluator
	t          *model.Thing
	arg        string
	argAt      int
	day        date.Day
	start, end int
}

var org = []model.Kind{model.Organisation}

// Functions lists all names of the language.
func Functions() []Function { return slices.Clone(functions) }

var functions = []Function{
	{"members", org, "", "a set", "The full members on the day.", "nato.members.count as words", members(model.Member)},
	{"observers", org, "", "a set", "Those with the standing of observer on the day.", "sco.observers.count", members(model.Observer)},
	{"partners", org, "", "a set", "Those with the standing of partner on the day.", "sco.partners.count", members(model.Partner)},
	{"participants", org, "", "a set", "Those with the standing of participant on the day.", "asean-regional-forum.participants.count", members(model.Participant)},
	{"plus_countries", org, "", "a set", "Those with the standing of plus-country on the day.", "admm-plus.plus_countries.count", members(model.PlusCountry)},
	{"associates", org, "", "a set", "Those with any associate standing on the day.", "western-european-union.associates.count", associates},
	{"allies", org, "", "a count", "How many allies any one full member has: the count less one.", "nato.allies.count as words", allies},
	{"founders", org, "", "a set", "The founding members.", "nato.founders.count as words", founders},
	{"joined", org, "a member", "a date", "The day of a member's latest joining.", "nato.joined(sweden)", joined},
	{"left", org, "a member", "a date", "The day from which a member no longer counted.", "csto.left(uzbekistan)", left},
	{"ordinal", org, "a member", "a count", "Which member someone was, in order of accession.", "nato.ordinal(sweden) as ordinal", ordinal},
	{"nth", org, "a number", "a set", "Who was the member with that number, in order of accession.", "nato.nth(32)", nth},
	{"joiners", org, "a date or a period", "a set", "Those who joined on that date, or in a period such as 1999/2004.", "nato.joiners(2004-03-29).count as words", joiners},
	{"leavers", org, "a date or a period", "a set", "Those who left on that date, or in that period.", "ecowas.leavers(2025)", leavers},
	{"joined_with", org, "a member", "a set", "The others who joined on the same date.", "nato.joined_with(slovakia).count as words", joinedWith},
	{"left_with", org, "a member", "a set", "The others who left on the same date.", "ecowas.left_with(mali)", leftWith},
	{"former", org, "", "a set", "Those who were full members before the day and are not on it.", "csto.former", former},
	{"stay", org, "a member", "a period", "When someone was a full member; several periods for one that came back.", "csto.stay(uzbekistan) as year", stay},
	{"years", org, "a member", "a count", "Whole years of full membership up to the day, all stays together.", "nato.years(denmark)", years},
	{"bodies", []model.Kind{model.State}, "", "a set", "The organisations of which it is a full member on the day.", "poland.bodies.count", bodies},
	{"parties", []model.Kind{model.Treaty}, "", "a set", "The parties on record.", "warsaw-treaty.parties.count", parties},
	{"participants", []model.Kind{model.Exercise}, "", "a set", "Those on record as taking part.", "malabar.participants.count", takingPart},
	{"editions", []model.Kind{model.Exercise}, "", "a count", "How many editions are on record.", "zapad.editions.count", editions},
	{"lead", []model.Kind{model.Exercise}, "", "a set", "Who leads the exercise.", "zapad.lead", leads},
	{"founded", org, "", "a date", "The date of founding.", "nato.founded as year", dateOf(func(t *model.Thing) date.Date { return t.Organisation.Founded })},
	{"dissolved", org, "", "a date", "The date of its end.", "warsaw-pact.dissolved", dateOf(func(t *model.Thing) date.Date { return t.Organisation.Dissolved })},
	{"in_force", []model.Kind{model.Organisation, model.Treaty}, "", "a date", "The date of entry into force.", "north-atlantic-treaty.in_force", dateOf(inForce)},
	{"signed", []model.Kind{model.Treaty}, "", "a date", "The date of signature.", "north-atlantic-treaty.signed", dateOf(func(t *model.Thing) date.Date { return t.Treaty.Signed })},
	{"terminated", []model.Kind{model.Treaty}, "", "a date", "The date of its end.", "warsaw-treaty.terminated", dateOf(func(t *model.Thing) date.Date { return t.Treaty.Terminated })},
	{"first", []model.Kind{model.Exercise}, "", "a date", "When the series was first held.", "malabar.first as year", dateOf(func(t *model.Thing) date.Date { return t.Exercise.First })},
	{"last", []model.Kind{model.Exercise}, "", "a date", "When an ended series was last held.", "foal-eagle.last as year", dateOf(func(t *model.Thing) date.Date { return t.Exercise.Last })},
	{"from", []model.Kind{model.Operation, model.State}, "", "a date", "When it began.", "untso.from", dateOf((*model.Thing).Began)},
	{"until", []model.Kind{model.Operation, model.State}, "", "a date", "When it ended.", "onuc.until", dateOf((*model.Thing).EndDate)},
	{"date", []model.Kind{model.Event}, "", "a date", "The day of the event.", "1948-rio-treaty-enters-into-force.date", dateOf((*model.Thing).Began)},
	{"end", []model.Kind{model.Event}, "", "a date", "The last day of the event.", "1950-korean-war.end", dateOf((*model.Thing).EndDate)},
	{"period", []model.Kind{model.Organisation, model.Treaty, model.Exercise, model.Operation, model.State}, "", "a period", "From its beginning to its end; what goes on has no end.", "warsaw-pact.period as year", period},
	{"age", []model.Kind{model.Organisation, model.Treaty, model.Exercise, model.Operation, model.State}, "", "a count", "Whole years since founding, signature or first edition, to the day or to its end.", "nato.age as words", age},
	{"events", []model.Kind{model.Organisation, model.State, model.Treaty}, "a type", "a set", "The events of a type on record up to the day, such as invocation, accession or withdrawal.", "nato.events(invocation).count as words", events},
	{"seat", org, "", "a text", "Where it sits.", "nato.seat", textOf(func(t *model.Thing) string { return t.Organisation.Seat })},
	{"signed_at", []model.Kind{model.Treaty}, "", "a text", "Where it was signed.", "north-atlantic-treaty.signed_at", textOf(func(t *model.Thing) string { return t.Treaty.SignedAt })},
	{"location", []model.Kind{model.Exercise, model.Operation}, "", "a text", "Where it is held.", "malabar.location", textOf(location)},
	{"article", []model.Kind{model.Treaty}, "a number", "a text", "What an article is about.", "north-atlantic-treaty.article(5)", article},
	{"name", allKinds(), "", "a text", "The name.", "csto.name", textOf(func(t *model.Thing) string { return t.Name })},
	{"abbr", allKinds(), "", "a text", "The short form.", "csto.abbr", textOf(func(t *model.Thing) string { return t.Short })},
}

func allKinds() []model.Kind {
	return []model.Kind{model.Organisation, model.State, model.Treaty, model.Exercise, model.Operation, model.Event, model.Term}
}

func inForce(t *model.Thing) date.Date {
	if t.Treaty != nil {
		return t.Treaty.InForce
	}
	return t.Organisation.InForce
}

func location(t *model.Thing) string {
	if t.Exercise != nil {
		return t.Exercise.Location
	}
	return t.Operation.Location
}

// function finds a name for a kind of record. Hyphens and underscores are
// the same.
func function(k model.Kind, name string) (Function, bool) {
	name = strings.ReplaceAll(name, "-", "_")
	for _, f := range functions {
		if f.Name == name && slices.Contains(f.Of, k) {
			return f, true
		}
	}
	return Function{}, false
}

func namesFor(k model.Kind) []string {
	var names []string
	for _, f := range functions {
		if slices.Contains(f.Of, k) {
			names = append(names, f.Name)
		}
	}
	return names
}

// why says how a value was found; the place {name} is that of the subject.
func (c call) why(how string, values ...any) string {
	return c.e.w.Words.Say("why."+how, append(values, "name", c.t.Label())...)
}

// counted reports whether the text goes on to ask only how many a set has, so
// that nobody will see in which order they stand.
func (c call) counted() bool {
	rest, ok := strings.CutPrefix(c.e.src[c.e.pos:], ".count")
	return ok && (rest == "" || rest[0] == ' ' || rest[0] == ')')
}

func setOf(c call, s model.Set, why, fragment string) Value {
	v := Value{kind: setValue, set: s, Why: why, Subject: c.t.ID, Fragment: fragment}
	if !c.counted() {
		v.ids = byName(c.e.w, s.Certain)
	}
	return v
}

func members(status model.Status) func(call) (Value, *failure) {
	return func(c call) (Value, *failure) {
		if !c.t.Organisation.MembersComplete && status == model.Member {
			bad := c.e.fail(c.start, c.end, "FX005", fmt.Sprintf("the list of members of %q is not complete, so it cannot be counted", c.t.Slug),
				"complete the list and set members_complete: true, or write the figure with a source")
			return Value{}, &bad
		}
		s := c.e.w.Members(c.t.ID, c.day, status)
		v := setOf(c, s, c.why("members", "status", c.e.w.Words.Word("statuses", status.String()), "day", c.day), "members")
		return c.inOrder(v, func(id model.ID) date.Date { return c.since(id, status) }), nil
	}
}

func associates(c call) (Value, *failure) {
	var s model.Set
	for _, status := range []model.Status{model.Associate, model.AssociateMember, model.AssociatePartner} {
		s = s.Or(c.e.w.Members(c.t.ID, c.day, status))
	}
	return setOf(c, s, c.why("associates", "day", c.day), "members"), nil
}

func allies(c call) (Value, *failure) {
	v, f := members(model.Member)(c)
	if f != nil {
		return v, f
	}
	r := v.set.Count()
	return Value{kind: countValue, count: model.Range{Low: max(0, r.Low-1), High: max(0, r.High-1)}, Subject: c.t.ID, Fragment: "members",
		Why: c.why("less-one", "day", c.day)}, nil
}

func listed(ids []model.ID) model.Set { return model.Set{Certain: ids, Possible: ids} }

func founders(c call) (Value, *failure) {
	ids := c.e.w.Founders(c.t.ID)
	v := setOf(c, listed(ids), c.why("founding"), "members")
	return c.inOrder(v, func(id model.ID) date.Date { return c.since(id, model.Member) }), nil
}

// member resolves the argument of a function to a state or body.
func (c call) member() (*model.Thing, *failure) {
	who, ok := c.e.w.Lookup(c.arg)
	if !ok {
		bad := c.e.fail(c.argAt, c.argAt+len(c.arg), "FX002", fmt.Sprintf("no record %q", c.arg), c.e.nearestRecord(c.arg))
		return nil, &bad
	}
	return who, nil
}

func joined(c call) (Value, *failure) {
	m, f := c.membership(func(m model.Membership) bool { return !m.Period.From.IsZero() }, "no membership")
	if f != nil {
		return Value{}, f
	}
	return Value{kind: dateValue, date: m.Period.From, Subject: c.t.ID, Fragment: "members", Sources: c.sourcesOf(m),
		Why: c.why("start", "member", c.e.w.Thing(m.Member).Name) + c.basis(m.Record.Basis)}, nil
}

func left(c call) (Value, *failure) {
	m, f := c.membership(func(m model.Membership) bool { return !m.Period.Until.IsZero() }, "no end of a membership")
	if f != nil {
		return Value{}, f
	}
	return Value{kind: dateValue, date: m.Period.Until, Subject: c.t.ID, Fragment: "members", Sources: c.sourcesOf(m),
		Why: c.why("end", "member", c.e.w.Thing(m.Member).Name) + c.basis(m.Record.End)}, nil
}

func ordinal(c call) (Value, *failure) {
	who, f := c.member()
	if f != nil {
		return Value{}, f
	}
	r := c.e.w.Ordinal(c.t.ID, who.ID)
	if r.Low == 0 {
		return Value{}, c.lacksMembership(who, fmt.Sprintf("%q was never a member of %q", who.Slug, c.t.Slug))
	}
	return Value{kind: countValue, count: r, Subject: c.t.ID, Fragment: "members",
		Why: c.why("ordinal", "member", who.Name)}, nil
}

func bodies(c call) (Value, *failure) {
	var s model.Set
	for _, m := range c.e.w.MembershipsOf(c.t.ID) {
		if m.Status != model.Member {
			continue
		}
		switch m.Period.Contains(c.day) {
		case date.Yes:
			s.Certain = append(s.Certain, m.Body)
			s.Possible = append(s.Possible, m.Body)
		case date.Unknown:
			s.Possible = append(s.Possible, m.Body)
		}
	}
	s = s.Or(model.Set{})
	return setOf(c, s, c.e.w.Words.Say("why.alliances", "name", c.t.Name, "day", c.day), "alliances"), nil
}

// lookupAll turns ids of the data into things, in the order of the data.
func lookupAll(w *model.World, slugs []string) []model.ID {
	var ids []model.ID
	for _, s := range slugs {
		if t, ok := w.Lookup(s); ok {
			ids = append(ids, t.ID)
		}
	}
	return ids
}

func orderedSet(c call, slugs []string, why, fragment string) Value {
	ids := lookupAll(c.e.w, slugs)
	v := setOf(c, listed(ids).Or(model.Set{}), why, fragment)
	v.ids = ids
	return v
}

func parties(c call) (Value, *failure) {
	var slugs []string
	for _, p := range c.t.Treaty.Parties {
		slugs = append(slugs, p.Member)
	}
	if !c.t.Treaty.PartiesComplete {
		bad := c.e.fail(c.start, c.end, "FX005", fmt.Sprintf("the list of parties of %q is not complete, so it cannot be counted", c.t.Slug),
			"complete the list and set parties_complete: true, or write the figure with a source")
		return Value{}, &bad
	}
	return orderedSet(c, slugs, "parties on record of the "+c.t.Label(), "parties"), nil
}

func takingPart(c call) (Value, *failure) {
	return orderedSet(c, c.t.Exercise.Participants, "participants on record of "+c.t.Label(), "participants"), nil
}

func leads(c call) (Value, *failure) {
	return orderedSet(c, c.t.Exercise.Lead, "lead of "+c.t.Label(), "top"), nil
}

func editions(c call) (Value, *failure) {
	n := len(c.t.Exercise.Editions)
	return Value{kind: countValue, count: model.Range{Low: n, High: n}, Subject: c.t.ID, Fragment: "editions", Why: c.why("editions")}, nil
}

func dateOf(get func(*model.Thing) date.Date) func(call) (Value, *failure) {
	return func(c call) (Value, *failure) {
		d := get(c.t)
		if d.IsZero() {
			return Value{}, c.lacks(c.e.src[c.start:c.end], fmt.Sprintf("the record of %q does not say", c.t.Slug), "enter the date in the record, or leave the sentence out")
		}
		return Value{kind: dateValue, date: d, Subject: c.t.ID, Fragment: "top", Why: c.why("record")}, nil
	}
}

func textOf(get func(*model.Thing) string) func(call) (Value, *failure) {
	return func(c call) (Value, *failure) {
		s := get(c.t)
		if s == "" {
			return Value{}, c.lacks(c.e.src[c.start:c.end], fmt.Sprintf("the record of %q does not say", c.t.Slug), "enter it in the record, or leave the sentence out")
		}
		return Value{kind: textValue, text: s, Subject: c.t.ID, Fragment: "top", Why: c.why("record")}, nil
	}
}

func article(c call) (Value, *failure) {
	for _, a := range c.t.Treaty.Articles {
		if a.Number == c.arg {
			return Value{kind: textValue, text: a.About, Subject: c.t.ID, Fragment: "articles", Why: c.why("record")}, nil
		}
	}
	bad := c.e.fail(c.argAt, c.argAt+len(c.arg), "FX006", fmt.Sprintf("the record of %q has no article %q", c.t.Slug, c.arg), "")
	return Value{}, &bad
}

func age(c call) (Value, *failure) {
	day := c.day
	if end := c.t.EndDate(); !end.IsZero() {
		first, _ := end.Bounds()
		day = min(day, first)
	}
	if c.t.Began().IsZero() {
		return dateOf((*model.Thing).Began)(c)
	}
	n, known := date.Age(c.t.Began(), day)
	r := model.Range{Low: n, High: n}
	if known != date.Yes {
		r.High++
	}
	return Value{kind: countValue, count: r, Subject: c.t.ID, Fragment: "top", Why: c.why("years", "from", c.t.Began(), "until", day)}, nil
}

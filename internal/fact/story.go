package fact

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"entente/internal/date"
	"entente/internal/model"
)

// since is the first day of someone's latest stay in a standing.
func (c call) since(id model.ID, status model.Status) date.Date {
	var from date.Date
	for _, m := range c.e.w.MembersOf(c.t.ID) {
		if m.Member == id && m.Status == status && (from.IsZero() || date.Order(m.Period.From, from) > 0) && m.Period.Contains(c.day) != date.No {
			from = m.Period.From
		}
	}
	if from.IsZero() { // founders that left again
		for _, m := range c.e.w.MembersOf(c.t.ID) {
			if m.Member == id && m.Status == status && (from.IsZero() || date.Order(m.Period.From, from) < 0) {
				from = m.Period.From
			}
		}
	}
	return from
}

// inOrder gives a set its first and its last: by a date of each thing, those
// of one date together.
func (c call) inOrder(v Value, of func(model.ID) date.Date) Value {
	if c.counted() {
		return v
	}
	dates := map[model.ID]date.Date{}
	for _, id := range v.ids {
		dates[id] = of(id)
	}
	v.order = slices.Clone(v.ids)
	slices.SortStableFunc(v.order, func(a, b model.ID) int { return date.Order(dates[a], dates[b]) })
	v.tied = func(a, b model.ID) bool {
		return date.Before(dates[a], dates[b]) != date.Yes && date.Before(dates[b], dates[a]) != date.Yes
	}
	c.e.detail = func(id model.ID) string {
		if d, ok := dates[id]; ok {
			return d.Text()
		}
		return ""
	}
	return v
}

// membership finds the latest full membership of the argument that fits.
func (c call) membership(fits func(model.Membership) bool, missing string) (model.Membership, *failure) {
	who, f := c.member()
	if f != nil {
		return model.Membership{}, f
	}
	var found []model.Membership
	for _, m := range c.e.w.MembersOf(c.t.ID) {
		if m.Member == who.ID && m.Status == model.Member && fits(m) {
			found = append(found, m)
		}
	}
	if len(found) == 0 {
		message := fmt.Sprintf("the data has %s of %q in %q", missing, who.Slug, c.t.Slug)
		if c.e.w.Ordinal(c.t.ID, who.ID).Low > 0 {
			return model.Membership{}, c.lacks(who.Slug+" "+missing, message, "") // a member, but not of that kind
		}
		return model.Membership{}, c.lacksMembership(who, message)
	}
	return slices.MaxFunc(found, func(a, b model.Membership) int { return date.Order(a.Period.From, b.Period.From) }), nil
}

// sourcesOf are the sources of one membership: its own, else its record's.
func (c call) sourcesOf(m model.Membership) []string {
	if len(m.Record.Sources) > 0 {
		return m.Record.Sources
	}
	return c.t.Sources
}

// basis adds the act to a derivation: " (accession)".
func (c call) basis(word string) string {
	if word == "" {
		return ""
	}
	return " (" + c.e.w.Words.Word("basis", word) + ")"
}

// bounds reads the argument of a function as a date or a period.
func (c call) bounds() (lo, hi date.Day, text string, f *failure) {
	from, until, interval := strings.Cut(c.arg, "/")
	if !interval {
		until = from
	}
	var ends [2]date.Date
	for i, s := range []string{from, until} {
		d, err := date.Parse(strings.TrimSpace(s))
		if err != nil {
			derr := err.(*date.Error)
			bad := c.e.fail(c.argAt, c.argAt+len(c.arg), "FX004", derr.Msg, derr.Hint)
			return 0, 0, "", &bad
		}
		ends[i] = d
	}
	lo, _ = ends[0].Bounds()
	_, hi = ends[1].Bounds()
	words := c.e.w.Words
	text = words.On(ends[0])
	if interval {
		text = words.Say("date.from-to", "from", ends[0], "to", ends[1])
	}
	return lo, hi, text, nil
}

// changers are the full members whose membership begins or ends certainly
// within bounds, with the date of each.
func (c call) changers(lo, hi date.Day, end func(date.Period) date.Date) ([]model.ID, map[model.ID]date.Date) {
	var ids []model.ID
	dates := map[model.ID]date.Date{}
	for _, m := range c.e.w.MembersOf(c.t.ID) {
		d := end(m.Period)
		if m.Status != model.Member || d.IsZero() {
			continue
		}
		if first, last := d.Bounds(); first >= lo && last <= hi {
			if _, twice := dates[m.Member]; !twice {
				ids = append(ids, m.Member)
			}
			dates[m.Member] = d
		}
	}
	slices.Sort(ids)
	return ids, dates
}

func begins(p date.Period) date.Date { return p.From }
func ends(p date.Period) date.Date   { return p.Until }

func (c call) changed(word string, end func(date.Period) date.Date) (Value, *failure) {
	lo, hi, text, f := c.bounds()
	if f != nil {
		return Value{}, f
	}
	ids, dates := c.changers(lo, hi, end)
	v := setOf(c, listed(ids), c.why(word, "when", text), "members")
	return c.inOrder(v, func(id model.ID) date.Date { return dates[id] }), nil
}

func joiners(c call) (Value, *failure) { return c.changed("joined", begins) }
func leavers(c call) (Value, *failure) { return c.changed("left", ends) }

// others are those who came or went on the date on which the argument did.
func (c call) others(word, missing string, end func(date.Period) date.Date) (Value, *failure) {
	m, f := c.membership(func(m model.Membership) bool { return !end(m.Period).IsZero() }, missing)
	if f != nil {
		return Value{}, f
	}
	lo, hi := end(m.Period).Bounds()
	ids, _ := c.changers(lo, hi, end)
	ids = slices.DeleteFunc(ids, func(id model.ID) bool { return id == m.Member })
	return setOf(c, listed(ids), c.why(word+"-with", "member", c.e.w.Thing(m.Member).Name, "day", end(m.Period)), "members"), nil
}

func joinedWith(c call) (Value, *failure) { return c.others("joined", "no membership", begins) }
func leftWith(c call) (Value, *failure)   { return c.others("left", "no end of a membership", ends) }

func nth(c call) (Value, *failure) {
	n, ok := ParseNumber(c.arg)
	if !ok || n.Value < 1 {
		bad := c.e.fail(c.argAt, c.argAt+len(c.arg), "FX004", fmt.Sprintf("%q is not a number", c.arg), "write for example nato.nth(32)")
		return Value{}, &bad
	}
	var ids []model.ID
	for _, m := range c.e.w.MembersOf(c.t.ID) {
		if r := c.e.w.Ordinal(c.t.ID, m.Member); m.Status == model.Member && r.Low <= n.Value && n.Value <= r.High && !slices.Contains(ids, m.Member) {
			ids = append(ids, m.Member)
		}
	}
	if len(ids) == 0 {
		return Value{}, c.lacks(fmt.Sprint("member ", n.Value), fmt.Sprintf("%q has had fewer than %d members", c.t.Slug, n.Value), "")
	}
	slices.Sort(ids)
	how := "nth"
	if len(ids) > 1 {
		how = "nth-among"
	}
	return setOf(c, listed(ids), c.why(how, "n", c.e.short(n.Value)), "members"), nil
}

func former(c call) (Value, *failure) {
	now := c.e.w.Members(c.t.ID, c.day, model.Member)
	var ids []model.ID
	left := map[model.ID]date.Date{}
	for _, m := range c.e.w.MembersOf(c.t.ID) {
		if m.Status != model.Member || m.Period.Until.IsZero() || now.Has(m.Member) != date.No {
			continue
		}
		if _, last := m.Period.Until.Bounds(); last > c.day {
			continue
		}
		if _, twice := left[m.Member]; !twice {
			ids = append(ids, m.Member)
		}
		if date.Order(m.Period.Until, left[m.Member]) > 0 || left[m.Member].IsZero() {
			left[m.Member] = m.Period.Until
		}
	}
	slices.Sort(ids)
	v := setOf(c, listed(ids), c.why("left-by", "day", c.day), "members")
	return c.inOrder(v, func(id model.ID) date.Date { return left[id] }), nil
}

func stay(c call) (Value, *failure) {
	who, f := c.member()
	if f != nil {
		return Value{}, f
	}
	stays := c.e.w.Stays(c.t.ID, who.ID)
	if len(stays) == 0 {
		return Value{}, c.lacksMembership(who, fmt.Sprintf("the data has no membership of %q in %q", who.Slug, c.t.Slug))
	}
	return Value{kind: periodValue, periods: stays, Subject: c.t.ID, Fragment: "members",
		Why: c.why("membership", "member", who.Name, "day", c.day)}, nil
}

func years(c call) (Value, *failure) {
	v, f := stay(c)
	if f != nil {
		return v, f
	}
	total := model.Range{}
	for _, p := range v.periods {
		n, exact := wholeYears(p, c.day)
		total.Low += n
		total.High += n
		if !exact {
			total.High++
		}
	}
	return Value{kind: countValue, count: total, Subject: c.t.ID, Fragment: "members", Why: c.e.w.Words.Say("why.years-of", "why", v.Why)}, nil
}

// wholeYears counts from the start of a period to its end, or to the day
// while it goes on.
func wholeYears(p date.Period, day date.Day) (n int, exact bool) {
	exact = p.Until.IsZero() || p.Until.Exact()
	if !p.Until.IsZero() {
		first, _ := p.Until.Bounds()
		day = min(day, first)
	}
	if first, _ := p.From.Bounds(); first > day {
		return 0, true
	}
	n, known := date.Age(p.From, day)
	return n, exact && known == date.Yes
}

func period(c call) (Value, *failure) {
	p := date.Period{From: c.t.Began(), Until: c.t.EndDate()}
	if p.From.IsZero() {
		return dateOf((*model.Thing).Began)(c)
	}
	return Value{kind: periodValue, periods: []date.Period{p}, Subject: c.t.ID, Fragment: "top",
		Why: c.why("record-on", "day", c.day)}, nil
}

// eventTypes lists the types that events of the data have.
func eventTypes(w *model.World) []string {
	var all []string
	for _, t := range w.Of(model.Event) {
		all = append(all, t.Event.Type)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func events(c call) (Value, *failure) {
	types := eventTypes(c.e.w)
	if !slices.Contains(types, c.arg) {
		bad := c.e.fail(c.argAt, c.argAt+len(c.arg), "FX004", fmt.Sprintf("no event of type %q", c.arg), near(c.arg, types, "the types are "+strings.Join(types, ", ")))
		return Value{}, &bad
	}
	var ids []model.ID
	for _, id := range c.e.w.Events(c.t.ID) {
		e := c.e.w.Thing(id).Event
		if first, _ := e.Date.Bounds(); e.Type == c.arg && first <= c.day {
			ids = append(ids, id)
		}
	}
	slices.SortStableFunc(ids, func(a, b model.ID) int { return cmp.Compare(a, b) })
	v := setOf(c, listed(ids), c.why("events", "type", c.e.w.Words.Word("type", c.arg), "day", c.day), "events")
	return c.inOrder(v, func(id model.ID) date.Date { return c.e.w.Thing(id).Event.Date }), nil
}

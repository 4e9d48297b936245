package edition

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// What says how something changed.
type What string

// What can change. A record that came or went says nothing more of its
// fields.
const (
	Added    What = "added"   // a thing
	Removed  What = "removed" // a thing
	Renamed  What = "renamed" // name, id or address; Was and Is
	Joined   What = "joined"  // Entry became a member of the thing, on Is
	Left     What = "left"    // Entry ended its membership, on Is
	Gained   What = "gained"  // List has Entry now
	Lost     What = "lost"    // List no longer has Entry
	Changed  What = "changed" // Field was Was and is Is; inside Entry of List when these are set
	Reworded What = "text"    // the text, in N paragraphs
)

// Change is one thing that differs between two editions.
type Change struct {
	What        What
	Kind, ID    string // of the thing, as it is now, or was when it is gone
	Name, Path  string
	List, Entry string // "members", "finland"
	Field       string // "in_force", "codes.iso2"
	Was, Is     string
	N           int      // how many paragraphs differ
	Gone, Come  []string // paragraphs of a text
}

// Compare lists what changed from a to b: in order of kind and id, in a thing
// its name first, then its record, then its text.
func Compare(a, b *Edition) []Change {
	var list []Change
	var gone, come []*Entry
	var both [][2]*Entry
	i, j := 0, 0
	for i < len(a.Entries) || j < len(b.Entries) {
		c := 0
		switch {
		case i == len(a.Entries):
			c = 1
		case j == len(b.Entries):
			c = -1
		default:
			c = order(a.Entries[i], b.Entries[j])
		}
		switch {
		case c < 0:
			gone = append(gone, &a.Entries[i])
			i++
		case c > 0:
			come = append(come, &b.Entries[j])
			j++
		default:
			if !a.Entries[i].Same(&b.Entries[j]) {
				both = append(both, [2]*Entry{&a.Entries[i], &b.Entries[j]})
			}
			i, j = i+1, j+1
		}
	}
	left := map[string]*Entry{} // by all that they say but for the id
	for _, e := range gone {
		left[e.withoutID()] = e
	}
	for _, now := range come {
		if was := left[now.withoutID()]; was != nil && len(now.Record)+len(now.Text) > 0 {
			left[now.withoutID()] = nil
			gone = slices.DeleteFunc(gone, func(e *Entry) bool { return e == was })
			list = append(list, now.change(Change{What: Renamed, Was: was.ID, Is: now.ID}))
			continue
		}
		list = append(list, now.change(Change{What: Added}))
	}
	for _, e := range gone {
		list = append(list, e.change(Change{What: Removed}))
	}
	for _, pair := range both {
		list = append(list, differences(pair[0], pair[1])...)
	}
	slices.SortStableFunc(list, func(x, y Change) int {
		return order(Entry{Kind: x.Kind, ID: x.ID}, Entry{Kind: y.Kind, ID: y.ID})
	})
	return list
}

// withoutID is all that an entry says but for its id and address.
func (e *Entry) withoutID() string {
	return e.Kind + "\n" + strings.Replace(string(e.Record), `"id":`+text(e.ID), "", 1) + "\n" + e.Text
}

func (e *Entry) change(c Change) Change {
	c.Kind, c.ID, c.Name, c.Path = e.Kind, e.ID, e.Name, e.Path
	return c
}

// differences lists what differs between two states of one thing.
func differences(was, now *Entry) []Change {
	var list []Change
	if was.Name != now.Name {
		list = append(list, Change{What: Renamed, Was: was.Name, Is: now.Name})
	} else if was.Path != now.Path {
		list = append(list, Change{What: Renamed, Was: was.Path, Is: now.Path})
	}
	if !bytes.Equal(was.Record, now.Record) {
		d := differ{members: was.Kind == "organisations"}
		d.object("", object(was.Record), object(now.Record))
		for _, c := range d.list {
			if (c.Field == "name" || c.Field == "title" || c.Field == "term") && c.List == "" && was.Name != now.Name {
				continue // said already
			}
			list = append(list, c)
		}
	}
	if was.Text != now.Text {
		gone, come := paragraphs(was.Text, now.Text)
		list = append(list, Change{What: Reworded, N: max(len(gone), len(come), 1), Gone: gone, Come: come})
	}
	for i := range list {
		list[i] = now.change(list[i])
	}
	return list
}

// paragraphs gives those that went and those that came, in the order of their
// texts.
func paragraphs(was, now string) (gone, come []string) {
	without := func(a, b string) (rest []string) {
		count := map[string]int{}
		for p := range strings.SplitSeq(b, "\n") {
			count[p]++
		}
		for p := range strings.SplitSeq(a, "\n") {
			if count[p] > 0 {
				count[p]--
			} else if p != "" {
				rest = append(rest, p)
			}
		}
		return rest
	}
	return without(was, now), without(now, was)
}

// object reads a record without what says nothing in it.
func object(b json.RawMessage) map[string]any {
	var m any
	_ = json.Unmarshal(b, &m) // nil is an object without fields
	o, _ := said(m).(map[string]any)
	return o
}

// said leaves out what says nothing: empty words, lists and groups. In a list
// they keep their place.
func said(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for k, x := range v {
			if v[k] = said(x); v[k] == nil {
				delete(v, k)
			}
		}
		if len(v) == 0 {
			return nil
		}
	case []any:
		for i, x := range v {
			v[i] = said(x)
		}
		if len(v) == 0 {
			return nil
		}
	case string:
		if v == "" {
			return nil
		}
	}
	return v
}

// differ walks two records side by side.
type differ struct {
	list      []Change
	members   bool // the list "members" holds memberships
	in, entry string
}

func (d *differ) add(c Change) {
	c.List, c.Entry = d.in, d.entry
	d.list = append(d.list, c)
}

func (d *differ) object(before string, was, now map[string]any) {
	var keys []string
	for k := range was {
		keys = append(keys, k)
	}
	for k := range now {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	for _, k := range slices.Compact(keys) {
		d.value(before+k, was[k], now[k])
	}
}

func (d *differ) value(field string, was, now any) {
	if text(was) == text(now) {
		return
	}
	wasList, isList := was.([]any)
	nowList, isList2 := now.([]any)
	wasMap, isMap := was.(map[string]any)
	nowMap, isMap2 := now.(map[string]any)
	switch {
	case (isMap || was == nil) && (isMap2 || now == nil):
		d.object(field+".", wasMap, nowMap)
	case (isList || was == nil) && (isList2 || now == nil) && d.in == "" && (objects(wasList) || objects(nowList)):
		d.entries(field, wasList, nowList)
	case (isList || was == nil) && (isList2 || now == nil):
		d.words(field, wasList, nowList)
	case plain(was) != "" || plain(now) != "":
		d.add(Change{What: Changed, Field: field, Was: plain(was), Is: plain(now)})
	}
}

func objects(list []any) bool {
	return len(list) > 0 && slices.ContainsFunc(list, func(v any) bool { _, ok := v.(map[string]any); return ok })
}

// words compares two lists of words.
func (d *differ) words(field string, was, now []any) {
	come, gone := without(now, was), without(was, now)
	if len(come)+len(gone) == 0 {
		if len(was) > 0 { // another order
			d.add(Change{What: Changed, Field: field, Was: joined(was), Is: joined(now)})
		}
		return
	}
	for _, v := range gone {
		d.add(Change{What: Changed, Field: field, Was: plain(v)})
	}
	for _, v := range come {
		d.add(Change{What: Changed, Field: field, Is: plain(v)})
	}
}

// entries compares two lists of objects. Those that are the same fall away;
// the rest belong together by what they are of and when they began, then by
// what they are of.
func (d *differ) entries(field string, was, now []any) {
	gone, come := without(was, now), without(now, was)
	if len(gone)+len(come) == 0 {
		d.add(Change{What: Changed, Field: field, Was: labels(was), Is: labels(now)})
		return
	}
	partner := make([]int, len(come))
	taken := make([]bool, len(gone))
	for i := range partner {
		partner[i] = -1
	}
	for _, same := range []func(a, b any) bool{
		func(a, b any) bool { return label(a) == label(b) && value(a, "from") == value(b, "from") },
		func(a, b any) bool { return label(a) == label(b) },
	} {
		for i := range come {
			for k := range gone {
				if partner[i] < 0 && !taken[k] && same(gone[k], come[i]) {
					partner[i], taken[k] = k, true
				}
			}
		}
	}
	for k, g := range gone {
		if !taken[k] {
			d.list = append(d.list, Change{What: Lost, List: field, Entry: label(g)})
		}
	}
	for i, c := range come {
		if partner[i] < 0 {
			d.come(field, c)
			continue
		}
		d.in, d.entry = field, label(c)
		from := len(d.list)
		a, _ := gone[partner[i]].(map[string]any)
		b, _ := c.(map[string]any)
		d.object("", a, b)
		d.in, d.entry = "", ""
		if d.members && field == "members" {
			ended(d.list[from:])
		}
	}
}

// come tells of a new entry.
func (d *differ) come(field string, v any) {
	c := Change{What: Gained, List: field, Entry: label(v), Is: value(v, "from")}
	if d.members && field == "members" {
		c.What = Joined
	}
	d.list = append(d.list, c)
}

// ended makes the new end of a membership that had none a leaving.
func ended(list []Change) {
	for i, c := range list {
		if c.Field == "until" && c.Was == "" {
			list[i].What = Left
		}
	}
}

// without gives what is in a and not in b, counting repetitions.
func without(a, b []any) []any {
	count := map[string]int{}
	for _, v := range b {
		count[text(v)]++
	}
	var rest []any
	for _, v := range a {
		if k := text(v); count[k] > 0 {
			count[k]--
		} else {
			rest = append(rest, v)
		}
	}
	return rest
}

// label is what an entry of a list is of.
func label(v any) string {
	for _, key := range []string{"member", "id", "name", "page", "code", "number", "kind", "field", "text", "from"} {
		if s := value(v, key); s != "" {
			return s
		}
	}
	return plain(v)
}

func labels(list []any) string {
	var all []string
	for _, v := range list {
		all = append(all, label(v))
	}
	return strings.Join(all, ", ")
}

func value(v any, key string) string {
	m, _ := v.(map[string]any)
	return plain(m[key])
}

func joined(list []any) string {
	var all []string
	for _, v := range list {
		all = append(all, plain(v))
	}
	return strings.Join(all, ", ")
}

// plain writes a value as a reader would say it; "" for none.
func plain(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case bool, float64:
		return fmt.Sprint(v)
	}
	return text(v)
}

// text writes a value as JSON, keys in order.
func text(v any) string {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		panic("edition: " + err.Error())
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// String writes a change on a line, for a terminal.
func (c Change) String() string {
	at := c.Kind + "/" + c.ID
	field := c.Field
	if c.List != "" {
		field = c.List + " " + c.Entry + " " + c.Field
	}
	switch c.What {
	case Added, Removed:
		return fmt.Sprintf("%s: %s", at, c.What)
	case Renamed:
		return fmt.Sprintf("%s: renamed from %q to %q", at, c.Was, c.Is)
	case Joined, Left:
		return fmt.Sprintf("%s: %s %s on %s", at, c.Entry, c.What, c.Is)
	case Gained, Lost:
		return fmt.Sprintf("%s: %s %s %s", at, c.List, c.What, c.Entry)
	case Reworded:
		return fmt.Sprintf("%s: text changed, paragraphs: %d", at, c.N)
	}
	switch {
	case c.Was == "":
		return fmt.Sprintf("%s: %s now %q", at, field, c.Is)
	case c.Is == "":
		return fmt.Sprintf("%s: %s no longer %q", at, field, c.Was)
	}
	return fmt.Sprintf("%s: %s was %q, is %q", at, field, c.Was, c.Is)
}

package claim

import (
	"slices"
	"strings"
	"sync"

	"entente/internal/model"
)

// Reader reads the pages of one world. It is read-only and may be used by
// many goroutines.
type Reader struct {
	w     *model.World
	words map[string]*beginning // lower-case first word of names to them
	spare sync.Pool             // *[]token, for the sentences of a page
}

// beginning is the names that begin with one word. Those of more words lie by
// the second: a thousand treaties begin with "Treaty".
type beginning struct {
	alone   []entry            // of that word only
	further map[string][]entry // longest first
}

// entry is one name.
type entry struct {
	words []string // lower case
	text  string   // as declared
	what  meaning
}

// NewReader makes the reader of a world.
func NewReader(w *model.World) *Reader {
	r := &Reader{w: w, words: map[string]*beginning{}}
	for i := range w.Things {
		t := &w.Things[i]
		for _, n := range t.Names {
			if r.usable(t, n) {
				r.add(n.Text, t)
			}
		}
		if t.State != nil {
			for _, d := range t.State.Demonyms {
				r.add(d, t)
			}
		}
	}
	for _, b := range r.words {
		for _, list := range b.further {
			slices.SortStableFunc(list, func(a, b entry) int { return len(b.words) - len(a.words) })
		}
	}
	return r
}

// usable reports whether a name in a text may be taken to mean its thing.
func (r *Reader) usable(t *model.Thing, n model.Name) bool {
	switch t.Kind {
	case model.State, model.Organisation, model.Treaty, model.Exercise, model.Operation:
	default:
		return false
	}
	if n.Kind == model.ForeignName && strings.ToUpper(n.Text) != n.Text {
		return false
	}
	if len(n.Text) < 2 || t.Kind == model.Exercise && len(n.Text) < 3 || commonNames[n.Text] {
		return false
	}
	// An abbreviation beside a declared short form is not what people say:
	// WTO is more often another body.
	if o := t.Organisation; o != nil && n.Text == o.Abbr && o.Short != "" && o.Short != o.Abbr {
		return false
	}
	return true
}

// commonNames mean too much else.
var commonNames = set("Axis", "Interaction", "MILAN", "Milan", "Unitas", "Red Flag", "Flintlock", "Entente", "Allies", "United Nations (wartime)")

func (r *Reader) add(text string, t *model.Thing) {
	list := scan(text, nil, nil)
	var words []string
	for _, k := range list {
		words = append(words, k.w)
	}
	if len(words) == 0 {
		return
	}
	names := r.words[words[0]]
	if names == nil {
		names = &beginning{further: map[string][]entry{}}
		r.words[words[0]] = names
	}
	same := names.alone
	if len(words) > 1 {
		same = names.further[words[1]]
	}
	for i := range same {
		if e := &same[i]; slices.Equal(e.words, words) && e.text == text {
			e.what = e.what.with(r.w, t)
			return
		}
	}
	same = append(same, entry{words: words, text: text, what: nothing.with(r.w, t)})
	if len(words) > 1 {
		names.further[words[1]] = same
	} else {
		names.alone = same
	}
}

// ambiguous marks a name of two things of one kind.
const ambiguous model.ID = -2

func (m meaning) with(w *model.World, t *model.Thing) meaning {
	put := func(at *model.ID) {
		if *at == model.None || *at == t.ID {
			*at = t.ID
		} else {
			*at = ambiguous
		}
	}
	switch t.Kind {
	case model.State:
		put(&m.state)
	case model.Organisation:
		put(&m.body)
	case model.Treaty:
		put(&m.treaty)
	case model.Exercise, model.Operation:
		put(&m.activity)
	}
	return m
}

// clear reports whether the name means one thing, or a body and the treaty
// that it rests on.
func (r *Reader) clear(m meaning) (meaning, bool) {
	n := 0
	for _, id := range []model.ID{m.state, m.body, m.treaty, m.activity} {
		if id == ambiguous {
			return nothing, false
		}
		if id != model.None {
			n++
		}
	}
	if n == 2 && m.body != model.None && m.treaty != model.None {
		if slices.Contains(r.w.Thing(m.body).Organisation.Treaties, r.w.Thing(m.treaty).Slug) {
			return m, true
		}
	}
	return m, n == 1
}

// groups of states that texts name by one word.
var groups = map[string][]string{
	"baltic states": {"estonia", "latvia", "lithuania"}, "baltic republics": {"estonia", "latvia", "lithuania"},
	"benelux countries": {"belgium", "netherlands", "luxembourg"}, "benelux states": {"belgium", "netherlands", "luxembourg"},
}

// names joins the words of names. The longest name wins, and words must be
// written with the capitals of the name.
func (r *Reader) names(text string, list []token) []token {
	out := list[:0]
	for i := 0; i < len(list); {
		t := &list[i]
		if t.kind == word {
			if n, e := r.nameAt(text, list[i:]); n > 0 {
				last := &list[i+n-1]
				what, ok := r.clear(e.what)
				k := token{kind: name, start: t.start, end: last.end, w: "@", what: what, owner: last.owner, capital: true}
				if !ok {
					k.kind, k.what = opaque, nothing
				}
				i += n
				if i < len(list) && r.titled(k, list[i]) {
					k.end, k.owner = list[i].end, list[i].owner
					i++
				}
				out = append(out, k)
				continue
			}
		}
		out = keep(out, list, i)
		i++
	}
	return out
}

// titled reports whether a noun only says what the named body is: "the Five
// Eyes partnership", "the ASEAN bloc".
func (r *Reader) titled(n, noun token) bool {
	if n.kind != name || n.owner || n.what.body == model.None || noun.kind != word || noun.capital {
		return false
	}
	o := r.w.Thing(n.what.body).Organisation
	switch noun.w {
	case "alliance", "pact", "bloc", "grouping":
		return true
	case "partnership", "organisation", "organization", "coalition", "forum":
		return strings.HasSuffix(o.Type, strings.Replace(noun.w, "z", "s", 1))
	}
	return false
}

func (r *Reader) nameAt(text string, l []token) (int, *entry) {
	names := r.words[l[0].w]
	if names == nil {
		return 0, nil
	}
	if len(l) > 1 {
		if n, e := longest(text, l, names.further[l[1].w]); n > 0 {
			return n, e
		}
	}
	return longest(text, l, names.alone)
}

// longest gives the first of some names that stands at the head of a list.
func longest(text string, l []token, names []entry) (int, *entry) {
	for i := range names {
		e := &names[i]
		n := len(e.words)
		if n > len(l) {
			continue
		}
		ok := true
		for k := 1; k < n && ok; k++ {
			ok = l[k].w == e.words[k] && !l[k-1].owner
		}
		if !ok {
			continue
		}
		said := text[l[0].start:l[n-1].end]
		if l[n-1].owner {
			said = strings.TrimSuffix(strings.TrimSuffix(said, "'s"), "’s")
		}
		if fits(said, e.text) && !hyphenated(l, n) {
			return n, e
		}
	}
	return 0, nil
}

// hyphenated reports whether a name is the head of a compound: "NATO-led".
func hyphenated(l []token, n int) bool {
	return n+1 < len(l) && l[n].w == "-" && l[n].start == l[n-1].end && l[n+1].start == l[n].end
}

func fits(said, declared string) bool {
	if said == declared {
		return true
	}
	norm := func(s string) string {
		return strings.Join(strings.Fields(strings.NewReplacer("‑", "-", "’", "'", "–", "-").Replace(s)), " ")
	}
	a, b := norm(said), norm(declared)
	return a == b || strings.EqualFold(a, b) && len(b) > 4 && strings.ToUpper(a) != strings.ToLower(b) && a[0] == b[0]
}

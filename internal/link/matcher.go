// Package link decides what the author's words refer to: it finds first
// mentions of names in running text, resolves explicit references, binds
// facts and citations, and so implements the Binder of package prose.
//
// Link decides what is linked and where it leads. It knows nothing of
// Markdown or of files, and of HTML no more than the attributes of a link.
package link

import (
	"cmp"
	"maps"
	"math/bits"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"entente/internal/model"
)

// Matcher finds names in text: one pass whatever the number of names. The
// names of a large site are most of the work on a new world, and hardly any
// of them differ: a matcher may lie over that of another world.
type Matcher struct {
	world *model.World
	base  *trie          // of all names, in this world or one before it
	over  *trie          // of the names of the moved things in this world
	moved map[meant]bool // things whose names base does not tell
}

// trie is a trie over words: each name is a path of word numbers, so that a
// text is read word by word and each word costs one look-up.
type trie struct {
	words map[string]int32 // folded word to its number
	first []int32          // word to the node of names that begin with it, or 0
	edges map[edge]int32   // node and word to node
	nodes []node           // node 0 is the root
	sieve sieve            // of the words that names begin with
}

// sieve is a set of words that may say yes for what is not in it: a bit for
// each hash. Nearly every word of a text falls through, without a look into a
// large map.
type sieve []uint64

// newSieve makes a sieve for so many words; hardly one in twenty others is held.
func newSieve(words int) sieve {
	return make(sieve, 1<<bits.Len(uint(words)/4))
}

func (s sieve) bit(word []byte) (*uint64, uint64) {
	h := hash(offset, word)
	return &s[h>>6&uint64(len(s)-1)], 1 << (h & 63)
}

func (s sieve) add(word []byte) {
	at, bit := s.bit(word)
	*at |= bit
}

func (s sieve) has(word []byte) bool {
	at, bit := s.bit(word)
	return *at&bit != 0
}

type edge struct{ node, word int32 }

// node is the end of zero or more names.
type node struct {
	targets []target
	leaf    bool // no name goes on from here
}

// meant is a thing in any world; IDs are those of one.
type meant struct {
	kind model.Kind
	slug string
}

// target is one thing meant by the name that ends at a node.
type target struct {
	meant meant
	id    model.ID // of the thing, in the world whose names were entered
	name  string   // as declared, for the check of capitals
	kind  model.NameKind
	plain bool
}

// NewMatcher builds the matcher over all names that are linked by themselves.
func NewMatcher(w *model.World) *Matcher {
	base := newTrie(1024)
	for i := range w.Things {
		base.addThing(&w.Things[i])
	}
	base.finish()
	over := newTrie(1)
	over.finish()
	return &Matcher{world: w, base: base, over: over}
}

// manyMoved is where a matcher of its own costs less than one that lies over
// another.
const manyMoved = 200

// Follow gives the matcher of another world.
func (m *Matcher) Follow(w *model.World) *Matcher {
	moved := maps.Clone(m.moved)
	if moved == nil {
		moved = map[meant]bool{}
	}
	pairs(m.world, w, func(a, b *model.Thing) {
		if a == nil || b == nil || !slices.Equal(a.Names, b.Names) {
			t := cmp.Or(a, b)
			moved[meant{t.Kind, t.Slug}] = true
		}
	})
	if len(moved) > manyMoved {
		return NewMatcher(w)
	}
	next := &Matcher{world: w, base: m.base, over: newTrie(1), moved: moved}
	for k := range moved {
		if t := k.in(w); t != nil {
			next.over.addThing(t)
		}
	}
	next.over.finish()
	return next
}

// in gives the thing in a world; nil when it is not there.
func (k meant) in(w *model.World) *model.Thing {
	look := w.Lookup
	if k.kind == model.Source {
		look = w.LookupSource
	}
	if t, ok := look(k.slug); ok && t.Kind == k.kind {
		return t
	}
	return nil
}

func newTrie(room int) *trie {
	return &trie{words: map[string]int32{}, edges: map[edge]int32{}, nodes: make([]node, 1, room)}
}

// addThing enters the names of a thing that are linked by themselves.
func (m *trie) addThing(t *model.Thing) {
	for _, n := range t.Names {
		if n.Auto && utf8.RuneCountInString(n.Text) > 1 {
			m.add(n, target{meant: meant{t.Kind, t.Slug}, id: t.ID})
		}
	}
}

// finish puts what each name means in order and makes the trie ready to find.
func (m *trie) finish() {
	m.sieve = newSieve(len(m.words))
	for word, w := range m.words {
		if m.first[w] != 0 {
			m.sieve.add([]byte(word))
		}
	}
	for i := range m.nodes {
		slices.SortStableFunc(m.nodes[i].targets, compareTargets)
	}
}

func compareTargets(a, b target) int {
	return cmp.Or(cmp.Compare(a.kind, b.kind), cmp.Compare(a.meant.kind, b.meant.kind), cmp.Compare(a.meant.slug, b.meant.slug))
}

// add enters a name, and its plural when it is an ordinary noun.
func (m *trie) add(n model.Name, what target) {
	m.insert(n.Text, n, what)
	if n.Plain {
		if p := pluralOf(n.Text); p != "" {
			m.insert(p, n, what)
		}
	}
}

func (m *trie) insert(text string, n model.Name, what target) {
	at := int32(0)
	s := scanner{text: text}
	for s.next() {
		w, ok := m.words[s.folded()]
		if !ok {
			w = int32(len(m.words))
			m.words[s.folded()] = w
			m.first = append(m.first, 0)
		}
		to, ok := m.edges[edge{at, w}]
		if !ok {
			to = int32(len(m.nodes))
			m.nodes = append(m.nodes, node{leaf: true})
			m.edges[edge{at, w}] = to
			m.nodes[at].leaf = false
			if at == 0 {
				m.first[w] = to
			}
		}
		at = to
	}
	if at == 0 {
		return
	}
	for _, t := range m.nodes[at].targets {
		if t.meant == what.meant && t.name == text {
			return
		}
	}
	what.name, what.kind, what.plain = text, n.Kind, n.Plain
	m.nodes[at].targets = append(m.nodes[at].targets, what)
}

// pluralOf forms the regular English plural of the last word of a noun; ""
// when it is a plural already.
func pluralOf(noun string) string {
	switch {
	case strings.HasSuffix(noun, "s") && !strings.HasSuffix(noun, "ss"):
		return ""
	case strings.HasSuffix(noun, "y") && len(noun) > 2 && !strings.ContainsRune("aeiou", rune(noun[len(noun)-2])):
		return noun[:len(noun)-1] + "ies"
	case strings.HasSuffix(noun, "ss"), strings.HasSuffix(noun, "x"), strings.HasSuffix(noun, "ch"), strings.HasSuffix(noun, "sh"):
		return noun + "es"
	}
	return noun + "s"
}

// scanner reads a text word by word. A word is a run of letters and digits,
// with the stops of an abbreviation ("U.S.") left out.
type scanner struct {
	text       string
	start, end int // of the current word
	buf        []byte
}

func (s *scanner) next() bool {
	i := s.end
	for i < len(s.text) {
		r, n := rune(s.text[i]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(s.text[i:])
		}
		if isWord(r) {
			break
		}
		i += n
	}
	s.start = i
	s.buf = s.buf[:0]
	for i < len(s.text) {
		c := s.text[i]
		switch {
		case c >= 'a' && c <= 'z' || c >= '0' && c <= '9':
			s.buf = append(s.buf, c)
			i++
			continue
		case c >= 'A' && c <= 'Z':
			s.buf = append(s.buf, c+'a'-'A')
			i++
			continue
		case c == '.' && i-s.start == 1 && i+1 < len(s.text) && isUpperASCII(s.text[i-1]) && isUpperASCII(s.text[i+1]):
			i = s.abbreviation(i)
			s.end = i
			return true
		case c < utf8.RuneSelf:
		default:
			r, n := utf8.DecodeRuneInString(s.text[i:])
			if isWord(r) {
				s.buf = utf8.AppendRune(s.buf, unicode.ToLower(r))
				i += n
				continue
			}
		}
		break
	}
	s.end = i
	return i > s.start
}

// abbreviation reads the rest of "U.S." or "U.S.S.R" from its first stop.
func (s *scanner) abbreviation(i int) int {
	for i+1 < len(s.text) && s.text[i] == '.' && isUpperASCII(s.text[i+1]) &&
		(i+2 >= len(s.text) || s.text[i+2] == '.' || !isWord(rune(s.text[i+2]))) {
		s.buf = append(s.buf, s.text[i+1]+'a'-'A')
		i += 2
	}
	if i < len(s.text) && s.text[i] == '.' && len(s.buf) > 1 {
		i++
	}
	return i
}

func isUpperASCII(c byte) bool { return c >= 'A' && c <= 'Z' }

func isWord(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r)
}

// folded is the current word in lower case.
func (s *scanner) folded() string { return string(s.buf) }

// found is a name in a text.
type found struct {
	start, end int
	targets    []target
}

// longest finds the longest name that begins with the scanner's current word.
func (m *Matcher) longest(text string, s scanner) (found, bool) {
	if !m.over.begins(s.buf) {
		return m.base.longest(text, s, m.moved)
	}
	ahead := s
	ahead.buf = slices.Clone(s.buf)
	over, ok := m.over.longest(text, ahead, nil)
	f, known := m.base.longest(text, s, m.moved)
	switch {
	case !ok || known && f.end > over.end:
		return f, known
	case known && f.end == over.end:
		over.targets = slices.Concat(f.targets, over.targets)
		slices.SortStableFunc(over.targets, compareTargets)
	}
	return over, true
}

// begins reports whether names begin with a word, as with few words.
func (m *trie) begins(word []byte) bool {
	if !m.sieve.has(word) {
		return false
	}
	w, known := m.words[string(word)]
	return known && m.first[w] != 0
}

// longest finds the longest name of things that have not moved. Only blanks,
// one line end, hyphens and apostrophes may stand between the words of a name.
func (m *trie) longest(text string, s scanner, moved map[meant]bool) (found, bool) {
	var best found
	ok := false
	at := int32(0)
	start := s.start
	if !m.sieve.has(s.buf) {
		return best, false // as for nearly every word
	}
	w, known := m.words[string(s.buf)]
	if !known || m.first[w] == 0 {
		return best, false
	}
	for {
		if at > 0 {
			if w, known = m.words[string(s.buf)]; !known {
				break
			}
		}
		to, goes := m.edges[edge{at, w}]
		if !goes {
			break
		}
		at = to
		last := s.end
		if targets := staying(m.nodes[at].targets, moved); len(targets) > 0 {
			best, ok = found{start, last, targets}, true
		}
		if m.nodes[at].leaf || !s.next() || !joins(text[last:s.start]) {
			break
		}
	}
	return best, ok
}

// staying leaves out what has moved.
func staying(targets []target, moved map[meant]bool) []target {
	gone := func(t target) bool { return moved[t.meant] }
	if len(moved) == 0 || !slices.ContainsFunc(targets, gone) {
		return targets
	}
	return slices.DeleteFunc(slices.Clone(targets), gone)
}

// joins reports whether what stands between two words keeps them together.
func joins(gap string) bool {
	lines := 0
	for _, r := range gap {
		switch r {
		case '\n':
			if lines++; lines > 1 {
				return false
			}
		case ' ', '\t', '\u00a0', '-', '‐', '‑', '–', '\'', '’', '.', ',', '(', ')', '&', '/':
		default:
			return false
		}
	}
	return len(gap) <= 24
}

// pick chooses the thing that a name in the text means: the strongest kind
// of name whose spelling fits. Two things of equal strength cancel out.
func (m *Matcher) pick(f found, text string) (model.ID, bool) {
	words := text[f.start:f.end]
	var best *target
	for i := range f.targets {
		t := &f.targets[i]
		if !t.fits(words) {
			continue
		}
		switch {
		case best == nil:
			best = t
		case t.kind == best.kind && t.meant != best.meant:
			return model.None, false
		}
	}
	if best == nil {
		return model.None, false
	}
	if int(best.id) < len(m.world.Things) {
		if t := m.world.Thing(best.id); t.Kind == best.meant.kind && t.Slug == best.meant.slug {
			return t.ID, true // as it mostly is
		}
	}
	return best.meant.in(m.world).ID, true
}

// fits checks capitals: proper names as declared; ordinary nouns as
// declared or with a capital first letter.
func (t target) fits(words string) bool {
	if t.plain {
		return sameLetters(words, t.name, true)
	}
	return sameLetters(words, t.name, false)
}

// sameLetters compares letters and digits in order, ignoring what joins
// them. With free the case of the first letter does not matter. A short name
// with stops, "U.S.", equals one without.
func sameLetters(a, b string, free bool) bool {
	i, j, first := 0, 0, true
	for {
		ra, na := nextWordRune(a, i)
		rb, nb := nextWordRune(b, j)
		if ra == 0 || rb == 0 {
			return ra == rb
		}
		if ra != rb && !(first && free && unicode.ToLower(ra) == unicode.ToLower(rb)) {
			return false
		}
		i, j, first = na, nb, false
	}
}

// nextWordRune gives the next letter or digit from i and what follows it; 0
// at the end.
func nextWordRune(s string, i int) (rune, int) {
	for i < len(s) {
		r, n := utf8.DecodeRuneInString(s[i:])
		i += n
		if isWord(r) {
			return r, i
		}
	}
	return 0, i
}

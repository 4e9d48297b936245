// Package link decides what the author's words refer to: it finds first
// mentions of names in running text, resolves explicit references, binds
// facts and citations, and so implements the Binder of package prose.
//
// Link decides what is linked and where it leads. It knows nothing of
// Markdown or of files, and of HTML no more than the attributes of a link.
package link

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"entente/internal/model"
)

// Matcher finds names in text: one pass whatever the number of names. It is
// a trie over words: each name is a path of word numbers, so that a text is
// read word by word and each word costs one look-up.
type Matcher struct {
	words map[string]int32 // folded word to its number
	first []int32          // word to the node of names that begin with it, or 0
	edges map[edge]int32   // node and word to node
	nodes []node           // node 0 is the root
}

type edge struct{ node, word int32 }

// node is the end of zero or more names.
type node struct {
	targets []target
	leaf    bool // no name goes on from here
}

// target is one thing meant by the name that ends at a node.
type target struct {
	id    model.ID
	name  string // as declared, for the check of capitals
	kind  model.NameKind
	plain bool
}

// NewMatcher builds the matcher over all names that are linked by themselves.
func NewMatcher(w *model.World) *Matcher {
	m := &Matcher{words: map[string]int32{}, edges: map[edge]int32{}, nodes: make([]node, 1, 1024)}
	for i := range w.Things {
		t := &w.Things[i]
		for _, n := range t.Names {
			if n.Auto && utf8.RuneCountInString(n.Text) > 1 {
				m.add(n, t.ID)
			}
		}
	}
	for i := range m.nodes {
		slices.SortStableFunc(m.nodes[i].targets, func(a, b target) int {
			return cmp.Or(cmp.Compare(a.kind, b.kind), cmp.Compare(a.id, b.id))
		})
	}
	return m
}

// add enters a name, and its plural when it is an ordinary noun.
func (m *Matcher) add(n model.Name, id model.ID) {
	m.insert(n.Text, n, id)
	if n.Plain {
		if p := pluralOf(n.Text); p != "" {
			m.insert(p, n, id)
		}
	}
}

func (m *Matcher) insert(text string, n model.Name, id model.ID) {
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
		if t.id == id && t.name == text {
			return
		}
	}
	m.nodes[at].targets = append(m.nodes[at].targets, target{id, text, n.Kind, n.Plain})
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
	node       int32
}

// longest finds the longest name that begins with the scanner's current
// word. Only blanks, one line end, hyphens and apostrophes may stand between
// the words of a name.
func (m *Matcher) longest(text string, s scanner) (found, bool) {
	var best found
	ok := false
	at := int32(0)
	start, last := s.start, s.start
	w, known := m.words[string(s.buf)]
	if !known || m.first[w] == 0 {
		return best, false // as for nearly every word
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
		at, last = to, s.end
		if len(m.nodes[at].targets) > 0 {
			best, ok = found{start, last, at}, true
		}
		if m.nodes[at].leaf || !s.next() || !joins(text[last:s.start]) {
			break
		}
	}
	return best, ok
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
	best := model.None
	var strength model.NameKind
	for _, t := range m.nodes[f.node].targets {
		if !t.fits(words) {
			continue
		}
		switch {
		case best == model.None:
			best, strength = t.id, t.kind
		case t.kind == strength && t.id != best:
			return model.None, false
		}
	}
	return best, best != model.None
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

// Ambiguous lists the names that mean two things equally and are therefore
// never linked by themselves, in order.
func (m *Matcher) Ambiguous() []Ambiguity {
	var list []Ambiguity
	for _, n := range m.nodes {
		if len(n.targets) < 2 {
			continue
		}
		by := map[string][]model.ID{}
		for _, t := range n.targets {
			if t.kind == n.targets[0].kind {
				by[t.name] = append(by[t.name], t.id)
			}
		}
		for name, ids := range by {
			slices.Sort(ids)
			if ids = slices.Compact(ids); len(ids) > 1 {
				list = append(list, Ambiguity{name, ids})
			}
		}
	}
	slices.SortFunc(list, func(a, b Ambiguity) int { return cmp.Compare(a.Name, b.Name) })
	return list
}

// Ambiguity is a name with several equal meanings.
type Ambiguity struct {
	Name   string
	Things []model.ID
}

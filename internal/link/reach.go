package link

import (
	"iter"
	"path"
	"slices"
	"strings"

	"entente/internal/fact"
	"entente/internal/file"
	"entente/internal/model"
)

// Changes lists the words by which texts may show what differs between two
// worlds: names and ids that came or went, and names, ids and files of things
// whose links look different. A text without any of them has the same links
// in both worlds. Things that are not the same to a further reader of names
// count as changed.
func Changes(from, to *model.World, same func(a, b *model.Thing) bool) []string {
	var words []string
	pairs(from, to, func(a, b *model.Thing) {
		switch {
		case b == nil:
			words = callings(words, a)
		case a == nil:
			words = callings(words, b)
		default:
			words = difference(words, a, b, same)
		}
	})
	slices.Sort(words)
	return slices.Compact(words)
}

// pairs tells of the things of two worlds, in order; nil where one world lacks
// what the other has.
func pairs(from, to *model.World, tell func(a, b *model.Thing)) {
	i, j := 0, 0
	for i < len(from.Things) || j < len(to.Things) {
		switch {
		case j == len(to.Things) || i < len(from.Things) && model.Before(&from.Things[i], &to.Things[j]):
			tell(&from.Things[i], nil)
			i++
		case i == len(from.Things) || model.Before(&to.Things[j], &from.Things[i]):
			tell(nil, &to.Things[j])
			j++
		default:
			tell(&from.Things[i], &to.Things[j])
			i, j = i+1, j+1
		}
	}
}

// callings are the ways in which a text can call a thing.
func callings(words []string, t *model.Thing) []string {
	words = append(words, t.Slug)
	for _, n := range t.Names {
		words = calling(words, n)
	}
	if t.State != nil {
		words = append(words, t.State.Demonyms...)
	}
	if t.Page != nil {
		words = append(words, FileWords(t.Page.Text.Path))
	}
	return words
}

func calling(words []string, n model.Name) []string {
	words = append(words, n.Text)
	if n.Plain {
		if p := pluralOf(n.Text); p != "" {
			words = append(words, p)
		}
	}
	return words
}

// FileWords is the part of a path that every link to the file holds.
func FileWords(p string) string { return strings.TrimSuffix(path.Base(p), path.Ext(p)) }

// difference adds what must be looked for when a thing changed: everything
// when its links look different, else the names that differ.
func difference(words []string, a, b *model.Thing, same func(a, b *model.Thing) bool) []string {
	if !sameFace(a, b) || !same(a, b) {
		return callings(callings(words, a), b)
	}
	if slices.Equal(a.Names, b.Names) {
		return words
	}
	for _, n := range a.Names {
		if !slices.Contains(b.Names, n) {
			words = calling(words, n)
		}
	}
	for _, n := range b.Names {
		if !slices.Contains(a.Names, n) {
			words = calling(words, n)
		}
	}
	return words
}

// sameFace reports whether links to a thing, inclusions and citations of it
// look the same: all that Binder reads of a thing but its names. Facts and
// views are compared by what they come to.
func sameFace(a, b *model.Thing) bool {
	if a.Path != b.Path || a.Name != b.Name || a.Draft != b.Draft || (a.Page == nil) != (b.Page == nil) {
		return false
	}
	if a.Page != nil && a.Page.Text.Path != b.Page.Text.Path {
		return false
	}
	if a.Source != b.Source && a.Source != nil {
		x, y := a.Source, b.Source
		return x.Author == y.Author && x.Publisher == y.Publisher && x.Title == y.Title && x.Year == y.Year && x.URL == y.URL
	}
	return true
}

// FactPrint is the print of a bound fact in the linker's world: of equal
// prints, the HTML on one page is equal. Alone reports that the value does not
// depend on the page; only for such a fact may page be model.None.
func (l *Linker) FactPrint(expr string, page model.ID) (print uint64, alone bool) {
	f, alone := l.boundFact(expr, page)
	return f.print, alone
}

// print sums up all that Binder.Fact writes of a value.
func (l *Linker) print(v fact.Value) uint64 {
	h := hash(hash(hash(hash(offset, v.Text), v.Machine), v.Why), l.sourcesOf(v))
	h = hash(h, l.shownAt(v))
	for _, r := range v.Rows {
		h = hash(hash(hash(h, r.Name), r.Detail), l.world.Thing(r.Thing).Path)
	}
	return h
}

// hash is FNV-1a; a zero byte parts one text from the next.
func hash[T string | []byte](h uint64, text T) uint64 {
	for i := range len(text) {
		h = (h ^ uint64(text[i])) * 1099511628211
	}
	return h * 1099511628211
}

const offset uint64 = 14695981039346656037

// Vocabulary is a signature of the words of a text and of its pairs of
// neighbouring words. It may say yes for what is not there, never no for what
// is.
type Vocabulary [64]uint64

// VocabularyOf makes the signature of a text.
func VocabularyOf(text []byte) *Vocabulary {
	v := &Vocabulary{}
	for h := range signs(string(text)) {
		v[h>>6&63] |= 1 << (h & 63)
	}
	return v
}

// signs gives a number for each word of a text and each pair of neighbours.
func signs(text string) iter.Seq[uint64] {
	return func(yield func(uint64) bool) {
		s := scanner{text: text}
		for before := uint64(0); s.next(); {
			word := hash(offset, s.buf)
			if !yield(word) || before != 0 && !yield(hash(before, s.buf)) {
				return
			}
			before = word
		}
	}
}

// Finder looks for phrases in texts, whatever their case and whatever stands
// between their words.
type Finder struct {
	trie    *trie
	signs   [][]uint64 // of each phrase
	anyText bool       // a phrase without words may be anywhere
}

// NewFinder makes a finder of phrases.
func NewFinder(phrases []string) *Finder {
	f := &Finder{trie: newTrie(1)}
	for _, p := range phrases {
		list := slices.Collect(signs(p))
		f.anyText = f.anyText || len(list) == 0
		f.signs = append(f.signs, list)
		f.trie.insert(p, model.Name{Text: p}, target{})
	}
	f.trie.finish()
	return f
}

// Empty reports that nothing is looked for.
func (f *Finder) Empty() bool { return len(f.signs) == 0 }

// In reports whether a text with that vocabulary may hold one of the phrases.
func (f *Finder) In(t *file.Text, v *Vocabulary) bool {
	if f.anyText {
		return true
	}
	maybe := slices.ContainsFunc(f.signs, func(list []uint64) bool {
		for _, h := range list {
			if v[h>>6&63]&(1<<(h&63)) == 0 {
				return false
			}
		}
		return true
	})
	return maybe && f.holds(string(t.Bytes()))
}

func (f *Finder) holds(text string) bool {
	m := f.trie
	s := scanner{text: text}
	for s.next() {
		at := int32(0)
		if !m.begins(s.buf) {
			continue // as for nearly every word
		}
		ahead := s
		ahead.buf = slices.Clone(s.buf)
		for {
			w, known := m.words[string(ahead.buf)]
			if !known {
				break
			}
			to, goes := m.edges[edge{at, w}]
			if !goes {
				break
			}
			at = to
			if len(m.nodes[at].targets) > 0 {
				return true
			}
			if !ahead.next() {
				break
			}
		}
	}
	return false
}

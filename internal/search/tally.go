package search

import (
	"encoding/binary"
	"math"
)

// tally counts the weighted words of documents. A large site has millions of
// pairs of a word and a document: they are kept as bytes, three or four each.
type tally struct {
	number  map[string]int32 // of a term in terms
	terms   []string
	lists   []postings // by number of the term
	lengths []float32  // weighted words of each document
	average float32    // of lengths
	buf     []posting  // what scored gave last
}

// postings are the documents of one term, in order: for each the gap to the
// one before and the weight of the term in it, as varints.
type postings struct {
	bytes []byte
	n     int
	last  int // document
}

// count counts the words of all fields.
func count(docs []Entry) *tally {
	t := &tally{number: map[string]int32{}, lengths: make([]float32, len(docs))}
	var weights []int   // of each term in the document at hand
	var touched []int32 // terms with a weight
	for i := range docs {
		d, words, weight := &docs[i], 0, 0
		word := func(w []byte) {
			words++
			k, ok := t.number[string(w)]
			if !ok {
				k = int32(len(t.terms))
				term := string(w)
				t.number[term] = k
				t.terms, t.lists, weights = append(t.terms, term), append(t.lists, postings{}), append(weights, 0)
			}
			if weights[k] == 0 {
				touched = append(touched, k)
			}
			weights[k] += weight
		}
		for _, f := range []struct {
			weight int
			texts  []string
		}{{10, []string{d.Title}}, {8, []string{d.Short}}, {8, d.Names}, {4, []string{d.Year}}, {3, d.Headings}, {2, []string{d.Summary}}} {
			weight = f.weight
			for _, text := range f.texts {
				eachToken(text, word)
			}
		}
		words, weight = 0, 1 // only those of the text make it long
		if d.Text != nil {
			eachToken(d.Text(), word)
		}
		t.lengths[i] = float32(words + 10)
		t.average += t.lengths[i] / float32(len(docs))
		for _, k := range touched {
			l := &t.lists[k]
			l.bytes = binary.AppendUvarint(binary.AppendUvarint(l.bytes, uint64(i-l.last)), uint64(weights[k]))
			l.n, l.last = l.n+1, i
			weights[k] = 0
		}
		touched = touched[:0]
	}
	return t
}

// scored gives the documents of a term with their scores, in order. It is
// good until the next call.
func (t *tally) scored(term int) []posting {
	l := t.lists[term]
	n := float64(len(t.lengths))
	idf := float32(math.Log(1 + (n-float64(l.n)+.5)/(float64(l.n)+.5)))
	t.buf = t.buf[:0]
	doc := 0
	for b := l.bytes; len(b) > 0; {
		gap, k := binary.Uvarint(b)
		weight, m := binary.Uvarint(b[k:])
		b = b[k+m:]
		doc += int(gap)
		f := float32(weight)
		t.buf = append(t.buf, posting{int32(doc), idf * f * 2.2 / (f + 1.2*(.4+.6*t.lengths[doc]/t.average))})
	}
	return t.buf
}

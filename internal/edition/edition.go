// Package edition keeps what a site says on one day: it turns a list of facts
// and texts into a file that stays under content/editions, such a file back
// into an Edition, and two of them into what changed.
//
// An edition is a text of lines, each a JSON object: first the head, then one
// entry for each thing, in order of kind and id, so that two editions differ
// in the lines of what changed and a revision control system shows it. The
// package knows nothing of records beyond their JSON, nor of pages.
package edition

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"

	"entente/internal/date"
	"entente/internal/file"
)

// Folder is where editions lie in a site.
const Folder = "content/editions/"

// Extension ends the name of an edition's file.
const Extension = ".jsonl"

// Holds reports whether a path is that of an edition.
func Holds(p string) bool {
	return strings.HasPrefix(p, Folder) && path.Ext(p) == Extension
}

// Edition is what a site said on one day.
type Edition struct {
	Name    string
	Day     date.Date  // of the edition
	AsOf    date.Date  // of the facts
	Site    string     // its title
	Entries []Entry    // in order of kind and id
	Text    *file.Text // where it stands; nil for one not yet written

	at map[string]int // kind and id to index
}

// head is the first line.
type head struct {
	Name string `json:"edition"`
	Day  string `json:"date"`
	AsOf string `json:"as_of"`
	Site string `json:"site"`
	Sum  string `json:"sha256"` // of all lines after it
}

// Entry is one thing: what its record says, and its text.
type Entry struct {
	Kind   string          `json:"kind"` // the folder: "organisations"
	ID     string          `json:"id"`
	Path   string          `json:"path"` // its address: "organisations/nato/"
	Name   string          `json:"name"`
	Record json.RawMessage `json:"record,omitempty"` // nil when it has none
	Text   string          `json:"text,omitempty"`   // a paragraph a line
}

// Kinds are the kinds of entry in their order.
func Kinds() []string {
	return []string{"topics", "organisations", "states", "treaties", "exercises", "operations", "events", "glossary", "sources"}
}

// HasPage reports whether each entry of a kind has a page of its own.
func HasPage(kind string) bool {
	return slices.Index(Kinds(), kind) <= slices.Index(Kinds(), "operations")
}

func (e *Entry) key() string { return e.Kind + "/" + e.ID }

// Lookup finds an entry; nil when the edition has none.
func (e *Edition) Lookup(kind, id string) *Entry {
	if i, ok := e.at[kind+"/"+id]; ok {
		return &e.Entries[i]
	}
	return nil
}

// Of gives the entries of a kind.
func (e *Edition) Of(kind string) []Entry {
	var list []Entry
	for i := range e.Entries {
		if e.Entries[i].Kind == kind {
			list = append(list, e.Entries[i])
		}
	}
	return list
}

// Same reports whether two entries say the same.
func (e *Entry) Same(o *Entry) bool {
	return e.Path == o.Path && e.Name == o.Name && e.Text == o.Text && bytes.Equal(e.Record, o.Record)
}

// New makes an edition of entries, which it puts in order.
func New(name string, day, asOf date.Date, site string, entries []Entry) *Edition {
	e := &Edition{Name: name, Day: day, AsOf: asOf, Site: site, Entries: entries}
	slices.SortFunc(e.Entries, order)
	e.index()
	return e
}

func order(a, b Entry) int {
	return cmp.Or(cmp.Compare(slices.Index(Kinds(), a.Kind), slices.Index(Kinds(), b.Kind)), cmp.Compare(a.ID, b.ID))
}

func (e *Edition) index() {
	e.at = make(map[string]int, len(e.Entries))
	for i := range e.Entries {
		e.at[e.Entries[i].key()] = i
	}
}

// Bytes writes the edition as its file.
func (e *Edition) Bytes() []byte {
	var entries bytes.Buffer
	for i := range e.Entries {
		writeLine(&entries, &e.Entries[i])
	}
	var b bytes.Buffer
	writeLine(&b, head{e.Name, e.Day.String(), e.AsOf.String(), e.Site, sumOf(entries.Bytes())})
	return append(b.Bytes(), entries.Bytes()...)
}

func writeLine(b *bytes.Buffer, v any) {
	enc := json.NewEncoder(b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		panic("edition: " + err.Error())
	}
}

func sumOf(entries []byte) string {
	sum := sha256.Sum256(entries)
	return hex.EncodeToString(sum[:])
}

var nameForm = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// maxName is how long a name may be.
const maxName = 64

// reserved are names that are addresses of their own.
var reserved = []string{"since"}

// NameFault says what is wrong with the name of an edition; "" when nothing is.
func NameFault(name string) string {
	switch {
	case len(name) > maxName:
		return "is longer than 64 letters"
	case !nameForm.MatchString(name):
		return "cannot be part of an address: lower-case letters and digits with single hyphens between"
	case slices.Contains(reserved, name):
		return "is an address of the site"
	}
	return ""
}

// Sort puts editions in order: by day, then by name.
func Sort(list []*Edition) {
	slices.SortFunc(list, func(a, b *Edition) int { return cmp.Or(date.Order(a.Day, b.Day), cmp.Compare(a.Name, b.Name)) })
}

// Field is a field of a record, its value as JSON.
type Field struct {
	Name  string
	Value json.RawMessage
}

// Fields gives the fields of a JSON object in the order of the file; nil when
// it is none.
func Fields(raw json.RawMessage) []Field {
	dec := json.NewDecoder(bytes.NewReader(raw))
	if t, err := dec.Token(); err != nil || t != json.Delim('{') {
		return nil
	}
	var list []Field
	for dec.More() {
		name, err := dec.Token()
		if err != nil {
			return list
		}
		f := Field{Name: fmt.Sprint(name)}
		if dec.Decode(&f.Value) != nil {
			return list
		}
		list = append(list, f)
	}
	return list
}

package workspace

import (
	"context"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"entente/internal/diag"
	"entente/internal/edition"
	"entente/internal/file"
	"entente/internal/link"
	"entente/internal/prose"
	"entente/internal/record"
)

// reading is one text, read. It depends on the path and the bytes of that
// text alone, and is kept as long as they stay the same.
type reading struct {
	text    *file.Text
	page    *prose.Source    // of a page
	records *record.File     // of a file of records, and of a page that holds one
	edition *edition.Edition // of an edition, unless it is broken
	diags   []diag.Diagnostic

	once  sync.Once
	words *link.Vocabulary // see vocabulary
}

// vocabulary is made when first asked for: a build never asks.
func (r *reading) vocabulary() *link.Vocabulary {
	r.once.Do(func() { r.words = link.VocabularyOf(r.text.Bytes()) })
	return r.words
}

// read is station 1: every file by itself, in parallel; those of which the
// old snapshot has the reading are not read again.
func (s *Snapshot) read(ctx context.Context, old *Snapshot) error {
	s.readings = make([]*reading, len(s.Files.Texts))
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(s.tools.workers())
	for i, t := range s.Files.Texts {
		if r := old.reading(t, i); r != nil {
			s.readings[i] = r
			continue
		}
		g.Go(func() error {
			s.readings[i] = s.tools.read(t)
			return ctx.Err()
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	s.readSite(old)
	return nil
}

// reading finds the reading of a text, which is likely near a place.
func (s *Snapshot) reading(t *file.Text, near int) *reading {
	if s == nil {
		return nil
	}
	if near < len(s.readings) && s.readings[near].text == t {
		return s.readings[near]
	}
	if r := s.readingOf(t.Path); r != nil && r.text == t {
		return r
	}
	return nil
}

// readingOf finds a reading by path; nil when there is none.
func (s *Snapshot) readingOf(path string) *reading {
	i, ok := slices.BinarySearchFunc(s.readings, path, func(r *reading, p string) int { return strings.Compare(r.text.Path, p) })
	if !ok {
		return nil
	}
	return s.readings[i]
}

func (o *tools) read(t *file.Text) *reading {
	r := &reading{text: t}
	kind, ok := kindOf(t.Path)
	if strings.HasSuffix(t.Path, ".md") {
		r.page = prose.Read(t)
		r.diags = r.page.Diags
		if rb := r.page.Header.Record; rb != nil && ok {
			r.records = o.records.ReadBlock(t, rb.YAML, rb.Span.Start, rb.Line, rb.Indent, kind)
		}
	} else if edition.Holds(t.Path) {
		r.edition, r.diags = edition.Read(t)
	} else if ok {
		r.records = o.records.Read(t, kind)
	}
	if r.records != nil {
		r.diags = slices.Concat(r.diags, r.records.Diags)
	}
	if r.page != nil {
		o.spill.putText(t)
	}
	return r
}

const sitePath = "content/site.yaml"

// readSite reads content/site.yaml, or says that it is missing.
func (s *Snapshot) readSite(old *Snapshot) {
	t := s.Files.Text(sitePath)
	switch {
	case t == nil:
		s.Site = &record.Site{Title: "Untitled"}
		s.settings = []diag.Diagnostic{{Path: sitePath, Rule: "CF005", Message: "the site has no content/site.yaml",
			Hint: "\"entente new site\" makes one; it needs at least a title and as_of"}}
	case old != nil && old.Files.Text(sitePath) == t:
		s.Site, s.settings = old.Site, old.settings
	default:
		s.Site, s.settings = record.ReadSite(t)
	}
}

// kindOf gives the kind of record that a folder holds.
func kindOf(path string) (record.Kind, bool) {
	rest, ok := strings.CutPrefix(path, "content/")
	folder, _, below := strings.Cut(rest, "/")
	if !ok || !below {
		return 0, false
	}
	for _, k := range record.Kinds() {
		if k.Folder() == folder {
			return k, true
		}
	}
	return 0, false
}

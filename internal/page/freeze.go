package page

import (
	"encoding/json"
	"strings"

	"entente/internal/date"
	"entente/internal/edition"
	"entente/internal/model"
	"entente/internal/record"
)

// Freeze makes the edition of the site as it stands. Drafts and pages about
// the site itself are no part of it.
func (s *Site) Freeze(name string, day date.Date) *edition.Edition {
	r := s.World.Site
	var entries []edition.Entry
	for i := range s.World.Things {
		if t := &s.World.Things[i]; t.Kind != model.Help && !t.Draft {
			entries = append(entries, s.frozen(t))
		}
	}
	return edition.New(name, day, r.AsOf, r.Title, entries)
}

// frozen is what an edition keeps of a thing.
func (s *Site) frozen(t *model.Thing) edition.Entry {
	e := edition.Entry{Kind: t.Kind.Folder(), ID: t.Slug, Path: t.Path, Name: t.Name}
	if rec := t.Record(); rec != nil {
		b, err := json.Marshal(record.Plain(rec))
		if err != nil {
			panic("page: freeze: " + err.Error())
		}
		e.Record = b
	}
	if b := s.Bodies[t.ID]; b != nil {
		e.Text = strings.TrimSpace(string(b.Text()))
	}
	return e
}

// now is the site as it stands, as an edition without a name; it is made once.
func (s *Site) now() *edition.Edition {
	if s.Now == nil {
		return s.Freeze("", s.EditionDay())
	}
	return s.Now()
}

// editionDay is the day of the edition that a build makes.
func (s *Site) editionDay() date.Date {
	if r := s.World.Site; r.Updated.IsZero() {
		return r.AsOf
	}
	return s.World.Site.Updated
}

// EditionDay is the day that an edition cut now would bear by itself: that of
// the settings, or the last day that they leave open.
func (s *Site) EditionDay() date.Date {
	d := s.editionDay()
	if !d.Exact() {
		_, last := d.Bounds()
		return last.Date()
	}
	return d
}

// newest is the last edition that was cut; nil when there is none.
func (s *Site) newest() *edition.Edition {
	if n := len(s.World.Editions); n > 0 {
		return s.World.Editions[n-1]
	}
	return nil
}

// keptIn gives the newest edition if a thing still is what it was in it.
func (s *Site) keptIn(t *model.Thing) *edition.Edition {
	last := s.newest()
	if last == nil {
		return nil
	}
	if same, known := s.unchanged.Load(t.ID); known { // the page asks, and each of its citations
		if same == true {
			return last
		}
		return nil
	}
	was := last.Lookup(t.Kind.Folder(), t.Slug)
	same := was != nil
	if same {
		now := s.frozen(t)
		same = was.Same(&now)
	}
	s.unchanged.Store(t.ID, same)
	return s.keptIn(t)
}

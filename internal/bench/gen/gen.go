// Package gen writes sites of any size for benchmarks and guards: pages,
// records, glossary and links in the proportions of a reference work. The
// same options give the same bytes.
//
// It knows how a site is written, not how one is built.
package gen

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
)

// Options say what site to write.
type Options struct {
	Pages int    // about how many pages
	Seed  uint64 // zero is a seed like any other
	Hub   Hub    // what the whole site leans on; zero: nothing in particular
}

// Hub is one thing of which a site has far more than is usual, to find costs
// that grow with the square.
type Hub string

// The hubs. Each grows with the number of pages.
const (
	NoHub      Hub = ""
	LinkedHub  Hub = "linked"   // one page is linked from every other
	MemberHub  Hub = "member"   // one state belongs to every body, and there are many
	TermHub    Hub = "term"     // one term is used on every page
	TermsHub   Hub = "terms"    // twice as many glossary terms as pages
	EventsHub  Hub = "events"   // half as many events as pages, all of one body
	MembersHub Hub = "members"  // one body has every state as a member, and there are many
	PartHub    Hub = "part"     // one part of the contents holds every topic
	SourceHub  Hub = "source"   // as many sources as pages, one cited by all
	TreatyHub  Hub = "treaties" // one state is party to every treaty, and there are many
)

// Hubs lists all hubs.
func Hubs() []Hub {
	return []Hub{LinkedHub, MemberHub, TermHub, TermsHub, EventsHub, MembersHub, PartHub, SourceHub, TreatyHub}
}

// site is one site being written.
type site struct {
	Options
	dir                                             string
	r                                               *rand.Rand
	topics, states, bodies, treaties, terms, events int
	sources                                         int
}

// Write writes a site into a folder.
func Write(dir string, o Options) error {
	s := &site{Options: o, dir: dir, r: rand.New(rand.NewPCG(o.Seed, uint64(o.Pages)))}
	n := o.Pages
	s.states, s.bodies, s.treaties, s.terms, s.sources = max(20, n/20), max(5, n/20), max(4, n/40), max(10, n/20), max(10, n/20)
	s.events = max(10, n/20)
	switch o.Hub {
	case MemberHub:
		s.bodies = n / 4
	case TermsHub:
		s.terms = 2 * n
	case EventsHub:
		s.events = n / 2
	case MembersHub:
		s.states = n / 2
	case SourceHub:
		s.sources = n
	case TreatyHub:
		s.treaties = n / 4
	}
	s.topics = max(10, n-s.states-s.bodies-s.treaties)
	if err := s.file("content/site.yaml", s.settings); err != nil {
		return err
	}
	for _, k := range []struct {
		folder string
		n      int
		write  func(*bufio.Writer, int)
	}{
		{"sources", s.sources, s.sourceRecord}, {"states", s.states, s.stateRecord}, {"organisations", s.bodies, s.bodyRecord},
		{"treaties", s.treaties, s.treatyRecord}, {"glossary", s.terms, s.termRecord}, {"events", s.events, s.eventRecord},
	} {
		if err := s.records(k.folder, k.n, k.write); err != nil {
			return err
		}
	}
	for i := range s.topics {
		if err := s.file(topicPath(i), func(w *bufio.Writer) { s.topic(w, i) }); err != nil {
			return err
		}
	}
	return nil
}

// records writes all records of a kind, a thousand to a file.
func (s *site) records(folder string, n int, write func(*bufio.Writer, int)) error {
	const most = 1000
	for start := 0; start < n; start += most {
		err := s.file(fmt.Sprintf("content/%s/%d.yaml", folder, start/most), func(w *bufio.Writer) {
			for i := start; i < min(n, start+most); i++ {
				write(w, i)
			}
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// file writes one file through a buffer.
func (s *site) file(name string, write func(*bufio.Writer)) error {
	full := filepath.Join(s.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
		return err
	}
	f, err := os.Create(full)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(f)
	write(w)
	if err := w.Flush(); err != nil {
		return err
	}
	return f.Close()
}

// topicPath spreads topics over folders of two hundred, as authors would.
func topicPath(i int) string { return fmt.Sprintf("content/topics/part-%d/topic-%d.md", i/200, i) }

// letters names a number in letters, so that names are words.
func letters(i int) string {
	s := ""
	for i++; i > 0; i /= 26 {
		s += string(rune('A' + i%26))
	}
	return s + "ia"
}

func stateName(i int) string { return "Stateland " + letters(i) }

func bodyName(i int) string { return "Alliance of " + letters(i) }

func termName(i int) string { return "notion of " + strings.ToLower(letters(i)) }

func (s *site) settings(w *bufio.Writer) {
	w.WriteString("title: Bench\ntagline: A generated site\nas_of: '2025-10-31'\nbase_url: https://example.org/\n")
	size := 25
	if s.Hub == PartHub {
		size = s.topics
	}
	w.WriteString("parts:\n")
	for i := 0; i < s.topics; i += size {
		fmt.Fprintf(w, "  - title: Part %d\n    topics: [", i/size+1)
		for j := i; j < min(i+size, s.topics); j++ {
			if j > i {
				w.WriteString(", ")
			}
			fmt.Fprintf(w, "topic-%d", j)
		}
		w.WriteString("]\n")
	}
}

// Package deploy copies a published site to where its readers are, one file
// at a time, in an order in which a failure at any point leaves every page
// with all it needs: first what pages are made with, then pages, then the
// lists that lead to pages, at last the removal of what is gone.
//
// A manifest at the target says what is ours there: nothing else is ever
// removed. The package knows nothing of what the files mean.
package deploy

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// Store is where a site is copied to.
type Store interface {
	// Get gives a file; fs.ErrNotExist when there is none.
	Get(ctx context.Context, name string) ([]byte, error)
	Put(ctx context.Context, name string, content []byte) error
	// Delete removes a file; it is no error when there is none.
	Delete(ctx context.Context, name string) error
}

// Site is what is copied.
type Site struct {
	Sums map[string]string // path to hash of each file
	Read func(name string) ([]byte, error)
}

// Names of our own files at the target.
const (
	manifest = ".entente-deployed"  // what is there
	pending  = ".entente-deploying" // what an unfinished deployment may have brought
)

// Step is one change at the target.
type Step struct {
	Name   string
	Delete bool
}

// Plan lists what a deployment does, in order.
func Plan(ctx context.Context, to Store, site Site) ([]Step, error) {
	there, err := list(ctx, to, manifest)
	if err != nil {
		return nil, err
	}
	unsure, err := list(ctx, to, pending)
	if err != nil {
		return nil, err
	}
	var puts, deletions []Step
	for _, name := range sorted(site.Sums) {
		_, again := unsure[name]
		if there[name] != site.Sums[name] || again {
			puts = append(puts, Step{Name: name})
		}
	}
	slices.SortStableFunc(puts, func(a, b Step) int { return class(a.Name) - class(b.Name) })
	for _, old := range []map[string]string{there, unsure} {
		for _, name := range sorted(old) {
			if _, stays := site.Sums[name]; !stays && !slices.Contains(deletions, Step{name, true}) {
				deletions = append(deletions, Step{name, true})
			}
		}
	}
	slices.SortStableFunc(deletions, func(a, b Step) int { return class(b.Name) - class(a.Name) })
	return append(puts, deletions...), nil
}

// class orders files: what pages are made with, pages, lists of pages.
func class(name string) int {
	switch {
	case name == "index.html" || name == "404.html" || name == "sitemap.xml" || name == "robots.txt" || name == "llms.txt" || path.Ext(name) == ".atom" || path.Base(name) == "feed.xml" || name == "search/meta.json":
		return 2
	case path.Ext(name) == ".html":
		return 1
	}
	return 0
}

// Run carries out a plan. It stops at the first failure; running it again
// goes on from there. Done is called after each step and may be nil.
func Run(ctx context.Context, to Store, site Site, steps []Step, done func(Step)) error {
	if len(steps) == 0 {
		return nil
	}
	// All of ours that may be at the target until the end: what this run and
	// unfinished ones before it put there.
	unsure, err := list(ctx, to, pending)
	if err != nil {
		return err
	}
	under := map[string]string{}
	for name := range unsure {
		under[name] = "?"
	}
	for _, s := range steps {
		under[s.Name] = "?"
	}
	if err := to.Put(ctx, pending, text(under)); err != nil {
		return fmt.Errorf("note what is under way: %w", err)
	}
	for _, s := range steps {
		if err := s.run(ctx, to, site); err != nil {
			return err
		}
		if done != nil {
			done(s)
		}
	}
	if err := to.Put(ctx, manifest, text(site.Sums)); err != nil {
		return fmt.Errorf("note what is there: %w", err)
	}
	if err := to.Delete(ctx, pending); err != nil {
		return fmt.Errorf("note that all is done: %w", err)
	}
	return nil
}

func (s Step) run(ctx context.Context, to Store, site Site) error {
	if s.Delete {
		if err := to.Delete(ctx, s.Name); err != nil {
			return fmt.Errorf("delete %s: %w", s.Name, err)
		}
		return nil
	}
	content, err := site.Read(s.Name)
	if err != nil {
		return fmt.Errorf("read %s: %w", s.Name, err)
	}
	if err := to.Put(ctx, s.Name, content); err != nil {
		return fmt.Errorf("put %s: %w", s.Name, err)
	}
	return nil
}

func text(sums map[string]string) []byte {
	var b strings.Builder
	for _, name := range sorted(sums) {
		fmt.Fprintf(&b, "%s %s\n", sums[name], name)
	}
	return []byte(b.String())
}

// list reads a list of files at the target; none when it is not there.
func list(ctx context.Context, to Store, name string) (map[string]string, error) {
	b, err := to.Get(ctx, name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read %s at the target: %w", name, err)
	}
	sums := map[string]string{}
	for line := range strings.Lines(string(b)) {
		if sum, name, ok := strings.Cut(strings.TrimSuffix(line, "\n"), " "); ok && name != "" && path.Clean("/"+name) == "/"+name {
			sums[name] = sum
		}
	}
	return sums, nil
}

func sorted(m map[string]string) []string {
	names := make([]string, 0, len(m))
	for name := range m {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

package build

import (
	"errors"
	"slices"
	"sync"

	"entente/internal/diag"
	"entente/internal/render"
)

// faults collects the first page, in order, that each template cannot make:
// all broken templates are named in one run, and the same page each time.
type faults struct {
	mu    sync.Mutex // guards first
	first map[string]fault
}

type fault struct {
	page    int
	failure *render.Failure
}

// before reports whether a page earlier in order has failed already.
func (f *faults) before(template string, page int) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	old, ok := f.first[template]
	return ok && old.page < page
}

// add takes a failure in; what is not the template's fault goes back.
func (f *faults) add(template string, page int, err error) error {
	var failure *render.Failure
	if !errors.As(err, &failure) {
		return err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.first == nil {
		f.first = map[string]fault{}
	}
	if old, ok := f.first[template]; !ok || page < old.page {
		f.first[template] = fault{page, failure}
	}
	return nil
}

// err gives all failures as one, nil when there are none.
func (f *faults) err() error {
	if len(f.first) == 0 {
		return nil
	}
	all := &render.Failure{}
	for _, one := range f.first {
		all.Diags = append(all.Diags, one.failure.Diags...)
	}
	all.Diags = diag.Sort(all.Diags)
	// One fault in a part that many templates share is one fault.
	all.Diags = slices.CompactFunc(all.Diags, func(a, b diag.Diagnostic) bool {
		return a.Path == b.Path && a.Pos == b.Pos && a.Rule == b.Rule
	})
	return all
}

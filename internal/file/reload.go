package file

import (
	"cmp"
	"errors"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
)

// tops are the folders of a site that are read.
var tops = []string{"content", "templates", "static"}

// manyPaths is where reading everything is quicker than sorting out what.
const manyPaths = 500

// Reload gives the input with some files or folders read again: those that
// were written, made, moved or removed, with all that is below them. No paths
// means all. Texts whose bytes are the same stay the same pointer.
func (s *Set) Reload(dir string, paths []string) (*Set, error) {
	if slices.ContainsFunc(paths, func(p string) bool { return path.Clean(p) == "." }) {
		paths = nil
	}
	fresh := &Set{}
	if len(paths) == 0 || len(paths) > manyPaths {
		var err error
		if fresh, err = Load(dir); err != nil {
			return nil, err
		}
		s.keep(fresh)
		return fresh, nil
	}
	looked, err := fresh.again(dir, paths)
	if err != nil {
		return nil, err
	}
	s.keep(fresh)
	at := func(t *Text) string { return t.Path }
	return &Set{
		Texts:     merge(s.Texts, fresh.Texts, looked, at),
		Templates: merge(s.Templates, fresh.Templates, looked, at),
		Assets:    merge(s.Assets, fresh.Assets, looked, func(a Asset) string { return a.Path }),
		Problems:  merge(s.Problems, fresh.Problems, looked, func(p Problem) string { return p.Path }),
	}, nil
}

// keep puts the old texts in place of fresh ones with the same bytes.
func (s *Set) keep(fresh *Set) {
	for _, l := range []struct{ old, fresh []*Text }{{s.Texts, fresh.Texts}, {s.Templates, fresh.Templates}} {
		for i, t := range l.fresh {
			j, ok := slices.BinarySearchFunc(l.old, t.Path, func(o *Text, p string) int { return strings.Compare(o.Path, p) })
			if ok && l.old[j].Hash == t.Hash {
				l.fresh[i] = l.old[j]
			}
		}
	}
}

// again reads some paths and gives those that it really looked at: folders
// stand for what is below them, and a path through something that is not a
// plain folder for that.
func (s *Set) again(dir string, paths []string) ([]string, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, &Unreadable{dir, err}
	}
	defer root.Close()
	l := &loader{root: root, set: s}
	var wide, looked []string
	for _, p := range paths {
		if p = l.widen(path.Clean(p)); p != "" {
			wide = append(wide, p)
		}
	}
	slices.SortFunc(wide, func(a, b string) int { return cmp.Compare(len(a), len(b)) }) // folders before what they hold
	for _, p := range wide {
		if !slices.ContainsFunc(looked, func(folder string) bool { return within(p, folder) }) {
			looked = append(looked, p)
		}
	}
	for _, p := range looked {
		if err := l.one(p); err != nil {
			return nil, err
		}
	}
	return looked, nil
}

// one reads a file or folder, if it is there.
func (l *loader) one(p string) error {
	if slices.Contains(tops, p) {
		return l.walk(p, 0)
	}
	info, err := l.root.Lstat(p)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil {
		l.here, err = l.root.OpenRoot(path.Dir(p))
	}
	if err != nil {
		return &Unreadable{p, err}
	}
	defer l.here.Close()
	return l.entry(p, fs.FileInfoToDirEntry(info), strings.Count(p, "/")-1)
}

// widen gives the path that must be read when p changed: p, or the first
// folder on the way that is none, or that has a problem of its own; "" when p
// is not part of a site.
func (l *loader) widen(p string) string {
	parts := strings.Split(p, "/")
	if !slices.Contains(tops, parts[0]) {
		return ""
	}
	for i := 1; i < len(parts); i++ {
		if Litter(parts[i]) {
			return ""
		}
	}
	for i := 1; i < len(parts); i++ {
		above := strings.Join(parts[:i], "/")
		info, err := l.root.Lstat(above)
		if err != nil || !info.IsDir() || strings.HasSuffix(above, ".md") {
			return above
		}
	}
	return p
}

// within reports whether a path is another or lies below it.
func within(p, folder string) bool {
	return p == folder || strings.HasPrefix(p, folder) && p[len(folder)] == '/'
}

// merge gives a list without what lies within the folders, and with the fresh
// entries. It is in order of path.
func merge[T any](old, fresh []T, folders []string, at func(T) string) []T {
	if len(folders) == 1 && len(fresh) == 1 && at(fresh[0]) == folders[0] {
		// The keystroke case: one file, and a list that may be long.
		i, found := slices.BinarySearchFunc(old, folders[0], func(x T, p string) int { return strings.Compare(at(x), p) })
		if found && (i+1 == len(old) || !within(at(old[i+1]), folders[0])) {
			list := slices.Clone(old)
			list[i] = fresh[0]
			return list
		}
	}
	list := make([]T, 0, len(old)+len(fresh))
	for _, x := range old {
		if !slices.ContainsFunc(folders, func(f string) bool { return within(at(x), f) }) {
			list = append(list, x)
		}
	}
	list = append(list, fresh...)
	slices.SortStableFunc(list, func(a, b T) int { return strings.Compare(at(a), at(b)) })
	return list
}

package file

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"entente/internal/limits"
)

// Problem is what the gate has to say about a file. Package diag turns it
// into a diagnostic.
type Problem struct {
	Path    string
	Pos     Pos
	Rule    string
	Message string
	Hint    string
	Warning bool
}

// Asset is a file that is published as it is.
type Asset struct {
	Path     string // relative to the site folder
	Size     int64
	Modified int64 // when, in nanoseconds: tells one version from the next
}

// Set is the input of a site at one moment. It is immutable.
type Set struct {
	Texts     []*Text // pages and records, in order of path
	Templates []*Text
	Assets    []Asset
	Problems  []Problem
}

// Text finds a page, a file of records or a template by its path; nil when the
// set has none.
func (s *Set) Text(path string) *Text {
	for _, list := range [][]*Text{s.Texts, s.Templates} {
		if i, ok := slices.BinarySearchFunc(list, path, func(t *Text, p string) int { return strings.Compare(t.Path, p) }); ok {
			return list[i]
		}
	}
	return nil
}

// Unreadable is a file or folder that the system refuses to open. It is a
// failure of the machine, not of the author.
type Unreadable struct {
	Path string
	Err  error
}

func (e *Unreadable) Error() string {
	return fmt.Sprintf("%s: FS033: cannot be read: %v", e.Path, e.Err)
}

func (e *Unreadable) Unwrap() error { return e.Err }

// ExitCode is that of a machine failure.
func (e *Unreadable) ExitCode() int { return 3 }

// Load reads content/, templates/ and static/ of a site. Files of other
// folders are never opened. What cannot be admitted is in Problems.
func Load(dir string) (*Set, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, &Unreadable{dir, err}
	}
	defer root.Close()
	return load(&loader{root: root})
}

// tries is how often a site is read anew when files vanish while it is read.
const tries = 3

func load(l *loader) (*Set, error) {
	for try := 1; ; try++ {
		l.set, l.gone = &Set{}, nil
		for _, top := range tops {
			if err := l.walk(top, 0); err != nil {
				return nil, err
			}
		}
		if len(l.gone) == 0 || try == tries {
			break
		}
	}
	for _, p := range l.gone {
		l.problem(p, Pos{}, "FS036", fmt.Sprintf("the file was listed and then was not there, %d times", tries), "build again when nothing writes into the site")
	}
	s := l.set
	slices.SortFunc(s.Texts, func(a, b *Text) int { return strings.Compare(a.Path, b.Path) })
	slices.SortFunc(s.Templates, func(a, b *Text) int { return strings.Compare(a.Path, b.Path) })
	slices.SortFunc(s.Assets, func(a, b Asset) int { return strings.Compare(a.Path, b.Path) })
	return s, nil
}

type loader struct {
	root *os.Root
	here *os.Root // the folder being walked: a short way to its files
	set  *Set
	gone []string          // listed, but not there when they were to be read
	next func(path string) // called before a file is opened; nil but in tests
}

func (l *loader) problem(p string, pos Pos, rule, message, hint string) {
	l.set.Problems = append(l.set.Problems, Problem{Path: p, Pos: pos, Rule: rule, Message: message, Hint: hint})
}

// walk reads a folder and what is below it, names in order.
func (l *loader) walk(dir string, depth int) error {
	here, err := l.root.OpenRoot(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return &Unreadable{dir, err}
	}
	defer here.Close()
	defer func(above *os.Root) { l.here = above }(l.here)
	l.here = here
	f, err := here.Open(".")
	if err != nil {
		return &Unreadable{dir, err}
	}
	entries, err := f.ReadDir(-1)
	f.Close()
	if err != nil {
		return &Unreadable{dir, err}
	}
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	for _, e := range entries {
		if Litter(e.Name()) {
			continue
		}
		if err := l.entry(path.Join(dir, e.Name()), e, depth); err != nil {
			return err
		}
	}
	return nil
}

func (l *loader) entry(p string, e fs.DirEntry, depth int) error {
	first := Pos{1, 1}
	switch {
	case badName(e.Name()) != "":
		l.problem(p, Pos{}, "FS035", fmt.Sprintf("the name %q holds %s, which no address can", e.Name(), badName(e.Name())), "rename the file")
		return nil
	case len(e.Name()) > limits.PathPart || len(p) > limits.Path:
		l.problem(p, Pos{}, "ID016", fmt.Sprintf("a name of %d bytes is too long", len(e.Name())), fmt.Sprintf("at most %d bytes a part, %d in all", limits.PathPart, limits.Path))
		return nil
	case e.IsDir():
		if strings.HasSuffix(e.Name(), ".md") {
			l.set.Problems = append(l.set.Problems, Problem{Path: p, Rule: "FS034", Message: "a folder is named like a page", Hint: "rename it", Warning: true})
		}
		if depth > limits.Folders {
			l.problem(p, Pos{}, "FS031", fmt.Sprintf("folders are nested more than %d deep", limits.Folders), "move the files up")
			return nil
		}
		return l.walk(p, depth+1)
	}
	info, err := l.here.Lstat(e.Name())
	if err != nil {
		l.gone = append(l.gone, p)
		return nil
	}
	if info.Mode()&fs.ModeSymlink != 0 {
		target, _ := l.root.Readlink(p)
		info, err = l.root.Stat(p)
		switch {
		case err == nil && info.IsDir():
			l.problem(p, first, "FS030", fmt.Sprintf("a link to a folder (%q) is not followed", target), "put the files themselves into the site")
			return nil
		case errors.Is(err, fs.ErrNotExist):
			l.problem(p, first, "FS030", fmt.Sprintf("the link leads to %q, which is not there", target), "take the link out, or put a file in its place")
			return nil
		case err != nil && strings.Contains(err.Error(), "too many levels"):
			l.problem(p, first, "FS031", fmt.Sprintf("the link to %q leads back to itself", target), "put the file itself into the site")
			return nil
		case err != nil:
			l.problem(p, first, "FS030", fmt.Sprintf("the link leads out of the site, to %q", target), "put the file itself into the site")
			return nil
		case !l.shown(p):
			l.problem(p, first, "FS030", fmt.Sprintf("the link leads to %q, which is no part of the site", target), "put the file itself into the site")
			return nil
		}
	}
	if !info.Mode().IsRegular() {
		l.problem(p, Pos{}, "FS032", fmt.Sprintf("this is %s, not a file", special(info.Mode())), "put a file in its place, or take it out of the site")
		return nil
	}
	return l.file(p, info)
}

// shown reports whether a link ends, after all links on the way, at a file
// that would be read in its own place: not at .env, .git or a draft folder
// beside content/.
func (l *loader) shown(p string) bool {
	root, err := filepath.EvalSymlinks(l.root.Name())
	if err != nil {
		return false
	}
	end, err := filepath.EvalSymlinks(filepath.Join(root, filepath.FromSlash(p)))
	if err != nil {
		return false
	}
	rel, err := filepath.Rel(root, end)
	if err != nil {
		return false
	}
	parts := strings.Split(filepath.ToSlash(rel), "/")
	return slices.Contains(tops, parts[0]) && !slices.ContainsFunc(parts, Litter)
}

// special names what is neither file nor folder.
func special(m fs.FileMode) string {
	switch {
	case m&fs.ModeNamedPipe != 0:
		return "a pipe"
	case m&fs.ModeSocket != 0:
		return "a socket"
	case m&fs.ModeDevice != 0:
		return "a device"
	}
	return "something special"
}

// file admits one regular file.
func (l *loader) file(p string, info fs.FileInfo) error {
	size := info.Size()
	ext := strings.ToLower(path.Ext(p))
	inContent := strings.HasPrefix(p, "content/")
	limit := int64(limits.Asset)
	switch {
	case inContent && ext == ".md":
		limit = limits.Page
	case inContent && (ext == ".yaml" || ext == ".yml"), strings.HasPrefix(p, "templates/"):
		limit = limits.Data
	}
	switch {
	case size > limit && inContent && ext == ".yaml":
		l.problem(p, Pos{1, 1}, "DT052", fmt.Sprintf("the file has %d bytes, the limit for records is %d", size, limit), "spread the records over several files")
	case size > limit:
		l.problem(p, Pos{}, "FS020", fmt.Sprintf("the file has %d bytes, the limit is %d", size, limit), "split it")
	case inContent && ext == ".yml":
		right := strings.TrimSuffix(path.Base(p), path.Ext(p)) + ".yaml"
		l.problem(p, Pos{}, "DT006", fmt.Sprintf("records end in .yaml, this file in %s", path.Ext(p)), fmt.Sprintf("rename it to %s, or move its records there if that file exists", right))
	case inContent && (ext == ".md" || ext == ".yaml"), strings.HasPrefix(p, "content/editions/") && ext == ".jsonl":
		t, err := l.read(p, size, limit)
		if t == nil || err != nil {
			return err
		}
		l.set.Texts = append(l.set.Texts, t)
	case strings.HasPrefix(p, "templates/"):
		if ext != ".html" {
			return nil
		}
		t, err := l.read(p, size, limit)
		if t == nil || err != nil {
			return err
		}
		l.set.Templates = append(l.set.Templates, t)
	case inContent && !publishable(ext), ext == ".go":
		// sources, archives and notes are not part of the site
	default:
		l.set.Assets = append(l.set.Assets, Asset{Path: p, Size: size, Modified: info.ModTime().UnixNano()})
	}
	return nil
}

// publishable lists the kinds of file that are published from content/ as
// they are.
func publishable(ext string) bool {
	switch ext {
	case ".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg", ".pdf", ".csv", ".mp3", ".mp4", ".webm", ".ogg", ".woff2":
		return true
	}
	return false
}

// read opens a regular file without waiting on anything, at most limit bytes.
func (l *loader) read(p string, size, limit int64) (*Text, error) {
	if l.next != nil {
		l.next(p)
	}
	f, err := l.here.OpenFile(path.Base(p), os.O_RDONLY|nonBlocking, 0)
	if err != nil {
		f, err = l.root.OpenFile(p, os.O_RDONLY|nonBlocking, 0) // a link out of the folder
	}
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			l.gone = append(l.gone, p)
			return nil, nil
		}
		return nil, &Unreadable{p, err}
	}
	defer f.Close()
	raw, err := readAll(f, min(size, limit), limit+1)
	if err != nil {
		return nil, &Unreadable{p, err}
	}
	t, problems := Admit(p, raw)
	l.set.Problems = append(l.set.Problems, problems...)
	return t, nil
}

// readAll reads to the end, at most limit bytes, into memory for the size that
// the file had when it was listed.
func readAll(f io.Reader, size, limit int64) ([]byte, error) {
	b := make([]byte, 0, size+1) // one more, to meet the end without growing
	for int64(len(b)) < limit {
		if len(b) == cap(b) {
			b = slices.Grow(b, len(b)+512)
		}
		n, err := f.Read(b[len(b):cap(b)])
		b = b[:len(b)+n]
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
	}
	return b[:min(int64(len(b)), limit)], nil
}

// Litter reports names that are never part of a site: hidden files, and
// what editors and systems leave about.
func Litter(name string) bool {
	switch {
	case strings.HasPrefix(name, "."), strings.HasSuffix(name, "~"), strings.HasPrefix(name, "#") && strings.HasSuffix(name, "#"),
		name == "4913", name == "node_modules", strings.Contains(name, "___jb_"):
		return true
	}
	switch strings.ToLower(path.Ext(name)) {
	case ".swp", ".swo", ".swx", ".bck", ".tmp", ".part", ".kate-swp":
		return true
	}
	return false
}

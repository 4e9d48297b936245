package cli

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"entente/internal/diag"
	"entente/internal/file"
)

// repair is a file with its fixes applied.
type repair struct {
	path     string // on disk, links followed
	was, now []byte
	mode     os.FileMode
	staged   string // its temporary file
}

// fix writes the fixes among the findings and says what it changed. Either
// all files are written or none: each is staged beside its place first.
func (c console) fix(dir string, source func(string) *file.Text, list []diag.Diagnostic, o checkOptions) (bool, error) {
	byPath := map[string][]diag.Diagnostic{}
	var paths []string // in order of first finding
	for _, d := range list {
		if d.Fix == nil {
			continue
		}
		if byPath[d.Path] == nil {
			paths = append(paths, d.Path)
		}
		byPath[d.Path] = append(byPath[d.Path], d)
	}
	var repairs []*repair
	total := 0
	for _, p := range paths {
		r, applied, err := mend(dir, source(p), byPath[p])
		if err != nil {
			return false, err
		}
		if len(applied) == 0 {
			continue
		}
		repairs = append(repairs, r)
		total += len(applied)
		c.changes(p, r, applied)
	}
	what := "written"
	if o.dryRun {
		what = "not written"
	} else if err := replaceAll(repairs); err != nil {
		return false, fmt.Errorf("fix: %w; no file was changed", err)
	}
	fixes := "1 fix"
	if total != 1 {
		fixes = fmt.Sprintf("%d fixes", total)
	}
	fmt.Fprintf(c.err, "%s in %s, %s\n", fixes, count(len(repairs), "file"), what)
	return total > 0, nil
}

// mend makes the new bytes of one file.
func mend(dir string, t *file.Text, list []diag.Diagnostic) (*repair, []diag.Diagnostic, error) {
	if t == nil {
		return nil, nil, nil
	}
	name, err := filepath.EvalSymlinks(filepath.Join(dir, filepath.FromSlash(t.Path)))
	if err != nil {
		return nil, nil, err
	}
	info, err := os.Stat(name)
	if err != nil {
		return nil, nil, err
	}
	raw, err := os.ReadFile(name)
	if err != nil {
		return nil, nil, err
	}
	if sha256.Sum256(raw) != t.Hash {
		return nil, nil, fmt.Errorf("%s was changed while it was checked; run the command again", t.Path)
	}
	now, applied := diag.Repair(raw, list)
	return &repair{path: name, was: raw, now: now, mode: info.Mode().Perm()}, applied, nil
}

// changes prints the lines that the fixes of one file change.
func (c console) changes(name string, r *repair, applied []diag.Diagnostic) {
	for i, d := range applied {
		if i > 0 && applied[i-1].Pos.Line == d.Pos.Line {
			continue // shown with the first of its line
		}
		var same []diag.Diagnostic
		rules := ""
		for _, e := range applied {
			if e.Pos.Line == d.Pos.Line {
				same = append(same, e)
				rules += " " + e.Rule
			}
		}
		one, _ := diag.Repair(r.was, same)
		was, now := bytes.Split(r.was, []byte("\n")), bytes.Split(one, []byte("\n"))
		last := d.End.Line + len(now) - len(was)
		fmt.Fprintf(c.err, "%s:%d%s\n", name, d.Pos.Line, rules)
		for _, l := range was[d.Pos.Line-1 : d.End.Line] {
			fmt.Fprintf(c.err, "    - %s\n", strings.TrimRight(string(l), "\r"))
		}
		for _, l := range now[d.Pos.Line-1 : last] {
			fmt.Fprintf(c.err, "    + %s\n", strings.TrimRight(string(l), "\r"))
		}
	}
}

// replaceAll puts all repaired files in place, or none.
func replaceAll(repairs []*repair) (err error) {
	defer func() {
		for _, r := range repairs {
			if r.staged != "" {
				_ = os.Remove(r.staged) // gone when it was put in place
			}
		}
	}()
	for _, r := range repairs {
		if r.staged, err = stage(r.path, r.now, r.mode); err != nil {
			return err
		}
	}
	for i, r := range repairs {
		if err = os.Rename(r.staged, r.path); err == nil {
			continue
		}
		for _, done := range repairs[:i] {
			if back := replace(done.path, done.was, done.mode); back != nil {
				return fmt.Errorf("%w; %s could not be put back: %w", err, done.path, back)
			}
		}
		return err
	}
	return nil
}

// stage writes a hidden file beside its place and flushes it.
func stage(name string, b []byte, mode os.FileMode) (string, error) {
	f, err := os.CreateTemp(filepath.Dir(name), ".entente-*.tmp")
	if err != nil {
		return "", err
	}
	_, err = f.Write(b)
	for _, step := range []func() error{func() error { return f.Chmod(mode) }, f.Sync, f.Close} {
		if e := step(); err == nil {
			err = e
		}
	}
	if err != nil {
		_ = os.Remove(f.Name())
		return "", err
	}
	return f.Name(), nil
}

// replace puts one file in place whole.
func replace(name string, b []byte, mode os.FileMode) error {
	staged, err := stage(name, b, mode)
	if err != nil {
		return err
	}
	if err := os.Rename(staged, name); err != nil {
		_ = os.Remove(staged)
		return err
	}
	return nil
}

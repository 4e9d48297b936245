package publish

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// safeTarget refuses folders that hold what entente must not replace.
func safeTarget(abs string, sources []string) error {
	real := resolved(abs)
	if home, err := os.UserHomeDir(); err == nil && (abs == filepath.Clean(home) || real == resolved(filepath.Clean(home))) {
		return refuse("OU002", "the output is your home folder %s; name a folder inside it", abs)
	}
	if abs == filepath.Dir(abs) || real == filepath.Dir(real) {
		return refuse("OU002", "the output is the root of the file system; name a folder in your site, such as public")
	}
	for _, s := range sources {
		src, err := filepath.Abs(s)
		if err != nil {
			return failed("find "+s, err)
		}
		src = resolved(src)
		switch {
		case real == filepath.Dir(src):
			return refuse("OU002", "the output is the folder of the site itself; name one inside it, such as public")
		case within(real, src) || within(src, real):
			return refuse("CF004", "the output %s and the source %s lie in each other; name a folder beside the sources, such as public", abs, src)
		}
	}
	info, err := os.Lstat(abs)
	switch {
	case absent(err):
		return nil
	case err != nil:
		return failed("look at "+abs, err)
	case info.Mode()&fs.ModeSymlink != 0:
		if to, err := os.Readlink(abs); err == nil && ourLink(abs, to) {
			return nil
		}
		return refuse("OU002", "the output %s is a link; name the folder itself", abs)
	case !info.IsDir():
		return refuse("OU001", "the output %s is a file; name a folder", abs)
	case mountPoint(abs):
		return refuse("OU002", "the output %s is a mount point; name a folder inside it", abs)
	}
	return nil
}

// resolved follows links as far as the path exists.
func resolved(p string) string {
	if r, err := filepath.EvalSymlinks(p); err == nil {
		return r
	}
	dir := filepath.Dir(p)
	if dir == p {
		return p
	}
	return filepath.Join(resolved(dir), filepath.Base(p))
}

// ours refuses an output that is not empty and not of our making.
func (d *Dir) ours() error {
	entries, err := d.disk.ReadDir(d.live)
	if absent(err) {
		return nil
	}
	if err != nil {
		return failed("read "+d.out, err)
	}
	if d.old, err = d.manifestOf(d.live); err != nil {
		return failed("read the manifest", err)
	}
	if d.old.sums != nil || d.options.Force && slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return e.Name() == manifestName }) {
		return nil
	}
	for _, e := range entries {
		if e.Name() == manifestName {
			name := filepath.Join(d.live, manifestName)
			if text, err := d.disk.ReadFile(name); err == nil && ofOtherVersion(text) {
				return refuse("OU004", "%s was written by another version of entente, which this one cannot read; publish once with --force", name)
			}
			return refuse("OU004", "%s was changed by hand: its list of files is damaged; move the folder away, or use --force", name)
		}
		if !keptAlways(e.Name()) {
			return refuse("OU001", "%s is not empty and was not made by entente (it holds %q); name an empty folder", d.out, e.Name())
		}
	}
	return nil
}

// keptAlways lists what may lie in a fresh output: a repository or the files
// of a host, which are carried along.
func keptAlways(name string) bool {
	return name == ".git" || name == "CNAME" || name == ".nojekyll" || name == ".gitignore"
}

// fold gives what two paths have in common that are one on some systems.
func fold(p string) string { return strings.ToLower(norm.NFC.String(p)) }

// cleanPath refuses paths that some system cannot store or that lead out.
func cleanPath(p string) error {
	if p == "" || strings.HasPrefix(p, "/") || strings.Contains(p, "\\") || path.Clean(p) != p || p == ".." || strings.HasPrefix(p, "../") || len(p) > 1024 {
		return &Error{Code: "ID014", Text: fmt.Sprintf("path %q leads out of the site", p), exit: 1}
	}
	for _, part := range strings.Split(p, "/") {
		base, _, _ := strings.Cut(strings.ToLower(part), ".")
		device := base == "con" || base == "prn" || base == "aux" || base == "nul" ||
			len(base) == 4 && (strings.HasPrefix(base, "com") || strings.HasPrefix(base, "lpt")) && base[3] >= '1' && base[3] <= '9'
		if device || strings.HasSuffix(part, ".") || strings.HasSuffix(part, " ") || len(part) > 255 || strings.ContainsAny(part, "\x00:*?\"<>|\n") {
			return &Error{Code: "ID015", Text: fmt.Sprintf("path %q cannot be stored on every system", p), exit: 1}
		}
	}
	return nil
}

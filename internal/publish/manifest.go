package publish

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"strings"
	"time"
)

// manifestName is the list of our files, in the output.
const manifestName = ".entente-manifest"

const manifestHead = "entente manifest 2\n"

// manifest lists our files and their sums, in order, and ends with their
// number, so that half a manifest is not taken for one.
func (d *Dir) manifest() []byte {
	var b bytes.Buffer
	b.WriteString(manifestHead)
	for _, p := range sortedKeys(d.sums) {
		sum := d.sums[p]
		b.WriteString(hex.EncodeToString(sum[:]) + " " + p + "\n")
	}
	fmt.Fprintf(&b, "end %d\n", len(d.sums))
	return b.Bytes()
}

// whole is a tree as it was published: its files with their sums, and when
// the manifest was written, which is the last of them.
type whole struct {
	sums map[string]string // nil: the tree has no whole manifest
	at   time.Time
}

// manifestOf reads what a tree was when it was published.
func (d *Dir) manifestOf(dir string) (whole, error) {
	name := filepath.Join(dir, manifestName)
	b, err := d.disk.ReadFile(name)
	if absent(err) {
		return whole{}, nil
	}
	if err != nil {
		return whole{}, err
	}
	sums := parseManifest(string(b))
	if sums == nil {
		return whole{}, nil
	}
	info, err := d.disk.Lstat(name)
	if err != nil {
		return whole{}, err
	}
	return whole{sums, changed(info)}, nil
}

// kept reports whether a file holds what it did when its tree was published,
// as far as can be said without reading it.
func (w whole) kept(info fs.FileInfo) bool {
	return info.Mode().IsRegular() && changed(info).Before(w.at)
}

// Manifest gives the files that entente published into a folder, with their
// SHA-256 sums in hexadecimal; nil when it published none there.
func Manifest(out string) (map[string]string, error) {
	d := &Dir{disk: system{}}
	w, err := d.manifestOf(out)
	return w.sums, err
}

func parseManifest(text string) map[string]string {
	body, ours := strings.CutPrefix(text, manifestHead)
	files := strings.Count(body, "\n") - 1
	body, whole := strings.CutSuffix(body, fmt.Sprintf("end %d\n", files))
	if !ours || !whole {
		return nil
	}
	list := make(map[string]string, files)
	for line := range strings.Lines(body) {
		sum, p, ok := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		if !ok || len(sum) != 2*sha256.Size || cleanPath(p) != nil {
			return nil
		}
		list[p] = sum
	}
	return list
}

// ofOtherVersion reports whether a manifest has a form that this program does
// not know.
func ofOtherVersion(manifest []byte) bool {
	head, _, _ := bytes.Cut(manifest, []byte("\n"))
	return bytes.HasPrefix(head, []byte("entente manifest ")) && string(head)+"\n" != manifestHead
}

// foldersOf gives the folders that hold files.
func foldersOf[V any](files map[string]V) map[string]bool {
	folders := map[string]bool{".": true}
	for p := range files {
		for dir := path.Dir(p); !folders[dir]; dir = path.Dir(dir) {
			folders[dir] = true
		}
	}
	return folders
}

// untouched looks whether a file of the old site was changed since it was
// published, and notes the first: one that changed after the manifest was
// written and no longer has its sum.
func (d *Dir) untouched(p string) error {
	sum, ours := d.old.sums[p]
	if !ours || d.options.Force {
		return nil
	}
	full := filepath.Join(d.live, filepath.FromSlash(p))
	now, err := d.disk.Lstat(full)
	if absent(err) || err == nil && d.old.kept(now) {
		return nil
	}
	if err != nil {
		return failed("look at "+p, err)
	}
	b, err := d.disk.ReadFile(full)
	if err != nil {
		return failed("read "+p, err)
	}
	if is := sha256.Sum256(b); hex.EncodeToString(is[:]) != sum {
		d.mu.Lock()
		defer d.mu.Unlock()
		if d.touched == "" || p < d.touched {
			d.touched = p
		}
	}
	return nil
}

package publish

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path"
	"path/filepath"
	"strings"
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

// manifestOf gives our files in a tree with their sums; nil when it has no
// whole manifest.
func (d *Dir) manifestOf(dir string) (map[string]string, error) {
	b, err := d.disk.ReadFile(filepath.Join(dir, manifestName))
	if absent(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return parseManifest(string(b)), nil
}

// Manifest gives the files that entente published into a folder, with their
// SHA-256 sums in hexadecimal; nil when it published none there.
func Manifest(out string) (map[string]string, error) {
	d := &Dir{disk: system{}}
	return d.manifestOf(out)
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

// untouched refuses to replace a published file that was changed since: one
// that changed after the manifest was written and no longer has its sum.
func (d *Dir) untouched(old map[string]string) error {
	info, err := d.disk.Lstat(filepath.Join(d.live, manifestName))
	if absent(err) {
		return nil
	}
	if err != nil {
		return failed("look at the manifest", err)
	}
	for _, p := range sortedKeys(old) {
		full := filepath.Join(d.live, filepath.FromSlash(p))
		now, err := d.disk.Lstat(full)
		if absent(err) {
			continue
		}
		if err != nil {
			return failed("look at "+p, err)
		}
		if now.Mode().IsRegular() && changed(now).Before(changed(info)) {
			continue
		}
		b, err := d.disk.ReadFile(full)
		if err != nil {
			return failed("read "+p, err)
		}
		if sum := sha256.Sum256(b); hex.EncodeToString(sum[:]) != old[p] {
			return refuse("OU004", "%s was changed by hand since it was published; move your change into the sources, or use --force", full)
		}
	}
	return nil
}

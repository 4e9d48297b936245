package build

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/css"
	"github.com/tdewolff/minify/v2/js"
	"golang.org/x/sync/errgroup"

	"entente/internal/diag"
	"entente/internal/file"
	"entente/static"
)

// asset is a file that is published as it is.
type asset struct {
	path    string // in the site
	builtin string // name in package static, or ""
	disk    string // path on disk, or ""
	light   []byte // what is published instead: a sheet or script without what only its authors need
}

// collectAssets lists the files published as they are and gives the built-in
// ones, and the site's own static files that replace them, names that carry
// a hash of their content where pages ask for them by name.
func (site *Site) collectAssets() error {
	own := map[string]file.Asset{}
	for _, a := range site.Snapshot.Files.Assets {
		switch {
		case strings.HasPrefix(a.Path, "static/"):
			own[strings.TrimPrefix(a.Path, "static/")] = a
		case strings.HasPrefix(a.Path, "content/"):
			site.given = append(site.given, asset{path: strings.TrimPrefix(a.Path, "content/"), disk: a.Path})
		}
	}
	site.names = map[string]string{}
	var named []asset
	err := fs.WalkDir(static.Files, "assets", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		a := asset{path: p, builtin: p}
		if o, ok := own[p]; ok {
			a = asset{path: p, disk: o.Path}
			delete(own, p)
		}
		named = append(named, a)
		return nil
	})
	if err != nil {
		return err
	}
	if err := site.lightenAll(named); err != nil {
		return err
	}
	for _, a := range named {
		p := a.path
		if hashed(p) {
			sum := sha256.Sum256(a.light)
			ext := path.Ext(p)
			a.path = strings.TrimSuffix(p, ext) + "." + hex.EncodeToString(sum[:4]) + ext
		}
		site.names[p] = a.path
		site.given = append(site.given, a)
	}
	// This project's own folder holds sources of scripts that the build writes.
	for p, source := range map[string]string{"worker.js": static.Worker, "farewell.js": static.Farewell} {
		if o, ok := own[p]; ok {
			if b, err := site.read(asset{disk: o.Path}); err == nil && string(b) == source {
				delete(own, p)
			}
		}
	}
	for p, o := range own {
		site.given = append(site.given, asset{path: p, disk: o.Path})
	}
	site.live = map[string][]diag.Diagnostic{}
	for _, a := range site.given {
		if a.disk != "" && strings.EqualFold(path.Ext(a.path), ".svg") {
			site.live[a.disk] = site.lively(a)
		}
	}
	slices.SortFunc(site.given, func(a, b asset) int { return strings.Compare(a.path, b.path) })
	return nil
}

// lightenAll takes what only their authors need out of the sheets and scripts
// of a list.
func (site *Site) lightenAll(list []asset) error {
	var g errgroup.Group
	g.SetLimit(runtime.GOMAXPROCS(0))
	for i := range list {
		if a := &list[i]; hashed(a.path) {
			g.Go(func() error {
				b, err := site.read(*a)
				if err == nil {
					a.light = light(a.path, b)
				}
				return err
			})
		}
	}
	return g.Wait()
}

// pick chooses from the given files those that are published.
func (site *Site) pick(old *Site) {
	site.assets = site.given
	site.say(site.unshown(old))
	site.byAsset = make(map[string]int, len(site.assets))
	for i, a := range site.assets {
		site.byAsset[a.path] = i
		site.say(site.live[a.disk])
	}
}

// hashed reports whether an asset is asked for by pages only, so that its
// name may change with its content. Fonts are named in the sheet.
func hashed(p string) bool {
	ext := path.Ext(p)
	return ext == ".css" || ext == ".js"
}

func (site *Site) read(a asset) ([]byte, error) {
	if a.light != nil {
		return a.light, nil
	}
	if a.builtin != "" {
		return static.Files.ReadFile(a.builtin)
	}
	return os.ReadFile(filepath.Join(site.Snapshot.Root, filepath.FromSlash(a.disk)))
}

// lightened gives each of the built-in sheets and scripts as it is published.
var lightened = func() map[string]func() []byte {
	light := map[string]func() []byte{}
	_ = fs.WalkDir(static.Files, "assets", func(p string, _ fs.DirEntry, err error) error {
		if hashed(p) {
			light[p] = sync.OnceValue(func() []byte {
				b, _ := static.Files.ReadFile(p) // it was just listed
				return lighten(p, b)
			})
		}
		return err
	})
	return light
}()

// Prepare begins what every site needs, in the background, while its files
// are still being read.
func Prepare() {
	go func() {
		for _, p := range slices.Sorted(maps.Keys(lightened)) {
			lightened[p]()
		}
	}()
}

// light gives a sheet or script as it is published. This project's own folder
// holds the built-in ones once more.
func light(p string, b []byte) []byte {
	if builtin, err := static.Files.ReadFile(p); err == nil && bytes.Equal(b, builtin) {
		return lightened[p]()
	}
	return lighten(p, b)
}

// The minifier leaves what stands in a block whose name it does not know as it
// is. Under the name of some vendor's media query it reads these as well.
var (
	disguise = strings.NewReplacer("@container ", "@-container-media ", "@starting-style ", "@-starting-media ")
	unmask   = strings.NewReplacer("@-container-media", "@container", "@-starting-media", "@starting-style")
)

// lighten takes comments, white space and long local names out of a sheet or
// a script; what cannot be read stays as it is.
func lighten(name string, b []byte) []byte {
	m := minify.New()
	m.AddFunc(".css", css.Minify)
	m.AddFunc(".js", js.Minify)
	sheet := path.Ext(name) == ".css"
	if sheet {
		b = []byte(disguise.Replace(string(b)))
	}
	if small, err := m.Bytes(path.Ext(name), b); err == nil {
		b = small
	}
	if sheet {
		b = []byte(unmask.Replace(string(b)))
	}
	return b
}

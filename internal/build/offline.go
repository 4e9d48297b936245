package build

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"sync"

	"entente/static"
)

// The script for offline reading and the file that names the edition.
const (
	workerFile  = "sw.js"
	editionFile = "sw.json"
)

// hashing is a sink that learns the content of a site on the way to another.
type hashing struct {
	Sink
	mu  sync.Mutex // guards sum
	sum [sha256.Size]byte
}

// Put implements Sink. Files come in any order, so their hashes are added up.
func (h *hashing) Put(path string, content []byte) error {
	one := sha256.New()
	_, _ = fmt.Fprintf(one, "%s\x00%d\x00", path, len(content))
	_, _ = one.Write(content)
	h.mu.Lock()
	carry := 0
	for i, b := range one.Sum(nil) {
		carry += int(h.sum[i]) + int(b)
		h.sum[i] = byte(carry)
		carry >>= 8
	}
	h.mu.Unlock()
	return h.Sink.Put(path, content)
}

func (h *hashing) edition() string { return hex.EncodeToString(h.sum[:8]) }

// offline reports whether the site asks to be read offline.
func (site *Site) offline() bool { return site.Snapshot.Site.Features.ServiceWorker }

// worker writes the script for offline reading of an edition.
func (site *Site) worker(edition string) []byte {
	shell := []string{"./", "search/"}
	for _, a := range site.assets {
		if a.builtin != "" && strings.HasPrefix(a.path, "assets/") && !strings.HasSuffix(a.path, ".txt") {
			shell = append(shell, a.path)
		}
	}
	w := site.Snapshot.World.Words
	dir := w.Dir
	if dir == "" {
		dir = "ltr"
	}
	words := map[string]string{"lang": w.Tag, "dir": dir, "title": w.Say("offline.title"), "text": w.Say("offline.text")}
	var b bytes.Buffer
	for _, c := range []struct {
		name  string
		value any
	}{{"EDITION", edition}, {"SHELL", shell}, {"WORDS", words}} {
		text, _ := json.Marshal(c.value) // strings alone
		fmt.Fprintf(&b, "const %s = %s;\n", c.name, text)
	}
	b.WriteString(static.Worker)
	return lighten(workerFile, b.Bytes())
}

// putWorker puts the script for offline reading and the name of the edition,
// once everything else is there.
func (site *Site) putWorker(h *hashing) error {
	edition := h.edition()
	if err := h.Sink.Put(workerFile, site.worker(edition)); err != nil {
		return err
	}
	return h.Sink.Put(editionFile, []byte(`{"edition":"`+edition+`"}`))
}

package serve

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"mime"
	"net/http"
	"path"
	"slices"
	"strings"
	"time"
)

//go:embed preview/idiomorph.min.js
var morphScript []byte

//go:embed preview/panel.js
var panelScript []byte

//go:embed preview/follow.js
var followScript []byte

//go:embed preview/worker.js
var workerScript []byte

// clientHash tells one version of the preview's scripts from another.
func clientHash() string {
	sum := sha256.Sum256(slices.Concat(morphScript, panelScript, followScript, workerScript))
	return hex.EncodeToString(sum[:4])
}

const policy = "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; font-src 'self'; " +
	"connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

// ServeHTTP answers a request: first the method, then the host, then where
// the request comes from, then the address.
func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Content-Security-Policy", policy)
	_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(s.limits.write))
	edit := r.Method == http.MethodPost && r.URL.Path == "/-/open"
	if r.Method != http.MethodGet && r.Method != http.MethodHead && !edit {
		h.Set("Allow", "GET, HEAD")
		http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
		return
	}
	if !slices.Contains(s.hosts, strings.ToLower(r.Host)) {
		http.Error(w, "this preview does not answer to that host", http.StatusForbidden)
		return
	}
	if !fromHere(r) {
		http.Error(w, "not from another site", http.StatusForbidden)
		return
	}
	switch r.URL.Path {
	case "/-/events":
		s.events(w, r)
	case "/-/preview.js":
		script(w, morphScript, panelScript, followScript)
	case "/-/worker.js":
		script(w, workerScript)
	case "/-/open":
		if edit {
			s.edit(w, r)
			return
		}
		s.page(w, r)
	default:
		s.page(w, r)
	}
}

// fromHere reports whether a request comes from the preview itself, from the
// address bar, or from no browser at all: a program on this machine can read
// the site's files anyway. A link on another site may lead here; nothing else
// of another site may ask.
func fromHere(r *http.Request) bool {
	if origin, sent := r.Header["Origin"]; sent {
		return len(origin) == 1 && strings.EqualFold(origin[0], "http://"+r.Host)
	}
	switch r.Header.Get("Sec-Fetch-Site") {
	case "same-origin", "none", "":
		return true
	case "cross-site", "same-site":
		return r.Method != http.MethodPost && r.Header.Get("Sec-Fetch-Mode") == "navigate" && r.Header.Get("Sec-Fetch-Dest") == "document" && !strings.HasPrefix(r.URL.Path, "/-/")
	}
	return false
}

func script(w http.ResponseWriter, parts ...[]byte) {
	w.Header().Set("Content-Type", "text/javascript; charset=utf-8")
	_, _ = w.Write(bytes.Join(parts, []byte("\n")))
}

// exact reports whether an address is spelled the one way in which the site
// spells it.
func exact(r *http.Request) bool {
	p, raw := r.URL.Path, strings.ToLower(r.URL.EscapedPath())
	return strings.HasPrefix(p, "/") && !strings.ContainsAny(p, "\\\x00") && !strings.Contains(raw, "%2f") && !strings.Contains(raw, "%2e") &&
		(p == "/" || path.Clean(p) == strings.TrimSuffix(p, "/"))
}

// page answers with a file of the last good site.
func (s *server) page(w http.ResponseWriter, r *http.Request) {
	if !exact(r) {
		http.Error(w, "no such address", http.StatusBadRequest)
		return
	}
	st := s.now.Load()
	if st.site == nil {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.WriteHeader(http.StatusServiceUnavailable)
		_, _ = fmt.Fprintf(w, "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>No site yet</title>%s</head><body><main><h1>No site yet</h1><p>The site has errors and no good state to show.</p></main></body></html>", s.tag("", ""))
		return
	}
	f := st.show(r.URL.Path)
	if !f.ok && f.err == nil && !strings.HasSuffix(r.URL.Path, "/") && st.show(r.URL.Path+"/").ok {
		to := r.URL.EscapedPath() + "/"
		if r.URL.RawQuery != "" {
			to += "?" + r.URL.RawQuery
		}
		http.Redirect(w, r, to, http.StatusMovedPermanently)
		return
	}
	if f.err != nil {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.WriteHeader(http.StatusInternalServerError)
		_, _ = fmt.Fprintf(w, "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Cannot render</title>%s</head><body><main><h1>This page cannot be rendered</h1><p>%s</p></main></body></html>", s.tag(f.hash, ""), html.EscapeString(f.err.Error()))
		return
	}
	w.Header().Set("Content-Type", contentType(f.name))
	body := f.body
	if path.Ext(f.name) == ".html" {
		body = withTag(body, s.tag(f.hash, st.note(r.URL.Path, f.ok)))
	}
	if !f.ok {
		w.WriteHeader(http.StatusNotFound)
		_, _ = w.Write(body)
		return
	}
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(body))
}

// contentType tells the type of a file by its name, the same on every
// machine.
func contentType(name string) string {
	switch ext := path.Ext(name); ext {
	case ".html":
		return "text/html; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".json", ".webmanifest", ".geojson":
		return "application/json"
	case ".jsonld":
		return "application/ld+json"
	case ".xml":
		return "application/xml; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	case ".woff2":
		return "font/woff2"
	case ".md":
		return "text/markdown; charset=utf-8"
	case ".csv":
		return "text/csv; charset=utf-8"
	case ".ics":
		return "text/calendar; charset=utf-8"
	case "", ".txt", ".bib", ".ris":
		return "text/plain; charset=utf-8"
	default:
		if t := mime.TypeByExtension(ext); t != "" {
			return t
		}
		return "application/octet-stream"
	}
}

// tag is what a preview adds to every page, and a build to none.
func (s *server) tag(hash, note string) string {
	if note != "" {
		note = ` data-note="` + html.EscapeString(note) + `"`
	}
	return fmt.Sprintf(`<script src="/-/preview.js" defer data-hash="%s" data-client="%s"%s></script>`, hash, s.client, note)
}

func withTag(page []byte, tag string) []byte {
	i := bytes.Index(page, []byte("</head>"))
	if i < 0 {
		return page
	}
	return slices.Concat(page[:i], []byte(tag), page[i:])
}

// edit asks the editor to show a place. Only files that the site is made of
// can be asked for.
func (s *server) edit(w http.ResponseWriter, r *http.Request) {
	var at struct {
		place
		Page string `json:"page"`
	}
	// A form of another site cannot send this type without asking first.
	if t, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || t != "application/json" {
		http.Error(w, "JSON expected", http.StatusUnsupportedMediaType)
		return
	}
	if err := json.NewDecoder(io.LimitReader(r.Body, 4096)).Decode(&at); err != nil {
		http.Error(w, "cannot read that", http.StatusBadRequest)
		return
	}
	st := s.now.Load()
	if at.File == "" {
		from := st.source(at.Page)
		at.File = from.File
		if at.Line < 1 {
			at.Line = from.Line
		}
	}
	if st.text(at.File) == nil {
		http.Error(w, "no such source", http.StatusNotFound)
		return
	}
	at.Line, at.Col = max(1, at.Line), max(1, at.Col)
	e := s.editor(st)
	answer := struct {
		File   string `json:"file"` // "content/topics/nato.md:3:1"
		Link   string `json:"link"` // for the browser to follow
		Opened bool   `json:"opened"`
	}{File: fmt.Sprintf("%s:%d:%d", at.File, at.Line, at.Col), Link: e.link(at.place)}
	if len(e.Command) > 0 && s.o.Start != nil {
		wait, err := s.o.Start(e.words(at.place))
		if err != nil {
			http.Error(w, "the editor cannot be started: "+err.Error(), http.StatusInternalServerError)
			return
		}
		go func() { _ = wait() }() // it stays for as long as the author likes
		answer.Opened = true
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(answer)
}

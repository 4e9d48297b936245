package serve

import (
	"encoding/json"
	"io"
	"mime"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"
)

// ServeHTTP answers a request: method, then host, then where the request
// comes from, then the address.
func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "+
		"manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'")
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
	if !s.ours(r, edit || strings.HasPrefix(r.URL.Path, "/-/events")) {
		http.Error(w, "not from another site", http.StatusForbidden)
		return
	}
	switch r.URL.Path {
	case "/-/events":
		s.events(w, r)
	case "/-/dev.js":
		script(w, devScript)
	case "/-/live.js":
		script(w, liveScript)
	case "/-/morph.js":
		script(w, morphScript)
	case "/-/open":
		s.open(w, r)
	default:
		s.file(w, r)
	}
}

// ours reports whether a request comes from the preview itself or from the
// address bar. Streams and actions must say where they come from.
func (s *server) ours(r *http.Request, strict bool) bool {
	if origin, sent := r.Header["Origin"]; sent {
		if len(origin) != 1 {
			return false
		}
		u, err := url.Parse(origin[0])
		return err == nil && u.Scheme == "http" && slices.Contains(s.hosts, strings.ToLower(u.Host))
	}
	switch r.Header.Get("Sec-Fetch-Site") {
	case "same-origin", "none":
		return true
	case "":
		return true // no browser: it can read the site's files anyway
	case "cross-site", "same-site":
		return !strict && r.Header.Get("Sec-Fetch-Mode") == "navigate"
	}
	return false
}

func script(w http.ResponseWriter, b []byte) {
	w.Header().Set("Content-Type", "text/javascript; charset=utf-8")
	_, _ = w.Write(b)
}

// file answers with a file of the last good site.
func (s *server) file(w http.ResponseWriter, r *http.Request) {
	site := s.now.Load().site
	if site == nil {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.WriteHeader(http.StatusServiceUnavailable)
		_, _ = io.WriteString(w, "<!doctype html><html lang=\"en\"><head><title>No site yet</title>"+scripts+"</head><body><main><p>The site has errors and no good state yet.</p></main></body></html>")
		return
	}
	name := strings.TrimPrefix(r.URL.Path, "/")
	if strings.Contains(name, "\\") || strings.Contains(name, "\x00") || name != "" && path.Clean("/"+name) != "/"+strings.TrimSuffix(name, "/") {
		http.Error(w, "no such address", http.StatusBadRequest)
		return
	}
	if name == "" || strings.HasSuffix(name, "/") {
		name += "index.html"
	}
	b, ok, err := site.File(name)
	if !ok && err == nil {
		if _, dir, _ := site.File(name + "/index.html"); dir {
			http.Redirect(w, r, "/"+name+"/", http.StatusMovedPermanently)
			return
		}
		b, _, err = site.File("404.html")
		name = "404.html"
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
	}
	if err != nil {
		http.Error(w, "cannot render: "+err.Error(), http.StatusInternalServerError)
		return
	}
	typ := mime.TypeByExtension(path.Ext(name))
	switch path.Ext(name) {
	case ".html":
		typ, b = "text/html; charset=utf-8", withScripts(b)
	case ".woff2":
		typ = "font/woff2"
	case ".md":
		typ = "text/markdown; charset=utf-8"
	case "":
		typ = "text/plain; charset=utf-8"
	}
	w.Header().Set("Content-Type", typ)
	if !ok {
		w.WriteHeader(http.StatusNotFound)
	}
	if r.Method != http.MethodHead {
		_, _ = w.Write(b)
	}
}

// open asks the editor to show a place. Only files that the site is made of
// can be asked for.
func (s *server) open(w http.ResponseWriter, r *http.Request) {
	var at struct {
		File, Page string
		Line, Col  int
	}
	if err := json.NewDecoder(io.LimitReader(r.Body, 4096)).Decode(&at); err != nil {
		http.Error(w, "cannot read that", http.StatusBadRequest)
		return
	}
	st := s.now.Load()
	if at.File == "" && st.site != nil {
		at.File = st.site.SourceOf(strings.Trim(at.Page, "/") + "/")
	}
	known := false
	for _, t := range slices.Concat(st.latest.Snapshot.Files.Texts, st.latest.Snapshot.Files.Templates) {
		known = known || t.Path == at.File
	}
	if !known || s.o.Edit == nil {
		http.Error(w, "no editor for that", http.StatusNotFound)
		return
	}
	if err := s.o.Edit(at.File, max(1, at.Line), max(1, at.Col)); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

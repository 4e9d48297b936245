package serve

import (
	"context"
	"html"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// site makes a small site in a folder.
func site(t testing.TB) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"content/site.yaml":            "title: Test\nas_of: '2025-10-31'\n",
		"content/topics/a.md":          "---\ntitle: First\nsummary: One.\n---\nHello.\n",
		"content/topics/draft.md":      "---\ntitle: Draft\ndraft: true\n---\nNot yet.\n",
		"content/states/states.yaml":   "- {id: denmark, name: Denmark, region: europe, sources: [s]}\n",
		"content/sources/sources.yaml": "- {id: s, title: A source}\n",
		"content/secret.txt":           "canary",
		".env":                         "canary",
	} {
		full := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// preview opens a site without listening or watching.
func preview(t testing.TB, dir string) *server {
	t.Helper()
	s, err := newServer(Options{Root: dir, Out: io.Discard, Poll: true}, 8383)
	if err != nil {
		t.Fatal(err)
	}
	s.open(t.Context())
	return s
}

// said gives what a stream that begins now would say.
func (s *server) said(pages ...string) message {
	m, _ := s.message(&stream{pages: pages}, message{})
	return m
}

// changed follows a change of some files.
func (s *server) changed(paths ...string) {
	now := time.Now()
	s.follow(context.Background(), change{paths: paths, first: now, done: now})
}

// ask makes a request and gives status and body.
func ask(s *server, method, target string, header map[string]string) (int, string) {
	r := httptest.NewRequest(method, "http://127.0.0.1:8383/", nil)
	r.URL.Path = target
	for k, v := range header {
		if k == "Host" {
			r.Host = v
			continue
		}
		r.Header.Set(k, v)
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w.Code, w.Body.String()
}

func TestPreviewIsPrivate(t *testing.T) {
	s := preview(t, site(t))
	for _, host := range []string{"evil.example", "127.0.0.1", "localhost", "127.0.0.1:80", "127.0.0.1:8383.evil.example", "localhost.:8383", "0.0.0.0:8383",
		"[::]:8383", "127.1:8383", "2130706433:8383", "localhost:8383@evil.example", "", "evil.example:8383", "foo.localhost:8383", "127.0.0.1:83830", "[::1]:80"} {
		if code, _ := ask(s, "GET", "/", map[string]string{"Host": host}); code != http.StatusForbidden {
			t.Errorf("host %q: %d, want 403", host, code)
		}
	}
	for _, origin := range []string{"http://evil.example", "null", "https://127.0.0.1:8383", "http://127.0.0.1", "http://localhost", "http://127.0.0.1:8384", "file://", "http://127.0.0.1:8383.evil.example", "http://10.0.0.1:8383", ""} {
		if code, _ := ask(s, "GET", "/-/preview.js", map[string]string{"Origin": origin}); code != http.StatusForbidden {
			t.Errorf("origin %q: %d, want 403", origin, code)
		}
	}
	if code, _ := ask(s, "GET", "/-/events", map[string]string{"Sec-Fetch-Site": "cross-site"}); code != http.StatusForbidden {
		t.Errorf("a stream across sites: %d", code)
	}
	for _, method := range []string{"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND"} {
		if code, _ := ask(s, method, "/", nil); code != http.StatusMethodNotAllowed {
			t.Errorf("method %s: %d, want 405", method, code)
		}
	}
	for _, target := range []string{"/../.env", "/..%2f.env", "/content/secret.txt", "/.env", "/%2e%2e/.env", "/topics/../../.env", "/./.env", "//etc/passwd", "/\\..\\.env",
		"/content/site.yaml", "/templates/base.html", "/topics/a/index.html/../../../.env", "/.git/config", "/secret.txt"} {
		code, body := ask(s, "GET", target, nil)
		if code == http.StatusOK || strings.Contains(body, "canary") {
			t.Errorf("%s: %d", target, code)
		}
	}
	code, body := ask(s, "GET", "/topics/a/", nil)
	if code != http.StatusOK || !strings.Contains(body, "Hello.") || !strings.Contains(body, "/-/preview.js") {
		t.Errorf("the page itself: %d", code)
	}
	if _, body := ask(s, "GET", "/topics/draft/", nil); !strings.Contains(body, "not part of the published site") {
		t.Error("a draft is not marked")
	}
}

// A bad edit leaves the last good page up, with the mistake named; the next
// good save clears it.
func TestBadEditKeepsTheLastGoodPage(t *testing.T) {
	dir := site(t)
	s := preview(t, dir)
	page := filepath.Join(dir, "content/topics/a.md")
	for round := range 20 {
		write(t, page, "---\ntitel: First\n---\n")
		s.changed("content/topics/a.md")
		if code, body := ask(s, "GET", "/topics/a/", nil); code != 200 || !strings.Contains(body, "<h1>First") {
			t.Fatalf("round %d: the last good page is gone (%d)", round, code)
		}
		if st := s.said().json(); !strings.Contains(st, "FM025") || !strings.Contains(st, "content/topics/a.md") {
			t.Fatalf("round %d: %s", round, st)
		}
		write(t, page, "---\ntitle: First\nsummary: One.\n---\nHello.\n")
		s.changed("content/topics/a.md")
		if st := s.said().json(); !strings.Contains(st, `"problems":[]`) {
			t.Fatalf("round %d: %s", round, st)
		}
	}
}

func write(t testing.TB, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// record answers a request made by hand.
func record(s *server, r *http.Request) *httptest.ResponseRecorder {
	r.Host = "127.0.0.1:8383"
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w
}

// Where a source does not become the page that its name promises, the page of
// what is not there says why.
func TestAbsentPagesSayWhy(t *testing.T) {
	dir := site(t)
	s := preview(t, dir)
	for _, c := range []struct{ file, text, address, why string }{
		{"content/topics/b.md", "---\ntitle: [\n---\n", "/topics/b/", "There is no page here: content/topics/b.md, line"},
		{"content/states/norway.md", "---\nsummary: Text.\n---\nText.\n", "/states/norway/", "There is no page here: content/states/norway.md, line 1: no record"},
		{"content/states/more.yaml", "- {id: denmark, name: Denmark}\n- {id: Faroes, name: Faroes, region: europe, sources: [s]}\n", "/states/Faroes/", "There is no page here: content/states/more.yaml, line 2: "},
	} {
		write(t, filepath.Join(dir, filepath.FromSlash(c.file)), c.text)
		s.changed(c.file)
		if code, body := ask(s, "GET", c.address, nil); code != http.StatusNotFound || !strings.Contains(html.UnescapeString(body), c.why) {
			_, note, _ := strings.Cut(body, "data-note")
			t.Errorf("%s: %d, %.200q", c.address, code, note)
		}
	}
}

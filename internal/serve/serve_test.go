package serve

import (
	"context"
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

func preview(t testing.TB, dir string) *server {
	t.Helper()
	s := &server{o: Options{Root: dir, Out: io.Discard}, waiting: map[chan struct{}]bool{}, hosts: []string{"127.0.0.1:8383", "localhost:8383", "[::1]:8383"}}
	s.reload(context.Background())
	return s
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
		if code, _ := ask(s, "GET", "/-/dev.js", map[string]string{"Origin": origin}); code != http.StatusForbidden {
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
	if code != http.StatusOK || !strings.Contains(body, "Hello.") || !strings.Contains(body, "/-/live.js") {
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
		s.reload(context.Background())
		if code, body := ask(s, "GET", "/topics/a/", nil); code != 200 || !strings.Contains(body, "<h1>First") {
			t.Fatalf("round %d: the last good page is gone (%d)", round, code)
		}
		if st := string(s.now.Load().status()); !strings.Contains(st, "FM025") || !strings.Contains(st, "content/topics/a.md") {
			t.Fatalf("round %d: %s", round, st)
		}
		write(t, page, "---\ntitle: First\nsummary: One.\n---\nHello.\n")
		s.reload(context.Background())
		if st := string(s.now.Load().status()); !strings.Contains(st, `"problems":[]`) {
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

// Whatever way an editor saves, the change is seen; with events and without.
func TestNoSaveIsMissed(t *testing.T) {
	patterns := map[string]func(path, text string) error{
		"write in place": func(p, s string) error { return os.WriteFile(p, []byte(s), 0o644) },
		"rename over": func(p, s string) error {
			tmp := p + ".tmp"
			if err := os.WriteFile(tmp, []byte(s), 0o644); err != nil {
				return err
			}
			return os.Rename(tmp, p)
		},
		"backup, then new": func(p, s string) error {
			if err := os.Rename(p, p+"~"); err != nil {
				return err
			}
			return os.WriteFile(p, []byte(s), 0o644)
		},
		"delete, then new": func(p, s string) error {
			if err := os.Remove(p); err != nil {
				return err
			}
			return os.WriteFile(p, []byte(s), 0o644)
		},
		"same size and time": func(p, s string) error {
			info, err := os.Stat(p)
			if err != nil {
				return err
			}
			if err := os.WriteFile(p, []byte(s), 0o644); err != nil {
				return err
			}
			return os.Chtimes(p, info.ModTime(), info.ModTime())
		},
		"new folder at once": func(p, s string) error {
			dir := filepath.Join(filepath.Dir(p), "n"+s[len(s)-2:len(s)-1], "b")
			if err := os.MkdirAll(dir, 0o755); err != nil {
				return err
			}
			return os.WriteFile(filepath.Join(dir, "x.md"), []byte(s), 0o644)
		},
	}
	for name, save := range patterns {
		for _, poll := range []bool{false, true} {
			t.Run(name, func(t *testing.T) {
				dir := site(t)
				w, err := newWatcher(dir, poll, func(string) {})
				if err != nil {
					t.Fatal(err)
				}
				defer w.close()
				for round := range 4 {
					if err := save(filepath.Join(dir, "content/topics/a.md"), "---\ntitle: First\nsummary: One.\n---\nHello"+string(rune('0'+round))+"\n"); err != nil {
						t.Fatal(err)
					}
					select {
					case <-w.changes:
					case <-time.After(5 * time.Second):
						t.Fatalf("round %d: not seen", round)
					}
				}
			})
		}
	}
}

package deploy

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"
)

// shelf is a store in memory that fails at one request.
type shelf struct {
	files    map[string]string
	requests int
	failAt   int // 0: never
}

func (s *shelf) request() error {
	s.requests++
	if s.requests == s.failAt {
		return errors.New("the store is away")
	}
	return nil
}

func (s *shelf) Get(_ context.Context, name string) ([]byte, error) {
	if err := s.request(); err != nil {
		return nil, err
	}
	text, ok := s.files[name]
	if !ok {
		return nil, fs.ErrNotExist
	}
	return []byte(text), nil
}

func (s *shelf) Put(_ context.Context, name string, content []byte) error {
	if err := s.request(); err != nil {
		return err
	}
	s.files[name] = string(content)
	return nil
}

func (s *shelf) Delete(_ context.Context, name string) error {
	if err := s.request(); err != nil {
		return err
	}
	delete(s.files, name)
	return nil
}

// of makes a site: each page names the sheet it needs.
func of(edition, sheet string, pages int) map[string]string {
	files := map[string]string{"assets/" + sheet: "sheet " + edition, "robots.txt": "all"}
	var links strings.Builder
	for i := range pages {
		p := fmt.Sprintf("topics/%s-%d/index.html", edition[:1], i)
		files[p] = fmt.Sprintf("needs assets/%s ; page %d of the %s", sheet, i, edition)
		fmt.Fprintf(&links, "needs %s ; ", p)
	}
	files["shared/index.html"] = "needs assets/" + sheet + " ; shared " + edition
	files["index.html"] = "needs assets/" + sheet + " ; " + links.String()
	return files
}

func site(files map[string]string) Site {
	s := Site{Sums: map[string]string{}, Read: func(name string) ([]byte, error) { return []byte(files[name]), nil }}
	for name, text := range files {
		sum := sha256.Sum256([]byte(text))
		s.Sums[name] = hex.EncodeToString(sum[:])
	}
	return s
}

func deploy(to Store, files map[string]string) error {
	steps, err := Plan(context.Background(), to, site(files))
	if err != nil {
		return err
	}
	return Run(context.Background(), to, site(files), steps, nil)
}

var needs = regexp.MustCompile(`needs (\S+) ;`)

// missing names the first thing that a page of the store needs and has not.
func (s *shelf) missing() string {
	for name, text := range s.files {
		for _, m := range needs.FindAllStringSubmatch(text, -1) {
			if _, ok := s.files[m[1]]; !ok {
				return fmt.Sprintf("%s needs %s", name, m[1])
			}
		}
	}
	return ""
}

// P20: a deployment that fails at any request leaves every page with all it
// needs; running it again finishes it; what others put there stays.
func TestDeployFailsAnywhere(t *testing.T) {
	points := 0
	for n := 1; ; n++ {
		s := &shelf{files: map[string]string{"theirs/note.txt": "mine", "CNAME": "example.org"}}
		if err := deploy(s, of("old", "a.12345678.css", 40)); err != nil {
			t.Fatal(err)
		}
		s.requests, s.failAt = 0, n
		err := deploy(s, of("new", "b.87654321.css", 50))
		if s.requests < n {
			if err != nil {
				t.Fatal(err)
			}
			break
		}
		points++
		if why := s.missing(); why != "" {
			t.Fatalf("failed at request %d: %s", n, why)
		}
		if err == nil {
			t.Fatalf("failed at request %d, and said nothing", n)
		}
		third := of("third", "c.11111111.css", 5) // another edition comes before the second is finished
		for _, next := range []map[string]string{of("new", "b.87654321.css", 50), third} {
			if err := deploy(s, next); err != nil {
				t.Fatalf("after request %d: %v", n, err)
			}
			if why := s.exactly(next); why != "" {
				t.Fatalf("after request %d: %s", n, why)
			}
		}
	}
	t.Logf("%d points of failure", points)
}

// exactly says how the store differs from a site and what others put there.
func (s *shelf) exactly(files map[string]string) string {
	for name, text := range files {
		if s.files[name] != text {
			return name + " is not the new one"
		}
	}
	for name := range s.files {
		if _, ours := files[name]; !ours && name != manifest && name != "CNAME" && name != "theirs/note.txt" {
			return name + " is left over"
		}
	}
	if s.files["CNAME"] == "" || s.files["theirs/note.txt"] == "" {
		return "what others put there is gone"
	}
	return ""
}

// What did not change is not sent again.
func TestDeploySendsWhatChanged(t *testing.T) {
	s := &shelf{files: map[string]string{}}
	files := of("old", "a.12345678.css", 3)
	if err := deploy(s, files); err != nil {
		t.Fatal(err)
	}
	files["robots.txt"] = "none"
	steps, err := Plan(context.Background(), s, site(files))
	if err != nil || fmt.Sprint(steps) != "[{robots.txt false}]" {
		t.Errorf("%v, %v", steps, err)
	}
}

func TestFolder(t *testing.T) {
	f := Folder(t.TempDir())
	for _, files := range []map[string]string{of("old", "a.css", 3), of("new", "b.css", 2)} {
		if err := deploy(f, files); err != nil {
			t.Fatal(err)
		}
		for name, text := range files {
			if b, err := f.Get(context.Background(), name); err != nil || string(b) != text {
				t.Errorf("%s: %q, %v", name, b, err)
			}
		}
	}
	if _, err := f.Get(context.Background(), "topics/o-0/index.html"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("an old page stays: %v", err)
	}
}

// A bucket gets signed requests, with the type of each file and how long it
// may be kept.
func TestBucket(t *testing.T) {
	files := map[string]string{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		auth := r.Header.Get("Authorization")
		if !strings.HasPrefix(auth, "AWS4-HMAC-SHA256 Credential=KEY/20251031/here/s3/aws4_request, SignedHeaders=host;x-amz-content-sha256;x-amz-date, Signature=") {
			http.Error(w, "not signed: "+auth, http.StatusForbidden)
			return
		}
		name := strings.TrimPrefix(r.URL.Path, "/bucket/pre/")
		switch r.Method {
		case http.MethodPut:
			b := make([]byte, r.ContentLength)
			_, _ = r.Body.Read(b)
			files[name] = r.Header.Get("Content-Type") + "|" + r.Header.Get("Cache-Control")
		case http.MethodDelete:
			delete(files, name)
		default:
			http.NotFound(w, r)
		}
	}))
	defer server.Close()
	b := &Bucket{Endpoint: server.URL, Name: "bucket", Prefix: "pre/", Region: "here", Key: "KEY", Secret: "SECRET", Client: server.Client(),
		Now: func() time.Time { return time.Date(2025, 10, 31, 0, 0, 0, 0, time.UTC) }}
	if err := deploy(b, map[string]string{"a b/index.html": "page", "assets/x.0123abcd.css": "sheet"}); err != nil {
		t.Fatal(err)
	}
	if got := files["a b/index.html"]; got != "text/html; charset=utf-8|public, max-age=300" {
		t.Errorf("page: %q", got)
	}
	if got := files["assets/x.0123abcd.css"]; got != "text/css; charset=utf-8|public, max-age=31536000, immutable" {
		t.Errorf("sheet: %q", got)
	}
}

// The signature of an example in Amazon's documentation of the scheme ("GET
// Bucket Lifecycle").
func TestSignature(t *testing.T) {
	r, err := http.NewRequest(http.MethodGet, "https://examplebucket.s3.amazonaws.com/?lifecycle=", nil)
	if err != nil {
		t.Fatal(err)
	}
	b := &Bucket{Region: "us-east-1", Key: "AKIAIOSFODNN7EXAMPLE", Secret: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
		Now: func() time.Time { return time.Date(2013, 5, 24, 0, 0, 0, 0, time.UTC) }}
	b.sign(r, nil)
	if want := "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"; !strings.HasSuffix(r.Header.Get("Authorization"), "Signature="+want) {
		t.Errorf("%s, want %s", r.Header.Get("Authorization"), want)
	}
}

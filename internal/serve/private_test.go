package serve

import (
	"bufio"
	"context"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"entente/internal/effort"
)

// running serves a site at a port of its own until the test ends.
func running(t *testing.T, dir string, poll bool, change func(*server)) (s *server, addr string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s, err = newServer(Options{Root: dir, Out: io.Discard, Poll: poll}, l.Addr().(*net.TCPAddr).Port)
	if err != nil {
		t.Fatal(err)
	}
	if change != nil {
		change(s)
	}
	s.open(t.Context())
	s.watcher.start()
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- s.serve(ctx, l) }()
	t.Cleanup(func() {
		stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
		s.watcher.close()
	})
	return s, l.Addr().String()
}

// Names by which the preview may be asked for; everything else is refused
// before anything is read, whatever a forwarding header says.
func TestForeignHostsAreRefused(t *testing.T) {
	s := preview(t, site(t))
	for _, host := range []string{"evil.example", "evil.example:8383", "127.0.0.1", "localhost", "127.0.0.1:80", "127.0.0.1:8384", "127.0.0.1:83830", "127.0.0.1:8383.evil.example",
		"127.0.0.1.evil.example:8383", "localhost.:8383", "foo.localhost:8383", "localhost:8383@evil.example", "user@localhost:8383", "0.0.0.0:8383", "[::]:8383", "[::1]:80", "[::ffff:127.0.0.1]:8383",
		"127.1:8383", "2130706433:8383", "0x7f000001:8383", "0177.0.0.1:8383", "", " localhost:8383", "localhost:8383 ", "localhost:08383", "10.0.0.1:8383"} {
		if code, body := ask(s, "GET", "/", map[string]string{"Host": host}); code != http.StatusForbidden || strings.Contains(body, "<html") {
			t.Errorf("host %q: %d, want 403", host, code)
		}
	}
	for _, header := range []string{"X-Forwarded-Host", "X-Forwarded-Server", "X-Host", "X-Original-Host", "Forwarded", "X-HTTP-Host-Override", "X-Forwarded-For", "X-Real-Ip"} {
		value := "localhost:8383"
		if header == "Forwarded" {
			value = "host=localhost:8383;for=127.0.0.1"
		}
		if code, _ := ask(s, "GET", "/", map[string]string{"Host": "evil.example", header: value}); code != http.StatusForbidden {
			t.Errorf("%s makes a foreign host ours: %d", header, code)
		}
		if code, body := ask(s, "GET", "/topics/a", map[string]string{header: "evil.example"}); code != http.StatusMovedPermanently || strings.Contains(body, "evil") {
			t.Errorf("%s: %d %s", header, code, body)
		}
	}
	for _, host := range []string{"127.0.0.1:8383", "localhost:8383", "LOCALHOST:8383", "[::1]:8383"} {
		if code, _ := ask(s, "GET", "/", map[string]string{"Host": host}); code != http.StatusOK {
			t.Errorf("host %q: %d, want 200", host, code)
		}
	}
	s.hosts = append(s.hosts, allowed([]string{"Desk.Example"}, 8383)...)
	for _, host := range []string{"desk.example", "desk.example:8383"} {
		if code, _ := ask(s, "GET", "/", map[string]string{"Host": host}); code != http.StatusOK {
			t.Errorf("allowed host %q: %d, want 200", host, code)
		}
	}
}

func TestForeignOriginsAreRefused(t *testing.T) {
	s := preview(t, site(t))
	for _, origin := range []string{"http://evil.example", "https://evil.example", "null", "", "file://", "https://127.0.0.1:8383", "http://127.0.0.1", "http://127.0.0.1:8384", "http://localhost",
		"http://localhost:8383", "http://127.0.0.1:8383.evil.example", "http://evil.example:8383", "http://10.0.0.1:8383", "http://[::1]:8383", "http://127.0.0.1:8383/", "http://user@127.0.0.1:8383",
		"chrome-extension://abcdef", "http://127.0.0.1:8383, http://evil.example", "HTTP ://127.0.0.1:8383", "http://127.0.0.1:8383\x00"} {
		for _, target := range []string{"/-/events", "/-/open", "/"} {
			method := "GET"
			if target == "/-/open" {
				method = "POST"
			}
			if code, _ := ask(s, method, target, map[string]string{"Origin": origin, "Content-Type": "application/json"}); code != http.StatusForbidden {
				t.Errorf("origin %q of %s: %d, want 403", origin, target, code)
			}
		}
	}
	for _, c := range []struct {
		target, site, mode, dest string
		want                     int
	}{
		{"/", "cross-site", "navigate", "document", 200}, // a link that leads here
		{"/", "cross-site", "navigate", "iframe", 403},
		{"/", "cross-site", "no-cors", "script", 403},
		{"/assets/icon.svg", "cross-site", "no-cors", "image", 403},
		{"/", "same-site", "cors", "empty", 403}, // another port of this machine
		{"/-/events", "cross-site", "navigate", "document", 403},
		{"/-/preview.js", "same-site", "no-cors", "script", 403},
		{"/-/preview.js", "same-origin", "no-cors", "script", 200},
		{"/", "none", "navigate", "document", 200},
		{"/", "elsewhere", "navigate", "document", 403},
	} {
		if code, _ := ask(s, "GET", c.target, map[string]string{"Sec-Fetch-Site": c.site, "Sec-Fetch-Mode": c.mode, "Sec-Fetch-Dest": c.dest}); code != c.want {
			t.Errorf("%+v: %d", c, code)
		}
	}
	if code, _ := ask(s, "POST", "/-/open", map[string]string{"Origin": "http://127.0.0.1:8383", "Content-Type": "text/plain"}); code != http.StatusUnsupportedMediaType {
		t.Errorf("what a form can send opens the editor: %d", code)
	}
}

func TestOnlyTheSiteIsServed(t *testing.T) {
	s := preview(t, site(t))
	for _, target := range []string{"/../.env", "/..", "/.", "/..%2f.env", "/%2e%2e/.env", "/%2e%2e%2f.env", "/..%5c.env", "/.env", "/./.env", "//.env", "///etc/passwd", "//etc/passwd", "/etc/passwd",
		"/topics/../../.env", "/topics/../.env", "/topics/a/../../../.env", "/topics/a/index.html/../../../../.env", "/topics/./a/", "/topics//a/", "//topics/a/", "/topics/a//", "/topics%2fa/", "/topics/%61/%2e%2e/",
		"/\\..\\.env", "/..\\.env", "/topics\\a", "/%5c..%5c.env", "/\x00", "/.env\x00.html", "/topics/a/\x00", "/content/secret.txt", "/content/site.yaml", "/content/topics/a.md", "/content/topics/draft.md", "/templates/base.html", "/static/x",
		"/secret.txt", "/.git/config", "/.git/HEAD", "/go.mod", "/public/index.html", "/C:/Windows/win.ini", "/file:///etc/passwd", "/http://evil.example/", "/proc/self/environ", "/dev/stdin", "/-/", "/-/../.env", "/-/preview", "/-/live.js", "/-/open"} {
		code, body := ask(s, "GET", target, nil)
		if code != http.StatusNotFound && code != http.StatusBadRequest || strings.Contains(body, "canary") || strings.Contains(body, "root:") {
			t.Errorf("%q: %d", target, code)
		}
	}
	for _, method := range []string{"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "get", ""} {
		code, body := ask(s, method, "/", nil)
		if method != "" && (code != http.StatusMethodNotAllowed || strings.Contains(body, "<html")) {
			t.Errorf("method %q: %d, want 405", method, code)
		}
	}
	for _, body := range []string{`{"file":"../.env"}`, `{"file":"/etc/passwd"}`, `{"file":".env"}`, `{"file":"content/secret.txt"}`, `{"page":"/nowhere/"}`, `{}`, `{`, `[]`, ``} {
		r, _ := http.NewRequest("POST", "http://127.0.0.1:8383/-/open", strings.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		if w := record(s, r); w.Code != http.StatusNotFound && w.Code != http.StatusBadRequest {
			t.Errorf("open %s: %d", body, w.Code)
		}
	}
	r, _ := http.NewRequest("GET", "http://127.0.0.1:8383/topics/a/", nil)
	w := record(s, r)
	for name, want := range map[string]string{"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Cross-Origin-Resource-Policy": "same-origin", "Access-Control-Allow-Origin": "", "Access-Control-Allow-Methods": ""} {
		if got := w.Header().Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	if !strings.Contains(w.Header().Get("Content-Security-Policy"), "frame-ancestors 'none'") {
		t.Error("the page may be framed")
	}
}

// What is no request is answered with 400, or not at all, and harms nobody.
func TestMalformedRequests(t *testing.T) {
	_, addr := running(t, site(t), true, func(s *server) { s.limits.header, s.limits.read = 300*time.Millisecond, 600*time.Millisecond })
	for _, raw := range []string{
		"GET / HTTP/1.1\r\n\r\n", // no host
		"GET / HTTP/1.1\r\nHost: " + addr + "\r\nHost: evil.example\r\n\r\n", // two
		"GET http://evil.example/ HTTP/1.1\r\nHost: " + addr + "\r\n\r\n",    // another in the target
		"GET / HTTP/1.0\r\n\r\n",                                                                            // none needed
		"GET /\x01 HTTP/1.1\r\nHost: " + addr + "\r\n\r\n",                                                  // control character
		"GET / HTTP/9.9\r\nHost: " + addr + "\r\n\r\n",                                                      // no such version
		"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",                                                      // TLS
		"GET / HTTP/1.1\r\nHost: " + addr + "\r\nX: " + strings.Repeat("x", 64<<10) + "\r\n\r\n",            // header too large
		"GET /" + strings.Repeat("x", 64<<10) + " HTTP/1.1\r\nHost: " + addr + "\r\n\r\n",                   // address too long
		"GET / HTTP/1.1\r\nHost: " + addr + "\r\nbroken\r\n\r\n",                                            // no header
		"POST /-/open HTTP/1.1\r\nHost: " + addr + "\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx",    // two lengths
		"POST / HTTP/1.1\r\nHost: " + addr + "\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0", // smuggled
		"nonsense\r\n\r\n",
	} {
		c, err := net.Dial("tcp", addr)
		if err != nil {
			t.Fatal(err)
		}
		_ = c.SetDeadline(time.Now().Add(30 * time.Second))
		_, _ = io.WriteString(c, raw)
		answer, err := bufio.NewReader(c).ReadString('\n')
		if err != nil && err != io.EOF && !strings.Contains(err.Error(), "reset") {
			t.Errorf("%.60q: neither answered nor closed: %v", raw, err)
		}
		if strings.Contains(answer, " 200 ") || strings.Contains(answer, " 30") {
			t.Errorf("%.60q: %s", raw, answer)
		}
		c.Close()
	}
	answered(t, addr)
}

// answered demands that a page is served at once.
func answered(t *testing.T, addr string) {
	t.Helper()
	client := &http.Client{Timeout: 30 * time.Second, Transport: &http.Transport{DisableKeepAlives: true}}
	r, err := client.Get("http://" + addr + "/topics/a/")
	if err != nil {
		t.Error(err)
		return
	}
	defer r.Body.Close()
	if b, err := io.ReadAll(r.Body); err != nil || r.StatusCode != http.StatusOK || !strings.Contains(string(b), "<h1>First") {
		t.Errorf("%d %v", r.StatusCode, err)
	}
}

// Clients that never finish their request keep nobody waiting and are sent
// away.
func TestHalfOpenClients(t *testing.T) {
	_, addr := running(t, site(t), true, func(s *server) { s.limits.header = 500 * time.Millisecond })
	var open []net.Conn
	for i := range effort.Of(200, 200, 1000) {
		c, err := net.Dial("tcp", addr)
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		_, _ = io.WriteString(c, []string{"", "G", "GET / HTTP/1.1\r\n", "GET / HTTP/1.1\r\nHost: " + addr + "\r\n"}[i%4])
		open = append(open, c)
	}
	answered(t, addr)
	for _, c := range open {
		_ = c.SetReadDeadline(time.Now().Add(30 * time.Second))
		if _, err := io.Copy(io.Discard, c); err != nil && !strings.Contains(err.Error(), "reset") {
			t.Fatalf("not sent away: %v", err)
		}
	}
}

// So many tabs as no author has are told of a change; those beyond the limit
// are refused, and pages are served all the same.
func TestLiveClients(t *testing.T) {
	dir := site(t)
	s, addr := running(t, dir, true, nil)
	n := effort.Of(600, 600, 600)
	type client struct {
		body  io.ReadCloser
		lines *bufio.Scanner
	}
	var live []client
	refused := 0
	tr := &http.Transport{}
	defer tr.CloseIdleConnections()
	for range n {
		r, err := (&http.Client{Transport: tr}).Get("http://" + addr + "/-/events?page=/topics/a/")
		if err != nil {
			t.Fatal(err)
		}
		defer r.Body.Close()
		if r.StatusCode == http.StatusServiceUnavailable {
			refused++
			r.Body.Close()
			continue
		}
		lines := bufio.NewScanner(r.Body)
		lines.Buffer(nil, 1<<20)
		live = append(live, client{r.Body, lines})
	}
	if len(live) != s.limits.streams || refused != n-s.limits.streams {
		t.Errorf("%d live and %d refused, want %d live", len(live), refused, s.limits.streams)
	}
	answered(t, addr)
	write(t, dir+"/content/topics/a.md", "---\ntitle: First\nsummary: One.\n---\nChanged.\n")
	s.watcher.again() // as an event would
	for i, c := range live {
		told := 0
		for told < 2 && c.lines.Scan() {
			if strings.HasPrefix(c.lines.Text(), "data: ") {
				told++
			}
		}
		if told < 2 {
			t.Fatalf("client %d was not told: %v", i, c.lines.Err())
		}
		c.body.Close()
	}
	answered(t, addr)
}

// A taken port is an error when it was asked for; else the next free one is
// used.
func TestPorts(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	_, err = listen(Options{Port: l.Addr().(*net.TCPAddr).Port})
	if taken, ok := err.(*PortTaken); !ok || taken.ExitCode() != 3 || !strings.Contains(err.Error(), "SV001") {
		t.Errorf("a taken port: %v", err)
	}
	a, err := listen(Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	b, err := listen(Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	if a.Addr().String() == b.Addr().String() || !strings.HasPrefix(b.Addr().String(), "127.0.0.1:") {
		t.Errorf("%v and %v", a.Addr(), b.Addr())
	}
}

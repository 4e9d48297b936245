package page

import (
	"os"
	"strings"
	"testing"
)

// Every host is told the same, and so are pages that no host speaks for.
func TestHeadersOfAllHosts(t *testing.T) {
	for _, host := range Hosts() {
		text := Headers(host, "/sub/")
		for _, h := range headers() {
			if strings.Count(text, h.name) != 1 || strings.Count(text, h.value) != 1 {
				t.Errorf("%s does not send %s once:\n%s", host, h.name, text)
			}
		}
		if !strings.Contains(text, assetsKept) || !strings.Contains(text, "/sub/assets/") {
			t.Errorf("%s does not keep assets:\n%s", host, text)
		}
		if strings.ContainsAny(strings.ReplaceAll(csp, "'", ""), "\"'$\\\n") {
			t.Error("the policy needs escapes that no host is given")
		}
	}
	if Headers("other", "/") != "" {
		t.Error("an unknown host is told something")
	}
	base, err := os.ReadFile("../../templates/base.html")
	// A meta element cannot forbid frames.
	if meta := strings.TrimSuffix(csp, "; frame-ancestors 'none'"); err != nil || !strings.Contains(string(base), `content="`+meta+`"`) {
		t.Errorf("templates/base.html has another policy (%v)", err)
	}
}

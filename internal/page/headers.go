package page

import (
	"fmt"
	"strings"
)

// csp is the policy under which every page works.
const csp = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; " +
	"manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

// header is one line that a host sends with what it serves.
type header struct{ name, value string }

// headers go with every file.
func headers() []header {
	return []header{
		{"Content-Security-Policy", csp},
		{"X-Content-Type-Options", "nosniff"},
		{"Referrer-Policy", "strict-origin-when-cross-origin"},
		{"Cross-Origin-Resource-Policy", "same-origin"},
	}
}

// How long copies may be kept: of pages, and of assets, whose names change
// with what they hold.
const (
	pagesKept  = "public, max-age=300"
	assetsKept = "public, max-age=31536000, immutable"
)

// Hosts are the forms in which Headers writes.
func Hosts() []string { return []string{"caddy", "netlify", "nginx"} }

// Headers gives the response headers of a site below a path ("/" or "/sub/")
// as a host wants to be told: "netlify" is the file _headers, which other hosts
// read too, "nginx" and "caddy" are parts of their settings. It is empty for
// any other name.
func Headers(host, root string) string {
	var b strings.Builder
	switch host {
	case "netlify":
		// Hosts join the values of a header that two rules give: pages are left
		// to the host's own rule, which is to ask each time.
		fmt.Fprintf(&b, "%s*\n", root)
		for _, h := range headers() {
			fmt.Fprintf(&b, "  %s: %s\n", h.name, h.value)
		}
		fmt.Fprintf(&b, "\n%sassets/*\n  Cache-Control: %s\n", root, assetsKept)
	case "nginx":
		fmt.Fprintf(&b, "# beside the server block\nmap $uri $entente_kept {\n    default \"%s\";\n    ~^%sassets/ \"%s\";\n}\n\n# inside it\nlocation %s {\n    index index.html;\n    error_page 404 %s404.html;\n", pagesKept, root, assetsKept, root, root)
		for _, h := range append(headers(), header{"Cache-Control", "$entente_kept"}) {
			fmt.Fprintf(&b, "    add_header %s \"%s\" always;\n", h.name, h.value)
		}
		b.WriteString("}\n")
	case "caddy":
		fmt.Fprintf(&b, "@site path %s*\nheader @site {\n", root)
		for _, h := range headers() {
			fmt.Fprintf(&b, "    %s \"%s\"\n", h.name, h.value)
		}
		fmt.Fprintf(&b, "}\n@assets path %sassets/*\nheader @assets Cache-Control \"%s\"\n@pages {\n    path %s*\n    not path %sassets/*\n}\nheader @pages Cache-Control \"%s\"\n", root, assetsKept, root, root, pagesKept)
	}
	return b.String()
}

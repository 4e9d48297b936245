package build

import "entente/internal/page"

// Hosts are the forms in which Headers writes.
func Hosts() []string { return page.Hosts() }

// Headers gives the response headers of a site below a path as a host wants to
// be told.
func Headers(host, root string) string { return page.Headers(host, root) }

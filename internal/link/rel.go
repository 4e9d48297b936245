package link

import "strings"

// Rel gives the relative way from the page at one address to another. Both
// count from the root of the site; to may carry a fragment.
func Rel(from, to string) string {
	path, fragment := to, ""
	if i := strings.IndexByte(to, '#'); i >= 0 {
		path, fragment = to[:i], to[i:]
	}
	dir := from[:strings.LastIndexByte(from, '/')+1]
	if path == dir {
		if fragment != "" && strings.HasSuffix(from, "/") {
			return fragment
		}
		return "./" + fragment
	}
	common := 0
	for i := 0; i < len(dir) && i < len(path) && dir[i] == path[i]; i++ {
		if dir[i] == '/' {
			common = i + 1
		}
	}
	up := strings.Count(dir[common:], "/")
	if up == 0 {
		return path[common:] + fragment
	}
	if 3*up > len(ups) {
		return strings.Repeat("../", up) + path[common:] + fragment
	}
	return ups[:3*up] + path[common:] + fragment
}

const ups = "../../../../../../../../"

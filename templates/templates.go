// Package templates holds the built-in templates. A site's own templates/
// folder is laid over them, file by file.
package templates

import "embed"

// Files are the built-in templates by name.
//
//go:embed *.html
var Files embed.FS

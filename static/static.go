// Package static holds the built-in style sheet, scripts, fonts and icon. A
// site's own static/ folder is laid over them, file by file.
package static

import "embed"

// Files are the built-in assets; their names begin with "assets/".
//
//go:embed assets
var Files embed.FS

// Worker is the script for offline reading, which the build completes;
// Farewell is what takes its place on a site without it.
//
//go:embed worker.js
var Worker string

//go:embed farewell.js
var Farewell string

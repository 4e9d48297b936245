// Package effort says how hard a test tries: quickly in "go test ./...", at the
// promised numbers in "make test", far beyond them in "make deep". Only tests
// import it.
package effort

import "os"

// Of picks the number for the effort that ENTENTE_EFFORT names: quick when it
// is empty, and ci or deep when it says so.
func Of(quick, ci, deep int) int {
	switch os.Getenv("ENTENTE_EFFORT") {
	case "ci":
		return ci
	case "deep":
		return deep
	}
	return quick
}

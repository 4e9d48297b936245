//go:build !unix

package serve

// inUse takes every failure to listen for a port in use: systems differ in
// how they say so.
func inUse(err error) bool { return err != nil }

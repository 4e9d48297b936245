//go:build unix

package file

import "syscall"

// nonBlocking keeps an open from waiting, should a file turn into a pipe
// between the look and the open.
const nonBlocking = syscall.O_NONBLOCK

package publish

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"time"
)

// lock keeps a second entente out of the same output. The system lets go of
// it when the process ends, however it ends; a file left behind by a killed
// process is taken over.
type lock struct{ f *os.File }

func takeLock(name, out string) (lock, error) {
	for {
		f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, fileMode)
		if err != nil {
			return lock{}, failed("lock", err)
		}
		if tryLock(f) != nil {
			pid := holder(f)
			return lock{}, errors.Join(&Error{Code: "OU003", Text: fmt.Sprintf("another entente (process %s) is publishing into %s; wait for it, or end it", pid, out), exit: 3}, f.Close())
		}
		// The last holder may have removed the file between our open and lock.
		now, err1 := os.Stat(name)
		held, err2 := f.Stat()
		if err1 != nil || err2 != nil || !os.SameFile(now, held) {
			if err := f.Close(); err != nil {
				return lock{}, failed("lock", err)
			}
			continue
		}
		l := lock{f}
		if _, err := f.WriteAt([]byte(strconv.Itoa(os.Getpid())+"\n"), 0); err != nil {
			return lock{}, errors.Join(failed("lock", err), l.release())
		}
		return l, nil
	}
}

// holder reads who holds a lock. It may have been taken this moment, so the
// number may take a moment to appear.
func holder(f *os.File) string {
	for range 50 {
		b, err := io.ReadAll(io.NewSectionReader(f, 0, 32))
		if line, _, whole := strings.Cut(string(b), "\n"); err == nil && whole {
			return line
		}
		time.Sleep(2 * time.Millisecond)
	}
	return "unknown"
}

// release removes the file while it is still locked, so that nobody can take
// a lock that is about to vanish.
func (l *lock) release() error {
	if l.f == nil {
		return nil
	}
	err := errors.Join(os.Remove(l.f.Name()), l.f.Close())
	l.f = nil
	return err
}

//go:build !linux

package serve

import (
	"io/fs"
	"time"
)

// identity is the time of modification where no better is known: a save that
// keeps both size and time is seen by its event alone.
type identity struct{ sec, nsec int64 }

func identify(info fs.FileInfo) identity {
	return identity{sec: info.ModTime().Unix(), nsec: int64(info.ModTime().Nanosecond())}
}

func (i identity) changed() time.Time { return time.Unix(i.sec, i.nsec) }

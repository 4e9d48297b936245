package serve

import (
	"io/fs"
	"syscall"
	"time"
)

// identity changes with every write and every replacement of a file, whatever
// its name and time of modification say.
type identity struct {
	device, inode uint64
	sec, nsec     int64 // of the last change
}

func identify(info fs.FileInfo) identity {
	st, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return identity{sec: info.ModTime().Unix(), nsec: int64(info.ModTime().Nanosecond())}
	}
	return identity{device: st.Dev, inode: st.Ino, sec: int64(st.Ctim.Sec), nsec: int64(st.Ctim.Nsec)}
}

func (i identity) changed() time.Time { return time.Unix(i.sec, i.nsec) }

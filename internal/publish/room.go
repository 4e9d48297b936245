package publish

import (
	"os"
	"path/filepath"
)

// Room opens a file of no name on the disk of an output, for what a build or
// a preview cannot keep in memory. It shows in no folder and is gone when it
// is closed or the process ends, however it ends. Systems without such files
// give an error.
func Room(out string) (*os.File, error) {
	dir, err := filepath.Abs(out)
	if err != nil {
		return nil, err
	}
	for {
		above := filepath.Dir(dir)
		if info, err := os.Stat(above); above == dir || err == nil && info.IsDir() {
			return nameless(above)
		}
		dir = above
	}
}

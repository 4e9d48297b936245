package publish

import (
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"
)

// A site that is made anew must not pay for the files of the one removed just
// before: on ext4 its folders lie apart, and elsewhere nothing is asked.
func TestFoldersOfANewSiteLieApart(t *testing.T) {
	out := filepath.Join(t.TempDir(), "public")
	if err := publishAll(out, before, Options{NoSync: true}); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(out)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var fs unix.Statfs_t
	if err := unix.Fstatfs(int(f.Fd()), &fs); err != nil {
		t.Fatal(err)
	}
	flags, err := unix.IoctlGetInt(int(f.Fd()), unix.FS_IOC_GETFLAGS)
	ext4 := fs.Type == unix.EXT4_SUPER_MAGIC
	if marked := err == nil && flags&topDir != 0; marked != ext4 {
		t.Errorf("on a file system of type %#x the output has the mark: %v", fs.Type, marked)
	}
}

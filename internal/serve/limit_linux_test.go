package serve

import (
	"fmt"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"
)

// The system's own limit, lowered in a user namespace: the test runs itself
// there. Where there are no user namespaces, the stubs of the other tests
// stand for it.
func TestWatchLimitOfTheSystem(t *testing.T) {
	const inside = "ENTENTE_TEST_LIMITED"
	if os.Getenv(inside) == "" {
		cmd := exec.Command(os.Args[0], "-test.run=^TestWatchLimitOfTheSystem$")
		cmd.Env = append(os.Environ(), inside+"=1")
		cmd.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWUSER,
			UidMappings: []syscall.SysProcIDMap{{HostID: os.Getuid(), Size: 1}}, GidMappings: []syscall.SysProcIDMap{{HostID: os.Getgid(), Size: 1}}}
		out, err := cmd.CombinedOutput()
		if _, left := err.(*exec.ExitError); err != nil && !left {
			t.Logf("no user namespace: %v", err)
		} else if err != nil {
			t.Errorf("%s", out)
		}
		return
	}
	if err := os.WriteFile("/proc/sys/user/max_inotify_watches", []byte("3"), 0); err != nil {
		t.Logf("no limit to lower: %v", err)
		return
	}
	var said []string
	f := newFollower(t, site(t), false, func(line string) { said = append(said, line) })
	f.w.start()
	for i := range 3 {
		text := fmt.Sprintf("Hello %d\n", i)
		f.d.write("a.md", text)
		if took, err := f.sees(map[string]string{"a.md": text}, time.Now()); err != nil || took > worst {
			t.Errorf("seen after %v: %v", took, err)
		}
	}
	f.w.close()
	if len(said) != 1 || !strings.Contains(said[0], "SV002") || !strings.Contains(said[0], "no space left") {
		t.Errorf("said %q", said)
	}
}

package serve

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// How long a save waits for more before the site is told of it.
func BenchmarkSettle(b *testing.B) {
	f := newFollower(b, site(b), false, func(line string) { b.Error(line) })
	f.w.start()
	defer f.w.close()
	var settled time.Duration
	for i := range b.N {
		text := fmt.Sprintf("Hello %d\n", i)
		f.d.write("a.md.tmp", text)
		f.d.rename("a.md.tmp", "a.md")
		<-f.w.ready
		settled += f.take().settled()
	}
	b.ReportMetric(float64(settled.Microseconds())/1000/float64(b.N), "ms-settling/op")
}

// What a scan of everything costs, and a look at one file that changed.
func BenchmarkLook(b *testing.B) {
	for _, n := range []int{1000, 10000, 100000} {
		dir := site(b)
		many := filepath.Join(dir, "content/topics/many")
		if err := os.MkdirAll(many, 0o755); err != nil {
			b.Fatal(err)
		}
		for i := range n {
			write(b, filepath.Join(many, fmt.Sprintf("%d.md", i)), "Hello\n")
		}
		t := newTree(dir)
		t.now = func() time.Time { return time.Now().Add(racy) } // what is younger is read at every scan
		t.scan()                                                 // that the files are there
		t.scan()                                                 // and what is in them
		saves := 0
		b.Run(fmt.Sprintf("scan/%d", n), func(b *testing.B) {
			for range b.N {
				t.scan()
			}
		})
		b.Run(fmt.Sprintf("one/%d", n), func(b *testing.B) {
			for range b.N {
				saves++
				write(b, filepath.Join(many, "7.md"), fmt.Sprintf("Hello %d\n", saves))
				t.look("content/topics/many/7.md")
				if len(t.take()) != 1 {
					b.Fatal("not seen")
				}
			}
		})
	}
}

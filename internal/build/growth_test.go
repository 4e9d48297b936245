package build

import (
	"fmt"
	"runtime"
	"testing"

	"entente/internal/effort"
)

// A preview that runs all day holds no more than one that has just begun:
// neither goroutines nor memory grow with the number of saves.
func TestPreviewDoesNotGrow(t *testing.T) {
	files := small(t)
	p := openPreview(t, files)
	original := files["content/topics/promises.md"]
	save := func(round int) {
		files["content/topics/promises.md"] = fmt.Sprintf("%s\nRound %04d with [[norway]].\n", original, round)
		if round%5 == 0 {
			files["content/glossary/more.yaml"] = fmt.Sprintf("- {id: r-%04d, term: word %04d, definition: A word., sources: [report]}\n", round, round)
		}
		p.step(t, files, uint64(round))
		if _, ok, err := p.live.Site().File("topics/promises/index.html"); !ok || err != nil {
			t.Fatal(ok, err)
		}
	}
	measure := func() (heap uint64, goroutines int) {
		p.compare(t)
		runtime.GC()
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc, runtime.NumGoroutine()
	}
	rounds := effort.Of(60, 2000, 20000)
	for round := range 20 {
		save(round)
	}
	heap, goroutines := measure()
	for round := range rounds {
		save(20 + round)
	}
	after, running := measure()
	if running > goroutines {
		t.Errorf("%d goroutines, %d before %d saves", running, goroutines, rounds)
	}
	if after > heap+heap/10+1<<20 {
		t.Errorf("%d kB in use, %d before %d saves", after>>10, heap>>10, rounds)
	}
}

package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"entente/internal/bench/gen"
	"entente/internal/build"
	"entente/internal/publish"
	"entente/internal/workspace"
)

// previews measures the preview at several sizes, each in a process of its
// own, so that memory is that of one site.
func previews(sizes []int) error {
	for _, n := range sizes {
		cmd := exec.Command(os.Args[0], "preview-one", fmt.Sprint(n))
		cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
		if err := cmd.Run(); err != nil {
			return fmt.Errorf("preview of %d pages: %w", n, err)
		}
	}
	return nil
}

// nato is a body as large as the largest, with a file of its own.
func nato(round int) string {
	var b strings.Builder
	b.WriteString("- id: nato\n  name: North Atlantic Treaty Organization\n  abbr: NATO\n  type: alliance\n  founded: '1949-04-04'\n  members_complete: true\n  as_of: '2025-10-31'\n  sources: [source-0]\n  members:\n")
	for i := range 18 + round%2 {
		fmt.Fprintf(&b, "    - {member: state-%d, from: '%d-04-04'}\n", i, 1991+i)
	}
	return b.String()
}

// edits are what is measured. Each gives the file that it writes, and what
// it writes in the round.
var edits = []struct {
	name, path string
	text       func(old string, round int) string
}{
	{"prose", openFile, func(old string, round int) string { return old + fmt.Sprintf("\nA new sentence, number %d.\n", round) }},
	{"title", openFile, func(old string, round int) string {
		return strings.Replace(old, "title: ", fmt.Sprintf("title: New %d ", round), 1)
	}},
	{"record", "content/organisations/nato.yaml", func(_ string, round int) string { return nato(round) }},
	{"term", "content/glossary/new.yaml", func(_ string, round int) string {
		return fmt.Sprintf("- {id: staff-%d, term: staff officer %d, definition: A term., sources: [source-0]}\n", round, round)
	}},
	{"template", "templates/notfound.html", func(_ string, round int) string { return fmt.Sprintf("<p>%d</p>\n", round) }},
	{"stylesheet", "static/assets/entente.css", func(_ string, round int) string { return fmt.Sprintf("body { order: %d }\n", round) }},
	{"mistake", openFile, func(old string, round int) string {
		return strings.Replace(old, "title: ", fmt.Sprintf("titel: %d ", round), 1)
	}},
}

const openFile = "content/topics/part-0/topic-3.md"

// previewOne prints, for each kind of edit, the median and the longest of
// some rounds from the change being known to the new bytes of the open page,
// and how long it took until all pages and checks were right.
func previewOne(n int) error {
	dir, err := os.MkdirTemp("", "entente-preview-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if err := gen.Write(dir, gen.Options{Pages: n}); err != nil {
		return err
	}
	write := func(path, text string) error {
		full := filepath.Join(dir, path)
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			return err
		}
		return os.WriteFile(full, []byte(text), 0o644)
	}
	open, err := os.ReadFile(filepath.Join(dir, openFile))
	if err != nil {
		return err
	}
	text := string(open) + "\nNATO has [[= nato.members.count]] members and a staff officer 7.\n"
	if err := write(openFile, text); err != nil {
		return err
	}
	if err := write("content/organisations/nato.yaml", nato(0)); err != nil {
		return err
	}
	room, err := publish.Room(filepath.Join(dir, "public"))
	if err != nil {
		return err
	}
	defer room.Close()
	start := time.Now()
	live, err := build.Open(context.Background(), dir, workspace.Options{Room: room})
	if err != nil {
		return err
	}
	address := "topics/part-0/topic-3/"
	fmt.Printf("preview of %d pages: opened in %.1f s, %d MiB\n", n, time.Since(start).Seconds(), peakMemory()>>20)
	rounds := 11
	if n > 20_000 {
		rounds = 5 // each settles for seconds
	}
	for _, e := range edits {
		old := ""
		if e.path == openFile {
			old = text
		}
		var shown, settled []time.Duration
		for round := 1; round <= rounds; round++ {
			if err := write(e.path, e.text(old, round)); err != nil {
				return err
			}
			start := time.Now()
			site, err := live.Apply(context.Background(), workspace.Change{Paths: []string{e.path}, Looking: []string{address}})
			if err != nil {
				return err
			}
			if _, ok, err := site.File(address + "index.html"); !ok || err != nil {
				return fmt.Errorf("%s: the open page is %v, %v", e.name, ok, err)
			}
			shown = append(shown, time.Since(start))
			if _, err := live.Settle(context.Background()); err != nil {
				return err
			}
			settled = append(settled, time.Since(start))
			live.Rest()
		}
		slices.Sort(shown)
		slices.Sort(settled)
		fmt.Printf("    %-10s %8.1f ms, at most %8.1f; all settled %8.1f\n", e.name, ms(shown[rounds/2]), ms(shown[rounds-1]), ms(settled[rounds/2]))
	}
	fmt.Printf("    at most %d MiB\n", peakMemory()>>20)
	return nil
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// peakMemory is the largest resident size of the process so far, in bytes.
func peakMemory() int64 {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return u.Maxrss * 1024
}

package diag

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"slices"
	"strings"

	"entente/internal/file"
)

// Fingerprint names a finding by its rule, its file and the words of its line,
// so that it stays the same when lines are added above it.
func Fingerprint(d Diagnostic, source func(string) *file.Text) string {
	words := d.Message
	if source != nil && !d.Pos.IsZero() {
		if t := source(d.Path); t != nil {
			if line := strings.Join(strings.Fields(t.Line(d.Pos.Line)), " "); line != "" {
				words = line
			}
		}
	}
	sum := sha256.Sum256([]byte(d.Rule + "\x00" + d.Path + "\x00" + words))
	return hex.EncodeToString(sum[:8])
}

// Baseline is a list of findings that are known and no longer reported: how
// many of each fingerprint.
type Baseline struct{ known map[string]int }

const baselineHead = "# Findings that entente check no longer reports. Written by entente check --write-baseline.\n"

// WriteBaseline writes a file that ReadBaseline understands: one finding a
// line, with its rule and file for the people who read it.
func WriteBaseline(w io.Writer, list []Diagnostic, source func(string) *file.Text) error {
	var lines []string
	for _, d := range list {
		lines = append(lines, fmt.Sprintf("%s %s %s\n", Fingerprint(d, source), d.Rule, d.Path))
	}
	slices.SortFunc(lines, func(a, b string) int { return strings.Compare(a[17:], b[17:])*2 + strings.Compare(a[:16], b[:16]) })
	_, err := io.WriteString(w, baselineHead+strings.Join(lines, ""))
	return err
}

// ReadBaseline reads what WriteBaseline wrote.
func ReadBaseline(r io.Reader) (Baseline, error) {
	b := Baseline{map[string]int{}}
	s := bufio.NewScanner(r)
	for n := 1; s.Scan(); n++ {
		line := strings.TrimSpace(s.Text())
		if line == "" || line[0] == '#' {
			continue
		}
		print, _, _ := strings.Cut(line, " ")
		if _, err := hex.DecodeString(print); err != nil || len(print) != 16 {
			return b, fmt.Errorf("line %d is not a finding: %q", n, line)
		}
		b.known[print]++
	}
	return b, s.Err()
}

// New keeps the findings that the baseline does not know, and counts those it
// does and the entries that are no longer needed.
func (b Baseline) New(list []Diagnostic, source func(string) *file.Text) (fresh []Diagnostic, known, gone int) {
	left := map[string]int{}
	for k, n := range b.known {
		left[k] = n
		gone += n
	}
	for _, d := range list {
		k := Fingerprint(d, source)
		if left[k] > 0 {
			left[k]--
			known++
			gone--
			continue
		}
		fresh = append(fresh, d)
	}
	return fresh, known, gone
}

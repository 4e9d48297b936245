package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"regexp"
	"strconv"
	"strings"

	"entente/internal/diag"
	"entente/internal/file"
)

// lines are the lines of one file that changed; nil means all of them.
type lines [][2]int

// changes are the lines changed since a revision, by path below the site.
type changes map[string]lines

// touches reports whether any place that a finding names was changed: a
// sentence that an edited record made wrong is news, though it is old itself.
func (c changes) touches(d diag.Diagnostic) bool {
	if c.has(d.Path, d.Pos, d.End) {
		return true
	}
	for _, r := range d.Related {
		if c.has(r.Path, r.Pos, file.Pos{}) {
			return true
		}
	}
	return false
}

func (c changes) has(path string, from, until file.Pos) bool {
	list, ok := c[path]
	if !ok || list == nil || from.IsZero() {
		return ok
	}
	last := max(from.Line, until.Line)
	for _, l := range list {
		if from.Line <= l[1] && last >= l[0] {
			return true
		}
	}
	return false
}

// changedSince asks git which lines of the site differ from a revision. Files
// that git does not know count as changed.
func changedSince(ctx context.Context, dir, revision string) (changes, error) {
	if _, err := git(ctx, dir, "rev-parse", "--git-dir"); err != nil {
		if errors.Is(err, exec.ErrNotFound) {
			return nil, usage{errors.New("--since needs git, and it is not installed")}
		}
		return nil, usage{fmt.Errorf("--since needs a history, and %q is in no repository of git", dir)}
	}
	if _, err := git(ctx, dir, "rev-parse", "--verify", "--quiet", "--end-of-options", revision+"^{commit}"); err != nil {
		return nil, usage{fmt.Errorf("git knows no revision %q", revision)}
	}
	diff, err := git(ctx, dir, "diff", "--relative", "--unified=0", "--no-color", "--no-ext-diff", "--no-textconv", "--no-renames", "--no-prefix",
		"--ignore-submodules", "--end-of-options", revision, "--", ".")
	if err != nil {
		return nil, fmt.Errorf("git diff: %w", err)
	}
	c := parseDiff(diff)
	others, err := git(ctx, dir, "ls-files", "--others", "--exclude-standard", "-z", "--", ".")
	if err != nil {
		return nil, fmt.Errorf("git ls-files: %w", err)
	}
	for _, p := range strings.Split(strings.TrimSuffix(string(others), "\x00"), "\x00") {
		if p != "" {
			c[p] = nil
		}
	}
	return c, nil
}

var hunk = regexp.MustCompile(`^@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@`)

// parseDiff reads the new lines of a diff without context.
func parseDiff(diff []byte) changes {
	c := changes{}
	path, inside := "", 0 // lines of the hunk still to come
	for _, raw := range bytes.Split(diff, []byte("\n")) {
		line := string(raw)
		if inside > 0 {
			inside--
			continue
		}
		if p, ok := strings.CutPrefix(line, "+++ "); ok {
			path = strings.TrimSuffix(p, "\t")
			if c[path] == nil {
				c[path] = lines{}
			}
			continue
		}
		m := hunk.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		from, _ := strconv.Atoi(m[2])
		old, n := length(m[1]), length(m[3])
		inside = old + n
		if n == 0 { // lines were taken out: their neighbours changed
			n = 2
		}
		c[path] = append(c[path], [2]int{from, from + n - 1})
	}
	return c
}

// length is how many lines a side of a hunk has; git leaves 1 out.
func length(text string) int {
	if text == "" {
		return 1
	}
	n, _ := strconv.Atoi(text)
	return n
}

// git runs one command of git that only reads.
func git(ctx context.Context, dir string, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, "git", append([]string{"-c", "core.quotePath=false"}, args...)...)
	cmd.Dir = dir
	var out, complaint bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &complaint
	if err := cmd.Run(); err != nil {
		if text := strings.TrimSpace(complaint.String()); text != "" {
			return nil, fmt.Errorf("%w: %s", err, text)
		}
		return nil, err
	}
	return out.Bytes(), nil
}

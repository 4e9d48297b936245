package diag

// Nearest gives the candidate that a misspelt word most likely meant: the
// one with the fewest insertions, losses, swaps and wrong letters (optimal
// string alignment), if there are at most one for every three letters; "" when
// none is near. Of equals the first wins.
func Nearest(word string, candidates []string) string {
	w := []rune(word)
	if len(w) < 2 || len(w) > 80 {
		return ""
	}
	limit := max(1, len(w)/3)
	best := ""
	for _, c := range candidates {
		if c == word || len(c) > len(word)+4*limit || len(word) > len(c)+4*limit {
			continue
		}
		r := []rune(c)
		if d := len(r) - len(w); d > limit || -d > limit {
			continue
		}
		// Two slips or more, and another first letter: that is another word.
		if d := distance(w, r, limit); d <= limit && (d < 2 || fold(w[0]) == fold(r[0])) {
			best, limit = c, d-1
			if limit < 0 {
				break
			}
		}
	}
	return best
}

// distance is the edit distance of two words, or more than limit.
func distance(a, b []rune, limit int) int {
	before := make([]int, len(b)+1)
	last := make([]int, len(b)+1)
	now := make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		now[0] = i
		least := i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if fold(a[i-1]) == fold(b[j-1]) {
				cost = 0
			}
			d := min(last[j]+1, now[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d = min(d, before[j-2]+1)
			}
			now[j] = d
			least = min(least, d)
		}
		if least > limit {
			return limit + 1
		}
		before, last, now = last, now, before
	}
	return last[len(b)]
}

// fold makes a difference of case cost nothing.
func fold(r rune) rune {
	if r >= 'A' && r <= 'Z' {
		return r + 'a' - 'A'
	}
	return r
}

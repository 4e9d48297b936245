package date

import (
	"strconv"
	"strings"
)

// suggest reads what people write instead of EDTF ("4 April 1949", "Apr. 4th,
// 1949", "c. 1972", "478 BC", "1970s", "1949-4-4", "201x") and gives the EDTF
// for it, or "" if that would be a guess: 4/5/1949 has two meanings.
func suggest(s string) string {
	if len(s) > 64 || strings.Contains(s, "/") && strings.Contains(s, "-") {
		return ""
	}
	var w wording
	for rest := dashes.Replace(s); rest != ""; {
		word := firstWord(rest)
		rest = rest[len(word):]
		if !w.take(word) {
			return ""
		}
	}
	out := w.edtf()
	if _, _, f := scan(out); f != fine || out == s {
		return ""
	}
	return out
}

// Typists and word processors have many dashes.
var dashes = strings.NewReplacer("–", "-", "—", "-", "−", "-", "‐", "-", "‑", "-", "\u00a0", " ")

// firstWord cuts a run of letters, of digits with X, or one other byte.
func firstWord(s string) string {
	class := classOf(s[0])
	n := 1
	for class != other && n < len(s) && (classOf(s[n]) == class || class == digit && lower(s[n]) == 'x') {
		n++
	}
	return s[:n]
}

const (
	other = iota
	digit
	letter
)

func classOf(c byte) int {
	switch {
	case isDigit(c):
		return digit
	case 'a' <= lower(c) && lower(c) <= 'z':
		return letter
	}
	return other
}

func lower(c byte) byte { return c | 0x20 }

// wording gathers what a text says about a date.
type wording struct {
	numbers []string // as written, in order
	month   int      // from a name; 21 to 24 for a season; 0 if none
	minus   bool     // before all numbers
	bce, ce bool
	decade  bool
	mark    mark
}

// take notes one word and reports whether it is understood.
func (w *wording) take(word string) bool {
	switch classOf(word[0]) {
	case digit:
		w.numbers = append(w.numbers, strings.ToUpper(word))
		return len(w.numbers) <= 3
	case letter:
		return w.takeName(strings.ToLower(word))
	}
	switch word {
	case "?":
		w.mark |= uncertain
	case "~":
		w.mark |= approximate
	case "%":
		w.mark |= uncertain | approximate
	case "-":
		w.minus = w.minus || len(w.numbers) == 0 && w.month == 0
	case " ", "\t", ",", ".", "/", "'", "(", ")":
	default:
		return false
	}
	return true
}

func (w *wording) takeName(word string) bool {
	switch word {
	case "c", "ca", "circa", "about", "around", "approx", "approximately":
		w.mark |= approximate
		return true
	case "uncertain", "perhaps", "possibly", "probably":
		w.mark |= uncertain
		return true
	case "bc", "bce":
		w.bce = true
		return true
	case "ad", "ce":
		w.ce = true
		return true
	case "s":
		w.decade = true
		return len(w.numbers) > 0
	case "y": // Y2000
		return len(w.numbers) == 0
	case "the", "of", "in", "on", "st", "nd", "rd", "th":
		return true
	}
	n := monthNumber(word)
	if n == 0 || w.month != 0 {
		return false
	}
	w.month = n
	return true
}

// monthNumber reads the name of a month or season, a month perhaps cut to
// three letters or more.
func monthNumber(word string) int {
	if word == "fall" {
		return 23
	}
	for i, name := range English.Seasons {
		if word == name {
			return 21 + i
		}
	}
	for i, name := range English.Months {
		if len(word) >= 3 && strings.HasPrefix(strings.ToLower(name), word) {
			return 1 + i
		}
	}
	return 0
}

// edtf puts the parts together. It may give anything if they do not fit:
// suggest checks.
func (w *wording) edtf() string {
	year, month, day := w.order()
	if w.decade {
		// "The 1900s" may be ten years or a hundred.
		if month != "" || w.bce || !strings.HasSuffix(year, "0") || strings.HasSuffix(year, "00") {
			return ""
		}
		year = year[:len(year)-1] + "X"
	}
	b := []byte(w.signed(year))
	for _, part := range []string{month, day} {
		if part != "" {
			b = append(b, '-')
			if len(part) == 1 {
				b = append(b, '0')
			}
			b = append(b, part...)
		}
	}
	return string(Date{mark: w.mark}.appendMark(b))
}

// order says which number is the year, which the month and the day.
func (w *wording) order() (year, month, day string) {
	n := w.numbers
	switch {
	case w.month != 0 && len(n) == 1:
		return n[0], strconv.Itoa(w.month), ""
	case w.month != 0 && len(n) == 2 && len(n[0]) == 4: // 1949 April 4
		return n[0], strconv.Itoa(w.month), n[1]
	case w.month != 0 && len(n) == 2: // 4 April 1949, April 4, 1949
		return n[1], strconv.Itoa(w.month), n[0]
	case w.month != 0 || len(n) == 0:
		return "", "", ""
	case len(n) == 1 && len(n[0]) == 8: // 19490404
		return n[0][:4], n[0][4:6], n[0][6:]
	case len(n) == 1:
		return n[0], "", ""
	case len(n[0]) == 4 && len(n) == 2:
		return n[0], n[1], ""
	case len(n[0]) == 4 && atoi(n[1]) > 12 && atoi(n[2]) <= 12: // 1949-31-01
		return n[0], n[2], n[1]
	case len(n[0]) == 4:
		return n[0], n[1], n[2]
	case len(n) == 2 && len(n[1]) == 4: // 04/1949
		return n[1], n[0], ""
	case len(n) == 3 && len(n[2]) == 4:
		switch a, b := atoi(n[0]), atoi(n[1]); {
		case a > 12 || a == b:
			return n[2], n[1], n[0]
		case b > 12:
			return n[2], n[0], n[1]
		}
	}
	return "", "", ""
}

// atoi reads a number, 0 if it has an X or is too long.
func atoi(s string) int {
	n, err := strconv.ParseInt(s, 10, 32)
	if err != nil {
		return 0
	}
	return int(n)
}

// signed gives a year its EDTF form.
func (w *wording) signed(s string) string {
	n, err := strconv.ParseInt(s, 10, 32)
	switch {
	case err != nil && !w.bce && !w.minus: // 201X
		return s
	case err != nil, w.bce && (n == 0 || w.minus || w.ce):
		return ""
	case w.bce:
		n = 1 - n
	case w.minus:
		n = -n
	case len(s) < 4 && !w.ce:
		// A short number alone may be a slip for a longer one.
		return ""
	}
	return Date{year: int32(n), form: year}.String()
}

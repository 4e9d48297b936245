package fact

import (
	"fmt"
	"strconv"
	"strings"
)

var ones = []string{"zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
	"thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"}

var tens = []string{"", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"}

// Words writes a number in words: "thirty-two". Beyond 999,999 it falls back
// to digits.
func Words(n int) string {
	switch {
	case n < 0:
		return "minus " + Words(-n)
	case n < 20:
		return ones[n]
	case n < 100:
		if n%10 == 0 {
			return tens[n/10]
		}
		return tens[n/10] + "-" + ones[n%10]
	case n < 1000:
		s := ones[n/100] + " hundred"
		if n%100 != 0 {
			s += " and " + Words(n%100)
		}
		return s
	case n < 1_000_000:
		s := Words(n/1000) + " thousand"
		switch rest := n % 1000; {
		case rest == 0:
		case rest < 100:
			s += " and " + Words(rest)
		default:
			s += " " + Words(rest)
		}
		return s
	}
	return strconv.Itoa(n)
}

var irregularOrdinals = map[string]string{"one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth",
	"nine": "ninth", "twelve": "twelfth"}

// Ordinal writes an ordinal number in words: "thirty-second".
func Ordinal(n int) string {
	w := Words(n)
	cut := strings.LastIndexAny(w, " -") + 1
	head, last := w[:cut], w[cut:]
	if o, ok := irregularOrdinals[last]; ok {
		return head + o
	}
	if strings.HasSuffix(last, "y") {
		return head + last[:len(last)-1] + "ieth"
	}
	return head + last + "th"
}

// ShortOrdinal writes an ordinal number in digits: "32nd".
func ShortOrdinal(n int) string {
	suffix := "th"
	if n%100 < 11 || n%100 > 13 {
		switch n % 10 {
		case 1:
			suffix = "st"
		case 2:
			suffix = "nd"
		case 3:
			suffix = "rd"
		}
	}
	return fmt.Sprintf("%d%s", n, suffix)
}

// Number is a number as an author wrote it.
type Number struct {
	Value   int
	Approx  bool // "some thirty", "about 30", "a dozen or so"
	Ordinal bool
}

var unitValues = func() map[string]int {
	m := map[string]int{"dozen": 12, "score": 20, "single": 1, "no": 0, "none": 0}
	for i, w := range ones {
		m[w] = i
	}
	for i, w := range tens {
		if w != "" {
			m[w] = i * 10
		}
	}
	return m
}()

var hedges = []string{"some", "about", "around", "roughly", "nearly", "almost", "approximately", "circa", "over", "more than"}

// ParseNumber reads a number in digits or words, cardinal or ordinal:
// "32", "1,200", "thirty-two", "a dozen", "some thirty", "the 32nd".
func ParseNumber(s string) (Number, bool) {
	s = strings.ToLower(strings.TrimSpace(s))
	var n Number
	for again := true; again; {
		again = false
		for _, h := range hedges {
			if rest, ok := strings.CutPrefix(s, h+" "); ok {
				n.Approx, s, again = true, rest, true
			}
		}
		for _, h := range []string{"the ", "a ", "an ", "its ", "all "} {
			if rest, ok := strings.CutPrefix(s, h); ok {
				s, again = rest, true
			}
		}
	}
	if digits := strings.ReplaceAll(s, ",", ""); len(digits) > 0 && digits[0] >= '0' && digits[0] <= '9' {
		for _, suffix := range []string{"st", "nd", "rd", "th"} {
			if d, ok := strings.CutSuffix(digits, suffix); ok {
				digits, n.Ordinal = d, true
				break
			}
		}
		v, err := strconv.Atoi(digits)
		n.Value = v
		return n, err == nil
	}
	return parseWords(s, n)
}

// parseWords adds up number words: "one hundred and twenty-first".
func parseWords(s string, n Number) (Number, bool) {
	words := strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '-' || r == '\u2011' })
	if len(words) == 0 || len(words) > 8 {
		return n, false
	}
	total, part := 0, 0
	for i, w := range words {
		switch w {
		case "and":
			if i == 0 || i == len(words)-1 {
				return n, false
			}
			continue
		case "hundred", "hundredth":
			part = max(part, 1) * 100
			n.Ordinal = n.Ordinal || w == "hundredth"
			continue
		case "thousand", "thousandth":
			total, part = (total+max(part, 1))*1000, 0
			n.Ordinal = n.Ordinal || w == "thousandth"
			continue
		}
		v, ok := unitValues[w]
		if !ok {
			if v, ok = ordinalValue(w); !ok || i != len(words)-1 {
				return n, false
			}
			n.Ordinal = true
		}
		if part%100 != 0 && (part%10 != 0 || v >= 10) {
			return n, false
		}
		part += v
	}
	n.Value = total + part
	return n, true
}

func ordinalValue(w string) (int, bool) {
	for card, ord := range irregularOrdinals {
		if w == ord {
			return unitValues[card], true
		}
	}
	if stem, ok := strings.CutSuffix(w, "ieth"); ok {
		v, ok := unitValues[stem+"y"]
		return v, ok
	}
	if stem, ok := strings.CutSuffix(w, "th"); ok {
		v, ok := unitValues[stem]
		return v, ok
	}
	return 0, false
}

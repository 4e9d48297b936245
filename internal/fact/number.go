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
	Approx  bool // "some thirty", "about 30", "a dozen or so", "more than thirty"
	Ordinal bool
	Hedge   Hedge
}

// Hedge is what the words before a number allow.
type Hedge uint8

// The hedges, each with its tolerance: about a tenth of the number, and never
// less than one.
const (
	Exactly Hedge = iota // the number itself
	About                // a tenth more or less
	Nearly               // less, by a tenth at most
	Over                 // more, by a quarter at most
	AtLeast              // as many or more, by a quarter at most
	AtMost               // as many or fewer, by a quarter at most
)

// Allows reports whether the words fit a count, in at least one reading of
// both.
func (n Number) Allows(low, high int) bool {
	tenth, quarter := max(1, n.Value/10), max(1, n.Value/4)
	least, most := n.Value, n.Value
	switch n.Hedge {
	case About:
		least, most = n.Value-tenth, n.Value+tenth
	case Nearly:
		least, most = n.Value-tenth, n.Value-1
	case Over:
		least, most = n.Value+1, n.Value+quarter
	case AtLeast:
		most = n.Value + quarter
	case AtMost:
		least = n.Value - quarter
	}
	return low <= most && high >= least
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

// hedges are tried in order: of two that begin alike, the longer comes first.
var hedges = []struct {
	words string
	hedge Hedge
}{
	{"some", About}, {"about", About}, {"around", About}, {"roughly", About}, {"approximately", About}, {"circa", About},
	{"nearly", Nearly}, {"almost", Nearly}, {"just under", Nearly}, {"close to", Nearly},
	{"over", Over}, {"more than", Over}, {"well over", Over}, {"just over", Over}, {"upwards of", Over},
	{"at least", AtLeast}, {"no fewer than", AtLeast}, {"no less than", AtLeast}, {"as many as", Exactly},
	{"at most", AtMost}, {"no more than", AtMost}, {"up to", AtMost},
}

// ParseNumber reads a number in digits or words, cardinal or ordinal:
// "32", "1,200", "thirty-two", "a dozen", "some thirty", "the 32nd".
func ParseNumber(s string) (Number, bool) {
	s = strings.ToLower(strings.TrimSpace(s))
	var n Number
	for again := true; again; {
		again = false
		for _, h := range hedges {
			if rest, ok := strings.CutPrefix(s, h.words+" "); ok {
				n.Approx, n.Hedge, s, again = n.Approx || h.hedge != Exactly, h.hedge, rest, true
			}
		}
		for _, h := range []string{"the ", "a ", "an ", "its ", "all "} {
			if rest, ok := strings.CutPrefix(s, h); ok {
				s, again = rest, true
			}
		}
	}
	if rest, ok := strings.CutSuffix(s, " or so"); ok {
		n.Approx, n.Hedge, s = true, About, rest
	}
	switch s {
	case "half a dozen", "half dozen":
		n.Value = 6
		return n, true
	case "couple", "pair":
		n.Value = 2
		return n, true
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
		if v == 12 && w == "dozen" || w == "score" { // "two dozen", "three score"
			part, v = max(part, 1)*v, 0
		}
		if !ok {
			if v, ok = ordinalValue(w); !ok || i != len(words)-1 {
				return n, false
			}
			n.Ordinal = true
		}
		if v != 0 && part%100 != 0 && (part%10 != 0 || v >= 10) {
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

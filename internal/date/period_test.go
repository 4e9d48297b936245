package date

import (
	"errors"
	"math/rand/v2"
	"testing"
)

func period(t *testing.T, s string) Period {
	t.Helper()
	p, err := ParsePeriod(s)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func dayOf(s string) Day {
	first, _ := MustParse(s).Bounds()
	return first
}

func TestContains(t *testing.T) {
	for _, c := range []struct {
		period, day string
		want        Truth
	}{
		{"1949-04-04/1966-07-01", "1949-04-03", No},
		{"1949-04-04/1966-07-01", "1949-04-04", Yes},
		{"1949-04-04/1966-07-01", "1966-06-30", Yes},
		{"1949-04-04/1966-07-01", "1966-07-01", No},
		{"1949/1966", "1948-12-31", No},
		{"1949/1966", "1949-01-01", Unknown},
		{"1949/1966", "1949-12-30", Unknown},
		{"1949/1966", "1949-12-31", Yes},
		{"1949/1966", "1965-12-31", Yes},
		{"1949/1966", "1966-01-01", Unknown},
		{"1949/1966", "1966-12-31", Unknown}, // the end may fall at the close of the day
		{"1949/1966", "1967-01-01", No},
		{"1949/..", "9999-12-31", Yes},
		{"../1966", "-9999-01-01", Yes},
		{"../..", "1949-04-04", Yes},
		{"1949/1949", "1949-06-01", Unknown},
		{"1966/1949", "1955-01-01", No},
	} {
		if got := period(t, c.period).Contains(dayOf(c.day)); got != c.want {
			t.Errorf("%s contains %s: %v, want %v", c.period, c.day, got, c.want)
		}
	}
}

func randomPeriod(r *rand.Rand) Period {
	return Period{From: randomDate(r), Until: randomDate(r)}
}

// stays gives every stay [from, until) that a period may mean, thinned out
// to the edges, where alone answers can change. An unknown start or an open
// end lies outside the crowded stretch.
func stays(p Period) (list [][2]Day) {
	starts, ends := []Day{DayOf(1800, 1, 1)}, []Day{DayOf(2200, 1, 1)}
	if !p.From.IsZero() {
		first, last := p.From.Bounds()
		starts = []Day{first, first + (last-first)/2, last}
	}
	if !p.Until.IsZero() {
		first, last := p.Until.Bounds()
		ends = []Day{first, first + (last-first)/2, last}
		if !p.Until.Exact() {
			ends = append(ends, last+1)
		}
	}
	for _, from := range starts {
		for _, until := range ends {
			list = append(list, [2]Day{from, until})
		}
	}
	return list
}

// answer asks every stay.
func answer[T any](list []T, holds func(T) bool) Truth {
	n := 0
	for _, x := range list {
		if holds(x) {
			n++
		}
	}
	return truth(n == len(list), n > 0)
}

func TestContainsAgreesDayByDay(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	for range 500 {
		p := randomPeriod(r)
		list := stays(p)
		for d := DayOf(1947, 12, 1); d < DayOf(1952, 4, 1); d++ {
			want := answer(list, func(s [2]Day) bool { return s[0] <= d && d < s[1] })
			if got := p.Contains(d); got != want {
				t.Fatalf("%v contains %v: %v, day by day %v", p, d, got, want)
			}
		}
	}
}

// The records' own checker counts members by this definition.
func TestContainsAgreesWithTheDefinitionOfTheRecords(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 10))
	for range 500 {
		p := randomPeriod(r)
		lo, hi := MinDay, MinDay
		if !p.From.IsZero() {
			lo, hi = p.From.Bounds()
		}
		ulo, uhi := p.Until.Bounds()
		if p.Until.IsZero() {
			ulo = uhi
		}
		for d := DayOf(1947, 12, 1); d < DayOf(1952, 4, 1); d++ {
			want := truth(hi <= d && d < ulo, lo <= d && (d < uhi || d <= uhi && ulo != uhi))
			if got := p.Contains(d); got != want {
				t.Fatalf("%v contains %v: %v, want %v", p, d, got, want)
			}
		}
	}
}

func TestOverlapsAndEmptyHoldForEveryMeaning(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 12))
	for range 20_000 {
		p, q := randomPeriod(r), randomPeriod(r)
		var pairs [][2][2]Day
		for _, a := range stays(p) {
			for _, b := range stays(q) {
				pairs = append(pairs, [2][2]Day{a, b})
			}
		}
		want := answer(pairs, func(s [2][2]Day) bool { return max(s[0][0], s[1][0]) < min(s[0][1], s[1][1]) })
		if got, back := p.Overlaps(q), q.Overlaps(p); got != want || back != got {
			t.Fatalf("%v overlaps %v: %v, and back %v, want %v", p, q, got, back, want)
		}
		want = answer(stays(p), func(s [2]Day) bool { return s[1] <= s[0] })
		if got := p.Empty(); got != want {
			t.Fatalf("%v is empty: %v, want %v", p, got, want)
		}
	}
}

func TestEmpty(t *testing.T) {
	for _, c := range []struct {
		period string
		want   Truth
	}{
		{"1949/1966", No}, {"1966/1949", Yes}, {"1949-04-04/1949-04-04", Yes}, {"1949-04-04/1949-04-05", No}, {"1949/1949", Unknown},
		{"1949-04-04/1949", Unknown}, {"1949/..", No}, {"../1949", No}, {"../..", No}, {"1950-01-01/1949", Yes}, {"1949-12-31/1949", Unknown},
	} {
		if got := period(t, c.period).Empty(); got != c.want {
			t.Errorf("%s is empty: %v, want %v", c.period, got, c.want)
		}
	}
}

func TestPeriodText(t *testing.T) {
	for _, c := range []struct{ period, open, want string }{
		{"1949/1966", "", "1949 to 1966"},
		{"1949-04-04/1966-07-01", "as of 31 October 2025", "4 April 1949 to 1 July 1966"},
		{"1949/..", "", "since 1949"},
		{"1949/..", "as of 31 October 2025", "since 1949, as of 31 October 2025"},
		{"1972~/1980?", "", "about 1972 to 1980 (uncertain)"},
		{"../1966", "", "until 1966"},
		{"-0477/-0403", "", "478 BCE to 404 BCE"},
		{"../..", "", ""},
		{"../..", "as of 2025", "as of 2025"},
	} {
		if got := period(t, c.period).Text(c.open); got != c.want {
			t.Errorf("%s: Text(%q) = %q, want %q", c.period, c.open, got, c.want)
		}
	}
}

func TestParsePeriod(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"1964/2008", "1964/2008"}, {"2004-06/2006-08", "2004-06/2006-08"}, {"2004-02-01/2005-02-08", "2004-02-01/2005-02-08"},
		{"2004-02-01/2005-02", "2004-02-01/2005-02"}, {"1950/..", "1950/.."}, {"/1985", "../1985"}, {"../1985-04-12", "../1985-04-12"},
		{"1984~/2004-06", "1984~/2004-06"}, {"1984?/2004%", "1984?/2004%"}, {"../..", "../.."}, {"/..", "../.."},
	} {
		p, err := ParsePeriod(c.in)
		if err != nil || p.String() != c.want {
			t.Errorf("ParsePeriod(%q) = %v, %v, want %s", c.in, p, err, c.want)
		}
	}
	for _, c := range []struct {
		in     string
		offset int
		msg    string
	}{
		{"1949", 4, `"1949" is not a period`},
		{"", 0, `"" is not a period`},
		{"1985/", 5, `"1985/" does not say how the period ends`},
		{"/", 1, `"/" does not say how the period ends`},
		{"1949/1966!", 9, `"1966!" is not a date`},
		{"1949-02-30/1966", 8, `"1949-02-30": no such day, February 1949 has 28 days`},
		{"1949/1950/1951", 9, `"1950/1951" is a period, one date was expected`},
	} {
		_, err := ParsePeriod(c.in)
		var e *Error
		if !errors.As(err, &e) || e.Text != c.in || e.Offset != c.offset || e.Msg != c.msg {
			t.Errorf("ParsePeriod(%q) gives %#v, want %d, %q", c.in, err, c.offset, c.msg)
		}
	}
}

func TestAge(t *testing.T) {
	for _, c := range []struct {
		from, to string
		years    int
		t        Truth
	}{
		{"1949-04-04", "1950-04-03", 0, Yes}, {"1949-04-04", "1950-04-04", 1, Yes}, {"1949-04-04", "2025-10-31", 76, Yes},
		{"1949-04-04", "1949-04-04", 0, Yes}, {"1949-04-04", "1949-04-03", 0, No}, {"1949", "2025-10-31", 75, Unknown},
		{"1949", "2025-12-31", 76, Yes}, {"1949", "1949-06-01", 0, Unknown}, {"1948-02-29", "1949-02-28", 0, Yes},
		{"1948-02-29", "1949-03-01", 1, Yes}, {"-0477", "0001-12-31", 478, Yes},
	} {
		if n, truth := Age(MustParse(c.from), dayOf(c.to)); n != c.years || truth != c.t {
			t.Errorf("Age(%s, %s) = %d, %v, want %d, %v", c.from, c.to, n, truth, c.years, c.t)
		}
	}
	if n, truth := Age(Date{}, 0); n != 0 || truth != Unknown {
		t.Errorf("Age(not given) = %d, %v", n, truth)
	}
}

func FuzzParsePeriod(f *testing.F) {
	for _, s := range []string{"1964/2008", "1950/..", "../1985-04-12", "/1985", "1985/", "//", "1949-02-30/..", "..", "../.."} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p, err := ParsePeriod(s)
		if err != nil {
			var e *Error
			if !errors.As(err, &e) || e.Text != s || e.Offset < 0 || e.Offset > len(s) {
				t.Fatalf("ParsePeriod(%q) gives a bad error: %#v", s, err)
			}
			return
		}
		if again, err := ParsePeriod(p.String()); err != nil || again != p {
			t.Fatalf("ParsePeriod(%q) = %v, its print gives %v, %v", s, p, again, err)
		}
		if p.Empty() == Yes {
			if first, _ := p.From.Bounds(); p.Contains(first) != No {
				t.Fatalf("%v is empty and contains %v", p, first)
			}
		}
	})
}

func BenchmarkContains(b *testing.B) {
	p := Period{From: MustParse("1949-04"), Until: MustParse("1966")}
	d := DayOf(1955, 5, 14)
	for b.Loop() {
		_ = p.Contains(d)
	}
}

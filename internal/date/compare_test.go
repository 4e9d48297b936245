package date

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

func TestDayAgreesWithPackageTime(t *testing.T) {
	// Every day of a few centuries, then samples far out.
	epoch := time.Date(1970, 1, 1, 0, 0, 0, 0, time.UTC)
	check := func(d Day) {
		t.Helper()
		want := epoch.AddDate(0, 0, int(d))
		y, m, n := d.Civil()
		if y != want.Year() || m != int(want.Month()) || n != want.Day() {
			t.Fatalf("Day(%d).Civil() = %d-%d-%d, want %v", int(d), y, m, n, want)
		}
		if back := DayOf(y, m, n); back != d {
			t.Fatalf("DayOf(%d, %d, %d) = %d, want %d", y, m, n, int(back), int(d))
		}
	}
	for d := DayOf(1580, 1, 1); d < DayOf(2120, 1, 1); d++ {
		check(d)
	}
	for d := DayOf(-9, 1, 1); d < DayOf(9, 1, 1); d++ {
		check(d)
	}
	for d := int64(MinDay); d <= int64(MaxDay); d += 999_983 {
		check(Day(d))
	}
}

func TestDayOfRunsOnAndStopsAtTheEnds(t *testing.T) {
	for _, c := range []struct {
		y, m, d int
		want    Day
	}{
		{1949, 2, 30, DayOf(1949, 3, 2)}, {1949, 13, 1, DayOf(1950, 1, 1)}, {1949, 0, 1, DayOf(1948, 12, 1)}, {1949, -11, 1, DayOf(1948, 1, 1)},
		{1949, 1, 0, DayOf(1948, 12, 31)}, {1 << 40, 1, 1, MaxDay}, {-1 << 62, 1, 1, MinDay}, {1 << 62, 1, 1, MaxDay},
	} {
		if got := DayOf(c.y, c.m, c.d); got != c.want {
			t.Errorf("DayOf(%d, %d, %d) = %v, want %v", c.y, c.m, c.d, got, c.want)
		}
	}
	if d := MaxDay.Date(); d.String() != "Y5881580" || d.Exact() {
		t.Errorf("MaxDay.Date() = %v", d)
	}
}

func TestBefore(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want Truth
	}{
		{"1949", "1950", Yes}, {"1950", "1949", No}, {"1949", "1949", Unknown}, {"1949-04-04", "1949-04-04", No},
		{"1949-04-04", "1949-04-05", Yes}, {"1949", "1949-04", Unknown}, {"1949-12-31", "1949", No}, {"1949", "1949-01-01", No},
		{"1949-01-01", "1949", Unknown}, {"1949-04", "1949-05-01", Yes}, {"194X", "1950", Yes}, {"-0477", "0001", Yes},
		{"Y170000002", "Y170000003", Yes}, {"Y-170000003", "Y-170000002", Yes}, {"1949?", "1950~", Yes},
	} {
		if got := Before(MustParse(c.a), MustParse(c.b)); got != c.want {
			t.Errorf("Before(%s, %s) = %v, want %v", c.a, c.b, got, c.want)
		}
	}
	if got := Before(Date{}, MustParse("1949")); got != Unknown {
		t.Errorf("Before(not given, 1949) = %v, want unknown", got)
	}
}

func TestSame(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want Truth
	}{
		{"1949-04-04", "1949-04-04", Yes}, {"1949-04-04", "1949-04-05", No}, {"1949", "1949", Unknown}, {"1949", "1949-04-04", Unknown},
		{"1949", "1950", No}, {"1949-04-04?", "1949-04-04", Yes}, {"1949-04", "194X", Unknown},
	} {
		a, b := MustParse(c.a), MustParse(c.b)
		if got, back := Same(a, b), Same(b, a); got != c.want || back != got {
			t.Errorf("Same(%s, %s) = %v, and back %v, want %v", c.a, c.b, got, back, c.want)
		}
	}
	if Same(Date{}, Date{}) != Unknown {
		t.Error("two dates that were not given are not known to be the same")
	}
}

func TestOrderPutsCoarseBeforeFine(t *testing.T) {
	want := []string{
		"", "Y-170000002", "-20XX", "-0477", "0000", "0001", "19XX", "194X", "1949", "1949?", "1949~", "1949%", "1949-XX", "1949-XX-XX",
		"1949-01", "1949-01-XX", "1949-01-01", "1949-01-02", "1949-21", "1949-03", "1949-04", "1949-04-04", "1949-04-04?", "1949-24", "1949-12",
		"Y170000002", "Y170000003",
	}
	var dates []Date
	for _, s := range want {
		d := Date{}
		if s != "" {
			d = MustParse(s)
		}
		dates = append(dates, d)
	}
	rand.New(rand.NewPCG(1, 2)).Shuffle(len(dates), func(i, j int) { dates[i], dates[j] = dates[j], dates[i] })
	slices.SortFunc(dates, Order)
	for i, d := range dates {
		if d.String() != want[i] {
			t.Errorf("place %d: %q, want %q", i, d, want[i])
		}
	}
}

// randomDate picks from a crowded stretch, so that dates often touch.
func randomDate(r *rand.Rand) Date {
	d := Date{year: int32(1948 + r.IntN(4)), form: form(r.IntN(int(day) + 1)), mark: mark(r.IntN(4))}
	switch d.form {
	case none:
		return Date{}
	case century:
		d.year = 1900
	case decade:
		d.year -= d.year % 10
	case season:
		d.month = uint8(21 + r.IntN(4))
	case month, someDay, day:
		d.month = uint8(1 + r.IntN(12))
	}
	if d.form == day {
		d.day = uint8(1 + r.IntN(daysIn(int(d.year), int(d.month))))
	}
	return d
}

func TestOrderIsTotal(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 200_000 {
		a, b, c := randomDate(r), randomDate(r), randomDate(r)
		ab := Order(a, b)
		if ab != -Order(b, a) {
			t.Fatalf("Order(%v, %v) = %d and back %d", a, b, ab, Order(b, a))
		}
		if (ab == 0) != (a == b) {
			t.Fatalf("Order(%v, %v) = %d", a, b, ab)
		}
		if ab <= 0 && Order(b, c) <= 0 && Order(a, c) > 0 {
			t.Fatalf("%v, %v, %v are in order, but not the first and last", a, b, c)
		}
		if Before(a, b) == Yes && ab >= 0 {
			t.Fatalf("%v is before %v, but Order = %d", a, b, ab)
		}
	}
}

func TestComparisonHoldsForEveryMeaning(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for range 3_000 {
		a, b := randomDate(r), randomDate(r)
		if a.form <= decade || b.form <= decade {
			continue
		}
		before, same, all := 0, 0, 0
		aFirst, aLast := a.Bounds()
		bFirst, bLast := b.Bounds()
		for x := aFirst; x <= aLast; x++ {
			before += int(min(max(bLast-x, 0), bLast-bFirst+1))
			if bFirst <= x && x <= bLast {
				same++
			}
			all += int(bLast - bFirst + 1)
		}
		if got, want := Before(a, b), truth(before == all, before > 0); got != want {
			t.Fatalf("Before(%v, %v) = %v, want %v", a, b, got, want)
		}
		if got, want := Same(a, b), truth(same == all, same > 0); got != want {
			t.Fatalf("Same(%v, %v) = %v, want %v", a, b, got, want)
		}
	}
}

func TestTruthString(t *testing.T) {
	var zero Truth
	if zero != Unknown || No.String()+Yes.String()+zero.String() != "noyesunknown" {
		t.Errorf("got %v %v %v", No, Yes, zero)
	}
}

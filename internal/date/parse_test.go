package date

import (
	"errors"
	"strings"
	"testing"
)

// published are the examples of the EDTF specification for single dates,
// levels 0 and 1, with some of our own, and what must become of them.
var published = []struct {
	name        string
	in          string
	first, last string // bounds; the last is the first if empty
	text        string
	year        string
	attr        string
}{
	{"day", "1985-04-12", "1985-04-12", "", "12 April 1985", "1985", "1985-04-12"},
	{"month", "1985-04", "1985-04-01", "1985-04-30", "April 1985", "1985", "1985-04"},
	{"year", "1985", "1985-01-01", "1985-12-31", "1985", "1985", "1985"},
	{"leap month", "2000-02", "2000-02-01", "2000-02-29", "February 2000", "2000", "2000-02"},
	{"common century", "1900-02", "1900-02-01", "1900-02-28", "February 1900", "1900", "1900-02"},
	{"year 0", "0000", "0000-01-01", "0000-12-31", "1 BCE", "1 BCE", ""},
	{"year 1", "0001", "0001-01-01", "0001-12-31", "1 CE", "1 CE", "0001"},
	{"year of three digits", "0843", "0843-01-01", "0843-12-31", "843", "843", "0843"},

	{"negative year", "-1985", "-1985-01-01", "-1985-12-31", "1986 BCE", "1986 BCE", ""},
	{"Plataea", "-0477", "-0477-01-01", "-0477-12-31", "478 BCE", "478 BCE", ""},
	{"negative month", "-0477-06", "-0477-06-01", "-0477-06-30", "June 478 BCE", "478 BCE", ""},
	{"negative day", "-0215-08-02", "-0215-08-02", "", "2 August 216 BCE", "216 BCE", ""},
	{"negative leap day", "-0004-02-29", "-0004-02-29", "", "29 February 5 BCE", "5 BCE", ""},

	{"uncertain year", "1984?", "1984-01-01", "1984-12-31", "1984 (uncertain)", "1984?", "1984"},
	{"approximate month", "2004-06~", "2004-06-01", "2004-06-30", "about June 2004", "c. 2004", "2004-06"},
	{"both, day", "2004-06-11%", "2004-06-11", "", "about 11 June 2004 (uncertain)", "c. 2004?", "2004-06-11"},
	{"approximate year", "1972~", "1972-01-01", "1972-12-31", "about 1972", "c. 1972", "1972"},
	{"uncertain day", "2004-06-11?", "2004-06-11", "", "11 June 2004 (uncertain)", "2004?", "2004-06-11"},

	{"decade", "201X", "2010-01-01", "2019-12-31", "the 2010s", "2010s", ""},
	{"century", "20XX", "2000-01-01", "2099-12-31", "the years 2000 to 2099", "2000–2099", ""},
	{"month unspecified", "2004-XX", "2004-01-01", "2004-12-31", "2004", "2004", ""},
	{"day unspecified", "1985-04-XX", "1985-04-01", "1985-04-30", "April 1985", "1985", ""},
	{"month and day unspecified", "1985-XX-XX", "1985-01-01", "1985-12-31", "1985", "1985", ""},
	{"uncertain decade", "156X?", "1560-01-01", "1569-12-31", "the 1560s (uncertain)", "1560s?", ""},
	{"decade BCE", "-201X", "-2019-01-01", "-2010-12-31", "the years 2020 to 2011 BCE", "2020–2011 BCE", ""},
	{"century BCE", "-20XX", "-2099-01-01", "-2000-12-31", "the years 2100 to 2001 BCE", "2100–2001 BCE", ""},
	{"first century", "00XX", "0000-01-01", "0099-12-31", "the years 1 BCE to 99 CE", "1 BCE–99 CE", ""},

	{"spring", "2001-21", "2001-03-01", "2001-05-31", "spring 2001", "2001", ""},
	{"summer", "2001-22", "2001-06-01", "2001-08-31", "summer 2001", "2001", ""},
	{"autumn", "2001-23", "2001-09-01", "2001-11-30", "autumn 2001", "2001", ""},
	{"winter", "2003-24", "2003-12-01", "2004-02-29", "winter 2003", "2003", ""},
	{"approximate season", "2001-21~", "2001-03-01", "2001-05-31", "about spring 2001", "c. 2001", ""},

	{"long year", "Y12345", "Y12345", "Y12345", "12345", "12345", "12345"},
	{"far year", "Y170000002", "", "", "170000002", "170000002", "170000002"},
	{"far year BCE", "Y-170000002", "", "", "170000003 BCE", "170000003 BCE", ""},
}

func TestParseReadsThePublishedExamples(t *testing.T) {
	for _, c := range published {
		t.Run(c.name, func(t *testing.T) {
			d, err := Parse(c.in)
			if err != nil {
				t.Fatalf("Parse(%q): %v", c.in, err)
			}
			for _, x := range []struct{ what, got, want string }{
				{"String", d.String(), c.in},
				{"Text", d.Text(), c.text},
				{"YearText", d.YearText(), c.year},
				{"Attr", d.Attr(), c.attr},
			} {
				if x.got != x.want {
					t.Errorf("Parse(%q).%s() = %q, want %q", c.in, x.what, x.got, x.want)
				}
			}
			if c.first == "" {
				return
			}
			last := c.last
			if last == "" {
				last = c.first
			}
			first, end := d.Bounds()
			if first.String() != c.first || end.String() != last {
				t.Errorf("Parse(%q).Bounds() = %v, %v, want %s, %s", c.in, first, end, c.first, last)
			}
			if d.Exact() != (c.last == "") {
				t.Errorf("Parse(%q).Exact() = %v", c.in, d.Exact())
			}
		})
	}
}

func TestParseCutsTimesToTheWrittenDay(t *testing.T) {
	for _, s := range []string{
		"1985-04-12T23:20:30", "1985-04-12T23:20:30Z", "1985-04-12T23:20:30-04", "1985-04-12T23:20:30+04:30", "1985-04-12T23:59:60Z",
	} {
		if d, err := Parse(s); err != nil || d.String() != "1985-04-12" {
			t.Errorf("Parse(%q) = %v, %v, want 1985-04-12", s, d, err)
		}
	}
	for _, s := range []string{
		"1985-04-12T", "1985-04-12T23", "1985-04-12T23:20", "1985-04-12T24:00:00", "1985-04-12T23:60:00", "1985-04-12T23:20:30+",
		"1985-04-12T23:20:30?", "1985-04-12T23:20:30Z?", "1985-04T23:20:30", "1985-04-XXT23:20:30", "1985-04-12TXX:20:30", "1985-04-12T23:20:30+24",
	} {
		if d, err := Parse(s); err == nil {
			t.Errorf("Parse(%q) = %v, want an error", s, d)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	const forms = "write 1949-04-04, 1949-04 or 1949;"
	for _, c := range []struct {
		in        string
		offset    int
		msg       string
		hint      string // its beginning
		noSuchDay bool
	}{
		{"", 0, "the date is empty", forms, false},
		{"1961!", 4, `"1961!" is not a date`, forms, false},
		{"196x", 3, `"196x" is not a date`, "write 196X; in general " + forms, false},
		{"XXXX", 0, `"XXXX" is not a date`, forms, false},
		{"1XXX", 1, `"1XXX" is not a date`, forms, false},
		{"201X-XX", 4, `"201X-XX" is not a date`, forms, false},
		{"2004-XX-01", 8, `"2004-XX-01" is not a date`, forms, false},
		{"1985-X4", 5, `"1985-X4" is not a date`, forms, false},
		{"1985-", 5, `"1985-" is not a date`, "write 1985", false},
		{"198", 3, `"198" is not a date`, forms, false},
		{"1949-02-30", 8, `"1949-02-30": no such day, February 1949 has 28 days`, "write 1949-02 if the day is not known", true},
		{"1949-02-29?", 8, `"1949-02-29?": no such day, February 1949 has 28 days`, "write 1949-02 if the day is not known", true},
		{"-0477-04-31", 9, `"-0477-04-31": no such day, April 478 BCE has 30 days`, "write -0477-04 if the day is not known", true},
		{"1949-04-00", 8, `"1949-04-00": no such day, April 1949 has 30 days`, "write 1949-04 if the day is not known", true},
		{"1949-13", 5, `"1949-13": there is no month 13`, "months are 01 to 12", true},
		{"1949-00", 5, `"1949-00": there is no month 00`, "months are 01 to 12", true},
		{"1949-25", 5, `"1949-25": there is no month 25`, "months are 01 to 12", true},
		{"1949-31-01", 5, `"1949-31-01": there is no month 31`, "write 1949-01-31", true},
		{"2001-21-05", 5, `"2001-21-05": there is no month 21`, "write 2001-05-21", true},
		{"1949-02-30!", 10, `"1949-02-30!" is not a date`, forms, false},
		{"-0000", 0, `"-0000": there is no year minus zero`, "write 0000 for 1 BCE", false},
		{"-00XX", 0, `"-00XX": there is no year minus zero`, "write 0000 for 1 BCE", false},
		{"Y2000", 1, `"Y2000" is not a date`, "write 2000", false},
		{"Y012345", 1, `"Y012345" is not a date`, "write Y12345", false},
		{"Y", 1, `"Y" is not a date`, forms, false},
		{"Y-", 2, `"Y-" is not a date`, forms, false},
		{"Y17E7", 1, `"Y17E7" is not a date`, forms, false},
		{"Y99999999999", 1, `"Y99999999999": the year is too far away`, "years reach to", false},
		{"12345", 4, `"12345" is not a date`, "write Y12345", false},
		{"1949/1966", 4, `"1949/1966" is a period, one date was expected`, "give its start and its end", false},
		{"[1667,1668]", 0, `"[1667,1668]" is not a date`, forms, false},
		{"4 April 1949", 1, `"4 April 1949" is not a date`, "write 1949-04-04", false},
		{strings.Repeat("é", 40), 0, `"` + strings.Repeat("é", 20) + `"... is not a date`, forms, false},
	} {
		_, err := Parse(c.in)
		var e *Error
		if !errors.As(err, &e) {
			t.Errorf("Parse(%q) gives error %v, want an *Error", c.in, err)
			continue
		}
		if e.Text != c.in || e.Offset != c.offset || e.Msg != c.msg || e.NoSuchDay != c.noSuchDay || !strings.HasPrefix(e.Hint, c.hint) {
			t.Errorf("Parse(%q) gives %d, %q, %q, no such day %v\nwant %d, %q, %q..., no such day %v",
				c.in, e.Offset, e.Msg, e.Hint, e.NoSuchDay, c.offset, c.msg, c.hint, c.noSuchDay)
		}
	}
}

func TestHintsReadWhatPeopleWrite(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"4 April 1949", "1949-04-04"}, {"4th of April, 1949", "1949-04-04"}, {"April 4, 1949", "1949-04-04"},
		{"Apr. 1949", "1949-04"}, {"Sept 1949", "1949-09"}, {"may 1949", "1949-05"}, {"1949 April 4", "1949-04-04"},
		{"1949-4-4", "1949-04-04"}, {"1949/04/04", "1949-04-04"}, {"1949.04.04", "1949-04-04"}, {"19490404", "1949-04-04"},
		{"04/1949", "1949-04"}, {"4.4.1949", "1949-04-04"}, {"31/12/1949", "1949-12-31"}, {"12/31/1949", "1949-12-31"},
		{"1949–04–04", "1949-04-04"}, {" 1949", "1949"}, {"1949 ?", "1949?"}, {"1961?~", "1961%"},
		{"c. 1972", "1972~"}, {"ca 1972", "1972~"}, {"about June 1972", "1972-06~"}, {"probably 1961", "1961?"},
		{"478 BC", "-0477"}, {"478 bce", "-0477"}, {"1 BCE", "0000"}, {"−477", "-0477"}, {"33 AD", "0033"}, {"June 478 BCE", "-0477-06"},
		{"1970s", "197X"}, {"the 1970's", "197X"}, {"201x", "201X"}, {"Spring 2001", "2001-21"}, {"fall 2001", "2001-23"},
		// Each of these has two meanings or none.
		{"4/5/1949", ""}, {"1900s", ""}, {"4 April", ""}, {"April", ""}, {"49", ""}, {"4-5 April 1949", ""}, {"April or May 1949", ""},
		{"April to May 1949", ""}, {"1949-04/05", ""}, {"1949-1950", ""}, {"after 1949", ""}, {"30 February 1949", ""}, {"today", ""},
		{"1949!", ""}, {"ma 1949", ""}, {"0 BCE", ""}, {"-477 BCE", ""}, {strings.Repeat("1949 ", 20), ""},
	} {
		if got := suggest(c.in); got != c.want {
			t.Errorf("suggest(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

func TestDisplayNeverAddsPrecision(t *testing.T) {
	for _, c := range published {
		d := MustParse(c.in)
		text := d.Text()
		hasMonth, hasDay := false, false
		for _, m := range English.Months {
			hasMonth = hasMonth || strings.Contains(text, m)
		}
		for _, w := range strings.Fields(text) {
			hasDay = hasDay || hasMonth && len(w) <= 2 && isDigit(w[0]) && !strings.Contains(text, w+" BCE")
		}
		if hasMonth && d.form < month || hasDay && d.form < day {
			t.Errorf("Parse(%q).Text() = %q says more than is known", c.in, text)
		}
		if d.Uncertain() != strings.Contains(text, "uncertain") || d.Approximate() != strings.Contains(text, "about") {
			t.Errorf("Parse(%q).Text() = %q hides a mark or makes one up", c.in, text)
		}
	}
}

func TestZeroDateIsNotGiven(t *testing.T) {
	var d Date
	if !d.IsZero() || d.Exact() || d.String()+d.Text()+d.YearText()+d.MonthText()+d.Attr() != "" {
		t.Errorf("the zero date shows: %q %q %q %q", d.String(), d.Text(), d.YearText(), d.Attr())
	}
	if first, last := d.Bounds(); first != MinDay || last != MaxDay {
		t.Errorf("Bounds() = %v, %v, want MinDay, MaxDay", first, last)
	}
}

func TestMonthText(t *testing.T) {
	for in, want := range map[string]string{
		"1949-04-04": "April 1949", "1949-04-XX": "April 1949", "1949-04": "April 1949", "1949": "1949", "1949-04-04~": "about April 1949",
	} {
		if got := MustParse(in).MonthText(); got != want {
			t.Errorf("Parse(%q).MonthText() = %q, want %q", in, got, want)
		}
	}
}

func TestParseDoesNotAllocate(t *testing.T) {
	for _, c := range published {
		if n := testing.AllocsPerRun(10, func() { _, _ = Parse(c.in) }); n != 0 {
			t.Errorf("Parse(%q) allocates %v times", c.in, n)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, c := range published {
		f.Add(c.in)
	}
	for _, s := range []string{"", "1961!", "4 April 1949", "c. 1972", "1949-02-30", "1985-04-12T23:20:30Z", "-0000", "1949/1966", "/", "–"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := Parse(s)
		if err != nil {
			var e *Error
			if !errors.As(err, &e) || e.Text != s || e.Offset < 0 || e.Offset > len(s) || e.Msg == "" || e.Hint == "" {
				t.Fatalf("Parse(%q) gives a bad error: %#v", s, err)
			}
			if again, ok := strings.CutPrefix(e.Hint, "write "); ok && !strings.ContainsAny(again, " ") {
				MustParse(again)
			}
			return
		}
		if d.IsZero() {
			t.Fatalf("Parse(%q) gives the zero date", s)
		}
		if again, err := Parse(d.String()); err != nil || again != d {
			t.Fatalf("Parse(%q) = %#v, its print %q gives %#v, %v", s, d, d.String(), again, err)
		}
		if first, last := d.Bounds(); first > last || d.Exact() && first != last {
			t.Fatalf("Parse(%q).Bounds() = %v, %v", s, first, last)
		}
		_, _, _, _ = d.Text(), d.YearText(), d.MonthText(), d.Attr()
	})
}

func BenchmarkParse(b *testing.B) {
	for _, s := range []string{"1949-04-04", "1949", "1972~", "-0477", "Y170000002"} {
		b.Run(s, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				_, _ = Parse(s)
			}
		})
	}
}

func BenchmarkBounds(b *testing.B) {
	d := MustParse("1955-06")
	for b.Loop() {
		_, _ = d.Bounds()
	}
}

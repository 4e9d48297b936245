package build

import "testing"

func TestSheetsAreLightInEveryBlock(t *testing.T) {
	for _, c := range []struct{ sheet, want string }{
		{"a { color: red; }", "a{color:red}"},
		{"@media print { a { color: red; } }", "@media print{a{color:red}}"},
		{"@container page (min-width: 40rem) { /* wide */ .a > .b { margin: 0 0 1rem; } }", "@container page (min-width:40rem){.a>.b{margin:0 0 1rem}}"},
		{"@container (width > 40rem) { a { color: red; } b { color: red; } }", "@container(width > 40rem){a{color:red}b{color:red}}"},
		{"@layer x { @starting-style { a { opacity: 0; } } }", "@layer x{@starting-style{a{opacity:0}}}"},
	} {
		if got := string(lighten("x.css", []byte(c.sheet))); got != c.want {
			t.Errorf("%s becomes\n%s, want\n%s", c.sheet, got, c.want)
		}
	}
}

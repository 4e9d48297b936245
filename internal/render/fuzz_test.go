package render

import (
	"bytes"
	"testing"
	"testing/fstest"

	"entente/internal/file"
	"entente/internal/limits"
)

// Any template is made into a page or a diagnostic with a place, in bounded
// time and space.
func FuzzTemplate(f *testing.F) {
	for _, s := range []string{"<p>{{.}}</p>", "{{range 3}}x{{end}}", "{{range 1000000000}}x{{end}}", "{{if .}}", "{{define \"a\"}}{{template \"a\"}}{{end}}{{template \"a\"}}",
		"<script>{{.}}</script>", "<p class={{.}}>", "<p onclick='{{.}}'>", "{{index . 9}}", "{{.Nope}}", "{{nope}}", "<!-- {{.}} -->", "{{/* x */}}", "<a href=\"{{.}}\">", "{{`", "{{range 99}}{{range 99}}{{range 99}}{{end}}{{end}}{{end}}"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		text, _ := file.Admit("templates/page.html", b)
		if text == nil || len(b) > 64<<10 {
			return
		}
		set, diags := Parse(fstest.MapFS{}, nil, []*file.Text{text})
		for _, d := range diags {
			if d.Pos.Line < 1 || d.Pos.Col < 1 || d.Rule == "" {
				t.Fatalf("%+v", d)
			}
		}
		if set == nil {
			return
		}
		var out bytes.Buffer
		if err := set.Execute(&out, "page.html", "words", "x"); err != nil {
			if _, ok := err.(*Failure); !ok {
				t.Fatal(err)
			}
		}
		if out.Len() > limits.TemplateOutput {
			t.Fatalf("%d bytes came out", out.Len())
		}
	})
}

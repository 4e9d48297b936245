package page

import (
	"strconv"
	"strings"
	"testing"
)

func TestRewordedTextsShowTheWords(t *testing.T) {
	long := strings.Repeat("and so on ", 10)
	tests := []struct {
		name       string
		gone, come []string
		want       string
	}{
		{"a word", []string{"It had 30 members then."}, []string{"It had 32 members then."}, "<p>It had <del>30</del> <ins>32</ins> members then.</p>"},
		{"a sentence more", []string{long + "Others point to control."}, []string{long + "The hope is to deter. Others point to control."},
			"<p>… and so on and so on and so on <ins>The hope is to deter.</ins> Others point to control.</p>"},
		{"another paragraph", []string{"Old and gone & away."}, []string{"A wholly new text."}, "<p><del>Old and gone &amp; away.</del></p><p><ins>A wholly new text.</ins></p>"},
		{"only new", nil, []string{"New."}, "<p><ins>New.</ins></p>"},
	}
	for _, tt := range tests {
		if got := string(rewordedHTML(tt.gone, tt.come)); got != tt.want {
			t.Errorf("%s:\n got %s\nwant %s", tt.name, got, tt.want)
		}
	}
}

func TestATextWrittenAnewIsComparedInBounds(t *testing.T) {
	var gone, come []string
	for i := range 3000 {
		gone = append(gone, strings.Repeat("old words "+strconv.Itoa(i)+" ", 20))
		come = append(come, strings.Repeat("fresh text "+strconv.Itoa(i)+" ", 20))
	}
	html := string(rewordedHTML(gone, come))
	if n := strings.Count(html, "<p>"); n != maxParagraphs {
		t.Errorf("%d paragraphs are shown, want %d", n, maxParagraphs)
	}
	allocs := testing.AllocsPerRun(1, func() { rewordedHTML(gone, come) })
	if allocs > 100_000 { // each comparison makes a table of a row a word
		t.Errorf("%.0f allocations for 3,000 paragraphs", allocs)
	}
}

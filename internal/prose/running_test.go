package prose

import (
	"strings"
	"testing"

	"entente/internal/file"
)

// Every word of running text can be found again in the source, whatever
// markup stands around it; facts and code are known not to be the author's.
func TestRunningPlaces(t *testing.T) {
	const page = "---\ntitle: T\n---\n\nOne *two* [three](https://example.org) `four` [[five|six]]\nseven &amp; eight.\n<!-- as of 1967 -->\n\n" +
		"Leading:\n\n- nine\n- ten **eleven**\n\n> twelve\n\n| a | b |\n| - | - |\n| thirteen | fourteen |\n\n## Fifteen\n\nSixteen[^1].<!-- claim: ok, seen -->\n\n[^1]: seventeen\n"
	text := file.NewText("content/topics/t.md", []byte(page))
	body := NewComposer().Compose(Read(text), &plainBinder{seen: map[string]bool{}}, ComposeOptions{})
	run := body.Running
	for _, w := range strings.Fields("One two three six seven eight Leading nine ten eleven twelve thirteen fourteen Fifteen Sixteen seventeen") {
		i := strings.Index(string(body.Plain), w)
		if i < 0 {
			t.Errorf("%q is not in the text", w)
			continue
		}
		span := run.Place(i, i+len(w))
		if got := page[span.Start:span.End]; w != "eight" && got != w {
			t.Errorf("%q is placed at %q", w, got)
		}
	}
	kinds := map[string]PassageKind{"nine": ListItem, "twelve": Quotation, "thirteen": TableCell, "Fifteen": HeadingText, "seventeen": NoteText, "Sixteen": Paragraph}
	for _, p := range run.Passages {
		words := string(body.Plain[p.From:p.To])
		if k, ok := kinds[strings.Trim(words, " .")]; ok && k != p.Kind {
			t.Errorf("%q is a passage of kind %d, want %d", words, p.Kind, k)
		}
		if strings.HasPrefix(words, "nine") && (p.Lead < 0 || !strings.HasPrefix(string(body.Plain[run.Passages[p.Lead].From:]), "Leading")) {
			t.Errorf("the list does not know its lead")
		}
	}
	if len(run.Comments) != 2 || run.Comments[0].Text != "as of 1967" || run.Comments[1].Text != "claim: ok, seen" {
		t.Errorf("comments: %+v", run.Comments)
	}
}

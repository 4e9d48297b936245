package prose

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"entente/internal/file"
)

func sanitised(text string) *Body {
	return NewComposer().Compose(&Source{Text: file.NewText("content/topics/a.md", []byte(text))}, &plainBinder{seen: map[string]bool{}}, ComposeOptions{Sanitised: true})
}

// balanced refuses output whose elements do not end in turn.
func balanced(t *testing.T, out string) {
	t.Helper()
	var open []string
	z := html.NewTokenizer(strings.NewReader(out))
	for z.Next() != html.ErrorToken {
		tok := z.Token()
		if slices.Contains([]string{"br", "wbr", "hr", "img", "input", "col"}, tok.Data) {
			continue
		}
		switch tok.Type {
		case html.StartTagToken:
			open = append(open, tok.Data)
		case html.EndTagToken:
			if len(open) == 0 || open[len(open)-1] != tok.Data {
				t.Fatalf("</%s> ends %q in %s", tok.Data, open, out)
			}
			open = open[:len(open)-1]
		}
	}
	if len(open) > 0 {
		t.Fatalf("%q do not end in %s", open, out)
	}
}

// A small set of raw HTML is passed on when a site says so, and nothing else.
func TestSanitisedHTML(t *testing.T) {
	for _, c := range []struct{ text, want, says string }{
		{"Press <kbd>Ctrl</kbd>.", "<p>Press <kbd>Ctrl</kbd>.</p>", ""},
		{"H<sub>2</sub>O and **x<sup>2</sup>**", "<p>H<sub>2</sub>O and <strong>x<sup>2</sup></strong></p>", ""},
		{"<abbr title=\"North Atlantic\">NA</abbr>", "<p><abbr title=\"North Atlantic\">NA</abbr></p>", ""},
		{"one<br>two<wbr>three<br/>", "<p>one<br>two<wbr>three<br></p>", ""},
		{"<bdo dir=\"rtl\">abc</bdo>", "<p><bdo dir=\"rtl\">abc</bdo></p>", ""},
		{"<KBD>a</KBD>", "<p><kbd>a</kbd></p>", ""},
		{"<details>\n<summary>More & \"more\"</summary>\n\nHidden *text*.\n\n</details>", "<details>\n<summary>More &amp; &#34;more&#34;</summary>\n<p>Hidden <em>text</em>.</p>\n</details>", ""},
		{"<kbd>a", "<p><kbd>a</kbd></p>", "1:1 <kbd> is not ended where it began"},
		{"a</kbd>", "<p>a</p>", "1:2 </kbd> ends what did not begin here"},
		{"*<kbd>a*</kbd>", "<p><em><kbd>a</kbd></em></p>", "1:2 <kbd> is not ended where it began; 1:9 </kbd> ends what did not begin here"},
		{"<details>\n\na", "<details>\n<p>a</p>\n</details>", "1:1 <details> is not ended where it began"},
		{"> <details>\n\n</details>", "<blockquote>\n<details>\n</details></blockquote>", "1:3 <details> is not ended where it began; 3:1 </details> ends what did not begin here"},
		{"a <kbd onclick=\"alert(1)\">b</kbd>", "", "1:3 an attribute of <kbd> is not used"},
		{"a <abbr title='x' style=y>b", "", "1:3 an attribute of <abbr> is not used"},
		{"a <bdo dir=\"javascript\">b", "", "1:3 an attribute of <bdo> is not used"},
		{"a <script>alert(1)</script>", "", "1:3 raw HTML"},
		{"a <img src=x onerror=alert(1)> b", "", "1:3 raw HTML"},
		{"a <a href=\"https://example.org\">b</a>", "", "1:3 raw HTML"},
		{"a <details>b</details>", "", "1:3 raw HTML"},
		{"<div>\n<kbd>x</kbd>\n</div>", "<kbd>x</kbd>", "1:1 raw HTML"},
		{"<script>\n<kbd>x</kbd>\n</script>", "", "1:1 raw HTML"},
		{"<style>\nx{}\n</style>", "", "1:1 raw HTML"},
		{"<iframe src=x>\n</iframe>", "", "1:1 raw HTML"},
		{"<!-- as of 1967 -->", "", ""},
	} {
		body := sanitised(c.text)
		out := strings.TrimSpace(body.HTML + body.Notes)
		tame(t, out)
		balanced(t, out)
		var says []string
		for _, d := range body.Diags {
			says = append(says, fmt.Sprintf("%d:%d %s", d.Pos.Line, d.Pos.Col, d.Message))
		}
		said := strings.Join(says, "; ")
		if c.says == "" && said != "" || !strings.HasPrefix(said, c.says) || c.want != "" && !strings.Contains(flat(out), flat(c.want)) {
			t.Errorf("%q gives\n%s\n%s\nwant\n%s\n%s", c.text, out, said, c.want, c.says)
		}
	}
}

// hostileHTML is what has come through sanitisers.
const hostileHTML = `<svg><p><style><img src="</style><img src=x onerror=alert(1)>">
<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">
<noscript><p title="</noscript><img src=x onerror=alert(1)>">
<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>
<abbr title="</abbr><script>alert(1)</script>">x</abbr>
<abbr title='"><img src=x onerror=alert(1)>'>x</abbr>
<abbr title=&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;>x</abbr>
<kbd/onclick=alert(1)>x</kbd>
<kbd
onmouseover=alert(1)>x</kbd>
<<script>alert(1)//<</script>
<scr<script>ipt>alert(1)</scr</script>ipt>
<details ontoggle=alert(1) open>x</details>
<details open=""><summary onfocus=alert(1) tabindex=1>x</summary></details>
<x onclick=alert(1)>x</x>
<a href="javas&#99;ript:alert(1)">x</a>
<a href="&#x6a;avascript:alert(1)">x</a>
<base href="https://evil.example/">
<meta http-equiv=refresh content="0;url=javascript:alert(1)">
<link rel=stylesheet href=//evil.example/x.css>
<object data="data:text/html,<script>alert(1)</script>"></object>
<embed src="javascript:alert(1)">
<iframe srcdoc="<script>alert(1)</script>"></iframe>
<template><script>alert(1)</script></template>
<textarea><kbd></textarea><script>alert(1)</script></kbd>
<title><kbd></title><script>alert(1)</script></kbd>
<xmp><kbd></xmp><img src=x onerror=alert(1)>
<plaintext><script>alert(1)</script>
<q lang='x" onclick="alert(1)'>x</q>
<q lang="en--><script>alert(1)</script>">x</q>
<ruby><rt></ruby></p></main><script>alert(1)</script>
</p></div></main></body><script>alert(1)</script>
<!--><script>alert(1)</script>-->
<!-- --!><script>alert(1)</script> -->
<![CDATA[<script>alert(1)</script>]]>
<?xml <script>alert(1)</script> ?>
<!DOCTYPE x [<!ENTITY y "<script>alert(1)</script>">]>
<kbd title={{.}}>x</kbd>
<sub id=main>x</sub>
<small class="x" hidden>x</small>
<mark><kbd></mark></kbd>`

// Nothing hostile comes through, alone or with what stands beside it.
func TestSanitisedHTMLStaysTame(t *testing.T) {
	lines := strings.Split(hostileHTML, "\n")
	texts := []string{hostileHTML}
	for _, l := range lines {
		texts = append(texts, l, "Words "+l+" words", "> "+l, "- "+l+"\n\n  "+l, "## "+l, "*"+l+"*", "[^1]\n\n[^1]: "+l, "| a |\n| - |\n| "+l+" |", "<details>\n"+l+"\n</details>", "<kbd>"+l+"</kbd>")
	}
	for _, text := range texts {
		body := sanitised(text)
		tame(t, body.HTML+body.Notes)
		balanced(t, body.HTML)
		if strings.Contains(text, "alert") && len(body.Diags) == 0 && strings.Contains(text, "<script") && !strings.Contains(text, "<!--") {
			t.Errorf("nothing is said of %q", text)
		}
	}
}

func flat(s string) string { return strings.ReplaceAll(s, "\n", "") }

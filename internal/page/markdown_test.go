package page

import "testing"

func TestMarkdown(t *testing.T) {
	href := func(b []byte, s string) []byte { return append(b, "https://x.example/"+s...) }
	for _, c := range []struct{ name, html, want string }{
		{"paragraphs", "<p>One &amp; <em>two</em>\nthree.</p>\n<p>Four.</p>", "One & *two* three.\n\nFour."},
		{"escapes", "<p>a*b_c [d] &lt;e&gt; `f` | g\\</p>", `a\*b\_c \[d\] &lt;e> \` + "`f\\`" + ` \| g\\`},
		{"links", `<p><a href="a/" data-preview>A</a>, <a class="fact" href="#members" data-why="x"><data value="12">twelve</data></a>.<a class="ref" href="#n1" id="r1" aria-label="Note 1">1</a> On.</p>`,
			"[A](https://x.example/a/), twelve.[^n1] On."},
		{"headings", `<h2 id="x">The text <a class="self" href="#x" aria-label="y">#</a></h2><p>Z</p><h3 id="y">Sub</h3>`, "## The text\n\nZ\n\n### Sub"},
		{"lists", "<ul><li>One</li><li>Two<ul><li>Inner</li></ul></li></ul><ol><li>A</li><li><p>B</p></li></ol><p>End</p>", "- One\n- Two\n  - Inner\n\n1. A\n2. B\n\nEnd"},
		{"quotations", "<blockquote><p>One.</p><p>Two.</p></blockquote><p>Three.</p>", "> One.\n>\n> Two.\n\nThree."},
		{"asides", `<aside class="aside sidenote"><b>Title</b><p>Text.</p></aside>`, "> **Title**\n>\n> Text."},
		{"code", "<p>Write <code>a_b</code>:</p><pre><code>x &lt; y\n  z*\n</code></pre><p>Done</p>", "Write `a_b`:\n\n```\nx < y\n  z*\n```\n\nDone"},
		{"tables", "<table><thead><tr><th>A</th><th>B</th></tr></thead><tbody><tr><td>1</td><td><a href=\"b/\">2|3</a> <code>x|y</code></td></tr></tbody></table><p>E</p>",
			"| A | B |\n| --- | --- |\n| 1 | [2\\|3](https://x.example/b/) `x\\|y` |\n\nE"},
		{"definitions", "<dl><dt>Term</dt><dd>Meaning</dd></dl>", "Term\n: Meaning"},
		{"drawings", `<figure><svg viewBox="0 0 1 1"><text>x</text><svg/></svg><figcaption>Caption</figcaption></figure><button type="button">B</button><p>T</p>`, "Caption\n\nT"},
		{"breaks", "<p>a<br>b</p>", "a  \nb"},
		{"pictures", `<p><img src="a.png" alt="[x]"></p>`, `![\[x\]](https://x.example/a.png)`},
		{"cut off", "<p>a<b", "a"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := string(markdown(nil, c.html, href)); got != c.want {
				t.Errorf("got\n%q\nwant\n%q", got, c.want)
			}
		})
	}
}

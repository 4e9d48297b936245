package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"entente/internal/cli"
)

// mistakes are what authors get wrong, and the place and code that the
// message must have. Topics are written to content/topics/a.md, records to the
// folder that is named.
var mistakes = []struct {
	name, file, text, want string
}{
	{"fm-missing", "topics/a.md", "Text.\n", "a.md:1:1: error FM001"},
	{"fm-empty-file", "topics/a.md", "", "a.md:1:1: error FM001"},
	{"fm-not-closed", "topics/a.md", "---\ntitle: A\n", "a.md:1:1: error FM002"},
	{"fm-closed-dots", "topics/a.md", "---\ntitle: A\n...\n", "a.md:3:1: error FM003"},
	{"fm-four-dashes", "topics/a.md", "----\ntitle: A\n---\n", "a.md:1:1: error FM004"},
	{"fm-fence-space", "topics/a.md", " ---\ntitle: A\n---\n", "a.md:1:1: error FM004"},
	{"fm-blank-before", "topics/a.md", "\n---\ntitle: A\n---\n", "a.md:2:1: error FM005"},
	{"fm-toml", "topics/a.md", "+++\ntitle = 'A'\n+++\n", "a.md:1:1: error FM006"},
	{"fm-json", "topics/a.md", "{ \"title\": \"A\" }\n", "a.md:1:1: error FM006"},
	{"fm-empty", "topics/a.md", "---\n---\n", "a.md:1:1: error FM010"},
	{"fm-tab", "topics/a.md", "---\ntitle: A\nsee_also:\n\t- x\n---\n", "a.md:4:1: error FM020"},
	{"fm-quote", "topics/a.md", "---\ntitle: \"A\n---\n", "a.md:2:8: error FM021"},
	{"fm-colon", "topics/a.md", "---\ntitle: Foo: bar\n---\n", "a.md:2:11: error FM022"},
	{"fm-special-start", "topics/a.md", "---\ntitle: @x\n---\n", "a.md:2:8: error FM022"},
	{"fm-alias-star", "topics/a.md", "---\ntitle: *bold*\n---\n", "a.md:2:8: error FM023"},
	{"fm-dup", "topics/a.md", "---\ntitle: A\ntitle: B\n---\n", "a.md:3:1: error FM024"},
	{"fm-unknown", "topics/a.md", "---\ntitel: A\n---\n", "a.md:2:1: error FM025"},
	{"fm-case", "topics/a.md", "---\nTitle: A\n---\n", "a.md:2:1: error FM025"},
	{"fm-list-root", "topics/a.md", "---\n- a\n---\n", "a.md:2:1: error FM026"},
	{"fm-tag", "topics/a.md", "---\ntitle: !!binary aGk=\n---\n", "error FM027"},
	{"fm-title-list", "topics/a.md", "---\ntitle: [a]\n---\n", "a.md:2:8: error FM030"},
	{"fm-title-empty", "topics/a.md", "---\ntitle: \"\"\n---\n", "a.md:2:8: error FM010"},
	{"fm-title-null", "topics/a.md", "---\ntitle:\n---\n", "a.md:2:1: error FM010"},
	{"fm-draft-word", "topics/a.md", "---\ntitle: A\ndraft: perhaps\n---\n", "a.md:3:8: error FM031"},
	{"fm-draft-yes", "topics/a.md", "---\ntitle: A\ndraft: yes\n---\n", "a.md:3:8: error FM031"},
	{"fm-date-30-feb", "topics/a.md", "---\ntitle: A\ndate: 1949-02-30\n---\n", "a.md:3:7: error FM040"},
	{"fm-date-words", "topics/a.md", "---\ntitle: A\ndate: 4 April 1949\n---\n", "a.md:3:7: error FM041"},
	{"fm-weight-text", "topics/a.md", "---\ntitle: A\nweight: heavy\n---\n", "a.md:3:9: error FM032"},
	{"fm-tags-text", "topics/a.md", "---\ntitle: A\ntags: a, b\n---\n", "a.md:3:7: error FM033"},
	{"fm-tags-null", "topics/a.md", "---\ntitle: A\ntags: [a, ~]\n---\n", "a.md:3:11: error FM033"},
	{"tx-utf8", "topics/a.md", "---\ntitle: A\n---\nabc\xe9\n", "a.md:4:4: error FS010"},
	{"tx-utf16", "topics/a.md", "\xff\xfe-\x00", "a.md:1:1: error FS011"},
	{"tx-nul", "topics/a.md", "---\ntitle: A\n---\na\x00b\n", "a.md:4:2: error FS013"},
	{"tx-control", "topics/a.md", "---\ntitle: A\n---\na\x1bb\n", "a.md:4:2: error FS013"},
	{"tx-binary", "topics/a.md", "\x89PNG\r\n\x1a\n\x00\x00", "a.md:1:1: error FS010"},
	{"fm-lone-cr", "topics/a.md", "---\rtitle: A\r---\r", "a.md:1:4: error FS012"},
	{"md-html", "topics/a.md", "---\ntitle: A\n---\n<div>x</div>\n", "a.md:4:1: error MD001"},
	{"md-script", "topics/a.md", "---\ntitle: A\n---\nx <script>alert(1)</script>\n", "a.md:4:3: error MD001"},
	{"md-js-link", "topics/a.md", "---\ntitle: A\n---\n[x](javascript:alert(1))\n", "a.md:4:5: error MD010"},
	{"md-js-entity", "topics/a.md", "---\ntitle: A\n---\n[x](java&#115;cript:alert)\n", "a.md:4:5: error MD010"},
	{"md-data-link", "topics/a.md", "---\ntitle: A\n---\n[x](data:text/html,x)\n", "a.md:4:5: error MD010"},
	{"md-host-link", "topics/a.md", "---\ntitle: A\n---\n[x](//evil.example)\n", "a.md:4:5: error MD011"},
	{"md-link-missing", "topics/a.md", "---\ntitle: A\n---\n[x](nope.md)\n", "a.md:4:5: error LK001"},
	{"md-link-case", "topics/a.md", "---\ntitle: A\n---\n[x](Collective-Defence.md)\n", "a.md:4:5: error LK002"},
	{"md-wiki-missing", "topics/a.md", "---\ntitle: A\n---\nSee [[denmrak]].\n", "a.md:4:7: error LK001"},
	{"md-anchor", "topics/a.md", "---\ntitle: A\n---\nSee [[collective-defence#nowhere]].\n", "error LK004"},
	{"md-image-missing", "topics/a.md", "---\ntitle: A\n---\n![x](no.png)\n", "a.md:4:6: error AS001"},
	{"md-image-outside", "topics/a.md", "---\ntitle: A\n---\n![x](../../secret.png)\n", "a.md:4:6: error AS002"},
	{"md-cite", "topics/a.md", "---\ntitle: A\n---\nText.[@exampel]\n", "error LK012"},
	{"md-nest", "topics/a.md", "---\ntitle: A\n---\n" + strings.Repeat("> ", 101) + "x\n", "error MD042"},
	{"md-table-wide", "topics/a.md", "---\ntitle: A\n---\n" + strings.Repeat("|a", 130) + "|\n", "error MD040"},
	{"fx-unknown", "topics/a.md", "---\ntitle: A\n---\n[[= nordic-leage.members.count]]\n", "a.md:4:5: error FX002"},
	{"fx-attribute", "topics/a.md", "---\ntitle: A\n---\n[[= nordic-league.membres.count]]\n", "error FX003"},
	{"fx-day", "topics/a.md", "---\ntitle: A\n---\n[[= nordic-league.members.count on 1999-02-30]]\n", "error FX004"},
	{"vw-key", "topics/a.md", "---\ntitle: A\n---\n```map\noff: nordic-league\n```\n", "a.md:5:1: error VW002"},
	{"dt-syntax", "states/b.yaml", "- id: x\n  name: [a\n", "error DT001"},
	{"dt-root", "states/b.yaml", "hello\n", "b.yaml:1:1: error DT002"},
	{"dt-two-docs", "states/b.yaml", "- {id: x, name: X, region: europe}\n---\n- {id: y, name: Y, region: europe}\n", "error DT003"},
	{"dt-dup-key", "states/b.yaml", "- id: x\n  name: X\n  name: Y\n  region: europe\n", "b.yaml:3:3: error DT004"},
	{"dt-unknown", "organisations/b.yaml", "- id: x\n  name: X\n  type: alliance\n  founded: '1950'\n  membres: []\n", "b.yaml:5:3: error DT005"},
	{"dt-count", "organisations/b.yaml", "- id: x\n  name: X\n  type: alliance\n  founded: '1950'\n  member_count: 3\n", "b.yaml:5:3: error DT005"},
	{"dt-no-id", "states/b.yaml", "- name: X\n  region: europe\n", "b.yaml:1:3: error ID001"},
	{"dt-id-form", "states/b.yaml", "- id: \"../x\"\n  name: X\n  region: europe\n", "b.yaml:1:7: error ID002"},
	{"dt-id-dup", "states/zz.yaml", "- id: denmark\n  name: X\n  region: europe\n", "zz.yaml:1:7: error ID003"},
	{"dt-type", "organisations/b.yaml", "- id: x\n  name: X\n  type: alliance\n  founded: '1950'\n  members: France\n", "b.yaml:5:12: error DT010"},
	{"dt-ref", "organisations/b.yaml", "- id: x\n  name: X\n  type: alliance\n  founded: '1950'\n  successors: [nordic-leag]\n", "b.yaml:5:16: error LK010"},
	{"dt-order", "organisations/b.yaml", "- id: x\n  name: X\n  type: alliance\n  founded: '1950'\n  dissolved: '1940'\n", "b.yaml:5:14: error DT021"},
	{"dt-day", "organisations/b.yaml", "- id: x\n  name: X\n  type: alliance\n  founded: 1949-02-29\n", "b.yaml:4:12: error DT022"},
	{"dt-qualifier-bad", "organisations/b.yaml", "- id: x\n  name: X\n  type: alliance\n  founded: '1961!'\n", "b.yaml:4:12: error DT023"},
	{"dt-cycle", "organisations/b.yaml", "- {id: x, name: X, type: alliance, founded: '1950', successors: [y]}\n- {id: y, name: Y, type: alliance, founded: '1951', successors: [x]}\n", "error DT020"},
	{"dt-url", "states/b.yaml", "- id: x\n  name: X\n  region: europe\n  website: javascript:alert(1)\n", "b.yaml:4:12: error MD010"},
	{"dt-member-dup", "organisations/b.yaml", "- id: x\n  name: X\n  type: alliance\n  founded: '1950'\n  members:\n    - {member: denmark, from: '1950'}\n    - {member: denmark, from: '1960'}\n", "b.yaml:7:7: error DT024"},
	{"dt-yml", "states/b.yml", "- id: x\n", "b.yml: error DT006"},
	{"ur-generated", "topics/a.md", "---\ntitle: A\nslug: con\n---\n", "a.md:3:7: error ID015"},
	{"ur-slug-out", "topics/a.md", "---\ntitle: A\nslug: ../../x\n---\n", "a.md:3:7: error ID014"},
	{"ur-alias-out", "topics/a.md", "---\ntitle: A\naliases: [../x]\n---\n", "a.md:3:11: error ID014"},
	{"ur-alias-page", "topics/a.md", "---\ntitle: A\naliases: [/states/denmark/]\n---\n", "error ID013"},
	{"cf-unknown", "site.yaml", "titel: X\nas_of: '2025'\n", "site.yaml:1:1: error CF002"},
	{"cf-baseurl", "site.yaml", "title: X\nas_of: '2025'\nbase_url: javascript:x\n", "site.yaml:3:11: error CF003"},
}

// Each mistake is named with its place and code, nothing is published, and
// the run ends with code 1.
func TestMistakes(t *testing.T) {
	for _, m := range mistakes {
		t.Run(m.name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "site")
			var out bytes.Buffer
			if code := cli.Main([]string{"new", "site", dir}, nil, &out, &out); code != 0 {
				t.Fatal(out.String())
			}
			if err := os.WriteFile(filepath.Join(dir, "content", filepath.FromSlash(m.file)), []byte(m.text), 0o644); err != nil {
				t.Fatal(err)
			}
			var stdout, stderr bytes.Buffer
			code := cli.Main([]string{"build", dir}, nil, &stdout, &stderr)
			if code != 1 {
				t.Errorf("leaves with %d, want 1", code)
			}
			if !strings.Contains(stderr.String(), m.want) {
				t.Errorf("want %q in\n%s", m.want, &stderr)
			}
			if _, err := os.Stat(filepath.Join(dir, "public")); err == nil {
				t.Error("something was published")
			}
		})
	}
}

// What looks odd but is right builds.
func TestOddButRight(t *testing.T) {
	for name, text := range map[string]string{
		"bom":         "\xef\xbb\xbf---\ntitle: A\n---\nText.\n",
		"crlf":        "---\r\ntitle: A\r\n---\r\nText.\r\n",
		"title-no":    "---\ntitle: NO\n---\n",
		"title-float": "---\ntitle: 1.10\n---\n",
		"title-date":  "---\ntitle: 1914-07-28\n---\n",
		"template":    "---\ntitle: A\n---\n{{ .Site }}\n",
		"comment":     "---\ntitle: A\n---\n<!-- a note -->\nText.\n",
	} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "site")
			var out bytes.Buffer
			cli.Main([]string{"new", "site", dir}, nil, &out, &out)
			if err := os.WriteFile(filepath.Join(dir, "content/topics/a.md"), []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
			var stdout, stderr bytes.Buffer
			if code := cli.Main([]string{"build", dir}, nil, &stdout, &stderr); code != 0 {
				t.Errorf("leaves with %d:\n%s", code, &stderr)
			}
		})
	}
}

package build

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"path"
	"regexp"
	"slices"
	"strings"

	"entente/templates"
)

// tree is the files of a site by path.
type tree map[string]string

// edit is one change of a tree. The same edit of the same tree gives the same
// tree, so that a list of edits can be shortened.
type edit struct {
	kind string
	seed uint64
}

// kinds are the ways of editing, those of keystrokes more often than others.
var kinds = []string{"body", "body", "body", "front", "front", "create", "rename", "move", "delete", "swap", "case", "slug", "alias",
	"record", "record", "record", "glossary", "template", "asset", "config", "touch", "break", "repair"}

// apply makes an edit and gives the files that it touched.
func (e edit) apply(t tree) {
	r := rand.New(rand.NewPCG(e.seed, 1))
	switch e.kind {
	case "body":
		t.change(t.pick(r, "content/", ".md"), func(s string) string { return editBody(r, s) })
	case "front":
		t.change(t.pick(r, "content/", ".md"), func(s string) string { return editFront(r, s) })
	case "create":
		t.create(r)
	case "rename":
		t.move(r, t.pick(r, "content/", ".md"), func(p string) string {
			return path.Join(path.Dir(p), fmt.Sprintf("%s-%d.md", strings.TrimSuffix(path.Base(p), ".md"), r.IntN(9)))
		})
	case "move":
		t.moveFolder(r)
	case "delete":
		if p := t.pick(r, "content/", ""); p != "content/site.yaml" || r.IntN(10) == 0 {
			delete(t, p)
		}
	case "swap":
		a, b := t.pick(r, "content/topics/", ".md"), t.pick(r, "content/topics/", ".md")
		if a != "" {
			t[a], t[b] = t[b], t[a]
		}
	case "case":
		t.move(r, t.pick(r, "content/", ".md"), func(p string) string {
			b := path.Base(p)
			if up := strings.ToUpper(b[:1]); up != b[:1] {
				return path.Join(path.Dir(p), up+b[1:])
			}
			return path.Join(path.Dir(p), strings.ToLower(b[:1])+b[1:])
		})
	case "slug":
		t.change(t.pick(r, "content/topics/", ".md"), func(s string) string {
			return setKey(s, "slug", []string{"", "moved", "elsewhere", "talks", "Été"}[r.IntN(5)])
		})
	case "alias":
		t.change(t.pick(r, "content/", ".md"), func(s string) string {
			return setKey(s, "aliases", []string{"", "[old-way]", "[old-way, older/way]", "[/states/norge]", "[talks]"}[r.IntN(5)])
		})
	case "record":
		t.change(t.pick(r, "content/", ".yaml"), func(s string) string { return editRecords(r, s) })
	case "glossary":
		t.change("content/glossary/glossary.yaml", func(s string) string { return editGlossary(r, s) })
	case "template":
		t.editTemplate(r)
	case "asset":
		p := []string{"content/topics/a.png", "content/topics/more/b.svg", "static/assets/entente.css", "static/extra.txt", "static/assets/entente.js"}[r.IntN(5)]
		if _, ok := t[p]; ok && r.IntN(2) == 0 {
			delete(t, p)
		} else {
			t[p] = fmt.Sprintf("/* %d */\n", r.IntN(100))
		}
	case "config":
		t.change("content/site.yaml", func(s string) string { return editConfig(r, s) })
	case "break":
		t.breakOne(r)
	case "repair":
		for _, p := range slices.Sorted(maps.Keys(t)) {
			if text, broken := strings.CutPrefix(t[p], rubbish); broken {
				t[p] = text
			}
		}
	}
}

// rubbish makes any file unreadable.
const rubbish = "---\n]broken: [\n"

func (t tree) breakOne(r *rand.Rand) {
	if p := t.pick(r, []string{"content/", "content/topics/", "templates/"}[r.IntN(3)], ""); p != "" && !strings.HasPrefix(t[p], rubbish) {
		t[p] = rubbish + t[p]
	}
}

// pick chooses a file; "" when there is none.
func (t tree) pick(r *rand.Rand, prefix, suffix string) string {
	var list []string
	for _, p := range slices.Sorted(maps.Keys(t)) {
		if strings.HasPrefix(p, prefix) && strings.HasSuffix(p, suffix) {
			list = append(list, p)
		}
	}
	if len(list) == 0 {
		return ""
	}
	return list[r.IntN(len(list))]
}

func (t tree) change(p string, f func(string) string) {
	if s, ok := t[p]; ok {
		t[p] = f(s)
	}
}

func (t tree) move(_ *rand.Rand, p string, f func(string) string) {
	if p == "" {
		return
	}
	if to := f(p); t[to] == "" {
		t[to] = t[p]
		delete(t, p)
	}
}

func (t tree) moveFolder(r *rand.Rand) {
	moves := [][2]string{{"content/topics/more/", "content/topics/less/"}, {"content/topics/less/", "content/topics/more/deep/"},
		{"content/topics/more/deep/", "content/topics/more/"}, {"content/topics/more/", "content/topics/"}, {"content/topics/less/", "content/topics/"}}
	m := moves[r.IntN(len(moves))]
	for _, p := range slices.Sorted(maps.Keys(t)) {
		if rest, ok := strings.CutPrefix(p, m[0]); ok && t[m[1]+rest] == "" {
			t[m[1]+rest] = t[p]
			delete(t, p)
		}
	}
}

func (t tree) create(r *rand.Rand) {
	n := r.IntN(12)
	switch r.IntN(6) {
	case 0:
		t[fmt.Sprintf("content/states/new-%d.yaml", n)] = fmt.Sprintf("- {id: new-%d, name: Newland %c, codes: {iso2: N%d}, region: europe, sources: [report]}\n", n, 'A'+n, n%10)
	case 1:
		t[fmt.Sprintf("content/organisations/new-body-%d.yaml", n)] = fmt.Sprintf("- id: new-body-%d\n  name: Pact of %c\n  type: alliance\n  founded: '19%02d'\n  members:\n    - {member: denmark, from: '19%02d'}\n  sources: [history]\n", n, 'A'+n, n+10, n+10)
	case 2:
		t[fmt.Sprintf("content/events/event-%d.yaml", n)] = fmt.Sprintf("- {id: event-%d, title: Event %d, date: '19%02d', type: summit, organisations: [league], sources: [report]}\n", n, n, n+50)
	case 3:
		folder := []string{"states/norway", "states/sweden", "organisations/pact", "treaties/sound", "exercises/north-shield", "glossary/ally", "nobody"}[r.IntN(7)]
		t["content/"+folder+".md"] = "---\nsummary: A text.\n---\n\n" + paragraph(r)
	case 4:
		t[fmt.Sprintf("content/exercises/ex-%d.md", n)] = fmt.Sprintf("---\nrecord:\n  id: ex-%d\n  name: Exercise %c\n  lead: [norway]\n  first: '199%d'\n  sources: [report]\n---\n\n%s", n, 'A'+n, n%10, paragraph(r))
	default:
		folder := []string{"", "more/", "less/"}[r.IntN(3)]
		t[fmt.Sprintf("content/topics/%snew-%d.md", folder, n)] = fmt.Sprintf("---\ntitle: New matter %c\nsummary: It is new.\n---\n\n%s\n## Part\n\n%s", 'A'+n, paragraph(r), paragraph(r))
	}
}

// phrases are what the paragraphs of edits are made of: every way of
// referring to something, right and wrong.
var phrases = []string{"The League of the North met.", "The LN and the Old Pact differ.", "Swedish and Danish ships sailed.", "Norway signed.", "the Northern League", "Suomi is Finland.",
	"An ally needs deterrence.", "Allies speak of the casus foederis.", "dissuasion", "Newland A and Newland B agreed.", "The Pact of C was new.", "See New matter A.",
	"[[league]]", "[[League of the North|the league]]", "[[LN]]", "[[promises#kept]]", "[[promises#nowhere]]", "[[new-1]]", "[[new-2|second]]", "[[nobody-knows]]", "[[collective defence]]",
	"[talks](talks.md)", "[war](more/war.md)", "[plans](more/plans.md)", "[up](../defence.md)", "[gone](gone.md)", "[abs](/topics/talks/)", "[abs](/states/norway/)", "[a](a.png)",
	"![A picture](a.png)", "![Another](more/b.svg)", "[[= league.members.count]]", "[[= pact.members.count on 1935]]", "[[= league.founded as year]]", "[[= forum.members.count | two]]",
	"[[= norway.bodies.count]]", "[[= (league.members & pact.members).count]]", "[[= new-body-1.members.count]]", "[@report]", "[@history, p. 3]", "[@missing]", "Promises and pledges.", "Talks before treaties.",
	"The Treaty of the Sound", "North Shield began.", "Sound Watch went on.", "Pledges and *talks* and `code`.", "A claim of 3 members.", "Denmark's fleet", "Kingdom of Denmark"}

var blocks = []string{"## Kept\n\n", "## Broken\n\n", "### Smaller\n\n", "![[promises#Kept]]\n\n", "![[promises]]\n\n", "![[war]]\n\n", "![[talks#Part]]\n\n", "```members\nof: league\n```\n\n", "```timeline\nof: [league]\nfrom: 1940\n```\n\n",
	"```map\nof: league\n```\n\n", "```chart\ntype: members\nof: league\n```\n\n", "```matrix\nof: [league, pact, forum]\n```\n\n", "```members\nof: nothing\n```\n\n", "<div>raw</div>\n\n", "> [!NOTE]\n> Norway first.\n\n", "- Sweden\n- LN\n\n", "Note.[^1]\n\n[^1]: The Old Pact again.\n\n"}

func paragraph(r *rand.Rand) string {
	if r.IntN(4) == 0 {
		return blocks[r.IntN(len(blocks))]
	}
	var words []string
	for range 1 + r.IntN(6) {
		words = append(words, phrases[r.IntN(len(phrases))])
	}
	return strings.Join(words, " ") + "\n\n"
}

// editBody puts a paragraph in, or takes one out.
func editBody(r *rand.Rand, s string) string {
	head, body, ok := strings.Cut(s, "\n---\n")
	if !ok {
		return s + paragraph(r)
	}
	parts := strings.SplitAfter(body, "\n\n")
	at := r.IntN(len(parts))
	switch {
	case r.IntN(3) == 0 || len(parts) > 14:
		parts = slices.Delete(parts, at, at+1)
	default:
		parts = slices.Insert(parts, at, paragraph(r))
	}
	return head + "\n---\n" + strings.Join(parts, "")
}

func editFront(r *rand.Rand, s string) string {
	values := [][2]string{{"title", "Talks before treaties"}, {"title", "Collective defence"}, {"title", "New matter B"}, {"title", fmt.Sprintf("Title %d", r.IntN(5))}, {"title", ""},
		{"names", "[pledges, vows]"}, {"names", "[allies]"}, {"names", ""}, {"see_also", "[talks]"}, {"see_also", "[missing-one]"}, {"see_also", ""}, {"about", "[pact]"}, {"about", "[norway, league]"}, {"about", ""},
		{"draft", "true"}, {"draft", ""}, {"draft", ""}, {"updated", "2025-02-03"}, {"updated", ""}, {"weight", "7"}, {"id", fmt.Sprintf("id-%d", r.IntN(3))}, {"id", ""}, {"summary", "Another summary."}, {"reviewed", "2020-01-01"}, {"tags", "[one]"}}
	v := values[r.IntN(len(values))]
	return setKey(s, v[0], v[1])
}

// setKey sets a key of the front matter, or takes it out.
func setKey(s, key, value string) string {
	rest, ok := strings.CutPrefix(s, "---\n")
	if !ok {
		return s
	}
	head, body, ok := strings.Cut(rest, "---\n")
	if !ok {
		return s
	}
	head = regexp.MustCompile(`(?m)^`+key+`:.*\n`).ReplaceAllString(head, "")
	if value != "" {
		head = key + ": " + value + "\n" + head
	}
	return "---\n" + head + "---\n" + body
}

// editRecords changes a word or a line of records.
func editRecords(r *rand.Rand, s string) string {
	words := [][2]string{{"1949-04-04", "1950-05-05"}, {"1950-05-05", "1949-04-04"}, {"2024-03-07", "2023"}, {"'2023'", "'2024-03-07'"}, {"name: Norway", "name: Norge"}, {"name: Norge", "name: Norway"},
		{"abbr: LN", "abbr: OP"}, {"abbr: OP", "abbr: PO"}, {"[Northern League]", "[Talks before treaties]"}, {"demonyms: [Danish, Dane]", "demonyms: [Dansk]"}, {"iso2: SE", "iso2: SW"},
		{"name: League of the North", "name: Northern Alliance"}, {"Northern Alliance", "League of the North"}, {"id: finland", "id: suomi"}, {"id: suomi", "id: finland"}, {"kind: defence", "kind: consultation"},
		{"member: sweden", "member: finland"}, {"title: Report on the North", "title: Second report"}, {"author: A. Author", "author: B. Other"}, {"summary: A league", "summary: One league"},
		{"dissolved: '1939-09-01'", "dissolved: '1940'"}, {"sources: [report]", "sources: [history]"}, {"sources: [history]", "sources: [report, history]"}, {"status: observer", "status: member"},
		{"members_complete: true", "members_complete: false"}, {"name: Sound Watch", "name: Watch of the Sound"}, {"region: europe", "region: asia"}, {"successors: [league]", "successors: [forum]"},
		{"date: '1949-04-04'", "date: '1948'"}, {"lead: [norway]", "lead: [denmark]"}, {"Old Pact", "Elder Pact"}, {"Elder Pact", "Old Pact"}, {"field: founded", "field: seat"}}
	switch r.IntN(5) {
	case 0: // take a line out
		lines := strings.SplitAfter(s, "\n")
		at := r.IntN(len(lines))
		return strings.Join(slices.Delete(lines, at, at+1), "")
	case 1:
		return strings.Replace(s, "  members:\n", "  members:\n    - {member: finland, from: '1995-01-01'}\n", 1)
	case 2:
		return strings.Replace(s, "- {id: ", fmt.Sprintf("# a remark\n- {id: x%d-", r.IntN(3)), 1)
	}
	for range 20 {
		w := words[r.IntN(len(words))]
		if strings.Contains(s, w[0]) {
			return strings.Replace(s, w[0], w[1], 1)
		}
	}
	return s
}

func editGlossary(r *rand.Rand, s string) string {
	terms := []string{"promise", "aid", "war", "league", "talks", "North Shield", "ship"}
	term := terms[r.IntN(len(terms))]
	switch r.IntN(5) {
	case 0:
		return s + fmt.Sprintf("- {id: t-%s, term: %s, definition: A word., sources: [report]}\n", strings.ReplaceAll(strings.ToLower(term), " ", "-"), term)
	case 1:
		return strings.Replace(s, "term: deterrence", "term: "+term, 1)
	case 2:
		return strings.Replace(s, "aliases: [dissuasion]", "aliases: [dissuasion, "+term+"]", 1)
	case 3:
		return strings.Replace(s, "definition: A", "definition: Once a", 1)
	}
	lines := strings.SplitAfter(s, "\n")
	at := r.IntN(len(lines))
	return strings.Join(slices.Delete(lines, at, at+1), "")
}

// editTemplate lays a changed copy of a built-in template over it, or takes it
// away.
func (t tree) editTemplate(r *rand.Rand) {
	name := []string{"article.html", "index.html", "redirect.html", "base.html", "glossary.html"}[r.IntN(5)]
	p := "templates/" + name
	if _, ok := t[p]; ok && r.IntN(2) == 0 {
		delete(t, p)
		return
	}
	b, err := templates.Files.ReadFile(name)
	if err != nil {
		panic(err)
	}
	t[p] = strings.Replace(string(b), "<h1", fmt.Sprintf("<p>%d</p><h1", r.IntN(9)), 1)
}

func editConfig(r *rand.Rand, s string) string {
	values := [][2]string{{"title", "Smaller"}, {"title", "Small"}, {"tagline", "Another line"}, {"as_of", "'2024-01-01'"}, {"as_of", "'2025-10-31'"}, {"link_mentions", "section"}, {"link_mentions", "never"}, {"link_mentions", ""},
		{"raw_html", "warning"}, {"raw_html", ""}, {"language", "fr"}, {"language", ""}, {"base_url", "https://example.org/"}, {"base_url", ""}, {"featured", "[league]"}, {"updated", "'2025-10-10'"}, {"publisher", "Nobody"},
		{"map", "{borders: de-facto}"}, {"map", ""}, {"edit_url", "'https://example.org/edit/{path}'"}, {"review_every", "6 months"}, {"rules", "[{rule: MD051, severity: off}]"}, {"rules", "[{rule: MD051, severity: error}]"}, {"rules", ""}}
	v := values[r.IntN(len(values))]
	s = regexp.MustCompile(`(?m)^`+v[0]+`:.*\n`).ReplaceAllString(s, "")
	if v[1] != "" {
		s = v[0] + ": " + v[1] + "\n" + s
	}
	return s
}

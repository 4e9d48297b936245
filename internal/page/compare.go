package page

import (
	"cmp"
	"encoding/json"
	"fmt"
	"html/template"
	"slices"
	"strings"

	"entente/internal/chart"
	"entente/internal/date"
	"entente/internal/link"
	"entente/internal/model"
)

// Side is one of two bodies or states that are compared.
type Side struct {
	ID       model.ID
	Slug     string
	Href     string
	Name     string // short where there is a short form
	Full     string
	Class    string // obligation class
	Day      string // the day for which it is described
	Life     date.Period
	Facts    []string // in the order of compareLabels
	Members  []model.ID
	Treaties []model.ID
	Held     []model.ID // exercises
}

// ComparePart sets side by side what both have, and what only one has.
type ComparePart struct {
	Title      string
	Both, A, B []Link
}

// Comparison is two sides and what they share.
type Comparison struct {
	A, B    Side
	Summary string
	Rows    [][3]string // label and both values
	Bars    *Spans
	Parts   []ComparePart
}

// Compare is the view of the page that compares, and of each pair made
// beforehand.
type Compare struct {
	Shell
	Crumbs  []Link
	Heading string
	Lede    string
	Home    string // address of the page with the form
	Pair    *Comparison
	Pairs   []Group
	Form    bool // the page has the form
}

// compareShard is how many entries one file of comparisons holds.
const compareShard = 32

// compareKinds are what can be compared, and what each side says of itself.
var compareKinds = []struct {
	kind   model.Kind
	name   string   // of the files
	labels []string // keys of texts
}{
	{model.Organisation, "organisations", []string{"fact.type", "fact.obligations", "fact.founded", "fact.ended", "fact.members", "fact.seat"}},
	{model.State, "states", []string{"fact.region", "compare.existed", "fact.member-of", "fact.bound"}},
}

func comparePages(w *model.World) []Page {
	none := model.None
	list := []Page{
		{Path: "compare/index.html", Template: "compare.html", Thing: none, View: (*Site).compare},
		{Path: "compare/names.json", Thing: none, Encode: (*Site).compareNames},
	}
	for k, c := range compareKinds {
		for i := range shards(len(w.Of(c.kind))) {
			list = append(list, Page{Path: fmt.Sprintf("compare/%s-%d.json", c.name, i), Thing: none, Encode: func(s *Site) []byte { return s.compareShard(k, i) }})
		}
	}
	for _, p := range comparePairs(w) {
		list = append(list, Page{Path: pairPath(w, p), Template: "compare.html", Thing: none, View: func(s *Site) any { return s.comparePair(p) }})
	}
	return list
}

func shards(n int) int { return (n + compareShard - 1) / compareShard }

func pairPath(w *model.World, p [2]model.ID) string {
	return "compare/" + w.Thing(p[0]).Slug + "-and-" + w.Thing(p[1]).Slug + "/index.html"
}

// comparePairs are the pairs made beforehand: of the bodies of the matrix
// and of the states with most memberships, those that share most, each in at
// most two pairs.
func comparePairs(w *model.World) [][2]model.ID {
	bodies := matrixBodies(w)
	var states []model.ID
	for _, t := range w.Of(model.State) {
		if t.State.Exists.Until.IsZero() {
			states = append(states, t.ID)
		}
	}
	stays := map[model.ID]int{}
	for _, m := range w.Memberships {
		stays[m.Member]++
	}
	slices.SortStableFunc(states, func(a, b model.ID) int { return cmp.Compare(stays[b], stays[a]) })
	states = states[:min(len(states), 12)]
	members := func(id model.ID) []model.ID {
		var ids []model.ID
		for _, m := range w.MembersOf(id) {
			ids = append(ids, m.Member)
		}
		return ids
	}
	joined := func(id model.ID) []model.ID {
		var ids []model.ID
		for _, m := range w.MembershipsOf(id) {
			ids = append(ids, m.Body)
		}
		return ids
	}
	return append(closest(bodies, members, 8), closest(states, joined, 6)...)
}

// closest gives the pairs that share most, nobody in more than two of them.
func closest(ids []model.ID, of func(model.ID) []model.ID, most int) [][2]model.ID {
	type pair struct {
		ids    [2]model.ID
		shared int
	}
	var pairs []pair
	sets := map[model.ID]map[model.ID]bool{}
	for _, id := range ids {
		sets[id] = map[model.ID]bool{}
		for _, x := range of(id) {
			sets[id][x] = true
		}
	}
	for i, a := range ids {
		for _, b := range ids[i+1:] {
			n := 0
			for x := range sets[a] {
				if sets[b][x] {
					n++
				}
			}
			pairs = append(pairs, pair{[2]model.ID{a, b}, n})
		}
	}
	slices.SortStableFunc(pairs, func(a, b pair) int { return cmp.Compare(b.shared, a.shared) })
	used := map[model.ID]int{}
	var list [][2]model.ID
	for _, p := range pairs {
		if a, b := p.ids[0], p.ids[1]; len(list) < most && used[a] < 2 && used[b] < 2 {
			list = append(list, p.ids)
			used[a]++
			used[b]++
		}
	}
	return list
}

// side describes one body or state.
func (s *Site) side(id model.ID, from string) Side {
	w := s.World
	t := w.Thing(id)
	day := w.Day(id)
	v := Side{ID: id, Slug: s.World.Thing(id).Slug, Href: s.href(from, id), Name: t.Label(), Full: t.Name, Class: "o-" + s.family(id).Class(), Day: s.World.Words.Dates.Text(day.Date()),
		Life: life(t), Treaties: w.Treaties(id), Held: w.Exercises(id)}
	text := func(d date.Date) string { return cmp.Or(s.World.Words.Dates.Text(d), "–") }
	if o := t.Organisation; o != nil {
		set := w.Members(id, day, model.Member)
		if len(set.Possible) == 0 {
			set = w.Members(id, day, model.Participant)
		}
		v.Members = set.Possible
		count := "–"
		if len(v.Members) > 0 {
			count = countText(set.Count()) + s.World.Words.Comma() + v.Day
			if !o.MembersComplete {
				count += s.World.Words.Comma() + s.say("fact.incomplete")
			}
		}
		v.Facts = []string{s.kindText(o.Type, o.Scope), cmp.Or(s.familyNames(o.Obligations), s.say("compare.none")), text(o.Founded), text(o.Dissolved), count, cmp.Or(o.Seat, "–")}
		return v
	}
	bodies := s.bodiesNow(id)
	bound := s.boundTo(id, bodies)
	v.Members = bodies
	existed := "–"
	if life := (date.Period{From: t.State.Exists.From, Until: t.State.Exists.Until}); !life.From.IsZero() || !life.Until.IsZero() {
		existed = s.years(life)
	}
	v.Facts = []string{s.regionName(t.State.Region), existed, s.count(len(bodies), "bodies") + s.World.Words.Comma() + v.Day, s.count(len(bound), "states")}
	return v
}

// comparison sets two sides beside each other.
func (s *Site) comparison(p [2]model.ID, from string) *Comparison {
	w := s.World
	c := &Comparison{A: s.side(p[0], from), B: s.side(p[1], from)}
	k := 0
	what := "fact.members"
	if w.Thing(p[0]).Kind == model.State {
		k, what = 1, "compare.memberships"
	}
	for i, label := range compareKinds[k].labels {
		c.Rows = append(c.Rows, [3]string{s.say(label), c.A.Facts[i], c.B.Facts[i]})
	}
	c.Parts = []ComparePart{s.comparePart(what, from, c.A.Members, c.B.Members), s.comparePart("compare.treaties", from, c.A.Treaties, c.B.Treaties),
		s.comparePart("fact.exercises", from, c.A.Held, c.B.Held)}
	both := c.Parts[0]
	c.Summary = s.say("compare.summary", "a", c.A.Name, "b", c.B.Name, "both", len(both.Both), "only-a", len(both.A), "only-b", len(both.B), "what", strings.ToLower(s.say(what)))
	if k == 0 {
		c.Bars = s.compareBars(c)
	}
	return c
}

func (s *Site) comparePart(title, from string, a, b []model.ID) ComparePart {
	p := ComparePart{Title: s.say(title)}
	links := func(ids []model.ID, keep func(model.ID) bool) []Link {
		var list []Link
		for _, id := range ids {
			if keep(id) {
				list = append(list, Link{Href: s.href(from, id), Text: s.World.Thing(id).Label()})
			}
		}
		compare := s.sorter()
		slices.SortStableFunc(list, func(x, y Link) int { return compare(x.Text, y.Text) })
		return list
	}
	p.Both = links(a, func(id model.ID) bool { return slices.Contains(b, id) })
	p.A = links(a, func(id model.ID) bool { return !slices.Contains(b, id) })
	p.B = links(b, func(id model.ID) bool { return !slices.Contains(a, id) })
	return p
}

func (s *Site) compareBars(c *Comparison) *Spans {
	now := yearOf(s.World.AsOf)
	var items []chart.Item
	for _, x := range []Side{c.A, c.B} {
		items = append(items, chart.Item{From: yearsOf(x.Life.From, false), To: yearsOf(cmp.Or(x.Life.Until, x.Life.From), false), Open: x.Life.Until.IsZero()})
	}
	from, to := chart.ItemsSpan(items, now)
	axis := chart.NewAxis(from, to, to >= now, now)
	axis.BCE = s.World.Words.Dates.BCE
	sp := &Spans{Caption: s.say("fact.period"), Head: [3]string{s.say("fact.body"), s.say("fact.years"), s.say("fact.period")}, Grid: template.HTML(axis.Grid("grid")), Axis: template.HTML(axis.Ticks())}
	for _, x := range []Side{c.A, c.B} {
		class := ""
		if s.World.Ended(x.ID) {
			class = "ended"
		}
		sp.Rows = append(sp.Rows, SpanRow{Class: strings.TrimPrefix(x.Class, "o-"), Glyph: Glyph(strings.TrimPrefix(x.Class, "o-")), Href: x.Href, Name: x.Name,
			Years: template.HTML(template.HTMLEscapeString(s.years(x.Life))), Bars: template.HTML(chart.Bars(axis, "grid", []chart.Span{spanOf(x.Life, class)}))})
	}
	return sp
}

func (s *Site) newCompare(path, title, lede string) *Compare {
	v := &Compare{Shell: s.shell(path, "versus", "organisations/", title, lede, "compare.js"), Heading: title, Lede: lede, Home: rootOf(path) + "compare/"}
	v.Crumbs = s.crumbs(path, Link{Text: title, Current: true})
	var bodies, states Group
	bodies.Title, states.Title = s.say("compare.bodies"), s.say("compare.states")
	for _, p := range comparePairs(s.World) {
		g := &bodies
		if s.World.Thing(p[0]).Kind == model.State {
			g = &states
		}
		at := strings.TrimSuffix(pairPath(s.World, p), "index.html")
		g.Names = append(g.Names, Link{Href: link.Rel(path, at), Text: s.pairName(p), Current: at == path})
	}
	v.Pairs = nonEmpty(bodies, states)
	return v
}

func (s *Site) pairName(p [2]model.ID) string {
	return s.say("compare.pair", "a", s.World.Thing(p[0]).Label(), "b", s.World.Thing(p[1]).Label())
}

func (s *Site) compare() any {
	v := s.newCompare("compare/", s.say("nav.compare"), s.say("compare.lede"))
	v.Form = true
	if pairs := comparePairs(s.World); len(pairs) > 0 {
		v.Pair = s.comparison(pairs[0], "compare/")
	}
	return v
}

func (s *Site) comparePair(p [2]model.ID) any {
	path := strings.TrimSuffix(pairPath(s.World, p), "index.html")
	c := s.comparison(p, path)
	v := s.newCompare(path, s.pairName(p), c.Summary)
	v.Scripts = nil
	v.Crumbs = s.crumbs(path, Link{Href: "../", Text: s.say("nav.compare")}, Link{Text: v.Heading, Current: true})
	v.Pair = c
	return v
}

// compareNames is what the form offers: for each kind the slug and the name
// of every entry, in the order of the files that describe them.
func (s *Site) compareNames() []byte {
	type kind struct {
		Members string      `json:"members"` // title of what is compared first
		Labels  []string    `json:"labels"`
		Names   [][2]string `json:"names"`
	}
	all := map[string]any{"shard": compareShard, "treaties": s.say("compare.treaties"), "exercises": s.say("fact.exercises")}
	for _, c := range compareKinds {
		k := kind{Members: s.say("fact.members")}
		if c.kind == model.State {
			k.Members = s.say("compare.memberships")
		}
		for _, label := range c.labels {
			k.Labels = append(k.Labels, s.say(label))
		}
		for _, t := range s.World.Of(c.kind) {
			name := t.Name
			if t.Short != "" {
				name = t.Short + " · " + t.Name
			}
			k.Names = append(k.Names, [2]string{t.Slug, name})
		}
		all[c.name] = k
	}
	b, err := json.Marshal(all)
	if err != nil {
		panic("page: json: " + err.Error())
	}
	return b
}

// compareShard describes the entries of one file.
func (s *Site) compareShard(kind, shard int) []byte {
	type entry struct {
		Name, Full, Path, Class string
		Ended                   bool
		From, To                float64
		Years                   string
		Facts                   []string
		Members                 [][2]string // name and path
		Treaties                [][2]string
		Held                    [][2]string
	}
	refs := func(ids []model.ID) [][2]string {
		list := [][2]string{}
		for _, id := range ids {
			t := s.World.Thing(id)
			list = append(list, [2]string{t.Label(), t.Path})
		}
		return list
	}
	list := []entry{}
	of := s.World.Of(compareKinds[kind].kind)
	for _, t := range of[shard*compareShard : min(len(of), (shard+1)*compareShard)] {
		x := s.side(t.ID, "")
		e := entry{Name: x.Name, Full: x.Full, Path: t.Path, Class: x.Class, Ended: s.World.Ended(t.ID), Years: s.years(x.Life), Facts: x.Facts,
			Members: refs(x.Members), Treaties: refs(x.Treaties), Held: refs(x.Held), To: round2(yearOf(s.World.AsOf))}
		if !x.Life.From.IsZero() {
			e.From = round2(yearsOf(x.Life.From, false)[0])
		}
		if !x.Life.Until.IsZero() {
			e.To = round2(yearsOf(x.Life.Until, false)[1])
		}
		list = append(list, e)
	}
	b, err := json.Marshal(list)
	if err != nil {
		panic("page: json: " + err.Error())
	}
	return b
}

func round2(v float64) float64 { return float64(int(v*100)) / 100 }

// compareLink leads from a page to the form with one side chosen.
func (s *Site) compareLink(id model.ID, key string) template.HTML {
	t := s.World.Thing(id)
	return template.HTML(fmt.Sprintf(`<p class="srcline"><a href="%scompare/?a=%s">%s</a></p>`, rootOf(t.Path), template.URLQueryEscaper(t.Slug), s.sayHTML(key, "name", t.Label())))
}

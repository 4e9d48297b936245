package page

import (
	"cmp"
	"encoding/json"
	"html/template"
	"path"
	"slices"
	"strings"

	"entente/internal/date"
	"entente/internal/link"
	"entente/internal/model"
	"entente/internal/record"
)

// node is a thing in the words of schema.org, with the properties that this
// site knows of any kind.
type node struct {
	Type          string   `json:"@type"`
	ID            string   `json:"@id,omitempty"`
	Name          string   `json:"name,omitempty"`
	Headline      string   `json:"headline,omitempty"`
	AlternateName []string `json:"alternateName,omitempty"`
	Description   string   `json:"description,omitempty"`
	URL           string   `json:"url,omitempty"`
	SameAs        string   `json:"sameAs,omitempty"`
	Image         string   `json:"image,omitempty"`
	InLanguage    string   `json:"inLanguage,omitempty"`
	Identifier    []brief  `json:"identifier,omitempty"`

	Author           *brief  `json:"author,omitempty"`
	Publisher        *brief  `json:"publisher,omitempty"`
	Creator          *brief  `json:"creator,omitempty"`
	License          string  `json:"license,omitempty"`
	DatePublished    string  `json:"datePublished,omitempty"`
	DateModified     string  `json:"dateModified,omitempty"`
	IsPartOf         *brief  `json:"isPartOf,omitempty"`
	MainEntityOfPage string  `json:"mainEntityOfPage,omitempty"`
	About            []brief `json:"about,omitempty"`
	Citation         []brief `json:"citation,omitempty"`

	FoundingDate    string  `json:"foundingDate,omitempty"`
	DissolutionDate string  `json:"dissolutionDate,omitempty"`
	Address         string  `json:"address,omitempty"`
	Parent          *brief  `json:"parentOrganization,omitempty"`
	Member          []brief `json:"member,omitempty"`
	ContainedIn     *brief  `json:"containedInPlace,omitempty"`

	LegislationType  string  `json:"legislationType,omitempty"`
	LegislationDate  string  `json:"legislationDate,omitempty"`
	LegislationForce string  `json:"legislationLegalForce,omitempty"`
	Jurisdiction     []brief `json:"jurisdiction,omitempty"`

	StartDate      string  `json:"startDate,omitempty"`
	EndDate        string  `json:"endDate,omitempty"`
	EventStatus    string  `json:"eventStatus,omitempty"`
	AttendanceMode string  `json:"eventAttendanceMode,omitempty"`
	Location       *brief  `json:"location,omitempty"`
	Organizer      []brief `json:"organizer,omitempty"`
	SubEvent       []node  `json:"subEvent,omitempty"`

	TermCode string `json:"termCode,omitempty"`
	InSet    string `json:"inDefinedTermSet,omitempty"`
	Terms    []node `json:"hasDefinedTerm,omitempty"`

	Items         any    `json:"itemListElement,omitempty"` // briefs, or nodes
	NumberOfItems int    `json:"numberOfItems,omitempty"`
	ItemListOrder string `json:"itemListOrder,omitempty"`

	Keywords     []string `json:"keywords,omitempty"`
	Version      string   `json:"version,omitempty"`
	Temporal     string   `json:"temporalCoverage,omitempty"`
	Spatial      string   `json:"spatialCoverage,omitempty"`
	Variables    []string `json:"variableMeasured,omitempty"`
	Free         bool     `json:"isAccessibleForFree,omitempty"`
	Distribution []brief  `json:"distribution,omitempty"`

	Action     *node  `json:"potentialAction,omitempty"`
	Target     *node  `json:"target,omitempty"`
	URLPattern string `json:"urlTemplate,omitempty"`
	QueryInput string `json:"query-input,omitempty"`
}

// brief is a thing that another only names.
type brief struct {
	Type       string `json:"@type"`
	Name       string `json:"name,omitempty"`
	URL        string `json:"url,omitempty"`
	Logo       string `json:"logo,omitempty"`
	Address    string `json:"address,omitempty"`
	PropertyID string `json:"propertyID,omitempty"`
	Value      string `json:"value,omitempty"`
	Position   int    `json:"position,omitempty"`
	Item       string `json:"item,omitempty"`
	Encoding   string `json:"encodingFormat,omitempty"`
	ContentURL string `json:"contentUrl,omitempty"`
}

// frame and trail give what every page with crumbs shows to describe.
func (sh *Shell) frame() *Shell       { return sh }
func (v *Article) trail() []Link      { return v.Crumbs }
func (v *Index) trail() []Link        { return v.Crumbs }
func (v *Glossary) trail() []Link     { return v.Crumbs }
func (v *Bibliography) trail() []Link { return v.Crumbs }
func (v *Timeline) trail() []Link     { return v.Crumbs }
func (v *Matrix) trail() []Link       { return v.Crumbs }
func (v *Compare) trail() []Link      { return v.Crumbs }
func (v *Network) trail() []Link      { return v.Crumbs }
func (v *Indicators) trail() []Link   { return v.Crumbs }
func (v *Coverage) trail() []Link     { return v.Crumbs }
func (v *EditionView) trail() []Link  { return v.Crumbs }
func (v *Home) trail() []Link         { return nil }

// describe adds to a view what machines read of its page: what the page is,
// the things that it is about, and the way to it.
func (s *Site) describe(view any, path string, noIndex bool) any {
	v, ok := view.(interface {
		frame() *Shell
		trail() []Link
	})
	if !ok {
		return view
	}
	sh := v.frame()
	sh.NoIndex = sh.NoIndex || noIndex
	graph := sh.About
	if len(graph) == 0 {
		graph = []node{{Type: "CollectionPage", Name: sh.Title, Description: sh.Description, URL: s.address(path, path), InLanguage: sh.Lang, License: s.World.Site.LicenceURL,
			DateModified: s.editionDay().Attr(), IsPartOf: s.website(path), Publisher: s.publisher(path)}}
	}
	if trail := v.trail(); len(trail) > 1 {
		graph = append(slices.Clip(graph), s.breadcrumbs(trail, path))
	}
	b, err := json.Marshal(struct {
		Context string `json:"@context"`
		Graph   []node `json:"@graph"`
	}{"https://schema.org", graph})
	if err != nil {
		panic("page: linked data: " + err.Error())
	}
	// encoding/json escapes '<', so the element cannot be closed from inside.
	sh.JSONLD = template.HTML(`<script type="application/ld+json">` + string(b) + `</script>`)
	return view
}

// address is the absolute address of a path when the site has one, else the
// way to it from a page, which readers of linked data resolve.
func (s *Site) address(from, path string) string {
	if s.World.Site.BaseURL != "" {
		return s.absolute(path)
	}
	return link.Rel(from, path)
}

// breadcrumbs are the crumbs of a page.
func (s *Site) breadcrumbs(trail []Link, path string) node {
	var list []brief
	for i, l := range trail {
		at := path
		if !l.Current {
			at = resolve(path, l.Href)
		}
		list = append(list, brief{Type: "ListItem", Position: i + 1, Name: l.Text, Item: s.address(path, at)})
	}
	return node{Type: "BreadcrumbList", Items: list}
}

// resolve gives the path that a relative address on the page at a path leads to.
func resolve(path, href string) string {
	dir, rest := resolved(path, href)
	return dir + rest
}

// resolved is resolve in two parts, the first a folder.
func resolved(path, href string) (dir, rest string) {
	dir = path[:strings.LastIndexByte(path, '/')+1]
	for {
		switch {
		case strings.HasPrefix(href, "../"):
			dir = dir[:strings.LastIndexByte(strings.TrimSuffix(dir, "/"), '/')+1]
			href = href[3:]
		case strings.HasPrefix(href, "./"):
			href = href[2:]
		default:
			return dir, href
		}
	}
}

// isoDate writes a date as ISO 8601 does, years before 1 too, which HTML has
// no form for; "" when it is no more than a decade.
func isoDate(d date.Date) string {
	if a := d.Attr(); a != "" || d.IsZero() || d.Year() >= 1 {
		return a
	}
	return strings.TrimRight(d.String(), "?~%")
}

func (s *Site) website(from string) *brief {
	return &brief{Type: "WebSite", Name: s.World.Site.Title, URL: s.address(from, "")}
}

func (s *Site) publisher(from string) *brief {
	r := s.World.Site
	return &brief{Type: "Organization", Name: cmp.Or(r.Publisher, r.Title), URL: s.address(from, ""), Logo: s.address(from, s.Assets["assets/icon.svg"])}
}

// homeNode is the site itself, with the address of its search.
func (s *Site) homeNode() node {
	r := s.World.Site
	n := node{Type: "WebSite", Name: r.Title, URL: s.address("", "")}
	n.Description, n.InLanguage, n.License, n.DateModified = cmp.Or(r.Tagline, r.Title), s.World.Words.Tag, r.LicenceURL, s.editionDay().Attr()
	n.Publisher = s.publisher("")
	n.Action = &node{Type: "SearchAction", Target: &node{Type: "EntryPoint", URLPattern: s.address("", "search/") + "?q={search_term_string}"}, QueryInput: "required name=search_term_string"}
	return n
}

// articleNode is the page of a topic or of help.
func (s *Site) articleNode(t *model.Thing) node {
	n := node{Type: "Article", Headline: t.Name, Description: cmp.Or(t.Summary, t.Name), URL: s.address(t.Path, t.Path), MainEntityOfPage: s.address(t.Path, t.Path),
		Image: s.address(t.Path, s.Assets["assets/icon.svg"]), InLanguage: s.World.Words.Tag, License: s.World.Site.LicenceURL,
		Author: s.publisher(t.Path), Publisher: s.publisher(t.Path), IsPartOf: s.website(t.Path)}
	n.DateModified = s.editionDay().Attr()
	if t.Page != nil && !t.Page.Header.Updated.IsZero() {
		n.DateModified = t.Page.Header.Updated.Attr()
	}
	n.DatePublished = n.DateModified
	for _, e := range s.World.Editions {
		if e.Lookup(t.Kind.Folder(), t.Slug) != nil {
			n.DatePublished = min(e.Day.Attr(), n.DateModified)
			break
		}
	}
	for _, slug := range t.Page.Header.About {
		if about, ok := s.World.Lookup(slug); ok {
			n.About = append(n.About, s.named(t.Path, about))
		}
	}
	for _, slug := range t.Sources {
		if src, ok := s.World.LookupSource(slug); ok {
			n.Citation = append(n.Citation, brief{Type: "CreativeWork", Name: src.Name, URL: src.Source.URL})
		}
	}
	return n
}

// schemaTypes are the types of things by kind.
var schemaTypes = map[model.Kind]string{model.Organisation: "Organization", model.State: "Country", model.Treaty: "Legislation", model.Exercise: "EventSeries",
	model.Operation: "Event", model.Topic: "Article"}

// named is a thing in a few words. Those that a type asks more of are things
// of no type.
func (s *Site) named(from string, t *model.Thing) brief {
	n := brief{Type: "Thing", Name: t.Name, URL: s.address(from, t.Path)}
	if t.Kind == model.Organisation || t.Kind == model.State {
		n.Type = schemaTypes[t.Kind]
	}
	return n
}

func (s *Site) allNamed(from string, slugs []string) []brief {
	var list []brief
	for _, slug := range slugs {
		if t, ok := s.World.Lookup(slug); ok {
			list = append(list, s.named(from, t))
		}
	}
	return list
}

// thingNode is what all things with a record have in common.
func (s *Site) thingNode(t *model.Thing, description string) node {
	n := node{Type: schemaTypes[t.Kind], ID: s.address(t.Path, t.Path) + "#thing", Name: t.Name, Description: cmp.Or(t.Summary, description), URL: s.address(t.Path, t.Path),
		MainEntityOfPage: s.address(t.Path, t.Path)}
	for _, name := range t.Names {
		if name.Kind != model.FormerName && name.Text != t.Name && !slices.Contains(n.AlternateName, name.Text) {
			n.AlternateName = append(n.AlternateName, name.Text)
		}
	}
	return n
}

// maxMembers is how many members the linked data of a body names.
const maxMembers = 60

func (s *Site) organisationNode(t *model.Thing, description string) node {
	o := t.Organisation
	n := s.thingNode(t, description)
	n.FoundingDate, n.DissolutionDate = isoDate(o.Founded), isoDate(o.Dissolved)
	n.Address, n.SameAs = o.Seat, o.Website
	if o.Seat != "" {
		n.Location = &brief{Type: "Place", Name: o.Seat, Address: o.Seat}
	}
	if up, ok := s.World.Lookup(o.PartOf); ok {
		parent := s.named(t.Path, up)
		n.Parent = &parent
	}
	if s.World.Ended(t.ID) {
		return n
	}
	for _, id := range s.World.Members(t.ID, s.World.Day(t.ID), model.Member).Certain {
		if len(n.Member) < maxMembers {
			n.Member = append(n.Member, s.named(t.Path, s.World.Thing(id)))
		}
	}
	return n
}

func (s *Site) stateNode(t *model.Thing, description string) node {
	n := s.thingNode(t, description)
	c := t.State.Codes
	for _, code := range []brief{{PropertyID: "ISO 3166-1 alpha-2", Value: c.ISO2}, {PropertyID: "ISO 3166-1 alpha-3", Value: c.ISO3}, {PropertyID: "Correlates of War", Value: c.COW}} {
		if code.Value != "" {
			code.Type = "PropertyValue"
			n.Identifier = append(n.Identifier, code)
		}
	}
	if t.State.Region != "historical" {
		n.ContainedIn = &brief{Type: "Place", Name: s.regionName(t.State.Region)}
	}
	return n
}

func (s *Site) treatyNode(t *model.Thing, description string) node {
	tr := t.Treaty
	n := s.thingNode(t, description)
	n.LegislationType, n.LegislationDate, n.DatePublished = words(tr.Type), isoDate(tr.Signed), isoDate(tr.Signed)
	switch {
	case !tr.Terminated.IsZero():
		n.LegislationForce = "https://schema.org/NotInForce"
	case !tr.InForce.IsZero():
		n.LegislationForce = "https://schema.org/InForce"
	}
	for _, p := range tr.Parties {
		if who, ok := s.World.Lookup(p.Member); ok && len(n.Jurisdiction) < maxMembers {
			n.Jurisdiction = append(n.Jurisdiction, s.named(t.Path, who))
		}
	}
	return n
}

// happening fills what schema.org asks of an event. A place that no record
// gives is the regions of those who took part.
func (s *Site) happening(n node, id model.ID, place string, from, until date.Date) node {
	n.StartDate, n.EndDate = isoDate(from), cmp.Or(isoDate(until), isoDate(from))
	if until.IsZero() && n.Type != "Event" {
		n.EndDate = "" // a series that goes on
	}
	n.EventStatus, n.AttendanceMode = "https://schema.org/EventScheduled", "https://schema.org/OfflineEventAttendanceMode"
	n.Image = s.address(s.World.Thing(id).Path, s.Assets["assets/icon.svg"])
	if place == "" {
		place = s.regionsText(id)
	}
	n.Location = &brief{Type: "Place", Name: place, Address: place}
	return n
}

// regionsText names the regions of those who took part in something, or of
// the body that it belongs to.
func (s *Site) regionsText(id model.ID) string {
	t := s.World.Thing(id)
	regions := s.regionsOf(id)
	if regions == "" && t.Exercise != nil {
		if body, ok := s.World.Lookup(t.Exercise.Organisation); ok {
			regions = s.regionsOf(body.ID)
		}
	}
	var names []string
	for _, r := range strings.Fields(regions) {
		if r == "historical" { // states of the past are nowhere on today's map
			continue
		}
		names = append(names, s.regionName(r))
	}
	if names == nil {
		return s.say("data.world")
	}
	return strings.Join(names, s.World.Words.Comma())
}

func (s *Site) exerciseNode(t *model.Thing, description string) node {
	x := t.Exercise
	n := s.happening(s.thingNode(t, description), t.ID, x.Location, x.First, x.Last)
	n.Organizer = s.allNamed(t.Path, append(slices.Clip(x.Lead), x.Organisation))
	for _, e := range x.Editions {
		sub := s.happening(node{Type: "Event", Name: cmp.Or(e.Name, t.Name), Description: cmp.Or(e.Note, n.Description)}, t.ID, x.Location, e.From, e.Until)
		n.SubEvent = append(n.SubEvent, sub)
	}
	return n
}

func (s *Site) operationNode(t *model.Thing, description string) node {
	o := t.Operation
	n := s.happening(s.thingNode(t, description), t.ID, o.Location, o.From, o.Until)
	if o.Until.IsZero() {
		n.EndDate = "" // it goes on
	}
	n.Organizer = s.allNamed(t.Path, []string{o.Organisation})
	return n
}

// maxEvents is how many events the linked data of the timeline names.
const maxEvents = 6

// eventsNode is the timeline as a list, the latest event first, with the
// latest landmarks: the page has no room to say everything twice, and the
// data set beside it has all. Without landmarks there is no list.
func (s *Site) eventsNode(path, name string, ids []model.ID) []node {
	var latest []node
	for _, id := range slices.Backward(ids) {
		if t := s.World.Thing(id); importance(s.World, id) == 1 && len(latest) < maxEvents {
			latest = append(latest, node{Type: "Event", ID: s.address(path, t.Path), Name: t.Event.Title, StartDate: isoDate(t.Event.Date), EndDate: isoDate(t.Event.End),
				Location: &brief{Type: "Place", Name: s.placeOf(id)}})
		}
	}
	if latest == nil {
		return nil
	}
	return []node{{Type: "ItemList", ID: s.address(path, path) + "#events", Name: name, Items: latest, NumberOfItems: len(ids),
		ItemListOrder: "https://schema.org/ItemListOrderDescending", Description: s.say("timeline.latest", "n", len(latest), "events", s.count(len(ids), "events"))}}
}

// placeOf names where an event was: where the treaty was signed, or the
// regions of those who took part.
func (s *Site) placeOf(id model.ID) string {
	e := s.World.Thing(id).Event
	for _, slug := range e.Treaties {
		if tr, ok := s.World.Lookup(slug); ok && tr.Treaty != nil && tr.Treaty.Signed == e.Date && tr.Treaty.SignedAt != "" {
			return tr.Treaty.SignedAt
		}
	}
	return s.regionsText(id)
}

// datasetNode describes the files behind a page of figures.
func (s *Site) datasetNode(path, name, description string, variables []string, files ...string) node {
	r := s.World.Site
	n := node{Type: "Dataset", ID: s.address(path, path) + "#dataset", Name: name, Description: description, URL: s.address(path, path), InLanguage: s.World.Words.Tag,
		License: r.LicenceURL, Creator: s.publisher(path), Publisher: s.publisher(path), DateModified: s.editionDay().Attr(), DatePublished: s.editionDay().Attr(),
		Version: s.editionDay().String(), Free: true, Variables: variables, IsPartOf: s.website(path), Spatial: s.say("data.world")}
	n.Keywords = []string{s.say("nav.alliances"), s.say("nav.treaties"), s.say("nav.states")}
	first := r.AsOf
	for _, t := range s.World.Of(model.Treaty) {
		if !t.Treaty.Signed.IsZero() && date.Order(t.Treaty.Signed, first) < 0 {
			first = t.Treaty.Signed
		}
	}
	for _, t := range s.World.Of(model.Organisation) {
		if date.Order(t.Organisation.Founded, first) < 0 {
			first = t.Organisation.Founded
		}
	}
	n.Temporal = isoDate(first) + "/" + isoDate(r.AsOf)
	for _, f := range files {
		n.Distribution = append(n.Distribution, brief{Type: "DataDownload", Name: f, Encoding: mediaType(f), ContentURL: s.address(path, path+f)})
	}
	return n
}

func mediaType(name string) string {
	switch path.Ext(name) {
	case ".csv":
		return "text/csv"
	case ".json":
		return "application/json"
	}
	return "application/zip"
}

// termsNode is the glossary.
func (s *Site) termsNode(terms []model.ID, description string) node {
	at := s.address("glossary/", "glossary/")
	set := node{Type: "DefinedTermSet", ID: at, Name: s.say("nav.glossary"), Description: description, URL: at, InLanguage: s.World.Words.Tag,
		License: s.World.Site.LicenceURL, Publisher: s.publisher("glossary/")}
	for _, id := range terms {
		t := s.World.Thing(id)
		set.Terms = append(set.Terms, node{Type: "DefinedTerm", ID: s.address("glossary/", t.Path), Name: t.Name, Description: t.Summary,
			AlternateName: t.Term.Aliases, TermCode: t.Slug, InSet: at, URL: s.address("glossary/", t.Path)})
	}
	return set
}

// tableNames name the tables of the data package.
func tableNames() []string {
	var list []string
	for _, k := range record.Kinds() {
		list = append(list, k.Folder())
	}
	return list
}

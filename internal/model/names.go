package model

import (
	"iter"
	"maps"
	"slices"
	"strings"

	"entente/internal/date"
	"entente/internal/record"
)

func mapsKeys[V any](m map[string]V) iter.Seq[string] { return maps.Keys(m) }

func stateNames(s *record.State) []Name {
	names := []Name{{Text: s.Name, Auto: true}}
	if s.OfficialName != "" && s.OfficialName != s.Name {
		names = append(names, Name{Text: s.OfficialName, Kind: OfficialName, Auto: true})
	}
	for _, a := range s.Aliases {
		names = append(names, Name{Text: bare(a), Kind: AliasName, Auto: true})
	}
	for _, f := range s.FormerNames {
		names = append(names, Name{Text: bare(f.Name), Kind: FormerName, Auto: true, Valid: date.Period{From: f.From, Until: f.Until}})
	}
	return append(names, otherNames(s.Names)...)
}

// NameOn is the name that a thing bore on a date; its present one where no
// former name is known to have been borne throughout, or no date is given.
func (t *Thing) NameOn(on date.Date) string {
	if on.IsZero() {
		return t.Name
	}
	first, last := on.Bounds()
	for _, n := range t.Names {
		if n.Kind == FormerName && !n.Valid.Until.IsZero() && n.Valid.Contains(first) == date.Yes && n.Valid.Contains(last) == date.Yes {
			return n.Text
		}
	}
	return t.Name
}

// bare drops a remark in parentheses: "Weimar Republic (until 1933)".
func bare(name string) string {
	if i := strings.Index(name, " ("); i > 0 {
		return name[:i]
	}
	return name
}

func properNames(name, abbr string, aliases []string, others []record.Name, short ...string) []Name {
	names := []Name{{Text: name, Auto: true}}
	if b := bare(name); b != name {
		names = append(names, Name{Text: b, Kind: MainName, Auto: true})
	}
	if abbr != "" && abbr != name {
		names = append(names, Name{Text: abbr, Kind: ShortName, Auto: true})
	}
	for _, s := range short {
		if s != "" && s != name && s != abbr {
			names = append(names, Name{Text: s, Kind: ShortName, Auto: true})
		}
	}
	for _, a := range aliases {
		names = append(names, Name{Text: bare(a), Kind: AliasName, Auto: true})
	}
	return append(names, otherNames(others)...)
}

// otherNames are names in other languages and of other kinds. Foreign ones
// are found by search and by reference, not by first mention: they could be
// words of the language the page is written in.
func otherNames(list []record.Name) []Name {
	var names []Name
	for _, n := range list {
		kind := ForeignName
		switch n.Kind {
		case "official":
			kind = OfficialName
		case "short", "abbreviation":
			kind = ShortName
		case "former":
			kind = FormerName
		case "nickname":
			kind = AliasName
		}
		names = append(names, Name{
			Text: n.Text, Lang: n.Lang, Kind: kind, Auto: n.Lang == "",
			Valid: date.Period{From: n.From, Until: n.Until},
		})
	}
	return names
}

// termNames gives a term's names: ordinary nouns with their plurals, unless
// they are written with a capital.
func termNames(g *record.Term) []Name {
	names := []Name{{Text: g.Term, Plain: !isUpper(g.Term), Auto: true}}
	if g.Plural != "" {
		names = append(names, Name{Text: g.Plural, Kind: AliasName, Plain: !isUpper(g.Plural), Auto: true})
	}
	for _, a := range g.Aliases {
		names = append(names, Name{Text: bare(a), Kind: AliasName, Plain: !isUpper(a), Auto: true})
	}
	return names
}

// mute takes names out of first-mention linking.
func mute(names []Name, list []string) {
	for i := range names {
		if slices.Contains(list, names[i].Text) {
			names[i].Auto = false
		}
	}
}

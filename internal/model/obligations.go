package model

// Family groups kinds of obligation for colour and glyph. The grouping is
// this work's own; the finer kinds follow ATOP (defence, offence, neutrality,
// non-aggression, consultation) with further ones for agreements that ATOP
// does not code.
type Family uint8

// The families, strongest first; a page is coloured by its strongest.
const (
	Defence Family = iota
	Offence
	Neutrality
	NonAggression
	Consultation
	Cooperation
	NoFamily
)

var families = [...]struct{ class, name string }{
	Defence:       {"defence", "Mutual defence"},
	Offence:       {"offence", "Joint offence"},
	Neutrality:    {"neutrality", "Neutrality"},
	NonAggression: {"nonaggression", "Non-aggression"},
	Consultation:  {"consultation", "Consultation"},
	Cooperation:   {"cooperation", "Cooperation"},
	NoFamily:      {"", ""},
}

// Class is the word used in CSS classes and glyph names.
func (f Family) Class() string { return families[f].class }

// Name is the family in words.
func (f Family) Name() string { return families[f].name }

// Families lists all families in order of strength.
func Families() []Family {
	return []Family{Defence, Offence, Neutrality, NonAggression, Consultation, Cooperation}
}

// FamilyOf gives the family of an obligation's kind.
func FamilyOf(kind string) Family {
	switch kind {
	case "defence", "guarantee", "no-separate-peace":
		return Defence
	case "offence":
		return Offence
	case "neutrality":
		return Neutrality
	case "non-aggression", "non-use-of-force", "peaceful-settlement", "renunciation-of-war", "non-interference":
		return NonAggression
	case "consultation", "notification", "diplomatic-support":
		return Consultation
	case "":
		return NoFamily
	}
	return Cooperation
}

// Family is the strongest obligation of a body or treaty; NoFamily when it
// promises nothing that is recorded. A body without obligations of its own
// has those of its treaties.
func (w *World) Family(id ID) Family {
	strongest := NoFamily
	t := &w.Things[id]
	switch t.Kind {
	case Organisation:
		for _, o := range t.Organisation.Obligations {
			strongest = min(strongest, FamilyOf(o.Kind))
		}
	case Treaty:
		for _, o := range t.Treaty.Obligations {
			strongest = min(strongest, FamilyOf(o.Kind))
		}
	}
	return strongest
}

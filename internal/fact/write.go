package fact

import (
	"fmt"
	"strconv"
	"strings"

	"entente/internal/date"
	"entente/internal/diag"
	"entente/internal/model"
	"entente/internal/prose"
)

// write gives the value its words.
func (e *evaluator) write(v *Value) *failure {
	if v.kind == setValue && (e.format == "number" || e.format == "words" || e.format == "ordinal") {
		v.kind, v.count = countValue, v.set.Count()
	}
	switch v.kind {
	case countValue:
		v.Machine = strconv.Itoa(v.count.Low)
		if !v.count.Exact() {
			v.Machine += "/" + strconv.Itoa(v.count.High)
		}
		return e.writeCount(v)
	case dateValue:
		v.Machine, v.Time = v.date.String(), v.date.Attr() != ""
		if v.Time {
			v.Machine = v.date.Attr()
		}
		return e.writeDate(v)
	case periodValue:
		return e.writePeriods(v)
	case setValue:
		v.Machine = strconv.Itoa(len(v.set.Certain))
		if e.format == "table" {
			v.Text, v.Rows = e.list(v.ids), e.rows(v.ids)
			return nil
		}
		if e.format != "" && e.format != "list" {
			return e.misfit("a set of members")
		}
		v.Text = e.list(v.ids)
	case textValue:
		v.Machine = v.text
		if e.format != "" && e.format != "text" {
			return e.misfit("a text")
		}
		v.Text = v.text
	}
	return nil
}

func (e *evaluator) misfit(what string) *failure {
	bad := e.fail(0, len(e.src), "FX004", fmt.Sprintf("%s cannot be written as %q", what, e.format), "")
	return &bad
}

func (e *evaluator) writeCount(v *Value) *failure {
	var one func(int) string
	switch e.format {
	case "", "number":
		one = strconv.Itoa
	case "words":
		one = e.number
	case "ordinal":
		one = e.ordinal
	default:
		return e.misfit("a count")
	}
	v.Text = one(v.count.Low)
	switch {
	case v.count.High == v.count.Low+1:
		v.Text = e.w.Words.Say("number.or", "a", v.Text, "b", one(v.count.High))
	case !v.count.Exact():
		v.Text = e.w.Words.Say("number.range", "a", v.Text, "b", one(v.count.High))
	}
	return nil
}

func (e *evaluator) writeDate(v *Value) *failure {
	switch e.format {
	case "", "date", "text":
		v.Text = e.w.Words.Dates.Text(v.date)
	case "year":
		v.Text = e.year(v.date)
	case "month":
		v.Text = e.w.Words.Dates.MonthText(v.date)
	default:
		return e.misfit("a date")
	}
	return nil
}

// writePeriods writes one or several periods: "2006 to 2012", "since 4 April
// 1949". A living end names the day for which it is known to live.
func (e *evaluator) writePeriods(v *Value) *failure {
	word := e.w.Words.Dates.Text
	switch e.format {
	case "", "date", "text":
	case "year":
		word = e.year
	case "month":
		word = e.w.Words.Dates.MonthText
	default:
		return e.misfit("a period")
	}
	var texts, machine []string
	for _, p := range v.periods {
		machine = append(machine, p.String())
		from := e.w.Words.Say("number.unknown-day")
		if !p.From.IsZero() {
			from = word(p.From)
		}
		switch {
		case p.Until.IsZero():
			texts = append(texts, e.w.Words.Say("period.since", "from", from))
		case word(p.Until) == from:
			texts = append(texts, from)
		default:
			texts = append(texts, e.w.Words.Say("period.both", "from", from, "until", word(p.Until)))
		}
	}
	v.Text, v.Machine = e.sentence(texts), strings.Join(machine, " ")
	return nil
}

// yearWords is the year in running text: "about 1972", where a table says
// "c. 1972".
func yearWords(d date.Date) string {
	text := strings.TrimSuffix(strings.TrimPrefix(d.YearText(), "c. "), "?")
	if d.Approximate() {
		return "about " + text
	}
	return text
}

// list writes names as a sentence would: "A, B and C".
func (e *evaluator) list(ids []model.ID) string {
	names := make([]string, len(ids))
	for i, id := range ids {
		names[i] = e.w.Thing(id).Name
	}
	return e.sentence(names)
}

func (e *evaluator) sentence(names []string) string {
	if len(names) == 0 {
		return e.w.Words.Say("number.none")
	}
	return e.w.Words.List(names...)
}

// english reports whether the site speaks English, in which any number can be
// written in words.
func (e *evaluator) english() bool { return e.w.Words.Speaks("en") }

// number writes a number in words of the site's language, as far as its list
// of them goes.
func (e *evaluator) number(n int) string {
	if e.english() {
		return Words(n)
	}
	return e.listed("number.words", n, strconv.Itoa(n))
}

func (e *evaluator) ordinal(n int) string {
	if e.english() {
		return Ordinal(n)
	}
	return e.listed("number.ordinals", n, e.short(n))
}

// short writes an ordinal number in digits.
func (e *evaluator) short(n int) string {
	if e.english() {
		return ShortOrdinal(n)
	}
	return e.w.Words.Say("number.ordinal", "n", strconv.Itoa(n))
}

func (e *evaluator) listed(key string, n int, otherwise string) string {
	if list := strings.Split(e.w.Words.Say(key), "|"); n >= 0 && n < len(list) {
		return list[n]
	}
	return otherwise
}

// year is the year in running text: "about 1972", where a table says
// "c. 1972".
func (e *evaluator) year(d date.Date) string {
	if e.english() {
		return yearWords(d)
	}
	return e.w.Words.Dates.YearText(d)
}

// rows are the things of a set, each with what the set says of it.
func (e *evaluator) rows(ids []model.ID) []Row {
	rows := make([]Row, len(ids))
	for i, id := range ids {
		rows[i] = Row{Thing: id, Name: e.w.Thing(id).Name}
		if e.detail != nil {
			rows[i].Detail = e.detail(id)
		}
	}
	return rows
}

// compare checks the author's own words against the value.
func (e *evaluator) compare(v *Value) *prose.Problem {
	ok := true
	switch v.kind {
	case countValue:
		n, isNumber := ParseNumber(e.words)
		ok = isNumber && n.Allows(v.count.Low, v.count.High)
	case dateValue:
		ok = saysDate(e.words, v.date) || strings.EqualFold(e.words, e.w.Words.Dates.Text(v.date)) || strings.EqualFold(e.words, e.w.Words.Dates.MonthText(v.date))
	case textValue:
		ok = strings.EqualFold(e.words, v.Text)
	case setValue:
		ok = e.saysSet(v.ids)
	case periodValue:
		ok = strings.EqualFold(e.words, v.Text)
	}
	if ok {
		return nil
	}
	lead := e.wordsAt
	right := e.restyle(v)
	p := e.fail(lead, lead+len(e.words), "fact-value", fmt.Sprintf("says %q, the data says %s (%s)", e.words, v.Text, v.Why),
		fmt.Sprintf("write %q, or take the words out so that the figure follows the data", right)).problem
	p.Fix = &diag.Fix{New: right}
	return &p
}

// restyle writes the value as the author wrote the wrong one: in words where
// there were words, a year where there was a year.
func (e *evaluator) restyle(v *Value) string {
	switch v.kind {
	case countValue:
		n, ok := ParseNumber(e.words)
		if !ok || !v.count.Exact() {
			return v.Text
		}
		digits := strings.ContainsAny(e.words, "0123456789")
		switch {
		case n.Ordinal && digits:
			return e.short(v.count.Low)
		case n.Ordinal:
			return e.ordinal(v.count.Low)
		case digits:
			return strconv.Itoa(v.count.Low)
		}
		return e.number(v.count.Low)
	case dateValue:
		switch words := strings.TrimSpace(e.words); {
		case len(words) == 4 && strings.Trim(words, "0123456789") == "":
			return e.year(v.date)
		case len(strings.Fields(words)) == 2:
			return e.w.Words.Dates.MonthText(v.date)
		}
	}
	return v.Text
}

// saysSet reports whether words list exactly these things, in any order and
// by any of their names.
func (e *evaluator) saysSet(ids []model.ID) bool {
	left := map[model.ID]bool{}
	for _, id := range ids {
		left[id] = true
	}
	words := strings.NewReplacer(" and ", ",", " & ", ",", ", and ", ",").Replace(e.words)
	for _, name := range strings.Split(words, ",") {
		if name = strings.TrimPrefix(strings.TrimSpace(name), "the "); name == "" {
			continue
		}
		found := false
		for id := range left {
			if named(e.w.Thing(id), name) {
				delete(left, id)
				found = true
				break
			}
		}
		if !found {
			return len(ids) == 0 && strings.EqualFold(name, "none")
		}
	}
	return len(left) == 0
}

func named(t *model.Thing, name string) bool {
	for _, n := range t.Names {
		if strings.EqualFold(strings.TrimPrefix(n.Text, "the "), name) {
			return true
		}
	}
	return strings.EqualFold(t.Name, name)
}

// saysDate reports whether words name a date, wholly or in part: "1949",
// "April 1949", "4 April 1949".
func saysDate(words string, d date.Date) bool {
	words = strings.ToLower(strings.Join(strings.Fields(words), " "))
	for _, lead := range []string{"in ", "on ", "since ", "from ", "the "} {
		words = strings.TrimPrefix(words, lead)
	}
	for _, form := range []string{d.Text(), d.MonthText(), d.YearText(), d.String(), yearWords(d)} {
		if words == strings.ToLower(form) {
			return true
		}
	}
	return false
}

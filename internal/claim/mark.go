package claim

import (
	"strings"

	"entente/internal/date"
	"entente/internal/model"
	"entente/internal/prose"
)

// markKind says what a mark is for.
type markKind uint8

const (
	dateMark     markKind = iota // <!-- as of 1967 -->
	reviewedMark                 // <!-- claim: ok, reason -->
	faultyMark
)

// marks finds the author's marks and what each of them covers: standing alone
// it is the paragraph that follows, at the beginning of a paragraph that
// paragraph, else the sentence in which or after which it stands.
func (p *reading) marks(t *model.Thing) {
	run := p.b.Running
	for _, c := range run.Comments {
		text := strings.ToLower(c.Text)
		m := Mark{Text: c.Text, Span: c.Span}
		switch {
		case strings.HasPrefix(text, "as of"):
			m.kind = dateMark
			if _, err := date.Parse(strings.TrimSpace(c.Text[5:])); err != nil {
				m.kind, m.fault = faultyMark, "write the day as 1967, 1967-06 or 1967-06-05"
			}
		case strings.HasPrefix(text, "claim"):
			m.kind = reviewedMark
			rest, ok := strings.CutPrefix(strings.TrimSpace(strings.TrimPrefix(text[5:], ":")), "ok")
			if !ok || len(strings.Trim(rest, " ,;:.")) < 3 {
				m.kind, m.fault = faultyMark, "write claim: ok, and the reason"
			}
		default:
			continue
		}
		m.from, m.to = p.extent(c)
		p.page.Marks = append(p.page.Marks, m)
	}
}

// extent gives the stretch of Plain that a comment is about.
func (p *reading) extent(c prose.Comment) (int, int) {
	at := int(c.Plain)
	for i, ps := range p.b.Running.Passages {
		from, to := int(ps.From), int(ps.To)
		if at > to || c.Block && at > from {
			continue
		}
		if c.Block || at <= from {
			_ = i
			return from, to
		}
		plain := p.b.Plain[from:to]
		for _, s := range prose.Sentences(plain) {
			start := from + cap(plain) - cap(s)
			if at > start && at <= start+len(s)+1 {
				return start, start + len(s)
			}
		}
		return from, to
	}
	return at, at
}

// covered gives the index of the mark that covers a sentence, or -1.
func (p *reading) covered(from, to, passage int) int {
	for i, m := range p.page.Marks {
		if m.kind != faultyMark && m.from <= from && to <= m.to+1 {
			return i
		}
	}
	return -1
}

// day gives the date of a mark that sets one.
func (m Mark) day() date.Date {
	if m.kind != dateMark {
		return date.Date{}
	}
	d, _ := date.Parse(strings.TrimSpace(m.Text[5:]))
	return d
}

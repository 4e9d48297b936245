package edition

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"

	"entente/internal/date"
	"entente/internal/diag"
	"entente/internal/file"
)

// frozen is what mends a file that was changed by hand.
const frozen = "an edition is never changed: take the file back from your revision control, or remove it and cut it again under another name"

// Read reads an edition. It never fails: what cannot be read is left out and
// stands in the diagnostics.
func Read(t *file.Text) (*Edition, []diag.Diagnostic) {
	e := &Edition{Text: t}
	var diags []diag.Diagnostic
	report := func(at int, rule, message, hint string) {
		diags = append(diags, diag.At(t, file.Span{Start: at, End: at}, diag.Error, rule, message, hint))
	}
	start, headed, sum := 0, false, ""
	for line := range bytes.Lines(t.Bytes()) {
		at := start
		start += len(line)
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		if !headed {
			headed = true
			var h head
			if err := decode(line, &h); err != nil {
				report(at+err.at, "ED001", err.text, frozen)
			} else {
				e.begin(h, at, report)
				if s := sumOf(t.Bytes()[start:]); s != h.Sum {
					sum = fmt.Sprintf("the entries are not those that were frozen: their SHA-256 is %s, the first line says %q", s, h.Sum)
				}
			}
			continue
		}
		var entry Entry
		if err := decode(line, &entry); err != nil {
			report(at+err.at, "ED001", err.text, frozen)
			continue
		}
		if fault := entry.fault(); fault != "" {
			report(at, "ED003", fault, frozen)
			continue
		}
		if n := len(e.Entries); n > 0 {
			switch c := order(e.Entries[n-1], entry); {
			case c == 0:
				report(at, "ED003", fmt.Sprintf("%s %q stands twice", entry.Kind, entry.ID), frozen)
				continue
			case c > 0:
				report(at, "ED003", fmt.Sprintf("%s %q stands after %s %q", entry.Kind, entry.ID, e.Entries[n-1].Kind, e.Entries[n-1].ID), frozen)
				continue
			}
		}
		e.Entries = append(e.Entries, entry)
	}
	if sum != "" && len(diags) == 0 { // otherwise said more clearly
		report(0, "ED004", sum, frozen)
	}
	if !headed {
		report(0, "ED001", "the file is empty", frozen)
	}
	if e.Name == "" || e.Day.IsZero() || e.AsOf.IsZero() {
		e = nil // without a head there is nothing to show
	} else {
		e.index()
	}
	return e, diags
}

// begin takes the first line.
func (e *Edition) begin(h head, at int, report func(int, string, string, string)) {
	name := strings.TrimSuffix(path.Base(e.Text.Path), Extension)
	e.Name, e.Site = h.Name, h.Site
	switch {
	case e.Name == "":
		report(at, "ED002", "the first line names no edition", frozen)
	case NameFault(e.Name) != "":
		report(at, "ED002", fmt.Sprintf("the name %q %s", e.Name, NameFault(e.Name)), frozen)
		e.Name = ""
	case e.Name != name || e.Text.Path != Folder+name+Extension:
		report(at, "ED002", fmt.Sprintf("edition %q stands in %q", e.Name, e.Text.Path), fmt.Sprintf("rename the file to %s%s%s", Folder, e.Name, Extension))
		e.Name = ""
	}
	for _, d := range []struct {
		key, text string
		day       *date.Date
	}{{"date", h.Day, &e.Day}, {"as_of", h.AsOf, &e.AsOf}} {
		parsed, err := date.Parse(d.text)
		switch {
		case d.text == "":
			report(at, "ED002", "the first line has no "+d.key, frozen)
		case err != nil:
			report(at, "ED002", fmt.Sprintf("%s: %v", d.key, err), frozen)
		case d.key == "date" && !parsed.Exact():
			report(at, "ED002", fmt.Sprintf("date: %q is not a day", d.text), frozen)
		default:
			*d.day = parsed
		}
	}
}

// fault says what is wrong with an entry; "" when nothing is.
func (e *Entry) fault() string {
	address, anchor, _ := strings.Cut(e.Path, "#")
	switch {
	case !slices.Contains(Kinds(), e.Kind):
		return fmt.Sprintf("no kind %q", e.Kind)
	case e.ID == "":
		return "an entry of " + e.Kind + " has no id"
	case e.Name == "":
		return fmt.Sprintf("%s %q has no name", e.Kind, e.ID)
	case address == "" || !strings.HasSuffix(address, "/") || path.Clean("/"+address) != "/"+strings.TrimSuffix(address, "/") || strings.ContainsAny(e.Path, "\\?%\"<>|:*\x00"):
		return fmt.Sprintf("%s %q has no address, %q is none", e.Kind, e.ID, e.Path)
	case HasPage(e.Kind) == (anchor != ""):
		return fmt.Sprintf("%s %q cannot have the address %q", e.Kind, e.ID, e.Path)
	case len(e.Record) > 0 && e.Record[0] != '{':
		return fmt.Sprintf("the record of %s %q is no object", e.Kind, e.ID)
	}
	return ""
}

// broken is a line that cannot be decoded, and where in it.
type broken struct {
	at   int
	text string
}

func decode(line []byte, into any) *broken {
	line = bytes.TrimRight(line, "\n")
	dec := json.NewDecoder(bytes.NewReader(line))
	dec.DisallowUnknownFields()
	err := dec.Decode(into)
	var syntax *json.SyntaxError
	var wrong *json.UnmarshalTypeError
	switch {
	case err == nil:
		if rest := bytes.TrimSpace(line[dec.InputOffset():]); len(rest) > 0 {
			return &broken{int(dec.InputOffset()), fmt.Sprintf("%q stands after the object", clip(rest))}
		}
		return nil
	case errors.As(err, &syntax):
		at := min(max(int(syntax.Offset)-1, 0), len(line))
		return &broken{at, fmt.Sprintf("not JSON at %q: %s", clip(line[at:]), strings.TrimPrefix(syntax.Error(), "json: "))}
	case errors.As(err, &wrong):
		return &broken{min(max(int(wrong.Offset)-1, 0), len(line)), fmt.Sprintf("%s is a %s here", wrong.Field, wrong.Value)}
	case strings.HasPrefix(err.Error(), "json: unknown field "):
		name := strings.Trim(strings.TrimPrefix(err.Error(), "json: unknown field "), `"`)
		return &broken{max(bytes.Index(line, []byte(`"`+name+`"`)), 0), fmt.Sprintf("no field %q", name)}
	}
	return &broken{len(line), "the line is cut off"}
}

// clip is the beginning of a text, for a message.
func clip(b []byte) string {
	s := strings.TrimSpace(string(b[:min(len(b), 20)]))
	return strings.ToValidUTF8(s, "")
}

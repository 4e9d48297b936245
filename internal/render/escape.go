package render

import (
	"html/template"
	"strings"
)

// The escapers below write what those of html/template of the same name give
// for plain strings; a test holds the two together. Which of them an action
// needs is decided by html/template alone, from the place in the page.

// special marks the bytes that HTML text and quoted attributes cannot hold.
var special = [256]string{0: "\uFFFD", '"': "&#34;", '&': "&amp;", '\'': "&#39;", '+': "&#43;", '<': "&lt;", '>': "&gt;"}

// appendHTML writes a string as text or as the value of a quoted attribute.
func appendHTML(out []byte, s string) []byte {
	last := 0
	for i := 0; i < len(s); i++ {
		if e := special[s[i]]; e != "" {
			out = append(append(out, s[last:i]...), e...)
			last = i + 1
		}
	}
	return append(out, s[last:]...)
}

// appendMarkup writes finished HTML where no element can stand: what entities
// it has stay as they are.
func appendMarkup(out []byte, s string) []byte {
	last := 0
	for i := 0; i < len(s); i++ {
		if e := special[s[i]]; e != "" && s[i] != '&' {
			out = append(append(out, s[last:i]...), e...)
			last = i + 1
		}
	}
	return append(out, s[last:]...)
}

// appendStripped writes finished HTML as the value of a quoted attribute,
// without its tags. Where it has any, html/template takes them out.
func appendStripped(out []byte, s string) []byte {
	if strings.IndexByte(s, '<') < 0 {
		return appendMarkup(out, s)
	}
	var b strings.Builder
	if err := inAttribute.Execute(&b, template.HTML(s)); err != nil {
		panic("render: " + err.Error())
	}
	return append(out, strings.TrimSuffix(strings.TrimPrefix(b.String(), attributeStart), attributeEnd)...)
}

const attributeStart, attributeEnd = `<a title="`, `"></a>`

var inAttribute = template.Must(template.New("").Parse(attributeStart + "{{.}}" + attributeEnd))

// unsafeURL takes the place of an address with a scheme that could run code.
const unsafeURL = "#ZgotmplZ"

// safeURL reports whether an address is relative or has a harmless scheme.
func safeURL(s string) bool {
	scheme, _, ok := strings.Cut(s, ":")
	return !ok || strings.Contains(scheme, "/") ||
		strings.EqualFold(scheme, "http") || strings.EqualFold(scheme, "https") || strings.EqualFold(scheme, "mailto")
}

// appendURL writes an address as the value of a quoted attribute: what an
// address cannot hold is percent-encoded, the rest escaped as HTML.
func appendURL(out []byte, s string) []byte {
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', strings.IndexByte("-._~/#:?=!$*,;@[]", c) >= 0:
			out = append(out, c)
		case c == '&':
			out = append(out, "&amp;"...)
		case c == '+':
			out = append(out, "&#43;"...)
		case c == '%' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]):
			out = append(out, c)
		default:
			out = append(out, '%', hex[c>>4], hex[c&15])
		}
	}
	return out
}

// appendPart writes a string as part of a query or fragment in a quoted
// attribute: all but letters, digits and "-._~" is percent-encoded.
func appendPart(out []byte, s string) []byte {
	for i := 0; i < len(s); i++ {
		c := s[i]
		if 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.IndexByte("-._~", c) >= 0 {
			out = append(out, c)
		} else {
			out = append(out, '%', hex[c>>4], hex[c&15])
		}
	}
	return out
}

const hex = "0123456789abcdef"

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}

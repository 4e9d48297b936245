package build

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"

	"entente/internal/diag"
	"entente/internal/file"
)

// lively finds what would run when a reader opens a picture in SVG by itself:
// scripts, handlers of events, foreign matter, and addresses of scripts.
func (site *Site) lively(a asset) []diag.Diagnostic {
	b, err := site.read(a)
	if err != nil {
		return nil // it is gone; rendering says so
	}
	z := html.NewTokenizer(bytes.NewReader(b))
	for at := 0; z.Next() != html.ErrorToken; {
		start := at
		at += len(z.Raw())
		tok := z.Token()
		if tok.Type != html.StartTagToken && tok.Type != html.SelfClosingTagToken {
			continue
		}
		what := ""
		if name := tok.Data[strings.IndexByte(tok.Data, ':')+1:]; slices.Contains([]string{"script", "foreignobject", "iframe", "object", "embed", "handler", "listener"}, name) {
			what = "<" + name + ">"
		}
		for _, t := range tok.Attr {
			key := t.Key[strings.IndexByte(t.Key, ':')+1:]
			value := strings.ToLower(strings.Map(func(r rune) rune {
				if r <= ' ' {
					return -1
				}
				return r
			}, t.Val))
			if strings.HasPrefix(key, "on") || strings.Contains(value, "javascript:") || key == "href" && strings.HasPrefix(value, "data:") && !strings.HasPrefix(value, "data:image/") {
				what = fmt.Sprintf("%s=%q", key, t.Val)
			}
		}
		if what != "" {
			before := b[:start]
			pos := file.Pos{Line: 1 + bytes.Count(before, []byte("\n")), Col: 1 + utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:])}
			return []diag.Diagnostic{{Path: a.disk, Pos: pos, Severity: diag.Error, Rule: "AS004", Message: fmt.Sprintf("the picture holds %s, which can run", what),
				Hint: "save it as a plain SVG, or draw it as a PNG"}}
		}
	}
	return nil
}

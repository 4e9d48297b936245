package serve

import (
	"fmt"
	"net/url"
	"path"
	"path/filepath"
	"runtime"
	"strings"
)

// Editor says how a place is opened: by an address that the browser hands to
// the editor, or by a command. In both {path}, {line} and {col} are filled
// in. The zero Editor cannot open anything.
type Editor struct {
	Link    string
	Command []string
	None    bool   // nothing shall be opened, whatever the site or the environment names
	root    string // of the site
}

// editorLinks are the addresses that editors answer to, by the editor's name.
var editorLinks = map[string]string{
	"vscode":          "vscode://file{path}:{line}:{col}",
	"vscode-insiders": "vscode-insiders://file{path}:{line}:{col}",
	"vscodium":        "vscodium://file{path}:{line}:{col}",
	"cursor":          "cursor://file{path}:{line}:{col}",
	"windsurf":        "windsurf://file{path}:{line}:{col}",
	"zed":             "zed://file{path}:{line}:{col}",
	"jetbrains":       "idea://open?file={path}&line={line}&column={col}",
	"idea":            "idea://open?file={path}&line={line}&column={col}",
	"goland":          "goland://open?file={path}&line={line}&column={col}",
	"webstorm":        "webstorm://open?file={path}&line={line}&column={col}",
	"pycharm":         "pycharm://open?file={path}&line={line}&column={col}",
	"phpstorm":        "phpstorm://open?file={path}&line={line}&column={col}",
	"sublime":         "subl://open?url=file://{path}&line={line}&column={col}",
	"textmate":        "txmt://open?url=file://{path}&line={line}&column={col}",
	"macvim":          "mvim://open?url=file://{path}&line={line}&column={col}",
}

// editorCommands are the arguments with which programs open a place. Editors
// that need a terminal of their own are not among them: the preview has none
// to give.
var editorCommands = map[string]string{
	"code": "-g {path}:{line}:{col}", "code-insiders": "-g {path}:{line}:{col}", "codium": "-g {path}:{line}:{col}",
	"subl": "{path}:{line}:{col}", "zeditor": "{path}:{line}:{col}",
	"idea.sh": "--line {line} --column {col} {path}", "idea64": "--line {line} --column {col} {path}",
	"gvim": "--remote-silent +{line} {path}", "mvim": "--remote-silent +{line} {path}", "emacsclient": "-n +{line}:{col} {path}",
	"kate": "-l {line} -c {col} {path}", "gedit": "{path} +{line}:{col}", "mate": "-l {line}:{col} {path}", "bbedit": "+{line} {path}",
}

// ParseEditor reads the name of an editor, an address or a command:
// "vscode", "myeditor://{path}?line={line}", "code -g {path}:{line}". An
// empty text and "none" give an Editor that cannot open anything.
func ParseEditor(text string) (Editor, error) {
	text = strings.TrimSpace(text)
	if text == "" || text == "none" {
		return Editor{None: text != ""}, nil
	}
	if e, err := parseEditorLink(text); err == nil {
		return e, nil
	}
	words := strings.Fields(text)
	if strings.Contains(text, "://") {
		return parseEditorLink(text)
	}
	if !strings.Contains(text, "{path}") && !strings.Contains(text, "{file}") {
		args, ok := editorCommands[strings.TrimSuffix(path.Base(filepath.ToSlash(words[0])), ".exe")]
		if !ok {
			return Editor{}, fmt.Errorf("cannot tell how %q opens a line; write the command with {path}, {line} and {col}, or one of the names %s", text, editorNames)
		}
		words = append(words, strings.Fields(args)...)
	}
	for i := range words {
		words[i] = strings.ReplaceAll(words[i], "{file}", "{path}")
	}
	return Editor{Command: words}, nil
}

const editorNames = "vscode, vscodium, cursor, windsurf, zed, idea, goland, webstorm, pycharm, phpstorm, sublime, textmate, macvim"

// parseEditorLink reads the name of an editor or an address. Commands are
// refused: a site may name an editor, and a site may come from anyone.
func parseEditorLink(text string) (Editor, error) {
	if link, ok := editorLinks[strings.ToLower(text)]; ok {
		return Editor{Link: link}, nil
	}
	scheme, rest, ok := strings.Cut(text, "://")
	switch strings.ToLower(scheme) {
	case "javascript", "data", "blob", "file", "vbscript", "about":
		ok = false
	}
	if !ok || strings.ContainsFunc(scheme, func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '-' || r == '+' || r == '.')
	}) || !strings.Contains(rest, "{path}") {
		return Editor{}, fmt.Errorf("%q is no editor; write one of %s, or an address with {path}, {line} and {col}", text, editorNames)
	}
	return Editor{Link: text}, nil
}

// GuessEditor tells the editor from the environment: the terminal that is
// part of one, else $VISUAL and $EDITOR when they name one with a window.
func GuessEditor(getenv func(string) string) Editor {
	switch {
	case getenv("CURSOR_TRACE_ID") != "":
		return Editor{Link: editorLinks["cursor"]}
	case getenv("TERM_PROGRAM") == "vscode":
		return Editor{Link: editorLinks["vscode"]}
	case getenv("TERMINAL_EMULATOR") == "JetBrains-JediTerm":
		return Editor{Link: editorLinks["idea"]}
	case getenv("ZED_TERM") != "":
		return Editor{Link: editorLinks["zed"]}
	}
	for _, name := range []string{"VISUAL", "EDITOR"} {
		words := strings.Fields(getenv(name))
		if len(words) == 0 {
			continue
		}
		// "code --wait" waits for a commit message; a look at a line does not.
		if e, err := ParseEditor(words[0]); err == nil {
			return e
		}
	}
	return Editor{}
}

// editor gives what opens places in a state: what the author asked for, else
// what the site names, else what the environment suggests.
func (s *server) editor(st *state) Editor {
	e := s.o.Editor
	if e.None {
		return e
	}
	if !e.can() && st.latest != nil {
		if named, err := parseEditorLink(st.latest.Snapshot.Site.Preview.Editor); err == nil {
			e = named
		}
	}
	if !e.can() {
		e = s.o.Guess
	}
	e.root = s.o.Root
	return e
}

func (e Editor) can() bool { return e.Link != "" || len(e.Command) > 0 }

// link gives the address that opens a place; "" when a command does, or
// nothing.
func (e Editor) link(at place) string {
	if e.Link == "" || at.File == "" {
		return ""
	}
	full := filepath.ToSlash(filepath.Join(e.root, filepath.FromSlash(at.File)))
	if runtime.GOOS == "windows" {
		full = "/" + full
	}
	parts := strings.Split(full, "/")
	for i := range parts {
		parts[i] = url.PathEscape(parts[i])
	}
	return fill(at, strings.Join(parts, "/")).Replace(e.Link)
}

// words gives the command that opens a place. It is split at blanks and
// needs no shell.
func (e Editor) words(at place) []string {
	words := make([]string, len(e.Command))
	with := fill(at, filepath.Join(e.root, filepath.FromSlash(at.File)))
	for i, w := range e.Command {
		words[i] = with.Replace(w)
	}
	return words
}

func fill(at place, full string) *strings.Replacer {
	return strings.NewReplacer("{path}", full, "{line}", fmt.Sprint(at.Line), "{col}", fmt.Sprint(at.Col))
}

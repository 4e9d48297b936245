package main

import (
	"bufio"
	"bytes"
	"fmt"
	"html/template"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"golang.org/x/sync/errgroup"
)

// frame is a template of 6 kB with the usual parts of a page.
func frame() *template.Template {
	const head = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{{.Title}}</title><meta name="description" content="{{.Title}}">` +
		`<link rel="canonical" href="{{.Address}}"><link rel="stylesheet" href="{{.Root}}site.css"></head><body><nav>`
	const item = `<a class="item" href="{{$.Root}}section-%d/">Section number %d of the site</a>`
	const tail = `</nav><main><h1>{{.Title}}</h1>{{.Body}}</main><footer><p>{{.Title}}</p></footer></body></html>`
	var b strings.Builder
	b.WriteString(head)
	for i := 0; b.Len()+len(tail) < 6000; i++ {
		fmt.Fprintf(&b, item, i, i)
	}
	return template.Must(template.New("page").Parse(b.String() + tail))
}

// floor does for every page what no generator can leave out: read it, parse
// and render it once, put it into a template, and write as many files and
// bytes as the list of sizes says entente wrote for it.
func floor(site, out, sizes string) error {
	files, err := readSizes(sizes)
	if err != nil {
		return err
	}
	md := goldmark.New(goldmark.WithExtensions(extension.Table, extension.Strikethrough, extension.TaskList, extension.DefinitionList, extension.Footnote))
	page := frame()
	var g errgroup.Group
	g.SetLimit(runtime.GOMAXPROCS(0))
	content := filepath.Join(site, "content", "topics")
	err = filepath.WalkDir(content, func(full string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(filepath.Join(site, "content"), full)
		if err != nil {
			return err
		}
		address := strings.TrimSuffix(filepath.ToSlash(rel), ".md")
		g.Go(func() error { return floorPage(md, page, full, filepath.Join(out, address), files[address]) })
		return nil
	})
	if err != nil {
		return err
	}
	if err := g.Wait(); err != nil {
		return err
	}
	return floorRest(page, out, files)
}

// fileSize is one file that entente wrote into a folder.
type fileSize struct {
	name string
	size int
}

type floorView struct {
	Title, Address, Root string
	Body                 template.HTML
}

func floorPage(md goldmark.Markdown, page *template.Template, from, to string, files []fileSize) error {
	src, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	title := "untitled"
	if rest, ok := bytes.CutPrefix(src, []byte("---\n")); ok {
		head, body, _ := bytes.Cut(rest, []byte("\n---\n"))
		if _, t, ok := bytes.Cut(head, []byte("title: ")); ok {
			line, _, _ := bytes.Cut(t, []byte("\n"))
			title = string(line)
		}
		src = body
	}
	var html, text bytes.Buffer
	if err := md.Convert(src, &html); err != nil {
		return err
	}
	err = page.Execute(&text, floorView{title, "https://example.org/" + to, "../../../", template.HTML(html.String())})
	if err != nil {
		return err
	}
	return floorWrite(to, text.Bytes(), files)
}

// floorWrite writes files of given sizes, filled from a text.
func floorWrite(dir string, text []byte, files []fileSize) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for _, f := range files {
		b := text
		for len(b) < f.size {
			b = append(b, text...)
		}
		if err := os.WriteFile(filepath.Join(dir, f.name), b[:f.size], 0o644); err != nil {
			return err
		}
	}
	return nil
}

// floorRest makes the pages that have no text of their own, those of records,
// and the files beside them: a template and the writing.
func floorRest(page *template.Template, out string, files map[string][]fileSize) error {
	filler := template.HTML(strings.Repeat("filler ", 1<<9))
	var g errgroup.Group
	g.SetLimit(runtime.GOMAXPROCS(0))
	for address, list := range files {
		if strings.HasPrefix(address, "topics/") && strings.Count(address, "/") == 2 {
			continue
		}
		g.Go(func() error {
			var text bytes.Buffer
			if err := page.Execute(&text, floorView{address, address, "../../", filler}); err != nil {
				return err
			}
			return floorWrite(filepath.Join(out, address), text.Bytes(), list)
		})
	}
	return g.Wait()
}

// writeSizes lists every file below a folder with its size.
func writeSizes(dir, list string) error {
	f, err := os.Create(list)
	if err != nil {
		return err
	}
	defer f.Close()
	w := bufio.NewWriter(f)
	err = filepath.WalkDir(dir, func(full string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(dir, full)
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(w, "%d %s\n", info.Size(), filepath.ToSlash(rel))
		return err
	})
	if err != nil {
		return err
	}
	return w.Flush()
}

func readSizes(list string) (map[string][]fileSize, error) {
	b, err := os.ReadFile(list)
	if err != nil {
		return nil, err
	}
	files := map[string][]fileSize{}
	for line := range strings.Lines(string(b)) {
		size, name, ok := strings.Cut(strings.TrimSpace(line), " ")
		n, err := strconv.Atoi(size)
		if !ok || err != nil {
			return nil, fmt.Errorf("%s: %q is not a size and a name", list, line)
		}
		dir := path.Dir(name)
		files[dir] = append(files[dir], fileSize{path.Base(name), n})
	}
	return files, nil
}

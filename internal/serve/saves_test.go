package serve

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// desk is an author's folder and the strokes that saves are made of. The
// first stroke that fails is kept.
type desk struct {
	root string // of the site
	away string // a folder beside it, on the same file system
	n    int    // of the save
	err  error
}

func (d *desk) at(p string) string {
	if strings.HasPrefix(p, "/") {
		return p
	}
	return filepath.Join(d.root, "content", "topics", p)
}

func (d *desk) note(err error) {
	if d.err == nil {
		d.err = err
	}
}

func (d *desk) write(p, text string)   { d.note(os.WriteFile(d.at(p), []byte(text), 0o644)) }
func (d *desk) rename(from, to string) { d.note(os.Rename(d.at(from), d.at(to))) }
func (d *desk) remove(p string)        { d.note(os.RemoveAll(d.at(p))) }
func (d *desk) folder(p string)        { d.note(os.MkdirAll(d.at(p), 0o755)) }
func (d *desk) link(from, to string)   { d.note(os.Link(d.at(from), d.at(to))) }
func (d *desk) symlink(to, p string)   { d.note(os.Symlink(to, d.at(p))) }
func (d *desk) wait(ms int)            { time.Sleep(time.Duration(ms) * time.Millisecond) } // part of the stroke, not of the test

func (d *desk) copy(from, to string) {
	b, err := os.ReadFile(d.at(from))
	d.note(err)
	d.write(to, string(b))
}

// add writes at the end of a file, or over it from the start.
func (d *desk) open(p string, flag int, pieces ...string) {
	f, err := os.OpenFile(d.at(p), os.O_WRONLY|flag, 0o644)
	if err != nil {
		d.note(err)
		return
	}
	for i, s := range pieces {
		if i > 0 {
			d.wait(8)
		}
		_, err := f.WriteString(s)
		d.note(err)
	}
	d.note(f.Close())
}

// old gives a file the time of modification it might have had years ago.
func (d *desk) old(p string) {
	t := time.Date(2001, 9, 12, 0, 0, 0, 0, time.UTC)
	d.note(os.Chtimes(d.at(p), t, t))
}

// save is a way in which a page is saved. It is given the new text of a.md,
// and says what else the site should know afterwards: path to text, "" for
// what is gone.
type save struct {
	name string
	run  func(d *desk, text string) map[string]string
}

// plain is a save of a.md and nothing else.
func plain(name string, run func(d *desk, text string)) save {
	return save{name, func(d *desk, text string) map[string]string { run(d, text); return map[string]string{"a.md": text} }}
}

var saves = []save{
	plain("write in place", func(d *desk, s string) { d.write("a.md", s) }),
	plain("truncate, then write", func(d *desk, s string) { d.write("a.md", ""); d.wait(45); d.open("a.md", 0, s) }),
	plain("write in pieces", func(d *desk, s string) { d.open("a.md", os.O_TRUNC, s[:5], s[5:9], s[9:]) }),
	plain("write slowly, past the end of the burst", func(d *desk, s string) {
		for i := range 30 {
			d.write("a.md", s[:min(len(s), i)])
			d.wait(10)
		}
		d.write("a.md", s)
	}),
	plain("vim, backupcopy=no", func(d *desk, s string) {
		d.write(".a.md.swp", "swap")
		d.write("4913", "")
		d.remove("4913")
		d.rename("a.md", "a.md~")
		d.write("a.md", s)
		d.remove("a.md~")
		d.remove(".a.md.swp")
	}),
	plain("vim, backupcopy=yes", func(d *desk, s string) { d.copy("a.md", "a.md~"); d.write("a.md", s); d.remove("a.md~") }),
	plain("vim, backupcopy=auto with a backup kept", func(d *desk, s string) { d.remove("a.md~"); d.rename("a.md", "a.md~"); d.write("a.md", s) }),
	plain("vim, patchmode", func(d *desk, s string) { d.copy("a.md", "a.md.bck"); d.open("a.md", os.O_TRUNC, s) }),
	plain("emacs", func(d *desk, s string) {
		d.symlink("user@host.1", ".#a.md")
		d.rename("a.md", "a.md~")
		d.write("a.md", s)
		d.remove(".#a.md")
		d.remove("a.md~")
	}),
	plain("emacs, backup by copying after an automatic save", func(d *desk, s string) {
		d.write("#a.md#", s)
		d.copy("a.md", "a.md~")
		d.open("a.md", os.O_TRUNC, s)
		d.remove("#a.md#")
	}),
	plain("VS Code", func(d *desk, s string) { d.open("a.md", os.O_TRUNC); d.open("a.md", 0, s) }),
	plain("JetBrains safe write", func(d *desk, s string) {
		d.write("a.md___jb_tmp___", s)
		d.rename("a.md", "a.md___jb_old___")
		d.rename("a.md___jb_tmp___", "a.md")
		d.remove("a.md___jb_old___")
	}),
	plain("gedit", func(d *desk, s string) {
		d.write(".goutputstream-8QZ3X0", s)
		d.remove("a.md~")
		d.link("a.md", "a.md~")
		d.rename(".goutputstream-8QZ3X0", "a.md")
	}),
	plain("kate", func(d *desk, s string) {
		d.write(".a.md.kate-swp", "swap")
		d.write("a.md.Tb1LqP", s)
		d.rename("a.md.Tb1LqP", "a.md")
		d.remove(".a.md.kate-swp")
	}),
	plain("nano with a backup", func(d *desk, s string) { d.copy("a.md", "a.md~"); d.open("a.md", os.O_TRUNC, s) }),
	plain("write beside and rename over", func(d *desk, s string) { d.write("a.md.tmp", s); d.rename("a.md.tmp", "a.md") }),
	plain("sed -i", func(d *desk, s string) { d.write("sedW3Jf9a", s); d.rename("sedW3Jf9a", "a.md") }),
	plain("perl -i", func(d *desk, s string) { d.remove("a.md"); d.open("a.md", os.O_CREATE|os.O_EXCL, s) }),
	plain("delete, and write after a while", func(d *desk, s string) { d.remove("a.md"); d.wait(50); d.write("a.md", s) }),
	plain("cp -p of an old file", func(d *desk, s string) { d.write("a.md", s); d.old("a.md") }),
	plain("cp --remove-destination", func(d *desk, s string) { d.remove("a.md"); d.write("a.md", s); d.old("a.md") }),
	plain("same size and same time", func(d *desk, s string) {
		info, err := os.Stat(d.at("a.md"))
		d.note(err)
		d.open("a.md", os.O_TRUNC, s)
		d.note(os.Chtimes(d.at("a.md"), info.ModTime(), info.ModTime()))
	}),
	plain("mv over, from elsewhere", func(d *desk, s string) { d.write(d.away+"/x", s); d.rename(d.away+"/x", "a.md") }),
	plain("tar x", func(d *desk, s string) { d.remove("a.md"); d.open("a.md", os.O_CREATE|os.O_EXCL, s); d.old("a.md") }),
	plain("rsync", func(d *desk, s string) {
		d.write(".a.md.Xu8s2K", s)
		d.old(".a.md.Xu8s2K")
		d.rename(".a.md.Xu8s2K", "a.md")
	}),
	plain("ln -f of a new file", func(d *desk, s string) {
		d.write(d.away+"/x", s)
		d.remove("a.md")
		d.link(d.away+"/x", "a.md")
		d.remove(d.away + "/x")
	}),
	plain("write to another name of the same file", func(d *desk, s string) {
		d.write("a.md", s+"not yet")
		d.wait(60)
		d.remove(d.away + "/other")
		d.link("a.md", d.away+"/other")
		d.open(d.away+"/other", os.O_TRUNC, s)
	}),
	plain("a link that leads elsewhere", func(d *desk, s string) {
		d.folder(d.root + "/texts")
		d.write(d.root+"/texts/"+s[len(s)-6:], s)
		d.remove("link.tmp")
		d.symlink("../../texts/"+s[len(s)-6:], "link.tmp")
		d.rename("link.tmp", "a.md")
	}),
	plain("write to what a link leads to", func(d *desk, s string) {
		d.folder(d.root + "/texts")
		d.write(d.root+"/texts/target", s)
		d.remove("a.md")
		d.symlink("../../texts/target", "a.md")
		d.wait(60)
		d.write(d.root+"/texts/target", s+"again\n")
		d.write(d.root+"/texts/target", s)
	}),
	{"git checkout of a branch", func(d *desk, s string) map[string]string {
		for _, p := range []string{"a.md", "b.md", "c.md"} {
			d.remove(p)
			d.open(p, os.O_CREATE|os.O_EXCL, s)
		}
		if d.n%2 == 0 {
			d.folder("branch/deep")
			d.write("branch/deep/x.md", s)
			return map[string]string{"a.md": s, "b.md": s, "c.md": s, "branch/deep/x.md": s}
		}
		d.remove("branch")
		return map[string]string{"a.md": s, "b.md": s, "c.md": s, "branch/deep/x.md": ""}
	}},
	{"mkdir -p and write at once", func(d *desk, s string) map[string]string {
		dir := "new" + s[len(s)-6:len(s)-1]
		d.folder(dir + "/b/c")
		d.write(dir+"/b/c/x.md", s)
		return map[string]string{dir + "/b/c/x.md": s}
	}},
	{"cp -r of a folder", func(d *desk, s string) map[string]string {
		want := map[string]string{}
		dir := "copy" + s[len(s)-6:len(s)-1]
		for _, below := range []string{"", "/deep", "/deep/er"} {
			d.folder(dir + below)
			for _, p := range []string{"/1.md", "/2.md", "/3.md"} {
				d.write(dir+below+p, s)
				want[dir+below+p] = s
			}
		}
		return want
	}},
	{"a filled folder moved in", func(d *desk, s string) map[string]string {
		d.folder(d.away + "/filled/deep")
		d.write(d.away+"/filled/deep/x.md", s)
		d.remove("filled")
		d.rename(d.away+"/filled", "filled")
		return map[string]string{"filled/deep/x.md": s}
	}},
	{"a folder moved out", func(d *desk, s string) map[string]string {
		d.folder("out/deep")
		d.write("out/deep/x.md", s)
		d.wait(60)
		d.remove(d.away + "/out")
		d.rename("out", d.away+"/out")
		d.write("a.md", s)
		return map[string]string{"out/deep/x.md": "", "a.md": s}
	}},
	{"a folder renamed, then a page edited in it", func(d *desk, s string) map[string]string {
		from, to := "one", "two"
		if d.n%2 == 1 {
			from, to = to, from
		}
		d.folder(from + "/deep")
		d.write(from+"/deep/x.md", "x")
		d.rename(from, to)
		d.wait(50)
		d.write(to+"/deep/x.md", s)
		return map[string]string{to + "/deep/x.md": s, from + "/deep/x.md": ""}
	}},
	{"a folder renamed and back", func(d *desk, s string) map[string]string {
		d.folder("back")
		d.write("back/x.md", "x")
		d.rename("back", "forth")
		d.rename("forth", "back")
		d.wait(50)
		d.write("back/x.md", s)
		return map[string]string{"back/x.md": s, "forth/x.md": ""}
	}},
	{"a folder deleted and made anew", func(d *desk, s string) map[string]string {
		d.remove("anew")
		d.folder("anew")
		d.wait(40)
		d.write("anew/x.md", s)
		return map[string]string{"anew/x.md": s}
	}},
	{"case-only rename of a page", func(d *desk, s string) map[string]string {
		from, to := "a.md", "A.md"
		if d.n%2 == 1 {
			from, to = to, from
		}
		d.write(from, s)
		d.rename(from, to)
		return map[string]string{to: s, from: ""}
	}},
	{"case-only rename of a folder", func(d *desk, s string) map[string]string {
		from, to := "case", "Case"
		if d.n%2 == 1 {
			from, to = to, from
		}
		d.folder(from)
		d.write(from+"/x.md", s)
		d.rename(from, to)
		return map[string]string{to + "/x.md": s, from + "/x.md": ""}
	}},
	{"two pages swapped", func(d *desk, s string) map[string]string {
		d.write("a.md", s)
		d.write("b.md", s+"b")
		d.wait(60)
		d.rename("a.md", "swap.tmp")
		d.rename("b.md", "a.md")
		d.rename("swap.tmp", "b.md")
		return map[string]string{"a.md": s + "b", "b.md": s}
	}},
	{"a page that becomes a folder", func(d *desk, s string) map[string]string {
		if d.n%2 == 1 {
			d.remove("a.md")
			d.write("a.md", s)
			return map[string]string{"a.md": s, "a.md/x.md": ""}
		}
		d.remove("a.md")
		d.folder("a.md")
		d.write("a.md/x.md", s)
		return map[string]string{"a.md/x.md": s, "a.md": ""}
	}},
	{"delete", func(d *desk, s string) map[string]string {
		d.write("gone.md", s)
		d.wait(50)
		d.remove("gone.md")
		return map[string]string{"gone.md": ""}
	}},
	{"delete a folder", func(d *desk, s string) map[string]string {
		d.folder("gone/deep")
		d.write("gone/deep/x.md", s)
		d.wait(50)
		d.remove("gone")
		return map[string]string{"gone/deep/x.md": ""}
	}},
	{"make unreadable and readable", func(d *desk, s string) map[string]string {
		d.note(os.Chmod(d.at("a.md"), 0))
		d.wait(40)
		d.note(os.Chmod(d.at("a.md"), 0o644))
		d.write("a.md", s)
		return map[string]string{"a.md": s}
	}},
	{"a pipe that becomes a page", func(d *desk, s string) map[string]string {
		d.remove("pipe.md")
		d.note(syscall.Mkfifo(d.at("pipe.md"), 0o644))
		d.wait(40)
		d.remove("pipe.md")
		d.write("pipe.md", s)
		return map[string]string{"pipe.md": s}
	}},
}

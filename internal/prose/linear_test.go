package prose

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"entente/internal/effort"
	"entente/internal/file"
	"entente/internal/limits"
)

// patterns are pieces of text that have made parsers of Markdown slow. Each
// is repeated to a size; "@" is replaced by a number that counts up.
var patterns = []string{
	"- ", "* ", "+ ", "> ", "1. ", "1) ", ": ", "> - ", "- > ", "[", "]", "[]", "[a", "[a](", "[a](b", "[a](<b", "![", "![a](", "[[", "[[a", "[[=", "[@", "[^", "[^a]", "[^@]",
	"[^@]: x\n\n", "[^@]\n", "[a][", "[a][b]", "[@]: x\n", "[a]: x\n", "`", "``", "\\`", "` `` ", "`a", "*", "**", "*a", "**a", "*a_", "_a", "__a ", "a**b", "*a **b ", "*a _b ", "~", "~~", "~~a", "~a ",
	"<", "<a", "<a ", "<a b", "<a b=", "<a b=\"", "<!--", "<![CDATA[", "<?", "<!A ", "</a", "<a@b", "<http:", "&", "&#", "&#1;", "&amp", "\\", "\\\\", "\\[", "|", "|a", "a|", "|-", "|\n", "|a\n|-\n", "a\n-\n", "a\n=\n", "# ", "#", "#\n", "# a\n", "# a {#b@}\n", "## a\n",
	"```\n", "~~~\n", "```a\n```\n", "    a\n", "\ta\n", "---\n", "***\n", "- a\n", "- a\n\n", "1. a\n", "> a\n", ">\n", "a\n: b\n", "a\n:\n", "a\n\n: b\n\n", "- [ ] a\n", "- - -\n", "a  \n", "a\\\n", "\n", " \n", "\t\n", "a\n", "a ", "a", "é", "(", ")", "()", "((", "[a](()", "\"", "[a](b \"", "[a](b 'c",
	"[x]: <", "[x]: a \"", "![[", "![[a]]\n\n", "[[a|b]]", "[[nato]] ", "[@a; @b]", "Poland ", "North Atlantic Treaty ", "http://a ", "a@b.c ", "www.a.b ", "|a|b|\n|-|-|\n|c|d|\n", "> [!NOTE]\n", "> [!NOTE]\n\n", "*a*", "**a** ", "`a` ", "[a](b) ", "![a](b) ", "<b>", "</b>", "<!-- a -->", "<script>", "{", "{#", "# a {", "# a {b=c}\n", ":::\n", "[a]\n(b)\n", "[a\n", "a]\n", "*\n", "_ ", "* a\n ", "-\n", "- -\n",
}

func repeated(p string, size int) string {
	var b strings.Builder
	for i := 0; b.Len() < size; i++ {
		b.WriteString(strings.ReplaceAll(p, "@", fmt.Sprint(i)))
	}
	return b.String()[:size]
}

// cpu is the time that this thread has worked.
func cpu() time.Duration {
	var u unix.Rusage
	if err := unix.Getrusage(unix.RUSAGE_THREAD, &u); err != nil {
		panic(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// work composes a text and says what it took: bytes of memory, and time.
func work(c *Composer, text string) (memory uint64, took time.Duration) {
	s := &Source{Text: file.NewText("content/topics/a.md", []byte(text))}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	start := cpu()
	body := c.Compose(s, &plainBinder{seen: map[string]bool{}}, ComposeOptions{})
	took = cpu() - start
	runtime.ReadMemStats(&after)
	if len(body.HTML)+len(body.Notes) > 64*len(text)+1<<20 {
		return 1 << 60, took
	}
	return after.TotalAlloc - before.TotalAlloc, took
}

// A text twice as long takes about twice as much: what would not is refused
// before it is parsed. Memory is counted exactly; time only where it is
// far beyond what a slow machine needs.
func TestWorkIsLinear(t *testing.T) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	c := NewComposer()
	size := effort.Of(4<<10, 16<<10, 64<<10)
	for _, before := range []string{"", "x ", "|a|b|c|\n|-|-|-|\n"}[:effort.Of(1, 3, 3)] {
		for _, p := range patterns {
			var memory [3]uint64
			var took [3]time.Duration
			for i := range 3 {
				memory[i], took[i] = work(c, before+repeated(p, size<<i))
			}
			// Over two doublings, because lists that grow by doubling make single steps uneven; and beyond what a
			// kept buffer takes when a longer text makes it grow, once.
			if float64(memory[2]) > 2.6*2.6*float64(memory[0])+float64(32*size<<2) {
				t.Errorf("%q %q: memory %v bytes for %d, %d and %d bytes of text", before, p, memory, size, size*2, size*4)
			}
			for i := 1; i < 3; i++ {
				if took[i] > 300*time.Millisecond && float64(took[i]) > 2.6*float64(took[i-1]) {
					t.Errorf("%q %q: %v", before, p, took)
				}
			}
		}
	}
}

// growing answers each fact with far more than was asked.
type growing struct{ plainBinder }

func (*growing) Fact(string) Inline {
	return Inline{HTML: strings.Repeat("<b>x</b>", 1<<10), Text: "x"}
}

// A short text that stands for a huge one is refused, and soon.
func TestGrowthIsBounded(t *testing.T) {
	text := "---\ntitle: A\n---\n" + strings.Repeat("[[= x]]\n\n", 2000)
	s := Read(file.NewText("content/topics/a.md", []byte(text)))
	body := NewComposer().Compose(s, &growing{}, ComposeOptions{})
	if len(body.Diags) != 1 || body.Diags[0].Rule != "MD045" || body.Diags[0].Pos.Line != 4 {
		t.Errorf("says %v", body.Diags)
	}
	if most := limits.Growth*len(text) + limits.Grace; len(body.HTML) > most+16<<10 {
		t.Errorf("%d bytes were written, %d are allowed", len(body.HTML), most)
	}
}

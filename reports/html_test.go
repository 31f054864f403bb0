package reports

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"io"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/pyparity/pyparity/harness"
)

func htmlText(t testing.TB, run harness.Run) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := WriteHTML(&b, FromRun(run)); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// parsed is the page as a browser without scripts sees it.
func parsed(t testing.TB, page []byte) *html.Node {
	t.Helper()
	doc, err := html.ParseWithOptions(bytes.NewReader(page), html.ParseOptionEnableScripting(false))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func all(root *html.Node, keep func(*html.Node) bool) []*html.Node {
	var found []*html.Node
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && keep(n) {
			found = append(found, n)
		}
	}
	return found
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func class(n *html.Node, name string) bool {
	for c := range strings.FieldsSeq(attr(n, "class")) {
		if c == name {
			return true
		}
	}
	return false
}

func text(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}

func byID(t testing.TB, root *html.Node, id string) *html.Node {
	t.Helper()
	found := all(root, func(n *html.Node) bool { return attr(n, "id") == id })
	if len(found) != 1 {
		t.Fatalf("%d elements have the id %s", len(found), id)
	}
	return found[0]
}

func withClass(name string) func(*html.Node) bool {
	return func(n *html.Node) bool { return class(n, name) }
}

func TestHTMLNeedsNothingElse(t *testing.T) {
	doc := parsed(t, htmlText(t, fakeRun(ModeLive, "3.9", "3.13")))
	for _, n := range all(doc, func(*html.Node) bool { return true }) {
		for _, a := range n.Attr {
			external := a.Key == "src" || a.Key == "srcset" || a.Key == "action" || a.Key == "data" ||
				a.Key == "href" && n.DataAtom == atom.Link && a.Val != "data:,"
			if external || strings.HasPrefix(a.Key, "on") {
				t.Errorf("<%s %s=%q>", n.Data, a.Key, a.Val)
			}
		}
	}
	scripts := all(doc, func(n *html.Node) bool { return n.DataAtom == atom.Script })
	if len(scripts) != 1 {
		t.Fatalf("%d scripts", len(scripts))
	}
	sum := sha256.Sum256([]byte(text(scripts[0])))
	allowed := "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
	policy := all(doc, func(n *html.Node) bool { return attr(n, "http-equiv") == "Content-Security-Policy" })
	if len(policy) != 1 || !strings.Contains(attr(policy[0], "content"), "script-src "+allowed) {
		t.Error("the policy does not allow the page's script, and it alone")
	}
	for _, n := range all(doc, func(n *html.Node) bool { return n.DataAtom == atom.Style }) {
		if strings.Contains(text(n), "url(") || strings.Contains(text(n), "@import") {
			t.Error("the style loads something")
		}
	}
}

func TestHTMLBeginsWithTheReference(t *testing.T) {
	doc := parsed(t, htmlText(t, fakeRun(ModeRecorded, "3.13")))
	body := all(doc, func(n *html.Node) bool { return n.DataAtom == atom.Body })[0]
	first := all(body, func(*html.Node) bool { return true })[0]
	if text(first) != "Reference: embedded recordings, no live CPython" || !class(first, "recorded") {
		t.Errorf("the first element is %q", text(first))
	}
}

func TestHTMLHasEveryBehaviour(t *testing.T) {
	r := FromRun(fakeRun(ModeLive, "3.9", "3.13"))
	doc := parsed(t, htmlText(t, fakeRun(ModeLive, "3.9", "3.13")))
	for _, b := range r.Behaviours {
		n := byID(t, doc, b.ID)
		if n.DataAtom != atom.Details {
			t.Errorf("%s is a <%s>", b.ID, n.Data)
		}
		cells := all(n, func(c *html.Node) bool {
			return c.DataAtom == atom.B && strings.HasPrefix(attr(c, "title"), "go, Python ")
		})
		if len(cells) != 2 {
			t.Errorf("%s has %d verdicts", b.ID, len(cells))
			continue
		}
		for i, c := range cells {
			if res := b.Results[i]; attr(c, "class") != string(res.Verdict) || !strings.HasSuffix(text(c), "\u00a0"+res.Python) {
				t.Errorf("%s: %s %q", b.ID, attr(c, "class"), text(c))
			}
		}
	}
}

// The two Pythons look the same, so that they are shown once.
func TestHTMLStepsSideBySide(t *testing.T) {
	doc := parsed(t, htmlText(t, fakeRun(ModeLive, "3.9", "3.13")))
	tables := all(byID(t, doc, "connect.differ"), withClass("steps"))
	if len(tables) != 1 {
		t.Fatalf("%d tables", len(tables))
	}
	head := all(tables[0], func(n *html.Node) bool { return n.DataAtom == atom.Th })
	if text(head[2]) != "CPython 3.9, 3.13" || text(head[3]) != "go" {
		t.Errorf("the columns are %q and %q", text(head[2]), text(head[3]))
	}
	rows := all(tables[0], func(n *html.Node) bool { return class(n, "eq") || class(n, "diff") })
	if len(rows) != 8 {
		t.Fatalf("%d steps", len(rows))
	}
	row := func(i int, name string) string { return text(all(rows[i], withClass(name))[0]) }
	if !class(rows[2], "eq") || row(2, "w") != "('127.0.0.1', ⟨1⟩)" || len(all(rows[2], withClass("g"))) != 0 {
		t.Errorf("the step with a variable is %q", text(rows[2]))
	}
	if live := attr(all(rows[2], withClass("w"))[0], "title"); !strings.Contains(live, "40001") || !strings.Contains(live, "51234") {
		t.Errorf("what the variable was in this run: %q", live)
	}
	if row(3, "w") != "None⚠ DeprecationWarning: close is old" {
		t.Errorf("the step with a warning is %q", row(3, "w"))
	}
	if !class(rows[5], "diff") || row(5, "w") != "111" || row(5, "g") != "113" || row(5, "t") != "120 µs / 120 µs" {
		t.Errorf("the step that differs is %q", text(rows[5]))
	}
	first := all(tables[0], withClass("first"))
	if len(first) != 1 || text(first[0]) != "← first difference value: want 111, got 113" {
		t.Errorf("%d first differences", len(first))
	}
	if first[0].PrevSibling.PrevSibling != rows[5] && first[0].PrevSibling != rows[5] {
		t.Error("the first difference does not follow its step")
	}
	marks := all(rows[6], func(n *html.Node) bool { return n.DataAtom == atom.Mark })
	if len(marks) != 2 || text(marks[0]) != "ConnectionRefusedError(111, 'Connection refused" {
		t.Errorf("%d parts are marked", len(marks))
	}
}

func TestHTMLShowsResultsThatLookDifferentApart(t *testing.T) {
	b := refused("x", "connect")
	run := harness.Run{Provenance: fakeProvenance(ModeLive, "3.9", "3.11", "3.13"), Results: []harness.Result{
		matching(b, "go", "3.9"), differing(b, "go", "3.11"), matching(b, "go", "3.13"),
	}}
	groups := all(byID(t, parsed(t, htmlText(t, run)), "connect.x"), withClass("group"))
	if len(groups) != 2 || !strings.Contains(text(groups[0]), "go, Python 3.9, 3.13") ||
		!strings.Contains(text(groups[1]), "go, Python 3.11") {
		t.Errorf("%d groups", len(groups))
	}
}

// With scripts a noscript element is text. It must end where it ends, and give
// the same elements when the page's script makes them of it.
func TestHTMLTextsStayTexts(t *testing.T) {
	page := htmlText(t, fakeRun(ModeLive, "3.13"))
	if bytes.Contains(page, []byte(hostile[:20])) || bytes.ContainsRune(page, '\u202e') || bytes.ContainsRune(page, '\x1b') {
		t.Error("hostile text stands in the page as it is")
	}
	plain := byID(t, parsed(t, page), "connect.hostile_text")
	scripted, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	closed := all(byID(t, scripted, "connect.hostile_text"), func(n *html.Node) bool { return n.DataAtom == atom.Noscript })
	if len(closed) != 1 {
		t.Fatalf("%d noscript elements", len(closed))
	}
	opened, err := html.ParseFragment(strings.NewReader(text(closed[0])), &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div})
	if err != nil {
		t.Fatal(err)
	}
	count := 0
	for _, n := range opened {
		if n.Type == html.ElementNode {
			count += 1 + len(all(n, func(*html.Node) bool { return true }))
		}
	}
	want := all(plain, func(n *html.Node) bool { return n.DataAtom == atom.Noscript })[0]
	if n := len(all(want, func(*html.Node) bool { return true })); n != count || count < 50 {
		t.Errorf("%d elements with scripts, %d without", count, n)
	}
	if !strings.Contains(text(plain), "</script></noscript><b>&amp;\ufffd[31m|`\ufffd\ufffd]]>") {
		t.Errorf("the text is not shown: %s", text(plain))
	}
}

func TestHTMLTotals(t *testing.T) {
	doc := parsed(t, htmlText(t, fakeRun(ModeLive, "3.9", "3.13")))
	links := all(doc, func(n *html.Node) bool {
		return n.DataAtom == atom.A && strings.HasPrefix(attr(n, "href"), "#verdict=")
	})
	if len(links) != 2*len(harness.Verdicts) {
		t.Errorf("%d counts are links", len(links))
	}
	if got := attr(links[0], "href"); got != "#verdict=match&python=3.9&subject=go" {
		t.Errorf("the first link is %s", got)
	}
}

// What a large report costs is its steps; those of several Pythons that agree
// are shown once, which keeps a behaviour below this.
func TestHTMLSizePerBehaviour(t *testing.T) {
	const n, limit = 300, 4500
	if size := len(htmlText(t, bigRun(n))) / n; size > limit {
		t.Errorf("%d bytes a behaviour of 8 steps, more than %d", size, limit)
	}
}

func TestDifferentPart(t *testing.T) {
	tests := []struct{ a, b, aPart, bPart string }{
		{"111", "113", "111", "113"},
		{"(1, 'x')", "(2, 'x')", "1", "2"},
		{"same", "same", "", ""},
		{"", "x", "", "x"},
		{"AF_INET", "AF_INET6", "AF_INET", "AF_INET6"},
		{"'ä'", "'ö'", "ä", "ö"},
		{"aa", "aaa", "aa", "aaa"},
		{"(1)", "(1)(1)", "", "(1)"},
	}
	for _, tt := range tests {
		from, aEnd, bEnd := differentPart(tt.a, tt.b)
		if a, b := tt.a[from:aEnd], tt.b[from:bEnd]; a != tt.aPart || b != tt.bPart {
			t.Errorf("%q and %q differ in %q and %q, want %q and %q", tt.a, tt.b, a, b, tt.aPart, tt.bPart)
		}
	}
}

func BenchmarkWriteHTML(b *testing.B) {
	r := FromRun(bigRun(1500))
	for b.Loop() {
		if err := WriteHTML(io.Discard, r); err != nil {
			b.Fatal(err)
		}
	}
}

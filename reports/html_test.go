package reports

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"io"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/pyparity/pyparity/harness"
)

func htmlText(t testing.TB, r Report) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := WriteHTML(&b, r); err != nil {
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

func text(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}

// embedded reads one of the pieces of JSON that stand in the page.
func embedded[T any](t testing.TB, page []byte, id string) T {
	t.Helper()
	found := all(parsed(t, page), func(n *html.Node) bool { return attr(n, "id") == id })
	if len(found) != 1 {
		t.Fatalf("%d elements have the id %s", len(found), id)
	}
	z, err := gzip.NewReader(base64.NewDecoder(base64.StdEncoding, strings.NewReader(text(found[0]))))
	if err != nil {
		t.Fatal(err)
	}
	var data T
	if err := json.NewDecoder(z).Decode(&data); err != nil {
		t.Fatal(err)
	}
	return data
}

func opened(t testing.TB, r Report, id string) pageDetail {
	t.Helper()
	page := htmlText(t, r)
	index := embedded[pageIndex](t, page, "index")
	i := slices.IndexFunc(index.Behaviours, func(b pageBehaviour) bool { return b.ID == id })
	if i < 0 {
		t.Fatalf("the page has no %s", id)
	}
	return embedded[[]pageDetail](t, page, "details")[i]
}

func TestHTMLNeedsNothingElse(t *testing.T) {
	doc := parsed(t, htmlText(t, FromRun(fakeRun(ModeLive, "3.9", "3.13"))))
	for _, n := range all(doc, func(*html.Node) bool { return true }) {
		for _, a := range n.Attr {
			external := a.Key == "src" || a.Key == "srcset" || a.Key == "action" || a.Key == "data" ||
				a.Key == "href" && n.DataAtom == atom.Link && a.Val != "data:,"
			if external || strings.HasPrefix(a.Key, "on") {
				t.Errorf("<%s %s=%q>", n.Data, a.Key, a.Val)
			}
		}
	}
	scripts := all(doc, func(n *html.Node) bool { return n.DataAtom == atom.Script && attr(n, "type") == "" })
	if len(scripts) != 1 {
		t.Fatalf("%d scripts", len(scripts))
	}
	sum := sha256.Sum256([]byte(text(scripts[0])))
	allowed := "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
	policy := all(doc, func(n *html.Node) bool { return attr(n, "http-equiv") == "Content-Security-Policy" })
	if len(policy) != 1 || !strings.HasSuffix(attr(policy[0], "content"), "script-src "+allowed) ||
		!strings.HasPrefix(attr(policy[0], "content"), "default-src 'none';") {
		t.Error("the policy does not allow the page's script, and it alone")
	}
	for _, n := range all(doc, func(n *html.Node) bool { return n.DataAtom == atom.Style }) {
		if strings.Contains(text(n), "url(") || strings.Contains(text(n), "@import") {
			t.Error("the style loads something")
		}
	}
}

func TestEveryPartOfThePageIsInIt(t *testing.T) {
	entries, err := pageParts.ReadDir("page")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !slices.Contains(append(slices.Clone(styles), scripts...), e.Name()) {
			t.Errorf("%s is not in the page", e.Name())
		}
	}
	if want := len(styles) + len(scripts); len(entries) != want {
		t.Errorf("%d files, %d are named", len(entries), want)
	}
}

func TestHTMLBeginsWithTheReference(t *testing.T) {
	doc := parsed(t, htmlText(t, FromRun(fakeRun(ModeRecorded, "3.13"))))
	body := all(doc, func(n *html.Node) bool { return n.DataAtom == atom.Body })[0]
	first := all(body, func(*html.Node) bool { return true })[0]
	if text(first) != "Reference: embedded recordings, no live CPython" || attr(first, "class") != "reference recorded" {
		t.Errorf("the first element is %q", text(first))
	}
}

// Without scripts there are the totals.
func TestHTMLTotals(t *testing.T) {
	r := FromRun(fakeRun(ModeLive, "3.9", "3.13"))
	tables := all(parsed(t, htmlText(t, r)), func(n *html.Node) bool { return attr(n, "class") == "totals" })
	if len(tables) != 1 {
		t.Fatalf("%d tables", len(tables))
	}
	if rows := all(tables[0], func(n *html.Node) bool { return n.DataAtom == atom.Tr }); len(rows) != 1+len(r.Summary) {
		t.Errorf("%d rows", len(rows))
	}
}

func TestHTMLHasEveryResult(t *testing.T) {
	r := FromRun(variedRuns()["two subjects"])
	page := htmlText(t, r)
	index := embedded[pageIndex](t, page, "index")
	details := embedded[[]pageDetail](t, page, "details")
	if len(index.Behaviours) != len(r.Behaviours) || len(details) != len(r.Behaviours) {
		t.Fatalf("%d behaviours, %d details", len(index.Behaviours), len(details))
	}
	for i, b := range r.Behaviours {
		got := index.Behaviours[i]
		if got.ID != b.ID || len(got.Results) != len(b.Results) || len(details[i].Steps) != len(b.Steps) {
			t.Errorf("%s is %+v", b.ID, got)
			continue
		}
		shown := 0
		for _, g := range details[i].Groups {
			shown += len(g.Pythons)
			if len(g.Rows) != len(b.Steps) {
				t.Errorf("%s: %d rows for %d steps", b.ID, len(g.Rows), len(b.Steps))
			}
		}
		if shown != len(b.Results) {
			t.Errorf("%s: %d of %d results are shown", b.ID, shown, len(b.Results))
		}
		for j, res := range b.Results {
			v := got.Results[j]
			if index.Subjects[v[0]] != res.Subject || index.Pythons[v[1]] != res.Python ||
				index.Verdicts[v[2]].Name != res.Verdict || (len(v) == 4) != res.Drifted {
				t.Errorf("%s: result %d is %v", b.ID, j, v)
			}
		}
	}
}

// The two Pythons look the same, so that they are shown once.
func TestHTMLStepsSideBySide(t *testing.T) {
	d := opened(t, FromRun(fakeRun(ModeLive, "3.9", "3.13")), "connect.differ")
	if len(d.Groups) != 1 || !slices.Equal(d.Groups[0].Pythons, []string{"3.9", "3.13"}) {
		t.Fatalf("the groups are %+v", d.Groups)
	}
	rows := d.Groups[0].Rows
	if r := rows[2]; r.Mark != markEqual || !slices.Equal(r.Want, []string{"('127.0.0.1', ⟨1⟩)"}) ||
		!strings.Contains(r.Live, "40001") || !strings.Contains(r.Live, "51234") {
		t.Errorf("the step with a variable is %+v", r)
	}
	if r := rows[3]; !slices.Equal(r.WantWarnings, []string{"DeprecationWarning: close is old"}) {
		t.Errorf("the step with a warning is %+v", r)
	}
	if r := rows[5]; r.Mark != markDifferent || !slices.Equal(r.Want, []string{"", "111", ""}) || !slices.Equal(r.Got, []string{"", "113", ""}) ||
		r.First != "value: want 111, got 113" || !slices.Equal(r.Times, []string{"120 µs", "120 µs"}) {
		t.Errorf("the step that differs is %+v", r)
	}
	if r := rows[6]; len(r.Want) != 3 || r.Want[1] != "ConnectionRefusedError(111, 'Connection refused" || r.First != "" || r.Also == "" {
		t.Errorf("the step after it is %+v", r)
	}
}

func TestHTMLShowsResultsThatLookDifferentApart(t *testing.T) {
	b := refused("x", "connect")
	run := harness.Run{Provenance: fakeProvenance(ModeLive, "3.9", "3.11", "3.13"), Results: []harness.Result{
		matching(b, "go", "3.9"), differing(b, "go", "3.11"), matching(b, "go", "3.13"),
	}}
	d := opened(t, FromRun(run), "connect.x")
	if len(d.Groups) != 2 || !slices.Equal(d.Groups[0].Pythons, []string{"3.9", "3.13"}) || !slices.Equal(d.Groups[1].Pythons, []string{"3.11"}) {
		t.Errorf("the groups are %+v", d.Groups)
	}
}

func TestHTMLTextsArePrintable(t *testing.T) {
	page := htmlText(t, FromRun(fakeRun(ModeLive, "3.13")))
	if bytes.Contains(page, []byte(hostile[:20])) {
		t.Error("hostile text stands in the page as it is")
	}
	d := opened(t, FromRun(fakeRun(ModeLive, "3.13")), "connect.hostile_text")
	data, err := json.Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range []string{"\u202e", "\x1b", `\u001b`, `\u0000`} {
		if bytes.Contains(data, []byte(r)) {
			t.Errorf("%q is in the page's data", r)
		}
	}
}

func TestHTMLHasWhatChangedBetweenPythons(t *testing.T) {
	r := FromRun(changingRun())
	index := embedded[pageIndex](t, htmlText(t, r), "index")
	if len(index.Changes) != 1 {
		t.Fatalf("%d changes", len(index.Changes))
	}
	c := index.Changes[0]
	if index.Behaviours[c.Behaviour].ID != "connect.match" || c.From != "3.9" || c.To != "3.13" || len(c.Steps) != 1 {
		t.Fatalf("the change is %+v", c)
	}
	if d := c.Steps[0]; d.Step != 6 || d.Text != "s.connect_ex(addr)" || d.Facet != "value" ||
		!slices.Equal(d.Want, []string{"", "110", ""}) || !slices.Equal(d.Got, []string{"", "111", ""}) {
		t.Errorf("the step is %+v", d)
	}
}

// What a large report costs is its steps; those of several Pythons that agree
// are shown once, and all of it is compressed.
func TestHTMLSizePerBehaviour(t *testing.T) {
	few, many := len(htmlText(t, FromRun(bigRun(10)))), len(htmlText(t, FromRun(bigRun(310))))
	if each := (many - few) / 300; each > 200 {
		t.Errorf("%d bytes a behaviour that is like others", each)
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

func TestSurfaceOf(t *testing.T) {
	one := `[{"python":"socket.A","kind":"int","go":"socket.A","file":"a.go"},{"python":"socket.socket.recv","kind":"method"}]`
	for text, want := range map[string]int{
		one: 2, "[" + one + `,[{"python":"socket.A"},{"python":"socket.B"}]]`: 3, `{}`: 0, `[1]`: 0, ``: 0, `[{"name":"x"}]`: 0,
	} {
		if got := surfaceOf(json.RawMessage(text)); len(got) != want {
			t.Errorf("%s has %v", text, got)
		}
	}
}

// A behaviour may show names without naming them.
func TestNamesThatABehaviourLists(t *testing.T) {
	r := FromRun(fakeRun(ModeLive, "3.13"))
	r.Surface = json.RawMessage(`[{"python":"socket.it's"},{"python":"socket.k"},{"python":"socket.socket.k"},{"python":"socket.none"}]`)
	index := embedded[pageIndex](t, htmlText(t, r), "index")
	for _, b := range index.Behaviours {
		want := []string(nil)
		if b.ID == "values.every_kind" {
			want = []string{"socket.k"}
		}
		if !slices.Equal(b.Lists, want) {
			t.Errorf("%s lists %v", b.ID, b.Lists)
		}
	}
}

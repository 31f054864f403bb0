package reports

import (
	"crypto/sha256"
	_ "embed" // for the page's parts
	"encoding/base64"
	"html/template"
	"io"
	"slices"
	"strings"

	"github.com/pyparity/pyparity/harness"
)

// The page is one file: its style and its script are written into it, and a
// content security policy forbids any other script, so that a text which a
// subject returned could not run even if it were not escaped.
var (
	//go:embed page/page.html.tmpl
	pageTemplate string
	//go:embed page/page.css
	pageCSS string
	//go:embed page/page.js
	pageJS string
)

var page = template.Must(template.New("page").Funcs(template.FuncMap{
	"seconds": seconds,
	"symbol":  symbol,
	"meaning": meaning,
	"join":    strings.Join,
	"short":   func(subject string) string { return middle(subject, maxSubject) },
}).Parse(pageTemplate))

// WriteHTML writes the report as a single page that needs no network and can be
// read without JavaScript. The steps of each behaviour stand in a noscript
// element: with JavaScript they become part of the page only when they are
// opened, which keeps a large report quick.
func WriteHTML(w io.Writer, r Report) error {
	return page.Execute(w, pageOf(r))
}

type pageData struct {
	Report
	CSS      template.CSS
	JS       template.JS
	Policy   string
	Title    string
	Line     string // what the reference was
	Mode     string
	Notes    []string
	Headline string
	Columns  []pageColumn
	Rows     []pageRow
	Verdicts []pageVerdict
	Pythons  []string
	Subjects []string
	Areas    []pageArea
}

type pageColumn struct {
	Name, Meaning string
}

type pageRow struct {
	Count
	Cells []pageCell
	Bar   []pageBar
}

type pageCell struct {
	N       int
	Verdict harness.Verdict
}

type pageBar struct {
	Verdict harness.Verdict
	N       int
}

type pageVerdict struct {
	Verdict harness.Verdict
	N       int
}

type pageArea struct {
	Name, Sentence string
	Behaviours     []pageBehaviour
}

type pageBehaviour struct {
	Behaviour
	Name   string // the id without its file
	Cells  []pageResult
	Groups []pageGroup
}

// A pageResult is one subject's row of verdicts in a behaviour's summary.
type pageResult struct {
	Subject string
	Results []Result
}

func pageOf(r Report) pageData {
	sum := sha256.Sum256([]byte(pageJS))
	p := pageData{
		Report: r,
		CSS:    template.CSS(pageCSS), //nolint:gosec // a constant of this package
		JS:     template.JS(pageJS),   //nolint:gosec // a constant of this package
		Policy: "default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src 'sha256-" +
			base64.StdEncoding.EncodeToString(sum[:]) + "'",
		Title:    "pyparity: " + r.headline(),
		Line:     r.Provenance.ReferenceLine(),
		Mode:     r.Provenance.Mode(),
		Notes:    r.notes(),
		Headline: r.headline(),
	}
	p.addCounts()
	several := len(p.Subjects) > 1
	area := map[string]int{}
	for _, b := range r.Behaviours {
		name, rest, found := strings.Cut(b.ID, ".")
		if !found {
			rest = b.ID
		}
		i, ok := area[name]
		if !ok {
			i = len(p.Areas)
			area[name] = i
			p.Areas = append(p.Areas, pageArea{Name: name, Sentence: b.Area})
		}
		p.Areas[i].Behaviours = append(p.Areas[i].Behaviours, p.behaviour(b, rest, several))
	}
	return p
}

func (p *pageData) addCounts() {
	columns := p.columns()
	for _, c := range columns {
		text := ""
		if c.verdict != "" {
			text = meaning(c.verdict)
		}
		p.Columns = append(p.Columns, pageColumn{c.name, text})
	}
	for _, count := range p.Summary {
		row := pageRow{Count: count}
		for _, c := range columns {
			row.Cells = append(row.Cells, pageCell{c.of(count), c.verdict})
		}
		for _, v := range harness.Verdicts {
			if n := count.Of(v); n > 0 {
				row.Bar = append(row.Bar, pageBar{v, n})
			}
		}
		p.Rows = append(p.Rows, row)
		if !slices.Contains(p.Pythons, count.Python) {
			p.Pythons = append(p.Pythons, count.Python)
		}
		if !slices.Contains(p.Subjects, count.Subject) {
			p.Subjects = append(p.Subjects, count.Subject)
		}
	}
	total := p.Total()
	for _, v := range harness.Verdicts {
		if n := total.Of(v); n > 0 {
			p.Verdicts = append(p.Verdicts, pageVerdict{v, n})
		}
	}
}

func (p *pageData) behaviour(b Behaviour, name string, several bool) pageBehaviour {
	b.Sentence = printable(b.Sentence)
	out := pageBehaviour{Behaviour: b, Name: name}
	for _, res := range b.Results {
		i := slices.IndexFunc(out.Cells, func(c pageResult) bool { return c.Subject == res.Subject })
		if i < 0 {
			i = len(out.Cells)
			out.Cells = append(out.Cells, pageResult{Subject: res.Subject})
		}
		out.Cells[i].Results = append(out.Cells[i].Results, res)
	}
	for _, g := range groupResults(b) {
		out.Groups = append(out.Groups, p.group(b, g))
	}
	if !several {
		for i := range out.Cells {
			out.Cells[i].Subject = ""
		}
	}
	return out
}

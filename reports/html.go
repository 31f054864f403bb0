package reports

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"encoding/json"
	"html/template"
	"io"
	"strings"
)

// The page is one file: its style and its script are written into it, and a
// content security policy forbids any other script and every request, so that a
// text which a subject returned could not run even if it were not escaped.
var (
	//go:embed page/page.html.tmpl
	pageTemplate string
	//go:embed page/*.css page/*.js
	pageParts embed.FS
)

// The parts in the order in which they are joined. The scripts share one scope.
var (
	styles  = []string{"base.css", "overview.css", "behaviours.css", "views.css", "phone.css"}
	scripts = []string{
		"dom.js", "data.js", "address.js", "overview.js", "steps.js", "filters.js", "behaviours.js", "changes.js", "surface.js",
		"beside.js", "provenance.js", "keys.js", "main.js",
	}
)

var (
	pageCSS = joinParts(styles)
	pageJS  = "\"use strict\";\n(() => {\n" + joinParts(scripts) + "})();\n"
)

func joinParts(names []string) string {
	var b strings.Builder
	for _, name := range names {
		// Embedded files are there, or the package does not build.
		data, _ := pageParts.ReadFile("page/" + name)
		b.Write(data)
	}
	return b.String()
}

var page = template.Must(template.New("page").Funcs(template.FuncMap{
	"short": func(subject string) string { return middle(subject, maxSubject) },
}).Parse(pageTemplate))

// WriteHTML writes the report as a single page that needs no network. What it
// shows is embedded as two compressed pieces of JSON: an index, which is what
// the page opens with, and the steps of every behaviour, which it unpacks when
// it has the time or the first behaviour is opened. Without JavaScript the page
// has the totals alone.
func WriteHTML(w io.Writer, r Report) error {
	index, details := pageDataOf(r)
	indexText, err := packed(index)
	if err != nil {
		return err
	}
	detailsText, err := packed(details)
	if err != nil {
		return err
	}
	sum := sha256.Sum256([]byte(pageJS))
	return page.Execute(w, map[string]any{
		"CSS": template.CSS(pageCSS), //nolint:gosec // a constant of this package
		"JS":  template.JS(pageJS),   //nolint:gosec // a constant of this package
		"Policy": "default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src 'sha256-" +
			base64.StdEncoding.EncodeToString(sum[:]) + "'",
		"Title":    "pyparity: " + r.headline(),
		"Line":     r.Provenance.ReferenceLine(),
		"Mode":     r.Provenance.Mode(),
		"Notes":    r.notes(),
		"Headline": r.headline(),
		"Parity":   r.Total().Parity(),
		"Columns":  r.columns(),
		"Rows":     r.Summary,
		"Index":    indexText,
		"Details":  detailsText,
	})
}

// packed is JSON, compressed, in base64. Nothing in it can end the element that
// it stands in, and nothing may be escaped: a script element knows no entities.
func packed(v any) (template.HTML, error) {
	var b bytes.Buffer
	// Every report is written anew, so that a better ratio is not worth its time.
	z := gzip.NewWriter(&b)
	if err := json.NewEncoder(z).Encode(v); err != nil {
		return "", err
	}
	if err := z.Close(); err != nil {
		return "", err
	}
	return template.HTML(base64.StdEncoding.EncodeToString(b.Bytes())), nil //nolint:gosec // base64 is no markup
}

package reports

import (
	"fmt"
	"html"
	"io"
)

// WriteBadge writes an SVG that shows the parity in a line of text: green if
// everything is green, and grey for a run that did not come to its end, whose
// numbers would promise too much.
func WriteBadge(w io.Writer, r Report) error {
	const label = "Python parity"
	value, colour := r.Total().Parity(), "#b3261e"
	switch t := r.Total(); {
	case !r.Complete:
		value, colour = "incomplete", "#6b6f78"
	case t.Judged() == 0:
		value, colour = "nothing judged", "#6b6f78"
	case r.Green():
		colour = "#187443"
	case 10*(t.Match+t.Known) >= 9*t.Judged():
		colour = "#8a5a00"
	}
	left, right := textWidth(label)+12, textWidth(value)+12
	_, err := fmt.Fprintf(w, `<svg xmlns="http://www.w3.org/2000/svg" width="%[1]d" height="20" role="img" aria-label="%[2]s: %[3]s">
<title>%[2]s: %[3]s</title>
<clipPath id="r"><rect width="%[1]d" height="20" rx="4"/></clipPath>
<g clip-path="url(#r)"><rect width="%[4]d" height="20" fill="#3a3f47"/><rect x="%[4]d" width="%[5]d" height="20" fill="%[6]s"/></g>
<g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11" text-anchor="middle">
<text x="%[7]d" y="14">%[2]s</text><text x="%[8]d" y="14">%[3]s</text>
</g>
</svg>
`, left+right, html.EscapeString(label), html.EscapeString(value), left, right, colour, left/2, left+right/2)
	return err
}

// textWidth is about how wide a text is in the badge's font, in pixels.
func textWidth(s string) int {
	width := 0.0
	for _, r := range s {
		switch r {
		case 'i', 'l', 'j', 't', 'f', 'r', '.', ' ':
			width += 4.4
		case 'm', 'w', '%':
			width += 10.6
		default:
			width += 7
		}
	}
	return int(width + 0.5)
}

package reports

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/pyparity/pyparity/harness"
)

// What the page's scripts read. Names are short where they are repeated for
// each behaviour; scripts and these types are one format and change together.

type pageIndex struct {
	Line       string            `json:"line"` // what the reference was
	Mode       string            `json:"mode"`
	Notes      []string          `json:"notes"`
	Headline   string            `json:"headline"`
	Parity     string            `json:"parity"`
	Schema     string            `json:"schema"`
	Generated  string            `json:"generated"`
	Complete   bool              `json:"complete"`
	Provenance Provenance        `json:"provenance"`
	Took       string            `json:"took"`
	Verdicts   []pageVerdict     `json:"verdicts"` // all of them; results point here
	Subjects   []string          `json:"subjects"`
	Pythons    []string          `json:"pythons"`
	Parities   map[string]string `json:"parities"` // by subject and Python: "0 1"
	Areas      []pageArea        `json:"areas"`
	Behaviours []pageBehaviour   `json:"behaviours"`
	Changes    []pageChange      `json:"changes"`
	Upstream   json.RawMessage   `json:"upstream,omitempty"`
	Audit      json.RawMessage   `json:"audit,omitempty"`
	Surface    []pageName        `json:"surface,omitempty"`
}

type pageVerdict struct {
	Name    harness.Verdict `json:"name"`
	Symbol  string          `json:"symbol"`
	Meaning string          `json:"meaning"`
}

type pageArea struct {
	Name     string `json:"name"`
	Sentence string `json:"sentence"`
}

type pageBehaviour struct {
	ID       string   `json:"id"`
	Area     int      `json:"a"`
	Sentence string   `json:"s"`
	File     string   `json:"f"`
	Line     int      `json:"l"`
	Labels   []string `json:"k"`
	Touches  []string `json:"t"`
	Lists    []string `json:"n,omitempty"` // names of the surface that it shows without naming them
	Requires []string `json:"r,omitempty"`
	See      []string `json:"e,omitempty"`
	Aliases  []string `json:"o,omitempty"`
	// Results are subject, Python and verdict, and a 1 where CPython drifted.
	Results [][]int `json:"v"`
}

type pageChange struct {
	Behaviour int              `json:"b"`
	From      string           `json:"from"`
	To        string           `json:"to"`
	Steps     []pageDifference `json:"d"`
}

type pageDifference struct {
	Step  int     `json:"n"` // from 1
	Text  string  `json:"t"`
	Place string  `json:"p"`
	Facet string  `json:"f"`
	Want  pageBit `json:"w"`
	Got   pageBit `json:"g"`
}

// A pageBit is a text of which the middle is marked: before, marked, after; or
// one text without a mark.
type pageBit []string

func pageDataOf(r Report) (pageIndex, []pageDetail) {
	p := pageIndex{
		Line: r.Provenance.ReferenceLine(), Mode: r.Provenance.Mode(), Notes: nonNil(r.notes()),
		Headline: r.headline(), Parity: r.Total().Parity(), Schema: r.Schema,
		Generated: r.Generated.Format("2006-01-02 15:04:05 MST"), Complete: r.Complete,
		Provenance: r.Provenance, Took: seconds(r.Provenance.Seconds), Parities: map[string]string{},
		Subjects: []string{}, Pythons: []string{}, Areas: []pageArea{}, Behaviours: []pageBehaviour{}, Changes: []pageChange{},
		Upstream: r.Upstream, Audit: r.Audit, Surface: surfaceOf(r.Surface),
	}
	for _, v := range harness.Verdicts {
		p.Verdicts = append(p.Verdicts, pageVerdict{v, symbol(v), meaning(v)})
	}
	for _, c := range r.Summary {
		key := indexOf(&p.Subjects, c.Subject) + " " + indexOf(&p.Pythons, c.Python)
		p.Parities[key] = c.Parity()
	}
	details := make([]pageDetail, len(r.Behaviours))
	number := make(map[string]int, len(r.Behaviours))
	areas := map[string]int{}
	lists := listingOf(p.Surface)
	for i, b := range r.Behaviours {
		number[b.ID] = i
		name, _, _ := strings.Cut(b.ID, ".")
		area, ok := areas[name]
		if !ok {
			area = len(p.Areas)
			areas[name] = area
			p.Areas = append(p.Areas, pageArea{name, printable(b.Area)})
		}
		out := p.behaviour(b, area)
		out.Lists = lists.of(b)
		p.Behaviours = append(p.Behaviours, out)
	}
	// No behaviour's steps depend on another's.
	_ = inParallel(len(details), func(i int) error {
		details[i] = r.pageDetailOf(r.Behaviours[i])
		return nil
	})
	for _, c := range r.Changes {
		if i, ok := number[c.ID]; ok {
			p.Changes = append(p.Changes, pageChangeOf(r.Behaviours[i], i, c))
		}
	}
	return p, details
}

// indexOf is the place of a text in a list, which it joins if it is new, as
// JavaScript writes the number.
func indexOf(list *[]string, text string) string {
	i := slices.Index(*list, text)
	if i < 0 {
		i = len(*list)
		*list = append(*list, text)
	}
	return strconv.Itoa(i)
}

func (p *pageIndex) behaviour(b Behaviour, area int) pageBehaviour {
	out := pageBehaviour{
		ID: b.ID, Area: area, Sentence: printable(b.Sentence), File: b.File, Line: b.Line,
		Labels: b.Labels, Touches: b.Touches, Requires: b.Requires, See: b.See, Aliases: b.Aliases, Results: [][]int{},
	}
	for _, res := range b.Results {
		v := []int{
			slices.Index(p.Subjects, res.Subject), slices.Index(p.Pythons, res.Python), slices.Index(harness.Verdicts, res.Verdict),
		}
		if res.Drifted {
			v = append(v, 1)
		}
		out.Results = append(out.Results, v)
	}
	return out
}

func pageChangeOf(b Behaviour, number int, c Change) pageChange {
	out := pageChange{Behaviour: number, From: c.From, To: c.To}
	for _, d := range c.Differences {
		p := pageDifference{Step: d.Step + 1, Place: place(d), Facet: string(d.Facet)}
		if d.Step < len(b.Steps) {
			p.Text = printableLines(b.Steps[d.Step].Text)
		}
		p.Want, p.Got = markedBits(d.Want, d.Got)
		out.Steps = append(out.Steps, p)
	}
	return out
}

// markedBits marks what two texts do not share.
func markedBits(want, got string) (pageBit, pageBit) {
	from, wantTo, gotTo := differentPart(want, got)
	return bitOf(want, from, wantTo), bitOf(got, from, gotTo)
}

func bitOf(text string, from, to int) pageBit {
	if from >= to {
		return pageBit{printable(text)}
	}
	return pageBit{printable(text[:from]), printable(text[from:to]), printable(text[to:])}
}

package reports

import (
	"strings"
)

// A pageDetail is what the page shows of a behaviour when it is opened.
type pageDetail struct {
	Steps  []pageStep  `json:"s"`
	Groups []pageGroup `json:"g"`
}

type pageStep struct {
	Line int    `json:"l"`
	Text string `json:"t"`
}

// A pageGroup is results that look the same.
type pageGroup struct {
	Subject  string    `json:"subject"`
	Pythons  []string  `json:"pythons"`
	Verdict  string    `json:"verdict"`
	Recorded bool      `json:"recorded,omitempty"` // the reference is a recording
	Reason   string    `json:"reason,omitempty"`
	Drifted  bool      `json:"drifted,omitempty"`
	Declared string    `json:"declared,omitempty"` // why a known difference is one
	Link     string    `json:"link,omitempty"`
	Stderr   string    `json:"stderr,omitempty"`
	Rerun    string    `json:"rerun"`
	Rows     []pageRow `json:"rows"`
	AtEnd    []string  `json:"end,omitempty"` // differences after the last step, the first one first
	FirstEnd bool      `json:"firstEnd,omitempty"`
}

// A pageRow is both sides of a step.
type pageRow struct {
	Mark         mark     `json:"m"`
	Want         pageBit  `json:"w,omitempty"`
	Got          pageBit  `json:"g,omitempty"`
	WantWarnings []string `json:"ww,omitempty"`
	GotWarnings  []string `json:"gw,omitempty"`
	Live         string   `json:"i,omitempty"` // what the variables were in one run
	Times        []string `json:"d,omitempty"` // of the reference and the subject
	First        string   `json:"f,omitempty"` // the first difference, if it is here
	Also         string   `json:"x,omitempty"`
	AlsoDetails  string   `json:"y,omitempty"`
}

func (r Report) pageDetailOf(b Behaviour) pageDetail {
	out := pageDetail{Steps: make([]pageStep, len(b.Steps)), Groups: []pageGroup{}}
	for i, s := range b.Steps {
		out.Steps[i] = pageStep{s.Line, printableLines(s.Text)}
	}
	for _, g := range groupResults(b) {
		out.Groups = append(out.Groups, r.pageGroupOf(b, g))
	}
	return out
}

func (r Report) pageGroupOf(b Behaviour, g *group) pageGroup {
	res := g.first
	out := pageGroup{
		Subject: g.subject, Pythons: g.pythons, Verdict: string(res.Verdict), Recorded: r.recorded(res.Python),
		Reason: printable(res.reason()), Drifted: res.Drifted,
		Rerun: rerunCommand("", b.ID, strings.Join(g.pythons, ","), res.Subject),
		Rows:  make([]pageRow, len(g.steps)),
	}
	if res.Known != nil {
		out.Declared, out.Link = printable(res.Known.Reason), res.Known.Link
	}
	if res.End != nil && !res.Verdict.Green() {
		out.Stderr = printableLines(res.End.Stderr)
	}
	for i, v := range g.steps {
		out.Rows[i] = pageRowOf(v)
		if i < len(res.Steps) {
			out.Rows[i].Live = liveText(res.Steps[i])
		}
		if t := g.timings[i]; t.want > 0 || t.got > 0 {
			out.Rows[i].Times = []string{timeText(t.want), timeText(t.got)}
		}
	}
	for i, d := range g.atEnd {
		out.AtEnd = append(out.AtEnd, differenceText(d))
		out.FirstEnd = out.FirstEnd || i == 0 && d == res.Differences[0]
	}
	return out
}

func timeText(s float64) string {
	if s == 0 {
		return "–"
	}
	return seconds(s)
}

func pageRowOf(v stepView) pageRow {
	row := pageRow{Mark: v.Mark, Also: v.also()}
	want, got := "", v.Ended
	if v.Want != nil {
		want = v.Want.Text
		row.WantWarnings = printables(v.Want.Warnings)
	}
	if v.Got != nil {
		got = v.Got.Text
	}
	switch v.Mark {
	case markEqual, markUnreached:
		row.Want = pageBit{printable(want)}
	case markApart:
		row.Want, row.Got = pageBit{printable(want)}, pageBit{printable(got)}
	case markDifferent:
		if v.Ended == "" {
			row.Want, row.Got = markedBits(want, got)
		} else {
			row.Want, row.Got = pageBit{printable(want)}, pageBit{printable(got)}
		}
	}
	if v.Mark != markEqual && v.Got != nil {
		row.GotWarnings = printables(v.Got.Warnings)
	}
	if v.First != nil {
		row.First = differenceText(*v.First)
	}
	var details []string
	for _, d := range v.Differences {
		details = append(details, differenceText(d))
	}
	row.AlsoDetails = strings.Join(details, "\n")
	return row
}

// liveText is what a step's variables were in one run; empty where there are
// none or nothing ran.
func liveText(s StepResult) string {
	if s.Expected == nil || s.Reference == nil {
		return ""
	}
	text := "in one run: CPython " + printable(s.Reference.Text)
	if s.Subject != nil {
		text += ", subject " + printable(s.Subject.Text)
	}
	return text
}

// differentPart is what two texts do not share at their beginning and end, as
// byte offsets: from, and where it ends in each. Words and numbers are not cut.
func differentPart(a, b string) (from, aEnd, bEnd int) {
	for from < len(a) && from < len(b) && a[from] == b[from] {
		from++
	}
	for from > 0 && (inWord(a, from) || inWord(b, from)) {
		from--
	}
	aEnd, bEnd = len(a), len(b)
	for aEnd > from && bEnd > from && a[aEnd-1] == b[bEnd-1] {
		aEnd--
		bEnd--
	}
	for aEnd < len(a) && (inWord(a, aEnd) || inWord(b, bEnd)) {
		aEnd++
		bEnd++
	}
	return from, aEnd, bEnd
}

// inWord reports whether cutting s at i would cut a word, a number or a
// character of several bytes.
func inWord(s string, i int) bool {
	return i > 0 && i < len(s) && isWordByte(s[i-1]) && isWordByte(s[i])
}

func isWordByte(c byte) bool {
	return c >= 0x80 || c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}

func printables(texts []string) []string {
	var out []string
	for _, t := range texts {
		out = append(out, printable(t))
	}
	return out
}

func printableLines(s string) string {
	lines := strings.Split(strings.TrimRight(s, "\n"), "\n")
	for i, line := range lines {
		lines[i] = printable(line)
	}
	return strings.Join(lines, "\n")
}

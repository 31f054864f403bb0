package reports

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/pyparity/pyparity/harness"
)

type junitSuites struct {
	XMLName  xml.Name     `xml:"testsuites"`
	Name     string       `xml:"name,attr"`
	Tests    int          `xml:"tests,attr"`
	Failures int          `xml:"failures,attr"`
	Errors   int          `xml:"errors,attr"`
	Skipped  int          `xml:"skipped,attr"`
	Time     string       `xml:"time,attr"`
	Suites   []junitSuite `xml:"testsuite"`
}

type junitSuite struct {
	Name       string          `xml:"name,attr"`
	Tests      int             `xml:"tests,attr"`
	Failures   int             `xml:"failures,attr"`
	Errors     int             `xml:"errors,attr"`
	Skipped    int             `xml:"skipped,attr"`
	Time       string          `xml:"time,attr"`
	Timestamp  string          `xml:"timestamp,attr"`
	Properties []junitProperty `xml:"properties>property"`
	Cases      []junitCase     `xml:"testcase"`
}

type junitProperty struct {
	Name  string `xml:"name,attr"`
	Value string `xml:"value,attr"`
}

type junitCase struct {
	ClassName string        `xml:"classname,attr"`
	Name      string        `xml:"name,attr"`
	File      string        `xml:"file,attr,omitempty"`
	Line      int           `xml:"line,attr,omitempty"`
	Time      string        `xml:"time,attr"`
	Failure   *junitProblem `xml:"failure"`
	Error     *junitProblem `xml:"error"`
	Skipped   *junitProblem `xml:"skipped"`
	Output    string        `xml:"system-out,omitempty"`
}

type junitProblem struct {
	Type    string `xml:"type,attr,omitempty"`
	Message string `xml:"message,attr"`
	Text    string `xml:",chardata"`
}

// WriteJUnit writes JUnit XML: a testsuite per subject and Python, a testcase
// per behaviour. What differs, is fixed, hung or crashed is a failure, with both
// sides step by step; what could not be judged is an error; what this machine
// does not support is skipped; a known difference passes and says so.
func WriteJUnit(w io.Writer, r Report) error {
	out := junitSuites{Name: "pyparity", Time: junitTime(r.Provenance.Seconds)}
	for _, count := range r.Summary {
		suite, err := r.junitSuite(count)
		if err != nil {
			return err
		}
		out.Tests += suite.Tests
		out.Failures += suite.Failures
		out.Errors += suite.Errors
		out.Skipped += suite.Skipped
		out.Suites = append(out.Suites, suite)
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	enc := xml.NewEncoder(w)
	enc.Indent("", " ")
	if err := enc.Encode(out); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

func (r Report) junitSuite(count Count) (junitSuite, error) {
	suite := junitSuite{
		Name:      fmt.Sprintf("%s, Python %s", count.Subject, count.Python),
		Timestamp: r.Provenance.Started.Format("2006-01-02T15:04:05"),
		Properties: []junitProperty{
			{"subject", count.Subject},
			{"python", count.Python},
			{"reference", r.Provenance.ReferenceLine()},
			{"complete", strconv.FormatBool(r.Complete)},
			{"go", r.Provenance.Go},
			{"commit", r.Provenance.Commit},
		},
	}
	total := 0.0
	for _, b := range r.Behaviours {
		for _, res := range b.Results {
			if res.Subject != count.Subject || res.Python != count.Python {
				continue
			}
			c, err := junitCaseOf(b, res, r.recorded(res.Python))
			if err != nil {
				return suite, err
			}
			suite.add(c)
			total += res.Seconds
		}
	}
	suite.Time = junitTime(total)
	return suite, nil
}

func (s *junitSuite) add(c junitCase) {
	s.Tests++
	switch {
	case c.Failure != nil:
		s.Failures++
	case c.Error != nil:
		s.Errors++
	case c.Skipped != nil:
		s.Skipped++
	}
	s.Cases = append(s.Cases, c)
}

func junitCaseOf(b Behaviour, res Result, recorded bool) (junitCase, error) {
	area, name, found := strings.Cut(b.ID, ".")
	if !found {
		area, name = "", b.ID
	}
	c := junitCase{
		ClassName: strings.TrimSuffix("pyparity."+area, "."), Name: name,
		File: b.File, Line: b.Line, Time: junitTime(res.Seconds),
	}
	problem := &junitProblem{Type: string(res.Verdict), Message: firstNonEmpty(oneLine(res.why(b)), meaning(res.Verdict))}
	switch res.Verdict {
	case harness.Match:
		return c, nil
	case harness.Known:
		c.Output = "known difference: " + problem.Message
		if res.Known != nil {
			c.Output += "\n" + strings.TrimSpace(res.Known.Reason+"\n"+res.Known.Link)
		}
		return c, nil
	case harness.Unsupported:
		c.Skipped = problem
		return c, nil
	case harness.Differ, harness.Fixed, harness.Hang, harness.Crash:
		c.Failure = problem
	default:
		c.Error = problem
	}
	var text bytes.Buffer
	text.WriteByte('\n')
	if err := writeSideBySide(&text, b, res, recorded, SideBySideOptions{}); err != nil {
		return c, err
	}
	problem.Text = text.String()
	return c, nil
}

// recorded reports whether a Python's reference was its recordings.
func (r Report) recorded(python string) bool {
	for _, ref := range r.Provenance.References {
		if ref.Python == python {
			return ref.Mode == ModeRecorded
		}
	}
	return false
}

func junitTime(s float64) string { return fmt.Sprintf("%.6f", s) }

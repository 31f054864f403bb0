package reports

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

// made says of which program and when what stands beside a report is.
type made struct {
	Commit  string    `json:"commit"`
	Started time.Time `json:"started"`
}

func (m made) String() string {
	var parts []string
	if m.Commit != "" {
		parts = append(parts, "commit "+mdCode(m.Commit))
	}
	if !m.Started.IsZero() {
		parts = append(parts, m.Started.UTC().Format("2006-01-02 15:04 MST"))
	}
	if len(parts) == 0 {
		return ""
	}
	return " (" + strings.Join(parts, ", ") + ")"
}

// besideAudit and besideUpstream are what the summary tells of an audit, and of
// CPython's own tests on one Python. They are read leniently, as the page does:
// another program may have written them.
type (
	besideAudit struct {
		made
		Caught, Total int
		Survivors     []json.RawMessage
	}
	besideUpstream struct {
		made
		Python      string
		Suites      []string
		BothPass    int `json:"both_pass"`
		Differences []json.RawMessage
	}
)

// markdownBeside writes what other commands found out.
func (r Report) markdownBeside(b *strings.Builder) {
	var lines []string
	for _, a := range eachBeside[besideAudit](r.Audit) {
		if a.Total > 0 {
			lines = append(lines, fmt.Sprintf("The audit: the behaviours catch %d of %d wrong ports, %d survive%s", a.Caught, a.Total, len(a.Survivors), a.made))
		}
	}
	for _, u := range eachBeside[besideUpstream](r.Upstream) {
		if u.Python != "" {
			lines = append(lines, fmt.Sprintf("CPython's own tests, %s of %s: %d pass on CPython and on the port, %d end otherwise%s",
				mdText(strings.Join(u.Suites, ", ")), mdText(u.Python), u.BothPass, len(u.Differences), u.made))
		}
	}
	if len(lines) == 0 {
		return
	}
	b.WriteString("## Other evidence\n\n- " + strings.Join(lines, "\n- ") + "\n\n")
}

// eachBeside are the objects of a list, or the one object. What has another form
// is left out.
func eachBeside[T any](data json.RawMessage) []T {
	var raw []json.RawMessage
	switch data = bytes.TrimSpace(data); {
	case len(data) == 0:
		return nil
	case data[0] != '[':
		raw = append(raw, data)
	case json.Unmarshal(data, &raw) != nil:
		return nil
	}
	var all []T
	for _, one := range raw {
		var value T
		if json.Unmarshal(one, &value) == nil {
			all = append(all, value)
		}
	}
	return all
}

package subject_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	. "github.com/onsi/gomega"

	"github.com/pyparity/pyparity/harness/subject"
)

// isolated runs behaviours of the given names on liars of their own, and returns
// how each ended.
func isolated(t *testing.T, lies ...string) []subject.Event {
	g := NewWithT(t)
	t.Setenv("PYPARITY_LIAR", "1")
	exe, err := os.Executable()
	g.Expect(err).NotTo(HaveOccurred())
	requests := []subject.Request{{Op: subject.OpHello, Protocol: subject.Protocol, Python: "3.13"}}
	for _, lie := range lies {
		requests = append(requests, request(lie))
	}
	var in, out bytes.Buffer
	for _, r := range requests {
		g.Expect(json.NewEncoder(&in).Encode(r)).To(Succeed())
	}
	g.Expect(subject.Isolate(context.Background(), []string{exe}, &in, &out)).To(Succeed())
	var events []subject.Event
	for dec := json.NewDecoder(&out); ; {
		var e subject.Event
		err := dec.Decode(&e)
		if err == io.EOF {
			return events
		}
		g.Expect(err).NotTo(HaveOccurred())
		events = append(events, e)
	}
}

// Whatever a behaviour does to the agent, the next one has a new agent, and what
// was observed before is kept.
func TestIsolateRunsEachBehaviourInAProcessOfItsOwn(t *testing.T) {
	g := NewWithT(t)
	events := isolated(t, "honest", "crash", "hang", "junk", "honest")
	var told []string
	for _, e := range events {
		switch {
		case e.Done != nil:
			told = append(told, fmt.Sprintf("%s: %s", e.ID, e.Done.End))
		case e.Step != nil:
			told = append(told, fmt.Sprintf("%s %d", e.ID, e.Step.Step))
		default:
			told = append(told, e.Hello.Implementation)
		}
	}
	g.Expect(told).To(Equal([]string{
		"liar",
		"lies.honest 0", "lies.honest 1", "lies.honest 2", "lies.honest: done",
		"lies.crash 0", "lies.crash: crash",
		"lies.hang 0", "lies.hang: hang",
		"lies.junk 0", "lies.junk: crash",
		"lies.honest 0", "lies.honest 1", "lies.honest 2", "lies.honest: done",
	}))
	g.Expect(events[6].Done.Detail).To(ContainSubstring("exit status 1"))
}

func TestIsolateRefusesWhatIsNoRequest(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"hello\n", "a line that is no request"},
		{`{"op":"dance"}` + "\n", `"dance"`},
		{`{"op":"run","id":"a.b"}` + "\n", "without limits"},
		{`{"op":"he`, "unexpected EOF"},
	} {
		err := subject.Isolate(context.Background(), []string{"true"}, strings.NewReader(c.in), io.Discard)
		NewWithT(t).Expect(err).To(MatchError(ContainSubstring(c.want)), c.in)
	}
	err := subject.Isolate(context.Background(), []string{"/does/not/exist"},
		strings.NewReader(`{"op":"hello","protocol":1,"python":"3.13"}`+"\n"), io.Discard)
	NewWithT(t).Expect(err).To(MatchError(ContainSubstring("no such file")))
}

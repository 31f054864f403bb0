package subject_test

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	. "github.com/onsi/gomega"

	"github.com/pyparity/pyparity/harness/subject"
	"github.com/pyparity/pyparity/harness/trace"
)

// TestMain lets this test binary serve as the subject: what it does wrong is
// said by the behaviour's first step.
func TestMain(m *testing.M) {
	if os.Getenv("PYPARITY_LIAR") != "" {
		liar()
		return
	}
	os.Exit(m.Run())
}

func liar() {
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(nil, subject.MaxLine)
	for in.Scan() {
		var req subject.Request
		if err := json.Unmarshal(in.Bytes(), &req); err != nil {
			os.Exit(3)
		}
		if req.Op == subject.OpHello {
			say(subject.Event{Event: subject.EventHello, Hello: &subject.Hello{
				Protocol: subject.Protocol, Implementation: "liar", Version: "1", Python: req.Python,
			}})
			continue
		}
		misbehave(req)
	}
}

func say(e subject.Event) {
	data, err := json.Marshal(e)
	if err != nil {
		panic(err)
	}
	fmt.Println(string(data))
}

func observe(req subject.Request, step int) {
	v := trace.IntValue(int64(step))
	say(subject.Event{Event: subject.EventStep, ID: req.ID, Step: &trace.Observation{Step: step, Returned: &v}})
}

func done(req subject.Request, end trace.End) {
	say(subject.Event{Event: subject.EventDone, ID: req.ID, Done: &subject.Done{End: end}})
}

func misbehave(req subject.Request) {
	observe(req, 0)
	switch strings.TrimSpace(req.Steps[0].Text) {
	case "hang":
		select {}
	case "crash":
		fmt.Fprintln(os.Stderr, "the cause of it all")
		os.Exit(1)
	case "junk":
		fmt.Println("Traceback (most recent call last):")
	case "half a line":
		fmt.Print(`{"event":"ste`)
		os.Exit(0)
	case "endless line":
		for {
			if _, err := os.Stdout.WriteString(strings.Repeat("x", 1<<16)); err != nil {
				return
			}
		}
	case "skips a step":
		observe(req, 2)
	case "early done":
		done(req, trace.EndDone)
	case "unknown end":
		done(req, "fine")
	case "wrong id":
		req.ID = "another.one"
		observe(req, 1)
	case "too many steps":
		for i := 1; i <= len(req.Steps); i++ {
			observe(req, i)
		}
	case "chatter after done":
		observe(req, 1)
		observe(req, 2)
		done(req, trace.EndDone)
		fmt.Println("see you")
	default:
		observe(req, 1)
		observe(req, 2)
		done(req, trace.EndDone)
	}
}

func startLiar(t *testing.T) subject.Worker {
	t.Setenv("PYPARITY_LIAR", "1")
	exe, err := os.Executable()
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	s, err := subject.NewCommand(subject.CommandPrefix + "'" + exe + "'")
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	s.Margin = 2 * time.Second
	w, err := s.Start(context.Background(), "3.13", 0)
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	t.Cleanup(func() { NewWithT(t).Expect(w.Close()).To(Succeed()) })
	return w
}

func request(first string) subject.Request {
	return subject.Request{
		Op: subject.OpRun, ID: "lies." + strings.ReplaceAll(first, " ", "_"), Modules: []string{"socket"},
		Steps:        []subject.Step{{Text: first}, {Text: "b"}, {Text: "c"}},
		Limits:       &subject.Limits{Step: 100 * time.Millisecond, Behaviour: time.Second},
		Perturbation: &subject.Perturbation{},
	}
}

func TestABrokenSubjectCostsItsOwnBehaviour(t *testing.T) {
	for _, c := range []struct {
		lie    string
		end    trace.End
		detail string
	}{
		{"hang", trace.EndHang, "step 2 gave no answer"},
		{"crash", trace.EndCrash, "closed its output at step 2: exit status 1"},
		{"junk", trace.EndBroken, `at step 2: not an event`},
		{"half a line", trace.EndBroken, "at step 2: not an event"},
		{"endless line", trace.EndBroken, "a line longer than"},
		{"skips a step", trace.EndBroken, "observation of step 3 where step 2 of 3 was due"},
		{"early done", trace.EndBroken, "said done after 1 of 3 steps"},
		{"unknown end", trace.EndBroken, `ended with "fine"`},
		{"wrong id", trace.EndBroken, `an event of "another.one"`},
		{"too many steps", trace.EndBroken, "observation of step 4"},
	} {
		t.Run(c.lie, func(t *testing.T) {
			g := NewWithT(t)
			w := startLiar(t)
			got, err := w.Run(context.Background(), request(c.lie))
			g.Expect(err).NotTo(HaveOccurred())
			g.Expect(got.End).To(Equal(c.end))
			g.Expect(got.Detail).To(ContainSubstring(c.detail))
			g.Expect(got.Observations).NotTo(BeEmpty(), "what came before the lie is kept")
			if c.lie == "crash" {
				g.Expect(got.Stderr).To(ContainSubstring("the cause of it all"))
			}

			after, err := w.Run(context.Background(), request("honest"))
			g.Expect(err).NotTo(HaveOccurred())
			g.Expect(after.End).To(Equal(trace.EndDone), after.Detail)
			g.Expect(after.Observations).To(HaveLen(3))
		})
	}
}

func TestOutputBetweenBehavioursIsBlamedOnNone(t *testing.T) {
	g := NewWithT(t)
	w := startLiar(t)
	first, err := w.Run(context.Background(), request("chatter after done"))
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(first.End).To(Equal(trace.EndDone))
	time.Sleep(50 * time.Millisecond) // until the chatter is there
	next, err := w.Run(context.Background(), request("honest"))
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(next.End).To(Equal(trace.EndDone), next.Detail)
}

func TestInterruptEndsARun(t *testing.T) {
	g := NewWithT(t)
	w := startLiar(t)
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
	defer cancel()
	req := request("hang")
	req.Limits = &subject.Limits{Step: time.Hour, Behaviour: time.Hour}
	_, err := w.Run(ctx, req)
	g.Expect(err).To(MatchError(context.DeadlineExceeded))
}

// A process that does not introduce itself properly is an error at once.
func TestHandshakeErrors(t *testing.T) {
	for _, c := range []struct{ command, want string }{
		{"true", "ended before it said hello"},
		{"echo '{\"event\":\"done\",\"id\":\"x\",\"end\":\"done\"}'", `sent "done" before its hello`},
		{"echo hello", "its hello is not an event"},
		{"echo '{\"event\":\"hello\",\"protocol\":9,\"implementation\":\"x\",\"version\":\"1\"}'", "speaks protocol 9"},
		{"/does/not/exist", "ended before it said hello; it wrote on stderr"},
	} {
		g := NewWithT(t)
		s, err := subject.NewCommand("exec:" + c.command)
		g.Expect(err).NotTo(HaveOccurred())
		_, err = s.Start(context.Background(), "3.13", 0)
		g.Expect(err).To(MatchError(ContainSubstring(c.want)))
	}
	_, err := subject.NewCommand("exec: ")
	NewWithT(t).Expect(err).To(MatchError(ContainSubstring("write exec:COMMAND")))
}

// deaf is a process that never reads its input.
type deaf struct {
	in  *io.PipeWriter
	inR *io.PipeReader
	out *io.PipeReader
	w   *io.PipeWriter
}

func (d *deaf) Stdin() io.WriteCloser { return d.in }
func (d *deaf) Stdout() io.Reader     { return d.out }
func (d *deaf) Stderr() string        { return "" }
func (d *deaf) Close() error {
	return errors.Join(d.inR.Close(), d.w.Close())
}

func TestASubjectThatDoesNotReadIsHung(t *testing.T) {
	g := NewWithT(t)
	s := &subject.Stream{SubjectName: "deaf", Margin: 2 * time.Second, StartFunc: func(context.Context, string, int) (subject.Process, error) {
		d := &deaf{}
		d.inR, d.in = io.Pipe()
		d.out, d.w = io.Pipe()
		go func() {
			// The handshake is heard, the rest is not.
			if _, err := bufio.NewReaderSize(d.inR, 16).ReadSlice('{'); err == nil {
				fmt.Fprintln(d.w, `{"event":"hello","protocol":1,"implementation":"deaf","version":"1"}`)
			}
			buf := make([]byte, 1)
			for {
				if n, err := d.inR.Read(buf); err != nil || (n == 1 && buf[0] == '\n') {
					return
				}
			}
		}()
		return d, nil
	}}
	w, err := s.Start(context.Background(), "3.13", 0)
	g.Expect(err).NotTo(HaveOccurred())
	defer func() { g.Expect(w.Close()).To(Succeed()) }()
	got, err := w.Run(context.Background(), request("honest"))
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(got.End).To(Equal(trace.EndHang))
	g.Expect(got.Detail).To(ContainSubstring("did not read its input"))
}

func TestEveryLineMeetsTheSchema(t *testing.T) {
	g := NewWithT(t)
	v, err := subject.NewValidator()
	g.Expect(err).NotTo(HaveOccurred())
	one, errno := trace.IntValue(1), trace.IntValue(111)
	raised := &trace.Exception{
		Class: "ConnectionRefusedError", Bases: []string{"ConnectionError", "OSError"},
		Args: []trace.Value{errno, trace.StrValue("Connection refused")}, Errno: &errno,
		Text: trace.StrValue("[Errno 111] Connection refused"),
	}
	for _, e := range []subject.Event{
		{Event: subject.EventHello, Hello: &subject.Hello{Protocol: 1, Implementation: "x", Version: "1", Platform: map[string]string{}, Capabilities: []string{"ipv4"}}},
		{Event: subject.EventStep, ID: "a.b", Step: &trace.Observation{Step: 0, Returned: &one}},
		{Event: subject.EventStep, ID: "a.b", Step: &trace.Observation{Step: 1, Raised: raised, Warnings: []trace.Warning{{Class: "ResourceWarning", Text: trace.StrValue("x")}}}},
		{Event: subject.EventStep, ID: "a.b", Step: &trace.Observation{Step: 2, NotRun: "s"}},
		{Event: subject.EventDone, ID: "a.b", Done: &subject.Done{End: trace.EndDone}},
	} {
		line, err := json.Marshal(e)
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(v.Event(line)).To(Succeed(), string(line))
		var back subject.Event
		g.Expect(json.Unmarshal(line, &back)).To(Succeed())
		g.Expect(back).To(Equal(e))
	}
	for _, r := range []subject.Request{{Op: subject.OpHello, Protocol: 1, Python: "3.13"}, request("x")} {
		line, err := json.Marshal(r)
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(v.Request(line)).To(Succeed(), string(line))
	}
	for _, bad := range []string{
		`{}`, `{"event":"step","id":"a.b","step":0}`, `{"event":"step","id":"a.b","step":0,"returned":5}`,
		`{"event":"done","id":"a.b","end":"fine"}`, `{"event":"step","id":"a.b","step":0,"returned":null,"not_run":"x"}`,
	} {
		g.Expect(v.Event([]byte(bad))).NotTo(Succeed(), bad)
	}
}

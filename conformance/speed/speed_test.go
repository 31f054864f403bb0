package speed_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"os/exec"
	"strings"
	"testing"
	"time"

	. "github.com/onsi/gomega"

	"github.com/pyparity/pyparity/conformance/speed"
)

func options() speed.Options {
	return speed.Options{Rounds: 2, Slice: time.Millisecond, Host: "localhost", Note: func(string) {}}
}

// inGo is a worker for the port and for Go's net.
func inGo(t *testing.T) []speed.Lane {
	requests, stdin := io.Pipe()
	stdout, answers := io.Pipe()
	ended := make(chan error, 1)
	go func() { ended <- speed.Serve(requests, answers) }()
	t.Cleanup(func() {
		_ = stdin.Close() // of a pipe
		NewWithT(t).Expect(<-ended).To(Succeed())
	})
	stream := speed.NewStream(stdin, stdout)
	return []speed.Lane{{Name: speed.Port, Stream: stream}, {Name: speed.Net, Stream: stream}}
}

func TestEveryScenarioIsMeasured(t *testing.T) {
	g := NewWithT(t)
	results, err := speed.Run(t.Context(), inGo(t), options())
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(results.Scenarios).To(HaveLen(len(speed.Scenarios)))
	for _, result := range results.Scenarios {
		g.Expect(result.Samples).To(HaveLen(2), result.Name)
		g.Expect(result.Lanes[speed.Port].Median).To(BeNumerically(">", 0), result.Name)
		ratio := result.Ratios[speed.Net]
		g.Expect(ratio.Low).To(BeNumerically("<=", ratio.Median), result.Name)
		g.Expect(ratio.Median).To(BeNumerically("<=", ratio.High), result.Name)
	}
	var table bytes.Buffer
	results.Print(&table)
	g.Expect(strings.Count(table.String(), "\n")).To(Equal(len(speed.Scenarios) + 3))
	encoded, err := json.Marshal(results)
	g.Expect(err).NotTo(HaveOccurred())
	var decoded speed.Results
	g.Expect(json.Unmarshal(encoded, &decoded)).To(Succeed())
	g.Expect(decoded.Scenarios[0].Samples).To(Equal(results.Scenarios[0].Samples))
}

// The worker for CPython understands the same lines. Whichever Python is here
// will do; the containers' are used by the command.
func TestPythonWorker(t *testing.T) {
	g := NewWithT(t)
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("there is no python3 here: ", err)
	}
	cmd := exec.CommandContext(t.Context(), python, "-I", "-c", speed.Script)
	stdin, err := cmd.StdinPipe()
	g.Expect(err).NotTo(HaveOccurred())
	stdout, err := cmd.StdoutPipe()
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(cmd.Start()).To(Succeed())
	lanes := append(inGo(t), speed.Lane{Name: speed.CPython, Stream: speed.NewStream(stdin, stdout)})
	results, err := speed.Run(t.Context(), lanes, options())
	g.Expect(err).NotTo(HaveOccurred())
	for _, result := range results.Scenarios {
		g.Expect(result.Ratios).To(HaveKey(speed.CPython), result.Name)
	}
	g.Expect(stdin.Close()).To(Succeed())
	g.Expect(cmd.Wait()).To(Succeed())
}

func TestErrorsNameTheLaneAndTheScenario(t *testing.T) {
	g := NewWithT(t)
	lanes := inGo(t)
	lanes[1].Name = "nobody"
	_, err := speed.Run(t.Context(), lanes, options())
	g.Expect(err).To(MatchError(And(ContainSubstring("nobody"), ContainSubstring("TCP echo"))))

	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = speed.Run(ctx, inGo(t), options())
	g.Expect(err).To(MatchError(context.Canceled))
}

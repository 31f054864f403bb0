package starlark_test

import (
	"testing"

	"github.com/pyparity/pyparity/harness/starlark"
	"github.com/pyparity/pyparity/harness/subject"
)

// BenchmarkBehaviour is what the runner itself takes for a behaviour of ten
// plain steps.
func BenchmarkBehaviour(b *testing.B) {
	runner := &starlark.Runner{}
	req := subject.Request{Op: subject.OpRun, ID: "bench.steps"}
	for range 10 {
		req.Steps = append(req.Steps, subject.Step{Text: `x = [n * 2 for n in range(5)] + [len("abc".upper())]`, Assigns: []string{"x"}})
	}
	for b.Loop() {
		if err := runner.Run(b.Context(), req, func(subject.Event) error { return nil }); err != nil {
			b.Fatal(err)
		}
	}
}

package starlark_test

import (
	"context"
	"errors"
	"testing"

	. "github.com/onsi/gomega"
	gostarlark "go.starlark.net/starlark"
	"go.starlark.net/starlarkstruct"

	"github.com/pyparity/pyparity/harness/starlark"
	"github.com/pyparity/pyparity/harness/subject"
)

// holding is a module whose hold waits until it is interrupted, or until let
// lets it go.
func holding() starlark.Module {
	return starlark.Module{Name: "waits", New: func(env *starlark.Env) (gostarlark.Value, error) {
		free := make(chan struct{}, 1)
		builtin := func(name string, f func() error) gostarlark.Value {
			return gostarlark.NewBuiltin(name, func(*gostarlark.Thread, *gostarlark.Builtin, gostarlark.Tuple, []gostarlark.Tuple) (gostarlark.Value, error) {
				return gostarlark.None, f()
			})
		}
		return &starlarkstruct.Module{Name: "waits", Members: gostarlark.StringDict{
			"let": builtin("let", func() error { free <- struct{}{}; return nil }),
			"hold": builtin("hold", func() error {
				ended := make(chan struct{}, 1)
				return env.Waiting(func() error {
					select {
					case <-free:
						return nil
					case <-ended:
						return errors.New("interrupted")
					}
				}, func() { ended <- struct{}{} })
			}),
		}}, nil
	}}
}

// A handler of a signal runs while a call waits; one that raises ends the call of
// the steps, and none of spawn.
func TestSignalsReachACallThatWaits(t *testing.T) {
	g := NewWithT(t)
	request := subject.Request{ID: "signals", Modules: []string{"waits"}}
	for _, text := range []string{
		"signal.signal(signal.SIGALRM, lambda number, frame: waits.let())",
		"signal.setitimer(signal.ITIMER_REAL, 0.01)",
		"waits.hold()",
		`signal.signal(signal.SIGALRM, lambda number, frame: {}["raised"])`,
		"h = spawn(waits.hold)",
		"[signal.setitimer(signal.ITIMER_REAL, 0.01), waits.hold()]",
		"waits.let()",
		"join(h)",
	} {
		request.Steps = append(request.Steps, subject.Step{Text: text})
	}
	var raised []string
	runner := &starlark.Runner{Modules: []starlark.Module{holding()}}
	err := runner.Run(context.Background(), request, func(event subject.Event) error {
		if event.Step != nil {
			class := ""
			if event.Step.Raised != nil {
				class = event.Step.Raised.Class
			}
			raised = append(raised, class)
		}
		return nil
	})
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(raised).To(Equal([]string{"", "", "", "", "", "KeyError", "", ""}))
}

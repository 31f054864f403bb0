package conformance

import (
	"fmt"

	"go.starlark.net/starlark"

	harnessstarlark "github.com/pyparity/pyparity/harness/starlark"
	"github.com/pyparity/pyparity/harness/starlark/pyval"
	"github.com/pyparity/pyparity/harness/subject"
	"github.com/pyparity/pyparity/impl/pysocket"
	"github.com/pyparity/pyparity/impl/socket"
)

// AgentCommand is the subcommand of pyparity that runs the port as a subject.
const AgentCommand = "agent"

// PortModules are the modules under test, as the port has them.
func PortModules() []harnessstarlark.Module {
	return []harnessstarlark.Module{{
		Name: "socket",
		Own:  true,
		New: func(env *harnessstarlark.Env) (starlark.Value, error) {
			env.OnClose(socket.Closing)
			return pysocket.Module(pysocket.Options{Python: env.Python, Warn: env.Warn, Imports: env.Observers, Waiting: interruptible(env), Audit: env.Audit})
		},
	}}
}

// interruptible makes the error of a handler that ended a wait one that the port
// knows.
func interruptible(env *harnessstarlark.Env) func(wait func() error, interrupt func()) error {
	return func(wait func() error, interrupt func()) error {
		err := env.Waiting(wait, interrupt)
		if _, raised := pyval.AsException(err); raised {
			return fmt.Errorf("%w: a handler raised %w", socket.ErrInterrupted, err)
		}
		return err
	}
}

// PortRunner runs behaviours on the port in this process. Its variants are the
// wrong ports of Mutants.
func PortRunner(python string) (*harnessstarlark.Runner, error) {
	runner, err := newPortRunner(python)
	if err != nil {
		return nil, err
	}
	runner.Variant = func(id string) (*harnessstarlark.Runner, error) { return mutant(python, id) }
	return runner, nil
}

func newPortRunner(python string) (*harnessstarlark.Runner, error) {
	version, err := pyval.ParseVersion(python)
	if err != nil {
		return nil, err
	}
	return &harnessstarlark.Runner{Python: version, Modules: PortModules(), Version: BuiltFrom()}, nil
}

// PortAgent serves the port over standard input and output.
func PortAgent() *harnessstarlark.Agent {
	return &harnessstarlark.Agent{New: PortRunner}
}

func inProcess(name string) subject.Subject {
	return &subject.Local{SubjectName: name, New: func(python string) (subject.Runner, error) { return PortRunner(python) }}
}

package pyref

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// An implementation is another Python than CPython that is a subject out of the
// box.
type implementation struct {
	name    string // of the subject: "pypy"
	title   string
	recipes []recipe
	// command is what runs behaviours, within the container.
	command []string
}

// The other implementations, as Debian packages them. PyPy runs the reference's
// own agent. MicroPython has neither its modules nor processes to fork, so that
// a smaller agent is started anew for each behaviour.
var implementations = []implementation{
	{
		name: "pypy", title: "PyPy",
		recipes: []recipe{pypy("3.9", "bookworm"), pypy("3.11", "trixie")},
		command: []string{"pypy3", "-I", insideAgent},
	},
	{
		name: "micropython", title: "MicroPython",
		recipes: []recipe{{
			title: "MicroPython", suites: []string{"trixie", "forky"}, repository: "pyparity/micropython",
			program: "micropython", debs: []string{"micropython"}, warming: []string{"-c", "pass"},
		}},
		command: []string{insideBinary, IsolateCommand, "--", "micropython", insideMicroAgent},
	},
}

// IsolateCommand is the subcommand of pyparity that runs a simple agent once for
// each behaviour.
const IsolateCommand = "isolate"

func pypy(python, suite string) recipe {
	return recipe{
		title: "PyPy for Python " + python, python: python, suites: []string{suite}, repository: "pyparity/pypy",
		program: "pypy3", debs: []string{"pypy3"}, warming: []string{"-I", "-c", warming},
	}
}

// Implementations lists the other Pythons that can be subjects.
func Implementations() []string {
	names := make([]string, len(implementations))
	for i, other := range implementations {
		names[i] = other.name
	}
	return names
}

func implementationNamed(name string) (implementation, error) {
	i := slices.IndexFunc(implementations, func(other implementation) bool { return other.name == name })
	if i < 0 {
		return implementation{}, fmt.Errorf("there is no implementation %q (there are %s)", name, strings.Join(Implementations(), ", "))
	}
	return implementations[i], nil
}

// recipeFor is the recipe whose language version is the given one, or the one
// that has none. It fails with an UnavailableError.
func (other implementation) recipeFor(python string) (recipe, error) {
	var versions []string
	for _, r := range other.recipes {
		if r.python == "" || r.python == python {
			return r, nil
		}
		versions = append(versions, r.python)
	}
	return recipe{}, &UnavailableError{python, fmt.Errorf("%s is there for Python %s only, which is what Debian packages",
		other.title, strings.Join(versions, " and "))}
}

// ObtainImplementation returns an image with another implementation that speaks
// the given version of the language. The error is an *UnavailableError where
// there is none, and otherwise as that of Obtain.
func (s *Session) ObtainImplementation(ctx context.Context, name, python string) (Image, error) {
	other, err := implementationNamed(name)
	if err != nil {
		return Image{}, err
	}
	r, err := other.recipeFor(python)
	if err != nil {
		return Image{}, err
	}
	return obtain(ctx, r, []way{s.builtBefore(r), s.built(r)}, s.options.Progress)
}

// Implementation starts another implementation in a container of the given host
// name: an agent that runs behaviours, speaking the protocol on the process's
// standard streams.
func (s *Session) Implementation(ctx context.Context, name string, image Image, hostname string) (*Process, error) {
	other, err := implementationNamed(name)
	if err != nil {
		return nil, err
	}
	binary, err := s.Binary(ctx)
	if err != nil {
		return nil, err
	}
	return s.start(ctx, image, hostname, binary, other.command...)
}

package conformance

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"go.starlark.net/starlark"
	"go.starlark.net/starlarkstruct"

	"github.com/pyparity/pyparity/harness/audit"
	harnessstarlark "github.com/pyparity/pyparity/harness/starlark"
	"github.com/pyparity/pyparity/harness/starlark/pyval"
	"github.com/pyparity/pyparity/impl/pysocket"
)

// AuditPython is the Python whose contracts an audit uses. The tables of what
// each function takes and raises are those of this one.
const AuditPython = "3.13"

// Mutants are the wrong ports that the corpus is audited with: every fault of
// the tables for everything that the port has.
var Mutants = sync.OnceValue(func() []audit.Mutant {
	table := audit.Table{Callables: slices.Concat(functions, methods, attributes, files, texts), Kinds: kinds, Faults: socketFaults}
	for i := range table.Callables {
		if class, _, isMethod := strings.Cut(table.Callables[i].Name, "."); isMethod && class != "socket" && class != "_socket" {
			// Text of files, which has positions, is of the same class.
			table.Callables[i].Makers = []string{"makefile", "SocketIO", "open"}
		}
	}
	table.Callables = slices.DeleteFunc(table.Callables, func(c audit.Callable) bool { return !offered(c.Name) })
	return append(table.Mutants(), silent)
})

// silent is the port without its warnings.
var silent = audit.NewSpoilt("socket.socket", "warning", "an unclosed socket does not warn", []string{"collect", "gc.collect", "socket.socket"},
	func(r *harnessstarlark.Runner) {
		modules := slices.Clone(r.Modules)
		right := modules[0].New
		modules[0].New = func(env *harnessstarlark.Env) (starlark.Value, error) {
			quiet := *env
			quiet.Warn = func(*pyval.Class, string) error { return nil }
			return right(&quiet)
		}
		r.Modules = modules
	})

// offered reports whether the port has what a table calls by this name.
func offered(name string) bool {
	members := portMembers()
	if class, ok := strings.CutPrefix(name, "_socket."); ok {
		return members["SocketType"] != nil && class == "socket"
	}
	class, attribute, isMethod := strings.Cut(name, ".")
	if !isMethod {
		return members[name] != nil
	}
	if name == "socket.socket" {
		return true
	}
	// What makefile returns is no name of the module.
	if class != "socket" {
		class, attribute = "socket", "makefile"
	}
	v, err := members[class].(*pyval.Class).Attr(attribute)
	return err == nil && v != nil
}

// portMembers are the names of the module, as the port has them.
var portMembers = sync.OnceValue(func() starlark.StringDict {
	version, err := pyval.ParseVersion(AuditPython)
	if err != nil {
		panic(err)
	}
	module, err := pysocket.Module(pysocket.Options{Python: version})
	if err != nil {
		panic(err)
	}
	return module.(*starlarkstruct.Module).Members
})

// mutant returns the port with a fault.
func mutant(python, id string) (*harnessstarlark.Runner, error) {
	all := Mutants()
	i := slices.IndexFunc(all, func(m audit.Mutant) bool { return m.ID == id })
	if i < 0 {
		return nil, fmt.Errorf("there is no wrong port %q", id)
	}
	runner, err := newPortRunner(python)
	if err != nil {
		return nil, err
	}
	all[i].Apply(runner)
	return runner, nil
}

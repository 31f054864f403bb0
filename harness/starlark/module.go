package starlark

import (
	"fmt"
	"maps"
	"strings"

	"go.starlark.net/starlark"
	"go.starlark.net/starlarkstruct"

	"github.com/pyparity/pyparity/harness/starlark/pyval"
)

// A Module is something that behaviours can use by its name: the module under
// test.
type Module struct {
	Name string
	// New makes the module for one behaviour, so that its state (a default
	// timeout, for instance) does not outlive it.
	New func(env *Env) (starlark.Value, error)
	// Own says that New makes another module each time, so that what steps assign to
	// its names may be left there, where its functions find it.
	Own bool
}

// An Env is what a module may know of the behaviour that it is made for.
type Env struct {
	Python pyval.Version
	// Warn takes warnings that no call issues: those of finalisers. It may be
	// called from any goroutine, also after the behaviour's end.
	Warn pyval.WarnFunc
	// Waiting is for the module to call, on the goroutine of the call, where a call
	// has to wait: wait does that. A handler of a signal that runs meanwhile ends the
	// wait by interrupt, after which wait returns within moments, with EINTR unless it
	// was over. Then it is called again, to go on; or, if the handler raised, what it
	// raised is the error of Waiting, to fail the call with.
	Waiting func(wait func() error, interrupt func()) error
	// Audit is for the module to call, on the goroutine of the call, where it raises
	// an auditing event. The error is what a hook raised, to fail the call with; the
	// arguments are made only if there is a hook.
	Audit func(event string, args func() starlark.Tuple) error
	// Observers are the modules that are no part of what is under test and that it
	// may have among its own names: os, errno and the like.
	Observers map[string]starlark.Value
	// OnClose has f called with each descriptor that a step is about to close by its
	// number, for a module that has calls waiting on it.
	OnClose func(f func(fd int))
}

// bind makes the modules that a behaviour asks for.
func (r *Runner) bind(env *Env, names []string) (starlark.StringDict, error) {
	bound := starlark.StringDict{}
	for _, name := range names {
		top, _, _ := strings.Cut(name, ".")
		m, ok := r.module(top)
		if !ok {
			return nil, fmt.Errorf("there is no module %s here", name)
		}
		v, err := m.New(env)
		if err != nil {
			return nil, fmt.Errorf("module %s: %w", name, err)
		}
		if shared, ok := v.(*starlarkstruct.Module); ok && !m.Own {
			// A step may assign attributes, and all share the module.
			v = &starlarkstruct.Module{Name: shared.Name, Members: maps.Clone(shared.Members)}
		}
		bound[top] = v
	}
	return bound, nil
}

func (r *Runner) module(name string) (Module, bool) {
	for _, m := range r.Modules {
		if m.Name == name {
			return m, true
		}
	}
	return Module{}, false
}

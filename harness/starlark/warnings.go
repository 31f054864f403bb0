package starlark

import (
	"slices"
	"sync"

	"go.starlark.net/starlark"
	"go.starlark.net/starlarkstruct"

	"github.com/pyparity/pyparity/harness/starlark/pyval"
	"github.com/pyparity/pyparity/harness/trace"
)

// A warningLog gathers the warnings of all goroutines of a behaviour. They
// belong to the step that they arrive in.
type warningLog struct {
	mu      sync.Mutex
	issued  []trace.Warning
	filters []warningFilter // the last one first asked
}

// A warningFilter says what becomes of the warnings of a class.
type warningFilter struct {
	action   string
	category *pyval.Class
}

// The actions of filters that do not depend on what was said before. What no filter
// is for is as for warnAlways.
const (
	warnAlways = "always"
	warnError  = "error"
	warnIgnore = "ignore"
)

// add is a pyval.WarnFunc.
func (w *warningLog) add(category *pyval.Class, text string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	switch w.action(category) {
	case warnError:
		return category.Errorf("%s", text)
	case warnAlways:
		w.issued = append(w.issued, trace.Warning{Class: category.Qualified(), Text: trace.StrValue(text)})
	}
	return nil
}

func (w *warningLog) action(category *pyval.Class) string {
	for _, f := range slices.Backward(w.filters) {
		if category.Subclass(f.category) {
			return f.action
		}
	}
	return warnAlways
}

// take returns what was issued since it was last called.
func (w *warningLog) take() []trace.Warning {
	w.mu.Lock()
	defer w.mu.Unlock()
	issued := w.issued
	w.issued = nil
	return issued
}

// module is the observer warnings.
func (w *warningLog) module() *starlarkstruct.Module {
	return observerModule("warnings", pythonFunction("simplefilter", "action category?", w.simpleFilter))
}

func (w *warningLog) simpleFilter(_ *starlark.Thread, args []starlark.Value, _ starlark.Tuple) (starlark.Value, error) {
	action, ok := args[0].(starlark.String)
	if !ok || !slices.Contains([]string{warnAlways, warnError, warnIgnore}, string(action)) {
		return nil, pyval.ValueError.Errorf("invalid action: %s", pyval.Repr(args[0]))
	}
	category := pyval.Warning
	if args[1] != nil {
		if category, ok = args[1].(*pyval.Class); !ok || !category.Subclass(pyval.Warning) {
			return nil, pyval.TypeError.Errorf("category must be a Warning subclass")
		}
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.filters = append(w.filters, warningFilter{string(action), category})
	return starlark.None, nil
}

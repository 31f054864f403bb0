package starlark

import (
	"sync"

	"github.com/pyparity/pyparity/harness/starlark/pyval"
	"github.com/pyparity/pyparity/harness/trace"
)

// A warningLog gathers the warnings of all goroutines of a behaviour. They
// belong to the step that they arrive in.
type warningLog struct {
	mu     sync.Mutex
	issued []trace.Warning
}

func (w *warningLog) add(category *pyval.Class, text string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.issued = append(w.issued, trace.Warning{Class: category.Qualified(), Text: trace.StrValue(text)})
}

// take returns what was issued since it was last called.
func (w *warningLog) take() []trace.Warning {
	w.mu.Lock()
	defer w.mu.Unlock()
	issued := w.issued
	w.issued = nil
	return issued
}

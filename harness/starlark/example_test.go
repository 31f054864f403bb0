package starlark_test

import (
	"context"
	"fmt"

	"go.starlark.net/lib/math"
	gostarlark "go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark"
	"github.com/pyparity/pyparity/harness/starlark/pyval"
	"github.com/pyparity/pyparity/harness/subject"
)

// Any Starlark module can be the module under test.
func ExampleRunner() {
	runner := &starlark.Runner{
		Python: pyval.Version{Major: 3, Minor: 13},
		Modules: []starlark.Module{{Name: "math", New: func(*starlark.Env) (gostarlark.Value, error) {
			return math.Module, nil
		}}},
	}
	req := subject.Request{
		ID: "math.floor", Modules: []string{"math"},
		Steps: []subject.Step{{Text: "n = math.floor(2.5)"}, {Text: "n // 0"}},
	}
	err := runner.Run(context.Background(), req, func(e subject.Event) error {
		switch {
		case e.Step == nil:
			fmt.Println("end:", e.Done.End)
		case e.Step.Raised != nil:
			fmt.Println("raised", e.Step.Raised.Class+":", e.Step.Raised.Text.Text)
		default:
			fmt.Println("returned", e.Step.Returned.Text)
		}
		return nil
	})
	if err != nil {
		fmt.Println(err)
	}
	// Output:
	// returned 2
	// raised ZeroDivisionError: integer division or modulo by zero
	// end: done
}

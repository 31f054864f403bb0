package contract

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/pyparity/pyparity/harness/trace"
)

// expectationForm is an observation's form without the time that it took.
type expectationForm struct {
	Step     int              `json:"step"`
	Returned *trace.Value     `json:"returned,omitempty"`
	Raised   *trace.Exception `json:"raised,omitempty"`
	NotRun   string           `json:"not_run,omitempty"`
	Warnings []trace.Warning  `json:"warnings,omitempty"`
}

// MarshalJSON writes {"step", one of "returned", "raised" and "not_run", and
// "warnings" where there are any}. Values are as package trace describes.
func (e Expectation) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(expectationForm{e.Step, e.Returned, e.Raised, e.NotRun, e.Warnings})
	return bytes.TrimRight(b.Bytes(), "\n"), err
}

// UnmarshalJSON reads what MarshalJSON writes and requires exactly one outcome.
func (e *Expectation) UnmarshalJSON(data []byte) error {
	if err := e.Observation.UnmarshalJSON(data); err != nil {
		return err
	}
	e.Took = 0
	return nil
}

// UnmarshalJSON reads a contract and rejects one that Generalise cannot have
// made: without steps, with steps out of order, with variables that are not
// numbered by first appearance or stand where none can. Unknown fields are
// ignored.
func (c *Contract) UnmarshalJSON(data []byte) error {
	var form struct {
		Steps     *[]json.RawMessage `json:"steps"`
		Variables int                `json:"variables"`
	}
	if err := json.Unmarshal(data, &form); err != nil {
		return fmt.Errorf("contract: %w", err)
	}
	if form.Steps == nil {
		return errors.New("contract: it has no steps")
	}
	read := Contract{Steps: make([]Expectation, len(*form.Steps)), Variables: form.Variables}
	for i, step := range *form.Steps {
		if err := json.Unmarshal(step, &read.Steps[i]); err != nil {
			return fmt.Errorf("contract: step %d: %w", i, err)
		}
	}
	if err := read.check(); err != nil {
		return fmt.Errorf("contract: %w", err)
	}
	*c = read
	return nil
}

// check reports what Generalise cannot have made.
func (c *Contract) check() error {
	k := &checker{}
	for i, e := range c.Steps {
		if e.Step != i {
			return fmt.Errorf("the expectation at place %d is for step %d", i, e.Step)
		}
		k.observation(e.Observation)
		if k.err != nil {
			return fmt.Errorf("step %d: %w", i, k.err)
		}
	}
	if k.variables != c.Variables {
		return fmt.Errorf("its steps have %d variables, not %d", k.variables, c.Variables)
	}
	return nil
}

// A checker walks values in the order in which Generalise numbers variables.
type checker struct {
	variables int
	err       error // the first
}

func (k *checker) failf(format string, args ...any) {
	if k.err == nil {
		k.err = fmt.Errorf(format, args...)
	}
}

func (k *checker) observation(o trace.Observation) {
	if o.Returned != nil {
		k.value(*o.Returned)
	}
	if o.Raised != nil {
		k.exception(*o.Raised)
	}
	for _, w := range o.Warnings {
		k.value(w.Text)
	}
}

func (k *checker) exception(e trace.Exception) {
	if e.Errno != nil && e.Errno.Kind == trace.Var {
		k.failf("an errno cannot be a variable")
	}
	for _, v := range e.Args {
		k.value(v)
	}
	if e.Strerror != nil {
		k.value(*e.Strerror)
	}
	k.value(e.Text)
	if e.Members != nil {
		k.value(*e.Members)
	}
}

func (k *checker) value(v trace.Value) {
	switch v.Kind {
	case trace.Var:
		k.variable(v.ID)
		k.leaf(v)
	case trace.Pattern:
		k.pattern(v)
	case trace.Raised:
		k.exception(*v.Exception)
	default:
		for _, item := range v.Items {
			k.value(item)
		}
		for _, f := range v.State {
			k.value(f.Value)
		}
	}
}

func (k *checker) variable(number int) {
	switch {
	case number < 1 || number > k.variables+1:
		k.failf("variable %d where at most %d can be", number, k.variables+1)
	case number == k.variables+1:
		k.variables++
	}
}

func (k *checker) leaf(v trace.Value) {
	switch v.Of {
	case trace.Int, trace.Float:
		if v.Len != 0 {
			k.failf("variable %d is a number with a length", v.ID)
		}
	case trace.Str, trace.Bytes, trace.Bytearray, trace.Memoryview:
		if v.Len < 1 {
			k.failf("variable %d stands for %s and has no length", v.ID, v.Of)
		}
	default:
		k.failf("variable %d stands for %q, which cannot vary", v.ID, v.Of)
	}
}

func (k *checker) pattern(v trace.Value) {
	varies := false
	for _, part := range v.Items {
		if part.Kind == trace.Var {
			varies = true
			k.variable(part.ID)
		}
	}
	if !varies {
		k.failf("a pattern without variables")
	}
}

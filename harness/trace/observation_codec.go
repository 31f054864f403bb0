package trace

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

type exceptionForm struct {
	Class    string   `json:"class"`
	Bases    []string `json:"bases"`
	Args     []Value  `json:"args"`
	Errno    *Value   `json:"errno,omitempty"`
	Strerror *Value   `json:"strerror,omitempty"`
	Text     Value    `json:"text"`
	Members  *Value   `json:"exceptions,omitempty"`
}

// MarshalJSON writes {"class", "bases", "args", "errno", "strerror", "text"}, and
// "exceptions" of a group.
func (e Exception) MarshalJSON() ([]byte, error) {
	f := exceptionForm(e)
	f.Args = nonNil(f.Args)
	if f.Bases == nil {
		f.Bases = []string{}
	}
	return marshal(f)
}

// UnmarshalJSON reads what MarshalJSON writes. JSON's null for errno or
// strerror is Python's None: an attribute that is there and empty.
func (e *Exception) UnmarshalJSON(data []byte) error {
	var f struct {
		Class    string
		Bases    []string
		Args     []Value
		Errno    json.RawMessage
		Strerror json.RawMessage
		Text     Value
		Members  json.RawMessage `json:"exceptions"`
	}
	if err := json.Unmarshal(data, &f); err != nil {
		return err
	}
	if f.Class == "" {
		return errors.New("an exception needs its class")
	}
	if f.Text.Kind == "" {
		return fmt.Errorf("%s needs its text", f.Class)
	}
	// Absent is the same as empty, and is read as what is written for it.
	*e = Exception{Class: f.Class, Bases: append([]string{}, f.Bases...), Args: nonNil(f.Args), Text: f.Text}
	for _, a := range []struct {
		raw json.RawMessage
		to  **Value
	}{{f.Errno, &e.Errno}, {f.Strerror, &e.Strerror}, {f.Members, &e.Members}} {
		if a.raw == nil {
			continue
		}
		*a.to = new(Value)
		if err := (*a.to).UnmarshalJSON(a.raw); err != nil {
			return err
		}
	}
	return nil
}

type warningForm struct {
	Class string `json:"class"`
	Text  Value  `json:"text"`
}

// MarshalJSON writes {"class", "text"}.
func (w Warning) MarshalJSON() ([]byte, error) { return marshal(warningForm(w)) }

// UnmarshalJSON reads what MarshalJSON writes.
func (w *Warning) UnmarshalJSON(data []byte) error {
	if err := json.Unmarshal(data, (*warningForm)(w)); err != nil {
		return err
	}
	if w.Text.Kind == "" {
		return fmt.Errorf("%s needs its text", w.Class)
	}
	return nil
}

// MarshalJSON writes {"step", one of "returned", "raised" and "not_run",
// "warnings" where there are any, and "seconds"}.
func (o Observation) MarshalJSON() ([]byte, error) {
	f := map[string]any{"step": o.Step, "seconds": o.Took.Seconds()}
	switch o.Outcome() {
	case OutcomeRaised:
		f["raised"] = o.Raised
	case OutcomeNotRun:
		f["not_run"] = o.NotRun
	case OutcomeReturned:
		f["returned"] = o.Returned
	}
	if len(o.Warnings) > 0 {
		f["warnings"] = o.Warnings
	}
	return marshal(f)
}

// UnmarshalJSON reads what MarshalJSON writes and requires exactly one outcome.
func (o *Observation) UnmarshalJSON(data []byte) error {
	var f struct {
		Step     *int            `json:"step"`
		Returned json.RawMessage `json:"returned"`
		Raised   *Exception      `json:"raised"`
		NotRun   string          `json:"not_run"`
		Warnings []Warning       `json:"warnings"`
		Seconds  float64         `json:"seconds"`
	}
	if err := json.Unmarshal(data, &f); err != nil {
		return err
	}
	if f.Step == nil {
		return errors.New("an observation needs its step")
	}
	*o = Observation{
		Step: *f.Step, Raised: f.Raised, NotRun: f.NotRun, Warnings: f.Warnings,
		Took: time.Duration(f.Seconds * float64(time.Second)),
	}
	outcomes := 0
	for _, is := range []bool{f.Returned != nil, f.Raised != nil, f.NotRun != ""} {
		if is {
			outcomes++
		}
	}
	if outcomes != 1 {
		return fmt.Errorf("an observation needs exactly one of returned, raised and not_run; step %d has %d", *f.Step, outcomes)
	}
	if f.Returned != nil {
		o.Returned = new(Value)
		return o.Returned.UnmarshalJSON(f.Returned)
	}
	return nil
}

package reports

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"time"

	"github.com/pyparity/pyparity/harness/trace"
)

// In a file each behaviour has a list of the sides that occur in it, each once,
// and its results point into that list: most results on a behaviour show the
// same, whatever the Python and the subject.

type (
	plainBehaviour Behaviour
	plainResult    Result
)

// behaviourForm is a Behaviour in a file. Its results stand in the place of
// those of the embedded struct.
type behaviourForm struct {
	plainBehaviour
	Sides   []sideForm   `json:"sides"`
	Results []resultForm `json:"results"`
}

type resultForm struct {
	plainResult
	Steps []stepForm `json:"steps"`
}

// A stepForm is a StepResult whose sides are indices. Took is how long the
// reference and the subject took, in seconds.
type stepForm struct {
	State     State       `json:"state"`
	Expected  *int        `json:"expected,omitempty"`
	Reference *int        `json:"reference,omitempty"`
	Subject   *int        `json:"subject,omitempty"`
	Took      *[2]float64 `json:"took,omitempty"`
}

// A sideForm is a Side without what belongs to the step: its number and the
// time that it took.
type sideForm struct {
	Text     string          `json:"text"`
	Returned json.RawMessage `json:"returned,omitempty"`
	Raised   json.RawMessage `json:"raised,omitempty"`
	NotRun   string          `json:"not_run,omitempty"`
	Warnings []warningForm   `json:"warnings,omitempty"`
}

type warningForm struct {
	Text    string        `json:"text"` // as a person reads it
	Warning trace.Warning `json:"warning"`
}

// MarshalJSON writes the form that the schema describes.
func (b Behaviour) MarshalJSON() ([]byte, error) {
	in := interner{index: map[string][]int{}}
	form := behaviourForm{plainBehaviour: plainBehaviour(b), Results: make([]resultForm, len(b.Results))}
	form.plainBehaviour.Results = nil
	for i, res := range b.Results {
		out := &form.Results[i]
		out.plainResult, out.Steps = plainResult(res), make([]stepForm, len(res.Steps))
		out.plainResult.Steps = nil
		for j, s := range res.Steps {
			out.Steps[j] = stepForm{
				State: s.State, Expected: in.add(s.Expected), Reference: in.add(s.Reference), Subject: in.add(s.Subject),
				Took: tookForm(s),
			}
		}
	}
	form.Sides = make([]sideForm, len(in.sides))
	for i, s := range in.sides {
		var err error
		if form.Sides[i], err = sideFormOf(s); err != nil {
			return nil, err
		}
	}
	return encode(form)
}

// tookForm is nil where nothing was measured.
func tookForm(s StepResult) *[2]float64 {
	var took [2]float64
	for i, side := range []*Side{s.Reference, s.Subject} {
		if side != nil {
			took[i] = side.Observation.Took.Seconds()
		}
	}
	if took == [2]float64{} {
		return nil
	}
	return &took
}

// An interner numbers sides by what they show and hold.
type interner struct {
	sides []Side
	index map[string][]int // by text, which tells most sides apart
}

func (in *interner) add(s *Side) *int {
	if s == nil {
		return nil
	}
	side := *s
	side.Observation.Step, side.Observation.Took = 0, 0
	for _, i := range in.index[side.Text] {
		if reflect.DeepEqual(in.sides[i], side) {
			return &i
		}
	}
	n := len(in.sides)
	in.sides = append(in.sides, side)
	in.index[side.Text] = append(in.index[side.Text], n)
	return &n
}

func sideFormOf(s Side) (sideForm, error) {
	form := sideForm{Text: s.Text, NotRun: s.Observation.NotRun}
	var err error
	switch o := s.Observation; {
	case o.Raised != nil:
		form.Raised, err = o.Raised.MarshalJSON()
	case o.Returned != nil:
		form.Returned, err = o.Returned.MarshalJSON()
	case o.NotRun == "":
		form.Returned = json.RawMessage("null")
	}
	for i, w := range s.Observation.Warnings {
		f := warningForm{Warning: w}
		if i < len(s.Warnings) {
			f.Text = s.Warnings[i]
		}
		form.Warnings = append(form.Warnings, f)
	}
	return form, err
}

// UnmarshalJSON reads what MarshalJSON writes.
func (b *Behaviour) UnmarshalJSON(data []byte) error {
	var form behaviourForm
	if err := json.Unmarshal(data, &form); err != nil {
		return err
	}
	sides := make([]Side, len(form.Sides))
	for i, f := range form.Sides {
		var err error
		if sides[i], err = f.side(); err != nil {
			return fmt.Errorf("side %d: %w", i, err)
		}
	}
	out := Behaviour(form.plainBehaviour)
	out.Results = make([]Result, len(form.Results))
	for i, f := range form.Results {
		res := &out.Results[i]
		*res = Result(f.plainResult)
		res.Steps = make([]StepResult, len(f.Steps))
		for j, s := range f.Steps {
			var err error
			if res.Steps[j], err = s.step(j, sides); err != nil {
				return fmt.Errorf("result %d, step %d: %w", i, j, err)
			}
		}
	}
	*b = out
	return nil
}

func (f sideForm) side() (Side, error) {
	s := Side{Text: f.Text, Observation: trace.Observation{NotRun: f.NotRun}}
	outcomes := 0
	if f.Returned != nil {
		outcomes++
		s.Observation.Returned = new(trace.Value)
		if err := s.Observation.Returned.UnmarshalJSON(f.Returned); err != nil {
			return s, err
		}
	}
	if f.Raised != nil {
		outcomes++
		s.Observation.Raised = new(trace.Exception)
		if err := s.Observation.Raised.UnmarshalJSON(f.Raised); err != nil {
			return s, err
		}
	}
	if f.NotRun != "" {
		outcomes++
	}
	if outcomes != 1 {
		return s, fmt.Errorf("it has %d of returned, raised and not_run", outcomes)
	}
	for _, w := range f.Warnings {
		s.Observation.Warnings = append(s.Observation.Warnings, w.Warning)
		s.Warnings = append(s.Warnings, w.Text)
	}
	return s, nil
}

func (f stepForm) step(number int, sides []Side) (StepResult, error) {
	s := StepResult{State: f.State}
	var took [2]float64
	if f.Took != nil {
		took = *f.Took
	}
	for _, side := range []struct {
		index *int
		to    **Side
		took  float64
	}{{f.Expected, &s.Expected, 0}, {f.Reference, &s.Reference, took[0]}, {f.Subject, &s.Subject, took[1]}} {
		if side.index == nil {
			continue
		}
		if *side.index < 0 || *side.index >= len(sides) {
			return s, errors.New("it points to a side that is not there")
		}
		copied := sides[*side.index]
		copied.Observation.Step = number
		copied.Observation.Took = time.Duration(side.took*1e9 + 0.5)
		*side.to = &copied
	}
	return s, nil
}

package reports

import (
	"reflect"
	"time"

	"github.com/pyparity/pyparity/harness"
	"github.com/pyparity/pyparity/harness/behaviour"
	"github.com/pyparity/pyparity/harness/contract"
	"github.com/pyparity/pyparity/harness/trace"
)

// FromRun makes the report of a run.
func FromRun(run harness.Run) Report {
	r := Report{
		Schema:     Schema,
		Generated:  time.Now().UTC().Truncate(time.Second),
		Complete:   run.Incomplete == "",
		Incomplete: run.Incomplete,
		Provenance: provenanceOf(run.Provenance),
		Behaviours: []Behaviour{},
	}
	index := map[string]int{}
	for _, res := range run.Results {
		i, ok := index[res.Behaviour.ID]
		if !ok {
			i = len(r.Behaviours)
			index[res.Behaviour.ID] = i
			r.Behaviours = append(r.Behaviours, behaviourOf(res.Behaviour))
		}
		r.Behaviours[i].Results = append(r.Behaviours[i].Results, resultOf(res))
	}
	for _, c := range run.Changes {
		r.Changes = append(r.Changes, Change{ID: c.Behaviour.ID, From: c.From, To: c.To, Differences: c.Differences})
	}
	r.Summary = summarise(r.Behaviours)
	return r
}

func provenanceOf(p harness.Provenance) Provenance {
	out := Provenance{
		Started:    p.Started.UTC(),
		Seconds:    p.Took.Seconds(),
		References: []Reference{},
		Subjects:   []Subject{},
		Host:       nonNilMap(p.Host),
		Go:         p.Go,
		Commit:     p.Commit,
		Corpus:     Corpus{p.Corpus.Behaviours, p.Corpus.Hash},
		Patterns:   nonNil(p.Patterns),
		Filter:     p.Filter,
		Shard:      p.Shard.String(),
	}
	for _, ref := range p.References {
		out.References = append(out.References, Reference{
			Python: ref.Python, Version: ref.Version, Mode: ref.Mode, Image: ref.Image, ImageID: ref.ImageID,
			Obtained: ref.Obtained, Platform: nonNilMap(ref.Platform), Unavailable: ref.Unavailable,
		})
	}
	for _, s := range p.Subjects {
		out.Subjects = append(out.Subjects, Subject{
			Name: s.Name, Implementation: s.Implementation, Version: s.Version,
			Where: s.Where, Platform: nonNilMap(s.Platform),
		})
	}
	return out
}

func behaviourOf(b *behaviour.Behaviour) Behaviour {
	out := Behaviour{
		ID: b.ID, Aliases: b.Aliases, Sentence: b.Sentence, Area: b.Area, File: b.Path, Line: b.Line, Hash: b.Hash(),
		Labels: nonNil(b.Labels()), Touches: nonNil(b.Touches), See: b.See,
		Steps: []Step{}, Results: []Result{},
	}
	for _, req := range b.Requires {
		out.Requires = append(out.Requires, req.String())
	}
	for _, s := range b.Steps {
		out.Steps = append(out.Steps, Step{Text: s.Text, Line: s.Line})
	}
	return out
}

func resultOf(res harness.Result) Result {
	out := Result{
		Subject: res.Subject, Python: res.Python, Verdict: res.Verdict, Reason: res.Reason, Drifted: res.Drifted,
		Differences: nonNil(res.Differences), Known: res.Known, Seconds: res.Took.Seconds(),
		Steps: make([]StepResult, len(res.Behaviour.Steps)),
	}
	if t := res.Trace; t != nil {
		out.End = &End{Kind: t.End, Step: t.LastStep(), Detail: t.Detail, Stderr: t.Stderr}
	}
	different := map[int]bool{}
	for _, d := range res.Differences {
		different[d.Step] = true
	}
	expected := sidesOf(expectations(res.Contract))
	collects := res.Behaviour.Collects()
	reference, subject := sidesOf(compared(collects, res.Reference)), sidesOf(compared(collects, res.Trace))
	for i := range out.Steps {
		out.Steps[i] = stepOf(expected[i], reference[i], subject[i])
		if different[i] {
			out.Steps[i].State = StateDifferent
		}
	}
	return out
}

// compared are the observations of a trace as they were compared: with the
// warnings of collected objects where they count.
func compared(collects []bool, t *trace.Trace) []trace.Observation {
	if t == nil {
		return nil
	}
	return contract.Normalise(collects, *t).Observations
}

func expectations(c *contract.Contract) []trace.Observation {
	if c == nil {
		return nil
	}
	observations := make([]trace.Observation, len(c.Steps))
	for i, step := range c.Steps {
		observations[i] = step.Observation
		observations[i].Step = i
	}
	return observations
}

// sidesOf is what there is to show of each step. Of two observations of a step,
// which only a broken subject makes, the first one counts. Clocks are read to the
// microsecond; more digits would only be noise.
func sidesOf(observations []trace.Observation) map[int]*Side {
	sides := make(map[int]*Side, len(observations))
	for _, o := range observations {
		if sides[o.Step] == nil {
			o.Took = o.Took.Round(time.Microsecond)
			sides[o.Step] = &Side{Observation: o, Text: observationText(o), Warnings: warningTexts(o.Warnings)}
		}
	}
	return sides
}

// stepOf is both sides of a step. Its state is judged by the differences alone,
// since only the matching knows what may vary.
func stepOf(expected, reference, subject *Side) StepResult {
	step := StepResult{State: StateNotReached, Reference: reference, Subject: subject}
	switch {
	case expected == nil:
	case reference == nil:
		step.Reference = expected
	case !sameOutcome(*expected, *reference):
		step.Expected = expected
	}
	if subject != nil {
		step.State = StateEqual
	}
	return step
}

// sameOutcome compares what two sides show, apart from the time that it took.
func sameOutcome(a, b Side) bool {
	return a.Text == b.Text && reflect.DeepEqual(a.Warnings, b.Warnings)
}

func nonNil[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}

func nonNilMap(m map[string]string) map[string]string {
	if m == nil {
		return map[string]string{}
	}
	return m
}
